"""Laws of forms: however one is printed, it says the same and is judged the same."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

import budgetperf as bp
from budgetperf.documents.readers.files import document_of
from budgetperf.documents.understanding.forms.reports import form_reports
from tests.documents.forms import FORMATS, Form, Style, due, forms, grids, named, said, styles


def read(form: Form, style: Style, written: str) -> bp.SelfEvaluation:
    data, name = FORMATS[written](grids(form, style))
    (report,) = form_reports(document_of(data, name), name, None).reports
    return report


@given(forms(), styles(), st.sampled_from(sorted(FORMATS)))
@settings(max_examples=60)
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
