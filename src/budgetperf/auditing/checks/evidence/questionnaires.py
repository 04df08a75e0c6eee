"""The checks of surveys: numbers of questionnaires, and the rates that these can give."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import cast

import attrs

from budgetperf.auditing.checks.rows import STATEMENTS, figure_of
from budgetperf.exact import LIST, Figure
from budgetperf.exact.figure import last_place
from budgetperf.model import SelfEvaluation, Survey
from budgetperf.relations.binding import operand_at, rows_of
from budgetperf.relations.composing import equation_finding, first_holding, simple, unchecked
from budgetperf.relations.expression import Binary, Equation, Operand
from budgetperf.relations.finding import Finding, Verdict
from budgetperf.relations.relation import Relation
from budgetperf.relations.words import printed_text
from budgetperf.rules import RuleSet

__all__ = ["questionnaire_numbers", "questionnaire_rates"]

_NUMBERS = ("sent", "returned", "valid")


def questionnaire_numbers(
    relation: Relation, report: SelfEvaluation, _: RuleSet | None
) -> Iterator[Finding]:
    """T01: no more questionnaires are returned than were sent, nor are more valid; and the share
    that was returned is one of theirs."""
    for where in STATEMENTS:
        for path in _surveys(report, where):
            stated = _stated(report, path, _NUMBERS)
            for more, less in itertools.pairwise(stated):
                yield equation_finding(relation, Equation(left=less, comparator="≤", right=more))
            is_sent = bool(_stated(report, path, ["sent"]))  # more may have been than came back
            for rate in _stated(report, path, ["return_rate"]) if is_sent else ():
                shares = [
                    Binary(symbol="/", left=part, right=whole)
                    for part in stated[1:]
                    for whole in stated
                    if whole is not part
                ]
                held = [Equation(left=rate, comparator="=", right=share) for share in shares]
                if held:
                    yield first_holding([equation_finding(relation, each) for each in held])


def questionnaire_rates(
    relation: Relation, report: SelfEvaluation, _: RuleSet | None
) -> Iterator[Finding]:
    """T01: a share of satisfied answers is a whole number of them over the number of
    questionnaires: of those sent, returned or valid, rounded in whatever way, or cut off.

    A rate that may be an average of several questions, levels or groups is not asked about.
    """
    for where in STATEMENTS:
        surveys = _surveys(report, where)
        for path, survey in surveys.items():
            bases = _stated(report, path, _NUMBERS)
            for rate in _stated(report, path, ["satisfaction"]) if bases else ():
                finding = _rate(relation, rate, _stated(report, path, ["satisfied"]), bases)
                if finding.is_for_review and not (survey.is_share and len(surveys) == 1):
                    why = relation.say("average", why=finding.why)
                    finding = attrs.evolve(finding, reason="may-be-average", why=why)
                yield finding


def _rate(
    relation: Relation, rate: Operand, satisfied: Sequence[Operand], bases: Sequence[Operand]
) -> Finding:
    taking_part = (rate, *satisfied, *bases)
    formula = f"{rate.path} is a share of the questionnaires"
    allowed = _allowed(figure_of(rate))
    known = [figure_of(answers).nominal for answers in satisfied]
    printed = figure_of(rate).nominal
    shares: list[tuple[Fraction, Operand]] = []
    for base in bases:
        whole = figure_of(base).nominal
        if whole < 1 or whole.denominator != 1:
            why = relation.say("no-base", base=base.stated)
            return unchecked(relation, "not-stated", why, taking_part=taking_part)
        for number in known or [printed * whole, Fraction(math.ceil(allowed[0] * whole))]:
            share = number / whole
            if number.denominator == 1 and allowed[0] <= share < allowed[1] and share <= 1:
                shares.append((share, base))
    if shares:
        share, base = min(shares, key=lambda each: each[0] != printed)
        number = share * figure_of(base).nominal
        why = relation.say("share", number=number, base=base.stated, rate=rate.stated)
        verdict = Verdict.EXACT if share == printed else Verdict.ROUNDING
        return simple(relation, verdict, why, taking_part, formula)
    numbers = LIST.join(dict.fromkeys(printed_text(base.stated) for base in bases))
    why = relation.say("none", rate=rate.stated, numbers=numbers)
    if satisfied:
        answers = satisfied[0].stated
        why = relation.say("not-these", rate=rate.stated, numbers=numbers, answers=answers)
    return simple(relation, Verdict.INCONSISTENT, why, taking_part, formula)


def _allowed(rate: Figure) -> tuple[Fraction, Fraction]:
    """The shares that may be printed so: rounded to the nearest, with ties either way, or cut.

    From the first one on, and below the second one.
    """
    last = last_place(rate)
    return rate.nominal - last / 2, rate.nominal + last


def _surveys(report: SelfEvaluation, where: str) -> dict[str, Survey]:
    """The surveys of a statement by their paths."""
    container = f"{where}.surveys"
    surveys = rows_of(report, container)
    return {f"{container}[{i}]": cast("Survey", survey) for i, survey in surveys.items()}


def _stated(report: SelfEvaluation, path: str, names: Sequence[str]) -> list[Operand]:
    operands = (operand_at(report, f"{path}.{name}") for name in names)
    return [operand for operand in operands if isinstance(operand.stated, Figure)]
