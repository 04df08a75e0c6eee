"""Laws of repairs: a number that was recognised wrongly is read as what it was, or not at all; and
either is told."""

from __future__ import annotations

import re
from decimal import Decimal

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import budgetperf as bp
from budgetperf.documents.choosing import reports_of
from budgetperf.documents.readers.files import document_of
from budgetperf.documents.understanding.glyphs import doubt_of
from budgetperf.documents.understanding.repairing import repaired
from budgetperf.documents.understanding.ways import way_of
from tests.documents import writing
from tests.documents.forms import FORMATS, Form, Style, due, forms, grids, said, styles
from tests.documents.recognising import spoilt
from tests.strategies import times

_NUMBER = re.compile(r"[≥]?\d[\d.]*(?:%|万元|万|人次|人|次|个)?")


def _read(tables: list[writing.Grid], written: str) -> bp.SelfEvaluation | None:
    data, name = FORMATS[written](tables)
    try:
        reports = reports_of(document_of(data, name), name, way_of("forms"))
    except bp.UnusableDocumentError:
        return None
    return reports[0]


def _planted(tables: list[writing.Grid], data: st.DataObject, number: int) -> list[tuple[str, str]]:
    """Numbers of the tables replaced by what a recognition program makes of them: each as it was
    and as it is."""
    cells = [
        (table, row, column)
        for table in tables
        for row in table
        for column, cell in enumerate(row)
        if _NUMBER.fullmatch(cell[0])
    ]
    chosen = data.draw(st.lists(st.sampled_from(range(len(cells))), max_size=number, min_size=1))
    made: list[tuple[str, str]] = []
    for index in dict.fromkeys(chosen):
        _, row, column = cells[index]
        text, *span = row[column]
        other = data.draw(st.sampled_from(spoilt(text)))
        row[column] = (other, span[0], span[1])
        made.append((text, other))
    return made


@given(forms(), styles(), st.sampled_from(sorted(FORMATS)), st.data())
def test_a_number_recognised_wrongly_is_right_or_unread_and_told(
    form: Form, style: Style, written: str, data: st.DataObject
) -> None:
    _is_right_or_told(form, style, written, data, 3)


@pytest.mark.law
@given(forms(), styles(), st.sampled_from(sorted(FORMATS)), st.data())
@times(1)
def test_numbers_recognised_wrongly_are_right_or_unread_and_told(
    form: Form, style: Style, written: str, data: st.DataObject
) -> None:
    _is_right_or_told(form, style, written, data, 6)


def _is_right_or_told(
    form: Form, style: Style, written: str, data: st.DataObject, number: int
) -> None:
    tables = [[list(row) for row in grid] for grid in grids(form, style)]
    made = _planted(tables, data, number)
    report = _read(tables, written)
    if report is None:
        return  # told
    reading = report.reading
    assert reading is not None
    expected, found = due(form), said(report)
    wrong = {path for path in found if expected.get(path) != found[path]}
    if any("比较符号" in note.zh for note in reading.notes):  # 2 for ≥, which alone cannot show
        wrong = {path for path in wrong if not path.endswith("target.value")}
    assert not wrong, made
    read = {repair.path for repair in reading.repairs}
    assert read <= found.keys() | {"form.total_weight"} | _reviewed(report)
    lost = expected.keys() - found.keys()
    if lost:
        assert reading.notes or reading.unread, made


def _reviewed(report: bp.SelfEvaluation) -> set[str]:
    return {path for path, _ in bp.figures(report) if path.endswith("reviewed_score")}


@given(forms(), styles(), st.sampled_from(sorted(FORMATS)))
def test_a_form_without_a_fault_needs_no_repair(form: Form, style: Style, written: str) -> None:
    report = _read(grids(form, style), written)
    assert report is not None
    assert report.reading is not None
    assert report.reading.repairs == ()
    assert said(report) == due(form)
    assert repaired(report) is report


@given(forms(), st.data())
def test_what_nothing_confirms_is_not_read(form: Form, data: st.DataObject) -> None:
    """Where the total is another one, no reading of its parts makes it."""
    field = data.draw(st.sampled_from(["initial", "revised", "executed"]))
    text = form.sources["current-appropriation"][field]
    other = data.draw(st.sampled_from([t for t in spoilt(text) if doubt_of(t)]))
    total = {**form.total, field: str(Decimal(form.total[field]) + 123456)}
    form = attrs.evolve(
        form,
        total=total,
        sources={
            **form.sources,
            "current-appropriation": {**form.sources["current-appropriation"], field: other},
        },
    )
    report = _read(grids(form, Style()), "html")
    assert report is not None
    assert report.reading is not None
    assert not any("sources" in repair.path for repair in report.reading.repairs)
    assert any("对照原件" in note.zh for note in report.reading.notes)


@given(st.from_regex(r"[1-9][0-9]{0,4}(\.[0-9]{1,2})?%?", fullmatch=True), st.data())
def test_what_was_printed_is_among_what_may_be_meant(text: str, data: st.DataObject) -> None:
    other = data.draw(st.sampled_from([t for t in spoilt(text) if not t.startswith("M")]))
    doubt = doubt_of(other)
    if doubt is not None:
        assert text in doubt.others
        assert set(doubt.likely) <= set(doubt.others)
    assert doubt_of(text) is None
