"""The weight of a group in the words of its heading, printed in one way or another; and numbers
there that are none."""

from __future__ import annotations

import pytest

import budgetperf as bp
from tests.documents.road_form import figures_of, road_form, wrong_in

PERFECT = figures_of(bp.parse(road_form()))
GROUPS = {"产出指标": 50, "效益指标": 30, "满意度指标": 10}
WAYS = [
    "（{}）",
    "({})",
    "{}分",
    "（{} 分）",
    " （{} 分）",
    "({}%)",
    "（{}％）",
    "（权重{}）",
    "（分值：{}）",
]


def with_groups(way: str, **points: int) -> bp.SelfEvaluation:
    """The form with the weights of its groups printed in a way."""
    changes = [
        (f"{name}（{due}分）", f"{name}{way.format(points.get(name, due))}")
        for name, due in GROUPS.items()
    ]
    return bp.parse(road_form(*changes))


def level_sums(report: bp.SelfEvaluation) -> list[str]:
    """What was found of the sums of the groups."""
    audit = bp.audit(report)
    found = [finding for finding in audit.findings if finding.code == "W02" and finding.operands]
    return ["asked" if f.is_for_review else f.verdict.value for f in found]


@pytest.mark.parametrize("way", WAYS)
def test_the_weight_of_a_group_is_read_however_it_is_printed(way: str) -> None:
    report = with_groups(way)
    assert figures_of(report) == PERFECT
    assert level_sums(report) == ["exact"] * 3
    assert report.reading is not None
    assert report.reading.unread == ()
    assert wrong_in(report) == []


@pytest.mark.parametrize("way", WAYS)
def test_a_wrong_weight_of_a_group_is_found(way: str) -> None:
    report = with_groups(way, 产出指标=55)
    assert level_sums(report) == ["inconsistent", "exact", "exact"]


@pytest.mark.parametrize(
    ("way", "expected"), [("（{}）", "asked"), ("（{}%）", "asked"), ("（{}分）", "inconsistent")]
)
def test_numbers_that_nothing_shows_to_be_points_are_asked_about(way: str, expected: str) -> None:
    report = with_groups(way, 产出指标=12, 效益指标=7, 满意度指标=9)
    assert level_sums(report) == [expected] * 3


@pytest.mark.parametrize("count", ["（4项）", "（4）", "（共4项指标）", "(1)", "4个"])
def test_counts_and_numberings_are_no_points(count: str) -> None:
    report = bp.parse(road_form(("产出指标（50分）", f"产出指标{count}")))
    assert wrong_in(report) == []
    assert level_sums(report) == ["exact"] * 2


@pytest.mark.parametrize(
    "name", ["新建公租房（50套）", "新建公租房（50）", "养护公路50公里", "培训(50%)"]
)
def test_a_number_in_a_name_is_no_weight(name: str) -> None:
    report = bp.parse(road_form(("养护公路里程", name), ("效益指标（30分）", "效益指标")))
    assert wrong_in(report) == []
    assert level_sums(report) == ["exact"] * 2
    assert str(report.form.indicators[0].name).startswith(name[:3])


def test_shares_of_a_share_are_asked_about() -> None:
    """40 % of the 50 that the group above weighs."""
    changes = [
        ("产出指标（50分）", "产出指标（50%）"),
        *(
            (f"{kind}指标 |", f"{kind}指标（{share}%） |")
            for kind, share in (("数量", 40), ("质量", 20), ("时效", 20), ("成本", 20))
        ),
        ("效益指标（30分）", "效益指标（30%）"),
        ("满意度指标（10分）", "满意度指标（10%）"),
    ]
    assert wrong_in(bp.parse(road_form(*changes))) == []


NAMED = """# 2023年度项目支出绩效自评表

| 项目名称 | 群众文化活动项目 | | | | | |
|---|---|---|---|---|---|---|
| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | {} | 得分 |
| 产出指标 | 数量指标 | 演出场次（50分） | ≥10场 | 10场 | {} | 50 |
| 效益指标 | 社会效益指标 | 调解成功率（20分） | ≥90% | 96% | {} | 20 |
| 满意度指标 | 服务对象满意度指标 | 观众满意度（30分） | ≥90% | 96% | {} | 30 |
| 总分 | | | | | | 100 |
"""


def test_points_in_the_names_of_indicators_are_their_weights() -> None:
    for weights in (("分值", 50, 20, 30), ("偏差原因", "", "", "")):
        report = bp.parse(NAMED.format(*weights))
        assert [str(row.weight) for row in report.form.indicators] == ["50", "20", "30"]
        assert report.reading is not None
        assert report.reading.unread == ()
        assert not bp.audit(report).inconsistent


def test_points_in_a_name_that_are_not_its_weight_are_told() -> None:
    report = bp.parse(NAMED.format("分值", 50, 30, 20))
    assert {finding.code for finding in bp.audit(report).inconsistent} == {"W02", "W03"}
    assert report.reading is not None
    assert [number.text for number in report.reading.unread] == ["20", "30"]


@pytest.mark.parametrize(
    ("changes", "unread"),
    [
        ([("（50分）", ""), ("（20分）", ""), ("（30分）", "（60分）")], ["60"]),
        ([("（50分）", "")], ["20", "30"]),
        ([("（50分）", "（权重50%）")], ["50", "20", "30"]),
        ([("（50分）", "（50场）")], ["50", "20", "30"]),
    ],
)
def test_without_a_column_of_weights_all_names_say_theirs_or_none(
    changes: list[tuple[str, str]], unread: list[str]
) -> None:
    text = NAMED.format("偏差原因", "", "", "")
    for before, after in changes:
        text = text.replace(before, after)
    report = bp.parse(text)
    assert all(isinstance(row.weight, bp.Missing) for row in report.form.indicators)
    assert report.reading is not None
    assert [number.text for number in report.reading.unread] == unread
    assert not bp.audit(report).inconsistent


def test_other_numbers_in_a_name_with_points_are_told() -> None:
    for weights in (("分值", 50, 20, 30), ("偏差原因", "", "", "")):
        report = bp.parse(NAMED.format(*weights).replace("演出场次（", "100公里内演出场次（"))
        assert [str(row.weight) for row in report.form.indicators] == ["50", "20", "30"]
        assert report.reading is not None
        assert [number.text for number in report.reading.unread] == ["100"]
