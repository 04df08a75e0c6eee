"""Several columns of scores that others gave, beside the report's own."""

from __future__ import annotations

import itertools

import pytest

import budgetperf as bp

from .test_forms import notes, pipes, unread

OWN = {"自评得分": ("60", "38", "98")}
OTHERS = {
    "财政审核评分": ("55", "38", "93"),
    "复核分": ("50", "36", "86"),
    "第三方评价得分": ("52", "37", "89"),
}
_FIELDS = ("reviewed_score", "second_reviewed_score", "third_reviewed_score")


def table(columns: dict[str, tuple[str, str, str]]) -> str:
    first, second, total = ("|".join(own) for own in zip(*columns.values(), strict=True))
    return pipes(
        "项目支出绩效自评表",
        f"一级指标|二级指标|三级指标|年度指标值|全年实际值|分值|{'|'.join(columns)}",
        f"产出指标|数量指标|甲数|10个|10个|60|{first}",
        f"效益指标|社会效益|乙率|≥90%|87%|40|{second}",
        f"合计|||||100|{total}",
    )


@pytest.mark.parametrize(
    "names", [order for count in (2, 3) for order in itertools.permutations(OTHERS, count)]
)
@pytest.mark.parametrize("at", [0, 1, 3])
def test_all_are_kept_apart_and_none_is_taken_for_the_own(names: tuple[str, ...], at: int) -> None:
    named = [*names[:at], *OWN, *names[at:]]
    report = bp.parse(table({name: (OWN | OTHERS)[name] for name in named}))
    rows = report.form.indicators
    assert [str(row.score) for row in rows] == list(OWN["自评得分"][:2])
    assert str(report.form.total_score) == "98"
    for field, name in zip(_FIELDS, names, strict=False):
        said = [*(getattr(row, field) for row in rows), getattr(report.form, field)]
        assert [str(value) for value in said] == list(OTHERS[name])
    if len(names) < len(_FIELDS):
        assert isinstance(report.form.third_reviewed_score, bp.Missing)
    assert not unread(report)
    assert not bp.audit(report).inconsistent
    assert "、".join(f"“{name}”" for name in names) in notes(report)
    assert bp.loads(bp.dumps(report)) == report


def test_each_adds_up_to_its_own_total() -> None:
    for total, verdicts in (("86", ["exact"] * 3), ("87", ["exact", "unchecked", "exact"])):
        report = bp.parse(
            pipes(
                "项目支出绩效自评表",
                "一级指标|二级指标|三级指标|年度指标值|全年实际值|分值|得分|财政审核评分|复核分|评审分",
                "预算执行率|预算执行率|预算执行率|100%|95%|10|9.5|9|8.5|8",
                "产出指标|数量指标|甲数|10个|10个|50|50|45|41.5|40",
                "效益指标|社会效益|乙率|≥90%|87%|40|38|38|36|35",
                f"合计|||||100|97.5|92|{total}|83",
            )
        )
        found = [f for f in bp.audit(report).findings if f.code == "W17"]
        assert [f.verdict.value for f in found] == verdicts
        assert "form.second_reviewed_score = " in found[1].relation
        assert not bp.audit(report).inconsistent


def test_more_than_three_are_left_out() -> None:
    report = bp.parse(table(OWN | OTHERS | {"专家评分": ("41", "31", "72")}))
    assert [str(row.score) for row in report.form.indicators] == ["60", "38"]
    assert {"41", "31", "55", "52"} <= set(unread(report))
    assert isinstance(report.form.indicators[0].reviewed_score, bp.Missing)


def test_columns_below_one_word() -> None:
    report = bp.parse(
        pipes(
            "项目支出绩效自评表",
            "一级指标|二级指标|三级指标|年度指标值|全年实际值|分值|得分| | ",
            " | | | | | |自评|复核|财政审核",
            "产出指标|数量指标|甲数|10个|10个|60|60|55|50",
        )
    )
    (row,) = report.form.indicators
    assert [str(getattr(row, field)) for field in ("score", *_FIELDS[:2])] == ["60", "55", "50"]
