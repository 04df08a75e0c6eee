"""Units of printed numbers: money, ratios, and whatever is counted."""

from __future__ import annotations

import functools
import math
import re
from fractions import Fraction

import attrs

from .checking import positive
from .limits import MAX_UNIT, bounded_text, require_text
from .number import to_exact
from .text import BudgetperfError, Text, shown, visible
from .written.brief import as_code, literal
from .written.by_name import ByName

__all__ = [
    "MONEY",
    "NUMBER",
    "RATIO",
    "Unit",
    "divides",
    "go_together",
    "is_bare",
    "is_counter",
]

MONEY = "money"
"""The dimension of amounts of money; its base unit is 元."""
RATIO = "ratio"
"""The dimension of rates and shares printed as ``%`` or ``‰``; its base unit is 1."""
NUMBER = "number"
"""The dimension of bare numbers and of points (``分``); its base unit is 1."""

_RATIOS = {
    "%": Fraction(1, 100),
    "百分比": Fraction(1, 100),
    "百分点": Fraction(1, 100),
    "个百分点": Fraction(1, 100),
    "‰": Fraction(1, 1000),
}
_SAME = {"名": "人", "位": "人", "分": NUMBER, "": NUMBER}
_POWERS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_MONEY = {"元", "圆", "元整", "圆整", "元正", "圆正"}


_TIMES = re.compile("[·•・*.]")
_UNIT = Text(zh="单位", en="the unit")


def _short(_: object, attribute: attrs.Attribute[str], value: str) -> None:
    bounded_text(value, MAX_UNIT, _UNIT, field=attribute.name)
    if visible(value) != value:
        message = Text(
            zh=f"单位 {shown(value)} 含有不显示的字符：请重新输入",
            en=f"the unit {shown(value)} holds characters that do not show: type it again",
        )
        raise BudgetperfError("bad-unit", message, field=attribute.name)


@attrs.frozen(kw_only=True, cache_hash=True)
class Unit(ByName):
    """A unit as printed, what it measures, and its size in the base unit.

    Two units of one ``dimension`` convert into each other. What is counted is its own dimension:
    ``次`` and ``人`` never mix (``名`` and ``人`` are one). Points (``分``) are bare numbers;
    a bare number and a percentage differ. Which units add and compare, ``go_together`` says.

    Args:
        symbol: as printed: ``"万元"``, ``"%"``, ``"次"``, or ``""`` for a bare number.
        dimension: ``MONEY``, ``RATIO``, ``NUMBER``, or the name of what is counted.
        scale: the size in the dimension's base unit (元; 1; one of the things counted).

    Raises:
        WrongTypeError: the symbol or the dimension is no text, or the scale is not exact.
        BudgetperfError: one of the two is longer than any unit or holds characters that do not
            show, or the scale is not above 0.
    """

    symbol: str = attrs.field(validator=_short)
    dimension: str = attrs.field(validator=_short)
    scale: Fraction = attrs.field(converter=to_exact, validator=positive)

    @classmethod
    def of(cls, symbol: str) -> Unit:
        """The unit printed as ``symbol``.

        Raises:
            WrongTypeError: it is no text.
            BudgetperfError: it is longer than any unit.

        >>> Unit.of("万元").scale, Unit.of("‰").dimension, Unit.of("万件").dimension
        (Fraction(10000, 1), 'ratio', '件')
        """
        require_text(symbol, field="unit", remedy="'万元'")
        bounded_text(symbol, MAX_UNIT, _UNIT, field="unit")
        return _of(symbol)

    def require(self, other: Unit) -> None:
        """Refuse ``other`` if it measures something else.

        Raises:
            BudgetperfError: the dimensions differ.
        """
        if self.dimension != other.dimension:
            raise BudgetperfError(
                "unit-mismatch",
                Text(
                    zh=f"单位“{self.symbol}”与“{other.symbol}”不能相加或比较：请统一单位",
                    en=f"the units {shown(self.symbol)} and {shown(other.symbol)} do not add or "
                    "compare: "
                    "state both in the same unit",
                ),
            )

    def __str__(self) -> str:
        return self.symbol

    def __repr__(self) -> str:
        known = self == _of(self.symbol)
        return f"Unit.of({literal(self.symbol)})" if known else as_code(self)


def go_together(unit: Unit, other: Unit) -> bool:
    """Whether numbers in both units add and compare.

    Those of one dimension do. A bare number beside what is counted one by one counts the same;
    beside money or a percentage it does not, and beside ``万人`` it may count them or single ones.

    >>> go_together(Unit.of(""), Unit.of("人")), go_together(Unit.of(""), Unit.of("万人"))
    (True, False)
    >>> go_together(Unit.of("个"), Unit.of("人")), go_together(Unit.of(""), Unit.of("%"))
    (False, False)
    """
    counted = (is_bare(unit) and is_counter(other)) or (is_counter(unit) and is_bare(other))
    return counted or unit.dimension == other.dimension


def divides(base: Unit, unit: Unit, *, base_is_zero: bool, is_zero: bool) -> bool:
    """Whether a number in ``unit`` is divided by one in the unit ``base``.

    0 without a unit is 0 in every unit. Beside a base in things counted a bare number counts the
    same things; of a bare base it is not known what it counts.

    >>> divides(Unit.of("次"), Unit.of(""), base_is_zero=False, is_zero=False)
    True
    >>> divides(Unit.of(""), Unit.of("次"), base_is_zero=False, is_zero=False)
    False
    """
    if unit.dimension == base.dimension:
        return True
    if is_bare(unit) and (is_zero or go_together(unit, base)):
        return True
    return is_bare(base) and base_is_zero


def is_bare(unit: Unit) -> bool:
    """Whether no unit is printed, so that it is not said what is counted."""
    return not unit.symbol


def is_counter(unit: Unit) -> bool:
    """Whether it names what is counted or measured, one by one: ``人``, ``次``, ``公里``."""
    return unit.dimension not in (MONEY, RATIO, NUMBER) and unit.scale == 1


@functools.lru_cache(maxsize=256)
def _of(symbol: str) -> Unit:
    if symbol in _RATIOS:
        return Unit(symbol=symbol, dimension=RATIO, scale=_RATIOS[symbol])
    base = symbol.lstrip("".join(_POWERS))
    scale = math.prod(_POWERS[power] for power in symbol.removesuffix(base))
    plain = _TIMES.sub("/", base) if "/" in base else base  # 元/人·月 is 元/人/月
    dimension = MONEY if base in _MONEY else _SAME.get(plain, plain)
    return Unit(symbol=symbol, dimension=dimension, scale=Fraction(scale))
