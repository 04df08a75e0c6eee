"""What the rates take, and the quotients that they have in common."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import TypeAlias

import attrs

from budgetperf.exact import (
    MONEY,
    RATIO,
    Amount,
    BudgetperfError,
    Count,
    ExactInput,
    Figure,
    Interval,
    Missing,
    Points,
    Quantity,
    Rate,
    Stated,
    Text,
    Undefined,
    Unit,
    quotient,
    to_exact,
)
from budgetperf.exact.calls import Called
from budgetperf.exact.interval import quotients
from budgetperf.exact.text import refused
from budgetperf.exact.unit import divides, is_bare, is_counter

__all__ = [
    "Computed",
    "Counted",
    "Duration",
    "Measured",
    "Money",
    "Operand",
    "Ratio",
    "amounts",
    "counts",
    "difference",
    "durations",
    "less_one",
    "measures",
    "over",
    "points_between",
    "product",
    "ratio",
    "saved",
    "sum_of_sizes",
]

Money: TypeAlias = Amount | Stated
"""An amount of money: exact, or a figure of a report, or why that is not there."""

Counted: TypeAlias = Count | Stated
"""How many there are: exact, or a figure of a report, or why that is not there."""

Ratio: TypeAlias = Rate | Stated
"""A rate: exact, or a figure of a report, or why that is not there."""

Measured: TypeAlias = Quantity | ExactInput | Stated
"""A target or an actual value: a quantity, a figure of a report or why that is not there, or a bare
number in the indicator's own unit."""

Duration: TypeAlias = Count | ExactInput | Stated
"""How long something takes: a number of days, or of any other unit of time."""

Computed: TypeAlias = Rate | Undefined | Missing
"""A rate; or that its base is 0; or why a figure is not there, of several the first one in the
order of the arguments. Of figures it is the rate of the printed values, and ``rate.interval`` is
what it may be for all true values behind them: anything, where the base may be 0."""


@attrs.frozen
class Operand(Called):
    """A number that a rate takes, in base units, and the true values behind it."""

    value: Fraction
    values: Interval
    unit: Unit


def over(top: Operand | Missing, bottom: Operand | Missing) -> Computed:
    """The one divided by the other, each used once."""
    if isinstance(top, Missing):
        return top
    if isinstance(bottom, Missing):
        return bottom
    result = quotient(top.value, bottom.value)
    if isinstance(result, Undefined):
        return result
    return Rate.within(result, quotients(top.values, bottom.values))


def less_one(result: Computed) -> Computed:
    """(new - old) / old, from new / old."""
    return result - _ONE if isinstance(result, Rate) else result


def saved(whole: Operand | Missing, part: Operand | Missing) -> Computed:
    """(whole - part) / whole, each used once."""
    if isinstance(whole, Missing):
        return whole
    result = over(part, whole)
    return _ONE - result if isinstance(result, Rate) else result


_ONE = Rate(1)


def product(operand: Operand | Missing, factor: Operand | Missing) -> Operand | Missing:
    """The two multiplied, in the unit of the first."""
    if isinstance(operand, Missing):
        return operand
    if isinstance(factor, Missing):
        return factor
    return Operand(operand.value * factor.value, operand.values * factor.values, operand.unit)


def difference(operand: Operand | Missing, less: Operand | Missing) -> Operand | Missing:
    """The one less the other, each used once."""
    if isinstance(operand, Missing):
        return operand
    if isinstance(less, Missing):
        return less
    return Operand(operand.value - less.value, operand.values - less.values, operand.unit)


def sum_of_sizes(parts: Iterable[Operand | Missing]) -> Operand | Missing:
    """The sizes of all parts added up; the first that is missing, if one is."""
    value, values = Fraction(0), Interval.point(0)
    for part in parts:
        if isinstance(part, Missing):
            return part
        value, values = value + abs(part.value), values + abs(part.values)
    return Operand(value, values, Unit.of("元"))


def amounts(*values: Money) -> list[Operand | Missing]:
    """Amounts of money; figures without a unit are of one table, which has one.

    Raises:
        FloatRefusedError: it is a float.
        WrongTypeError: one is no amount of money (a ``TypeError``).
        BudgetperfError: a figure is in another unit, or only one of several has none.
    """
    operands = [_operand(value, Amount, 'Amount("595.07", "万元")') for value in values]
    known = [operand for operand in operands if isinstance(operand, Operand)]
    for operand in known:
        if operand.unit.dimension != MONEY and not is_bare(operand.unit):
            raise _wrong_unit(operand.unit, Text(zh="金额", en="an amount of money"))
    in_money = any(operand.unit.dimension == MONEY for operand in known)
    if in_money and any(is_bare(operand.unit) and operand.value for operand in known):
        message = Text(
            zh="有的金额没有单位：请写成 '595.07万元'，或用 bp.in_unit 注明全表的单位",
            en="an amount has no unit: write '595.07万元', or give the unit of the table by "
            "bp.in_unit",
        )
        raise BudgetperfError("no-unit", message)
    return operands


def counts(*values: Counted) -> list[Operand | Missing]:
    """Numbers of people or things, all of one kind.

    Raises:
        FloatRefusedError: it is a float.
        WrongTypeError: one is no count (a ``TypeError``).
        BudgetperfError: a figure is money or a rate, or they count different things.
    """
    operands = [_operand(value, Count, "Count(10)") for value in values]
    units = list[Unit]()
    for operand in operands:
        if isinstance(operand, Operand):
            if operand.unit.dimension in (MONEY, RATIO):
                raise _wrong_unit(operand.unit, Text(zh="个数", en="a count"))
            units += [] if is_bare(operand.unit) else [operand.unit]
    for unit in units:
        unit.require(units[0])
    return operands


def ratio(value: Ratio) -> Operand | Missing:
    """A rate.

    Raises:
        FloatRefusedError: it is a float.
        WrongTypeError: it is none (a ``TypeError``).
        BudgetperfError: it is a figure in another unit.
    """
    operand = _operand(value, Rate, 'Rate("50%")')
    if isinstance(operand, Operand) and operand.unit.dimension != RATIO:
        raise _wrong_unit(operand.unit, Text(zh="比率", en="a rate"))
    return operand


def measures(
    measured: Measured, base: Measured, name: Text, base_name: Text
) -> tuple[Operand | Missing, Operand | Missing]:
    """Both values in the base unit of their common kind.

    Raises:
        FloatRefusedError: it is a float.
        WrongTypeError: one is neither a quantity nor an exact number (a ``TypeError``).
        BudgetperfError: they are of different kinds.
    """
    top, bottom = _measure(measured), _measure(base)
    if isinstance(top, Operand) and isinstance(bottom, Operand):
        are_figures = isinstance(measured, Figure), isinstance(base, Figure)
        if are_figures == (False, False):
            go = _kind(measured) is _kind(base)
        elif isinstance(measured, Count) or isinstance(base, Count):
            go = all(is_bare(amount.unit) or is_counter(amount.unit) for amount in (top, bottom))
        else:
            go = divides(
                bottom.unit, top.unit, base_is_zero=not bottom.value, is_zero=not top.value
            )
        if not go:
            raise BudgetperfError(
                "unit-mismatch",
                Text(
                    zh="{} {} 与{} {} 不是同一种量：请统一单位",
                    en="{} {} and {} {} differ in kind: state both in one unit",
                ).fill(name, measured, base_name, base),
            )
    return top, bottom


def points_between(actual: Operand | Missing, target: Operand | Missing) -> Rate | None:
    """The difference of two rates, in percentage points; ``None`` if they are no rates."""
    if isinstance(actual, Missing) or isinstance(target, Missing):
        return None
    if actual.unit.dimension != RATIO or target.unit.dimension != RATIO:
        return None
    return Rate.within(actual.value - target.value, actual.values - target.values)


def durations(
    duration: Duration, base: Duration, name: Text, base_name: Text
) -> tuple[Operand | Missing, Operand | Missing]:
    """Both times as numbers of their common unit."""
    for value in (duration, base):
        if isinstance(value, (Amount, Rate, Points)):
            raise refused(value, remedy="Count(30)")
        if isinstance(value, Figure) and value.unit.dimension in (MONEY, RATIO):
            raise _wrong_unit(value.unit, Text(zh="时长", en="a length of time"))
    return measures(duration, base, name, base_name)


def _kind(value: Measured) -> type | None:
    return type(value) if isinstance(value, Quantity) else None


def _operand(value: object, kind: type[Quantity], remedy: str) -> Operand | Missing:
    """A figure, or a quantity of this kind."""
    if not isinstance(value, (kind, Figure, Missing)):
        raise refused(value, remedy=remedy)
    return _measure(value)


def _measure(value: Measured) -> Operand | Missing:
    match value:
        case Missing():
            return value
        case Figure():
            return Operand(value.nominal, value.interval, value.unit)
        case Amount():
            exact, unit = value.yuan, value.unit
        case Rate():
            return Operand(value.ratio, value.interval, _PER_CENT)
        case Points():
            exact, unit = value.value, _POINTS
        case Count():
            exact, unit = Fraction(value.value), _BARE
        case _:
            exact, unit = to_exact(value), _BARE
    return Operand(exact, Interval.point(exact), unit)


_PER_CENT, _POINTS, _BARE = Unit.of("%"), Unit.of("分"), Unit.of("")


def _wrong_unit(unit: Unit, due: Text) -> BudgetperfError:
    return BudgetperfError(
        "unit-mismatch",
        Text(
            zh="单位为“{unit}”的数不是{due}：请核对所取的是哪个数",
            en="a figure in {unit} is not {due}: check which figure was taken",
        ).fill(unit=unit.symbol, due=due),
    )
