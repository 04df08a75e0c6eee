"""What a score is measured by: completions and deviations, exact and over their true values."""

from __future__ import annotations

from fractions import Fraction

import attrs

from budgetperf.exact import RATIO, Figure, Interval, Text, Undefined, UndefinedReason, round_to
from budgetperf.exact.unit import go_together, is_bare
from budgetperf.rates import DeviationDefinition
from budgetperf.rules.curve import Curve
from budgetperf.rules.ruleset import Measure, QuantitativeRule, RuleSet, ScoreRounding

__all__ = [
    "Measured",
    "NoScore",
    "alike",
    "deviation_of",
    "measure_of",
    "rounded",
    "rounded_range",
    "undefined",
]


@attrs.frozen(kw_only=True)
class NoScore:
    """Why no score follows.

    Args:
        code: a stable ASCII code.
        why: the same in words.
    """

    code: str
    why: Text


@attrs.frozen(kw_only=True)
class Measured:
    """A measure at the printed figures, over their true values, and its name.

    ``shown`` is the value that its step shows, where that is another one.
    """

    value: Fraction
    values: Interval
    title: Text
    shown: Fraction | None = None

    def rounded(self, rounding: ScoreRounding | None) -> Measured:
        """With the measure rounded in percent, if the rule says so."""
        if rounding is None:
            return self
        percents = rounded_range(self.values.scaled(100), rounding)
        value = rounded(self.value * 100, rounding) / 100
        return attrs.evolve(self, value=value, values=percents.scaled(Fraction(1, 100)))


def measure_of(
    rule: QuantitativeRule, actual: Figure, target: Figure, rules: RuleSet
) -> Measured | NoScore:
    """What the curve of the rule is read at; none on a base of 0, or if it is not defined."""
    a, t = actual.nominal, target.nominal
    many, point = actual.interval, Interval.point(t)
    match rule.measure:
        case Measure.COMPLETION:
            title = Text(zh="完成率 = 实际完成值 ÷ 指标值", en="completion = actual / target")
            return Measured(value=a / t, values=many / point, title=title)
        case Measure.INVERSE:
            return _inverse(rule.curve, actual, t)
        case _:
            return _deviation(actual, target, rules)


def _deviation(actual: Figure, target: Figure, rules: RuleSet) -> Measured | NoScore:
    if rules.deviation is None:
        return NoScore(
            code="rule-silent",
            why=Text(
                zh=f"规则集 {rules.id} 按偏差率计分，但未规定偏差率的口径",
                en=f"{rules.id} scores by the deviation but does not define it",
            ),
        )
    measured = deviation_of(actual, target, rules.deviation)
    if isinstance(measured, Undefined):
        return undefined()
    return Measured(value=measured[0], values=measured[1], title=measured[2])


def undefined() -> NoScore:
    """That there is no score on a base of 0, of which the rule says nothing."""
    return NoScore(
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


def _inverse(curve: Curve, actual: Figure, target: Fraction) -> Measured:
    """Target / actual. An actual value of 0 or less is within the target, beyond every quotient.

    A curve is level beyond its last knot: there the share is what it is for a quotient without end.
    """
    value, many = actual.nominal, actual.interval
    beyond = max(curve.knots[-1].x, Fraction(1)) + 1
    title = Text(zh="指标值 ÷ 实际完成值", en="target / actual")
    measured = Measured(value=beyond, values=Interval(lower=beyond), title=title)
    if value > 0:
        measured = attrs.evolve(measured, value=target / value)
    else:
        within = Text(zh="实际完成值（不大于 0）", en="actual value (0 or less)")
        measured = attrs.evolve(measured, title=within, shown=value)
    if 0 not in many and value > 0:
        return attrs.evolve(measured, values=Interval.point(target) / many)
    if many.upper is not None and many.upper > 0:
        return attrs.evolve(measured, values=Interval(lower=min(beyond, target / many.upper)))
    return measured


def deviation_of(
    actual: Figure, target: Figure, definition: DeviationDefinition
) -> tuple[Fraction, Interval, Text] | Undefined:
    """The deviation at the printed figures, over their true values, and its name.

    Each figure is used once: relative to the target it is actual / target - 1, relative to the
    actual value 1 - target / actual. Points exist only between rates in print; for things counted
    and for bare numbers they are in percent of the target.
    """
    a, t = actual.nominal, target.nominal
    many, whole, base = actual.interval, Interval.point(1), Interval.point(t)
    if definition is DeviationDefinition.POINTS and target.unit.dimension == RATIO:
        title = Text(zh="偏差率 = 实际完成值 − 指标值", en="deviation = actual - target")
        return a - t, many - base, title
    if definition is DeviationDefinition.RELATIVE_TO_ACTUAL:
        if not a or 0 in many:
            return _zero()
        title = Text(zh="偏差率 = 1 − 指标值 ÷ 实际完成值", en="deviation = 1 - target / actual")
        return 1 - t / a, whole - base / many, title
    if t <= 0:
        return _zero()
    title = Text(zh="偏差率 = 实际完成值 ÷ 指标值 − 1", en="deviation = actual / target - 1")
    return a / t - 1, many / base - whole, title


def _zero() -> Undefined:
    return Undefined(reason=UndefinedReason.DIVISION_BY_ZERO)


def rounded(value: Fraction, rounding: ScoreRounding | None) -> Fraction:
    """The value rounded as the rule says; as it is if it says nothing."""
    return value if rounding is None else round_to(value, rounding.places, rounding.mode)


def rounded_range(values: Interval, rounding: ScoreRounding | None) -> Interval:
    """The hull of the rounded values: rounding never falls, so the ends do."""
    if rounding is None or values.lower is None or values.upper is None:
        return values
    return Interval(lower=rounded(values.lower, rounding), upper=rounded(values.upper, rounding))
