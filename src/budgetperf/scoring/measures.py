"""What a score is measured by: completions and deviations, exact and over their true values."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple, TypeAlias

import attrs

from budgetperf.exact import RATIO, Figure, Interval, Text, Undefined, UndefinedReason, round_to
from budgetperf.exact.calls import Called
from budgetperf.exact.interval import quotients
from budgetperf.exact.unit import go_together, is_bare
from budgetperf.rates import DeviationDefinition
from budgetperf.rules.curve import Curve
from budgetperf.rules.ruleset import Measure, QuantitativeRule, RuleSet, ScoreRounding

__all__ = [
    "NO_ACTUAL",
    "Measured",
    "NoScore",
    "Spread",
    "alike",
    "completion",
    "deviation_of",
    "divided",
    "inverse",
    "measure_of",
    "product",
    "rounded",
    "rounded_range",
    "spread",
    "true_values",
    "undefined",
]


@attrs.frozen(kw_only=True)
class NoScore(Called):
    """Why no score follows.

    Args:
        code: a stable ASCII code.
        why: the same in words.
    """

    code: str
    why: Text


NO_ACTUAL = NoScore(
    code="not-stated",
    why=Text(
        zh="实际完成值未填报，或无法读取", en="the actual value is not stated, or cannot be read"
    ),
)


Spread: TypeAlias = Interval | None
"""The true values behind figures where they are more than the printed one. ``None`` stands for that
one: most figures are exact, and need no work at the ends of an interval."""


def spread(values: Spread) -> Spread:
    """The same of an interval, which may be a point."""
    return None if values is None or values.is_point else values


class Measured(NamedTuple):
    """A measure at the printed figures, over their true values, and its name.

    Args:
        value: at the printed figures.
        values: over their true values.
        title: its name.
        shown: the value that its step shows, where that is another one.
    """

    value: Fraction
    values: Spread
    title: Text
    shown: Fraction | None = None

    def rounded(self, rounding: ScoreRounding | None) -> Measured:
        """With the measure rounded in percent, if the rule says so."""
        if rounding is None:
            return self
        value = rounded(self.value * 100, rounding) / 100
        if self.values is None:
            return self._replace(value=value)
        percents = rounded_range(self.values.scaled(100), rounding)
        return self._replace(value=value, values=percents.scaled(Fraction(1, 100)))


def true_values(figure: Figure) -> Spread:
    """The true values behind a figure."""
    return None if figure.rounding is None else figure.interval


def divided(top: Fraction, bottom: Fraction) -> Fraction:
    """The quotient, on the integers behind both."""
    (n, d), (m, e) = top.as_integer_ratio(), bottom.as_integer_ratio()
    return Fraction(n * e, d * m)


def product(a: Fraction, b: Fraction) -> Fraction:
    """The product, likewise; what is all or nothing of the other needs none."""
    n, d = a.as_integer_ratio()
    if d == 1 and n in (0, 1):
        return b if n else a
    m, e = b.as_integer_ratio()
    return Fraction(n * m, d * e)


def measure_of(
    rule: QuantitativeRule, actual: Figure, target: Figure, rules: RuleSet
) -> Measured | NoScore:
    """What the curve of the rule is read at; none on a base of 0, or if it is not defined."""
    match rule.measure:
        case Measure.COMPLETION:
            return completion(actual, target.nominal)
        case Measure.INVERSE:
            return inverse(rule.curve, actual, target.nominal)
        case _:
            return _deviation(actual, target, rules)


def completion(actual: Figure, base: Fraction) -> Measured:
    """Actual / target, of a target above 0."""
    many = true_values(actual)
    values = None if many is None else many / Interval.point(base)
    return Measured(divided(actual.nominal, base), values, _COMPLETION)


_COMPLETION = Text(zh="完成率 = 实际完成值 ÷ 指标值", en="completion = actual / target")
_INVERSE = Text(zh="指标值 ÷ 实际完成值", en="target / actual")
_WITHIN = Text(zh="实际完成值（不大于 0）", en="actual value (0 or less)")
_IN_POINTS = Text(zh="偏差率 = 实际完成值 − 指标值", en="deviation = actual - target")
_TO_ACTUAL = Text(zh="偏差率 = 1 − 指标值 ÷ 实际完成值", en="deviation = 1 - target / actual")
_TO_TARGET = Text(zh="偏差率 = 实际完成值 ÷ 指标值 − 1", en="deviation = actual / target - 1")


def _deviation(actual: Figure, target: Figure, rules: RuleSet) -> Measured | NoScore:
    if rules.deviation is None:
        return NoScore(
            code="rule-silent",
            why=Text(
                zh=f"规则集 {rules.id} 按偏差率计分，但未规定偏差率的口径",
                en=f"{rules.id} scores by the deviation but does not define it",
            ),
        )
    return _deviated(actual, target, rules.deviation) or undefined()


def undefined() -> NoScore:
    """That there is no score on a base of 0, of which the rule says nothing."""
    return _UNDEFINED


_UNDEFINED = NoScore(
    code="undefined",
    why=Text(zh="分母为 0，规则未作规定", en="the base is 0, for which there is no rule"),
)


def alike(actual: Figure, base: Figure) -> tuple[Figure, Figure] | None:
    """Both in units that compare; ``None`` if they do not.

    0 without a unit is 0 in every unit. Beside a target in things counted a bare number counts
    the same things; of a bare target it is not known what it counts.

    >>> alike(Figure.parse("9"), Figure.parse("10次"))[0].unit.symbol
    '次'
    >>> alike(Figure.parse("90"), Figure.parse("90%")) is None
    True
    """
    if actual.unit.dimension == base.unit.dimension:
        return actual, base
    if is_bare(actual.unit) and (not actual.nominal or go_together(actual.unit, base.unit)):
        return attrs.evolve(actual, unit=base.unit), base
    if is_bare(base.unit) and not base.nominal:
        return actual, attrs.evolve(base, unit=actual.unit)
    return None


def inverse(curve: Curve, actual: Figure, target: Fraction) -> Measured:
    """Target / actual. An actual value of 0 or less is within the target, beyond every quotient.

    A curve is level beyond its last knot: there the share is what it is for a quotient without end.
    """
    value, many = actual.nominal, true_values(actual)
    is_above = value.numerator > 0
    if is_above and (many is None or 0 not in many):
        values = None if many is None else Interval.point(target) / many
        return Measured(divided(target, value), values, _INVERSE)
    beyond = max(curve.knots[-1].x, Fraction(1)) + 1
    values = Interval(lower=beyond)
    if many is not None and many.upper is not None and many.upper > 0:
        values = Interval(lower=min(beyond, target / many.upper))
    if is_above:
        return Measured(divided(target, value), values, _INVERSE)
    return Measured(beyond, values, _WITHIN, shown=value)


def deviation_of(
    actual: Figure, target: Figure, definition: DeviationDefinition
) -> tuple[Fraction, Interval, Text] | Undefined:
    """The deviation at the printed figures, over their true values, and its name.

    Each figure is used once: relative to the target it is actual / target - 1, relative to the
    actual value 1 - target / actual. Points exist only between rates in print; for things counted
    and for bare numbers they are in percent of the target.
    """
    measured = _deviated(actual, target, definition)
    if measured is None:
        return Undefined(reason=UndefinedReason.DIVISION_BY_ZERO)
    values = measured.values
    return measured.value, values or Interval.point(measured.value), measured.title


def _deviated(actual: Figure, target: Figure, definition: DeviationDefinition) -> Measured | None:
    """The deviation; ``None`` on a base of 0."""
    a, t, many = actual.nominal, target.nominal, true_values(actual)
    base = Interval.point(t)
    if definition is DeviationDefinition.POINTS and target.unit.dimension == RATIO:
        return Measured(a - t, many and many - base, _IN_POINTS)
    if definition is DeviationDefinition.RELATIVE_TO_ACTUAL:
        if not a:
            return None
        return Measured(divided(a - t, a), many and _ONE - quotients(base, many), _TO_ACTUAL)
    if t <= 0:
        return None
    return Measured(divided(a - t, t), many and many / base - _ONE, _TO_TARGET)


_ONE = Interval.point(1)


def rounded(value: Fraction, rounding: ScoreRounding | None) -> Fraction:
    """The value rounded as the rule says; as it is if it says nothing."""
    return value if rounding is None else round_to(value, rounding.places, rounding.mode)


def rounded_range(values: Interval, rounding: ScoreRounding | None) -> Interval:
    """The hull of the rounded values: rounding never falls, so the ends do."""
    if rounding is None or values.lower is None or values.upper is None:
        return values
    return Interval(lower=rounded(values.lower, rounding), upper=rounded(values.upper, rounding))
