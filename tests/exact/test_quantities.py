"""Amounts, rates, points and counts, by example."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetperf import (
    Amount,
    BudgetperfError,
    Count,
    Interval,
    Points,
    Rate,
    RoundingMode,
    Undefined,
    UndefinedReason,
    Unit,
)
from tests.factories import refused, typed


def test_what_another_quantity_prints_is_no_remedy() -> None:
    with pytest.raises(BudgetperfError) as caught:
        Amount("5%")
    assert "Amount.parse('5%')" not in str(caught.value)


def test_the_same_money_is_equal() -> None:
    assert Amount(1, "万元") == Amount(10000)
    assert len({Amount(1, "万元"), Amount(10000), Amount("0.0001", Unit.of("亿元"))}) == 1
    assert str(Amount("595.07", "万元").to("元")) == "5950700元"
    assert Amount("1/3").rounded(2) == Amount("0.33")
    assert Amount("0.5").rounded(0, RoundingMode.DOWN) == Amount(0)


def test_sums_keep_the_unit_of_the_first() -> None:
    total = Amount("1.5", "万元") + Amount(5000)
    assert total.value == 2
    assert total.unit.symbol == "万元"
    assert str(Amount(5000) - Amount("1.5", "万元")) == "-10000元"


def test_an_execution_rate() -> None:
    rate = typed(Rate, Amount("241.86", "万元") / Amount(3532100))
    assert rate.ratio == Fraction(24186, 35321)
    assert rate.percent(2) == "68.47%"
    assert rate.percent(2, RoundingMode.UP) == "68.48%"
    assert rate.permille(1) == "684.7‰"
    assert rate.rounded(2) == Rate("68.47%")
    assert rate.percent(-1) == "70%"


def test_a_rate_on_a_zero_base_is_neither_0_nor_100_percent() -> None:
    assert Amount(0) / Amount(0) == Undefined(reason=UndefinedReason.ZERO_OVER_ZERO)
    assert Amount(5) / Amount(0) == Undefined(reason=UndefinedReason.DIVISION_BY_ZERO)
    assert Count(0) / Count(0) == Undefined(reason=UndefinedReason.ZERO_OVER_ZERO)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("353.21万元", Amount("353.21", "万元")),
        ("叁佰元伍角整", Amount("300.5")),
        ("¥1,234.5", Amount("1234.5")),
    ],
)
def test_amounts_are_read(text: str, amount: Amount) -> None:
    assert Amount.parse(text) == amount
    assert Amount.parse(text).unit == amount.unit


@pytest.mark.parametrize("text", ["353.21", "5次", "90%"])
def test_what_is_no_money_is_no_amount(text: str) -> None:
    with refused("not-money", "unit", match=r"不是金额单位.*not a unit of money"):
        Amount.parse(text)
    with pytest.raises(BudgetperfError):
        Amount(1).to(Unit.of("%"))


@pytest.mark.parametrize(
    ("value", "ratio"),
    [
        ("68.48%", Fraction(6848, 10000)),
        ("68.48％", Fraction(6848, 10000)),
        ("0.9‰", Fraction(9, 10000)),
        ("1,000%", Fraction(10)),
        ("0.5", Fraction(1, 2)),
        ("1/3", Fraction(1, 3)),
        (Decimal("0.5"), Fraction(1, 2)),
        (1, Fraction(1)),
    ],
)
def test_rates_are_read(value: str | int | Decimal, ratio: Fraction) -> None:
    assert Rate(value).ratio == ratio


@pytest.mark.parametrize("value", ["", "half", "5次", "%"])
def test_what_is_no_number_is_no_rate(value: str) -> None:
    with pytest.raises(BudgetperfError):
        Rate(value)


@pytest.mark.parametrize(
    ("quantity", "text", "shown"),
    [
        (Amount("595.070", "万元"), "595.07万元", "Amount('595.07', '万元')"),
        (Amount("1/3"), "1/3元", "Amount('1/3', '元')"),
        (Rate(1), "100%", "Rate('1')"),
        (Rate("1/3"), "1/3", "Rate('1/3')"),
        (Points("18.50"), "18.5", "Points('18.5')"),
        (Points("1/3"), "1/3", "Points('1/3')"),
        (Count("12"), "12", "Count(12)"),
    ],
)
def test_text(quantity: object, text: str, shown: str) -> None:
    assert str(quantity) == text
    assert repr(quantity) == shown


def test_equal_sizes_of_two_kinds_are_two_values() -> None:
    assert len({Amount(1), Rate(1), Points(1), Count(1), Fraction(1)}) == 5


def test_rates_are_formatted_exactly() -> None:
    rate = Rate("24186/35321")  # 0.684748...
    assert (f"{rate:.2%}", f"{rate:.1‰}", f"{rate:.4f}") == ("68.47%", "684.7‰", "0.6847")
    assert f"{Rate('0.5'):.0f}" == f"{Rate('1/2'):.0f}" == "1"  # away from 0, where floats give 0
    assert f"{Rate('-0.00125'):.1%}" == "-0.1%"
    assert f"{Rate('1.005'):.2f}" == "1.01"  # the float nearest to it lies below
    assert (f"{rate:>8.1%}", f"{rate:<8.1%}|", f"{Rate(1)}") == ("   68.5%", "68.5%   |", "100%")
    assert (f"{rate:+.2%}", f"{-rate:+.2%}", f"{Rate(0):+.0%}") == ("+68.47%", "-68.47%", "+0%")
    assert (f"{Rate(1):+}", f"{Rate(1):+>6}", f"{rate:^+9.1%}") == ("+100%", "++100%", " +68.5%  ")
    assert (round(rate, 2), round(Rate("2.5")), float(Rate("0.25"))) == (
        Rate("0.68"),
        Rate(3),
        0.25,
    )


@pytest.mark.parametrize("spec", [".2", "%", "d", ".2e", "x", ".99999%", ".2%%", "010.2%"])
def test_other_formats_of_rates_are_refused(spec: str) -> None:
    with pytest.raises(BudgetperfError, match=r"\.2%") as caught:
        format(Rate(1), spec)
    assert caught.value.code == "bad-format"


def test_quantities_add_up() -> None:
    assert sum([Amount("1", "万元"), Amount("5000")]) == Amount("1.5", "万元")
    assert sum([Points("9.5"), Points("0.5")]) == Points(10)
    assert sum(list[Amount]()) == 0
    for start in (1, False, Points(1)):
        with pytest.raises(TypeError):
            start + Amount(1)  # type: ignore[operator]


def test_a_rate_lies_in_its_interval() -> None:
    inside = Rate.within(Fraction(1, 2), Interval(lower="0.45", upper="0.55"))
    assert inside == Rate("50%")
    assert Rate("50%").interval == Interval.point("0.5")
    assert (inside * 2).interval == Interval(lower="0.9", upper="1.1")
    assert (-2 * inside).interval == Interval(lower="-1.1", upper="-0.9")
    with refused("not-within", "interval"):
        Rate.within(Fraction(1), Interval(lower="0.45", upper="0.55"))


@pytest.mark.parametrize(
    ("value", "spec", "written"),
    [
        (Points("9.815"), ".2f", "9.82"),
        (Points(98), ".1f", "98.0"),
        (Points("-0.004"), ".2f", "0.00"),
        (Points("1/3"), "", "1/3"),
        (Points(3), ">6", "     3"),
        (Points(3), "+.1f", "+3.0"),
        (Points(-3), "+.1f", "-3.0"),
        (Count(12345), ",.0f", "12,345"),
        (Amount("-1234567.895", "万元"), ",.2f", "-1,234,567.90万元"),
        (Amount("999.995"), ",.2f", "1,000.00元"),
        (Amount("353.21", "万元"), "<10", "353.21万元  "),
        (Points(10**4500), ",.1f", "1" + ",000" * 1500 + ".0"),
    ],
)
def test_quantities_are_formatted_exactly(value: Any, spec: str, written: str) -> None:
    assert format(value, spec) == written


@pytest.mark.parametrize("spec", [".2%", "d", "f", ".2", ",", "08.2f", "e"])
def test_other_formats_are_refused(spec: str) -> None:
    for value in (Points(1), Amount(1), Count(1)):
        with pytest.raises(BudgetperfError) as caught:
            format(value, spec)
        assert caught.value.code == "bad-format"


@given(st.decimals(-(10**9), 10**9, places=4), st.integers(0, 3))
def test_a_format_rounds_as_decimals_do(value: Decimal, places: int) -> None:
    rounded = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    written = f"{rounded + 0:,.{places}f}"
    assert format(Points(value), f",.{places}f") == written
    assert format(Amount(value, "万元"), f",.{places}f") == f"{written}万元"


@pytest.mark.parametrize("lower", [None, "0.9454"])
@pytest.mark.parametrize("upper", [None, "0.9556"])
def test_a_rate_is_rounded_with_all_that_it_can_be(lower: str | None, upper: str | None) -> None:
    """Where it has no end it has none afterwards."""
    rate = Rate.within(Fraction("0.95"), Interval(lower=lower, upper=upper))
    ends = rate.rounded(0).interval
    assert ends.lower == (None if lower is None else Fraction("0.95"))
    assert ends.upper == (None if upper is None else Fraction("0.96"))
