"""Rows of indicators as a report of their own, and what its audit says of what they state."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TypeAlias, cast

import attrs

from budgetperf.auditing.engine import findings_by
from budgetperf.exact import BudgetperfError, Figure, Missing, MissingReason, Stated
from budgetperf.frames.cells import directed, read_number
from budgetperf.frames.columns import WORDS, in_row_unit
from budgetperf.frames.single import stated_words
from budgetperf.frames.statuses import RowStatus
from budgetperf.model import NOT_STATED as NONE
from budgetperf.model import Indicator, SelfEvaluation, Statement, with_column_precision
from budgetperf.model.given import number, rate
from budgetperf.model.indicators import is_subtotal, read_target
from budgetperf.relations.finding import Finding, Verdict
from budgetperf.rules import RuleSet

__all__ = [
    "NOT_STATED",
    "NO_RULES",
    "ROW_CHECKS",
    "Said",
    "indicator_of",
    "plain_row",
    "read_stated",
    "reason_name",
    "verdict_name",
    "verdicts",
]

Said: TypeAlias = "tuple[Verdict, str | None]"
"""A verdict, and why it is none or undefined."""

ROW_CHECKS: Mapping[str, tuple[str, ...]] = {
    "completion_rate": ("W10", "W10.reverse"),
    "deviation": ("W11",),
    "score": ("W04", "W07"),
}
"""What a row states and what follows from its other figures, and the relations that say how."""

NOT_STATED: Said = Verdict.UNCHECKED, "not-stated"
NO_RULES: Said = Verdict.UNCHECKED, "no-ruleset"

_NAMELESS = "指标"
_UNREAD = Missing(reason=MissingReason.UNREADABLE)
_AT = re.compile(r"form\.indicators\[(\d+)\]")


def verdict_name(field: str) -> str:
    """The header of the verdicts on what is stated in a field."""
    return f"{field}_verdict"


def reason_name(field: str) -> str:
    """The header of the reasons of verdicts that are none or undefined."""
    return f"{field}_reason"


def indicator_of(row: Mapping[str, str], direction: int | None) -> Indicator | RowStatus:
    """The indicator of a row; what is wrong if it holds what no row can.

    Args:
        row: the cells by field.
        direction: the code of the direction of targets that say none.
    """
    row = in_row_unit(row)
    target = directed(read_target(row["target"]), row.get("operator", ""), direction)
    if isinstance(target, RowStatus):
        return target
    words = {field: stated_words(row[field]) if field in row else NONE for field in WORDS}
    numbers = {
        field: read_number(field, row[field]) if field in row else NONE
        for field in ("actual", "weight")
    }
    stated = {f: read_stated(f, row[f]) if f in row else NONE for f in ROW_CHECKS}
    try:
        return Indicator(
            level1=words["level1"],
            level2=words["level2"],
            name=words["name"] if "name" in row else _NAMELESS,
            scoring_rule=words["scoring_rule"],
            target=target,
            actual=numbers["actual"],
            weight=numbers["weight"],
            completion_rate=stated["completion_rate"],
            deviation=stated["deviation"],
            score=stated["score"],
        )
    except BudgetperfError:  # a number in a unit that cannot be there
        return RowStatus.UNREADABLE


def read_stated(field: str, text: str) -> Stated:
    """What is stated, as a document prints it, whatever its sign."""
    figure = cast("object", number(text) if field == "score" else rate(text))
    if isinstance(figure, Figure):
        return attrs.evolve(figure)
    return figure if isinstance(figure, Missing) else _UNREAD


def plain_row(row: Mapping[str, str], rules: RuleSet | None) -> Mapping[str, str]:
    """The row without its name, where only that it has one counts: many then say the same."""
    if "name" not in row or (rules is not None and rules.indicators):
        return row
    is_nameless = not row["name"].strip() or is_subtotal(row["name"])
    return {**row, "name": "" if is_nameless else _NAMELESS}


def verdicts(
    rows: Sequence[Mapping[str, str]],
    fields: Collection[str],
    rules: RuleSet | None,
    direction: int | None,
) -> list[dict[str, Said]]:
    """What the audit of a report with these rows says of each, by field.

    Args:
        rows: the cells by field.
        fields: those of :data:`ROW_CHECKS` that are asked about.
        rules: the rule-set.
        direction: the code of the direction of targets that say none.
    """
    read = [indicator_of(row, direction) for row in rows]
    readable = {at: each for at, each in enumerate(read) if isinstance(each, Indicator)}
    table = [*readable.values()]
    report = with_column_precision(SelfEvaluation(form=Statement(indicators=table)))
    ids = [id for field in fields for id in ROW_CHECKS[field]]
    findings = findings_by(ids, report, rules)
    verdicts_by_row = [
        {} if isinstance(each, Indicator) else dict.fromkeys(fields, _unchecked(each))
        for each in read
    ]
    for field in fields:
        own = _by_row(finding for id in ROW_CHECKS[field] for finding in findings[id])
        for index, (at, indicator) in enumerate(readable.items()):
            verdicts_by_row[at][field] = _said(field, indicator, own.get(index), own.get(None))
    return verdicts_by_row


def _unchecked(status: RowStatus) -> Said:
    return Verdict.UNCHECKED, status.value


def _by_row(findings: Iterable[Finding]) -> dict[int | None, Finding]:
    """The findings by the row that they are about; ``None`` for those about none in particular."""
    by_row = dict[int | None, Finding]()
    for finding in findings:
        at = _AT.match(finding.operands[0].path) if finding.operands else None
        by_row.setdefault(int(at[1]) if at else None, finding)
    return by_row


def _said(field: str, indicator: Indicator, own: Finding | None, general: Finding | None) -> Said:
    stated = cast("Stated", getattr(indicator, field))
    if isinstance(stated, Missing):
        is_unreadable = stated.reason is MissingReason.UNREADABLE
        return _unchecked(RowStatus.UNREADABLE) if is_unreadable else NOT_STATED
    if own is None and general is not None and isinstance(indicator.weight, Figure):
        own = general
    return NOT_STATED if own is None else (own.verdict, own.reason)
