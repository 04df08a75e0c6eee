"""Minimal diagnoses: the smallest sets of printings without which everything else can be true.

After Reiter (*A theory of diagnosis from first principles*, 1987) and Fellegi and Holt (1976): a
set of printings is a diagnosis if it hits every conflict. Conflicts are asked for as needed. A
conflict also tells which of its printings give way far enough, and of sets that nothing tells apart
one is asked for; the others are counted. Where that is not enough, the search is cut off, and the
answer says so.
"""

from __future__ import annotations

import itertools
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from .alike import NONE_ALIKE, Alike, alike
from .bounds import Conflict, owners_of
from .masks import NOTHING, Mask, bits, united
from .system import Solver, Undecided

__all__ = ["Diagnoses", "diagnose", "disjoint_conflicts", "minimal_diagnoses"]

_QUESTIONS = 20_000
"""How many questions may be put to the solver for one group of conflicts."""
_WORK = 700_000
"""How much the solver may do for all groups together, in coefficients looked at."""
_STEP = 8
"""What one step of the search counts as work, and how many glances at a conflict are one."""
_WAITING = 50_000
"""How many sets may be kept for later in the search of one group."""
_FURTHER = 64
"""How many questions, once the smallest diagnoses are known, may go into larger ones."""
_LISTED = 256
"""How many diagnoses of a group are written down, where others differ by nothing that is known."""
_MANY = 12
"""From how many printings of a conflict on it is asked which of them are alike."""

_PAIRS = 256
"""How many pairs of diagnoses of two groups are tried."""
_GROUPS = 24
"""Up to how many groups that are connected each is tried with each."""


@attrs.frozen(kw_only=True)
class Diagnoses:
    """The minimal diagnoses of some conflicts.

    Args:
        sets: of printings, the smallest sets first.
        further: for each of them, how many more differ from it only by printings that nothing
            tells apart, and are not among ``sets``.
        conflicts: the conflicts that they hit.
        owners: all printings of the conflicts, and of those that nothing tells apart from them.
        complete: the size up to which all are listed or counted.
        undecided: why a set may be missing, or ``None``.
    """

    sets: tuple[Mask, ...]
    further: tuple[int, ...] = ()
    conflicts: tuple[Conflict, ...]
    owners: Mask = NOTHING
    complete: int
    undecided: Undecided | None = None


def minimal_diagnoses(
    solver: Solver,
    *,
    most: int = 3,
    released: Mask = NOTHING,
    known: Iterable[Conflict] = (),
    further: int | None = None,
    work: int | None = None,
    same: Alike = NONE_ALIKE,
) -> Diagnoses:
    """The minimal diagnoses of up to ``most`` printings.

    Args:
        solver: the solver of the system.
        most: the size of the largest set that is looked for.
        released: printings that are left out from the beginning.
        known: conflicts that are known already.
        further: how many questions to ask beyond the size of the smallest; no limit by default.
        work: how much may be done, in coefficients looked at; no limit by default.
        same: which printings can change places; all of them have to be released, or none.
    """
    conflicts = _Conflicts(most=most, released=released, same=same, all=list(known))
    sets, hit = list[Mask](), set[Mask]()
    undecided: Undecided | None = None
    # Smaller sets wait before larger ones: what is found first is minimal, and a set that holds a
    # diagnosis needs no question.
    waiting, seen = deque([NOTHING]), {NOTHING}
    smallest, complete = most, most
    before, budget = solver.work, _Budget(further=further, work=work)
    while waiting:
        chosen = waiting.popleft()
        size = chosen.bit_count()
        if size > smallest and not hit.isdisjoint(map(same.first, _parts(chosen))):
            continue
        unhit = conflicts.unhit_by(chosen)
        if unhit is None:
            done = solver.work - before + conflicts.work
            if budget.is_spent(done, is_larger=size > smallest):
                complete = min(size - 1, complete)
                break
            answer = solver.conflict(released | chosen, most)
            if answer is None:
                sets.append(chosen)
                hit.add(chosen)
                smallest = min(size, smallest)
                continue
            if isinstance(answer, Undecided):  # no diagnosis, and no conflict to go on by
                undecided = answer
                continue
            if not answer.owners:  # the relations contradict each other, whatever is printed
                undecided = Undecided(code="no-print-to-blame")
                break
            unhit = conflicts.add(answer)
        if not _are_kept(conflicts.ways_on(chosen, unhit), waiting, seen):
            complete = min(size, complete)
    if complete < smallest and undecided is None:
        undecided = Undecided(code="search-limit")
    return Diagnoses(
        sets=tuple(sets),
        further=tuple(same.count(printings) - 1 for printings in sets),
        conflicts=tuple(conflicts.all),
        owners=same.spread(owners_of(conflicts.all)),
        complete=complete,
        undecided=undecided,
    )


def _are_kept(grown: Iterable[Mask], waiting: deque[Mask], seen: set[Mask]) -> bool:
    """Keep sets for later, each once; whether there was room for all."""
    for printings in grown:
        if printings in seen:
            continue
        if len(seen) > _WAITING:
            return False
        seen.add(printings)
        waiting.append(printings)
    return True


@attrs.define(kw_only=True)
class _Budget:
    """What may be asked of the solver in one search, and how much of that is spent.

    Counted, never timed: the same report has the same diagnoses on every machine.

    Args:
        further: how many questions may go into sets larger than the smallest diagnosis.
        work: how much may be done, in coefficients looked at.
        questions: how many were asked.
        larger: how many of them about larger sets.
    """

    further: int | None
    work: int | None
    questions: int = 0
    larger: int = 0

    def is_spent(self, done: int, *, is_larger: bool) -> bool:
        """Count one more question; whether that is one too many, after so much work."""
        self.questions += 1
        self.larger += is_larger
        return (
            self.questions > _QUESTIONS
            or (self.work is not None and done > self.work)
            or (self.further is not None and self.larger > self.further)
        )


def _parts(printings: Mask) -> Iterator[Mask]:
    """What is left of a set without one or more of its printings."""
    part = printings & (printings - 1)
    while part:
        yield part
        part = printings & (part - 1)


@attrs.define(kw_only=True)
class _Conflicts:
    """The conflicts that are known in one search, and how a set can go on to hit them all.

    The search asks the solver only where a set hits all of them; here it is told which way to go
    on, so that sets that cannot become a diagnosis are never built.

    Args:
        most: the size of the largest set that is looked for.
        released: printings that are left out from the beginning.
        same: which printings can change places.
        all: the conflicts, in the order in which they were found.
        work: how much was done with them so far.
    """

    most: int
    released: Mask
    same: Alike
    all: list[Conflict] = attrs.Factory(list[Conflict])
    work: int = 0
    _owners: list[Mask] = attrs.Factory(
        lambda self: [conflict.owners for conflict in self.all], takes_self=True
    )

    def add(self, conflict: Conflict) -> int:
        """One more; its number."""
        self.all.append(conflict)
        self._owners.append(conflict.owners)
        return len(self.all) - 1

    def unhit_by(self, chosen: Mask, start: int = 0) -> int | None:
        """The number of the first that a set does not hit; it hits all before ``start``."""
        for number in range(start, len(self._owners)):
            if not self._owners[number] & chosen:
                self._count(number)
                return number
        self._count(len(self._owners))
        return None

    def ways_on(self, chosen: Mask, unhit: int) -> Iterator[Mask]:
        """The set with one further printing of a conflict that it does not hit.

        Those that cannot lead to a diagnosis are left out. Of what is left, a conflict that has
        nothing in common with this one needs its own share.

        Args:
            chosen: the set.
            unhit: the number of the first conflict that it does not hit.
        """
        self._count(unhit)
        left = self.most - chosen.bit_count()
        if left < 1:
            return
        conflict = self.all[unhit]
        apart = self.unhit_by(chosen | conflict.owners, unhit + 1)
        if apart is not None:
            further = self.all[apart]
            left -= next(
                (n for n in range(1, left + 1) if further.mended_by(n, self.released)), left
            )
        if left < 1:
            return
        for grown in self.same.grown(chosen, conflict.mended_by(left, self.released)):
            self.work += _STEP
            yield grown

    def _count(self, passed: int) -> None:
        """Count the way over so many conflicts as work."""
        self.work += passed // _STEP


def disjoint_conflicts(
    solver: Solver, released: Mask = NOTHING, most: int = 0
) -> tuple[list[Conflict], Undecided | None]:
    """Conflicts that have no print in common, and why there may be more that are not found.

    They are found all together, and then reduced; where that leaves printings over, there may be
    further ones.

    Args:
        solver: the solver of the system.
        released: printings that are left out from the beginning.
        most: up to how many printings are to be released to mend one.
    """
    conflicts: list[Conflict] = []
    owners = released
    while True:
        batch: list[Conflict] = []
        passed = owners
        # What was found is passed over first and reduced later: many conflicts that have nothing to
        # do with each other cost little more than a question each.
        while isinstance(answer := solver.conflict(passed, 1), Conflict) and answer.owners:
            shorter = _shortened(solver, answer, passed)
            batch.append(shorter)
            passed |= shorter.owners
        reduced = [solver.reduced(conflict, most) for conflict in batch]
        conflicts += [conflict for conflict in reduced if conflict.owners]
        owners = released | owners_of(conflicts)
        if isinstance(answer, Conflict):
            return conflicts, Undecided(code="no-print-to-blame")
        if answer is not None or owners == passed:
            return conflicts, answer


def _shortened(solver: Solver, conflict: Conflict, released: Mask) -> Conflict:
    """A conflict of fewer printings, without those that gain too little all together."""
    while conflict.idle:
        # For 1, since without a number gains are not counted, and nothing is known to be idle.
        answer = solver.conflict(released | conflict.idle, 1)
        most = conflict.owners.bit_count() - 1
        if not isinstance(answer, Conflict) or not 0 < answer.owners.bit_count() <= most:
            break
        conflict = answer
    return conflict


def diagnose(
    solver: Solver, *, most: int = 3, weights: Sequence[int] = ()
) -> tuple[Diagnoses, ...]:
    """What is wrong, in groups of conflicts that are diagnosed on their own.

    A diagnosis of the whole takes one of each group; groups of which some two do not go together
    are one group.

    Args:
        solver: the solver of the system.
        most: the size of the largest set that is looked for.
        weights: how much each printing is trusted; the least trusted are written down first.
    """
    conflicts, undecided = disjoint_conflicts(solver, most=most)
    # Each conflict is searched with all others released: three wrong figures in three places are
    # three small searches, where one search would try triples of all.
    own, same = _own_printings(solver, conflicts, weights)
    everything = united(own)
    groups: list[Diagnoses] = []
    left = _WORK
    for number, (conflict, printings) in enumerate(zip(conflicts, own, strict=True)):
        before = solver.work
        # What a group leaves of its share is there for those after it.
        group = minimal_diagnoses(
            solver,
            most=most,
            released=everything & ~printings,
            known=(conflict,),
            further=_FURTHER,
            work=left // (len(conflicts) - number),
            same=same,
        )
        groups.append(group)
        left = max(0, left - (solver.work - before))
    groups = _compatible(solver, groups, most, same)
    if undecided is not None:
        groups.append(Diagnoses(sets=(), conflicts=(), complete=0, undecided=undecided))
    return tuple(_written_down(group, same, weights) for group in groups)


def _own_printings(
    solver: Solver, conflicts: Sequence[Conflict], weights: Sequence[int]
) -> tuple[list[Mask], Alike]:
    """The printings of each conflict, which belong to no other; and which can change places.

    What can take the place of a printing of a conflict belongs to it as well, unless one would
    belong to two then. Where there are few in each conflict, nothing is asked.
    """
    own = [conflict.owners for conflict in conflicts]
    if all(mask.bit_count() < _MANY for mask in own):
        return own, NONE_ALIKE
    count = len(solver.system.printings)
    trusted = weights or [1] * count
    same = alike(solver.system, trusted, conflicts)
    wider = [same.spread(mask) for mask in own]
    if united(wider).bit_count() == sum(mask.bit_count() for mask in wider):
        return wider, same
    belonging = [0] * count
    for number, mask in enumerate(own, start=1):
        for bit in bits(mask):
            belonging[bit] = number
    return own, alike(solver.system, list(zip(trusted, belonging, strict=True)), conflicts)


def _written_down(group: Diagnoses, same: Alike, weights: Sequence[int]) -> Diagnoses:
    """The diagnoses with those that nothing tells apart from them, as far as there is room."""
    if not any(group.further):
        return group

    def weight(printings: Mask) -> int:
        chosen = bits(printings)
        return sum(weights[bit] for bit in chosen) if weights else len(chosen)

    families = sorted(
        zip(group.sets, group.further, strict=True), key=lambda family: weight(family[0])
    )
    room = max(0, _LISTED - len(families))
    listed: list[tuple[Mask, int]] = []
    for first, further in families:
        images = list(itertools.islice(same.images(first), 1 + min(further, room)))
        room -= len(images) - 1
        listed.append((images[0], further - (len(images) - 1)))
        listed += [(image, 0) for image in images[1:]]
    listed.sort(key=lambda family: (family[0].bit_count(), bits(family[0])))
    return attrs.evolve(
        group,
        sets=tuple(image for image, _ in listed),
        further=tuple(further for _, further in listed),
    )


def _compatible(
    solver: Solver, groups: Sequence[Diagnoses], most: int, same: Alike
) -> list[Diagnoses]:
    """The groups, those that depend on each other as one.

    If that one has no diagnosis of up to ``most`` printings, the two stay apart, each without the
    diagnoses that go with none of the other.
    """
    end = solver.work + _WORK
    standing = dict(enumerate(groups))
    number = len(groups)
    everything = united(group.owners for group in groups)
    untried = deque(_connected(solver, standing, end))
    while untried and solver.work < end:
        first, second = untried.popleft()
        if first not in standing or second not in standing:
            continue
        a, b = standing[first], standing[second]
        elsewhere = everything & ~a.owners & ~b.owners
        going, between = _going_together(solver, a, b, elsewhere, same)
        if not between:
            continue
        merged = minimal_diagnoses(
            solver,
            most=most,
            released=elsewhere,
            known=(*a.conflicts, *b.conflicts, *between),
            further=_FURTHER,
            work=end - solver.work,
            same=same,
        )
        if not merged.sets:
            # Together they would need more printings than are looked for: each is told by itself.
            standing |= {first: _only(a, going), second: _only(b, going)}
            continue
        del standing[first], standing[second]
        standing[number] = merged
        everything |= merged.owners
        untried.extend(pair for pair in _connected(solver, standing, end) if number in pair)
        number += 1
    return list(standing.values())


def _only(group: Diagnoses, going: set[Mask]) -> Diagnoses:
    """A group with some of its diagnoses."""
    kept = [
        (diagnosis, more)
        for diagnosis, more in zip(group.sets, group.further, strict=True)
        if diagnosis in going
    ]
    return attrs.evolve(
        group,
        sets=tuple(diagnosis for diagnosis, _ in kept),
        further=tuple(more for _, more in kept),
    )


def _connected(solver: Solver, groups: Mapping[int, Diagnoses], end: int) -> list[tuple[int, int]]:
    """The pairs of groups that may depend on each other.

    Of many groups with relations between them, those are tried of which a diagnosis does not go
    with the first ones of all others.
    """
    members: dict[str, list[int]] = defaultdict(list)
    for number, group in groups.items():
        if group.sets:
            for part in solver.parts(group.owners):
                members[part].append(number)
    pairs = set[tuple[int, int]]()
    # Groups often meet in more than one part: they are tried once.
    for numbers in set(map(tuple, members.values())):
        if len(numbers) <= _GROUPS:
            pairs.update(itertools.combinations(numbers, 2))
        else:
            pairs.update(_dependent(solver, groups, numbers, end))
    return sorted(pairs)


def _dependent(
    solver: Solver, groups: Mapping[int, Diagnoses], numbers: Sequence[int], end: int
) -> Iterator[tuple[int, int]]:
    """The pairs of many groups that have a part in a conflict beside the first diagnosis of all."""
    # One question for each diagnosis and not for each pair: the first ones of all others are
    # released with it, and a conflict that is left names the groups between which it lies.
    apart = united(group.owners for number, group in groups.items() if number not in numbers)
    before = [apart]
    for number in numbers:
        before.append(before[-1] | groups[number].sets[0])
    after = NOTHING
    for place in range(len(numbers) - 1, -1, -1):
        group = groups[numbers[place]]
        for diagnosis in group.sets[:_PAIRS]:
            if solver.work > end:
                return
            answer = solver.conflict(before[place] | diagnosis | after)
            if isinstance(answer, Conflict):
                involved = [n for n in numbers if groups[n].owners & answer.owners]
                yield from itertools.combinations(involved, 2)
        after |= group.sets[0]


def _going_together(
    solver: Solver, a: Diagnoses, b: Diagnoses, elsewhere: Mask, same: Alike
) -> tuple[set[Mask], list[Conflict]]:
    """The diagnoses of two groups that go with one of the other; the conflicts between the rest.

    Of many only the first of each group are tried with the first of the other; then none is left
    out.
    """
    going, between = set[Mask](), list[Conflict]()
    if len(a.sets) * len(b.sets) > _PAIRS:
        pairs = [(diagnosis, b.sets[0]) for diagnosis in a.sets[:_PAIRS]]
        pairs += [(a.sets[0], other) for other in b.sets[:_PAIRS]]
        going = {*a.sets, *b.sets}
    else:
        pairs = list(itertools.product(a.sets, b.sets))
    for diagnosis, other in pairs:
        for image in same.beside(other, diagnosis):
            released = diagnosis | image | elsewhere
            # A conflict that is known already stands in the way of these, too: no need to ask.
            if any(not known.owners & released for known in between):
                continue
            answer = solver.conflict(released)
            if isinstance(answer, Conflict):
                between.append(answer)
            else:
                going |= {diagnosis, other}
    return going, between
