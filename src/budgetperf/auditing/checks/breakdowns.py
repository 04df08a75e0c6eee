"""The check of amounts that the text splits into parts."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from budgetperf.model import Breakdown, SelfEvaluation
from budgetperf.relations.binding import is_claimed, operand_at, rows_of
from budgetperf.relations.composing import equation_finding
from budgetperf.relations.expression import Equation, Sum
from budgetperf.relations.finding import Finding, Verdict, for_review
from budgetperf.relations.relation import Relation
from budgetperf.rules import RuleSet

from .rows import STATEMENTS

__all__ = ["breakdowns"]


def breakdowns(relation: Relation, report: SelfEvaluation, _: RuleSet | None) -> Iterator[Finding]:
    """F01: an amount is the sum of its parts. Where the text does not say that these are all, or
    one of several ways to split it up may overlap another, a reviewer asks.
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
            if finding.verdict is Verdict.INCONSISTENT:
                why = relation.say("perhaps-incomplete", why=finding.why)
                finding = for_review(finding, why)
            yield attrs.evolve(finding, equation=None)
