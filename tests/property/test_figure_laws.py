"""Laws of printed figures: what was rounded is found again in the interval of its print."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from budgetperf import Figure, Interval, RoundingMode, Unit, parse_figure
from budgetperf.exact import common_interval, printed, share_precision, unit_in_last_place
from budgetperf.exact.figure import is_typed, typed_simple
from budgetperf.model.aims import aim_of, reached_in
from tests.strategies import decimals_as_text, holds, modes, pickled, places, rationals

MONEY_UNITS = ["元", "万元", "亿元"]
RATIO_UNITS = ["%", "‰"]
units = st.sampled_from(
    ["", "元", "千元", "万元", "亿元", "%", "‰", "个百分点", "次", "万件", "元/亩"]
)


@st.composite
def figures(draw: st.DrawFn, unit: str | None = None) -> Figure:
    """A printed figure, rounded in any mode or exact."""
    text = draw(decimals_as_text())
    mode = draw(st.one_of(modes, st.none()))
    return Figure(value=text, unit=draw(units) if unit is None else unit, rounding=mode)


@given(value=rationals, unit=units, places=places, mode=modes)
def test_the_true_value_lies_in_the_interval_of_its_print(
    value: Fraction, unit: str, places: int, mode: RoundingMode
) -> None:
    figure = Figure.rounded(value, unit=unit, places=places, rounding=mode)
    assert holds(figure.interval, value)
    assert figure.interval == figure.interval_under(mode)


@given(value=rationals, unit=units, places=places, mode=modes)
def test_the_print_is_less_than_a_step_from_the_true_value(
    value: Fraction, unit: str, places: int, mode: RoundingMode
) -> None:
    figure = Figure.rounded(value, unit=unit, places=places, rounding=mode)
    assert abs(figure.nominal - value) < unit_in_last_place(places) * figure.unit.scale


@given(value=rationals, unit=units, places=st.integers(0, 5), mode=modes)
def test_the_print_is_read_back(
    value: Fraction, unit: str, places: int, mode: RoundingMode
) -> None:
    figure = Figure.rounded(value, unit=unit, places=places, rounding=mode)
    read = Figure.parse(figure.text, exact=False, rounding=mode)
    assert read == figure
    assert (read.value, read.unit, read.places) == (figure.value, figure.unit, places)
    assert read.interval == figure.interval


@given(value=rationals, unit=units, places=st.integers(-3, -1))
def test_whole_tens_are_printed_without_decimals(value: Fraction, unit: str, places: int) -> None:
    figure = Figure.rounded(value, unit=unit, places=places)
    assert figure.value % 10**-places == 0
    assert Figure.parse(figure.text).value == figure.value


@given(text=decimals_as_text(), unit=units)
def test_a_cell_of_a_table_is_read_like_the_figure(text: str, unit: str) -> None:
    assert parse_figure(text + unit) == Figure.parse(text + unit)
    assert parse_figure(f" {text}{unit}\n") == Figure.parse(text + unit)


@pytest.mark.parametrize("family", [MONEY_UNITS, RATIO_UNITS])
@given(data=st.data())
def test_another_unit_keeps_the_interval(family: list[str], data: st.DataObject) -> None:
    figure = data.draw(figures(data.draw(st.sampled_from(family))))
    other = data.draw(st.sampled_from(family))
    moved = figure.to(other)
    assert moved.unit == Unit.of(other)
    assert moved.nominal == figure.nominal
    assert moved.interval == figure.interval
    assert moved.is_exact == figure.is_exact
    back = moved.to(figure.unit)
    assert (back.value, back.unit, back.places) == (figure.value, figure.unit, figure.places)


@given(figure=figures())
def test_an_exact_figure_is_a_point(figure: Figure) -> None:
    assert figure.interval_under(None) == Interval.point(figure.nominal)
    if figure.is_exact:
        assert figure.interval == Interval.point(figure.nominal)


@given(figure=figures())
def test_a_figure_holds_its_own_print(figure: Figure) -> None:
    assert holds(figure.interval, figure.nominal)


@given(figure=figures())
def test_figures_are_values(figure: Figure) -> None:
    assert pickled(figure) == figure
    assert len({figure, pickled(figure)}) == 1


# --- one column, one precision ----------------------------------------------------------------

columns = st.lists(figures(), max_size=6)


@given(column=columns)
def test_sharing_precision_twice_is_sharing_it_once(column: list[Figure]) -> None:
    shared = share_precision(column)
    assert share_precision(shared) == shared


@given(column=columns, seed=st.integers())
def test_precision_does_not_depend_on_the_order(column: list[Figure], seed: int) -> None:
    order = list(range(len(column)))
    random.Random(seed).shuffle(order)
    shared = share_precision(column)
    assert share_precision([column[i] for i in order]) == tuple(shared[i] for i in order)


@given(column=columns)
def test_the_figures_of_one_unit_get_the_most_places_among_them(column: list[Figure]) -> None:
    for figure, shared in zip(column, share_precision(column), strict=True):
        most = max(f.places for f in column if f.unit == figure.unit)
        like = [f.unit.scale for f in column if f.unit.dimension == figure.unit.dimension]
        assert shared.places == most
        if most == 0 and figure.unit.scale > min(like):  # whole 万元 beside 元
            assert shared == figure
        else:
            assert shared.is_exact == (most == 0)
        assert (shared.value, shared.text, shared.unit) == (figure.value, figure.text, figure.unit)
        assert figure.is_exact or figure.interval.covers(shared.interval) or most == 0


@given(text=decimals_as_text(max_places=3))
def test_a_figure_in_a_smaller_unit_does_not_become_exact(text: str) -> None:
    figure = Figure(value=text, unit="万元").to("元")
    assert share_precision([figure]) == (figure,)
    (shared, _) = share_precision([figure, Figure(value="0.01", unit="元")])
    assert shared.interval == figure.interval


# --- one quantity, printed several times ------------------------------------------------------


@given(value=rationals, prints=st.lists(st.tuples(places, modes), min_size=1, max_size=4))
def test_the_true_value_is_in_the_common_interval_of_all_its_prints(
    value: Fraction, prints: list[tuple[int, RoundingMode]]
) -> None:
    figures = [Figure.rounded(value, places=p, rounding=mode) for p, mode in prints]
    common = common_interval(figures)
    assert common is not None
    assert holds(common, value)
    assert all(figure.interval.covers(common) for figure in figures)
    assert common_interval(reversed(figures)) == common


@given(a=figures(unit="元"), b=figures(unit="元"))
def test_two_different_prints_of_the_same_kind_have_nothing_in_common(a: Figure, b: Figure) -> None:
    assume(a.value != b.value)
    common = common_interval([a, b])
    if (a.places, a.rounding) == (b.places, b.rounding):
        assert common is None
    else:
        assert common == a.interval.intersection(b.interval)


def test_touching_cells_of_the_same_kind_have_nothing_in_common() -> None:
    first, second = (Figure(value=text, rounding=RoundingMode.NEAREST) for text in ("1", "2"))
    assert first.interval.intersection(second.interval) == Interval.point("1.5")
    assert common_interval([first, second]) is None
    assert common_interval([first, second, first]) is None


def test_nothing_printed_leaves_everything_open() -> None:
    assert common_interval([]) == Interval()


OTHER_UNITS = ["年", "日", "号", "月", "以上", "字以内", "余人", "％", "*"]
SIMPLE_UNITS = sorted(printed._UNITS.split("|"))  # pyright: ignore[reportPrivateUsage]


@given(
    digits=st.from_regex(r"[0-9]{1,16}(\.[0-9]{1,10})?", fullmatch=True),
    unit=st.sampled_from(
        [*SIMPLE_UNITS, "年", "日", "号", "月", "以上", "字以内", "余人", "％", "*"]
    ),
)
def test_what_is_read_the_short_way_is_read_the_long_way_alike(digits: str, unit: str) -> None:
    text = digits + unit
    read = printed.simple_number(text)
    if read is None:
        assert unit not in SIMPLE_UNITS or len(digits) > 15 or len(digits.partition(".")[2]) > 9
        return
    assert read == printed.number_of(printed.plain_text(text), text)
    assert reached_in(text) is None
    assert aim_of(text) is None
    assert printed.blank_reason(text) is None
    typed = typed_simple(text)
    assert typed == Figure.from_printed(read)
    assert typed is not None
    assert is_typed(typed)
