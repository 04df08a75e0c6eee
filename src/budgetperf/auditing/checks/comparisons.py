"""The checks that compare figures beyond one equation over names; they need no rule-set."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import cast

import attrs

from budgetperf.auditing.checks.ruled import as_result
from budgetperf.exact import Figure, Missing, Text
from budgetperf.exact.unit import go_together
from budgetperf.model import Direction, Indicator, SelfEvaluation, describe, elements
from budgetperf.model.indicators import heading_name
from budgetperf.relations.binding import Indexed, operand_at, rows_of
from budgetperf.relations.catalogue import Relation
from budgetperf.relations.composing import decided, equation_finding, simple
from budgetperf.relations.expression import Const, Equation, Operand
from budgetperf.relations.finding import Finding, Verdict
from budgetperf.relations.judging import judge, judge_value
from budgetperf.rules import RuleSet
from budgetperf.scoring import NoScore, ScoreRange
from budgetperf.scoring.marks import row_scores
from budgetperf.scoring.measures import alike

__all__ = [
    "STATEMENTS",
    "Row",
    "due_score",
    "is_met",
    "level_counts",
    "marks_and_targets",
    "repeated",
    "rows",
    "score_verdict",
    "units_differ",
]


@attrs.frozen(kw_only=True)
class Row:
    """An indicator of one statement, and where it stands."""

    path: str
    indicator: Indicator

    def stated(self, name: str) -> object:
        """What it states of one of its figures."""
        value: object = self.indicator
        for step in name.split("."):
            value = getattr(value, step)
        return value

    def figure(self, name: str) -> Figure:
        """One of its figures, which :func:`rows` has seen to be stated."""
        return cast("Figure", self.stated(name))

    def operand(self, report: SelfEvaluation, name: str) -> Operand:
        """One of its figures as an operand."""
        return operand_at(report, f"{self.path}.{name}")


STATEMENTS = ("narrative", "form")
"""The parts of a report that state figures, by their names."""


def rows(report: SelfEvaluation, *names: str, of: Sequence[str] = STATEMENTS) -> Iterator[Row]:
    """The indicators of the statements ``of`` which all the figures ``names`` are stated."""
    for statement in of:
        container = f"{statement}.indicators"
        for index, indicator in rows_of(report, container).items():
            row = Row(path=f"{container}[{index}]", indicator=cast("Indicator", indicator))
            if all(isinstance(row.stated(name), Figure) for name in names):
                yield row


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
    counted = [row.indicator for row in rows(report, of=["form"])]
    if not counted:
        return
    first = [heading_name(row.level1) for row in counted]
    second = [heading_name(row.level2) for row in counted]
    found = {
        "level1": (len(set(first) - {""}), "" in first),
        "level2": (
            len({pair for pair in zip(first, second, strict=True) if pair[1]}),
            "" in first or "" in second,
        ),
        "level3": (len(counted), False),
    }
    for level, (number, has_blanks) in found.items():
        stated = operand_at(report, f"narrative.level_counts.{level}")
        if isinstance(stated.stated, Missing):
            continue
        right = Const(value=Fraction(number), unit=stated.stated.unit)
        equation = Equation(left=stated, comparator="=", right=right)
        formula = f"{stated.path} = count(form.indicators, {level})"
        finding = decided(relation, equation, judge(equation), formula=formula)
        if has_blanks and finding.verdict is Verdict.INCONSISTENT:
            why = finding.why + _NO_HEADINGS
            finding = attrs.evolve(
                finding, verdict=Verdict.UNCHECKED, reason="review", why=why, gap=None
            )
        yield attrs.evolve(finding, equation=None) if has_blanks else finding


_NO_HEADINGS = Text(
    zh="；有的行没有填标题，请复核", en="; some rows have no heading: to be reviewed"
)


def marks_and_targets(
    relation: Relation, report: SelfEvaluation, rules: RuleSet | None
) -> Iterator[Finding]:
    """W05: full marks for a missed target, marks lost for a met one, unless the rule gives them."""
    for row in rows(report, "score", "weight", "actual", "target.value"):
        weight, score = row.operand(report, "weight"), row.operand(report, "score")
        met = is_met(row, report)
        if met is None:
            continue
        full = judge(Equation(left=score, comparator="≥", right=weight)).verdict
        if met:
            verdict = full
            why = Text(zh="已达到指标值", en="the target is met")
        else:
            verdict = Verdict.INCONSISTENT if full is Verdict.EXACT else Verdict.EXACT
            why = Text(zh="未达到指标值", en="the target is missed")
        marks = Text(zh="{}，分值 {}，得分 {}", en="{}; weight {}, score {}").fill(
            why, weight.stated, score.stated
        )
        by_rule = None if rules is None else score_verdict(row, report, rules)
        if verdict is Verdict.INCONSISTENT and by_rule is not None and by_rule.holds:
            verdict = Verdict.EXACT
            marks += Text(zh="，规则集如此规定", en=", as the rule has it")
        taking_part = (
            score, weight, row.operand(report, "actual"), row.operand(report, "target.value"),
        )  # fmt: skip
        formula = f"{score.path} = {weight.path} if and only if the target is met"
        yield simple(relation, verdict, marks, taking_part, formula)


def due_score(row: Row, report: SelfEvaluation, rules: RuleSet) -> ScoreRange | NoScore:
    """The score that the chosen rule-set gives to an indicator, or why it gives none."""
    container, _, index = row.path[:-1].rpartition("[")
    table = cast("Sequence[Indicator]", elements(report, container))
    if not isinstance(report, Indexed):
        due = list(row_scores(table, rules))
    else:
        key = rules.id, container
        if key not in report.worked_out:
            report.worked_out[key] = list(row_scores(table, rules))
        due = cast("list[ScoreRange | NoScore | None]", report.worked_out[key])
    return cast("ScoreRange | NoScore", due[int(index)])


def score_verdict(row: Row, report: SelfEvaluation, rules: RuleSet) -> Verdict | None:
    """The verdict on the stated score by the rule-set; ``None`` if that says nothing."""
    score = row.figure("score")
    result = due_score(row, report, rules)
    if isinstance(result, NoScore):
        return None
    printed = as_result(score, result.admissible, rules)
    return judge_value(printed, result.admissible, result.value).verdict


_MET = {
    (Direction.AT_LEAST, False): "≥",
    (Direction.AT_LEAST, True): ">",
    (Direction.AT_MOST, False): "≤",
    (Direction.AT_MOST, True): "<",
    (Direction.EQUAL, False): "≥",
}


def is_met(row: Row, report: SelfEvaluation) -> bool | None:
    """Whether the target is met by every true value, or by none; ``None`` if it is open."""
    target = row.indicator.target
    if isinstance(target.direction, Missing) or target.direction is Direction.QUALITATIVE:
        return None
    if units_differ(row.figure("actual"), row.figure("target.value")):
        return None
    left, right = row.operand(report, "actual"), row.operand(report, "target.value")
    comparator = _MET[target.direction, target.strict]
    verdict = judge(Equation(left=left, comparator=comparator, right=right)).verdict
    return None if verdict is Verdict.ROUNDING else verdict is Verdict.EXACT


def units_differ(one: Figure, other: Figure) -> bool:
    """Whether two figures do not compare."""
    return alike(one, other) is None and not go_together(one.unit, other.unit)
