"""What is put beside the columns of a table: decimals, and the codes of statuses."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from budgetperf.exact import BudgetperfError, Text
from budgetperf.exact.limits import bounded_places

from .engine import Expr, Narwhals
from .kernel import CODES, code_of, equal
from .statuses import RowStatus

__all__ = ["DIGITS", "MOST_DECIMALS", "as_said", "require_decimals"]

DIGITS = 18
"""The digits of a result, which fit in 64 bits."""

MOST_DECIMALS = 9
"""How many decimals a result has at most."""


def require_decimals(places: int, *, field: str) -> None:
    """Refuse decimals that no result has.

    Raises:
        WrongTypeError: they are no whole number (a ``TypeError``).
        BudgetperfError: ``too-many-places``, ``bad-places``.
    """
    bounded_places(places, field=field)
    if not 0 <= places <= MOST_DECIMALS:
        message = Text(
            zh="整表计算时，小数位数须在 0 与 {} 之间",
            en="in a whole table results have from 0 to {} decimals",
        )
        raise BudgetperfError("bad-places", message.fill(MOST_DECIMALS), field=field)


def as_said(
    nw: Narwhals, result: str, status: str, places: int, statuses: Sequence[RowStatus]
) -> list[Expr]:
    """A result as decimals, null where there is none, and its status by its code.

    Args:
        nw: narwhals.
        result: the column of the results, whole numbers in units of the last place; where the
            status says that there is none it may hold anything.
        status: the column of the numbers of the statuses.
        places: the decimals of a result.
        statuses: those that occur.
    """
    # Nineteen digits hold every whole number of 64 bits, also where an engine insists on that.
    # Decimals before anything is null: whole numbers of pandas beside a null become floats.
    value = nw.col(result).cast(nw.Decimal(19, 0))
    if [*statuses] != [RowStatus.OK]:
        value = nw.when(equal(nw.col(status), code_of(RowStatus.OK))).then(value)
    if places:
        value = value * nw.lit(Decimal(1).scaleb(-places))
    return [
        value.cast(nw.Decimal(DIGITS, places)).alias(result),
        _said_status(nw, status, statuses),
    ]


def _said_status(nw: Narwhals, name: str, statuses: Sequence[RowStatus]) -> Expr:
    """The statuses of a column of their numbers, by their codes."""
    text: Expr = nw.lit((statuses or CODES)[-1].value)
    for known in reversed(statuses[:-1]):  # so that the first is asked about first
        where = equal(nw.col(name), code_of(known))
        text = nw.when(where).then(nw.lit(known.value)).otherwise(text)
    return text.alias(name)
