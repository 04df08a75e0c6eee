"""Rounding modes and places, and the cell of true values behind a printed one."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from .interval import Interval
from .limits import bounded_places
from .number import ExactInput, decimal_text, to_exact
from .text import BudgetperfError, Labelled, Text, shown

__all__ = ["RoundingMode", "approximate_text", "cell", "round_to", "unit_in_last_place"]


class RoundingMode(Labelled):
    """How a true value becomes a printed one. The values are stable ASCII codes."""

    HALF_UP = ("half-up", "四舍五入", "half away from zero")
    """四舍五入: to the nearest; a tie goes away from zero."""
    HALF_DOWN = ("half-down", "五舍六入", "half towards zero")
    """To the nearest; a tie goes towards zero."""
    HALF_EVEN = ("half-even", "四舍六入五成双", "half to even")
    """四舍六入五成双: to the nearest; a tie goes to the even last digit."""
    NEAREST = ("nearest", "就近（恰为一半时两可）", "nearest, a tie either way")
    """To the nearest; a tie may go either way, so the cell is closed at both ends (XBRL)."""
    DOWN = ("down", "截断", "truncated")
    """截断: towards zero."""
    UP = ("up", "进一", "away from zero")
    """Away from zero."""
    FLOOR = ("floor", "向下取整", "towards minus infinity")
    """Towards minus infinity."""
    CEILING = ("ceiling", "向上取整", "towards plus infinity")
    """Towards plus infinity."""


_HALF = Fraction(1, 2)


def unit_in_last_place(places: int) -> Fraction:
    """The step between neighbouring printed values; ``places`` may be negative.

    Raises:
        TypeError: ``places`` is no whole number.
        BudgetperfError: there are more places than :data:`budgetperf.exact.limits.MAX_PLACES`.

    >>> unit_in_last_place(2), unit_in_last_place(-2)
    (Fraction(1, 100), Fraction(100, 1))
    """
    bounded_places(places)
    return Fraction(1, 10**places) if places >= 0 else Fraction(10**-places)


def _half_up(magnitude: Fraction, _negative: bool) -> int:
    return (2 * magnitude.numerator + magnitude.denominator) // (2 * magnitude.denominator)


# Each mode on a magnitude counted in steps, and the sign: whole steps to print.
_STEPS: dict[RoundingMode, Callable[[Fraction, bool], int]] = {
    RoundingMode.HALF_UP: _half_up,
    RoundingMode.HALF_DOWN: lambda m, _: (m - _HALF).__ceil__(),
    RoundingMode.HALF_EVEN: lambda m, _: round(m),
    RoundingMode.NEAREST: _half_up,
    RoundingMode.DOWN: lambda m, _: m.__floor__(),
    RoundingMode.UP: lambda m, _: m.__ceil__(),
    RoundingMode.FLOOR: lambda m, negative: m.__ceil__() if negative else m.__floor__(),
    RoundingMode.CEILING: lambda m, negative: m.__floor__() if negative else m.__ceil__(),
}


def _require_mode(mode: object) -> None:
    if not isinstance(mode, RoundingMode):
        found = shown(mode)
        raise TypeError(f"{found} 不是舍入方式 / is no rounding mode: use RoundingMode.HALF_UP")


def round_to(value: ExactInput, places: int, mode: RoundingMode = RoundingMode.HALF_UP) -> Fraction:
    """``value`` rounded to ``places`` decimals.

    Under ``NEAREST`` a tie, which may go either way, goes away from zero.

    Raises:
        TypeError: ``places`` is no whole number, or ``mode`` no mode.
        BudgetperfError: there are more places than :data:`budgetperf.exact.limits.MAX_PLACES`.

    >>> round_to("0.125", 2), round_to("-2.5", 0), round_to("99.385", 1, RoundingMode.DOWN)
    (Fraction(13, 100), Fraction(-3, 1), Fraction(993, 10))
    """
    _require_mode(mode)
    exact = to_exact(value)
    step = unit_in_last_place(places)
    steps = _STEPS[mode](abs(exact) / step, exact < 0)
    return (-steps if exact < 0 else steps) * step


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
    _require_mode(mode)
    exact = to_exact(value)
    step = unit_in_last_place(places)
    if mode is RoundingMode.NEAREST:
        return Interval(lower=exact - step * _HALF, upper=exact + step * _HALF)
    if (exact / step).denominator != 1:
        raise BudgetperfError(
            "too-many-decimals",
            Text(
                zh=f"{decimal_text(exact)} 的小数位多于 {places} 位：请增大 places",
                en=f"{decimal_text(exact)} has more than {places} decimals: raise places",
            ),
        )
    below, above, lower_closed, upper_closed = _reach(mode, exact / step)
    return Interval(
        lower=exact - below * step,
        upper=exact + above * step,
        lower_closed=lower_closed,
        upper_closed=upper_closed,
    )


def _reach(mode: RoundingMode, steps: Fraction) -> tuple[Fraction, Fraction, bool, bool]:
    """How far the cell of a value reaches below and above, in steps, and which ends it holds."""
    one, none = Fraction(1), Fraction(0)
    sign = (steps > 0) - (steps < 0)
    if mode is RoundingMode.HALF_EVEN:
        even = steps.numerator % 2 == 0
        return _HALF, _HALF, even, even
    if mode is RoundingMode.HALF_UP:
        return _HALF, _HALF, sign > 0, sign < 0
    if mode is RoundingMode.HALF_DOWN:
        return _HALF, _HALF, sign <= 0, sign >= 0
    if mode is RoundingMode.DOWN and sign == 0:
        return one, one, False, False
    if mode is RoundingMode.UP and sign == 0:
        return none, none, True, True
    rises = mode is RoundingMode.FLOOR or (
        sign > 0 if mode is RoundingMode.DOWN else mode is RoundingMode.UP and sign < 0
    )
    return (none, one, True, False) if rises else (one, none, False, True)
