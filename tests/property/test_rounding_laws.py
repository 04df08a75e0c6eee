"""Laws of rounding and of the cells of printed values, with `decimal` as the reference."""

from __future__ import annotations

import decimal
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetperf import BudgetperfError, FloatRefusedError, Interval, RoundingMode
from budgetperf.exact import cell, round_to, unit_in_last_place
from budgetperf.exact.limits import MAX_PLACES
from tests.strategies import decimals_as_text, holds, modes, places, points_of, rationals

REFERENCE = {
    RoundingMode.HALF_UP: decimal.ROUND_HALF_UP,
    RoundingMode.HALF_DOWN: decimal.ROUND_HALF_DOWN,
    RoundingMode.HALF_EVEN: decimal.ROUND_HALF_EVEN,
    RoundingMode.NEAREST: decimal.ROUND_HALF_UP,  # either way is right: this one is promised
    RoundingMode.DOWN: decimal.ROUND_DOWN,
    RoundingMode.UP: decimal.ROUND_UP,
    RoundingMode.FLOOR: decimal.ROUND_FLOOR,
    RoundingMode.CEILING: decimal.ROUND_CEILING,
}
one_valued = st.sampled_from([mode for mode in RoundingMode if mode is not RoundingMode.NEAREST])
steps = st.integers(-30, 30)


def half_step_multiples(n: int, places: int) -> Fraction:
    return n * unit_in_last_place(places) / 2


@st.composite
def values(draw: st.DrawFn, at: int) -> Fraction:
    """Any rational, or a multiple of half a step: a tie or a printed value."""
    ties = st.integers(-40, 40).map(lambda n: half_step_multiples(n, at))
    return draw(st.one_of(ties, rationals))


@pytest.mark.parametrize("mode", RoundingMode)
@given(text=decimals_as_text(), places=places)
def test_agrees_with_decimal(mode: RoundingMode, text: str, places: int) -> None:
    with decimal.localcontext(prec=60):
        expected = Decimal(text).quantize(Decimal((0, (1,), -places)), rounding=REFERENCE[mode])
    assert round_to(text, places, mode) == Fraction(expected)


@given(data=st.data(), places=places, mode=modes)
def test_a_value_lies_in_the_cell_of_what_it_is_rounded_to(
    data: st.DataObject, places: int, mode: RoundingMode
) -> None:
    value = data.draw(values(places))
    assert holds(cell(round_to(value, places, mode), places, mode), value)


@given(data=st.data(), places=places, mode=one_valued, n=steps)
def test_a_value_lies_in_no_other_cell(
    data: st.DataObject, places: int, mode: RoundingMode, n: int
) -> None:
    value = data.draw(values(places))
    printed = round_to(value, places, mode)
    other = printed + n * unit_in_last_place(places)
    assert holds(cell(other, places, mode), value) == (n == 0)


@given(data=st.data(), places=places, mode=one_valued, n=steps)
def test_all_of_a_cell_is_rounded_to_its_value(
    data: st.DataObject, places: int, mode: RoundingMode, n: int
) -> None:
    printed = n * unit_in_last_place(places)
    assert round_to(data.draw(points_of(cell(printed, places, mode))), places, mode) == printed


@given(places=places, mode=one_valued, n=steps)
def test_cells_tile_the_line(places: int, mode: RoundingMode, n: int) -> None:
    step = unit_in_last_place(places)
    lower_cell, upper_cell = cell(n * step, places, mode), cell((n + 1) * step, places, mode)
    assert lower_cell.upper == upper_cell.lower
    assert lower_cell.upper_closed != upper_cell.lower_closed
    assert lower_cell.gap(upper_cell) == 0


@given(places=places, n=steps)
def test_cells_to_the_nearest_share_their_ends(places: int, n: int) -> None:
    step = unit_in_last_place(places)
    lower_cell = cell(n * step, places, RoundingMode.NEAREST)
    upper_cell = cell((n + 1) * step, places, RoundingMode.NEAREST)
    assert lower_cell.intersection(upper_cell) == Interval.point((n + Fraction(1, 2)) * step)


@given(text=decimals_as_text(), places=places)
def test_nearest_reaches_half_a_step_from_any_value(text: str, places: int) -> None:
    value, half = Fraction(text), unit_in_last_place(places) / 2
    assert cell(text, places, RoundingMode.NEAREST) == Interval(
        lower=value - half, upper=value + half
    )


@given(data=st.data(), places=places, mode=modes)
def test_rounding_twice_is_rounding_once(
    data: st.DataObject, places: int, mode: RoundingMode
) -> None:
    printed = round_to(data.draw(values(places)), places, mode)
    assert round_to(printed, places, mode) == printed
    assert (printed / unit_in_last_place(places)).denominator == 1


@given(data=st.data(), places=places, mode=modes)
def test_rounding_keeps_the_order(data: st.DataObject, places: int, mode: RoundingMode) -> None:
    low, high = sorted([data.draw(values(places)), data.draw(values(places))])
    assert round_to(low, places, mode) <= round_to(high, places, mode)


@given(data=st.data(), places=places, mode=modes)
def test_the_mirror_image(data: st.DataObject, places: int, mode: RoundingMode) -> None:
    mirrored = {
        RoundingMode.FLOOR: RoundingMode.CEILING,
        RoundingMode.CEILING: RoundingMode.FLOOR,
    }.get(mode, mode)
    printed = round_to(data.draw(values(places)), places, mode)
    assert round_to(-printed, places, mirrored) == -printed
    assert cell(-printed, places, mirrored) == -cell(printed, places, mode)


@given(data=st.data(), places=places, mode=one_valued)
def test_what_has_more_decimals_was_not_printed_so(
    data: st.DataObject, places: int, mode: RoundingMode
) -> None:
    odd = 2 * data.draw(steps) + 1
    with pytest.raises(BudgetperfError, match=r"小数位多于.*raise places") as caught:
        cell(half_step_multiples(odd, places), places, mode)
    assert caught.value.code == "too-many-decimals"


@pytest.mark.parametrize(
    ("value", "places", "mode", "text"),
    [  # 四舍五入: [v - u/2, v + u/2), mirrored below 0, open on both sides of 0
        ("353.21", 2, RoundingMode.HALF_UP, "[353.205, 353.215)"),
        ("-353.21", 2, RoundingMode.HALF_UP, "(-353.215, -353.205]"),
        ("0", 2, RoundingMode.HALF_UP, "(-0.005, 0.005)"),
        ("12000", -3, RoundingMode.HALF_UP, "[11500, 12500)"),
        # 截断: [v, v + u), mirrored, (-u, u) for 0
        ("99.3", 1, RoundingMode.DOWN, "[99.3, 99.4)"),
        ("-99.3", 1, RoundingMode.DOWN, "(-99.4, -99.3]"),
        ("0", 1, RoundingMode.DOWN, "(-0.1, 0.1)"),
        # away from zero: only 0 itself is printed as 0
        ("0", 1, RoundingMode.UP, "[0, 0]"),
        ("0.1", 1, RoundingMode.UP, "(0, 0.1]"),
        ("-0.1", 1, RoundingMode.UP, "[-0.1, 0)"),
        # a tie goes to the even last digit
        ("2", 0, RoundingMode.HALF_EVEN, "[1.5, 2.5]"),
        ("3", 0, RoundingMode.HALF_EVEN, "(2.5, 3.5)"),
        ("0", 0, RoundingMode.HALF_DOWN, "[-0.5, 0.5]"),
        ("1", 0, RoundingMode.HALF_DOWN, "(0.5, 1.5]"),
        ("-1", 0, RoundingMode.FLOOR, "[-1, 0)"),
        ("-1", 0, RoundingMode.CEILING, "(-2, -1]"),
    ],
)
def test_cells(value: str, places: int, mode: RoundingMode, text: str) -> None:
    assert str(cell(value, places, mode)) == text


@pytest.mark.parametrize("places", [MAX_PLACES + 1, -MAX_PLACES - 1])
def test_more_places_than_there_may_be_are_refused(places: int) -> None:
    """A power of ten of a million digits takes for ever."""
    assert unit_in_last_place(MAX_PLACES) * unit_in_last_place(-MAX_PLACES) == 1
    with pytest.raises(BudgetperfError, match=rf"not {places}$"):
        unit_in_last_place(places)


def test_half_up_is_the_default() -> None:
    assert round_to("0.5", 0) == 1
    assert round_to("-0.5", 0) == -1
    assert cell("1", 0) == cell("1", 0, RoundingMode.HALF_UP)


def test_floats_are_refused() -> None:
    with pytest.raises(FloatRefusedError, match=r"pass a string, such as '0.5'"):
        round_to(0.5, 0)  # type: ignore[arg-type]
    with pytest.raises(FloatRefusedError, match=r"pass a string, such as '0.5'"):
        cell(0.5, 0)  # type: ignore[arg-type]
