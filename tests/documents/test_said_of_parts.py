"""What is said of a part, of a rate or of something counted is not said of the whole.

Names and figures are invented; every text is right as it stands, so that nothing may be accused.
"""

from __future__ import annotations

import pytest

import budgetperf as bp

from .narratives import DEPARTMENT, PROJECT, read, total


@pytest.mark.parametrize("spent", ["执行数", "实际支出", "全年执行数", "支出"])
def test_what_was_spent_of_a_part_is_not_what_was_spent(spent: str) -> None:
    text = (
        f"全年预算数1286.45万元，其中：基本支出预算886.45万元，{spent}886.45万元，执行率100%；"
        f"项目支出预算400万元，{spent}374.27万元，执行率93.57%。"
    )
    assert total(text, DEPARTMENT) == {"revised": "1286.45万元"}


def test_the_rate_of_the_whole_behind_those_of_the_parts() -> None:
    text = (
        "全年预算数1286.45万元，其中：基本支出预算886.45万元，执行数886.45万元，执行率100%；"
        "项目支出预算400万元，执行数374.27万元，执行率93.57%。总执行率98%。"
    )
    assert total(text, DEPARTMENT) == {"revised": "1286.45万元", "execution_rate": "98%"}


def test_what_was_spent_of_a_part_of_what_the_sentence_before_named() -> None:
    text = (
        "“三公”经费年初预算数12万元，决算数8.5万元，完成预算的70.83%。其中：公务接待费3万元，"
        "支出1.5万元；公务用车运行维护费9万元，支出7万元。"
    )
    assert not total(text, DEPARTMENT)


@pytest.mark.parametrize(
    "text",
    [
        "全年预算数118万元，其中中央资金70万元、县级资金48万元，实际支出112.1万元，执行率95%。",
        "全年预算数118万元，其中中央资金70万元，实际支出112.1万元，执行率95%。",
        "全年预算数118万元，其中财政资金118万元，实际支出112.1万元，执行率95%。",
        "全年预算数118万元，其中中央资金112.2万元；全年执行数112.1万元，执行率95%。",
        "全年预算数118万元（其中中央资金112.2万元），实际支出112.1万元，执行率95%。",
    ],
)
def test_what_cannot_be_of_the_part_before_it_is_of_the_whole(text: str) -> None:
    said = {"revised": "118万元", "executed": "112.1万元", "execution_rate": "95%"}
    assert total(text) == said


def test_what_was_spent_in_brackets_behind_a_part() -> None:
    text = (
        "全年预算数118万元，其中：设备购置60万元（实际支出58万元），"
        "管道安装58万元（实际支出54.1万元）。"
    )
    assert total(text) == {"revised": "118万元"}


def test_a_rate_behind_the_last_source_may_be_that_of_the_whole() -> None:
    text = (
        "全年预算350万元；全年支出332.5万元，其中：中央资金支出282.5万元，"
        "省级资金支出50万元，预算执行率95%。"
    )
    assert not [path for path in read(text) if "sources" in path and path.endswith("_rate")]
    each = text.replace("万元，省", "万元，执行率94.17%，省").replace("预算执行率95%", "执行率100%")
    rates = [rate for path, rate in read(each).items() if path.endswith("].execution_rate")]
    assert rates == ["94.17%", "100%"]


@pytest.mark.parametrize(
    "text",
    [
        "全年预算数118万元，全年执行数112.1万元，预算执行率95%，较上年提高3个百分点，自评得分9.5分。",
        "全年执行数112.1万元。产出指标：完成情况较好，自评得分48.5分。",
        "全年执行数112.1万元。水质合格率99%，自评得分14.85分。",
    ],
)
def test_the_score_of_a_rate_or_a_group_is_no_total(text: str) -> None:
    assert "narrative.total_score" not in read(text)


def test_rates_between_parts_are_those_of_the_parts() -> None:
    text = (
        "全年支出1260.72万元，其中：基本支出886.45万元，执行率100%；项目支出374.27万元，"
        "执行率93.57%。"
    )
    assert total(text, DEPARTMENT) == {"executed": "1260.72万元"}
    of_all = "全年支出1260.72万元，其中：基本支出886.45万元、项目支出374.27万元，执行率98%。"
    assert total(of_all, DEPARTMENT) == {"executed": "1260.72万元", "execution_rate": "98%"}


def test_a_score_that_can_be_the_total_is() -> None:
    text = "全年预算数118万元，全年执行数112.1万元，执行率95%，自评得分97.5分，等级为优。"
    assert read(text)["narrative.total_score"] == "97.5分"


def test_a_list_behind_something_counted_is_of_the_amount_that_it_makes_up() -> None:
    text = (
        "项目支出预算数400万元，实际支出374.27万元，涉及项目3个，其中：{}120万元，"
        "社区矫正{}万元，人民调解80万元。"
    )
    names = {
        200: "项目支出预算数",  # 120 + 200 + 80 = 400
        174.27: "实际支出",  # 120 + 174.27 + 80 = 374.27
    }
    for amount, name in names.items():
        report = bp.parse(DEPARTMENT + text.format("法律援助", amount))
        assert not bp.audit(report).inconsistent
        (split,) = report.narrative.breakdowns
        assert (str(split.name), len(split.parts)) == (name, 3)
    report = bp.parse(f"{DEPARTMENT}{text.format('法律援助', 90)}全年调解纠纷120件。")
    assert not report.narrative.breakdowns
    assert not bp.audit(report).inconsistent


@pytest.mark.parametrize(
    "text",
    [
        "全年预算数（A）118万元，全年执行数（B）112.1万元，执行率（B/A）95%。",
        "全年预算数：￥118万元，全年执行数￥112.1万元，执行率（B÷A）为95%。",
        "全年预算数为¥118万元，全年执行数为￥112.1万元，执行率（B/A×100%）95%。",
    ],
)
def test_roles_and_currency_signs_are_no_words(text: str) -> None:
    said = {k: v.removeprefix("￥") for k, v in total(text).items()}
    assert said == {"revised": "118万元", "executed": "112.1万元", "execution_rate": "95%"}


def test_a_name_in_quotes_is_what_stands_in_them() -> None:
    text = (
        "质量指标“水质合格率”指标值≥98%，实际完成99.2%；其中“完工及时率”指标值100%，实际完成95%。"
    )
    report = bp.parse(PROJECT + text)
    assert [str(row.name) for row in report.narrative.indicators] == ["水质合格率", "完工及时率"]


def test_of_several_levels_of_satisfaction_none_is_all_that_were_satisfied() -> None:
    text = (
        "发放调查问卷200份，收回有效问卷196份，其中非常满意150份，满意36份，"
        "不满意10份，满意率94.9%。"
    )
    (survey,) = bp.parse(PROJECT + text).narrative.surveys
    assert isinstance(survey.satisfied, bp.Missing)
    assert str(survey.satisfaction) == "94.9%"


def test_the_next_words_are_no_unit() -> None:
    said = read("全年支出3012.45万元。其中：基本支出：1512.45项目支出：1500.00", DEPARTMENT)
    assert "1512.45项" not in said.values()


def test_the_budget_of_the_start_of_a_year_that_is_named() -> None:
    text = "2023年初预算数1100万元，年中追加186.45万元，调整预算数1286.45万元。"
    said = total(text, DEPARTMENT)
    assert (said["initial"], said["revised"]) == ("1100万元", "1286.45万元")
    other = "全年执行数1200万元。2022年初预算数1100万元。"
    assert total(other, DEPARTMENT) == {"executed": "1200万元"}


@pytest.mark.parametrize(
    "text",
    [
        "2023年共收到财政拨款118万元（其中：4月收到60万元，9月收到58万元），支出112.1万元。",
        "2023年4月收到资金60万元，9月收到资金58万元，支出112.1万元。",
        "4月10日收到资金60万元；9月收到资金58万元。全年支出112.1万元。",
    ],
)
def test_what_came_in_of_one_month_is_not_what_came_in(text: str) -> None:
    assert total(text) == {"executed": "112.1万元"}


def test_what_came_in_at_once_came_in_in_some_month() -> None:
    text = "2023年4月收到资金118万元，实际支出112.1万元。"
    assert total(text) == {"received": "118万元", "executed": "112.1万元"}


def test_a_budget_beside_what_was_adjusted_of_it() -> None:
    text = "年初预算数118万元，调整预算数0万元，全年预算数118万元，全年执行数112.1万元。"
    said = {"initial": "118万元", "revised": "118万元", "executed": "112.1万元"}
    assert total(text) == said
    assert total(text.replace("0万元，全年预算数118", "118"))["revised"] == "118万元"


def test_rates_of_amounts_of_several_things() -> None:
    text = (
        "年末在职人员43人。项目一：法律援助。预算120万元，支出120万元，执行率100%。"
        "项目二：社区矫正。预算100万元，支出85万元，执行率85%。"
    )
    assert not total(text, DEPARTMENT)


@pytest.mark.parametrize(("first", "second"), [("1", "2"), ("一", "二")])
@pytest.mark.parametrize("mark", ["。", "：", "。\n"])
def test_projects_that_are_listed_by_number(first: str, second: str, mark: str) -> None:
    text = (
        "2023年部门整体支出全年预算数为486.2万元，全年执行数为471.61万元，执行率97%。\n"
        f"项目{first}：法律援助{mark}年初预算120万元，全年执行120万元，执行率100%，自评得分100分。"
        f"{mark[1:]}项目{second}：社区矫正{mark}年初预算100万元，全年执行85万元，执行率85%，自评得分96.5分。"
    )
    of_all = {"revised": "486.2万元", "executed": "471.61万元", "execution_rate": "97%"}
    assert total(text, DEPARTMENT) == of_all
    assert "narrative.total_score" not in read(text, DEPARTMENT)


def test_people_of_several_bodies() -> None:
    text = (
        "核定编制45名。法律援助中心编制5人，在职4人；公证处编制6人，在职6人。"
        "局机关编制34人，在职33人。"
    )
    staff = {k: v for k, v in read(text, DEPARTMENT).items() if k.startswith("department.staffing")}
    assert staff == {"department.staffing.authorised": "45名"}


@pytest.mark.parametrize("until", ["10月", "11月", "11月30日"])
def test_how_far_it_had_come_late_in_the_year(until: str) -> None:
    text = (
        f"截至2023年{until}，支出100万元，执行率84.75%；截至2023年12月底，支出112.1万元，"
        "执行率95%。"
    )
    assert total(text) == {"executed": "112.1万元", "execution_rate": "95%"}


FORM = """附件：2023年度项目支出绩效自评表

| 项目名称 | 农村饮水安全 | | | | | | |
|---|---|---|---|---|---|---|---|
| 项目资金（万元） | | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
| | 年度资金总额 | 118 | 118 | 112.1 | 10 | 95% | 9.5 |
| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 备注 |
| 产出指标 | 数量指标 | 新建水厂 | ≥3座 | 3座 | 90 | 90 | |
| 总分 | | | | | 100 | 99.5 | |
"""


def test_the_text_of_a_project_is_not_that_of_a_department() -> None:
    text = (
        "评分情况：（一）预算执行率（10分），得9.5分；（二）产出（50分），得50分；"
        "（三）效益（30分），得30分；（四）满意度（10分），得10分。综合得分99.5分。\n\n"
    )
    report = bp.parse(PROJECT + text + FORM)
    assert report.kind is bp.EvaluationKind.PROJECT
    assert str(report.narrative.total_score) == "99.5分"
    assert not bp.audit(report).inconsistent


def test_the_money_of_this_year_is_not_all_where_a_sum_with_carried_over_money_follows() -> None:
    text = (
        "自评得分97.5分。当年预算98万元，执行92.1万元，执行率93.98%；上年结转20万元，执行20万元，"
        "执行率100%；合计预算118万元，执行112.1万元，执行率95%。"
    )
    said = total(text)
    assert not said.items() - {"revised": "118万元", "executed": "112.1万元"}.items()


@pytest.mark.parametrize(
    "text",
    [
        (
            "（1）甲水厂。预算50万元，支出48万元，执行率96%。"
            "（2）乙水厂。预算68万元，支出64.1万元，执行率94.26%。"
        ),
        (
            "子项目1：甲水厂，全年预算数50万元，全年执行数48万元，执行率96%；"
            "子项目2：乙水厂，全年预算数68万元，全年执行数64.1万元，执行率94.26%。"
        ),
        (
            "工程一：甲水厂，全年预算数50万元，全年执行数48万元；"
            "工程二：乙水厂，全年预算数68万元，全年执行数64.1万元。"
        ),
    ],
)
def test_parts_of_a_project_beside_its_form(text: str) -> None:
    assert not total(f"{text}\n\n{FORM}")


def test_parts_by_number_behind_the_whole() -> None:
    text = (
        "全年预算数118万元，其中：项目1：甲水厂50万元；项目2：乙水厂68万元。全年执行数112.1万元。"
    )
    said = total(text)
    assert said["revised"] == "118万元"
    assert said.get("executed", "112.1万元") == "112.1万元"


@pytest.mark.parametrize(
    "text",
    [
        "预算执行率分值10分，产出指标50分，效益指标30分，满意度指标10分，总分100分。",
        "本次评价总分100分，其中决策20分，过程20分，产出30分，效益30分。",
    ],
)
def test_what_can_be_reached_in_all_is_no_score(text: str) -> None:
    assert "narrative.total_score" not in read(f"全年执行数112.1万元。{text}")
    own = read(f"{text}自评总得分99.22分。")
    assert own["narrative.total_score"] == "99.22分"


@pytest.mark.parametrize(
    "text",
    [
        "自评总分为100分，实际得分83.33分。",
        "自评总分100分，其中产出指标50分，得33.33分；效益指标40分，得40分，合计得分83.33分。",
        "自评总分100分。最终得分83.33分。",
    ],
)
def test_all_points_of_which_less_was_earned_are_no_score(text: str) -> None:
    assert read(f"全年执行数112.1万元。{text}").get("narrative.total_score") in (None, "83.33分")


def test_a_score_of_all_points() -> None:
    for text in (
        *("自评总得分100分。", "综合得分为100分，等级为优。", "自评得分100分。"),
        "自评总分100分，其中产出指标得分50分，效益指标得分50分。",
    ):
        assert read(text)["narrative.total_score"] == "100分"
