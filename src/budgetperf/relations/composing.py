"""From a judgement to a finding."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from budgetperf.exact import (
    MONEY,
    NO_WORDS,
    BudgetperfError,
    Figure,
    Missing,
    RoundingMode,
    Text,
    Unit,
)
from budgetperf.exact.text import later
from budgetperf.model.fields import FigureKind
from budgetperf.model.paths import kind_of

from .assumption import Assumption
from .expression import (
    Const,
    Equation,
    Expression,
    Operand,
    Ref,
    Sum,
    map_leaves,
    missing,
    render,
    require_same_units,
)
from .finding import FOR_REVIEW, Finding, Verdict, for_review
from .judging import Judgement, judge
from .relation import Relation
from .words import explain, missing_text, unit_of

__all__ = [
    "asked",
    "decided",
    "decided_by_rule",
    "equation_finding",
    "first_holding",
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
    reason: str | None = None,
    assumes: tuple[Assumption, ...] = (),
    is_solvable: bool = True,
) -> Finding:
    """The finding for an equation that was judged.

    Args:
        relation: the declared relation.
        equation: bound to its figures.
        judgement: the verdict with its values.
        why: the explanation; by default that of the equation.
        formula: the relation over paths; by default that of the equation.
        reason: why it was not decided, if it was not.
        assumes: what it rests on besides the figures.
        is_solvable: whether the equation leaves something for a figure by the others.
    """
    verdict, undecided = _verdict_of(relation, judgement)
    return Finding(
        code=relation.code,
        verdict=verdict,
        severity=relation.severity,
        relation=formula or relation_text(equation),
        title=relation.title,
        subject=later(_subject, equation.operands),
        why=later(explain, equation, judgement) if why is None else why,
        operands=equation.operands,
        derived=judgement.derived,
        unit=unit_of(equation),
        gap=judgement.gap,
        reason=undecided or reason,
        assumes=assumes,
        equation=equation if is_solvable and not relation.asks else None,
    )


def decided_by_rule(
    relation: Relation,
    judgement: Judgement,
    taking_part: tuple[Operand, ...],
    why: Text,
    formula: str,
    *,
    provision: str | None = None,
) -> Finding:
    """The finding for a printed result that a rule gives, and no equation.

    Args:
        relation: the declared relation.
        judgement: the verdict with its values.
        taking_part: the result, and then what the rule was applied to.
        why: the explanation.
        formula: the relation over paths.
        provision: what the rule rests on, if it is known.
    """
    stated = taking_part[0].stated
    verdict, undecided = _verdict_of(relation, judgement)
    return Finding(
        code=relation.code,
        verdict=verdict,
        severity=relation.severity,
        relation=formula,
        title=relation.title,
        subject=later(_subject, taking_part),
        why=why,
        operands=taking_part,
        derived=judgement.derived,
        unit=stated.unit if isinstance(stated, Figure) else Unit.of(""),
        gap=judgement.gap,
        provision=provision,
        reason=undecided,
    )


def _verdict_of(relation: Relation, judgement: Judgement) -> tuple[Verdict, str | None]:
    """The verdict, and why it is none; a relation that asks leaves what is wrong to a reviewer."""
    if judgement.verdict is Verdict.INCONSISTENT and relation.asks:
        return Verdict.UNCHECKED, FOR_REVIEW
    return judgement.verdict, judgement.undefined and judgement.undefined.value


_UNJUDGED = Judgement(verdict=Verdict.UNCHECKED)


def equation_finding(relation: Relation, equation: Equation) -> Finding:
    """The finding for a bound equation, whether or not its figures are all there."""
    absent = missing(equation)
    if absent:
        finding = decided(
            relation,
            equation,
            _UNJUDGED,
            why=later(missing_text, absent),
            reason="not-stated",
            # What figures of unlike units leave for the missing one has no unit: there is nothing
            # that the joint system could solve.
            is_solvable=_could_fit(equation),
        )
        return _if_dashes_are_none(finding, equation)
    try:
        require_same_units(equation)
    except BudgetperfError as error:
        why, reason = error.message, error.code
        return decided(relation, equation, _UNJUDGED, why=why, reason=reason, is_solvable=False)
    if Assumption.COMPLETE in relation.assumes:
        equation = Equation(
            left=equation.left,
            comparator=equation.comparator,
            right=equation.right,
            assumes=(*equation.assumes, Assumption.COMPLETE),
        )
    judgement = judge(equation)
    is_broken = judgement.verdict is Verdict.INCONSISTENT and not relation.asks
    # Only what fails is told with what it rests on: what holds needs no excuse.
    rests_on = tuple(_rests_on(relation, equation)) if is_broken else ()
    finding = decided(relation, equation, judgement, assumes=rests_on)
    return _if_dashes_are_none(finding, equation)


def first_holding(held: Sequence[Finding]) -> Finding:
    """Of findings on what may be meant by a print the first that holds; else the first."""
    return next((finding for finding in held if finding.verdict.holds), held[0])


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
    stated_terms = tuple(
        (sign, term)
        for sign, term in terms
        if not (isinstance(term, Operand) and isinstance(term.stated, Missing))
    )
    return Sum(terms=stated_terms) if stated_terms else side


def _if_dashes_are_none(finding: Finding, equation: Equation) -> Finding:
    """The finding where parts with a dash were left out: that they are 0 is for a reviewer."""
    if Assumption.ABSENT_IS_ZERO not in equation.assumes:
        return finding
    # That a dash is 0 is assumed, and no print says it: the joint system must not rest on it.
    finding = attrs.evolve(finding, equation=None)
    if finding.verdict is Verdict.UNCHECKED:
        return finding
    finding = attrs.evolve(finding, assumes=(*finding.assumes, Assumption.ABSENT_IS_ZERO))
    if finding.verdict is not Verdict.INCONSISTENT:
        return finding
    return for_review(finding)


def _rests_on(relation: Relation, equation: Equation) -> Iterator[Assumption]:
    """What an equation that does not hold takes for granted: without it, it could."""
    if Assumption.WHOLE_IS_EXACT in relation.assumes and _could_hold_rounded(equation):
        yield Assumption.WHOLE_IS_EXACT
    if Assumption.COMPLETE in relation.assumes:
        # The total stands on the left: with a part left out of the list it is the larger side.
        more = attrs.evolve(equation, comparator="≥")
        if judge(more).verdict is not Verdict.INCONSISTENT:
            yield Assumption.COMPLETE


def is_score(path: str) -> bool:
    """Whether a score or a total of scores stands there."""
    return kind_of(path) is FigureKind.SCORE


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
        subject=later(_subject, taking_part),
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
    *,
    provision: str | None = None,
) -> Finding:
    """A finding that rests on a comparison of rows or on words, not on one equation."""
    if verdict is Verdict.INCONSISTENT and relation.asks:
        return asked(relation, why, taking_part, formula, provision=provision)
    return _told(relation, verdict, why, taking_part, formula, provision=provision)


def asked(
    relation: Relation,
    why: Text,
    taking_part: tuple[Operand, ...],
    formula: str,
    *,
    provision: str | None = None,
) -> Finding:
    """The finding for what is a question to a reviewer, whatever the figures are."""
    return unchecked(
        relation, FOR_REVIEW, why, formula=formula, taking_part=taking_part, provision=provision
    )


def relation_text(equation: Equation) -> str:
    """The equation over the paths of its figures."""
    left, right = render(equation.left, _path_of), render(equation.right, _path_of)
    return f"{left} {equation.comparator} {right}"


def _path_of(operand: Operand) -> str:
    return operand.path or str(operand.stated)


def _subject(taking_part: tuple[Operand, ...]) -> Text:
    """The first figure that has a name."""
    return next((operand.label for operand in taking_part if operand.label), NO_WORDS)
