"""Slips in one printed number, backwards: every number that a slip turns into the printed one."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

import attrs

from budgetperf.exact import (
    MONEY,
    RATIO,
    Figure,
    Interval,
    RoundingMode,
    Text,
    Unit,
    cell,
    fixed_text,
    fold_width,
    round_to,
    unit_in_last_place,
)
from budgetperf.exact.figure import in_place_of
from budgetperf.exact.interval import meet
from budgetperf.exact.number import integer_text

__all__ = ["Factor", "Grid", "Misprints", "factors", "how_many", "misprints"]


@attrs.frozen(kw_only=True)
class Grid:
    """The numbers that could stand in a figure's place, counted in units of its last place.

    Args:
        figure: the printed figure.
        places: its decimals.
        step: the unit in the last place, in base units.
        number: the printed figure itself.
    """

    figure: Figure
    places: int
    step: Fraction
    number: int

    @classmethod
    def of(cls, figure: Figure) -> Grid:
        places = figure.places
        number, odd = _counted(figure.value, places)
        if odd:  # 8.4 for all from 7.9 to 8.9: finer than its column
            places = -int(figure.value.as_tuple().exponent)
            number, _ = _counted(figure.value, places)
        return cls(
            figure=figure, places=places, step=_step(places, figure.unit.scale), number=number
        )

    def admitted(self, admissible: Interval) -> range:
        """The printed numbers that stand for some value in ``admissible``, which is bounded."""
        scaled = admissible.scaled(Fraction(self.step.denominator, self.step.numerator))
        mode = self.figure.rounding
        lower, upper = scaled.lower or Fraction(0), scaled.upper or Fraction(0)
        if mode is None:
            first, last = lower.__ceil__(), upper.__floor__()
            return range(first + (first not in scaled), last + (last in scaled))
        # Whether a number at the end prints an admissible value depends on the mode and on which
        # ends are open: from one further out on, those whose cells meet none are left out.
        first = round_to(lower, 0, mode).numerator - 1
        last = round_to(upper, 0, mode).numerator + 1
        while not meet(scaled, cell(first, 0, mode)):
            first += 1
        while not meet(scaled, cell(last, 0, mode)):
            last -= 1
        return range(first, last + 1)

    def printed(self, number: int) -> Figure:
        """The figure that ``number`` units of the last place print as."""
        # From text: a Decimal has all digits of its text, whatever the precision of the context.
        whole = integer_text(number * 10 ** max(-self.places, 0))
        value = Decimal(f"{whole}E-{max(self.places, 0)}")
        return in_place_of(self.figure, value, self.places)

    def like(self, value: Fraction) -> Figure:
        """The figure that a true value, in base units, prints as in this figure's place."""
        count = value / self.step
        rounding = self.figure.rounding or RoundingMode.HALF_UP
        printed = self.printed(round_to(count, 0, rounding).numerator)
        # An exact figure stands for itself only; any other value was rounded.
        return printed if count.denominator == 1 else attrs.evolve(printed, rounding=rounding)

    def unshifted(self, value: Fraction) -> Figure:
        """The figure of ``value``, a decimal, with as many more decimals as it takes."""
        places = self.places
        number = value / self.figure.unit.scale
        while (number / unit_in_last_place(places)).denominator != 1:
            places += 1
        return in_place_of(self.figure, Decimal(fixed_text(number, places)), places)


def _counted(value: Decimal, places: int) -> tuple[int, int]:
    """How many units of the last place a number has, and whether anything is left."""
    top, bottom = value.as_integer_ratio()
    more: int = 10 ** max(places, 0)
    fewer: int = 10 ** max(-places, 0)
    return divmod(top * more, bottom * fewer)


@functools.lru_cache(maxsize=256)
def _step(places: int, scale: Fraction) -> Fraction:
    return unit_in_last_place(places) * scale


def how_many(numbers: range) -> int:
    """How many numbers there are from the first to the last, also where ``len`` cannot count."""
    return max(0, numbers.stop - numbers.start)


@attrs.frozen(kw_only=True)
class Factor:
    """A slip that left a figure too small by ``factor``.

    Args:
        kind: its code.
        factor: the value before the slip is the printed one times this.
        unit: the unit that was meant, where a unit was mistaken.
    """

    kind: str
    factor: Fraction
    unit: Unit | None = None


def factors(figure: Figure) -> tuple[Factor, ...]:
    """The slips by which a figure is off by a factor."""
    return _factors(figure.unit)


@functools.lru_cache(maxsize=256)
def _factors(stated: Unit) -> tuple[Factor, ...]:
    factors = [Factor(kind="sign", factor=Fraction(-1))]
    if stated.dimension == MONEY:
        for unit in _MONEY:
            factor = unit.scale / stated.scale
            if factor in _UNIT_FACTORS:
                factors.append(Factor(kind="unit", factor=factor, unit=unit))
    if stated.dimension == RATIO:
        factors += [Factor(kind="ratio-for-percent", factor=factor) for factor in _HUNDRED]
    factors += [
        Factor(kind="decimal-point", factor=factor)
        for factor in _POINT
        if factor not in _HUNDRED or stated.dimension != RATIO
    ]
    return tuple(factors)


_MONEY = tuple(map(Unit.of, ("元", "万元", "亿元")))
_UNIT_FACTORS = tuple(Fraction(10) ** power for power in (-8, -4, 4, 8))
_HUNDRED = (Fraction(100), Fraction(1, 100))
_POINT = tuple(Fraction(10) ** power for power in (-1, 1, -2, 2, -3, 3))


@attrs.frozen(kw_only=True)
class Misprints:
    """The numbers that one kind of slip turns into the printed one.

    Args:
        kind: its code.
        note: what went wrong, in words.
        rarity: how seldom such a slip is met; see ``slips``.
        originals: the numbers before the slip, in units of the figure's last place.
        doubt: what remains of the chance of a coincidence by the look of the print alone.
    """

    kind: str
    note: Text
    rarity: int
    originals: frozenset[int]
    doubt: Fraction = Fraction(1)


_Numbers: TypeAlias = Iterator[tuple[int, int]]
"""Digits as one number, and how many of them stand behind the point."""


def misprints(grid: Grid) -> tuple[Misprints, ...]:
    """The slips of digits that give the printed number; none for numbers printed in words."""
    figure = grid.figure
    if not any(c.isdecimal() for c in fold_width(figure.text)):
        return ()
    if grid.places < 0:
        whole, decimals = str(abs(grid.number)), ""
    else:
        whole, _, decimals = f"{figure.value.copy_abs():f}".partition(".")
    room = max(grid.places, 0)
    decimals = decimals[:room]  # beyond them only 0s can stand, as in 1.230 of two places
    sign = -1 if grid.number < 0 else 1
    units = [sign * 10 ** (room - behind) for behind in range(room + 1)]

    def counted(originals: Iterable[tuple[int, int]]) -> frozenset[int]:
        numbers = {digits * units[behind] for digits, behind in originals}
        numbers.discard(grid.number)
        return frozenset(numbers)

    ways: list[Misprints] = []
    for kind, rarity, note, originals in _SLIPS:
        ways.append(
            Misprints(
                kind=kind, note=note, rarity=rarity, originals=counted(originals(whole, decimals))
            )
        )
    if 0 < len(decimals) < room:
        ways.append(
            Misprints(
                kind="digit-lost",
                note=_LOST,
                rarity=_SELDOM,
                originals=counted(_lost_behind(whole, decimals)),
                # Of numbers that lost no digit, one in ten has a last 0 that can be left out.
                doubt=Fraction(1, 10),
            )
        )
    return tuple(ways)


def _neighbours(whole: str, decimals: str) -> _Numbers:
    digits = whole + decimals
    return _exchanging(whole, decimals, itertools.pairwise(range(len(digits))))


def _any_two(whole: str, decimals: str) -> _Numbers:
    digits = whole + decimals
    return _exchanging(whole, decimals, itertools.combinations(range(len(digits)), 2))


def _exchanging(whole: str, decimals: str, places: Iterable[tuple[int, int]]) -> _Numbers:
    digits = whole + decimals
    for i, j in places:
        new = digits[:i] + digits[j] + digits[i + 1 : j] + digits[i] + digits[j + 1 :]
        # Nobody prints a number with a 0 in front, unless it is below 1.
        if new[0] != "0" or len(whole) == 1:
            yield int(new), len(decimals)


def _one_wrong(whole: str, decimals: str) -> _Numbers:
    digits = whole + decimals
    number, weight = int(digits), 10 ** len(digits)
    for place, digit in enumerate(digits):
        weight //= 10
        without = number - int(digit) * weight
        for other in range(1 if place == 0 and len(whole) > 1 else 0, 10):
            yield without + other * weight, len(decimals)


def _doubled(whole: str, decimals: str) -> _Numbers:
    for single in _single(whole):
        yield int(single + decimals), len(decimals)
    for single in _single(decimals):
        yield int(whole + single), len(single)


def _single(digits: str) -> Iterator[str]:
    for i, (a, b) in enumerate(itertools.pairwise(digits)):
        if a == b:
            yield digits[:i] + digits[i + 1 :]


def _lost(whole: str, decimals: str) -> _Numbers:
    """A digit lost before the point: not a 0 in front, nor anything behind a 0 in front."""
    behind = len(decimals)
    for number in _with_one_more(whole + decimals, range(behind, len(whole) + behind + 1)):
        if number >= 10 ** (len(whole) + behind):
            yield number, behind


def _lost_behind(whole: str, decimals: str) -> _Numbers:
    for number in _with_one_more(whole + decimals, range(len(decimals) + 1)):
        yield number, len(decimals) + 1


def _with_one_more(digits: str, places: Iterable[int]) -> Iterator[int]:
    """The number with one digit more, in front of so many of its digits."""
    number = int(digits)
    for place in places:
        weight = 10**place
        above, below = divmod(number, weight)
        for digit in range(10):
            yield (above * 10 + digit) * weight + below


_SELDOM = 8
_LOST = Text(zh="漏写一位数字", en="a digit was lost")
_SLIPS: tuple[tuple[str, int, Text, Callable[[str, str], _Numbers]], ...] = (
    (
        "digits-swapped",
        6,
        Text(zh="相邻两位数字颠倒", en="two neighbouring digits were swapped"),
        _neighbours,
    ),
    ("digits-swapped", 12, Text(zh="两位数字互换", en="two digits were swapped"), _any_two),
    (
        "digit-doubled",
        _SELDOM,
        Text(zh="一位数字重复书写", en="a digit was written twice"),
        _doubled,
    ),
    ("digit-lost", _SELDOM, _LOST, _lost),
    ("digit-wrong", 12, Text(zh="一位数字写错", en="one digit is wrong"), _one_wrong),
)
