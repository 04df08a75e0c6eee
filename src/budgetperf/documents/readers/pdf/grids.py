"""From rules to tables: which cells they form, how many rows and columns each takes."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Sequence

import attrs

from budgetperf.documents.readers.text import too_long, too_many_columns
from budgetperf.exact.limits import MAX_COLUMNS, MAX_PARTS

from .page import Box, Rule

__all__ = ["Grid", "Place", "grids"]

_NEAR = 3.0
"""How far lines that are one may stand apart."""
_SHORT = 3.0
_MOST_PAIRS = 4_000_000


@attrs.frozen
class Place:
    """A cell: its first row and column, counted from 0, and how many of them it takes."""

    row: int
    column: int
    rows: int
    columns: int


@attrs.frozen
class Grid:
    """The cells of a table.

    Args:
        xs: where columns begin, and where the last one ends.
        ys: the same of rows.
        places: its cells, row by row.
        open_above: the columns without a line above the first row.
        open_below: those without one below the last row.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    places: tuple[Place, ...]
    open_above: frozenset[int] = frozenset()
    open_below: frozenset[int] = frozenset()

    @property
    def box(self) -> Box:
        """What it covers."""
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def box_of(self, place: Place) -> Box:
        """What a cell covers."""
        return Box(
            self.xs[place.column],
            self.ys[place.row],
            self.xs[place.column + place.columns],
            self.ys[place.row + place.rows],
        )


@attrs.define
class _Side:
    """A line with all that go on from it: where it stands, and from where to where it goes."""

    at: float
    parts: list[tuple[float, float]]

    @property
    def start(self) -> float:
        return self.parts[0][0]

    @property
    def end(self) -> float:
        return max(end for _, end in self.parts)

    def covers(self, start: float, end: float) -> bool:
        """Whether it goes from here to there, but for what does not count."""
        slack = min(_NEAR, 0.25 * (end - start))
        return any(a <= start + slack and end - slack <= b for a, b in self.parts)


def grids(rules: Sequence[Rule]) -> list[Grid]:
    """The tables of more than one cell, from top to bottom.

    Raises:
        UnusableDocumentError: there are more lines and cells than on any page.
    """
    across = _sides((r.top, r.x0, r.x1) for r in rules if r.is_across)
    down = _sides((r.x0, r.top, r.bottom) for r in rules if not r.is_across)
    tables = [
        grid
        for own_across, own_down in _groups(across, down)
        if (grid := _grid(own_across, own_down))
    ]
    # What is ruled within a cell parts the words of that cell, and is no table beside it.
    outer = [
        grid
        for grid in tables
        if not any(other is not grid and _is_inside(grid.box, other.box) for other in tables)
    ]
    return sorted(outer, key=lambda grid: (grid.ys[0], grid.xs[0]))


def _is_inside(inner: Box, outer: Box) -> bool:
    return (
        outer.x0 <= inner.x0
        and outer.top <= inner.top
        and inner.x1 <= outer.x1
        and inner.bottom <= outer.bottom
    )


def _sides(lines: Iterable[tuple[float, float, float]]) -> list[_Side]:
    """Lines by where they stand; those that touch or overlap are one."""
    sides: list[_Side] = []
    ordered = sorted(lines)
    start = 0
    for at in range(1, len(ordered) + 1):
        is_last = at == len(ordered)
        if (
            is_last
            or ordered[at][0] - ordered[at - 1][0] > _NEAR / 2
            or (ordered[at][0] - ordered[start][0] > _NEAR)
        ):
            group = ordered[start:at]
            weight = sum(end - begin for _, begin, end in group) or 1.0
            # The longer a piece, the more it says where the line is: short ones are joints.
            place = sum(where * (end - begin) for where, begin, end in group) / weight
            parts = _joined([(begin, end) for _, begin, end in group])
            long_parts = [(begin, end) for begin, end in parts if end - begin > _SHORT]
            if long_parts:
                sides.append(_Side(place, long_parts))
            start = at
    return sides


def _joined(parts: list[tuple[float, float]]) -> list[tuple[float, float]]:
    joined: list[tuple[float, float]] = []
    for begin, end in sorted(parts):
        if joined and begin <= joined[-1][1] + _NEAR:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((begin, end))
    return joined


def _groups(across: list[_Side], down: list[_Side]) -> Iterable[tuple[list[_Side], list[_Side]]]:
    """Lines that hang together, across and down: those of a table."""
    lines = [_Side(side.at, [part]) for side in across for part in side.parts]
    posts = [_Side(side.at, [part]) for side in down for part in side.parts]
    if len(lines) * len(posts) > _MOST_PAIRS:
        raise too_long()
    owner = list(range(len(lines) + len(posts)))

    def root(at: int) -> int:
        while owner[at] != at:
            owner[at] = owner[owner[at]]
            at = owner[at]
        return at

    places = [post.at for post in posts]
    for number, line in enumerate(lines):
        first = bisect.bisect_left(places, line.start - _NEAR)
        for at in range(first, bisect.bisect_right(places, line.end + _NEAR)):
            if posts[at].start - _NEAR <= line.at <= posts[at].end + _NEAR:
                owner[root(number)] = root(len(lines) + at)
    groups: dict[int, tuple[list[_Side], list[_Side]]] = {}
    for number, side in enumerate([*lines, *posts]):
        group = groups.setdefault(root(number), ([], []))
        group[0 if number < len(lines) else 1].append(side)
    return groups.values()


def _grid(across: list[_Side], down: list[_Side]) -> Grid | None:
    if len(across) < 2 or len(down) < 1:
        return None
    ends_across = (min(line.start for line in across), max(line.end for line in across))
    ends_down = (min(post.start for post in down), max(post.end for post in down))
    xs = _marks([post.at for post in down], ends_across)
    ys = _marks([line.at for line in across], ends_down)
    if len(xs) < 2 or len(ys) < 2:
        return None
    if len(xs) > MAX_COLUMNS:
        raise too_many_columns()
    if len(xs) * len(ys) > MAX_PARTS:
        raise too_long()
    walls = _Walls(xs, ys, across, down)
    places = _places(walls)
    return (
        Grid(xs, ys, places, walls.open_at(0), walls.open_at(len(ys) - 1))
        if len(places) > 1
        else None
    )


def _marks(places: list[float], ends: tuple[float, float]) -> tuple[float, ...]:
    """Where lines stand, each once; the ends of those that cross them where there is none."""
    marks: list[float] = []
    for place in sorted(places):
        if not marks or place - marks[-1] > _NEAR:
            marks.append(place)
    if marks[0] - ends[0] > 2 * _NEAR:
        marks.insert(0, ends[0])
    if ends[1] - marks[-1] > 2 * _NEAR:
        marks.append(ends[1])
    return tuple(marks)


class _Walls:
    """Whether there is a line between two squares of a grid."""

    def __init__(
        self,
        xs: tuple[float, ...],
        ys: tuple[float, ...],
        across: list[_Side],
        down: list[_Side],
    ) -> None:
        self.columns = len(xs) - 1
        self.rows = len(ys) - 1
        self._left: set[tuple[int, int]] = set()
        self._above: set[tuple[int, int]] = set()
        for post in down:
            column = _nearest(xs, post.at)
            for row in _spanned(ys, post):
                self._left.add((row, column))
        for line in across:
            row = _nearest(ys, line.at)
            for column in _spanned(xs, line):
                self._above.add((row, column))

    def open_at(self, row: int) -> frozenset[int]:
        """The columns without a line above a row."""
        return frozenset(c for c in range(self.columns) if (row, c) not in self._above)

    def left(self, row: int, column: int) -> bool:
        return column == 0 or (row, column) in self._left

    def above(self, row: int, column: int) -> bool:
        return row == 0 or (row, column) in self._above


def _nearest(marks: tuple[float, ...], at: float) -> int:
    return min(range(len(marks)), key=lambda number: abs(marks[number] - at))


def _spanned(marks: tuple[float, ...], side: _Side) -> list[int]:
    return [
        number for number in range(len(marks) - 1) if side.covers(marks[number], marks[number + 1])
    ]


def _places(walls: _Walls) -> tuple[Place, ...]:
    """The cells: squares without a line between them. What is no rectangle is cut into such."""
    taken: set[tuple[int, int]] = set()
    places: list[Place] = []
    for row in range(walls.rows):
        for column in range(walls.columns):
            if (row, column) in taken:
                continue
            columns = 1
            while (
                column + columns < walls.columns
                and not walls.left(row, column + columns)
                and (row, column + columns) not in taken
            ):
                columns += 1
            rows = 1
            while row + rows < walls.rows and _goes_on(walls, row + rows, column, columns):
                rows += 1
            taken.update(
                (row + down, column + right) for down in range(rows) for right in range(columns)
            )
            places.append(Place(row, column, rows, columns))
    return tuple(places)


def _goes_on(walls: _Walls, row: int, column: int, columns: int) -> bool:
    """Whether a cell goes on in a row: nothing is between, and it ends where it did above."""
    across = range(column, column + columns)
    if any(walls.above(row, at) for at in across):
        return False
    if any(walls.left(row, at) for at in across if at > column):
        return False
    ends = column + columns
    is_closed = ends == walls.columns or walls.left(row, ends)
    return is_closed and walls.left(row, column)
