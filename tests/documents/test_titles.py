"""The title of a report in sentences, wherever it stands, and the name of the department in it."""

from __future__ import annotations

import attrs
import pytest

import budgetperf as bp
from budgetperf import EvaluationKind
from budgetperf.documents.reading import read_data
from tests.factories import refused

SENTENCES = (
    "2023年我局年初预算数1000.00万元，全年预算数1200.00万元，全年执行数1140.00万元，"
    "预算执行率95%。自评得分96分。"
)
TITLE = "部门整体支出绩效自评报告"
CONTENTS = "\n\n".join(f"第{number}部分 说明" for number in "一二三四五六")


def is_all_read(report: bp.SelfEvaluation) -> bool:
    figures = {path: figure.text for path, figure in bp.figures(report)}
    funds = [
        figures.get(f"narrative.funding.total.{f}") for f in ("initial", "revised", "executed")
    ]
    return funds == ["1000.00万元", "1200.00万元", "1140.00万元"] and not (
        report.reading is None or report.reading.unread
    )


@pytest.mark.parametrize(
    "before",
    [
        f"{TITLE}",
        f"某县2023年度部门决算公开\n\n目录\n\n{CONTENTS}\n\n{TITLE}",
        "某县2023年度部门决算公开\n\n" + "本页为说明文字。\n\n" * 12 + TITLE,
        f"# 2023年度某县民政局部门决算公开\n\n## 第四部分 附件\n\n### 附件1 {TITLE}",
        f"某县民政局文件\n\n关于报送2023年度{TITLE}的函\n\n县财政局：\n\n现将情况报告如下。",
        f"# 某县2023年度{TITLE}\n\n（详见附件1部门预算表）",
    ],
)
def test_a_department_is_told_by_its_title_wherever_that_stands(before: str) -> None:
    report = bp.parse(f"{before}\n\n{SENTENCES}\n")
    assert report.kind is EvaluationKind.DEPARTMENT
    assert is_all_read(report)


def test_a_title_in_a_list_of_annexes_is_not_that_of_the_report() -> None:
    said = SENTENCES.replace("我局", "本项目")
    text = "\n\n".join(["民生补助情况说明", said, *["此处为说明文字。"] * 6, "附件", TITLE])
    assert bp.parse(text).kind is EvaluationKind.PROJECT


@pytest.mark.parametrize(
    "head",
    [
        f"某县档案馆2023年度{TITLE}",
        f"# 2023年度某县档案馆{TITLE}",
        "关于某县档案馆2023年度部门整体支出绩效自评情况的报告",
        f"2023年度{TITLE}\n\n单位名称：某县档案馆",
        f"2023年度{TITLE}\n\n填报单位（盖章）：某县档案馆\n\n一、基本情况",
        f"某县2023年度部门决算公开\n\n目录\n\n{CONTENTS}\n\n某县档案馆{TITLE}",
    ],
)
def test_the_name_of_the_department_is_read(head: str) -> None:
    report = bp.parse(f"{head}\n\n{SENTENCES}\n")
    assert report.department.name == "某县档案馆"
    assert is_all_read(report)


def test_another_unit_named_further_down_is_not_the_department() -> None:
    report = bp.parse(f"某县2023年度{TITLE}\n\n{SENTENCES}\n\n单位：某县某学校\n\n共30人。\n")
    assert not isinstance(report.department.name, str)


@pytest.mark.parametrize("head", [f"某县2023年度{TITLE}", f"2023年度{TITLE}"])
def test_a_place_is_no_department(head: str) -> None:
    assert not isinstance(bp.parse(f"{head}\n\n{SENTENCES}\n").department.name, str)


@pytest.mark.parametrize(
    "words", ["（详见附件1部门预算表）", "附件2 部门决算表", "收入总计1200.00万元", "含追加20万元"]
)
def test_annexes_and_words_of_a_budget_are_no_results(words: str) -> None:
    report = bp.parse(f"某县2023年度{TITLE}\n\n{SENTENCES}\n\n{words}。\n")
    assert not report.narrative.achievements


def test_so_many_annexes_are_not_the_number_of_one() -> None:
    report = bp.parse(f"某县2023年度{TITLE}\n\n{SENTENCES}\n\n印发附件3份。\n")
    assert report.reading is not None
    read = [figure.text for _, figure in bp.figures(report)]
    assert ("3份" in read) != ("3" in [number.text for number in report.reading.unread])


PROJECT = SENTENCES.replace("我局", "本项目")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("农村道路维修项目支出绩效自评报告", "农村道路维修"),
        ("2023年度农村道路维修项目绩效自评报告", "农村道路维修"),
        ("某县民政局2023年度敬老院建设项目支出绩效自评报告", "敬老院建设"),
        ("残疾人康复项目2023年度绩效自评报告", "残疾人康复"),
        ("关于2023年度道路维修（二期）项目绩效自评情况的报告", "道路维修(二期)"),
    ],
)
def test_the_name_of_the_project_is_read_from_its_title(title: str, name: str) -> None:
    report = bp.parse(f"{title}\n\n{PROJECT}\n")
    assert report.project.name == name
    assert report.kind is EvaluationKind.PROJECT
    assert is_all_read(report)
    again = bp.parse(f"{title}\n\n项目名称：{name}项目\n\n{PROJECT}\n")
    assert again.project.name == name


@pytest.mark.parametrize(
    "title",
    [
        "XX项目支出绩效自评报告",  # a template
        "2023年度项目支出绩效自评报告",
        "重点项目支出绩效自评报告",
        "三个项目支出绩效自评报告",
        "一般性项目支出绩效自评报告",
        "2023年度中央财政衔接资金项目绩效自评报告",
        "某县农村道路维修项目绩效自评报告",  # the place may be part of the name
        "档案馆库房改造项目绩效自评报告",  # so may who reports
        "道路维修和排水改造项目绩效自评报告",
        "某县民政局部门预算项目支出绩效自评报告",
        "农村道路维修绩效自评报告",
    ],
)
def test_what_may_be_more_than_the_name_of_a_project_is_none(title: str) -> None:
    report = bp.parse(f"{title}\n\n{PROJECT}\n")
    assert not isinstance(report.project.name, str)


@pytest.mark.parametrize(
    "other",
    [
        "项目名称：农村饮水安全项目",
        "2023年度农村饮水安全项目绩效自评报告",
        "（农村饮水安全项目）",
        "| 项目名称 | 农村饮水安全 |\n| --- | --- |\n| 说明 | 无 |",
    ],
)
def test_a_title_that_something_contradicts_names_no_project(other: str) -> None:
    reports = read_all_text(f"农村道路维修项目支出绩效自评报告\n\n{other}\n\n{PROJECT}\n")
    for report in reports:
        assert report.project.name != "农村道路维修"


def read_all_text(text: str) -> tuple[bp.SelfEvaluation, ...]:
    return read_data(text.encode(), "report.md")


def test_the_title_of_a_department_names_no_project() -> None:
    report = bp.parse(
        f"某县档案馆2023年度{TITLE}\n\n{SENTENCES}\n\n附件 农村道路维修项目绩效自评报告\n"
    )
    assert not isinstance(report.project.name, str)


def test_last_year_is_told_by_the_name_with_or_without_what_stands_behind_it() -> None:
    now = bp.parse(f"农村道路维修项目2023年度绩效自评报告\n\n{PROJECT}\n")
    before = attrs.evolve(
        now, project=bp.Project(name="农村道路维修项目"), department=bp.Department(year=2022)
    )
    assert bp.audit(now, previous=before).previous == before
    other = attrs.evolve(before, project=bp.Project(name="农村饮水安全项目"))
    with refused("other-name"):
        bp.audit(now, previous=other)
