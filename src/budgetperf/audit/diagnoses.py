"""Minimal diagnoses: the smallest sets of printings without which everything else can be true.

After Reiter (*A theory of diagnosis from first principles*, 1987) and Fellegi and Holt (1976): a
set of printings is a diagnosis if it hits every conflict. Conflicts are asked for as needed.
"""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Iterable

import attrs

from .bounds import Conflict, bits, owners_of
from .system import Solver, Undecided

__all__ = ["Diagnoses", "diagnose", "disjoint_conflicts", "minimal_diagnoses"]

_QUESTIONS = 20_000
"""How many questions may be put to the solver for one group of conflicts."""
_FURTHER = 64
"""How many of them, once the smallest diagnoses are known, may go into larger ones."""

_PAIRS = 256
"""How many pairs of diagnoses of two groups are tried."""


@attrs.frozen(kw_only=True)
class Diagnoses:
    """The minimal diagnoses of some conflicts.

    Args:
        sets: bit masks of printings, the smallest sets first.
        conflicts: the conflicts that they hit.
        complete: the size up to which all are listed.
        undecided: why a set may be missing, or ``None``.
    """

    sets: tuple[int, ...]
    conflicts: tuple[Conflict, ...]
    complete: int
    undecided: Undecided | None = None

    @property
    def owners(self) -> int:
        """All printings of the conflicts."""
        return owners_of(self.conflicts)


def minimal_diagnoses(
    solver: Solver,
    *,
    most: int = 3,
    released: int = 0,
    known: Iterable[Conflict] = (),
    further: int | None = None,
) -> Diagnoses:
    """The minimal diagnoses of up to ``most`` printings.

    Args:
        solver: the solver of the system.
        most: the size of the largest set that is looked for.
        released: printings that are left out from the beginning.
        known: conflicts that are known already.
        further: how many questions to ask beyond the size of the smallest; no limit by default.
    """
    conflicts, sets = list(known), list[int]()
    undecided: Undecided | None = None
    waiting, seen = deque([0]), {0}
    questions, larger, smallest, complete = 0, 0, most, most
    while waiting:
        chosen = waiting.popleft()
        size = chosen.bit_count()
        if size > smallest and any(not one & ~chosen for one in sets):
            continue
        conflict = next((c for c in conflicts if not c.owners & chosen), None)
        if conflict is None:
            questions += 1
            larger += size > smallest
            if questions > _QUESTIONS or (further is not None and larger > further):
                complete = size - 1
                break
            answer = solver.conflict(released | chosen)
            if answer is None:
                sets.append(chosen)
                smallest = min(size, smallest)
                continue
            if isinstance(answer, Undecided):
                undecided = answer
                continue
            conflict = answer
            conflicts.append(answer)
        if not conflict.owners:
            undecided = Undecided(code="no-print-to-blame")
            break
        if size == most:
            continue
        for bit in bits(conflict.owners):
            grown = chosen | 1 << bit
            if grown not in seen:
                seen.add(grown)
                waiting.append(grown)
    return Diagnoses(
        sets=tuple(sets), conflicts=tuple(conflicts), complete=complete, undecided=undecided
    )


def disjoint_conflicts(
    solver: Solver, released: int = 0
) -> tuple[list[Conflict], Undecided | None]:
    """Conflicts that have no print in common, and why there may be more that are not found.

    Args:
        solver: the solver of the system.
        released: printings that are left out.
    """
    conflicts: list[Conflict] = []
    while (answer := solver.conflict(released | owners_of(conflicts))) is not None:
        if isinstance(answer, Undecided):
            return conflicts, answer
        conflict = solver.reduced(answer)
        if not conflict.owners:
            return conflicts, Undecided(code="no-print-to-blame")
        conflicts.append(conflict)
    return conflicts, None


def diagnose(solver: Solver, *, most: int = 3) -> tuple[Diagnoses, ...]:
    """What is wrong, in groups of conflicts that are diagnosed on their own.

    A diagnosis of the whole takes one of each group; groups of which some two do not go together
    are one group.
    """
    conflicts, undecided = disjoint_conflicts(solver)
    released = owners_of(conflicts)
    groups = [
        minimal_diagnoses(
            solver, most=most, released=released & ~one.owners, known=(one,), further=_FURTHER
        )
        for one in conflicts
    ]
    groups = _compatible(solver, groups, most)
    if undecided is not None:
        groups.append(Diagnoses(sets=(), conflicts=(), complete=0, undecided=undecided))
    return tuple(groups)


def _compatible(solver: Solver, groups: list[Diagnoses], most: int) -> list[Diagnoses]:
    """The groups, those that depend on each other as one.

    If that one has no diagnosis of up to ``most`` printings, the two stay apart, each without the
    diagnoses that go with none of the other.
    """
    everything = owners_of(c for group in groups for c in group.conflicts)
    for first, second in itertools.combinations(range(len(groups)), 2):
        a, b = groups[first], groups[second]
        if not a.sets or not b.sets or not solver.are_connected(a.owners, b.owners):
            continue
        rest = everything & ~a.owners & ~b.owners
        going, between = _going_together(solver, a, b, rest)
        if not between:
            continue
        merged = minimal_diagnoses(
            solver,
            most=most,
            released=rest,
            known=(*a.conflicts, *b.conflicts, *between),
            further=_FURTHER,
        )
        if merged.sets:
            kept = [g for i, g in enumerate(groups) if i not in (first, second)]
            return _compatible(solver, [*kept, merged], most)
        groups[first] = attrs.evolve(a, sets=tuple(s for s in a.sets if s in going))
        groups[second] = attrs.evolve(b, sets=tuple(s for s in b.sets if s in going))
    return groups


def _going_together(
    solver: Solver, a: Diagnoses, b: Diagnoses, rest: int
) -> tuple[set[int], list[Conflict]]:
    """The diagnoses of two groups that go with one of the other; the conflicts between the rest.

    Of many only the first of each group are tried with all of the other; then none is left out.
    """
    going, between = set[int](), list[Conflict]()
    pairs = list(itertools.product(a.sets, b.sets))
    if len(pairs) > _PAIRS:
        pairs = [(one, b.sets[0]) for one in a.sets] + [(a.sets[0], other) for other in b.sets]
        going = {*a.sets, *b.sets}
    for one, other in pairs:
        released = one | other | rest
        if any(not known.owners & released for known in between):
            continue
        answer = solver.conflict(released)
        if isinstance(answer, Conflict):
            between.append(answer)
        else:
            going |= {one, other}
    return going, between
