"""What was to be reached, what is of several years, and what is of one item of a department: none
of it is what was spent, or the score of the whole.

Names and figures are invented; every text is right as it stands, so that nothing may be accused.
"""

from __future__ import annotations

import pytest

import budgetperf as bp

from .narratives import DEPARTMENT, PROJECT, read, total
from .test_forms import notes

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


@pytest.mark.parametrize(
    ("text", "name", "actual"),
    [
        ("演出场次目标值≥10场，实际举办12场", "演出场次", "12场"),
        ("演出场次目标值≥10场，实际举办演出12场", "演出场次", "12场"),
        ("演出场次（目标值≥10场），实际举办12场", "演出场次", "12场"),
        ("演出场次：目标值≥10场，实际举办12场，完成率120%", "演出场次", "12场"),
        ("演出目标10场，全年举办12场", "演出", "12场"),
        ("培训人数指标值≥300人，实际共培训310人", "培训人数", "310人"),
        ("救助人数目标值≥300人，实际救助困难群众310人", "救助人数", "310人"),
        ("水厂目标值3座，已建成3座，完成率100%", "水厂", "3座"),
        ("改造管网年度指标值≥45公里，实际改造46.8公里", "改造管网", "46.8公里"),
        ("演出场次计划10场，举办12场", "演出场次", "12场"),
    ],
)
def test_what_was_done_behind_its_target(text: str, name: str, actual: str) -> None:
    report = bp.parse(f"{PROJECT}{text}。")
    [row] = report.narrative.indicators
    assert (str(row.name), str(row.actual)) == (name, actual)
    assert report.reading is not None
    assert report.reading.unread == ()
    assert not [finding for finding in bp.audit(report).findings if finding.is_for_review]


@pytest.mark.parametrize(
    "text",
    [
        "演出场次目标值≥10场，实际观众3000人。",
        "演出场次目标值≥10场，上年举办8场。",
        "演出场次目标值≥10场，计划举办8场。",
        "演出场次目标值≥10场，实际下乡举办3场。",
        "演出场次目标值≥10场，实际举办大型演出3场、小型演出7场。",
    ],
)
def test_what_is_something_else_behind_a_target(text: str) -> None:
    assert bp.parse(f"{PROJECT}{text}{SPENT}").narrative.indicators == ()


def test_of_a_list_what_is_understood_is_read() -> None:
    text = (
        "演出场次目标值≥10场，实际完成12场；维修泵站5处；培训人数目标值≥300人；实际完成310人，"
        "得分9分；另有若干活动，得分6分。"
    )
    report = bp.parse(f"{PROJECT}{text}{SPENT}")
    rows = [(str(row.name), str(row.actual)) for row in report.narrative.indicators]
    assert rows == [("演出场次", "12场"), ("培训人数", "310人")]
    assert [str(each.value) for each in report.narrative.achievements] == ["5处"]
    assert report.reading is not None
    assert [number.text for number in report.reading.unread] == ["6"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("60岁及以上老年人300人", "60岁及以上老年人"),
        ("为60周岁以上老人体检300人次", "60周岁以上老人体检"),
        ("0-6岁儿童300人", "0-6岁儿童"),
        ("农村危房改造，每户补助2万元", "农村危房改造每户补助"),
        ("农村危房改造每户补助2万元", "农村危房改造每户补助"),
        ("救助老年人300人", "救助老年人"),
    ],
)
def test_names_are_whole(text: str, name: str) -> None:
    report = bp.parse(f"{PROJECT}{text}。{SPENT}")
    assert [str(each.name) for each in report.narrative.achievements] == [name]


@pytest.mark.parametrize(
    "text", ["每户补助2万元。", "2023年，每户补助2万元。", "3年以上工龄50人。"]
)
def test_what_has_no_name_is_not_read(text: str) -> None:
    report = bp.parse(f"{PROJECT}{text}{SPENT}")
    assert report.narrative.achievements == ()
    assert report.reading is not None
    assert len(report.reading.unread) == 1


@pytest.mark.parametrize(
    "text",
    [
        "“三公”经费决算{}万元。其中：公务接待费2万元，公务用车运行维护费3万元。",
        "三公经费支出{}万元。其中：因公出国（境）费0万元，公务接待费2万元，公务用车费3万元。",
        "三公经费实际支出{}万元，比上年减少1万元。其中：公务接待费2万元，公车费3万元。",
        "“三公”经费预算8万元，实际支出{}万元。其中：公务接待费2万元，公务用车运行维护费3万元。",
    ],
)
def test_a_sum_in_the_sentence_before_its_parts(text: str) -> None:
    report = bp.parse(f"{DEPARTMENT}{text.format(5)}{SPENT}")
    [split] = report.narrative.breakdowns
    assert str(split.total) == "5万元"
    assert not bp.audit(report).inconsistent
    wrong = bp.parse(f"{DEPARTMENT}{text.format(6)}{SPENT}")
    codes = {each.code for each in bp.audit(wrong).findings if not each.verdict.holds}
    assert "F01" in codes or "分项之和与合计不符" in notes(wrong)


def test_numbers_of_a_list_within_a_sentence_are_no_figures() -> None:
    text = "完成情况：1.新建水厂3座；2.培训人数300人次；3.群众满意度≥90%，实际95%。"
    report = bp.parse(f"{PROJECT}{text}{SPENT}")
    [row] = report.narrative.indicators
    assert (str(row.name), str(row.actual)) == ("群众满意度", "95%")
    assert [str(each.value) for each in report.narrative.achievements] == ["3座", "300人次"]
    assert report.reading is not None
    assert report.reading.unread == ()


def test_the_score_of_a_group_is_not_that_of_its_first_indicator() -> None:
    text = "产出指标得分48分：演出场次目标值≥10场，实际完成12场；培训人数300人次。"
    assert "48分" not in read(text + SPENT).values()


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("（一）演出场次\n", "演出场次"),
        ("1.演出场次完成情况\n", "演出场次"),
        ("（一）演出场次。", "演出场次"),
        ("二、项目实施情况\n", ""),
        ("（一）产出指标完成情况\n", ""),
        ("", ""),
    ],
)
def test_an_indicator_that_its_heading_names(heading: str, name: str) -> None:
    report = bp.parse(f"{PROJECT}{heading}目标值≥10场，实际举办12场。{SPENT}")
    rows = [(str(row.name), str(row.actual)) for row in report.narrative.indicators]
    assert rows == ([(name, "12场")] if name else [])


@pytest.mark.parametrize("mark", ["，", "；", "。"])
def test_indicators_in_a_row_are_each_their_own(mark: str) -> None:
    items = (
        "新建水厂目标值3座，实际完成3座，得分10分",
        "改造管网目标值≥12公里，实际改造11公里，因汛期停工",
        "群众满意率目标值≥90%，实际达到95%，得分9分",
    )
    report = bp.parse(f"{PROJECT}{mark.join(items)}。{SPENT}")
    rows = [(str(r.name), str(r.actual), r.explanation) for r in report.narrative.indicators]
    assert rows == [
        ("新建水厂", "3座", bp.Missing()),
        ("改造管网", "11公里", "因汛期停工"),
        ("群众满意率", "95%", bp.Missing()),
    ]
    assert report.reading is not None
    assert report.reading.unread == ()


@pytest.mark.parametrize(
    "text",
    [
        "应完成水厂10座。",
        "未支付资金5万元。",
        "结余未使用资金5万元。",
        "未到位资金5万元。",
        "2023年减少2人。",
        "本年度未完成目标2个。",
    ],
)
def test_what_was_due_or_is_not_there_is_no_achievement(text: str) -> None:
    assert bp.parse(f"{PROJECT}{text}{SPENT}").narrative.achievements == ()
    assert bp.parse(f"{PROJECT}{text}{SPENT}").narrative.indicators == ()
