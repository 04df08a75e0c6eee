"""OpenDocument texts and sheets: the text that they hold for display."""

from __future__ import annotations

import pytest

from budgetperf import UnusableDocumentError
from budgetperf.documents.readers.files import document_of
from budgetperf.documents.source import Document, Heading, Table

from .writing import archive, odf


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if not isinstance(block, Table)]


def rows(document: Document) -> list[tuple[tuple[str, ...], ...]]:
    return [block.texts() for block in document.blocks if isinstance(block, Table)]


def notes(document: Document) -> str:
    return "\n".join(note.en for note in document.notes)


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
