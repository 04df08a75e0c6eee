"""The audit: relations, verdicts, findings."""

from __future__ import annotations

from budgetperf.relations.assumption import Assumption
from budgetperf.relations.catalogue import relations
from budgetperf.relations.expression import Operand
from budgetperf.relations.finding import Finding, Severity, Verdict
from budgetperf.relations.relation import Relation
from budgetperf.relations.typed import check

from .decisions import Decision, DecisionFigure, Decisions, Lapse, Lapsed, Ruling
from .drafts import DraftFinding, Drafts, Redrawn, Since, diff
from .engine import Audit, InconsistentReportError, audit

__all__ = [
    "Assumption",
    "Audit",
    "Decision",
    "DecisionFigure",
    "Decisions",
    "DraftFinding",
    "Drafts",
    "Finding",
    "InconsistentReportError",
    "Lapse",
    "Lapsed",
    "Operand",
    "Redrawn",
    "Relation",
    "Ruling",
    "Severity",
    "Since",
    "Verdict",
    "audit",
    "check",
    "diff",
    "relations",
]
