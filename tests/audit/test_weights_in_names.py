"""The points that the name of an indicator says: 调解成功率（20分）."""

from __future__ import annotations

import pytest

import budgetperf as bp


def found(*rows: tuple[str, str | None]) -> list[tuple[str, str]]:
    """What W02 says of rows with these names and weights."""
    indicators = [bp.Indicator(name=name, weight=weight) for name, weight in rows]
    audit = bp.audit(bp.SelfEvaluation(form=bp.Statement(indicators=indicators)))
    return [
        (finding.operands[0].path, finding.verdict.value)
        for finding in audit.findings
        if finding.code == "W02" and finding.operands
    ]


FIRST, SECOND = (f"form.indicators[{index}].weight" for index in range(2))


def test_they_are_its_weight() -> None:
    assert found(("演出场次（50分）", "50分"), ("调解成功率（分值：20分）", "20分")) == [
        (FIRST, "exact"),
        (SECOND, "exact"),
    ]


@pytest.mark.parametrize(
    "way",
    [
        "（20 分）",
        "(分值20)",
        "【20分】",
        "（权重：20%）",
        "（标准分20）",
        "（占20分）",
        "（20分）（%）",
    ],
)
def test_they_are_printed_in_several_ways(way: str) -> None:
    right = ("演出场次（50分）", "50分")
    assert found(right, (f"调解成功率{way}", "20分")) == [(FIRST, "exact"), (SECOND, "exact")]
    wrong = found(right, (f"调解成功率{way}", "30分"))
    assert wrong == [(FIRST, "exact"), (SECOND, "inconsistent")]


def test_words_for_points_need_no_others_that_show_it() -> None:
    assert found(("调解成功率（分值：30）", "20分")) == [(FIRST, "inconsistent")]
    assert found(("考核分值（60分）", "20分")) == []
    assert found(("调解成功率（权重40）", "20分")) == []  # a share of its group, perhaps


def test_others_than_its_weight_are_found() -> None:
    rows = [("演出场次（50分）", "50分"), ("调解成功率（30分）", "20分")]
    assert found(*rows) == [(FIRST, "exact"), (SECOND, "inconsistent")]
    indicators = [bp.Indicator(name=name, weight=weight) for name, weight in rows]
    audit = bp.audit(bp.SelfEvaluation(form=bp.Statement(indicators=indicators)))
    assert [finding.code for finding in audit.inconsistent] == ["W02"]


def test_where_none_is_they_may_be_of_something_else() -> None:
    assert found(("平均成绩（60分）", "50分"), ("调解成功率", "20分")) == []


@pytest.mark.parametrize(
    "name",
    [
        "调解成功率（20人）",
        "成功率（2023）",
        "成功率（20）",
        "成功率（20%）",
        "成功率（20分钟）",
        "（20分）率",
        "（20分）（30人）率",
    ],
)
def test_other_numbers_are_none(name: str) -> None:
    assert found(("演出场次（50分）", "50分"), (name, "30分")) == [(FIRST, "exact")]


@pytest.mark.parametrize("weights", [("20分", "30分"), ("50分",)])
def test_a_row_called_by_its_heading_has_the_points_of_that(weights: tuple[str, ...]) -> None:
    heading = "数量指标（50分）"
    rows = [
        bp.Indicator(level1="产出", level2=heading, name=heading, weight=weight)
        for weight in weights
    ]
    assert not bp.audit(bp.SelfEvaluation(form=bp.Statement(indicators=rows))).inconsistent


def test_a_row_without_a_weight_says_nothing_of_it() -> None:
    assert found(("演出场次（50分）", "50分"), ("调解成功率（20分）", None)) == [(FIRST, "exact")]
