"""Sentences as departments write them, each under a title of its own: what is read and what is not.

Names and figures are invented.
"""

from __future__ import annotations

import pytest

import budgetperf as bp

from .narratives import DEPARTMENT, PROJECT, TOTAL, read


@pytest.mark.parametrize(
    "text",
    [
        "全年预算数为118万元，全年执行数为112.1万元，完成预算的95%。",
        "全年预算数：118万元；全年执行数：112.1万元；执行率：95%。",
        "年度预算资金总额118万元，实际支出资金112.1万元，总预算执行率为95%。",
        "县财政下达农村饮水安全项目资金118万元，实际拨付使用112.1万元，执行率95%。",
        "该项目在2023年度安排预算118万元，实际支出112.1万元，预算执行率95%。",
        "全年预算数118万元，全年执行数112.1万元，执行率95%，得9.5分。",
        "根据县、乡安排，结合某某镇实际，全年预算数118万元，全年执行数112.1万元，执行率95%。",
        "发布时间：2024-03-12 来源：某局\n全年预算数118万元，全年执行数112.1万元，执行率95%。",
    ],
)
def test_the_budget_and_what_was_spent_of_it(text: str) -> None:
    said = read(text)
    assert {TOTAL + field: said.get(TOTAL + field) for field in _FIELDS} == {
        TOTAL + field: value for field, value in _FIELDS.items()
    }


_FIELDS = {"revised": "118万元", "executed": "112.1万元", "execution_rate": "95%"}


def test_of_the_budget_of_the_start_of_the_year_it_is_another_rate() -> None:
    text = "全年预算数118万元。年初预算100万元，支出决算95万元，完成预算的95%。"
    assert TOTAL + "execution_rate" not in read(text)
    assert TOTAL + "execution_rate" not in read("支出决算95万元，完成年初预算的95%。")


def test_the_score_of_what_the_title_names() -> None:
    assert read("农村饮水安全项目得分93.6分，等级为“优”。")["narrative.total_score"] == "93.6分"
    report = bp.parse(
        "某某学校2023年度项目支出绩效自评报告\n（特殊教育公用经费专项资金项目）\n"
        "经评价，特殊教育公用经费专项资金项目自评得分91.95分。\n"
    )
    assert report.narrative.total_score.text == "91.95分"
    other = "全年执行数112万元。某某某某项目得分93.6分。"
    assert "narrative.total_score" not in read(other)


def test_the_nouns_between_counts_name_none_of_them() -> None:
    values = read("全年预算数118万元。项目涉及15个乡镇33个行政村26113户97401人。").values()
    assert not {"33个", "26113户", "97401人"} & set(values)
    assert "600人" in read("全年培训12期培训人员600人。").values()


def test_a_list_behind_a_bracket_and_one_in_a_sentence_of_its_own() -> None:
    said = read("安排预算100万元，其中：中央资金60万元，其他资金（包括结转资金）40万元。")
    assert {"60万元", "40万元"} <= set(said.values())
    said = read(
        "2、支出：799.12万元。其中：人员经费支出434.89万元，公用经费支出77.4万元，项目支出286.83万元。",
        DEPARTMENT,
    )
    assert {"799.12万元", "434.89万元", "77.4万元", "286.83万元"} <= set(said.values())


def test_several_indicators_in_one_sentence() -> None:
    report = bp.parse(
        PROJECT + "成本指标：小学补助标准指标值1000元/生.年，全年实际完成值1000元/生.年；"
        "初中补助标准指标值1250元/生.年，全年实际完成值1200元/生.年。\n"
    )
    rows = [(str(row.name), row.target.text, row.actual) for row in report.narrative.indicators]
    assert [(name, target) for name, target, _ in rows] == [
        ("小学补助标准", "1000元/生.年"),
        ("初中补助标准", "1250元/生.年"),
    ]
    assert [str(actual) for *_, actual in rows] == ["1000元/生.年", "1200元/生.年"]


@pytest.mark.parametrize(
    ("target", "actual"),
    [
        ("≥3座、12公里", "3座、11公里"),
        ("3座、管网12公里", "3座、管网11公里"),
        ("3座，12公里", "3座，11公里"),
        ("3座和12公里", "3座和11公里"),
        ("≥3座/12公里", "3座/11公里"),
        ("3座12公里", "3座11公里"),
    ],
)
def test_of_two_counts_in_one_value_none_is_the_value(target: str, actual: str) -> None:
    """3 of 3 would contradict the completion rate, which is that of the kilometres."""
    report = bp.parse(
        PROJECT
        + f"1.水利建设，年初目标值{target}，实际完成值{actual}，完成率91.7%，自评得分9.2分。"
    )
    (row,) = report.narrative.indicators
    for value, printed in ((row.target.value, target), (row.actual, actual)):
        assert isinstance(value, bp.Missing)
        assert (value.reason, value.text) == (bp.MissingReason.UNREADABLE, printed)
    assert (str(row.completion_rate), str(row.score)) == ("91.7%", "9.2分")
    assert report.reading is not None
    assert [unread.text for unread in report.reading.unread] == ["3", "12", "3", "11"]
    assert not bp.audit(report).inconsistent


def test_a_count_in_brackets_or_of_something_else_is_no_second_one() -> None:
    report = bp.parse(
        PROJECT
        + "1.水利建设，目标值≥3座（其中新建1座），每座供水1000吨，实际完成值3座，完成率100%。"
    )
    (row,) = report.narrative.indicators
    assert (row.target.text, str(row.actual)) == ("≥3座", "3座")


def test_what_was_reached_beyond_a_target_is_no_indicator_of_its_own() -> None:
    report = bp.parse(
        PROJECT + "学生满意度为99.1%，大于年度指标值≥95%，自评得分10分；"
        "家长满意度为98.5%，大于年度指标值≥95%，自评得分10分。全年预算数118万元。\n"
    )
    assert not report.narrative.indicators


@pytest.mark.parametrize(
    "text",
    [
        "项目资金超过50万元的须公开招标，预算执行率低于90%的扣2分。",
        "2024年计划申请资金150万元，计划新建水厂2座。",
        "执行率达到95%以上得10分，每低1个百分点扣0.5分。",
    ],
)
def test_rules_and_plans_are_no_figures(text: str) -> None:
    said = read("全年执行数112万元。" + text)
    assert said.keys() <= {TOTAL + "executed", "department.year"}


def test_of_two_budgets_neither_is_guessed() -> None:
    rate = TOTAL + "execution_rate"
    both = "年初预算80万元，全年预算数118万元，全年执行数112.1万元，"
    assert rate not in read(f"{both}完成预算的140.13%。")
    assert read(f"{both}完成全年预算的95%。")[rate] == "95%"
    apart = "年初预算80万元。全年预算数118万元，全年执行数112.1万元，完成预算的140.13%。"
    assert rate not in read(apart)


@pytest.mark.parametrize(
    "other",
    [
        "安排培训项目资金30万元，全年执行数28万元。",
        "安排绿化项目，全年预算数30万元，全年执行数28万元，执行率93.33%。",
        "结合某某镇项目，全年预算数30万元，全年执行数28万元。",
        "全年执行数80万元得8分，全年执行数90万元得9分，全年预算数100万元得10分。",
        "全年预算数（调整前）80万元，全年执行数（不含往来款）70万元。",
    ],
)
def test_what_is_of_another_project_or_of_a_rule_is_not_of_this_one(other: str) -> None:
    said = read("全年预算数118万元，全年执行数112.1万元，执行率95%。" + other)
    assert {TOTAL + field: said.get(TOTAL + field) for field in _FIELDS} == {
        TOTAL + field: value for field, value in _FIELDS.items()
    }
    assert {"28万元", "30万元", "80万元", "70万元"}.isdisjoint(said.values())


def test_marks_for_what_a_source_spent_are_not_those_of_the_whole() -> None:
    said = read(
        "全年预算数118万元，全年执行数112.1万元，得9.5分；"
        "其中中央资金全年预算数60万元，全年执行数60万元，得10分。"
        "项目全年预算数118万元。"
    )
    assert said.get(TOTAL + "executed") in (None, "112.1万元")


def test_a_budget_beside_what_was_carried_over_is_not_all_of_it() -> None:
    for text in (
        "2022年结转资金15万元，2023年下达资金585万元，合计600万元。全年执行数590万元。",
        "安排资金585万元，上年结转15万元，合计600万元。全年执行数590万元。",
    ):
        said = read(text)
        assert TOTAL + "revised" not in said
        assert said[TOTAL + "executed"] == "590万元"


def test_what_something_rose_from_is_no_figure_of_the_year() -> None:
    assert "600元" not in read("全年执行数112万元。低保标准由每人每月600元提高到630元。").values()


def test_the_standards_that_a_sentence_goes_by_are_not_what_it_says() -> None:
    said = read("根据评分标准，农村饮水安全项目总得分为95分。")
    assert said["narrative.total_score"] == "95分"


def test_the_amounts_of_the_year_behind_those_of_a_thing() -> None:
    text = "省级下拨护理费3.89万元；市级下拨护理费3.89万元；全年执行数为7.78万元，执行率为100%。"
    said = read(text)
    assert said[TOTAL + "executed"] == "7.78万元"
    assert TOTAL + "executed" not in read("“三公”经费预算5万元，实际支出4万元。", DEPARTMENT)


def test_the_amounts_of_several_projects_are_none_of_the_whole() -> None:
    one = "{}项目绩效自评综述：根据年初设定的绩效目标，项目自评得分为97分。项目全年预算数为{}万元，"
    text = one.format("退役士兵安置", 310) + "全年执行数为301万元，完成预算的97.1%。\n"
    other = one.format("优待金发放", 820) + "全年执行数为820万元，完成预算的100%。\n"
    report = bp.parse(f"某某县某某局2023年部门决算\n{text}{other}培训退役士兵120人次。")
    assert not bp.audit(report).inconsistent
    assert not any(path.startswith(TOTAL) for path, _ in bp.figures(report))
    alone = bp.parse(f"某某县某某局2023年部门决算\n{text}")
    for each, names in ((report, ["退役士兵安置", "优待金发放"]), (alone, ["退役士兵安置"])):
        assert not any(path.startswith(TOTAL) for path, _ in bp.figures(each))
        assert [project.name for project in each.narrative.projects.listed] == names
    [project] = alone.narrative.projects.listed
    assert list(map(str, (project.revised, project.executed, project.score))) == [
        *("310万元", "301万元", "97分")
    ]


def test_a_project_behind_a_verb_is_another_one_unless_it_is_counted() -> None:
    other = "安排绿化项目，全年预算数30万元，全年执行数28万元，执行率93.33%。"
    said = read(f"培训农民120人次。{other}")
    assert not any(path.startswith(TOTAL) for path in said)
    assert "12处" in read("培训农民120人次。完成维修工程12处。").values()


def test_a_year_behind_a_full_stop_begins_a_sentence_whatever_digits_stand_before_it() -> None:
    said = read("联系电话：0571-88123456。2023年全年预算数100万元。全年执行数为50万元。")
    assert (said[TOTAL + "revised"], said[TOTAL + "executed"]) == ("100万元", "50万元")
    assert TOTAL + "revised" not in read("全年预算数188。76万元。全年执行数50万元。")


@pytest.mark.parametrize("other", ["县财政资金支出进度达80%。", "截至报告日，资金支付率为100%。"])
def test_the_progress_of_spending_is_that_of_the_amount_before_it(other: str) -> None:
    rate = TOTAL + "use_rate"
    assert read("到位资金118万元，全年执行数112.1万元，支付率95%。")[rate] == "95%"
    text = f"到位资金118万元，全年执行数112.1万元。{other}"
    assert rate not in read(text)
    assert not bp.audit(bp.parse(PROJECT + text)).inconsistent


def named(text: str, title: str = PROJECT) -> dict[str, str]:
    """The figures of a text by what they are called."""
    report = bp.parse(title + text)
    narrative = report.narrative
    values = {str(one.name): one.value for one in narrative.achievements}
    values |= {f"{one.name}/": one.total for one in narrative.breakdowns}
    values |= {f"{x.name}/{p.name}": p.amount for x in narrative.breakdowns for p in x.parts}
    assert not bp.audit(report).inconsistent
    return {name: value.text for name, value in values.items() if isinstance(value, bp.Figure)}


def test_the_project_expenditure_of_a_department_is_not_all_that_it_spent() -> None:
    for text in (
        "2023年项目支出532.4万元，其中：普法宣传320万元，法律援助212.4万元。",
        "2023年项目支出532.4万元。其中：普法宣传项目320万元，法律援助212.4万元。",
    ):
        assert TOTAL + "executed" not in read(text, DEPARTMENT)
        assert named(text, DEPARTMENT)["项目支出/法律援助"] == "212.4万元"


def test_what_a_department_spent_in_all_stands_behind_its_title_once_more() -> None:
    text = "2023年部门整体支出全年预算数为486.2万元，全年执行数为471.61万元，执行率97%。"
    said = read(text, DEPARTMENT)
    assert (said[TOTAL + "revised"], said[TOTAL + "executed"]) == ("486.2万元", "471.61万元")
    assert read("部门整体支出471.61万元。", DEPARTMENT)[TOTAL + "executed"] == "471.61万元"


def test_funds_that_were_won_are_a_budget_and_those_to_be_won_none() -> None:
    text = (
        "2023年共争取衔接资金856.4万元，其中：中央衔接资金520万元，省级衔接资金236.4万元，"
        "市级衔接资金100万元。实施项目12个，其中产业项目7个，基础设施项目5个。"
        "已拨付资金813.58万元，拨付率95%。"
    )
    report = bp.parse(PROJECT + text)
    assert read(text)[TOTAL + "revised"] == "856.4万元"
    assert read(text)[TOTAL + "use_rate"] == "95%"
    sources = report.narrative.funding.sources
    assert [(one.label, one.revised.text) for one in sources] == [
        ("中央衔接资金", "520万元"),
        ("省级衔接资金", "236.4万元"),
        ("市级衔接资金", "100万元"),
    ]
    assert TOTAL + "revised" not in read("全年执行数50万元。力争争取856.4万元。")


def test_what_was_cut_from_a_grant_for_a_reason() -> None:
    text = "2023年上级下达奖补资金420万元，因任务调整调减35万元，实际下达385万元。"
    assert read(text)[TOTAL + "revised"] == "385万元"
    assert {"420万元", "35万元", "385万元"} <= set(named(text).values())
    wrong = bp.audit(bp.parse(PROJECT + text.replace("35万元", "25万元"))).inconsistent
    assert [finding.code for finding in wrong] == ["F01"]


@pytest.mark.parametrize(
    ("text", "name", "amount"),
    [
        ("年初下达预算128.6万元，年底决算152万元，比年初增加23.4万元。", "决算", "23.4万元"),
        ("年初预算128.6万元，全年支出152万元，较年初预算增加23.4万元。", "支出", "23.4万元"),
        ("年初下达预算130万元，年底决算121.4万元，比年初减少8.6万元。", "年初下达预算", "8.6万元"),
    ],
)
def test_a_change_since_the_start_of_the_year_is_no_other_years(
    text: str, name: str, amount: str
) -> None:
    found = named(text, DEPARTMENT)
    assert amount in {value for label, value in found.items() if label.startswith(f"{name}/")}
    wrong = bp.audit(bp.parse(DEPARTMENT + text.replace(amount, "9.4万元"))).inconsistent
    assert [finding.code for finding in wrong] == ["F01"]
    year_before = text.replace("比年初", "比上年").replace("较年初预算", "较上年")
    assert amount not in read(year_before, DEPARTMENT).values()


def test_the_parts_behind_a_comparison_are_those_of_the_amount_that_they_make_up() -> None:
    text = "“三公”经费支出26.4万元，较上年减少3.1万元，其中公务接待费8.2万元，公务用车费18.2万元。"
    assert named(text, DEPARTMENT)["三公经费支出/公务接待费"] == "8.2万元"
    assert "8.3万元" not in read(text.replace("8.2万元，", "8.3万元，"), DEPARTMENT).values()


def test_a_list_in_a_sentence_of_its_own_is_of_the_one_amount_before_it() -> None:
    text = "2023年下达上级资金75.5万元。其中：中央资金12.4万元，省级资金37.1万元，市级资金24万元。"
    assert named(text)["上级资金/市级资金"] == "24万元"
    several = text.replace("75.5万元。", "75.5万元，县级资金80万元。")
    assert "24万元" not in read(several).values()


def test_the_conclusion_in_a_chapter_that_proposes_something_too() -> None:
    conclusion = "四、评价结论及建议\n（一）评价结论。经自评，部门整体支出绩效得分93.5分。\n"
    proposal = "（二）改进建议。项目支出应达80万元。\n"
    said = read(conclusion + proposal, DEPARTMENT)
    assert said["narrative.total_score"] == "93.5分"
    assert "80万元" not in said.values()


@pytest.mark.parametrize(
    ("text", "name", "target", "actual"),
    [
        ("计划改厕1750户，实际完成1745户。", "改厕", "1750户", "1745户"),
        ("2023年计划新建水厂3座，实际新建3座，完成率100%。", "新建水厂", "3座", "3座"),
        ("（1）数量指标：计划铺设管网12公里，实际完成12.5公里。", "铺设管网", "12公里", "12.5公里"),
        ("管护合格率≥95%，实际完成98%。", "管护合格率", "≥95%", "98%"),
        # what was reached before what was due
        ("完成档案数字化120万页，目标值110万页。", "档案数字化", "110万页", "120万页"),
        ("新建污水管网38.6公里，年度指标值35公里。", "新建污水管网", "35公里", "38.6公里"),
        ("开展禁毒宣传52场次，目标值50场次。", "禁毒宣传", "50场次", "52场次"),
        ("禁毒知晓率96%，目标值≥95%。", "禁毒知晓率", "≥95%", "96%"),
    ],
)
def test_what_was_to_be_done_and_what_was(text: str, name: str, target: str, actual: str) -> None:
    (row,) = bp.parse(PROJECT + text).narrative.indicators
    assert str(row.name).removeprefix("开展") == name
    assert (row.target.text, str(row.actual)) == (target, actual)


@pytest.mark.parametrize(
    "text",
    [
        "2024年计划改厕1750户，实际完成1745户。",
        "2022年计划改厕1750户，实际完成1745户。",
        "计划投资1750万元，实际完成1745万元。",
        "计划改厕1750户，实际培训1745人。",
        "计划改厕1750户，实际完成1745户，全县2000户。",
        "计划改厕1750户，实际新建水厂1745户。",
        "预算执行率80%，目标值95%。",
        "上年新建管网30公里，目标值35公里。",
        "计划新建管网30公里，目标值35公里。",
        "全国平均合格率90%，目标值95%。",
    ],
)
def test_what_was_to_be_done_is_not_what_others_did(text: str) -> None:
    assert not bp.parse(f"{PROJECT}全年执行数50万元。{text}").narrative.indicators


def test_headings_with_numbers_in_parts_and_days_of_each_month_are_no_names() -> None:
    text = "1.3 项目情况\n全年执行数50万元。每月10日前发放率98%。低保标准每人每月640元。"
    found = named(text)
    assert (found["发放率"], found["低保标准每人每月"]) == ("98%", "640元")
    assert "1.3" not in read(text).values()


def test_what_was_due_and_what_came_in() -> None:
    said = read("应到位资金235万元，实际到位资金230万元，到位率97.87%。")
    assert (said[TOTAL + "revised"], said[TOTAL + "received"]) == ("235万元", "230万元")
    assert said[TOTAL + "received_rate"] == "97.87%"
    text = "安排资金560万元。共支出资金532万元，占预算的95%。"
    assert TOTAL + "execution_rate" not in read(text)  # not right behind
    both = "安排资金560万元，支出资金532万元，占预算的95%。"
    assert read(both)[TOTAL + "execution_rate"] == "95%"
