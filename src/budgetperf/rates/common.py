"""Rates that departments and projects both report."""

from __future__ import annotations

from budgetperf.exact import Labelled, Missing, Text, Undefined, UndefinedReason
from budgetperf.exact.written.by_name import by_name

from .inputs import (
    Computed,
    Measured,
    Money,
    Operand,
    amounts,
    less_one,
    measures,
    over,
    points_between,
    saved,
)

__all__ = [
    "DeviationDefinition",
    "adjustment_rate",
    "completion_rate",
    "deviation",
    "execution_rate",
    "share",
]


class DeviationDefinition(Labelled):
    """What a report calls 偏差率. Three definitions are in use; the values are stable codes."""

    POINTS = ("points", "百分点之差（实际完成值 − 指标值）", "percentage points (actual - target)")
    """Actual minus target, in percentage points."""
    RELATIVE_TO_TARGET = (
        "relative-to-target",
        "相对指标值（完成率 − 100%）",
        "relative to the target (completion - 100%)",
    )
    """(actual - target) / target, which is the completion rate minus 100 %."""
    RELATIVE_TO_ACTUAL = (
        "relative-to-actual",
        "相对实际完成值（差额 ÷ 实际完成值）",
        "relative to the actual value",
    )
    """(actual - target) / actual."""


_ACTUAL = Text(zh="实际完成值", en="actual")
_TARGET = Text(zh="指标值", en="target")


@by_name
def execution_rate(*, executed: Money, revised: Money) -> Computed:
    """预算执行率 = 全年执行数 / 全年预算数, the denominator of the self-evaluation form.

    Source: the self-evaluation form (published forms).

    Trap: the 2020 framework of indicators has another rate of this name, on the funds in place:
    :func:`execution_rate_on_funds_in_place`. A form of 2016 divides by the initial budget. Name
    what you divide by.

    Args:
        executed: 全年执行数, money in any unit.
        revised: 全年预算数, the budget after adjustment, money in any unit.

    >>> execution_rate(executed=Amount("215457.6"), revised=Amount("250000")).percent(2)
    '86.18%'
    >>> rate = execution_rate(executed=Figure.parse("45.0万元"), revised=Amount(50, "万元"))
    >>> rate, str(rate.interval)
    (Rate('0.9'), '[0.899, 0.901)')
    >>> execution_rate(executed=Missing(), revised=Amount(50, "万元")).reason.value
    'not-stated'
    """
    return over(*amounts(executed, revised))


@by_name
def adjustment_rate(*, adjustment: Money, initial: Money) -> Computed:
    """预算调整率 = 年中调整数 / 年初预算数, with its sign, where adjustment = revised - initial.

    Source: as reports state it (observed).

    Trap: the 2013 framework sums absolute moves instead: :func:`gross_adjustment_rate`.

    Args:
        adjustment: 年中调整数, revised minus initial, money in any unit; negative for a cut.
        initial: 年初预算数, money in any unit.

    >>> adjustment_rate(adjustment=Amount("241.86"), initial=Amount("353.21")).percent(2)
    '68.47%'
    """
    return over(*amounts(adjustment, initial))


@by_name
def share(*, part: Money, total: Money) -> Computed:
    """占比 = part / total. Source: arithmetic, as reports state it (observed).

    Trap: take both on the same phase. A part of the initial budget over the executed total is no
    share of anything.

    Args:
        part: 部分, money in any unit.
        total: 合计, money in any unit.
    """
    return over(*amounts(part, total))


@by_name
def completion_rate(*, actual: Measured, target: Measured) -> Computed:
    """指标完成率 = 实际完成值 / 指标值, uncapped. Source: as reports state it (observed).

    Trap: for an indicator that should stay below its target, rule-sets define their own measure.
    Beside a target below 0 the quotient says nothing: it is ``Undefined`` (``negative-base``).

    Args:
        actual: 实际完成值, in the indicator's own unit.
        target: 指标值, in the same unit.

    Raises:
        BudgetperfError: actual and target are of different kinds.

    >>> completion_rate(actual=Rate("100%"), target=Rate("90%")).percent(0)
    '111%'
    >>> completion_rate(actual=30, target=-20).reason.value
    'negative-base'
    """
    a, t = measures(actual, target, _ACTUAL, _TARGET)
    return _NEGATIVE_BASE if _is_below_zero(t, beside=a) else over(a, t)


@by_name
def deviation(*, actual: Measured, target: Measured, definition: DeviationDefinition) -> Computed:
    """偏差率 under one of its three definitions: actual - target, by itself or over either one.

    Source: as reports state it (observed); no text fixes it.

    Trap: percentage points exist only between rates. For things counted or measured, the
    difference is taken in percent of the target, as the forms do. Over a value below 0 it says
    nothing: it is ``Undefined`` (``negative-base``).

    Args:
        actual: 实际完成值, in the indicator's own unit.
        target: 指标值, in the same unit.
        definition: which of the three.

    Raises:
        BudgetperfError: actual and target are of different kinds.

    >>> values = {"actual": Rate("100%"), "target": Rate("90%")}
    >>> [deviation(**values, definition=d).percent(1) for d in DeviationDefinition]
    ['10.0%', '11.1%', '10.0%']
    """
    a, t = measures(actual, target, _ACTUAL, _TARGET)
    points = points_between(a, t) if definition is DeviationDefinition.POINTS else None
    if points is not None:
        return points
    if definition is DeviationDefinition.RELATIVE_TO_ACTUAL:
        return _NEGATIVE_BASE if _is_below_zero(a, beside=t) else saved(a, t)
    return _NEGATIVE_BASE if _is_below_zero(t, beside=a) else less_one(over(a, t))


def _is_below_zero(base: Operand | Missing, *, beside: Operand | Missing) -> bool:
    """Whether a base is below 0, where both values are there: over it a rate says nothing."""
    return isinstance(beside, Operand) and isinstance(base, Operand) and base.value < 0


_NEGATIVE_BASE = Undefined(reason=UndefinedReason.NEGATIVE_BASE)
