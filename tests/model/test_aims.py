"""What a target is where it is no number, and what was reached of it."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

import budgetperf as bp
from budgetperf.exact.limits import MAX_PRINTED
from budgetperf.model.aims import aim_of, days_of, range_of, reached_in
from tests.factories import there, typed

DAY = dt.date


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2023年12月31日", DAY(2023, 12, 31), DAY(2023, 12, 31)),
        ("2023年12月31日前", DAY(2023, 1, 1), DAY(2023, 12, 31)),
        ("2023 年 12 月 31 日之前完成", DAY(2023, 1, 1), DAY(2023, 12, 31)),
        ("≤2023年6月30日", DAY(2023, 6, 30), DAY(2023, 6, 30)),
        ("不晚于2023年6月30日", DAY(2023, 6, 30), DAY(2023, 6, 30)),
        ("２０２３年６月底前", DAY(2023, 1, 1), DAY(2023, 6, 30)),
        ("2023年6月底", DAY(2023, 6, 21), DAY(2023, 6, 30)),
        ("2023年6月", DAY(2023, 6, 1), DAY(2023, 6, 30)),
        ("2023年6月前", DAY(2023, 1, 1), DAY(2023, 5, 31)),
        ("2023年2月中旬", DAY(2023, 2, 11), DAY(2023, 2, 20)),
        ("2023年2月下旬", DAY(2023, 2, 21), DAY(2023, 2, 28)),
        ("2023年第二季度", DAY(2023, 4, 1), DAY(2023, 6, 30)),
        ("2023年4季度末前", DAY(2023, 1, 1), DAY(2023, 12, 31)),
        ("2023年上半年", DAY(2023, 1, 1), DAY(2023, 6, 30)),
        ("2023年下半年", DAY(2023, 7, 1), DAY(2023, 12, 31)),
        ("2023年底前", DAY(2023, 1, 1), DAY(2023, 12, 31)),
        ("2023-12-05", DAY(2023, 12, 5), DAY(2023, 12, 5)),
        ("2023/12/5前", DAY(2023, 1, 1), DAY(2023, 12, 5)),
        ("2023.12.5", DAY(2023, 12, 5), DAY(2023, 12, 5)),
    ],
)
def test_a_date_in_print(text: str, first: dt.date, last: dt.date) -> None:
    days = there(days_of(text))
    assert (days.first, days.last, days.has_year) == (first, last, True)


@pytest.mark.parametrize(
    "text", ["12月底前", "12月20日", "6月份", "9月上旬", "年底前", "第四季度", "11月前"]
)
def test_a_year_may_be_left_out(text: str) -> None:
    assert not there(days_of(text)).has_year


@pytest.mark.parametrize(
    "text",
    ["12月", "12个月", "2023年", "2023", "2023年2月30日", "2023-02-30", "1月前", "13月底", "及时",
     "",     "100%", "2023.12", "前", "底",
     "内", "2023年12月至2024年1月", "12月底" + "前" * MAX_PRINTED],
)  # fmt: skip
def test_what_is_no_date(text: str) -> None:
    assert days_of(text) is None


@given(st.dates(DAY(2000, 1, 1), DAY(2099, 12, 31)))
def test_a_day_is_the_same_in_every_print(day: dt.date) -> None:
    printed = (f"{day.year}年{day.month}月{day.day}日", day.isoformat(), f"{day:%Y/%m/%d}")
    for text in printed:
        days = there(days_of(text))
        assert (days.first, days.last) == (day, day)


@pytest.mark.parametrize(
    ("text", "values"),
    [("80%-90%", "[0.8, 0.9]"), ("80—90%", "[0.8, 0.9]"), ("3～5次", "[3, 5]"),
     ("3至5次", "[3, 5]"), ("10-20万元", "[100000, 200000]"), ("1.5~2", "[1.5, 2]")],
)  # fmt: skip
def test_a_range_in_print(text: str, values: str) -> None:
    assert str(there(range_of(text))[0]) == values


@pytest.mark.parametrize(
    "text",
    ["90%-80%", "80%-80%", "2-3月", "2022-2023年", "3次-5个", "-5", "≥3-5次", "3-≤5次", "好-坏",
     "3-5-7", "1-" + "2" * MAX_PRINTED],
)  # fmt: skip
def test_what_is_no_range(text: str) -> None:
    assert range_of(text) is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [("2023年12月31日前", "date"), ("80%-90%", "range"), ("无", "not-applicable"),
     ("不适用", "not-applicable"), ("未涉及", "not-applicable"), ("N/A", "not-applicable"),
     ("不适用。", "not-applicable"), ("（不适用）", "not-applicable"),
     ("不 适 用", "not-applicable"), ("本年度不涉及", "not-applicable"),
     ("n/a", "not-applicable"), ("NA", "not-applicable"), ("不涉及", "not-applicable"),
     ("及时", "qualitative"), ("有效提升", "qualitative"), ("—", "dash")],
)  # fmt: skip
def test_the_target_says_what_it_is(text: str, reason: str) -> None:
    target = bp.Target.parse(f" {text} ")
    assert typed(bp.Missing, target.value).reason.value == reason
    assert target.text == text
    is_words = target.direction is bp.Direction.QUALITATIVE
    assert is_words is (reason == "qualitative")
    assert bp.Indicator(target=text).target == bp.Target.parse(text)


def test_all_and_nothing_are_numbers() -> None:
    for text in ("全部", "全覆盖"):
        assert typed(bp.Figure, bp.Target.parse(text).value).nominal == 1
        assert typed(bp.Figure, bp.Indicator(actual=text).actual).nominal == 1
    assert typed(bp.Figure, bp.Target.parse("零").value).nominal == 0
    assert typed(bp.Figure, bp.Target.parse("≥100百分比").value).nominal == 1


def test_a_day_that_was_reached() -> None:
    actual = typed(bp.Missing, bp.Indicator(actual="2023年12月20日").actual)
    assert actual.reason is bp.MissingReason.DATE
    assert reached_in("99%") is None
    assert aim_of("99%") is None


def test_words_that_say_none_are_none_beside_a_number_too() -> None:
    """无 beside a number may be 0, and stays words."""
    assert typed(bp.Missing, bp.Indicator(actual="不适用").actual).says_none
    assert not typed(bp.Missing, bp.Indicator(actual="无").actual).says_none


@pytest.mark.parametrize(
    ("actual", "is_blank"), [(None, True), ("", True), ("—", False), ("无", False), ("□", False)]
)
def test_a_blank_is_no_mark_and_no_words(actual: str | None, is_blank: bool) -> None:
    assert typed(bp.Missing, bp.Indicator(actual=actual).actual).is_blank is is_blank
