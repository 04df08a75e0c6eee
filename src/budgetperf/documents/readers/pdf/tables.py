"""Tables over several pages: put together where a page end cuts them, down and across."""

from __future__ import annotations

import re
from collections.abc import Sequence

import attrs

from budgetperf.documents.places.prints import count_signs
from budgetperf.documents.readers.remarks import Remarks
from budgetperf.documents.source import Cell, Row, Spot, Table, cell_name
from budgetperf.exact import Text
from budgetperf.exact.text import shortened

from .cells import Filled
from .grids import Grid
from .joints import JOINT, between, is_numeric, resolved, surely_one
from .page import Page

__all__ = ["Part", "put_together", "table_of"]

_NEAR = 3.0
_FULL = 0.88
"""How far down a page is full at least."""
_REPEATED = Text(
    zh="跨页表格每页重复的表头只读取一次：{}",
    en="header rows repeated on each page were read once: {}",
)
_CUT = Text(
    zh="表格的一行被分页断开，已接成一行，请核对：{}",
    en="rows cut by the end of a page were put together; check: {}",
)
_UNBROKEN = ("", JOINT)
"""What stands where a line has no room for more, and no blank or break."""
_NUMBER = re.compile(r"[\d.,%‰()（）≥≤<>=+\-—－ ]*\d[\d.,%‰()（）≥≤<>=+\-—－ ]*")


@attrs.define
class _Cell:
    """A cell on the way: where it stands, and whether it goes on over a page end."""

    column: int
    rows: int
    columns: int
    text: str
    page: int
    filled: Filled
    is_open_above: bool
    is_open_below: bool
    turns: tuple[tuple[int, int], ...] = ()

    def take(self, other: _Cell, separator: str) -> None:
        """Go on with the text of one on the next page."""
        if self.text.strip():
            self.turns += ((count_signs(self.text), other.page),)
        else:
            self.page = other.page
        self.text = f"{self.text}{separator}{other.text}" if self.text.strip() else other.text


@attrs.define
class Part:
    """A table, or what a page has of one.

    Args:
        pages: the first page and the last one.
        page_height: how high its last page is.
        xs: where its columns begin, and where the last one ends.
        top: on its first page, where it begins.
        bottom: on its last page, where it ends.
        heights: how high its rows are.
        rows: its cells.
    """

    pages: tuple[int, int]
    page_height: float
    xs: tuple[float, ...]
    top: float
    bottom: float
    heights: list[float]
    rows: list[list[_Cell]]

    @classmethod
    def of(cls, page: Page, grid: Grid, cells: Sequence[Filled]) -> Part:
        """What a page has of it."""
        rows: list[list[_Cell]] = [[] for _ in range(len(grid.ys) - 1)]
        for cell in cells:
            place = cell.place
            rows[place.row].append(
                _Cell(
                    column=place.column,
                    rows=place.rows,
                    columns=place.columns,
                    text=cell.text,
                    page=page.number_at(cell.lines[0].glyphs[0].x0) if cell.lines else page.number,
                    filled=cell,
                    is_open_above=place.row == 0 and place.column in grid.open_above,
                    is_open_below=place.row + place.rows == len(rows)
                    and place.column in grid.open_below,
                )
            )
        heights = [b - a for a, b in zip(grid.ys, grid.ys[1:], strict=False)]
        pages = (page.number, page.number)
        return cls(pages, page.height, grid.xs, grid.ys[0], grid.ys[-1], heights, rows)

    def texts(self, row: int) -> list[tuple[int, str]]:
        """What a row says, with the columns."""
        return [(c.column, _plain(c.text)) for c in self.rows[row] if c.text.strip()]

    def label(self, row: int) -> str:
        """What a row begins with."""
        texts = self.texts(row)
        return texts[0][1] if texts else ""

    def labels(self) -> list[str]:
        """What each row begins with."""
        return [self.label(row) for row in range(len(self.rows))]


def _plain(text: str) -> str:
    return "".join(text.split()).replace(JOINT, "")


def put_together(parts: Sequence[Part | None], remarks: Remarks) -> list[Part]:
    """The tables of a document; one that goes on on the next page is one.

    Args:
        parts: those of each page in order; ``None`` where something else stands between.
        remarks: where it is said what was put together.
    """
    down: list[Part | None] = []
    lowest = max((part.bottom for part in parts if part is not None), default=0.0)
    for part in parts:
        before = down[-1] if down else None
        if part is not None and before is not None:
            end = max(lowest - _NEAR, _FULL * before.page_height)
            if _goes_on(before, part, end, remarks):
                continue
        down.append(part)
    return [part for part in down if part is not None]


def _goes_on(before: Part, part: Part, end: float, remarks: Remarks) -> bool:
    """Whether a table goes on in a part of the next page; it takes that in, if it does.

    Args:
        before: the table.
        part: the first table of the next page.
        end: where a page is full.
        remarks: where it is said what was put together.
    """
    if part.pages[0] != before.pages[1] + 1:
        return False
    if abs(before.xs[0] - part.xs[0]) > _NEAR or abs(before.xs[-1] - part.xs[-1]) > _NEAR:
        return False
    repeated = _repeated(before, part)
    if repeated == len(part.rows) or before.bottom + part.heights[repeated] < end:
        return False
    label = part.label(repeated)
    if label and label == before.label(repeated) and before.labels().count(label) == 1:
        return False  # the same form of something else
    if repeated:
        remarks.add(_REPEATED, f"p{part.pages[0]}")
    _append_rows(before, part, repeated, remarks)
    return True


def _repeated(before: Part, part: Part) -> int:
    """How many rows at its beginning are the header rows once more."""
    count = 0
    for row in range(min(len(before.rows), len(part.rows))):
        if not part.texts(row) or before.texts(row) != part.texts(row):
            break
        count += 1
    has_words = any(
        not _NUMBER.fullmatch(text) for row in range(count) for _, text in part.texts(row)
    )
    return count if has_words else 0


def _append_rows(before: Part, part: Part, first: int, remarks: Remarks) -> None:
    xs = _united(before.xs, part.xs)
    _move(before, xs)
    _move(part, xs)
    rows = part.rows[first:]
    if not first:
        _join_merged(before, rows[0])
    last = _ending(before)
    if _is_cut_beside_parts(last, rows[0]):
        _join_beside_parts(last, rows[0], remarks, f"p{part.pages[0]}")
    elif _is_cut(last, rows[0]):
        for cell in rows[0]:
            if not cell.text.strip():
                continue
            upper = _at(last, cell.column)
            if upper is None:
                before.rows[-1].append(attrs.evolve(cell, rows=1))
            elif upper.text.strip():
                _append_text(upper, cell, remarks, f"p{part.pages[0]}")
            else:
                upper.take(cell, "")
        before.rows[-1].sort(key=lambda cell: cell.column)
        merged = [attrs.evolve(cell, rows=cell.rows - 1) for cell in rows[0] if cell.rows > 1]
        rows = rows[1:]
        if rows:
            rows[0] = sorted((*rows[0], *merged), key=lambda cell: cell.column)
        first += 1
    before.rows += rows
    before.heights += part.heights[first:]
    before.pages, before.bottom = (before.pages[0], part.pages[1]), part.bottom
    before.page_height = part.page_height


def _join_merged(before: Part, row: list[_Cell]) -> None:
    """Cells over several rows that a page end cuts become one: their text stands in one part."""
    ends = {(cell.column, cell.columns): cell for cell in _ending(before)}
    for cell in list(row):
        upper = ends.get((cell.column, cell.columns))
        if upper is None or not (upper.is_open_below or cell.is_open_above):
            continue
        text, more = upper.text.strip(), cell.text.strip()
        if (text and more) or max(upper.rows, cell.rows) < 2 or _NUMBER.fullmatch(text or more):
            continue
        if more and cell.rows < 2:
            continue  # it may be that of its own row
        if not text:
            upper.page = cell.page
        upper.text = text or more
        upper.rows += cell.rows
        upper.is_open_below = cell.is_open_below
        row.remove(cell)


def _ending(part: Part) -> list[_Cell]:
    """The cells that end with its last row, wherever they begin."""
    rows = enumerate(part.rows)
    return [cell for at, row in rows for cell in row if at + cell.rows == len(part.rows)]


def _at(row: Sequence[_Cell], column: int) -> _Cell | None:
    return next((c for c in row if c.column <= column < c.column + c.columns), None)


def _is_cut(upper: Sequence[_Cell], lower: Sequence[_Cell]) -> bool:
    """Whether a row goes on in the first one of the next page: each cell that has something there
    has something in the upper one, up to its end, and what is a number breaks off as one does that
    has no room. Where some text breaks off so, words beside it may end higher up, and merged cells
    may go on below."""
    merged = [cell for cell in lower if cell.rows > 1]
    if any(cell.text.strip() for cell in merged):
        return False
    pairs: list[tuple[_Cell, _Cell]] = []
    is_apart = False
    for cell in lower:
        if cell.text.strip():
            above = _at(upper, cell.column)
            if above is None or not _is_same_column(above, cell):
                return False
            if not _touch(above, cell):
                is_number = _NUMBER.fullmatch(above.text) or _NUMBER.fullmatch(cell.text)
                if is_number or above.rows > 1:
                    return False
                is_apart = True
                continue
            pairs.append((above, cell))
    breaks_off = any(_between(above, cell) in _UNBROKEN for above, cell in pairs)
    if not pairs or ((merged or is_apart) and not breaks_off):
        return False
    is_whole = len(pairs) >= sum(bool(cell.text.strip()) for cell in upper if cell.rows == 1)
    return all(
        _between(above, cell) != "\n"
        or not (is_whole or (_NUMBER.fullmatch(above.text) and _NUMBER.fullmatch(cell.text)))
        for above, cell in pairs
    )


def _append_text(upper: _Cell, cell: _Cell, remarks: Remarks, where: str) -> None:
    upper.take(cell, _between(upper, cell))
    upper.filled = cell.filled
    remarks.add(_CUT, f"{where} {shortened(_plain(upper.text), 20)}")


def _is_cut_beside_parts(upper: Sequence[_Cell], lower: Sequence[_Cell]) -> bool:
    """Whether the head of a table is cut where one of its cells is divided: the words of the cells
    beside that one, over both rows, break off, and only below that one others begin."""
    joined = 0
    has_parts = False
    for cell in lower:
        above = _at(upper, cell.column)
        if above is None or _NUMBER.fullmatch(cell.text):
            return False
        if above.columns > cell.columns:
            has_parts = True
        elif cell.text.strip():
            if not _is_same_column(above, cell) or not _touch(above, cell):
                return False
            if _between(above, cell) not in _UNBROKEN:
                return False
            joined += 1
    return has_parts and joined >= _LEAST_JOINED


_LEAST_JOINED = 2


def _join_beside_parts(
    upper: Sequence[_Cell], lower: list[_Cell], remarks: Remarks, where: str
) -> None:
    """Make one of each cell that goes on; the parts of the divided one stay."""
    for cell in list(lower):
        above = _at(upper, cell.column)
        if above is not None and above.columns == cell.columns:
            if cell.text.strip():
                _append_text(above, cell, remarks, where)
            above.rows += cell.rows
            lower.remove(cell)


def _is_same_column(above: _Cell, cell: _Cell) -> bool:
    """Whether a cell stands below another one that has something in it."""
    is_below = (above.column, above.columns) == (cell.column, cell.columns)
    return is_below and bool(above.filled.lines)


def _touch(above: _Cell, cell: _Cell) -> bool:
    """Whether what is in two cells of a column reaches the end of the one and the beginning of the
    other."""
    size = above.filled.lines[-1].size
    return above.filled.below < _LINE * size and cell.filled.above < size


_LINE = 1.45
"""How high a line of Chinese is, in sizes of its letters: in less room no further one stands."""


def _between(above: _Cell, cell: _Cell) -> str:
    return between(above.filled.lines[-1], cell.filled.lines[0], above.filled.width)


def _united(first: tuple[float, ...], other: tuple[float, ...]) -> tuple[float, ...]:
    new = [x for x in other if all(abs(x - mark) > _NEAR for mark in first)]
    return tuple(sorted((*first, *new)))


def _move(part: Part, xs: tuple[float, ...]) -> None:
    """Count its columns by other marks, which are all of its own and more."""
    if len(xs) == len(part.xs):
        part.xs = xs
        return
    to = [min(range(len(xs)), key=lambda at: abs(xs[at] - x)) for x in part.xs]
    for row in part.rows:
        for cell in row:
            first, last = to[cell.column], to[cell.column + cell.columns]
            cell.column, cell.columns = first, last - first
    part.xs = xs


# As a table of the document.


def table_of(part: Part, number: int, line: int, remarks: Remarks) -> Table:
    """The table.

    Args:
        part: what was found of it.
        number: which table of the document it is.
        line: the line before it.
        remarks: where it is said what was put together.
    """
    beside = _stretches(part)
    rows: list[Row] = []
    for at, row in enumerate(part.rows, start=1):
        cells = tuple(
            Cell(
                text=resolved(
                    cell.text,
                    f"p{cell.page} {cell_name(at, cell.column + 1)} ",
                    remarks,
                    beside.get((at, cell.column), ()),
                ),
                column=cell.column + 1,
                columns=cell.columns,
                rows=cell.rows,
                spot=Spot(
                    line=line + at,
                    page=cell.page,
                    table=number,
                    cell=cell_name(at, cell.column + 1),
                    turns=cell.turns,
                ),
            )
            for cell in row
        )
        rows.append(Row(cells=cells, line=line + at))
    return Table(rows=tuple(rows), spot=Spot(line=line + 1, page=part.pages[0], table=number))


def _stretches(part: Part) -> dict[tuple[int, int], list[str]]:
    """For each cell by row and column the numbers of its column down to the next words, and up to
    those above: what stands below another header is of another kind. The cells of a column are as
    wide as each other."""
    numbers: dict[tuple[int, int], list[str]] = {}
    current: dict[int, tuple[int, int, list[str]]] = {}
    for at, row in enumerate(part.rows, start=1):
        for cell in row:
            is_broken = JOINT in cell.text
            if not (is_broken or any(char.isalnum() for char in cell.text)):
                continue
            covered = range(cell.column, cell.column + cell.columns)
            if not (is_broken or is_numeric(cell.text)):
                current |= dict.fromkeys(covered, (-1, 0, list[str]()))
                continue
            before = current.get(cell.column)
            if before is None or before[:2] != (cell.column, cell.columns):
                before = (cell.column, cell.columns, list[str]())
                current |= dict.fromkeys(covered, before)
            numbers[at, cell.column] = before[2]
            whole = surely_one(cell.text) if is_broken else cell.text
            if whole:
                before[2].append(whole)
    return numbers
