"""Whatever the functions for whole tables are called with, what is wrong is told as everywhere."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from budgetperf.exact import BudgetperfError
from budgetperf.exact.text import WrongTypeError

REASON = "polars and narwhals are not installed: pip install 'budgetperf[frames]' polars"
pytest.importorskip("narwhals", reason=REASON)
pl: Any = pytest.importorskip("polars", reason=REASON)

from budgetperf.frames import (  # noqa: E402 - where the engines are
    check,
    check_departments,
    from_tables,
    rates,
    score,
    to_tables,
)

INDICATORS = pl.DataFrame(
    {
        "部门": ["甲局"],
        "指标性质": ["≥"],
        "指标值": [Decimal("5.00")],
        "实际完成值": [Decimal("4.00")],
        "分值": [Decimal("10.0")],
        "得分": [Decimal("8.00")],
    }
)
LINES = pl.DataFrame({"全年预算数": [Decimal("5.00")], "全年执行数": [Decimal("4.00")]})
ROWS = [{"department": "甲局", "target": "≥5次", "actual": "4次", "weight": "10"}]

FUNCTIONS: dict[str, tuple[Callable[..., object], dict[str, object]]] = {
    "score": (score, {"frame": INDICATORS, "rules": "yitihua-default"}),
    "rates": (rates, {"frame": LINES}),
    "check": (check, {"frame": INDICATORS}),
    "check_departments": (check_departments, {"frame": INDICATORS}),
    "check_departments, later": (check_departments, {"frame": INDICATORS.lazy()}),
    "check_departments, rows": (check_departments, {"frame": ROWS}),
    "from_tables": (from_tables, {"frame": ROWS}),
    "to_tables": (to_tables, {}),
}
ARGUMENTS: dict[str, tuple[str, ...]] = {
    "score": ("frame", "rules", "columns", "places", "direction", "round_to"),
    "rates": ("frame", "columns", "places", "round_to"),
    "check": ("frame", "rules", "columns", "places", "direction", "by"),
    "check_departments": ("lines", "totals", "rules", "columns"),
    "check_departments, later": ("lines", "totals", "rules", "columns"),
    "check_departments, rows": ("frame", "lines", "totals", "rules", "columns"),
    "from_tables": ("frame", "lines", "totals"),
    "to_tables": ("frame",),
}
GARBAGE: tuple[object, ...] = (
    *(5, -1, 10**30, True, 2.5, float("nan"), Decimal(1), None, "x", "", b"x", "/nowhere.csv"),
    *(
        [],
        [5],
        [None],
        [[1]],
        {},
        {5: 5},
        {"指标值": 5},
        {"指标值": None},
        {"指标值": []},
        {"x"},
        (),
    ),
    *([{1: 2}], [{"department": 5.5}], [{"department": object()}], range(3), object(), type, len),
    *(pl, pl.Series([1]), INDICATORS, {"指标值": "target", "实际完成值": "target"}, ["部门"] * 2),
)


@pytest.mark.parametrize(
    ("function", "argument"),
    [(function, argument) for function, several in ARGUMENTS.items() for argument in several],
)
def test_no_argument_ends_in_an_error_of_another_kind(function: str, argument: str) -> None:
    work, given = FUNCTIONS[function]
    refused = list[BudgetperfError]()
    for value in GARBAGE:
        arguments = {**given, argument: value}
        positional = [arguments.pop("frame")] if "frame" in arguments else []
        try:
            work(*positional, **arguments)
        except BudgetperfError as error:
            refused.append(error)
    assert len(refused) > len(GARBAGE) // 3
    for each in refused:
        assert any("\u4e00" <= letter <= "\u9fff" for letter in each.message.zh), each
        assert each.message.en, each


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"columns": 5}, "columns="),
        ({"columns": {"指标值": 5}}, "columns="),
        ({"places": [2]}, "places="),
        ({"places": {5: 2}}, "places="),
        ({"by": 5}, "by="),
        ({"by": ["部门", 5]}, "by="),
        ({"by": {"部门": 1}}, "by="),
        ({"rules": ["yitihua-default"]}, "hubei-2020"),
    ],
)
def test_what_is_due_is_told(arguments: dict[str, Any], words: str) -> None:
    with pytest.raises(WrongTypeError) as caught:
        check(INDICATORS, **arguments)
    assert caught.value.field == next(iter(arguments))
    assert words in caught.value.message.zh
    assert words in caught.value.message.en


def test_one_report_is_no_list_of_reports() -> None:
    (report,) = from_tables(ROWS)
    with pytest.raises(WrongTypeError, match="to_tables"):
        to_tables(report)  # type: ignore[arg-type]
