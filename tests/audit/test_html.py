"""The displays of a notebook: what they show, and that everyone can read it."""

from __future__ import annotations

import datetime as dt
import re
from fractions import Fraction
from pathlib import Path

import attrs
import pytest

import budgetperf as bp
from budgetperf import RuleSet
from budgetperf.display.html.audit import audit_html, causes_html, finding_html
from budgetperf.display.html.markup import STYLE
from budgetperf.display.html.report import report_html
from budgetperf.display.html.ruleset import ruleset_html
from budgetperf.display.html.scorecard import scorecard_html
from budgetperf.model import (
    Funding,
    FundingKind,
    FundingSource,
    FundingTotal,
    LevelCounts,
    Reading,
    Unread,
)
from budgetperf.rules import (
    Curve,
    ExecutionRule,
    Knot,
    Measure,
    Provision,
    QuantitativeRule,
    ScoreRounding,
    Status,
    ZeroBase,
)
from budgetperf.rules.policies import Counting, IndicatorRule, NotApplicable, Steps
from tests.markup import Node, display, fragment

EXAMPLE = Path(__file__).parents[2] / "examples" / "department-2023.md"
REPORT = bp.read(EXAMPLE)


def captions(sheet: Node) -> list[str]:
    return [caption.text for caption in sheet.all("caption")]


def summaries(sheet: Node) -> list[str]:
    return [summary.text for summary in sheet.all("summary")]


def table_of(sheet: Node, caption: str) -> list[list[str]]:
    (captioned,) = [
        table
        for table in sheet.all("table")
        if any(caption in head.text for head in table.all("caption"))
    ]
    return captioned.rows


class TestAudit:
    audit = bp.audit(REPORT)
    sheet = display(audit_html(audit))

    def test_it_says_who_and_by_which_rules(self) -> None:
        title, rules, *_ = self.sheet.all("p")
        assert title.text == "云杉市松河区政务服务中心　2023 年度　绩效自评报告复核"
        assert rules.text == "规则集：未指定（需要规则集的关系不作判定）"

    def test_what_is_wrong_is_open_and_first(self) -> None:
        """Six findings of this report are inconsistent, one is 0/0 (docs/quickstart.md)."""
        assert captions(self.sheet)[:2] == ["不符（6）", "无定义（1）"]
        assert captions(self.sheet)[2].startswith("未判定：请复核（")
        rows = table_of(self.sheet, "不符")
        (share,) = [row for row in rows if row[2] == "17.17%"]
        code, holds, _, verdict, why, lines = share
        assert code == "F13"
        assert holds == "占总支出的比重等于该项支出除以总支出正文·项目支出·占总支出的比重"
        assert verdict == "不符 错误"
        assert why.startswith("17.17% = 355.55万元 / 595.07万元：")
        assert lines == "63、103"

    def test_what_holds_is_folded_and_still_there(self) -> None:
        folded = [
            details for details in self.sheet.all("details") if details.all("table", "bp-findings")
        ]
        titles = [details.all("summary")[0].text for details in folded]
        near, same = (self.audit.summary[v] for v in (bp.Verdict.ROUNDING, bp.Verdict.EXACT))
        assert titles[-2:] == [f"舍入范围内相符（{near}）", f"相符（{same}）"]
        assert titles[0].startswith("未判定：缺少数字或规则（")
        rows = [len(details.all("table", "bp-findings")[0].rows) for details in folded]
        assert rows[-2:] == [near, same]
        everything = [len(findings.rows) for findings in self.sheet.all("table", "bp-findings")]
        assert sum(everything) == len(self.audit.findings)

    def test_every_verdict_is_a_word_on_its_colour(self) -> None:
        labels = {(label.text, label.classes[-1]) for label in self.sheet.all("span", "bp-label")}
        assert {
            ("不符", "bp-bad"),
            ("不符 6", "bp-bad"),
            ("无定义", "bp-warn"),
            ("请复核", "bp-warn"),
            ("未判定", "bp-open"),
            ("舍入范围内相符", "bp-near"),
            ("相符", "bp-good"),
            (f"相符 {self.audit.summary[bp.Verdict.EXACT]}", "bp-good"),
        } <= labels
        assert "" not in {text for text, _ in labels}

    def test_how_it_was_read(self) -> None:
        reading = REPORT.reading
        assert reading is not None
        assert f"文中共 {reading.numbers} 个数字，已读取 {reading.accounted} 个" in self.sheet.text
        assert summaries(self.sheet)[0] == f"未读取的数字（{len(reading.unread)}）"

    def test_it_is_small(self) -> None:
        assert len(audit_html(self.audit).encode()) < 200_000

    def test_in_english(self) -> None:
        sheet = display(audit_html(self.audit, lang="en"))
        assert sheet.attributes["lang"] == "en"
        assert captions(sheet)[:2] == ["inconsistent (6)", "undefined (1)"]
        assert "不符" not in sheet.text
        assert "rule-set: none chosen" in sheet.text

    @pytest.mark.parametrize(
        ("rules", "aloud"),
        [
            ("xinjiang-observed-2023", "注意（非官方文本）：据公开报告推得，未见规则原文"),
            ("yitihua-default", "注意（非官方文本）：系统实现，非官方规定"),
        ],
    )
    def test_a_rule_set_that_is_no_official_text_is_said_aloud(
        self, rules: str, aloud: str
    ) -> None:
        sheet = display(audit_html(bp.audit(REPORT, rules=rules)))
        assert sheet.all("p")[1].all("span", "bp-warn")[0].text == aloud

    def test_a_report_that_says_nothing(self) -> None:
        sheet = display(audit_html(bp.audit(bp.SelfEvaluation())))
        assert sheet.all("p")[0].text == "未填报　年度 未填报　绩效自评报告复核"
        assert "识读" not in sheet.text
        assert captions(sheet) == []

    def test_a_blank_is_its_reason(self) -> None:
        (row,) = [
            row
            for table in self.sheet.all("table", "bp-findings")
            for row in table.rows
            if "来访群众满意度”·年中监控值" in row[1] and row[0] == "Q06"
        ]
        assert row[2] == "未监测“未达到监控节点”"


def suspect(operand: bp.Operand, admissible: bp.Interval) -> bp.Suspect:
    return bp.Suspect(operand=operand, admissible=admissible, becomes=None, unique=False)


class TestCauses:
    audit = bp.audit(REPORT)

    def card(self, code: str, lang: str = "zh") -> Node:
        cause = next(c for c in self.audit.causes if c.findings[0].code == code)
        (card,) = fragment(causes_html([cause], lang)).all("div", "bp-card")
        return card

    def test_none_is_nothing(self) -> None:
        assert causes_html((), "zh") == ""

    def test_they_stand_above_the_findings(self) -> None:
        text = display(audit_html(self.audit, causes=self.audit.causes)).text
        assert text.index("原因（6）") < text.index("应为59.75%") < text.index("不符（6）")

    def test_one_figure(self) -> None:
        card = self.card("F13")
        ((number, name, *row),) = card.all("table")[0].rows
        assert (number, name) == (
            "1", "正文·项目支出·占总支出的比重narrative.project_expenditure.share",
        )  # fmt: skip
        # 4 decimals of a percentage, outwards: 1094/1831 is 59.74877 %
        assert row[:4] == ["17.17%", "103", "59.7479%至59.7488%", "59.75%"]
        assert row[4].startswith("17.17% = 102.17万元 / 595.07万元")
        assert "由来：17.17% = 102.17万元 / 595.07万元" in card.text
        assert card.text.endswith(
            "涉及：F13 占总支出的比重等于该项支出除以总支出；F13 各项比重之和为 100%"
        )

    def test_the_smallest_diagnoses_and_how_many_more(self) -> None:
        """Two pairs for the source that was folded; the total alone, or the score alone."""
        folded, total = self.card("F02", "en"), self.card("W08", "en")
        assert [row[0] for row in folded.all("table")[0].rows] == ["1", "1", "2", "2"]
        assert [row[0] for row in total.all("table")[0].rows] == ["1", "2"]
        assert "4 more diagnoses are not listed" in total.text
        assert "not listed" not in folded.text
        assert "not unique; alternatively" in folded.text

    def test_what_is_not_known_is_not_made_up(self) -> None:
        absent = bp.Operand(stated=bp.Missing(), path="form.total_score")
        typed = bp.Operand(stated=bp.Figure(value="17.17", unit="%"))
        values = bp.Interval(lower=Fraction("0.597477"), upper=Fraction("0.597507"))
        cause = bp.Cause(
            findings=self.audit.inconsistent[2:3],
            diagnoses=((suspect(absent, values),), (suspect(typed, bp.Interval()),)),
        )
        cards = fragment(causes_html([cause], "en"))
        first, second = cards.all("table")[0].rows
        assert first == ["1", "form.total_score", "not stated", "—", "0.59 to 0.6", "—", "—"]
        assert second == ["2", "", "17.17%", "—", "anything", "—", "—"]

    def test_a_cause_without_suspects(self) -> None:
        (finding,) = self.audit.inconsistent[2:3]
        cause = bp.Cause(findings=(finding,), undecided="step-bound")
        cards = fragment(causes_html([cause], "zh"))
        assert cards.all("table") == []
        assert finding.why.zh in cards.text
        assert "未能判定是哪个数字有误（step-bound）" in cards.text


class TestFinding:
    def test_a_finding_of_a_report(self) -> None:
        finding = bp.audit(REPORT).inconsistent[2]
        sheet = display(finding_html(finding))
        assert sheet.all("p")[0].text.startswith("F13 占总支出的比重等于该项支出除以总支出")
        figures, facts = sheet.all("table")
        assert figures.rows[0] == [
            "正文·项目支出·占总支出的比重",
            "17.17%",
            "17.165%至17.175%",
            "103",
            "narrative.project_expenditure.share",
        ]
        assert facts.rows == [["关系", finding.relation]]

    def test_a_finding_typed_by_hand(self) -> None:
        sheet = display(finding_html(bp.check("17.17% = 355.55 / 595.07"), lang="en"))
        assert sheet.all("table")[0].rows[1] == ["—", "355.55", "355.545 to 355.555", "—", "—"]

    def test_a_finding_by_a_rule_set_about_what_is_missing(self) -> None:
        rules = "national-2020"
        audit = bp.audit(bp.SelfEvaluation(), rules=rules)
        (finding, *_) = [candidate for candidate in audit.findings if not candidate.operands]
        sheet = display(finding_html(attrs.evolve(finding, provision="某办法 [unverified]")))
        (facts,) = sheet.all("table")
        assert facts.rows[1:] == [["依据", "某办法 [unverified]"], ["原因代码", finding.reason]]

    def test_a_figure_that_is_not_there(self) -> None:
        (finding,) = [
            candidate
            for candidate in bp.audit(REPORT).findings
            if candidate.code == "Q06" and candidate.reason == "not-stated"
        ]
        row = display(finding_html(finding)).all("table")[0].rows[0]
        assert row[1:4] == ["未监测“未达到监控节点”", "—", "141"]


class TestScorecard:
    def test_a_score_that_differs_is_said_and_not_judged(self) -> None:
        """20 × min(1, 100 % / 90 %) is 20; the report states 18."""
        sheet = display(scorecard_html(bp.scorecard(REPORT, rules="yitihua-default")))
        (table,) = sheet.all("table")
        rows = {row[0]: row[1:] for row in table.rows}
        assert rows["便民窗口街道覆盖率"][:3] == ["20", "18", "20与填列不同"]
        assert rows["预算执行率"][:3] == ["10", "10", "10"]
        assert [label.text for label in table.all("span", "bp-label")] == ["与填列不同"]
        assert "由复核判定" in sheet.text
        assert "总分：100，满分 100；评价等级：优" in sheet.text

    def test_the_steps_are_folded_with_exact_values(self) -> None:
        (table,) = display(
            scorecard_html(bp.scorecard(REPORT, rules="national-2020"), lang="en")
        ).all("table")
        steps = [[li.text for li in fold.all("li")] for fold in table.all("details")]
        assert table.rows[0][0] == "budget execution"
        assert steps[2][0] == "completion = actual / target = 10/9 ≈ 1.1111"

    def test_a_range_is_no_score(self) -> None:
        """Three indicators of 20 above their target, open to judgement, beside 10 and 30."""
        sheet = display(scorecard_html(bp.scorecard(REPORT, rules="national-2020")))
        assert "不能得出单一总分，在 [40, 100] 之内" in sheet.text
        assert sheet.all("table")[0].rows[2][3] == "[0, 20]"
        assert "据公开报告推得，未见规则原文" in sheet.text  # the formula of execution
        assert "评价等级" not in sheet.text

    def test_a_score_without_a_finite_decimal(self) -> None:
        """2 of 3, of a weight of 10: 20/3."""
        indicator = bp.Indicator(
            name="甲",
            target=bp.Target.parse("≥3次"),
            actual=bp.parse_figure("2次"),
            weight=bp.Figure(value=10, rounding=None),
            score=bp.Figure(value="6.67"),
        )
        report = bp.SelfEvaluation(form=bp.Statement(indicators=(indicator,)))
        sheet = display(scorecard_html(bp.scorecard(report, rules="national-2020")))
        first, second = sheet.all("table")[0].rows
        assert first[1:4] == ["10", "未填报", "无法得出"]
        assert second[:4] == ["甲", "10", "6.67", "20/3 ≈ 6.6667与填列不同"]
        assert "不能得出总分" in sheet.text

    def test_a_rule_set_that_says_nothing(self) -> None:
        rules = RuleSet(id="none", title=bp.Text(zh="空", en="none"), status=Status.TEXT)
        sheet = display(scorecard_html(bp.scorecard(bp.SelfEvaluation(), rules=rules)))
        assert sheet.all("table")[0].rows == [
            ["预算执行率", "未填报", "未填报", "无法得出", "规则集 none 未规定"]
        ]
        assert sheet.all("span", "bp-good")[0].text == "法规原文"
        assert "注意" not in sheet.text


class TestRuleSet:
    def test_one_that_is_shipped(self) -> None:
        rules = bp.rules.get("xinjiang-observed-2023")
        sheet = display(ruleset_html(rules))
        facts = dict(sheet.all("table")[0].rows)
        assert facts["标识"] == "xinjiang-observed-2023"
        assert facts["地区"].startswith("新疆维吾尔自治区")
        assert facts["与原文核对日期"] == "尚未核对"
        assert facts["未作规定（不作推定）"] == "反向（≤）、等于（=）、定性"
        assert facts["内容哈希"] == rules.sha256
        assert sheet.all("p")[1].text == "注意（非官方文本）：据公开报告推得，未见规则原文"
        # The knots of the data file: a jump from 1 to 0.9 at 10 points.
        assert table_of(sheet, "正向指标") == [
            ["0%", "100%", "100%", "100%"],
            ["10%", "90%", "100%", "90%"],
            ["100%", "0%", "0%", "0%"],
        ]
        assert "只规定了 100%，之外不作推定" in sheet.text
        assert "只规定了 [0%, ∞)，之外不作推定" in sheet.text
        aloud = "注意（非官方文本）：未核实，未读到原文"
        assert table_of(sheet, "评价等级") == [[f"优 {aloud}", "≥ 90"]]

    def test_bands_and_judgement(self) -> None:
        sheet = display(ruleset_html(bp.rules.get("national-2020")))
        grade, band = table_of(sheet, "定性指标")[1]
        assert grade.startswith("部分达成年度指标并具有一定效果（也写作：部分达成")
        assert band == "[60%, 80%)"
        assert table_of(sheet, "有理由扣分时的最低得分系数")[1] == ["100%", "100%", "100%", "0%"]
        assert table_of(sheet, "预算执行：分值 10") == [["0%", "0%"], ["100%", "100%"]]

    def test_rounding_and_zero(self) -> None:
        sheet = display(ruleset_html(bp.rules.get("yitihua-default"), lang="en"))
        assert ", to 2 decimals" in dict(sheet.all("table")[0].rows)["rounding of scores"]
        assert "with a budget of 0: no marks" in sheet.text

    def test_an_official_one_with_a_rule_that_is_not(self) -> None:
        curve = Curve(knots=(Knot(x=0, y=0), Knot(x=1, y=1)), domain=bp.Interval(upper=Fraction(2)))
        rules = RuleSet(
            id="made-up",
            title=bp.Text(zh="某办法", en="some measures"),
            status=Status.TEXT,
            provisions=(
                Provision(
                    document="某文",
                    article="第三条",
                    status=Status.TEXT,
                    note=bp.Text(zh="附注", en="a note"),
                ),
            ),
            verified=dt.date(2024, 5, 6),
            replaces="older",
            execution=ExecutionRule(weight=10, curve=curve, zero_budget=ZeroBase.FULL),
            equal=QuantitativeRule(measure=Measure.INVERSE, curve=curve, status=Status.UNVERIFIED),
            score_rounding=ScoreRounding(places=1),
        )
        sheet = display(ruleset_html(rules))
        facts = dict(sheet.all("table")[0].rows)
        assert facts["与原文核对日期"] == "2024-05-06"
        assert facts["更正"] == "older"
        assert facts["文件"] == "某文第三条，未记录：在哪里读到、核对日期（附注） 法规原文"
        assert facts["得分舍入"].endswith("到 1 位小数")
        (aloud,) = sheet.all("span", "bp-warn")
        assert aloud.text == "注意（非官方文本）：未核实，未读到原文"
        assert "只规定了 (-∞, 200%]" in sheet.text
        assert "预算为 0 时：满分" in sheet.text

    def test_curves_are_drawn_beside_their_knots(self) -> None:
        sheet = display(ruleset_html(bp.rules.get("national-2020"), lang="en"))
        pictures = [svg for pair in sheet.all("div", "bp-beside") for svg in pair.all("svg")]
        assert [svg.all("title")[0].children for svg in pictures] == [
            ["Budget execution: weight 10"],
            ["Indicators with ≥ or >"],
            ["The lowest share after a reasoned deduction"],
            ["Indicators with ≤ or <"],
            ["Indicators with ="],
        ]
        assert [len(svg.all("circle")) for svg in pictures] == [0, 0, 2, 1, 2]
        described = str(pictures[1].all("desc")[0].children[0])
        assert described.startswith("Horizontal axis x: completion (actual / target);")

    def test_strict_signs_and_indicators_by_name(self) -> None:
        """2 points of 8 for each whole 5 %: a share of 75 % from 95 % down."""
        level = Curve(knots=(Knot(x=0, y=1),))
        rule = QuantitativeRule(measure=Measure.COMPLETION, curve=level)
        by_steps = Steps(start=1, width="0.05", loss=2, counting=Counting.UNSAID)
        indicators = (
            IndicatorRule(names=("预算完成率",), weight=8, steps=by_steps, status=Status.FORM),
            IndicatorRule(names=("甲率",), steps=Steps(start=0, width="0.01", loss=1, above=True)),
            IndicatorRule(
                headings=("满意度", "公众满意"),
                curve=level,
                not_applicable=NotApplicable.FULL,
                note=bp.Text(zh="附注", en="a note"),
            ),
        )
        rules = RuleSet(
            id="made-up",
            title=bp.Text(zh="某办法", en="some measures"),
            status=Status.TEXT,
            at_least=rule,
            above=rule,
            at_most=rule,
            below=rule,
            indicators=indicators,
        )
        sheet = display(ruleset_html(rules))
        assert captions(sheet) == [
            "正向指标（≥）",
            "正向指标（>）",
            "反向指标（≤）",
            "反向指标（<）",
            "预算完成率：分值 8",
            "不足一个扣分单位按一个计时的得分系数",
            "满意度、公众满意",
        ]
        assert ["95%", "75%", "75%", "100%"] in table_of(sheet, "预算完成率")
        stepwise, in_words, by_heading = sheet.all("div", "bp-card")[4:]
        assert stepwise.text.startswith("公开表样")
        assert stepwise.text.endswith(
            "以 100% 为准，每低 5% 扣 2 分，扣完为止（未规定不足一个扣分单位如何计）"
        )
        assert in_words.text == "甲率以 0% 为准，每高 1% 扣 1 分，扣完为止（不足一个扣分单位不计）"
        assert by_heading.text.endswith("不适用的指标按满分计附注")

    def test_one_that_leaves_nothing_open(self) -> None:
        full = attrs.evolve(
            bp.rules.get("yitihua-default"), deviation=bp.DeviationDefinition.POINTS
        )
        facts = dict(display(ruleset_html(full)).all("table")[0].rows)
        assert facts["未作规定（不作推定）"] == "—"


def source(kind: FundingKind, initial: str, label: str = "") -> FundingSource:
    return FundingSource(kind=kind, label=label, initial=bp.parse_figure(initial))


class TestReport:
    def test_the_parts_stand_side_by_side(self) -> None:
        sheet = display(report_html(REPORT))
        assert sheet.all("p")[0].text == "云杉市松河区政务服务中心　2023 年度　绩效自评报告"
        assert sheet.all("p")[1].text == "部门整体支出"
        rows = {row[0]: row[1:] for row in table_of(sheet, "资金")}
        assert rows["本级安排"][:2] == ["348.93万元", "353.21万元"]
        assert rows["上级安排"][6:] == ["未填报", "—"]
        assert rows["项目支出"][:2] == ["102.17万元", "未填报"]

    def test_indicators(self) -> None:
        sheet = display(report_html(REPORT))
        rows = {row[0]: row[1:] for row in table_of(sheet, "指标")}
        assert list(rows) == [
            "惠企政策宣讲次数",
            "便民窗口街道覆盖率",
            "窗口事项办理授权率",
            "来访群众满意度",
        ]
        assert rows["来访群众满意度"][1:] == [
            "≥90%",
            "未监测“未达到监控节点”",
            "99%",
            "110%",
            "9%",
            "20",
            "20",
        ]
        assert sheet.text.endswith(
            "没有三级指标的一级指标：运行成本、管理效率、社会效益、可持续发展能力"
        )

    def test_a_blank_is_its_reason_and_never_0(self) -> None:
        blank = bp.Missing(reason=bp.MissingReason.BLANK)
        form = bp.Statement(
            funding=Funding(
                total=FundingTotal(initial=bp.parse_figure("5万元"), executed=blank),
                sources=(source(FundingKind.OTHER, "5万元"),),
            ),
            indicators=(bp.Indicator(name="甲", actual=blank),),
        )
        narrative = bp.Statement(
            funding=Funding(
                sources=(
                    source(FundingKind.UNLISTED, "1万元", "甲款"),
                    source(FundingKind.OTHER, "2万元"),
                    source(FundingKind.OTHER, "3万元"),
                )
            ),
            indicators=(
                bp.Indicator(name="乙", actual=bp.parse_figure("7次")),
                bp.Indicator(name="甲", actual=bp.parse_figure("8次"), score=blank),
                bp.Indicator(level1="社会效益"),
            ),
            level_counts=LevelCounts(level1=bp.parse_figure("2个")),
            rating="良",
        )
        sheet = display(report_html(bp.SelfEvaluation(narrative=narrative, form=form)))
        rows = table_of(sheet, "资金")
        assert [row[:3] for row in rows] == [
            ["年度资金总额", "未填报", "5万元"],
            ["甲款", "1万元", "未填报"],
            ["其他资金", "2万元", "5万元"],
            ["其他资金", "3万元", "未填报"],
            ["基本支出", "未填报", "未填报"],
            ["项目支出", "未填报", "未填报"],
        ]
        assert rows[0][6] == "空白"
        first, second = table_of(sheet, "指标")
        assert (first[0], first[4], first[8]) == ("甲", "正文 8次附表 空白", "空白")
        assert (second[0], second[4], second[8]) == ("乙", "7次", "未填报")
        facts = dict(sheet.all("table")[0].rows)
        # Narrative: three sources, two actual values, one count. Form: total and source.
        assert facts["正文的数字"].startswith("已填列 6；未填报 ")
        assert facts["正文的数字"].endswith("；空白 1")
        assert facts["附表的数字"].startswith("已填列 2；未填报 ")
        assert facts["附表的数字"].endswith("；空白 2")
        assert facts["正文综合得分、等级"] == "未填报，良"
        assert "0" not in "".join("".join(row) for row in table_of(sheet, "资金"))
        assert sheet.text.endswith("没有三级指标的一级指标：社会效益")

    def test_every_figure_is_counted_once(self) -> None:
        """Stated are just those that have a path in the narrative or in the form."""
        facts = dict(display(report_html(REPORT, lang="en")).all("table")[0].rows)
        paths = [path for path, _ in bp.figures(attrs.evolve(REPORT, repeated=()))]
        for part in ("narrative", "form"):
            number = sum(path.startswith(f"{part}.") for path in paths)
            assert facts[f"figures of the {part}"].startswith(f"{number} stated; ")

    def test_how_it_was_read(self) -> None:
        reading = Reading(
            source="x",
            layout="y",
            encoding="utf-8",
            numbers=5,
            accounted=2,
            unread=(Unread(text="1", line=3), Unread(text="2", line=3), Unread(text="<b>", line=4)),
        )
        sheet = display(report_html(bp.SelfEvaluation(reading=reading)))
        assert "文中共 5 个数字，已读取 2 个" in sheet.text
        assert [item.text for item in sheet.all("li")] == ["第 3 行：1、2", "第 4 行：<b>"]
        assert summaries(sheet) == ["未读取的数字（3）"]
        note = bp.Text(zh="“其中：”重复", en="“其中：” is doubled")
        noted = attrs.evolve(reading, unread=(), notes=(note,))
        english = display(report_html(bp.SelfEvaluation(reading=noted), lang="en"))
        assert summaries(english) == ["notes about the document (1)"]


def test_a_notebook_shows_them_in_chinese() -> None:
    rules = bp.rules.get("national-2020")
    card = bp.scorecard(REPORT, rules=rules)
    finding = bp.check("4 = 3 + 0")
    assert REPORT._repr_html_() == report_html(REPORT, lang="zh")
    assert card._repr_html_() == scorecard_html(card, lang="zh")
    assert rules._repr_html_() == ruleset_html(rules, lang="zh")
    assert finding._repr_html_() == finding_html(finding, lang="zh")
    audit = bp.audit(REPORT)
    assert audit._repr_html_() == audit_html(audit, causes=audit.causes, lang="zh")


class TestStyle:
    """Contrast as in WCAG 2.1, 1.4.3: at least 4.5 for text of this size."""

    themes = re.findall(r"\{\n(--bp-surface:.*?)\}", STYLE, re.DOTALL)

    def test_light_and_dark_each_by_system_and_by_notebook(self) -> None:
        light, dark, told_light, told_dark, on_paper = self.themes
        assert (light, dark, light) == (told_light, told_dark, on_paper)
        assert "color-scheme:light" in light
        assert "color-scheme:dark" in dark
        assert "@media (prefers-color-scheme:dark)" in STYLE
        assert "@media print{" in STYLE
        for selector in ('[data-jp-theme-light="false"]', ".vscode-dark", '[theme="dark"]'):
            assert selector in STYLE

    def test_every_rule_is_scoped(self) -> None:
        flat = re.sub(r"@media[^{]*\{([^{}]*\{[^{}]*\})\}", r"\1", STYLE)
        for selector in re.findall(r"([^{}]+)\{", flat):
            assert ".budgetperf" in selector
        assert STYLE.count("{") == STYLE.count("}")

    @pytest.mark.parametrize("theme", [0, 1])
    @pytest.mark.parametrize(
        ("ink", "ground"),
        [
            ("ink", "surface"),
            ("soft", "surface"),
            ("soft", "band"),
            *((tone, f"{tone}-ground") for tone in ("bad", "warn", "near", "good", "open")),
        ],
    )
    def test_contrast(self, theme: int, ink: str, ground: str) -> None:
        colours = dict(re.findall(r"--bp-([a-z-]+):(#[0-9a-f]{6})", self.themes[theme]))
        of_ink, of_ground = luminance(colours[ink]), luminance(colours[ground])
        assert (max(of_ink, of_ground) + 0.05) / (min(of_ink, of_ground) + 0.05) >= 4.5

    def test_the_measure_of_contrast_itself(self) -> None:
        """Known values: black on white is 21, #767676 on white just passes."""
        assert luminance("#ffffff") == pytest.approx(1)
        assert luminance("#000000") == 0
        assert 1.05 / (luminance("#767676") + 0.05) == pytest.approx(4.54, abs=0.01)


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
