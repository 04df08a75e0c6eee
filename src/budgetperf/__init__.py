"""budgetperf: exact, typed self-evaluation of budget performance in China (预算绩效自评).

>>> import budgetperf as bp
>>> bp.check("68.48% = 241.86 / 353.21").verdict.value
'rounding'
>>> bp.check("17.17% = 355.55 / 595.07").verdict.value
'inconsistent'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from .exact import (
    Amount,
    BudgetperfDeprecationWarning,
    BudgetperfError,
    Count,
    Figure,
    FloatRefusedError,
    Interval,
    Missing,
    MissingReason,
    NotFoundError,
    Points,
    ProblemsError,
    Rate,
    RoundingMode,
    Text,
    Undefined,
    UndefinedReason,
    Unit,
    WrongTypeError,
    parse_figure,
)
from .exact.shown import plug
from .exact.written.foreign import plug_forms
from .model import (
    Achievement,
    Adjustment,
    BasicExpenditure,
    Breakdown,
    CategoryAmount,
    Department,
    Direction,
    EconomicCategory,
    EvaluationKind,
    Execution,
    FixedAssets,
    Funding,
    FundingKind,
    FundingSource,
    FundingTotal,
    Goal,
    Indicator,
    LevelCounts,
    ListedProject,
    OtherYear,
    Portion,
    Procurement,
    Project,
    ProjectCounts,
    ProjectExpenditure,
    ProjectFigures,
    ProjectList,
    SelfEvaluation,
    Staffing,
    Statement,
    Target,
    ThreePublicExpenses,
    ThreePublicItem,
    figures,
    in_unit,
    with_column_precision,
)
from .plain.version import __version__

if TYPE_CHECKING:
    from budgetperf import rates, rules
    from budgetperf.auditing import Audit, InconsistentReportError, audit
    from budgetperf.auditing.conventions.fitting import Fit, rules_that_fit
    from budgetperf.auditing.decisions import Decision, Decisions
    from budgetperf.auditing.diagnosis.suspects import Cause, Suspect
    from budgetperf.auditing.drafts import Drafts, diff
    from budgetperf.auditing.slips.explanations import Explanation
    from budgetperf.composing import Composition, compose
    from budgetperf.documents.json import dumps, loads
    from budgetperf.scoring import (
        Change,
        Compared,
        Comparison,
        Difference,
        Mismatch,
        Scorecard,
        ScoreLine,
        compare,
        run_example,
        score,
        score_execution,
        scorecard,
    )

    from .documents import UnusableDocumentError, indicators, parse, read, read_all
    from .documents.reviewing import Reviewed, review
    from .documents.verifying import verify
    from .documents.writing import Written, write
    from .rates import (
        DeviationDefinition,
        adjustment_rate,
        completion_rate,
        deviation,
        execution_rate,
        gross_adjustment_rate,
        procurement_execution_rate,
        share,
        staffing_control_rate,
        three_public_change_rate,
        three_public_control_rate,
    )
    from .receipts import Receipt, Verification
    from .relations import Finding, Operand, Severity, Verdict, check
    from .rules import RuleSet, rulesets

plug(lambda: import_module("budgetperf.display.renderers"))
plug_forms(
    lambda: import_module("budgetperf.documents.forms"),
    lambda: import_module("budgetperf.documents.result_forms"),
)

__all__ = [
    "Achievement",
    "Adjustment",
    "Amount",
    "Audit",
    "BasicExpenditure",
    "Breakdown",
    "BudgetperfDeprecationWarning",
    "BudgetperfError",
    "CategoryAmount",
    "Cause",
    "Change",
    "Compared",
    "Comparison",
    "Composition",
    "Count",
    "Decision",
    "Decisions",
    "Department",
    "DeviationDefinition",
    "Difference",
    "Direction",
    "Drafts",
    "EconomicCategory",
    "EvaluationKind",
    "Execution",
    "Explanation",
    "Figure",
    "Finding",
    "Fit",
    "FixedAssets",
    "FloatRefusedError",
    "Funding",
    "FundingKind",
    "FundingSource",
    "FundingTotal",
    "Goal",
    "InconsistentReportError",
    "Indicator",
    "Interval",
    "LevelCounts",
    "ListedProject",
    "Mismatch",
    "Missing",
    "MissingReason",
    "NotFoundError",
    "Operand",
    "OtherYear",
    "Points",
    "Portion",
    "ProblemsError",
    "Procurement",
    "Project",
    "ProjectCounts",
    "ProjectExpenditure",
    "ProjectFigures",
    "ProjectList",
    "Rate",
    "Receipt",
    "Reviewed",
    "RoundingMode",
    "RuleSet",
    "ScoreLine",
    "Scorecard",
    "SelfEvaluation",
    "Severity",
    "Staffing",
    "Statement",
    "Suspect",
    "Target",
    "Text",
    "ThreePublicExpenses",
    "ThreePublicItem",
    "Undefined",
    "UndefinedReason",
    "Unit",
    "UnusableDocumentError",
    "Verdict",
    "Verification",
    "Written",
    "WrongTypeError",
    "__version__",
    "adjustment_rate",
    "audit",
    "check",
    "compare",
    "completion_rate",
    "compose",
    "deviation",
    "diff",
    "dumps",
    "execution_rate",
    "figures",
    "gross_adjustment_rate",
    "in_unit",
    "indicators",
    "loads",
    "parse",
    "parse_figure",
    "procurement_execution_rate",
    "rates",
    "read",
    "read_all",
    "review",
    "rules",
    "rules_that_fit",
    "rulesets",
    "run_example",
    "score",
    "score_execution",
    "scorecard",
    "share",
    "staffing_control_rate",
    "three_public_change_rate",
    "three_public_control_rate",
    "verify",
    "with_column_precision",
    "write",
]

# Imported when it is first used: rates, relations, rules and scoring, the diagnosis, what reads and
# writes files.
_IN_MODULES = {
    "auditing": ("Audit", "InconsistentReportError", "audit"),
    "auditing.conventions.fitting": ("Fit", "rules_that_fit"),
    "auditing.decisions": ("Decision", "Decisions"),
    "auditing.diagnosis.suspects": ("Cause", "Suspect"),
    "auditing.drafts": ("Drafts", "diff"),
    "auditing.slips.explanations": ("Explanation",),
    "composing": ("Composition", "compose"),
    "documents": ("UnusableDocumentError", "indicators", "parse", "read", "read_all"),
    "documents.json": ("dumps", "loads"),
    "documents.reviewing": ("Reviewed", "review"),
    "documents.verifying": ("verify",),
    "documents.writing": ("Written", "write"),
    "rates": (
        "DeviationDefinition",
        "adjustment_rate",
        "completion_rate",
        "deviation",
        "execution_rate",
        "gross_adjustment_rate",
        "procurement_execution_rate",
        "share",
        "staffing_control_rate",
        "three_public_change_rate",
        "three_public_control_rate",
    ),
    "receipts": ("Receipt", "Verification"),
    "relations": ("Finding", "Operand", "Severity", "Verdict", "check"),
    "rules": ("RuleSet", "rulesets"),
    "scoring": (
        "Change",
        "Compared",
        "Comparison",
        "Difference",
        "Mismatch",
        "Scorecard",
        "ScoreLine",
        "compare",
        "run_example",
        "score",
        "score_execution",
        "scorecard",
    ),
}
_LATER = {name: module for module, names in _IN_MODULES.items() for name in names}


def __getattr__(name: str) -> object:
    if name in ("documents", "rates", "rules"):
        return import_module(f"budgetperf.{name}")
    if name in _LATER:
        # Kept, so that the next time it is as quick as any other name.
        globals()[name] = value = getattr(import_module(f"budgetperf.{_LATER[name]}"), name)
        return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
