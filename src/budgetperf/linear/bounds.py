"""What is asked of linear constraints, and what is answered: bounds, conflicts, extremes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import NamedTuple, TypeAlias

import attrs

from .masks import NOTHING, Mask, mask_of, united

__all__ = [
    "Bound",
    "Conflict",
    "End",
    "Extreme",
    "Gain",
    "Pair",
    "Ray",
    "StepBoundError",
    "conflict_of",
    "owners_of",
]

Pair: TypeAlias = tuple[int, int]
"""A value and its multiple of the infinitesimal; pairs compare as the values do."""


class StepBoundError(ArithmeticError):
    """The step bound was reached: the question is left undecided."""


# Tuples, since there are thousands of the two in one report, and a tuple is made in a third of the
# time.


class Bound(NamedTuple):
    """An end of the values of one variable.

    Args:
        variable: a variable, or ``size + i`` for row ``i``.
        upper: whether it is the upper end.
        value: the end.
        is_open: whether the end itself is excluded.
        owners: the printings that it rests on; none if it always holds.
        source: the constraint that it comes from, or ``None``.
    """

    variable: int
    upper: bool
    value: Fraction
    is_open: bool = False
    owners: Mask = NOTHING
    source: int | None = None


@attrs.frozen(kw_only=True)
class Conflict:
    """Bounds that cannot hold together: the printings and the constraints behind them.

    Args:
        owners: the printings.
        sources: the constraints.
        able: which of the printings can be among those that mend it: among 1 that is released,
            among 2, and so on. Beyond that, and if it is empty, any can.
        idle: printings that may be left out all together, and the others still are in conflict, as
            long as none of them stands behind another at the same end.
        released: what was released when this was found.
    """

    owners: Mask
    sources: frozenset[int]
    able: tuple[Mask, ...] = attrs.field(default=(), eq=False)
    idle: Mask = attrs.field(default=NOTHING, eq=False)
    released: Mask = attrs.field(default=NOTHING, eq=False)

    def mended_by(self, most: int, released: Mask = NOTHING) -> Mask:
        """The printings that can be among up to ``most`` without which it may be mended.

        Args:
            most: how many.
            released: what is released from the beginning.
        """
        # Where more is released than was then, further ends are gone, and others may give way.
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


class End(NamedTuple):
    """A bound in the tableau's scale."""

    at: Pair
    owners: Mask
    source: int | None


Gain: TypeAlias = tuple[int, int, int]
"""How far an end can move: 1 if there is no end of it, else 0 and the pair."""


def conflict_of(
    ends: Iterable[End], gains: Mapping[int, Gain], lack: Pair, most: int, released: Mask
) -> Conflict:
    """The conflict of ends that cannot hold together.

    Args:
        ends: the ends.
        gains: how much each owner that is released gains at the most, if up to ``most`` are.
        lack: what is lacking.
        most: how many are released at the most.
        released: what is released.
    """
    owners = NOTHING
    sources: set[int] = set()
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


def _able_to_mend(gains: Mapping[int, Gain], lack: Pair, most: int) -> tuple[Mask, ...]:
    """Which owners can be among so many, from 1 to ``most``, whose gains make up for a lack."""
    ranked = sorted(gains.values(), reverse=True)
    able: list[Mask] = []
    others: Gain = (0, 0, 0)
    for count in range(1, most + 1):
        # Where one of the others gives way without end, whatever goes with it is enough.
        due = (-others[0], lack[0] - others[1], lack[1] - others[2])
        others = _total(ranked[:count])
        is_enough = others >= (0, *lack)
        able.append(mask_of([o for o, gain in gains.items() if gain >= due] if is_enough else ()))
    return tuple(able)


def _idle(gains: Mapping[int, Gain], lack: Pair) -> Mask:
    """Owners whose gains do not make up for a lack all together, those that gain least first."""
    idle: list[int] = []
    value = nudge = 0
    for gain, owner in sorted((gain, owner) for owner, gain in gains.items()):
        value, nudge = value + gain[1], nudge + gain[2]
        if gain[0] or (value, nudge) >= lack:
            break
        idle.append(owner)
    return mask_of(idle)


def _total(gains: Iterable[Gain]) -> Gain:
    unbounded = value = nudge = 0
    for gain in gains:
        unbounded, value, nudge = unbounded + gain[0], value + gain[1], nudge + gain[2]
    return unbounded, value, nudge


def owners_of(conflicts: Iterable[Conflict]) -> Mask:
    """All printings of some conflicts."""
    return united(conflict.owners for conflict in conflicts)
