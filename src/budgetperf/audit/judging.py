"""From an equation over figures to a verdict. No tolerance: only intervals."""

from __future__ import annotations

from fractions import Fraction

import attrs

from budgetperf.exact import (
    RATIO,
    Figure,
    Interval,
    RoundingMode,
    Undefined,
    UndefinedReason,
)

from .expression import Equation, Expression, Operand, interval, nominal
from .finding import Verdict

__all__ = ["Judgement", "as_result", "judge", "judge_value"]


@attrs.frozen(kw_only=True)
class Judgement:
    """A verdict, with the values in base units that led to it."""

    verdict: Verdict
    derived: Interval | None = None
    gap: Fraction | None = None
    undefined: UndefinedReason | None = None


def judge(equation: Equation) -> Judgement:
    """The verdict on an equation, all operands of which are stated."""
    stated, derived = interval(equation.left), interval(equation.right)
    if isinstance(equation.right, Operand) and not isinstance(equation.left, Operand):
        stated, derived = derived, stated
    values = nominal(equation.left), nominal(equation.right)
    for value in values:
        if isinstance(value, Undefined):
            return Judgement(verdict=Verdict.UNDEFINED, undefined=value.reason)
    left, right = (value for value in values if isinstance(value, Fraction))
    if equation.comparator != "=":
        return _judge_order(equation, left, right)
    verdict = Verdict.ROUNDING
    gap = stated.gap(derived)
    if left == right or _reproduces(equation.left, right) or _reproduces(equation.right, left):
        verdict = Verdict.EXACT
    elif gap is not None:
        cut = _cut(equation.left).gap(_cut(equation.right)) is None
        verdict = Verdict.TRUNCATED if cut else Verdict.INCONSISTENT
    return Judgement(
        verdict=verdict, derived=derived, gap=gap if verdict is Verdict.INCONSISTENT else None
    )


def judge_value(figure: Figure, derived: Interval, value: Fraction | None) -> Judgement:
    """The verdict on a printed result against what a rule gives.

    Args:
        figure: the printed result.
        derived: the values that the rule gives, in base units.
        value: the one that it gives at the printed figures, if it gives one.
    """
    stated = figure.interval
    gap = stated.gap(derived)
    if value in stated if value is not None else figure.nominal in derived:
        verdict = Verdict.EXACT
    elif gap is None:
        verdict = Verdict.ROUNDING
    elif not figure.is_exact and _truncated(figure).gap(derived) is None:
        verdict, gap = Verdict.TRUNCATED, None
    else:
        verdict = Verdict.INCONSISTENT
    return Judgement(verdict=verdict, derived=derived, gap=gap)


def as_result(score: Figure) -> Figure:
    """A printed score as the result of a rule: rounded at the decimals of its column."""
    return attrs.evolve(score, rounding=RoundingMode.HALF_UP) if score.is_exact else score


def _reproduces(result: Expression, value: Fraction) -> bool:
    """Whether a printed result is what ``value`` prints as."""
    if isinstance(result, Operand) and isinstance(result.stated, Figure):
        return value in result.stated.interval
    return False


def _truncated(figure: Figure) -> Interval:
    return figure.interval if figure.is_exact else figure.interval_under(RoundingMode.DOWN)


def _cut(side: Expression) -> Interval:
    """The values of one side, had its results been cut instead of rounded.

    A result is a figure that stands alone on its side, and every rate.
    """
    if isinstance(side, Operand):
        return interval(side, _truncated)
    return interval(side, lambda f: _truncated(f) if f.unit.dimension == RATIO else f.interval)


def _judge_order(equation: Equation, left: Fraction, right: Fraction) -> Judgement:
    """The verdict on ``≤``, ``≥``, ``<`` or ``>``: whether the greater side can be greater."""
    small, great, lead = equation.left, equation.right, right - left
    if equation.comparator in ("≥", ">"):
        small, great, lead = equation.right, equation.left, left - right
    strict = equation.comparator in ("<", ">")
    possible = interval(great) - interval(small)
    verdict = Verdict.INCONSISTENT
    if lead > 0 or (not lead and not strict):
        verdict = Verdict.EXACT
    elif possible.intersection(Interval(lower=0, lower_closed=not strict)):
        verdict = Verdict.ROUNDING
    stated, derived = interval(equation.left), interval(equation.right)
    gap = stated.gap(derived) if verdict is Verdict.INCONSISTENT else None
    return Judgement(verdict=verdict, derived=derived, gap=gap)
