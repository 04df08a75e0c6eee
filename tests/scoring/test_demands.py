"""What a scorecard says is asked for, and why there is no score: as data."""

from __future__ import annotations

import attrs
import pytest

from budgetperf import (
    Figure,
    Indicator,
    Interval,
    Missing,
    RuleSet,
    Scorecard,
    ScoreLine,
    Statement,
    Text,
    parse_figure,
    scorecard,
)
from budgetperf import SelfEvaluation as Report
from budgetperf.display.data.scores import scorecard_data
from budgetperf.rules import Demand, Gauge, NotApplicable, Trigger, derive, get
from tests.factories import OWN, RULES, form, unscored

EXPLAIN, FLAG, WARN, MEASURES = Demand.EXPLAIN, Demand.FLAG, Demand.WARN, Demand.MEASURES
ALWAYS = Trigger(on=Gauge.SCORE_SHARE, within=Interval(), demand=FLAG)


def card(
    *rows: Indicator, rules: RuleSet | str, executed: str = "5元", revised: str = "5元"
) -> Scorecard:
    return scorecard(form(*rows, executed=executed, revised=revised), rules=rules)


def row(target: str, actual: str, weight: int = 10) -> Indicator:
    return unscored(
        target, Figure.parse(actual) if actual[0].isdigit() else parse_figure(actual), weight
    )


def line(target: str, actual: str, rules: RuleSet | str, weight: int = 10) -> ScoreLine:
    return card(row(target, actual, weight), rules=rules).lines[1]


@pytest.mark.parametrize(
    ("id", "target", "actual", "demands"),
    [
        ("yitihua-default", "≥10次", "10次", ()),
        ("yitihua-default", "≥10次", "9次", (EXPLAIN,)),
        ("yitihua-default", "≥10次", "12次", (FLAG,)),
        ("hebei-tianjin-mode", "=10次", "9次", (FLAG, EXPLAIN)),
        ("guangxi-mode", "≥10次", "13次", (FLAG, EXPLAIN)),  # 1.2 and 1.3 times
        ("national-2020", "≥10次", "9次", (EXPLAIN,)),  # art. 11
        ("national-2020", "≤10次", "9次", ()),
        # Every score from 60 % to below 80 % of the weight is below the weight, as is each below
        # 60 %; from 80 % on it may be the whole weight.
        ("yitihua-default", "效果明显", "未达成", (EXPLAIN,)),
        ("yitihua-default", "效果明显", "部分达成", (EXPLAIN,)),
        ("yitihua-default", "效果明显", "达成", ()),
        # Qualitative rows need a reason whatever their score, and without one.
        ("guangxi-mode", "效果明显", "达成", (EXPLAIN,)),
        ("guangxi-mode", "效果明显", "基本达成", (EXPLAIN,)),
        ("yitihua-default", "效果明显", "基本达成", ()),
    ],
)
def test_what_is_asked_for_beside_a_row(
    id: str, target: str, actual: str, demands: tuple[Demand, ...]
) -> None:
    scored = line(target, actual, id)
    assert scored.demands == demands
    for demand in demands:
        assert any(demand.label.zh in remark.zh for remark in scored.remarks)
        assert any(demand.label.en in remark.en for remark in scored.remarks)


def test_in_words_an_open_score_has_those_that_the_grade_admits() -> None:
    assert line("效果明显", "部分达成", "yitihua-default").remarks == (
        Text(
            zh="得分 ÷ 分值在 [60%, 80%) 之内：须说明原因（未填写）",
            en="score / weight within [60%, 80%): a reason must be given (none is)",
        ),
    )


def test_a_demand_is_told_once_and_each_cause_in_words() -> None:
    """13 of 10 and the full score: two reasons to explain."""
    completion = Trigger(on=Gauge.COMPLETION, within=Interval(lower="1.3"))
    full = Trigger(on=Gauge.SCORE_SHARE, within=Interval.point(1))
    rules = derive("national-pilot-2016", id="own", title=OWN, triggers=(completion, full, ALWAYS))
    scored = line("≥10次", "13次", rules)
    assert scored.demands == (EXPLAIN, FLAG)
    assert [remark.zh for remark in scored.remarks] == [
        "完成率为130%：须说明原因（未填写）",
        "得分 ÷ 分值为100%：须说明原因（未填写）",
        "得分 ÷ 分值为100%：标红，得分可手工修改",
    ]


def test_what_does_not_apply_or_weighs_nothing_is_asked_for_nothing() -> None:
    rules = derive(
        "yitihua-default", id="own", title=OWN, triggers=(ALWAYS,),
        not_applicable=NotApplicable.RESCALE,
    )  # fmt: skip
    excluded = line("≥10次", "/", rules)
    assert (excluded.excluded, excluded.reason, excluded.demands) == (True, "not-applicable", ())
    assert line("≥10次", "9次", rules).demands == (FLAG,)
    assert line("≥10次", "9次", rules, weight=0).demands == ()
    assert line("效果明显", "达成", rules, weight=0).demands == ()


@pytest.mark.parametrize(
    ("executed", "execution", "whole"),
    [
        ("1000元", (), ()),
        ("950元", (), ()),  # 5 % ahead is not more than 5 %
        ("949元", (), (WARN,)),
        ("799元", (WARN,), (WARN,)),
    ],
)
def test_what_is_asked_for_beside_execution_and_total(
    executed: str, execution: tuple[Demand, ...], whole: tuple[Demand, ...]
) -> None:
    whole_card = card(
        row("≥10次", "10次", 90), rules="yitihua-default", executed=executed, revised="1000元"
    )
    assert (whole_card.lines[0].demands, whole_card.demands) == (execution, whole)
    data = scorecard_data(whole_card)
    assert isinstance(data, dict)
    assert data["demands"] == [demand.value for demand in whole]
    first = data["lines"]
    assert isinstance(first, list)
    assert isinstance(first[0], dict)
    assert first[0]["demands"] == [demand.value for demand in execution]
    assert first[0]["reason"] is None


def test_what_a_low_total_asks_for() -> None:
    assert card(row("≥10次", "10次", 80), rules="ningxia-mode").demands == ()
    low = card(row("≥10次", "10次", 79), rules="ningxia-mode")
    assert (low.lines[1].demands, low.demands) == ((), (MEASURES,))


def test_why_there_is_no_score() -> None:
    national = get("national-2020")
    silent = attrs.evolve(national, execution=None, layouts=())
    blank = attrs.evolve(row("≥10次", "9次"), weight=Missing())
    whole_card = card(row("≤8次", "9次"), row("≥10次", "9次"), blank, rules=silent)
    assert [scored.reason for scored in whole_card.lines] == [
        "rule-silent",
        "rule-silent",
        None,
        "not-stated",
    ]
    nothing = scorecard(Report(form=Statement(indicators=(row("≤0次", "9次"),))), rules=national)
    assert [scored.reason for scored in nothing.lines] == ["absent", "undefined"]
    no_single_one = line("≥10次", "11次", national)
    assert (no_single_one.reason, no_single_one.score) == (None, None)
    data = scorecard_data(nothing)
    assert isinstance(data, dict)
    assert isinstance(data["lines"], list)
    assert [scored["reason"] for scored in data["lines"] if isinstance(scored, dict)] == [
        "absent", "undefined",
    ]  # fmt: skip


def test_an_open_score_sets_off_what_is_due_for_scores_alone() -> None:
    """No score follows, so each that there is is possible: of 0 as a target nothing is said."""
    every = Interval()
    at_zero = Trigger(on=Gauge.ACTUAL_AT_ZERO, within=every, demand=WARN)
    rules = derive(RULES, id="zero", title=OWN, triggers=(at_zero, ALWAYS))
    assert line("≥10次", "10人", rules).demands == (FLAG,)
    assert line("≥0次", "10次", rules).demands == (WARN, FLAG)
