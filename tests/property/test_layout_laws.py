"""Laws of layouts with a name: none of them makes a figure wrong."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from budgetperf.documents.readers.files import document_of
from budgetperf.documents.understanding.forms.layouts.named import form_layouts
from budgetperf.documents.understanding.forms.layouts.own import FormLayout
from budgetperf.documents.understanding.forms.reports import form_reports
from tests.documents.forms import FORMATS, Form, Style, due, forms, grids, said, styles


@given(forms(), styles(), st.sampled_from(sorted(FORMATS)), st.sampled_from(form_layouts()))
def test_no_layout_makes_a_figure_wrong(
    form: Form, style: Style, written: str, layout: FormLayout
) -> None:
    """Whichever is chosen, and whichever is asked for."""
    data, name = FORMATS[written](grids(form, style))
    document = document_of(data, name)
    (chosen,) = form_reports(document, name, None).reports
    (asked,) = form_reports(document, name, None, own=layout).reports
    (plain,) = form_reports(document, name, None, by_name=False).reports
    assert said(chosen) == said(plain) == due(form)
    assert said(asked).items() >= due(form).items()
    assert chosen.kind is plain.kind
    assert asked.kind in (plain.kind, layout.head.kind)  # where no title says it
