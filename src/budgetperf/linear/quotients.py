"""The least quotient of two sums over the solutions of linear constraints."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from .simplex import Extreme, Ray, Tableau

__all__ = ["least_quotient"]


def least_quotient(
    tableau: Tableau, numerator: Mapping[int, int], denominator: Mapping[int, int]
) -> Extreme | None:
    """The least quotient of two sums, the second of which is positive; ``None`` if none is.

    By Dinkelbach's method (1967): at the least ratio, ``numerator - ratio * denominator`` is
    nowhere below 0. Every step leads to another corner or to another way without an end, and to a
    smaller ratio, so that it ends. The tableau must have been found free of conflict.

    Args:
        tableau: the constraints.
        numerator: variables with their coefficients.
        denominator: likewise.
    """
    with tableau.temporary(numerator) as above, tableau.temporary(denominator) as below:
        ratio = _start(tableau, above, below)
        while ratio is not None:
            terms = {above: ratio.denominator, below: -ratio.numerator}
            with tableau.temporary(terms) as index:
                least = tableau.extreme(index, rising=False)
            if isinstance(least, Extreme) and least.value >= 0:
                return Extreme(value=ratio, attained=least.attained and not least.value)
            ratio = _better(tableau, above, below, least)
        return None


def _start(tableau: Tableau, above: int, below: int) -> Fraction | None:
    """A quotient that is possible, or is come near to; ``None`` if the base cannot be more than 0.

    An open end lets the base stand at 0 and an infinitesimal: it is moved up first.
    """
    if tableau.standing(below):
        return tableau.standing(above) / tableau.standing(below)
    return _better(tableau, above, below, tableau.extreme(below, rising=True))


def _better(tableau: Tableau, above: int, below: int, at: Extreme | Ray) -> Fraction | None:
    """The quotient at a corner that was found, or far out on a way that was."""
    if isinstance(at, Ray):
        top, base = tableau.slope(above, at), tableau.slope(below, at)
    else:
        top, base = tableau.standing(above), tableau.standing(below)
    return top / base if base else None
