"""What a rule-set asks of the person who fills in the form, on cases worked out by hand."""

from __future__ import annotations

from fractions import Fraction

import attrs
import pytest

from budgetperf import Figure, Finding, Indicator, Interval, Statement
from budgetperf import SelfEvaluation as Report
from budgetperf.rules import Gauge, Trigger, derive, get
from tests.audit.check_cases import E, findings_of, message_says, of, only, verdicts
from tests.factories import BLANK, DASH, OWN, form, in_text, indicator, row, stated, there

# --- Q04


@pytest.mark.parametrize(
    ("rules", "target", "actual", "outcome"),
    [
        (None, "≥10次", "13次", "review"),  # 130 % itself is asked for
        (None, "≥10次", "12.99次", E),
        (None, "≥10次", "10次", E),
        (None, "≤10次", "20次", "not-stated"),
        (None, "=10次", "20次", "not-stated"),
        (None, "10次", "20次", "not-stated"),
        (None, "≥10次", "20%", "not-stated"),
        (None, "≥0次", "30次", "not-stated"),  # x/0 is no completion, and none is claimed
        ("guangxi-mode", "≥10次", "13次", "review"),
        ("guangxi-mode", "≥10次", "12次", "review"),  # flagged, as by default
        ("guangxi-mode", "≥10次", "11.9次", E),
        ("guangxi-mode", "≤10次", "13次", "review"),
        ("guangxi-mode", "≤10次", "12.9次", E),
        ("guangxi-mode", "≥0次", "30次", "review"),
        ("guangxi-mode", "≥0次", "29次", E),
        ("yitihua-default", "≥10次", "12次", "review"),
        ("yitihua-default", "≥10次", "11.9次", E),
        ("yitihua-default", "≤10次", "20次", "not-stated"),
        ("yitihua-default", "≥0次", "30次", "not-stated"),
        ("hebei-tianjin-mode", "=10次", "9次", "review"),
        ("hebei-tianjin-mode", "=10次", "10次", E),
        ("hebei-tianjin-mode", "=10次", "11次", "review"),
        ("hebei-tianjin-mode", "=0次", "1次", "review"),
        ("hebei-tianjin-mode", "<10次", "10次", E),
        ("hebei-tianjin-mode", "<10次", "11次", "review"),
        ("hebei-tianjin-mode", "≥10次", "12次", "review"),
        ("sichuan-pidu-review-2025", "≥10次", "13次", E),  # above 130 % only
        ("sichuan-pidu-review-2025", "≥10次", "13.1次", "review"),
        ("shanghai-2022", "≥10次", "30次", E),  # nothing is deducted, nothing asked
        ("national-2020", "≥10次", "13次", "review"),  # silent: as without one
        ("national-2020", "≥10次", "12次", E),
        ("national-2020", "≥10次", "9次", E),  # a miss: Q05 asks why
        ("national-2020", "≤10次", "11次", "not-stated"),
    ],
)
def test_a_completion_that_needs_a_reason(
    rules: str | None, target: str, actual: str, outcome: object
) -> None:
    report = form(row("办件", target, actual))
    assert verdicts(report, "Q04", rules) == [outcome]
    explained = Report(
        form=Statement(indicators=(row("办件", target, actual, explanation="年中追加"),))
    )
    answered = E if outcome == "review" else outcome
    assert verdicts(explained, "Q04", rules) == [answered]


@pytest.mark.parametrize("words", ["无", " 无偏差。", " "])
def test_words_that_give_no_reason(words: str) -> None:
    report = form(row("办件", "≥10次", "13次", explanation=words))
    assert verdicts(report, "Q04") == ["review"]


def test_the_reason_may_stand_in_the_text() -> None:
    plain, why = row("办件", "≥10次", "13次"), row("办件", "≥10次", "13次", explanation="年中追加")
    report = Report(narrative=Statement(indicators=(why,)), form=Statement(indicators=(plain,)))
    assert verdicts(report, "Q04") == [E, E]


def test_what_is_said_of_a_completion() -> None:
    def of_completion(rules: str | None, actual: str, why: str = "") -> Finding:
        indicators = (row("办件", "≥10次", actual, explanation=why),)
        return only(findings_of(form(*indicators), "Q04", rules))

    asked = of_completion("guangxi-mode", "13次")
    message_says(
        asked,
        "完成率为130%，标红，得分可手工修改；须说明原因；未见原因说明",
        "130%: flagged, the score may be edited by hand; a reason must be given; no reason",
    )
    assert asked.relation == "flag if completion in [1.2, ∞); explain if completion in [1.3, ∞)"
    assert [operand.path.rpartition(".")[2] for operand in asked.operands] == ["actual", "value"]
    assert "广西" in (asked.provision or "")
    message_says(
        of_completion(None, "12.999次"),
        "完成率为129.99%，无须说明",
        "completion 129.99%: no explanation",
    )
    assert of_completion(None, "13次").provision is None
    message_says(of_completion("yitihua-default", "12次"), "120%，标红", "120%: flagged")
    message_says(
        of_completion("yitihua-default", "12次", "追加"),
        "120%，已说明原因",
        "120%: a reason is given",
    )
    remark = of_completion("sichuan-pidu-review-2025", "14次")
    message_says(
        remark,
        "140%，须说明原因；只要求备注，不扣分；未见原因说明",
        "a remark only, nothing is deducted",
    )
    silent = of_completion("shanghai-2022", "30次")
    message_says(silent, "完成率为300%，无须说明", "completion 300%: no explanation is needed")
    assert silent.provision is not None


def test_a_derived_rule_set_has_its_own_threshold() -> None:
    old = there(get("yitihua-default").at_least)
    over = attrs.evolve(there(old.over_completion), threshold=Fraction(3, 2))
    own = derive(
        "yitihua-default", id="own", title=OWN, at_least=attrs.evolve(old, over_completion=over)
    )
    for actual, outcome in (("14.9次", E), ("15次", "review")):
        report = form(row("办件", "≥10次", actual))
        assert verdicts(report, "Q04", own) == [outcome]


# --- F07


@pytest.mark.parametrize(
    ("rules", "executed", "outcome"),
    [
        ("sichuan-transfer-2022", "89.99万元", "review"),
        ("sichuan-transfer-2022", "90万元", E),
        ("yitihua-default", "79.99万元", "review"),
        ("yitihua-default", "80万元", E),
        # where nothing is said of it, outside 80 % to 120 %
        ("national-2020", "80万元", E),
        (None, "79.99万元", "review"),
        (None, "120万元", E),
        (None, "120.01万元", "review"),
    ],
)
def test_an_execution_rate_that_is_asked_about(
    rules: str | None, executed: str, outcome: object
) -> None:
    report = form(revised="100万元", executed=executed)
    for variant in (report, in_text(report)):
        finding = only(of(variant, "F07", "execution-rate", rules))
        assert (finding.reason or finding.verdict) == outcome
        assert (finding.provision is not None) == (rules in ("sichuan-transfer-2022", MODULE))


MODULE = "yitihua-default"


def printed_rate(rate: str, revised: str | None = None, executed: str | None = None) -> Report:
    return form(revised=revised, executed=executed, execution_rate=Figure.parse(rate))


def test_the_rate_is_that_of_the_amounts_or_else_that_in_print() -> None:
    for report, outcome in (
        (printed_rate("50%"), "review"),
        (printed_rate("100%"), E),
        (printed_rate("100%", "100万元", "50万元"), "review"),
    ):
        finding = only(of(report, "F07", "execution-rate"))
        assert (finding.reason or finding.verdict) == outcome


def test_what_is_said_of_an_execution_rate() -> None:
    asked = only(
        of(
            form(revised="100万元", executed="89万元"),
            "F07",
            "execution-rate",
            "sichuan-transfer-2022",
        )
    )
    message_says(asked, "预算执行率为89%，须说明原因", "execution rate 89%: a reason must be given")
    assert "未见" not in asked.why.zh  # the report has no place for this reason
    close = form(revised="100000元", executed="89999.99元")
    just_below = only(of(close, "F07", "execution-rate", "sichuan-transfer-2022"))
    message_says(
        just_below, "89.99999%，须说明原因", "89.99999%: a reason"
    )  # never printed as 90 %


@pytest.mark.parametrize(
    ("executed", "asked"),
    [
        ("79万元", "explain if execution-rate in (-∞, 0.8)"),
        ("121万元", "explain if execution-rate in (1.2, ∞)"),
        (
            "100万元",
            "explain if execution-rate in (-∞, 0.8); explain if execution-rate in (1.2, ∞)",
        ),
    ],
)
def test_the_relation_names_what_asks_or_else_all_that_could(executed: str, asked: str) -> None:
    finding = only(of(form(revised="100万元", executed=executed), "F07", "execution-rate"))
    assert finding.relation == asked


def test_nothing_is_lacking_where_what_the_rule_set_looks_at_is_there() -> None:
    full = form(
        *LEADING, weight="10", score="10", total="100", revised="100万元", executed="100万元"
    )
    for code, rules in (
        ("F07", "sichuan-transfer-2022"), ("W12", "ningxia-mode"), ("W13", "yitihua-default"),
    ):  # fmt: skip
        by_rules = [finding for finding in findings_of(full, code, rules) if finding.provision]
        assert [finding.verdict for finding in by_rules] == [E]
        silent = findings_of(form(), code, "shanghai-2022")  # it asks nothing of a total
        assert not [finding for finding in silent if finding.provision]


def test_an_execution_rate_on_the_initial_budget() -> None:
    rules = derive(
        "beijing-haidian-2016", id="own", title=OWN,
        triggers=(Trigger(on=Gauge.EXECUTION, within=Interval(upper="0.5")),),
    )  # fmt: skip
    report = form(initial="310.2万元", revised="1万元", executed="154.74万元")
    finding = only(of(report, "F07", "execution-rate", rules))
    message_says(finding, "49.88%，须说明原因", "49.88%: a reason must be given")  # rules.md §2.2
    assert [operand.path.rpartition(".")[2] for operand in finding.operands] == [
        "executed",
        "initial",
    ]


def test_what_the_rule_set_looks_at_is_not_there() -> None:
    """Unchecked, not passed; and no finding where the rule-set is silent."""
    for code, rules in (
        ("F07", "sichuan-transfer-2022"), ("W12", "ningxia-mode"), ("W13", "yitihua-default"),
        ("W14", "guangxi-mode"),
    ):  # fmt: skip
        bare = form(revised="0万元", executed="1万元")
        lacking = [
            finding
            for finding in findings_of(bare, code, rules)
            if "报告没有" in finding.why.zh and finding.provision
        ]
        assert [finding.reason for finding in lacking] == ["not-stated"]
        assert "the report states neither" in lacking[0].why.en
        assert not [finding for finding in findings_of(bare, code) if finding.provision]


@pytest.mark.parametrize(
    ("executed", "outcome"), [("90万元", E), ("89.99万元", "review"), ("100万元", E)]
)
def test_indicators_at_full_marks_while_execution_lags(executed: str, outcome: object) -> None:
    """More than 10 points behind, where the rule-set says nothing of it."""
    rows = (indicator("甲", "产出指标", "90", "90"),)
    for report in (
        form(*rows, revised="100万元", executed=executed),
        in_text(form(*rows, revised="100万元", executed=executed)),
    ):
        finding = only(of(report, "W13", "execution rate"))
        assert (finding.reason or finding.verdict) == outcome
        message_says(finding, f"100%，预算执行率 {executed[:-2]}%", f"is {executed[:-2]}%")
    assert of(form(*rows), "W13", "execution rate") == []


# --- F09


def moved(initial: str, revised: str, rate: str | None = None, reason: str = "") -> Report:
    report = form(initial=initial, revised=revised, reason=reason)
    changed = attrs.evolve(report.form.adjustment, rate=stated(rate))
    return attrs.evolve(report, form=attrs.evolve(report.form, adjustment=changed))


@pytest.mark.parametrize(
    ("report", "outcome", "number"),
    [
        (moved("100万元", "130万元"), E, "30%"),  # above 30 % only
        (moved("100万元", "130.01万元"), "review", "30.01%"),
        (moved("100万元", "69.9万元"), "review", "30.1%"),
        (moved("100万元", "169.9万元", reason="新增项目"), E, "69.9%"),
        (moved("100万元", "169.9万元", reason="无"), "review", "69.9%"),
        (moved("100万元", "169.9万元", rate="30%"), E, "30%"),  # the rate in print comes first
        (moved("100万元", "100万元", rate="-31%"), "review", "31%"),
    ],
)
def test_a_large_adjustment(report: Report, outcome: object, number: str) -> None:
    finding = only(findings_of(report, "F09"))
    assert (finding.reason or finding.verdict) == outcome
    message_says(finding, f"（绝对值）为{number}，", f"adjustment {number}: ")
    again = only(findings_of(in_text(report), "F09"))
    assert (again.verdict, again.why) == (finding.verdict, finding.why)


def test_without_an_initial_budget_there_is_no_adjustment_rate() -> None:
    assert verdicts(moved("0万元", "100万元"), "F09") == ["not-stated"]
    assert verdicts(moved("100人", "100万元"), "F09") == ["not-stated"]


def test_the_rule_set_says_what_is_large() -> None:
    trigger = Trigger(on=Gauge.ADJUSTMENT, within=Interval(lower="0.1"))
    rules = derive("national-2020", id="own", title=OWN, triggers=(trigger,))
    asked = only(findings_of(moved("100万元", "110万元"), "F09", rules))
    assert asked.reason == "review"
    assert asked.provision is not None
    message_says(
        asked, "10%，须说明原因；未见原因说明", "10%: a reason must be given; no reason is given"
    )
    assert verdicts(moved("100万元", "109.9万元"), "F09", rules) == [E]


# --- W13


LEADING = (indicator("甲", "产出指标", "50", "50"), indicator("乙", "效益指标", "40", "40"))


@pytest.mark.parametrize(
    ("rows", "score", "outcome", "number"),
    [
        (LEADING, "9.5", E, "5%"),  # (90/90 - 9.5/10) / (90/90)
        (LEADING, "9.49", "review", "5.1%"),
        (LEADING, "10", E, "0%"),
        # 45/90 = 50 % against 40 %: (0.5 - 0.4) / 0.5
        ((indicator("甲", "产出指标", "90", "45"),), "4", "review", "20%"),
        # what does not apply has no share
        ((*LEADING, indicator("丙", "效益指标", "5", DASH)), "9.5", E, "5%"),
    ],
)
def test_indicators_ahead_of_execution(
    rows: tuple[Indicator, ...], score: str, outcome: object, number: str
) -> None:
    report = form(*rows, weight="10", score=score)
    for variant in (report, in_text(report)):
        finding = only(of(variant, "W13", "attainment-lead", "yitihua-default"))
        assert (finding.reason or finding.verdict) == outcome
        message_says(finding, f"指标得分率为{number}，", f"of budget execution {number}: ")
        assert ("自评预警" in finding.why.zh) == (outcome == "review")
        assert ("no explanation is needed" in finding.why.en) == (outcome == E)
        assert of(variant, "W13", "execution rate", "yitihua-default") == []


@pytest.mark.parametrize(
    "report",
    [
        form(*LEADING, score="9"),
        form(*LEADING, weight="10", score=BLANK),
        form(*LEADING, indicator("丙", "效益指标", "5", BLANK), weight="10", score="9"),
        form(*LEADING, indicator("丙", "效益指标", BLANK, "5"), weight="10", score="9"),
        form(indicator("甲", "产出指标", "90", "0"), weight="10", score="9"),
        form(indicator("甲", "产出指标", "0", "0"), weight="10", score="9"),
    ],
)
def test_a_lead_that_cannot_be_had(report: Report) -> None:
    by_rules = [
        finding for finding in findings_of(report, "W13", "yitihua-default") if finding.provision
    ]
    assert [finding.reason for finding in by_rules] == ["not-stated"]


# --- W12, the total


@pytest.mark.parametrize(
    ("total", "outcome"), [("79.99", "review"), ("80", E), ("80分", E), ("100", E)]
)
def test_a_low_total_asks_for_measures(total: str, outcome: object) -> None:
    for report in (form(total=total), in_text(form(total=total))):
        finding = only(of(report, "W12", "measures", "ningxia-mode"))
        assert (finding.reason or finding.verdict) == outcome
        number = total.removesuffix("分")
        message_says(finding, f"总分为{number}，", f"total {number}: ")
        assert of(report, "W12", "measures", "yitihua-default") == []
    asked = only(of(form(total="79.99"), "W12", "measures", "ningxia-mode"))
    message_says(asked, "须填报存在的问题和整改措施", "problems and measures must be stated")
