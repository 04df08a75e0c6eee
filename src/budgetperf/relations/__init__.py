"""Relations over named figures: declared as data, bound to a report, judged."""

from __future__ import annotations

from .assumption import Assumption
from .expression import Operand
from .finding import Finding, Severity, Verdict
from .relation import Relation
from .typed import check

__all__ = [
    "Assumption",
    "Finding",
    "Operand",
    "Relation",
    "Severity",
    "Verdict",
    "check",
]
