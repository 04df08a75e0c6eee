"""What is asked of linear constraints, and what is answered: bounds, conflicts, extremes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import TypeAlias

import attrs

__all__ = [
    "Bound",
    "Conflict",
    "End",
    "Extreme",
    "Gain",
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
    """Bounds that cannot hold together: the printings and the constraints behind them.

    Args:
        owners: a bit mask of the printings.
        sources: the constraints.
        able: which of the printings can be among those that mend it: among 1 that is released,
            among 2, and so on, each as a bit mask. Beyond that, and if it is empty, any can.
        idle: printings that may be left out all together, and the others still are in conflict.
        released: what was released when this was found.
    """

    owners: int
    sources: frozenset[int]
    able: tuple[int, ...] = attrs.field(default=(), eq=False)
    idle: int = attrs.field(default=0, eq=False)
    released: int = attrs.field(default=0, eq=False)

    def mended_by(self, most: int, released: int = 0) -> int:
        """The printings that can be among up to ``most`` without which it may be mended.

        Args:
            most: how many.
            released: what is released from the beginning.
        """
        is_known = 0 < most <= len(self.able) and not released & ~self.released
        return self.able[most - 1] if is_known else self.owners


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


Gain: TypeAlias = tuple[int, int, int]
"""How far an end can move: 1 if there is no end of it, else 0 and the pair."""


def conflict_of(
    ends: Iterable[End], gains: Mapping[int, Gain], lack: Pair, most: int, released: int
) -> Conflict:
    """The conflict of ends that cannot hold together.

    Args:
        ends: the ends.
        gains: how much each owner that is released gains at the most, if up to ``most`` are.
        lack: what is lacking.
        most: how many are released at the most.
        released: what is released.
    """
    owners, sources = 0, set[int]()
    for end in ends:
        owners |= end.owners
        if end.source is not None:
            sources.add(end.source)
    return Conflict(
        owners=owners,
        sources=frozenset(sources),
        able=_able_to_mend(gains, lack, most),
        idle=_idle(gains, lack),
        released=released,
    )


def _able_to_mend(gains: Mapping[int, Gain], lack: Pair, most: int) -> tuple[int, ...]:
    """Which owners can be among so many, from 1 to ``most``, whose gains make up for a lack."""
    ranked = sorted(gains.values(), reverse=True)
    found = list[int]()
    for count in range(1, most + 1):
        others = _total(ranked[: count - 1])
        due = (-others[0], lack[0] - others[1], lack[1] - others[2])
        is_enough = _total(ranked[:count]) >= (0, *lack)
        found.append(_mask(owner for owner, gain in gains.items() if is_enough and gain >= due))
    return tuple(found)


def _idle(gains: Mapping[int, Gain], lack: Pair) -> int:
    """Owners whose gains do not make up for a lack all together, those that gain least first."""
    idle, value, nudge = list[int](), 0, 0
    for gain, owner in sorted((gain, owner) for owner, gain in gains.items()):
        value, nudge = value + gain[1], nudge + gain[2]
        if gain[0] or (value, nudge) >= lack:
            break
        idle.append(owner)
    return _mask(idle)


def _mask(places: Iterable[int]) -> int:
    found = 0
    for place in places:
        found |= 1 << place
    return found


def _total(gains: Iterable[Gain]) -> Gain:
    unbounded = value = nudge = 0
    for gain in gains:
        unbounded, value, nudge = unbounded + gain[0], value + gain[1], nudge + gain[2]
    return unbounded, value, nudge


def owners_of(conflicts: Iterable[Conflict]) -> int:
    """All printings of some conflicts."""
    owners = 0
    for conflict in conflicts:
        owners |= conflict.owners
    return owners


def bits(mask: int) -> list[int]:
    """The places of the bits of a mask."""
    if not mask & (mask - 1):
        return [mask.bit_length() - 1] if mask else []
    found = list[int]()
    if mask.bit_count() <= _FEW:
        while mask:
            low = mask & -mask
            found.append(low.bit_length() - 1)
            mask ^= low
        return found
    digits = f"{mask:b}"[::-1]
    place = digits.find("1")
    while place >= 0:
        found.append(place)
        place = digits.find("1", place + 1)
    return found


_FEW = 6
"""Up to how many bits it is quicker to take them off one by one than to write the mask out."""
