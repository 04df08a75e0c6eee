"""Hidden rows among those of a form: they are not read, and a sum that they make good is asked
about and not called wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

import budgetperf as bp
from tests.documents.road_form import ROWS, road_book, wrong_in
from tests.documents.writing import odf

SOURCE, LAST_SOURCE, OUTPUT, LAST_ROW = 8, 9, 12, 17
"""Rows of the sheet: one of the funds, the last of them, one of the indicators, the last one."""


def read(path: Path, *hidden: int | str, **cells: str) -> bp.SelfEvaluation:
    road_book(path / "form.xlsx", cells, hidden=hidden)
    return bp.read(path / "form.xlsx")


@pytest.mark.parametrize(
    "hidden", [(), (SOURCE,), (LAST_SOURCE,), (OUTPUT,), (LAST_ROW,), (SOURCE, OUTPUT, LAST_ROW)]
)
def test_a_hidden_row_is_no_wrong_sum(tmp_path: Path, hidden: tuple[int, ...]) -> None:
    report = read(tmp_path, *hidden)
    assert wrong_in(report) == []
    reading = report.reading
    assert reading is not None
    assert {number.line for number in reading.unread} == {*hidden}
    assert reading.numbers - reading.accounted == len(reading.unread)


def test_what_the_hidden_row_would_make_good_is_asked_about(tmp_path: Path) -> None:
    audit = bp.audit(read(tmp_path, SOURCE))
    asked = [finding for finding in audit.to_review if finding.code == "F01"]
    assert len(asked) == 3
    assert "自评表!C8（隐藏）的 60.00 没有读取，计入即相符" in asked[0].message.zh
    assert "with 60.00 in 自评表!C8 (hidden)" in asked[0].message.en


def asked_of_funds(report: bp.SelfEvaluation) -> list[str]:
    """What is asked of the sums of the funds, from the hidden number on; nothing may be wrong."""
    audit = bp.audit(report)
    assert audit.inconsistent == ()
    return [f.message.zh.partition("其间 ")[2] for f in audit.to_review if f.code == "F01"]


def test_hidden_rows_below_a_source_alone_are_asked_about(tmp_path: Path) -> None:
    told = asked_of_funds(read(tmp_path, SOURCE, LAST_SOURCE))
    assert len(told) == 3
    assert told[0].startswith(
        "自评表!C8（隐藏）的 60.00、自评表!C9（隐藏）的 40.00 没有读取，计入即相符"
    )


def test_a_hidden_row_above_the_others_is_asked_about_where_the_sum_stands_last(
    tmp_path: Path,
) -> None:
    rows = [*ROWS[:3], *ROWS[4:7], ROWS[3], *ROWS[7:]]
    for hidden in ((), (6,)):
        road_book(tmp_path / f"{len(hidden)}.xlsx", hidden=hidden, rows=rows)
    assert asked_of_funds(bp.read(tmp_path / "0.xlsx")) == []
    told = asked_of_funds(bp.read(tmp_path / "1.xlsx"))
    assert [text.partition(" 没有")[0] for text in told] == [
        "自评表!C6（隐藏）的 1,180.50",
        "自评表!D6（隐藏）的 1,250.00",
        "自评表!E6（隐藏）的 1,130.00",
    ]


@pytest.mark.parametrize("way", ["row", "text"])
def test_a_hidden_row_of_word_is_asked_about(tmp_path: Path, way: str) -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.add_paragraph("项目支出绩效自评表")
    table = document.add_table(rows=len(ROWS), cols=len(ROWS[0]))
    for row, texts in zip(table.rows, ROWS, strict=True):
        is_hidden = "上年结转资金" in texts
        for cell, text in zip(row.cells, texts, strict=True):
            cell.paragraphs[0].add_run(text).font.hidden = (is_hidden and way == "text") or None
        if is_hidden and way == "row":
            row._tr.get_or_add_trPr().append(docx.oxml.OxmlElement("w:hidden"))
    document.save(tmp_path / "form.docx")
    told = asked_of_funds(bp.read(tmp_path / "form.docx"))
    where = "隐藏的" if way == "row" else "C6（隐藏）的"
    assert [text.partition(" 没有")[0] for text in told][:1] == [f"{where} 60.00"]
    assert len(told) == 3


def test_a_hidden_row_of_an_open_document_is_asked_about(tmp_path: Path) -> None:
    rows = (
        "<table:table-row"
        + ' table:visibility="collapse"' * ("上年结转资金" in row)
        + ">"
        + "".join(f"<table:table-cell><text:p>{t}</text:p></table:table-cell>" for t in row)
        + "</table:table-row>"
        for row in ROWS
    )
    body = f"<text:p>项目支出绩效自评表</text:p><table:table>{''.join(rows)}</table:table>"
    (tmp_path / "form.odt").write_bytes(odf("text", body))
    told = asked_of_funds(bp.read(tmp_path / "form.odt"))
    assert [text.partition(" 没有")[0] for text in told][:1] == ["隐藏的 60.00"]


def test_a_hidden_row_of_a_web_page_is_asked_about() -> None:
    rows = [
        f"<tr{' style=display:none' * ('上年结转资金' in row)}>"
        + "".join(f"<td>{text}</td>" for text in row)
        + "</tr>\n"
        for row in ROWS
    ]
    page = f"<html><p>项目支出绩效自评表</p>\n<table>{''.join(rows)}</table></html>"
    told = asked_of_funds(bp.parse(page))
    assert [text.partition(" 没有")[0] for text in told][:1] == ["隐藏的 60.00"]


TURNED = """项目名称||食品抽检
项目资金（万元）|资金来源|{}
|年初预算数|{}
|全年预算数|{}
|全年执行数|{}
一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分
产出指标|数量指标|抽检批次|≥100批次|108批次|50|50
效益指标|社会效益指标|不合格批次处置率|=100%|100%|50|50
总分|||||100|100"""
FUNDS = (
    ("合计", "一般公共预算", "政府性基金", "其他资金"),
    ("180.00", "120.00", "45.00", "15.00"),
    ("200.00", "140.00", "45.00", "15.00"),
    ("170.00", "126.00", "36.00", "8.00"),
)


@pytest.mark.parametrize(("hidden", "is_last"), [("D", False), ("E", False), ("C", True)])
def test_a_hidden_column_among_the_sources_is_asked_about(
    tmp_path: Path, hidden: str, is_last: bool
) -> None:
    funds = [(*row[1:], row[0]) if is_last else row for row in FUNDS]
    rows = [line.split("|") for line in TURNED.format(*map("|".join, funds)).splitlines()]
    for number, columns in enumerate(((), (hidden,))):
        road_book(tmp_path / "form.xlsx", hidden=columns, rows=rows)
        told = asked_of_funds(bp.read(tmp_path / "form.xlsx"))
        assert len(told) == 3 * number
        assert all(f"自评表!{hidden}" in text for text in told)


def test_numbers_in_hidden_columns_beside_the_form_are_none_of_it(tmp_path: Path) -> None:
    report = read(tmp_path, "K", K7="999.00", K14="7")
    assert report.reading is not None
    assert report.reading.unread == ()


@pytest.mark.parametrize(
    ("cell", "text", "code"),
    [("C9", "41.00", "F01"), ("C6", "1,281.50", "F01"), ("G14", "11", "W01"), ("H14", "7", "W08")],
)
def test_a_wrong_figure_beside_hidden_rows_is_found(
    tmp_path: Path, cell: str, text: str, code: str
) -> None:
    report = read(tmp_path, SOURCE, OUTPUT, **{cell: text})
    assert code in wrong_in(report)


def test_a_hidden_row_that_is_no_part_changes_nothing(tmp_path: Path) -> None:
    """One that the total does not count: an older row that was hidden and not taken out."""
    cells = {"C6": "1,220.50", "D6": "1,290.00", "E6": "1,165.00", "H6": "90.31%"}
    report = read(tmp_path, SOURCE, **cells)
    audit = bp.audit(report)
    assert "F01" not in {f.code for f in (*audit.inconsistent, *audit.to_review)}


def test_hidden_rows_away_from_the_form_are_no_numbers_of_it(tmp_path: Path) -> None:
    report = read(tmp_path, 40, C40="999.00")
    reading = report.reading
    assert reading is not None
    assert reading.unread == ()
    assert any("自评表!40" in note.zh for note in reading.notes)


def test_what_a_template_prints_in_hidden_rows_is_no_number(tmp_path: Path) -> None:
    report = read(tmp_path, 19, D19="指标2：", E19="2023年12月底前", F19="第3季度")
    reading = report.reading
    assert reading is not None
    assert reading.unread == ()
