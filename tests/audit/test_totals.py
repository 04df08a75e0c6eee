"""The checks of totals of weights and scores, on cases worked out by hand."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import attrs
import pytest

from budgetperf import Figure, Indicator, Interval, RoundingMode, Statement, audit
from budgetperf import SelfEvaluation as Report
from budgetperf.exact import Missing, MissingReason, Stated
from budgetperf.model import Funding, Reading
from budgetperf.relations.assumption import Assumption
from budgetperf.rules import (
    Curve,
    Gauge,
    Knot,
    Measure,
    NotApplicable,
    QuantitativeRule,
    ScoreRounding,
    TotalCap,
    derive,
    get,
)
from tests.audit.check_cases import E, I, R, findings_of, message_says, only, verdicts
from tests.factories import BLANK, DASH, NONE, OWN, form, in_text, indicator, row, stated, there

# --- W01


def weighed(*weights: str | Stated | None, execution: str | Stated | None = "10") -> Report:
    rows = (indicator(f"指标{n}", "产出指标", weight) for n, weight in enumerate(weights))
    return form(*rows, weight=execution)


def totalled(report: Report, **totals: Any) -> Report:
    return attrs.evolve(report, form=attrs.evolve(report.form, **totals))


@pytest.mark.parametrize(
    ("report", "outcome"),
    [
        (weighed("50", "40"), E),
        (weighed("50", "40.01"), I),
        (weighed("50", "39"), I),
        (weighed("50", "40", DASH), E),
        (weighed("50", "30", DASH), "review"),  # what does not apply may have weighed 10
        (weighed("50", "50", DASH), I),  # too much, whatever it weighed
        (weighed("50", "50", execution=None), E),  # a form without a row for execution
        (weighed("50", "50", execution=DASH), E),
        (weighed("50", "40", execution=None), "review"),
        (weighed("50", "60", execution=None), I),
        (weighed("50", BLANK), "not-stated"),
        (weighed("50", "50", execution=BLANK), "not-stated"),
        (weighed("50", "40%"), "unit-mismatch"),
        (weighed(None, None), "not-stated"),
        (weighed(DASH), "not-stated"),
        (weighed(), "not-stated"),
        (in_text(weighed("50", "40")), E),
    ],
)
def test_weights_add_up(report: Report, outcome: object) -> None:
    assert verdicts(report, "W01") == [outcome]
    assert verdicts(report, "W01", "national-2020") == [outcome]


ASSUMED = (Assumption.ABSENT_IS_ZERO,)


@pytest.mark.parametrize(
    ("report", "comparator", "assumes"),
    [
        (weighed("50", "40"), "=", ()),
        (weighed("50", "41"), "=", ()),
        (weighed("50", BLANK), "=", ()),
        (weighed("50", "40", DASH), "≥", ASSUMED),  # it holds, if the dash is none
        (weighed("50", "30", DASH), "≥", ASSUMED),
        (weighed("50", "50", DASH), "≥", ()),  # it is broken in any case
        (weighed("50", BLANK, DASH), "≥", ()),  # nothing is said yet
        (weighed("50", "50", execution=None), "≥", ASSUMED),
    ],
)
def test_what_is_left_out_may_weigh_something(
    report: Report, comparator: str, assumes: tuple[Assumption, ...]
) -> None:
    """So the whole is at least what the others weigh, and no other figure follows from it."""
    finding = only(findings_of(report, "W01"))
    assert there(finding.equation).comparator == comparator
    assert finding.assumes == assumes


READ = Reading(source="x.md", layout="forms", encoding="utf-8", numbers=0, accounted=0)


@pytest.mark.parametrize(
    ("report", "outcome"),
    [
        (weighed("50", "40"), E),
        (weighed("50", "39"), "review"),  # rows may be missing at the end
        (weighed("50", "39", execution=DASH), "review"),
        (weighed("50", "41"), I),
        (totalled(weighed("50", "39"), total_score=stated("99")), I),
        (totalled(weighed("50", "39"), total_weight=stated("99")), I),
        (in_text(weighed("50", "39")), I),
    ],
)
def test_weights_of_a_form_that_may_be_cut(report: Report, outcome: object) -> None:
    assert verdicts(attrs.evolve(report, reading=READ), "W01") == [outcome]


# --- W15


@pytest.mark.parametrize(
    ("report", "outcome"),
    [
        (totalled(weighed("50", "40"), total_weight=stated("100")), E),
        (totalled(weighed("50", "40"), total_weight=stated("90")), E),  # of the indicators alone
        (totalled(weighed("90"), total_weight=stated("90")), E),  # of the only one
        (totalled(weighed("50", "40"), total_weight=stated("95")), I),
        (totalled(weighed("50", "40", execution=None), total_weight=stated("90")), E),
        (totalled(weighed("50", BLANK), total_weight=stated("90")), "not-stated"),
    ],
)
def test_the_total_of_the_weights(report: Report, outcome: object) -> None:
    assert verdicts(report, "W15") == [outcome]


@pytest.mark.parametrize(
    ("score", "total", "outcome"),
    [
        ("20", "49", I),  # 10, 20 and 20 are due, and 50 in all: nothing was rounded
        ("20", "50", E),
        ("19", "49", E),  # 19.4 is due: 19 is that, rounded, and so may be all others
        ("19", "50", R),  # up to 10.5 + 20.5 + 19.5 are 50.5
        ("19", "52", I),
    ],
)
def test_whole_scores_are_rounded_where_the_rule_set_shows_it(
    score: str, total: str, outcome: object
) -> None:
    done = "97次" if score == "19" else "100次"
    rows = row("a", "=100次", "100次"), row("b", "≥100次", done, score=score)
    rules = derive("yitihua-default", id="own", title=OWN, without=["score_rounding"])
    report = form(
        *rows, weight="10", score="10", total=total, revised="100万元", executed="100万元"
    )
    assert verdicts(report, "W08", rules)[-1] == outcome


def test_a_form_without_a_total_of_the_weights() -> None:
    assert verdicts(weighed("50", "40"), "W15") == []


# --- W16


def test_a_mark_is_weighted() -> None:
    def marked(mark: str, score: str) -> Report:
        return form(Indicator(name="甲率", mark=mark, weight="25", score=score))

    assert verdicts(marked("90", "22.5"), "W16") == [E]
    assert verdicts(marked("90", "22.4"), "W16") == [I]
    assert verdicts(form(Indicator(name="甲率", weight="25", score="25")), "W16") == []


def test_weights_of_another_whole() -> None:
    rules = derive("yitihua-default", id="own", title=OWN, total=Fraction(120))
    assert verdicts(weighed("50", "60"), "W01", rules) == [E]
    wrong = only(findings_of(weighed("50", "40"), "W01", rules))
    message_says(wrong, "120 = 10 + (50 + 40)：按其余数字应为100", "the other figures give 100")


def test_what_is_said_of_a_dash() -> None:
    open_ = only(findings_of(weighed("50", "30", DASH), "W01"))
    message_says(open_, "100 = 10 + (50 + 30)", "a dash")
    assert "请复核" in open_.why.zh
    assert (open_.gap, open_.equation and open_.equation.comparator) == (None, "≥")
    assert "指标2" not in open_.relation


# --- W08


def scored(
    *scores: str | Stated | None,
    weight: str | Stated | None = "10",
    execution: str | Stated | None = "10",
    total: str | Stated = "100",
) -> Report:
    rows = (indicator(f"指标{n}", "产出指标", "45", score) for n, score in enumerate(scores))
    return form(*rows, weight=weight, score=execution, total=total)


@pytest.mark.parametrize(
    ("report", "outcome"),
    [
        (scored("45", "45"), E),
        (scored("45", "43"), I),  # defects.md §1, 000: 98 and 100 stated
        (scored("45", "45", DASH), E),
        (scored("45", "35", DASH), "review"),
        (scored("45", "46", DASH), I),
        (scored("55", "45", weight=None, execution=None), E),
        (scored("45", "45", weight=None, execution=None), "review"),
        (scored("55", "46", weight=None, execution=None), I),
        (scored("45", "45", execution=None), "not-stated"),  # a weight, but no score
        (scored("45", "45", execution=DASH), "review"),
        (scored("45", BLANK), "not-stated"),
        (scored("45", "45", total=BLANK), "not-stated"),
        (scored("45", "45", total=NONE), "not-stated"),
        (scored(None, None), "not-stated"),
        (scored("45", "45", total="100%"), "unit-mismatch"),
    ],
)
def test_the_total_is_the_sum(report: Report, outcome: object) -> None:
    """In the form, and the total of the text against the scores of the form."""
    assert verdicts(report, "W08") == ["not-stated", outcome]
    narrative = Statement(total_score=report.form.total_score)
    bare = attrs.evolve(report.form, total_score=NONE)
    elsewhere = Report(narrative=narrative, form=bare)
    assert verdicts(elsewhere, "W08") == [outcome, "not-stated"]
    assert verdicts(elsewhere, "W08", "yitihua-default") == [outcome, "not-stated"]


@pytest.mark.parametrize(
    ("weights_of", "execution", "total", "outcome"),
    [
        ("80", "20", "78", E),  # 合计 of the indicators: 80 and 78, beside 20 for the execution
        ("80", "20", "98", E),
        ("80", "20", "79", I),
        ("100", "20", "78", I),
        ("80", "10", "78", I),  # 90 in all: something is wrong with the weights
    ],
)
def test_the_total_may_be_that_of_the_indicators(
    weights_of: str, execution: str, total: str, outcome: object
) -> None:
    rows = (indicator("甲", "产出指标", "50", "48"), indicator("乙", "效益指标", "30", "30"))
    whole = form(*rows, weight=execution, score=execution, total=total)
    report = attrs.evolve(
        whole, form=attrs.evolve(whole.form, total_weight=Figure.parse(weights_of))
    )
    assert verdicts(report, "W08")[-1] == outcome


@pytest.mark.parametrize(
    ("weights_of", "score", "total", "outcome"),
    [
        (("60", "40"), "38", "98", E),
        (("60", "40"), "38", "99", I),  # nothing else weighs anything
        (("60", "30"), "28", "98", "review"),  # 10 points of something else
        (("60", None), "38", "99", "review"),
        (("100", None), "38", "99", "review"),
        (("60", "40"), DASH, "98", "review"),
    ],
)
def test_where_the_indicators_weigh_all_there_is(
    weights_of: tuple[str, str | None], score: str, total: str, outcome: object
) -> None:
    first, second = weights_of
    rows = (indicator("甲", "产出指标", first, "60"), indicator("乙", "效益指标", second, score))
    report = form(*rows, weight=None, score=None, total=total)
    assert verdicts(report, "W08")[-1] == outcome


def test_a_total_beside_a_blank_score_of_the_execution_is_not_decided() -> None:
    rows = (indicator("甲", "产出指标", "50", "48"), indicator("乙", "效益指标", "30", "30"))
    report = form(*rows, weight="20", score=BLANK, total="78")
    whole = totalled(report, total_weight=Figure.parse("80"))
    assert verdicts(whole, "W08")[-1] == "not-stated"


def test_where_budget_execution_weighs_nothing_its_score_is_no_row_apart() -> None:
    rows = (indicator("甲", "产出指标", "60", "58"), indicator("乙", "效益指标", "40", "40"))
    for total, outcome in (("103", E), ("98", I)):
        report = form(*rows, weight="0", score="5", total=total)
        whole = totalled(report, total_weight=Figure.parse("100"))
        assert verdicts(whole, "W08")[-1] == outcome


def applying(total: str | Stated, last: Indicator, execution: str = "9") -> Report:
    """9 + 45 + 30 = 84 of the 10 + 50 + 30 = 90 points that apply: 84 × 100 / 90 = 93.33…"""
    rows = indicator("甲", "产出指标", "50", "45"), indicator("乙", "效益指标", "30", "30")
    return form(*rows, last, weight="10", score=execution, total=total)


WITH_DASH = indicator("丙", "满意度指标", "10", DASH)
IN_WORDS = Missing(reason=MissingReason.QUALITATIVE, text="未完成")
ROUNDED = Figure(value="93.33", rounding=RoundingMode.HALF_UP)


@pytest.mark.parametrize(
    ("total", "last", "outcome"),
    [
        ("93.33", WITH_DASH, E),
        (ROUNDED, WITH_DASH, E),
        (Figure(value="93.34", rounding=RoundingMode.UP), WITH_DASH, E),
        ("93", WITH_DASH, E),  # rounded to a whole number
        ("93.34", WITH_DASH, I),
        ("84", WITH_DASH, I),  # not rescaled, as the rule-set has it
        ("93.33", indicator("丙", "满意度指标", DASH, DASH), E),
        ("93.33", attrs.evolve(WITH_DASH, actual=DASH, score=stated("0")), E),
        (
            "84",
            attrs.evolve(WITH_DASH, actual=stated("0次"), score=stated("0")),
            E,
        ),  # 0 of 10 earned
        (
            "84",
            attrs.evolve(WITH_DASH, score=stated("0")),
            E,
        ),  # nothing says that it does not apply
        ("93.33", attrs.evolve(WITH_DASH, score=stated("0")), I),
        ("93.33", attrs.evolve(WITH_DASH, score=stated("0"), actual=IN_WORDS), I),
        ("94", indicator("丙", "满意度指标", "10", "10"), E),  # all of it applies
        ("89", attrs.evolve(WITH_DASH, actual=DASH, score=stated("5")), E),  # it has points
        ("98.89", attrs.evolve(WITH_DASH, actual=DASH, score=stated("5")), I),
        ("93.33", indicator("丙", "满意度指标", "10", BLANK), "not-stated"),
        (BLANK, WITH_DASH, "not-stated"),
    ],
)
def test_a_rescaled_total(total: str | Stated, last: Indicator, outcome: object) -> None:
    report = applying(total, last)
    assert verdicts(report, "W08", "generic-form-rescale") == ["not-stated", outcome]
    wrong = audit(report, rules="generic-form-rescale").inconsistent
    assert [finding.code for finding in wrong] == ["W08"] * (outcome is I)


def test_a_rule_that_a_form_prints_takes_no_place_of_the_rule_set() -> None:
    report = applying("93.33", WITH_DASH)
    first, *others = report.form.indicators
    rows = (attrs.evolve(first, scoring_rule="达到指标值得满分"), *others)
    printed = attrs.evolve(report, form=attrs.evolve(report.form, indicators=rows))
    assert verdicts(printed, "W08", "generic-form-rescale")[-1] == E


def test_a_row_whose_actual_value_is_told_in_the_text_applies() -> None:
    """A dash in the form and 0次 in the text: nothing was reached, and 0 of 10 points earned."""
    unreached = attrs.evolve(WITH_DASH, actual=DASH, score=stated("0"))
    narrative = Statement(indicators=[attrs.evolve(unreached, weight=NONE, actual=stated("0次"))])
    for total, outcome in (("84", E), ("93.33", I)):
        report = attrs.evolve(applying(total, unreached), narrative=narrative)
        assert verdicts(report, "W08", "generic-form-rescale")[-1] == outcome


@pytest.mark.parametrize(
    ("total", "other", "outcome"),
    [
        ("93.33", None, E),  # 丙 does not apply
        ("84", None, "review"),  # or it does, and nothing was reached
        ("85", None, I),  # neither
        ("93.33", indicator("丁", "满意度指标", "1", DASH), E),  # neither 9 nor 1 applies
        ("84.85", indicator("丁", "满意度指标", "1", DASH), "review"),  # 84 × 100 / 99
        ("84", indicator("丁", "满意度指标", "1", DASH), I),  # a score that is a dash never counts
    ],
)
def test_a_dash_beside_0_points_may_be_a_value_that_is_not_told(
    total: str, other: Indicator | None, outcome: object
) -> None:
    unsure = indicator("丙", "满意度指标", "9" if other else "10", "0")
    unsure = attrs.evolve(unsure, actual=DASH)
    report = applying(total, unsure)
    if other is not None:
        report = attrs.evolve(
            report, form=attrs.evolve(report.form, indicators=(*report.form.indicators, other))
        )
    finding = findings_of(report, "W08", "generic-form-rescale")[-1]
    assert (finding.reason or finding.verdict) == outcome
    if outcome == "review":
        message_says(
            finding, "得 0 分的指标若计入总分，则各项之和相符", "if rows with a dash and 0 points"
        )


@pytest.mark.parametrize(
    ("total", "is_wrong"), [("58.50", False), ("97.50", False), ("53.00", True)]
)
def test_a_total_that_may_be_rescaled_is_not_taken_for_rescaled(total: str, is_wrong: bool) -> None:
    """9 + 44.5 + up to 5, and 0 of 40 beside a dash: 58.5, or 58.5 × 100 / 60, but not 53."""

    def points(text: str) -> Figure:
        return Figure(value=text, rounding=RoundingMode.HALF_UP)

    masked = Missing(reason=MissingReason.MASKED, text="****")
    scored = (
        attrs.evolve(indicator("甲", "产出指标", "45"), score=points("44.50")),
        attrs.evolve(indicator("乙", "产出指标", "5"), score=masked),
        attrs.evolve(indicator("丙", "满意度指标", "40"), score=points("0.00"), actual=DASH),
    )
    report = form(*scored, weight="10", score=points("9.00"), total=points(total))
    wrong = audit(report, rules="generic-form-rescale").inconsistent
    assert bool(wrong) is is_wrong


def test_a_score_that_is_blank_follows_from_the_rescaled_total() -> None:
    """93.33 are 10/9 of 84: 9 + 30 and 45, but for what rounding leaves open."""
    report = applying(ROUNDED, WITH_DASH)
    first, *others = report.form.indicators
    rows = (attrs.evolve(first, score=BLANK), *others)
    blank = attrs.evolve(report, form=attrs.evolve(report.form, indicators=rows))
    values = there(audit(blank, rules="generic-form-rescale").bounds("form.indicators[0].score"))
    assert values.lower == Fraction("93.325") * 9 / 10 - 39
    assert values.upper == Fraction("93.335") * 9 / 10 - 39


def test_what_is_said_of_a_rescaled_total() -> None:
    wrong = findings_of(applying("84", WITH_DASH), "W08", "generic-form-rescale")[-1]
    message_says(
        wrong, "84 = 10/9 * (9 + (45 + 30))：按其余数字应在93.33至93.34之间", "93.33 to 93.34"
    )
    asked = findings_of(applying("93.33", WITH_DASH), "W08")[-1]
    assert asked.reason == "review"  # no rule-set says what becomes of the dash


def test_nothing_earned_for_the_execution_of_the_budget_is_no_dash() -> None:
    """0 + 45 + 30 = 75 of the 90 points that apply: 83.33 of 100."""
    for total, outcome in (("83.33", E), ("75", I)):
        report = applying(total, WITH_DASH, execution="0")
        assert verdicts(report, "W08", "generic-form-rescale")[-1] == outcome


def test_a_total_that_is_rescaled_by_one_is_a_plain_sum() -> None:
    """The rows that apply weigh 100: nothing is rounded, and 93 is not 93.3."""
    rows = indicator("甲", "产出指标", "90", "83.3"), indicator("乙", "效益指标", DASH, DASH)
    for total, outcome in (("93.3", E), ("93", I), ("94", "review")):
        report = form(*rows, weight="10", score="10", total=total)
        assert verdicts(report, "W08", "generic-form-rescale")[-1] == outcome


def test_a_factor_that_is_not_known() -> None:
    unweighed = (
        indicator("甲", "产出指标", BLANK, "45"),
        indicator("乙", "效益指标", "30", "30"),
        WITH_DASH,
    )
    report = form(*unweighed, weight="10", score="9", total="93.33")
    assert verdicts(report, "W08", "generic-form-rescale")[-1] == "review"
    without_execution = form(*unweighed, total="93.33")
    assert verdicts(without_execution, "W08", "generic-form-rescale")[-1] == "review"
    zero = indicator("甲", "产出指标", "0", "0"), WITH_DASH
    assert verdicts(form(*zero, total="10"), "W08", "generic-form-rescale")[-1] == "review"


def test_a_row_that_is_not_there_may_weigh_what_the_others_lack() -> None:
    """80 of the 80 that apply, and perhaps up to 10 for execution: 90 can be true, 79 cannot."""
    rows = (
        indicator("甲", "产出指标", "50", "50"),
        indicator("乙", "效益指标", "30", "30"),
        WITH_DASH,
    )
    for total, outcome in (("90", "review"), ("79", I)):
        assert verdicts(form(*rows, total=total), "W08", "generic-form-rescale")[-1] == outcome


def test_without_a_row_for_execution_the_others_may_weigh_all_there_is() -> None:
    """60 + 30 and a dash beside 10 are 100: 54 + 27 of the 90 that apply are 90 of 100."""
    rows = (
        indicator("甲", "产出指标", "60", "54"),
        indicator("乙", "效益指标", "30", "27"),
        WITH_DASH,
    )
    for total, outcome in (("90", E), ("81", I)):
        assert verdicts(form(*rows, total=total), "W08", "generic-form-rescale")[-1] == outcome


def test_a_rescaled_total_that_is_cut() -> None:
    """By a rule-set that cuts scores, 84 × 100 / 90 = 93.33… is 93; and 85 × 100 / 90 is 94."""
    rules = derive(
        "generic-form-rescale", id="own", title=OWN,
        score_rounding=ScoreRounding(places=0, mode=RoundingMode.DOWN),
    )  # fmt: skip
    for execution, total, outcome in (("9", "93", E), ("10", "94", E), ("9", "94", I)):
        report = applying(total, WITH_DASH, execution)
        assert verdicts(report, "W08", rules)[-1] == outcome


# --- W08 and W14, caps


def capped(
    total: str | Stated, initial: str = "100万元", revised: str | Stated = "130万元",
    scores: tuple[str, str] = ("45", "42"), reason: str = "",
) -> Report:  # fmt: skip
    """10 + 45 + 42 = 97, with an adjustment of 30 % unless said otherwise."""
    rows = (indicator(f"指标{n}", "产出指标", "45", score) for n, score in enumerate(scores))
    return form(
        *rows, weight="10", score="10", initial=initial, revised=revised, executed=revised,
        total=total, reason=reason,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("report", "sums", "caps"),
    [
        (capped("90"), E, E),
        (capped("97"), E, I),
        (capped("91"), I, I),
        (capped("89"), I, E),
        (capped("97", initial="100.00万元", revised="129.99万元"), E, E),
        (capped("90", initial="100.00万元", revised="129.99万元"), I, E),
        (capped("90", initial="100万元", revised="60万元"), E, E),  # down by 40 %
        (capped("97", initial="100万元", revised="60万元"), E, I),
        (capped("97", reason="上级追加"), E, E),
        (capped("90", reason="上级追加"), I, E),  # the cap is lifted
        (capped("97", reason="无"), E, I),
        (capped("80", scores=("40", "30")), E, E),
        (capped("90", scores=("40", "30")), I, E),  # 80 is below the cap
    ],
)
def test_a_large_adjustment_caps_the_total(report: Report, sums: object, caps: object) -> None:
    assert verdicts(report, "W08", "guangxi-mode")[-1] == sums
    assert verdicts(report, "W14", "guangxi-mode") == [caps]
    assert verdicts(report, "W14") == verdicts(report, "W14", "yitihua-default") == []
    exact = sum(Fraction(x) for x in ("10", *(str(i.score) for i in report.form.indicators)))
    same = E if str(report.form.total_score) == str(exact) else I
    assert verdicts(report, "W08", "yitihua-default")[-1] == same


def test_a_rounded_budget_leaves_the_cap_open() -> None:
    """130 of [129.5, 130.5) and 129 of [128.5, 129.5): a cap from 30 %."""

    def about(text: str) -> Figure:
        return Figure(value=text, unit="元", rounding=RoundingMode.HALF_UP)

    for revised, outcome in (("130", R), ("129", E), ("131", I)):
        report = capped("97", initial="100元", revised=about(revised))
        finding = only(findings_of(report, "W14", "guangxi-mode"))
        assert finding.verdict is outcome
        assert (finding.equation is None) == (outcome is not I)
        held = findings_of(
            capped("90", initial="100元", revised=about(revised)), "W08", "guangxi-mode"
        )[-1]
        assert held.verdict is (I if revised == "129" else E)
        # What may be in force says nothing of the figures together.
        assert (held.equation is None) == (revised == "130")
    below = only(findings_of(capped("80", "100元", about("130")), "W14", "guangxi-mode"))
    assert (below.verdict, below.equation) == (E, None)


@pytest.mark.parametrize(
    ("report", "comparator"),
    [
        (capped("97"), "≤"),  # what is told of it is that it should be capped
        (capped("80", scores=("40", "30")), "="),  # below the cap it is the sum
        (capped("97", reason="上级追加"), "="),  # there is no cap
        (capped("97", revised="129万元"), "="),
        (capped("90", scores=("40", "40")), "≤"),  # so may be one of more points
    ],
)
def test_a_total_that_may_be_capped_is_no_more_than_the_sum(
    report: Report, comparator: str
) -> None:
    finding = findings_of(report, "W08", "guangxi-mode")[-1]
    assert finding.verdict is E
    assert there(finding.equation).comparator == comparator


def test_a_total_that_is_not_stated_may_be_capped_or_not() -> None:
    """10 + 45 + 42 = 97 is the most that it is; where nothing caps it, it is just that."""
    missing = there(audit(capped(BLANK), rules="guangxi-mode").bounds("form.total_score"))
    assert missing.upper == 97
    assert there(missing.lower) <= 90  # the cap, if it is one
    free = audit(capped(BLANK, revised="100万元"), rules="guangxi-mode")
    assert free.bounds("form.total_score") == Interval.point(97)


def test_what_is_said_of_a_cap() -> None:
    wrong = only(findings_of(capped("97"), "W14", "guangxi-mode"))
    message_says(
        wrong,
        "预算调整率（绝对值）为30%，总分不超过 90，填列97",
        "size of the budget adjustment 30%: the total is capped at 90; 97 is stated",
    )
    assert wrong.relation == "form.total_score <= 90 if adjustment-size in [0.3, ∞)"
    assert wrong.gap == 7
    assert "广西" in (wrong.provision or "")
    assert [operand.path.rpartition(".")[2] for operand in wrong.operands] == [
        "total_score", "revised", "initial",
    ]  # fmt: skip
    near = only(
        findings_of(capped("97", initial="1000000元", revised="1299996元"), "W14", "guangxi-mode")
    )
    message_says(near, "29.9996%，总分没有上限", "29.9996%: the total is not capped")
    lifted = only(findings_of(capped("97", reason="上级追加"), "W14", "guangxi-mode"))
    message_says(
        lifted, "30%，已说明原因，总分没有上限", "30%: a reason is given, the total is not capped"
    )
    held = findings_of(capped("90"), "W08", "guangxi-mode")[-1]
    message_says(
        held, "得分之和 97；预算调整率（绝对值）为30%，总分不超过 90", "the scores add up to 97; "
    )
    message_says(held, "总分不超过 90", "30%: the total is capped at 90")
    assert "广西" in (held.provision or "")


def test_a_cap_that_is_not_known() -> None:
    unknown = only(findings_of(capped("97", initial="0万元"), "W14", "guangxi-mode"))
    assert unknown.reason == "not-stated"
    message_says(unknown, "没有列出预算调整率", "neither the size of the budget adjustment")
    assert "total_score <= 90" in unknown.relation
    for total, outcome in (("90", "review"), ("97", E), ("91", I)):
        report = capped(total, initial="0万元")
        assert verdicts(report, "W08", "guangxi-mode")[-1] == outcome
    odd = only(findings_of(capped("97%"), "W14", "guangxi-mode"))
    assert (odd.reason, odd.verdict.holds) == ("unit-mismatch", False)
    assert odd.provision is not None


def test_a_rule_set_without_caps_asks_for_no_total() -> None:
    assert findings_of(form(), "W14", "yitihua-default") == []
    assert [f.reason for f in findings_of(form(), "W14", "guangxi-mode")] == ["not-stated"]


def test_of_several_caps_one_in_force_is_enough() -> None:
    """All was executed, and the budget adjusted by 30 %: 97 is 90, and no more."""
    caps = (
        TotalCap(on=Gauge.EXECUTION, within=Interval(upper="0.6", upper_closed=False), most=60),
        TotalCap(on=Gauge.ADJUSTMENT, within=Interval(lower="0.3"), most=90),
    )
    for total_caps in (caps, caps[::-1]):
        rules = derive("guangxi-mode", id="own", title=OWN, total_caps=total_caps)
        assert verdicts(capped("90"), "W08", rules)[-1] is E
        assert verdicts(capped("91"), "W08", rules)[-1] is I
        assert sorted(map(str, verdicts(capped("97"), "W14", rules))) == sorted(map(str, (E, I)))


def test_caps_by_execution_and_in_the_text() -> None:
    below = Interval(upper="0.6", upper_closed=False)
    rules = derive(
        "guangxi-mode", id="own", title=OWN,
        total_caps=(
            TotalCap(on=Gauge.EXECUTION, within=below, most=60),
            *get("guangxi-mode").total_caps,
        ),
    )  # fmt: skip
    report = capped("60")
    total = attrs.evolve(report.form.funding.total, executed=stated("70万元"))
    report = attrs.evolve(
        report,
        form=attrs.evolve(report.form, funding=Funding(total=total)),
        narrative=Statement(total_score=stated("90")),
    )
    # 70 of 130 are 53.85 %: no more than 60, in the text as in the form.
    findings = findings_of(report, "W14", rules)
    assert [finding.verdict for finding in findings] == [I, E, E, E]
    message_says(
        findings[0],
        "预算执行率为53.85%，总分不超过 60，填列90",
        "53.85%: the total is capped at 60",
    )
    # The form's total is the lower cap, that of the text the higher one.
    assert verdicts(report, "W08", rules) == [E, E]


def test_a_rescaled_total_may_be_capped_too() -> None:
    """93.33 rescaled, at most 90."""
    rules = derive(
        "generic-form-rescale", id="own", title=OWN,
        total_caps=(TotalCap(on=Gauge.ADJUSTMENT, within=Interval(lower="0.3"), most=90),),
    )  # fmt: skip
    for total, outcome in (("90", E), ("91", I)):
        report = applying(total, WITH_DASH)
        money = attrs.evolve(
            report.form.funding.total, initial=stated("100元"), revised=stated("150元")
        )
        report = attrs.evolve(report, form=attrs.evolve(report.form, funding=Funding(total=money)))
        assert verdicts(report, "W08", rules)[-1] == outcome


def test_a_rule_set_without_a_rule_for_the_direction() -> None:
    """It leaves the threshold of the catalogue, and so does one without a policy."""
    rules = derive("shanghai-2022", id="own", title=OWN, without=["at_least"])
    report = Report(form=Statement(indicators=(row("办件", "≥10次", "13次"),)))
    assert verdicts(report, "Q04", "shanghai-2022") == [E]
    assert verdicts(report, "Q04", rules) == ["review"]
    plain = QuantitativeRule(measure=Measure.COMPLETION, curve=Curve(knots=(Knot(x=0, y=1),)))
    assert verdicts(report, "Q04", attrs.evolve(rules, at_least=plain)) == ["review"]


# --- W09 beside what becomes of the total

CAPPED = derive(
    "yitihua-default", id="capped", title=OWN,
    total_caps=(TotalCap(on=Gauge.ADJUSTMENT, within=Interval(lower="0.3"), most=80),),
)  # fmt: skip
RESCALED = derive("yitihua-default", id="rescaled", title=OWN, not_applicable=NotApplicable.RESCALE)


def graded(report: Report, rating: str) -> Report:
    return attrs.evolve(report, form=attrs.evolve(report.form, rating=rating))


def test_the_rating_of_a_capped_total_is_that_of_the_cap() -> None:
    """100 points, 130 of 100 万元: at most 80, which is 良."""
    rows = (indicator("a", "产出", "90", "90"),)
    report = form(
        *rows, weight="10", score="10", initial="100万元", revised="130万元", executed="130万元",
        total="80",
    )  # fmt: skip
    for code in ("W08", "W09", "W14"):
        assert I not in verdicts(graded(report, "良"), code, CAPPED)
    assert verdicts(graded(report, "优"), "W09", CAPPED) == [I]


def test_the_rating_of_a_rescaled_total() -> None:
    """76 of 90 is 84.44 of 100: 良, and not 中."""
    rows = (indicator("a", "产出", "80", "66"), indicator("b", "产出", "10", DASH))
    report = form(
        *rows, weight="10", score="10", initial="5万元", revised="5万元", executed="5万元",
        total="84.44",
    )  # fmt: skip
    assert verdicts(graded(report, "良"), "W09", RESCALED) == [E]
    assert verdicts(graded(report, "中"), "W09", RESCALED) == [I]


def test_a_row_without_a_name_leaves_nothing_to_rescale() -> None:
    """The dash of a heading is none of an indicator: total and sum are rated, both 100."""
    rows = (indicator("", "产出", "90", DASH), indicator("a", "产出", "90", "90"))
    report = graded(form(*rows, weight="10", score="10", total="100"), "优")
    assert verdicts(report, "W09", RESCALED) == [E, E]


def test_scores_that_are_rescaled_are_not_rated_by_their_sum() -> None:
    """76 would be 中; a dash beside 0 points leaves 90 that apply, and 84.44 of 100 are 良."""
    none = attrs.evolve(indicator("b", "产出", "10", "0"), actual=DASH)
    report = form(
        indicator("a", "产出", "80", "66"), none, weight="10", score="10",
        initial="5万元", revised="5万元", executed="5万元", total="84.44",
    )  # fmt: skip
    assert verdicts(graded(report, "良"), "W09", RESCALED) == [E]
    assert verdicts(graded(report, "中"), "W09", RESCALED) == [I]


def test_the_budget_may_stand_in_the_text_alone() -> None:
    """130 of 100 万元 is said in the text, the total in the form."""
    narrative = form(initial="100万元", revised="130万元").form
    report = Report(narrative=narrative, form=form(total="85").form)
    (finding,) = [f for f in findings_of(report, "W14", CAPPED) if f.verdict is I]
    assert [o.path for o in finding.operands][1:] == [
        "narrative.funding.total.revised",
        "narrative.funding.total.initial",
    ]


def test_scores_of_which_one_is_blank_have_no_sum_to_rate() -> None:
    """100 is stated and 优; 10 + 45 and what is blank need not be 55."""
    report = scored("45", BLANK)
    assert verdicts(graded(report, "优"), "W09", "yitihua-default") == [E]


def test_a_total_that_earns_no_rating_hides_not_what_the_sum_earns() -> None:
    """Nothing is said of less than 80: 70 is stated, and 10 + 45 + 40 are 95."""
    rules = derive("yitihua-default", id="own", title=OWN)
    rules = attrs.evolve(rules, ratings=tuple(band for band in rules.ratings if band.least >= 80))
    report = scored("45", "40", total="70")
    for stated_rating, outcome in (("优", E), ("良", I)):
        assert verdicts(graded(report, stated_rating), "W09", rules) == ["rule-silent", outcome]
