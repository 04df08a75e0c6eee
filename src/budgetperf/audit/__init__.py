"""The audit: relations, verdicts, findings."""

from __future__ import annotations

from .assumption import Assumption
from .engine import Audit, InconsistentReportError, audit
from .expression import Operand
from .finding import Finding, Severity, Verdict
from .relation import Relation, relations
from .typed import check

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
