"""Results with words before or marks behind their number: read where the words change nothing,
unread and told in all other cases, never another number."""

from __future__ import annotations

from fractions import Fraction

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
        ("已完成三百一十二公里。", 312),
        ("完成三百一十公里", 310),
        ("实际叁佰壹拾贰公里", 312),
        ("三百一十二（公里）", 312),
        ("共计三百一十二点五公里", Fraction(625, 2)),
        ("实际一千零五公里", 1005),
        ("完成两万公里", 20000),
        ("达到五公里", 5),
    ],
)
def test_a_number_in_characters_is_read(printed: str, value: int | Fraction) -> None:
    report = bp.parse(road_form(("312公里", printed)))
    actual = report.form.indicators[0].actual
    assert isinstance(actual, bp.Figure)
    assert actual.value == value
    assert actual.unit.symbol == "公里"
    assert report.reading is not None
    assert report.reading.unread == ()
    assert "Q01" not in wrong_in(report)


@pytest.mark.parametrize(
    ("printed", "unread"),
    [
        ("实际三百余公里", "三百"),
        ("约三百公里", "三百"),
        ("一百多公里", "一百"),
        ("约五公里", "五"),
        ("新建三百一十二公里", "三百一十二"),
        ("实际三百一十二里", "三百一十二"),
        ("一千五公里", "一千五"),
        ("廿公里", "廿"),
        ("九成以上", "九"),
        ("约百分之九十", "百分之九十"),
        ("实际三百二", "三百二"),
        ("完成二", "二"),
        ("数百公里", "百"),
        ("十几个", "十"),
    ],
)
def test_a_number_in_characters_that_cannot_be_read_is_told(printed: str, unread: str) -> None:
    report = bp.parse(road_form(("312公里", printed)))
    actual = report.form.indicators[0].actual
    assert isinstance(actual, bp.Missing)
    assert (actual.reason, actual.text) == (bp.MissingReason.UNREADABLE, printed)
    assert report.reading is not None
    assert [number.text for number in report.reading.unread] == [unread]
    assert wrong_in(report) == []


def test_a_number_in_characters_without_a_unit_is_bare() -> None:
    report = bp.parse(road_form(("312公里", "实际三百一十二")))
    assert figures_of(report)["form.indicators[0].actual"] == "实际三百一十二"
    assert wrong_in(report) == wrong_in(bp.parse(road_form(("312公里", "实际312")))) == []


def test_shares_in_characters_are_read() -> None:
    for printed in ("达到百分之九十六点五", "百分百", "完成百分之百"):
        report = bp.parse(road_form(("96.5%", printed)))
        assert isinstance(report.form.indicators[1].actual, bp.Figure)
        assert wrong_in(report) == []


@pytest.mark.parametrize("printed", ["全部完成", "十分满意", "一次性完成", "完成一批", "成效显著"])
def test_words_without_a_number_are_no_result_of_a_target_with_one(printed: str) -> None:
    assert wrong_in(bp.parse(road_form(("312公里", printed)))) == ["Q01"]


def test_counts_in_characters_are_told_in_sentences() -> None:
    text = "# 2023年度养护项目支出绩效自评报告\n\n项目全年预算数100万元，全年执行数90万元。\n\n"
    report = bp.parse(f"{text}养护公路里程，目标值≥300公里，实际完成三百余公里。\n")
    assert report.reading is not None
    assert [number.text for number in report.reading.unread] == ["300", "三百余公里"]
