"""A document as forms are read from it: prose, and the rows of its tables with their cells."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from typing import TypeAlias

import attrs

from budgetperf.documents.source import Block, Cell, Document, Heading, Row, Table
from budgetperf.documents.understanding.segments import Segment, clean
from budgetperf.exact import Missing, MissingReason, Place

from .words import Words, words_of

__all__ = ["Line", "Piece", "Prose", "Sheet", "blank_below", "forget", "overlap", "pieces_of"]


@attrs.frozen(kw_only=True, eq=False)
class Piece:
    """A cell of a form.

    Args:
        text: its words, plain, in one line.
        first: the first column that it takes, counted from 1.
        last: the last one.
        segment: its text as numbers are counted in it.
        place: where it stands.
    """

    text: str
    first: int
    last: int
    segment: Segment
    place: Place

    @property
    def words(self) -> Words:
        """Its text as headers are compared."""
        return words_of(self.text)

    def understand(self) -> None:
        """Record that its numbers were understood."""
        self.segment.understand(0, self.segment.length)


@attrs.frozen(kw_only=True, eq=False)
class Line:
    """A row of a table: the cells that begin in it and are not blank, from left to right.

    Args:
        pieces: the cells.
        blanks: the columns whose cells begin in it and are blank.
        number: its line in the document.
        width: how many columns it takes, with what goes on from above; that of its table where
            cells know their columns.
    """

    pieces: tuple[Piece, ...]
    blanks: frozenset[int]
    number: int
    width: int

    @property
    def words(self) -> set[str]:
        """The words of its cells, with and without what is in brackets behind them."""
        both = (piece.words for piece in self.pieces)
        return {form for words in both for form in (words.full, words.name)}

    def left_of(self, column: int) -> tuple[Piece, ...]:
        """The cells that end left of a column."""
        return tuple(piece for piece in self.pieces if piece.last < column)


@attrs.frozen(kw_only=True, eq=False)
class Sheet:
    """A table.

    Args:
        lines: its rows; those without a word are left out.
        width: how many columns it has.
    """

    lines: tuple[Line, ...]
    width: int


@attrs.frozen(kw_only=True, eq=False)
class Prose:
    """A paragraph or a heading."""

    text: str
    line: int
    segment: Segment


Item: TypeAlias = Prose | Sheet


def pieces_of(document: Document) -> Iterator[Item]:
    """What the document holds in its order. Tables that only frame something are opened."""
    return _of_blocks(document.blocks, document.kind in _LISTED)


_LISTED = ("html", "csv", "tsv", "text")
"""Where a row is a list of cells, so that each one stands where those before it leave it."""


def _of_blocks(blocks: Iterable[Block], is_listed: bool) -> Iterator[Item]:
    for block in blocks:
        if isinstance(block, Table):
            yield from _of_table(block, is_listed)
        else:
            yield from _prose(block.text, block.spot.line, isinstance(block, Heading))


def _prose(text: str, line: int, is_heading: bool = False) -> Iterator[Prose]:
    for part in text.splitlines():
        words = clean(part)
        if words:
            segment = Segment(kind="heading" if is_heading else "text")
            segment.append(words, line)
            yield Prose(text=words, line=line, segment=segment)


def _of_table(table: Table, is_listed: bool) -> Iterator[Item]:
    widths = [len(row) for row in table.grid()]
    width = max(widths, default=0)
    if width <= 1:
        for row in table.rows:
            for cell in row.cells:
                yield from _opened(cell, row, is_listed)
        return
    lines: list[Line] = []
    for row, own in zip(table.rows, widths, strict=True):
        filled = [cell for cell in row.cells if cell.blocks or cell.text.strip()]
        if len(filled) == 1 and filled[0].blocks:  # it holds tables together, and is no cell of one
            if lines:
                yield _sheet(lines, width)
                lines = []
            yield from _opened(filled[0], row, is_listed)
            continue
        line = _line(row, own if is_listed else width)
        if line.pieces:
            lines.append(line)
        inner = [block for cell in filled for block in cell.blocks if isinstance(block, Table)]
        if inner:
            yield _sheet(lines, width)
            lines = []
            yield from _of_blocks(inner, is_listed)
    if lines:
        yield _sheet(lines, width)


def _sheet(lines: Iterable[Line], width: int) -> Sheet:
    return Sheet(lines=tuple(_as_one(lines)), width=width)


def _as_one(lines: Iterable[Line]) -> Iterator[Line]:
    """Rows in which a number that is printed again in each column that its cell takes stands once:
    in columns whose header is printed again, too."""
    alike = set[int]()  # columns whose header is that of the column to the left
    for line in lines:
        if not any(_BARE.fullmatch(piece.text) for piece in line.pieces):
            alike = {
                piece.first
                for before, piece in itertools.pairwise(line.pieces)
                if before.last + 1 == piece.first and before.text == piece.text
            }
        pieces: list[Piece] = []
        for piece in line.pieces:
            before = pieces[-1] if pieces and piece.first in alike else None
            is_again = before is not None and before.last + 1 == piece.first
            is_number = _BARE.fullmatch(piece.text) is not None
            if before is not None and is_again and is_number and before.text == piece.text:
                pieces.append(attrs.evolve(piece, segment=before.segment))
            else:
                pieces.append(piece)
        yield attrs.evolve(line, pieces=tuple(pieces))


def _opened(cell: Cell, row: Row, is_listed: bool) -> Iterator[Item]:
    if cell.blocks:
        yield from _of_blocks(cell.blocks, is_listed)
    else:
        yield from _prose(cell.text, row.line)


def _line(row: Row, width: int) -> Line:
    pieces: list[Piece] = []
    blanks = set[int]()
    for cell in row.cells:
        words = clean(_BROKEN.sub(_BREAK, " ".join(cell.text.split("\n"))))
        if not words:
            blanks |= set(range(cell.column, cell.column + cell.columns))
            continue
        segment = Segment(kind="cell")
        segment.append(words, row.line)
        pieces.append(
            Piece(
                text=words,
                first=cell.column,
                last=cell.column + cell.columns - 1,
                segment=segment,
                place=Place(line=row.line, column=cell.column),
            )
        )
    return Line(pieces=tuple(pieces), blanks=frozenset(blanks), number=row.line, width=width)


def blank_below(column: int, row: Line, line: int | None) -> Missing:
    """The blank cell of a row, at its column; of one that was put together from others, at a line
    alone.

    Args:
        column: the first one of the header above it.
        row: the row.
        line: the line for where no more is known.
    """
    for piece in row.pieces:
        if piece.place.line != row.number or piece.place.column != piece.first:
            return Missing(reason=MissingReason.BLANK, line=line)
    place = Place(line=row.number, column=column)
    return Missing(reason=MissingReason.BLANK, line=row.number, place=place)


def forget(pieces: Iterable[Piece]) -> None:
    """Take back that the numbers of some cells were understood."""
    for piece in pieces:
        piece.segment.understood.clear()


def overlap(piece: Piece, first: int, last: int) -> int:
    """How many columns a cell shares with a stretch of them."""
    return max(0, min(piece.last, last) - max(piece.first, first) + 1)


_BARE = re.compile(r"[≥≤<>=]{0,2}\d[\d.,]*+(?!年)\D{0,8}")
"""A cell with a number and hardly more, as no header has."""
_BROKEN = re.compile(r"(?<=\d[.,，．])\s+(?=\d)|(?<=\d)\s+(?=[.,．]\d)")
_BREAK = "␣"
"""Stands where a number is broken, so that it is not read; blanks beside a point would go."""
