"""The unit that is printed once, above a table of money."""

from __future__ import annotations

from typing import TypeVar, cast

from budgetperf.exact import NUMBER, Amount, Figure, Unit
from budgetperf.exact.figure import as_typed

from .fields import FigureKind, Part
from .walking import declarations_of, mapped

__all__ = ["in_unit"]

_Part = TypeVar("_Part", bound=Part)


def in_unit(part: _Part, unit: Unit | str) -> _Part:
    """A part of a report whose amounts were given as bare numbers, in the unit of its table.

    Only amounts of money get it; what has a unit keeps that.

    Args:
        part: such as a ``Funding`` or a ``Statement``.
        unit: ``元``, ``万元`` or ``亿元``.

    Raises:
        BudgetperfError: the unit is none of money.

    >>> from budgetperf.model import FundingTotal
    >>> str(in_unit(FundingTotal(initial="353.21", score=8), "万元").initial)
    '353.21万元'
    """
    money = Amount(0, unit).unit

    def read(path: str, figure: Figure) -> Figure:
        kind = declarations_of(type(part), path.removeprefix("."))[-1].kind
        is_bare = figure.unit.dimension == NUMBER and figure.unit.scale == 1
        if kind is not FigureKind.AMOUNT or not is_bare:
            return figure
        return as_typed(Figure(value=figure.value, unit=money, text=f"{figure.text}{money.symbol}"))

    return cast("_Part", mapped("", part, read, None))
