"""Where figures stand in documents of each kind, and how it is told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import budgetperf as bp
from budgetperf.display.data.audit import audit_data
from budgetperf.display.text.reading import reading_text
from budgetperf.documents.readers.files import document_of
from budgetperf.documents.reading import read_data
from budgetperf.documents.source import Table
from budgetperf.exact import Place
from tests.cli.cases import run
from tests.documents import pdf_writing as pdf
from tests.documents.pdf_writing import TOP, Sheet

HEADER = ["资金来源", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"]
ROWS = [
    ["年度资金总额", "100.00", "120.00", "90.00", "10", "80.00%", "8.00"],  # 90 / 120 = 75 %
    ["其中：当年财政拨款", "100.00", "120.00", "90.00", "—", "—", "—"],
]


def places(report: bp.SelfEvaluation) -> dict[str, Place]:
    return {path: figure.place for path, figure in bp.figures(report) if figure.place}


def workbook(path: Path) -> None:
    """Two sheets before which one is hidden; the second form stands lower, and rows are hidden."""
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.title = "隐藏"
    book.active["A1"] = "90.00"
    for name, top, project in (("自评表", 1, "甲项目"), ("二 表", 6, "乙项目")):
        sheet = book.create_sheet(name)
        sheet.cell(top, 1, "项目支出绩效自评表（2023年度）")
        sheet.cell(top + 1, 1, "项目名称")
        sheet.cell(top + 1, 2, project)
        for row, texts in enumerate([HEADER, *ROWS], start=top + 2):
            for column, text in enumerate(texts, start=1):
                sheet.cell(row, column, text)
        sheet.row_dimensions[top + 5].hidden = True
        sheet.cell(top + 5, 1, "90.00")
    book["隐藏"].sheet_state = "hidden"
    book.save(path)


def test_a_figure_of_a_workbook_has_its_sheet_and_its_cell(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    path = tmp_path / "two.xlsx"
    workbook(path)
    reports = bp.read_all(path)
    assert len(reports) == 2
    book = openpyxl.load_workbook(path)
    for report, sheet, row in zip(reports, ("自评表", "二 表"), (4, 9), strict=True):
        found = places(report)
        executed = found["form.funding.total.executed"]
        assert (executed.sheet, executed.cell) == (sheet, f"D{row}")
        assert found["form.funding.sources[0].executed"].cell == f"D{row + 1}"
        for path_of, figure in bp.figures(report):
            place = found[path_of]
            assert place.sheet == sheet
            assert figure.text in str(book[sheet][place.cell].value)


def test_places_are_shown_where_lines_were(tmp_path: Path) -> None:
    path = tmp_path / "two.xlsx"
    workbook(path)
    audit = bp.audit(bp.read_all(path)[1])
    zh, en = (reading_text(audit.report, lang=lang) for lang in ("zh", "en"))
    assert "工作表“二 表”D9" in zh
    assert "sheet “二 表” D9" in en
    assert "位置" in zh
    assert "place" in en
    assert "〔工作表“二 表”" in audit.to_text(lang="zh")
    assert "[sheet “二 表” " in audit.to_text(lang="en")
    assert "工作表“二 表”" in audit.to_html()
    data: Any = audit_data(audit)
    (finding,) = [f for f in data["findings"] if f["verdict"] == "inconsistent"][:1]
    told = [operand["place"] for operand in finding["operands"] if "place" in operand]
    assert told
    assert all(place["sheet"] == "二 表" and place["cell"] for place in told)
    _, out, _ = run("read", str(path), "--format", "json")
    second = json.loads(out)[1]["report"]["form"]["funding"]["total"]["executed"]
    assert second["place"]["sheet"] == "二 表"
    assert second["place"]["cell"] == "D9"


def test_a_number_that_was_not_read_has_its_place_only_where_more_is_known() -> None:
    """Of two paragraphs on one line either may hold it."""
    rows = "".join(
        "<tr>" + "".join(f"<td>{text}</td>" for text in texts) + "</tr>"
        for texts in [HEADER, *ROWS]
    )
    page = (
        f"<p>2023年度项目支出绩效自评表</p><table>{rows}</table>\n"
        "<p>共77件</p><p>另77件</p>\n<p>共88件</p>"
    )
    (report,) = read_data(page.encode(), "a.html")
    assert report.reading is not None
    unread = [(number.text, number.line, number.place) for number in report.reading.unread]
    assert unread == [
        *(("77", 2, None), ("77", 2, None)),
        ("88", 3, Place(line=3, paragraph=4)),
    ]


def test_a_text_is_shown_with_its_lines() -> None:
    from_text = bp.parse("2023年，全年预算数5万元，全年执行数4万元，执行率80%。")
    assert reading_text(from_text).splitlines()[4].split()[:2] == ["行", "列"]
    data: Any = audit_data(bp.audit(from_text))
    assert "place" not in json.dumps(data)


def row(sheet: Sheet, y: float, xs: list[float], texts: list[str], height: float) -> None:
    for x0, x1, text in zip(xs, xs[1:], texts, strict=False):
        sheet.box(x0, y, x1, y + height)
        sheet.text(x0 + 4, y + 15, text)


def test_columns_put_back_beside_their_rows_keep_their_page() -> None:
    """As they were printed: the right half of the table stands on the second page."""
    sheets = Sheet(), Sheet()
    for at, texts in enumerate([HEADER, *ROWS]):
        row(sheets[0], TOP + 25 * at, [72.0, 180.0, 260.0, 340.0, 420.0], texts[:4], 25)
        row(sheets[1], TOP + 25 * at, [72.0, 152.0, 232.0, 312.0], texts[4:], 25)
    data = pdf.pdf(*sheets)
    (table,) = (b for b in document_of(data, "a.pdf").blocks if isinstance(b, Table))
    pages = [[cell.spot.page for cell in line.cells] for line in table.rows]
    assert pages == [[1, 1, 1, 1, 2, 2, 2]] * 3
    found = places(read_data(data, "a.pdf")[0])
    assert found["form.funding.total.executed"].page == 1
    assert found["form.funding.total.score"].page == 2


def test_a_cell_that_goes_on_on_the_next_page_knows_where_it_turns() -> None:
    xs = [72.0, 140.0, 193.0, 250.0]
    first, second = Sheet(), Sheet()
    row(first, TOP, xs, ["三级指标", "执行数", "得分"], 640)
    row(first, TOP + 640, xs, ["政务服务事", "1234567", "10"], 20)
    row(second, TOP, xs, ["项办理率", ".89", ""], 20)
    (table,) = (
        b for b in document_of(pdf.pdf(first, second), "a.pdf").blocks if isinstance(b, Table)
    )
    assert [(cell.text, cell.spot.page, cell.spot.turns) for cell in table.rows[1].cells] == [
        ("政务服务事项办理率", 1, ((5, 2),)),
        ("1234567.89", 1, ((7, 2),)),
        ("10", 1, ()),
    ]


def test_rows_on_one_line_of_a_page_are_not_mixed_up() -> None:
    """A web page may stand on a single line: what may be in several cells has none."""
    table = "".join(
        "<tr>" + "".join(f"<td>{text}</td>" for text in texts) + "</tr>"
        for texts in [HEADER, *ROWS]
    )
    data = f"<html><body><p>2023年度项目支出绩效自评表</p><table>{table}</table></body></html>"
    (report,) = read_data(data.encode(), "a.html")
    found = places(report)
    cells = {path: place.cell for path, place in found.items() if place.cell}
    assert cells["form.funding.total.score"] == "G2"  # 8.00 stands nowhere else
    grid = [HEADER, *ROWS]
    for path, figure in bp.figures(report):
        if path in cells:
            row, column = int(cells[path][1:]), "ABCDEFG".index(cells[path][0])
            assert figure.text in grid[row - 1][column]
