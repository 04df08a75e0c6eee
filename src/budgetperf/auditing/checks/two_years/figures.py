"""The checks of a report beside last year's: what both say of a year, opening figures, people.

Figures of two documents may be printed with other units and decimals, and either may have been
corrected since: what does not go together is for a reviewer, never inconsistent.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import cast

import attrs

from budgetperf.auditing.checks.rows import STATEMENTS
from budgetperf.auditing.previous import of_last_year, source_of, year_of
from budgetperf.exact import Figure, Text
from budgetperf.exact.figure import as_rounded
from budgetperf.model import FundingKind, FundingSource, SelfEvaluation
from budgetperf.model.fields import FigureKind
from budgetperf.model.paths import declarations, kind_of
from budgetperf.relations.binding import operand_at, rows_of
from budgetperf.relations.composing import equation_finding, first_holding
from budgetperf.relations.expression import Equation, Expression, Operand, Sum
from budgetperf.relations.finding import Finding
from budgetperf.relations.relation import Relation

from .words import same_indicators

__all__ = ["carried_over", "last_years_values", "of_one_year", "staff"]

_PHASES = ("initial", "revised", "executed")
_PUBLIC = (
    "total",
    "overseas_travel",
    "vehicle_purchase",
    "vehicle_operation",
    "official_reception",
)
_LINES = (
    *((line, _PHASES) for line in ("total", "basic_expenditure", "project_expenditure")),
    *((f"three_public.{item}", ("budget", "executed")) for item in _PUBLIC),
    ("procurement", ("budget", "executed")),
    ("projects.total", _PHASES),
)
"""What is said of a year, by its path in :class:`~budgetperf.model.OtherYear`, and its amounts."""
_BUDGETS = {"initial": ("initial", "revised"), "revised": ("revised", "initial")}
"""预算数 of another year is the initial or the revised budget: the words do not tell."""


# F22: the same year in both reports.


def of_one_year(
    relation: Relation, report: SelfEvaluation, previous: SelfEvaluation
) -> Iterator[Finding]:
    """F22: what both reports say of one year is the same, whichever of them is on it."""
    ours, theirs = _years(report), _years(previous)
    for year in (year for year in ours if year in theirs):
        for where, part in ours[year].items():
            beside = [theirs[year][name] for name in (where, *STATEMENTS) if name in theirs[year]]
            stated = [_amounts(previous, other) for other in beside]
            for (line, field), path in _amounts(report, part).items():
                words = _BUDGETS.get(field, (field,))
                known = ([of[line, w] for w in words if (line, w) in of] for of in stated)
                paths = next(filter(None, known), None)
                if paths is not None:
                    yield _the_same(relation, operand_at(report, path), previous, paths, year)


def _years(report: SelfEvaluation) -> Mapping[str, Mapping[str, str]]:
    """Where each statement says something of each year: in its own figures, or in those of
    another."""
    own = year_of(report)
    years: dict[str, dict[str, str]] = {}
    for where in STATEMENTS:
        if own is not None:
            years.setdefault(str(own), {})[where] = where
        for index, other in rows_of(report, f"{where}.other_years").items():
            year = other.key
            if year == "last":
                year = "" if own is None else str(own - 1)
            if year:
                path = f"{where}.other_years[{index}]"
                years.setdefault(year, {}).setdefault(where, path)
    return years


def _amounts(report: SelfEvaluation, part: str) -> dict[tuple[str, str], str]:
    """The paths of the amounts that are stated of a year, by what they are."""
    is_own = part in STATEMENTS
    paths = {
        (line, field): f"{part}.{'funding.' if is_own and line == 'total' else ''}{line}.{field}"
        for line, fields in _LINES
        for field in fields
    }
    for name, project in _projects(report, part).items():
        paths |= {(f"project {name}", phase): f"{project}.{phase}" for phase in _PHASES}
    return {key: path for key, path in paths.items() if _is_stated(report, path)}


def _projects(report: SelfEvaluation, part: str) -> dict[str, str]:
    """The listed projects by name; one of which there are two is left out."""
    container = f"{part}.projects.listed"
    listed = rows_of(report, container)
    names = Counter(project.key for project in listed.values())
    return {
        project.key: f"{container}[{index}]"
        for index, project in listed.items()
        if names[project.key] == 1
    }


def _the_same(
    relation: Relation,
    now: Operand,
    previous: SelfEvaluation,
    paths: Sequence[str],
    year: str,
) -> Finding:
    finding = first_holding([_against(relation, now, "=", previous, path) for path in paths])
    if not finding.is_for_review:
        return finding
    then = operand_at(previous, paths[0])
    why = relation.say(
        "differs", year=year, now=now.stated, source=source_of(then), then=then.stated
    )
    return attrs.evolve(finding, why=why)


def _is_stated(report: SelfEvaluation, path: str) -> bool:
    return isinstance(operand_at(report, path).stated, Figure)


# F22: opening figures.


def last_years_values(
    relation: Relation, report: SelfEvaluation, previous: SelfEvaluation
) -> Iterator[Finding]:
    """F22: last year's value beside an indicator is what last year's report has reached."""
    for now, then in same_indicators(report, previous):
        value = operand_at(report, f"{now.path}.last_year")
        if isinstance(value.stated, Figure) and isinstance(then.actual.stated, Figure):
            finding = _against(relation, value, "=", previous, then.actual.path)
            if finding.is_for_review:
                source, reached = source_of(then.actual), then.actual.stated
                why = relation.say("differs", now=value.stated, source=source, then=reached)
                finding = attrs.evolve(finding, why=why)
            yield finding


def carried_over(
    relation: Relation, report: SelfEvaluation, previous: SelfEvaluation
) -> Iterator[Finding]:
    """F22: no more is carried over than last year left: its revised budget, or what was received,
    less what was spent.

    Only where last year's report has a row for what was carried over then: without one, what was
    left of earlier years may be outside of it. It is asked once of a statement.
    """
    for where in STATEMENTS:
        held = [
            _no_more(relation, now, previous, left)
            for path in _carried(report, where)
            if isinstance((now := operand_at(report, path)).stated, Figure)
            and (left := _left_for(previous, where))
        ]
        yield from (finding for finding in held if not finding.is_for_review)
        yield from [finding for finding in held if finding.is_for_review and _is_some(finding)][:1]


def _is_some(finding: Finding) -> bool:
    """Whether anything is carried over: that nothing is needs no question, even where more was
    spent than there was."""
    return cast("Figure", finding.operands[0].stated).nominal > 0


def _left_for(previous: SelfEvaluation, where: str) -> list[tuple[str, str]]:
    """What last year's report leaves, by the same statement or else by another one."""
    for statement in dict.fromkeys((where, *reversed(STATEMENTS))):
        left = _left_over(previous, statement)
        if left and any(_carried(previous, statement)):
            return left
    return []


def _carried(report: SelfEvaluation, where: str) -> Iterator[str]:
    """The paths of what is carried over to a year, as its budgets have it."""
    container = f"{where}.funding.sources"
    places = [
        index
        for index, source in rows_of(report, container).items()
        if isinstance(source, FundingSource) and source.kind is FundingKind.CARRY_OVER
    ]
    if len(places) == 1:
        yield from (f"{container}[{places[0]}].{phase}" for phase in ("initial", "revised"))


def _left_over(report: SelfEvaluation, where: str) -> list[tuple[str, str]]:
    """What was to be spent, and what was, as far as both are stated: by paths."""
    total = f"{where}.funding.total"
    spent = f"{total}.executed"
    wholes = [f"{total}.{name}" for name in _WHOLES]
    known = [path for path in wholes if _is_stated(report, path)]
    return [(path, spent) for path in known] if _is_stated(report, spent) else []


_WHOLES = {
    "revised": Text(zh="全年预算数", en="revised budget"),
    "received": Text(zh="到位数", en="amount received"),
}
"""What was to be spent of, by the name of its field."""


def _no_more(
    relation: Relation,
    now: Operand,
    previous: SelfEvaluation,
    left: Sequence[tuple[str, str]],
) -> Finding:
    held: list[Finding] = []
    for whole, spent in left:
        then = _then(previous, whole), _then(previous, spent)
        right = Sum(terms=((1, then[0]), (-1, then[1])))
        formula = f"{now.path} <= previous.{whole} - previous.{spent}"
        finding = _compared(relation, _rounded(now, now.path), "≤", right, formula)
        if finding.is_for_review:
            why = relation.say(
                "more",
                now=now.stated,
                source=source_of(operand_at(previous, whole)),
                name=_WHOLES[whole.rpartition(".")[2]],
                whole=then[0].stated,
                spent=then[1].stated,
            )
            finding = attrs.evolve(finding, why=why)
        held.append(finding)
    return first_holding(held)


_PEOPLE = ("on_roll", "in_service", "authorised", "retired", "honorary_retired")
_TOGETHER = ("in_service", "retired", "honorary_retired")
"""Who may be counted together: no one is in two of these."""


def staff(
    relation: Relation, report: SelfEvaluation, previous: SelfEvaluation
) -> Iterator[Finding]:
    """F22: the change in people is the difference of both years, of whichever people it is, alone
    or together: only where several numbers are stated in both. The sign may be in words (减少 2 人)
    that are not read.
    """
    change = operand_at(report, f"{_STAFFING}.change")
    stated = [
        name
        for name in _PEOPLE
        if all(_is_stated(of, f"{_STAFFING}.{name}") for of in (report, previous))
    ]
    if not isinstance(change.stated, Figure) or len(stated) < _ENOUGH:
        return
    summed = [name for name in stated if name in _TOGETHER]
    groups: list[tuple[str, ...]] = [(name,) for name in stated]
    groups += [group for size in range(2, len(summed) + 1) for group in combinations(summed, size)]
    held = [
        _changed_by(relation, change, report, previous, group, sign)
        for group in groups
        for sign in (1, -1)
    ]
    finding = first_holding(held)
    if finding.is_for_review:
        path = f"{_STAFFING}.{stated[0]}"
        now, then = operand_at(report, path), operand_at(previous, path)
        why = relation.say(
            "change",
            change=change.stated,
            people=declarations(path)[-1].label,
            now=now.stated,
            source=source_of(then),
            then=then.stated,
        )
        finding = attrs.evolve(finding, why=why)
    yield finding


_STAFFING = "department.staffing"


def _changed_by(
    relation: Relation,
    change: Operand,
    report: SelfEvaluation,
    previous: SelfEvaluation,
    group: Sequence[str],
    sign: int,
) -> Finding:
    """The change, beside the difference of both years for some people together."""
    paths = [f"{_STAFFING}.{name}" for name in group]
    terms: list[tuple[int, Expression]] = [(sign, operand_at(report, path)) for path in paths]
    terms += [(-sign, _then(previous, path)) for path in paths]
    ours, theirs = " + ".join(paths), " - ".join(f"previous.{path}" for path in paths)
    formula = f"{change.path} = {ours} - {theirs}"
    return _compared(relation, change, "=", Sum(terms=tuple(terms)), formula)


_ENOUGH = 2
"""How many numbers of people have to be in both reports before it is asked about the change."""


# Comparing.


def _against(
    relation: Relation, now: Operand, sign: str, previous: SelfEvaluation, path: str
) -> Finding:
    formula = f"{now.path} {sign} previous.{path}"
    return _compared(relation, _rounded(now, now.path), sign, _then(previous, path), formula)


def _compared(
    relation: Relation, left: Expression, sign: str, right: Expression, formula: str
) -> Finding:
    equation = Equation(left=left, comparator=sign, right=right)
    return attrs.evolve(equation_finding(relation, equation), relation=formula)


def _rounded(operand: Operand, path: str) -> Operand:
    """A figure as one that may have been rounded: the other document may print it finer. What is
    counted one by one is exact."""
    stated = operand.stated
    if not isinstance(stated, Figure) or kind_of(path) is FigureKind.COUNT:
        return operand
    return attrs.evolve(operand, stated=as_rounded(stated))


def _then(previous: SelfEvaluation, path: str) -> Operand:
    return of_last_year(_rounded(operand_at(previous, path), path))
