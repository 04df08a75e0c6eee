"""Where figures stand in a document, as exactly as can be told: which of several prints alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeAlias

import attrs

from budgetperf.documents.places.prints import matches, seen
from budgetperf.documents.source import Block, Cell, Document, Heading, Paragraph, Row, Spot, Table
from budgetperf.exact import Figure
from budgetperf.exact import Place as At
from budgetperf.model import SelfEvaluation, figures

__all__ = ["Ground", "Place"]


@attrs.frozen(kw_only=True)
class Place:
    """Where a figure stands.

    Args:
        at: where in the document, as the figure has it.
        text: the print; ``""`` where nothing stands.
        path: the figure's path, ``""`` if it has none.
        report: which report of the document it is in, from 0.
    """

    at: At
    text: str = ""
    path: str = ""
    report: int = 0


# A document, by its lines.


_Unit: TypeAlias = Cell | Paragraph | Heading
"""What holds a text."""


@attrs.frozen
class _OnLine:
    """What stands on a line: a block of text, or a row of a table with the cells that cover it."""

    of: Paragraph | Heading | Row
    covering: tuple[Cell | None, ...] = ()


def _name_of(at: At | Spot) -> tuple[str | int, str | int]:
    """By what people know a cell or a paragraph."""
    return at.sheet or at.table or "", at.cell or at.paragraph or ""


_NO_NAME = "", ""


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
        self._lines: dict[int, list[_OnLine]] = {}
        self._by_name: dict[tuple[str | int, str | int], _Unit] = {}
        self._note(document.blocks)
        self._by_name.pop(_NO_NAME, None)
        self._which: dict[Place, int] = {}

    def _note(self, blocks: Iterable[Block]) -> None:
        for block in blocks:
            if isinstance(block, Table):
                for row, covering in zip(block.rows, block.grid(), strict=True):
                    self._lines.setdefault(row.line, []).append(_OnLine(row, covering))
                    for cell in row.cells:
                        self._by_name.setdefault(_name_of(cell.spot), cell)
                        self._note(cell.blocks)
            else:
                self._lines.setdefault(block.spot.line, []).append(_OnLine(block))
                self._by_name.setdefault(_name_of(block.spot), block)

    def text(self, place: Place) -> str:
        """The text in which a figure stands: that of its cell, or of its paragraph."""
        unit = self.unit(place)
        return "" if unit is None or isinstance(unit, Row) else unit.text

    def unit(self, place: Place) -> Cell | Row | Paragraph | Heading | None:
        """The cell, the row or the paragraph in which a figure stands; ``None`` if that cannot be
        told, as on a line that holds several of them."""
        named = self._by_name.get(_name_of(place.at))
        is_frame = isinstance(named, Cell) and bool(named.blocks)
        if named is not None and not is_frame and _may_hold(named, place):
            return named
        units = [_unit_on(on, place) for on in self._lines.get(place.at.line, ())]
        if len(units) == 1:
            return units[0]
        holding = [u for u in units if not isinstance(u, Row) and _may_hold(u, place)]
        return holding[0] if len(holding) == 1 else None

    def marked(self, place: Place) -> Cell | Paragraph | Heading | None:
        """What is marked for a figure: where no more than its row is known, the first cell."""
        unit = self.unit(place)
        return next(iter(unit.cells), None) if isinstance(unit, Row) else unit

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
        doubtful: dict[tuple[int, str], list[Place]] = {}
        for place in places:
            if place.text and place.path and len(matches(self.text(place), place.text)) > 1:
                doubtful.setdefault((id(self.unit(place)), place.text), []).append(place)
        changed: dict[int, str] = {}
        variants: dict[Place, list[str]] = {}
        for (unit, printed), alike in doubtful.items():
            text = changed.get(unit, self.text(alike[0]))
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
            changed[unit] = text
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

    def _with(self, cells: Mapping[int, str]) -> Document:
        """The document with other texts of these cells and paragraphs, by their ``id``."""

        def block(old: Block) -> Block:
            if not isinstance(old, Table):
                return attrs.evolve(old, text=cells[id(old)]) if id(old) in cells else old
            rows = tuple(
                attrs.evolve(
                    row,
                    cells=tuple(
                        cell._replace(
                            text=cells.get(id(cell), cell.text),
                            blocks=tuple(map(block, cell.blocks)),
                        )
                        for cell in row.cells
                    ),
                )
                for row in old.rows
            )
            return attrs.evolve(old, rows=rows)

        return attrs.evolve(self.document, blocks=tuple(map(block, self.document.blocks)))


def _may_hold(unit: _Unit, place: Place) -> bool:
    return not place.text or bool(matches(unit.text, place.text))


def _unit_on(on: _OnLine, place: Place) -> Cell | Row | Paragraph | Heading:
    """The unit of a line in which a figure stands: of a row the cell in its column, unless what is
    printed stands in a table inside that."""
    column = place.at.column
    if not isinstance(on.of, Row) or column is None or column > len(on.covering):
        return on.of
    cell = on.covering[column - 1]
    return on.of if cell is None or not _may_hold(cell, place) else cell


def _on(figure: Figure, place: Place) -> bool:
    at = figure.place
    return at is not None and (at.line, at.column) == (place.at.line, place.at.column)


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
