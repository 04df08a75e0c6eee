"""What is drawn on a page: signs and rules, measured in points from its upper left corner."""

from __future__ import annotations

import attrs

__all__ = ["Box", "Glyph", "Page", "Rule"]


@attrs.frozen
class Box:
    """A rectangle."""

    x0: float
    top: float
    x1: float
    bottom: float

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in it."""
        return self.x0 <= x <= self.x1 and self.top <= y <= self.bottom


@attrs.frozen
class Glyph:
    """A sign: its text, from where to where it goes, its base line, and its size.

    The text of one that is not known is ``□``.
    """

    text: str
    x0: float
    x1: float
    base: float
    size: float

    @property
    def middle(self) -> float:
        """Where it is, across."""
        return (self.x0 + self.x1) / 2

    @property
    def waist(self) -> float:
        """Where it is, down."""
        return self.base - 0.3 * self.size

    @property
    def top(self) -> float:
        """Where it begins, down."""
        return self.base - 0.8 * self.size

    @property
    def bottom(self) -> float:
        """Where it ends, down."""
        return self.base + 0.2 * self.size


@attrs.frozen
class Rule:
    """A straight line, across or down."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def is_across(self) -> bool:
        """Whether it goes from left to right."""
        return self.x1 - self.x0 > self.bottom - self.top


@attrs.frozen(kw_only=True)
class Page:
    """A page.

    Args:
        number: counted from 1.
        width: in points.
        height: in points.
        glyphs: what is to be read, in the order of drawing.
        rules: the lines.
        turned: text that stands askew or upside down.
        unseen: how many signs are drawn so that they do not show.
        pictured: how much of the page pictures cover.
        beside: what was put on its right: from where on, and the number of the page it is from.
    """

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    rules: tuple[Rule, ...]
    turned: str = ""
    unseen: int = 0
    pictured: float = 0.0
    beside: tuple[tuple[float, int], ...] = ()

    def number_at(self, x: float) -> int:
        """The number of the page on which what stands there was printed."""
        return next((number for start, number in reversed(self.beside) if x >= start), self.number)
