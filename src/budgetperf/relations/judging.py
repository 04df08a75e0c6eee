"""From an equation over figures to a verdict. No tolerance: only intervals."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import cast

import attrs

from budgetperf.exact import (
    MONEY,
    RATIO,
    Figure,
    Interval,
    RoundingMode,
    Undefined,
    UndefinedReason,
)
from budgetperf.exact.checking import keep
from budgetperf.exact.figure import as_rounded, last_place
from budgetperf.exact.interval import meet

from .expression import (
    Const,
    Equation,
    Expression,
    Operand,
    Ref,
    Sum,
    interval,
    map_leaves,
    nominal,
)
from .finding import Verdict

__all__ = [
    "Judgement",
    "is_rate",
    "judge",
    "judge_value",
    "with_coarse_rounded",
    "with_whole_rounded",
]


@attrs.frozen(kw_only=True)
class Judgement:
    """A verdict, with the values in base units that led to it."""

    verdict: Verdict
    derived: Interval | None = None
    gap: Fraction | None = None
    undefined: UndefinedReason | None = None


def judge(equation: Equation) -> Judgement:
    """The verdict on an equation, all operands of which are stated."""
    equation = with_coarse_rounded(equation)
    left, right = nominal(equation.left), nominal(equation.right)
    if isinstance(left, Undefined):
        return Judgement(verdict=Verdict.UNDEFINED, undefined=left.reason)
    if isinstance(right, Undefined):
        return Judgement(verdict=Verdict.UNDEFINED, undefined=right.reason)
    if equation.comparator != "=":
        both = interval(equation.left), interval(equation.right)
        return _judge_order(equation.comparator, *both, right - left)
    # The side that is computed gives the range; the single figure beside it is held against that.
    result, other = equation.left, equation.right
    if isinstance(other, Operand) and not isinstance(result, Operand):
        result, other = other, result
    derived = interval(other)
    if left.as_integer_ratio() == right.as_integer_ratio():
        return Judgement(verdict=Verdict.EXACT, derived=derived)
    verdict = Verdict.ROUNDING
    gap = interval(result).gap(derived)
    # Not equal, but one side is what the other prints as: no print could be more exact.
    if _reproduces(equation.left, right) or _reproduces(equation.right, left):
        verdict = Verdict.EXACT
    elif gap is not None:
        verdict = Verdict.TRUNCATED if _holds_cut(equation) else Verdict.INCONSISTENT
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
    # Of a rule that leaves a range there is no one value: then the print lies in the range.
    if value in stated if value is not None else figure.nominal in derived:
        verdict = Verdict.EXACT
    elif gap is None:
        verdict = Verdict.ROUNDING
    elif not figure.is_exact and meet(_truncated(figure), derived):
        verdict, gap = Verdict.TRUNCATED, None
    else:
        verdict = Verdict.INCONSISTENT
    return Judgement(verdict=verdict, derived=derived, gap=gap)


def with_coarse_rounded(equation: Equation) -> Equation:
    """Whole amounts demand equality among themselves; beside others they are rounded.

    353 万元 is exact beside 251 万元, but not beside 251.04 万元 or 2510400 元; nor beside
    0.04 亿元, which may be rounded from the same 353.2 万元. Nor is 95 % exact where 95.37 % is
    printed for the same value.
    """
    try:
        known = equation._coarse_rounded  # pyright: ignore[reportPrivateUsage]
    except AttributeError:
        read = _with_coarse_rounded(equation)
        # Not the equation itself, which would be kept from being forgotten.
        known = keep(equation, "_coarse_rounded", None if read is equation else read)
    return known or equation


def _with_coarse_rounded(equation: Equation) -> Equation:
    stated = [(o.stated, o.path) for o in equation.operands if isinstance(o.stated, Figure)]
    if None not in [figure.rounding for figure, _ in stated]:
        return equation
    steps = {last_place(figure) for figure, path in stated if _may_be_round(figure, path, equation)}
    return equation if len(steps) < 2 else with_whole_rounded(equation)


def with_whole_rounded(equation: Equation) -> Equation:
    """The equation with whole numbers rounded, where they may be."""

    def rounded(leaf: Operand | Const | Ref) -> Expression:
        if not isinstance(leaf, Operand) or not isinstance(leaf.stated, Figure):
            return leaf
        if not leaf.stated.is_exact or not _may_be_round(leaf.stated, leaf.path, equation):
            return leaf
        return attrs.evolve(leaf, stated=as_rounded(leaf.stated))

    left, right = (map_leaves(side, rounded) for side in (equation.left, equation.right))
    if left is equation.left and right is equation.right:
        return equation
    return attrs.evolve(equation, left=left, right=right)


def _may_be_round(figure: Figure, path: str, equation: Equation) -> bool:
    """Whether the figure is an amount, or a percentage reached that is printed again."""
    if figure.unit.dimension == MONEY:
        return True
    is_again = isinstance(equation.left, Operand) and isinstance(equation.right, Operand)
    return is_again and is_rate(figure) and path.endswith((".actual", ".midyear"))


def _reproduces(result: Expression, value: Fraction) -> bool:
    """Whether a printed result is what ``value`` prints as."""
    if isinstance(result, Operand) and isinstance(result.stated, Figure):
        return value in result.stated.interval
    return False


def _truncated(figure: Figure) -> Interval:
    return figure.interval if figure.is_exact else figure.interval_under(RoundingMode.DOWN)


def _holds_cut(equation: Equation) -> bool:
    """Whether the equation holds, had its results been cut instead of rounded.

    A result is a rate, or a figure that stands alone on its side; but not a total of several
    amounts: they are added up as printed. Rates on the other side may have been cut, or not.
    """

    def rates_too(figure: Figure) -> Interval:
        return _truncated(figure) if is_rate(figure) else figure.interval

    def cut(side: Expression, other: Expression, read: Callable[[Figure], Interval]) -> Interval:
        return interval(side, _truncated if _is_result(side, other) else read)

    left, right = equation.left, equation.right
    readings: tuple[Callable[[Figure], Interval], ...] = (_as_printed, rates_too)
    return any(meet(cut(left, right, read), cut(right, left, read)) for read in readings)


def _as_printed(figure: Figure) -> Interval:
    return figure.interval


def _is_result(side: Expression, other: Expression) -> bool:
    if not isinstance(side, Operand):
        return False
    return is_rate(cast("Figure", side.stated)) or not isinstance(other, Sum)


def is_rate(figure: Figure) -> bool:
    """Whether the figure is printed in % or ‰; a bare number may be anything."""
    return figure.unit.dimension == RATIO and figure.unit.scale != 1


def _judge_order(comparator: str, left: Interval, right: Interval, lead: Fraction) -> Judgement:
    """The verdict on ``≤``, ``≥``, ``<`` or ``>``: whether the greater side can be greater.

    Args:
        comparator: the comparison.
        left: the values of the left side.
        right: those of the right side.
        lead: how much more the right side is than the left one as printed.
    """
    small, great = left, right
    if comparator in ("≥", ">"):
        small, great, lead = right, left, -lead
    strict = comparator in ("<", ">")
    verdict, gap = Verdict.INCONSISTENT, None
    if lead > 0 or (not lead and not strict):
        verdict = Verdict.EXACT
    elif (great - small).intersection(Interval(lower=0, lower_closed=not strict)):
        verdict = Verdict.ROUNDING
    else:
        gap = left.gap(right)
    return Judgement(verdict=verdict, derived=right, gap=gap)
