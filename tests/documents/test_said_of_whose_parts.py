"""Whose parts a list gives: not those of a change, of what is left, or of what things are worth.

Names and figures are invented.
"""

from __future__ import annotations

import pytest

import budgetperf as bp

from .narratives import DEPARTMENT, PROJECT, read, total


def breakdown(text: str, title: str = DEPARTMENT) -> list[str]:
    """The amount that a list divides, and its parts."""
    return [v for path, v in read(text, title).items() if "breakdowns" in path]


@pytest.mark.parametrize(
    "spent",
    [
        "“三公”经费支出12.60万元，比预算15.00万元减少2.40万元，下降16%，其中",
        "三公经费支出12.60万元，较上年15.00万元下降2.40万元，其中：",
        "“三公”经费决算12.60万元，较预算节约2.40万元，其中：",
        "全年支出12.60万元，执行率95%，结余2.40万元，其中：",
        "全年支出12.60万元，执行率95%，结转2.40万元，其中：",
        "全年预算15.00万元，支出12.60万元，剩余2.40万元。其中：",
        "全年支出12.60万元（",
    ],
)
def test_the_amount_before_it_that_they_make_up(spent: str) -> None:
    end = "）。" if spent.endswith("（") else "。"
    text = f"{spent}公务接待费2.10万元，公务用车运行维护费10.50万元{end}"
    assert breakdown(text) == ["12.60万元", "2.10万元", "10.50万元"]


@pytest.mark.parametrize(
    "text",
    [
        "三公经费支出12.60万元，比预算减少2.40万元，其中公务接待费2.10万元。",
        "三公经费支出12.70万元，比预算减少2.40万元，其中公务接待费2.10万元，用车费10.50万元。",
        "全年支出12.60万元。年末结余2.40万元。其中：接待费2.10万元，用车费9.50万元。",
        "固定资产净值865.20万元（原值1280.50万元，累计折旧415.30万元）。",
        "固定资产净值865.20万元（其中原值1280.50万元，累计折旧415.30万元）。",
        "固定资产净值865.20万元，其中原值1280.50万元，累计折旧415.30万元。",
        "固定资产865.20万元，其中原值1280.50万元，减：累计折旧415.30万元。",
        "全年执行95.00万元（设备购置60.00万元，安装45.00万元）。",
        "全年执行95.00万元（设备购置60.00万元，安装30.00万元）。",
    ],
)
def test_a_list_of_which_the_whole_is_not_said(text: str) -> None:
    assert not breakdown(text + "全年预算2500万元。")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "年中追加预算120万元，其中人员经费70万元，项目经费50万元。",
            ["120万元", "70万元", "50万元"],
        ),
        (
            "全年支出900万元，年末结余104万元（其中：基本支出结转60万元，项目支出结转44万元）。",
            ["104万元", "60万元", "44万元"],
        ),
        ("资产总额95万元，其中流动资产30万元，固定资产65万元。", ["95万元", "30万元", "65万元"]),
    ],
)
def test_what_changed_and_what_is_left_have_the_parts_that_make_them_up(
    text: str, said: list[str]
) -> None:
    assert breakdown(text) == said


@pytest.mark.parametrize("opened", ["，其中：{}。", "（其中：{}）。", "（{}）。", "。其中：{}。"])
@pytest.mark.parametrize("amount", ["1976.00", "1996.00"])
def test_kinds_of_expenditure_that_are_not_all_of_it(opened: str, amount: str) -> None:
    """More than all of it is wrong; of less a reviewer asks: there may be other kinds."""
    parts = "基本支出1126.40万元，项目支出859.60万元"
    findings = bp.audit(bp.parse(DEPARTMENT + f"全年支出{amount}万元" + opened.format(parts)))
    asked = [f.code for f in findings.findings if f.is_for_review]
    wrong = [f.code for f in findings.inconsistent]
    assert (wrong, asked) == ((["F01"], []) if amount == "1976.00" else ([], ["F01"]))
    right = bp.audit(bp.parse(DEPARTMENT + "全年支出1986.00万元" + opened.format(parts)))
    assert not [f for f in right.findings if f.is_for_review or f in right.inconsistent]


SPENT = [
    "全年支出{}万元，比上年增加5万元，其中基本支出60万元，项目支出35万元。",
    "全年支出{}万元（较上年减少5万元），其中：基本支出60万元，项目支出35万元。",
    "全年支出{}万元，其中：基本支出60万元，比上年增加2万元；项目支出35万元，较上年减少3万元。",
    "全年支出{}万元，其中：基本支出60万元（较上年增加2万元）、项目支出35万元，占36.84%。",
    "基本支出60万元，项目支出35万元，合计{}万元。",
    "基本支出60万元和项目支出35万元，支出合计{}万元。",
    "2023年基本支出60万元、项目支出35万元，共支出{}万元。",
]


@pytest.mark.parametrize("text", SPENT)
def test_kinds_of_expenditure_beside_a_comparison_or_before_their_sum(text: str) -> None:
    for amount, is_asked, is_wrong in (("95", 0, 0), ("98", 1, 0), ("93", 0, 1)):
        report = bp.parse(DEPARTMENT + text.format(amount))
        findings = bp.audit(report)
        assert [f.code for f in findings.findings if f.is_for_review] == ["F01"] * is_asked
        assert [f.code for f in findings.inconsistent] == ["F01"] * is_wrong
        (split,) = report.narrative.breakdowns
        assert [str(part.amount) for part in split.parts] == ["60万元", "35万元"]


@pytest.mark.parametrize(
    "text",
    [
        "全年支出95万元，比上年增加5万元，其中基本支出3万元，项目支出2万元。",
        "全年支出95万元，比上年增加5万元，其中基本支出4万元，项目支出2万元。",
        "全年支出95万元，比上年增加5万元，其中基本支出增加60万元，项目支出减少55万元。",
        "基本支出60万元，项目支出45万元，年中追加10万元。全年支出105万元。",
        "基本支出60万元，项目支出45万元，全年预算数110万元，全年支出105万元。",
    ],
)
def test_kinds_of_expenditure_that_are_not_those_of_an_amount_beside_them(text: str) -> None:
    report = bp.parse(DEPARTMENT + text + "年末在职人员20人。")
    assert not report.narrative.breakdowns
    assert not [f for f in bp.audit(report).findings if f.is_for_review]
    assert not bp.audit(report).inconsistent


def test_a_list_that_may_be_wrong_is_still_asked_about() -> None:
    text = "全年支出1976.00万元，其中：基本支出1126.40万元，项目支出859.60万元，结余24万元。"
    report = bp.parse(DEPARTMENT + text)
    assert [f.code for f in bp.audit(report).findings if f.is_for_review] == ["F01"]


@pytest.mark.parametrize(
    "text",
    [
        "支出总计2080万元，其中：本年支出1976万元，年末结转和结余104万元。",
        "支出总计2080万元（本年支出1976万元，年末结转和结余104万元）。",
        "支出合计2080万元，其中本年支出1976万元，年末结转和结余104万元。",
        "收入总计2080万元，其中：本年收入1976万元，年初结转和结余104万元。",
    ],
)
@pytest.mark.parametrize("title", [DEPARTMENT, PROJECT])
def test_what_was_spent_and_what_is_left_is_not_what_was_spent(text: str, title: str) -> None:
    assert breakdown(text, title) == ["2080万元", "1976万元", "104万元"]
    assert total(text, title) == ({"executed": "1976万元"} if "本年支出" in text else {})


@pytest.mark.parametrize(
    "text",
    [
        "2023年度收、支总计2080万元，全年执行1976万元。",
        "收支总计2080万元。全年执行1976万元。",
        "收入支出总计2080万元，全年执行1976万元。",
        "支出总计均为2080万元，全年执行1976万元。",
    ],
)
def test_what_was_spent_beside_all_that_there_was(text: str) -> None:
    assert read(text, DEPARTMENT) == {
        "department.year": "2023",
        "narrative.funding.total.executed": "1976万元",
    }


def test_what_a_project_spent_in_all() -> None:
    text = "项目支出总计95万元，执行率95%。"
    assert total(text) == {"executed": "95万元", "execution_rate": "95%"}


@pytest.mark.parametrize("title", ["环卫保洁项目", "城区环卫保洁经费"])
@pytest.mark.parametrize("place", ["建成区", "主城区", "步行街区"])
def test_a_project_that_covers_a_part_of_its_town(title: str, place: str) -> None:
    title = f"某某县城市管理局2023年度{title}绩效自评报告\n"
    text = f"环卫保洁项目覆盖{place}道路186万平方米。全年执行数95万元。"
    assert total(text, title) == {"executed": "95万元"}
