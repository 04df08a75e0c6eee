"""What is asked of linear constraints, and what is answered: bounds, conflicts, extremes."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import TypeAlias

import attrs

__all__ = [
    "Bound",
    "Conflict",
    "End",
    "Extreme",
    "Pair",
    "Ray",
    "StepBoundError",
    "bits",
    "conflict_of",
    "owners_of",
]

Pair: TypeAlias = tuple[int, int]
"""A value and its multiple of the infinitesimal; pairs compare as the values do."""


class StepBoundError(ArithmeticError):
    """The step bound was reached: the question is left undecided."""


@attrs.frozen
class Bound:
    """An end of the values of one variable.

    Args:
        variable: a variable, or ``size + i`` for row ``i``.
        upper: whether it is the upper end.
        value: the end.
        is_open: whether the end itself is excluded.
        owners: a bit mask of the printings that it rests on; 0 if it always holds.
        source: the constraint that it comes from, or ``None``.
    """

    variable: int
    upper: bool
    value: Fraction
    is_open: bool = False
    owners: int = 0
    source: int | None = None


@attrs.frozen(kw_only=True)
class Conflict:
    """Bounds that cannot hold together: the printings and the constraints behind them."""

    owners: int
    sources: frozenset[int]


@attrs.frozen(kw_only=True)
class Extreme:
    """The end of what a variable can be, and whether it is attained."""

    value: Fraction
    attained: bool


@attrs.frozen(kw_only=True)
class Ray:
    """A way without an end: all bounds hold however far a variable moves."""

    variable: int
    rising: bool


@attrs.frozen
class End:
    """A bound in the tableau's scale."""

    at: Pair
    owners: int
    source: int | None


def conflict_of(ends: Iterable[End | None]) -> Conflict:
    """The conflict of ends that cannot hold together."""
    held = [end for end in ends if end is not None]
    owners = 0
    for end in held:
        owners |= end.owners
    sources = frozenset(end.source for end in held if end.source is not None)
    return Conflict(owners=owners, sources=sources)


def owners_of(conflicts: Iterable[Conflict]) -> int:
    """All printings of some conflicts."""
    owners = 0
    for conflict in conflicts:
        owners |= conflict.owners
    return owners


def bits(mask: int) -> list[int]:
    """The places of the bits of a mask."""
    found = list[int]()
    while mask:
        low = mask & -mask
        found.append(low.bit_length() - 1)
        mask ^= low
    return found
