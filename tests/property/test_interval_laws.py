"""Laws of the interval algebra, against pointwise arithmetic."""

from __future__ import annotations

import functools
import itertools
import operator
import random
from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from budgetperf import BudgetperfError, FloatRefusedError, Interval, Text
from budgetperf.exact.interval import holds_quotient, interval_sum, meet, quotients
from tests.factories import refused, there
from tests.oracle.written import span
from tests.strategies import (
    assert_is_hull_of,
    flags,
    halves,
    holds,
    images,
    intervals,
    pickled,
    points_of,
    rationals,
    samples,
)

ZERO = Interval.point(0)
ONE = Interval.point(1)
LINE = Interval()

Binary = Callable[[Interval, Interval], Interval]
Pointwise = Callable[[Fraction, Fraction], Fraction]

OPERATIONS: list[tuple[Binary, Pointwise]] = [
    (operator.add, operator.add),
    (operator.sub, operator.sub),
    (operator.mul, operator.mul),
]


# --- both ways of writing say what belongs to it

SIGNS = {"<": operator.lt, "≤": operator.le, "=": operator.eq, "≥": operator.ge, ">": operator.gt}


@given(values=intervals(), other=rationals)
@example(values=span("[1, 2)"), other=Fraction(3))
@example(values=span("(1, oo)"), other=Fraction(3))
@example(values=ONE, other=Fraction(-1))
def test_what_is_written_holds_what_it_holds(values: Interval, other: Fraction) -> None:
    assert span(values.written(str).replace("∞", "oo")) == values
    for x in filter(None, (values.lower, values.upper, other)):
        terms = values.compared(Text.of(x), str).en.split()
        compared = zip(terms[::2], terms[1::2], terms[2::2], strict=False)
        assert all(SIGNS[sign](Fraction(a), Fraction(b)) for a, sign, b in compared) == (
            x in values
        )
        assert (terms == ["always"]) == (values == LINE)


# --- every operation contains every pointwise result, and nothing wider ------------------------


@pytest.mark.parametrize(("operation", "pointwise"), OPERATIONS)
@given(data=st.data(), a=intervals(), b=intervals())
def test_contains_every_pointwise_result(
    operation: Binary, pointwise: Pointwise, data: st.DataObject, a: Interval, b: Interval
) -> None:
    x, y = data.draw(points_of(a)), data.draw(points_of(b))
    assert holds(operation(a, b), pointwise(x, y))


@pytest.mark.parametrize(("operation", "pointwise"), OPERATIONS)
@given(a=intervals(), b=intervals())
def test_is_no_wider_than_the_pointwise_results(
    operation: Binary, pointwise: Pointwise, a: Interval, b: Interval
) -> None:
    assert_is_hull_of(operation(a, b), images(pointwise, a, b))


KINDS = [
    span(f"{left}{lower}, {upper}{right}")
    for left, lower in zip("((([[[", ("-oo", "-2", "1", "-2", "0", "1"), strict=True)
    for right, upper in zip(")))]]]", ("oo", "0", "3", "-1", "1", "3"), strict=True)
    if Fraction(lower.replace("oo", "9")) < Fraction(upper.replace("oo", "9"))
] + [ZERO, ONE, -ONE]
"""Every kind of interval: below, above and around 0, and on it; each end open, closed or none."""
PAIRS = random.Random(0).sample(list(itertools.product(KINDS, repeat=2)), 400)


@pytest.mark.parametrize(("operation", "pointwise"), OPERATIONS)
def test_every_kind_with_every_other(operation: Binary, pointwise: Pointwise) -> None:
    for a, b in PAIRS:
        assert_is_hull_of(operation(a, b), images(pointwise, a, b))


def test_every_kind_divided_by_every_other() -> None:
    for a, b in PAIRS:
        if not holds(b, Fraction(0)):
            assert_is_hull_of(a / b, images(operator.truediv, a, b))
            assert quotients(a, b) == a / b
        else:
            assert quotients(a, b) == LINE


def test_every_kind_beside_every_other() -> None:
    """What both hold, whether one holds the other, and how far they are apart."""
    for a, b in PAIRS:
        ours, yours = samples(a), samples(b)
        common = {value for value in ours | yours if holds(a, value) and holds(b, value)}
        both = a.intersection(b)
        assert meet(a, b) == (both is not None) == bool(common)
        if both is not None:
            assert_is_hull_of(both, common)
        assert a.covers(b) == all(holds(a, value) for value in yours)
        gap = a.gap(b)
        assert (gap is None) == bool(common)
        if gap is not None:
            least = min(abs(x - y) for x, y in itertools.product(ours, yours))
            assert 0 <= least - gap < Fraction(1, 1000)
        hull = Interval.hull([a, b])
        assert_is_hull_of(hull, ours | yours)


def test_every_kind_by_itself() -> None:
    for a in KINDS:
        values = samples(a)
        assert_is_hull_of(-a, {-value for value in values})
        assert_is_hull_of(abs(a), {abs(value) for value in values})
        assert_is_hull_of(a.scaled("-1/3"), {value / -3 for value in values})
        assert a.is_point == (len(values) == 1)
        for x, y in itertools.product((-4, -2, 0, 1, 3), (1, 2)):
            assert holds_quotient(a, Fraction(x), Fraction(y)) == holds(a, Fraction(x, y))
            assert (x in a) == holds(a, Fraction(x))


def beside_zero(b: Interval) -> Interval:
    """The interval, or what is left of it on one side of 0."""
    if not holds(b, Fraction(0)):
        return b
    above, below = span("(0, oo)"), span("(-oo, 0)")
    return b.intersection(above) or b.intersection(below) or ONE


@given(data=st.data(), a=intervals(), b=intervals().map(beside_zero))
def test_quotient_contains_every_quotient(data: st.DataObject, a: Interval, b: Interval) -> None:
    x, y = data.draw(points_of(a)), data.draw(points_of(b))
    assert holds(a / b, x / y)


@given(a=intervals(), b=intervals().map(beside_zero))
@example(a=ONE, b=span("(0, oo)"))
@example(a=ZERO, b=span("(0, 1)"))
@example(a=LINE, b=span("(-oo, 0)"))
def test_quotient_is_no_wider_than_the_quotients(a: Interval, b: Interval) -> None:
    assert_is_hull_of(a / b, images(operator.truediv, a, b))


@given(a=intervals(), b=intervals())
def test_quotient_refuses_a_divisor_with_0_and_no_other(a: Interval, b: Interval) -> None:
    if holds(b, Fraction(0)):
        with pytest.raises(ZeroDivisionError, match=r"含 0：.* / the divisor .* contains 0:"):
            _ = a / b
    else:
        assert isinstance(a / b, Interval)


@given(data=st.data(), a=intervals(), factor=rationals)
def test_scaled_is_the_image(data: st.DataObject, a: Interval, factor: Fraction) -> None:
    assert holds(a.scaled(factor), data.draw(points_of(a)) * factor)
    assert a.scaled(factor) == a * Interval.point(factor)


@given(a=intervals())
def test_a_negative_factor_swaps_the_ends_and_their_openness(a: Interval) -> None:
    mirrored = a.scaled(-2)
    assert mirrored.lower == (None if a.upper is None else -2 * a.upper)
    assert mirrored.upper == (None if a.lower is None else -2 * a.lower)
    assert (mirrored.lower_closed, mirrored.upper_closed) == (a.upper_closed, a.lower_closed)
    assert mirrored.scaled("-1/2") == a
    assert -a == a.scaled(-1)


@given(a=intervals())
def test_sizes_are_those_of_its_values(a: Interval) -> None:
    assert_is_hull_of(abs(a), {abs(value) for value in samples(a)})


@given(data=st.data(), a=intervals(), rises=flags)
def test_monotone_image(data: st.DataObject, a: Interval, rises: bool) -> None:
    def cube(x: Fraction) -> Fraction:
        return x * x * x if rises else -x * x * x

    image = a.monotone_image(cube, increasing=rises)
    assert holds(image, cube(data.draw(points_of(a))))
    assert_is_hull_of(image, {cube(x) for x in samples(a)})


@given(many=st.lists(intervals(), max_size=9))
def test_a_total_is_what_is_added_up_one_by_one(many: list[Interval]) -> None:
    assert interval_sum(many) == functools.reduce(operator.add, many, ZERO)


@given(data=st.data(), many=st.lists(intervals(), min_size=1, max_size=4))
def test_hull(data: st.DataObject, many: list[Interval]) -> None:
    hull = Interval.hull(many)
    assert holds(hull, data.draw(points_of(data.draw(st.sampled_from(many)))))
    assert all(hull.covers(part) for part in many)
    assert_is_hull_of(hull, {value for part in many for value in samples(part)})


def test_the_hull_of_nothing_is_refused() -> None:
    with refused("empty-interval", match=r"至少要给一个区间 / give at least one"):
        Interval.hull([])


# --- sets -------------------------------------------------------------------------------------


@given(a=intervals(), value=st.one_of(halves, rationals))
def test_membership(a: Interval, value: Fraction) -> None:
    assert (value in a) == holds(a, value)


@given(a=intervals(), top=st.one_of(halves, rationals), bottom=rationals.map(abs).filter(bool))
def test_a_quotient_is_looked_up_as_its_value(a: Interval, top: Fraction, bottom: Fraction) -> None:
    assert holds_quotient(a, top, bottom) == holds(a, top / bottom)


@given(a=intervals(), b=intervals(), value=halves)
def test_intersection_holds_what_both_hold(a: Interval, b: Interval, value: Fraction) -> None:
    common = a.intersection(b)
    both = holds(a, value) and holds(b, value)
    assert (common is not None and holds(common, value)) == both


def have_a_common_point(a: Interval, b: Interval) -> bool:
    """Whether an end of either, the middle of two neighbouring ends, or a far point is in both."""
    ends = sorted(end for end in (a.lower, a.upper, b.lower, b.upper) if end is not None)
    middles = [(low + high) / 2 for low, high in pairwise(ends)]
    far = [min(ends, default=Fraction(0)) - 1, max(ends, default=Fraction(0)) + 1]
    return any(holds(a, value) and holds(b, value) for value in [*ends, *middles, *far])


@given(a=intervals(), b=intervals())
def test_intersection_is_none_just_where_no_point_is_common(a: Interval, b: Interval) -> None:
    assert (a.intersection(b) is None) == (not have_a_common_point(a, b))


@given(a=intervals(), b=intervals(), c=intervals())
def test_intersection_in_any_order(a: Interval, b: Interval, c: Interval) -> None:
    def meet(x: Interval | None, y: Interval | None) -> Interval | None:
        return x and y and x.intersection(y)

    assert a.intersection(a) == a
    assert a.intersection(LINE) == a
    assert a.intersection(b) == b.intersection(a)
    assert meet(meet(a, b), c) == meet(a, meet(b, c))


@given(a=intervals(), b=intervals())
def test_covers_just_where_the_intersection_is_the_other(a: Interval, b: Interval) -> None:
    assert a.covers(b) == (a.intersection(b) == b)


@given(a=intervals(), b=intervals())
def test_gap_is_none_just_where_they_meet(a: Interval, b: Interval) -> None:
    gap = a.gap(b)
    assert (gap is None) == have_a_common_point(a, b)
    assert gap == b.gap(a)
    if gap is not None:
        nearest = min(abs(x - y) for x in samples(a) for y in samples(b))
        assert gap <= nearest < gap + Fraction(1, 1000)


# --- algebra ----------------------------------------------------------------------------------


@example(a=Interval(lower=1, upper=2, lower_closed=False), b=Interval(lower=3, upper=5))
@example(a=Interval(lower=1, upper=2, upper_closed=False), b=Interval(lower=3, upper=5))
@given(a=intervals(), b=intervals())
def test_sums_and_products_commute(a: Interval, b: Interval) -> None:
    assert a + b == b + a
    assert a * b == b * a


@pytest.mark.parametrize("lower_closed", [False, True])
@pytest.mark.parametrize("upper_closed", [False, True])
def test_the_ends_of_a_product_belong_to_it_where_both_factors_reach_them(
    lower_closed: bool, upper_closed: bool
) -> None:
    """2 x 5 is a product of the two just if 2 and 5 are values of them."""
    half = Interval(lower=1, upper=2, lower_closed=lower_closed, upper_closed=upper_closed)
    whole = Interval(lower=3, upper=5)
    for product in (half * whole, whole * half):
        assert (3 in product, 10 in product) == (lower_closed, upper_closed)
        assert product.covers(Interval(lower=4, upper=9))


def test_a_point_needs_both_ends() -> None:
    value = Fraction(1, 3)
    for lower_closed, upper_closed in ((False, True), (True, False), (False, False)):
        with pytest.raises(BudgetperfError) as caught:
            Interval(lower=value, upper=value, lower_closed=lower_closed, upper_closed=upper_closed)
        assert caught.value.code == "empty-interval"
    assert Interval(lower=value, upper=value).is_point


@given(a=intervals(), b=intervals(), c=intervals())
def test_sums_and_products_associate(a: Interval, b: Interval, c: Interval) -> None:
    assert (a + b) + c == a + (b + c)
    assert (a * b) * c == a * (b * c)


@given(a=intervals(), b=intervals(), factor=rationals)
def test_scaling_distributes_over_sums(a: Interval, b: Interval, factor: Fraction) -> None:
    assert (a + b).scaled(factor) == a.scaled(factor) + b.scaled(factor)


@given(a=intervals(), b=intervals(), c=intervals())
def test_products_are_subdistributive(a: Interval, b: Interval, c: Interval) -> None:
    assert (a * b + a * c).covers(a * (b + c))


@given(a=intervals())
def test_neutral_elements(a: Interval) -> None:
    assert a + ZERO == a
    assert a * ONE == a
    assert a / ONE == a
    assert a * ZERO == ZERO
    assert a.scaled(0) == ZERO


@given(a=intervals(), b=intervals())
def test_a_difference_is_the_sum_with_the_negative(a: Interval, b: Interval) -> None:
    assert a - b == a + (-b)


@given(a=intervals(), b=intervals())
def test_the_ends_of_a_sum_are_attained_just_where_both_are(a: Interval, b: Interval) -> None:
    total = a + b
    assert total.lower_closed == (a.lower_closed and b.lower_closed)
    assert total.upper_closed == (a.upper_closed and b.upper_closed)


@given(a=intervals(bounded=True), b=intervals(bounded=True))
def test_widths_add_up(a: Interval, b: Interval) -> None:
    assert b.width is not None
    assert (a + b).width == (a - b).width == there(a.width) + b.width


@given(a=intervals(bounded=True), b=intervals(bounded=True), c=intervals(bounded=True))
def test_operations_are_monotone_under_inclusion(a: Interval, b: Interval, c: Interval) -> None:
    wider = Interval.hull([a, c])
    assert (wider + b).covers(a + b)
    assert (wider * b).covers(a * b)


@pytest.mark.parametrize(
    ("a", "b", "product"),
    [
        ("[0, 1]", "(2, 3)", "[0, 3)"),
        ("[0, 0]", "(2, 3)", "[0, 0]"),
        ("[0, 0]", "(-oo, oo)", "[0, 0]"),
        ("(0, 1]", "[2, oo)", "(0, oo)"),
        ("[0, 1]", "[2, oo)", "[0, oo)"),
        ("(0, 1)", "[0, oo)", "[0, oo)"),
        ("[-1, 2)", "[-3, 4)", "(-6, 8)"),
        ("[-1, 2]", "[-3, 4)", "[-6, 8)"),
        ("[-2, 1)", "[-2, 1)", "(-2, 4]"),
        ("(-oo, -1]", "(-oo, -1]", "[1, oo)"),
        ("(-oo, 0)", "(0, oo)", "(-oo, 0)"),
    ],
)
def test_closedness_of_products(a: str, b: str, product: str) -> None:
    assert span(a) * span(b) == span(product)


@pytest.mark.parametrize(
    ("a", "b", "ratio"),
    [
        ("[1, 2]", "[4, 5)", "(1/5, 1/2]"),
        ("[1, 2]", "[-5, -4)", "(-1/2, -1/5]"),
        ("[1, 2]", "(0, 4]", "[1/4, oo)"),
        ("[1, 2]", "[4, oo)", "(0, 1/2]"),
        ("[0, 2]", "[4, oo)", "[0, 1/2]"),
        ("[-1, 2]", "(0, 1]", "(-oo, oo)"),
        ("[1, 2]", "(-oo, 0)", "(-oo, 0)"),
    ],
)
def test_closedness_of_quotients(a: str, b: str, ratio: str) -> None:
    assert span(a) / span(b) == span(ratio)


# --- what an interval is ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lower", "upper", "lower_closed", "upper_closed"),
    [(2, 1, True, True), (1, 1, False, True), (1, 1, True, False), (1, 1, False, False)],
)
def test_the_empty_set_is_no_interval(
    lower: int, upper: int, lower_closed: bool, upper_closed: bool
) -> None:
    with refused("empty-interval", match=r"空集.* is empty"):
        Interval(lower=lower, upper=upper, lower_closed=lower_closed, upper_closed=upper_closed)


@pytest.mark.parametrize("end", ["lower_closed", "upper_closed"])
def test_an_end_is_closed_or_not(end: str) -> None:
    """1 is no bool, though it is as much as ``True``."""
    with refused("wrong-type") as caught:
        Interval(lower=1, upper=2, **{end: 1})  # type: ignore[arg-type]
    assert caught.value.field == end


def test_an_unbounded_end_is_never_closed() -> None:
    assert Interval() == Interval(lower_closed=False, upper_closed=False)
    assert not Interval(lower=1).upper_closed
    assert not Interval(upper=1).lower_closed
    assert Interval(lower=1).width is Interval(upper=1).width is None
    assert Interval(lower="0.45", upper="0.55").width == Fraction("0.1")
    assert not Interval().is_point


@pytest.mark.parametrize(
    "refused",
    [
        lambda: Interval(lower=0.5),  # type: ignore[arg-type]
        lambda: Interval(upper=0.5),  # type: ignore[arg-type]
        lambda: Interval.point(0.5),  # type: ignore[arg-type]
        lambda: ONE.scaled(0.5),  # type: ignore[arg-type]
        lambda: 0.5 in ONE,  # type: ignore[operator]
    ],
)
def test_floats_are_refused(refused: Callable[[], object]) -> None:
    with pytest.raises(FloatRefusedError, match=r"pass a string, such as '0.5'"):
        refused()


@given(value=rationals)
def test_a_point_holds_its_value_alone(value: Fraction) -> None:
    point = Interval.point(value)
    assert value in point
    assert point.is_point
    assert point.width == 0
    assert value + 1 not in point


@given(a=intervals(), b=intervals())
def test_equal_intervals_are_one_value(a: Interval, b: Interval) -> None:
    assert pickled(a) == a
    same = all(holds(a, x) == holds(b, x) for x in samples(a) | samples(b))
    assert (a == b) == same
    if a == b:
        assert hash(a) == hash(b)


@pytest.mark.parametrize(
    ("interval", "text"),
    [
        (Interval(lower="353.205", upper="353.215", upper_closed=False), "[353.205, 353.215)"),
        (Interval(lower="1/3", lower_closed=False), "(1/3, ∞)"),
        (Interval(upper="-0.5"), "(-∞, -0.5]"),
    ],
)
def test_text(interval: Interval, text: str) -> None:
    assert str(interval) == text
