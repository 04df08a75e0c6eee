"""The checks of weights level by level, on cases worked out by hand."""

from __future__ import annotations

import attrs
import pytest

from budgetperf import Finding, Indicator, Text, audit
from budgetperf import SelfEvaluation as Report
from budgetperf.model import Reading
from budgetperf.rules import LevelWeight, WeightLayout, derive
from tests.audit.check_cases import E, I, R, findings_of, message_says, only, verdicts
from tests.factories import BLANK, DASH, OWN, form, in_text, indicator, stated

# --- W02


def test_a_sum_of_rows_that_have_no_heading_is_of_none() -> None:
    rows = (Indicator(name="甲", weight="50", score="48"), Indicator(name="小计", weight="50"))
    report = form(*rows, Indicator(name="乙", weight="50", score="48"), total="96")
    assert not audit(report).inconsistent
    assert set(verdicts(report, "W02")) == {"not-stated"}


def test_form_092() -> None:
    """defects.md §1, 092: 70/20/10 and 10 for execution add up to 110, and 100 is stated."""
    report = form(
        indicator("甲", "产出指标", "40", level2="数量指标"),
        indicator("乙", "产出指标", "30", level2="质量指标"),
        indicator("丙", "效益指标", "20"),
        indicator("丁", "满意度指标", "10"),
        weight="10",
    )
    wrong = only(findings_of(report, "W01"))
    assert wrong.verdict is I
    message_says(wrong, "应为110", "the other figures give 110")
    by_heading = {
        finding.subject.zh: finding.reason or finding.verdict
        for finding in findings_of(report, "W02", "sichuan-transfer-2022")
        if finding.provision
    }
    assert by_heading == {
        "“预算执行”": E, "“产出”": "review", "“效益”": "review", "“满意度”": E,
    }  # fmt: skip
    (output,) = [
        finding
        for finding in findings_of(report, "W02", "sichuan-transfer-2022")
        if finding.subject.zh == "“产出”"
    ]
    message_says(output, "分值合计 70，规则集为 50", "add up to 70; the rule-set has 50")


def test_form_106() -> None:
    """20 + 60 + 40 = 120, stated 100; a block of 80 points that sums to 100."""
    report = form(
        indicator("甲", "绩效指标（80分）", "60", level2="产出指标"),
        indicator("乙", "绩效指标（80分）", "40", level2="效益指标"),
        weight="20",
    )
    message_says(only(findings_of(report, "W01")), "应为120", "the other figures give 120")
    block = only(findings_of(report, "W02"))
    assert block.verdict is I
    assert block.subject == Text(zh="“绩效指标”", en="绩效指标")
    message_says(block, "80 = 60 + 40：按其余数字应为100", "the other figures give 100")
    assert block.gap == 20


def test_the_last_heading_of_a_form_that_may_be_cut() -> None:
    """Rows may be missing under the last heading, and not under those before it."""
    reading = Reading(source="x.md", layout="forms", encoding="utf-8", numbers=0, accounted=0)

    def read(*weights: str, last: Indicator | None = None) -> dict[str, object]:
        rows = zip(("产出指标（50分）", "效益指标（40分）"), weights, strict=True)
        table = [indicator(f"{level}甲", level, weight) for level, weight in rows]
        report = form(*table, *([] if last is None else [last]))
        findings = findings_of(attrs.evolve(report, reading=reading), "W02")
        return {
            finding.subject.zh: finding.reason or finding.verdict
            for finding in findings
            if finding.subject
        }

    assert read("50", "40") == {"“产出指标”": E, "“效益指标”": E}
    assert read("50", "30") == {"“产出指标”": E, "“效益指标”": "review"}
    assert read("45", "40") == {"“产出指标”": I, "“效益指标”": E}
    assert read("50", "45") == {"“产出指标”": E, "“效益指标”": I}
    assert read("50", "30", last=Indicator(score=stated("5"))) == read("50", "30")


def test_form_036() -> None:
    """A row of dashes for what does not apply: weights and total are 100, and nothing is asked."""
    report = form(
        indicator("甲", "产出指标（50分）", "50", "50"),
        indicator("乙", "效益指标（40分）", "40", "40"),
        indicator("丙", "效益指标（40分）", DASH, DASH),
        weight="10", score="10", total="100",
    )  # fmt: skip
    for code in ("W01", "W02", "W08"):
        stated = [finding for finding in findings_of(report, code) if finding.operands]
        assert stated
        assert {finding.verdict for finding in stated} == {E}


def test_form_094() -> None:
    """50/30/10 are 90 without a row for execution: they may be 90 of 100, and are asked about."""
    rows = (
        indicator("甲", "产出指标", "50"),
        indicator("乙", "效益指标", "30"),
        indicator("丙", "满意度指标", "10"),
    )
    asked = only(findings_of(form(*rows), "W01"))
    assert asked.reason == "review"
    message_says(asked, "应为90", "the other figures give 90")
    assert verdicts(form(*rows, weight="0"), "W01") == [I]
    # The layout looks only at what is there.
    assert verdicts(form(*rows), "W02", "sichuan-transfer-2022")[1:] == [E, E, E]


def test_indicators_beside_headings_below_are_no_part_of_these() -> None:
    """50 of 产出 are 10 right under it and 40 of 数量, which are not 50."""
    rows = (
        indicator("甲", "产出指标（50分）", "10"),
        indicator("乙", "产出指标（50分）", "40", level2="数量指标（40分）"),
    )
    assert verdicts(form(*rows), "W02") == [E, E]


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
    assert "缺少" in only(findings_of(blank, "W02")).why.zh
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
    return [
        finding for finding in findings_of(report, "W02", "central-2021-101") if finding.provision
    ]


@pytest.mark.parametrize("weights", CENTRAL.values(), ids=CENTRAL)
@pytest.mark.parametrize("execution", ["10", None])
def test_variants_of_a_layout(weights: tuple[tuple[str, str], ...], execution: str | None) -> None:
    findings = central(*weights, execution=execution)
    assert {finding.verdict for finding in findings} == {E}
    assert len(findings) == len(weights) + (execution is not None)


def test_the_variant_is_told_by_its_headings() -> None:
    """Without 成本 the weights are held against 50/30/10, though 40 and 20 stand elsewhere."""
    findings = central(("产出", "40"), ("效益", "20"), ("满意度", "30"))
    assert [finding.reason or finding.verdict for finding in findings] == [
        E,
        "review",
        "review",
        "review",
    ]
    message_says(
        findings[0],
        "分值合计 10，规则集（不设成本指标）为 10",
        "add up to 10; the rule-set (without cost indicators) has 10",
    )
    message_says(
        findings[1],
        "分值合计 40，规则集（不设成本指标）为 50",
        "add up to 40; the rule-set (without cost indicators) has 50",
    )
    cost = central(("成本", "20"), ("产出", "40"), ("效益", "21"), ("满意度", "9"))
    assert [finding.reason or finding.verdict for finding in cost] == [E, E, E, "review", "review"]
    message_says(cost[-1], "（设成本指标）为 10", "(with cost indicators) has 10")


def test_a_heading_that_is_not_there_weighs_nothing() -> None:
    report = form(indicator("甲", "产出指标", "60"), indicator("乙", "效益指标", "30"), weight="10")
    last = [
        finding for finding in findings_of(report, "W02", "national-2020") if finding.provision
    ][-1]
    assert last.reason == "review"
    assert last.subject.zh == "“满意度”"
    message_says(
        last,
        "分值合计 0，规则集（原则上如此，特殊情况可做适当调整）为 10",
        "add up to 0; the rule-set",
    )


def test_a_layout_says_nothing_of_other_headings() -> None:
    report = form(indicator("甲", "可持续影响", "90"), weight="10")
    asked = [
        finding for finding in findings_of(report, "W02", "national-2020") if finding.provision
    ]
    assert [finding.reason for finding in asked] == ["rule-silent"]
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
    finding = findings_of(form(*rows, weight="10"), "W02", "national-2020")[-1]
    assert finding.reason == "not-stated"
    message_says(finding, "没有分值，或没有一级指标", "no weights, or no level-1 heading")


def test_weights_that_are_no_points_or_not_there() -> None:
    report = form(
        indicator("甲", "产出指标", "50%"), indicator("乙", "效益指标", BLANK),
        indicator("丙", "满意度指标", "10"), indicator("丁", "满意度", DASH),
    )  # fmt: skip
    reasons = [
        finding.reason or finding.verdict for finding in findings_of(report, "W02", "national-2020")
    ]
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


# --- W02 of headings that were computed


def test_a_heading_that_is_not_whole_may_have_been_rounded() -> None:
    """Three thirds of 50: 16.67 + 16.67 + 16.67 is 50.01. The rows below them are exact."""
    first = [
        indicator(f"{n}", "产出指标（50分）", "8.33", level2=f"{n}（16.67分）") for n in "甲乙丙"
    ]
    second = [attrs.evolve(cells, name=f"{cells.key}二", weight=stated("8.34")) for cells in first]
    second[2] = attrs.evolve(second[2], weight=stated("8.32"))
    audited = audit(form(*first, *second))
    outcomes = {(f.subject.en, f.verdict) for f in audited.findings if f.code == "W02"}
    assert ("产出指标 / 甲", E) in outcomes  # 8.33 + 8.34
    assert ("产出指标", R) in outcomes  # by its headings
    assert {subject for subject, verdict in outcomes if verdict is I} == {
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
    (wrong,) = [f for f in findings_of(form(*rows), "W02") if f.verdict is I]
    assert wrong.operands[0].path == "form.indicators[0].score"


# --- headings that are blank in the rows below, subtotals in the place of a name


def under(level1: str, weight: str, level2: str = "", name: str = "") -> Indicator:
    return indicator(name or f"{level1}{level2}{weight}", level1, weight, level2=level2)


@pytest.mark.parametrize(
    ("rows", "outcome"),
    [
        ((("产出指标（60分）", "30"), ("", "30"), ("效益指标（40分）", "40")), E),
        ((("产出指标（60分）", "60"), ("", "40")), E),  # the second row under no heading
        ((("产出指标（60分）", "30"), ("", "20"), ("效益指标（40分）", "50")), I),
        ((("", "30"), ("产出指标（60分）", "30"), ("效益指标（40分）", "40")), E),
        (
            (("产出指标（60分）", "30"), ("", "30"), ("", "20"), ("效益指标（40分）", "20")),
            "review",
        ),
        ((("产出指标（60分）", "30"), ("", "10"), ("", "20"), ("效益指标（40分）", "40")), E),
        # 60 is 30, 10 and 20 of them; neither 30, 5 nor 15 nor both make 60
        ((("产出指标（60分）", "30"), ("", "10"), ("", "20"), ("", "5")), "review"),
        ((("产出指标（60分）", "30"), ("", "30"), ("", "5")), "review"),  # the first alone
        ((("产出指标（60分）", "30"), ("", "5"), ("", "15")), I),
        ((("产出指标（60分）", "70"), ("", "30")), I),
        ((("产出指标（60分）", "30"), ("效益指标（40分）", "40"), ("", "30")), I),
    ],
)
def test_headings_that_are_not_filled_down(
    rows: tuple[tuple[str, str], ...], outcome: object
) -> None:
    report = form(*(under(*row) for row in rows))
    assert verdicts(report, "W02")[0] == outcome


def test_subtotals_in_the_place_of_a_name() -> None:
    """They are no indicators, and say what stands above them weighs."""
    rows = (
        under("产出指标", "60", name="甲"), under("产出指标", "60", name="小 计"),
        under("效益指标", "40", name="乙"), under("效益指标", "30", name="小计"),
    )  # fmt: skip
    assert verdicts(form(*rows), "W01") == [E]
    assert verdicts(form(*rows), "W02") == [E, I]


def test_a_masked_weight_beside_a_heading() -> None:
    """60 is 30 and what the masked row weighs, if that stands under it; 20 it cannot be."""
    rows = under("产出指标（60分）", "30"), attrs.evolve(under("", "1"), weight=BLANK)
    assert verdicts(form(*rows), "W02") == ["review"]
    less = under("产出指标（20分）", "30"), attrs.evolve(under("", "1"), weight=BLANK)
    assert verdicts(form(*less), "W02") == [I]


def test_many_rows_beside_a_heading() -> None:
    """Of many rows without a heading no choice is tried: less than the others is enough."""
    rows = [under("产出指标（60分）", "30"), *(under("", "4", name=f"行{n}") for n in range(10))]
    assert verdicts(form(*rows), "W02") == ["review"]
    # No choice of sevens makes 30: with eight of them that is known.
    sevens = [under("产出指标（60分）", "30"), *(under("", "7", name=f"行{n}") for n in range(9))]
    assert verdicts(form(*sevens), "W02") == ["review"]
    assert verdicts(form(*sevens[:-1]), "W02") == [I]


def test_what_a_heading_says_of_the_rows_below_it_leaves_something_for_them() -> None:
    """Not where rows without a heading may belong to it, nor by what was computed and rounded."""
    exact = form(indicator("甲", "产出（50分）", "30"), indicator("乙", "产出（50分）", "20"))
    open_ = form(indicator("甲", "产出（50分）", "50"), under("", "20"))
    thirds = [
        indicator(f"{n}", "产出（50分）", "16.67", level2=f"{n}（16.67分）") for n in "甲乙丙"
    ]
    assert [f.equation is None for f in findings_of(exact, "W02")] == [False]
    assert [f.equation is None for f in findings_of(open_, "W02")] == [True]
    by_rows, by_headings, *below = findings_of(form(*thirds), "W02")
    assert by_rows.equation is not None
    assert by_headings.equation is None
    assert [f.equation for f in below] == [None] * 3
