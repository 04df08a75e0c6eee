"""Where the figures of a report stand, in the words of the kind of its document: in which sheet,
table and cell, in which paragraph, on which page."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from string import ascii_uppercase

import attrs

from budgetperf.documents.source import Cell, Document, Row, Spot, Table, cell_name
from budgetperf.exact import Figure, Missing, Place, fold_width
from budgetperf.exact.absent import missing_at
from budgetperf.exact.figure import at_place
from budgetperf.model import Reading, Repair, SelfEvaluation, Unread
from budgetperf.model.fields import copied
from budgetperf.model.paths import map_stated

from .prints import count_signs, digits_in, digits_of, matches

__all__ = ["located"]

_SHEETS = ("xlsx", "xls", "ods")
_TEXTS = ("docx", "odt", "html")
_PAGES = ("pdf", "image")


def located(document: Document, report: SelfEvaluation) -> SelfEvaluation:
    """The report with all that is known of where its figures stand, what stands where a figure does
    not, and the numbers that were not read. What may stand in several places of a line is left at
    its line.

    Args:
        document: the document that it was read from.
        report: the report.
    """
    if document.kind not in (*_SHEETS, *_TEXTS, *_PAGES):
        return report  # a text has nothing but lines
    ground = _Ground(document)
    reading = report.reading
    before = {} if reading is None else {r.path: r.before for r in reading.repairs}
    repaired: dict[str, Place] = {}

    def placed(path: str, figure: Figure) -> Figure:
        if figure.place is None:
            return figure
        place = ground.place(figure.place, before.get(path, figure.text))
        if path in before:
            repaired.setdefault(path, place)
        return figure if place is figure.place else at_place(figure, place)

    report = map_stated(report, placed, ground.absent)
    if reading is None:
        return report
    placed_reading: Reading = attrs.evolve(
        reading,
        unread=tuple(ground.unread(number) for number in reading.unread),
        repairs=tuple(_repaired_at(repair, repaired) for repair in reading.repairs),
    )
    return copied(report, SelfEvaluation, {"reading": placed_reading})


def _repaired_at(repair: Repair, places: Mapping[str, Place]) -> Repair:
    """A repair at the place of its figure, where that is more than a line."""
    place = places.get(repair.path)
    is_known = place is not None and place != Place(line=place.line, column=place.column)
    return attrs.evolve(repair, place=place) if is_known else repair


def _at_spot(kind: str, place: Place, spot: Spot) -> Place:
    """A place with what the kind of its document has for people to find it by.

    Args:
        kind: that of the document.
        place: the place, by its line and column.
        spot: where the text stands that is meant.
    """
    line, column = place.line, place.column
    if kind in _SHEETS and spot.sheet:
        return Place(line=line, column=column, sheet=spot.sheet, cell=spot.cell or None)
    if kind in _PAGES and spot.page is not None and not spot.turns:
        return Place(line=line, column=column, page=spot.page)
    if kind in _TEXTS and spot.table is not None and spot.cell:
        return Place(line=line, column=column, table=spot.table, cell=spot.cell)
    if kind in _TEXTS and spot.paragraph is not None:
        return Place(line=line, column=column, paragraph=spot.paragraph)
    return place


@attrs.frozen
class _Unit:
    """What may hold a figure: a paragraph, or a cell of a table."""

    texts: tuple[str, ...]
    spot: Spot

    @classmethod
    def of(cls, cell: Cell) -> _Unit:
        return cls(tuple(_texts(cell)), cell.spot)

    def holds(self, printed: str) -> bool:
        return any(text == printed or matches(text, printed) for text in self.texts)

    def page_of(self, printed: str) -> int | None:
        """The page on which it holds a print; ``None`` if it may be on several."""
        if not self.spot.turns:
            return self.spot.page
        pages: set[int | None] = {
            _page_at(self.spot, count_signs(text[:at]))
            for text in self.texts
            for start, end in matches(text, printed)
            for at in (start + 1, end)
        }
        return pages.pop() if len(pages) == 1 else None


@attrs.frozen(kw_only=True)
class _Holder:
    """A paragraph or a cell, as one line has it.

    Args:
        unit: the same.
        columns: those that it covers; ``None`` for a paragraph.
        is_own: whether it begins in the row, and does not only reach into it.
        is_frame: whether a table stands in it, whose columns are others.
    """

    unit: _Unit
    columns: Container[int | None] | None = None
    is_own: bool = True
    is_frame: bool = False


class _OfLine:
    """All that stands on one line, which may be a whole web page: found by its digits."""

    def __init__(self, holders: Sequence[_Holder]) -> None:
        self._holders = holders
        self.has_frames = any(holder.is_frame for holder in holders)
        self._by_digits: dict[str, list[_Holder]] = {}
        for holder in holders:
            runs = (run for text in holder.unit.texts for run in digits_in(text))
            for run in dict.fromkeys(runs):
                self._by_digits.setdefault(run, []).append(holder)

    def holding(self, printed: str) -> list[_Holder]:
        """What holds a print."""
        with_digits = (self._by_digits.get(run, ()) for run in digits_of(printed))
        may_hold = min(with_digits, key=len, default=self._holders)
        return [holder for holder in may_hold if holder.unit.holds(printed)]


class _Ground:
    """A document by its lines."""

    def __init__(self, document: Document) -> None:
        self._kind = document.kind
        self._paragraphs: dict[int, list[_Unit]] = {}
        self._rows: dict[int, list[tuple[Table, int, Row]]] = {}
        self._grids: dict[int, tuple[tuple[Cell | None, ...], ...]] = {}
        self._lines: dict[int, _OfLine] = {}
        self._known: dict[tuple[int, int | None, str], Place] = {}
        self._broken = set[int]()  # lines that a paragraph of several is counted on to
        for block in document.blocks:
            if isinstance(block, Table):
                for number, row in enumerate(block.rows):
                    self._rows.setdefault(row.line, []).append((block, number, row))
            else:
                unit = _Unit((block.text,), block.spot)
                self._paragraphs.setdefault(block.spot.line, []).append(unit)
                first, count = block.spot.line + 1, block.text.count("\n")
                self._broken.update(range(first, first + count))

    def place(self, place: Place, printed: str) -> Place:
        """A place with all that is known of it."""
        key = (place.line, place.column, printed)
        if key not in self._known:
            self._known[key] = self._place(place, printed)
        return self._known[key]

    def unread(self, number: Unread) -> Unread:
        """A number that was not read, at its place."""
        bare = Place(line=number.line)
        place = self.place(bare, number.text)
        return number if place == bare else attrs.evolve(number, place=place)

    def absent(self, missing: Missing) -> Missing:
        """What stands where a figure does not, at its place: in the cell of its row and column, if
        that holds just this, or else in what its line is all of."""
        place = missing.place
        if place is not None:
            spot = self._cell_at(place, missing.text)
            place = place if spot is None else _at_spot(self._kind, place, spot)
        if place is missing.place and missing.line is not None:
            place = self.place(Place(line=missing.line), "")
        placed = missing_at(place, reason=missing.reason, text=missing.text)
        return missing if placed.place is missing.place else placed

    def _cell_at(self, place: Place, printed: str) -> Spot | None:
        """Where the cell of a row and a column stands, if it holds what is printed and no other
        cell of the line may be meant."""
        rows = self._rows.get(place.line, ())
        if len(rows) != 1 or place.line in self._paragraphs or place.line in self._broken:
            return None
        table, number, row = rows[0]
        if any(inner.blocks for inner in row.cells):
            return None  # what is on this line may stand in a table of its own
        covering = self._grid(table)[number]
        at = 0 if place.column is None else place.column
        cell = covering[at - 1] if 0 < at <= len(covering) else None
        if cell is None:
            return self._left_out(row, place.column) if not printed else None
        begins = cell.column == place.column and any(own is cell for own in row.cells)
        says, wanted = _bare("".join(_texts(cell))), _bare(printed)
        is_it = wanted in says if wanted else not says
        return cell.spot if begins and is_it else None

    def _left_out(self, row: Row, column: int | None) -> Spot | None:
        """Where a cell of a sheet stands that is blank, and so has no cell in the table."""
        if self._kind not in _SHEETS or column is None or not row.cells:
            return None
        beside = row.cells[0].spot
        number = int(beside.cell.lstrip(ascii_uppercase))
        return beside._replace(cell=cell_name(number, column))

    def _place(self, place: Place, printed: str) -> Place:
        unit = self._unit(place, printed)
        if unit is not None:
            spot = unit.spot._replace(page=unit.page_of(printed), turns=())
        elif self._kind in _PAGES:
            spot = Spot(place.line, page=self._page_of_all(place.line))
        else:
            sheets = {table.spot.sheet for table, _, _ in self._rows.get(place.line, ())}
            spot = Spot(place.line, sheet=sheets.pop() if len(sheets) == 1 else "")
        return _at_spot(self._kind, place, spot)

    def _unit(self, place: Place, printed: str) -> _Unit | None:
        """The only paragraph or cell of a line that holds a print: one in the column comes first,
        since rows may be split anew where they are read."""
        whole = self._whole(place.line)
        if whole is not None or not printed:
            return whole
        if place.line not in self._lines:
            self._lines[place.line] = _OfLine([*self._holders(place.line)])
        of_line = self._lines[place.line]
        holding = of_line.holding(printed)
        at_it = [h for h in holding if h.columns is None or place.column in h.columns]
        own = [holder for holder in holding if holder.is_own]
        holders = own if of_line.has_frames or not at_it else at_it
        return holders[0].unit if len(holders) == 1 else None

    def _holders(self, line: int) -> Iterator[_Holder]:
        """The paragraphs and the cells of a line, and the cells that reach into it."""
        for unit in self._paragraphs.get(line, ()):
            yield _Holder(unit=unit)
        for table, number, row in self._rows.get(line, ()):
            covered: dict[int, tuple[Cell, list[int]]] = {id(c): (c, []) for c in row.cells}
            for column, cell in enumerate(self._grid(table)[number], start=1):
                if cell is not None:
                    covered.setdefault(id(cell), (cell, []))[1].append(column)
            own = set(map(id, row.cells))
            for key, (cell, columns) in covered.items():
                unit, is_own, is_frame = _Unit.of(cell), key in own, bool(cell.blocks)
                yield _Holder(unit=unit, columns=columns, is_own=is_own, is_frame=is_frame)

    def _whole(self, line: int) -> _Unit | None:
        """The paragraph that is all of a line: every figure of the line is in it, however it was
        read."""
        units = self._paragraphs.get(line, ())
        return units[0] if len(units) == 1 and line not in self._rows else None

    def _page_of_all(self, line: int) -> int | None:
        """The page on which all of a line stands; ``None`` if it stands on several."""
        units = [*self._paragraphs.get(line, ())]
        units += (_Unit.of(cell) for _, _, row in self._rows.get(line, ()) for cell in row.cells)
        pages = {unit.spot.page for unit in units if any(map(str.strip, unit.texts))}
        turns = any(unit.spot.turns for unit in units)
        return pages.pop() if len(pages) == 1 and not turns else None

    def _grid(self, table: Table) -> tuple[tuple[Cell | None, ...], ...]:
        if id(table) not in self._grids:
            self._grids[id(table)] = table.grid()
        return self._grids[id(table)]


def _bare(text: str) -> str:
    return fold_width("".join(text.split()))


def _texts(cell: Cell) -> list[str]:
    """What a cell says, and what stands in tables in it."""
    texts = [cell.text]
    for block in cell.blocks:
        if isinstance(block, Table):
            for row in block.rows:
                for inner in row.cells:
                    texts += _texts(inner)
    return texts


def _page_at(spot: Spot, sign: int) -> int | None:
    """The page that a sign stands on, counted from 1 without blanks."""
    page = spot.page
    for before, following in spot.turns:
        if sign > before:
            page = following
    return page
