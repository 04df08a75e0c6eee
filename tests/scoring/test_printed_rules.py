"""The rule that a form prints beside an indicator: its words, and the scores that follow."""

from __future__ import annotations

import operator
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import budgetperf as bp
from budgetperf.exact import Interval
from budgetperf.exact.limits import MAX_KNOTS
from budgetperf.rules import Status, get
from budgetperf.scoring import NoScore, ScoreRange
from budgetperf.scoring.marking.printed import printed_rule, printed_score
from budgetperf.scoring.marking.words import MAX_TIERS, MAX_WORDS, meaning_of
from tests.factories import says, there, typed

from .printed_rule_cases import (
    CASES,
    DIRECT,
    HALF,
    OFF,
    OPEN_TIERS,
    PROPORTION,
    QUOTIENT,
    TIERS,
    UNIT,
)

NIL = "得分"  # no rule


def scored(
    words: str, target: str, actual: str, weight: int = 10, name: str = "某指标"
) -> ScoreRange | NoScore:
    row = bp.Indicator(name=name, target=target, actual=actual, scoring_rule=words)
    return printed_score(row, printed_rule(row), Fraction(weight), None)


def points(words: str, target: str, actual: str, weight: int = 10, name: str = "某指标") -> str:
    result = scored(words, target, actual, weight, name)
    assert isinstance(result, NoScore) or result.words == words.strip()
    return told(result)


def told(result: ScoreRange | NoScore) -> str:
    """The score, and what else true values give; or all that is admitted; or why there is none."""
    if isinstance(result, NoScore):
        return result.code
    assert (result.why is None) == (result.value is not None)
    if result.value is None:
        return str(result.admissible)
    score = str(bp.Points(result.value))
    return score if result.admissible.is_point else f"{score} of {result.admissible}"


@pytest.mark.parametrize(("words", "target", "actual", "due"), CASES)
def test_the_words_and_their_score(words: str, target: str, actual: str, due: str) -> None:
    assert points(words, target, actual) == due


@pytest.mark.parametrize("actual", ["0%", "1%", "45%", "89%"])
def test_below_its_target_a_completion_is_the_same_for_any_operator(actual: str) -> None:
    equal, at_least = (typed(ScoreRange, scored(PROPORTION, f"{s}90%", actual)) for s in "=≥")
    assert (equal.value, equal.admissible) == (at_least.value, at_least.admissible)


def test_tiers_of_a_satisfaction_are_of_the_rate_itself() -> None:
    assert points(TIERS, "≥80%", "75%") == "[5, 10]"  # 75/80 is 93.75 %
    assert points(TIERS, "≥80%", "75%", name="群众满意度") == "5"


@pytest.mark.parametrize(
    ("name", "due"), [("验收合格率", "[0, 5]"), ("群众满意率", "0"), (bp.Missing(), "0")]
)
def test_a_heading_does_not_make_a_satisfaction_of_another_rate(
    name: str | bp.Missing, due: str
) -> None:
    """46.3 % of 60 % is 77.2 %, which has five of ten points; as a satisfaction it has none."""
    row = bp.Indicator(
        level1="满意度指标", name=name, target="=60%", actual="46.30%", scoring_rule=TIERS
    )
    result = typed(ScoreRange, printed_score(row, printed_rule(row), Fraction(10), None))
    assert str(result.admissible if result.value is None else bp.Points(result.value)) == due


def test_without_a_name_and_headings_a_rate_may_be_of_anything() -> None:
    """46.3 % has none of the points; as 77.2 % of its target it has half of them."""
    row = bp.Indicator(target="=60%", actual="46.30%", scoring_rule=TIERS)
    result = typed(ScoreRange, printed_score(row, printed_rule(row), Fraction(10), None))
    assert result.admissible == Interval(lower=0, upper=5)


def test_where_two_readings_agree_the_first_is_told() -> None:
    """80 % has 8 points, and so have the 88.9 % that it is of its target."""
    result = typed(ScoreRange, scored(TIERS, "≥90%", "80%"))
    assert result.value == 8
    assert result.steps[0].value == Fraction(4, 5)


@pytest.mark.parametrize(
    ("words", "target", "actual", "due"),
    [
        # 89.95 % to 90.05 %: it may be more than its target, or not
        (DIRECT, ">90%", "90.0%", "[0, 10]"),
        (DIRECT, "<90%", "90.0%", "[0, 10]"),
        (HALF, ">90%", "90.0%", "0 of [0, 10]"),
        (HALF, "<90%", "90.0%", "0 of [0, 10]"),
        (HALF, "=90%", "90.0%", "10 of [0, 10]"),
        (HALF, "80%-90%", "90.0%", "10 of [0, 10]"),
        (HALF, "80%-90%", "90.1%", "0"),
        (HALF, "80%-90.05%", "90.1%", "printed-rule"),  # as printed it is missed, and may be met
        # no loss, or some of one step; less than nothing was not lost
        ("每发生1万元损失扣1分", "=0万元", "0.00万元", "10 of [9, 10]"),
        # 9.5 to 10.5 of each kind: up to half a step off
        (
            "每超过一个百分点扣1分",
            "=90%",
            "90%",
            "10 of [0, 10]",
        ),  # of less than =90% nothing is said
        ("每超过一个百分点扣1分", "=90%", "91%", "9 of [8, 10]"),
        (OFF, "=90%", "89%", "9.5 of [9, 10]"),
    ],
)
def test_a_rounded_value_has_what_all_behind_it_have(
    words: str, target: str, actual: str, due: str
) -> None:
    figure = bp.Figure.parse(actual)
    row = bp.Indicator(name="某指标", target=target, actual=figure, scoring_rule=words)
    result = printed_score(row, words, Fraction(10), None)
    assert told(result) == due


@pytest.mark.parametrize("reason", [bp.MissingReason.DATE, bp.MissingReason.RANGE])
def test_an_aim_that_is_no_day_and_no_range_is_not_reached(reason: bp.MissingReason) -> None:
    aim = bp.Target(value=bp.Missing(reason=reason, text="尽快"))
    for actual in ("2023年12月31日", "85%"):
        row = bp.Indicator(name="某指标", target=aim, actual=actual)
        assert told(printed_score(row, HALF, Fraction(10), None)) == "printed-rule"


def test_a_loss_of_more_steps_than_a_curve_has_for_a_side_is_not_read() -> None:
    most = MAX_KNOTS // 2
    for weight, due in ((most, str(most - 1)), (most + 1, "printed-rule")):
        assert points("每少1次扣1分", f"≥{most * 2}次", f"{most * 2 - 1}次", weight) == due


def test_longer_words_are_a_text() -> None:
    assert meaning_of(HALF.ljust(MAX_WORDS)) == meaning_of(HALF)
    assert meaning_of(HALF.ljust(MAX_WORDS + 1)) is None


@pytest.mark.parametrize(
    ("words", "target", "actual", "name", "due"),
    [
        # 完成率 is the indicator, or how far its target is reached.
        ("完成率≥95%得满分，90%-95%得8分", "≥95%", "93%", "任务完成率", "printed-rule"),
        ("完成率×分值", "≥95%", "93%", "任务完成率", "printed-rule"),
        ("完成率×分值", "≥100%", "93%", "任务完成率", "9.3"),
        ("完成率×分值", "≥10次", "5次", "任务完成率", "5"),
        ("≥95%得满分，90%-95%得8分", "≥95%", "93%", "任务完成率", "[8, 10]"),
        ("预算完成率100%计10分，每低于5%扣2分", "100%", "95%", "预算完成率", "8"),
        # A rate of that name, or of another.
        ("验收合格率≥95%得满分，每低1个百分点扣1分", "≥95%", "93%", "项目验收合格率", "8"),
        ("验收合格率≥90%得满分，每低1个百分点扣1分", "≥95%", "88%", "项目验收合格率", "8"),
        ("发放率≥95%得满分，每低1个百分点扣1分", "≥95%", "93%", "项目验收率", "printed-rule"),
        ("发放率≥95%得满分，每低1个百分点扣1分", "≥95%", "93%", "", "printed-rule"),
        ("项目验收达到率≥95%得满分，每低1个百分点扣1分", "≥95%", "93%", "达到率", "8"),
        ("补助发放率×分值", "≥95%", "93%", "补助发放率", "9.3"),
        ("补助发放率×分值", "≥95%", "93%", "补助到位率", "printed-rule"),
        ("变动率≤0计10分，变动率＞0每超过1个百分点扣1分", "≤0%", "2%", "“三公”变动率", "8"),
        (
            "以100%为标准。在职人员控制率≦100%，计10分；每超过一个百分点扣0.5分，扣完为止。",
            "100%", "102%", "1.在职人员控制率", "9",
        ),
        ("到位率≥90%得10分，≥80%得8分，＜80%得0分", "≥100%", "85%", "资金到位率", "8"),
        ("到位率≥90%得10分，≥80%得8分，＜80%得0分", "≥100%", "85%", "支出率", "printed-rule"),
    ],
)  # fmt: skip
def test_a_rate_that_words_name(words: str, target: str, actual: str, name: str, due: str) -> None:
    assert points(words, target, actual, name=name) == due


def test_what_is_missed_by_its_day_is_told_with_the_days() -> None:
    missed = typed(ScoreRange, scored(HALF, "2023年12月31日前", "2024年1月"))
    assert [step.value for step in missed.steps] == [0]
    late = typed(ScoreRange, scored("每延迟1天扣1分", "2023年12月31日前", "2024年1月3日"))
    assert [step.value for step in late.steps] == [3]
    assert late.value == 7
    assert late.why is None
    open_ = typed(ScoreRange, scored("每延迟1天扣1分", "2023年12月31日前", "2024年1月"))
    assert open_.value is None
    assert open_.why is not None
    assert [step.value for step in open_.steps] == [1]  # the first of January: so many at least


@pytest.mark.parametrize(
    ("first", "second", "is_read"),
    [
        ("≥80%", "<90%", True),
        ("<90%", "≥80%", True),
        ("≤90%", ">80%", True),
        ("<80%", "<90%", False),
        ("<90%", "<80%", False),
        ("≤90%", "<80%", False),
        ("≥80%", "≥90%", False),
        ("≥90%", "≥80%", False),
        (">80%", "≥90%", False),
    ],
)
def test_two_limits_of_a_tier_are_one_on_each_side(first: str, second: str, is_read: bool) -> None:
    said = meaning_of(f"{first}且{second}得5分")
    assert (said is not None) is is_read
    assert said == (meaning_of(f"{second}且{first}得5分") if is_read else None)


@pytest.mark.parametrize(("count", "is_read"), [(MAX_TIERS, True), (MAX_TIERS + 1, False)])
def test_more_tiers_than_a_form_has_are_not_read(count: int, is_read: bool) -> None:
    words = "，".join(f"{n}%-{n + 1}%得{n}分" for n in range(count))
    assert len(words) < MAX_WORDS
    assert (meaning_of(words) is not None) is is_read


def test_no_points_are_no_share() -> None:
    assert points(HALF, "≥90%", "95%", weight=0) == "printed-rule"


@pytest.mark.parametrize("words", ["", " ", "—", "/", "无", "暂无"])
def test_a_mark_for_nothing_is_no_rule(words: str) -> None:
    assert printed_rule(bp.Indicator(scoring_rule=words)) == ""


@pytest.mark.parametrize(
    ("words", "target", "actual"),
    [
        ("每延迟一天扣0.5分", "≤693人", "571人"),
        ("每延迟一天扣0.5分", "<14630公里", "7870.9公里"),
        ("每延迟一天扣0.5分", "≤693", "571"),
        ("每少1日扣1分", "≥12场", "10场"),
        ("每少1个扣1分", "≥12公里", "10公里"),
    ],
)
def test_steps_of_another_kind_than_the_target_are_no_rule(
    words: str, target: str, actual: str
) -> None:
    """Days late say nothing of people."""
    assert isinstance(scored(words, target, actual), NoScore)


def test_words_that_are_not_understood_are_quoted() -> None:
    result = typed(NoScore, scored("视情况给分", "≥90%", "95%"))
    says(result.why, "视情况给分", "视情况给分")


def test_the_same_rule_printed_otherwise() -> None:
    for words in ("完成比例", "按照完成率计分", " 按完成比例 得分。", "完成比例赋分法"):
        assert points(words, "≥90%", "45%") == "5"
    for words in (
        "完成得满分;未完成不得分",
        "完成，得满分，未完成，得0分",
        "达标得满分，不达标得零分",
    ):
        assert points(words, "≥90%", "45%") == "0"
    for words in ("全年实际值(B)/年度指标值(A)×该指标分值", "（实际完成值÷目标值）*权重", "B/A×10"):
        assert points(words, "≥90%", "45%") == "5"


def test_true_values_on_both_sides_of_a_limit_have_both_scores() -> None:
    row = bp.Indicator(name="某率", target="≥90%", actual=bp.Figure.parse("90%"), scoring_rule=HALF)
    result = typed(ScoreRange, printed_score(row, HALF, Fraction(10), None))
    assert result.value == 10
    assert result.admissible == Interval(lower=0, upper=10)


def test_what_is_met_as_printed_may_be_missed_behind_the_print() -> None:
    """By proportion: what a miss of ≤ has is not said, so any score is possible."""
    actual = bp.Figure.parse("10.0%")
    row = bp.Indicator(name="某率", target="≤10%", actual=actual, scoring_rule=PROPORTION)
    result = typed(ScoreRange, printed_score(row, PROPORTION, Fraction(10), None))
    assert result.value == 10
    assert result.admissible == Interval(lower=0, upper=10)


def test_points_are_rounded_as_the_rule_set_says() -> None:
    row = bp.Indicator(name="某率", target="≥90%", actual="85%", scoring_rule=PROPORTION, weight=10)
    line = bp.score(row, rules="yitihua-default")
    assert str(line.score) == "9.44"
    for status in Status:  # also where the rule-set rests on a form itself
        line = bp.score(row, rules=attrs.evolve(get("yitihua-default"), status=status))
        assert any(PROPORTION in remark.zh for remark in line.remarks)


def test_the_printed_rule_comes_before_that_of_the_rule_set() -> None:
    row: dict[str, Any] = {
        "target": "≥90%",
        "actual": "81%",
        "weight": 10,
        "rules": "national-2020",
    }
    assert str(bp.score(**row).score) == "9"
    line = bp.score(**row, scoring_rule=HALF)
    assert str(line.score) == "0"
    assert there(line.status).value == "form"
    unread = bp.score(**row, scoring_rule="另行规定")
    assert (unread.score, unread.reason) == (None, "printed-rule")


TEXTS = [words for words, *_ in CASES]


@given(
    words=st.sampled_from(TEXTS),
    sign=st.sampled_from(["≥", "≤", "=", ">", "<", ""]),
    target=st.integers(0, 120),
    actual=st.decimals(0, 150, places=1),
    weight=st.integers(1, 40),
    unit=st.sampled_from(["%", "次", "", "万元"]),
)
def test_a_score_lies_within_the_weight_and_within_what_is_admitted(
    words: str, sign: str, target: int, actual: object, weight: int, unit: str
) -> None:
    row = bp.Indicator(
        name="某指标",
        target=f"{sign}{target}{unit}",
        actual=f"{actual}{unit}",
        scoring_rule=words,
    )
    result = printed_score(row, words, Fraction(weight), None)
    if isinstance(result, NoScore):
        assert result.code in ("printed-rule", "rule-silent", "not-stated")
        return
    whole = Interval(lower=0, upper=weight)
    assert whole.covers(result.admissible)
    assert result.value is None or result.value in result.admissible


@given(
    words=st.sampled_from([HALF, PROPORTION, QUOTIENT, DIRECT, OFF, UNIT, TIERS, OPEN_TIERS]),
    target=st.integers(1, 100),
    over=st.integers(0, 50),
    weight=st.integers(10, 40),
)
def test_what_is_met_never_loses_for_sure(words: str, target: int, over: int, weight: int) -> None:
    """Of tiers only where they are of all of the target."""
    unit = "次" if words == UNIT else "%"
    if words in (TIERS, OPEN_TIERS):
        target, weight = 100, 10
    result = scored(words, f"≥{target}{unit}", f"{target + over}{unit}", weight)
    assert isinstance(result, ScoreRange)
    assert weight in result.admissible


@given(
    weight=st.integers(1, 30),
    loss=st.integers(1, 6),
    most=st.integers(1, 30),
    number=st.integers(0, 12),
    width=st.integers(1, 3),
)
def test_points_off_for_each_that_happened_up_to_a_cap(
    weight: int, loss: int, most: int, number: int, width: int
) -> None:
    """Worked out by hand; part of a step may count as one, or not."""
    words = f"每发生{width}起扣{loss}分，最多扣{most}分"
    result = typed(ScoreRange, scored(words, "0起", f"{number}起", weight))
    kept = max(0, weight - most)
    whole = max(weight - number // width * loss, kept)
    part = max(weight - -(-number // width) * loss, kept)
    assert result.admissible == Interval(lower=part, upper=whole)
    assert result.value == (whole if whole == part else None)


SIDES: dict[str, dict[str, Callable[[int, int], bool]]] = {
    "≥100%": {
        **dict.fromkeys(("≥{}%", "不低于{}%", "{}%（含）以上", "{}%以上（含）"), operator.ge),
        **dict.fromkeys((">{}%", "超过{}%", "{}%（不含）以上", "{}%以上（不含）"), operator.gt),
    },
    "≤1%": {
        **dict.fromkeys(("≤{}%", "不超过{}%", "{}%（含）以下", "{}%以下（含）"), operator.le),
        **dict.fromkeys(("<{}%", "低于{}%", "{}%（不含）以下", "{}%以下（不含）"), operator.lt),
    },
}
"""How a tier without an end may be printed, by the target beside it, and what it says."""


@pytest.mark.parametrize("target", SIDES)
@given(limits=st.lists(st.integers(1, 100), min_size=1, max_size=5, unique=True), data=st.data())
def test_of_tiers_without_an_end_the_nearest_counts_in_any_order(
    target: str, limits: list[int], data: st.DataObject
) -> None:
    """At the limits themselves and beside them: it is the best of those whose words hold there."""
    best_last = sorted(limits, reverse=target[0] == "≤")
    tiers = [
        (data.draw(st.sampled_from(list(SIDES[target]))), limit, mark)
        for mark, limit in enumerate(best_last, 11 - len(limits))
    ]
    printed = data.draw(st.permutations(tiers))
    words = "，".join(f"{said.format(limit)}得{mark}分" for said, limit, mark in printed)
    for actual in {near for limit in limits for near in (limit - 1, limit, limit + 1)}:
        held = [m for said, limit, m in tiers if SIDES[target][said](actual, limit)]
        result = scored(words, target, f"{actual}%")
        assert (result.value if isinstance(result, ScoreRange) else None) == max(held, default=None)
        result = typed(ScoreRange, scored(f"{words}，其余不得分", target, f"{actual}%"))
        assert result.value == max(held, default=0)


@given(
    words=st.text(
        alphabet="完成得满分否则不按比例率每低于个百点扣0123.5%，；≥-以上下/×AB", max_size=60
    )
)
def test_any_words_are_read_or_not(words: str) -> None:
    rule = meaning_of(words)
    assert rule is None or rule == meaning_of(words)
