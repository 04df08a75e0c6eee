"""Laws of where figures stand: what a place names is there, opened by other libraries."""

from __future__ import annotations

import io
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import budgetperf as bp
from budgetperf.display.words.whereabouts import place_text, places_text
from budgetperf.documents.reading import read_data
from budgetperf.exact import Missing, MissingReason, Place
from tests.documents.pdf_writing import PITCH, TOP, Flow
from tests.property.test_writing_laws import wholes

docx = pytest.importorskip("docx")
openpyxl = pytest.importorskip("openpyxl")
pdfplumber = pytest.importorskip("pdfplumber")

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "department-2023.md"
quiet = settings(
    max_examples=8,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
)


def shown(cell: Any) -> str:
    """What a cell of a workbook shows, by its number format."""
    value, code = cell.value, str(cell.number_format)
    if value is None or isinstance(value, str) or code in ("General", "@"):
        return str(value)
    digits, _, words = code.partition('"')
    decimals = len(digits.rstrip("%").partition(".")[2])
    number = Decimal(repr(value)) * (100 if digits.endswith("%") else 1)
    return f"{number:.{decimals}f}" + "%" * digits.endswith("%") + words.rstrip('"')


def bare(text: str) -> str:
    return "".join(text.split())


def placed(report: bp.SelfEvaluation) -> list[tuple[str, Place]]:
    return [(figure.text, figure.place) for _, figure in bp.figures(report) if figure.place]


def holds(text: str, printed: str) -> bool:
    """Whether the number of a print stands there, and is no piece of a longer one: ``≥10次`` may
    be ``不少于10次``."""
    digits = re.search(r"\d[\d.]*", printed)
    number = re.escape(digits[0] if digits else bare(printed))
    return bool(re.search(rf"(?<![\d.]){number}(?![\d])(?!\.\d)", bare(text)))


@quiet
@given(whole=wholes())
def test_a_cell_of_a_workbook_shows_the_figure(
    tmp_path_factory: pytest.TempPathFactory, whole: bp.SelfEvaluation
) -> None:
    path = tmp_path_factory.mktemp("law") / "form.xlsx"
    bp.write(whole, path, template="form-only")
    book = openpyxl.load_workbook(path, data_only=True)
    found = placed(bp.read(path))
    assert found
    for text, place in found:
        assert place.cell is not None
        assert place.sheet is not None
        cell = book[place.sheet][place.cell]
        assert holds(shown(cell), text), (text, place)
        assert place.page is place.table is place.paragraph is None


@pytest.mark.law
@quiet
@given(whole=wholes())
def test_a_cell_of_a_table_in_word_holds_the_figure(
    tmp_path_factory: pytest.TempPathFactory, whole: bp.SelfEvaluation
) -> None:
    path = tmp_path_factory.mktemp("law") / "form.docx"
    bp.write(whole, path, template="form-only")
    document = docx.Document(str(path))
    for text, place in placed(bp.read(path)):
        if place.cell is None:
            assert place.paragraph is not None
            assert holds(document.paragraphs[place.paragraph - 1].text, text)
            continue
        row, column = openpyxl.utils.cell.coordinate_to_tuple(place.cell)
        assert place.table is not None
        cell = document.tables[place.table - 1].cell(row - 1, column - 1)
        assert holds(cell.text, text), (text, place)


def paragraphs() -> list[str]:
    """Those of the narrative of the example."""
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    return [line.strip("#* ") for line in lines if line.strip() and not set("|\t") & set(line)]


@pytest.mark.law
@settings(quiet, phases=(Phase.generate,))  # each takes seconds
@given(lines=st.integers(0, 34))
def test_a_page_holds_the_figure(lines: int) -> None:
    """Wherever the pages turn: a paragraph goes on on the next one, a number never on both."""
    flow = Flow(y=TOP + lines * PITCH)
    for text in paragraphs():
        flow.paragraph(text)
    data = flow.data()
    (report,) = bp.documents.reading.read_data(data, "report.pdf")
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        pages = [page.extract_text() for page in pdf.pages]
    found = placed(report)
    assert len(found) > 60
    assert len({place.page for _, place in found if place.page}) >= len(pages) - 1
    told = [(text, place) for text, place in found if place.page is not None]
    assert len(told) > 0.8 * len(found)  # a print that may stand on either page is told of neither
    for text, place in told:
        assert holds(pages[(place.page or 0) - 1], text), (text, place)


@pytest.mark.parametrize("end", [".md", ".txt", ".csv"])
def test_a_text_has_nothing_but_lines(end: str, tmp_path: Path) -> None:
    path = tmp_path / f"form{end}"
    if end == ".txt":
        path.write_text(EXAMPLE.read_text(encoding="utf-8"), encoding="utf-8")
    else:
        bp.write(bp.read(EXAMPLE), path)
    for _, place in placed(bp.read(path)):
        assert place == Place(line=place.line, column=place.column)


names = st.text(alphabet="自评表Sheet1 {}'!", min_size=1, max_size=8)
whereabouts = st.builds(
    Place,
    line=st.integers(1, 99),
    sheet=st.none() | names,
    cell=st.sampled_from([None, "C12", "AA3"]),
    page=st.none() | st.integers(1, 9),
    table=st.none() | st.integers(1, 9),
    paragraph=st.none() | st.integers(1, 9),
)


@given(places=st.lists(whereabouts, max_size=5))
def test_places_are_told_in_both_languages(places: list[Place]) -> None:
    """Each is told, once; a name with braces is a name."""
    for lang in ("zh", "en"):
        several = places_text(places).pick(lang)
        assert bool(several) == bool(places)
        for place in places:
            one = place_text(place).pick(lang)
            item = next(
                str(item)
                for item in (
                    place.sheet and (place.cell or place.line),
                    place.table and place.cell,
                    place.paragraph,
                    place.page,
                    place.line,
                )
                if item
            )
            assert item in one
            assert item in several
            assert (place.sheet or "") in several


@given(place=whereabouts)
def test_a_place_comes_back_from_json(place: Place) -> None:
    figure = bp.Figure(value="1", place=place)
    report = bp.SelfEvaluation(department=bp.Department(offices=figure))
    again = bp.loads(bp.dumps(report)).department.offices
    assert isinstance(again, bp.Figure)
    assert again.place == place


HEADS = ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分")
FIELDS = {"actual": "实际完成值", "weight": "分值", "score": "得分"}
NOTHING = ("", "—", "/")
cells_in_rows = st.lists(
    st.tuples(
        st.sampled_from(["100件", *NOTHING]),
        st.sampled_from(["10.00", *NOTHING]),
        st.sampled_from(["10.00", *NOTHING]),
    ),
    min_size=2,
    max_size=5,
)


def rows_of(cells: list[tuple[str, str, str]]) -> list[list[str]]:
    """An indicator table with some cells left blank. The first row has all figures."""
    rows = [
        ["产出指标", "数量指标", f"办件数{'甲乙丙丁戊己'[n]}", "100件", *c]
        for n, c in enumerate([("100件", "10.00", "10.00"), *cells])
    ]
    return [list(HEADS), *rows]


def absent(report: bp.SelfEvaluation) -> list[tuple[str, str, Missing]]:
    """The name of the indicator, the words above the column, and what stands there."""
    told: list[tuple[str, str, Missing]] = []
    for indicator in report.form.indicators:
        for field, head in FIELDS.items():
            stated = getattr(indicator, field)
            if isinstance(stated, Missing) and stated.line is not None:
                told.append((str(indicator.name), head, stated))
    return told


def blanks_of(rows: list[list[str]]) -> list[tuple[str, str, str]]:
    return [
        (row[2], head, text)
        for row in rows[1:]
        for head, text in zip(HEADS, row, strict=True)
        if text in NOTHING
    ]


@quiet
@given(cells=cells_in_rows, top=st.integers(1, 4), left=st.integers(1, 3))
def test_a_blank_cell_of_a_workbook_is_named(
    tmp_path_factory: pytest.TempPathFactory,
    cells: list[tuple[str, str, str]],
    top: int,
    left: int,
) -> None:
    """The cell that is named is empty, or has the dash, in the row of the indicator and the column
    of the words above."""
    path = tmp_path_factory.mktemp("law") / "form.xlsx"
    book = openpyxl.Workbook()
    book.active.title = "封面"
    book.active["A1"] = "2023年度"
    sheet = book.create_sheet("自评表")
    sheet.cell(top, left, "项目支出绩效自评表（2023年度）")
    rows = rows_of(cells)
    for at, texts in enumerate(rows, start=top + 1):
        for column, text in enumerate(texts, start=left):
            if text:
                sheet.cell(at, column, text)
    book.save(path)
    found = absent(bp.read(path))
    assert [(name, head, missing.text) for name, head, missing in found] == blanks_of(rows)
    for name, head, missing in found:
        place = missing.place
        assert place is not None
        assert (place.sheet, place.page, place.table) == ("自评表", None, None)
        assert place.cell is not None
        row, column = openpyxl.utils.cell.coordinate_to_tuple(place.cell)
        assert (sheet[place.cell].value or "") == missing.text
        assert sheet.cell(row, left + HEADS.index("三级指标")).value == name
        assert sheet.cell(top + 1, column).value == head
        assert f"工作表“自评表”{place.cell}" in str(place_text(place))


@quiet
@given(cells=cells_in_rows, before=st.integers(0, 2))
def test_a_blank_cell_of_a_table_in_word_is_named(
    tmp_path_factory: pytest.TempPathFactory, cells: list[tuple[str, str, str]], before: int
) -> None:
    path = tmp_path_factory.mktemp("law") / "form.docx"
    written = docx.Document()
    for number in range(before):
        written.add_table(1, 2).cell(0, 0).text = f"附表{'一二'[number]}"
    written.add_paragraph("项目支出绩效自评表（2023年度）")
    rows = rows_of(cells)
    table = written.add_table(len(rows), len(HEADS))
    for at, texts in enumerate(rows):
        for column, text in enumerate(texts):
            table.cell(at, column).text = text
    table.cell(1, 0).merge(table.cell(len(rows) - 1, 0)).text = "产出指标"
    written.save(str(path))
    found = absent(bp.read(path))
    assert [(name, head, missing.text) for name, head, missing in found] == blanks_of(rows)
    opened = docx.Document(str(path))
    for name, head, missing in found:
        place = missing.place
        assert place is not None
        assert place.table is not None
        assert place.cell is not None
        assert place.table == before + 1
        row, column = openpyxl.utils.cell.coordinate_to_tuple(place.cell)
        own = opened.tables[place.table - 1]
        assert own.cell(row - 1, column - 1).text == missing.text
        assert own.cell(row - 1, HEADS.index("三级指标")).text == name
        assert own.cell(0, column - 1).text == head


@quiet
@given(
    cells=cells_in_rows,
    before=st.integers(0, 2),
    between_cells=st.sampled_from(["", "\n"]),
    between_rows=st.sampled_from(["", "\n"]),
)
def test_a_blank_cell_of_a_web_page_is_named(
    cells: list[tuple[str, str, str]], before: int, between_cells: str, between_rows: str
) -> None:
    """However its cells stand on lines; but of rows on one line it is the line that is named."""
    rows = rows_of(cells)
    written = "".join(
        f"<tr>{between_cells.join(f'<td>{text}</td>' for text in texts)}</tr>{between_rows}"
        for texts in rows
    )
    others = "<table><tr><td>附表</td><td>一</td></tr></table>" * before
    page = f"{others}\n<p>项目支出绩效自评表（2023年度）</p>\n<table>{written}</table>"
    (report,) = read_data(page.encode(), "a.html")
    found = absent(report)
    assert [(name, head, missing.text) for name, head, missing in found] == blanks_of(rows)
    names = [row[HEADS.index("三级指标")] for row in rows]
    for name, head, missing in found:
        cell = f"{'ABCDEFG'[HEADS.index(head)]}{names.index(name) + 1}"
        told = missing.place and (missing.place.table, missing.place.cell)
        assert told == ((before + 1, cell) if between_cells or between_rows else None)


@given(place=whereabouts)
def test_the_place_of_a_blank_comes_back_from_json(place: Place) -> None:
    missing = Missing(reason=MissingReason.BLANK, line=place.line, place=place)
    report = bp.SelfEvaluation(department=bp.Department(offices=missing))
    again = bp.loads(bp.dumps(report)).department.offices
    assert isinstance(again, Missing)
    assert (again, again.place) == (missing, place)
