"""Units as they are printed."""

from __future__ import annotations

from fractions import Fraction

import pytest

from budgetperf import FloatRefusedError, Unit, WrongTypeError
from budgetperf.exact import MONEY, NUMBER, RATIO
from budgetperf.exact.unit import divides, go_together
from tests.factories import refused
from tests.strategies import pickled


@pytest.mark.parametrize(
    ("symbol", "dimension", "scale"),
    [
        ("元", MONEY, 1),
        ("圆", MONEY, 1),
        ("元整", MONEY, 1),
        ("百元", MONEY, 100),
        ("千元", MONEY, 1000),
        ("万元", MONEY, 10**4),
        ("十万元", MONEY, 10**5),
        ("百万元", MONEY, 10**6),
        ("亿元", MONEY, 10**8),
        ("万亿元", MONEY, 10**12),
        ("", NUMBER, 1),
        ("分", NUMBER, 1),
        ("万", NUMBER, 10**4),
        ("%", RATIO, Fraction(1, 100)),
        ("百分比", RATIO, Fraction(1, 100)),
        ("百分点", RATIO, Fraction(1, 100)),
        ("个百分点", RATIO, Fraction(1, 100)),
        ("‰", RATIO, Fraction(1, 1000)),
        ("次", "次", 1),
        ("万件", "件", 10**4),
        ("人次", "人次", 1),
        ("名", "人", 1),
        ("元/亩", "元/亩", 1),
        ("千米", "米", 1000),
    ],
)
def test_units(symbol: str, dimension: str, scale: Fraction) -> None:
    unit = Unit.of(symbol)
    assert (unit.symbol, unit.dimension, unit.scale) == (symbol, dimension, scale)
    assert type(unit.scale) is Fraction
    assert str(unit) == symbol
    assert unit == Unit(symbol=symbol, dimension=dimension, scale=scale)
    assert hash(unit) == hash(Unit.of(symbol))
    assert pickled(unit) == unit


@pytest.mark.parametrize(
    ("symbol", "other_symbol", "together"),
    [
        ("", "人", True),
        ("", "公里", True),
        ("名", "人", True),
        ("万人", "人", True),
        ("万元", "元", True),
        ("分", "", True),
        ("", "万", True),
        ("", "元", False),
        ("", "%", False),
        ("", "万人", False),
        ("万", "人", False),
        ("分", "次", False),
        ("个", "人", False),
        ("元", "人", False),
        ("%", "人", False),
    ],
)
def test_which_units_go_together(symbol: str, other_symbol: str, together: bool) -> None:
    units = Unit.of(symbol), Unit.of(other_symbol)
    assert go_together(*units) is together
    assert go_together(*reversed(units)) is together


@pytest.mark.parametrize("symbol", ["a\nb", "元\u200b", "\u202e元", "元\x1b[8m", "\ud800"])
def test_a_unit_shows_all_that_it_is(symbol: str) -> None:
    with refused("bad-unit", match=r"不显示的字符.*do not show"):
        Unit.of(symbol)


@pytest.mark.parametrize("symbol", ["x" * 40, "亿" * 40])
def test_as_long_as_a_unit_may_be(symbol: str) -> None:
    assert str(Unit.of(symbol)) == symbol


@pytest.mark.parametrize("symbol", ["x" * 41, "亿" * 200_000])
def test_what_is_longer_than_a_unit(symbol: str) -> None:
    with refused("too-long", "unit", match=r"单位过长.*unit is too long"):
        Unit.of(symbol)
    with refused("too-long", "symbol"):
        Unit(symbol=symbol, dimension="x", scale=1)


def test_units_of_one_dimension_go_together() -> None:
    assert Unit.of("万元").require(Unit.of("元")) is None  # type: ignore[func-returns-value]
    assert Unit.of("%").require(Unit.of("‰")) is None  # type: ignore[func-returns-value]


@pytest.mark.parametrize(
    ("symbol", "other_symbol"), [("万元", "%"), ("次", "人"), ("", "元"), ("", "%")]
)
def test_units_of_two_dimensions_do_not(symbol: str, other_symbol: str) -> None:
    with refused("unit-mismatch", match=r"不能相加或比较.*do not add or compare"):
        Unit.of(symbol).require(Unit.of(other_symbol))


@pytest.mark.parametrize("symbol", [None, 5, 0.5, ["元"]])
def test_a_unit_is_text(symbol: object) -> None:
    with pytest.raises(WrongTypeError):
        Unit.of(symbol)  # type: ignore[arg-type]


@pytest.mark.parametrize("scale", [0, -1])
def test_a_scale_is_above_0(scale: int) -> None:
    with refused("not-positive", "scale"):
        Unit(symbol="x", dimension="x", scale=scale)


def test_a_scale_is_exact() -> None:
    with pytest.raises(FloatRefusedError):
        Unit(symbol="x", dimension="x", scale=0.1)  # type: ignore[arg-type]


def test_0_without_a_unit_is_a_base_of_anything() -> None:
    """0 beside 5 次 does not say what it counts; 0 元 does."""
    times, money, bare = Unit.of("次"), Unit.of("元"), Unit.of("")
    assert divides(bare, times, base_is_zero=True, is_zero=False)
    assert not divides(bare, times, base_is_zero=False, is_zero=False)
    assert not divides(money, times, base_is_zero=True, is_zero=False)


@pytest.mark.parametrize("unit", ["元", "次", "%"])
def test_a_bare_zero_is_0_in_every_unit(unit: str) -> None:
    """Above the line or below it; any other bare number counts what the other one counts."""
    bare, other = Unit.of(""), Unit.of(unit)
    assert divides(other, bare, base_is_zero=False, is_zero=True)
    assert divides(bare, other, base_is_zero=True, is_zero=False)
    assert divides(other, bare, base_is_zero=False, is_zero=False) == (unit == "次")
    assert not divides(bare, other, base_is_zero=False, is_zero=True)
