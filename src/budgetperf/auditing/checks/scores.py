"""The checks of scores and ratings against a rule-set. Without one they are unchecked."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from fractions import Fraction

import attrs

from budgetperf.exact import (
    SEMICOLON,
    Figure,
    Interval,
    Missing,
    Points,
    Text,
    Unit,
    decimal_text,
    round_to,
)
from budgetperf.exact.interval import interval_sum
from budgetperf.exact.text import later, shortened
from budgetperf.model import Direction, SelfEvaluation
from budgetperf.relations.assumption import Assumption
from budgetperf.relations.binding import operand_at
from budgetperf.relations.composing import decided_by_rule, simple, unchecked
from budgetperf.relations.expression import Operand
from budgetperf.relations.finding import Finding, Verdict, for_review
from budgetperf.relations.judging import judge_value
from budgetperf.relations.relation import Relation
from budgetperf.relations.words import range_text
from budgetperf.rules import Gauge, RuleSet
from budgetperf.scoring import NoScore, ScoreRange
from budgetperf.scoring.gauges import budget_parts
from budgetperf.scoring.marking.printed import printed_rule, unread
from budgetperf.scoring.marks import band_range, does_not_apply, execution_result, weight_points

from .rows import Row, figure_of, rows
from .ruled import (
    alone,
    as_result,
    due_score,
    is_edited,
    no_ruleset,
    provision_of,
    rounded_before,
    settled,
    silent,
    with_printed,
)
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
        why = relation.say("budget-lacking")
        yield unchecked(relation, "not-stated", why, formula=formula, taking_part=tuple(parts))
    elif rules.execution is None:
        yield silent(relation, rules)
    else:
        result = execution_result(report.form.funding.total, rules)
        if rules.score_rounding is None:
            parts[0] = attrs.evolve(parts[0], stated=alone(score))
        yield _score_finding(relation, parts[0], tuple(parts[1:]), result, rules, formula)


def indicator_scores(
    relation: Relation, report: SelfEvaluation, rules: RuleSet | None
) -> Iterator[Finding]:
    """W04: each score of a quantitative indicator is what the rule gives."""
    table = [
        row
        for row in rows(report)
        if row.is_scored and row.indicator.target.direction is not Direction.QUALITATIVE
    ]
    is_lacking = False
    for row in table:
        due_by = with_printed(row, rules)
        if due_by is None:
            is_lacking = True
            continue
        result = due_score(row, report, due_by)
        score = row.score
        if isinstance(result, ScoreRange) and due_by.score_rounding is None:
            stated = settled(figure_of(score), result, report, row.statement)
            score = attrs.evolve(score, stated=stated)
            result = rounded_before(result, stated)
        work = functools.partial(
            _indicator_finding, relation, score=score, result=result, rules=due_by
        )
        yield row.once(relation.id, work, rules=due_by)
    if is_lacking:
        yield no_ruleset(relation)


def _indicator_finding(
    relation: Relation, row: Row, *, score: Operand, result: ScoreRange | NoScore, rules: RuleSet
) -> Finding:
    others = row.actual, row.target, row.weight
    gauged = f"{row.actual.path}, {row.target.path}"
    formula = f"{row.score.path} = {row.weight.path} * rule({gauged})"
    finding = _score_finding(relation, score, others, result, rules, formula)
    if is_edited(row, rules):
        return _asked(finding, relation.say("edited", why=finding.why))
    if does_not_apply(row.indicator):
        return _asked(finding, relation.say("dash", why=finding.why))
    return finding


def _asked(finding: Finding, why: Text) -> Finding:
    """A score that is not the due one, and that may have a reason: a reviewer asks."""
    if finding.verdict not in (Verdict.INCONSISTENT, Verdict.TRUNCATED):
        return finding
    return attrs.evolve(for_review(finding, why), equation=None)


def qualitative_scores(
    relation: Relation, report: SelfEvaluation, rules: RuleSet | None
) -> Iterator[Finding]:
    """W07: a qualitative score lies in the band of the grade that the actual value names."""
    is_lacking = False
    for row in rows(report):
        indicator, score, weight = row.indicator, row.score, row.weight
        if not row.is_scored or indicator.target.direction is not Direction.QUALITATIVE:
            continue
        words = printed_rule(indicator)
        if words:
            none, formula = unread(words), f"{score.path} = {weight.path} * rule({row.path}.actual)"
            yield unchecked(
                relation, none.code, none.why,
                formula=formula, taking_part=(score, weight), provision=words,
            )  # fmt: skip
            continue
        if rules is None:
            is_lacking = True
            continue
        grade = indicator.actual.text if isinstance(indicator.actual, Missing) else ""
        band = rules.band(grade)
        formula = f"{score.path} / {weight.path} in band of {row.path}.actual"
        if band is None or isinstance(weight.stated, Missing):
            why = relation.say("no-grade", grade=grade, rules=rules.id)
            yield unchecked(
                relation, "rule-silent", why, formula=formula, taking_part=(score, weight)
            )
            continue
        points = weight_points(weight.stated, rules)
        admissible = band_range(band, points, rules.score_rounding)
        result = ScoreRange(value=None, admissible=admissible, status=band.status)
        yield _score_finding(relation, score, (weight,), result, rules, formula)
    if is_lacking:
        yield no_ruleset(relation)


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
        for name, total, possible, taking_part in _totals(report, where, rules):
            due = rules.rating(total)
            if due is None:
                yield silent(relation, rules)
                continue
            verdict = Verdict.INCONSISTENT
            named = _named(stated, rules)
            if due == named:
                verdict = Verdict.EXACT
            elif _reaches(possible, named, rules):
                verdict = Verdict.ROUNDING
            why = relation.say("rated", points=Points(total), due=due, stated=stated)
            formula = f"{where}.rating = band({name})"
            yield simple(
                relation, verdict, why, taking_part, formula, provision=provision_of(rules)
            )


_SAME_RATINGS = (frozenset({"优", "优秀"}), frozenset({"良", "良好"}), frozenset({"中", "中等"}))


def _named(stated: str, rules: RuleSet) -> str:
    """A rating by the name that the rule-set has for it: 优秀 is 优 where there is no 优秀."""
    names = {band.rating for band in rules.ratings}
    for same in _SAME_RATINGS:
        if stated in same - names and same & names:
            (other,) = same & names
            return other
    return stated


def _reaches(totals: Interval, rating: str, rules: RuleSet) -> bool:
    """Whether one of the totals behind the print earns the rating, or one of which nothing is said.

    Below its lowest band a rule-set names no rating, and any may be stated; in a gap between two
    bands either of both.
    """
    above: Fraction | None = None
    for band, worse in zip(rules.ratings, (*rules.ratings[1:], None), strict=False):
        if band.rating == rating:
            gap = None if worse is None else worse.most
            least = band.least if gap is None else gap
            earning = Interval(
                lower=least, upper=above, lower_closed=gap is None, upper_closed=False
            )
            return totals.intersection(earning) is not None
        above = band.least
    below = Interval(upper=above, upper_closed=False)
    return totals.intersection(below) is not None


def _totals(
    report: SelfEvaluation, where: str, rules: RuleSet
) -> list[tuple[str, Fraction, Interval, tuple[Operand, ...]]]:
    """The stated total, and the sum of the scores of the form, where it is to be had and the total.

    Each with its name, the total in print, the true totals behind it, and the figures.
    """
    totals: list[tuple[str, Fraction, Interval, tuple[Operand, ...]]] = []
    total = operand_at(report, f"{where}.total_score")
    if isinstance(total.stated, Figure):
        totals.append((total.path, total.stated.nominal, total.stated.interval, (total,)))
    scores = [operand_at(report, "form.funding.total.score")]
    scores += [row.score for row in rows(report, ["form"])]
    values = [operand.stated for operand in scores if isinstance(operand.stated, Figure)]
    is_whole = len(scores) > 1 and len(values) == len(scores)
    if is_whole and is_plain_sum(report, rules):
        name = "form.funding.total.score + sum(form.indicators[*].score)"
        nominal = sum((value.nominal for value in values), start=Fraction(0))
        possible = interval_sum(value.interval for value in values)
        printed = total.stated
        if isinstance(printed, Figure) and round_to(nominal, printed.places) == printed.nominal:
            # Whoever rates it sees the total as it is printed: 80.00 for scores of 79.9999.
            possible = Interval.hull([possible, Interval.point(printed.nominal)])
        totals.append((name, nominal, possible, tuple(scores)))
    return totals


def _score_finding(
    relation: Relation,
    score: Operand,
    others: tuple[Operand, ...],
    result: ScoreRange | NoScore,
    rules: RuleSet,
    formula: str,
) -> Finding:
    if isinstance(result, NoScore):
        return unchecked(
            relation, result.code, result.why,
            formula=formula, taking_part=(score, *others), provision=provision_of(rules),
        )  # fmt: skip
    printed = as_result(figure_of(score), result.admissible, rules)
    judgement = judge_value(printed, result.admissible, result.value)
    due = later(_due, result, printed)
    standing = (result.status or rules.status).label
    why = relation.say("score-due", rules=rules.id, standing=standing, due=due, printed=printed)
    if result.words:
        words = shortened(result.words)
        why = relation.say("score-by-words", words=words, due=due, printed=printed)
    why = SEMICOLON.join((why, *result.notes))
    taking_part = attrs.evolve(score, stated=printed), *others
    provision = result.words or provision_of(rules)
    finding = decided_by_rule(relation, judgement, taking_part, why, formula, provision=provision)
    if rules.score_rounding is None and _rests_on_rounding(finding, printed, result):
        return attrs.evolve(finding, assumes=(Assumption.ROUNDED_TO_PRINT,))
    return finding


def _rests_on_rounding(finding: Finding, printed: Figure, result: ScoreRange) -> bool:
    """Whether a score is the due one only as it was rounded to the places in print."""
    if finding.verdict not in (Verdict.EXACT, Verdict.ROUNDING):
        return False
    if result.value is not None:
        return printed.nominal != result.value
    return printed.nominal not in result.admissible


def _due(result: ScoreRange, printed: Figure) -> Text:
    """The score that the rule gives, or those that it admits."""
    if result.value is not None:
        return Text.of(decimal_text(round_to(result.value, max(printed.places, 4))))
    return range_text(result.admissible, Unit.of(""), max(printed.places, 2))
