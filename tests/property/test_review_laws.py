"""Laws of reviews: however a document is made, it is given back with the same figures, and a
comment stands at the very print that it is about."""

from __future__ import annotations

import re
import tempfile
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import budgetperf as bp
from budgetperf.documents.places.prints import matches
from budgetperf.documents.readers.files import document_of
from budgetperf.documents.source import Table
from tests.documents import writing
from tests.documents.forms import FORMATS, Form, Style, forms, grids, styles
from tests.documents.test_reviewing import TEXT, comments, parts, placed
from tests.strategies import times

BLOCKS = document_of(TEXT.encode(), "x.md").blocks


def spoiled(grid: writing.Grid, at: int, digit: str) -> writing.Grid:
    """The same table with one digit of a number of it changed, counted through all cells."""
    places = [
        (row, column, place)
        for row, cells in enumerate(grid)
        for column, (text, _, _) in enumerate(cells)
        if re.fullmatch(r"[\d.,%≥≤]+", text)
        for place, sign in enumerate(text)
        if sign.isdigit()
    ]
    if not places:
        return grid
    row, column, place = places[at % len(places)]
    text, rows, columns = grid[row][column]
    changed = [list(cells) for cells in grid]
    changed[row][column] = (text[:place] + digit + text[place + 1 :], rows, columns)
    return changed


@pytest.mark.law
@given(
    forms(),
    styles(),
    st.sampled_from(["docx", "xlsx", "pipes", "html"]),
    st.integers(0, 200),
    st.sampled_from("123456789"),
)
@times(Fraction(1, 2))
def test_a_form_is_given_back_with_the_same_figures(
    form: Form, style: Style, written: str, at: int, digit: str
) -> None:
    tables = [spoiled(grid, at, digit) for grid in grids(form, style)]
    data, name = FORMATS[written](tables)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name if "." in name else f"a.{written}")
        path.write_bytes(data)
        try:
            reports = bp.read_all(path)
        except bp.UnusableDocumentError:
            return
        audits = [bp.audit(report) for report in reports]
        kind = written if written in ("docx", "xlsx") else "html"
        done = bp.review(path, audits, Path(folder, f"out.{kind}"))
        causes = [cause for audit in audits for cause in audit.causes]
        assert done.points == len(causes)
        if kind == "html":
            page = done.path.read_text(encoding="utf-8")
            assert page.count('class="bp-card"') == len(causes)
            return
        again = bp.read_all(done.path)
        assert [placed(report) for report in again] == [placed(report) for report in reports]
        old, new = parts(data), parts(done.path.read_bytes())
        same = {name for name in old if old[name] == new[name]}
        assert {name for name in old if "strings" in name} <= same
        if kind == "docx":
            notes = {id: "".join(text.split()) for id, (text, _) in comments(_bytes(done)).items()}
            for cause in causes:
                for suspect in cause.diagnoses[0] if cause.diagnoses else ():
                    assert "".join(suspect.operand.stated.text.split()) in notes.values()


def _bytes(done: bp.Reviewed) -> bytes:
    return done.path.read_bytes()


@given(st.data())
@settings(max_examples=2, deadline=None)
def test_runs_may_be_cut_anywhere(data: st.DataObject) -> None:
    """Word cuts text into runs as it likes; the words of the document stay what they were."""

    def runs(text: str) -> str:
        cuts = sorted(data.draw(st.sets(st.integers(1, max(1, len(text) - 1)), max_size=6)))
        pieces = [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]
        return "<w:p>" + "".join(map(writing.run, filter(None, pieces))) + "</w:p>"

    body = "".join(
        writing.table_in_word([[(text, 1, 1) for text in row] for row in block.texts()])
        if isinstance(block, Table)
        else runs(block.text)
        if "17.17%" in block.text or "353.21" in block.text
        else writing.paragraph(block.text)
        for block in BLOCKS
    )
    document = writing.docx(body)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.docx")
        path.write_bytes(document)
        report = bp.read(path)
        audit = bp.audit(report)
        done = bp.review(path, audit, Path(folder, "b.docx"))
        assert done.beside == ()
        assert placed(bp.read(done.path)) == placed(report)
        held = done.path.read_bytes()
    texts = [
        re.sub(rb"<[^>]*>", b"", parts(each)["word/document.xml"]) for each in (document, held)
    ]
    assert texts[0] == texts[1]
    notes = ["".join(text.split()) for text, _ in comments(held).values()]
    assert "17.17%" in notes
    assert "348.93万元" in notes or "353.21" in notes


NUMBERS = st.from_regex(r"[1-9][0-9]{0,3}(\.[0-9]{1,2})?(%|万元)?", fullmatch=True)


@given(st.lists(NUMBERS, min_size=1, max_size=5), st.data())
def test_a_print_is_found_wherever_it_stands_and_nowhere_else(
    numbers: list[str], data: st.DataObject
) -> None:
    between = st.sampled_from(["，其中 ", "、", "（", "；共", " 至 "])
    wide = str.maketrans("0123456789.%", "０１２３４５６７８９．％")
    text, places = "计", []
    for number in numbers:
        print_ = number.translate(wide) if data.draw(st.booleans()) else number
        places.append((len(text), len(text) + len(print_)))
        text += print_ + data.draw(between)
    wanted = data.draw(st.sampled_from(numbers))
    due = [
        place if number == wanted else (place[0], place[0] + len(wanted))
        for number, place in zip(numbers, places, strict=True)
        if number == wanted or number.rstrip("%万元") == wanted
    ]
    assert matches(text, wanted) == due
