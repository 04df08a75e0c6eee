"""The live formulas of an empty form give the scores that follow, under every rule-set."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import budgetperf as bp
from budgetperf.documents.writers.blank.rule_formulas import (
    Row,
    execution_formula,
    indicator_formula,
)
from budgetperf.exact import round_to
from budgetperf.rules import RuleSet
from budgetperf.scoring.marks import ScoreRange, execution_base, execution_score, row_score
from tests.documents.formulas import Value, computed

CELLS = Row(
    level1="A1", level2="B1", name="C1", sign="D1", target="E1", unit="F1", actual="G1", weight="H1"
)
RULES = tuple(bp.rulesets)
NAMES = sorted({name for rules in RULES for rule in rules.indicators for name in rule.names})
HEADINGS = sorted({name for rules in RULES for rule in rules.indicators for name in rule.headings})
WEIGHTS = sorted({rule.weight for r in RULES for rule in r.indicators if rule.weight})
AMOUNTS = st.sampled_from(
    [*range(14), 20, 90, "89.5", 100, 103, "0.54", "0.9", "353.21", "355.55", "9.995", "-1"]
).map(Fraction)


@st.composite
def rows(draw: st.DrawFn) -> dict[str, Value]:
    """The cells of a row: most of them as any row, some as those that a rule is for."""
    return {
        "A1": draw(st.sampled_from(["产出指标", *HEADINGS])),
        "B1": draw(st.sampled_from(["数量指标", *HEADINGS])),
        "C1": draw(st.sampled_from(["宣讲次数", "宣讲 次数", *NAMES])),
        "D1": draw(st.sampled_from(["≥", "≤", "=", ">", "<"])),
        "E1": draw(AMOUNTS),
        "F1": draw(st.sampled_from(["%", "次"])),
        "G1": draw(AMOUNTS),
        "H1": draw(st.sampled_from([Fraction(10), Fraction("3.25"), Fraction(0), *WEIGHTS])),
    }


def due(cells: dict[str, Value], rules: RuleSet) -> Fraction | None:
    """The score that follows."""
    unit = cells["F1"]
    score = row_score(
        bp.Indicator(
            level1=str(cells["A1"]),
            level2=str(cells["B1"]),
            name=str(cells["C1"]),
            target=f"{cells['D1']}{decimal(cells['E1'])}{unit}",
            actual=f"{decimal(cells['G1'])}{unit}",
            weight=decimal(cells["H1"]),
        ),
        rules,
    )
    return value_of(score, rules)


def decimal(value: Value) -> str:
    return bp.exact.decimal_text(Fraction(value))


def value_of(score: object, rules: RuleSet) -> Fraction | None:
    if not isinstance(score, ScoreRange) or score.value is None:
        return None
    places = 2 if rules.score_rounding is None else rules.score_rounding.places
    return round_to(score.value, places)


def require_score(cells: dict[str, Value], rules: RuleSet) -> None:
    formula = indicator_formula(rules, CELLS)
    found = computed(formula, cells) if formula else ""
    expected = due(cells, rules)
    if found == "" and is_left_to_compose(cells, rules):
        return
    assert found == ("" if expected is None else expected), (rules.id, cells)


def is_left_to_compose(cells: dict[str, Value], rules: RuleSet) -> bool:
    """Whether a rule for a name or a heading has no formula: where it takes points for each step of
    whatever weight there is, and of a weight of 0."""
    steps = (rule for rule in rules.indicators if rule.steps is not None and rule.weight is None)
    named = {name for rule in steps for name in rule.names}
    return cells["C1"] in named or (bool(rules.indicators) and cells["H1"] == 0)


@given(cells=rows())
def test_a_formula_is_blank_or_gives_the_score(cells: dict[str, Value]) -> None:
    for rules in RULES[::4]:
        require_score(cells, rules)


@pytest.mark.law
@pytest.mark.parametrize("rules", RULES, ids=lambda rules: rules.id)
def test_the_formula_of_each_rule_set(rules: RuleSet) -> None:
    @given(cells=rows())
    def law(cells: dict[str, Value]) -> None:
        require_score(cells, rules)

    law()


@given(executed=AMOUNTS, revised=AMOUNTS, initial=AMOUNTS)
def test_the_score_of_the_execution(
    executed: Fraction, revised: Fraction, initial: Fraction
) -> None:
    cells: dict[str, Value] = {"A1": initial, "B1": revised, "C1": executed}
    figures = {
        name: decimal(cells[at])
        for name, at in zip(("initial", "revised", "executed"), cells, strict=True)
    }
    total = bp.in_unit(bp.FundingTotal(**figures), "万元")
    for rules in RULES:
        formula = execution_formula(rules, "C1", "B1", "A1")
        if rules.execution is None:
            assert formula == ""
            continue
        base = execution_base(rules.execution, total)
        assert isinstance(base, bp.Figure)
        assert isinstance(total.executed, bp.Figure)
        if base.nominal <= 0:
            assert computed(formula, cells) == ""
            continue
        score = execution_score(rules.execution, executed=total.executed, revised=base)
        expected = value_of(score, rules)
        assert computed(formula, cells) == ("" if expected is None else expected), rules.id
