"""OpenDocument texts and sheets: the text that they hold for display."""

from __future__ import annotations

import pytest

from budgetperf import UnusableDocumentError
from budgetperf.documents.readers.files import document_of
from budgetperf.documents.source import Heading, Table
from tests.documents.shown import notes, rows, texts

from .writing import archive, odf


def test_texts_with_blanks_breaks_and_what_stands_aside() -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:p>删去 17.17%</text:p>"
        "</text:changed-region></text:tracked-changes>"
        '<text:h text:outline-level="2">章</text:h>'
        '<text:p>甲  乙<text:s text:c="3"/>丙<text:line-break/><text:span>丁</text:span>'
        "<text:note><text:note-citation>1</text:note-citation>"
        "<text:note-body><text:p>注文</text:p></text:note-body></text:note>"
        "<office:annotation><text:p>批注</text:p></office:annotation>"
        "<draw:frame><draw:text-box><text:p>框</text:p></draw:text-box></draw:frame></text:p>"
    )
    document = document_of(odf("text", body), "x")
    assert texts(document) == ["章", "甲 乙   丙\n丁", "注文", "框"]
    assert isinstance(document.blocks[0], Heading)
    assert document.blocks[0].level == 2
    assert "批注" in notes(document)
    assert "tracked changes" in notes(document)


def test_a_sheet_shows_what_its_cells_show() -> None:
    body = (
        '<table:table table:name="表"><table:table-row>'
        '<table:table-cell office:value="0.6848"><text:p>68.48%</text:p></table:table-cell>'
        '<table:table-cell table:number-columns-repeated="2"><text:p>0</text:p></table:table-cell>'
        '<table:table-cell table:number-columns-repeated="16000"/></table:table-row>'
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/>'
        "</table:table-row>"
        '<table:table-row table:visibility="collapse"><table:table-cell><text:p>隐</text:p>'
        "</table:table-cell></table:table-row></table:table>"
        '<table:table table:name="暗" table:style-name="s"/>'
    )
    styles = (
        '<office:automatic-styles><style:style style:name="s">'
        '<style:table-properties table:display="false"/></style:style></office:automatic-styles>'
    )
    document = document_of(odf("spreadsheet", body, styles), "x")
    assert rows(document) == [(("68.48%", "0", "0"),)]
    assert "暗" in notes(document)
    assert "表!1048002" in notes(document)


def _cell(text: str, columns: int = 1, rows: int = 1) -> str:
    return (
        f'<table:table-cell table:number-columns-spanned="{columns}"'
        f' table:number-rows-spanned="{rows}"><text:p>{text}</text:p></table:table-cell>'
    )


COVERED = "<table:covered-table-cell/>"
MERGED = [
    # which cells a merged one covers is said; what stands in the rows; where each begins
    (True, [_cell("资金", 2) + COVERED + _cell("得分")], [(1, 3)]),
    (False, [_cell("资金", 2) + _cell("得分")], [(1, 3)]),
    (
        False,
        [
            _cell("万元", 1, 3) + _cell("总额", 2) + _cell("8"),
            _cell("其中", 2) + _cell(""),
            _cell("其他") + _cell("6") + _cell("7"),
            _cell("目标") + _cell("预期", 3),
        ],
        [(1, 2, 4), (2, 4), (2, 3, 4), (1, 2)],
    ),
    (
        True,
        [
            _cell("万元", 1, 2) + _cell("总额", 2) + COVERED + _cell("8"),
            COVERED + _cell("其中", 2) + COVERED + _cell("6"),
        ],
        [(1, 2, 4), (2, 4)],
    ),
]


@pytest.mark.parametrize(("says_covered", "described", "due"), MERGED)
def test_a_cell_stands_beside_a_merged_one_whether_covered_cells_are_written_or_not(
    says_covered: bool, described: list[str], due: list[tuple[int, ...]]
) -> None:
    """Pandoc writes none, and LibreOffice shows its tables so."""
    assert any(COVERED in row for row in described) == says_covered
    body = "".join(f"<table:table-row>{row}</table:table-row>" for row in described)
    (table,) = document_of(odf("text", f"<table:table>{body}</table:table>"), "x").blocks
    assert isinstance(table, Table)
    assert [tuple(cell.column for cell in row.cells) for row in table.rows] == due


STYLES = (
    "<office:automatic-styles>"
    '<style:style style:name="up"><style:text-properties style:text-position="super 58%"/>'
    '</style:style><style:style style:name="up33"><style:text-properties '
    'style:text-position="33% 58%"/></style:style>'
    '<style:style style:name="down"><style:text-properties style:text-position="sub 58%"/>'
    '</style:style><style:style style:name="level"><style:text-properties '
    'style:text-position="0% 100%"/></style:style>'
    '<style:style style:name="struck"><style:text-properties '
    'style:text-line-through-style="solid"/></style:style>'
    '<style:style style:name="child" style:parent-style-name="struck"/>'
    '<style:style style:name="plain" style:parent-style-name="struck"><style:text-properties '
    'style:text-line-through-style="none" style:text-line-through-type="none"/></style:style>'
    "</office:automatic-styles>"
)


@pytest.mark.parametrize(
    ("style", "due"),
    [("up", "595.07²"), ("up33", "595.07²"), ("down", "595.072"), ("level", "595.072")],
)
def test_raised_digits_are_no_part_of_a_number(style: str, due: str) -> None:
    body = f'<text:p>595.07<text:span text:style-name="{style}">2</text:span></text:p>'
    assert texts(document_of(odf("text", body, STYLES), "x")) == [due]


@pytest.mark.parametrize("style", ["struck", "child"])
def test_what_is_struck_out_is_left_out_and_told(style: str) -> None:
    body = (
        f'<text:p>甲<text:span text:style-name="{style}">17.17%</text:span>'
        '<text:span text:style-name="plain">59.75%</text:span></text:p>'
    )
    document = document_of(odf("text", body, STYLES), "x")
    assert texts(document) == ["甲59.75%"]
    assert "struck out was left out: 17.17%" in notes(document)


def test_a_cell_that_is_struck_out_is_left_out_and_told() -> None:
    body = (
        '<table:table table:name="表"><table:table-row><table:table-cell><text:p>1</text:p>'
        '</table:table-cell><table:table-cell table:style-name="struck"><text:p>5</text:p>'
        "</table:table-cell></table:table-row></table:table>"
    )
    document = document_of(odf("spreadsheet", body, STYLES), "x")
    assert rows(document) == [(("1",),)]
    assert "struck out was left out: 5" in notes(document)


def test_a_file_with_a_password_is_told() -> None:
    namespace = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    data = archive(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "META-INF/manifest.xml": f'<m:manifest xmlns:m="{namespace}"><m:file-entry>'
            "<m:encryption-data/></m:file-entry></m:manifest>",
            "content.xml": "?",
        }
    )
    with pytest.raises(UnusableDocumentError) as refused:
        document_of(data, "x")
    assert refused.value.code == "encrypted"
