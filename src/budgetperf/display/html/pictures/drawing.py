"""What pictures are drawn with: SVG without scripts, self-contained, light and dark.

Lengths are in pixels of the drawing. Text is set in 12, in which a digit is 7 wide.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from fractions import Fraction

import attrs

from budgetperf.display.html.markup import FONT, PALETTE, Markup, tag, themed
from budgetperf.exact import Text, columns, decimal_text, round_to
from budgetperf.exact.text import visible

__all__ = [
    "DIGIT",
    "Scale",
    "broken",
    "cut",
    "drawing",
    "length",
    "line",
    "painted",
    "text_width",
    "word",
]

DIGIT = Fraction(7)
"""How wide a digit is."""
Point = tuple[Fraction, Fraction]


@attrs.frozen(kw_only=True)
class Scale:
    """Where the values from ``low`` to ``high`` are drawn: from ``start`` to ``end``."""

    low: Fraction
    high: Fraction
    start: Fraction
    end: Fraction

    def __call__(self, value: Fraction) -> Fraction:
        share = (value - self.low) / (self.high - self.low)
        return self.start + (self.end - self.start) * share


def drawing(
    *parts: str,
    title: str,
    described: str,
    size: Point,
    colours: Sequence[str] = (),
    lang: str,
) -> Markup:
    """A picture on a ground of its own, on one line, so that it goes into Markdown as it is.

    Args:
        parts: what is drawn.
        title: what it shows.
        described: the whole of it in words, for those who cannot see it.
        size: its width and height; on a narrow page it shrinks.
        colours: the colours that it brings along; none as a part of a sheet, which has them.
        lang: the language of its words.
    """
    width, height = map(length, size)
    style = themed(".bp-picture", colours).replace("\n", "")
    return tag(
        "svg",
        tag("title", title),
        tag("desc", described),
        tag("style", Markup(style)) if colours else "",
        tag("rect", width=width, height=height, **painted(fill="surface")),
        *parts,
        cls="bp-picture" if colours else "",
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width} {height}",
        width=width,
        height=height,
        **{"font-family": FONT, "font-size": "12"},
        style="max-width:100%;height:auto",
        role="img",
        lang=Text(zh="zh-Hans", en="en").pick(lang),
    )


def painted(*, fill: str = "", stroke: str = "") -> dict[str, str]:
    """Colours: the sheet's where there is one; light ones for a reader that knows no variables."""
    colours = [("fill", fill), ("stroke", stroke)]
    plain = {name: PALETTE[colour][0] if colour else "none" for name, colour in colours}
    style = ";".join(
        f"{name}:var(--bp-{colour},{PALETTE[colour][0]})" for name, colour in colours if colour
    )
    return {**plain, "style": style}


def line(start: Point, end: Point) -> Markup:
    """A straight line."""
    names = ("x1", "y1", "x2", "y2")
    lengths = (length(value) for value in (*start, *end))
    return tag("line", **dict(zip(names, lengths, strict=True)))


def word(x: Fraction, y: Fraction, text: str) -> Markup:
    """Text with its base line at ``y``."""
    return tag("text", text, x=length(x), y=length(y))


def length(value: Fraction) -> str:
    """A length as the picture has it."""
    return decimal_text(round_to(value, 2))


def text_width(text: str) -> Fraction:
    """How wide ``text`` is at most, in the usual fonts."""
    return sum((_width(char) for char in text), start=Fraction(0))


def _width(char: str) -> Fraction:
    if columns(char) == 2 or char in "%@MWmw—…‰":
        return Fraction(25, 2)
    if char.isupper() or char in "&+<=>≤≥÷×≈~":
        return Fraction(10)
    return Fraction(15, 2) if char.isascii() else Fraction(25, 2)


def cut(text: str, most: Fraction) -> str:
    """``text`` if it is not wider than ``most``; else its beginning, and that there is more."""
    if text_width(text) <= most:
        return text
    room, shortened = most - text_width("…"), ""
    for char in text:
        room -= _width(char)
        if room < 0:
            break
        shortened += char
    return shortened + "…"


def broken(text: str, most: Fraction, lines: int) -> list[str]:
    """``text`` in lines that are not wider than ``most``; the last one is cut if it has to be."""
    pieces = list(itertools.islice(_lines(visible(text), most), lines + 1))
    shown_lines = pieces[:lines]
    if len(pieces) > lines:
        shown_lines[-1] = cut(shown_lines[-1] + "……", most)
    return shown_lines or [""]


def _lines(text: str, most: Fraction) -> Iterator[str]:
    """Lines as full as they can be; where there are blanks they end there."""
    row, room = "", most
    for char in text:
        if _width(char) > room and row:
            head, blank, tail = row.rpartition(" ")
            yield head if blank and head.strip() else row
            row = tail if blank and head.strip() else ""
            room = most - text_width(row)
        row, room = row + char, room - _width(char)
    if row:
        yield row
