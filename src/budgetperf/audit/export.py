"""An audit as JSON: schema ``budgetperf/audit/1``, numbers exact and in strings."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from budgetperf.exact import Interval, Missing, Unit, decimal_text
from budgetperf.model import Reading

from .engine import Audit
from .expression import Operand
from .finding import Finding

if TYPE_CHECKING:
    from budgetperf.rules import RuleSet

__all__ = ["Json", "audit_data", "finding_data"]

Json: TypeAlias = "str | int | bool | list[Json] | dict[str, Json] | None"


def audit_data(audit: Audit) -> dict[str, Json]:
    """The audit as plain data, in the stable schema ``budgetperf/audit/1``.

    Intervals and gaps are in the unit of the figure that they belong to. A number without a
    finite decimal is ``"n/d"``; an unbounded end is null.
    """
    department, reading, rules = audit.report.department, audit.report.reading, audit.rules
    return {
        "schema": "budgetperf/audit/1",
        "report": {
            "department": department.name if isinstance(department.name, str) else None,
            "year": None if isinstance(department.year, Missing) else int(department.year.value),
            "source": reading.source if reading else None,
        },
        "ruleset": None if rules is None else _ruleset_data(rules),
        "reading": None if reading is None else _reading_data(reading),
        "summary": {verdict.value: number for verdict, number in audit.summary.items()},
        "findings": [finding_data(finding) for finding in audit.findings],
    }


def _ruleset_data(rules: RuleSet) -> dict[str, Json]:
    return {
        "id": rules.id,
        "effective": rules.effective or None,
        "status": rules.status.value,
        "sha256": rules.sha256,
    }


def _reading_data(reading: Reading) -> dict[str, Json]:
    return {
        "numbers": reading.numbers,
        "accounted": reading.accounted,
        "unread": [{"text": unread.text, "line": unread.line} for unread in reading.unread],
    }


def finding_data(finding: Finding) -> dict[str, Json]:
    """One finding as plain data, as in ``findings`` of :func:`audit_data`."""
    return {
        "code": finding.code,
        "verdict": finding.verdict.value,
        "severity": finding.severity.value,
        "relation": finding.relation,
        "operands": [_operand_data(operand) for operand in finding.operands],
        "derived": None if finding.derived is None else _ends(finding.derived, finding.unit),
        "gap": None if finding.gap is None else decimal_text(finding.gap / finding.unit.scale),
        "provision": finding.provision,
        "message": {"zh": finding.message.zh, "en": finding.message.en},
    }


def _operand_data(operand: Operand) -> dict[str, Json]:
    stated = operand.stated
    if isinstance(stated, Missing):
        return {
            "path": operand.path,
            "text": stated.text,
            "value": None,
            "unit": None,
            "interval": None,
            "closed": None,
            "line": operand.line,
        }
    interval = stated.interval
    return {
        "path": operand.path,
        "text": stated.text,
        "value": decimal_text(Fraction(stated.value)),
        "unit": stated.unit.symbol,
        "interval": _ends(interval, stated.unit),
        "closed": [interval.lower_closed, interval.upper_closed],
        "line": operand.line,
    }


def _ends(interval: Interval, unit: Unit) -> list[Json]:
    return [
        None if end is None else decimal_text(end / unit.scale)
        for end in (interval.lower, interval.upper)
    ]
