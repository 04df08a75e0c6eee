"""Published tables and worked figures, recomputed: shared/reports/tables.md, domain/rules.md.

The figures are those in print. What is added to them says so.
"""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

import attrs
import pytest

import budgetperf as bp
from budgetperf import Figure, Indicator, RuleSet, SelfEvaluation, Verdict, parse_figure
from budgetperf.auditing import Assumption
from budgetperf.model import Funding
from budgetperf.rules import get, ids
from budgetperf.scoring import ScoreRange, execution_score, indicator_score
from tests.documents.samples import EXAMPLES, SHARED
from tests.factories import LOCKED, figure, form, says, stated, there, typed, unscored

EXAMPLE = EXAMPLES / "department-2023.md"


def row(name: str, target: str, actual: str, weight: str, score: str) -> Indicator:
    return unscored(target, parse_figure(actual), weight, name=name, score=Figure.parse(score))


def table(
    *rows: Indicator, revised: str = "", rate: str = "", total: str = "", **others: str
) -> SelfEvaluation:
    """A form, as precise as its columns."""
    budget = others | {"initial": revised, "revised": revised, "execution_rate": rate}
    parsed = {name: stated(text, exact=None) for name, text in budget.items()}
    return bp.with_column_precision(form(*rows, total=stated(total, exact=None), **parsed))


def wrong(report: SelfEvaluation, rules: RuleSet | str | None = None) -> list[str]:
    return [f.code for f in bp.audit(report, rules=rules).inconsistent]


SHANGHAI = table(
    row("数量", "=100%", "100%", "10", "10"),
    row("质量", "=100%", "100%", "20", "20"),
    row("时效", "及时", "及时", "20", "20"),
    row("社会效益", "=100%", "100%", "30", "30"),
    row("满意度", ">=90%", "100%", "10", "10"),
    revised="250000.00元",
    executed="215457.6元",
    rate="86.19%",
    weight="10",
    score="8.62",
    total="98.62",
)


class TestShanghai2022:
    """Table 103."""

    def test_all_scores_and_the_total_are_recomputed(self) -> None:
        card = bp.scorecard(SHANGHAI, rules="shanghai-2022")
        assert [str(line.score) for line in card.lines] == ["8.62", "10", "20", "20", "30", "10"]
        assert str(card.total) == "98.62"
        assert all(
            line.score == line.stated or str(line.score) == str(line.stated) for line in card.lines
        )

    def test_only_the_printed_rate_is_wrong(self) -> None:
        """215457.6 / 250000 = 86.183 %, printed 86.19 %."""
        assert wrong(SHANGHAI, "shanghai-2022") == ["F05"]

    def test_the_second_table(self) -> None:
        second = table(
            revised="20000.00元", executed="9034元", rate="45.17%", weight="10", score="4.52"
        )
        rules = get("shanghai-2022")
        scored = execution_score(
            there(rules.execution),
            executed=Figure.parse("9034元"),
            revised=Figure.parse("20000.00元"),
            rounding=rules.score_rounding,
        )
        assert typed(ScoreRange, scored).value == Fraction("4.52")  # 4.517
        assert wrong(second, "shanghai-2022") == []

    @pytest.mark.parametrize("score", ["8.61", "8.63", "10"])
    def test_another_score_is_not_what_the_rule_gives(self, score: str) -> None:
        total = SHANGHAI.form.funding.total
        changed = attrs.evolve(
            SHANGHAI,
            form=attrs.evolve(
                SHANGHAI.form, funding=Funding(total=attrs.evolve(total, score=Figure.parse(score)))
            ),
        )
        assert "F06" in wrong(changed, "shanghai-2022")


class TestHubei2020:
    """The form gives budget execution 20 points."""

    @pytest.mark.parametrize(
        ("executed", "score", "elsewhere"),
        [
            ("100", "20", ["F06"]),  # 10 by a rule that gives 10 points
            ("93", "18.6", ["F06"]),
            ("45", "9", ["F06"]),  # 4.5
            ("120", "20", ["F06"]),
            ("0", "0", []),  # nothing spent, no points, by either
        ],
    )
    def test_twenty_points_of_execution(
        self, executed: str, score: str, elsewhere: list[str]
    ) -> None:
        report = table(
            revised="100.00万元", executed=f"{executed}.00万元", weight="20", score=score
        )
        assert wrong(report, "hubei-2020") == []
        assert wrong(report, "yitihua-default") == elsewhere


class TestChongqing2021:
    """Table 053: a coefficient of 100 % in every row, and 7.6 of 10 for 76 %."""

    ROWS = (
        row("财政供养人员控制率", "≤100%", "92%", "2", "2"),
        row("预算完成率", "≥70%", "76%", "2", "2"),
        row("预算调整率", "≤3%", "0%", "2", "2"),
        row("结转结余率", "≤2%", "0%", "2", "2"),
        row("公用经费控制率", "≤100%", "97%", "2", "2"),
        row("固定资产利用率", "≥90%", "100%", "2", "2"),
        row("培训次数", "≥6次", "12次", "5", "5"),
        row("播发稿件", "≥2200篇", "2859篇", "10", "10"),
        row("业务保障能力提升", "≥90%", "95%", "10", "10"),
    )
    """The operators are ours: the table has none. The row of 政府采购执行率 stands apart."""

    def test_nothing_is_lost_above_the_target(self) -> None:
        """Twice the target, and all the points."""
        rules = get("chongqing-2021")
        for indicator in self.ROWS:
            assert isinstance(indicator.weight, Figure)
            if indicator.target.direction is bp.Direction.AT_LEAST:
                scored = typed(
                    ScoreRange, indicator_score(indicator, rules, weight=indicator.weight)
                )
                assert scored.value == indicator.weight.nominal

    def test_execution(self) -> None:
        report = table(revised="100.00万元", executed="76.00万元", weight="10", score="7.6")
        assert wrong(report, "chongqing-2021") == []
        changed = table(revised="100.00万元", executed="76.00万元", weight="10", score="7.4")
        assert wrong(changed, "chongqing-2021") == ["F06"]

    def test_procurement_could_only_have_been_meant_to_stay_low(self) -> None:
        """72.74 % of a target of 100 % has all the points: 2 by ≤, 1.45 by ≥."""
        low = table(row("政府采购执行率", "≤100%", "72.74%", "2", "2"))
        high = table(row("政府采购执行率", "≥100%", "72.74%", "2", "2"))
        assert "W04" not in wrong(low, "yitihua-default")
        assert wrong(high, LOCKED) == ["W04"]


class TestHunan:
    """Table 021, and the worked rows of the older forms (rules.md §4.4)."""

    @pytest.mark.parametrize(
        ("equation", "verdict"),
        [
            ("100% = 15 / 15", Verdict.EXACT),
            ("1505.3 = 1049.4 + 156.6 + 279.3 + 20 + 4", Verdict.INCONSISTENT),  # 1509.3
            ("1377.9 = 960.00 + 44.50 + 351.40 + 20 + 2", Verdict.EXACT),
            ("1369.3 = 958.7 + 43.6 + 345 + 20 + 2", Verdict.EXACT),
            ("1397.90 = 1377.9 + 20", Verdict.EXACT),
            ("1389.3 = 1369.3 + 20", Verdict.EXACT),
            ("99.3% = 1389.3 / 1397.90", Verdict.TRUNCATED),  # 99.385 %
        ],
    )
    def test_the_figures_of_021(self, equation: str, verdict: Verdict) -> None:
        assert bp.check(equation).verdict is verdict

    def test_staffing_and_public_expenses_of_021(self) -> None:
        assert str(bp.rates.staffing_control_rate(in_service=bp.Count(15), authorised=bp.Count(15)))
        rows = (
            row("在职人员控制率", "≤100%", "100%", "5", "5"),
            row("“三公经费”变动率", "≤0%", "0%", "5", "5"),
        )
        assert wrong(table(*rows), "hunan-dept-weight-5") == []

    @pytest.mark.parametrize(
        ("name", "actual", "score"),
        [
            ("在职人员控制率", "95.10%", "8"),  # 136 / 143
            ("三公经费变动率", "98.31%", "0"),  # (63.46 − 32) / 32
            ("预算完成率", "99.27%", "8"),  # 2690.62 / 2710.42: less than a whole step
            ("预算控制率", "39.9%", "0"),  # 767.86 / 1922.76
        ],
    )
    def test_the_rows_as_that_filer_scored_them(self, name: str, actual: str, score: str) -> None:
        report = table(row(name, "≥0%", actual, "8", score))
        findings = bp.audit(report, rules="hunan-dept-weight-8").findings
        assert [f.verdict for f in findings if f.code == "W04"] == [Verdict.EXACT]


SHANXI_ROWS = (
    ("38508人", "37442人", "3", "3"),
    ("100.00%", "97.30%", "2", "1.9"),
    ("214人", "203人", "2", "1.8"),
    ("120人", "69人", "2", "1"),
    ("5662人", "4044人", "2", "1.4"),
    ("3807人", "3224人", "2", "1.9"),
    ("3807人", "3220人", "2", "1.8"),
    ("863人", "695人", "2", "1.8"),
    ("863人", "683人", "2", "1.7"),
    ("212人", "209人", "2", "1.8"),
    ("8例", "8例", "2", "2"),
    ("1228人", "770人", "2", "1.8"),
    ("24694人", "22584人", "2", "1.7"),
)


def _scores_shortfalls(rules: RuleSet) -> bool:
    short = row("某指标", "≥100人", "90人", "2", "2")
    return isinstance(indicator_score(short, rules, weight=figure("2")), ScoreRange)


class TestShanxi2021:
    """Table 031. It prints no operators; with ≥ they are what the headcounts mean."""

    DIRECTED = table(
        *(row(f"指标{i}", f"≥{t}", *texts) for i, (t, *texts) in enumerate(SHANXI_ROWS))
    )
    AS_PRINTED = table(*(row(f"指标{i}", *cells) for i, cells in enumerate(SHANXI_ROWS)))

    def test_every_rule_set_that_says_what_a_shortfall_costs_is_refuted(self) -> None:
        """3 of 3 at 97 %, 1.8 of 2 at 63 % and 1.8 at 98.6 %: no curve gives that.

        Those that a form was seen to follow only where targets are met say nothing of the others,
        and nothing is refuted by scores that may be written by hand.
        """
        fit = bp.rules_that_fit(self.DIRECTED)
        refuted = {candidate.convention.id for candidate in fit.refuted}
        assert refuted == {
            id for id in ids() if _scores_shortfalls(get(id)) and not get(id).editable
        }
        assert len(refuted) > 10
        assert all(candidate.refutation is not None for candidate in fit.refuted)

    def test_the_order_of_the_scores_is_caught_without_rules(self) -> None:
        (pair,) = [
            f
            for f in bp.audit(self.DIRECTED).inconsistent
            if f.code == "W06"
            and {o.path for o in f.operands}
            >= {"form.indicators[11].score", "form.indicators[4].score"}
        ]
        assert "62" not in pair.why.zh
        assert "1.8" in pair.why.zh
        assert "1.4" in pair.why.zh  # 770/1228 = 62.7 % has 1.8, 4044/5662 = 71.4 % only 1.4

    def test_as_printed_a_reviewer_asks(self) -> None:
        asked = [f for f in bp.audit(self.AS_PRINTED).to_review if f.code == "W06"]
        assert asked
        assert "W06" not in wrong(self.AS_PRINTED)

    def test_as_printed_no_direction_gives_these_scores(self) -> None:
        """203 of 214 have 1.90 by ≥ and = and 2 by ≤, never 1.8; where a direction has no rule,
        nothing follows."""
        scores = [f for f in bp.audit(self.AS_PRINTED, rules=LOCKED).findings if f.code == "W04"]
        verdicts = [f.verdict for f in scores]
        wrong = [i for i, verdict in enumerate(verdicts) if verdict is Verdict.INCONSISTENT]
        assert wrong == [2, 3, 9, 12]  # 1.90, 1.15, 1.97 and 1.83 are due, if not 2
        assert verdicts[1] is Verdict.TRUNCATED  # 1.9 of 1.95
        silent = bp.audit(self.AS_PRINTED, rules="national-pilot-2016").findings
        assert [f.reason for f in silent if f.code == "W04"] == [
            *["no-direction"] * 10, None, *["no-direction"] * 2,
        ]  # fmt: skip  # 8 of 8 has full marks in every direction that the form knows


class TestTheReportOf2023:
    """defects.md §4: weights 10 + 30 + 20 + 20 + 20, scores 10 + 30 + 18 + 20 + 20."""

    def test_under_each_rule_set(self) -> None:
        """Row 2 is met and has 18 of 20: that refutes whoever gives a met target full marks,

        and lets nobody write another score by hand.
        """
        fit = bp.rules_that_fit(bp.read(EXAMPLE))
        first = {
            candidate.convention.id: candidate.refutation.operands[0].path
            for candidate in fit.refuted
            if candidate.refutation is not None
        }
        assert first.pop("hubei-2020") == "form.funding.total.score"  # 20 are due, 10 are stated
        assert set(first.values()) == {"form.indicators[3].score"}
        fitting = {candidate.id for candidate in fit.rules.fitting}
        by_hand = {id for id in ids() if get(id).editable}
        # 100 % beside ≥90 %: the form from Anhui shows no target that is exceeded.
        assert fitting == {
            "national-2020", "henan-2020", "xinjiang-observed-2023", "anhui-chizhou-2022", *by_hand,
            # Those that score no indicators of this form:
            "henan-bond", "sichuan-2025", "sichuan-pidu-project-2025", "zhengzhou",
        }  # fmt: skip
        undecided = {candidate.convention.id for candidate in fit.rules.open}
        assert all(get(id).at_least is None for id in undecided)


@pytest.mark.parametrize(
    ("total", "holds"),
    [
        ("99.88", True),  # 10 + 3 × 29.96
        ("99.87", True),  # 10 + 3 × 29.957…: added up before it was rounded
        ("99.91", False),  # neither, nor anything between
    ],
)
def test_scores_may_be_rounded_before_or_after_they_are_added_up(total: str, holds: bool) -> None:
    """699 of 700 thrice, all spent, and a rule-set that does not say how scores are rounded."""
    rows = [row(f"指标{i}", "≥700人", "699人", "30", "29.96") for i in range(3)]
    report = table(
        *rows, revised="5.00万元", executed="5.00万元", weight="10", score="10", total=total
    )
    audit = bp.audit(report, rules="national-pilot-2016")
    assert bool(audit.inconsistent) is not holds


# shared/documents/tables: filled forms from nine places, each with its figures and what was judged.

TABLES = SHARED / "documents" / "tables"
IN_FORCE = {
    "202": "hebei-tianjin-mode",  # 邯郸
    "203": "national-2020",  # 宣城: of Anhui only other places are known
    "205": "national-2020",  # 深圳
    "215": "national-pilot-2016",  # 廊坊, for 2019
    "216": "national-2020",  # 丽江
    "217": "hubei-2020",
}
"""By which rule-set each scored table is tried: that of its region, or what held everywhere."""
UNSCORED = {"208", "214", "218"}
UNLIKE = {
    "205": {"城中村、住宅区任务完成套数"},  # 1806 of 1785, and no operator
    "215": {"工程资金金额"},  # 9 for 8.62, and no operator
    "216": {"卫片执法补助经费", "项目验收合格率", "项目完成及时率", "违法行为责停率"},
}
"""The rows whose score is not that of the rule, or of which it says none."""


def published(number: str) -> dict[str, Any]:
    (file,) = TABLES.glob(f"{number}_*.json")
    loaded: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return loaded


def cells(data: dict[str, Any], part: str) -> dict[str, dict[str, str]]:
    """The rows of a part of the form, by name, and their cells by header."""
    by_name: dict[str, dict[str, str]] = {}
    for key, text in data["figures"].items():
        first, *names = key.split("/", 2)  # a header may be 执行率(B/A)
        if first == part:
            name, head = ("", names[0]) if len(names) == 1 else names
            by_name.setdefault(name, {})[head] = text
    return by_name


def _indicator(name: str, cell: dict[str, str], *, score: str, weight: str) -> Indicator:
    unit = cell.get("单位", "%" if "符号" in cell else "")
    operator = cell.get("符号") or cell.get("性质", "")
    target = cell.get("指标值") or cell.get("值") or cell["目标值"]
    actual = cell["实际"] if cell["实际"].endswith(unit) else cell["实际"] + unit
    return row(name, f"{operator}{target}{unit}", actual, cell[weight], cell[score])


def form_of(data: dict[str, Any], *, score: str = "得分", weight: str = "分值") -> SelfEvaluation:
    """The form as its figures say it; rows of which the score was cut off are left out."""
    rows = [
        _indicator(name, cell, score=score, weight=weight)
        for name, cell in cells(data, "指标").items()
        if score in cell
    ]
    funds = cells(data, "资金")
    total = funds.get("年度资金总额", {}) | funds.get("", {})

    def first(*heads: str) -> str:
        printed = next((total[head] for head in heads if head in total), "")
        number = printed.rstrip("万").replace(",", "")
        return f"{number}万元" if number else ""

    return table(
        *rows,
        revised=first("全年预算数(A)", "全年预算数", "预算数(A)", "预算数", "下达额度"),
        executed=first("全年执行数(B)", "全年执行数", "执行数(B)", "执行数", "实际支出金额"),
        weight=total.get("分值", "20" if data["id"] == "217" else ""),
        score=total.get("得分", ""),
    )


def judged(data: dict[str, Any]) -> set[str]:
    """What the JSON beside the table says is not as a rule would have it."""
    odd = {row["at"] for row in data["judged"]}
    return odd | {
        relation["id"] for relation in data["relations"] if relation["verdict"] != "exact"
    }


@pytest.mark.skipif(not TABLES.is_dir(), reason="these documents are not shipped")
class TestTheTablesBeside:
    def test_each_of_them_is_looked_at(self) -> None:
        numbers = {file.name.split("_")[0] for file in TABLES.glob("*.json")}
        assert numbers == set(IN_FORCE) | UNSCORED
        for number in UNSCORED:
            assert not [key for key in published(number)["figures"] if key.endswith("得分")]

    @pytest.mark.parametrize("number", IN_FORCE)
    def test_each_score_is_that_of_the_rule_or_the_json_says_why_not(self, number: str) -> None:
        data = published(number)
        heads = {"score": "单项得分", "weight": "权重占比"} if number == "202" else {}
        report = form_of(data, **heads)
        names = {f"form.indicators[{i}].score": r.key for i, r in enumerate(report.form.indicators)}
        names["form.funding.total.score"] = "exec"
        findings = {
            names[finding.operands[0].path]: finding
            for finding in bp.audit(report, rules=IN_FORCE[number]).findings
            if finding.code in ("W04", "F06") and finding.operands
        }
        printed = [key for key in data["figures"] if key.endswith("得分") and "折算" not in key]
        assert len(findings) == len(printed) - (number == "217")  # it prints 自评得分 of the whole
        unlike = {name for name, finding in findings.items() if not finding.verdict.holds}
        assert unlike == UNLIKE.get(number, set())
        explained = judged(data)
        assert all(any(at == "all rows" or at in name for at in explained) for name in unlike)
        # And what is reproduced only because its column prints no decimals is said, too.
        assert (number == "215") == ("exec" in explained)

    def test_a_score_that_was_rounded_for_its_column_is_said_to_be(self) -> None:
        """廊坊: 10 × 37.24 / 43.2 is 8.6204, and the column has no decimals."""
        report = form_of(published("215"))
        findings = bp.audit(report, rules="national-pilot-2016").findings
        (finding,) = [f for f in findings if f.code == "F06"]
        assert finding.verdict is Verdict.EXACT
        assert finding.assumes == (Assumption.ROUNDED_TO_PRINT,)
        says(finding.message, "按得分栏填列的位数四舍五入", "rounded to the places in print")
        whole = [f for f in findings if f.code == "W04" and f.verdict is Verdict.EXACT]
        assert whole
        assert not any(finding.assumes for finding in whole)  # 10 is due, and stated

    def test_a_rule_that_says_how_scores_are_rounded_leaves_nothing_to_assume(self) -> None:
        """普陀: 8.618 is due, and 8.62 by the rule."""
        findings = bp.audit(SHANGHAI, rules="shanghai-2022").findings
        assert not any(finding.assumes for finding in findings if finding.code == "F06")
