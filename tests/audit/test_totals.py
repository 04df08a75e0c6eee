"""The checks of totals and weights, on cases worked out by hand."""

from __future__ import annotations

from fractions import Fraction

import attrs
import pytest

from budgetperf import Figure, Indicator, Statement, Text, audit
from budgetperf import SelfEvaluation as Report
from budgetperf.audit import Finding
from budgetperf.exact import Interval, RoundingMode, Stated
from budgetperf.model import Funding
from budgetperf.rules import (
    Curve,
    Gauge,
    Knot,
    LevelWeight,
    Measure,
    NotApplicable,
    QuantitativeRule,
    ScoreRounding,
    TotalCap,
    WeightLayout,
    derive,
    get,
)
from tests.audit.check_cases import E, I, R, found, points, row, verdicts
from tests.audit.rule_cases import (
    BLANK,
    DASH,
    NONE,
    OWN,
    cell,
    form,
    in_text,
    indicator,
    only,
    said,
)

# --- W01


def weighed(*weights: str | Stated | None, execution: str | Stated | None = "10") -> Report:
    rows = (indicator(f"指标{n}", "产出指标", weight) for n, weight in enumerate(weights))
    return form(*rows, weight=execution)


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


def test_weights_of_another_whole() -> None:
    rules = derive("yitihua-default", id="own", title=OWN, total=Fraction(120))
    assert verdicts(weighed("50", "60"), "W01", rules) == [E]
    wrong = only(found(weighed("50", "40"), "W01", rules))
    said(wrong, "120 = 10 + (50 + 40)：按其余数字应为 100", "by the other figures 100")


def test_what_is_said_of_a_dash() -> None:
    open_ = only(found(weighed("50", "30", DASH), "W01"))
    said(open_, "100 = 10 + (50 + 30)", "a dash")
    assert "请复核" in open_.why.zh
    assert (open_.gap, open_.equation and open_.equation.comparator) == (None, "≥")
    assert "指标2" not in open_.relation


# --- W02


def test_form_092() -> None:
    """defects.md §1, 092: 70/20/10 and 10 for execution add up to 110, and 100 is stated."""
    report = form(
        indicator("甲", "产出指标", "40", level2="数量指标"),
        indicator("乙", "产出指标", "30", level2="质量指标"),
        indicator("丙", "效益指标", "20"),
        indicator("丁", "满意度指标", "10"),
        weight="10",
    )
    wrong = only(found(report, "W01"))
    assert wrong.verdict is I
    said(wrong, "应为 110", "by the other figures 110")
    by_heading = {
        one.subject.zh: one.reason or one.verdict
        for one in found(report, "W02", "sichuan-transfer-2022")
        if one.provision
    }
    assert by_heading == {
        "“预算执行”": E, "“产出”": "review", "“效益”": "review", "“满意度”": E,
    }  # fmt: skip
    (output,) = [
        one for one in found(report, "W02", "sichuan-transfer-2022") if one.subject.zh == "“产出”"
    ]
    said(output, "分值合计 70，规则集为 50", "add up to 70; by the rule-set to 50")


def test_form_106() -> None:
    """20 + 60 + 40 = 120, stated 100; a block of 80 points that sums to 100."""
    report = form(
        indicator("甲", "绩效指标（80分）", "60", level2="产出指标"),
        indicator("乙", "绩效指标（80分）", "40", level2="效益指标"),
        weight="20",
    )
    said(only(found(report, "W01")), "应为 120", "by the other figures 120")
    block = only(found(report, "W02"))
    assert block.verdict is I
    assert block.subject == Text(zh="“绩效指标”", en="绩效指标")
    said(block, "80 = 60 + 40：按其余数字应为 100", "by the other figures 100")
    assert block.gap == 20


def test_form_036() -> None:
    """A row of dashes for what does not apply: weights and total are 100, and nothing is asked."""
    report = form(
        indicator("甲", "产出指标（50分）", "50", "50"),
        indicator("乙", "效益指标（40分）", "40", "40"),
        indicator("丙", "效益指标（40分）", DASH, DASH),
        weight="10", score="10", total="100",
    )  # fmt: skip
    for code in ("W01", "W02", "W08"):
        stated = [one for one in found(report, code) if one.operands]
        assert stated
        assert {one.verdict for one in stated} == {E}


def test_form_094() -> None:
    """50/30/10 are 90 without a row for execution: they may be 90 of 100, and are asked about."""
    rows = (
        indicator("甲", "产出指标", "50"),
        indicator("乙", "效益指标", "30"),
        indicator("丙", "满意度指标", "10"),
    )
    asked = only(found(form(*rows), "W01"))
    assert asked.reason == "review"
    said(asked, "应为 90", "by the other figures 90")
    assert verdicts(form(*rows, weight="0"), "W01") == [I]
    # The layout looks only at what is there.
    assert verdicts(form(*rows), "W02", "sichuan-transfer-2022")[1:] == [E, E, E]


def tree(inner: str = "20", quantity: str = "30", quality: str = "20") -> Report:
    """产出 50 = 数量 30 + 质量 20 = (10 + 20) + 20, the weights in rows of their own."""
    return form(
        indicator("", "产出指标", "50"),
        indicator("", "产出指标", quantity, level2="数量指标"),
        indicator("甲", "产出指标", "10", level2="数量指标"),
        indicator("乙", "产出指标", inner, level2="数量指标"),
        indicator("", "产出指标", quality, level2="质量指标"),
        indicator("丙", "产出指标", "20", level2="质量指标"),
        indicator("丁", "", "7"),  # no heading, nothing to compare
    )


@pytest.mark.parametrize(
    ("report", "outcome"),
    [
        # 产出 by its rows, 产出 by its headings, 数量, 质量
        (tree(), [E, E, E, E]),
        (in_text(tree()), [E, E, E, E]),
        (tree(inner="21"), [I, E, I, E]),
        (tree(quantity="31"), [E, I, I, E]),
        (tree(quality="19.5"), [E, I, E, I]),
    ],
)
def test_weights_add_up_level_by_level(report: Report, outcome: list[object]) -> None:
    assert verdicts(report, "W02") == outcome


def test_a_heading_in_words() -> None:
    plain = form(indicator("甲", "产出指标 (50.5 分)", "50.5"), indicator("乙", "效益指标", "30"))
    assert verdicts(plain, "W02") == [E]
    twice = form(indicator("甲", "产出（50分）", "50"), indicator("乙", "产出（60分）", "10"))
    assert verdicts(twice, "W02") == [I, E]
    silent = form(indicator("甲", "产出指标", "50"), indicator("乙", "效益指标（三成）", "30"))
    assert verdicts(silent, "W02") == ["not-stated"]
    unweighed = form(indicator("甲", "产出指标（50分）", None))
    assert verdicts(unweighed, "W02") == ["not-stated"]
    blank = form(indicator("甲", "产出（50分）", "30"), indicator("乙", "产出（50分）", BLANK))
    assert "缺少" in only(found(blank, "W02")).why.zh
    dash = form(indicator("甲", "产出（50分）", "30"), indicator("乙", "产出（50分）", DASH))
    assert verdicts(dash, "W02") == ["review"]
    partly = form(indicator("", "产出", "50"), indicator("", "产出", "50", level2="数量"),
                  indicator("甲", "产出", None, level2="质量"))  # fmt: skip
    assert verdicts(partly, "W02") == ["not-stated"]


CENTRAL = {
    "with-cost": (("成本", "20"), ("产出", "40"), ("效益", "20"), ("满意度", "10")),
    "with-cost-alone": (("成本", "20"), ("产出", "40"), ("效益", "30")),
    "without-cost": (("产出", "50"), ("效益", "30"), ("服务对象满意度", "10")),
    "without-either": (("产出", "50"), ("效益", "40")),
}


def central(*weights: tuple[str, str], execution: str | None = "10") -> list[Finding]:
    rows = (indicator(name, f"{name}指标", weight) for name, weight in weights)
    report = form(*rows, weight=execution)
    return [one for one in found(report, "W02", "central-2021-101") if one.provision]


@pytest.mark.parametrize("weights", CENTRAL.values(), ids=CENTRAL)
@pytest.mark.parametrize("execution", ["10", None])
def test_variants_of_a_layout(weights: tuple[tuple[str, str], ...], execution: str | None) -> None:
    findings = central(*weights, execution=execution)
    assert {one.verdict for one in findings} == {E}
    assert len(findings) == len(weights) + (execution is not None)


def test_the_variant_is_told_by_its_headings() -> None:
    """Without 成本 the weights are held against 50/30/10, though 40 and 20 stand elsewhere."""
    findings = central(("产出", "40"), ("效益", "20"), ("满意度", "30"))
    assert [one.reason or one.verdict for one in findings] == [E, "review", "review", "review"]
    said(
        findings[1],
        "分值合计 40，规则集（不设成本指标）为 50",
        "add up to 40; by the rule-set (without cost indicators) to 50",
    )
    cost = central(("成本", "20"), ("产出", "40"), ("效益", "21"), ("满意度", "9"))
    assert [one.reason or one.verdict for one in cost] == [E, E, E, "review", "review"]
    said(cost[-1], "（设成本指标）为 10", "(with cost indicators) to 10")


def test_a_heading_that_is_not_there_weighs_nothing() -> None:
    report = form(indicator("甲", "产出指标", "60"), indicator("乙", "效益指标", "30"), weight="10")
    last = [one for one in found(report, "W02", "national-2020") if one.provision][-1]
    assert last.reason == "review"
    assert last.subject.zh == "“满意度”"
    said(
        last,
        "分值合计 0，规则集（一般情形，特殊情况可以调整）为 10",
        "add up to 0; by the rule-set",
    )


def test_a_layout_says_nothing_of_other_headings() -> None:
    report = form(indicator("甲", "可持续影响", "90"), weight="10")
    asked = [one for one in found(report, "W02", "national-2020") if one.provision]
    assert [one.reason for one in asked] == ["rule-silent"]
    assert verdicts(report, "W02") == ["not-stated"]
    assert verdicts(report, "W02", "yitihua-default") == ["not-stated"]  # no layout, no finding


@pytest.mark.parametrize(
    "rows",
    [
        (),
        (indicator("甲", "产出指标", None),),
        (indicator("甲", "产出指标", "50"), indicator("乙", "", "40")),
    ],
)
def test_a_layout_needs_weights_and_headings(rows: tuple[Indicator, ...]) -> None:
    finding = found(form(*rows, weight="10"), "W02", "national-2020")[-1]
    assert finding.reason == "not-stated"
    said(finding, "没有分值，或没有一级指标", "no weights, or no level-1 heading")


def test_weights_that_are_no_points_or_not_there() -> None:
    report = form(
        indicator("甲", "产出指标", "50%"), indicator("乙", "效益指标", BLANK),
        indicator("丙", "满意度指标", "10"), indicator("丁", "满意度", DASH),
    )  # fmt: skip
    reasons = [one.reason or one.verdict for one in found(report, "W02", "national-2020")]
    assert reasons == ["not-stated", "unit-mismatch", "not-stated", E]


def test_execution_among_the_indicators() -> None:
    """Some forms have budget execution as a row of the table."""
    rows = (
        indicator("执行率", "预算执行率指标", "10"),
        indicator("甲", "产出指标", "50"),
        indicator("乙", "效益指标", "30"),
        indicator("丙", "满意度", "10"),
    )
    assert verdicts(form(*rows), "W02", "national-2020")[1:] == [E, E, E, E]
    assert verdicts(form(*rows), "W01") == [E]


def test_a_layout_of_a_rule_set_without_execution() -> None:
    layout = WeightLayout(
        weights=(LevelWeight(level1="产出", weight=60), LevelWeight(level1="效益", weight=40))
    )
    rules = derive("ningxia-mode", id="own", title=OWN, layouts=(layout,))
    rows = indicator("甲", "产出指标", "60"), indicator("乙", "效益指标", "40")
    assert verdicts(form(*rows), "W02", rules)[1:] == [E, E]
    assert verdicts(form(*rows, weight="10"), "W02", rules)[1:] == [E, E]


# --- W08


def scored(
    *scores: str | Stated | None, execution: str | Stated | None = "10", total: str | Stated = "100"
) -> Report:
    rows = (indicator(f"指标{n}", "产出指标", "45", score) for n, score in enumerate(scores))
    return form(*rows, weight="10", score=execution, total=total)


@pytest.mark.parametrize(
    ("report", "outcome"),
    [
        (scored("45", "45"), E),
        (scored("45", "43"), I),  # defects.md §1, 000: 98 and 100 stated
        (scored("45", "45", DASH), E),
        (scored("45", "35", DASH), "review"),
        (scored("45", "46", DASH), I),
        (scored("55", "45", execution=None), E),
        (scored("45", "45", execution=None), "review"),
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
    told = Statement(total_score=report.form.total_score)
    bare = attrs.evolve(report.form, total_score=NONE)
    elsewhere = Report(narrative=told, form=bare)
    assert verdicts(elsewhere, "W08") == [outcome, "not-stated"]
    assert verdicts(elsewhere, "W08", "yitihua-default") == [outcome, "not-stated"]


def applying(total: str | Stated, last: Indicator, execution: str = "9") -> Report:
    """9 + 45 + 30 = 84 of the 10 + 50 + 30 = 90 points that apply: 84 × 100 / 90 = 93.33…"""
    rows = indicator("甲", "产出指标", "50", "45"), indicator("乙", "效益指标", "30", "30")
    return form(*rows, last, weight="10", score=execution, total=total)


WITH_DASH = indicator("丙", "满意度指标", "10", DASH)
ROUNDED = Figure(value="93.33", rounding=RoundingMode.HALF_UP)


@pytest.mark.parametrize(
    ("total", "last", "outcome"),
    [
        ("93.33", WITH_DASH, E),
        (ROUNDED, WITH_DASH, E),
        ("93", WITH_DASH, E),  # rounded to a whole number
        ("93.34", WITH_DASH, I),
        ("84", WITH_DASH, I),  # not rescaled, as the rule-set has it
        ("93.33", indicator("丙", "满意度指标", DASH, DASH), E),
        ("93.33", attrs.evolve(WITH_DASH, actual=DASH, score=points("0")), E),
        ("84", attrs.evolve(WITH_DASH, actual=cell("0次"), score=points("0")), E),  # 0 of 10 earned
        ("94", indicator("丙", "满意度指标", "10", "10"), E),  # all of it applies
        ("93.33", indicator("丙", "满意度指标", "10", BLANK), "not-stated"),
    ],
)
def test_a_rescaled_total(total: str | Stated, last: Indicator, outcome: object) -> None:
    report = applying(total, last)
    assert verdicts(report, "W08", "generic-form-rescale") == ["not-stated", outcome]
    wrong = audit(report, rules="generic-form-rescale").inconsistent
    assert [one.code for one in wrong] == ["W08"] * (outcome is I)


def test_what_is_said_of_a_rescaled_total() -> None:
    wrong = found(applying("84", WITH_DASH), "W08", "generic-form-rescale")[-1]
    said(wrong, "84 = 10/9 * (9 + (45 + 30))：按其余数字应为 93.33 至 93.34", "93.33 to 93.34")
    asked = found(applying("93.33", WITH_DASH), "W08")[-1]
    assert asked.reason == "review"  # no rule-set says what becomes of the dash


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
    zero = indicator("甲", "产出指标", "0", "0"), WITH_DASH
    assert verdicts(form(*zero, total="10"), "W08", "generic-form-rescale")[-1] == "review"


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
        (capped("97", revised="129.99万元"), E, E),
        (capped("90", revised="129.99万元"), I, E),
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
        finding = only(found(report, "W14", "guangxi-mode"))
        assert finding.verdict is outcome
        assert (finding.equation is None) == (outcome is not I)
        held = verdicts(
            capped("90", initial="100元", revised=about(revised)), "W08", "guangxi-mode"
        )
        assert held[-1] == (I if revised == "129" else E)
    below = only(found(capped("80", "100元", about("130")), "W14", "guangxi-mode"))
    assert (below.verdict, below.equation) == (E, None)


def test_what_is_said_of_a_cap() -> None:
    wrong = only(found(capped("97"), "W14", "guangxi-mode"))
    said(
        wrong,
        "预算调整率（绝对值） 30%，总分不超过 90，所填 97",
        "size of the budget adjustment 30%: the total is capped at 90; stated is 97",
    )
    assert wrong.relation == "form.total_score <= 90 if adjustment-size in [0.3, ∞)"
    assert wrong.gap == 7
    assert "广西" in (wrong.provision or "")
    assert [one.path.rpartition(".")[2] for one in wrong.operands] == [
        "total_score", "revised", "initial",
    ]  # fmt: skip
    near = only(
        found(capped("97", initial="1000000元", revised="1299996元"), "W14", "guangxi-mode")
    )
    said(near, "29.9996%，总分没有上限", "29.9996%: the total is not capped")
    lifted = only(found(capped("97", reason="上级追加"), "W14", "guangxi-mode"))
    said(lifted, "30%，已说明原因，总分没有上限", "30%: a reason is given, the total is not capped")
    held = found(capped("90"), "W08", "guangxi-mode")[-1]
    said(held, "得分之和 97；预算调整率（绝对值） 30%，总分不超过 90", "the scores add up to 97; ")
    said(held, "总分不超过 90", "30%: the total is capped at 90")
    assert "广西" in (held.provision or "")


def test_a_cap_that_is_not_known() -> None:
    unknown = only(found(capped("97", initial="0万元"), "W14", "guangxi-mode"))
    assert unknown.reason == "not-stated"
    said(unknown, "没有预算调整率", "neither the size of the budget adjustment")
    assert "total_score <= 90" in unknown.relation
    odd = only(found(capped("97%"), "W14", "guangxi-mode"))
    assert (odd.reason, odd.verdict.holds) == ("unit-mismatch", False)
    assert odd.provision is not None


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
    total = attrs.evolve(report.form.funding.total, executed=cell("70万元"))
    report = attrs.evolve(
        report,
        form=attrs.evolve(report.form, funding=Funding(total=total)),
        narrative=Statement(total_score=points("90")),
    )
    # 70 of 130 are 53.85 %: no more than 60, in the text as in the form.
    findings = found(report, "W14", rules)
    assert [one.verdict for one in findings] == [I, E, E, E]
    said(
        findings[0],
        "预算执行率 53.85%，总分不超过 60，所填 90",
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
            report.form.funding.total, initial=cell("100元"), revised=cell("150元")
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


# --- W02 of headings that were computed


def test_a_heading_that_is_not_whole_may_have_been_rounded() -> None:
    """Three thirds of 50: 16.67 + 16.67 + 16.67 is 50.01. The rows below them are exact."""
    first = [
        indicator(f"{n}", "产出指标（50分）", "8.33", level2=f"{n}（16.67分）") for n in "甲乙丙"
    ]
    second = [attrs.evolve(one, name=f"{one.key}二", weight=cell("8.34")) for one in first]
    second[2] = attrs.evolve(second[2], weight=cell("8.32"))
    audited = audit(form(*first, *second))
    told = {(f.subject.en, f.verdict) for f in audited.findings if f.code == "W02"}
    assert ("产出指标 / 甲", E) in told  # 8.33 + 8.34
    assert ("产出指标", R) in told  # by its headings
    assert {subject for subject, verdict in told if verdict is I} == {
        "产出指标",  # 49.99 by its rows
        "产出指标 / 丙",  # 8.33 + 8.32 = 16.65
    }


def test_scores_add_up_to_those_of_the_headings() -> None:
    """20 + 30 are not 45."""
    rows = (
        indicator("", "产出指标", "50", "45"),
        indicator("甲", "产出指标", "20", "20"),
        indicator("乙", "产出指标", "30", "30"),
    )
    (wrong,) = [f for f in found(form(*rows), "W02") if f.verdict is I]
    assert wrong.operands[0].path == "form.indicators[0].score"


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


def test_the_budget_may_stand_in_the_text_alone() -> None:
    """130 of 100 万元 is said in the text, the total in the form."""
    said = form(initial="100万元", revised="130万元").form
    report = Report(narrative=said, form=form(total="85").form)
    (finding,) = [f for f in found(report, "W14", CAPPED) if f.verdict is I]
    assert [o.path for o in finding.operands][1:] == [
        "narrative.funding.total.revised",
        "narrative.funding.total.initial",
    ]
