"""Worked examples of a rule-set, run against it: what is due, and what is computed instead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

import attrs

from budgetperf.exact import (
    COMMA,
    Figure,
    Interval,
    Text,
    decimal_text,
    in_brackets,
    round_to,
)
from budgetperf.exact.calls import Called
from budgetperf.exact.figure import read_figure
from budgetperf.exact.written.brief import as_code
from budgetperf.exact.written.by_name import by_name
from budgetperf.rules import Demand, Example, ExampleRow, RuleSet

from .scorecards import Scorecard, ScoreLine, scorecard

__all__ = ["Mismatch", "run_example"]


@attrs.frozen(kw_only=True)
class Mismatch(Called):
    """A difference between what an example says is due and what a rule-set gives.

    Args:
        key: the key of the example that says what is due, such as ``rows[0].score``.
        where: the same in words.
        due: what is due: a number, a range such as ``12–16``, the code of the reason why no score
            follows, the codes of what is asked for; ``—`` for nothing.
        found: what is computed instead, likewise.
    """

    key: str
    where: Text
    due: str
    found: str

    def __repr__(self) -> str:
        return as_code(self)


@by_name
def run_example(example: Example, rules: RuleSet | str) -> tuple[Mismatch, ...]:
    """Every difference between a worked example and what a rule-set gives; none if it holds.

    Args:
        example: the example.
        rules: a rule-set, or the id of one that is shipped.

    Raises:
        BudgetperfError: there is no such id.

    >>> from budgetperf.rules import examples
    >>> [run_example(one, "national-2020") for one in examples("national-2020")[:2]]
    [(), ()]
    """
    return tuple(_mismatches(example, scorecard(example.report(), rules=rules)))


def _mismatches(example: Example, card: Scorecard) -> Iterator[Mismatch]:
    execution, *lines = card.lines
    yield from _of_execution(example, execution)
    for number, (row, line) in enumerate(zip(example.rows, lines, strict=True)):
        yield from _of_row(number, row, line)
    yield from _of_total(example, card)


def _of_execution(example: Example, line: ScoreLine) -> Iterator[Mismatch]:
    none = example.execution_none
    key = "execution_none" if none else "execution"
    where = Text(zh="预算执行得分", en="score of budget execution")
    due = _due(example.execution, example.execution_most, none)
    yield from _score(key, where, due, line)
    printed = read_figure(example.printed)
    if isinstance(printed, Figure) and line.score is not None:
        where = Text(zh="填列的预算执行得分", en="stated score of budget execution")
        score = round_to(line.score.value, printed.places)
        yield from _compared("printed", where, decimal_text(printed.nominal), decimal_text(score))
    where = Text(zh="预算执行的要求", en="what is asked for beside budget execution")
    yield from _asks("execution_asks", where, example.execution_asks, line.demands)


def _of_row(number: int, row: ExampleRow, line: ScoreLine) -> Iterator[Mismatch]:
    of = Text(zh="第 {} 行", en="row {}").fill(number + 1) + in_brackets(_label(row))
    key = f"rows[{number}].{'none' if row.none else 'score'}"
    where = of + Text(zh="得分", en=", score")
    yield from _score(key, where, _due(row.score, row.most, row.none), line)
    where = of + Text(zh="要求", en=", what is asked for")
    yield from _asks(f"rows[{number}].asks", where, row.asks, line.demands)


def _of_total(example: Example, card: Scorecard) -> Iterator[Mismatch]:
    if example.total is not None:
        where = Text(zh="总分", en="total")
        computed = _range(card.admissible) if card.total is None else decimal_text(card.total.value)
        yield from _compared("total", where, decimal_text(example.total), computed)
    if example.rating:
        where = Text(zh="评价等级", en="rating")
        yield from _compared("rating", where, example.rating, card.rating or _NOTHING)
    where = Text(zh="总分的要求", en="what is asked for beside the total")
    yield from _asks("asks", where, example.asks, card.demands)


def _label(row: ExampleRow) -> Text:
    """The name of the indicator, or what its cells say where it has none of its own."""
    if row.name != ExampleRow(weight=row.weight).name:
        return Text.of(row.name)
    return COMMA.join((row.target, row.actual))


_NOTHING = "—"


def _score(key: str, where: Text, due: str, line: ScoreLine) -> Iterator[Mismatch]:
    """The difference of a score, if there is one. Why none follows need not be said."""
    if line.score is not None:
        computed = decimal_text(line.score.value)
    else:
        computed = _range(line.admissible)
        if computed == _NOTHING and due != _NOTHING:
            computed = line.reason or _NOTHING
    yield from _compared(key, where, due, computed)


def _asks(
    key: str, where: Text, due: Iterable[Demand] | None, computed: Iterable[Demand]
) -> Iterator[Mismatch]:
    if due is not None:
        yield from _compared(key, where, _codes(due), _codes(computed))


def _compared(key: str, where: Text, due: str, computed: str) -> Iterator[Mismatch]:
    """What is due and what is found are told exactly: they are the same if they read the same."""
    if due != computed:
        yield Mismatch(key=key, where=where, due=due, found=computed)


def _due(least: Fraction | None, most: Fraction | None, none: str) -> str:
    if least is None:
        return none or _NOTHING
    return decimal_text(least) if most is None else _range(Interval(lower=least, upper=most))


def _range(values: Interval | None) -> str:
    """The ends of a range, whether or not they belong to it: examples do not say."""
    if values is None:
        return _NOTHING
    ends = (values.lower, values.upper)
    return "–".join("…" if end is None else decimal_text(end) for end in ends)


def _codes(demands: Iterable[Demand]) -> str:
    return ", ".join(sorted({demand.value for demand in demands})) or _NOTHING
