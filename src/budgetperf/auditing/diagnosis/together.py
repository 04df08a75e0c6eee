"""J01: relations that hold one by one need not hold together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from budgetperf.exact import LIST, MONEY, Figure, Interval, RoundingMode, Text
from budgetperf.linear.bounds import Conflict, owners_of
from budgetperf.linear.diagnoses import disjoint_conflicts
from budgetperf.linear.masks import NOTHING, Mask, bits, mask_of
from budgetperf.linear.system import Solver, System
from budgetperf.model import SelfEvaluation
from budgetperf.relations.assumption import Assumption
from budgetperf.relations.binding import operand_at
from budgetperf.relations.composing import is_score, simple, unchecked
from budgetperf.relations.expression import Operand
from budgetperf.relations.finding import Finding, Verdict, for_review
from budgetperf.relations.judging import is_rate
from budgetperf.relations.relation import Relation
from budgetperf.relations.words import printed_text, should_be_text

from .joint import Joint, joint_system

__all__ = ["bounds", "together"]

_BROKEN = (Verdict.INCONSISTENT, Verdict.TRUNCATED)
_FORMULA = "all relations hold together"


def together(
    relation: Relation, report: SelfEvaluation, findings: Sequence[Finding]
) -> Iterator[Finding]:
    """Whether all relations that are not broken by themselves can hold for the same true values.

    Missing figures are unknown, within their natural range. What is decided is decided exactly.

    Args:
        relation: J01 of the catalogue.
        report: the report.
        findings: those of all other relations.
    """
    standing = [finding for finding in findings if finding.verdict not in _BROKEN]
    joint = joint_system(report, standing)
    asked, undecided = disjoint_conflicts(Solver(joint.assuming))
    conflicts = list[Conflict]()
    if asked or undecided is not None:  # else it holds without what is assumed, too
        conflicts, undecided = disjoint_conflicts(Solver(joint.system))
    if conflicts:
        # Rates may have been cut off instead of rounded, as single relations allow.
        cut = _with_cut_rates(joint)
        left, undecided = disjoint_conflicts(Solver(cut))
        if left or undecided:
            # They are told over this system: what cutting off explains is no part of the trouble.
            assuming = attrs.evolve(joint.assuming, printings=cut.printings)
            joint, conflicts = attrs.evolve(joint, system=cut, assuming=assuming), left
        verdict = Verdict.INCONSISTENT if left else Verdict.TRUNCATED
        yield from _broken(relation, joint, joint.system, conflicts, NOTHING, verdict)
    if asked:
        yield from _asked(relation, joint, conflicts)
    if undecided is not None:
        why = relation.say("undecided", code=undecided.code)
        yield unchecked(relation, undecided.code, why, formula=_FORMULA)
        return
    number = len({id(finding) for stating in joint.sources for finding in stating})
    number += sum(map(len, joint.links.values()))
    if number and not conflicts:
        exact = all(f.verdict is not Verdict.ROUNDING for f in standing if f.equation is not None)
        verdict = Verdict.EXACT if exact else Verdict.ROUNDING
        yield simple(relation, verdict, relation.say("together", count=number), (), _FORMULA)


def _asked(relation: Relation, joint: Joint, conflicts: Sequence[Conflict]) -> Iterator[Finding]:
    """What cannot hold together if amounts are 0 or more, which no print says: for a reviewer."""
    known, system = owners_of(conflicts), joint.assuming
    further, _ = disjoint_conflicts(Solver(system), known)
    for finding in _broken(relation, joint, system, further, known, Verdict.UNCHECKED):
        yield attrs.evolve(for_review(finding), assumes=(*finding.assumes, Assumption.NOT_NEGATIVE))


def bounds(report: SelfEvaluation, findings: Sequence[Finding], path: str) -> Interval | None:
    """The values that everything else leaves for one figure; ``None`` if it leaves none.

    Amounts are taken to be 0 or more, unless they are printed below.

    Args:
        report: the report.
        findings: those of its audit.
        path: the path of the figure, stated or missing.

    Raises:
        BudgetperfError: no figure stands or could stand there.
    """
    operand_at(report, path)
    joint = joint_system(report, [f for f in findings if f.verdict not in _BROKEN])
    # Its own prints are left out: what the others leave does not depend on them.
    own = mask_of(place for place, operand in enumerate(joint.operands) if operand.path == path)
    return Solver(joint.assuming).values(joint.groups.find(path), own)


def _with_cut_rates(joint: Joint) -> System:
    """The system in which each rate may have been rounded or cut off."""
    printings = [
        attrs.evolve(
            printing,
            interval=Interval.hull([printing.interval, figure.interval_under(RoundingMode.DOWN)]),
        )
        if is_rate(figure) and not figure.is_exact
        else printing
        for printing, figure in zip(joint.system.printings, joint.figures, strict=True)
    ]
    return attrs.evolve(joint.system, printings=tuple(printings))


def _with_rounded_amounts(joint: Joint, system: System) -> System:
    """The system in which whole amounts and scores may have been rounded."""
    printings = [
        attrs.evolve(printing, interval=figure.interval_under(RoundingMode.HALF_UP))
        if figure.is_exact and (figure.unit.dimension == MONEY or is_score(operand.path))
        else printing
        for printing, figure, operand in zip(
            system.printings, joint.figures, joint.operands, strict=True
        )
    ]
    return attrs.evolve(system, printings=tuple(printings))


def _broken(
    relation: Relation,
    joint: Joint,
    system: System,
    conflicts: Sequence[Conflict],
    released: Mask,
    verdict: Verdict,
) -> Iterator[Finding]:
    """The findings for printed figures that cannot all be true, each told of the result among them.

    Args:
        relation: J01.
        joint: the report.
        system: the one of its systems that the conflicts are of.
        conflicts: those that are to be told.
        released: the printings of conflicts that are told elsewhere.
        verdict: theirs.
    """
    released |= owners_of(conflicts)
    solver = Solver(system)
    rounded = Solver(_with_rounded_amounts(joint, system)) if conflicts else solver
    for conflict in conflicts:
        stating = [f for source in sorted(conflict.sources) for f in joint.sources[source]]
        results = [f.equation.left for f in stating if f.equation is not None]
        places = bits(conflict.owners)
        place = next((p for p in places if joint.operands[p] in results), places[0])
        result, figure = joint.operands[place], joint.figures[place]
        others = tuple(joint.operands[p] for p in places if p != place)
        # What it should be follows from the others of its conflict; what is wrong elsewhere, and
        # its own print, have no say in that.
        elsewhere = released & ~conflict.owners | 1 << place
        derived = solver.values(system.printings[place].quantity, elsewhere)
        yield Finding(
            code=relation.code,
            verdict=verdict,
            severity=relation.severity,
            relation="; ".join(dict.fromkeys(finding.relation for finding in stating)) or _FORMULA,
            title=relation.title,
            subject=result.label,
            why=_why(relation, figure, others, derived),
            operands=(result, *others),
            derived=derived,
            unit=figure.unit,
            gap=None
            if derived is None or verdict is Verdict.TRUNCATED
            else figure.interval.gap(derived),
            assumes=tuple(_rests_on(rounded, conflict, stating)),
        )


def _rests_on(
    rounded: Solver, conflict: Conflict, stating: Sequence[Finding]
) -> Iterator[Assumption]:
    """What a conflict takes for granted besides the figures."""
    if rounded.conflict(rounded.everything & ~conflict.owners) is None:
        yield Assumption.WHOLE_IS_EXACT
    if any(f.equation is not None and f.equation.assumes for f in stating):
        yield Assumption.COMPLETE


def _why(
    relation: Relation, figure: Figure, others: tuple[Operand, ...], derived: Interval | None
) -> Text:
    numbers = LIST.join(printed_text(operand.stated) for operand in others)
    why = relation.say("alone", figure=figure)
    if others:
        why = relation.say("beside", figure=figure, others=numbers)
    if derived is None:
        return why
    due = should_be_text(derived, figure.unit, max(figure.places, 0) + 2)
    return relation.say("due", why=why, due=due)
