"""Tables too wide for a page: what a later page has of one goes back beside the rest."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Iterable, Sequence

import attrs

from budgetperf.documents.readers.remarks import Remarks
from budgetperf.exact import Text

from .lines import lines_of
from .page import Glyph, Page, Rule

__all__ = ["put_beside"]

_PUSHED = Text(
    zh="表格右边的列排在后面的页上，已接回同一行，请核对：{}",
    en="columns printed on a later page were put back beside their rows; check: {}",
)
_NEAR = 3.0
_SHORT = 3.0
_FEWEST_LINES = 4
"""How many lines across there are at least: those of three rows."""


@attrs.frozen
class _Frame:
    """Where the lines of a page stand: those across from the top, and all of them from the left."""

    ys: tuple[float, ...]
    x0: float
    x1: float

    @property
    def heights(self) -> set[int]:
        return {round(below - y) for y, below in itertools.pairwise(self.ys)}

    def covers(self, glyph: Glyph) -> bool:
        """Whether a sign stands at the height of the table."""
        return self.ys[0] <= glyph.waist <= self.ys[-1]


def put_beside(pages: Sequence[Page], remarks: Remarks) -> list[Page]:
    """The pages; what is the right part of a table on an earlier one stands there, on the right.

    Such parts have lines at the same heights, and other words in their rows.

    Args:
        pages: those of a document in order.
        remarks: where it is said what was put back.
    """
    done = list(pages)
    frames = [_frame(page) for page in pages]
    left: list[int] = []
    widened: set[int] = set()
    for at, frame in enumerate(frames):
        if frame is None:
            continue
        fitting = [
            other
            for other in left
            if (earlier := frames[other]) is not None
            and _are_beside(earlier, frame)
            and not _say_the_same(done[other], done[at], earlier.ys)
        ]
        fitting = [other for other in fitting if other not in widened] or fitting
        # Pages are printed down and then across, or across and then down.
        is_down_first = bool(fitting) and at - fitting[0] == len(fitting)
        to = next(iter(fitting if is_down_first else reversed(fitting)), None)
        before = None if to is None else frames[to]
        if to is None or before is None:
            left.append(at)
            continue
        done[to], done[at] = _widened(done[to], before, done[at], frame)
        frames[to] = attrs.evolve(before, x1=before.x1 + frame.x1 - frame.x0)
        widened.add(to)
        remarks.add(_PUSHED, f"p{pages[at].number}")
    return done


def _frame(page: Page) -> _Frame | None:
    across = [r for r in page.rules if r.is_across and r.x1 - r.x0 > _SHORT]
    ys: list[float] = []
    for y in sorted(rule.top for rule in across):
        if not ys or y - ys[-1] > _NEAR:
            ys.append(y)
    if len(ys) < _FEWEST_LINES:
        return None
    return _Frame(tuple(ys), min(r.x0 for r in page.rules), max(r.x1 for r in page.rules))


def _are_beside(left: _Frame, right: _Frame) -> bool:
    """Whether the lines of two pages stand at the same heights, and that is no chance."""
    if abs(left.ys[0] - right.ys[0]) > _NEAR or abs(left.ys[-1] - right.ys[-1]) > _NEAR:
        return False
    if 2 * len(right.ys) < len(left.ys):
        return False
    if not all(_is_near(y, left.ys) for y in right.ys):
        return False
    is_as_wide = abs(left.x0 - right.x0) <= _NEAR and abs(left.x1 - right.x1) <= _NEAR
    return not (is_as_wide and len(left.heights) == 1)  # rows of one height may go on below


def _is_near(y: float, ys: Sequence[float]) -> bool:
    at = bisect.bisect_left(ys, y)
    return any(abs(y - other) <= _NEAR for other in ys[max(at - 1, 0) : at + 1])


def _say_the_same(page: Page, other: Page, ys: Sequence[float]) -> bool:
    """Whether rows at the same height begin with the same words: those of a form, once more."""
    labels = zip(_labels(page, ys), _labels(other, ys), strict=True)
    pairs = [(label, other_label) for label, other_label in labels if label and other_label]
    return 3 * sum(label == other_label for label, other_label in pairs) > len(pairs)


def _labels(page: Page, ys: Sequence[float]) -> list[str]:
    """With which word each row begins."""
    rows: list[list[Glyph]] = [[] for _ in ys[1:]]
    for glyph in page.glyphs:
        at = bisect.bisect_right(ys, glyph.waist) - 1
        if 0 <= at < len(rows):
            rows[at].append(glyph)
    return [_first_word(row) for row in rows]


def _first_word(glyphs: Iterable[Glyph]) -> str:
    lines = sorted(lines_of(glyphs), key=lambda line: line.x0)
    return lines[0].text.split()[0] if lines else ""


def _widened(page: Page, frame: _Frame, other: Page, of_other: _Frame) -> tuple[Page, Page]:
    """A page with the table of another one on its right, and what is left of that."""
    by = frame.x1 - of_other.x0
    inside = [glyph for glyph in other.glyphs if of_other.covers(glyph)]
    outside = tuple(glyph for glyph in other.glyphs if not of_other.covers(glyph))
    wide = attrs.evolve(
        page,
        width=page.width + of_other.x1 - of_other.x0,
        glyphs=(*page.glyphs, *(attrs.evolve(g, x0=g.x0 + by, x1=g.x1 + by) for g in inside)),
        rules=(*page.rules, *(_moved(rule, by) for rule in other.rules)),
        beside=(*page.beside, (frame.x1, other.number)),
    )
    return wide, attrs.evolve(other, glyphs=outside, rules=())


def _moved(rule: Rule, by: float) -> Rule:
    return attrs.evolve(rule, x0=rule.x0 + by, x1=rule.x1 + by)
