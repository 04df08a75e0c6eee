"""Tables of funding lines: which column is which, and what their texts say."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import cast

from budgetperf.exact import (
    LIST,
    MONEY,
    Figure,
    Missing,
    MissingReason,
    Problem,
    Stated,
    Text,
    Unit,
)
from budgetperf.frames.cells import Kind, Read, fitting_columns
from budgetperf.frames.columns import Column, Columns, Fields, problem_of
from budgetperf.frames.engine import Eager, Expr, Narwhals
from budgetperf.frames.kernel import equal
from budgetperf.frames.parts import Part
from budgetperf.frames.reading import (
    helpers,
    part_of,
    read_bounds,
    read_texts,
    with_strings,
    with_units,
)
from budgetperf.frames.statuses import RowStatus
from budgetperf.model.given import amount
from budgetperf.model.headers import LINE_HEADERS

__all__ = [
    "AMOUNTS",
    "LINES",
    "amount_of",
    "in_other_units",
    "lines_of_relation",
    "read_lines",
]

AMOUNTS = ("initial", "revised", "received", "executed")
"""The fields that hold money."""


def _units(by_field: Mapping[str, Column]) -> Iterator[Problem]:
    held = [column for field, column in by_field.items() if field in AMOUNTS]
    for column in held:
        if column.unit and Unit.of(column.unit).dimension != MONEY:
            yield problem_of("wrong-unit", column.name, _NO_MONEY.fill(column.unit))
    numbers = [column for column in held if column.kind is not Kind.TEXT]
    bare = [column.name for column in numbers if not column.unit]
    if bare and len(bare) < len(numbers):
        named = LIST.join(column.name for column in numbers if column.unit)
        yield problem_of("mixed-units", bare[0], _ONE_BARE.fill(named, bare[0]))


_NO_MONEY = Text(zh="{} 不是金额的单位", en="{} is no unit of money")
_ONE_BARE = Text(
    zh="表头没有单位，而 {} 有：请注明单位，如“{}(万元)”",
    en="the header has no unit, unlike {}: name it, such as {}(万元)",
)


LINES = Fields(
    headers={field: LINE_HEADERS[field] for field in AMOUNTS},
    numbers=AMOUNTS,
    units=_units,
)
"""The amounts of a funding line, and what forms print above their columns."""


def amount_of(text: str) -> Stated:
    """An amount of money, as the functions for rows take it; bare, it is in the unit of its row."""
    figure = cast("object", amount(text))
    return (
        figure
        if isinstance(figure, (Figure, Missing))
        else Missing(reason=MissingReason.UNREADABLE)
    )


def _read(text: str) -> Read:
    figure = amount_of(text)
    if isinstance(figure, Missing):
        is_unreadable = figure.reason is MissingReason.UNREADABLE
        return Read(status=RowStatus.UNREADABLE if is_unreadable else RowStatus.MISSING)
    return fitting_columns(Read(value=figure.nominal, dimension=figure.unit.dimension))


def read_lines(
    nw: Narwhals, frame: Eager, columns: Columns, fields: Sequence[str]
) -> tuple[Eager, dict[str, Part]]:
    """A table that is there, with helper columns beside its own, and the amounts of its rows.

    Each distinct text is read once.
    """
    frame = with_units(nw, with_strings(nw, frame, columns), columns)
    reads = read_texts(frame, columns, fields, lambda _, text: _read(text))
    in_base = any(reads.values()) or len({columns[field].unit for field in fields}) > 1
    bounds = read_bounds(nw, frame, [columns[f] for f in fields if not reads[f]])
    parts = {
        field: part_of(columns[field], reads[field], None, bounds, in_base=in_base)
        for field in fields
    }
    measured = _measured(parts)
    added = [
        expr for read in reads.values() if read for expr in helpers(nw, frame, *read, measured)
    ]
    return frame.with_columns(*added), parts


def lines_of_relation(
    columns: Columns, fields: Sequence[str], in_units: Mapping[str, str]
) -> dict[str, Part]:
    """The amounts of the rows of a table that is worked out later: its types bound the numbers.

    Args:
        columns: the columns.
        fields: the amounts that are used.
        in_units: by field, a helper column with the decimals in units of their last place.
    """
    units = {columns[field].unit for field in fields}
    parts = dict[str, Part]()
    for field in fields:
        column = columns[field]
        scale = Unit.of(column.unit).scale if len(units) > 1 else Fraction(1)
        most = 10 ** (19 if column.digits is None else column.digits)
        parts[field] = Part.of_numbers(
            column,
            places=column.places,
            bound=most * int(scale),
            factor=int(scale),
            units=in_units.get(field, ""),
        )
    return parts


def in_other_units(nw: Narwhals, parts: Mapping[str, Part], fields: Sequence[str]) -> Expr | None:
    """Where some amounts of a row have a unit and others have none; ``None`` if that cannot be."""
    measured = _measured(parts)
    held = [parts[field] for field in fields]
    every = frozenset[str]().union(*(part.dimensions for part in held))
    if len(every) < 2 or not all(part.dimensions for part in held):
        return None
    first, *others = (
        nw.col(part.helper("dimension"))
        if len(part.dimensions) > 1
        else nw.lit(measured.index(next(iter(part.dimensions))), nw.Int64)
        for part in held
    )
    differing = [~equal(first, code) & (first >= 0) & (code >= 0) for code in others]
    return functools.reduce(lambda left, right: left | right, differing)


def _measured(parts: Mapping[str, Part]) -> list[str]:
    """What the amounts measure, in the order of the codes in the helper columns."""
    return sorted(frozenset[str]().union(*(part.dimensions for part in parts.values())))
