"""Rounding modes and places, and the cell of true values behind a printed one."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from .checking import require
from .interval import Interval, between
from .limits import MAX_PLACES, bounded_places
from .number import ExactInput, decimal_text, fixed_text, to_exact
from .text import BudgetperfError, Labelled, Text

__all__ = [
    "RoundingMode",
    "approximate_text",
    "cell",
    "round_to",
    "rounded_text",
    "unit_in_last_place",
]


class RoundingMode(Labelled):
    """How a true value becomes a printed one. The values are stable ASCII codes."""

    HALF_UP = ("half-up", "四舍五入", "half-up")
    """四舍五入: to the nearest; a tie goes away from zero."""
    HALF_DOWN = ("half-down", "五舍六入", "half-down")
    """To the nearest; a tie goes towards zero."""
    HALF_EVEN = ("half-even", "四舍六入五成双", "half to even")
    """四舍六入五成双: to the nearest; a tie goes to the even last digit."""
    NEAREST = ("nearest", "就近（恰为一半时两可）", "to nearest, a tie either way")
    """To the nearest; a tie may go either way, so the cell is closed at both ends (XBRL)."""
    DOWN = ("down", "截断", "by truncation")
    """截断: towards zero."""
    UP = ("up", "进一", "away from zero")
    """Away from zero."""
    FLOOR = ("floor", "向下取整", "towards minus infinity")
    """Towards minus infinity."""
    CEILING = ("ceiling", "向上取整", "towards plus infinity")
    """Towards plus infinity."""


def unit_in_last_place(places: int) -> Fraction:
    """The step between neighbouring printed values; ``places`` may be negative.

    Raises:
        WrongTypeError: ``places`` is no whole number.
        BudgetperfError: there are more places than :data:`budgetperf.exact.limits.MAX_PLACES`.

    >>> unit_in_last_place(2), unit_in_last_place(-2)
    (Fraction(1, 100), Fraction(100, 1))
    """
    return Fraction(*_step(places))


def _step(places: int) -> tuple[int, int]:
    """The same as two whole numbers, of which one is 1."""
    if type(places) is not int or not -MAX_PLACES <= places <= MAX_PLACES:
        bounded_places(places)
    return (1, 10**places) if places >= 0 else (10**-places, 1)


_Steps: TypeAlias = Callable[[int, int, bool], int]


def _half_up(n: int, d: int, _negative: bool) -> int:
    return (2 * n + d) // (2 * d)


def _floor(n: int, d: int, _negative: bool) -> int:
    return n // d


def _ceiling(n: int, d: int, _negative: bool) -> int:
    return -(-n // d)


def _half_even(n: int, d: int, _negative: bool) -> int:
    # One less where half up came to an odd number from exactly half: then 2n + d is an odd
    # multiple of 2d.
    return _half_up(n, d, _negative) - ((2 * n + d) % (4 * d) == 2 * d)


# Each mode on a magnitude in steps, as the quotient n/d, and the sign: whole steps to print.
_STEPS: dict[RoundingMode, _Steps] = {
    RoundingMode.HALF_UP: _half_up,
    # Up from n/d - 1/2, as half up is down from n/d + 1/2.
    RoundingMode.HALF_DOWN: lambda n, d, _: -((d - 2 * n) // (2 * d)),
    RoundingMode.HALF_EVEN: _half_even,
    RoundingMode.NEAREST: _half_up,
    RoundingMode.DOWN: _floor,
    RoundingMode.UP: _ceiling,
    RoundingMode.FLOOR: lambda n, d, negative: (_ceiling if negative else _floor)(n, d, negative),
    RoundingMode.CEILING: lambda n, d, negative: (_floor if negative else _ceiling)(n, d, negative),
}


def round_to(value: ExactInput, places: int, mode: RoundingMode = RoundingMode.HALF_UP) -> Fraction:
    """``value`` rounded to ``places`` decimals.

    Under ``NEAREST`` a tie, which may go either way, goes away from zero.

    Raises:
        WrongTypeError: ``places`` is no whole number, or ``mode`` no mode.
        BudgetperfError: there are more places than :data:`budgetperf.exact.limits.MAX_PLACES`.

    >>> round_to("0.125", 2), round_to("-2.5", 0), round_to("99.385", 1, RoundingMode.DOWN)
    (Fraction(13, 100), Fraction(-3, 1), Fraction(993, 10))
    """
    if type(mode) is not RoundingMode:
        require(mode, RoundingMode, field="mode")
    n, d = (value if type(value) is Fraction else to_exact(value)).as_integer_ratio()
    whole, parts = _step(places)
    steps = _STEPS[mode](abs(n) * parts, d * whole, n < 0)
    return Fraction((-steps if n < 0 else steps) * whole, parts)


def rounded_text(value: Fraction, places: int, *, is_grouped: bool = False) -> str:
    """The value half-up with so many decimals; grouped, with commas between thousands."""
    digits = fixed_text(round_to(value, places), places)
    # A decimal groups as many digits as there are; an integer refuses to be read of so many.
    return format(Decimal(digits), ",f") if is_grouped else digits


def approximate_text(value: Fraction) -> str:
    """The value in print; one without a finite decimal with four decimals beside it."""
    exact = decimal_text(value)
    return exact if "/" not in exact else f"{exact} ≈ {decimal_text(round_to(value, 4))}"


def cell(value: ExactInput, places: int, mode: RoundingMode = RoundingMode.HALF_UP) -> Interval:
    """All true values that ``mode`` prints as ``value`` with ``places`` decimals.

    Half-up: [v - u/2, v + u/2) for v > 0, mirrored for v < 0, (-u/2, u/2) for 0, where u is the
    unit in the last place. Truncated: [v, v + u), mirrored, (-u, u) for 0.

    Raises:
        BudgetperfError: ``value`` has more decimals than ``places`` (in every mode but
            ``NEAREST``, which spans half a unit to either side of any value).

    >>> str(cell("353.21", 2)), str(cell("99.3", 1, RoundingMode.DOWN))
    ('[353.205, 353.215)', '[99.3, 99.4)')
    """
    if type(mode) is not RoundingMode:
        require(mode, RoundingMode, field="mode")
    exact = to_exact(value)
    whole, parts = _step(places)
    steps, odd = divmod(exact.numerator * parts, exact.denominator * whole)
    if mode is RoundingMode.NEAREST:
        half = Fraction(whole, 2 * parts)
        return Interval(lower=exact - half, upper=exact + half)
    if odd:
        raise BudgetperfError(
            "too-many-decimals",
            Text(
                zh=f"{decimal_text(exact)} 的小数位多于 {places} 位：请增大 places",
                en=f"{decimal_text(exact)} has more than {places} decimals: raise places",
            ),
        )
    below, above, lower_closed, upper_closed = _reach(mode, steps)
    return between(
        Fraction((2 * steps - below) * whole, 2 * parts),
        Fraction((2 * steps + above) * whole, 2 * parts),
        lower_closed,
        upper_closed,
    )


def _reach(mode: RoundingMode, steps: int) -> tuple[int, int, bool, bool]:
    """How many half steps the cell of a value reaches to each side, and which ends it holds."""
    if mode is RoundingMode.HALF_EVEN:
        even = steps % 2 == 0
        return 1, 1, even, even
    if mode is RoundingMode.HALF_UP:
        return 1, 1, steps > 0, steps < 0
    if mode is RoundingMode.HALF_DOWN:
        return 1, 1, steps <= 0, steps >= 0
    # 0 is where both signs meet: all of a step to either side is cut off to it, and nothing else
    # than 0 is moved away from 0 to it.
    if mode is RoundingMode.DOWN and steps == 0:
        return 2, 2, False, False
    if mode is RoundingMode.UP and steps == 0:
        return 0, 0, True, True
    rises = mode is RoundingMode.FLOOR or (
        steps > 0 if mode is RoundingMode.DOWN else mode is RoundingMode.UP and steps < 0
    )
    return (0, 2, True, False) if rises else (2, 0, False, True)
