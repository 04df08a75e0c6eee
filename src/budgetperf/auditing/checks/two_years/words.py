"""The check of words that stand in last year's report, too, beside other figures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction

import attrs

from budgetperf.auditing.checks.rows import (
    STATEMENTS,
    Row,
    figure_of,
    is_met,
    rows,
    statement,
)
from budgetperf.auditing.previous import of_last_year
from budgetperf.exact import Figure, Text
from budgetperf.exact.text import shortened
from budgetperf.model import SelfEvaluation
from budgetperf.model.fields import StatedText
from budgetperf.model.indicators import plain_name
from budgetperf.relations.binding import operand_at
from budgetperf.relations.composing import simple
from budgetperf.relations.expression import Equation, Operand
from budgetperf.relations.finding import Finding, Verdict
from budgetperf.relations.judging import judge
from budgetperf.relations.relation import Relation
from budgetperf.scoring.gauges import gives_reason

__all__ = ["same_indicators", "same_words"]

_SHORTEST = 12
"""Shorter words are what everybody writes (按计划完成，无偏差)."""
_SHOWN = 60
"""How much of the words is quoted."""


def same_indicators(report: SelfEvaluation, previous: SelfEvaluation) -> Iterator[tuple[Row, Row]]:
    """The indicators of both reports that have one name, which no other has in its table: of one
    statement, or else of the other one."""
    theirs = _by_name(previous)
    for (where, name), row in _by_name(report).items():
        others = (theirs.get((of, name)) for of in (where, *STATEMENTS))
        then = next((other for other in others if other is not None), None)
        if then is not None:
            yield row, then


def _by_name(report: SelfEvaluation) -> dict[tuple[str, str], Row]:
    keyed = [((row.statement, plain_name(row.indicator.key)), row) for row in rows(report)]
    times = Counter(key for key, _ in keyed)
    return {key: row for key, row in keyed if times[key] == 1}


def same_words(
    relation: Relation, report: SelfEvaluation, previous: SelfEvaluation
) -> Iterator[Finding]:
    """T06: a reason, or a sentence with a result, is not word for word that of last year, where the
    figures that it is about are others now.

    Asked about are reasons for a shortfall, a deduction or a deviation, and for the adjustment of
    the budget; and sentences that state what last year's report has reached, and this one has not.
    """
    reached: list[_Changed] = []
    for now, then in same_indicators(report, previous):
        actual = _Changed.of(now.actual, then.actual)
        changed = actual or _Changed.of(now.score, then.score)
        words, before = now.indicator.explanation, then.indicator.explanation
        if changed is not None and _needs_reason(now):
            yield from _reasons(relation, words, before, changed)
        if actual is not None:
            pair = now.indicator.analysis, then.indicator.analysis
            yield from _results(relation, *pair, [actual])
            reached += [actual] if actual.is_telling else []
    for where in STATEMENTS:
        ours, theirs = (statement(of, where) for of in (report, previous))
        path = f"{where}.adjustment.amount"
        changed = _Changed.of(operand_at(report, path), operand_at(previous, path))
        if changed is not None:
            pair = ours.adjustment.reason, theirs.adjustment.reason
            yield from _reasons(relation, *pair, changed)
        yield from _results(relation, ours.goal.achieved, theirs.goal.achieved, reached)


@attrs.frozen
class _Changed:
    """A figure that is another one now than in last year's report."""

    now: Operand
    then: Operand

    @classmethod
    def of(cls, now: Operand, then: Operand) -> _Changed | None:
        """That, where both are stated and cannot be the same."""
        ours, theirs = now.stated, then.stated
        if not isinstance(ours, Figure) or not isinstance(theirs, Figure):
            return None
        if ours.unit.dimension != theirs.unit.dimension:
            return None
        same = judge(Equation(left=now, comparator="=", right=then))
        return cls(now, then) if same.verdict is Verdict.INCONSISTENT else None

    @property
    def is_telling(self) -> bool:
        """Whether last year's print says more than one digit: it is not met by chance."""
        return len(re.sub(r"\D", "", self.then.stated.text).strip("0")) > 1


def _needs_reason(row: Row) -> bool:
    """Whether a target is missed, points are lost, or a deviation is stated."""
    if row.is_measured and is_met(row) is False:
        return True
    deviation = row.deviation.stated
    if isinstance(deviation, Figure) and deviation.nominal:
        return True
    full = Equation(left=row.score, comparator="≥", right=row.weight)
    return row.is_scored and judge(full).verdict is Verdict.INCONSISTENT


def _is_long(words: str) -> bool:
    return gives_reason(words) and len(_plain(words)) >= _SHORTEST


def _plain(words: str) -> str:
    return "".join(filter(str.isalnum, words))


def _reasons(
    relation: Relation, words: StatedText, before: StatedText, changed: _Changed
) -> Iterator[Finding]:
    """The finding for a reason beside a figure that changed, where both years give one."""
    if not isinstance(words, str) or not isinstance(before, str) or not _is_long(words):
        return
    if _plain(words) == _plain(before):
        yield _same(relation, words, changed)
    else:
        yield _finding(relation, Verdict.EXACT, relation.say("others"), changed)


def _same(relation: Relation, words: str, changed: _Changed) -> Finding:
    why = relation.say(
        "same",
        words=shortened(words.strip(), _SHOWN),
        now=changed.now.stated,
        then=changed.then.stated,
    )
    return _finding(relation, Verdict.INCONSISTENT, why, changed)


_SENTENCE_ENDS = re.compile(r"[。；;！!？?\n]")
_NUMBER = re.compile(r"\d[\d,，]*(?:\.\d+)?")


def _results(
    relation: Relation, words: StatedText, before: StatedText, reached: Sequence[_Changed]
) -> Iterator[Finding]:
    """Sentences of both years that state what was reached then, and not what is now."""
    if not isinstance(words, str) or not isinstance(before, str):
        return
    known = {_plain(sentence) for sentence in _SENTENCE_ENDS.split(before)}
    for sentence in _SENTENCE_ENDS.split(words):
        if not _is_long(sentence) or _plain(sentence) not in known:
            continue
        for changed in reached:
            if _says(sentence, changed.then) and not _says(sentence, changed.now):
                yield _same(relation, sentence, changed)
                break


def _says(sentence: str, operand: Operand) -> bool:
    """Whether a sentence has the figure, in its unit where that is printed."""
    figure = figure_of(operand)
    for match in _NUMBER.finditer(sentence):
        number = Fraction(re.sub("[,，]", "", match[0]))
        behind = sentence[match.end() :].lstrip()
        if number == figure.value and behind.startswith(figure.unit.symbol):
            return True
    return False


def _finding(relation: Relation, verdict: Verdict, why: Text, changed: _Changed) -> Finding:
    formula = f"the words about {changed.now.path} are not those of last year's report"
    return simple(relation, verdict, why, (changed.now, of_last_year(changed.then)), formula)
