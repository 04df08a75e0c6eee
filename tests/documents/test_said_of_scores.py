"""Whether a score beside a rate, or beside what was taken off, is that of the whole.

Names and figures are invented; every text is right as it stands, so that nothing may be accused.
"""

from __future__ import annotations

import pytest

import budgetperf as bp

from .narratives import DEPARTMENT, PROJECT, read, total

SPENT = "\n全年执行数112.1万元。"
SCORE = "narrative.total_score"


@pytest.mark.parametrize("title", [PROJECT, DEPARTMENT])
@pytest.mark.parametrize(
    "text",
    [
        "执行率95%，自评得分97分。",
        "全年预算118万元，全年执行112.1万元，执行率95%，自评得分97分。",
        "全年预算数118万元，执行率为95%，自评得分为97分。",
        "2023年全年预算数118万元，全年执行数112.1万元，预算执行率95%，自评得分97分。",
        "资金到位率100%，预算执行率95%，绩效自评得分97分。",
        "2023年，本项目全年执行数112.1万元，执行率95%，自评得分97分。",
    ],
)
def test_a_score_that_no_part_can_have_behind_the_execution_rate(text: str, title: str) -> None:
    assert read(text + SPENT, title)[SCORE] == "97分"


@pytest.mark.parametrize(
    "text",
    [
        "执行率95%，得9.5分。",
        "执行率95%，自评得分9.5分。",
        "全年预算数118万元，全年执行数112.1万元，执行率95%，自评得分9.5分。",
        "执行率95%，自评得分19分。",
        "预算执行率指标，执行率95%，自评得分97分。",
        "预算执行率指标自评得分97分。",
        "预算执行情况：执行率95%，自评得分97分。",
        "资金管理方面，执行率95%，自评得分97分。",
        "项目管理，执行率95%，自评得分97分。",
        "产出指标完成率95%，自评得分97分。",
        "水质合格率99%，自评得分97分。",
        "水厂建设项目执行率95%，自评得分97分。",
        "水厂建设预算60万元，支出57万元，执行率95%，自评得分97分。",
        "甲镇执行率95%，自评得分97分。",
        "2022年执行率95%，自评得分97分。",
        "执行率95%，产出指标得分97分。",
        "执行率95%（满分100分），该项自评得分95分。",
        "下属单位执行率95%，自评得分97分。",
        "中央资金执行率95%，自评得分97分。",
        "预算执行。执行率95%，自评得分97分。",
        "执行率达到95%的，自评得分不低于90分。",
    ],
)
def test_a_score_that_may_be_of_a_row_or_of_others(text: str) -> None:
    assert SCORE not in read(text + SPENT)


def test_a_score_that_is_surely_the_total_counts_before_one_behind_a_rate() -> None:
    text = "执行率95%，自评得分97分。\n项目综合得分96分。"
    assert read(text + SPENT)[SCORE] == "96分"


@pytest.mark.parametrize(
    "text",
    [
        "自评得分98.5分，扣分1.5分。",
        "自评得分98.5分，扣1.5分。",
        "自评得分98.5分，共扣分1.5分。",
        "自评得分为98.5分，合计扣1.5分。",
        "项目自评总分98.5分，扣分1.5分。",
        "扣分1.5分，自评得分98.5分。",
        "共扣1.5分，综合得分98.5分。",
        "自评得分98.5分（扣1.5分）。",
        "满分100分，扣1.5分，自评得分98.5分。",
    ],
)
def test_what_was_taken_off_the_total(text: str) -> None:
    assert read(text + SPENT)[SCORE] == "98.5分"


@pytest.mark.parametrize(
    "text",
    [
        "自评得分98.5分，扣分2分。",  # of something else, or wrong
        "执行率低于90%的扣1.5分，自评得分98.5分为优。",
        "每少1个百分点扣1.5分，最高得分98.5分。",
        "产出指标自评得分48.5分，扣分1.5分。",
        "预算执行率得8.5分，扣分1.5分。",
        "2022年自评得分98.5分，扣分1.5分。",
        "甲镇自评得分98.5分，扣分1.5分。",
        "自评得分98.5分以上，扣分1.5分以内。",
    ],
)
def test_what_was_taken_off_something_else(text: str) -> None:
    assert SCORE not in read(text + SPENT)


@pytest.mark.parametrize(
    "marks",
    [
        "，扣0.5分，得9.5分",
        "，扣分0.5分，该项得9.5分",
        "，得9.5分，扣0.5分",
        "；扣0.5分；得分9.5分",
        "，扣除0.5分，实际得分9.5分",
    ],
)
def test_what_was_taken_off_the_points_of_the_rate(marks: str) -> None:
    text = f"全年预算数200万元，全年执行数190万元，执行率95%{marks}。"
    said = read(text)
    assert total(text) == {"revised": "200万元", "executed": "190万元", "execution_rate": "95%"}
    assert "narrative.total_score" not in said
    assert not bp.audit(bp.parse(PROJECT + text)).inconsistent


@pytest.mark.parametrize(
    "rule",
    [
        "执行率低于100%，扣0.5分，得9.5分",
        "执行率95%的，扣0.5分，得9.5分",
        "执行率95%，则扣0.5分，得9.5分",
        "若执行率95%，扣0.5分，得9.5分",
        "执行率每低1%，扣0.5分，得9.5分",
        "执行率100%，得10分，执行率95%，扣0.5分，得9.5分",
        "执行率95%，扣0.5分，得9分",
        "执行率95%，扣0.5分，执行率90%，扣1分，得9分",
    ],
)
def test_what_is_taken_off_by_a_rule(rule: str) -> None:
    assert not total(f"{rule}。\n共维修泵站5处。")


BASIS = (
    "根据《某县预算绩效管理办法》（某政发〔2019〕2号）、《关于开展绩效自评工作的通知》"
    "（某财绩〔2024〕3号）等文件精神，"
)


@pytest.mark.parametrize(
    "text",
    [
        f"{BASIS}按照绩效评价指标体系，对本部门2023年度整体支出开展了绩效评价，综合评分为97分。",
        f"{BASIS}我局对2023年度机关整体支出进行了自评，综合评分97分。",
        "按照部门整体支出绩效评价指标体系，对本部门2023年度机关整体支出进行了评价，综合得分为97分。",
        f"{BASIS}对局机关及所属单位2023年度整体支出开展了绩效评价，综合评分为97分。",
        f"{BASIS}对各项目标完成情况进行了评价，综合评分为97分。",
    ],
)
def test_the_score_of_the_whole_behind_all_that_it_goes_by(text: str) -> None:
    assert read(text + SPENT, DEPARTMENT)[SCORE] == "97分"


@pytest.mark.parametrize(
    "others",
    ["下属单位", "各下属单位", "所属二级预算单位", "各乡镇", "基层学校", "各项目", "各县级部门"],
)
def test_the_score_of_others_that_were_evaluated(others: str) -> None:
    for words in ("综合评分为97分", "综合得分97分", "平均得分97分"):
        assert SCORE not in read(f"对{others}开展了绩效评价，{words}。{SPENT}", DEPARTMENT)


@pytest.mark.parametrize("words", ["合计得分98.8分", "自评合计得分98.8分", "自评总得分98.8分"])
def test_a_total_behind_scores_of_groups(words: str) -> None:
    groups = "预算执行10分得9.8分，产出指标50分得50分，效益指标30分得29分，满意度指标10分得10分，"
    assert read(f"{groups}{words}。")["narrative.total_score"] == "98.8分"


@pytest.mark.parametrize("words", ["产出指标合计得分50分", "预算执行得分合计9.8分"])
def test_a_sum_of_one_group_is_no_total(words: str) -> None:
    figures = read(f"全年预算数100万元，执行数98万元。{words}。")
    assert "narrative.total_score" not in figures


@pytest.mark.parametrize(
    "text",
    [
        "3.自评开展情况. 本部门对2023年整体支出开展绩效自评,自评得分90分,存在的问题:不够准确.",
        "全年预算数100万元.全年执行数95.5万元.执行率95.5%.自评得分90分.",
        "(一)自评结论.自评得分90分.存在的问题(略).二是不够准确.",
    ],
)
def test_sentences_that_end_with_a_mark_of_half_width(text: str) -> None:
    figures = read(text, DEPARTMENT)
    assert figures["narrative.total_score"] == "90分"
    assert figures.get("narrative.funding.total.execution_rate", "95.5%") == "95.5%"
