"""What was to be reached, what is of several years, and what is of one item of a department: none
of it is what was spent, or the score of the whole.

Names and figures are invented; every text is right as it stands, so that nothing may be accused.
"""

from __future__ import annotations

import pytest

import budgetperf as bp

from .narratives import DEPARTMENT, PROJECT, read, total

SPENT = "\n三、资金情况\n全年执行数112.1万元，执行率95%。\n"
WHOLE = {"executed": "112.1万元", "execution_rate": "95%"}


@pytest.mark.parametrize(
    "text",
    [
        "绩效目标为：完成投资118万元，资金执行率100%。",
        "年度目标：全年支出118万元，预算执行率达到100%。",
        "阶段性目标：2023年完成投资118万元。",
        "总体目标：全年支出118万元，自评得分100分。",
        "二、项目绩效目标\n全年支出118万元，预算执行率达到100%。",
        "二、绩效目标设定情况\n预算执行率100%，自评得分100分。",
    ],
)
def test_what_was_to_be_reached_is_not_what_was(text: str) -> None:
    assert total(text + SPENT) == WHOLE
    assert "narrative.total_score" not in read(text + SPENT)


def test_what_is_counted_among_the_goals_is_a_target() -> None:
    for goals in ("目标1：新建水厂3处。", "（二）项目绩效目标\n新建水厂3处。"):
        report = bp.parse(PROJECT + goals + SPENT)
        (row,) = report.narrative.indicators
        assert row.target.text == "3处"
        assert not report.narrative.achievements
    text = (
        "目标1：新建水厂3处；目标2：铺设管网50公里。总体目标完成情况：新建水厂3处；铺设管网52公里。"
    )
    report = bp.parse(PROJECT + text)
    assert [row.actual.text for row in report.narrative.indicators] == ["3处", "52公里"]


def test_amounts_of_several_years_are_not_of_one() -> None:
    text = (
        "到位资金118万元，其中2022年到位50万元，2023年到位68万元；"
        "支出112.1万元，其中2022年支出48万元，2023年支出64.1万元。"
    )
    assert not total(text + "\n全年结转资金5.9万元。\n新建水厂3处。")
    halves = "全年支出112.1万元，其中：上半年支出50万元，下半年支出62.1万元。"
    assert total(halves) == {"executed": "112.1万元"}


def test_what_was_spent_by_the_day_of_the_evaluation() -> None:
    text = "截至评价时点，支出115万元，执行率97.46%。其中2023年支出112.1万元，执行率95%。"
    assert "115万元" not in total(text).values()


@pytest.mark.parametrize(
    "text",
    [
        "公务接待12批次，98人次，共支出1.5万元，人均接待费153元。",
        "开展普法宣传20场次，共支出15万元。",
        "普法宣传专项资金，年初预算20万元，全年支出20万元。",
        "普法宣传：年初预算20万元，全年支出20万元，执行率100%。",
        "1.公共安全支出（类）司法（款）行政运行（项）。年初预算为800万元，支出决算为820万元。",
        "1.公共安全支出（类）司法（款）行政运行（项）\n年初预算为800万元，支出决算为820万元。",
        "项目支出执行率95%。",
        "基本支出执行率99%，项目支出执行率96%。",
        "“三公”经费方面，全年支出8.5万元。",
        "普法经费：年初预算20万元，全年支出20万元。",
        "一般公共预算：年初预算1200万元，决算1244.72万元。",
        "（一）一般公共预算财政拨款支出情况\n年初预算1200万元，支出决算1244.72万元。",
        "没有政府性基金预算财政拨款支出，年初预算0万元，支出决算0万元。",
    ],
)
def test_what_is_said_of_one_item_of_a_department(text: str) -> None:
    assert total("全年支出112.1万元，执行率98%。\n" + text, DEPARTMENT) == {
        "executed": "112.1万元",
        "execution_rate": "98%",
    }
    assert not total(text + "\n在职人员33人。", DEPARTMENT)


@pytest.mark.parametrize("topic", ["预算资金", "财政资金使用情况", "预算执行情况", "（1）收支情况"])
def test_what_a_department_says_of_all_of_it(topic: str) -> None:
    text = f"{topic}：全年预算118万元，全年执行112.1万元。"
    assert total(text, DEPARTMENT) == {"revised": "118万元", "executed": "112.1万元"}


def test_what_an_office_of_finance_gives_is_one_source() -> None:
    text = "省财政厅下达我县补助资金300万元，县财政配套60万元，资金合计360万元。"
    assert "revised" not in total(text + SPENT)


def test_other_money_beside_what_is_not_read_is_no_source() -> None:
    text = "2023年财政拨款支出1244.72万元，其他资金支出16万元，合计支出1260.72万元。"
    assert "16万元" not in read(text, DEPARTMENT).values()
    text = "全年支出118万元，其中：中央资金支出70万元，其他资金支出48万元。"
    assert "48万元" in read(text).values()


def test_people_who_are_to_be_paid_are_no_count_of_them() -> None:
    text = "部门整体支出绩效目标为：保障在职33人、退休11人经费。"
    assert not [path for path in read(text + SPENT, DEPARTMENT) if "staffing" in path]


def test_what_is_to_be_paid_for_one_thing_is_no_budget() -> None:
    assert not total("县水利局安排工程款60万元，支出57万元。\n新建水厂3处。")


@pytest.mark.parametrize(
    "text",
    [
        "群众满意度综合得分96分。",
        "群众满意度98%，综合得分10分。",
        "产出指标全部完成，总分50分。",
    ],
)
def test_what_the_marks_of_one_group_are_called_too(text: str) -> None:
    assert "narrative.total_score" not in read(text + SPENT, DEPARTMENT)
    whole = "决策得20分，过程得24分，产出得30分，效益得23分，综合得分97分。"
    assert read(whole, DEPARTMENT)["narrative.total_score"] == "97分"


def test_those_who_went_in_the_year_are_not_all_who_are_retired() -> None:
    for text in ("招录2人，调出1人，退休2人，年末在职33人。", "当年退休2人，在职33人。"):
        said = read(text, DEPARTMENT)
        assert said["department.staffing.in_service"] == "33人"
        assert "department.staffing.retired" not in said
    said = read("年末在职33人，比上年减少1人；退休11人，比上年增加1人。", DEPARTMENT)
    assert said["department.staffing.retired"] == "11人"
