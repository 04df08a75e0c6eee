"""The checks that compare figures beyond one equation over names; they need no rule-set."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

import attrs

from budgetperf.exact import Missing
from budgetperf.model import Indicator, SelfEvaluation, describe
from budgetperf.model.indicators import heading_name
from budgetperf.relations.binding import operand_at
from budgetperf.relations.composing import decided, equation_finding, simple
from budgetperf.relations.expression import Const, Equation, Operand
from budgetperf.relations.finding import Finding, Verdict, for_review
from budgetperf.relations.judging import judge
from budgetperf.relations.relation import Relation
from budgetperf.rules import RuleSet

from .rows import is_met, rows
from .ruled import score_verdict, with_printed

__all__ = ["level_counts", "marks_and_targets", "repeated"]


def repeated(relation: Relation, report: SelfEvaluation, _: RuleSet | None) -> Iterator[Finding]:
    """F02: a figure that is printed again is the same figure."""
    for figure in report.repeated:
        first = operand_at(report, figure.path)
        if isinstance(first.stated, Missing):
            continue
        again = Operand(path=figure.path, stated=figure, label=describe(report, figure.path))
        yield equation_finding(relation, Equation(left=again, comparator="=", right=first))


def level_counts(
    relation: Relation, report: SelfEvaluation, _: RuleSet | None
) -> Iterator[Finding]:
    """C05: the stated numbers of indicators against the table; empty headings do not count.

    A row whose heading is blank may stand under the one above it: a reviewer asks.
    """
    table = [row.indicator for row in rows(report, ["form"])]
    for level, (number, has_blanks) in _counts(table).items() if table else ():
        stated = operand_at(report, f"narrative.level_counts.{level}")
        if isinstance(stated.stated, Missing):
            continue
        right = Const(value=Fraction(number), unit=stated.stated.unit)
        equation = Equation(left=stated, comparator="=", right=right)
        formula = f"{stated.path} = count(form.indicators, {level})"
        finding = decided(relation, equation, judge(equation), formula=formula)
        if has_blanks and finding.verdict is Verdict.INCONSISTENT:
            finding = for_review(finding, relation.say("no-heading", why=finding.why))
        yield attrs.evolve(finding, equation=None) if has_blanks else finding


def _counts(table: Sequence[Indicator]) -> dict[str, tuple[int, bool]]:
    """How many there are at each level, and whether some rows have no heading there."""
    first = [heading_name(indicator.level1) for indicator in table]
    second = [heading_name(indicator.level2) for indicator in table]
    pairs = {pair for pair in zip(first, second, strict=True) if pair[1]}
    return {
        "level1": (len(set(first) - {""}), "" in first),
        "level2": (len(pairs), "" in first or "" in second),
        "level3": (len(table), False),
    }


def marks_and_targets(
    relation: Relation, report: SelfEvaluation, rules: RuleSet | None
) -> Iterator[Finding]:
    """W05: full marks for a missed target, marks lost for a met one, unless the rule gives them."""
    for row in rows(report):
        met = is_met(row) if row.is_scored and row.is_measured else None
        if met is None:
            continue
        weight, score = row.weight, row.score
        verdict = judge(Equation(left=score, comparator="≥", right=weight)).verdict
        if not met:  # what is wrong with full marks then is that they are given
            verdict = Verdict.INCONSISTENT if verdict is Verdict.EXACT else Verdict.EXACT
        why = relation.say("met" if met else "missed", weight=weight.stated, score=score.stated)
        due_by = with_printed(row, rules)
        by_rule = None if due_by is None else score_verdict(row, report, due_by)
        if verdict is Verdict.INCONSISTENT and by_rule is not None and by_rule.holds:
            verdict, why = Verdict.EXACT, relation.say("as-ruled", why=why)
        taking_part = score, weight, row.actual, row.target
        formula = f"{score.path} = {weight.path} if and only if the target is met"
        yield simple(relation, verdict, why, taking_part, formula)
