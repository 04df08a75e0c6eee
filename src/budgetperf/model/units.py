"""The unit that is printed once, above a table of money."""

from __future__ import annotations

from typing import TypeVar, cast

import attrs

from budgetperf.exact import Amount, Figure, Unit
from budgetperf.exact.checking import require
from budgetperf.exact.figure import as_typed, is_typed
from budgetperf.exact.written.by_name import by_name

from .fields import FigureKind, Part
from .walking import declarations_of, mapped

__all__ = ["in_unit"]

_Part = TypeVar("_Part", bound=Part)


@by_name
def in_unit(part: _Part, unit: Unit | str) -> _Part:
    """A part of a report whose amounts were given as bare numbers, in the unit of its table.

    Only amounts of money get it; what has a unit keeps that, and a figure that says how precise it
    is stays so. Repeated figures of a report are left as they are.

    Args:
        part: such as a ``Funding`` or a ``Statement``.
        unit: ``元``, ``万元`` or ``亿元``.

    Raises:
        BudgetperfError: the unit is none of money, or what is given is no part of a report.

    >>> from budgetperf.model import FundingTotal
    >>> str(in_unit(FundingTotal(initial="353.21", score=8), "万元").initial)
    '353.21万元'
    """
    money = Amount(0, unit).unit

    require(part, Part, field="part")

    def read(path: str, figure: Figure) -> Figure:
        kind = declarations_of(type(part), path.removeprefix("."))[-1].kind
        if kind is not FigureKind.AMOUNT or figure.unit.symbol:
            return figure
        text = f"{figure.text}{money.symbol}"
        if is_typed(figure):
            return as_typed(Figure(value=figure.value, unit=money, text=text))
        return attrs.evolve(figure, unit=money, text=text)

    return cast("_Part", mapped("", part, read, None))
