"""What would still be broken, had a report printed other figures: repairs, tried out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

from budgetperf.exact import Figure
from budgetperf.model import SelfEvaluation, map_figures
from budgetperf.relations.binding import indexed_again
from budgetperf.relations.catalogue import relations
from budgetperf.relations.expression import Operand
from budgetperf.relations.finding import Finding, Verdict
from budgetperf.relations.relation import Relation

__all__ = ["Recheck", "Repair", "broken_after", "to_check"]

Recheck: TypeAlias = Callable[[Relation, SelfEvaluation], Iterable[Finding]]
"""The findings of one relation on another report, under the rule-set of the audit."""
Repair: TypeAlias = Mapping[Operand, Figure]
"""Printed figures, and what each should read instead."""

_BROKEN = (Verdict.INCONSISTENT, Verdict.TRUNCATED, Verdict.UNDEFINED)


def to_check(codes: Iterable[str], *, bases_may_be_0: bool) -> tuple[Relation, ...]:
    """The relations that a repair may break although it mends everything that is linear.

    Those that a function checks: they are no part of the joint system, or only for as long as the
    figures that a rule is applied to stay what they are. Rates are part of it, but for a base of 0.

    Args:
        codes: of the relations that the repaired figures take part in.
        bases_may_be_0: whether a repaired figure is 0.
    """
    wanted = set(codes)
    return tuple(
        relation
        for relation in relations()
        if relation.code in wanted
        and not relation.asks
        and ((not relation.equation and relation.code not in _JOINT)
             or (bases_may_be_0 and "/" in relation.equation))
    )  # fmt: skip


_JOINT = ("F02", "J01", "W02")
"""Checks whose findings are linear, and J01, which is all of them."""


def broken_after(
    repair: Repair, report: SelfEvaluation, checked: Iterable[Relation], recheck: Recheck
) -> int:
    """How many of the relations do not hold, or have no value, in the repaired report."""
    figures = {_key(operand): figure for operand, figure in repair.items()}

    def repaired(path: str, figure: Figure) -> Figure:
        return figures.get((path, figure.text, figure.place), figure)

    paths = {path for path, _, _ in figures}
    changed = indexed_again(map_figures(report, repaired, only=paths), report, paths)
    return sum(
        finding.verdict in _BROKEN for relation in checked for finding in recheck(relation, changed)
    )


def _key(operand: Operand) -> tuple[str, str, object]:
    stated = operand.stated
    place = stated.place if isinstance(stated, Figure) else None
    return operand.path, stated.text, place
