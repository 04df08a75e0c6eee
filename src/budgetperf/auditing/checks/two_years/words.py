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
from budgetperf.auditing.previous import of_last_year, year_of
from budgetperf.exact import Figure, Operator, Text, fold_width
from budgetperf.exact.figure import as_rounded
from budgetperf.exact.printed import OPERATORS
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
    Words that stand beside several figures are asked about once.
    """
    reached: list[_Changed] = []
    reasons: list[tuple[str, _Changed]] = []
    year = year_of(report)
    for now, then in same_indicators(report, previous):
        actual = _Changed.of(now.actual, then.actual)
        changed = actual or _Changed.of(now.score, then.score)
        words, before = now.indicator.explanation, then.indicator.explanation
        if changed is not None and _needs_reason(now):
            reasons += _same_reason(words, before, changed)
            yield from _other_reason(relation, words, before, changed)
        if actual is not None:
            about = attrs.evolve(actual, row=now)
            pair = now.indicator.analysis, then.indicator.analysis
            yield from _results(relation, *pair, [attrs.evolve(about, is_alone=True)], year)
            reached += [about] if actual.is_telling else []
    for where in STATEMENTS:
        ours, theirs = (statement(of, where) for of in (report, previous))
        path = f"{where}.adjustment.amount"
        changed = _Changed.of(operand_at(report, path), operand_at(previous, path))
        if changed is not None:
            pair = ours.adjustment.reason, theirs.adjustment.reason
            reasons += _same_reason(*pair, changed)
            yield from _other_reason(relation, *pair, changed)
        yield from _results(relation, ours.goal.achieved, theirs.goal.achieved, reached, year)
    yield from _same_reasons(relation, reasons)


@attrs.frozen
class _Changed:
    """A figure that is another one now than in last year's report.

    Args:
        now: the figure.
        then: that of last year's report.
        row: the indicator that it is of, where it is a result.
        is_alone: whether the words are about this indicator alone.
    """

    now: Operand
    then: Operand
    row: Row | None = None
    is_alone: bool = False

    @classmethod
    def of(cls, now: Operand, then: Operand) -> _Changed | None:
        """That, where both are stated and cannot be the same."""
        ours, theirs = now.stated, then.stated
        if not isinstance(ours, Figure) or not isinstance(theirs, Figure):
            return None
        if ours.unit.dimension != theirs.unit.dimension:
            return None
        sides = [attrs.evolve(side, stated=as_rounded(figure_of(side))) for side in (now, then)]
        same = judge(Equation(left=sides[0], comparator="=", right=sides[1]))
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


def _same_reason(
    words: StatedText, before: StatedText, changed: _Changed
) -> Iterator[tuple[str, _Changed]]:
    """A reason beside a figure that changed, where both years give the same one."""
    both = _both(words, before)
    if both is not None and _plain(both[0]) == _plain(both[1]):
        yield both[0], changed


def _other_reason(
    relation: Relation, words: StatedText, before: StatedText, changed: _Changed
) -> Iterator[Finding]:
    """The finding for a reason beside a figure that changed, where both years give their own."""
    both = _both(words, before)
    if both is not None and _plain(both[0]) != _plain(both[1]):
        yield _finding(relation, Verdict.EXACT, relation.say("others"), [changed])


def _both(words: StatedText, before: StatedText) -> tuple[str, str] | None:
    """The reasons of both years, where this year's is long enough to be one's own."""
    if isinstance(words, str) and isinstance(before, str) and _is_long(words):
        return words, before
    return None


def _same_reasons(relation: Relation, reasons: Sequence[tuple[str, _Changed]]) -> Iterator[Finding]:
    """One question for each reason, however many figures it is given for."""
    by_words: dict[str, list[tuple[str, _Changed]]] = {}
    for words, changed in reasons:
        by_words.setdefault(_plain(words), []).append((words, changed))
    for alike in by_words.values():
        yield _same(relation, alike[0][0], [changed for _, changed in alike])


def _same(relation: Relation, words: str, changed: Sequence[_Changed]) -> Finding:
    first, *others = changed
    why = relation.say(
        "same",
        words=shortened(words.strip(), _SHOWN),
        now=first.now.stated,
        then=first.then.stated,
    )
    if others:
        why = relation.say("more", why=why, count=len(others))
    return _finding(relation, Verdict.INCONSISTENT, why, changed)


def _finding(
    relation: Relation, verdict: Verdict, why: Text, changed: Sequence[_Changed]
) -> Finding:
    paths = ", ".join(each.now.path for each in changed)
    formula = f"the words about {paths} are not those of last year's report"
    operands = [side for each in changed for side in (each.now, of_last_year(each.then))]
    return simple(relation, verdict, why, tuple(operands), formula)


# Sentences with results.

_SENTENCE_ENDS = re.compile(r"[。；;！!？?\n]")
_NUMBER = re.compile(r"\d[\d,，]*(?:\.\d+)?")
_BOUNDS = (
    *(sign for sign, operator in OPERATORS.items() if operator is not Operator.EQUAL),
    *("超", "突破", "约", "近"),
)
_BOUND_BEFORE = re.compile(f"(?:{'|'.join(map(re.escape, _BOUNDS))})$")
_BOUND_BEHIND = re.compile(r"(?:及|\(?含\)?)?(?:以上|以下|以内|之内|左右|上下|余|多)")
_TO = "[-—~～至]"
_TO_MORE = re.compile(rf"{_TO}\s*\d")
_OF_A_DATE = re.compile("[年月日号]")
_PLANNED = re.compile(r"目标|计划|任务|预期|指标值|要求|拟|应|须")
_EARLIER = re.compile(r"上年|去年|往年|历年|同期|以前年度")
_OF_A_YEAR = re.compile(r"((?:19|20)\d\d)年")


def _results(
    relation: Relation,
    words: StatedText,
    before: StatedText,
    reached: Sequence[_Changed],
    year: int | None,
) -> Iterator[Finding]:
    """Sentences of both years that state what was reached then, and not what is now."""
    if not isinstance(words, str) or not isinstance(before, str):
        return
    known = {_plain(sentence) for sentence in _SENTENCE_ENDS.split(before)}
    for sentence in _SENTENCE_ENDS.split(words):
        if not _is_long(sentence) or _plain(sentence) not in known:
            continue
        for changed in reached:
            if _is_left_over(sentence, changed, words, year):
                yield _same(relation, sentence, [changed])
                break


def _is_left_over(sentence: str, changed: _Changed, words: str, year: int | None) -> bool:
    """Whether a sentence of last year states as a result what this year's is not.

    A bound holds for other values, too (达到95%以上); a plan may be the same in both years; and
    what is said of an earlier year is right beside what is said of this one.
    """
    if not _says(sentence, changed.then) or _says(sentence, changed.now):
        return False
    if not changed.is_alone and not _is_about(sentence, changed):
        return False
    if _PLANNED.search(sentence) and _is_aim(changed):
        return False
    return not (_is_of_another_year(sentence, year) and _says(words, changed.now))


def _is_about(sentence: str, changed: _Changed) -> bool:
    """Whether a sentence has two signs in a row of the name of the indicator, but for its unit."""
    name = "" if changed.row is None else _plain(changed.row.indicator.key)
    unit = figure_of(changed.then).unit.symbol
    name = name.replace(unit, "") if len(unit) > 1 else name
    return any(name[at : at + 2] in sentence for at in range(len(name) - 1))


def _is_aim(changed: _Changed) -> bool:
    """Whether what was reached then is what is aimed at now."""
    target = None if changed.row is None else changed.row.target.stated
    return isinstance(target, Figure) and target.nominal == figure_of(changed.then).nominal


def _is_of_another_year(sentence: str, year: int | None) -> bool:
    years = {int(match[1]) for match in _OF_A_YEAR.finditer(sentence)}
    return bool(_EARLIER.search(sentence)) or bool(years - {year})


def _says(sentence: str, operand: Operand) -> bool:
    """Whether a sentence has the figure as a value, in its unit where that is printed."""
    figure = figure_of(operand)
    unit = figure.unit.symbol
    sentence = fold_width(sentence)
    for match in _NUMBER.finditer(sentence):
        number = Fraction(re.sub("[,，]", "", match[0]))
        before, behind = sentence[: match.start()].rstrip(), sentence[match.end() :].lstrip()
        if number != figure.value or not behind.startswith(unit):
            continue
        if _is_value(before, behind[len(unit) :].lstrip(), unit):
            return True
    return False


def _is_value(before: str, behind: str, unit: str) -> bool:
    """Whether a number with its unit is a value: no bound, end of a range, ordinal or date."""
    if _BOUND_BEFORE.search(before) or _BOUND_BEHIND.match(behind) or before.endswith("第"):
        return False
    if re.search(rf"\d\s*(?:{re.escape(unit)})?\s*{_TO}$", before) or _TO_MORE.match(behind):
        return False
    return bool(unit) or not _OF_A_DATE.match(behind)
