"""Exact numbers at the border: what is let in, and how it is written out."""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from numbers import Integral
from typing import SupportsIndex, TypeAlias

from .limits import MAX_DIGITS, bounded, bounded_places
from .text import BudgetperfError, Text, refused, shown

__all__ = ["ExactInput", "decimal_text", "exact_sum", "fixed_text", "integer_text", "to_exact"]

ExactInput: TypeAlias = SupportsIndex | str | Decimal | Fraction
"""What an exact number may be given as; a whole number also as one of numpy. Never a float."""

_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+|/0*[1-9]\d*)?", re.ASCII)


def to_exact(
    value: ExactInput, *, field: str = "", most: int = MAX_DIGITS, remedy: str = ""
) -> Fraction:
    """``value`` as an exact ``Fraction``.

    A string is a plain decimal (``"353.21"``) or a ratio (``"1/3"``); for printed numbers with
    units and separators see :func:`budgetperf.exact.parse_figure`.

    Args:
        value: the number.
        field: where it stands.
        most: how many digits a string may have on either side of the point.
        remedy: what would do, as it is written in code.

    Raises:
        FloatRefusedError: a float (a ``TypeError``).
        WrongTypeError: a bool or any other type (a ``TypeError``).
        BudgetperfError: a string that is no plain number, a ``Decimal`` that is not finite, or
            one of the two with more digits than :data:`budgetperf.exact.limits.MAX_DIGITS`.

    >>> to_exact("353.21")
    Fraction(35321, 100)
    """
    if isinstance(value, Fraction):
        return value
    if isinstance(value, bool):
        raise refused(value, field=field, remedy=remedy)
    if isinstance(value, int):
        return Fraction(value)
    if isinstance(value, Decimal) and value.is_finite():
        bounded(value, field=field)
        return Fraction(value)
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        bounded(value, most=most, field=field)
        return Fraction(value)
    if isinstance(value, (str, Decimal)):
        due = Text.of(remedy) or Text(zh="'353.21' 或 '1/3'", en="'353.21' or '1/3'")
        message = Text(zh="{} 不是普通数字：请写成 {}", en="{} is not a plain number: write {}")
        raise BudgetperfError("not-a-number", message.fill(_told(value), due), field=field)
    if isinstance(value, Integral):
        return Fraction(operator.index(value))
    raise refused(value, field=field, remedy=remedy)


def exact_sum(values: Iterable[Fraction]) -> Fraction:
    """The sum of many numbers: first of those of one denominator, then of these two by two.

    Added up one after the other, the denominators of unlike quotients would grow with each.
    """
    numerators: dict[int, int] = {}
    for value in values:
        numerator, denominator = value.as_integer_ratio()
        numerators[denominator] = numerators.get(denominator, 0) + numerator
    sums = [(numerator, denominator) for denominator, numerator in numerators.items()]
    while len(sums) > 1:
        odd = sums[-1:] if len(sums) % 2 else []
        sums = [_added(*pair) for pair in zip(sums[::2], sums[1::2], strict=False)] + odd
    return Fraction(*sums[0]) if sums else Fraction(0)


_Ratio: TypeAlias = tuple[int, int]


def _added(a: _Ratio, b: _Ratio) -> _Ratio:
    denominator = math.lcm(a[1], b[1])
    return a[0] * (denominator // a[1]) + b[0] * (denominator // b[1]), denominator


def _told(value: str | Decimal) -> str:
    return shown(value if isinstance(value, str) else str(value))


def integer_text(value: int) -> str:
    """The digits of ``value``, however many: ``str`` refuses what has more than a few thousand."""
    return str(value) if -_PLAIN < value < _PLAIN else format(Decimal(value), "f")


_PLAIN = 10**600
"""Below this ``str`` writes every number, whatever :func:`sys.set_int_max_str_digits` was told."""


def decimal_text(value: Fraction) -> str:
    """``value`` written exactly: as a finite decimal where one exists, else as ``"n/d"``.

    >>> decimal_text(Fraction(1, 8)), decimal_text(Fraction(1, 3))
    ('0.125', '1/3')
    """
    # A decimal ends if its denominator has no other divisors than 2 and 5, and has as many digits
    # behind the point as the higher power of the two.
    denominator = value.denominator
    twos = (denominator & -denominator).bit_length() - 1
    odd, fives = denominator >> twos, 0
    while odd % 5 == 0:
        odd //= 5
        fives += 1
    if odd != 1:
        return f"{integer_text(value.numerator)}/{integer_text(denominator)}"
    return _with_decimals(value, max(twos, fives))


def fixed_text(value: Fraction, places: int) -> str:
    """``value``, which has no more than ``places`` decimals, with exactly ``places`` of them.

    Negative ``places`` give a whole number.

    >>> fixed_text(Fraction(1, 2), 2)
    '0.50'
    """
    return _with_decimals(value, max(bounded_places(places), 0))


def _with_decimals(value: Fraction, places: int) -> str:
    digits = abs(value.numerator) * 10**places // value.denominator
    text = integer_text(digits).rjust(places + 1, "0")
    if places:
        text = f"{text[:-places]}.{text[-places:]}"
    return f"-{text}" if value.numerator < 0 else text
