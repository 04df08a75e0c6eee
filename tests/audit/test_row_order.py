"""What is found of a row does not depend on the rows that stand above it."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

import budgetperf as bp
from tests.factories import form, in_text

HALF = "达到指标值得满分，否则不得分"


def row(name: str, target: str, actual: str | None, score: Any = "20", **more: Any) -> Any:
    texts = {"level1": "产出指标", "level2": "数量指标", "weight": "20", **more}
    return bp.Indicator(name=name, target=target, actual=actual, score=score, **texts)


ROWS: tuple[bp.Indicator, ...] = (
    row("宣讲", "≥10次", "10次", "18"),
    row("巡查", "≥10次", "8次", explanation="因疫情减少"),
    row("检查", "≥10次", "8次", "16", completion_rate="80%", deviation="-20%"),
    row("回访", "10次", "20次", completion_rate="200%", deviation="100%"),
    row("投诉", "≤5次", "7次", "12", completion_rate="140%"),
    row("事故", "≤0起", "1起", "0"),
    row("合格率", "=100%", "95.5%", "19.1", completion_rate="95.5%"),
    row("及时率", ">95%", "95%", completion_rate="101%"),
    row("成本", "≤353.21万元", "360万元", "25"),
    row("覆盖", "≥100户", None),
    row("未实施", "≥100户", "—", "—"),
    row("无分值", "≥100户", "90户", weight=None),
    row("无得分", "≥100户", "90户", None),
    row("单位", "≥100户", "90人"),
    row("机制", "健全", "健全"),
    row("水平", "提高", "基本达成目标", "8"),
    row("负分", "≥1次", "1次", bp.Figure.parse("-1")),
    row("规则", "≥10次", "9次", "10", scoring_rule=HALF),
    row("规则二", "健全", "健全", "3", scoring_rule=HALF),
    row("不明规则", "≥10次", "9次", "10", scoring_rule="视情况赋分"),
    row("不明规则二", "健全", "部分达成", "10", scoring_rule="视情况赋分"),
    row("年中", "≥10次", "10次", midyear="12次"),
    row("系数", "≥10次", "10次", "19", mark="90"),
)
ORDERS = (ROWS[::-1], ROWS[7:] + ROWS[:7], ROWS[15:] + ROWS[:15], ROWS[::2] + ROWS[1::2])
JOINTLY = {"J01", "W01", "W08", "W11", "W13", "W15", "W17"}
"""What is said of many rows at once, and names the first."""


def found(
    rows: tuple[bp.Indicator, ...], rules: str | None, *, text: bool
) -> Counter[tuple[str, bp.Verdict, str | None, str, str]]:
    report = form(*rows, total="90", initial="100", revised="100", executed="90")
    findings = bp.audit(in_text(report) if text else report, rules=rules).findings
    return Counter(
        (each.code, each.verdict, each.reason, each.subject.zh, each.why.zh)
        for each in findings
        if each.code not in JOINTLY
    )


@pytest.mark.parametrize("text", [False, True])
@pytest.mark.parametrize("rules", [None, "yitihua-default", "national-2020"])
def test_each_row_is_looked_at_whatever_stands_above_it(rules: str | None, text: bool) -> None:
    usual = found(ROWS, rules, text=text)
    codes = {code for code, *_ in usual}
    assert codes >= {"W03", "W04", "W05", "W10", "Q01", "Q02", "Q03", "Q05", "Q06"}
    for rows in ORDERS:
        assert found(rows, rules, text=text) == usual


@pytest.mark.parametrize("rules", ["yitihua-default", "national-2020"])
def test_each_row_has_its_score_whatever_stands_above_it(rules: str) -> None:
    def scores(rows: tuple[bp.Indicator, ...]) -> set[tuple[object, ...]]:
        lines = bp.scorecard(form(*rows), rules=rules).lines
        return {(line.name, line.weight, line.score, line.reason, line.why) for line in lines}

    usual = scores(ROWS)
    assert len({score for _, _, score, *_ in usual if score is not None}) > 4
    for rows in ORDERS:
        assert scores(rows) == usual
