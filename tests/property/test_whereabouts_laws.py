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
from budgetperf.exact import Place
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
