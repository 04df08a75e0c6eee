"""Forms as departments fill them in: words around numbers, headers above labels, shapes of text.

Names and figures are invented.
"""

from __future__ import annotations

import pytest

import budgetperf as bp

SICHUAN = """| 情况 | 年度预算数（万元） | 年初预算 | 调整后预算 | 执行数 | 执行率 | 权重 | 得分 |
|---|---|---|---|---|---|---|---|
| | 总额 | 120.00 | 118.80 | 112.86 | 95.00% | 10 | 9.5 |
| | 其中：财政资金 | 120.00 | 118.80 | 112.86 | 95.00% | / | / |
| | 单位资金 | 0.00 | 0.00 | 0.00 | 0.00% | / | / |
"""
HEAD = "部门预算项目支出绩效自评表（2022年度）\n\n| 项目名称 | 岗位补贴 |\n|---|---|\n\n"


def test_a_word_for_amounts_above_labels_is_none_of_the_columns() -> None:
    report = bp.parse(HEAD + SICHUAN)
    total = report.form.funding.total
    assert [f.text for f in (total.initial, total.revised, total.executed)] == [
        "120.00",
        "118.80",
        "112.86",
    ]
    assert isinstance(total.revised, bp.Figure)
    assert str(total.revised.unit) == "万元"
    assert [source.label for source in report.form.funding.sources] == ["财政资金", "单位资金"]


def test_the_same_in_text_with_pipes_behind_the_cells() -> None:
    rows = [row.strip("| ") for row in SICHUAN.splitlines() if "---" not in row]
    text = "\n".join(f"{row} | ||" for row in ["项目名称 | 岗位补贴", *rows])
    report = bp.parse(f"部门预算项目支出绩效自评表（2022年度）\n{text}\n")
    assert report.form.funding.total.revised.text == "118.80"
    assert report.form.funding.total.execution_rate.text == "95.00%"


INDICATORS = """项目支出绩效自评表

| 一级指标 | 二级指标 | 三级指标 | 分值 | 年度指标值 | 全年实际值 | 得分 |
|---|---|---|---|---|---|---|
| 产出指标 | 数量指标 | 某指标 | 50 | {target} | {actual} | 50 |
"""


def row_of(target: str, actual: str) -> bp.Indicator:
    return bp.parse(INDICATORS.format(target=target, actual=actual)).form.indicators[0]


@pytest.mark.parametrize(
    ("actual", "value", "unit"),
    [
        ("3个（全部完成）", "3", "个"),
        ("已完成12.6公里", "12.6", "公里"),
        ("100（盏）", "100", "盏"),
        ("达到98%", "98", "%"),
        ("共计35公里", "35", "公里"),
        ("1.2万人（不含城区）", "1.2", "万人"),
        ("583元/人*月", "583", "元/人*月"),
        ("3600㎡", "3600", "㎡"),
        ("3600m2", "3600", "m2"),
        ("1000元/生.年", "1000", "元/生.年"),
    ],
)
def test_words_around_a_number_leave_it_what_it_is(actual: str, value: str, unit: str) -> None:
    read = row_of("≥1", actual).actual
    assert isinstance(read, bp.Figure)
    assert (str(read.value), str(read.unit)) == (value, unit)
    assert read.text.replace("(", "（").replace(")", "）") == actual


@pytest.mark.parametrize(
    "actual",
    [
        "约2000人",
        "2100余人",
        "98%（预计）",
        "达到2022年水平",
        "完成2023年任务",
        "100%完成",
        "2批（6月、9月）",
        "80%（上半年）",
        "35公里（不足）",
        "35公里（大约）",
        "35公里（去年）",
        "3个（缺口）",
        "5%（同比下降）",
        "35公里（每季度）",
    ],
)
def test_words_that_may_change_a_number_leave_it_unread(actual: str) -> None:
    assert isinstance(row_of("≥1", actual).actual, bp.Missing)


def test_a_target_with_words_keeps_its_direction() -> None:
    target = row_of("95%（含）以上", "96%").target
    assert target.direction is bp.Direction.AT_LEAST
    assert isinstance(target.value, bp.Figure)
    assert target.value.value == 95


def test_units_of_money_per_head_and_month_are_one_in_every_spelling() -> None:
    row = row_of("≥530元/人·月", "583元/人*月")
    assert isinstance(row.actual, bp.Figure)
    assert isinstance(row.target.value, bp.Figure)
    assert row.actual.unit.dimension == row.target.value.unit.dimension


def test_the_tail_of_a_template_is_no_part_of_a_name() -> None:
    text = INDICATORS.format(target="≥80人", actual="87人").replace("某指标", "受益人口数≥**人")
    assert str(bp.parse(text).form.indicators[0].name) == "受益人口数"


def test_the_score_beside_what_the_head_names_is_the_total() -> None:
    head = "| 主管部门 | 某局 | 财政处室 | 预算处 | 自评总分（分） | 96.2 | |"
    text = INDICATORS.format(target="≥80人", actual="87人").replace("\n\n", f"\n\n{head}\n", 1)
    assert bp.parse(text).form.total_score.text == "96.2"


CELLS = """附件：绩效自评表（2019年度） |
||||||||
项目名称 |
临时救助 |
|
资金情况（万元） |
|
全年预算数（A） |
全年执行数（B） |
分值 |
执行率（B/A） |
得分 |
||
年度资金总额： |
30 |
30 |
10 |
100% |
10 |
||
一级指标 |
二级指标 |
三级指标 |
分值 |
年度指标值 |
全年实际值 |
得分 |
|
产出指标（60分） |
数量指标 |
救助人数 |
60 |
>=7人 |
8人 |
60 |
|
效益指标（30分） |
社会效益指标 |
受益人数 |
30 |
>=80人 |
87人 |
30 |
"""


def test_cells_on_lines_of_their_own_may_have_pipes_behind_them() -> None:
    report = bp.parse(CELLS)
    assert report.form.funding.total.executed.text == "30"
    said = [(str(row.name), row.weight.text, row.actual.text) for row in report.form.indicators]
    assert said == [("救助人数", "60", "8人"), ("受益人数", "30", "87人")]
    assert not bp.audit(report).inconsistent


LINES = """2020年度资助项目自评表
项目名称 助学金
一级指标 二级指标 三级指标 年初目标值（A） 实际完成值（B） 得分
年度绩效目标1（80分） 产出指标（50分） 资助人数 1027人 1027人 25
发放及时率 100% 100% 25
效益指标（20分） 辍学率 ≤0.5% 0.1% 20
满意度（10分） 学生满意度 ≥95% 99% 10
"""


def test_headings_with_points_below_one_with_theirs_are_of_the_second_level() -> None:
    report = bp.parse(LINES)
    assert [str(row.level1)[:6] for row in report.form.indicators] == ["年度绩效目标"] * 4
    assert [str(row.level2)[:3] for row in report.form.indicators][2:] == ["效益指", "满意度"]
    assert not bp.audit(report).inconsistent


REASON = """项目支出绩效自评表
项目名称
养护
一级指标
二级指标
三级指标
年度指标值
实际完成值
分值
得分
偏差原因分析及改进措施
产出指标（60分）
数量指标
里程
12公里
12公里
60
60
效益指标（30分）
经济效益指标
带动就业
≥120人
113人
15
14
招工不足7人
社会效益指标
出行条件
改善
达成预期指标
15
15
"""


def test_a_reason_before_a_heading_is_no_heading() -> None:
    report = bp.parse(REASON)
    rows = report.form.indicators
    assert [str(row.level1)[:4] for row in rows] == ["产出指标", "效益指标", "效益指标"]
    assert str(rows[1].explanation) == "招工不足7人"
    assert not bp.audit(report).inconsistent


FUNDS = "年初预算数\n全年预算数\n全年执行数\n年度资金总额\n30\n30\n30\n"


@pytest.mark.parametrize(
    "text",
    [
        REASON + "满意度指标（10分）\n",
        REASON.replace("30分", "20分").replace("招工不足7人", "招工不足"),
    ],
)
def test_a_table_of_which_not_all_is_sure_is_left_out_and_told(text: str) -> None:
    title, _, rest = text.partition("一级指标")
    report = bp.parse(f"{title}{FUNDS}一级指标{rest}")
    assert report.form.funding.total.revised.text == "30"
    assert not bp.audit(report).inconsistent
