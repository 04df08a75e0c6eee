"""A table of which one row in twenty is broken, in every way that there is, comes back whole."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

import budgetperf as bp
from tests.frames import tables
from tests.frames.engines import engines, through

REASON = "polars and narwhals are not installed: pip install 'budgetperf[frames]' polars"
pytest.importorskip("narwhals", reason=REASON)
pl: Any = pytest.importorskip("polars", reason=REASON)

from budgetperf.frames import check, score  # noqa: E402 - where the engines are

RULES = "yitihua-default"
HEADERS = ("编号", "指标性质", "指标值", "度量单位", "实际完成值", "分值", "得分")

Cells = tuple[str | None, ...]

BROKEN: tuple[tuple[str, Cells], ...] = (
    ("missing", ("≥", None, "个", "5", "10", "10")),
    ("missing", ("≥", "5", "个", "", "10", "10")),
    ("missing", ("≥", "5", "个", "—", "10", "10")),
    ("missing", ("≥", "5", "个", "5", " ", "10")),
    ("unreadable", ("≥", "9.8.1", "个", "5", "10", "10")),
    ("unreadable", ("≥", "5", "个", "1,23,4", "10", "10")),
    ("unreadable", ("≥", "#N/A", "个", "5", "10", "10")),
    ("unreadable", (None, "#REF!", "个", "5", "10", "10")),
    ("unreadable", ("≥", "5", "个", "#VALUE!", "10", "10")),
    ("unreadable", ("≥", "5", "个", "#FIELD!", "10", "10")),
    ("unreadable", ("≥", "5", "个", "5", "10次", "10")),
    ("unreadable", ("≥", "5", "个", "5", "1/3", "10")),
    ("unreadable", ("?", "5", "个", "5", "10", "10")),
    ("direction-mismatch", ("≤", "≥5", "个", "5", "10", "10")),
    ("open", (None, "5", "个", "4", "10", "10")),
    ("negative-target", ("≥", "-5", "个", "5", "10", "10")),
    ("negative-weight", ("≥", "5", "个", "5", "-10", "10")),
    ("unit-mismatch", ("≥", "5", "个", "5万元", "10", "10")),
    ("unit-mismatch", ("≥", "90%", "个", "81", "10", "10")),
    ("missing", ("≥", "5", "个", "不适用", "10", "10")),
    ("open", ("定性", "优", None, "优", "10", "10")),
    ("missing", ("≥", "5", "个", "达成预期指标", "10", "10")),
)


def rows() -> Iterator[tuple[str, Cells]]:
    """Rows as they are to be, after ``ok``, and after each nineteen of them one that is broken."""
    good = [row for row in tables.random_rows(5000, seed=5) if row.sign in "≥≤"]
    for number in range(len(BROKEN) * 20):
        if number % 20 == 19:
            yield BROKEN[number // 20]
        else:
            row = good[number]
            cells = row.sign, f"{row.target}", "个", f"{row.actual}个", f"{row.weight}", "1"
            yield "ok", cells


def the_table() -> tuple[list[str], Any]:
    status, cells = zip(*rows(), strict=True)
    numbered = [(f"{number}", *row) for number, row in enumerate(cells)]
    return list(status), pl.DataFrame(
        numbered, schema=dict.fromkeys(HEADERS, pl.String), orient="row"
    )


@engines()
def test_no_row_is_lost_and_none_is_guessed(engine: str) -> None:
    status, table = the_table()
    assert status.count("ok") == 0.95 * len(status)
    added = ("computed_score", "score_status")
    found = through(engine, table, lambda t: score(t, rules=RULES), [*HEADERS, *added])
    for header in HEADERS:
        assert [cell or None for cell in found[header]] == [c or None for c in table[header]]
    assert [*zip(found["编号"], found["score_status"], strict=True)] == [
        (f"{number}", each) for number, each in enumerate(status)
    ]
    for number, (each, points) in enumerate(zip(status, found["computed_score"], strict=True)):
        if each != "ok":
            assert points is None
        elif number % 7 == 0:
            _, sign, target, _, actual, weight, _ = table.row(number)
            indicator = bp.Indicator(
                target=bp.Target.parse(f"{sign}{target}个"),
                actual=bp.Figure.parse(actual),
                weight=bp.Figure.parse(weight),
            )
            alone = bp.score(indicator, rules=RULES).score
            assert alone is not None
            assert points == tables.printed(alone.value, 2)


@engines()
def test_every_broken_row_has_its_verdict(engine: str) -> None:
    _, table = the_table()
    names = ("编号", "score_verdict", "score_reason")
    some = table[[n for n in range(len(table)) if n % 20 >= 17]]
    found = through(engine, some, lambda t: check(t, rules=RULES), names)
    assert found["编号"] == some["编号"].to_list()
    for number, verdict, reason in zip(*found.values(), strict=True):
        is_broken = int(number) % 20 == 19
        is_open = (cells := BROKEN[int(number) // 20])[0] == "open"
        assert not is_broken or is_open or verdict == "unchecked", cells
        assert (reason is not None) == (verdict in ("unchecked", "undefined"))


@pytest.mark.parametrize("kind", ["floats", "decimals", "integers"])
@engines()
def test_numbers_that_are_none_come_back_as_such(engine: str, kind: str) -> None:
    held = {
        "floats": ([0.5, float("nan"), float("inf"), 0.123, None], pl.Float64),
        "decimals": (
            [Decimal("0.50"), Decimal("-1.00"), None, Decimal(0), None],
            pl.Decimal(18, 2),
        ),
        "integers": ([50, -100, None, 0, None], pl.Int64),
    }
    values, dtype = held[kind]
    table = pl.DataFrame({"指标值": pl.Series(values, dtype=dtype), "实际完成值": ["0.5"] * 5})
    table = table.with_columns(pl.lit("10").alias("分值"))
    places = {} if kind == "decimals" else {"指标值": 2}
    found = through(
        engine,
        table,
        lambda t: score(t, rules=RULES, places=places, direction="≥"),
        ["score_status"],
    )
    due = {
        "floats": ["ok", ("missing", "unreadable"), "unreadable", "unreadable", "missing"],
        "decimals": ["ok", "negative-target", "missing", ("ok", "undefined"), "missing"],
        "integers": ["ok", "negative-target", "missing", ("ok", "undefined"), "missing"],
    }
    for got, wanted in zip(found["score_status"], due[kind], strict=True):
        assert got in wanted if isinstance(wanted, tuple) else got == wanted
