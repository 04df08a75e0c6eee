"""Targets that are days, ranges, all or nothing that applies, under rule-sets."""

from __future__ import annotations

import attrs
import pytest

import budgetperf as bp
from budgetperf.exact import Interval
from budgetperf.rules import Curve, Knot, Measure, QuantitativeRule, get, ids
from budgetperf.scoring import NoScore, ScoreRange, indicator_score
from tests.factories import RULES, says, there

DAY = "2023年12月31日前"


def line(target: str, actual: str, rules: str = "national-2020") -> bp.ScoreLine:
    return bp.score(name="某指标", target=target, actual=actual, weight=10, rules=rules)


@pytest.mark.parametrize(
    ("target", "actual"),
    [
        (DAY, "2023年12月31日"), (DAY, "2023-12-05"), (DAY, "2023年12月底前完成"),
        ("2023年第四季度", "2023年11月"), ("80%-90%", "85%"), ("80%-90%", "90%"), ("3-5次", "5次"),
        ("10-20", "12"),
    ],
)  # fmt: skip
def test_a_day_or_a_range_that_is_met_has_full_marks(target: str, actual: str) -> None:
    scored = line(target, actual)
    assert str(scored.score) == "10"


def test_a_day_without_a_year_may_be_another_one() -> None:
    for target, actual in (("12月底前", "12月20日"), (DAY, "12月20日"), ("12月底前", "2023年1月")):
        scored = line(target, actual)
        assert str(scored.score) == "10"
        assert there(scored.possible) == Interval(lower=0, upper=10)


@pytest.mark.parametrize(
    ("target", "actual", "code"),
    [
        (DAY, "2024年1月1日", "not-in-time"), (DAY, "按时完成", "not-in-time"),
        ("2023年6月15日前", "2023年6月", "not-in-time"), ("6月前", "6月20日", "not-in-time"),
        ("80%-90%", "95%", "not-in-range"), ("80%-90%", "85次", "not-in-range"),
        ("3-5次", "达成", "not-in-range"), ("3-5", "4次", "not-in-range"),
    ],
)  # fmt: skip
def test_of_a_miss_nothing_is_known(target: str, actual: str, code: str) -> None:
    scored = line(target, actual)
    assert (scored.score, scored.reason) == (None, code)
    assert target in there(scored.why).zh


def test_a_rounded_value_may_lie_outside_the_range() -> None:
    row = bp.Indicator(name="某率", target="80%-90%", actual=bp.Figure.parse("90%"), weight=10)
    scored = bp.score(row, rules="national-2020")
    assert str(scored.score) == "10"
    assert there(scored.possible) == Interval(lower=0, upper=10)


@pytest.mark.parametrize("id", ids())
def test_a_day_that_is_met_has_what_every_target_has_that_is_met(id: str) -> None:
    weight = bp.Figure.parse("10", exact=True)
    met = bp.Indicator(name="某指标", target="100%", actual="100%")
    day = bp.Indicator(name="某指标", target=DAY, actual="2023年12月20日")
    plain, dated = (indicator_score(row, get(id), weight=weight) for row in (met, day))
    if isinstance(plain, NoScore):
        assert isinstance(dated, NoScore)
    else:
        assert isinstance(dated, ScoreRange)
        assert dated.value == plain.value == 10


@pytest.mark.parametrize("word", ["不适用", "未涉及", "无", "N/A", "不涉及"])
def test_what_does_not_apply_is_no_miss_and_not_qualitative(word: str) -> None:
    for actual in (word, "—", "", "无"):
        scored = line(word, actual)
        assert (scored.score, scored.reason) == (None, "rule-silent")
        says(there(scored.why), "不适用", "not to apply")
        assert line(word, actual, "generic-form-rescale").excluded


def test_a_row_that_does_not_apply_and_has_no_weight_leaves_no_gap() -> None:
    met = bp.Indicator(name="甲", target="≥90%", actual="90%", weight=90)
    cells = {"name": "乙", "target": "不适用", "actual": "不适用"}
    out = bp.Indicator(**cells, weight=bp.Missing(reason=bp.MissingReason.BLANK))
    card = bp.scorecard([met, out], rules="national-2020", execution="100%")
    assert str(card.total) == "100"
    assert card.lines[-1].excluded
    says(there(card.lines[-1].why), "没有分值", "has no weight")
    scored = attrs.evolve(out, score=bp.Points(5))
    counted = bp.scorecard([met, scored], rules="national-2020", execution="100%")
    assert counted.lines[-1].reason == "not-stated"
    assert counted.total is None


def test_it_applies_where_something_was_reached() -> None:
    assert line("不适用", "99%").reason == "no-direction"
    assert line("≥90%", "不适用", "generic-form-rescale").excluded


def test_none_beside_a_number_may_be_0() -> None:
    assert not line("≤0次", "无", "generic-form-rescale").excluded


def test_words_stay_qualitative() -> None:
    for word in ("及时", "有效提升", "长期"):
        assert line(word, word).reason == "qualitative"


def test_all_nothing_and_parts_of_100() -> None:
    assert str(line("全部", "全部").score) == "10"
    assert str(line("全部", "100%").score) == "10"
    assert str(line("零", "0").score) == "10"
    assert str(line("≥100百分比", "95百分比").score) == "9.5"
    assert str(line("≥100百分比", "95%").score) == "9.5"


def test_a_day_that_is_met_has_no_full_marks_where_no_target_has() -> None:
    """Under a rule-set that gives nine tenths for what is reached exactly, nothing follows."""
    most = Curve(knots=(Knot(x=0, y=0), Knot(x=1, y="0.9")))
    rule = QuantitativeRule(measure=Measure.COMPLETION, curve=most)
    rules = attrs.evolve(RULES, at_least=rule, at_most=rule, equal=rule)
    scored = bp.score(name="某指标", target=DAY, actual="2023年12月20日", weight=10, rules=rules)
    assert (scored.score, scored.reason) == (None, "not-in-time")
