"""What the readers of every kind of file make of cells: what stands in one, a table of plain ones,
and the whole numbers by which files say how many there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from budgetperf.documents.readers.text import too_many_columns
from budgetperf.documents.source import Block, Cell, Row, Spot, Table, cell_name
from budgetperf.exact.limits import MAX_COLUMNS

__all__ = ["below", "cell_blocks", "cell_text", "table_of", "whole_number"]


def cell_text(blocks: Sequence[Block]) -> str:
    """What the paragraphs of a cell say, a line for each."""
    return "\n".join(block.text for block in blocks if not isinstance(block, Table))


def cell_blocks(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """What stands in a cell, where that includes a table; else nothing: its text says it all."""
    return tuple(blocks) if any(isinstance(block, Table) for block in blocks) else ()


def below(cells: Iterable[Cell], line: int) -> Iterator[Cell]:
    """The cells of hidden rows, which have neither a line nor a name, at the line of the row that
    shows below them."""
    return (c._replace(spot=c.spot._replace(line=line, cell="")) for c in cells)


def table_of(rows: list[tuple[int, list[str]]], number: int, *, line: int | None = None) -> Table:
    """A table without merged cells.

    Args:
        rows: the line and the texts of each row.
        number: which table of the document it is.
        line: where it begins, if not with its first row.

    Raises:
        UnusableDocumentError: it is wider than any.
    """
    if max(len(texts) for _, texts in rows) > MAX_COLUMNS:
        raise too_many_columns()
    return Table(
        rows=tuple(
            Row(
                line=at,
                cells=tuple(
                    Cell(
                        text=text,
                        column=column,
                        spot=Spot(line=at, table=number, cell=cell_name(place, column)),
                    )
                    for column, text in enumerate(texts, start=1)
                ),
            )
            for place, (at, texts) in enumerate(rows, start=1)
        ),
        spot=Spot(line=line or rows[0][0], table=number),
    )


def whole_number(text: str, default: int = 0, *, signed: bool = False) -> int:
    """A whole number as files write it; ``default`` for anything else, and for what is longer than
    any count in a file.

    Args:
        text: what stands there.
        default: what stands for it if it is no whole number.
        signed: whether a minus may stand before it.
    """
    digits = text[1:] if signed and text.startswith("-") else text
    is_whole = digits.isdigit() and digits.isascii() and len(digits) <= _MOST_DIGITS
    return int(text) if is_whole else default


_MOST_DIGITS = 9
