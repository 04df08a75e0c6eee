"""A document as numbered lines, cells separated by tabs: the form that layouts read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from budgetperf.documents.source import Block, Document, Row, Table

__all__ = ["lines_of"]

_FEWEST_TABS = 2
"""What has fewer is no row of a table."""


def lines_of(document: Document) -> Iterator[tuple[int, str]]:
    """The lines that are not blank, each with its number."""
    return _of_blocks(document.blocks, None)


def _of_blocks(blocks: Iterable[Block], line: int | None) -> Iterator[tuple[int, str]]:
    """Those of some blocks; all of them on one line, if they are in a cell."""
    for block in blocks:
        if isinstance(block, Table):
            all_texts = block.texts()
            is_frame = max(map(len, all_texts), default=0) <= 1
            for row, texts in zip(block.rows, all_texts, strict=True):
                at = row.line if line is None else line
                yield from _of_frame(row, at) if is_frame else _of_row(row, texts, at)
        else:
            # A form feed ends a line that is no line for an editor.
            for part in block.text.splitlines():
                if part.strip():
                    yield block.spot.line if line is None else line, part


def _of_frame(row: Row, line: int) -> Iterator[tuple[int, str]]:
    """What stands in a table of one column, which is a frame around text."""
    for cell in row.cells:
        if cell.blocks:
            yield from _of_blocks(cell.blocks, line)
        else:
            yield from ((line, part) for part in cell.text.splitlines() if part.strip())


def _of_row(row: Row, texts: tuple[str, ...], line: int) -> Iterator[tuple[int, str]]:
    inner = [cell for cell in row.cells if cell.blocks]
    filled = [cell for cell in row.cells if cell.blocks or cell.text.strip()]
    if inner and len(filled) == 1:  # it holds tables together, and is no cell of one
        yield from _of_blocks(inner[0].blocks, line)
        return
    if any(text.strip() for text in texts):
        # A break in a cell is a blank, which goes where it parts no letters or digits.
        cells = [" ".join(text.replace("\t", " ").splitlines()) for text in texts]
        cells += [""] * (_FEWEST_TABS + 1 - len(cells))
        yield line, "\t".join(cells)
    for cell in inner:
        tables = (block for block in cell.blocks if isinstance(block, Table))
        yield from _of_blocks(tables, line)
