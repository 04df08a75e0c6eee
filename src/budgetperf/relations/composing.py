"""From a judgement to a finding."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from budgetperf.exact import MONEY, BudgetperfError, Figure, Missing, RoundingMode, Text

from .assumption import Assumption
from .catalogue import Relation
from .expression import (
    Const,
    Equation,
    Expression,
    Operand,
    Ref,
    Sum,
    map_leaves,
    missing,
    operands,
    render,
    require_same_units,
)
from .finding import Finding, Verdict
from .judging import Judgement, judge
from .words import explain, missing_text, unit_of

__all__ = [
    "decided",
    "equation_finding",
    "is_score",
    "relation_text",
    "simple",
    "unchecked",
]


def decided(
    relation: Relation,
    equation: Equation,
    judgement: Judgement,
    *,
    why: Text | None = None,
    formula: str = "",
    extra: tuple[Operand, ...] = (),
    provision: str | None = None,
) -> Finding:
    """The finding for an equation that was judged.

    Args:
        relation: the declared relation.
        equation: bound to its figures; one with the same on both sides only names the result.
        judgement: the verdict with its values.
        why: the explanation; by default that of the equation.
        formula: the relation over paths; by default that of the equation.
        extra: operands that the equation itself does not show.
        provision: what the rule that was used rests on, if one was.
    """
    verdict, reason = judgement.verdict, None
    if judgement.undefined is not None:
        reason = judgement.undefined.value
    if verdict is Verdict.INCONSISTENT and relation.asks:
        verdict, reason = Verdict.UNCHECKED, "review"
    taking_part = (*operands(equation.left), *operands(equation.right), *extra)
    return Finding(
        code=relation.code,
        verdict=verdict,
        severity=relation.severity,
        relation=formula or relation_text(equation),
        title=relation.title,
        subject=_subject(taking_part),
        why=why or explain(equation, judgement),
        operands=taking_part,
        derived=judgement.derived,
        unit=unit_of(equation),
        gap=judgement.gap,
        provision=provision,
        reason=reason,
        equation=None if relation.asks or equation.left is equation.right else equation,
    )


_UNJUDGED = Judgement(verdict=Verdict.UNCHECKED)


def equation_finding(relation: Relation, equation: Equation) -> Finding:
    """The finding for a bound equation, whether or not its figures are all there."""
    absent = missing(equation)
    if absent:
        found = decided(relation, equation, _UNJUDGED, why=missing_text(absent))
        if not _could_fit(equation):
            found = attrs.evolve(found, equation=None)
        return _if_dashes_are_none(attrs.evolve(found, reason="not-stated"), equation)
    try:
        require_same_units(equation)
    except BudgetperfError as error:
        told = decided(relation, equation, _UNJUDGED, why=error.message)
        return attrs.evolve(told, reason=error.code, equation=None)
    if Assumption.COMPLETE in relation.assumes:
        equation = attrs.evolve(equation, assumes=(*equation.assumes, Assumption.COMPLETE))
    found = decided(relation, equation, judge(equation))
    if found.verdict is Verdict.INCONSISTENT:
        found = attrs.evolve(found, assumes=tuple(_rests_on(relation, equation)))
    return _if_dashes_are_none(found, equation)


def _could_fit(equation: Equation) -> bool:
    """Whether the stated figures measure the same: points and percentages do not add up.

    What is missing is left out; a missing score is in points.
    """

    def stated(leaf: Operand | Const | Ref) -> Expression:
        if isinstance(leaf, Operand) and isinstance(leaf.stated, Missing) and is_score(leaf.path):
            return attrs.evolve(leaf, stated=_POINTS)
        return leaf

    sides = (_of_stated(map_leaves(side, stated)) for side in (equation.left, equation.right))
    left, right = sides
    complete = attrs.evolve(equation, left=left, right=right)
    if missing(complete):
        return True
    try:
        require_same_units(complete)
    except BudgetperfError:
        return False
    return True


_POINTS = Figure(value=0)


def _of_stated(side: Expression) -> Expression:
    """A side without the terms of its sums that are missing, if any others are left."""
    if not isinstance(side, Sum):
        return side
    terms = [(sign, _of_stated(term)) for sign, term in side.terms]
    kept = tuple(
        (sign, term)
        for sign, term in terms
        if not (isinstance(term, Operand) and isinstance(term.stated, Missing))
    )
    return Sum(terms=kept) if kept else side


def _if_dashes_are_none(found: Finding, equation: Equation) -> Finding:
    """The finding where parts with a dash were left out: that they are 0 is for a reviewer."""
    if Assumption.ABSENT_IS_ZERO not in equation.assumes:
        return found
    found = attrs.evolve(found, equation=None)
    if found.verdict is Verdict.UNCHECKED:
        return found
    found = attrs.evolve(found, assumes=(*found.assumes, Assumption.ABSENT_IS_ZERO))
    if found.verdict is not Verdict.INCONSISTENT:
        return found
    return attrs.evolve(found, verdict=Verdict.UNCHECKED, reason="review", gap=None)


def _rests_on(relation: Relation, equation: Equation) -> Iterator[Assumption]:
    """What an equation that does not hold takes for granted: without it, it could."""
    if Assumption.WHOLE_IS_EXACT in relation.assumes and _could_hold_rounded(equation):
        yield Assumption.WHOLE_IS_EXACT
    if Assumption.COMPLETE in relation.assumes:
        more = attrs.evolve(equation, comparator="≥")
        if judge(more).verdict is not Verdict.INCONSISTENT:
            yield Assumption.COMPLETE


def is_score(path: str) -> bool:
    """Whether a score or a total of scores stands there."""
    return path.endswith((".score", ".total_score"))


def _could_hold_rounded(equation: Equation) -> bool:
    """Whether it could hold, had whole amounts and scores been rounded."""

    def rounded(leaf: Operand | Const | Ref) -> Expression:
        if not isinstance(leaf, Operand) or not isinstance(leaf.stated, Figure):
            return leaf
        is_money = leaf.stated.unit.dimension == MONEY
        if not leaf.stated.is_exact or not (is_money or is_score(leaf.path)):
            return leaf
        return attrs.evolve(leaf, stated=attrs.evolve(leaf.stated, rounding=RoundingMode.HALF_UP))

    left, right = (map_leaves(side, rounded) for side in (equation.left, equation.right))
    rounded_too = attrs.evolve(equation, left=left, right=right)
    return rounded_too != equation and judge(rounded_too).verdict is not Verdict.INCONSISTENT


def unchecked(
    relation: Relation,
    reason: str,
    why: Text,
    *,
    formula: str = "",
    taking_part: tuple[Operand, ...] = (),
    provision: str | None = None,
) -> Finding:
    """The finding for what could not be decided, and why."""
    return _told(
        relation, Verdict.UNCHECKED, why, taking_part, formula, reason=reason, provision=provision
    )


def _told(
    relation: Relation,
    verdict: Verdict,
    why: Text,
    taking_part: tuple[Operand, ...],
    formula: str,
    *,
    reason: str | None = None,
    provision: str | None = None,
) -> Finding:
    """A finding that is told in words, without what an equation leaves for its result."""
    return Finding(
        code=relation.code,
        verdict=verdict,
        severity=relation.severity,
        relation=formula or relation.equation.replace("{}", "*") or relation.id,
        title=relation.title,
        subject=_subject(taking_part),
        why=why,
        operands=taking_part,
        provision=provision,
        reason=reason,
    )


def simple(
    relation: Relation,
    verdict: Verdict,
    why: Text,
    taking_part: tuple[Operand, ...],
    formula: str,
) -> Finding:
    """A finding that rests on a comparison of rows or on words, not on one equation."""
    if verdict is Verdict.INCONSISTENT and relation.asks:
        return unchecked(relation, "review", why, formula=formula, taking_part=taking_part)
    return _told(relation, verdict, why, taking_part, formula)


def relation_text(equation: Equation) -> str:
    """The equation over the paths of its figures."""
    left, right = (_named(side) for side in (equation.left, equation.right))
    return f"{left} {equation.comparator} {right}"


def _named(side: Expression) -> str:
    return render(side, lambda operand: operand.path or str(operand.stated))


def _subject(taking_part: tuple[Operand, ...]) -> Text:
    """The first figure that has a name."""
    return next((operand.label for operand in taking_part if operand.label), Text.of(""))
