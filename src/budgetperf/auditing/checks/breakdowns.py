"""The checks of amounts that are split into parts: by the text, or by a list of projects."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from budgetperf.exact import MONEY, Figure
from budgetperf.exact.interval import POINT_ZERO
from budgetperf.model import Breakdown, Element, ProjectList, SelfEvaluation, resolve
from budgetperf.relations.binding import is_claimed, operand_at, rows_of
from budgetperf.relations.composing import equation_finding
from budgetperf.relations.expression import Equation, Expression, Operand, Sum, operands
from budgetperf.relations.finding import Finding, Verdict, for_review
from budgetperf.relations.judging import judge
from budgetperf.relations.relation import Relation
from budgetperf.rules import RuleSet

from .rows import STATEMENTS

__all__ = ["breakdowns", "project_expenditure", "project_sums"]

_SPENT = ("initial", "revised", "executed")
_AMOUNTS = (*_SPENT, "received")


def breakdowns(relation: Relation, report: SelfEvaluation, _: RuleSet | None) -> Iterator[Finding]:
    """F01: an amount is the sum of its parts. Where the text does not say that these are all, or
    one of several ways to split it up may overlap another, a reviewer asks; unless kinds of
    expenditure, of which none is part of another, are more than the whole.
    """
    for where in STATEMENTS:
        for index, split in rows_of(report, f"{where}.breakdowns").items():
            path = f"{where}.breakdowns[{index}]"
            parts = [
                operand_at(report, f"{path}.parts[{number}].amount")
                for number in rows_of(report, f"{path}.parts")
            ]
            total = operand_at(report, f"{path}.total")
            complete = isinstance(split, Breakdown) and split.complete
            if len(parts) < (1 if complete else 2) or not is_claimed(total):
                continue  # one part of several says nothing
            summed = Sum(terms=tuple((1, part) for part in parts))
            equation = Equation(left=total, comparator="=", right=summed)
            finding = equation_finding(relation, equation)
            if complete:
                yield finding
                continue
            # Nothing follows of a list that may not be whole: it is no relation for a diagnosis.
            are_too_much = _are_kinds_of_expenditure(split) and _is_more(equation)
            if finding.verdict is Verdict.INCONSISTENT and not are_too_much:
                why = relation.say("perhaps-incomplete", why=finding.why)
                finding = for_review(finding, why)
            yield attrs.evolve(finding, equation=None)


_KINDS_OF_EXPENDITURE = ("基本支出", "项目支出", "经营支出", "上缴上级支出", "对附属单位补助支出")


def _are_kinds_of_expenditure(split: Element) -> bool:
    """Whether an amount is split into kinds of expenditure as the accounts have them, each once."""
    names = [part.name for part in split.parts] if isinstance(split, Breakdown) else []
    kinds = {kind for kind in _KINDS_OF_EXPENDITURE for name in names if name.startswith(kind)}
    return len(kinds) == len(names)


# --- Lists of projects


def project_sums(
    relation: Relation, report: SelfEvaluation, _: RuleSet | None
) -> Iterator[Finding]:
    """F21: the total of a list of projects is their sum, in each statement and each year.

    Of another year and of a list with no total of its own it is the project expenditure of the
    table. Where the list may leave projects out or states nothing of one, a reviewer asks, unless
    they are more than the whole; and so where a row may be the sum of those below it.
    """
    for where in STATEMENTS:
        for table, whole, amounts in _tables(report, where):
            listed = resolve(report, table)
            complete = isinstance(listed, ProjectList) and listed.complete
            for field in amounts:
                total = operand_at(report, f"{whole}.{field}")
                terms = _listed(report, table, field)
                if terms is None or not is_claimed(total):
                    continue
                equation = Equation(left=total, comparator="=", right=terms)
                finding = equation_finding(relation, equation)
                overlaps = _has_subtotals(terms)
                if complete and not overlaps and len(terms.terms) == len(_rows(report, table)):
                    yield finding
                    continue
                # Nothing follows of a list that may not be whole, or has sums among its rows.
                is_wrong = finding.verdict is Verdict.INCONSISTENT
                if is_wrong and (overlaps or not _is_more(equation)):
                    why = relation.say("perhaps-incomplete", why=finding.why)
                    finding = for_review(finding, why)
                yield attrs.evolve(finding, equation=None)


def _tables(report: SelfEvaluation, where: str) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Each list of projects, the path of what it adds up to, and the amounts that both have."""
    yield f"{where}.projects", f"{where}.projects.total", _AMOUNTS
    for index in rows_of(report, f"{where}.other_years"):
        year = f"{where}.other_years[{index}]"
        yield f"{year}.projects", f"{year}.project_expenditure", _SPENT


def _rows(report: SelfEvaluation, table: str) -> list[str]:
    """The paths of the projects of a list."""
    return [f"{table}.listed[{index}]" for index in rows_of(report, f"{table}.listed")]


def _listed(report: SelfEvaluation, table: str, field: str) -> Sum | None:
    """What the projects of a list have, without those of which it states nothing; ``None`` where
    it is not known of two or more."""
    parts = [operand_at(report, f"{row}.{field}") for row in _rows(report, table)]
    stated = [part for part in parts if is_claimed(part)]
    return Sum(terms=tuple((1, part) for part in stated)) if len(stated) > 1 else None


def _is_more(equation: Equation) -> bool:
    """Whether parts are more than the whole for all true values, none of them being below 0."""
    at_least = attrs.evolve(equation, comparator="≥")
    parts = [part.stated for part in operands(equation.right)]
    is_sum = all(isinstance(part, Figure) and part.nominal >= 0 for part in parts)
    return is_sum and judge(at_least).verdict is Verdict.INCONSISTENT


def _has_subtotals(parts: Sum) -> bool:
    """Whether a row may be the sum of those right below it, as one of a kind of projects is."""
    amounts = [
        term.stated.interval if isinstance(term.stated, Figure) and term.stated.value else None
        for term in operands(parts)
    ]
    for place, whole in enumerate(amounts):
        if whole is None:
            continue
        sum_below = POINT_ZERO
        for part in amounts[place + 1 :]:
            sum_below += POINT_ZERO if part is None else part
            if sum_below.intersection(whole) is not None:
                return True
    return False


def project_expenditure(
    relation: Relation, report: SelfEvaluation, _: RuleSet | None
) -> Iterator[Finding]:
    """F21: what the list says of all projects is the department's project expenditure.

    The expenditure beside the list, or else in the other statement. A list need not have all
    projects, and may have others' money: a reviewer asks.
    """
    for where in STATEMENTS:
        for field in _SPENT:
            whole = _expenditure(report, where, field)
            parts = _all_projects(report, where, field)
            if whole is None or parts is None or not _go_together(whole, parts):
                continue
            finding = equation_finding(relation, Equation(left=whole, comparator="=", right=parts))
            if finding.is_for_review:
                finding = for_review(finding, relation.say("perhaps-incomplete", why=finding.why))
            yield finding


def _expenditure(report: SelfEvaluation, where: str, field: str) -> Operand | None:
    for statement in (where, *STATEMENTS):
        operand = operand_at(report, f"{statement}.project_expenditure.{field}")
        if isinstance(operand.stated, Figure):
            return operand
    return None


def _all_projects(report: SelfEvaluation, where: str, field: str) -> Expression | None:
    total = operand_at(report, f"{where}.projects.total.{field}")
    if isinstance(total.stated, Figure):
        return total
    return _listed(report, f"{where}.projects", field)


def _go_together(whole: Operand, parts: Expression) -> bool:
    """Whether all are amounts with a unit of money."""
    terms = [term for _, term in parts.terms] if isinstance(parts, Sum) else [parts]
    stated = [term.stated for term in (whole, *terms) if isinstance(term, Operand)]
    figures = [figure for figure in stated if isinstance(figure, Figure)]
    return all(figure.unit.dimension == MONEY for figure in figures)
