"""The worked examples of every rule-set, recomputed; and files of one's own."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from budgetperf import Figure, Indicator, Interval, Missing, MissingReason, Statement, Target
from budgetperf import SelfEvaluation as Report
from budgetperf import rules as rulebook
from budgetperf.exact import ProblemsError, decimal_text, round_to
from budgetperf.model import Adjustment, Funding, FundingTotal
from budgetperf.rules import Example, ExampleRow, RuleSet
from budgetperf.scoring import (
    NoScore,
    ScoreLine,
    execution_base,
    execution_score,
    indicator_score,
    scorecard,
)

CASES = [
    pytest.param(rules, example, id=f"{rules.id}: {example.name.en}")
    for rules in rulebook.shipped()
    for example in rulebook.examples(rules.id)
]


def figure(text: str) -> Figure | Missing:
    return Figure.parse(text) if text else Missing()


def actual(text: str) -> Figure | Missing:
    if text == "/":
        return Missing(reason=MissingReason.DASH, text=text)
    if any(character.isdigit() for character in text):
        return Figure.parse(text)
    return Missing(reason=MissingReason.QUALITATIVE, text=text)


def indicator(row: ExampleRow) -> Indicator:
    target = Target() if row.target == "/" else Target.parse(row.target)
    return Indicator(
        level1=row.level1 or Missing(),
        name=row.name,
        target=target,
        actual=actual(row.actual),
        weight=weight(row),
    )


def weight(row: ExampleRow) -> Figure:
    return Figure(value=decimal_text(row.weight), rounding=None)


def report(example: Example) -> Report:
    total = FundingTotal(
        initial=figure(example.initial),
        revised=figure(example.budget),
        executed=figure(example.executed),
    )
    rows = tuple(indicator(row) for row in example.rows)
    reason = Adjustment(reason=example.reason) if example.reason else Adjustment()
    form = Statement(funding=Funding(total=total), indicators=rows, adjustment=reason)
    return Report(form=form)


def assert_due(line: ScoreLine, least: Fraction | None, most: Fraction | None) -> None:
    if least is None:
        assert line.score is None
        assert line.admissible is None
    elif most is None:
        assert line.score is not None, line.why
        assert line.score.value == least
    else:
        assert line.score is None
        assert line.admissible is not None
        assert line.why is not None
        assert (line.admissible.lower, line.admissible.upper) == (least, most)


@pytest.mark.parametrize(("rules", "example"), CASES)
def test_worked_examples(rules: RuleSet, example: Example) -> None:
    filled = report(example)
    card = scorecard(filled, rules=rules)
    assert len(card.lines) == 1 + len(example.rows)
    assert_due(card.lines[0], example.execution, example.execution_most)
    for line, row in zip(card.lines[1:], example.rows, strict=True):
        assert_due(line, row.score, row.most)
        if row.none:
            found = indicator_score(indicator(row), rules, weight=weight(row))
            assert isinstance(found, NoScore)
            assert found.code == row.none
    if example.total is not None:
        assert card.total is not None
        assert card.total.value == example.total
    assert (card.rating or "") == example.rating or not example.rating
    if example.printed:
        assert example.execution is not None
        places = len(example.printed.partition(".")[2])
        assert round_to(example.execution, places) == Fraction(example.printed)
    if example.execution_none:
        assert rules.execution is not None
        total = filled.form.funding.total
        base = execution_base(rules.execution, total)
        assert isinstance(total.executed, Figure)
        assert isinstance(base, Figure)
        none = execution_score(rules.execution, executed=total.executed, revised=base)
        assert isinstance(none, NoScore)
        assert none.code == example.execution_none


@pytest.mark.parametrize("id", rulebook.ids())
def test_every_rule_set_has_examples_with_names_and_sources(id: str) -> None:
    found = rulebook.examples(id)
    assert len(found) >= 3
    assert len({example.name for example in found}) == len(found)
    for example in found:
        for text in (example.name, example.source):
            assert text.zh
            assert text.en
        rows = [row.score is not None or row.none for row in example.rows]
        assert all(rows)
        assert rows or example.execution is not None or example.execution_none


def test_there_is_no_file_of_examples_without_a_rule_set() -> None:
    folder = Path(rulebook.__file__).parent / "examples"
    assert {file.stem for file in folder.glob("*.toml")} == set(rulebook.ids())
    assert rulebook.examples("nothing") == ()


OWN = """
[[example]]
name = { zh = "一例", en = "a case" }
source = { zh = "手算", en = "by hand" }
rows = [{ target = "≥10次", actual = "8次", weight = "10", score = "8" }]
"""


def test_examples_of_ones_own(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text(OWN, encoding="utf-8")
    (found,) = rulebook.load_examples(file)
    assert found.rows == (ExampleRow(target="≥10次", actual="8次", weight=10, score=8),)
    card = scorecard(report(found), rules="national-2020")
    assert card.lines[1].score is not None
    assert Interval.point(card.lines[1].score.value) == Interval.point(8)


@pytest.mark.parametrize(
    ("text", "code", "where"),
    [
        (OWN.replace('"8" }', "8.5 }"), "number-with-fraction", "$.example[0].rows[0].score"),
        (OWN.replace("actual", "actaul"), "unknown-key", "$.example[0].rows[0].actaul"),
        (OWN.replace("source", "sauce"), "missing-key", "$.example[0].source"),
        ("[", "bad-toml", "own.toml"),
    ],
)
def test_problems_of_examples(tmp_path: Path, text: str, code: str, where: str) -> None:
    file = tmp_path / "own.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ProblemsError) as caught:
        rulebook.load_examples(file)
    assert caught.value.code == "bad-examples"
    assert (code, where) in {(one.code, one.where) for one in caught.value.problems}
