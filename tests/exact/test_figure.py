"""Figures: what a printed number is good for."""

from __future__ import annotations

import decimal
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import pytest

from budgetperf import (
    Figure,
    FloatRefusedError,
    Interval,
    Missing,
    RoundingMode,
    Unit,
    WrongTypeError,
    parse_figure,
)
from budgetperf.exact import Place, common_interval, parse_number, share_precision
from budgetperf.exact.figure import as_printed, as_rounded, at_place, decimals_of
from tests.factories import refused, typed


def test_a_figure_as_a_report_prints_it() -> None:
    figure = Figure(value="353.21", unit="万元")
    assert figure.value == Decimal("353.21")
    assert figure.unit == Unit.of("万元")
    assert figure.places == 2
    assert figure.rounding is RoundingMode.HALF_UP
    assert not figure.is_exact
    assert figure.text == str(figure) == "353.21万元"
    assert figure.nominal == 3532100
    assert figure.interval == Interval(lower=3532050, upper=3532150, upper_closed=False)
    assert figure.interval_under(RoundingMode.DOWN) == Interval(
        lower=3532100, upper=3532200, upper_closed=False
    )
    assert figure.interval_under(None) == Interval.point(3532100)


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        ("30.00", 2, "30.00"),
        ("30", 0, "30"),
        (30, 0, "30"),
        (Decimal("1E+3"), 0, "1000"),
        (Decimal("0.10"), 2, "0.10"),
    ],
)
def test_the_places_are_those_of_the_print(
    value: str | int | Decimal, places: int, text: str
) -> None:
    figure = Figure(value=value)
    assert (figure.places, figure.text) == (places, text)


def test_equal_if_they_say_the_same_in_the_same_print_at_the_same_place() -> None:
    figure = Figure(value="30", path="a", place=Place(line=1, column=2))
    assert figure == Figure(value="30", path="a", place=Place(line=1, column=2))
    assert figure != Figure(value="30", path="a", place=Place(line=1))
    assert figure != Figure(value="30", path="b", place=Place(line=1, column=2))
    assert figure != Figure(value="30.00", path="a", place=Place(line=1, column=2))


def test_a_place_that_says_more_changes_nothing_else() -> None:
    figure = Figure(value="353.21", unit="万元", path="a", place=Place(line=1, column=2))
    place = Place(line=1, column=2, sheet="自评表", cell="C12")
    assert at_place(figure, place) == attrs.evolve(figure, place=place)
    assert figure.place == Place(line=1, column=2)


@pytest.mark.parametrize("value", [0.5, True, Fraction(1, 2), None])
def test_values_of_other_types_are_refused(value: object) -> None:
    with pytest.raises(WrongTypeError, match=r"pass a string") as caught:
        Figure(value=value)  # type: ignore[arg-type]
    assert caught.value.field == "value"


@pytest.mark.parametrize("value", ["1/3", "1/2", "353.21万元", "", Decimal("NaN")])
def test_values_that_are_no_decimal_are_refused(value: str | Decimal) -> None:
    with refused("not-a-number", "value"):
        Figure(value=value)


def test_more_decimals_than_places_are_refused() -> None:
    with refused("too-many-decimals"):
        Figure(value="30.01", places=1)


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("10", True),
        ("836项", True),
        ("5万", False),  # a ratio of 10,000s: good to 万
        ("16.3万件", False),
        ("353万元", False),
        ("90%", False),
        ("9.5", False),
    ],
)
def test_bare_integers_and_counts_are_exact(text: str, exact: bool) -> None:
    assert Figure.parse(text).is_exact == exact
    assert Figure.parse(text, exact=True).is_exact
    assert not Figure.parse(text, exact=False).is_exact


def test_parsing_keeps_where_it_stands() -> None:
    place = Place(line=3)
    figure = Figure.parse(" 90% ", rounding=RoundingMode.DOWN, path="x.y", place=place)
    assert (figure.text, figure.path, figure.place) == ("90%", "x.y", place)
    assert figure.rounding is RoundingMode.DOWN
    cell = parse_figure("5.0", place=place, path="x.y")
    assert cell == Figure(value="5.0", path="x.y", place=place)
    missing = typed(Missing, parse_figure("—", path="x.y"))
    assert missing.line is None


def test_printing_a_true_value() -> None:
    figure = Figure.rounded("0.684748", unit="%", places=2, path="rate")
    assert (figure.text, figure.value, figure.path) == ("68.47%", Decimal("68.47"), "rate")
    tens = Figure.rounded(12345, unit=Unit.of("元"), places=-2)
    assert (tens.text, tens.places) == ("12300元", -2)
    assert Figure.rounded("0.69", places=0, rounding=RoundingMode.DOWN).text == "0"
    with pytest.raises(FloatRefusedError):
        Figure.rounded(0.5, places=1)  # type: ignore[arg-type]


def test_another_unit() -> None:
    figure = Figure(value="353.21", unit="万元", path="p", place=Place(line=9))
    moved = figure.to("元")
    assert (moved.text, moved.places) == ("3532100元", -2)
    assert (moved.path, moved.place) == (figure.path, figure.place)
    assert figure.to(Unit.of("亿元")).text == "0.035321亿元"
    assert Figure(value="5", unit="‰").to("%").places == 1
    with refused("unit-mismatch"):
        figure.to("%")


def column(*texts: str) -> tuple[Figure, ...]:
    return share_precision(Figure.parse(text) for text in texts)


def test_30_among_decimals_is_good_for_as_many() -> None:
    thirty, _ = column("30", "29.99")
    assert thirty.interval == Interval(lower="29.995", upper="30.005", upper_closed=False)
    assert thirty.text == "30"


def test_a_column_of_integers_is_exact() -> None:
    assert all(figure.is_exact for figure in column("30万元", "12万元"))


def test_each_unit_has_its_own_precision() -> None:
    money, rate, count = column("30万元", "68.48%", "3次")
    assert (money.places, rate.places, count.places) == (0, 2, 0)
    assert (money.is_exact, rate.is_exact, count.is_exact) == (True, False, True)


def test_a_mode_of_rounding_is_kept() -> None:
    cut = Figure(value="30", rounding=RoundingMode.DOWN)
    shared, _ = share_precision([cut, Figure(value="0.5")])
    assert (shared.rounding, shared.places) == (RoundingMode.DOWN, 1)


@pytest.mark.parametrize(
    ("text", "is_exact"),
    [
        ("3人", True),
        ("3.0人", False),
        ("3.5人", False),
        ("3", True),
        ("3万元", False),
        ("3%", False),
    ],
)
def test_as_its_print_alone_says_only_a_whole_number_of_things_is_exact(
    text: str, *, is_exact: bool
) -> None:
    for exact in (True, False):
        assert as_printed(Figure.parse(text, exact=exact)).is_exact is is_exact


@pytest.mark.parametrize("capitals", [0, 1])
@pytest.mark.parametrize(
    ("text", "places"),
    [("12", 0), ("1.50", 2), ("1E-7", 7), ("1.5E-9", 10), ("0E-8", 8), ("1E+3", 0), ("1.25E+1", 1)],
)
def test_decimals_as_they_are_written_with_a_power_of_ten_or_without(
    text: str, places: int, capitals: int
) -> None:
    """Python writes 1E-7, or 1e-7 where the context has it so."""
    with decimal.localcontext(capitals=capitals):
        assert decimals_of(Decimal(text)) == places


def test_one_quantity_at_two_precisions() -> None:
    fine, coarse = Figure(value="89.974"), Figure(value="89.97")
    assert common_interval([fine, coarse]) == fine.interval
    assert common_interval([Figure(value="2026400", unit="元"), Figure.parse("202.64万元")]) == (
        Interval(lower="2026399.5", upper="2026400.5", upper_closed=False)
    )
    assert common_interval([fine, Figure(value="89.98")]) is None
    assert common_interval([Figure(value="89.98"), coarse, coarse]) is None


# --- Figures at the edge of what can be stated


def test_a_long_figure_in_another_unit() -> None:
    """What is worked out from a number in text may have more digits than the text may."""
    long = Figure(value="1." + "3" * 100, unit="亿元")
    assert long.to("元").nominal == long.nominal
    assert long.to("元").interval == long.interval


def test_a_figure_in_a_unit_that_is_no_power_of_ten_off() -> None:
    """25.00 in a unit of 3 元 would be 75.00元, which is known to within 1.5 分 and not 0.5."""
    dozen = Unit(symbol="三元", dimension="money", scale=3)
    with refused("not-decimal", "unit", match="not a power of ten apart"):
        Figure(value="25.00", unit=dozen).to("元")


def test_an_exact_figure_has_the_places_of_its_value() -> None:
    """One that is exact says all its digits, whatever places it is given."""
    figure = Figure(value="18.55", places=0, rounding=None)
    assert figure.places == 2
    assert str(figure.interval_under(RoundingMode.HALF_UP)) == "[18.545, 18.555)"
    assert Figure(value="18.00", places=0, rounding=None).places == 0


def test_a_figure_that_may_be_a_tie_is_read_in_other_modes() -> None:
    """NEAREST spans half a unit to either side of any value; another mode needs its decimals."""
    figure = Figure(value="18.5", places=0, rounding=RoundingMode.NEAREST)
    assert str(figure.interval) == "[18, 19]"
    assert str(figure.interval_under(RoundingMode.DOWN)) == "[18.5, 18.6)"


def test_an_exact_figure_read_as_a_rounded_one() -> None:
    exact, printed = Figure(value="9", rounding=None), Figure(value="8.60")

    assert as_rounded(exact) == attrs.evolve(exact, rounding=RoundingMode.HALF_UP)
    assert str(as_rounded(exact).interval) == "[8.5, 9.5)"
    assert exact.interval.is_point
    assert as_rounded(printed) is printed


def test_no_class_is_derived_from_figures() -> None:
    """What walks through a report would not see it."""
    with pytest.raises(WrongTypeError, match=r"Marked .*请把 Figure 作为它的一个字段"):

        class Marked(Figure):  # type: ignore[misc]
            """A figure of one's own."""


def test_a_figure_that_is_read_is_checked_where_it_is_given_more() -> None:
    wrong: list[dict[str, Any]] = [{"path": 5}, {"place": 3}, {"rounding": "up"}]
    for given in wrong:
        with pytest.raises((ValueError, TypeError)):
            Figure.parse("5.0", **given)


@pytest.mark.parametrize(
    ("field", "value"),
    [("path", 5), ("path", None), ("place", "B3"), ("rounding", "half-up"), ("rounding", 1)],
)
def test_what_is_not_the_number_is_checked_too(field: str, value: object) -> None:
    """Of a figure that was printed, whichever way it is made."""
    others: dict[str, Any] = {"exact": False, field: value}
    with refused("wrong-type", field):
        Figure.parse("353.21万元", **others)
    with refused("wrong-type", field):
        Figure.from_printed(parse_number("353.21万元"), **others)
