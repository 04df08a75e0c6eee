"""What shows which value: plugged into the socket when this module is imported."""

from __future__ import annotations

from budgetperf.auditing import Audit
from budgetperf.auditing.conventions.fit import BasisFit, BasisRow, Candidate, Candidates, Fit
from budgetperf.exact.shown import data_of, html_of, picture_of, text_of
from budgetperf.model import SelfEvaluation
from budgetperf.relations.finding import Finding
from budgetperf.rules import Curve, RuleSet
from budgetperf.scoring import Scorecard
from budgetperf.scoring.comparison import Comparison

from .data.audit import audit_data
from .data.fit import fit_data
from .html.audit import audit_html, finding_html
from .html.comparison import comparison_html
from .html.curve import curve_html, curve_svg
from .html.report import report_html
from .html.ruleset import ruleset_html
from .html.scorecard import scorecard_html
from .text.audit import audit_text
from .text.comparison import comparison_text
from .text.fit import fit_text

__all__: list[str] = []


def _audit_html(audit: Audit, *, lang: str = "zh") -> str:
    return audit_html(audit, causes=audit.causes, lang=lang)


html_of.register(Audit, _audit_html)
html_of.register(Comparison, comparison_html)
html_of.register(Curve, curve_html)
html_of.register(Finding, finding_html)
html_of.register(RuleSet, ruleset_html)
html_of.register(Scorecard, scorecard_html)
html_of.register(SelfEvaluation, report_html)
picture_of.register(Curve, curve_svg)
text_of.register(Audit, audit_text)
text_of.register(Comparison, comparison_text)
data_of.register(Audit, audit_data)
for _kind in (BasisFit, BasisRow, Candidate, Candidates, Fit):
    text_of.register(_kind, fit_text)
    data_of.register(_kind, fit_data)
