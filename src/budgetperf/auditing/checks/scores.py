"""The checks of scores and ratings against a rule-set. Without one they are unchecked."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import attrs

from budgetperf.auditing.checks.ruled import as_result, no_ruleset, provision_of, silent
from budgetperf.exact import Figure, Interval, Missing, Points, Text, Unit, decimal_text, round_to
from budgetperf.exact.interval import interval_sum
from budgetperf.model import Direction, SelfEvaluation
from budgetperf.relations.binding import operand_at
from budgetperf.relations.catalogue import Relation
from budgetperf.relations.composing import decided, unchecked
from budgetperf.relations.expression import Equation, Operand
from budgetperf.relations.finding import Finding, Verdict
from budgetperf.relations.judging import judge_value
from budgetperf.relations.words import range_text
from budgetperf.rules import Gauge, RuleSet
from budgetperf.scoring import NoScore, ScoreRange
from budgetperf.scoring.gauges import budget_parts, may_be_edited
from budgetperf.scoring.marks import band_range, execution_result, weight_points

from .comparisons import due_score, rows
from .totals import is_plain_sum

__all__ = ["execution_score", "indicator_scores", "qualitative_scores", "rating"]


def execution_score(
    relation: Relation, report: SelfEvaluation, rules: RuleSet | None
) -> Iterator[Finding]:
    """F06: the execution score is what the rule gives for executed / revised."""
    names = ("score", *budget_parts(Gauge.EXECUTION, rules))
    parts = [operand_at(report, f"form.funding.total.{name}") for name in names]
    score, executed, revised = (operand.stated for operand in parts)
    if isinstance(score, Missing):
        return
    formula = f"{parts[0].path} = rule({parts[1].path} / {parts[2].path})"
    if rules is None:
        yield no_ruleset(relation)
    elif isinstance(executed, Missing) or isinstance(revised, Missing):
        why = Text(zh="全年预算数或执行数未填报", en="revised budget or executed is not stated")
        yield unchecked(relation, "not-stated", why, formula=formula, taking_part=tuple(parts))
    elif rules.execution is None:
        yield silent(relation, rules)
    else:
        result = execution_result(report.form.funding.total, rules)
        yield _score_finding(relation, parts[0], tuple(parts[1:]), result, rules, formula)


def indicator_scores(
    relation: Relation, report: SelfEvaluation, rules: RuleSet | None
) -> Iterator[Finding]:
    """W04: each score of a quantitative indicator is what the rule gives."""
    table = [
        row
        for row in rows(report, "score", "weight")
        if row.indicator.target.direction is not Direction.QUALITATIVE
    ]
    if rules is None:
        yield from [no_ruleset(relation)] if table else []
        return
    for row in table:
        score, weight = row.operand(report, "score"), row.operand(report, "weight")
        others = (row.operand(report, "actual"), row.operand(report, "target.value"), weight)
        formula = f"{score.path} = {weight.path} * rule({others[0].path}, {others[1].path})"
        result = due_score(row, report, rules)
        finding = _score_finding(relation, score, others, result, rules, formula)
        yield _if_edited(finding) if may_be_edited(row.indicator, rules) else finding


def _if_edited(finding: Finding) -> Finding:
    """A score that the rule-set lets be edited is asked about where it is another one."""
    if finding.verdict not in (Verdict.INCONSISTENT, Verdict.TRUNCATED):
        return finding
    why = Text(
        zh=f"{finding.why.zh}；规则集标红的行得分可手改，请复核",
        en=f"{finding.why.en}; the rule-set lets the score of a row that it flags be edited: "
        "to be reviewed",
    )
    return attrs.evolve(
        finding, verdict=Verdict.UNCHECKED, reason="review", why=why, gap=None, equation=None
    )


def qualitative_scores(
    relation: Relation, report: SelfEvaluation, rules: RuleSet | None
) -> Iterator[Finding]:
    """W07: a qualitative score lies in the band of the grade that the actual value names."""
    for row in rows(report, "score", "weight"):
        indicator = row.indicator
        score, weight = row.operand(report, "score"), row.operand(report, "weight")
        if indicator.target.direction is not Direction.QUALITATIVE:
            continue
        if rules is None:
            yield no_ruleset(relation)
            return
        grade = indicator.actual.text if isinstance(indicator.actual, Missing) else ""
        band = next((b for b in rules.qualitative if b.grade.zh == grade), None)
        formula = f"{score.path} / {weight.path} in band of {row.path}.actual"
        if band is None or isinstance(weight.stated, Missing):
            why = Text(
                zh=f"“{grade}”不是规则集 {rules.id} 的等级",
                en=f"{grade!r} is no grade of {rules.id}",
            )
            yield unchecked(
                relation, "rule-silent", why, formula=formula, taking_part=(score, weight)
            )
            continue
        points = weight_points(weight.stated, rules)
        admissible = band_range(band, points, rules.score_rounding)
        result = ScoreRange(value=None, admissible=admissible, status=band.status)
        yield _score_finding(relation, score, (weight,), result, rules, formula)


def rating(relation: Relation, report: SelfEvaluation, rules: RuleSet | None) -> Iterator[Finding]:
    """W09: the rating is the band of the stated total, and of the sum of the scores."""
    for statement in (report.narrative, report.form):
        stated = statement.rating
        if isinstance(stated, Missing):
            continue
        if rules is None:
            yield no_ruleset(relation)
            return
        where = "narrative" if statement is report.narrative else "form"
        totals = _totals(report, where, rules)
        for name, total, possible, taking_part in totals:
            due = rules.rating(total)
            formula = f"{where}.rating = band({name})"
            points = str(Points(total))
            if due is None:
                yield silent(relation, rules)
                continue
            verdict = Verdict.INCONSISTENT
            if due == stated:
                verdict = Verdict.EXACT
            elif _reaches(possible, stated, rules):
                verdict = Verdict.ROUNDING
            why = Text(
                zh=f"{points} 分应评为“{due}”，所填为“{stated}”",
                en=f"{points} points rate {due}; stated is {stated}",
            )
            yield attrs.evolve(
                unchecked(
                    relation,
                    "",
                    why,
                    formula=formula,
                    taking_part=taking_part,
                    provision=provision_of(rules),
                ),
                verdict=verdict,
                reason=None,
            )


def _reaches(totals: Interval, rating: str, rules: RuleSet) -> bool:
    """Whether one of the totals behind the print earns the rating, or one of which nothing is said.

    Below its lowest band a rule-set names no rating, and any may be stated.
    """
    above: Fraction | None = None
    for band in rules.ratings:
        if band.rating == rating:
            earning = Interval(lower=band.least, upper=above, upper_closed=False)
            return totals.intersection(earning) is not None
        above = band.least
    below = Interval(upper=above, upper_closed=False)
    return above is not None and totals.intersection(below) is not None


def _totals(
    report: SelfEvaluation, where: str, rules: RuleSet
) -> list[tuple[str, Fraction, Interval, tuple[Operand, ...]]]:
    """The stated total, and the sum of the scores of the form, where it is to be had and the total.

    Each with its name, the total in print, the true totals behind it, and the figures.
    """
    found: list[tuple[str, Fraction, Interval, tuple[Operand, ...]]] = []
    total = operand_at(report, f"{where}.total_score")
    if isinstance(total.stated, Figure):
        found.append((total.path, total.stated.nominal, total.stated.interval, (total,)))
    scores = [operand_at(report, "form.funding.total.score")]
    scores += [row.operand(report, "score") for row in rows(report, of=["form"])]
    values = [operand.stated for operand in scores if isinstance(operand.stated, Figure)]
    is_whole = len(scores) > 1 and len(values) == len(scores)
    if is_whole and is_plain_sum(report, rules):
        name = "form.funding.total.score + sum(form.indicators[*].score)"
        nominal = sum((value.nominal for value in values), start=Fraction(0))
        possible = interval_sum(value.interval for value in values)
        found.append((name, nominal, possible, tuple(scores)))
    return found


def _score_finding(
    relation: Relation,
    score: Operand,
    others: tuple[Operand, ...],
    result: ScoreRange | NoScore,
    rules: RuleSet,
    formula: str,
) -> Finding:
    if isinstance(result, NoScore) or isinstance(score.stated, Missing):
        code, why = (
            (result.code, result.why)
            if isinstance(result, NoScore)
            else ("not-stated", Text(zh="得分未填报", en="the score is not stated"))
        )
        return unchecked(
            relation,
            code,
            why,
            formula=formula,
            taking_part=(score, *others),
            provision=provision_of(rules),
        )
    printed = as_result(score.stated, result.admissible, rules)
    judgement = judge_value(printed, result.admissible, result.value)
    due = _due(result, printed)
    label, standing = judgement.verdict.label, (result.status or rules.status).label
    why = Text(
        zh=f"按规则集 {rules.id}（{standing.zh}）应得 {due.zh}，所填 {printed}，{label.zh}",
        en=f"by {rules.id} ({standing.en}) the score is {due.en}; stated is {printed}: {label.en}",
    )
    equation = Equation(left=score, comparator="=", right=score)
    found = decided(
        relation,
        equation,
        judgement,
        why=why,
        formula=formula,
        provision=provision_of(rules),
    )
    return attrs.evolve(found, operands=(attrs.evolve(score, stated=printed), *others))


def _due(result: ScoreRange, printed: Figure) -> Text:
    """The score that the rule gives, or those that it admits."""
    if result.value is not None:
        points = decimal_text(round_to(result.value, max(printed.places, 4)))
        return Text(zh=points, en=points)
    return range_text(result.admissible, Unit.of(""), max(printed.places, 2))
