"""The unit of a table on a line with other things, or in brackets with points."""

from __future__ import annotations

import pytest

import budgetperf as bp

AMOUNTS = [
    f"form.funding.{row}.{field}"
    for row in ("total", "sources[0]")
    for field in ("initial", "revised", "executed")
]


def units(head: str, block: str = "项目资金") -> dict[str, str]:
    """The unit of each amount below a head and beside the words of the block."""
    form = f"""2023年度项目支出绩效自评表
{head}

| 项目名称 | 档案数字化项目 | | | | | | |
|---|---|---|---|---|---|---|---|
{_block(block)}"""
    return _units(form)


def units_below_row(row: str) -> dict[str, str]:
    """The same, where the head is a row of the table."""
    form = f"""2023年度项目支出绩效自评表

| 项目名称 | 档案数字化项目 | | | | | | |
|---|---|---|---|---|---|---|---|
{row}
{_block("项目资金")}"""
    return _units(form)


def _block(words: str) -> str:
    return f"""| {words} | | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
| | 年度资金总额 | 800000 | 780000 | 741000 | 10 | 95% | 9.5 |
| | 其中：财政拨款 | 800000 | 780000 | 741000 | - | - | - |
"""


def _units(form: str) -> dict[str, str]:
    report = bp.parse(form)
    figures = dict(bp.figures(report))
    assert figures["form.funding.total.revised"].text == "780000"
    return {path: figures[path].unit.symbol for path in AMOUNTS}


@pytest.mark.parametrize(
    ("head", "unit"),
    [
        ("填报单位：青岭县档案馆　　　　单位：元", "元"),
        ("填报单位：青岭县档案馆    单位：万元", "万元"),
        ("填报单位：青岭县档案馆 金额单位：元", "元"),
        ("填报单位：青岭县档案馆金额单位：元", "元"),
        ("填报单位：青岭县档案馆（公章）　　2024年3月　　单位：万元", "万元"),
        ("填报单位：青岭县档案馆　单位：元　　填报日期：2024年1月", "元"),
        ("单位：元　　填报单位：青岭县档案馆", "元"),
        ("单位：青岭县档案馆　　单位：人民币元", "元"),
        ("单位：元", "元"),
        ("单位：青岭县档案馆", ""),
        ("填报单位：元江县档案馆", ""),
        ("计量单位：次", ""),
        ("单位：元/人", ""),
    ],
)
def test_the_unit_may_stand_behind_other_things(head: str, unit: str) -> None:
    assert set(units(head).values()) == {unit}


@pytest.mark.parametrize(
    ("row", "unit"),
    [
        ("| 填报单位：青岭县档案馆　　　　单位：元 | | | | | | | |", "元"),
        ("| 填报单位：青岭县档案馆 | | | | | 单位：元 | | |", "元"),
        ("| 填报单位 | 青岭县档案馆 | | | | 单位： | 元 | |", "元"),
        ("| 填报单位：青岭县档案馆　填报日期：2024年3月　单位：万元 | | | | | | | |", "万元"),
        ("| 填报单位：青岭县档案馆 | | | | | | | |", ""),
    ],
)
def test_the_unit_may_stand_in_the_row_of_a_name(row: str, unit: str) -> None:
    assert set(units_below_row(row).values()) == {unit}


def test_a_name_ends_where_its_unit_begins() -> None:
    form = """2023年度部门整体支出绩效自评表

| 填报单位：青岭县档案馆　　　　单位：元 | | | | | | | |
|---|---|---|---|---|---|---|---|
""" + _block("部门资金")
    assert bp.parse(form).department.name == "青岭县档案馆"


@pytest.mark.parametrize(
    ("words", "unit"),
    [
        ("项目资金（元，10分）", "元"),
        ("项目资金（万元、10分）", "万元"),
        ("项目资金（单位：元，分值10分）", "元"),
        ("项目资金（10分，单位：万元）", "万元"),
        ("预算执行情况（万元）（10分）", "万元"),
        ("项目资金（10分）（元）", "元"),
        ("项目资金（10分）", ""),
    ],
)
def test_a_unit_stands_in_brackets_with_points(words: str, unit: str) -> None:
    assert set(units("", words).values()) == {unit}


@pytest.mark.parametrize("words", ["预算执行情况（万元）（20分）", "预算执行情况（20分，万元）"])
def test_points_beside_the_unit_are_the_weight_where_no_column_is(words: str) -> None:
    report = bp.parse(
        f"""2023年度项目支出绩效自评表

| 项目名称 | 档案数字化项目 | | | | | |
|---|---|---|---|---|---|---|
| {words} | | 年初预算数 | 全年预算数 | 全年执行数 | 执行率 | 得分 |
| | 年度资金总额 | 80 | 78 | 74.1 | 95% | 19 |
"""
    )
    figures = dict(bp.figures(report))
    weight = figures["form.funding.total.weight"].nominal
    assert weight == 20
    assert figures["form.funding.total.revised"].unit.symbol == "万元"


# What was reached, without a unit in the whole column: as some programs of finance offices print.

BARE = (
    ("=8个", "8", "8个"),
    ("≥90%", "96.5", "96.5%"),
    ("≥95百分比", "100", "100百分比"),
    ("12月", "12", "12月"),
    ("≥300人次", "312", "312人次"),
    ("≤90万元", "88.6", "88.6"),
    ("≥3万人", "32000", "32000"),
    ("≥90%", "0.95", "0.95"),
    ("≤1%", "0.5", "0.5%"),
    ("≥200", "210", "210"),
    ("及时", "及时", ""),
)


def _indicators(*rows: tuple[str, str]) -> bp.SelfEvaluation:
    lines = [
        f"| 产出指标 | 数量指标 | 任务{at} | {aim} | {actual} | 5 | 5 |"
        for at, (aim, actual) in enumerate(rows)
    ]
    header = "| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |"
    return bp.parse("\n".join(["2023年度项目支出绩效自评表", "", header, *lines]))


def _actuals(report: bp.SelfEvaluation) -> list[str]:
    stated = (indicator.actual for indicator in report.form.indicators)
    return [f"{one.value:f}{one.unit}" if isinstance(one, bp.Figure) else "" for one in stated]


def test_a_column_without_units_is_in_those_of_the_targets() -> None:
    report = _indicators(*((aim, actual) for aim, actual, _ in BARE))
    assert _actuals(report) == [due for *_, due in BARE]
    assert [one.actual.text for one in report.form.indicators] == [actual for _, actual, _ in BARE]
    reading = report.reading
    assert reading is not None
    assert "其中 6 项按同一行指标值的单位读取" in "".join(note.zh for note in reading.notes)
    audit = bp.audit(report)
    asked = [str(finding) for finding in audit.to_review if finding.code == "Q01"]
    assert not audit.inconsistent
    assert len(asked) == 3  # 88.6, 32000 and 0.95


@pytest.mark.parametrize("beside", ["7个", "约7", "完成"])
def test_one_row_tells_nothing_of_a_column_nor_does_one_with_units(beside: str) -> None:
    assert _actuals(_indicators(("≥8个", "8")))[0] == "8"
    assert _actuals(_indicators(("≥8个", "8"), ("≥9人", "9人"), ("≥5个", beside)))[0] == "8"


def test_a_target_that_is_missed_by_a_number_without_a_unit_is_seen() -> None:
    report = _indicators(("≥90%", "85"), ("≥8个", "8"))
    assert "W05" in {finding.code for finding in bp.audit(report).to_review}
