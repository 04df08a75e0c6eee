"""Results in JSON: written as the commands write them, and not read again."""

from __future__ import annotations

from budgetperf.auditing import Audit
from budgetperf.auditing.conventions.fit import BasisFit, BasisRow, Candidate, Candidates, Fit
from budgetperf.auditing.diagnosis.suspects import Cause, Suspect
from budgetperf.auditing.drafts import Drafts
from budgetperf.auditing.slips.explanations import Explanation
from budgetperf.composing import Asked, Composition, Computed, LeftOpen
from budgetperf.exact import BudgetperfError, Text
from budgetperf.exact.shown import Json, Shown
from budgetperf.exact.written.foreign import Form, plug_form
from budgetperf.receipts import Verification
from budgetperf.relations import Finding
from budgetperf.scoring import Comparison, Scorecard, ScoreLine

from .forms import whole_schema

__all__: list[str] = []


def _result(kind: type[Shown], name: str, document: str) -> Form:
    """The form of a result, by the schema of it and the document that this stands in."""

    def read(value: object) -> object:
        raise BudgetperfError("is-result", _IS_RESULT.fill(kind.__name__))

    def write(value: Shown) -> Json:
        return value.to_data()

    def schema() -> dict[str, Json]:
        return whole_schema(name, document) if document else {"type": "object"}

    return Form(read=read, write=write, schema=schema)


_IS_RESULT = Text(
    zh="{} 是计算的结果，不从 JSON 读回：请保存报告与凭据，重做一次",
    en="{} is a result, and not read back from JSON: keep the report and the receipt, and have it "
    "made again",
)

for _kind, _name, _document in (
    (Audit, "Audit", "audit"),
    (Cause, "", ""),
    (Suspect, "", ""),
    (Explanation, "Explanation", "audit"),
    (Finding, "Finding", "check"),
    (Scorecard, "Scorecard", "scorecard"),
    (ScoreLine, "Line", "scorecard"),
    (Comparison, "Comparison", "comparison"),
    (Composition, "Composition", "composition"),
    (Computed, "Computed", "composition"),
    (LeftOpen, "LeftOpen", "composition"),
    (Asked, "Asked", "composition"),
    (Fit, "Fit", "fit"),
    (Candidates, "Candidates", "fit"),
    (Candidate, "Candidate", "fit"),
    (BasisFit, "BasisFit", "fit"),
    (BasisRow, "BasisRow", "fit"),
    (Drafts, "Drafts", "diff"),
    (Verification, "Verification", "verification"),
):
    plug_form(_kind, _result(_kind, _name, _document))
