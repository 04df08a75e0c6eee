"""The audit: relations, verdicts, findings."""

from __future__ import annotations

from budgetperf.relations.assumption import Assumption
from budgetperf.relations.catalogue import relations
from budgetperf.relations.expression import Operand
from budgetperf.relations.finding import Finding, Severity, Verdict
from budgetperf.relations.relation import Relation
from budgetperf.relations.typed import check

from .engine import Audit, InconsistentReportError, audit

__all__ = [
    "Assumption",
    "Audit",
    "Finding",
    "InconsistentReportError",
    "Operand",
    "Relation",
    "Severity",
    "Verdict",
    "audit",
    "check",
    "relations",
]
