"""Where figures stand in documents of each kind, and how it is told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import attrs
import pytest

import budgetperf as bp
from budgetperf.display.data.audit import audit_data
from budgetperf.display.text.reading import reading_text
from budgetperf.documents.places.located import located
from budgetperf.documents.readers.files import document_of
from budgetperf.documents.reading import read_data
from budgetperf.documents.source import Table
from budgetperf.documents.understanding.forms.grid import Sheet as Rows
from budgetperf.documents.understanding.forms.grid import blank_below, pieces_of
from budgetperf.exact import Missing, MissingReason, Place
from tests.cli.cases import run
from tests.documents import pdf_writing as pdf
from tests.documents.forms import SAMPLE, Style, flat, grids
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


def test_a_blank_is_told_by_its_cell_only_where_it_begins_there(tmp_path: Path) -> None:
    """One that is merged with a cell in the row above, or with one of another column, has its
    sheet and its line."""
    openpyxl = pytest.importorskip("openpyxl")
    path = tmp_path / "merged.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "自评表"
    sheet["A1"] = "项目支出绩效自评表（2023年度）"
    first, second = ROWS
    rows = [HEADER, first, [*second[:4], "", "", ""], ["其他资金", "0.00", "0.00", "", "", "", ""]]
    for row, texts in enumerate(rows, start=2):
        for column, text in enumerate(texts, start=1):
            sheet.cell(row, column, text or None)
    sheet.merge_cells("E4:E5")
    sheet.merge_cells("F5:G5")
    book.save(path)
    report = bp.read(path)
    own, other = report.form.funding.sources
    cells = {
        name: stated.place and (stated.place.line, stated.place.sheet, stated.place.cell)
        for source, row in ((own, 4), (other, 5))
        for name, stated in (
            (f"weight {row}", source.weight),
            (f"rate {row}", source.execution_rate),
            (f"score {row}", source.score),
            (f"executed {row}", source.executed),
        )
        if isinstance(stated, Missing)
    }
    assert cells == {
        "weight 4": (4, "自评表", "E4"),
        "rate 4": (4, "自评表", "F4"),
        "score 4": (4, "自评表", "G4"),
        "weight 5": (5, "自评表", None),
        "rate 5": (5, "自评表", "F5"),
        "score 5": (5, "自评表", None),
        "executed 5": (5, "自评表", "D5"),
    }
    assert bp.loads(bp.dumps(report)) == report


@pytest.mark.parametrize(
    ("table", "line", "text", "cell"),
    [
        ("<tr><td>甲</td><td></td></tr>", 2, "", "B1"),
        ("<tr><td>甲</td><td>—</td></tr>", 2, "—", "B1"),
        ("<tr><td>甲</td><td>5</td></tr>", 2, "", None),
        ("<tr><td>甲</td><td>5</td></tr>", 2, "—", None),
        ("<tr><td>甲</td><td></td></tr><tr><td>乙</td><td></td></tr>", 2, "", None),
        ("<tr><td colspan='2'>甲</td><td></td></tr>", 2, "", None),
        ("<tr><td>甲</td><td rowspan='2'></td></tr>\n<tr><td>乙</td></tr>", 3, "", None),
        ("<tr><td>甲</td><td><table><tr><td>乙</td></tr></table></td></tr>", 2, "", None),
    ],
)
def test_a_cell_is_named_only_if_it_is_the_one_that_says_this(
    table: str, line: int, text: str, cell: str | None
) -> None:
    """And so it is of two rows on one line neither, nor a cell that begins elsewhere."""
    document = document_of(f"<p>甲</p>\n<table>{table}</table>".encode(), "a.html")
    reason = MissingReason.DASH if text else MissingReason.BLANK
    missing = Missing(reason=reason, text=text, place=Place(line=line, column=2))
    report = bp.SelfEvaluation(department=bp.Department(offices=missing))
    told = located(document, report).department.offices
    assert isinstance(told, Missing)
    assert told == missing
    assert (told.place and told.place.cell) == cell


def test_a_blank_of_a_row_put_together_from_others_has_its_line_alone() -> None:
    (sheet,) = pieces_of(
        document_of("<table><tr><td>甲</td><td></td></tr></table>".encode(), "a.html")
    )
    assert isinstance(sheet, Rows)
    (row,) = sheet.lines
    (piece,) = row.pieces
    own = blank_below(2, row, None)
    assert (own.line, own.place) == (row.number, Place(line=row.number, column=2))
    for place in (Place(line=row.number + 1, column=1), Place(line=row.number, column=2)):
        moved = attrs.evolve(row, pieces=(attrs.evolve(piece, place=place),))
        other = blank_below(2, moved, 9)
        assert (other.line, other.place) == (9, None)


def test_of_a_row_that_says_nothing_every_blank_has_its_cell() -> None:
    rows = [HEADER, *ROWS, ["其他资金", "", "", "", "", "", ""]]
    table = "".join(f"<tr>{''.join(f'<td>{text}</td>' for text in row)}</tr>\n" for row in rows)
    page = f"<p>项目支出绩效自评表（2023年度）</p>\n<table>\n{table}</table>"
    (report,) = read_data(page.encode(), "a.html")
    assert report.form is not None
    other = report.form.funding.sources[-1]
    blanks = [other.initial, other.revised, other.executed, other.score]
    told = [stated.place for stated in blanks if isinstance(stated, Missing)]
    assert [place and (place.line, place.cell) for place in told] == [
        (6, "B4"),
        (6, "C4"),
        (6, "D4"),
        (6, "G4"),
    ]


def test_a_repair_has_the_place_of_its_figure() -> None:
    tables = map(flat, grids(attrs.evolve(SAMPLE, weight="IO"), Style()))
    rows = [[text for text, _, _ in cells] for table in tables for cells in table]
    table = "".join(
        "<tr>" + "".join(f"<td>{text}</td>" for text in texts) + "</tr>\n" for texts in rows
    )
    at = next(row for row, texts in enumerate(rows, start=1) if "IO" in texts)
    cell = f"{'ABCDEFGHIJ'[rows[at - 1].index('IO')]}{at}"
    page = f"<p>项目支出绩效自评表</p>\n<table>\n{table}</table>"
    (report,) = read_data(page.encode(), "a.html")
    assert report.reading is not None
    (repair,) = report.reading.repairs
    assert repair.place is not None
    assert (repair.place.table, repair.place.cell) == (1, cell)
    assert f"表 1 的 {cell}“IO”读作“10”" in reading_text(report, lang="zh")
    assert f"“IO” (table 1, {cell}) was read as “10”" in reading_text(report, lang="en")
    data: Any = audit_data(bp.audit(report))
    assert data["reading"]["repairs"][0]["place"]["cell"] == cell


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
