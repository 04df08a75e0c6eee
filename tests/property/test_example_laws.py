"""Laws of worked examples."""

from __future__ import annotations

from fractions import Fraction

import attrs
from hypothesis import given
from hypothesis import strategies as st

from budgetperf import RuleSet, ScoreLine, Text, run_example, scorecard
from budgetperf.rules import Example, ExampleRow, shipped

rulesets = st.sampled_from(shipped())
NAME = Text(zh="例", en="a case")

counts = st.integers(0, 40)
units = st.sampled_from(["次", "%", "万元"])
quantities = st.builds(
    lambda sign, target, actual, unit: (f"{sign}{target}{unit}", f"{actual}{unit}"),
    st.sampled_from(["≥", "≤", "=", ">", "<", ""]), counts, counts, units,
)  # fmt: skip
grades = st.sampled_from(["达成", "部分达成", "未达成", "第一档", "好", "/"])
cells = quantities | st.tuples(st.just("效果明显"), grades)
rows = st.builds(
    lambda cell, weight: ExampleRow(target=cell[0], actual=cell[1], weight=weight),
    cells, st.integers(1, 60),
)  # fmt: skip
amounts = st.integers(0, 200).map(lambda number: f"{number}元")
cases = st.builds(
    Example,
    name=st.just(NAME),
    source=st.just(NAME),
    initial=st.just("") | amounts,
    budget=st.just("") | amounts,
    executed=amounts,
    reason=st.sampled_from(["", "上级追加"]),
    rows=st.lists(rows, max_size=4).map(tuple),
)


def due(line: ScoreLine) -> tuple[Fraction | None, Fraction | None, str]:
    """The score, or the least and the highest one, or why there is none."""
    if line.score is not None:
        return line.score.value, None, ""
    if line.admissible is not None:
        return line.admissible.lower, line.admissible.upper, ""
    return None, None, line.reason or ""


def completed(example: Example, rules: RuleSet) -> Example:
    """The example with all that is due taken from its scorecard."""
    card = scorecard(example.report(), rules=rules)
    filled: list[ExampleRow] = []
    for row, line in zip(example.rows, card.lines[1:], strict=True):
        score, most, none = due(line)
        filled.append(attrs.evolve(row, score=score, most=most, none=none, asks=line.demands))
    score, most, none = due(card.lines[0])
    return attrs.evolve(
        example,
        execution=score,
        execution_most=most,
        execution_none=none,
        execution_asks=card.lines[0].demands,
        rows=tuple(filled),
        total=None if card.total is None else card.total.value,
        rating=card.rating or "",
        asks=card.demands,
    )


@given(example=cases, rules=rulesets)
def test_what_a_scorecard_says_holds(example: Example, rules: RuleSet) -> None:
    assert run_example(completed(example, rules), rules) == ()


@given(
    example=cases.filter(lambda one: bool(one.rows)), rules=rulesets, data=st.data(),
    change=st.fractions().filter(bool) | st.just(Fraction(1, 10**9)),
)  # fmt: skip
def test_a_change_of_one_score_breaks_that_row_alone(
    example: Example, rules: RuleSet, change: Fraction, data: st.DataObject
) -> None:
    """By any amount; and so does one score where none follows, or several do."""
    right = completed(example, rules)
    number = data.draw(st.integers(0, len(right.rows) - 1))
    row = right.rows[number]
    single = row.score if row.most is None else None
    other = attrs.evolve(row, score=(single or 0) + change, most=None, none="")
    rows = (*right.rows[:number], other, *right.rows[number + 1 :])
    (mismatch,) = run_example(attrs.evolve(right, rows=rows), rules)
    assert mismatch.key == f"rows[{number}].score"
    if single is not None:
        assert Fraction(mismatch.due) - Fraction(mismatch.found) == change


@given(example=cases, rules=rulesets, change=st.fractions().filter(bool))
def test_a_change_of_the_total_breaks_the_total_alone(
    example: Example, rules: RuleSet, change: Fraction
) -> None:
    right = completed(example, rules)
    wrong = attrs.evolve(right, total=(right.total or 0) + change)
    assert [mismatch.key for mismatch in run_example(wrong, rules)] == ["total"]


@given(example=cases, rules=rulesets)
def test_what_is_not_said_of_totals_and_demands_is_not_compared(
    example: Example, rules: RuleSet
) -> None:
    right = completed(example, rules)
    rows = tuple(attrs.evolve(row, asks=None) for row in right.rows)
    less = attrs.evolve(right, execution_asks=None, asks=None, total=None, rating="", rows=rows)
    assert run_example(less, rules) == ()
