"""What stands in the cells of a table of a page."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Sequence

import attrs

from budgetperf.documents.readers.remarks import Remarks
from budgetperf.documents.readers.text import UNKNOWN
from budgetperf.exact import Text

from .grids import Grid, Place
from .joints import joined
from .lines import IN_NUMBERS, Line, lines_of
from .page import Glyph

__all__ = ["Filled", "filled"]

_ACROSS = Text(
    zh="数字越过了单元格的边线，未读取：{}", en="numbers that cross the border of a cell: {}"
)
_MOST_PADDING = 6.0


@attrs.frozen
class Filled:
    """A cell of a page.

    Args:
        place: where it is in the grid.
        lines: what stands in it.
        text: the same as a text, with :data:`~.joints.JOINT`.
        width: how long a line in it may be.
        above: how much room there is above the first line.
        below: how much there is below the last one.
    """

    place: Place
    lines: tuple[Line, ...]
    text: str
    width: float = 0.0
    above: float = 0.0
    below: float = 0.0


def filled(grid: Grid, glyphs: Iterable[Glyph], page: int, remarks: Remarks) -> list[Filled]:
    """The cells of a table, each with what stands in it.

    Args:
        grid: its cells.
        glyphs: the signs in it.
        page: the page, for what is said.
        remarks: where that is said.
    """
    at: dict[tuple[int, int], int] = {
        (place.row + down, place.column + right): number
        for number, place in enumerate(grid.places)
        for down in range(place.rows)
        for right in range(place.columns)
    }
    inside: list[list[Glyph]] = [[] for _ in grid.places]
    for glyph in glyphs:
        row = bisect.bisect_right(grid.ys, glyph.waist) - 1
        column = bisect.bisect_right(grid.xs, glyph.middle) - 1
        row = min(max(row, 0), len(grid.ys) - 2)
        column = min(max(column, 0), len(grid.xs) - 2)
        inside[at[row, column]].append(glyph)
    lines = [lines_of(own) for own in inside]
    _mark_crossing(grid, lines, at, page, remarks)
    padding = _padding(grid, lines)
    return [
        _filled(grid, place, own, padding) for place, own in zip(grid.places, lines, strict=True)
    ]


def _filled(grid: Grid, place: Place, lines: list[Line], padding: float) -> Filled:
    if not lines:
        return Filled(place, (), "")
    box = grid.box_of(place)
    width = max(box.x1 - box.x0 - 2 * padding, *(line.x1 - line.x0 for line in lines))
    return Filled(
        place,
        tuple(lines),
        joined(lines, width),
        width,
        above=lines[0].top - box.top,
        below=box.bottom - lines[-1].bottom,
    )


def _padding(grid: Grid, lines: Sequence[Sequence[Line]]) -> float:
    """How much room is left between the border of a cell and its text, at the least."""
    least = _MOST_PADDING
    for place, own in zip(grid.places, lines, strict=True):
        box = grid.box_of(place)
        for line in own:
            least = min(least, line.x0 - box.x0, box.x1 - line.x1)
    return max(least, 0.0)


def _mark_crossing(
    grid: Grid,
    lines: list[list[Line]],
    at: dict[tuple[int, int], int],
    page: int,
    remarks: Remarks,
) -> None:
    """A number that goes on across the border of two cells is none in either of them."""
    for number, place in enumerate(grid.places):
        right = place.column + place.columns
        if right >= len(grid.xs) - 1:
            continue
        for row in range(place.row, place.row + place.rows):
            other = at[row, right]
            for index, line in enumerate(lines[number]):
                for after_index, after in enumerate(lines[other]):
                    if not _crosses(line, after):
                        continue
                    remarks.add(_ACROSS, f"p{page} {line.text}{after.text}")
                    lines[number][index] = attrs.evolve(line, text=line.text + UNKNOWN)
                    lines[other][after_index] = attrs.evolve(after, text=UNKNOWN + after.text)


def _crosses(line: Line, after: Line) -> bool:
    if abs(line.base - after.base) > 1.5 or line.text.endswith(UNKNOWN):
        return False
    last, first = line.glyphs[-1], after.glyphs[0]
    gap = first.x0 - last.x1
    return gap < 0.1 * last.size and last.text in IN_NUMBERS and first.text in IN_NUMBERS
