"""The numbers of hidden rows that lie among those of a form: nobody read them, and a sum may count
them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

import attrs

from budgetperf.documents.source import Cell, Document, Table
from budgetperf.exact import Figure, Place, fold_width
from budgetperf.model import Reading, SelfEvaluation, Unread, figures
from budgetperf.model.fields import copied
from budgetperf.model.indicators import read_target

__all__ = ["with_hidden"]

_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")


def with_hidden(document: Document, report: SelfEvaluation) -> SelfEvaluation:
    """The report with the numbers of hidden rows among the unread ones, where figures of the report
    stand above them in their column, and the rows between are hidden, too, or others of it.

    Args:
        document: the document that it was read from.
        report: the report, its figures at their places.
    """
    reading = report.reading
    hidden = [b for b in document.blocks if isinstance(b, Table) and b.hidden]
    if reading is None or not hidden:
        return report
    columns: defaultdict[tuple[str | None, int | None], set[int]] = defaultdict(set)
    for _, figure in figures(report):
        if figure.place is not None:
            columns[figure.place.sheet, figure.place.column].add(figure.place.line)
    more: list[Unread] = []
    for table in hidden:
        lines = _lines_of_form(
            (n for k, v in columns.items() if k[0] == table.spot.sheet for n in v), table
        )
        for cell in table.hidden:
            if cell.spot.line in lines and columns.get((table.spot.sheet, cell.column)):
                more += _numbers(cell)
    if not more:
        return report
    unread = sorted((*reading.unread, *more), key=lambda number: number.line)
    with_more: Reading = attrs.evolve(
        reading, unread=tuple(unread), numbers=reading.numbers + len(more)
    )
    return copied(report, SelfEvaluation, {"reading": with_more})


def _lines_of_form(read: Iterable[int], table: Table) -> range:
    """The lines from the first to the last with a figure, and hidden ones that follow."""
    lines = set(read)
    if not lines:
        return range(0)
    hidden = {cell.spot.line for cell in table.hidden}
    last = max(lines)
    while last + 1 in hidden:
        last += 1
    return range(min(lines), last + 1)


def _numbers(cell: Cell) -> Iterator[Unread]:
    """The number of a cell that is one, with its operator and its unit: no numbering, no words."""
    spot = cell.spot
    if not isinstance(read_target(cell.text).value, Figure):
        return
    place = Place(line=spot.line, column=cell.column, sheet=spot.sheet, cell=spot.cell)
    for match in _NUMBER.finditer(fold_width(cell.text)):
        yield Unread(text=match[0], line=spot.line, place=place)
