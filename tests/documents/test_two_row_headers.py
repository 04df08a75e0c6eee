"""Headers of two rows where a table arrives as text, a line for each row or for each cell.

Names and figures are invented.
"""

from __future__ import annotations

import pytest

import budgetperf as bp

HEAD = "2021年度项目支出绩效自评表\n项目名称 民兵训练\n"
GROUPS = (
    "绩效指标 年度指标值 实际完成值 分值 得分 偏差原因分析及改进措施",
    "一级指标 二级指标 三级指标 指标性质 指标值 度量单位",
)
ROWS = (
    "产出指标 数量指标 训练人数 >= 120 人 126 40 40",
    "质量指标 训练合格率 >= 95 % 98 20 20",
    "效益指标 社会效益指标 征兵任务完成率 ＝ 100 % 100 30 30",
    "满意度指标 服务对象满意度指标 参训人员满意度 >= 90 % 89 10 9.5",
)
TOTAL = "总分 100 99.5 优"
HALVES = (
    "一级指标 二级指标 三级指标 年度 实际 分值 得分 偏差原因分析及改进措施",
    "指标值 完成值",
)
PLAIN = (
    "产出指标 数量指标 训练人数 ≥120人 126人 40 40",
    "质量指标 训练合格率 ≥95% 98% 20 20",
    "效益指标 社会效益指标 征兵任务完成率 100% 100% 30 30",
    "满意度指标 服务对象满意度指标 参训人员满意度 ≥90% 89% 10 9.5",
)
TABLES = {"groups": (*GROUPS, *ROWS, TOTAL), "halves": (*HALVES, *PLAIN, TOTAL)}


def read(lines: tuple[str, ...], manner: str) -> bp.SelfEvaluation:
    rows = lines if manner == "rows" else tuple(cell for line in lines for cell in line.split())
    return bp.parse(HEAD + "\n".join(rows) + "\n")


@pytest.mark.parametrize("manner", ["rows", "cells"])
@pytest.mark.parametrize("name", TABLES)
def test_a_header_of_two_rows(name: str, manner: str) -> None:
    report = read(TABLES[name], manner)
    rows = report.form.indicators
    assert [row.name for row in rows] == [
        "训练人数",
        "训练合格率",
        "征兵任务完成率",
        "参训人员满意度",
    ]
    figures = [(row.actual, row.weight, row.score) for row in rows]
    values = [tuple(f.value for f in own if isinstance(f, bp.Figure)) for own in figures]
    assert [tuple(map(str, own)) for own in values] == [
        ("126", "40", "40"),
        ("98", "20", "20"),
        ("100", "30", "30"),
        ("89", "10", "9.5"),
    ]
    assert rows[0].target.direction is bp.Direction.AT_LEAST
    assert isinstance(rows[0].target.value, bp.Figure)
    assert str(rows[0].target.value.unit) == "人"
    assert (report.form.total_score.text, report.form.rating) == ("99.5", "优")
    assert not bp.audit(report).inconsistent


@pytest.mark.parametrize("manner", ["rows", "cells"])
def test_what_is_no_header_of_two_rows(manner: str) -> None:
    for first, second in (
        (GROUPS[0], "一级指标 二级指标 甲乙 指标性质 指标值 度量单位"),
        (GROUPS[0].replace("实际完成值", "甲乙"), GROUPS[1]),
        (HALVES[0], "指标值 甲乙"),
        (HALVES[0], "指标值"),
    ):
        with pytest.raises(bp.UnusableDocumentError):
            read((first, second, *ROWS, TOTAL), manner)


@pytest.mark.parametrize("manner", ["rows", "cells"])
def test_the_total_below_what_else_is_to_be_said(manner: str) -> None:
    below = "其他需要说明的事项 无"
    report = read((*GROUPS, *ROWS, below, TOTAL), manner)
    assert report.form.total_score.text == "99.5"
    assert len(report.form.indicators) == len(ROWS)
    numbers = read((*HALVES, *PLAIN, "其他需要说明的事项 经费12万元", TOTAL), manner)
    assert isinstance(numbers.form.total_score, bp.Missing)


POINTS = """项目自评表
项目名称
老旧小区改造
一级指标
二级指标
三级指标
年初目标值（A）
实际完成值（B）
得分
产出指标
（60分）
数量指标
改造小区数
4个
4个
60
效益指标
（40分）
社会效益指标
受益户数
≥600户
632户
40
总分（100分）
100
"""


def test_the_points_of_a_heading_on_a_line_of_their_own() -> None:
    report = bp.parse(POINTS)
    assert [str(row.level1) for row in report.form.indicators] == [
        "产出指标(60分)",
        "效益指标(40分)",
    ]
    assert [row.score.text for row in report.form.indicators] == ["60", "40"]
    assert not bp.audit(report).inconsistent


def test_remarks_beside_reasons() -> None:
    header = "一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分 偏差原因 备注"
    report = read((header, *PLAIN, TOTAL), "rows")
    assert [row.score.text for row in report.form.indicators] == ["40", "20", "30", "9.5"]


def test_names_that_end_as_headings_do() -> None:
    header = "一级指标 二级指标 三级指标 分值 年度指标值 全年实际值 得分"
    rows = (
        "产出指标 数量指标 养护面积 50 ≥50万平方米 52万平方米 50",
        "成本指标 单位成本 50 ≤1.5元/平方米 1.41元/平方米 50",
        "总分 100 100",
    )
    assert [row.name for row in read((header, *rows), "rows").form.indicators] == [
        "养护面积",
        "单位成本",
    ]
