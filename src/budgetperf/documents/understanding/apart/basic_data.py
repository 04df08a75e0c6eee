"""The table of a department's basic data, taken out of a document and read by itself: no other
reader comes across its rows."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

import attrs

from budgetperf.display.words.whereabouts import lines_text
from budgetperf.documents.basic_data import BasicData, Row, Section, basic_data, plain
from budgetperf.documents.source import Block, Document, Table
from budgetperf.documents.understanding.assembling import (
    NOTHING_BESIDE,
    Beside,
    Found,
    NamedRow,
    Value,
)
from budgetperf.documents.understanding.forms import cells
from budgetperf.documents.understanding.forms.grid import (
    Line,
    Piece,
    Sheet,
    blank_below,
    overlap,
    pieces_of,
)
from budgetperf.documents.understanding.forms.notes import OTHER_UNIT
from budgetperf.documents.understanding.forms.vocabulary import vocabulary
from budgetperf.documents.understanding.forms.words import label_of
from budgetperf.documents.understanding.narrative import stated
from budgetperf.exact import MONEY, RATIO, Figure, Missing, MissingReason
from budgetperf.exact.absent import missing_at
from budgetperf.model import SelfEvaluation
from budgetperf.model.aims import reached_in
from budgetperf.model.fields import FigureKind
from budgetperf.model.walking import declarations_of

__all__ = ["without_basic_data"]


def without_basic_data(document: Document) -> tuple[Document, Beside]:
    """The document without the tables of basic data, and what these state."""
    known = basic_data()
    blocks_kept: list[Block] = []
    taken: list[Table] = []
    is_next = False
    for block in document.blocks:
        if isinstance(block, Table):
            own, data = _parted(block, known, is_all=is_next)
            blocks_kept += own
            taken += data
            is_next = False
        elif known.is_title(block.text):
            is_next = True
        else:
            blocks_kept.append(block)
            is_next = False
    if not taken:
        return document, NOTHING_BESIDE
    sheets = pieces_of(attrs.evolve(document, blocks=tuple(taken)))
    lines = [line for sheet in sheets if isinstance(sheet, Sheet) for line in sheet.lines]
    parts = list(_read(lines, known))
    beside = Beside(
        values=tuple(value for part in parts for value in part.values()),
        rows=tuple(row for part in parts for row in part.named),
        segments=tuple(piece.segment for line in lines for piece in line.pieces),
    )
    lines_told = dict.fromkeys(number for part in parts for number in part.other_units)
    notes = document.notes
    if lines_told:
        notes = (*notes, OTHER_UNIT.fill(lines=lines_text(lines_told)))
    return attrs.evolve(document, blocks=tuple(blocks_kept), notes=notes), beside


def _parted(table: Table, known: BasicData, *, is_all: bool) -> tuple[list[Table], list[Table]]:
    """The rows above the title of the basic data, and those below it."""
    if is_all:
        return [], [table]
    for at, row in enumerate(table.rows):
        filled = [cell.text for cell in row.cells if cell.text.strip()]
        if len(filled) == 1 and known.is_title(filled[0]):
            above, below = table.rows[:at], table.rows[at + 1 :]
            return (
                [attrs.evolve(table, rows=above)] if above else [],
                [attrs.evolve(table, rows=below)] if below else [],
            )
    return [table], []


def _read(lines: Sequence[Line], known: BasicData) -> Iterator[_Part]:
    """The sections, one after the other."""
    part: _Part | None = None
    for line in lines:
        begun = _begun(line, known)
        if begun is not None:
            part = begun
            yield part
        elif part is not None:
            part.read(line)


def _begun(line: Line, known: BasicData) -> _Part | None:
    """The section whose header a row is."""
    first, *others = line.pieces
    for section in known.section:
        unit = section.unit_in(first.text)
        if unit is None:
            continue
        by_word = {plain(piece.text): piece for piece in others}
        columns = {
            column.field: by_word[word]
            for column in section.columns
            if (word := plain(column.word)) in by_word
        }
        if len(columns) == len(section.columns):
            return _Part(section=section, unit=unit, columns=columns)
    return None


@attrs.define(kw_only=True, eq=False)
class _Part:
    """A section as its rows are read.

    Args:
        section: which one.
        unit: the unit of its amounts.
        columns: the header of each of its columns.
        rows: what its rows state.
        named: what they state of indicators.
        used: the paths of the rows that were read.
        other_units: the lines with an amount in another unit than that of the section.
    """

    section: Section
    unit: str
    columns: dict[str, Piece]
    rows: list[Found] = attrs.Factory(list[Found])
    named: list[NamedRow] = attrs.Factory(list[NamedRow])
    used: set[str] = attrs.Factory(set[str])
    other_units: list[int] = attrs.Factory(list[int])

    def read(self, line: Line) -> None:
        """Read a row."""
        label = line.pieces[0]
        if label.first >= min(piece.first for piece in self.columns.values()):
            return
        if self.section.each == _INDICATORS:
            self._of_indicator(label.text, line)
            return
        row = self._row(label)
        if row is None:
            return
        label.understand()
        if row.list_path and row.path in self.used:
            row = attrs.evolve(row, path=f"{row.path[:-1]}·{len(self.used)}]")
        self.used.add(row.path)
        if self.section.each:
            self.rows.append(Found(path=f"{row.path}.name", value=label.text))
            for field, is_stated in self.section.says.items():
                self.rows += [Found(path=f"{row.path}.{field}", value=True)] if is_stated else []
        elif row.list_path.endswith(".sources"):
            called = label.text.removeprefix(_OF_WHICH)
            self.rows.append(Found(path=f"{row.path}.label", value=called))
        for field, head in self.columns.items():
            if row.has(field):
                value = self._value(head, row, row.at(field), line)
                self.rows.append(Found(path=row.at(field), value=value))

    def _of_indicator(self, name: str, line: Line) -> None:
        """A row of an indicator: figures and words that the form has no column for."""
        own = {field: _below(head, line) for field, head in self.columns.items()}
        values = {
            field: _said(piece, _kind_of(f"{_INDICATORS}.{field}"))
            for field, piece in own.items()
            if piece is not None
        }
        self.named.append(
            NamedRow(
                name=name,
                values=tuple(Found(path=field, value=value) for field, value in values.items()),
                segments=tuple(
                    piece.segment
                    for field, piece in own.items()
                    if piece is not None and _is_known(values[field])
                ),
            )
        )

    def _row(self, label: Piece) -> Row | None:
        """The row of that name."""
        name = plain(label.text).removeprefix(_OF_WHICH)
        if self.section.each:
            key = label.text if "]" not in label.text else f"#{len(self.used)}"
            return self.section.row("·".join((key, *self._said)), name)
        for row in self.section.rows:
            if plain(row.word).removeprefix(_OF_WHICH) == name:
                return row
        sources = next((r for r in self.section.rows if r.list_path.endswith(".sources")), None)
        if sources is None:
            return None
        rows = vocabulary().funding.row_of
        words, _ = label_of(name)
        known = rows.get(words.full) or rows.get(words.name) or ""
        key = known if known.startswith("sources[") else "sources[unlisted]"
        return attrs.evolve(sources, path=f"{sources.list_path.removesuffix('sources')}{key}")

    @property
    def _said(self) -> list[str]:
        """What tells its rows from those of another section for the same list."""
        return [f"{field}={is_stated}" for field, is_stated in self.section.says.items()]

    def _value(self, head: Piece, row: Row, path: str, line: Line) -> Value:
        """What the cell below a header says, by what stands at its path."""
        piece = _below(head, line)
        if piece is None:
            return blank_below(head.first, line, line.number)
        if row.entry == "words":
            piece.understand()
            return piece.text
        if row.entry == "date":
            return _day(piece)
        match _kind_of(path):
            case FigureKind.AMOUNT:
                if cells.has_other_unit(piece, self.unit):
                    self.other_units.append(piece.place.line)
                return cells.amount(piece, self.unit)
            case FigureKind.RATE:
                return cells.rate(piece, in_percent=False, due=None)
            case kind:
                value = stated(piece.text, piece.place)
                if not isinstance(value, Figure):
                    return value
                if kind is FigureKind.COUNT and value.unit.dimension in (MONEY, RATIO):
                    return _unreadable(piece)
                piece.understand()
                return value

    def values(self) -> list[Found]:
        """What it states: nothing, where no cell is filled in; nor a list without a figure."""
        element_path = _element_of if self.section.each else _list_of
        used = {element_path(row.path) for row in self.rows if _is_there(row)}
        return [row for row in self.rows if used and element_path(row.path) in {"", *used}]


_INDICATORS = "form.indicators"


def _below(head: Piece, line: Line) -> Piece | None:
    """The cell of a row below a header."""
    return next((piece for piece in line.pieces if overlap(piece, head.first, head.last)), None)


def _said(piece: Piece, kind: FigureKind | None) -> Value:
    """What is said of an indicator: what was reached, a rate, or words."""
    match kind:
        case FigureKind.REACHED:
            in_words = reached_in(piece.text, place=piece.place)
            return stated(piece.text, piece.place) if in_words is None else in_words
        case FigureKind.RATE:
            return cells.rate_in(piece, in_percent=False, due=None)
        case _:
            return piece.text


def _is_known(value: Value) -> bool:
    """Whether the numbers of a cell are understood: of words they are not."""
    return isinstance(value, Figure) or (
        isinstance(value, Missing) and value.reason is MissingReason.DATE
    )


def _list_of(path: str) -> str:
    """The list that a figure of an element belongs to; ``""`` for others."""
    return path.partition("[")[0] if "[" in path else ""


def _element_of(path: str) -> str:
    return path.rpartition(".")[0]


_OF_WHICH = "其中:"


def _is_there(row: Found) -> bool:
    value = row.value
    is_blank = isinstance(value, Missing) and value.reason is MissingReason.BLANK
    is_named = row.path.endswith((".label", ".name")) or isinstance(value, bool)
    return not is_blank and not is_named


def _kind_of(path: str) -> FigureKind | None:
    steps = declarations_of(SelfEvaluation, re.sub(r"\[[^\]]*\]", "", path))
    return steps[-1].kind if steps else None


_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?: ?00:00:00)?")


def _day(piece: Piece) -> Value:
    """A day, however it is written."""
    match = _DAY.fullmatch(piece.text)
    try:
        day = dt.date(*map(int, match.groups())) if match else None
    except ValueError:
        day = None
    if day is None:
        return _unreadable(piece)
    piece.understand()
    return day


def _unreadable(piece: Piece) -> Missing:
    return missing_at(piece.place, reason=MissingReason.UNREADABLE, text=piece.text)
