"""A budget that a change follows is not what was to be spent, and what it was changed to is.

Names and figures are invented; every text is right as it stands, so that nothing may be accused.
"""

from __future__ import annotations

import pytest

import budgetperf as bp

from .narratives import DEPARTMENT, PROJECT, read, total
from .test_forms import notes

COUNTED = "\n共维修泵站5处。"
"""Something that is read whatever else is not."""


def _accused(text: str, title: str = PROJECT) -> list[str]:
    return [cause.title.zh for cause in bp.audit(bp.parse(title + text + COUNTED)).causes]


@pytest.mark.parametrize(
    "text",
    [
        "项目预算200万元，追加20万元，支出209万元，执行率95%。",
        "项目预算200万元，收回20万元，剩余180万元，支出171万元，执行率95%。",
        "预算200万元，核减20万元，支出171万元，执行率95%。",
        "下达资金200万元，追加下达20万元，支出209万元，执行率95%。",
        "项目预算资金200万元，执行过程中追加了20万元，支出209万元，执行率95%。",
        "项目安排资金200万元，缴回财政20万元，支出171万元，执行率95%。",
        "项目预算200万元，因疫情压减20万元，支出171万元，执行率95%。",
        "项目预算200万元，追加20万元、核减10万元，支出199.5万元，执行率95%。",
        "项目预算200万元，统筹收回20万元，支出171万元，执行率95%。",
        "项目预算200万元。年中追加20万元。支出209万元，执行率95%。",
        "全年预算200万元，年中追加20万元，支出209万元，执行率95%。",
        "批复预算200万元，年中调剂增加20万元，全年支出209万元，预算执行率95%。",
        "项目预算200万元，支出209万元，年中追加20万元，执行率95%。",
        "到位资金200万元，收回20万元，支出171万元，执行率95%。",
        "（一）安排。项目预算200万元。\n（二）调整。追加20万元。\n（三）执行。支出209万元，执行率95%。",
        "项目预算由100万元调整为200万元，再调减20万元，支出171万元，执行率95%。",
        "项目预算200万元，经申请追加20万元，支出209万元，执行率95%。",
        "项目预算200万元，申请追加20万元并获批复，支出209万元，执行率95%。",
        "项目预算200万元，根据年度计划调减20万元，支出171万元，执行率95%。",
        "项目预算200万元，下降20万元，支出171万元，执行率95%。",
        "项目预算200万元，提高到220万元，支出209万元，执行率95%。",
        "项目预算200万元，追加20余万元，支出209万元，执行率95%。",
        "项目预算200万元，多次研究调整为180万元，支出171万元，执行率95%。",
        "项目预算200万元（年中追加20万元），支出209万元，执行率95%。",
    ],
)
def test_a_budget_before_it_changed_is_no_base(text: str) -> None:
    assert not _accused(text)
    said = total(text + COUNTED)
    assert "revised" not in said
    assert "received" not in said
    assert "20万元" not in [
        str(a.value) for a in bp.parse(PROJECT + text + COUNTED).narrative.achievements
    ]


@pytest.mark.parametrize(
    "text",
    [
        "项目预算200万元，较上年增加20万元，支出190万元，执行率95%。",
        "项目预算200万元，支出190万元，执行率95%，财政收回10万元。",
        "项目全年预算200万元，较年初预算增加20万元，支出190万元，执行率95%。",
        "项目全年预算200万元（含追加20万元），支出190万元，执行率95%。",
        "项目预算200万元，其中年中追加20万元，支出190万元，执行率95%。",
        "项目预算200万元，节约资金10万元，支出190万元，执行率95%。",
        "项目预算200万元，需要追加20万元，支出190万元，执行率95%。",
        "项目全年预算200万元，其中：年初预算180万元，年中追加20万元，支出190万元，执行率95%。",
        "项目预算200万元，拟追加20万元，支出190万元，执行率95%。",
        "项目预算200万元，新增就业岗位补贴20万元，支出190万元，执行率95%。",
        "2022年项目预算80万元，追加20万元。2023年项目预算200万元，支出190万元，执行率95%。",
        "项目预算200万元，支出190万元，执行率95%。2024年拟追加20万元。",
        "项目预算200万元，支出190万元，执行率95%。“三公”经费预算10万元，压减2万元。",
        "项目预算180万元，追加20万元，调整后预算200万元，支出190万元，执行率95%。",
        "项目预算180万元，追加20万元后，预算为200万元，支出190万元，执行率95%。",
    ],
)
def test_a_budget_that_no_change_follows(text: str) -> None:
    said = total(text)
    assert (said["revised"], said["executed"], said["execution_rate"]) == (
        "200万元",
        "190万元",
        "95%",
    )
    assert not _accused(text)


@pytest.mark.parametrize(
    "text",
    [
        "项目预算200万元，调减20万元后为180万元",
        "项目预算200万元，年中调减20万元后，调整后预算180万元",
        "项目预算200万元，后调整为180万元",
        "项目预算200万元，年中调整为180万元",
        "项目预算由200万元调减至180万元",
        "项目预算由年初的200万元调减至180万元",
        "项目预算从200万元压减到180万元",
        "年初预算200万元，执行中调减至180万元",
        "项目预算200万元，核减20万元，调整为180万元",
        "项目预算200万元，经财政批准调整为180万元",
        "项目预算200万元，执行中根据工作需要调整为180万元",
    ],
)
def test_what_a_budget_was_changed_to(text: str) -> None:
    text += "，支出171万元，执行率95%。"
    said = total(text)
    assert (said["revised"], said["executed"], said["execution_rate"]) == (
        "180万元",
        "171万元",
        "95%",
    )
    assert not _accused(text)


@pytest.mark.parametrize(
    "text",
    [
        "项目预算200万元，其中培训费由20万元调减至18万元。",
        "项目预算200万元，培训费调整为18万元。",
        "培训费预算由20万元调减至18万元。",
        "水厂项目预算由20万元调整为18万元。",
        "邻县项目预算20万元，后调整为18万元。",
        "2022年项目预算20万元，后调整为18万元。",
        "补助标准由每人20元调整为18元。",
        "项目拟由20万元调减至18万元。",
    ],
)
def test_what_other_amounts_were_changed_to(text: str) -> None:
    said = read(text + COUNTED)
    assert not {"18万元", "18元", "-18万元"} & set(said.values())
    assert not _accused(text)


@pytest.mark.parametrize(
    "change", ["调减120万元", "核减120万元", "收回120万元", "年中调减资金120万元"]
)
def test_batches_and_a_cut_make_up_what_was_handed_out(change: str) -> None:
    for text in (
        f"第一批下达资金900万元，第二批下达资金600万元，{change}，实际下达1380万元。",
        f"第一批下达资金900万元，第二批下达资金600万元，实际下达1380万元，{change}。",
        f"实际下达1380万元，其中第一批900万元，第二批600万元，{change}。",
    ):
        assert not _accused(text)
        assert total(text)["revised"] == "1380万元"


def test_batches_without_a_change_are_checked_still() -> None:
    text = "第一批下达资金900万元，第二批下达资金600万元，共下达1380万元。"
    assert _accused(text)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("年初预算1864.20万元，年中调减215.80万元，全年预算1648.40万元。", "-215.80万元"),
        ("年初预算1864.20万元，年中调整减少215.80万元，全年预算1648.40万元。", "-215.80万元"),
        ("年初预算1864.20万元，执行中调减215.80万元，全年预算1648.40万元。", "-215.80万元"),
        ("年初预算1432.60万元，执行中调增215.80万元，全年预算1648.40万元。", "215.80万元"),
        ("年初预算安排1432.60万元，执行中调增215.80万元，全年预算1648.40万元。", "215.80万元"),
        ("年初预算1432.60万元，预算执行中追加215.80万元，全年预算1648.40万元。", "215.80万元"),
        ("年初预算1648.40万元，调减0万元，全年预算1648.40万元。", "0万元"),
        ("调整后预算1648.40万元（调增215.80万元）。", "215.80万元"),
        ("调整后预算1648.40万元（其中调减215.80万元）。", "-215.80万元"),
    ],
)
@pytest.mark.parametrize("title", [PROJECT, DEPARTMENT])
def test_by_how_much_a_budget_was_adjusted(text: str, amount: str, title: str) -> None:
    said = read(text, title)
    assert said["narrative.adjustment.amount"] == amount
    assert total(text, title)["revised"] == "1648.40万元"
    assert not bp.parse(title + text).narrative.breakdowns
    assert not _accused(text, title)


def test_a_cut_that_is_wrong_is_found() -> None:
    text = "年初预算1864.20万元，年中调减225.80万元，全年预算1648.40万元。"
    assert _accused(text)


@pytest.mark.parametrize(
    "text",
    [
        "全年预算1648.40万元（含追加215.80万元）。",
        "全年预算1648.40万元（比年初预算增加215.80万元）。",
        "全年预算1648.40万元，其中年中追加215.80万元。",
        "调整后预算1648.40万元（追加315.80万元，调减100万元）。",
        "基本支出调整后预算1648.40万元（调增215.80万元）。",
        "2022年调整后预算1648.40万元（调增215.80万元）。",
    ],
)
def test_changes_that_may_not_be_all_of_them(text: str) -> None:
    said = read(text + COUNTED, DEPARTMENT)
    assert not [path for path in said if "adjustment" in path]
    assert not bp.parse(DEPARTMENT + text + COUNTED).narrative.breakdowns


@pytest.mark.parametrize(
    "text",
    [
        "预算数200万元，上年结转20万元，执行数209万元，执行率95%。",
        "下达资金200万元，上年结转20万元，支出209万元，执行率95%。",
    ],
)
def test_a_budget_beside_what_was_carried_over(text: str) -> None:
    assert not _accused(text)


def test_a_budget_that_was_changed_twice() -> None:
    text = (
        "年初预算60万元，年中追加10万元，调整后预算70万元，调减5万元，调整后预算65万元，"
        "支出61.75万元，执行率95%。"
    )
    assert total(text)["revised"] == "65万元"
    assert not _accused(text)


def test_what_follows_a_change_with_parts_is_read() -> None:
    text = (
        "年初预算1864.20万元，执行中调整增加215.80万元（其中：中央资金100.00万元，省级资金115.80万元），"
        "全年预算2080.00万元，执行1976.00万元，执行率95%。"
    )
    assert total(text, DEPARTMENT) == {
        "initial": "1864.20万元",
        "revised": "2080.00万元",
        "executed": "1976.00万元",
        "execution_rate": "95%",
    }
    assert read(text, DEPARTMENT)["narrative.adjustment.amount"] == "215.80万元"


@pytest.mark.parametrize(
    "text",
    [
        "2023年政府采购预算320.00万元，实际采购314.00万元，政府采购执行率98.13%。",
        "政府采购支出总额314.00万元。",
        "采购预算320.00万元，采购金额314.00万元。",
    ],
)
def test_what_was_procured_is_no_achievement(text: str) -> None:
    report = bp.parse(DEPARTMENT + text + COUNTED)
    assert [str(each.value) for each in report.narrative.achievements] == ["5处"]
    assert not total(text + COUNTED, DEPARTMENT)


NOT_LED = "与调整前后的预算数不符的增减额"
CHANGED = [
    ("年初预算200万元，调增30万元，调减10万元，调整后预算{}万元，支出209万元。", "220"),
    ("年初预算200万元，年中追加30万元，收回10万元，全年预算数{}万元，支出209万元。", "220"),
    ("项目预算200万元，追加20万元后达到{}万元，支出209万元。", "220"),
    ("项目预算200万元，后追加预算20万元，调整后{}万元，支出209万元。", "220"),
    ("财政批复预算200万元，因机构改革调减10万元，调整后{}万元，支出185万元。", "190"),
]


@pytest.mark.parametrize(("text", "after"), CHANGED)
def test_changes_that_do_not_lead_from_one_budget_to_the_next_are_told(
    text: str, after: str
) -> None:
    right = bp.parse(PROJECT + text.format(after))
    assert NOT_LED not in notes(right)
    assert not bp.audit(right).inconsistent
    wrong = bp.parse(PROJECT + text.format("207"))
    assert NOT_LED in notes(wrong)
    assert str(wrong.narrative.funding.total.revised) == "207万元"


@pytest.mark.parametrize(
    "text",
    [
        "预算200万元，追加20万元，下达150万元，支出209万元。",
        "年初预算200万元，追加预算20万元，追加人员经费15万元，调整后预算240万元，支出209万元。",
        "年初预算200万元，追加20万元，上年结转10万元，全年预算数230万元，支出209万元。",
        "预算200万元，后追加预算20万元，实际支出209万元。",
        "预算200万元，培训费调减10万元，调整后20万元，实际支出180万元。",
    ],
)
def test_changes_that_may_lead_elsewhere_are_not_told_to_be_wrong(text: str) -> None:
    report = bp.parse(PROJECT + text + COUNTED)
    assert NOT_LED not in notes(report)
    assert not bp.audit(report).inconsistent


@pytest.mark.parametrize(
    "change",
    [
        "补充下达20万元",
        "补充下达了20万元",
        "补充下达预算20万元",
        "补充下达了预算20万元",
        "补充下达预算指标20万元",
        "补充下达专项资金20万元",
        "年中补充下达20万元",
        "省财政补充下达20万元",
        "补充安排20万元",
        "追加下达资金20万元",
    ],
)
def test_what_was_handed_out_besides_is_a_change(change: str) -> None:
    for text in (f"{change}。", f"年初下达180万元，{change}。"):
        report = bp.parse(PROJECT + text + COUNTED)
        assert [str(each.value) for each in report.narrative.achievements] == ["5处"]
        assert "增减额" in notes(report)
    in_all = f"年初预算180万元，{change}，全年预算{{}}万元，支出190万元。"
    said = read(in_all.format(200))
    assert said["narrative.funding.total.revised"] == "200万元"
    if "省" not in change:
        assert said["narrative.adjustment.amount"] == "20万元"
        assert _accused(in_all.format(210))


@pytest.mark.parametrize("total_of", ["合计{}万元", "共计{}万元", "总计{}万元", "共{}万元"])
def test_a_budget_and_what_was_added_make_up_another(total_of: str) -> None:
    text = f"年初预算180万元，补充下达20万元，{total_of}，支出190万元，执行率95%。"
    assert total(text.format(200)) == {
        "initial": "180万元",
        "revised": "200万元",
        "executed": "190万元",
        "execution_rate": "95%",
    }
    assert _accused(text.format(210))


def test_the_sum_of_the_changes_alone_is_no_budget() -> None:
    text = "年初预算100万元，追加20万元，追加10万元，共{}万元，支出95万元。"
    assert "revised" not in total(text.format(30))
    assert total(text.format(130))["revised"] == "130万元"
