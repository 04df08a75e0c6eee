"""Laws of forms: however one is printed, it says the same and is judged the same."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction

import attrs
from hypothesis import given
from hypothesis import strategies as st

import budgetperf as bp
from budgetperf.documents.choosing import reports_of
from budgetperf.documents.readers.files import document_of, text_document
from budgetperf.documents.understanding.forms.reports import form_reports
from budgetperf.documents.understanding.ways import way_of
from tests.documents import writing
from tests.documents.forms import (
    FORMATS,
    SOURCES,
    TEXTS,
    Form,
    Style,
    due,
    flat,
    forms,
    grids,
    in_a_stream,
    named,
    run_together,
    said,
    shifted,
    styles,
)
from tests.strategies import times


def read(form: Form, style: Style, written: str) -> bp.SelfEvaluation:
    data, name = FORMATS[written](grids(form, style))
    (report,) = form_reports(document_of(data, name), name, None).reports
    return report


@given(forms(), styles(), st.sampled_from(sorted(FORMATS)))
@times(Fraction(2, 3))
def test_the_manner_of_printing_changes_nothing(form: Form, style: Style, written: str) -> None:
    report = read(form, style, written)
    assert said(report) == due(form)
    rows = report.form.indicators
    assert [(row.name, row.target.direction) for row in rows] == [
        (name, bp.Direction.AT_LEAST) for name, _ in named(form)
    ]
    reviewed = [row.reviewed_score for row in rows if isinstance(row.reviewed_score, bp.Figure)]
    if "reviewed_score" in style.indicators:
        assert [figure.nominal for figure in reviewed] == [int(row.reviewed) for row in form.rows]
    assert report.kind.label.zh[:2] == style.kind[:2]
    assert not bp.audit(report).inconsistent


@given(forms(), styles())
@times(Fraction(2, 3))
def test_a_table_that_lost_its_merged_cells_is_not_misread(form: Form, style: Style) -> None:
    """Its rows begin further to the left than its header: what is read is right, or nothing is."""
    text = "\n\n".join(writing.table_in_pipes(shifted(grid)) for grid in grids(form, style))
    _reads_nothing_wrong(text, form)


@given(forms(), styles(), st.data())
@times(Fraction(2, 3))
def test_a_table_in_which_a_row_lost_a_cell_is_not_misread(
    form: Form, style: Style, data: st.DataObject
) -> None:
    """Be it the header or a row of figures: what is read is right, or nothing is."""
    tables = [flat(grid) for grid in grids(form, style)]
    grid = data.draw(st.sampled_from(tables))
    row = data.draw(st.sampled_from([row for row in grid if sum(1 for t, _, _ in row if t) > _FEW]))
    del row[data.draw(st.integers(0, len(row) - 1))]
    _reads_nothing_wrong("\n\n".join(map(writing.table_in_pipes, tables)), form)


_FEW = 3


@given(forms(), styles(), st.sampled_from([*TEXTS.values(), in_a_stream]))
@times(Fraction(2, 3))
def test_a_form_as_text_is_not_misread(
    form: Form, style: Style, written: Callable[..., str]
) -> None:
    """Blank cells are lost: what is read is right, and nothing is found wrong in it."""
    for report in reports_in(written(grids(form, style))):
        _says_nothing_wrong(report, form)
        assert not bp.audit(report).inconsistent


@given(forms(), styles(), st.sampled_from(sorted(TEXTS)), st.data())
@times(Fraction(2, 3))
def test_a_form_as_text_that_lost_a_figure_is_not_misread(
    form: Form, style: Style, written: str, data: st.DataObject
) -> None:
    text = TEXTS[written](grids(form, style))
    figures = list(re.finditer(r"(?<=[ \n])[≥]?\d[\d.]*[%万元人次个]{0,2}(?=[ \n])", text))
    lost = data.draw(st.sampled_from(figures))
    for report in reports_in(text[: lost.start() - 1] + text[lost.end() :]):
        _says_nothing_wrong(report, form)


@given(forms(), styles(), st.sampled_from([*TEXTS.values(), in_a_stream]), st.data())
@times(Fraction(2, 3))
def test_a_number_that_explains_a_row_is_not_what_was_reached(
    form: Form, style: Style, written: Callable[..., str], data: st.DataObject
) -> None:
    """Beside a blank actual value: what is read is right, or nothing is, and that is told."""
    row = data.draw(st.sampled_from(form.rows))
    number = data.draw(st.sampled_from([row.actual, row.weight, row.score, "0", "1", "95"]))
    tables = grids(form, style)
    for grid in tables:
        for cells in grid:
            at = next((at for at, (text, _, _) in enumerate(cells) if row.name in text), None)
            if at is not None:
                for field, text in (("actual", ""), ("explanation", number)):
                    cells[at + 1 + style.indicators.index(field)] = (text, 1, 1)
    for report in reports_in(written(tables)):
        for own in report.form.indicators:
            assert own.name != row.name or not isinstance(own.actual, bp.Figure)
        _says_nothing_wrong(report, form)


@given(forms(), styles(), st.data())
@times(Fraction(2, 3))
def test_a_form_that_ran_together_is_not_misread(
    form: Form, style: Style, data: st.DataObject
) -> None:
    """Whether what it prints holds or not."""
    field = data.draw(st.sampled_from(["initial", "revised", "executed"]))
    spoilt = {**form.total, field: f"{data.draw(st.integers(1, 10**6))}.{form.rate[-2:]}"}
    form = data.draw(st.sampled_from([form, attrs.evolve(form, total=spoilt)]))
    for report in reports_in(run_together(grids(form, style))):
        _says_nothing_wrong(report, form)


def reports_in(text: str) -> tuple[bp.SelfEvaluation, ...]:
    """The reports of a text; none if no figure of it can be read."""
    try:
        return reports_of(text_document(text, "x"), "x", way_of("forms"))
    except bp.UnusableDocumentError as error:
        if error.code != "no-figures":
            raise
        return ()


def _reads_nothing_wrong(text: str, form: Form) -> None:
    for report in form_reports(document_of(text.encode(), "x.md"), "x.md", None).reports:
        _says_nothing_wrong(report, form)


def _says_nothing_wrong(report: bp.SelfEvaluation, form: Form) -> None:
    expected = due(form)
    rows = {row.name: number for number, row in enumerate(form.rows)}
    sources = {kind: number for number, kind in enumerate(SOURCES)}
    for path, value in said(report).items():
        before, _, after = path.partition("[")
        index, _, field = after.partition("]")
        if before == "form.indicators":
            index = str(rows[str(report.form.indicators[int(index)].name)])
        elif index:
            index = str(sources[report.form.funding.sources[int(index)].kind.value])
        assert expected[f"{before}[{index}]{field}" if index else path] == value
