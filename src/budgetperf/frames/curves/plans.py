"""A rule-set as what a table needs of it: for each direction its lines, and what it does at 0."""

from __future__ import annotations

import functools
from enum import Enum
from fractions import Fraction

import attrs

from budgetperf.exact import Figure
from budgetperf.model import Direction
from budgetperf.rates import DeviationDefinition
from budgetperf.rules import RuleSet
from budgetperf.rules.ruleset import Measure, QuantitativeRule, ZeroBase
from budgetperf.scoring.measures import inverse

from .stretches import Stretch, common_denominator, stretches

__all__ = [
    "BAD_DIRECTION",
    "DIRECTIONS",
    "NO_DIRECTION",
    "OTHER_DIRECTION",
    "TWO_DIRECTIONS",
    "Lines",
    "Over",
    "Plan",
    "plans",
]

NO_DIRECTION = 0
"""The code of a target without a direction."""

DIRECTIONS: dict[int, tuple[Direction, bool]] = {
    1: (Direction.AT_LEAST, False),
    2: (Direction.AT_LEAST, True),
    3: (Direction.AT_MOST, False),
    4: (Direction.AT_MOST, True),
    5: (Direction.EQUAL, False),
}
"""The codes of the directions, each with whether it is strict."""

OTHER_DIRECTION = 6
"""The code of a target that is no number, such as one in words."""

BAD_DIRECTION = 7
"""The code of what stands in place of a direction and is none."""

TWO_DIRECTIONS = 8
"""The code of a target with a sign beside which another direction stands."""


class Over(Enum):
    """What is divided by what, for a target above 0."""

    COMPLETION = "actual / target"
    INVERSE = "target / actual"
    DEVIATION = "(actual - target) / target"
    DIFFERENCE = "actual - target"


@attrs.frozen(kw_only=True)
class Lines:
    """A measure and the lines over it.

    Args:
        over: what is divided by what.
        parts: the lines, from left to right.
        scale: a whole number by which every line becomes one over whole numbers.
        beyond: the share for an actual value of 0 or less, where the measure is target / actual.
    """

    over: Over
    parts: tuple[Stretch, ...]
    scale: int
    beyond: Stretch | None = None


@attrs.frozen(kw_only=True)
class Plan:
    """What becomes of a row in one direction.

    Args:
        code: the direction.
        says: whether the rule-set has a rule for it.
        lines: the lines; ``None`` where rows are scored one by one.
        undefined_measure: whether the rule-set leaves open what the measure is.
        at_zero: what a target of 0 gives.
        discretion: whether the rule leaves room for a reasoned deduction.
    """

    code: int
    says: bool = True
    lines: Lines | None = None
    undefined_measure: bool = False
    at_zero: ZeroBase = ZeroBase.UNDEFINED
    discretion: bool = False

    @property
    def strict(self) -> bool:
        """Whether its operator is > or <."""
        return DIRECTIONS[self.code][1]

    @property
    def direction(self) -> Direction:
        """Which side is good."""
        return DIRECTIONS[self.code][0]


def plans(rules: RuleSet, *, in_rates: bool) -> tuple[Plan, ...]:
    """A plan for each direction, worked out once for a rule-set.

    Args:
        rules: the rule-set.
        in_rates: whether targets and actual values are rates in print, so that deviations in
            points are differences.
    """
    return _plans(_Of(rules.sha256, rules), in_rates)


@attrs.frozen
class _Of:
    """A rule-set, known by its hash, which it keeps: that of all its parts is worked out anew."""

    sha256: str
    rules: RuleSet = attrs.field(eq=False)


@functools.lru_cache(maxsize=64)
def _plans(of: _Of, in_rates: bool) -> tuple[Plan, ...]:
    return tuple(_plan(code, of.rules, in_rates) for code in DIRECTIONS)


def _plan(code: int, rules: RuleSet, in_rates: bool) -> Plan:
    direction, strict = DIRECTIONS[code]
    rule = rules.rule_for(direction, strict=strict)
    if rule is None:
        return Plan(code=code, says=False)
    over = _over(rule, rules, in_rates)
    is_silent = rule.measure is Measure.DEVIATION and rules.deviation is None
    return Plan(
        code=code,
        lines=None
        if over is None or rule.deductions or rule.measure_rounding
        else _lines(rule, over),
        undefined_measure=is_silent,
        at_zero=rule.zero_target,
        discretion=rule.discretion is not None,
    )


def _over(rule: QuantitativeRule, rules: RuleSet, in_rates: bool) -> Over | None:
    """What the curve is drawn over; ``None`` where the true values behind a print decide."""
    match rule.measure:
        case Measure.COMPLETION:
            return Over.COMPLETION
        case Measure.INVERSE:
            return Over.INVERSE
        case _ if rules.deviation is DeviationDefinition.RELATIVE_TO_ACTUAL:
            return None
        case _ if rules.deviation is DeviationDefinition.POINTS and in_rates:
            return Over.DIFFERENCE
        case _:
            return Over.DEVIATION


def _lines(rule: QuantitativeRule, over: Over) -> Lines:
    parts, beyond = stretches(rule.curve, rule.discretion), None
    if over is Over.INVERSE:
        measured = inverse(rule.curve, _NOTHING, Fraction(1)).value
        beyond = next(part for part in parts if part.reaches(measured))
    return Lines(over=over, parts=parts, scale=common_denominator(parts), beyond=beyond)


_NOTHING = Figure(value=0, rounding=None)
