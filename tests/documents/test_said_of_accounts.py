"""Fixed assets, procurement, people on hand, and lists by the nature of expenditure.

Names and figures are invented.
"""

from __future__ import annotations

import pytest

import budgetperf as bp

from .narratives import DEPARTMENT, PROJECT, read

FUNDS = "全年预算数100万元，全年执行数95万元。"
ASSETS = {
    "narrative.fixed_assets.original_value": "320.5万元",
    "narrative.fixed_assets.accumulated_depreciation": "110.2万元",
    "narrative.fixed_assets.net_value": "210.3万元",
}


@pytest.mark.parametrize(
    "text",
    [
        "截至2023年底，固定资产原值320.5万元，累计折旧110.2万元，净值210.3万元。",
        "年末固定资产账面原值320.5万元、累计折旧110.2万元、账面净值210.3万元。",
        "截至年末，固定资产原值为320.5万元，固定资产累计折旧为110.2万元，固定资产净值为210.3万元。",
    ],
)
@pytest.mark.parametrize("title", [PROJECT, DEPARTMENT])
def test_fixed_assets(text: str, title: str) -> None:
    figures = read(FUNDS + text, title)
    known = {path: own for path, own in figures.items() if "fixed_assets" in path}
    assert known.items() <= ASSETS.items()
    assert len(known) >= 2
    assert not any("achievements" in path for path in figures)


def test_a_net_value_that_is_not_what_is_left_is_found() -> None:
    text = "年末固定资产原值320.5万元，累计折旧110.2万元，净值220.3万元。"
    audit = bp.audit(bp.parse(PROJECT + FUNDS + text))
    assert {finding.code for finding in audit.inconsistent} == {"F16"}


@pytest.mark.parametrize(
    "text",
    [
        "房屋原值320.5万元，设备净值210.3万元。",  # of some of them
        "固定资产原值320.5万元，其中房屋300万元。固定资产原值比上年增加20万元。",
        "年初固定资产原值300万元。年末固定资产原值320.5万元。",
        "某某学校固定资产原值320.5万元。",
    ],
)
def test_what_may_be_of_other_assets_or_of_another_day_is_none(text: str) -> None:
    figures = read(FUNDS + text)
    values = {own for path, own in figures.items() if "fixed_assets" in path}
    assert values <= {"320.5万元"}


PROCURED = {
    "narrative.procurement.budget": "85万元",
    "narrative.procurement.executed": "81.6万元",
    "narrative.procurement.execution_rate": "96%",
}


@pytest.mark.parametrize(
    "text",
    [
        "当年政府采购预算85万元，实际采购金额81.6万元，采购执行率96%。",
        "2023年政府采购预算数85万元，实际政府采购数81.6万元，政府采购执行率为96%。",
        "政府采购预算为85万元，全年实际完成政府采购81.6万元，采购预算执行率96%。",
    ],
)
@pytest.mark.parametrize("title", [PROJECT, DEPARTMENT])
def test_procurement(text: str, title: str) -> None:
    figures = read(FUNDS + text, title)
    assert {path: own for path, own in figures.items() if "procurement" in path} == PROCURED
    assert figures["narrative.funding.total.executed"] == "95万元"
    wrong = bp.audit(bp.parse(title + FUNDS + text.replace("96%", "98%")))
    assert {finding.code for finding in wrong.inconsistent} == {"F15"}


@pytest.mark.parametrize(
    "text",
    [
        "下属学校政府采购预算85万元，实际采购金额81.6万元。",
        "设备采购预算30万元，实际采购金额28万元。",
        "上年政府采购预算80万元。政府采购支出总额81.6万元，其中货物51.6万元、服务30万元。",
        "政府采购预算85万元。教育系统政府采购预算120万元。",
    ],
)
def test_what_others_procured_is_none(text: str) -> None:
    figures = read(FUNDS + text)
    values = {own for path, own in figures.items() if "procurement" in path}
    assert values <= {"85万元"}


@pytest.mark.parametrize("people", ["实有人员57人", "年末实有人数57人", "实有57人"])
def test_who_is_on_hand_may_have_retired(people: str) -> None:
    report = bp.parse(f"{DEPARTMENT}编制数60人，{people}。{FUNDS}")
    assert report.reading is not None
    assert "57" in [number.text for number in report.reading.unread]


@pytest.mark.parametrize(
    "way",
    [
        "，按支出性质分：{}",
        "，按支出性质划分，{}",
        "。按支出性质分，{}",
        "，按资金性质分为：{}",
        "，按支出用途分类，{}",
        "，按性质看，{}",
        "。支出按性质分：{}",
    ],
)
def test_lists_by_what_money_is_spent_for(way: str) -> None:
    parts = "基本支出60万元，项目支出{}万元"
    figures = read("2023年全年支出100万元" + way.format(parts.format(40)) + "。")
    assert figures["narrative.breakdowns[0].total"] == "100万元"
    assert figures["narrative.breakdowns[0].parts[1].amount"] == "40万元"
    wrong = "2023年全年支出100万元" + way.format(parts.format(45)) + "。"
    audit = bp.audit(bp.parse(PROJECT + wrong))
    assert {finding.code for finding in audit.inconsistent} == {"F01"}


@pytest.mark.parametrize("added", ["补充下达20万元", "年中补充下达预算20万元", "补充安排20万元"])
def test_what_was_granted_besides_is_an_addition(added: str) -> None:
    figures = read(f"年初预算数100万元，{added}，全年预算数120万元，全年执行数114万元。")
    assert figures["narrative.adjustment.amount"] == "20万元"
    assert figures["narrative.funding.total.revised"] == "120万元"
