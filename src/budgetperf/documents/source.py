"""A document as a person sees it, whatever kind of file it is: headings, paragraphs and tables in
their order. It knows nothing of budgets."""

from __future__ import annotations

import functools
from typing import NamedTuple, TypeAlias

import attrs

from budgetperf.exact import Text

__all__ = ["Block", "Cell", "Document", "Heading", "Paragraph", "Row", "Spot", "Table", "cell_name"]


# Tuples, since there are thousands of the two in one document, and a tuple is made in a third of
# the time.


class Spot(NamedTuple):
    """Where a piece stands. Everything is counted from 1; ``None`` or ``""`` where there is none.

    Args:
        line: the line of a text, or the row of a sheet. A document without lines has one for each
            paragraph and each row of a table, with all that stands in its cells.
        page: the page.
        paragraph: the paragraph, those in tables not counted.
        table: the table, those in cells not counted.
        sheet: the sheet.
        cell: the cell as in a sheet: ``"B7"``.
        turns: for each further page on which its text goes on, how many signs stand before it,
            blanks not counted, and the page.
    """

    line: int
    page: int | None = None
    paragraph: int | None = None
    table: int | None = None
    sheet: str = ""
    cell: str = ""
    turns: tuple[tuple[int, int], ...] = ()


class Cell(NamedTuple):
    """A cell of a table; of merged ones, the one that shows.

    Args:
        text: as it is seen, a line for each paragraph; what tables in it say is left out.
        column: the first column that it takes, counted from 1.
        spot: where it stands.
        rows: how many rows it takes, its own and those below.
        columns: how many columns it takes.
        blocks: what stands in it in order, where that includes a table; else nothing.
    """

    text: str
    column: int
    spot: Spot
    rows: int = 1
    columns: int = 1
    blocks: tuple[Block, ...] = ()


@attrs.frozen(kw_only=True)
class Heading:
    """A heading.

    Args:
        text: as it is seen, with its number where that is written or counted by the program.
        level: 1 for the highest.
        spot: where it stands.
    """

    text: str
    level: int
    spot: Spot


@attrs.frozen(kw_only=True)
class Paragraph:
    """A paragraph.

    Args:
        text: as it is seen; ``\\n`` where a line is broken on purpose.
        spot: where it stands.
    """

    text: str
    spot: Spot


@attrs.frozen(kw_only=True)
class Row:
    """A row of a table.

    Args:
        cells: those that begin in this row, from left to right.
        line: its line, as in :class:`Spot`.
    """

    cells: tuple[Cell, ...]
    line: int


@attrs.frozen(kw_only=True)
class Table:
    """A table.

    Args:
        rows: from top to bottom.
        spot: where it begins.
        hidden: the cells of rows between these that do not show.
    """

    rows: tuple[Row, ...]
    spot: Spot
    hidden: tuple[Cell, ...] = ()

    def texts(self) -> tuple[tuple[str, ...], ...]:
        """The texts of each row by column: ``""`` where a merged cell goes on."""
        return tuple(
            tuple("" if cell is None or not begins else cell.text for cell, begins in places)
            for places in self._places()
        )

    def grid(self) -> tuple[tuple[Cell | None, ...], ...]:
        """For each row and column the cell that covers the place."""
        return tuple(tuple(cell for cell, _ in places) for places in self._places())

    def _places(self) -> list[list[tuple[Cell | None, bool]]]:
        """Each place with its cell, and whether that begins there. Rows are as long as they are."""
        rows: list[list[tuple[Cell | None, bool]]] = []
        above: dict[int, tuple[Cell, int]] = {}  # by column: a cell that goes on, how many rows
        for row in self.rows:
            own = {
                cell.column + over: (cell, over == 0)
                for cell in row.cells
                for over in range(cell.columns)
            }
            going = {column: (cell, False) for column, (cell, _) in above.items()}
            places: dict[int, tuple[Cell | None, bool]] = {**going, **own}
            width = max(places, default=0)
            rows.append([places.get(column, (None, False)) for column in range(1, width + 1)])
            above = {column: (cell, left - 1) for column, (cell, left) in above.items() if left > 1}
            above |= {
                column: (cell, cell.rows - 1) for column, (cell, _) in own.items() if cell.rows > 1
            }
        return rows


Block: TypeAlias = Heading | Paragraph | Table


@attrs.frozen(kw_only=True)
class Document:
    """What a file shows, in its order.

    Args:
        kind: the kind of file, told by what is in it: ``"docx"``, ``"xlsx"``, ``"xls"``,
            ``"odt"``, ``"ods"``, ``"pdf"``, ``"image"``, ``"html"``, ``"csv"``, ``"tsv"`` or
            ``"text"``.
        encoding: how its text is encoded; ``""`` where the format says that itself.
        blocks: headings, paragraphs and tables.
        notes: what is hidden in the file, was left out, or could not be kept.
        sha256: the hash of the bytes of the file, or of the text in UTF-8.
        recognised: whether its text was recognised from pictures.
    """

    kind: str
    encoding: str = ""
    blocks: tuple[Block, ...]
    notes: tuple[Text, ...] = ()
    sha256: str = ""
    recognised: bool = False


def cell_name(row: int, column: int) -> str:
    """The name of a place in a table, as in a sheet.

    >>> cell_name(7, 2), cell_name(1, 28)
    ('B7', 'AB1')
    """
    return f"{_letters(column)}{row}"


@functools.lru_cache(maxsize=1024)
def _letters(column: int) -> str:
    letters = ""
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters
