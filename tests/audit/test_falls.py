"""W06: scores that fall as completion rises: what contradicts itself, and what a reviewer asks."""

from __future__ import annotations

import attrs
import pytest

from budgetperf import Figure, Indicator, Interval, RoundingMode, Statement
from budgetperf import SelfEvaluation as Report
from budgetperf.auditing.checks.falls import _surely_below
from budgetperf.relations.expression import Equation
from tests.audit.check_cases import C, E, I, R, T, findings_of, verdicts
from tests.factories import form, row, says


@pytest.mark.parametrize(
    ("first", "second", "outcome"),
    [
        # defects.md §2: 1.8 at 62.7 % and 1.4 at 71.4 % (031)
        (("≥100%", "62.7%", "1.8"), ("≥100%", "71.4%", "1.4"), I),
        (("≥100%", "62.7%", "1.8"), ("≥100%", "98.6%", "1.8"), E),  # equal is no fall
        (("≥90%", "80%", "18"), ("≥90%", "85%", "17"), I),
        (("≥90%", "80%", "18"), ("≥90%", "90%", "17"), I),  # 100 % is no reason
        (("≥10次", "8", "18"), ("≥10次", "9次", "17"), I),
        (("=10次", "8次", "18"), ("=10次", "9次", "17"), I),
        (("≤10次", "8次", "18"), ("≥90%", "95%", "17"), "not-stated"),  # one only rises
        (("≥0%", "8%", "18"), ("≥90%", "95%", "17"), "not-stated"),
        (("≥10次", "8%", "18"), ("≥10次", "9次", "17"), "not-stated"),  # in one unit one only
        # Above 100 % marks may be taken: no text of the field says from where, and how many.
        (("≥90%", "100%", "18"), ("≥90%", "99%", "20"), E),
        (("≥100次", "100次", "20"), ("≥100次", "200次", "17"), E),
        (("≥100次", "150次", "20"), ("≥100次", "200次", "17"), E),
        (("≥100次", "150次", "17"), ("≥100次", "200次", "20"), E),
        (("≥100次", "99次", "44.55"), ("≥100次", "200次", "40"), "review"),  # 45 × 99 %
        (("≥90%", "80%", "18"), ("≥90%", "95%", "17"), "review"),
        # Two operators may have two rules: = all or nothing, ≥ by proportion.
        (("≥10次", "5次", "10"), ("=10次", "9次", "0"), "review"),
        ((">10次", "8次", "18"), ("≥10次", "9次", "17"), "review"),
        # Without one it is not said that more is better.
        (("10次", "8次", "18"), ("10次", "9次", "17"), "review"),
    ],
)
@pytest.mark.parametrize("swapped", [False, True])
def test_scores_rise_with_completion(
    first: tuple[str, str, str], second: tuple[str, str, str], outcome: object, swapped: bool
) -> None:
    rows = [
        row(f"指标{i}", target, actual, score=score)
        for i, (target, actual, score) in enumerate((first, second))
    ]
    if swapped:
        rows.reverse()
    assert verdicts(form(*rows), "W06") == [outcome]


@pytest.mark.parametrize(
    ("name", "outcome"),
    [("预算完成率", "review"), ("1.预算执行率（%）", "review"), ("任务完成率", I)],
)
@pytest.mark.parametrize("swapped", [False, True])
def test_a_name_that_has_a_rule_of_its_own_is_for_a_reviewer(
    name: str, outcome: object, swapped: bool
) -> None:
    """Hunan's forms give 预算完成率 nothing below 80 %, and the others their share."""
    rows = [row("工程进度", "=100%", "57.7%", score="2.89"), row(name, "=100%", "77%", score="0")]
    if swapped:
        rows = [row(name, "=100%", "57.7%", score="5"), row("工程进度", "=100%", "77%", score="3")]
    (finding,) = findings_of(form(*rows), "W06")
    assert verdicts(form(*rows), "W06") == [outcome]
    assert ("专门的规则" in finding.why.zh) is (outcome == "review")


def test_names_that_have_rules_of_their_own_hide_no_fall_of_the_others() -> None:
    rows = [
        row("预算完成率", "=100%", "10%", score="19"), row("a", "=100%", "62.7%", score="18"),
        row("b", "=100%", "71.4%", score="14"),
    ]  # fmt: skip
    assert verdicts(form(*rows), "W06") == [I]
    (finding,) = findings_of(form(*rows), "W06")
    assert finding.operands[0].path == "form.indicators[1].score"


def test_a_score_that_the_rule_set_lowers_is_no_fall() -> None:
    over = form(row("a", "≥90%", "88%", score="19"), row("b", "≥90%", "100%", score="18"))
    assert verdicts(over, "W06") == ["review"]
    assert verdicts(over, "W06", "xinjiang-observed-2023") == [E]  # 20 × (1 - 10 %)
    (as_due,) = findings_of(over, "W06", "xinjiang-observed-2023")
    says(as_due.why, "规则集或表中评分标准另有规定的除外", "except where the rule-set")
    # It has no rule for what misses its target: what it does not say, it does not decide.
    short = form(row("a", "≥90%", "80%", score="19"), row("b", "≥90%", "81%", score="18"))
    assert verdicts(short, "W06", "xinjiang-observed-2023") == [I]


# By this one, 20 points are due from 100 % on, 18 at 90 % and 16 at 80 %; "=" it does not mention.
PILOT = "national-pilot-2016"


@pytest.mark.parametrize(
    ("low", "high", "wrong"),
    [
        (("80次", "16"), ("90次", "15"), [E, I]),  # the higher completion has too little
        (("80次", "19"), ("90次", "18"), [I, E]),  # the lower one too much
        (("80次", "19"), ("90次", "15"), [I, I]),
        (("80次", "16"), ("200次", "15"), [E, I]),
    ],
)
def test_a_fall_between_scores_that_the_rule_set_gives_is_told_by_it(
    low: tuple[str, str], high: tuple[str, str], wrong: list[object]
) -> None:
    """W04 names each score that is not due. That they fall says nothing more."""
    report = form(*(row(done, "≥100次", done, score=score) for done, score in (low, high)))
    assert verdicts(report, "W04", PILOT) == wrong
    (finding,) = findings_of(report, "W06", PILOT)
    assert (finding.verdict, finding.reason) == (C, "by-rule")
    assert finding.equation is None
    says(finding.why, "W04", "W04")
    assert "另有" not in finding.why.zh  # there is no other fall
    assert [o.path for o in finding.operands if o.path.endswith("score")] == [
        "form.indicators[0].score", "form.indicators[1].score",
    ]  # fmt: skip


def test_of_falls_that_the_rule_set_tells_the_deepest_is_named() -> None:
    """16, 18 and 20 are due: from 16 to 15, to 10, and from 15 to 10."""
    numbers = (("80次", "16"), ("90次", "15"), ("100次", "10"))
    report = form(*(row(done, "≥100次", done, score=score) for done, score in numbers))
    (finding,) = findings_of(report, "W06", PILOT)
    assert finding.reason == "by-rule"
    assert "“80次”完成率较低，得分 16；“100次”完成率较高，得分只有 10" in finding.why.zh
    assert "另有 1 项" in finding.why.zh


def test_scores_that_were_rounded_and_cut_contradict_each_other() -> None:
    """19.5 to 20 and 19.6 to 19: each may be printed so, but not both in one way."""
    rows = (row("甲", "≥100次", "97.5次", score="20"), row("乙", "≥100次", "98次", score="19"))
    assert verdicts(form(*rows), "W04", PILOT) == [E, T]
    assert verdicts(form(*rows), "W06", PILOT) == [I]
    wrong = row("丙", "≥100次", "50次", score="20")  # 10 are due: that 20 is more than 19 is told
    assert verdicts(form(wrong, rows[1]), "W04", PILOT) == [I, T]
    assert verdicts(form(wrong, rows[1]), "W06", PILOT) == ["by-rule"]


def test_scores_that_are_due_never_fall() -> None:
    rows = (row(f"完成{n}", "≥100次", f"{n}次", score=s) for n, s in ((80, "16"), (90, "18")))
    assert verdicts(form(*rows), "W06", PILOT) == [E]


def test_a_fall_to_a_wrong_score_counts_where_the_rule_set_is_silent_on_the_other() -> None:
    """18 are due at 100 % of ≥90 %; nothing is said of 88 %, which has more than 17."""
    rows = (row("甲", "≥90%", "88%", score="19"), row("乙", "≥90%", "100%", score="17"))
    assert verdicts(form(*rows), "W04", "xinjiang-observed-2023") == ["rule-silent", I]
    (finding,) = findings_of(form(*rows), "W06", "xinjiang-observed-2023")
    assert finding.verdict is I
    assert isinstance(finding.equation, Equation)


def test_a_fall_that_the_rule_set_does_not_tell_comes_before_those_that_it_does() -> None:
    ruled = row("甲", "≥100次", "80次", score="19"), row("乙", "≥100次", "90次", score="8")
    silent = row("丙", "=100次", "85次", score="18"), row("丁", "=100次", "90次", score="17")
    report = form(*ruled, *silent)
    assert verdicts(report, "W04", PILOT) == [I, I, "rule-silent", "rule-silent"]
    (finding,) = findings_of(report, "W06", PILOT)
    assert finding.verdict is I
    assert "丙" in finding.why.zh  # 18 beside 8 of 乙, which is wrong by the rule-set
    assert "乙" in finding.why.zh
    assert "另有 2 项" in finding.why.zh  # 丙 and 丁 beside 甲
    (alone,) = findings_of(form(ruled[0], *silent), "W06", PILOT)
    assert alone.verdict is I
    assert "丁" in alone.why.zh


def test_a_deduction_with_a_reason_is_for_a_reviewer() -> None:
    low, high = row("a", "≥90%", "80%", score="18"), row("b", "≥90%", "85%", score="15")
    explained = attrs.evolve(high, explanation="两项佐证材料缺失，扣减得分")
    assert verdicts(form(low, high), "W06") == [I]
    (finding,) = findings_of(form(low, explained), "W06")
    assert finding.reason == "review"
    assert "已说明原因" in finding.why.zh
    # Why the other one lost few is no reason for this one.
    assert verdicts(form(attrs.evolve(low, explanation="进度略慢"), high), "W06") == [I]
    assert verdicts(form(low, attrs.evolve(high, explanation="无")), "W06") == [I]


def test_satisfaction_may_be_scored_by_bands() -> None:
    """85 % of ≥90 %: 8 of 10 by the bands of a form, while others are scored by proportion."""
    rows = row("办件量", "≥100件", "90件", weight="10", score="9"), row(
        "群众满意度", "≥90%", "85%", weight="10", score="8"
    )  # fmt: skip
    (finding,) = findings_of(form(*rows), "W06")
    assert finding.reason == "review"
    assert "性质不同" in finding.why.zh


def scored(actual: str, score: Figure) -> Indicator:
    return attrs.evolve(row(f"完成{actual}", "≥100次", actual), score=score)


def rounded(text: str) -> Figure:
    return Figure(value=text, rounding=RoundingMode.HALF_UP)


@pytest.mark.parametrize(
    ("low", "high", "outcome"),
    [
        ("18", "18.6", E),
        ("18.6", "18", R),  # 18.6 and 18.9, cut off to a whole 18
        ("19", "18.5", R),  # 18.5 and 18.5, rounded to 19
        ("19", "18.0", I),
        ("18.6", "18.5", I),
        ("18.55", "18.5", R),
        ("18.60", "18.5", I),  # less than 18.6, however it was rounded
        ("18.60", "18.50", I),
    ],
)
@pytest.mark.parametrize("exact", [False, True])
def test_scores_of_unequal_places(low: str, high: str, outcome: object, exact: bool) -> None:
    """A rule that rises gives scores that rise, but not when one is printed to more places."""
    figures = [
        attrs.evolve(rounded(text), rounding=None) if exact else rounded(text)
        for text in (low, high)
    ]
    report = form(scored("80次", figures[0]), scored("90次", figures[1]))
    (finding,) = findings_of(report, "W06")
    assert finding.verdict is outcome
    assert finding.why.zh.endswith("（舍入范围内）") is (outcome is R)
    assert finding.why.en.endswith(", within rounding") is (outcome is R)


def test_a_fall_within_rounding_to_a_score_that_is_not_due_is_told() -> None:
    """16 and 18 are due: 16.4 and 16 are neither, and fall by less than a whole point."""
    rows = scored("80次", rounded("16.4")), scored("90次", rounded("16"))
    assert verdicts(form(*rows), "W04", PILOT) == [I, I]
    assert verdicts(form(*rows), "W06", PILOT) == [R]


def test_completions_that_overlap_are_in_no_order() -> None:
    """8.5 of 10 may be less than what prints as 8 of 10, if that is rounded to whole ones."""
    wide = attrs.evolve(
        row("a", "≥10次", "8次", score="18"),
        actual=Figure(value="8", unit="次", rounding=RoundingMode.NEAREST),
    )
    assert verdicts(form(wide, row("b", "≥10次", "8.4次", score="17")), "W06") == [E]
    assert verdicts(form(wide, row("b", "≥10次", "8.5次", score="17")), "W06") == [E]
    assert verdicts(form(wide, row("b", "≥10次", "8.6次", score="17")), "W06") == [I]


def test_a_completion_that_may_be_above_its_target_is_for_a_reviewer() -> None:
    at = attrs.evolve(
        row("b", "≥100万元", "100万元", score="17"), actual=Figure.parse("100.00万元")
    )
    assert verdicts(form(row("a", "≥100万元", "90万元", score="18"), at), "W06") == ["review"]


def test_unequal_weights_are_not_compared() -> None:
    rows = row("a", "≥9", "5", weight="10", score="9"), row("b", "≥9", "8", weight="20", score="5")
    assert verdicts(form(*rows), "W06") == ["not-stated"]


def test_a_fall_names_both() -> None:
    rows = row("甲", "≥100%", "60%", score="18"), row("乙", "≥100%", "70%", score="14")
    (finding,) = findings_of(form(*rows), "W06")
    says(finding.message, "甲", "乙")
    assert len(finding.operands) == 8  # score, weight, actual and target of both
    assert isinstance(finding.equation, Equation)
    assert [f.path for f in finding.operands if f.path.endswith("score")] == [
        "form.indicators[0].score", "form.indicators[1].score",
    ]  # fmt: skip


def test_all_falls_of_one_weight_are_one_finding() -> None:
    """18, 14, 15 and 12 at 60, 70, 80 and 90 %: three have less than one below, 12 the least."""
    numbers = (("60%", "18"), ("70%", "14"), ("80%", "15"), ("90%", "12"), ("95%", "18"))
    rows = (row(f"指标{done}", "≥100%", done, score=score) for done, score in numbers)
    (finding,) = findings_of(form(*rows), "W06")
    assert finding.verdict is I
    assert "指标60%" in finding.why.zh
    assert "指标90%" in finding.why.zh
    says(finding.why, "另有 2 项", "2 more")
    assert len(finding.operands) == 8


def test_a_contradiction_comes_before_what_is_asked() -> None:
    """The deepest fall is to 200 %; the one to 90 % contradicts."""
    numbers = (("80次", "19"), ("90次", "18"), ("200次", "10"))
    rows = (row(f"指标{done}", "≥100次", done, score=score) for done, score in numbers)
    (finding,) = findings_of(form(*rows), "W06")
    assert finding.verdict is I
    assert "指标90次" in finding.why.zh
    assert "另有 1 项" in finding.why.zh


def test_text_and_form_and_weights_are_groups_of_their_own() -> None:
    falling = (row("甲", "≥100%", "60%", score="18"), row("乙", "≥100%", "70%", score="14"))
    light = (
        row("丙", "≥100%", "60%", weight="5", score="4"),
        row("丁", "≥100%", "70%", weight="5", score="4"),
    )
    report = Report(
        narrative=Statement(indicators=falling), form=Statement(indicators=(*falling, *light))
    )
    assert verdicts(report, "W06") == [I, I, E]


def test_completions_that_only_touch_are_apart() -> None:
    """Cells of neighbouring prints share no value, so one is below the other for certain."""
    low, high = Interval(lower=0, upper=1, upper_closed=False), Interval(lower=1, upper=2)
    assert _surely_below(low, high)
    assert not _surely_below(high, low)
    assert not _surely_below(Interval(lower=0, upper=1), high)
