"""What is said of several years, of a subject or as a share is not of the whole of the year.

Names and figures are invented; every text is right as it stands, so that nothing may be accused.
"""

from __future__ import annotations

import pytest

import budgetperf as bp

from .narratives import DEPARTMENT, PROJECT, read, total
from .test_forms import notes

COUNTED = "共维修泵站5处。"
"""Something that is read whatever else is not."""


def names(text: str, title: str = PROJECT) -> list[str]:
    """What is said to have been reached."""
    report = bp.parse(title + text)
    assert not bp.audit(report).inconsistent
    return [str(each.name) for each in report.narrative.achievements]


@pytest.mark.parametrize("year", ["2023年", "本年", "当年", "2023年当年"])
def test_what_was_spent_so_far_of_several_years(year: str) -> None:
    text = (
        "截至2023年底，累计下达资金3000万元，累计支出2700万元，累计执行率90%；"
        f"其中{year}下达1200万元，{year}支出1140万元，执行率95%。"
    )
    said = total(text)
    assert said.get("revised") in (None, "1200万元")
    assert said.get("executed") in (None, "1140万元")
    assert said.get("execution_rate") in (None, "95%")


def test_what_was_spent_so_far_beside_the_budget_of_the_year() -> None:
    text = (
        "项目总预算3000万元，累计支出2700万元，支出进度90%；"
        "本年度预算1200万元，支出1140万元，执行率95%。"
    )
    assert total(text) == {"revised": "1200万元", "executed": "1140万元", "execution_rate": "95%"}


def test_what_was_spent_so_far_in_the_year_is_what_was_spent() -> None:
    text = "全年预算118万元，截至2023年12月31日，累计支出112.1万元，执行率95%。"
    assert total(text) == {"revised": "118万元", "executed": "112.1万元", "execution_rate": "95%"}


@pytest.mark.parametrize(
    "received",
    [
        "累计到位118万元，其中当年到位108万元、上年结转10万元",
        "累计到位资金118万元，2023年6月到位60万元，2023年9月到位58万元",
    ],
)
def test_what_came_in_so_far_that_the_year_makes_up(received: str) -> None:
    said = total(f"{received}；累计支出112.1万元，执行率95%。")
    assert (said["executed"], said["execution_rate"]) == ("112.1万元", "95%")


@pytest.mark.parametrize(
    "subject", ["一般公共服务支出（类）", "公共安全支出（类）司法（款）行政运行（项）"]
)
def test_a_subject_of_the_budget_is_not_the_whole(subject: str) -> None:
    text = f"{subject}年初预算300万元，决算数294万元，完成年初预算的98%。{COUNTED}"
    assert not total(text, DEPARTMENT)
    of_all = f"全年预算数1000万元，决算数980万元。{text}"
    assert total(of_all, DEPARTMENT) == {"revised": "1000万元", "executed": "980万元"}


@pytest.mark.parametrize("first", ["财政", "专项"])
def test_the_first_of_several_sources_is_not_the_whole(first: str) -> None:
    text = f"{first}资金到位100万元，支出95万元；自筹资金到位20万元，支出18万元。"
    assert not total(text)


def test_sources_behind_the_whole_that_make_it_up() -> None:
    text = (
        "全年预算数118万元，支出112.1万元；其中一般公共预算70万元，支出66万元；"
        "政府性基金48万元，支出46.1万元。"
    )
    assert total(text) == {"revised": "118万元", "executed": "112.1万元"}


def test_what_parts_had_to_spend_is_no_part_of_what_was_spent() -> None:
    text = "支出112.1万元，其中：甲类工程70万元，支出66万元。"
    assert not bp.parse(PROJECT + text).narrative.breakdowns


def test_rates_on_two_budgets() -> None:
    text = (
        "全年执行数112.1万元，执行率95%（按调整后预算118万元计算）；"
        "按年初预算120万元计算，执行率93.42%。"
    )
    assert "execution_rate" not in total(text)
    assert total(f"{text}全年预算执行率95%。")["execution_rate"] == "95%"
    in_brackets = "执行率（不含结转）为95%，执行率（含结转）为96%。全年执行数112.1万元。"
    assert total(in_brackets) == {"executed": "112.1万元"}


@pytest.mark.parametrize(
    ("rating", "score", "holds"),
    [
        ("优", "95.8", True),
        ("优秀", "95.8", True),
        ("良好", "85.8", True),
        ("优秀", "85.8", False),
        ("良好", "95.8", False),
        ("合格", "95.8", False),
    ],
)
def test_a_rating_by_the_longer_word(rating: str, score: str, holds: bool) -> None:
    report = bp.parse(f"{PROJECT}综合得分：{score}分；评价等级：{rating}。")
    assert report.narrative.rating == rating
    found = {finding.code for finding in bp.audit(report, rules="national-2020").inconsistent}
    assert found == (set() if holds else {"W09"})


@pytest.mark.parametrize(
    "text",
    [
        (
            "水厂建设方面，安排资金60万元，实际支出57万元；"
            "管网改造方面，安排资金58万元，实际支出55.1万元。"
        ),
        (
            "水厂建设：预算60万元，实际支出57万元，执行率95%。"
            "管网改造：预算58万元，实际支出55.1万元，执行率95%。"
        ),
        (
            "（1）水厂建设，预算60万元，实际支出57万元。\n"
            "（2）管网改造，预算58万元，实际支出55.1万元。"
        ),
        (
            "水厂建设：全年预算数60万元，全年执行数57万元。"
            "管网改造：全年预算数58万元，全年执行数55.1万元。"
        ),
    ],
)
def test_what_was_spent_of_several_budgets(text: str) -> None:
    assert not total(text + COUNTED)


def test_what_was_paid_for_one_thing() -> None:
    text = "实际支付95万元工程款、9.5万元监理费、7.6万元设计费。"
    assert not total(text + COUNTED)
    assert total(f"{text}全年支出112.1万元。") == {"executed": "112.1万元"}


def test_two_amounts_spent_of_one_budget_contradict_each_other() -> None:
    text = (
        "全年预算数118万元，全年执行数112.1万元。经统计，全年预算数118万元，全年执行数115.1万元。"
    )
    assert bp.audit(bp.parse(PROJECT + text)).inconsistent


def test_rates_of_several_sources() -> None:
    text = "全年支出112.1万元，财政资金执行率100%，自有资金执行率70%。"
    assert total(text) == {"executed": "112.1万元"}
    alone = "全年支出112.1万元，财政资金执行率95%。"
    assert total(alone) == {"executed": "112.1万元", "execution_rate": "95%"}


@pytest.mark.parametrize("bullet", "●◆▲★○◇•◎➢·-")
@pytest.mark.parametrize("mark", ["；", ""])
def test_bullets_are_no_words(bullet: str, mark: str) -> None:
    rows = ("全年预算数：118万元", "全年执行数：112.1万元", "执行率：95%")
    text = "\n".join(f"{bullet}{row}{mark}" for row in rows)
    assert total(text) == {"revised": "118万元", "executed": "112.1万元", "execution_rate": "95%"}


@pytest.mark.parametrize("over", ["/", "÷"])
def test_the_terms_of_a_quotient_are_no_results(over: str) -> None:
    text = (
        f"在职人员控制率=（在职人员数35人{over}编制数37人）×100%=94.59%。"
        f"固定资产利用率=实际在用固定资产总额1180万元{over}所有固定资产总额1200万元×100%=98.33%。"
    )
    said = read(text + COUNTED, DEPARTMENT)
    assert not {"35人/编", "1180万元/所有固"} & set(said.values())
    assert not [name for name in names(text + COUNTED, DEPARTMENT) if set(name) & set("=÷×")]


def test_a_price_for_each_keeps_its_unit() -> None:
    assert "2.5万元/台" in read("设备单价2.5万元/台，采购40台，合计100万元。").values()


def test_what_a_share_is_of_is_no_result() -> None:
    text = "项目受益人口4.5万人，占全县总人口45万人的10%。"
    assert names(text) == ["项目受益人口"]


def test_carried_over_money_and_all_that_could_be_spent() -> None:
    text = "2022年结转10万元，2023年预算安排108万元，可用资金118万元，实际支出112.1万元。"
    assert "revised" not in total(text)


def test_people_of_a_body_before_those_of_its_units() -> None:
    text = (
        "机关核定编制20名，在职在编19人；下属单位核定编制17名，在职在编16人；"
        f"合计编制37名，在职在编35人。{COUNTED}"
    )
    said = read(text, DEPARTMENT)
    assert said.get("department.staffing.in_service") in (None, "35人")


OF_OTHER_YEAR = "其他年度或时点的数"


@pytest.mark.parametrize(
    "text",
    [
        "2022年自评得分92分，2023年自评得分97分。",
        "2023年自评得分97分，2022年自评得分92分。",
        "2022年自评得分92分；2023年自评得分97分。",
        "2022年度绩效自评得分92分。2023年度绩效自评得分97分。",
        "2022年自评得分92分，等级为优；2023年自评得分97分，等级为优。",
        "2023年度自评得分97分，上年92分。",
        "去年自评得分92分，今年自评得分97分。",
        "上年度自评得分92分，本年度自评得分97分。",
        "上年自评总得分92分，本项目2023年自评总得分97分。",
        "2023年自评得分97分，较2022年92分有所提高。",
        "2022年自评得分92分、2023年自评得分97分。",
    ],
)
def test_the_score_of_the_year_beside_that_of_another(text: str) -> None:
    report = bp.parse(PROJECT + text)
    assert str(report.narrative.total_score) == "97分"
    assert f"{OF_OTHER_YEAR}（第 3 行“92分”）" in notes(report)
    assert report.reading is not None
    assert report.reading.unread == ()


@pytest.mark.parametrize(
    "text", ["2022年自评得分92分。", "2023年满意度指标自评得分9分。", "2023年产出自评得分97分。"]
)
def test_other_scores_with_a_year_are_not_that_of_the_whole(text: str) -> None:
    assert "narrative.total_score" not in read(text + COUNTED)


@pytest.mark.parametrize(
    ("text", "name", "now"),
    [
        ("群众满意率由上年的93.75%提高到95%", "群众满意率", "95%"),
        ("群众满意率由上年93.75%提升至95%", "群众满意率", "95%"),
        ("群众满意率由2022年的93.75%，提高到2023年的95%", "群众满意率", "95%"),
        ("群众满意率从2022年的93.75%上升到2023年的95%", "群众满意率", "95%"),
        ("供水保证率由93.75%提高到了95%", "供水保证率", "95%"),
        ("水质合格率较上年的93.75%提高到95%", "水质合格率", "95%"),
        ("用水普及率由实施前的93.75%提高到95%", "用水普及率", "95%"),
        ("管网漏损率由上年的13.5%下降到9.5%", "管网漏损率", "9.5%"),
        ("发病率由3.5‰降至2.1‰", "发病率", "2.1‰"),
        ("培训人数由上年的200人增加到300人", "培训人数", "300人"),
        ("参保人数从1200人增长到1500人", "参保人数", "1500人"),
    ],
)
def test_what_something_rose_to(text: str, name: str, now: str) -> None:
    report = bp.parse(f"{PROJECT}{text}。")
    [reached] = report.narrative.achievements
    assert (str(reached.name), str(reached.value)) == (name, now)
    assert OF_OTHER_YEAR in notes(report)
    assert report.reading is not None
    assert report.reading.unread == ()


def test_the_rate_of_the_whole_may_have_risen() -> None:
    text = "全年预算100万元，支出95万元，执行率由上年的93.75%提高到{}。"
    assert total(text.format("95%"))["execution_rate"] == "95%"
    assert bp.audit(bp.parse(PROJECT + text.format("97%"))).inconsistent


@pytest.mark.parametrize(
    "text",
    [
        "计划将满意率由90%提高到95%。",
        "2022年群众满意率由90%提高到95%。",
        "群众满意率由2021年的90%提高到2022年的95%。",
        "力争到2025年满意率由90%提高到95%。",
        "项目预算由200万元提高到220万元。",
    ],
)
def test_what_is_to_rise_or_rose_before_is_no_achievement(text: str) -> None:
    assert [name for name in names(text + COUNTED) if name != "共维修泵站"] == []


@pytest.mark.parametrize("title", [PROJECT, DEPARTMENT])
@pytest.mark.parametrize(
    "text",
    [
        "支出总计100万元，当年支出{}万元，结转下年10万元",
        "支出总计100万元，本年支出{}万元，年末结转和结余10万元",
        "2023年支出总计100万元，本年度支出{}万元，结转至下年10万元",
        "支出总计100万元，其中：当年支出{}万元，结转下年10万元",
        "支出总计100万元（其中本年支出{}万元，结转下年度10万元）",
    ],
)
def test_all_that_was_spent_and_left(text: str, title: str) -> None:
    [split] = bp.parse(f"{title}{text.format(90)}。").narrative.breakdowns
    assert [str(part.amount) for part in split.parts] == ["90万元", "10万元"]
    if "其中" not in text:
        assert total(f"{text.format(90)}。", title) == {"executed": "90万元"}
    wrong = bp.audit(bp.parse(f"{title}{text.format(85)}。"))
    assert "F01" in {finding.code for finding in wrong.findings if not finding.verdict.holds}


def test_what_is_carried_to_the_next_year_is_of_this_one() -> None:
    text = "全年预算100万元，支出90万元，结转下年使用10万元，执行率90%。"
    assert total(text) == {"revised": "100万元", "executed": "90万元", "execution_rate": "90%"}


@pytest.mark.parametrize(
    "text",
    [
        "2022年自评得分92分，2023年自评得分97分。",
        "上年综合得分92分，本年综合得分97分。",
        "2023年自评得分97分，比2022年的92分提高5分。",
        "自评得分97分，较上年92分提高5分。",
        "上年自评得分92分。本年自评得分97分。",
        "2023年自评得分97分。",
    ],
)
def test_the_score_of_the_year_beside_by_how_much_it_rose(text: str) -> None:
    report = bp.parse(PROJECT + text)
    assert str(report.narrative.total_score) == "97分"
    assert report.reading is not None
    assert report.reading.unread == ()


def test_the_score_of_another_year_alone_is_none() -> None:
    report = bp.parse(f"{PROJECT}2022年自评得分92分。{COUNTED}")
    assert isinstance(report.narrative.total_score, bp.Missing)


@pytest.mark.parametrize(
    "beside", ["当年支出90万元，结转下年10万元", "本年支出90万元、年末结转结余10万元"]
)
@pytest.mark.parametrize("title", [PROJECT, DEPARTMENT])
def test_what_was_spent_in_the_year_of_all_and_what_is_left(title: str, beside: str) -> None:
    text = f"2023年支出总计100万元，其中：{beside}。"
    assert total(text, title) == {"executed": "90万元"}
    wrong = bp.audit(bp.parse(title + text.replace("10万元", "12万元")))
    assert [finding.code for finding in wrong.findings if finding.is_for_review] == ["F01"]
