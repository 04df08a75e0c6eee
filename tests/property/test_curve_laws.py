"""Laws of curves: what they say of themselves, forwards, backwards, in words and in pictures."""

from __future__ import annotations

import itertools
import re
import xml.etree.ElementTree as ET
from fractions import Fraction

import attrs
from hypothesis import assume, given
from hypothesis import strategies as st

from budgetperf import Interval
from budgetperf.display.html.pictures.curve import curve_figure, curve_html
from budgetperf.rules import Curve, Knot
from tests.factories import there
from tests.markup import Node, display, fragment
from tests.property.test_scoring_laws import curves, plotted
from tests.strategies import (
    TINY,
    assert_is_hull_of,
    flags,
    halves,
    holds,
    intervals,
    rationals,
    samples,
)

languages = st.sampled_from(["zh", "en"])


def places(curve: Curve, within: Interval) -> list[Fraction]:
    """Enough of the domain within an interval to know the curve there: ends, knots, both sides."""
    ends = {knot.x for knot in curve.knots}
    for interval in (within, curve.domain):
        ends |= {end for end in (interval.lower, interval.upper) if end is not None}
    near = {end + nudge for end in ends for nudge in (-TINY, Fraction(0), TINY)}
    near |= samples(within) | samples(curve.domain)
    return sorted(x for x in near if holds(within, x) and holds(curve.domain, x))


@st.composite
def curves_and_intervals(draw: st.DrawFn) -> tuple[Curve, Interval]:
    """A curve and measures that begin or end at its knots more often than not."""
    curve = draw(curves())
    ends = st.one_of(st.sampled_from([knot.x for knot in curve.knots]), halves)
    low, high = sorted([draw(ends), draw(ends)])
    if low == high:
        return curve, Interval.point(low)
    return curve, Interval(
        lower=low, upper=high, lower_closed=draw(flags), upper_closed=draw(flags)
    )


@given(st.one_of(curves_and_intervals(), st.tuples(curves(), intervals())))
def test_the_image_of_an_interval_is_the_hull_of_the_values(case: tuple[Curve, Interval]) -> None:
    curve, xs = case
    image = curve.image(xs)
    inside = xs.intersection(curve.domain)
    if inside is None:
        assert image is None
        return
    assert_is_hull_of(there(image), {plotted(curve, x) for x in places(curve, xs)})


@given(curves())
def test_the_bounds_are_the_hull_of_all_values(curve: Curve) -> None:
    assert_is_hull_of(curve.bounds, {plotted(curve, x) for x in places(curve, Interval())})
    assert curve.bounds == curve.image(Interval())


@given(curve=curves(), x=rationals)
def test_every_value_lies_within_the_bounds(curve: Curve, x: Fraction) -> None:
    value = curve.value(x)
    assert value is None or value in curve.bounds


@given(curves())
def test_it_is_monotone_where_it_says_so(curve: Curve) -> None:
    """Jumps are halves and slopes at most 24: next to a knot a jump outweighs any slope."""
    values = [plotted(curve, x) for x in places(curve, Interval())]
    assert curve.is_rising == (values == sorted(values))
    assert curve.is_falling == (values == sorted(values, reverse=True))
    assert curve.is_monotone == (curve.is_rising or curve.is_falling)


@given(curves())
def test_it_is_continuous_where_it_says_so(curve: Curve) -> None:
    xs = places(curve, Interval())
    steps = [
        abs(plotted(curve, a) - plotted(curve, b))
        for a, b in itertools.pairwise(xs)
        if b - a <= TINY
    ]
    assert curve.is_continuous == all(step < Fraction(1, 1000) for step in steps)


@given(curves())
def test_the_pieces_are_the_domain(curve: Curve) -> None:
    pieces = curve.pieces
    assert Interval.hull(piece.domain for piece in pieces) == curve.domain
    for a, b in itertools.pairwise(pieces):
        assert a.domain.upper == b.domain.lower
        assert a.domain.upper_closed is not b.domain.lower_closed
    for x in places(curve, Interval()):
        (piece,) = [piece for piece in pieces if holds(piece.domain, x)]
        assert piece.value(x) == plotted(curve, x)


def is_found(parts: tuple[Interval, ...], x: Fraction) -> bool:
    return any(holds(xs, x) for xs in parts)


@given(curve=curves(), ys=intervals(), other=rationals)
def test_the_preimage_is_where_the_value_lies_within(
    curve: Curve, ys: Interval, other: Fraction
) -> None:
    parts = curve.preimage(ys)
    ends = [end for xs in parts for end in (xs.lower, xs.upper) if end is not None]
    near = {end + nudge for end in ends for nudge in (-TINY, Fraction(0), TINY)}
    for x in {*places(curve, Interval()), *near, other, other / 10**5}:
        inside = holds(curve.domain, x) and holds(ys, plotted(curve, x))
        assert is_found(parts, x) == inside


@given(curve=curves(), ys=intervals())
def test_the_parts_of_a_preimage_lie_apart_and_are_maximal(curve: Curve, ys: Interval) -> None:
    parts = curve.preimage(ys)
    for a, b in itertools.pairwise(parts):
        assert a.upper is not None
        assert b.lower is not None
        assert a.upper < b.lower or (a.upper == b.lower and not (a.upper_closed or b.lower_closed))
    for xs in parts:
        beyond = []
        if xs.lower is not None:
            beyond.append(xs.lower - TINY if xs.lower_closed else xs.lower)
        if xs.upper is not None:
            beyond.append(xs.upper + TINY if xs.upper_closed else xs.upper)
        for x in beyond:
            assert not holds(curve.domain, x) or not holds(ys, plotted(curve, x))
        image = there(curve.image(xs))
        assert ys.covers(image)


@given(curves_and_intervals())
def test_one_part_of_the_preimage_of_an_image_covers_what_it_came_from(
    case: tuple[Curve, Interval],
) -> None:
    curve, xs = case
    image, inside = curve.image(xs), xs.intersection(curve.domain)
    assume(image is not None and inside is not None)
    assert inside is not None
    assert sum(part.covers(inside) for part in curve.preimage(there(image))) == 1


@given(curve=curves(), y=halves, x=halves)
def test_to_solve_is_the_preimage_of_a_point(curve: Curve, y: Fraction, x: Fraction) -> None:
    assert curve.solve(y) == curve.preimage(Interval.point(y))
    assert is_found(curve.solve(y), x) == (curve.value(x) == y)


@given(curves())
def test_the_preimage_of_the_bounds_is_the_domain(curve: Curve) -> None:
    assert curve.preimage(curve.bounds) == (curve.domain,)


FORMULA = re.compile(
    r"(?:(?P<from>-?[\d./]+)% − )?(?:(?P<times>[\d./]+) × )?x"
    r"(?: (?P<sign>[+−]) (?P<rest>[\d./]+)%)? \((?:rises|falls) from (-?[\d./]+)% to (-?[\d./]+)%\)"
)


def computed(share: str, x: Fraction) -> Fraction | None:
    """What a row of the table gives, read as a person reads it."""
    if share == "not said":
        return None
    match = FORMULA.fullmatch(share)
    if match is None:
        return Fraction(share.removesuffix("%")) / 100
    slope = Fraction(match["times"] or 1) * (-1 if match["from"] else 1)
    added = Fraction(match["rest"] or 0) * (-1 if match["sign"] == "−" else 1)
    return (Fraction(match["from"] or 0) + added) / 100 + slope * x


@given(curve=curves(), x=rationals)
def test_the_table_says_what_the_curve_is(curve: Curve, x: Fraction) -> None:
    rows = curve.to_table()
    for place in {*places(curve, Interval()), *(knot.x for knot in curve.knots), x}:
        (row,) = [row for row in rows if holds(row.xs, place)]
        assert computed(row.share.en, place) == curve.value(place)
    assert Interval.hull(row.xs for row in rows) == Interval()
    for a, b in itertools.pairwise(rows):
        assert a.xs.upper == b.xs.lower
        assert a.share != b.share
    assert len(curve.to_text().splitlines()) == len(rows)


SVG = "{http://www.w3.org/2000/svg}"
HOLDS = {"svg", "title", "desc", "style", "g", "rect", "line", "path", "circle", "text"}
LENGTHS = {"x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "width", "height"}


def pixels(text: str) -> Fraction:
    """A length: a plain decimal with at most two places."""
    assert re.fullmatch(r"\d+(\.\d{1,2})?", text)
    return Fraction(text)


@st.composite
def wild_curves(draw: st.DrawFn) -> Curve:
    """Knots anywhere."""
    xs = sorted(draw(st.sets(rationals, min_size=1, max_size=6)))
    jump = st.one_of(st.none(), rationals)
    knots = [Knot(x=x, y=draw(rationals), left=draw(jump), right=draw(jump)) for x in xs]
    return Curve(knots=knots, domain=draw(intervals()) if draw(flags) else Interval())


@given(st.one_of(curves(), wild_curves()), languages)
def test_a_picture_is_a_document_of_its_own(curve: Curve, lang: str) -> None:
    svg = curve.to_svg(lang=lang)
    root = ET.fromstring(svg)  # noqa: S314
    assert root.tag == f"{SVG}svg"
    assert "\n" not in svg
    assert svg.count("http") == 1
    assert not re.search(r"script|href|url\(|@import|\bon[a-z]+=|\bid=", svg)
    size = {"x": pixels(root.attrib["width"]), "y": pixels(root.attrib["height"])}
    for node in root.iter():
        assert node.tag.removeprefix(SVG) in HOLDS
        for name in LENGTHS & set(node.attrib):
            across = "x" if "x" in name or name == "width" else "y"
            assert 0 <= pixels(node.attrib[name]) <= size[across]
        for pair in re.split("[ML]", node.attrib.get("d", ""))[1:]:
            x, y = (pixels(part) for part in pair.split(" "))
            assert x <= size["x"]
            assert y <= size["y"]
    assert curve.to_svg(lang=lang) == svg


@given(curves(), languages)
def test_a_picture_in_a_sheet_is_good_html(curve: Curve, lang: str) -> None:
    drawn = fragment(curve_figure(curve, lang=lang))
    assert [node.name for node in drawn.children if isinstance(node, Node)] == ["svg"]
    assert not drawn.all("style")
    (rows,) = display(curve_html(curve, lang=lang)).all("table")
    texts = [[row.where.pick(lang), row.share.pick(lang)] for row in curve.to_table()]
    assert rows.rows == texts


@attrs.frozen
class Axis:
    """Where 0 lies on an axis, and how long 1 is, by two of its labels."""

    zero: Fraction
    pixels_of_1: Fraction

    @classmethod
    def of(cls, marks: list[tuple[Fraction, Fraction]]) -> Axis:
        (low, start), *_, (high, end) = sorted(marks)
        pixels_of_1 = (end - start) / (high - low)
        return cls(start - low * pixels_of_1, pixels_of_1)

    def value(self, at: Fraction) -> Fraction:
        return (at - self.zero) / self.pixels_of_1


def axes(svg: Node) -> tuple[Axis, Axis]:
    """The axes, as a reader of the picture finds them."""
    words = [
        (Fraction(node.children[0][:-1]) / 100, node.attributes)
        for node in svg.all("text")
        if isinstance(node.children[0], str) and re.fullmatch(r"-?\d+%", node.children[0])
    ]
    lowest = max(pixels(where["y"]) for _, where in words)
    across = [(v, pixels(at["x"])) for v, at in words if pixels(at["y"]) == lowest]
    up = [(v, pixels(at["y"]) - 4) for v, at in words if pixels(at["y"]) != lowest]
    assume(len(across) > 1)
    return Axis.of(across), Axis.of(up)


CLOSE = Fraction(1, 20)
"""More than hundredths of a pixel make of the steepest line, less than any jump."""


@given(curves())
def test_what_is_drawn_is_the_curve(curve: Curve) -> None:
    (svg,) = fragment(curve_figure(curve)).all("svg")
    x_axis, y_axis = axes(svg)
    drawn = set()
    for path in svg.all("path"):
        corners = [
            tuple(pixels(part) for part in pair.split(" "))
            for pair in path.attributes["d"].removeprefix("M").split("L")
        ]
        for (x1, y1), (x2, y2) in itertools.pairwise(corners):
            x, y = x_axis.value((x1 + x2) / 2), y_axis.value((y1 + y2) / 2)
            value = there(curve.value(x))
            assert abs(value - y) < CLOSE
            drawn.add(x)
    # Each stretch of the curve is drawn once, but for those out of sight.
    inside = [piece.domain for piece in curve.pieces if not piece.domain.is_point]
    seen = [sum(holds(xs, x) for x in drawn) for xs in inside]
    out_of_sight = sum(xs.lower is None or xs.upper is None for xs in inside)
    assert set(seen) <= {0, 1}
    assert seen.count(0) <= out_of_sight


@given(curves())
def test_dots_say_what_belongs_to_the_curve(curve: Curve) -> None:
    """A full dot lies on the curve; an empty one next to it."""
    (svg,) = fragment(curve_figure(curve)).all("svg")
    x_axis, y_axis = axes(svg)
    jumps = set()
    for group in (mark for mark in svg.all("g") if mark.all("circle")):
        is_full = group.attributes["fill"] == group.attributes["stroke"]
        for dot in group.all("circle"):
            x = round(x_axis.value(pixels(dot.attributes["cx"])) * 2) / Fraction(2)
            y = y_axis.value(pixels(dot.attributes["cy"]))
            exact = curve.value(x)
            assert is_full == (exact is not None and abs(exact - y) < CLOSE)
            jumps.add(x)
    for knot in curve.knots:
        at = Interval(lower=knot.x - TINY, upper=knot.x + TINY)
        broken = len({round(plotted(curve, x), 6) for x in places(curve, at)}) > 1
        ends = knot.x in (curve.domain.lower, curve.domain.upper)
        assert (knot.x in jumps) == (broken or ends)


@given(case=curves_and_intervals(), off=st.fractions(0, 1, max_denominator=12))
def test_a_curve_is_lowered_over_an_interval_and_never_below_0(
    case: tuple[Curve, Interval], off: Fraction
) -> None:
    curve, within = case
    lowered = curve.lowered(off, within)
    assert lowered.domain == curve.domain
    for x in places(curve, Interval()) + places(curve, within):
        value = there(curve.value(x))
        due = max(Fraction(0), value - off) if x in within else value
        assert lowered.value(x) == due
