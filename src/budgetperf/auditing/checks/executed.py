"""The check of printed execution rates: of the budget, or of what of it was received."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

import attrs

from budgetperf.exact import Figure
from budgetperf.model import SelfEvaluation
from budgetperf.relations.binding import bind, operand_at
from budgetperf.relations.composing import equation_finding
from budgetperf.relations.expression import Binary, Equation, Operand
from budgetperf.relations.finding import Finding, Verdict, for_review
from budgetperf.relations.relation import Relation
from budgetperf.rules import RuleSet

from .rows import STATEMENTS

__all__ = ["execution_rates"]


def execution_rates(
    relation: Relation, report: SelfEvaluation, _: RuleSet | None
) -> Iterator[Finding]:
    """F05: an execution rate is the share of the revised budget that was executed.

    Some forms give the share of what was received (到位数). A rate that fits that amount and not
    the budget is no contradiction, and nothing follows from it for the budget.
    """
    for equation in bind(relation, report):
        finding = equation_finding(relation, equation)
        received = None if finding.verdict.holds else _fitting(relation, equation, report)
        if received is None:
            yield finding
            continue
        finding = attrs.evolve(finding, equation=None)
        if finding.verdict is Verdict.UNCHECKED:
            yield finding
        else:
            why = relation.say("of-received", why=finding.why, received=received.stated)
            operands = (*finding.operands, received)
            yield attrs.evolve(for_review(finding, why), operands=operands, assumes=())


def _fitting(relation: Relation, equation: Equation, report: SelfEvaluation) -> Operand | None:
    """The amount received of which the printed rate is the share that was executed, if it is."""
    quotient = cast("Binary", equation.right)
    for received in _received(cast("Operand", equation.left), report):
        of_it = attrs.evolve(equation, right=attrs.evolve(quotient, right=received))
        if equation_finding(relation, of_it).verdict.holds:
            return received
    return None


def _received(rate: Operand, report: SelfEvaluation) -> Iterator[Operand]:
    """What was received of the same funds: beside the rate, or else in the other statement."""
    where, _, funds = rate.path.removesuffix(".execution_rate").partition(".")
    if not funds.startswith(("funding.", "projects.")):
        return
    # Sources are counted in each statement for itself: the same number is not the same source.
    others = STATEMENTS if funds == "funding.total" else ()
    for statement in (where, *others):
        received = operand_at(report, f"{statement}.{funds}.received")
        if isinstance(received.stated, Figure):
            yield received
            return
