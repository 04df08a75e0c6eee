"""Scores of groups of indicators: told, with a word of its own where they do not make up the total.

Names and figures are invented.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import budgetperf as bp

from .narratives import DEPARTMENT, PROJECT
from .test_forms import notes
from .test_said_and_left_out import left_out, unread

NO_SUM = "分项之和与合计不符"
ADD_UP = "合计相符的各组分值、得分"
OVER = "得分超过分值"

RIGHT = [
    "投入10分、过程20分、产出40分、效果27分，综合得分97分。",
    "投入得10分、过程得20分、产出得40分、效果得27分，综合得分97分。",
    "综合得分97分，其中：投入得10分，过程得20分，产出得40分，效果得27分。",
    "综合得分97分，其中决策得10分，过程得20分，产出得40分，效益得27分。",
    "综合得分97分（决策10分、过程20分、产出40分、效益27分）。",
    "预算执行10分得9.5分，产出指标50分得48.5分，效益指标30分得29分，满意度10分得10分，总分97分。",
    (
        "预算执行（10分）得9.5分；产出指标（50分），得48.5分；效益指标（30分）得29分；满意度指标（10分）得10分。"
        "自评总得分97分。"
    ),
    (
        "自评总得分97分。\n1.预算执行率满分10分，得分9.5分。\n2.产出指标满分50分，自评得分48.5分。\n"
        "3.效益指标满分30分，得分29分。\n4.服务对象满意度指标满分10分，得分10分。"
    ),
    (
        "（一）决策指标：满分20分，得20分。\n（二）过程指标：满分20分，得18分。\n（三）产出指标：满分30分，得30分。\n"
        "（四）效益指标：满分30分，得29分。\n综合得分97分。"
    ),
    "预算执行率95%，得9.5分；产出得48.5分；效益得29分；满意度得10分。综合得分97分。",
    (
        "综合得分97分。产出指标得分48.5分(满分50分)，效益指标得分29分(满分30分)，满意度指标得分10分(满分10分)，"
        "预算执行得分9.5分(满分10分)。"
    ),
    (
        "综合得分97分。成本指标20分得18.5分，产出指标40分得39.5分，效益指标20分得19.5分，满意度指标10分得10分，"
        "预算执行10分得9.5分。"
    ),
    "综合得分97分。过程（40分）得38分，产出（60分）得59分。",
    "自评总得分97分（其中运行成本19.5分，管理效率19.5分，履职效能38分，社会效应20分）。",
    (
        "综合得分97分。运行成本得9.5分，管理效率得18.5分，履职效能得39分，社会效应得10分，可持续发展能力得10分，"
        "服务对象满意度得10分。"
    ),
    "综合得分97.0分。投入9.53分、过程19.55分、产出39.47分、效果28.48分。",
    (
        "产出指标分值50分，效益指标分值30分，满意度指标分值10分，预算执行分值10分。"
        "产出指标得48.5分，效益指标得29分，满意度指标得10分，预算执行得9.5分，综合得分97分。"
    ),
    "投入得10分、过程得20分、产出得40分、效益得27分，其中满意度得10分。综合得分97分。",
    "综合得分97.0分（满分100分），等级为“优”。其中决策指标得分19.5/20，过程指标得分20/20，产出指标得分29/30，效益指标得分28.5/30。",
    "综合得分97分。决策得19.5分/20分，过程得20分/20分，产出得29分/30分，效益得28.5分/30分。",
    "综合得分97分（预算执行率9.5分+产出指标48.5分+效益指标29分+满意度指标10分）。",
    "决策20分，过程20分，产出30分，效益30分，满分100分。\n综合得分97分，其中决策20分，过程18分，产出30分，效益29分。",
    (
        "自评得分97分，等级为优。其中：投入类指标10分，实际得分10分；过程类指标30分，实际得分29分；产出类30分，得30分；"
        "效果类30分，得28分。"
    ),
]


@pytest.mark.parametrize("title", [PROJECT, DEPARTMENT])
@pytest.mark.parametrize("text", RIGHT)
def test_scores_of_groups_that_make_up_the_total(text: str, title: str) -> None:
    report = bp.parse(title + text)
    assert str(report.narrative.total_score).startswith("97")
    assert ADD_UP in notes(report)
    assert NO_SUM not in notes(report)
    assert not bp.audit(report).inconsistent


@pytest.mark.parametrize("text", RIGHT)
@pytest.mark.parametrize("wrong", ["96", "99"])
def test_scores_of_groups_that_do_not_make_up_the_total(text: str, wrong: str) -> None:
    assert NO_SUM in left_out(text.replace("97", wrong))


def test_weights_of_groups_that_are_not_the_whole() -> None:
    text = "预算执行10分得9.5分，产出50分得48.5分，效益30分得29分，满意度20分得10分，总分97分。"
    weights = "、".join(f"第 3 行“{weight}分”" for weight in (10, 50, 30, 20))
    assert f"{NO_SUM}（{weights}）" in left_out(text)


def test_a_score_above_its_weight() -> None:
    text = "预算执行10分得9.5分，产出50分得58.5分，效益30分得19分，满意度10分得10分，总分97分。"
    assert f"{OVER}（第 3 行“50分”、第 3 行“58.5分”）" in left_out(text)


@pytest.mark.parametrize(
    "text",
    [
        "产出指标（50分）得48分，效益指标（30分）得29分。综合得分97分。",
        "产出指标得48分。综合得分97分。",
        "投入得10分、过程得20分。综合得分97分。",
        "产出指标50分得48分，数量指标20分得19分。综合得分97分。",
        "社会效益指标得10分，生态效益指标得9分，产出得50分，过程得20分，投入得10分。综合得分97分。",
        "投入得10分、过程得20分、产出得40分、效益得27分。",  # the total is not said
        "水厂建设项目得分96分。其中：投入得10分、过程得20分、产出得40分、效益得26分。综合得分97分。",
        (
            "甲项目投入得10分、过程得20分、产出得40分、效益得20分。"
            "乙项目投入得9分、过程得20分、产出得40分、效益得21分。综合得分97分。"
        ),
    ],
)
def test_groups_that_need_not_be_all(text: str) -> None:
    text += "全年执行数112.1万元。"
    assert NO_SUM not in left_out(text)
    assert ADD_UP not in left_out(text)


@pytest.mark.parametrize(
    "text",
    [
        "投入15分、过程25分、产出30分、效益30分，总分100分。综合得分97分。",
        "评价指标：投入15分、过程25分、产出30分、效益30分。综合得分97分。",
        "产出指标50分、效益指标30分。综合得分97分。",
        "2022年投入得10分、过程得20分、产出得40分、效益得20分。2023年综合得分97分。",
        "上年投入得10分、过程得20分、产出得40分、效益得20分。本年综合得分97分。",
    ],
)
def test_what_may_be_weights_or_is_of_another_year_is_told_of_nothing(text: str) -> None:
    assert not left_out(text)
    assert len(unread(text)) > 1


TENTHS = st.integers(min_value=0, max_value=250)


def _printed(tenths: int) -> str:
    return f"{tenths // 10}.{tenths % 10}分"


@given(scores=st.lists(TENTHS, min_size=4, max_size=4), more=st.sampled_from((0, 0, 10, -5)))
def test_scores_are_told_to_add_up_just_where_they_do(scores: list[int], more: int) -> None:
    names = ("决策", "过程", "产出", "效益")
    each = "，".join(f"{n}25分得{_printed(s)}" for n, s in zip(names, scores, strict=True))
    text = f"{each}，综合得分{_printed(max(0, sum(scores) + more))}。"
    assert (NO_SUM in left_out(text)) is bool(more and sum(scores) + more >= 0)
