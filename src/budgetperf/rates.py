"""The rates of the field, as pure functions of exact quantities.

A rate on a zero base is ``Undefined``, never 0 % and never 100 %. Nothing is rounded.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from fractions import Fraction
from typing import TypeAlias

from budgetperf.exact import (
    Amount,
    BudgetperfError,
    Count,
    ExactInput,
    FloatRefusedError,
    Points,
    Quantity,
    Rate,
    Text,
    Undefined,
    quotient,
    to_exact,
)

__all__ = [
    "DeviationDefinition",
    "Measured",
    "adjustment_rate",
    "completion_rate",
    "deviation",
    "execution_rate",
    "gross_adjustment_rate",
    "procurement_execution_rate",
    "share",
    "staffing_control_rate",
    "three_public_change_rate",
    "three_public_control_rate",
]

Measured: TypeAlias = Quantity | ExactInput
"""A target or an actual value: a quantity, or a bare number in the indicator's own unit."""


class DeviationDefinition(enum.Enum):
    """What a report calls 偏差率. Three definitions are in use; the values are stable codes."""

    POINTS = "points"
    """Actual minus target, in percentage points."""
    RELATIVE_TO_TARGET = "relative-to-target"
    """(actual - target) / target, which is the completion rate minus 100 %."""
    RELATIVE_TO_ACTUAL = "relative-to-actual"
    """(actual - target) / actual."""

    @property
    def label(self) -> Text:
        return _DEVIATIONS[self]


_DEVIATIONS = {
    DeviationDefinition.POINTS: Text(
        zh="百分点之差（实际值 − 指标值）", en="percentage points (actual - target)"
    ),
    DeviationDefinition.RELATIVE_TO_TARGET: Text(
        zh="相对指标值（完成率 − 100%）", en="relative to the target (completion - 100 %)"
    ),
    DeviationDefinition.RELATIVE_TO_ACTUAL: Text(
        zh="相对实际值（差额 ÷ 实际值）", en="relative to the actual value"
    ),
}


def execution_rate(*, executed: Amount, revised: Amount) -> Rate | Undefined:
    """预算执行率 = 全年执行数 / 全年预算数, the denominator of the self-evaluation form.

    The 2020 framework of indicators has another denominator of the same name (funds in place);
    name what you divide by. Source: the self-evaluation form (published forms).

    >>> execution_rate(executed=Amount("215457.6"), revised=Amount("250000")).percent(2)
    '86.18%'
    """
    return _of_amounts(executed, revised)


def adjustment_rate(*, adjustment: Amount, initial: Amount) -> Rate | Undefined:
    """预算调整率 = 年中调整数 / 年初预算数, with its sign, where adjustment = revised - initial.

    Source: as reports state it. The 2013 framework sums absolute moves instead:
    :func:`gross_adjustment_rate`.

    >>> adjustment_rate(adjustment=Amount("241.86"), initial=Amount("353.21")).percent(2)
    '68.47%'
    """
    return _of_amounts(adjustment, initial)


def gross_adjustment_rate(*, moves: Iterable[Amount], budget: Amount) -> Rate | Undefined:
    """预算调整率 of 财预〔2013〕53号: the sum of absolute moves (追加、追减、结构调整) / 预算数.

    Moves caused by national policy, force majeure or an order from above do not count and are to
    be left out by the caller. Source: 财预〔2013〕53号, annex 2 (unverified: text not read).
    """
    total = sum((abs(_amount(move)) for move in moves), start=Amount(0, _amount(budget).unit))
    return _of_amounts(total, budget)


def share(*, part: Amount, total: Amount) -> Rate | Undefined:
    """占比 = part / total, both on the same phase. Source: arithmetic."""
    return _of_amounts(part, total)


def three_public_control_rate(*, actual: Amount, budget: Amount) -> Rate | Undefined:
    """“三公经费”控制率 = 三公实际支出数 / 三公预算安排数.

    With a zero budget it is undefined, whatever forms print. Source: 财预〔2013〕53号, annex 2
    (unverified: text not read).
    """
    return _of_amounts(actual, budget)


def three_public_change_rate(*, this_year: Amount, last_year: Amount) -> Rate | Undefined:
    """“三公经费”变动率 = (本年度 - 上年度) / 上年度, on the budgets of both years.

    Source: 财预〔2013〕53号, annex 2 (published forms).
    """
    return _of_amounts(_amount(this_year) - _amount(last_year), last_year)


def procurement_execution_rate(*, actual: Amount, budget: Amount) -> Rate | Undefined:
    """政府采购执行率 = 实际政府采购金额 / 政府采购预算数.

    Source: 财预〔2013〕53号, annex 2 (unverified: text not read).
    """
    return _of_amounts(actual, budget)


def staffing_control_rate(*, in_service: Count, authorised: Count) -> Rate | Undefined:
    """在职人员控制率 = 在职人员数 / 编制数. Source: 财预〔2013〕53号, annex 2 (published forms).

    >>> staffing_control_rate(in_service=Count(136), authorised=Count(143)).percent(2)
    '95.10%'
    """
    return _count(in_service) / _count(authorised)


def completion_rate(*, actual: Measured, target: Measured) -> Rate | Undefined:
    """指标完成率 = 实际完成值 / 指标值, uncapped. Source: as reports state it.

    For an indicator that should stay below its target, rule-sets define their own measure.

    Raises:
        BudgetperfError: actual and target are of different kinds.

    >>> completion_rate(actual=Rate("100%"), target=Rate("90%")).percent(0)
    '111%'
    """
    return _rate(*_measures(actual, target))


def deviation(
    *, actual: Measured, target: Measured, definition: DeviationDefinition
) -> Rate | Undefined:
    """偏差率 under one of its three definitions. Source: as reports state it; no text fixes it.

    Percentage points exist only between rates. For things counted or measured, the difference is
    taken in percent of the target, as the forms do.

    Raises:
        BudgetperfError: actual and target are of different kinds.

    >>> values = {"actual": Rate("100%"), "target": Rate("90%")}
    >>> [deviation(**values, definition=d).percent(1) for d in DeviationDefinition]
    ['10.0%', '11.1%', '10.0%']
    """
    difference_is_rate = isinstance(actual, Rate)
    a, t = _measures(actual, target)
    if definition is DeviationDefinition.POINTS and difference_is_rate:
        return Rate(a - t)
    return _rate(a - t, a if definition is DeviationDefinition.RELATIVE_TO_ACTUAL else t)


def _amount(value: object) -> Amount:
    if not isinstance(value, Amount):
        raise FloatRefusedError(value, remedy='Amount("595.07", "万元")')
    return value


def _count(value: object) -> Count:
    if not isinstance(value, Count):
        raise FloatRefusedError(value, remedy="Count(10)")
    return value


def _of_amounts(numerator: Amount, denominator: Amount) -> Rate | Undefined:
    return _amount(numerator) / _amount(denominator)


def _rate(numerator: Fraction, denominator: Fraction) -> Rate | Undefined:
    result = quotient(numerator, denominator)
    return result if isinstance(result, Undefined) else Rate(result)


def _measures(actual: Measured, target: Measured) -> tuple[Fraction, Fraction]:
    """Both values in the base unit of their common kind."""
    kinds = [type(value) if isinstance(value, Quantity) else None for value in (actual, target)]
    if kinds[0] is not kinds[1]:
        raise BudgetperfError(
            "unit-mismatch",
            Text(
                zh=f"实际值 {actual} 与指标值 {target} 不是同一种量：请统一单位",
                en=f"actual {actual} and target {target} differ in kind: state both in one unit",
            ),
        )
    return _measure(actual), _measure(target)


def _measure(value: Measured) -> Fraction:
    match value:
        case Amount():
            return value.yuan
        case Rate():
            return value.ratio
        case Points() | Count():
            return Fraction(value.value)
        case _:
            return to_exact(value)
