"""The precision that belongs to the column or the phrase, not to how one cell was typed."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias, TypeVar

import attrs

from budgetperf.exact import MONEY, Figure, RoundingMode, Unit, share_precision
from budgetperf.exact.figure import as_printed, as_rounded, at_path, is_typed

from .fields import REVIEWED, FigureKind, Part
from .walking import ROOTS, collect, declarations_of, mapped

__all__ = [
    "Column",
    "column_of",
    "column_precision",
    "precise_alone",
    "precise_in_columns",
    "typed_precision",
]

_P = TypeVar("_P", bound=Part)

_EXACT = (FigureKind.TARGET, FigureKind.WEIGHT)
_APART = ("mark", *REVIEWED)
"""Columns of scores that add up to no total of the report's own."""
_BESIDE = ("projects", "other years: projects")
"""Tables whose figures are none of the report's own."""


def typed_precision(report: Part, repeated: tuple[Figure, ...]) -> dict[str, Any]:
    """The parts of a report in which figures were given as they would be printed, these precise."""
    typed = {path for path, figure in _stated(report) if is_typed(figure)}
    return column_precision(report, repeated, typed) if typed else {}


def _stated(report: Part) -> list[tuple[str, Figure]]:
    pairs: list[tuple[str, Figure]] = []
    for name in ROOTS:
        collect(name, getattr(report, name), pairs)
    return pairs


def column_precision(
    report: Part, repeated: tuple[Figure, ...], only: set[str] | None = None
) -> dict[str, Any]:
    """The parts of a report that change if figures get the precision of their columns.

    Args:
        report: the report.
        repeated: its repeated figures.
        only: the paths of the figures that may change; by default all.
    """
    adjusted = precise_in_columns(type(report), _stated(report), only, repeated)
    parts: dict[str, Any] = {
        name: mapped(name, getattr(report, name), adjusted, None) for name in ROOTS
    }
    if only is None:
        again = tuple(adjusted(figure.path, figure) for figure in repeated)
        if again != repeated:
            parts["repeated"] = again
    return {name: part for name, part in parts.items() if part is not getattr(report, name)}


def precise_alone(root: type, path: str, part: _P) -> _P:
    """A part in which figures were given as they would be printed, as precise as it would be in a
    report of the class ``root`` that has nothing else, at this path of it."""
    pairs: list[tuple[str, Figure]] = []
    collect(path, part, pairs)
    typed = {path for path, figure in pairs if is_typed(figure)}
    if not typed:
        return part
    precise: _P = mapped(path, part, precise_in_columns(root, pairs, typed), None)
    return precise


def precise_in_columns(
    root: type,
    stated: list[tuple[str, Figure]],
    only: set[str] | None = None,
    repeated: Iterable[Figure] = (),
) -> Callable[[str, Figure], Figure]:
    """What gives a figure at a path the precision of its column.

    Args:
        root: the class of the report.
        stated: the figures that stand in it, each with its path.
        only: the paths of the figures that may change; by default all.
        repeated: further printings, which show how precise a paragraph is.
    """
    columns: dict[Column, list[tuple[str, Figure]]] = defaultdict(list)
    for path, figure in stated:
        column = column_of(root, path)
        if column is not None:
            columns[column].append((path, figure))
    precise: dict[str, tuple[Figure, Figure]] = {}
    for kind, members, is_coarse in _with_coarse_phrases(columns, tuple(repeated)):
        figures = [as_printed(figure) if is_typed(figure) else figure for _, figure in members]
        if kind is FigureKind.AMOUNT:
            typed = [is_typed(figure) for _, figure in members]
            figures = _with_units_of_zeros(figures, typed)
        together = share_precision(figures)
        if is_coarse:  # others are printed finer, so whole numbers are round ones
            together = tuple(map(as_rounded, together))
        for (path, figure), shared in zip(members, together, strict=True):
            rounding = figure.rounding or RoundingMode.HALF_UP
            if kind is FigureKind.RATE and shared.rounding is not rounding:
                precise[path] = figure, attrs.evolve(shared, rounding=rounding)
            else:
                precise[path] = figure, shared

    def adjusted(path: str, figure: Figure) -> Figure:
        if only is not None and path not in only:
            return figure
        steps = declarations_of(root, path)
        if steps and steps[-1].kind in _EXACT:
            exact = figure if figure.is_exact else attrs.evolve(figure, rounding=None)
            return at_path(exact, exact.path) if is_typed(exact) else exact
        before, shared = precise.get(path, (figure, figure))
        precise_one = shared if before is figure or before == figure else figure
        return at_path(precise_one, precise_one.path) if is_typed(precise_one) else precise_one

    return adjusted


def _with_coarse_phrases(
    columns: Mapping[Column, list[_Member]], repeated: Sequence[Figure]
) -> Iterator[tuple[FigureKind, list[_Member], bool]]:
    """What the figures of a column are, and they; apart those phrases of a text that are printed
    with fewer decimals throughout, and whether it is one of these.

    A text may say 353.2 = 348.9 + 4.3 in one place, and 595.07 in another. One number that is
    short may have lost its zeros, as 30 among 29.99 has; two in one paragraph hardly, and none
    where a 0 at an end is printed.
    """
    for (kind, statement, *_), members in columns.items():
        if kind is not FigureKind.AMOUNT or statement != "narrative":
            yield kind, members, False
            continue
        most: dict[Unit, int] = {}
        lines: dict[int | None, list[_Member]] = defaultdict(list)
        for path, figure in members:
            most[figure.unit] = max(most.get(figure.unit, 0), figure.places)
            lines[_line(figure)].append((path, figure))
        others: list[_Member] = []
        for line, phrase in lines.items():
            again = [f for f in repeated if _line(f) == line and f.unit.dimension == MONEY]
            if line is not None and _is_coarse([*again, *(f for _, f in phrase)], most):
                yield kind, phrase, True
            else:
                others += phrase
        yield kind, others, False


def _line(figure: Figure) -> int | None:
    return figure.place.line if figure.place else None


def _is_coarse(phrase: list[Figure], most: Mapping[Unit, int]) -> bool:
    """Whether a paragraph shows that all has fewer decimals than others in its unit."""
    places = max(figure.places for figure in phrase)
    shown = {figure.value for figure in phrase if figure.places == places}
    printed = [value.as_tuple() for value in shown]
    has_zeros = any(p.exponent == -places and not p.digits[-1] for p in printed) and places > 0
    units = {figure.unit for figure in phrase}
    is_short = len(units) == 1 and all(places < most.get(unit, 0) for unit in units)
    return is_short and (has_zeros or len(shown - {0}) > 1)


def _with_units_of_zeros(column: list[Figure], typed: list[bool]) -> list[Figure]:
    """A column of money in one unit with that also for a typed 0, which is 0 in every unit."""
    units = {figure.unit for figure in column if figure.unit.symbol}
    if len(units) != 1:
        return column
    (unit,) = units
    return [
        attrs.evolve(figure, unit=unit)
        if of_code and not figure.unit.symbol and not figure.value
        else figure
        for figure, of_code in zip(column, typed, strict=True)
    ]


_Member: TypeAlias = "tuple[str, Figure]"
"""A figure of a column, and its path."""

Column: TypeAlias = tuple[FigureKind, str, str, str]
"""What its figures are, in which statement, and which table, phrase or field they stand in."""


@functools.lru_cache(maxsize=4096)
def column_of(root: type, path: str) -> Column | None:
    """Which column the figures of a field belong to, if any."""
    steps = declarations_of(root, path)
    kind = steps[-1].kind if steps else None
    place = next((step for step in reversed(steps) if step.table or step.phrase), None)
    if kind is None or place is None:
        return None
    statement, name = path.partition(".")[0], path.rpartition(".")[2]
    match kind:
        case FigureKind.AMOUNT:
            return kind, statement, place.table or place.phrase, ""
        case FigureKind.SCORE if place.table in _BESIDE:
            return kind, statement, place.table, name
        case FigureKind.SCORE if name in _APART:
            return kind, statement, "", name
        case FigureKind.SCORE if place.table:  # those of all tables, with the total
            return kind, statement, "", ""
        case FigureKind.REACHED if place.table:
            return kind, statement, place.table, name
        case FigureKind.RATE if place.table and statement == "form":
            return kind, statement, place.table, name
        case _:
            return None
