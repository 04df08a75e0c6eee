"""Results with words before or marks behind their number: read where the words change nothing,
unread and told in all other cases, never another number."""

from __future__ import annotations

import pytest

import budgetperf as bp
from budgetperf.model import resolve
from tests.documents.road_form import figures_of, road_form, wrong_in
from tests.strategies import crossed

WITHOUT_WORDS = bp.parse(road_form())
PERFECT = figures_of(WITHOUT_WORDS)
WORDS = [
    ("312公里", "实际312公里"),
    ("312公里", "完成312公里"),
    ("312公里", "实际为312公里"),
    ("312公里", "实际完成 312公里"),
    ("312公里", "完成值：312公里"),
    ("312公里", "养护公路312公里"),
    ("312公里", "养护公路里程为312公里"),
    ("96.5%", "已完成 96.5%"),
    ("96.5%", "合格率96.5%"),
    ("93%", "群众满意度达93%"),
    ("93%", "满意度达到93%"),
    ("12500人", "受益人口12500人"),
    ("12500人", "受益12500人"),
]


@pytest.mark.parametrize(("before", "printed"), WORDS)
def test_words_that_change_nothing_are_read_past(before: str, printed: str) -> None:
    report = bp.parse(road_form((before, printed)))
    values = {path: figure.value for path, figure in bp.figures(report)}
    assert values == {path: figure.value for path, figure in bp.figures(WITHOUT_WORDS)}
    assert report.reading is not None
    assert report.reading.unread == ()
    assert wrong_in(report) == []


@pytest.mark.parametrize(
    ("before", "printed"),
    [
        ("312公里", "约312公里"),
        ("312公里", "未完成312公里"),
        ("312公里", "养护公路3条"),
        ("312公里", "养护公路不足312公里"),
        ("312公里", "新增312公里"),
        ("312公里", "计划312公里"),
        ("312公里", "养护桥梁312公里"),
        ("96.5%", "养护合格35条"),
        ("12500人", "受益人口减少12500人"),
        ("12500人", "人口12500人，受益800人"),
    ],
)
def test_words_that_may_change_it_leave_a_number_unread(before: str, printed: str) -> None:
    report = bp.parse(road_form((before, printed)))
    changed = {p for p in PERFECT if figures_of(report).get(p) != PERFECT[p]}
    assert {*figures_of(report)} <= {*PERFECT}
    assert report.reading is not None
    assert len(changed) == 1
    assert report.reading.unread
    assert wrong_in(report) == []


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("合格率提升幅度", "合格率96.5%"),
        ("不合格率", "合格率96.5%"),
        ("未按期合格率", "按期合格率96.5%"),
        ("合格率变动", "合格率96.5%"),
        ("合格路段占比", "合格路段96.5%"),
    ],
)
def test_the_words_of_another_measure_leave_a_number_unread(name: str, printed: str) -> None:
    report = bp.parse(road_form(("养护合格率", name), ("96.5%", printed)))
    assert "form.indicators[1].actual" not in figures_of(report)
    assert report.reading is not None
    assert [number.text for number in report.reading.unread] == ["96.5"]


PRINTED = {
    "1,215.00": "form.funding.total.executed",
    "96.5%": "form.indicators[1].actual",
    "≥95%": "form.indicators[1].target.value",
    "| 98": "form.total_score",
}
MARKS = ["¹", "²", "③", "*", "[1]", "（注1）", "（1）", "注1", "※", "<sup>1</sup>"]


@pytest.mark.parametrize(("printed", "mark"), crossed(PRINTED, MARKS))
def test_a_mark_of_a_footnote_is_no_part_of_a_number(printed: str, mark: str) -> None:
    path = PRINTED[printed]
    report = bp.parse(road_form((printed, f"{printed}{mark}")))
    figures = figures_of(report)
    assert {own: PERFECT[own] for own in figures} == figures  # read right, or not at all
    if path not in figures:
        assert report.reading is not None
        assert printed.strip("|≥% ") in [number.text for number in report.reading.unread]
        assert isinstance(resolve(report, path), bp.Missing)
    assert wrong_in(report) == []


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("实际三百一十二公里", 312),
        ("已完成三百一十二公里", 312),
        ("完成三百一十公里", 310),
        ("实际三百余公里", None),
        ("约三百公里", None),
        ("一百多公里", None),
        ("新建三百一十二公里", None),
    ],
)
def test_a_number_in_characters_is_read_or_cannot_be(printed: str, value: int | None) -> None:
    report = bp.parse(road_form(("312公里", printed)))
    actual = report.form.indicators[0].actual
    if value is None:
        assert isinstance(actual, bp.Missing)
        assert (actual.reason, actual.text) == (bp.MissingReason.UNREADABLE, printed)
    else:
        assert isinstance(actual, bp.Figure)
        assert actual.value == value
        assert actual.unit.symbol == "公里"
    assert wrong_in(report) == []


@pytest.mark.parametrize("printed", ["全部完成", "十分满意"])
def test_words_without_a_number_are_no_result_of_a_target_with_one(printed: str) -> None:
    assert wrong_in(bp.parse(road_form(("312公里", printed)))) == ["Q01"]
