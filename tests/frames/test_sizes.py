"""Text cells of very different sizes in one table: each row gets what it gets alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import budgetperf as bp
from budgetperf import rules as rulebook
from budgetperf.exact import round_to
from budgetperf.rates import execution_rate
from tests.frames import test_checks, test_rates
from tests.frames.engines import engines, through
from tests.frames.tables import places_of

REASON = "polars and narwhals are not installed: pip install 'budgetperf[frames]' polars"
pytest.importorskip("narwhals", reason=REASON)
pl: Any = pytest.importorskip("polars", reason=REASON)

from budgetperf.frames import rates, score  # noqa: E402 - where the engines are

HEADERS = ("指标值", "实际完成值", "分值")
ADDED = ["computed_score", "score_status"]
RULES = ("yitihua-default", "hubei-2020", "xinjiang-observed-2023")

Cells = tuple[str, ...]


def table_of(headers: Sequence[str], rows: Sequence[Cells]) -> Any:
    return pl.DataFrame(rows, schema=dict.fromkeys(headers, pl.String), orient="row")


def due_score(row: Cells, id: str) -> tuple[Decimal | None, bool]:
    """The score of a row alone, and whether it has more than the 18 digits of a table."""
    rules = rulebook.get(id)
    target, actual, weight = row
    indicator = bp.Indicator(
        target=bp.Target.parse(target),
        actual=bp.Figure.parse(actual),
        weight=bp.Figure.parse(weight),  # as a document prints it, whatever its sign
    )
    line = bp.score(indicator, rules=rules)
    if line.score is None:
        return None, False
    places = places_of(rules) or (rules.score_rounding.places if rules.score_rounding else 2)
    units = int(round_to(line.score.value, places) * 10**places)
    return (None, True) if abs(units) >= 10**18 else (Decimal(units).scaleb(-places), False)


def differing(rows: Sequence[Cells], engine: str, id: str) -> list[object]:
    """The rows whose scores are not those of the single row."""
    rules = rulebook.get(id)
    table = table_of(HEADERS, rows)
    found = through(
        engine, table, lambda t: score(t, rules=rules, round_to=places_of(rules)), ADDED
    )
    got = list(zip(found["computed_score"], found["score_status"], strict=True))
    assert len(got) == len(rows)
    wrong = list[object]()
    for row, (points, status) in zip(rows, got, strict=True):
        expected, is_large = due_score(row, id)
        says_so = (status == "ok") == (expected is not None)
        says_so &= (status == "out-of-range") == is_large
        wrong += [] if points == expected and says_so else [(row, points, status, expected)]
    return wrong


SOME: dict[str, list[Cells]] = {
    "a large one and one of many decimals": [
        ("≥1000亿元", "1000亿元", "10"),
        ("≥90%", "33.333333%", "10"),
    ],
    "more digits than 64 bits have": [
        ("≥99999999999999999", "1", "10"),
        ("≥0.001", "0.0005", "10"),
    ],
    "some decimals": [("≥7513707717276979", "3", "10"), ("≥0.12345", "0.1", "10")],
    "more than a few": [
        *((f"≥{10**power}", f"{10**power - 1}", "10") for power in range(18)),
        *((f"≥{Decimal(1).scaleb(-power):f}", "0.00000001", "10") for power in range(10)),
    ],
    "weights": [
        ("≥3", "2", "99999999999999999"),
        ("≥3", "2", "0.00000001"),
        ("≥3", "3", "123456789012345678901234567890"),
        ("≥3", "1", "-99999999999999999"),
    ],
}


@engines()
@pytest.mark.parametrize("rows", SOME.values(), ids=list(SOME))
def test_a_large_number_beside_many_decimals_is_scored(engine: str, rows: list[Cells]) -> None:
    for id in RULES:
        assert not differing(rows, engine, id)
        assert not differing(rows * 40, engine, id)  # in several parts, where an engine has them


numbers = st.builds(
    lambda digits, units, places: f"{Decimal(units % 10**digits).scaleb(-places):f}",
    st.integers(1, 18),
    st.integers(0, 10**18),
    st.integers(0, 12),
)
values = st.builds(
    lambda number, unit: f"{number}{unit}",
    numbers,
    st.sampled_from(("", "", "", "元", "万元", "亿元", "%", "次")),
)
targets = st.builds(lambda sign, value: f"{sign}{value}", st.sampled_from("≥≤=><"), values)
weights = st.sampled_from(("10", "10", "0.5", "3.33")) | numbers
alike = st.builds(
    lambda sign, value, weight: (f"{sign}{value}", value, weight),
    st.sampled_from("≥≤=><"),
    values,
    weights,
)
rows_of_text = alike | st.tuples(targets, values, weights)


@settings(max_examples=60)
@given(st.lists(rows_of_text, min_size=1, max_size=200), st.sampled_from(RULES))
def test_cells_of_any_size_are_scored_as_their_rows_are(rows: list[Cells], id: str) -> None:
    assert not differing(rows, "polars", id)


@pytest.mark.slow
@engines(without=["polars"])
@settings(max_examples=40)
@given(
    rows=st.lists(rows_of_text, min_size=1, max_size=200),
    id=st.sampled_from(RULES),
)
def test_so_they_are_on_every_engine(rows: list[Cells], id: str, engine: str) -> None:
    assert not differing(rows, engine, id)


AMOUNTS = ("年初预算数", "全年预算数", "全年执行数")
money = st.builds(
    lambda number, unit: f"{number}{unit}", numbers, st.sampled_from(("", "元", "万元", "亿元"))
)
lines_of_text = st.lists(st.tuples(money, money, money), min_size=1, max_size=200)


def differing_lines(lines: Sequence[Cells], engine: str, places: int) -> list[object]:
    """The lines whose rates are not those of the single line."""
    names = ("execution_rate", "adjustment_rate")
    added = [n for name in names for n in (f"computed_{name}_percent", f"{name}_status")]
    table = table_of(AMOUNTS, lines)
    found = through(engine, table, lambda t: rates(t, round_to=places), added)
    wrong = list[object]()
    for at, line in enumerate(lines):
        initial, revised, executed = map(bp.Figure.parse, line)
        for name in names:
            got = found[f"computed_{name}_percent"][at], found[f"{name}_status"][at]
            own = (initial, revised, test_rates.figure(None), executed)
            top, bottom = (executed, revised) if name == "execution_rate" else (revised, initial)
            try:  # what has no unit goes with no other
                execution_rate(executed=top, revised=bottom)
                expected = test_rates.due(test_rates.computed(name, *own), places)
            except bp.BudgetperfError:
                expected = None, "unit-mismatch"
            wrong += [] if got == expected else [(line, name, got, expected)]
    return wrong


LINES = [
    ("1000亿元", "1000亿元", "33.33333333元"),
    ("99999999999999999元", "0.001元", "0.00000001元"),
    ("3元", "7513707717276979元", "0.12345元"),
    ("3", "123456789012345678", "0.123456789012"),
]


@engines()
def test_amounts_of_any_size_have_the_rates_of_their_lines(engine: str) -> None:
    assert not differing_lines(LINES, engine, 2)
    assert not differing_lines(LINES * 40, engine, 9)


@engines()
def test_a_rate_of_too_many_digits_stands_beside_amounts_that_do_not_fit(engine: str) -> None:
    large, small = Decimal(10**30), Decimal("0.01")
    figures = pl.Series([large, large, small, None]), pl.Series([small, large, small, small])
    table = pl.DataFrame(
        {
            "全年执行数": figures[0].cast(pl.Decimal(38, 2)),
            "全年预算数": figures[1].cast(pl.Decimal(38, 2)),
        }
    )
    table = table.vstack(
        table.with_columns(全年执行数=pl.lit(Decimal(10**17)).cast(pl.Decimal(38, 2)))
    )
    names = ["computed_execution_rate_percent", "execution_rate_status"]
    found = through(engine, table, rates, names)
    assert found[names[1]][:4] == ["out-of-range", "ok", "ok", "missing"]
    assert found[names[1]][4:] == ["out-of-range", "ok", "out-of-range", "out-of-range"]
    assert found[names[0]][:4] == [None, Decimal(100), Decimal(100), None]


@settings(max_examples=30)
@given(lines_of_text, st.integers(0, 9))
def test_lines_of_any_size_have_the_rates_of_single_ones(lines: list[Cells], places: int) -> None:
    assert not differing_lines(lines, "polars", places)


@pytest.mark.slow
@engines(without=["polars"])
@settings(max_examples=30)
@given(lines=lines_of_text, places=st.integers(0, 9))
def test_so_they_have_on_every_engine(lines: list[Cells], places: int, engine: str) -> None:
    assert not differing_lines(lines, engine, places)


stated = st.none() | st.builds(lambda number: f"{number}%", numbers)
checked_rows = st.lists(
    st.builds(
        lambda row, rate, deviation, score: test_checks.a_row(
            row[0][0], row[0][1:], *row[1:], rate, deviation, score
        ),
        rows_of_text,
        stated,
        stated,
        st.none() | numbers,
    ),
    min_size=1,
    max_size=30,
)

CHECKED = [
    test_checks.a_row("≥", "1000亿元", "1000亿元", "10", "100%", "0%", "10"),
    test_checks.a_row("≥", "90%", "33.333333%", "10", "37.037037%", "-62.96%", "99999999999999999"),
    test_checks.a_row("≥", "3", "1", "10", "33.33333333%", "99999999999999999%", "3.33333333"),
]


@engines()
@pytest.mark.parametrize("rules", [None, "yitihua-default"])
def test_rows_of_any_size_are_checked_as_the_audit_does(engine: str, rules: str | None) -> None:
    assert not test_checks.differing(CHECKED, rules, engine)
    assert not test_checks.differing(CHECKED * 20, rules, engine)


@settings(max_examples=20)
@given(checked_rows, st.sampled_from((None, "yitihua-default")))
def test_whatever_is_stated_is_checked_as_alone(
    rows: list[Mapping[str, str | None]], rules: str | None
) -> None:
    assert not test_checks.differing(rows, rules, "polars")
