"""The least quotient of two sums over the solutions of linear constraints."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from .tableau import Extreme, Tableau

__all__ = ["least_quotient"]


def least_quotient(
    tableau: Tableau, numerator: Mapping[int, int], denominator: Mapping[int, int]
) -> Extreme | None:
    """The least quotient of two sums, the second of which is positive; ``None`` if none is.

    By Dinkelbach's method (1967): at the least ratio, the least value of ``numerator - ratio *
    denominator`` is 0. Every step leads to another corner and to a smaller ratio, so that it ends.
    The tableau must have been found free of conflict.

    Args:
        tableau: the constraints.
        numerator: variables with their coefficients.
        denominator: likewise.
    """
    ratio = _standing(tableau, numerator, denominator)
    while ratio is not None:
        row = {variable: factor * ratio.denominator for variable, factor in numerator.items()}
        for variable, factor in denominator.items():
            row[variable] = row.get(variable, 0) - factor * ratio.numerator
        with tableau.temporary(row) as index:
            least = tableau.extreme(index, rising=False)
            better = _standing(tableau, numerator, denominator)
        if least is None:
            return None
        if not least.value:
            return Extreme(value=ratio, attained=least.attained)
        ratio = better
    return None


def _standing(
    tableau: Tableau, numerator: Mapping[int, int], denominator: Mapping[int, int]
) -> Fraction | None:
    base = tableau.standing(denominator)
    return tableau.standing(numerator) / base if base else None
