"""A curve as a picture: SVG without scripts, self-contained, light and dark."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction

import attrs

from budgetperf.display.html.markup import Markup, joined, sheet, table, tag
from budgetperf.display.words.ruleset import SHARE
from budgetperf.exact import COLON, SEMICOLON, Text, columns, round_to
from budgetperf.rules.curve import Curve, percent_text

from .drawing import DIGIT, Scale, drawing, length, line, painted, word

__all__ = ["curve_figure", "curve_html", "curve_svg"]

_TITLE = Text(zh="得分曲线", en="Scoring curve")


def curve_svg(
    curve: Curve, *, title: Text | None = None, measure: Text | None = None, lang: str = "zh"
) -> str:
    """The curve as an SVG document of its own, with its colours, on one line."""
    return str(_picture(curve, title or _TITLE, measure, lang, alone=True))


def curve_figure(
    curve: Curve, *, title: Text | None = None, measure: Text | None = None, lang: str = "zh"
) -> Markup:
    """The curve as a part of a sheet, which gives it its colours."""
    return _picture(curve, title or _TITLE, measure, lang, alone=False)


def curve_html(curve: Curve, *, lang: str = "zh") -> str:
    """The curve for a notebook: the picture, and the same as a table."""
    rows = ((row.where.pick(lang), row.share.pick(lang)) for row in curve.to_table())
    values = table(("x", SHARE.pick(lang)), rows, kinds=["bp-short"] * 2, cls="bp-facts")
    return sheet(curve_figure(curve, lang=lang), values, lang=lang)


_WIDTH, _HEIGHT = Fraction(480), Fraction(280)
_TOP, _BOTTOM, _RIGHT = Fraction(32), Fraction(228), Fraction(456)

_COLOURS = ("surface", "ink", "soft", "line", "band", "near")


def _picture(curve: Curve, title: Text, measure: Text | None, lang: str, *, alone: bool) -> Markup:
    plot = _Plot.of(curve)
    return drawing(
        _grid(plot),
        _silent(plot, lang),  # over the grid, of which no line runs through its words
        _axes(plot),
        _labels(plot, measure, lang),
        _lines(plot),
        _dots(plot),
        title=title.pick(lang),
        described=_described(curve, measure).pick(lang),
        size=(_WIDTH, _HEIGHT),
        colours=_COLOURS if alone else (),
        lang=lang,
    )


def _described(curve: Curve, measure: Text | None) -> Text:
    """The whole curve in words, for those who cannot see it."""
    rows = (COLON.join((row.where, row.share)) for row in curve.to_table())
    words = Text(zh="横轴 {}；纵轴 {}。{}。", en="Horizontal axis {}; vertical axis {}. {}.")
    return words.fill(_axis(measure), SHARE, SEMICOLON.join(rows))


def _axis(measure: Text | None) -> Text:
    return Text.of("x") if measure is None else COLON.join(("x", measure))


def _ticks(
    scale: Scale, wanted: Iterable[Fraction], room: Callable[[Fraction], Fraction]
) -> tuple[Fraction, ...]:
    """What to mark: the values ``wanted`` and then round ones, as far as they have room.

    Of many that are wanted it is the round ones, the first and the last.
    """
    step = _step(scale.high - scale.low)
    numbers = range((scale.low / step).__ceil__(), (scale.high / step).__floor__() + 1)
    first = list(dict.fromkeys(wanted))
    if len(first) > 8:
        ranked = sorted(first, key=lambda value: (value / step).denominator)
        round_ones = [value for value in ranked if (value / step).denominator <= 2]
        first = [*round_ones, min(first), max(first)]
    taken: list[Fraction] = []
    for value in itertools.chain(first, (number * step for number in numbers)):
        gaps = (
            abs(scale(value) - scale(other)) - (room(value) + room(other)) / 2 for other in taken
        )
        if all(gap >= 0 for gap in gaps):
            taken.append(value)
    return tuple(sorted(taken))


def _step(width: Fraction) -> Fraction:
    """The least of 1, 2, 5, 10 and so on of which six or fewer fill ``width``."""
    unit = Fraction(1)
    while unit > width:
        unit /= 10
    while unit * 10 <= width:
        unit *= 10
    return next(step for step in (unit / 5, unit / 2, unit, unit * 2) if width <= step * 6)


@attrs.frozen(kw_only=True)
class _Plot:
    """A curve, where its values are drawn, and what is marked on the axes."""

    curve: Curve
    x: Scale
    y: Scale
    x_ticks: tuple[Fraction, ...]
    y_ticks: tuple[Fraction, ...]

    @classmethod
    def of(cls, curve: Curve) -> _Plot:
        shares = sorted({limit for piece in curve.pieces for limit in piece.limits})
        low, high = min(shares[0], Fraction(0)), max(shares[-1], Fraction(1))
        room = (high - low) / 10
        y = Scale(low=low - room if low else low, high=high + room, start=_BOTTOM, end=_TOP)
        y_ticks = _ticks(y, (Fraction(0), Fraction(1), *shares), lambda _: Fraction(18))
        x = Scale(low=_low(curve), high=_high(curve), start=_left(y_ticks), end=_RIGHT)
        # First where the curve jumps, or ends; then where it bends.
        wanted = (*sorted({x for x, _, _ in _marks(curve)}), *_ends(curve))
        x_ticks = _ticks(x, wanted, lambda value: _label_width(value) + 8)
        inside = tuple(tick for tick in x_ticks if x(tick) + _label_width(tick) / 2 <= _WIDTH)
        return cls(curve=curve, x=x, y=y, x_ticks=inside, y_ticks=y_ticks)


def _left(y_ticks: Iterable[Fraction]) -> Fraction:
    """Where the plot begins: to the right of the labels, within reason."""
    return min(20 + max(_label_width(value) for value in y_ticks), _RIGHT / 2)


def _ends(curve: Curve) -> list[Fraction]:
    """Where a piece of the curve ends, in order: at least one place."""
    domains = [piece.domain for piece in curve.pieces]
    ends = {end for domain in domains for end in (domain.lower, domain.upper)}
    return sorted(end for end in ends if end is not None)


def _low(curve: Curve) -> Fraction:
    """Where the picture begins: at 0 if that is not far, else a little before the first end."""
    ends = _ends(curve)
    span = _span(ends)
    begin = curve.pieces[0]
    nothing_below = begin.domain.lower is None and not begin.at and not curve.value(ends[0])
    if 0 < ends[0] <= 4 * span or (ends[0] == 0 and nothing_below):
        return Fraction(0)
    return ends[0] - span / 5


def _high(curve: Curve) -> Fraction:
    ends = _ends(curve)
    return ends[-1] + max(ends[-1] - _low(curve), _span(ends)) / 5


def _span(ends: list[Fraction]) -> Fraction:
    return ends[-1] - ends[0] or Fraction(1)


def _marks(curve: Curve) -> Iterator[tuple[Fraction, Fraction, bool]]:
    """Where the curve jumps or its domain ends: the point, and whether it belongs to the curve."""
    limits: dict[Fraction, set[Fraction]] = {x: set() for x in _ends(curve)}
    for piece in curve.pieces:
        for end, limit in zip((piece.domain.lower, piece.domain.upper), piece.limits, strict=True):
            if end is not None:
                limits[end].add(limit)
    for x, ys in limits.items():
        if len(ys) > 1 or x in (curve.domain.lower, curve.domain.upper):
            yield from ((x, y, curve.value(x) == y) for y in sorted(ys))


def _runs(plot: _Plot) -> Iterator[list[tuple[Fraction, Fraction]]]:
    """The corners of each line that can be drawn in one go."""
    run: list[tuple[Fraction, Fraction]] = []
    for piece in plot.curve.pieces:
        lower, upper = piece.domain.lower, piece.domain.upper
        start, end = piece.limits
        first = (plot.x.low if lower is None else lower, start)
        last = (plot.x.high if upper is None else upper, end)
        if not run or run[-1] != first:
            yield run
            run = [first]
        if last != first:
            run.append(last)
    yield run


def _silent(plot: _Plot, lang: str) -> Markup:
    """The ground where the rule says nothing."""
    unsaid = Text(zh="未规定", en="not said").pick(lang)
    lower, upper = plot.curve.domain.lower, plot.curve.domain.upper
    stretches = (
        (plot.x.start, plot.x.start if lower is None else plot.x(lower)),
        (plot.x.end if upper is None else plot.x(upper), plot.x.end),
    )
    shown = [(left, right) for left, right in stretches if left < right]
    grounds = (
        tag(
            "rect",
            x=length(left),
            y=length(_TOP),
            width=length(right - left),
            height=length(_BOTTOM - _TOP),
        )
        for left, right in shown
    )
    words = (
        word((left + right) / 2, (_TOP + _BOTTOM) / 2, unsaid)
        for left, right in shown
        if right - left >= columns(unsaid) * DIGIT
    )
    return joined(
        (
            tag("g", *grounds, **painted(fill="band")),
            tag("g", *words, **painted(fill="soft"), **{"text-anchor": "middle"}),
        )
    )


def _grid(plot: _Plot) -> Markup:
    x, y = plot.x, plot.y
    lines = [
        *(line((x(value), _TOP), (x(value), _BOTTOM)) for value in plot.x_ticks),
        *(line((x.start, y(value)), (x.end, y(value))) for value in plot.y_ticks),
    ]
    return tag("g", *lines, **painted(stroke="line"))


def _axes(plot: _Plot) -> Markup:
    x, y = plot.x, plot.y
    marked = {*plot.x_ticks, *_ends(plot.curve)}
    strokes = [
        *(line((x(value), _BOTTOM), (x(value), _BOTTOM + 5)) for value in sorted(marked)),
        *(line((x.start - 5, y(value)), (x.start, y(value))) for value in plot.y_ticks),
        line((x.start, _TOP), (x.start, _BOTTOM)),
        line((x.start, y(Fraction(0))), (x.end, y(Fraction(0)))),
    ]
    return tag("g", *strokes, **painted(stroke="soft"))


def _labels(plot: _Plot, measure: Text | None, lang: str) -> Markup:
    x, y = plot.x, plot.y
    below = [word(x(value), _BOTTOM + 20, _label(value)) for value in plot.x_ticks]
    beside = [word(x.start - 9, y(value) + 4, _label(value)) for value in plot.y_ticks]
    axis = _cut(_axis(measure).pick(lang))
    return joined(
        (
            tag("g", *below, **painted(fill="soft"), **{"text-anchor": "middle"}),
            tag("g", *beside, **painted(fill="soft"), **{"text-anchor": "end"}),
            tag(
                "g",
                word(Fraction(8), Fraction(18), SHARE.pick(lang)),
                tag("g", word(_RIGHT, _HEIGHT - 10, axis), **{"text-anchor": "end"}),
                **painted(fill="ink"),
            ),
        )
    )


def _lines(plot: _Plot) -> Markup:
    """The curve, and what joins the two sides of a jump."""
    paths = [
        tag("path", d="M" + "L".join(f"{length(plot.x(x))} {length(plot.y(y))}" for x, y in run))
        for run in _runs(plot)
        if len(run) > 1
    ]
    jumps = [
        line((plot.x(x), plot.y(a)), (plot.x(x), plot.y(b)))
        for (x, a, _), (other, b, _) in itertools.pairwise(_marks(plot.curve))
        if x == other
    ]
    dotted = {"stroke-dasharray": "2 4"}
    line_look = {"stroke-width": "2.5", "stroke-linejoin": "round"}
    return joined(
        (
            tag("g", *jumps, **painted(stroke="near"), **dotted),
            tag("g", *paths, **painted(stroke="near"), **line_look),
        )
    )


def _dots(plot: _Plot) -> Markup:
    """A full dot where a point belongs to the curve, an empty one where it does not."""
    marks = list(_marks(plot.curve))
    radius = "4" if len(marks) < 20 else "2.5"
    groups = (
        [
            tag("circle", cx=length(plot.x(x)), cy=length(plot.y(y)), r=radius)
            for x, y, belongs in marks
            if belongs is full
        ]
        for full in (False, True)
    )
    look = {"stroke-width": "2" if len(marks) < 20 else "1.5"}
    return joined(
        tag("g", *dots, **painted(fill=fill, stroke="near"), **look)
        for dots, fill in zip(groups, ("surface", "near"), strict=True)
    )


def _label(value: Fraction) -> str:
    """In percent: exactly where that is a short decimal, else with two decimals, and said so."""
    exact = percent_text(value)
    return exact if len(exact) <= 8 and "/" not in exact else f"≈{percent_text(round_to(value, 4))}"


def _label_width(value: Fraction) -> Fraction:
    return len(_label(value)) * DIGIT


def _cut(text: str) -> str:
    """``text`` if it fits below the axis; else its beginning."""
    if columns(text) <= 64:
        return text
    widths = itertools.accumulate(columns(char) for char in text)
    return "".join(char for char, width in zip(text, widths, strict=True) if width <= 62) + "…"
