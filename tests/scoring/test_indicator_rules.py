"""Rules for certain indicators: which rows they are for, and the weight that they fix."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import attrs
import pytest

import budgetperf as bp
from budgetperf import (
    Direction,
    Interval,
    Missing,
    MissingReason,
    Points,
    RuleSet,
    scorecard,
)
from budgetperf.rules import (
    Curve,
    IndicatorRule,
    Knot,
    Measure,
    NotApplicable,
    QuantitativeRule,
    Status,
    Steps,
    get,
)
from budgetperf.scoring import NoScore, ScoreRange
from tests.factories import OWN, form, points, refused, scored, there, typed, unscorable, unscored

CENTRAL, HUNAN = get("central-2021-101"), get("hunan-dept-weight-8")
DASH = Missing(reason=MissingReason.DASH, text="/")
LEVEL = Curve(knots=(Knot(x=0, y=1),))
SATISFACTION = (
    "满意度",
    "满意度指标",
    "服务对象满意度",
    "服务对象满意度指标",
    "社会公众满意度指标",
    "社会公众或服务对象满意度",
    "社会公众或服务对象满意度指标",
    "服务对象和社会公众满意度",
    "满意度指标（10分）",
    "服务对象 满意度指标(10 分)",
    "满意度指标（分值：10分）",
    "四、满意度指标",
)


def own(*rules: IndicatorRule) -> RuleSet:
    return RuleSet(id="own", title=OWN, status=Status.FORM, indicators=rules)


# The weight that a rule fixes.


def test_a_rule_with_another_weight_than_the_form_gives_no_score() -> None:
    """Eight points for a full score would be 8 of 5."""
    assert points(unscored("≥0%", "100%", "8", name="预算完成率"), HUNAN) == 8
    unscored_why = unscorable(unscored("≥0%", "100%", "5", name="预算完成率"), HUNAN)
    assert unscored_why.code == "weight-mismatch"
    for words in (unscored_why.why.zh, unscored_why.why.en):
        assert "8" in words
        assert "5" in words


def test_a_fixed_weight_also_counts_for_what_does_not_apply() -> None:
    rule = IndicatorRule(names=("甲",), weight=8, curve=LEVEL, not_applicable=NotApplicable.FULL)
    assert points(unscored("≥5%", DASH, "8", name="甲"), own(rule)) == 8
    assert unscorable(unscored("≥5%", DASH, "5", name="甲"), own(rule)).code == "weight-mismatch"
    left_out = attrs.evolve(rule, not_applicable=NotApplicable.RESCALE)
    assert unscorable(unscored("≥5%", DASH, "5", name="甲"), own(left_out)).code == "not-applicable"


@pytest.mark.parametrize(
    ("weight", "score", "reason"),
    [
        (DASH, DASH, "not-applicable"),
        (Missing(reason=MissingReason.BLANK), DASH, "not-applicable"),
        (Missing(), Missing(), "not-applicable"),
        (Missing(reason=MissingReason.MASKED, text="**"), DASH, "not-stated"),
        (DASH, Missing(reason=MissingReason.UNREADABLE, text="1O"), "not-stated"),
        (DASH, bp.Figure.parse("5"), "not-stated"),
    ],
)
def test_a_row_that_does_not_apply_has_neither_weight_nor_score(
    weight: Any, score: Any, reason: str
) -> None:
    out = bp.Indicator(name="甲", target="≥10次", actual=DASH, weight=weight, score=score)
    row = bp.Indicator(name="乙", target="≥10次", actual="10次", weight=90)
    card = scorecard([out, row], rules=CENTRAL)
    (line,) = [line for line in card.lines if line.name == "甲"]
    assert line.reason == reason


def test_a_rule_without_a_weight_takes_that_of_the_form() -> None:
    steps = Steps(start=1, width="0.05", loss=2)
    rules = own(IndicatorRule(names=("甲",), steps=steps))
    assert points(unscored("≥5%", "90%", "5", name="甲"), rules) == 1  # two steps of two points
    quarter = own(IndicatorRule(names=("甲",), steps=attrs.evolve(steps, loss="1/4")))
    assert points(unscored("≥5%", "95%", "0.5", name="甲"), quarter) == Fraction(1, 4)


def test_full_marks_for_what_does_not_apply_rest_on_their_rule() -> None:
    rule = IndicatorRule(
        names=("甲",), curve=LEVEL, not_applicable=NotApplicable.FULL, status=Status.OBSERVED
    )
    marks = typed(ScoreRange, scored(unscored("≥5%", DASH, name="甲"), own(rule)))
    assert marks.status is Status.OBSERVED
    general = attrs.evolve(own(IndicatorRule(names=("乙",), curve=LEVEL)),
                           not_applicable=NotApplicable.FULL)  # fmt: skip
    marks = typed(ScoreRange, scored(unscored("≥5%", DASH, name="甲"), general))
    assert marks.status is Status.FORM
    # Of a rule for its name that says nothing of it, it is the rule-set that gives them.
    named = attrs.evolve(rule, not_applicable=None)
    rules = attrs.evolve(own(named), not_applicable=NotApplicable.FULL)
    marks = typed(ScoreRange, scored(unscored("≥5%", DASH, name="甲"), rules))
    assert marks.status is Status.FORM


@pytest.mark.parametrize("status", [None, Status.OBSERVED])
def test_a_score_rests_on_its_rule_or_else_on_the_rule_set(status: Status | None) -> None:
    rule = IndicatorRule(names=("甲",), curve=LEVEL, status=status)
    measured = QuantitativeRule(measure=Measure.COMPLETION, curve=LEVEL, status=status)
    rules = attrs.evolve(own(rule), at_least=measured)
    for name in ("甲", "乙"):
        marks = typed(ScoreRange, scored(unscored("≥90%", "90%", name=name), rules))
        assert marks.status is (status or Status.FORM)


# The directions that a rule is for.


def test_a_complaint_rate_is_not_scored_by_the_bands_of_satisfaction() -> None:
    """3 % where at most 5 % are allowed is met: by the bands it would have no marks."""
    complaints = unscored("≤5%", "3%", level1="满意度指标", name="投诉率")
    assert unscorable(complaints, CENTRAL).code == "rule-silent"
    none_at_all = unscored("=0%", "0%", level1="满意度指标", name="投诉率")
    assert unscorable(none_at_all, CENTRAL).code == "rule-silent"


def test_satisfaction_without_an_operator_is_scored_by_the_bands() -> None:
    assert points(unscored("90%", "85%", level1="满意度指标"), CENTRAL) == 8
    assert points(unscored("≥90%", "85%", level1="满意度指标"), CENTRAL) == 8


@pytest.mark.parametrize("by", ["names", "headings"])
def test_the_directions_of_a_rule(by: str) -> None:
    rule = IndicatorRule(
        **{by: ("甲",)},  # type: ignore[arg-type]
        curve=LEVEL,
        directions=(Direction.AT_LEAST, Direction.QUALITATIVE),
    )
    parts = {"name": "甲"} if by == "names" else {"level2": "甲"}
    rules = own(rule)
    assert points(unscored("≥5%", "3%", **parts), rules) == 10
    assert points(unscored(">5%", "3%", **parts), rules) == 10
    assert points(unscored("5%", "3%", **parts), rules) == 10
    assert points(unscored("较好", "3%", **parts), rules) == 10
    assert unscorable(unscored("≤5%", "3%", **parts), rules).code == "rule-silent"
    # Words or a blank instead of a number may be aimed anywhere.
    no_target = attrs.evolve(unscored("5%", "3%", **parts), target=bp.Target())
    assert isinstance(scored(no_target, rules), NoScore)
    assert isinstance(scored(no_target, own(attrs.evolve(rule, directions=()))), ScoreRange)
    every = own(attrs.evolve(rule, directions=()))
    assert points(unscored("≤5%", "3%", **parts), every) == 10


def test_a_rule_for_another_direction_leaves_the_row_to_the_next_one() -> None:
    low = Curve(knots=(Knot(x=0, y="1/2"),))
    rules = own(
        IndicatorRule(names=("甲",), curve=LEVEL, directions=(Direction.AT_LEAST,)),
        IndicatorRule(headings=("乙",), curve=low, directions=(Direction.AT_MOST,)),
    )
    assert points(unscored("≥5%", "3%", name="甲", level1="乙"), rules) == 10
    assert points(unscored("≤5%", "3%", name="甲", level1="乙"), rules) == 5


def test_no_score_is_given_in_more_steps_than_a_curve_has_knots() -> None:
    """A tenth of a point for each step: of a hundred points 1000 steps, of 10,000 too many."""
    rules = own(IndicatorRule(names=("甲",), steps=Steps(start=1, width="0.0005", loss="0.1")))
    assert points(unscored("≥5%", "99.9%", "100", name="甲"), rules) == Fraction("99.8")
    assert unscorable(unscored("≥5%", "99.9%", "10000", name="甲"), rules).code == "too-many-steps"


def test_no_weight_is_no_points_whatever_the_steps() -> None:
    rules = own(IndicatorRule(names=("甲",), steps=Steps(start=1, width="0.05", loss=2)))
    for actual in ("100%", "90%"):
        assert points(unscored("≥5%", actual, "0", name="甲"), rules) == 0


# Spellings.


@pytest.mark.parametrize("heading", SATISFACTION)
@pytest.mark.parametrize("level", ["level1", "level2"])
def test_spellings_of_a_heading_are_one_heading(heading: str, level: str) -> None:
    assert points(unscored("≥90%", "85%", **{level: heading}), CENTRAL) == 8
    rules = own(IndicatorRule(headings=(heading,), curve=LEVEL))
    assert points(unscored("≥90%", "85%", **{level: "满意度"}), rules) == 10


@pytest.mark.parametrize("heading", ["产出指标", "效益指标（10分）", "满意", "社会公众指标", ""])
def test_other_headings_are_not_meant(heading: str) -> None:
    """By completion, 60 % to 100 %: (75 % − 60 %) / 40 %; by the bands it would be 50 %."""
    assert points(unscored("≥100%", "75%", level1=heading), CENTRAL) == Fraction("3.75")


def test_a_name_speaks_of_a_heading_where_none_is_stated() -> None:
    """By the bands of satisfaction it would be 5 points, by completion 3.75. A heading of either
    level says which; without one, the name leaves both open."""
    said: dict[str, Any] = {"target": "≥100%", "actual": "75%", "weight": 10, "rules": CENTRAL}
    satisfaction = "服务对象满意度"
    headings: list[dict[str, Any]] = [{"level1": "产出指标"}, {"level2": "质量指标"}]
    for of in headings:
        line = bp.score(**said, **of, name=satisfaction)
        assert there(line.score).value == Fraction("3.75")
    line = bp.score(**said, name=satisfaction)
    assert (line.score, line.admissible) == (None, bp.Interval(lower="3.75", upper=5))
    assert there(bp.score(**said, name="培训合格率").score).value == Fraction("3.75")


@pytest.mark.parametrize(
    "name",
    [
        "“三公经费”变动率",
        '"三公经费"变动率',
        "「三公经费」变动率",
        "＂三公经费＂变动率",
        "‘三公经费’变动率",
        "《三公经费》变动率",
        "三公经费变动率（%）",
        "“三公经费” 变动率(%)",
        "三公经费变动率（单位：%）",
        "1.三公经费变动率",
        "1．“三公经费”变动率",
        "3、三公经费变动率",
        "（1）三公经费变动率",
        "(12) 三公经费变动率",
        "2）三公经费变动率",
        "①三公经费变动率",
        "⑴三公经费变动率",
        "（三）三公经费变动率",
        "二、三公经费变动率",
    ],
)
def test_spellings_of_a_name_are_one_name(name: str) -> None:
    assert points(unscored("≤0%", "0%", "8", name=name), HUNAN) == 8
    rules = own(IndicatorRule(names=(name,), curve=LEVEL))
    assert points(unscored("≤0%", "0%", "8", name="三公经费变动率"), rules) == 8


@pytest.mark.parametrize(
    "name",
    [
        "三公经费变动率（调整后）",
        "1.5三公经费变动率",
        "三公经费变动率2",
        "非三公经费变动率",
        "（%）",
    ],
)
def test_other_names_are_not_meant(name: str) -> None:
    assert unscorable(unscored("≤0%", "0%", "8", name=name), HUNAN).code == "rule-silent"


def test_the_card_says_why_there_is_no_score() -> None:
    row = unscored("≥0%", "100%", "5", name="预算完成率")
    line = scorecard(form(row, executed="5元", revised="5元"), rules=HUNAN).lines[1]
    assert (line.weight, line.score, line.reason) == (Points(5), None, "weight-mismatch")
    assert line.why is not None


# Rules that are over the completion, and leave room for judgement.

BAND = Curve(knots=(Knot(x="0.7", left=0, y=1), Knot(x="1.3", y=1, right=0)))
NOTHING = Curve(knots=(Knot(x=1, y=0),))


def _banded(target: str, actual: str, **changed: Any) -> bp.ScoreLine:
    rule = IndicatorRule(names=("某数",), curve=BAND, of_completion=True, **changed)
    rules = RuleSet(id="own", title=OWN, status=Status.TEXT, indicators=(rule,))
    return bp.score(name="某数", target=target, actual=actual, weight=10, rules=rules)


@pytest.mark.parametrize(
    ("target", "actual", "due"),
    [
        ("≥100次", "69次", "0"),
        ("≥100次", "70次", "10"),
        ("=100次", "131次", "0"),
        ("≥1次", "1次", "10"),
        ("≥50%", "35%", "10"),
        ("≥50%", "34%", "0"),
    ],
)
def test_a_rule_for_a_name_may_be_over_the_completion(target: str, actual: str, due: str) -> None:
    assert str(_banded(target, actual).score) == due


@pytest.mark.parametrize(
    ("target", "actual", "code"),
    [
        ("及时", "70次", "not-stated"),
        ("≥100次", "70%", "unit-mismatch"),
        ("≥0次", "70次", "undefined"),
        ("≥0次", "0次", "undefined"),
        ("≥-1%", "1%", "undefined"),
        ("≥100次", "达成", "not-stated"),
    ],
)
def test_without_a_completion_it_gives_none(target: str, actual: str, code: str) -> None:
    assert _banded(target, actual).reason == code


def test_it_may_leave_room_for_judgement() -> None:
    line = _banded("≥100次", "100次", discretion=NOTHING)
    assert line.score is None
    assert line.admissible == Interval(lower=0, upper=10)
    assert str(_banded("≥100次", "131次", discretion=NOTHING).score) == "0"


@pytest.mark.parametrize("part", [{"of_completion": True}, {"discretion": NOTHING}])
def test_these_go_with_a_curve_only(part: dict[str, Any]) -> None:
    steps = Steps(start=1, width="0.01", loss=1)
    with refused("curve-or-steps", next(iter(part))):
        IndicatorRule(names=("某数",), steps=steps, **part)


def test_a_blank_heading_is_looked_for_where_any_rule_is_for_one() -> None:
    """The second row may stand under 质量指标 of the first: half of the points, or all of them."""
    by_name = IndicatorRule(names=("合格率",), curve=LEVEL)
    half = Curve(knots=(Knot(x=0, y="1/2"),))
    by_heading = IndicatorRule(headings=("质量指标",), curve=half)
    rows = [
        bp.Indicator(
            level1="产出指标", level2="质量指标", name="甲", target="≥90%", actual="90%", weight=10
        ),
        bp.Indicator(name="乙", target="≥90%", actual="90%", weight=10),
    ]
    for rules in ((by_name, by_heading), (by_heading, by_name), (by_heading,)):
        measured = QuantitativeRule(measure=Measure.COMPLETION, curve=LEVEL)
        first, second = bp.scorecard(
            rows, rules=attrs.evolve(own(*rules), at_least=measured)
        ).lines[1:]
        assert str(first.score) == "5"
        assert (second.score, str(second.admissible)) == (None, "[5, 10]")
