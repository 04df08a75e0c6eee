"""Laws of scores and curves."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from budgetperf.exact import Figure, Interval, RoundingMode, round_to
from budgetperf.model import Direction, Indicator, Target
from budgetperf.rules import Curve, Knot, get
from budgetperf.scoring import NoScore, ScoreRange, execution_score, indicator_score
from tests.strategies import assert_is_hull_of, flags, halves, intervals, samples

SHIPPED = [get(id) for id in ("national-2020", "yitihua-default", "xinjiang-observed-2023")]
rulesets = st.sampled_from(SHIPPED)
directions = st.sampled_from([Direction.AT_LEAST, Direction.AT_MOST, Direction.EQUAL])
units = st.sampled_from(["%", "次", "", "万元", "‰"])
counts = st.integers(0, 400)
weights = st.integers(1, 50)


def indicator(direction: Direction, unit: str, target: int, actual: Figure) -> Indicator:
    value = Figure(value=target, unit=unit, rounding=None)
    return Indicator(name="某指标", target=Target(direction=direction, value=value), actual=actual)


def whole(value: int, unit: str = "") -> Figure:
    return Figure(value=value, unit=unit, rounding=None)


@given(
    rules=rulesets, direction=directions, unit=units, target=counts, actual=counts, weight=weights
)
def test_a_score_lies_between_nothing_and_the_weight(
    rules: object, direction: Direction, unit: str, target: int, actual: int, weight: int
) -> None:
    rules = next(r for r in SHIPPED if r is rules)
    row = indicator(direction, unit, target, Figure(value=actual, unit=unit))
    result = indicator_score(row, rules, weight=whole(weight))
    if isinstance(result, NoScore):
        assert result.code in ("rule-silent", "undefined")
        return
    assert Interval(lower=0, upper=weight).covers(result.admissible)
    if result.value is not None:
        assert 0 <= result.value <= weight
        assert result.value in result.admissible


@given(
    unit=units, target=st.integers(1, 200), lower=counts, higher=counts, weight=weights,
    rules=rulesets,
)  # fmt: skip
def test_a_score_rises_with_completion_up_to_the_target(
    unit: str, target: int, lower: int, higher: int, weight: int, rules: object
) -> None:
    rules = next(r for r in SHIPPED if r is rules)
    low, high = sorted([min(lower, target), min(higher, target)])
    results = [
        indicator_score(
            indicator(Direction.AT_LEAST, unit, target, whole(actual, unit)),
            rules,
            weight=whole(weight),
        )
        for actual in (low, high)
    ]
    values = [r.value for r in results if isinstance(r, ScoreRange) and r.value is not None]
    assert values == sorted(values)
    at_target = indicator_score(
        indicator(Direction.AT_LEAST, unit, target, whole(target, unit)),
        rules,
        weight=whole(weight),
    )
    assert isinstance(at_target, ScoreRange)
    assert at_target.value == weight


@given(target=st.integers(1, 200), low=counts, more=counts, weight=weights)
def test_a_reverse_score_falls(target: int, low: int, more: int, weight: int) -> None:
    scores = []
    for actual in (low, low + more):
        row = indicator(Direction.AT_MOST, "次", target, whole(actual, "次"))
        result = indicator_score(row, get("yitihua-default"), weight=whole(weight))
        assert isinstance(result, ScoreRange)
        assert result.value is not None
        scores.append(result.value)
    assert scores == sorted(scores, reverse=True)


@given(target=st.integers(1, 200), actual=counts, weight=weights, direction=directions,
       rules=rulesets, unit=st.sampled_from(["元", "千元", "亿元"]))  # fmt: skip
def test_scores_do_not_depend_on_the_unit(
    target: int, actual: int, weight: int, direction: Direction, rules: object, unit: str
) -> None:
    rules = next(r for r in SHIPPED if r is rules)
    row = indicator(direction, "万元", target, whole(actual, "万元"))
    value = row.target.value
    assert isinstance(value, Figure)
    assert isinstance(row.actual, Figure)
    other = attrs.evolve(
        row, target=attrs.evolve(row.target, value=value.to(unit)), actual=row.actual.to(unit)
    )
    assert indicator_score(row, rules, weight=whole(weight)) == indicator_score(
        other, rules, weight=whole(weight)
    )


def naive(direction: Direction, target: Decimal, actual: Decimal, weight: Decimal) -> Decimal:
    """rules.md §4.1, `yitihua-default`, written down line by line in decimals."""
    with localcontext() as context:
        context.prec = 60
        if direction is Direction.AT_LEAST:
            share = Decimal(1) if actual >= target else actual / target
        elif direction is Direction.EQUAL:
            if target == 0:
                share = Decimal(1) if actual <= 0 else Decimal(0)
            else:
                share = Decimal(1) if actual >= target else actual / target
        elif actual <= target:
            share = Decimal(1)
        elif actual >= 2 * target:
            share = Decimal(0)
        else:
            share = 1 - (actual - target) / target
        return (weight * share).quantize(Decimal("0.01"), ROUND_HALF_UP)


@given(
    direction=directions,
    target=st.decimals(0, 200, places=2),
    actual=st.decimals(0, 500, places=2),
    weight=st.integers(1, 100),
)
def test_an_independent_transcription_agrees(
    direction: Direction, target: Decimal, actual: Decimal, weight: int
) -> None:
    row = Indicator(
        name="某指标",
        target=Target(direction=direction, value=Figure(value=target, unit="%", rounding=None)),
        actual=Figure(value=actual, unit="%", rounding=None),
    )
    result = indicator_score(row, get("yitihua-default"), weight=whole(weight))
    assert isinstance(result, ScoreRange)
    assert result.value is not None
    difference = abs(result.value - Fraction(naive(direction, target, actual, Decimal(weight))))
    assert difference == 0
    assert result.admissible == Interval.point(result.value)


@given(executed=st.decimals(0, 10**6, places=2), revised=st.decimals(1, 10**6, places=2))
def test_an_independent_transcription_of_execution_agrees(
    executed: Decimal, revised: Decimal
) -> None:
    rules = get("yitihua-default")
    assert rules.execution is not None
    result = execution_score(
        rules.execution,
        executed=Figure(value=executed, unit="万元"),
        revised=Figure(value=revised, unit="万元"),
        rounding=rules.score_rounding,
    )
    assert isinstance(result, ScoreRange)
    with localcontext() as context:
        context.prec = 60
        expected = (10 * min(Decimal(1), executed / revised)).quantize(
            Decimal("0.01"), ROUND_HALF_UP
        )
    assert result.value == Fraction(expected)
    assert Fraction(expected) in result.admissible


@st.composite
def curves(draw: st.DrawFn) -> Curve:
    """Up to four knots on a coarse grid, with jumps; the domain may be cut."""
    xs = sorted(draw(st.sets(halves, min_size=1, max_size=4)))
    jump = st.one_of(st.none(), st.none(), halves)
    knots = tuple(Knot(x=x, y=draw(halves), left=draw(jump), right=draw(jump)) for x in xs)
    domain = draw(intervals()) if draw(flags) else Interval()
    return Curve(knots=knots, domain=domain)


def plotted(curve: Curve, x: Fraction) -> Fraction:
    """The curve at ``x``, drawn with a ruler."""
    for knot in curve.knots:
        if knot.x == x:
            return knot.y
    below = [knot for knot in curve.knots if knot.x < x]
    above = [knot for knot in curve.knots if knot.x > x]
    if not below:
        first = above[0]
        return first.y if first.left is None else first.left
    start = below[-1].y if below[-1].right is None else below[-1].right
    if not above:
        return start
    end = above[0].y if above[0].left is None else above[0].left
    done = (x - below[-1].x) / (above[0].x - below[-1].x)
    return start + (end - start) * done


@given(curve=curves(), x=halves)
def test_a_curve_is_what_a_ruler_draws(curve: Curve, x: Fraction) -> None:
    inside = x in curve.domain
    assert curve.value(x) == (plotted(curve, x) if inside else None)


@given(curve=curves(), xs=intervals())
def test_the_image_is_the_hull_of_the_pointwise_images(curve: Curve, xs: Interval) -> None:
    image = curve.image(xs)
    inside = xs.intersection(curve.domain)
    if inside is None:
        assert image is None
        return
    assert image is not None
    near = set(samples(inside))
    for knot in curve.knots:
        for x in samples(Interval.point(knot.x)) | {knot.x - TINY, knot.x, knot.x + TINY}:
            if x in inside:
                near.add(x)
    assert_is_hull_of(image, {plotted(curve, x) for x in near})


TINY = Fraction(1, 10**9)


@given(curve=curves(), x=halves)
def test_the_image_of_a_point_is_its_value(curve: Curve, x: Fraction) -> None:
    image = curve.image(Interval.point(x))
    value = curve.value(x)
    assert image == (None if value is None else Interval.point(value))


def test_a_jump_has_three_values() -> None:
    """Just below, at, and just above 0.1."""
    curve = Curve(
        knots=(Knot(x=0, y=1), Knot(x="0.1", left=1, y="0.9", right="0.5"), Knot(x=1, y=0))
    )
    eps = Fraction(1, 10**6)
    assert curve.value(Fraction(1, 10) - eps) == 1
    assert curve.value("0.1") == Fraction(9, 10)
    above = curve.value(Fraction(1, 10) + eps)
    assert above is not None
    assert Fraction("0.4999") < above < Fraction(1, 2)
    assert curve.image(Interval(lower="0.05", upper="0.1")) == Interval(lower="0.9", upper=1)
    beyond = Interval(lower="0.1", upper=1, lower_closed=False)
    assert curve.image(beyond) == Interval(lower=0, upper="0.5", upper_closed=False)


@given(places=st.integers(0, 3), mode=st.sampled_from(RoundingMode), ends=st.tuples(halves, halves))
def test_rounding_never_falls(
    places: int, mode: RoundingMode, ends: tuple[Fraction, Fraction]
) -> None:
    """Why the rounded ends bound the rounded scores."""
    low, high = sorted(ends)
    assert round_to(low / 3, places, mode) <= round_to(high / 3, places, mode)


@pytest.mark.parametrize("rules", SHIPPED, ids=lambda rules: rules.id)
def test_shipped_curves_stay_within_the_weight(rules: object) -> None:
    rules = next(r for r in SHIPPED if r is rules)
    found = [rule.curve for rule in (rules.at_least, rules.at_most, rules.equal) if rule]
    assert rules.execution is not None
    for curve in [*found, rules.execution.curve]:
        image = curve.image(Interval())
        assert image is not None
        assert Interval(lower=0, upper=1).covers(image)
    assert found


@given(curve=curves())
def test_curves_are_values(curve: Curve) -> None:
    assert attrs.evolve(curve) == curve
    assert hash(attrs.evolve(curve)) == hash(curve)
    assume(len(curve.knots) > 1)
    assert Curve(knots=curve.knots[:-1], domain=curve.domain) != curve
