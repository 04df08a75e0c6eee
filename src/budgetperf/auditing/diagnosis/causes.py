"""Which figures are to blame, what they should be, and which findings have one cause."""

from __future__ import annotations

import functools
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import TypeAlias

import attrs

from budgetperf.auditing.slips.explanations import (
    Accused,
    Explanation,
    Ledger,
    explain,
    explain_together,
)
from budgetperf.auditing.slips.misprints import how_many
from budgetperf.exact import Figure, Interval
from budgetperf.linear.diagnoses import Diagnoses, diagnose
from budgetperf.linear.masks import NOTHING, Mask, bits
from budgetperf.linear.system import Solver
from budgetperf.model import SelfEvaluation
from budgetperf.relations.binding import figure_at, figures_of
from budgetperf.relations.expression import Operand
from budgetperf.relations.finding import Finding

from .joint import Joint, joint_system
from .repairs import Recheck, broken_after, to_check
from .suspects import GRAVEST, Cause, Suspect, explained_later

__all__ = ["causes"]

_LISTED = 100
"""How many diagnoses of a group are listed, the smallest first."""
_EXPLAINED = 40
"""For how many of them slips are searched."""
_TRIED = 12
"""How many of them are tried out: what would still be broken."""
_RECHECKED = 10_000
"""How many findings may be worked out again for that, for all causes together."""


def causes(
    report: SelfEvaluation,
    findings: Sequence[Finding],
    weights: Mapping[str, int],
    recheck: Recheck,
) -> tuple[Cause, ...]:
    """The causes of everything that does not hold, the gravest first.

    Args:
        report: the report.
        findings: those of its audit.
        weights: how much each part of the report is trusted, by its path; 1 by default. Of
            several diagnoses the one of the least weight comes first.
        recheck: what a relation finds in another report: repairs are tried out with it.
    """
    wrong = [finding for finding in findings if finding.verdict in GRAVEST]
    asked = _asked([finding for finding in findings if finding.is_for_review])
    if not wrong:
        return tuple(asked)
    diagnosing = _Diagnosing(report, findings, wrong, weights, recheck)
    return (*diagnosing.causes(), *asked)


def _asked(findings: Iterable[Finding]) -> list[Cause]:
    """What a reviewer asks, together where it is about one figure."""
    groups: dict[str | int, list[Finding]] = {}
    for number, finding in enumerate(findings):
        about = finding.operands[0].path if finding.operands else ""
        groups.setdefault(about or number, []).append(finding)
    return [Cause(findings=tuple(group)) for group in groups.values()]


class _Diagnosing:
    """The diagnosis of one audit: the joint system with what is asked of it for cause after cause.

    Built once, since the system is large and most of what a suspect needs (the findings that it
    takes part in, the figures of the report by value) is the same for all of them. It counts how
    often findings were worked out again, which is bounded for all causes together.
    """

    def __init__(
        self,
        report: SelfEvaluation,
        findings: Sequence[Finding],
        wrong: Sequence[Finding],
        weights: Mapping[str, int],
        recheck: Recheck,
    ) -> None:
        self._report = report
        self._wrong = wrong
        self._weights = weights
        self._recheck = recheck
        self._joint: Joint = joint_system(report, findings)
        self._solver = Solver(self._joint.system)
        self._involving: dict[_Key, list[Finding]] = defaultdict(list)
        """The findings that a print takes part in, as often as it does."""
        self._ranges: dict[_Key, tuple[Interval, ...]] = {}
        for finding in findings:
            if finding.ranges:
                self._ranges[_key(finding.operands[0])] = finding.ranges
            for operand in finding.operands:
                self._involving[_key(operand)].append(finding)
        self._slips = _Slips(report)
        self._findings_of = Counter(finding.code for finding in findings)
        self._rechecks_left = _RECHECKED

    def causes(self) -> list[Cause]:
        # Groups are diagnosed apart; for what a figure may be, all others are taken as mended.
        trust = [self._trust(operand.path) for operand in self._joint.operands]
        groups = diagnose(self._solver, weights=trust)
        likeliest = _beside([group.sets[0] if group.sets else group.owners for group in groups])
        owners = _beside([group.owners for group in groups])
        causes = [
            self._cause(group, findings, self._elsewhere(group, chosen, in_conflict))
            for group, findings, chosen, in_conflict in zip(
                groups, self._shared(groups), likeliest, owners, strict=True
            )
            if findings
        ]
        shared = {id(finding) for cause in causes for finding in cause.findings}
        left = [finding for finding in self._wrong if id(finding) not in shared]
        codes = [group.undecided.code for group in groups if group.undecided and not group.sets]
        causes += [
            Cause(findings=(finding,), undecided=codes[0] if codes and finding.equation else None)
            for finding in left
        ]
        order = {id(finding): number for number, finding in enumerate(self._wrong)}
        return sorted(
            causes, key=lambda cause: (GRAVEST.index(cause.verdict), order[id(cause.findings[0])])
        )

    def _elsewhere(self, group: Diagnoses, likeliest: Mask, in_conflict: Mask) -> Mask:
        """What is wrong elsewhere: the likeliest figures, or all that are in conflict there."""
        first = group.sets[0] if group.sets else NOTHING
        return likeliest if self._solver.conflict(first | likeliest) is None else in_conflict

    def _shared(self, groups: Sequence[Diagnoses]) -> list[tuple[Finding, ...]]:
        """Each finding that does not hold, given to the group of conflicts that it belongs to.

        A group that gets none this way shares those that state its conflicts.
        """
        shares: list[list[Finding]] = [[] for _ in groups]
        stating = [self._stating(group) for group in groups]
        places = {_key(operand): place for place, operand in enumerate(self._joint.operands)}
        near: dict[int, set[int]] = defaultdict(set)
        stated_by: dict[int, set[int]] = defaultdict(set)
        for number, (group, stated) in enumerate(zip(groups, stating, strict=True)):
            for bit in bits(group.owners):
                near[bit].add(number)
            for finding_id in stated:
                stated_by[finding_id].add(number)
        for finding in self._wrong:
            mask = NOTHING
            candidates = set(stated_by[id(finding)])
            for operand in finding.operands:
                place = places.get(_key(operand))
                if place is not None:
                    mask |= 1 << place
                    candidates |= near[place]
            # Of equal ones the first.
            best = max(
                ((number in stated_by[id(finding)],
                  sum(not diagnosis & ~mask for diagnosis in groups[number].sets),
                  (groups[number].owners & mask).bit_count(), -number)
                 for number in candidates),
                default=None,
            )  # fmt: skip
            if best is not None:
                shares[-best[-1]].append(finding)
        order = {id(finding): finding for finding in self._wrong}
        return [
            tuple(share or [finding for key, finding in order.items() if key in stated])
            for share, stated in zip(shares, stating, strict=True)
        ]

    def _stating(self, group: Diagnoses) -> set[int]:
        """The findings that state the constraints and identities of a group's conflicts."""
        printings = self._joint.system.printings
        sources = set[int]().union(*(conflict.sources for conflict in group.conflicts))
        stating = {id(finding) for source in sources for finding in self._joint.sources[source]}
        for conflict in group.conflicts:
            counts = Counter(printings[bit].quantity for bit in bits(conflict.owners))
            for quantity in (quantity for quantity, times in counts.items() if times > 1):
                stating |= {id(finding) for finding in self._joint.links.get(quantity, ())}
        return stating

    def _cause(self, group: Diagnoses, findings: tuple[Finding, ...], elsewhere: Mask) -> Cause:
        """What the diagnoses of one group say of its findings, the likeliest first.

        Args:
            group: the diagnoses.
            findings: those that they are of.
            elsewhere: the figures that are wrong in other groups.
        """
        more = dict(zip(group.sets, group.further, strict=True))
        ranked = sorted(group.sets, key=self._size)
        further = sum(1 + more[chosen] for chosen in ranked[_LISTED:])
        accused: dict[Mask, list[_Released]] = {}
        for chosen in ranked[:_LISTED]:
            released = [self._released(place, chosen | elsewhere) for place in bits(chosen)]
            if all(map(_changes, released)):
                accused[chosen] = released
                further += more[chosen]
        least = min((chosen.bit_count() for chosen in accused), default=0)
        smallest = [chosen for chosen in accused if chosen.bit_count() == least]
        # Not the only one if the search left others of its size out, or counts some as like it.
        is_only = len(smallest) == 1 and not more[smallest[0]] and group.complete >= least
        explained = frozenset(ranked[:_EXPLAINED])
        listed = {
            chosen: self._suspects(
                released,
                findings,
                explained=chosen in explained,
                unique=is_only and chosen == smallest[0],
            )
            for chosen, released in accused.items()
        }
        # To try a repair out takes checks of the whole report: only the first by all else are
        # tried, and then all are ranked anew.
        broken = self._broken_after(listed)
        return Cause(
            findings=findings,
            diagnoses=tuple(listed[chosen] for chosen in self._ranked(listed, broken)),
            further=further,
            undecided=group.undecided.code if group.undecided else None,
        )

    def _weight(self, printings: Mask) -> int:
        return sum(self._trust(self._joint.operands[bit].path) for bit in bits(printings))

    def _trust(self, path: str) -> int:
        """The weight of the longest beginning of the path that has one."""
        if not self._weights:
            return 1
        steps = (path, *(path[:i] for i, mark in enumerate(path) if mark in ".["))
        fitting = [start for start in self._weights if start in steps]
        return self._weights[max(fitting, key=len)] if fitting else 1

    def _broken_after(self, listed: Mapping[Mask, tuple[Suspect, ...]]) -> dict[Mask, int]:
        """What each of the first repairs would leave broken, where there is a choice."""
        if len(listed) < 2:
            return {}
        tried = listed if len(listed) <= _TRIED else self._ranked(listed, {})[:_TRIED]
        repairs = {
            chosen: {s.operand: s.becomes for s in listed[chosen] if s.becomes is not None}
            for chosen in tried
            if all(suspect.becomes is not None for suspect in listed[chosen])
        }
        figures = [figure for repair in repairs.values() for figure in repair.values()]
        about = {_key(operand) for repair in repairs.values() for operand in repair}
        checked = to_check(
            (finding.code for key in about for finding in self._involving[key]),
            bases_may_be_0=any(not figure.value for figure in figures),
        )
        again = sum(self._findings_of[relation.code] for relation in checked) * len(repairs)
        if not checked or again > self._rechecks_left:
            return {}
        self._rechecks_left -= again
        alike = Counter(map(self._size, listed))
        return {
            chosen: broken_after(repair, self._report, checked, self._recheck)
            for chosen, repair in repairs.items()
            if alike[self._size(chosen)] > 1  # of others the place is known
        }

    def _size(self, chosen: Mask) -> tuple[int, int]:
        return self._weight(chosen), chosen.bit_count()

    def _ranked(
        self, listed: Mapping[Mask, tuple[Suspect, ...]], broken: Mapping[Mask, int]
    ) -> list[Mask]:
        """By weight, by what it leaves broken, by how well a slip explains all of it.

        Last by how much speaks for it.
        """

        # Slips are found for those alone that nothing else tells apart.
        tied: dict[tuple[int, int, int], list[Mask]] = defaultdict(list)
        for chosen in listed:
            tied[*self._size(chosen), broken.get(chosen, 0)].append(chosen)

        def rank(chosen: Mask) -> tuple[Fraction, int]:
            acquitting = sum(len(suspect.acquitted_by) for suspect in listed[chosen])
            return _coincidence(listed[chosen]), acquitting

        ranked: list[Mask] = []
        for _, equal in sorted(tied.items()):
            ranked += sorted(equal, key=rank) if len(equal) > 1 else equal
        return ranked

    def _released(self, place: int, released: Mask) -> _Released:
        """What a printing may be if some are not asked for, it among them."""
        operand = self._joint.operands[place]
        quantity = self._joint.system.printings[place].quantity
        admissible = self._solver.values(quantity, released) or Interval()
        by_system = by_rules = Accused(operand=operand, admissible=admissible)
        ranges = self._ranges.get(_key(operand), ())
        if ranges:  # the system knows only one of those that a rule leaves to a figure
            by_rules = attrs.evolve(by_system, admissible=Interval.hull((admissible, *ranges)))
        return _Released(place=place, by_system=by_system, by_rules=by_rules)

    def _suspects(
        self,
        members: Sequence[_Released],
        findings: tuple[Finding, ...],
        *,
        explained: bool,
        unique: bool,
    ) -> tuple[Suspect, ...]:
        """The figures of one diagnosis, each with what it may be and what speaks for or against it.

        Args:
            members: the figures.
            findings: those that the diagnosis accounts for.
            explained: whether the slips that may have led to it are searched.
            unique: whether no other diagnosis of this size would do.
        """
        accusing = {id(finding) for finding in findings}
        accused = [member.by_system for member in members]
        together = functools.cache(functools.partial(self._slips.together, accused))
        suspects = list[Suspect]()
        for member in members:
            operand = member.by_rules.operand
            involving = self._involving[_key(operand)]
            convicting = [finding for finding in involving if id(finding) in accusing]
            suspect = Suspect(
                operand=operand,
                others=tuple(other.operand for other in accused if other.operand is not operand),
                admissible=member.by_rules.admissible,
                becomes=_printed_as(member.by_rules),
                unique=unique,
                convicted_by=tuple(convicting) or findings,
                acquitted_by=tuple(f for f in involving if f.verdict.holds),
            )
            if explained:
                alone = functools.partial(self._slips.alone, member, involving)
                suspect = explained_later(suspect, functools.partial(_both, together, alone))
            suspects.append(suspect)
        return tuple(suspects)


@attrs.frozen(kw_only=True)
class _Released:
    """A printing that is not asked for, and what it may be then.

    Args:
        place: its place in the system.
        by_system: with the values that the system leaves.
        by_rules: with all those that rules leave; the same where no rule has a say.
    """

    place: int
    by_system: Accused
    by_rules: Accused


class _Slips:
    """The slips behind the figures of a report, each found when somebody asks for it, and once."""

    def __init__(self, report: SelfEvaluation) -> None:
        self._report = report
        self._alone: dict[tuple[int, Interval], tuple[Explanation, ...]] = {}
        """Those that explain a figure alone: it may be in several diagnoses."""

    @functools.cached_property
    def _figures(self) -> list[Operand]:
        return [figure_at(self._report, path, figure) for path, figure in figures_of(self._report)]

    @functools.cached_property
    def _ledger(self) -> Ledger:
        return Ledger.of(self._figures)

    def alone(self, member: _Released, involving: Iterable[Finding]) -> tuple[Explanation, ...]:
        """Those behind one figure, by the findings that it takes part in."""
        accused = member.by_system
        key = member.place, accused.admissible
        known = self._alone.get(key)
        if known is None:
            equations = [finding.equation for finding in involving if finding.equation is not None]
            known = explain(accused, equations, self._figures, ledger=self._ledger)
            self._alone[key] = known
        return known

    def together(self, accused: Sequence[Accused]) -> tuple[Explanation, ...]:
        """Those behind all figures of a diagnosis at once."""
        if len(accused) < 2:
            return ()
        return explain_together(accused, self._figures, ledger=self._ledger)


_Found: TypeAlias = Callable[[], tuple[Explanation, ...]]


def _both(together: _Found, alone: _Found) -> tuple[Explanation, ...]:
    return (*together(), *alone())


def _coincidence(suspects: Sequence[Suspect]) -> Fraction:
    """The chance that what explains a diagnosis fits by coincidence; 1 if something does not."""
    if not all(suspect.explanations for suspect in suspects):
        return Fraction(1)
    return max(suspect.explanations[0].chance for suspect in suspects)


def _beside(masks: Sequence[Mask]) -> list[Mask]:
    """For each of some sets of printings, those of all others together."""
    before, after = [NOTHING], [NOTHING]
    for mask in masks:
        before.append(before[-1] | mask)
    for mask in reversed(masks):
        after.append(after[-1] | mask)
    return [a | b for a, b in zip(before[:-1], reversed(after[:-1]), strict=True)]


def _changes(released: _Released) -> bool:
    """Whether the figure can be other than it is printed.

    A rule that was applied to it is no longer asked when it is released, though it would still say
    the same of the same value: a figure that must stay as it is is no part of a diagnosis.
    """
    accused = released.by_rules
    stated = accused.operand.stated
    return isinstance(stated, Figure) and not stated.interval.covers(accused.admissible)


_Key: TypeAlias = tuple[str, object]


def _key(operand: Operand) -> _Key:
    """What tells a print from other prints of the same figure."""
    stated = operand.stated
    text, place = (stated.text, stated.place) if isinstance(stated, Figure) else ("", None)
    # Text and whole numbers, which are hashed in no time.
    return operand.path, (text, place and (place.line, place.column))


def _printed_as(accused: Accused) -> Figure | None:
    """The one figure that all admissible values print as, like the suspect; ``None`` of several."""
    grid, admitted = accused.grid, accused.admitted
    if grid is None or admitted is None or how_many(admitted) != 1:
        return None
    return grid.printed(admitted[0])
