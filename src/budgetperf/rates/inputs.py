"""What the rates take, and the quotients that they have in common."""

from __future__ import annotations

from fractions import Fraction
from typing import TypeAlias

from budgetperf.exact import (
    Amount,
    BudgetperfError,
    Count,
    ExactInput,
    Points,
    Quantity,
    Rate,
    Text,
    Undefined,
    quotient,
    to_exact,
)
from budgetperf.exact.text import refused

__all__ = [
    "Duration",
    "Measured",
    "amount",
    "count",
    "durations",
    "measures",
    "of_amounts",
    "of_counts",
    "rate",
    "relative_change",
    "to_rate",
]

Measured: TypeAlias = Quantity | ExactInput
"""A target or an actual value: a quantity, or a bare number in the indicator's own unit."""

Duration: TypeAlias = Count | ExactInput
"""How long something takes: a number of days, or of any other unit of time."""


def amount(value: object) -> Amount:
    if not isinstance(value, Amount):
        raise refused(value, remedy='Amount("595.07", "万元")')
    return value


def count(value: object) -> Count:
    if not isinstance(value, Count):
        raise refused(value, remedy="Count(10)")
    return value


def rate(value: object) -> Rate:
    if not isinstance(value, Rate):
        raise refused(value, remedy='Rate("50%")')
    return value


def of_amounts(numerator: Amount, denominator: Amount) -> Rate | Undefined:
    return amount(numerator) / amount(denominator)


def of_counts(numerator: Count, denominator: Count) -> Rate | Undefined:
    return count(numerator) / count(denominator)


def relative_change(new: Amount, old: Amount) -> Rate | Undefined:
    """(new - old) / old."""
    return (amount(new) - amount(old)) / old


def to_rate(numerator: Fraction, denominator: Fraction) -> Rate | Undefined:
    result = quotient(numerator, denominator)
    return result if isinstance(result, Undefined) else Rate(result)


def measures(
    measured: Measured, other: Measured, one_name: Text, other_name: Text
) -> tuple[Fraction, Fraction]:
    """Both values in the base unit of their common kind."""
    kinds = [type(value) if isinstance(value, Quantity) else None for value in (measured, other)]
    if kinds[0] is not kinds[1]:
        raise BudgetperfError(
            "unit-mismatch",
            Text(
                zh="{} {} 与{} {} 不是同一种量：请统一单位",
                en="{} {} and {} {} differ in kind: state both in one unit",
            ).fill(one_name, measured, other_name, other),
        )
    return _measure(measured), _measure(other)


def durations(
    duration: Duration, other: Duration, one_name: Text, other_name: Text
) -> tuple[Fraction, Fraction]:
    """Both times as numbers of their common unit."""
    for value in (duration, other):
        if isinstance(value, (Amount, Rate, Points)):
            raise refused(value, remedy="Count(30)")
    return measures(duration, other, one_name, other_name)


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
