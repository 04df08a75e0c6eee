"""The numbers of hidden rows and columns that lie among those of a form: nobody read them, and a
sum may count them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator

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
    stand above them in their column, and the rows between are hidden, too, or others of it; and
    with those of hidden columns among the figures of a row, or right before them.

    Args:
        document: the document that it was read from.
        report: the report, its figures at their places.
    """
    reading = report.reading
    hidden = [b for b in document.blocks if isinstance(b, Table) and b.hidden]
    if reading is None or not hidden:
        return report
    sheets: defaultdict[str | None, list[tuple[int, int]]] = defaultdict(list)
    for _, figure in figures(report):
        if figure.place is not None and figure.place.column is not None:
            sheets[figure.place.sheet].append((figure.place.line, figure.place.column))
    more: list[Unread] = []
    for table in hidden:
        within = range(table.rows[0].line, table.rows[-1].line + 1)
        read = [place for place in sheets[table.spot.sheet or None] if place[0] in within]
        lines = _lines_of_form([line for line, _ in read], table)
        columns = {column for _, column in read}
        beside: defaultdict[int, list[int]] = defaultdict(list)
        for line, column in read:
            beside[line].append(column)
        for cell in table.hidden:
            own = beside.get(cell.spot.line, [cell.column])
            if min(own) - 1 <= cell.column < max(own) or (
                cell.spot.line in lines and cell.column in columns
            ):
                more += _numbers(cell)
    if not more:
        return report
    unread = sorted((*reading.unread, *more), key=lambda number: number.line)
    with_more: Reading = attrs.evolve(
        reading, unread=tuple(unread), numbers=reading.numbers + len(more)
    )
    return copied(report, SelfEvaluation, {"reading": with_more})


def _lines_of_form(read: Collection[int], table: Table) -> range:
    """The lines from the first to the last with a figure, and hidden ones right above and below."""
    if not read:
        return range(0)
    hidden = {cell.spot.line for cell in table.hidden}
    first, last = min(read), max(read)
    while first - 1 in hidden:
        first -= 1
    while last + 1 in hidden:
        last += 1
    return range(first, last + 1)


def _numbers(cell: Cell) -> Iterator[Unread]:
    """The number of a cell that is one, with its operator and its unit: no numbering, no words."""
    spot = cell.spot
    if not isinstance(read_target(cell.text).value, Figure):
        return
    place = Place(
        line=spot.line,
        column=cell.column,
        table=spot.table if not spot.sheet else None,
        sheet=spot.sheet or None,
        cell=spot.cell or None,
    )
    for match in _NUMBER.finditer(fold_width(cell.text)):
        yield Unread(text=match[0], line=spot.line, place=place, hidden=True)
