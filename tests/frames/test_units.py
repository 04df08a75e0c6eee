"""The unit in a column of its own is that of target and actual value, as where reports are read."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

import budgetperf as bp
from budgetperf import rules as rulebook
from tests.frames import tables
from tests.frames.engines import engines, through

REASON = "polars and narwhals are not installed: pip install 'budgetperf[frames]' polars"
pytest.importorskip("narwhals", reason=REASON)
pl: Any = pytest.importorskip("polars", reason=REASON)

from budgetperf.frames import check, score  # noqa: E402 - where the engines are

RULES = ("yitihua-default", "xinjiang-observed-2023")
UNITS = ("%", "‰", "个", "万元", "人次/年", "无", "", "—", None)
PAIRS = (
    *(("90", "81"), ("90%", "81"), ("90", "81%"), ("90", "0.9"), ("5次", "4"), ("5", "4次")),
    *(("353.21", "2418600元"), ("优", "优"), ("2023年底前", "2023年12月"), ("90", "")),
)
ROWS = [
    {"三级指标": "甲", "指标性质": "≥", "指标值": a, "度量单位": u, "实际完成值": b, "分值": "20"}
    for u in UNITS
    for a, b in PAIRS
]
ADDED = ["computed_score", "score_status"]


@engines()
@pytest.mark.parametrize("id", RULES)
def test_rows_with_a_unit_of_their_own_are_scored_as_indicators_are(engine: str, id: str) -> None:
    rules = rulebook.get(id)
    found = through(
        engine,
        pl.DataFrame(ROWS, schema=dict.fromkeys(ROWS[0], pl.String)),
        lambda table: score(table, rules=rules, round_to=tables.places_of(rules)),
        ADDED,
    )
    for row, got in zip(ROWS, found["computed_score"], strict=True):
        (indicator,) = bp.indicators([row])
        alone = bp.score(indicator, rules=rules).score
        assert got == (None if alone is None else tables.printed(alone.value, 2)), row


@engines()
@pytest.mark.parametrize("header", ["度量单位", "单位"])
def test_numbers_between_rates_are_told_by_their_unit(engine: str, header: str) -> None:
    units = ["%", "个", None]
    numbers = {"指标值": 50, "实际完成值": 55, "分值": 10, "指标性质": "≥"}
    rules = rulebook.get("xinjiang-observed-2023")
    table = pl.DataFrame({header: units}).with_columns(
        pl.lit(value).alias(name) for name, value in numbers.items()
    )
    found = through(
        engine, table, lambda t: score(t, rules=rules, round_to=tables.places_of(rules)), ADDED
    )
    due = list[Decimal | None]()
    for unit in units:
        row = {"三级指标": "甲", **numbers, "度量单位": unit}
        points = bp.score(*bp.indicators([row]), rules=rules).score
        due.append(None if points is None else tables.printed(points.value, 2))
    assert found["computed_score"] == due
    assert due[0] != due[1]


@engines()
def test_an_office_is_no_unit(engine: str) -> None:
    table = pl.DataFrame(
        {
            "单位": ["甲局", "第1中学(本部)", "乙局"],
            "指标值": ["≥90%", "≥5次", "≥3"],
            "实际完成值": ["81%", "4次", "2"],
            "分值": ["20"] * 3,
        }
    )
    found = through(engine, table, lambda t: score(t, rules="yitihua-default"), ADDED)
    assert found["computed_score"] == [Decimal("18.00"), Decimal("16.00"), Decimal("13.33")]
    both = table.with_columns(pl.lit("").alias("度量单位"))
    assert through(engine, both, lambda t: score(t, rules="yitihua-default"), ADDED) == found


def test_what_rows_state_is_checked_with_their_unit() -> None:
    table = pl.DataFrame(
        {
            "指标性质": ["≥", "≥"],
            "指标值": ["90", "90%"],
            "度量单位": ["%", "%"],
            "实际完成值": ["81%", "81"],
            "完成率": ["90%", "91%"],
        }
    )
    found = check(table)
    assert found["completion_rate_verdict"].to_list() == ["exact", "inconsistent"]
    assert check(table, by="度量单位").rows() == found.rows()
