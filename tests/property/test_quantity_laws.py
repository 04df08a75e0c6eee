"""Laws of amounts, rates, points and counts."""

from __future__ import annotations

import operator
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetperf import (
    Amount,
    Count,
    FloatRefusedError,
    Points,
    Rate,
    RoundingMode,
    Undefined,
    UndefinedReason,
)
from budgetperf.exact import quotient, round_to
from tests.factories import refused
from tests.strategies import modes, pickled, places, rationals

SCALE = {"元": 1, "千元": 10**3, "万元": 10**4, "亿元": 10**8}

money_units = st.sampled_from(sorted(SCALE))
amounts = st.builds(Amount, rationals, money_units)
rates = st.builds(Rate, rationals)
points = st.builds(Points, rationals)
counts = st.builds(Count, st.integers(-(10**6), 10**6))
KINDS = [amounts, rates, points, counts]
kinds = pytest.mark.parametrize("kind", KINDS, ids=["amounts", "rates", "points", "counts"])
Kind = st.SearchStrategy[Any]


def size(quantity: Amount | Rate | Points | Count) -> Fraction:
    """In the base unit, from the public attributes."""
    if isinstance(quantity, Amount):
        return quantity.value * SCALE[quantity.unit.symbol]
    return Fraction(quantity.ratio if isinstance(quantity, Rate) else quantity.value)


@kinds
@given(data=st.data())
def test_sums_differences_and_order_are_those_of_the_sizes(kind: Kind, data: st.DataObject) -> None:
    a, b = data.draw(kind), data.draw(kind)
    assert size(a + b) == size(a) + size(b)
    assert size(a - b) == size(a) - size(b)
    assert size(-a) == -size(a)
    assert size(abs(a)) == abs(size(a))
    assert (a == b) == (size(a) == size(b))
    assert (a < b) == (size(a) < size(b))
    assert (a <= b) == (size(a) <= size(b))
    assert (a > b) == (size(a) > size(b))
    assert (a >= b) == (size(a) >= size(b))


@kinds
@given(data=st.data())
def test_a_quotient_is_exact_or_undefined(kind: Kind, data: st.DataObject) -> None:
    a, b = data.draw(kind), data.draw(kind)
    result = a / b
    if size(b):
        assert result == Rate(size(a) / size(b))
    elif size(a):
        assert result == Undefined(reason=UndefinedReason.DIVISION_BY_ZERO)
    else:
        assert result == Undefined(reason=UndefinedReason.ZERO_OVER_ZERO)


@kinds
@given(data=st.data())
def test_what_is_subtracted_can_be_added_again(kind: Kind, data: st.DataObject) -> None:
    a, b = data.draw(kind), data.draw(kind)
    assert (a - b) + b == a
    assert a - a == a + (-a)
    assert type(a - b) is type(a)


@kinds
@given(data=st.data())
def test_quantities_are_values(kind: Kind, data: st.DataObject) -> None:
    a = data.draw(kind)
    copy = pickled(a)
    assert copy == a
    assert hash(copy) == hash(a)
    assert eval(repr(a), {type(a).__name__: type(a)}) == a  # noqa: S307
    with pytest.raises(AttributeError):
        a.value = Fraction(1)


@given(a=amounts, unit=money_units)
def test_the_same_money_in_another_unit(a: Amount, unit: str) -> None:
    moved = a.to(unit)
    assert moved.unit.symbol == unit
    assert moved == a
    assert hash(moved) == hash(a)
    assert moved.yuan == a.yuan == size(a)
    assert (a + moved).unit == a.unit
    assert str(moved).endswith(unit)


@pytest.mark.parametrize("kind", [amounts, rates, points], ids=["amounts", "rates", "points"])
@given(data=st.data(), factor=rationals)
def test_a_share_is_exact(kind: Kind, data: st.DataObject, factor: Fraction) -> None:
    a = data.draw(kind)
    assert size(a * factor) == size(a) * factor
    assert a * factor == factor * a == a * Rate(factor) == Rate(factor) * a
    assert type(Rate(factor) * a) is type(a)


@given(a=amounts, b=amounts)
def test_a_rate_of_the_base_gives_the_part(a: Amount, b: Amount) -> None:
    rate = a / b
    if isinstance(rate, Rate):
        assert rate * b == a


@given(value=rationals, unit=money_units, places=places, mode=modes)
def test_rounding_is_that_of_the_unit(
    value: Fraction, unit: str, places: int, mode: RoundingMode
) -> None:
    assert Amount(value, unit).rounded(places, mode) == Amount(round_to(value, places, mode), unit)
    assert Points(value).rounded(places, mode) == Points(round_to(value, places, mode))
    percent = Rate(value / 100).rounded(places, mode)
    assert percent.ratio * 100 == round_to(value, places, mode)
    assert Rate(value / 100).percent(places, mode) == percent.percent(max(places, 0))
    if places >= 0:
        assert Rate(percent.percent(places)) == percent
        permille = Rate(value / 1000).permille(places, mode)
        assert Rate(permille).ratio * 1000 == round_to(value, places, mode)


@given(numerator=rationals, denominator=rationals)
def test_quotient(numerator: Fraction, denominator: Fraction) -> None:
    result = quotient(numerator, denominator)
    if isinstance(result, Undefined):
        assert denominator == 0
    else:
        assert result * denominator == numerator


@given(a=rationals)
def test_kinds_do_not_mix(a: Fraction) -> None:
    mixed: list[Any] = [Amount(a), Rate(a), Points(a), Count(int(a))]
    for left in mixed:
        for right in mixed:
            if left is right:
                continue
            assert left != right
            for operation in (operator.add, operator.sub, operator.truediv, operator.lt):
                with pytest.raises(TypeError):
                    operation(left, right)
    for left, right in ((mixed[0], mixed[2]), (mixed[1], mixed[3]), (mixed[0], mixed[0])):
        with pytest.raises(TypeError):
            _ = left * right


REFUSED: list[Callable[[], object]] = [
    lambda: Amount(0.5, "万元"),  # type: ignore[arg-type]
    lambda: Rate(0.5),  # type: ignore[arg-type]
    lambda: Points(0.5),  # type: ignore[arg-type]
    lambda: Count(0.5),  # type: ignore[arg-type]
    lambda: Amount(1) * 0.5,  # type: ignore[operator]
    lambda: 0.5 * Points(1),  # type: ignore[operator]
]


@pytest.mark.parametrize("make", REFUSED)
def test_floats_are_refused_with_the_remedy(make: Callable[[], object]) -> None:
    with pytest.raises(
        FloatRefusedError, match=r"请写成字符串，如 '(?:0.5|10)' / .*pass a string"
    ) as caught:
        make()
    assert isinstance(caught.value, TypeError)
    assert caught.value.code == "float-refused"


@given(value=rationals)
def test_a_count_is_whole(value: Fraction) -> None:
    if value.denominator == 1:
        assert Count(value).value == value
    else:
        with refused("not-whole", "value", match=r"不是整数.*is not whole"):
            Count(value)
