"""What checks by a rule-set have in common: its provision, its silence, scores as its results."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias, cast

import attrs

from budgetperf.citations import Status
from budgetperf.exact import Figure, Interval, Text
from budgetperf.exact.figure import as_rounded, decimals_of
from budgetperf.model import Indicator, SelfEvaluation
from budgetperf.relations.binding import once, once_before
from budgetperf.relations.composing import unchecked
from budgetperf.relations.finding import Finding, Verdict
from budgetperf.relations.judging import judge_value
from budgetperf.relations.relation import Relation
from budgetperf.rules import Gauge, RuleSet, ScoreRounding
from budgetperf.scoring import NoScore, ScoreRange
from budgetperf.scoring.gauges import may_be_edited
from budgetperf.scoring.marking.printed import printed_rule
from budgetperf.scoring.measures import rounded_range
from budgetperf.scoring.tables import row_scores

from .rows import STATEMENTS, Row, figure_of, statement

__all__ = [
    "AS_PRINTED",
    "alone",
    "as_result",
    "due_score",
    "due_scores",
    "is_edited",
    "is_shown_rounded",
    "lacking",
    "no_ruleset",
    "provision_of",
    "rounded_before",
    "score_verdict",
    "settled",
    "silent",
    "with_printed",
]


AS_PRINTED = RuleSet(
    id="as-printed",
    title=Text(zh="表中的评分标准", en="the rules printed in the form"),
    status=Status.FORM,
)
"""Nothing but what forms print beside their rows: what holds where no rule-set is chosen."""


def with_printed(row: Row, rules: RuleSet | None) -> RuleSet | None:
    """What the score of a row follows: the rule-set, or else what the form prints beside it."""
    return AS_PRINTED if rules is None and printed_rule(row.indicator) else rules


def no_ruleset(relation: Relation) -> Finding:
    """The finding for what needs a rule-set, where none was chosen."""
    return unchecked(relation, "no-ruleset", relation.say("no-ruleset"))


def silent(relation: Relation, rules: RuleSet) -> Finding:
    """The finding for what the chosen rule-set says nothing of."""
    why = relation.say("rule-silent", rules=rules.id)
    return unchecked(relation, "rule-silent", why, provision=provision_of(rules))


def lacking(relation: Relation, gauge: Gauge, rules: RuleSet | None) -> Finding:
    """The finding where the rule-set looks at what the report does not have."""
    why = relation.say("gauge-lacking", gauge=gauge.label)
    return unchecked(relation, "not-stated", why, provision=provision_of(rules))


def provision_of(rules: RuleSet | None) -> str | None:
    """The documents that a rule-set rests on, each with its status."""
    if rules is None:
        return None
    documents = [f"{p.document.zh}{p.article.zh} [{p.status.value}]" for p in rules.provisions]
    return "; ".join(documents) or f"{rules.id} [{rules.status.value}]"


def as_result(score: Figure, due: Interval, rules: RuleSet) -> Figure:
    """A printed score as the result of a rule.

    A whole score is exact among whole scores, and where a whole score is due. Against a rule that
    does not say how scores are rounded it is else a rounded result: 9 may stand for 8.6.
    """
    is_whole = due.is_point and due.lower is not None and due.lower.denominator == 1
    if rules.score_rounding is not None or is_whole:
        return score
    return as_rounded(score)


def settled(score: Figure, result: ScoreRange, report: SelfEvaluation, where: str) -> Figure:
    """A score by a rule that does not say how it is rounded, as precise as the rows' scores show.

    The column goes on to the score of budget execution, which is worked out apart: rows may have
    one decimal or none beside its two. Where a form prints the rule, and all of the column end in
    0, as 2.430 beside 0.290, these are taken for rounded before, too.
    """
    if score.is_exact:
        return score
    of_rows = once(report, ("score places of rows", where), lambda: _places_of_rows(report, where))
    places = min(score.places, of_rows)
    if result.words:
        all_places = once(report, ("score places", where), lambda: _places(report, where))
        places = min(places, all_places)
    return attrs.evolve(score, places=places)


def alone(score: Figure) -> Figure:
    """The score of budget execution, which is worked out apart, with no decimals but its own."""
    return score if score.is_exact else attrs.evolve(score, places=decimals_of(score.value))


def _places_of_rows(report: SelfEvaluation, where: str) -> int:
    """The most decimals that a score of the rows of a statement has."""
    rows = statement(report, where).indicators
    values = [row.score.value for row in rows if isinstance(row.score, Figure)]
    return max(map(decimals_of, values), default=0)


def rounded_before(result: ScoreRange, score: Figure) -> ScoreRange:
    """What a rule that the form prints gives, as it may have been rounded before it was printed.

    Nothing says how: 8.946 may be 8.95 in the books, and 9.0 in the form.
    """
    if not result.words:
        return result
    once_more = rounded_range(result.admissible, ScoreRounding(places=score.places + 1))
    return attrs.evolve(result, admissible=Interval.hull((result.admissible, once_more)))


def _places(report: SelfEvaluation, where: str) -> int:
    """The decimals of the scores of a statement and their total, without zeros at their ends."""
    of = statement(report, where)
    stated = (of.total_score, of.funding.total.score, *(row.score for row in of.indicators))
    values = [score.value.normalize() for score in stated if isinstance(score, Figure)]
    return max(map(decimals_of, values), default=0)


def is_shown_rounded(score: Figure, due: Interval, rules: RuleSet) -> bool:
    """Whether a rule shows that a whole score is a rounded one: 9 is none of its own, 8.6 is.

    Then the column is rounded: its total may have been added up before, or after.
    """
    read = as_result(score, due, rules)
    return read != score and score.nominal not in due and read.interval.gap(due) is None


def due_scores(report: SelfEvaluation, where: str, rules: RuleSet) -> _Scores:
    """The score that a rule-set gives to each row of a table; ``None`` where it has no weight."""

    def work() -> _Scores:
        table, other = (
            statement(report, name).indicators
            for name in sorted(STATEMENTS, key=lambda name: name != where)
        )
        known = _unchanged_scores(report, where, rules, table)
        return tuple(row_scores(table, rules, elsewhere=other, known=known))

    return once(report, _due_key(rules, where), work, by=rules)


_Scores: TypeAlias = "Sequence[ScoreRange | NoScore | None]"


def _due_key(rules: RuleSet, where: str) -> tuple[str, str]:
    return f"due scores {rules.id}", where


def _unchanged_scores(
    report: SelfEvaluation, where: str, rules: RuleSet, table: Sequence[Indicator]
) -> dict[int, ScoreRange | NoScore | None]:
    """The scores of rows that are as they were before figures of the report were changed.

    Of all other rows a score takes the headings only, and whether figures are stated.
    """
    scores = cast("_Scores | None", once_before(report, _due_key(rules, where), by=rules))
    if scores is None:
        return {}
    rows = cast("Sequence[Row]", once_before(report, ("rows", where)) or ())
    return {row.index: scores[row.index] for row in rows if table[row.index] is row.indicator}


def is_edited(row: Row, rules: RuleSet) -> bool:
    """Whether the score of a row may be written by hand; see ``may_be_edited``."""
    return row.once("edited", lambda row: may_be_edited(row.indicator, rules), rules=rules)


def due_score(row: Row, report: SelfEvaluation, rules: RuleSet) -> ScoreRange | NoScore:
    """The score that a rule-set gives to a row with a weight, or why it gives none."""
    return cast("ScoreRange | NoScore", due_scores(report, row.statement, rules)[row.index])


def score_verdict(row: Row, report: SelfEvaluation, rules: RuleSet) -> Verdict | None:
    """The verdict on the stated score by the rule-set; ``None`` if that says nothing."""
    result = due_score(row, report, rules)
    if isinstance(result, NoScore):
        return None
    score = figure_of(row.score)
    if rules.score_rounding is None:
        score = settled(score, result, report, row.statement)
    printed = as_result(score, result.admissible, rules)
    return judge_value(printed, result.admissible, result.value).verdict
