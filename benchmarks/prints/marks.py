"""Scores of true values, by the data of a rule-set or by the judgement of a person."""

from __future__ import annotations

import math
from fractions import Fraction

import attrs

import budgetperf as bp
from budgetperf.rules import Counting, Curve, Excess, IndicatorRule, Knot, RuleSet, Steps
from budgetperf.rules.policies import NotApplicable
from budgetperf.rules.ruleset import ExecutionRule, Measure, QuantitativeRule, ZeroBase

from .pen import Pen, decimals

__all__ = [
    "Habit",
    "Shares",
    "deviation_by",
    "execution_shares",
    "half_up",
    "indicator_shares",
    "is_rescaled",
    "may_be_edited",
    "quantitative_shares",
    "read",
]


@attrs.frozen(kw_only=True)
class Shares:
    """The shares of the weight that a rule admits: all from the lowest to the highest.

    Args:
        low: the lowest.
        high: the highest.
        excluded: whether the highest itself is not admitted.
    """

    low: Fraction
    high: Fraction
    excluded: bool = False

    @classmethod
    def only(cls, share: Fraction) -> Shares:
        """A single one."""
        return cls(low=share, high=share)

    def admits(self, share: Fraction) -> bool:
        """Whether a share is one of them."""
        return self.low <= share < self.high or (share == self.high and not self.excluded)

    def draw(self, pen: Pen) -> Fraction:
        """One of them."""
        if self.low == self.high:
            return self.low
        width = self.high - self.low
        choices = [self.low, self.low + width * Fraction(pen.whole(0, 999), 1000)]
        return pen.pick(choices if self.excluded else [*choices, self.high])


def half_up(value: Fraction, places: int) -> Fraction:
    """The value rounded half-up."""
    return Fraction(decimals(value, places))


def read(curve: Curve, x: Fraction) -> Fraction | None:
    """The share at a point of a curve; ``None`` outside of its domain."""
    domain = curve.domain
    if domain.lower is not None and x < domain.lower:
        return None
    if domain.upper is not None and x > domain.upper:
        return None
    knots: tuple[Knot, ...] = curve.knots
    before = [knot for knot in knots if knot.x < x]
    after = [knot for knot in knots if knot.x > x]
    for knot in knots:
        if knot.x == x:
            return knot.y
    if not before:
        return _or(after[0].left, after[0].y)
    if not after:
        return _or(before[-1].right, before[-1].y)
    one, two = before[-1], after[0]
    start, end = _or(one.right, one.y), _or(two.left, two.y)
    return start + (end - start) * (x - one.x) / (two.x - one.x)


def _or(value: Fraction | None, other: Fraction) -> Fraction:
    return other if value is None else value


def _at_zero(policy: ZeroBase, value: Fraction) -> Shares | None:
    """What the rule gives on a base of 0; ``None`` if it says nothing."""
    match policy:
        case ZeroBase.FULL:
            return Shares.only(Fraction(1))
        case ZeroBase.NONE:
            return Shares.only(Fraction(0))
        case ZeroBase.FULL_UNLESS_ABOVE:
            return Shares.only(Fraction(int(value <= 0)))
        case ZeroBase.FULL_IF_ABOVE:
            return Shares.only(Fraction(int(value > 0)))
        case ZeroBase.NONE_IF_ZERO:
            return Shares.only(Fraction(0)) if value == 0 else None
        case _:
            return None


def _meets(rule: QuantitativeRule, rules: RuleSet, actual: Fraction, target: Fraction) -> bool:
    """Whether a target is met, by the direction that the rule is for."""
    by_direction = (
        (rules.at_least, actual >= target),
        (rules.above, actual > target),
        (rules.at_most, actual <= target),
        (rules.below, actual < target),
        (rules.equal, actual == target),
    )
    return next((is_met for one, is_met in by_direction if one is rule), False)


def _between(high: Curve, low: Curve | None, x: Fraction) -> Shares | None:
    top = read(high, x)
    if top is None:
        return None
    bottom = None if low is None else read(low, x)
    return Shares.only(top) if bottom is None else Shares(low=min(top, bottom), high=top)


def execution_shares(
    rule: ExecutionRule, *, initial: Fraction, revised: Fraction, executed: Fraction
) -> Shares | None:
    """The shares for budget execution; ``None`` if the rule says nothing of it."""
    base = initial if rule.denominator.value == "initial" else revised
    if base == 0:
        return _at_zero(rule.zero_budget, executed)
    return _between(rule.curve, rule.discretion, executed / base)


def quantitative_shares(
    rule: QuantitativeRule, rules: RuleSet, *, actual: Fraction, target: Fraction, is_rate: bool
) -> Shares | None:
    """The shares for an indicator by the rule for its direction."""
    if target <= 0:
        by_operator = rule.zero_target is ZeroBase.FULL_IF_MET
        if by_operator and _meets(rule, rules, actual, target):
            return Shares.only(Fraction(1))
        return None if target < 0 else _at_zero(rule.zero_target, actual)
    if rule.measure is Measure.COMPLETION:
        return _between(rule.curve, rule.discretion, actual / target)
    if rule.measure is Measure.INVERSE:
        far = Fraction(10**9)
        return _between(rule.curve, rule.discretion, target / actual if actual > 0 else far)
    off = deviation_by(rules.deviation, actual, target, is_rate=is_rate)
    return None if off is None else _between(rule.curve, rule.discretion, off)


def may_be_edited(rule: QuantitativeRule, *, actual: Fraction, target: Fraction) -> bool:
    """Whether the rule-set flags such a row and lets its score be edited."""
    over = rule.over_completion
    if over is None or over.policy is not Excess.FLAG or target <= 0:
        return False
    attained = actual / target
    return attained > over.threshold or (over.inclusive and attained == over.threshold)


def deviation_by(
    definition: bp.DeviationDefinition | None,
    actual: Fraction,
    target: Fraction,
    *,
    is_rate: bool,
) -> Fraction | None:
    """The deviation under one definition; points exist between rates only."""
    if definition is None:
        return None
    if definition is bp.DeviationDefinition.POINTS and is_rate:
        return actual - target
    if definition is bp.DeviationDefinition.RELATIVE_TO_ACTUAL:
        return (actual - target) / actual if actual else None
    return (actual - target) / target if target > 0 else None


def indicator_shares(
    rule: IndicatorRule, pen: Pen, *, actual: Fraction, weight: Fraction
) -> Shares | None:
    """The shares by the rule for an indicator of a certain name or heading."""
    if rule.curve is not None:
        return _between(rule.curve, None, actual)
    assert rule.steps is not None
    least, most = _lost(rule.steps, actual)
    high, low = (max(Fraction(0), 1 - lost / weight) for lost in (least, most))
    # Nobody counts half of the steps in one way and half in the other.
    return Shares.only(pen.pick((high, low)))


def _lost(steps: Steps, actual: Fraction) -> tuple[Fraction, Fraction]:
    """The points that are lost: by the reading that costs less, and by the one that costs more."""
    off = (actual - steps.start if steps.above else steps.start - actual) / steps.width
    if off <= 0:
        return Fraction(0), Fraction(0)
    whole, part = steps.loss * math.floor(off), steps.loss * math.ceil(off)
    match steps.counting:
        case Counting.WHOLE:
            return whole, whole
        case Counting.PART:
            return part, part
        case Counting.PROPORTIONAL:
            return steps.loss * off, steps.loss * off
        case _:
            return whole, part


def is_rescaled(rules: RuleSet | None) -> bool:
    """Whether what does not apply is left out and the rest rescaled."""
    return rules is not None and rules.not_applicable is NotApplicable.RESCALE


@attrs.frozen(kw_only=True)
class Habit:
    """How a person gives marks where no rule does: never fewer for more of the same.

    Args:
        kind: by proportion, in steps, or always all of them.
        reserve: the share that is always kept back, with a reason.
        excess: whether much more than the target costs marks, with a reason.
    """

    kind: str
    reserve: Fraction
    excess: bool

    @classmethod
    def drawn(cls, pen: Pen, rules: RuleSet | None) -> Habit:
        """Draw one; beside a rule-set it is seldom another than by proportion."""
        if rules is not None and not pen.uses("rows marked in several ways", 0.1):
            return cls(kind="proportion", reserve=Fraction(0), excess=False)
        kind = pen.pick(("proportion", "proportion", "steps", "full"))
        reserve = Fraction(1, 20) if pen.uses("marks kept back by hand", 0.1) else Fraction(0)
        return cls(kind=kind, reserve=reserve, excess=pen.uses("marks lost by excess", 0.12))

    def share(self, attained: Fraction) -> Fraction:
        """The share of the weight for a target attained to this share."""
        return self._plain(attained) * (1 - self.reserve)

    def _plain(self, attained: Fraction) -> Fraction:
        if self.excess and attained > Fraction(13, 10):
            # 99 of 65 times is 152 %, and costs a hundredth; 200 of 65 costs a ninth.
            return max(Fraction(1, 2), 1 - (attained - 1) / 50)
        held = min(Fraction(1), max(Fraction(0), attained))
        if self.kind == "full":
            return Fraction(1)
        if self.kind == "proportion":
            return held
        steps = ((1, 1), (Fraction(4, 5), Fraction(4, 5)), (Fraction(3, 5), Fraction(1, 2)))
        return next((Fraction(share) for least, share in steps if held >= least), Fraction(0))
