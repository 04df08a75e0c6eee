"""The rates of the field: exact, and undefined on a zero base (domain/rules.md §1, §5)."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetperf import (
    Amount,
    BudgetperfError,
    Count,
    DeviationDefinition,
    FloatRefusedError,
    Points,
    Rate,
    Undefined,
    UndefinedReason,
    adjustment_rate,
    completion_rate,
    deviation,
    execution_rate,
    gross_adjustment_rate,
    procurement_execution_rate,
    share,
    staffing_control_rate,
    three_public_change_rate,
    three_public_control_rate,
)

amounts = st.decimals(-(10**6), 10**6, places=2)
units = st.sampled_from(["元", "万元", "亿元"])

QUOTIENTS: list[Callable[[Amount, Amount], Rate | Undefined]] = [
    lambda a, b: execution_rate(executed=a, revised=b),
    lambda a, b: adjustment_rate(adjustment=a, initial=b),
    lambda a, b: share(part=a, total=b),
    lambda a, b: three_public_control_rate(actual=a, budget=b),
    lambda a, b: procurement_execution_rate(actual=a, budget=b),
]


@pytest.mark.parametrize("rate", QUOTIENTS)
def test_zero_bases(rate: Callable[[Amount, Amount], Rate | Undefined]) -> None:
    """Neither 0 % nor 100 %."""
    zero, some = Amount(0), Amount(5)
    assert rate(zero, zero) == Undefined(reason=UndefinedReason.ZERO_OVER_ZERO)
    assert rate(some, zero) == Undefined(reason=UndefinedReason.DIVISION_BY_ZERO)
    assert rate(zero, some) == Rate(0)
    assert rate(some, some) == Rate(1)


@given(a=amounts, b=amounts.filter(bool), unit=units, other=units, index=st.integers(0, 4))
def test_rates_scale_out_of_units(a: object, b: object, unit: str, other: str, index: int) -> None:
    rate = QUOTIENTS[index]
    top, bottom = Amount(str(a), unit), Amount(str(b), unit)
    expected = Rate(Fraction(str(a)) / Fraction(str(b)))
    assert rate(top, bottom) == expected
    assert rate(top.to(other), bottom.to("元")) == expected


def test_the_rates_of_the_report() -> None:
    """Execution 100 %, adjustment 68.47 % (the report prints 68.48 %), shares 40.25 and 59.75."""
    revised = Amount("595.07", "万元")
    assert execution_rate(executed=revised, revised=revised) == Rate("100%")
    adjusted = adjustment_rate(adjustment=Amount("241.86"), initial=Amount("353.21"))
    assert isinstance(adjusted, Rate)
    assert adjusted.percent(2) == "68.47%"
    for part, percent in (("239.53", "40.25%"), ("355.55", "59.75%")):
        found = share(part=Amount(part, "万元"), total=revised)
        assert isinstance(found, Rate)
        assert found.percent(2) == percent


def test_hunan() -> None:
    """rules.md §4.4: 136/143 = 95.10 %, (63.46 - 32)/32 = 98.31 %."""
    control = staffing_control_rate(in_service=Count(136), authorised=Count(143))
    assert isinstance(control, Rate)
    assert control.percent(2) == "95.10%"
    change = three_public_change_rate(this_year=Amount("63.46"), last_year=Amount(32))
    assert isinstance(change, Rate)
    assert change.percent(2) == "98.31%"
    assert isinstance(three_public_change_rate(this_year=Amount(1), last_year=Amount(0)), Undefined)
    assert isinstance(staffing_control_rate(in_service=Count(0), authorised=Count(0)), Undefined)


def test_the_two_adjustment_rates_differ() -> None:
    """The 2013 framework adds up absolute moves: +30 and -20 are 50 of 100, not 10."""
    moves = [Amount(30, "万元"), Amount(-20, "万元")]
    budget = Amount(100, "万元")
    assert gross_adjustment_rate(moves=moves, budget=budget) == Rate("50%")
    assert adjustment_rate(adjustment=moves[0] + moves[1], initial=budget) == Rate("10%")
    assert gross_adjustment_rate(moves=[], budget=budget) == Rate(0)
    assert isinstance(gross_adjustment_rate(moves=moves, budget=Amount(0)), Undefined)


@pytest.mark.parametrize(
    ("actual", "target", "rate"),
    [
        (Rate("100%"), Rate("90%"), Fraction(10, 9)),
        (Count(12), Count(10), Fraction(6, 5)),
        (Amount(1, "万元"), Amount(20000, "元"), Fraction(1, 2)),
        (Points(9), Points(10), Fraction(9, 10)),
        ("12", 10, Fraction(6, 5)),
        (Fraction(1, 3), "1/6", Fraction(2)),
    ],
)
def test_completion(actual: Rate, target: Rate, rate: Fraction) -> None:
    assert completion_rate(actual=actual, target=target) == Rate(rate)


@pytest.mark.parametrize(
    ("actual", "target"),
    [(Rate(1), Count(10)), (Count(1), 10), ("12", Points(10)), (Amount(1), Rate(1))],
)
def test_kinds_do_not_mix(actual: Rate, target: Rate) -> None:
    for definition in DeviationDefinition:
        with pytest.raises(BudgetperfError) as caught:
            deviation(actual=actual, target=target, definition=definition)
        assert caught.value.code == "unit-mismatch"
    with pytest.raises(BudgetperfError):
        completion_rate(actual=actual, target=target)


POINTS, TO_TARGET, TO_ACTUAL = DeviationDefinition


@pytest.mark.parametrize(
    ("definition", "actual", "target", "expected"),
    [
        # the report of 2023: 100 against 90, 97 against 95, 99 against 90
        (POINTS, Rate("100%"), Rate("90%"), Fraction(10, 100)),
        (POINTS, Rate("97%"), Rate("95%"), Fraction(2, 100)),
        (POINTS, Rate("99%"), Rate("90%"), Fraction(9, 100)),
        (TO_TARGET, Rate("99%"), Rate("90%"), Fraction(1, 10)),
        (TO_ACTUAL, Rate("100%"), Rate("90%"), Fraction(1, 10)),
        (POINTS, Count(12), Count(10), Fraction(1, 5)),
        (POINTS, "12", "10", Fraction(1, 5)),
        (TO_TARGET, Count(8), Count(10), Fraction(-1, 5)),
        (TO_ACTUAL, Count(8), Count(10), Fraction(-1, 4)),
    ],
)
def test_deviation(
    definition: DeviationDefinition, actual: Rate, target: Rate, expected: Fraction
) -> None:
    assert deviation(actual=actual, target=target, definition=definition) == Rate(expected)


def test_deviation_on_nothing() -> None:
    zero, some = Count(0), Count(5)
    for definition, actual, target in (
        (TO_TARGET, some, zero), (POINTS, some, zero), (TO_ACTUAL, zero, some),
    ):  # fmt: skip
        found = deviation(actual=actual, target=target, definition=definition)
        assert found == Undefined(reason=UndefinedReason.DIVISION_BY_ZERO)
    assert deviation(actual=zero, target=zero, definition=TO_TARGET) == Undefined(
        reason=UndefinedReason.ZERO_OVER_ZERO
    )
    assert deviation(actual=Rate(1), target=Rate(0), definition=POINTS) == Rate(1)


@pytest.mark.parametrize("value", [1.5, "595.07", 5, Rate(1), None])
def test_amounts_are_amounts(value: object) -> None:
    with pytest.raises(FloatRefusedError):
        execution_rate(executed=value, revised=Amount(1))  # type: ignore[arg-type]
    with pytest.raises(FloatRefusedError):
        share(part=Amount(1), total=value)  # type: ignore[arg-type]


def test_counts_are_counts() -> None:
    with pytest.raises(FloatRefusedError):
        staffing_control_rate(in_service=10, authorised=Count(12))  # type: ignore[arg-type]


def test_a_float_measure_is_refused() -> None:
    with pytest.raises(FloatRefusedError):
        completion_rate(actual=0.9, target=1)  # type: ignore[arg-type]


def test_definitions_have_names() -> None:
    for definition in DeviationDefinition:
        assert definition.label.zh
        assert definition.label.en
