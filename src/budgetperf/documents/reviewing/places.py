"""Where figures stand in a document, as exactly as can be told: which of several prints alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import attrs

from budgetperf.documents.places.prints import matches, seen
from budgetperf.documents.source import Block, Cell, Document, Heading, Paragraph, Row, Spot, Table
from budgetperf.exact import Figure, Missing, Stated, Text
from budgetperf.model import SelfEvaluation, figures

__all__ = ["Ground", "Place", "place_of"]


@attrs.frozen(kw_only=True)
class Place:
    """Where a figure stands.

    Args:
        line: the line, as its reader counts.
        column: the column of a table; ``None`` in running text.
        text: the print; ``""`` where nothing stands.
        path: the figure's path, ``""`` if it has none.
        report: which report of the document it is in, from 0.
    """

    line: int
    column: int | None = None
    text: str = ""
    path: str = ""
    report: int = 0


def place_of(stated: Stated, path: str = "", report: int = 0) -> Place | None:
    """The place that a figure has kept; ``None`` if it has none."""
    if isinstance(stated, Missing):
        if stated.line is None:
            return None
        return Place(line=stated.line, text=stated.text, path=path, report=report)
    if stated.place is None:
        return None
    line, column = stated.place.line, stated.place.column
    return Place(line=line, column=column, text=stated.text, path=path, report=report)


# A document, by its lines.


@attrs.frozen
class _OnLine:
    """What stands on a line: a block of text, or a row of a table."""

    block: Block
    row: Row | None = None
    number: int = 0


class Ground:
    """A document as the ground on which figures are looked for.

    Args:
        document: the document.
        reread: reads another document in the same way: to tell which of several prints alike on a
            line a figure was read from, each is made another number.
    """

    def __init__(
        self, document: Document, reread: Callable[[Document], Sequence[SelfEvaluation]]
    ) -> None:
        self.document = document
        self._reread = reread
        self._lines: dict[int, _OnLine] = {}
        for block in document.blocks:
            if isinstance(block, Table):
                for number, row in enumerate(block.rows):
                    self._lines.setdefault(row.line, _OnLine(block, row, number))
            else:
                self._lines.setdefault(block.spot.line, _OnLine(block))
        self._which: dict[Place, int] = {}

    def text(self, place: Place) -> str:
        """The text in which a figure stands: that of its cell, or of its paragraph."""
        unit = self.unit(place)
        return unit.text if isinstance(unit, (Cell, Paragraph, Heading)) else ""

    def unit(self, place: Place) -> Cell | Row | Paragraph | Heading | None:
        """The cell, the row or the paragraph in which a figure stands."""
        at = self._lines.get(place.line)
        if at is None:
            return None
        if at.row is None:
            return at.block if isinstance(at.block, (Paragraph, Heading)) else None
        if place.column is None or not isinstance(at.block, Table):
            return at.row
        covering = at.block.grid()[at.number]
        cell = covering[place.column - 1] if place.column <= len(covering) else None
        if cell is None:
            return at.row
        if place.text and not matches(cell.text, place.text):
            return at.row  # a frame: it stands in a table inside
        return cell

    def spot(self, place: Place) -> Spot | None:
        """Where a figure stands, for people."""
        unit = self.unit(place)
        if isinstance(unit, Row):
            at = self._lines[place.line]
            cell = next(iter(unit.cells), None)
            base = at.block.spot if cell is None else cell.spot
            return base._replace(line=place.line, page=base.page or at.block.spot.page)
        if unit is None:
            return None
        page = unit.spot.page or self._lines[place.line].block.spot.page
        return unit.spot._replace(page=page)

    def in_words(self, place: Place) -> Text:
        """The same in words: ``表 1 的 C7``; nothing if it is not known."""
        spot = self.spot(place)
        if spot is None:
            return Text(zh=f"第 {place.line} 行", en=f"line {place.line}")
        if spot.sheet:
            return Text.of(f"{spot.sheet}!{spot.cell}")
        page = Text.of("")
        if spot.page is not None:
            page = Text(zh=f"第 {spot.page} 页", en=f"page {spot.page}, ")
        if spot.cell and spot.table is not None:
            return page + Text(
                zh=f"表 {spot.table} 的 {spot.cell}", en=f"cell {spot.cell} of table {spot.table}"
            )
        if self.document.kind in ("docx", "odt") and spot.paragraph is not None:
            return page + Text(zh=f"第 {spot.paragraph} 段", en=f"paragraph {spot.paragraph}")
        return page + Text(zh=f"第 {place.line} 行", en=f"line {place.line}")

    def which(self, place: Place) -> tuple[int, int] | None:
        """Which of the prints alike in its text a figure is, from 0, and how many there are.

        ``None`` where it does not stand there, or it cannot be told.
        """
        count = len(matches(self.text(place), place.text)) if place.text else 0
        if count == 1:
            return 0, 1
        return (self._which[place], count) if place in self._which else None

    def tell_apart(self, places: Iterable[Place]) -> None:
        """Find out which print is which, for all of some places whose text has several alike."""
        doubtful: dict[tuple[int, int | None, str], list[Place]] = {}
        for place in places:
            if place.text and place.path and len(matches(self.text(place), place.text)) > 1:
                doubtful.setdefault((place.line, place.column, place.text), []).append(place)
        changed: dict[tuple[int, int | None], str] = {}
        variants: dict[Place, list[str]] = {}
        for (line, column, printed), alike in doubtful.items():
            text = changed.get((line, column), self.text(alike[0]))
            spans = matches(text, printed)
            others = [_other(text[start:end], n) for n, (start, end) in enumerate(spans)]
            # Two that would print the same could not be told apart: none is tried.
            if None in others or len(set(others)) < len(others):
                continue
            reprinted = [other for other in others if other is not None]
            # Each print gets a number of its own: read again, the report shows which is which.
            # From the last to the first, as the places of those before must not move.
            for (start, end), new in reversed([*zip(spans, reprinted, strict=True)]):
                text = text[:start] + new + text[end:]
            changed[line, column] = text
            for place in alike:
                variants[place] = reprinted
        if not changed:
            return
        try:
            reports = self._reread(self._with(changed))
        except ValueError:  # it can no longer be read at all: nothing is told
            return
        for place, reprinted in variants.items():
            if place.report >= len(reports):
                continue
            now = {
                seen(figure.text)[0]
                for path, figure in figures(reports[place.report])
                if path == place.path and _on(figure, place)
            }
            fitting = [n for n, text in enumerate(reprinted) if _alike(text, place.text) in now]
            if len(fitting) == 1 and len(now) == 1:
                self._which[place] = fitting[0]

    def _with(self, changed: Mapping[tuple[int, int | None], str]) -> Document:
        """The document with other texts at these lines and columns."""
        cells: dict[int, str] = {}
        for (line, column), text in changed.items():
            unit = self.unit(Place(line=line, column=column))
            if unit is not None:
                cells[id(unit)] = text

        def block(old: Block) -> Block:
            if not isinstance(old, Table):
                return attrs.evolve(old, text=cells[id(old)]) if id(old) in cells else old
            rows = tuple(
                attrs.evolve(
                    row,
                    cells=tuple(
                        cell._replace(text=cells[id(cell)]) if id(cell) in cells else cell
                        for cell in row.cells
                    ),
                )
                for row in old.rows
            )
            return attrs.evolve(old, rows=rows)

        return attrs.evolve(self.document, blocks=tuple(map(block, self.document.blocks)))


def _on(figure: Figure, place: Place) -> bool:
    at = figure.place
    return at is not None and (at.line, at.column) == (place.line, place.column)


def _other(printed: str, number: int) -> str | None:
    """The same print with another number of as many digits; ``None`` if there is none."""
    digits = [sign for sign in printed if sign.isascii() and sign.isdigit()]
    if not digits:
        return None
    value, most = int("".join(digits)), 10 ** len(digits) - 1
    new = value + number + 1 if value + number + 1 <= most else value - number - 1
    if new < 0 or len(str(new)) != len(str(value)):
        new = value - number - 1 if value - number - 1 >= 10 ** (len(str(value)) - 1) else new
    if not 0 <= new <= most:
        return None
    new_digits = iter(f"{new:0{len(digits)}d}")
    return "".join(next(new_digits) if s.isascii() and s.isdigit() else s for s in printed)


def _alike(new: str, printed: str) -> str:
    """What a figure that was printed so is printed as with the digits of ``new``."""
    new_digits = iter([sign for sign in new if sign.isascii() and sign.isdigit()])
    shown, _ = seen(printed)
    return "".join(next(new_digits, "") if s.isascii() and s.isdigit() else s for s in shown)
