"""What shows which value: plugged into the socket when this module is imported."""

from __future__ import annotations

from budgetperf.auditing import Audit
from budgetperf.auditing.conventions.fit import BasisFit, BasisRow, Candidate, Candidates, Fit
from budgetperf.auditing.diagnosis.suspects import Cause, Suspect
from budgetperf.auditing.drafts import Drafts
from budgetperf.auditing.slips.explanations import Explanation
from budgetperf.composing import Asked, Composition, Computed, LeftOpen
from budgetperf.exact.shown import data_of, html_of, picture_of, rows_of, text_of
from budgetperf.model import Funding, SelfEvaluation, Statement
from budgetperf.model.fields import Part
from budgetperf.rates import RateCatalogue, RateDefinition
from budgetperf.receipts import Receipt, Verification
from budgetperf.relations.finding import Finding
from budgetperf.rules import Curve, RuleSet, Rulesets
from budgetperf.scoring import Scorecard, ScoreLine
from budgetperf.scoring.comparison import Comparison

from .data import audit as audit_as_data
from .data import composition as composition_as_data
from .data import model as model_as_data
from .data import receipt as receipt_as_data
from .data import rows, scores
from .data.comparison import comparison_data
from .data.drafts import drafts_data, drafts_rows
from .data.fit import fit_data
from .html import audit as audit_as_html
from .html import catalogues
from .html import composition as composition_as_html
from .html.comparison import comparison_html
from .html.drafts import drafts_html
from .html.fit import fit_html
from .html.part import part_html
from .html.pictures import charts
from .html.pictures.curve import curve_html, curve_svg
from .html.receipt import receipt_html, verification_html
from .html.report import report_html
from .html.ruleset import ruleset_html
from .html.scorecard import line_html, scorecard_html
from .text import audit as audit_as_text
from .text import composition as composition_as_text
from .text import rates as rates_as_text
from .text import ruleset as ruleset_as_text
from .text import scorecard as scorecard_as_text
from .text.comparison import comparison_text
from .text.drafts import drafts_text
from .text.fit import fit_text
from .text.part import part_text, report_text
from .text.receipt import receipt_text, verification_text

__all__: list[str] = []


def _audit_html(audit: Audit, *, lang: str = "zh") -> str:
    return audit_as_html.audit_html(audit, causes=audit.causes, lang=lang)


def _audit_text(audit: Audit, *, lang: str, everything: bool = False) -> str:
    return audit_as_text.audit_text(audit, lang=lang, detail="all" if everything else "findings")


html_of.register(Asked, composition_as_html.asked_html)
html_of.register(Composition, composition_as_html.composition_html)
html_of.register(Computed, composition_as_html.computed_html)
html_of.register(LeftOpen, composition_as_html.open_html)
html_of.register(Audit, _audit_html)
html_of.register(Cause, audit_as_html.cause_html)
html_of.register(Comparison, comparison_html)
html_of.register(Curve, curve_html)
html_of.register(Drafts, drafts_html)
html_of.register(Explanation, audit_as_html.explanation_html)
html_of.register(Finding, audit_as_html.finding_html)
html_of.register(Part, part_html)
html_of.register(RateCatalogue, catalogues.catalogue_html)
html_of.register(RateDefinition, catalogues.rate_html)
html_of.register(Receipt, receipt_html)
html_of.register(RuleSet, ruleset_html)
html_of.register(Rulesets, catalogues.rulesets_html)
html_of.register(ScoreLine, line_html)
html_of.register(Scorecard, scorecard_html)
html_of.register(SelfEvaluation, report_html)
html_of.register(Suspect, audit_as_html.suspect_html)
html_of.register(Verification, verification_html)

picture_of.register(Curve, curve_svg)
picture_of.register(Funding, charts.funding_svg)
picture_of.register(Scorecard, charts.card_svg)
picture_of.register(Statement, charts.scores_svg)

text_of.register(Asked, composition_as_text.asked_text)
text_of.register(Composition, composition_as_text.composition_text)
text_of.register(Computed, composition_as_text.computed_text)
text_of.register(LeftOpen, composition_as_text.open_text)
text_of.register(Audit, _audit_text)
text_of.register(Cause, audit_as_text.cause_text)
text_of.register(Comparison, comparison_text)
text_of.register(Drafts, drafts_text)
text_of.register(Explanation, audit_as_text.explanation_said)
text_of.register(Finding, audit_as_text.finding_said)
text_of.register(Part, part_text)
text_of.register(RateCatalogue, rates_as_text.catalogue_text)
text_of.register(RateDefinition, rates_as_text.rate_text)
text_of.register(Receipt, receipt_text)
text_of.register(RuleSet, ruleset_as_text.ruleset_text)
text_of.register(Rulesets, ruleset_as_text.catalogue_text)
text_of.register(ScoreLine, scorecard_as_text.line_text)
text_of.register(Scorecard, scorecard_as_text.scorecard_text)
text_of.register(SelfEvaluation, report_text)
text_of.register(Suspect, audit_as_text.suspect_text)
text_of.register(Verification, verification_text)

data_of.register(Asked, composition_as_data.asked_data)
data_of.register(Composition, composition_as_data.composition_data)
data_of.register(Computed, composition_as_data.computed_data)
data_of.register(LeftOpen, composition_as_data.open_data)
data_of.register(Audit, audit_as_data.audit_data)
data_of.register(Cause, audit_as_data.cause_data)
data_of.register(Comparison, comparison_data)
data_of.register(Curve, model_as_data.curve_data)
data_of.register(Drafts, drafts_data)
data_of.register(Explanation, audit_as_data.explanation_data)
data_of.register(Finding, audit_as_data.finding_data)
data_of.register(Part, model_as_data.part_data)
data_of.register(RateCatalogue, model_as_data.catalogue_data)
data_of.register(RateDefinition, model_as_data.rate_data)
data_of.register(Receipt, receipt_as_data.receipt_data)
data_of.register(RuleSet, model_as_data.ruleset_data)
data_of.register(Rulesets, model_as_data.rulesets_data)
data_of.register(ScoreLine, scores.line_data)
data_of.register(Scorecard, scores.scorecard_data)
data_of.register(SelfEvaluation, model_as_data.report_data)
data_of.register(Suspect, audit_as_data.suspect_data)
data_of.register(Verification, receipt_as_data.verification_data)

rows_of.register(Asked, composition_as_data.asked_rows)
rows_of.register(Composition, composition_as_data.composition_rows)
rows_of.register(Computed, composition_as_data.computed_rows)
rows_of.register(LeftOpen, composition_as_data.open_rows)
rows_of.register(Audit, rows.audit_rows)
rows_of.register(Cause, rows.cause_rows)
rows_of.register(Comparison, rows.comparison_rows)
rows_of.register(Curve, rows.curve_rows)
rows_of.register(Drafts, drafts_rows)
rows_of.register(Explanation, rows.explanation_rows)
rows_of.register(Finding, rows.finding_rows)
rows_of.register(Part, rows.part_rows)
rows_of.register(RateCatalogue, rows.catalogue_rows)
rows_of.register(RateDefinition, rows.rate_rows)
rows_of.register(Receipt, receipt_as_data.receipt_rows)
rows_of.register(RuleSet, rows.ruleset_rows)
rows_of.register(Rulesets, rows.rulesets_rows)
rows_of.register(ScoreLine, rows.line_rows)
rows_of.register(Scorecard, rows.scorecard_rows)
rows_of.register(SelfEvaluation, rows.report_rows)
rows_of.register(Suspect, rows.suspect_rows)
rows_of.register(Verification, receipt_as_data.verification_rows)

for _kind in (BasisFit, BasisRow, Candidate, Candidates, Fit):
    html_of.register(_kind, fit_html)
    text_of.register(_kind, fit_text)
    data_of.register(_kind, fit_data)
    rows_of.register(_kind, rows.fit_rows)
