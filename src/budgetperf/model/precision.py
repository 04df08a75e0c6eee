"""The precision that belongs to the column or the phrase, not to how one cell was typed."""

from __future__ import annotations

import functools
from collections import defaultdict
from typing import TypeAlias

import attrs

from budgetperf.exact import Figure, RoundingMode, share_precision

from .fields import FigureKind
from .paths import declarations, figures, kind_of, map_figures, without_indices
from .report import SelfEvaluation

__all__ = ["with_column_precision"]

_EXACT = (FigureKind.TARGET, FigureKind.WEIGHT)


def with_column_precision(report: SelfEvaluation) -> SelfEvaluation:
    """The report with each figure as precise as its column.

    Amounts of one phrase or column share the most decimals that any of them shows, and are exact
    where all are whole; so do scores with their total, and actual values. Targets and weights are
    exact. Rates are results and stay rounded: in the form they share the decimals of their column,
    in the text each is a phrase of its own. A repeated printing is as precise as it was printed.
    """
    columns: dict[_Column, list[tuple[str, Figure]]] = defaultdict(list)
    for path, figure in figures(attrs.evolve(report, repeated=())):
        column = _column(without_indices(path))
        if column is not None:
            columns[column].append((path, figure))
    precise: dict[str, tuple[Figure, Figure]] = {}
    for (kind, *_), members in columns.items():
        together = share_precision(figure for _, figure in members)
        for (path, figure), shared in zip(members, together, strict=True):
            if kind is FigureKind.RATE:
                rounding = figure.rounding or RoundingMode.HALF_UP
                precise[path] = figure, attrs.evolve(shared, rounding=rounding)
            else:
                precise[path] = figure, shared

    def adjusted(path: str, figure: Figure) -> Figure:
        if kind_of(path) in _EXACT:
            return figure if figure.is_exact else attrs.evolve(figure, rounding=None)
        before, shared = precise.get(path, (figure, figure))
        return shared if before is figure or before == figure else figure

    return map_figures(report, adjusted)


_Column: TypeAlias = tuple[FigureKind, str, str, str]
"""What its figures are, in which statement, and which table, phrase or field they stand in."""


@functools.lru_cache(maxsize=512)
def _column(path: str) -> _Column | None:
    """Which column the figures of a field belong to, if any."""
    steps = declarations(path)
    kind = steps[-1].kind if steps else None
    place = next((step for step in reversed(steps) if step.table or step.phrase), None)
    if kind is None or place is None:
        return None
    statement, name = path.partition(".")[0], path.rpartition(".")[2]
    match kind:
        case FigureKind.AMOUNT:
            return kind, statement, place.table or place.phrase, ""
        case FigureKind.SCORE if place.table:  # those of all tables, with the total
            return kind, statement, "", ""
        case FigureKind.REACHED if place.table:
            return kind, statement, place.table, name
        case FigureKind.RATE if place.table and statement == "form":
            return kind, statement, place.table, name
        case _:
            return None
