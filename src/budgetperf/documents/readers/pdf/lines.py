"""From signs to lines: words and blanks, raised digits, what is printed twice or struck out."""

from __future__ import annotations

import bisect
from collections import Counter
from collections.abc import Iterable, Sequence

import attrs

from budgetperf.documents.readers.text import RAISED, UNKNOWN

from .page import Glyph, Rule

__all__ = ["IN_NUMBERS", "Line", "lines_of", "struck"]

_GAP = 0.25
"""How wide a gap is that parts words, in sizes."""
_SMALL = 0.8
_AWAY = 0.12
_TWICE = 0.3
_OFF = 0.2
_BEFORE = 4
"""Among how many signs before one it may stand once more."""
_LOWERED = str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")
IN_NUMBERS = frozenset("0123456789.,%‰")
"""The signs of which no number is read with one of them missing."""


@attrs.frozen(kw_only=True)
class Line:
    """A line of text.

    Args:
        text: as it is seen; one blank where there is a gap.
        x0: where it begins.
        x1: where it ends.
        base: its base line.
        size: that of most of its signs.
        glyphs: its signs from left to right, but for blanks.
        ends_blank: whether a blank stands behind it.
    """

    text: str
    x0: float
    x1: float
    base: float
    size: float
    glyphs: tuple[Glyph, ...]
    ends_blank: bool = False

    @property
    def top(self) -> float:
        """Where it begins, down."""
        return self.base - 0.8 * self.size

    @property
    def bottom(self) -> float:
        """Where it ends, down."""
        return self.base + 0.2 * self.size


def struck(glyphs: Sequence[Glyph], rules: Sequence[Rule]) -> tuple[list[Glyph], list[Glyph]]:
    """The signs that stand, and those through whose middle a line goes that is just as long."""
    across = sorted((r for r in rules if r.is_across), key=lambda rule: rule.top)
    tops = [rule.top for rule in across]
    ordered = sorted(glyphs, key=lambda glyph: glyph.base)
    bases = [glyph.base for glyph in ordered]
    gone: set[int] = set()
    for rule in across:
        lines = ordered[
            bisect.bisect_left(bases, rule.top) : bisect.bisect_right(bases, rule.top + 40)
        ]
        through = [
            g
            for g in lines
            if 0.2 * g.size <= g.base - rule.top <= 0.55 * g.size and g.text.strip()
        ]
        on_it = [g for g in through if rule.x0 - 1 <= g.middle <= rule.x1 + 1]
        if not on_it:
            continue
        reach = 0.6 * max(g.size for g in on_it)
        starts = abs(min(g.x0 for g in on_it) - rule.x0) <= reach
        ends = abs(max(g.x1 for g in on_it) - rule.x1) <= reach
        if starts and ends and not _is_border(rule, across, tops):
            gone.update(id(g) for g in on_it)
    if not gone:
        return list(glyphs), []
    return [g for g in glyphs if id(g) not in gone], [g for g in ordered if id(g) in gone]


def _is_border(rule: Rule, across: Sequence[Rule], tops: Sequence[float]) -> bool:
    """Whether a line goes on in another one, as the borders of cells do."""
    near = across[bisect.bisect_left(tops, rule.top - 1) : bisect.bisect_right(tops, rule.top + 1)]
    return any(
        other is not rule
        and (abs(other.x0 - rule.x1) < 1 or abs(other.x1 - rule.x0) < 1)
        and other.x1 - other.x0 > 12
        for other in near
    )


def lines_of(glyphs: Iterable[Glyph]) -> list[Line]:
    """The lines that signs stand on, from top to bottom."""
    groups: list[list[Glyph]] = []
    top = bottom = 0.0
    for glyph in sorted(glyphs, key=lambda glyph: glyph.base):
        shared = min(bottom, glyph.bottom) - max(top, glyph.top)
        if groups and shared >= 0.5 * min(bottom - top, glyph.size):
            groups[-1].append(glyph)
            # The largest sign is the measure: small ones, raised or lowered, must not shift it.
            if bottom - top < glyph.size:
                top, bottom = glyph.top, glyph.bottom
        else:
            groups.append([glyph])
            top, bottom = glyph.top, glyph.bottom
    return [line for group in groups if (line := _line(group)) is not None]


def _line(glyphs: list[Glyph]) -> Line | None:
    ordered = _without_doubles(sorted(glyphs, key=lambda glyph: (glyph.x0, glyph.x1)))
    shown = [glyph for glyph in ordered if not glyph.text.isspace()]
    if not shown:
        return None
    size = Counter(round(glyph.size, 1) for glyph in shown).most_common(1)[0][0]
    largest = max(glyph.size for glyph in shown)
    if size < _SMALL * largest and sum(g.size > size / _SMALL for g in shown) * 3 > len(shown):
        size = largest
    bases = sorted(glyph.base for glyph in shown if glyph.size >= _SMALL * size)
    # The middle one: a sign that is raised or lowered must not move the line.
    base = bases[len(bases) // 2]
    parts: list[str] = []
    end: float | None = None
    before: Glyph | None = None
    for glyph in ordered:
        if glyph.text.isspace():
            if parts and parts[-1] != " ":
                parts.append(" ")
            end = None  # the blank is written
            continue
        text = _placed(glyph, base, size)
        if end is not None and glyph.x0 - end > _GAP * size and parts[-1] != " ":
            parts.append(" ")
        if before is not None and (
            _is_over(before, glyph) or (end is not None and _is_off(before, glyph))
        ):
            text = UNKNOWN
        parts.append(text)
        end, before = glyph.x1, glyph
    ends_blank = bool(parts) and parts[-1] == " "
    return Line(
        text=_masked("".join(parts).strip()),
        x0=shown[0].x0,
        x1=max(glyph.x1 for glyph in shown),
        base=base,
        size=size,
        glyphs=tuple(shown),
        ends_blank=ends_blank,
    )


def _without_doubles(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Signs but those that are drawn again where they stand, to look bold."""
    without_doubles: list[Glyph] = []
    for glyph in glyphs:
        reach = _TWICE * max(glyph.x1 - glyph.x0, 0.3 * glyph.size)
        if not any(
            other.text == glyph.text
            and abs(other.middle - glyph.middle) < reach
            and abs(other.base - glyph.base) < reach
            for other in without_doubles[-_BEFORE:]
        ):
            without_doubles.append(glyph)
    return without_doubles


def _placed(glyph: Glyph, base: float, size: float) -> str:
    """A sign; a small one above or below the line is marked as such."""
    if glyph.size < _SMALL * size and glyph.text.isascii():
        if glyph.base < base - _AWAY * size:
            return glyph.text.translate(RAISED)
        if glyph.base > base + _AWAY * size / 2:
            return glyph.text.translate(_LOWERED)
    return glyph.text


def _is_over(before: Glyph, glyph: Glyph) -> bool:
    """Whether a sign stands on the one before it, so that neither is to be read."""
    shared = min(before.x1, glyph.x1) - max(before.x0, glyph.x0)
    narrow = min(before.x1 - before.x0, glyph.x1 - glyph.x0)
    is_number = before.text in IN_NUMBERS or glyph.text in IN_NUMBERS
    return is_number and shared > 0.6 * narrow > 0


def _is_off(before: Glyph, glyph: Glyph) -> bool:
    """Whether two digits side by side stand on lines of their own, which lie upon each other."""
    if before.text not in IN_NUMBERS or glyph.text not in IN_NUMBERS:
        return False
    size = max(before.size, glyph.size)
    is_raised = min(before.size, glyph.size) < _SMALL * size
    return not is_raised and abs(before.base - glyph.base) > _OFF * size


def _masked(text: str) -> str:
    """A text in which a sign that is not known stands as ``*`` in a number: it is no end of it."""
    if UNKNOWN not in text:
        return text
    chars = list(text)
    for at, char in enumerate(chars):
        if char == UNKNOWN:
            around = chars[at - 1 : at] + chars[at + 1 : at + 2]
            if any(other in IN_NUMBERS or other == "*" for other in around):
                chars[at] = "*"
    return "".join(chars)
