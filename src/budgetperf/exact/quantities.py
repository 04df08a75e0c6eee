"""Exact quantities: money, rates, points and counts. Nothing rounds unless asked."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable
from fractions import Fraction
from functools import total_ordering
from typing import ClassVar, Self, TypeAlias

import attrs

from .absent import Undefined, UndefinedReason
from .calls import Called
from .interval import Interval, quotients
from .limits import bounded_result, require_text
from .number import ExactInput, decimal_text, fixed_text, integer_text, to_exact
from .printed import in_print, parse_plain
from .rounding import RoundingMode, round_to, rounded_text
from .text import BudgetperfError, Text, shown
from .unit import MONEY, Unit
from .written.spec import DECIMAL, RATIO_SPEC, Spec, SpecKind, read_spec

__all__ = ["Amount", "Count", "Points", "Quantity", "Rate", "points_of", "quotient"]


def quotient(numerator: Fraction, denominator: Fraction) -> Fraction | Undefined:
    """``numerator / denominator``; on a zero base ``Undefined``, never 0 and never 1."""
    if denominator:
        return numerator / denominator
    reason = UndefinedReason.DIVISION_BY_ZERO if numerator else UndefinedReason.ZERO_OVER_ZERO
    return Undefined(reason=reason)


@total_ordering
class _Quantity(Called, ABC):
    """What the quantities have in common: sums, differences and order within one kind."""

    __slots__ = ()

    _formats: ClassVar[SpecKind] = DECIMAL

    @property
    @abstractmethod
    def _measure(self) -> Fraction:
        """The size in the base unit."""

    @abstractmethod
    def _with(self, measure: Fraction) -> Self:
        """The quantity of this kind and unit with another size."""

    def __add__(self, other: Self) -> Self:
        if type(other) is not type(self):
            return NotImplemented
        return self._with(self._measure + other._measure)

    def __radd__(self, other: int) -> Self:
        if type(other) is not int or other:  # ``sum`` begins with 0
            return NotImplemented
        return self

    def __sub__(self, other: Self) -> Self:
        if type(other) is not type(self):
            return NotImplemented
        return self._with(self._measure - other._measure)

    def __neg__(self) -> Self:
        return self._with(-self._measure)

    def __abs__(self) -> Self:
        return self._with(abs(self._measure))

    def __truediv__(self, other: Self) -> Rate | Undefined:
        if type(other) is not type(self):
            return NotImplemented
        result = quotient(self._measure, other._measure)
        return result if isinstance(result, Undefined) else Rate(result)

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return self._measure == other._measure

    def __lt__(self, other: Self) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return self._measure < other._measure

    def __hash__(self) -> int:
        return hash((type(self), self._measure))

    @property
    def _written(self) -> tuple[Fraction, str]:
        """The number that it is written with, and the unit behind it."""
        return self._measure, ""

    def __format__(self, spec: str) -> str:
        """With as many decimals as the format says, rounded half-up, exactly, and with its unit.

        ``.2f`` has two decimals, ``,.2f`` groups of three digits, too; those of a rate are ``.2%``
        and ``.1‰`` of per cent and per mille, ``.4f`` of the ratio. A width may stand before, as
        for any text, and ``+`` for a sign on what is not below 0. Without decimals it is the text
        of the quantity itself.

        Raises:
            BudgetperfError: it is another format.
        """
        asked = read_spec(spec, self._formats)
        places = asked.places
        return asked.laid_out(str(self) if places is None else self._rounded(asked, places))

    def _rounded(self, asked: Spec, places: int) -> str:
        """With the decimals that a format asks for, and its unit."""
        number, unit = self._written
        return rounded_text(number, places, is_grouped=asked.is_grouped) + unit


class _Scalable(_Quantity):
    """A quantity of which a share can be taken."""

    __slots__ = ()

    def __mul__(self, factor: Rate | ExactInput) -> Self:
        if isinstance(factor, Rate):
            return self._with(self._measure * factor.ratio)
        if isinstance(factor, _Quantity):
            return NotImplemented
        return self._with(self._measure * to_exact(factor))

    __rmul__ = __mul__


def _exact(value: ExactInput) -> Fraction:
    """``value``, which may be the result of a computation, but not one beyond all measure."""
    exact = value if type(value) is Fraction else to_exact(value)
    return bounded_result(exact, field="value")


def _exact_money(value: ExactInput) -> Fraction:
    try:
        return _exact(value)
    except BudgetperfError as error:
        raise in_print(error, value, "Amount.parse", MONEY) from None


def _money_unit(symbol: Unit | str) -> Unit:
    unit = symbol if isinstance(symbol, Unit) else Unit.of(symbol)
    if unit.dimension != MONEY:
        raise BudgetperfError(
            "not-money",
            Text(
                zh=f"“{unit.symbol}”不是金额单位：请用 元、万元 或 亿元",
                en=f"{shown(unit.symbol)} is not a unit of money: use 元, 万元 or 亿元",
            ),
            field="unit",
        )
    return unit


@attrs.frozen(eq=False, repr=False)
class Amount(_Scalable):
    """An exact amount of money.

    Amounts are equal if they are the same money: 1 万元 equals 10000 元. Sums and differences
    keep the unit of the first.

    Args:
        value: how much, in ``unit``; a string, ``int``, ``Decimal`` or ``Fraction``.
        unit: ``元``, ``万元`` or ``亿元``.

    Raises:
        FloatRefusedError: the value is a float.
        BudgetperfError: the value is no number or the unit is not one of money.

    >>> Amount("595.07", "万元") / Amount("353.21", "万元")
    Rate('59507/35321')
    >>> str(Amount("595.07", "万元").to("元")), f"{Amount('12345.675', '元'):,.2f}"
    ('5950700元', '12,345.68元')
    """

    value: Fraction = attrs.field(converter=_exact_money)
    unit: Unit = attrs.field(converter=_money_unit, default=Unit.of("元"))

    @classmethod
    def parse(cls, text: str) -> Self:
        """The amount printed as ``text``, such as ``"353.21万元"``, taken at its word.

        Raises:
            WrongTypeError: it is no text (a ``TypeError``).
            BudgetperfError: the text is no printed amount of money, or has an operator.
        """
        require_text(text, remedy="'353.21万元'")
        if ratio := _RATIO_OF_MONEY.fullmatch(text):  # as ``str`` writes what no decimal says
            return cls(ratio["value"], ratio["unit"])
        number = parse_plain(text, field="text")
        return cls(number.value, number.unit)

    @property
    def yuan(self) -> Fraction:
        """The amount in 元."""
        return self.value * self.unit.scale

    @property
    def _written(self) -> tuple[Fraction, str]:
        return self.value, self.unit.symbol

    @property
    def _measure(self) -> Fraction:
        return self.yuan

    def _with(self, measure: Fraction) -> Self:
        return type(self)(measure / self.unit.scale, self.unit)

    def to(self, unit: Unit | str) -> Self:
        """The same money in another unit."""
        target = _money_unit(unit)
        return type(self)(self.yuan / target.scale, target)

    def rounded(self, places: int, mode: RoundingMode = RoundingMode.HALF_UP) -> Self:
        """The amount rounded to ``places`` decimals of its unit."""
        return type(self)(round_to(self.value, places, mode), self.unit)

    def __str__(self) -> str:
        return f"{decimal_text(self.value)}{self.unit.symbol}"

    def __repr__(self) -> str:
        return f"Amount({decimal_text(self.value)!r}, {self.unit.symbol!r})"


_RATIO_OF_MONEY = re.compile(r"(?P<value>-?[0-9]+/[0-9]+)(?P<unit>(?:万|亿)?元)")


def _ratio(value: ExactInput) -> Fraction:
    if isinstance(value, str) and value[-1:] in ("%", "‰", "％"):
        number = parse_plain(value, field="ratio")
        return Fraction(number.value) * number.unit.scale
    return bounded_result(to_exact(value), field="ratio")


@attrs.frozen(eq=False, repr=False)
class Rate(_Scalable):
    """An exact ratio, such as an execution rate; 1 is 100 %.

    Args:
        ratio: the ratio itself, or a string with ``%`` or ``‰``.

    Raises:
        FloatRefusedError: the ratio is a float.
        BudgetperfError: the ratio is no number.

    >>> str(Rate(1)), Rate("241.86") / Rate("353.21") == Rate("24186/35321")
    ('100%', True)
    >>> Rate("24186/35321").percent(2)
    '68.47%'
    >>> f"{Rate('24186/35321'):.2%}", round(Rate("24186/35321"), 4)
    ('68.47%', Rate('0.6847'))
    """

    _formats: ClassVar[SpecKind] = RATIO_SPEC

    ratio: Fraction = attrs.field(converter=_ratio)
    # The true values behind it, where it comes from figures that stand for more than one.
    _values: Interval | None = attrs.field(default=None, init=False)

    @classmethod
    def within(cls, ratio: Fraction, interval: Interval) -> Self:
        """The rate of printed figures, whose true value may be anything in an interval.

        Raises:
            BudgetperfError: the rate of what is printed is not in the interval.

        >>> rate = Rate.within(Fraction(1, 2), Interval(lower="0.45", upper="0.55"))
        >>> rate, str(rate.interval), str((rate - Rate("10%")).interval)
        (Rate('0.5'), '[0.45, 0.55]', '[0.35, 0.45]')
        """
        made = cls(ratio)
        if made.ratio not in interval:
            message = Text(zh="比率 {} 不在 {} 之内", en="the rate {} is not in {}")
            raise BudgetperfError("not-within", message.fill(made, interval), field="interval")
        if not interval.is_point:
            object.__setattr__(made, "_values", interval)
        return made

    @property
    def interval(self) -> Interval:
        """All true values that it may have: the rate alone, where all that it comes from is exact.

        Sums, differences, multiples and quotients of rates keep it, each as if its rates had
        nothing in common; so it may be too wide, and is never too narrow.
        """
        return Interval.point(self.ratio) if self._values is None else self._values

    @property
    def _measure(self) -> Fraction:
        return self.ratio

    def _with(self, measure: Fraction) -> Self:
        return type(self)(measure)

    def __add__(self, other: Self) -> Self:  # pyright: ignore[reportIncompatibleMethodOverride]
        if type(other) is not type(self):
            return NotImplemented
        return self.within(self.ratio + other.ratio, self.interval + other.interval)

    def __sub__(self, other: Self) -> Self:  # pyright: ignore[reportIncompatibleMethodOverride]
        if type(other) is not type(self):
            return NotImplemented
        return self.within(self.ratio - other.ratio, self.interval - other.interval)

    def __neg__(self) -> Self:
        return self.within(-self.ratio, -self.interval)

    def __abs__(self) -> Self:
        return self.within(abs(self.ratio), abs(self.interval))

    def __mul__(self, factor: Rate | ExactInput) -> Self:
        if isinstance(factor, Rate):
            return self.within(self.ratio * factor.ratio, self.interval * factor.interval)
        if isinstance(factor, _Quantity):
            return NotImplemented
        exact = to_exact(factor)
        if self._values is None:
            return self._with(self.ratio * exact)
        return self.within(self.ratio * exact, self._values.scaled(exact))

    __rmul__ = __mul__

    def __truediv__(self, other: Self) -> Rate | Undefined:  # pyright: ignore[reportIncompatibleMethodOverride]
        if type(other) is not type(self):
            return NotImplemented
        result = quotient(self.ratio, other.ratio)
        if isinstance(result, Undefined):
            return result
        return self.within(result, quotients(self.interval, other.interval))

    def percent(self, places: int, mode: RoundingMode = RoundingMode.HALF_UP) -> str:
        """The rate printed as ``%`` with ``places`` decimals."""
        return fixed_text(round_to(self.ratio * 100, places, mode), places) + "%"

    def permille(self, places: int, mode: RoundingMode = RoundingMode.HALF_UP) -> str:
        """The rate printed as ``‰`` with ``places`` decimals."""
        return fixed_text(round_to(self.ratio * 1000, places, mode), places) + "‰"

    def rounded(self, places: int, mode: RoundingMode = RoundingMode.HALF_UP) -> Self:
        """The rate rounded to ``places`` decimals of a percent."""
        return self._through(lambda ratio: round_to(ratio * 100, places, mode) / 100)

    def __round__(self, ndigits: int = 0) -> Self:
        """The ratio rounded half-up to so many decimals."""
        return self._through(lambda ratio: round_to(ratio, ndigits, RoundingMode.HALF_UP))

    def _through(self, function: Callable[[Fraction], Fraction]) -> Self:
        """The rate that a function gives which never falls, such as one that rounds."""
        lower, upper = self.interval.lower, self.interval.upper
        ends = Interval(
            lower=None if lower is None else function(lower),
            upper=None if upper is None else function(upper),
        )
        return self.within(function(self.ratio), ends)

    def __float__(self) -> float:
        """The nearest ``float``, where something else asks for one."""
        return float(self.ratio)

    def _rounded(self, asked: Spec, places: int) -> str:
        scale = {"%": 100, "‰": 1000, "f": 1}[asked.sign]
        return rounded_text(self.ratio * scale, places) + asked.sign.removesuffix("f")

    def __str__(self) -> str:
        percent = decimal_text(self.ratio * 100)
        return decimal_text(self.ratio) if "/" in percent else f"{percent}%"

    def __repr__(self) -> str:
        return f"Rate({decimal_text(self.ratio)!r})"


@attrs.frozen(eq=False, repr=False)
class Points(_Scalable):
    """Points of a score or a weight (分值、得分), exact.

    Args:
        value: how many points.

    Raises:
        FloatRefusedError: the value is a float.
        BudgetperfError: the value is no number.

    >>> Points(20) * Rate("90%")
    Points('18')
    """

    value: Fraction = attrs.field(converter=_exact)

    @property
    def _measure(self) -> Fraction:
        return self.value

    def _with(self, measure: Fraction) -> Self:
        return type(self)(measure)

    def rounded(self, places: int, mode: RoundingMode = RoundingMode.HALF_UP) -> Self:
        """The points rounded to ``places`` decimals."""
        return type(self)(round_to(self.value, places, mode))

    def __str__(self) -> str:
        return decimal_text(self.value)

    def __repr__(self) -> str:
        return f"Points({decimal_text(self.value)!r})"


def points_of(value: Fraction) -> Points:
    """So many points, of a number that was worked out.

    Raises:
        BudgetperfError: it has more digits than can be printed in reasonable time.
    """
    made = object.__new__(Points)
    object.__setattr__(made, "value", bounded_result(value, field="value"))
    return made


def _whole(value: ExactInput) -> int:
    exact = bounded_result(to_exact(value, remedy="'10'"), field="value")
    if exact.denominator != 1:
        raise BudgetperfError(
            "not-whole",
            Text(
                zh=f"{decimal_text(exact)} 不是整数：计数须为整数，如 '10'",
                en=f"{decimal_text(exact)} is not whole: a count must be, such as '10'",
            ),
            field="value",
        )
    return exact.numerator


@attrs.frozen(eq=False, repr=False)
class Count(_Quantity):
    """A number of things: people, projects, times.

    Args:
        value: how many; a whole number.

    Raises:
        FloatRefusedError: the value is a float.
        BudgetperfError: the value is not whole.

    >>> Count(10) / Count(12)
    Rate('5/6')
    """

    value: int = attrs.field(converter=_whole)

    @property
    def _measure(self) -> Fraction:
        return Fraction(self.value)

    def _with(self, measure: Fraction) -> Self:
        return type(self)(measure)

    def __str__(self) -> str:
        return integer_text(self.value)

    def __repr__(self) -> str:
        return f"Count({integer_text(self.value)})"


Quantity: TypeAlias = Amount | Rate | Points | Count
"""Any exact quantity."""
