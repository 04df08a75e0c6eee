"""A form as a grid of cells, as every format writes it. It knows nothing of budgets."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping

import attrs

from budgetperf.exact import Figure

from .paragraphs import Paragraph

__all__ = ["Block", "Look", "Page", "Put"]


class Look(enum.Enum):
    """What a cell looks like."""

    LABEL = "label"
    WORDS = "words"
    NUMBER = "number"


@attrs.frozen(kw_only=True)
class Put:
    """A cell.

    Args:
        text: what is seen in it.
        column: its first column, counted from 1.
        columns: how many it takes.
        rows: how many rows it takes, its own and those below.
        look: what it looks like.
        number: the number that it holds, where it is no text: in the unit of its column.
        formula: what the number is computed by, with ``{path}`` for the cells of other figures.
        path: the figure or the words that it holds.
        is_open: whether it is left to be filled in.
    """

    text: str
    column: int
    columns: int = 1
    rows: int = 1
    look: Look = Look.WORDS
    number: Figure | None = None
    formula: str = ""
    path: str = ""
    is_open: bool = False

    @property
    def is_long(self) -> bool:
        """Whether it holds sentences, which stand on the left: names stand in the middle."""
        is_told = len(self.text) > _SHORT and any(mark in self.text for mark in _MARKS)
        return self.look is Look.WORDS and (is_told or len(self.text) > _LONG)


_SHORT, _LONG = 12, 30
_MARKS = "，。；：,;\n"


@attrs.frozen(kw_only=True)
class Block:
    """Rows that belong together.

    Args:
        rows: from top to bottom, each from left to right.
        header: how many of them stand again at the top of each page.
    """

    rows: tuple[tuple[Put, ...], ...]
    header: int = 0


@attrs.frozen(kw_only=True)
class Page:
    """A form.

    Args:
        heading: what stands above it.
        year: the line below that, ``""`` if there is none.
        widths: of the columns, in characters of half width.
        blocks: its parts, all on one grid.
        notes: what is told below it, by headings.
        held: what it holds of the report in no cell of its own: the year, merged headings.
        text: what stands before it, where the format has text.
        annex: a further table behind it, if there is one.
    """

    heading: str
    year: str
    widths: tuple[int, ...]
    blocks: tuple[Block, ...]
    notes: Mapping[str, tuple[str, ...]] = attrs.field(factory=dict[str, "tuple[str, ...]"])
    held: frozenset[str] = frozenset()
    text: tuple[Paragraph, ...] = ()
    annex: Page | None = None

    @property
    def rows(self) -> Iterator[tuple[Put, ...]]:
        """All rows."""
        for block in self.blocks:
            yield from block.rows

    @property
    def paths(self) -> frozenset[str]:
        """What it holds of the report."""
        own = self.held | {cell.path for row in self.rows for cell in row if cell.path}
        return own if self.annex is None else own | self.annex.paths
