"""Laws of the lines that a curve is compiled to."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from budgetperf.exact import Interval
from budgetperf.frames.curves.stretches import Stretch, stretches
from budgetperf.rules import Curve, Knot, shipped
from budgetperf.rules.ruleset import Measure

shares = st.fractions(min_value=0, max_value=1, max_denominator=12)
measures = st.fractions(min_value=-1, max_value=3, max_denominator=12)


@st.composite
def curves(draw: st.DrawFn) -> Curve:
    xs = sorted(draw(st.lists(measures, min_size=1, max_size=4, unique=True)))
    side = st.none() | shares
    knots = [Knot(x=x, y=draw(shares), left=draw(side), right=draw(side)) for x in xs]
    ends = sorted(draw(st.lists(measures, max_size=2, unique=True)))
    domain = Interval()
    if ends:
        domain = Interval(lower=ends[0], upper=ends[1] if len(ends) > 1 else None)
    return Curve(knots=knots, domain=domain)


def at(parts: tuple[Stretch, ...], x: Fraction) -> Stretch:
    return next(part for part in parts if part.reaches(x))


@given(curves(), measures)
def test_the_lines_give_what_the_curve_gives(curve: Curve, x: Fraction) -> None:
    parts = stretches(curve, None)
    part, value = at(parts, x), curve.value(x)
    assert part.is_silent == (value is None)
    assert value is None or part.share(x) == value


@given(curves(), curves(), measures)
def test_a_score_is_open_just_where_a_lower_share_may_be_left(
    curve: Curve, lowest: Curve, x: Fraction
) -> None:
    part, value, floor = at(stretches(curve, lowest), x), curve.value(x), lowest.value(x)
    assert part.is_open == (value is not None and floor is not None and floor < value)
    assert part.is_open or part.is_silent or part.share(x) == value


@given(curves())
def test_they_reach_over_the_whole_line_and_none_could_be_left_out(curve: Curve) -> None:
    parts = stretches(curve, None)
    assert parts[-1].end is None
    ends = [(part.end, part.closed) for part in parts if part.end is not None]
    assert ends == sorted(ends)
    assert all(not a.says_the_same_as(b) for a, b in pairwise(parts))


def test_the_commonest_rule_is_three_lines() -> None:
    curve = Curve(knots=(Knot(x=0, y=0), Knot(x=1, y=1)))
    below, between, above = stretches(curve, None)
    assert [part.end for part in (below, between, above)] == [Fraction(0), Fraction(1), None]
    assert [between.slope, between.at] == [Fraction(1), Fraction(0)]


def test_every_shipped_curve_is_compiled_without_loss() -> None:
    for rules in shipped():
        for rule in (rules.at_least, rules.at_most, rules.equal, rules.above, rules.below):
            if rule is None or rule.measure is Measure.DEVIATION:
                continue
            parts = stretches(rule.curve, rule.discretion)
            for x in (Fraction(n, 20) for n in range(-20, 61)):
                part, value = at(parts, x), rule.curve.value(x)
                assert part.is_silent == (value is None), (rules.id, x)
                assert part.is_open or value is None or part.share(x) == value
