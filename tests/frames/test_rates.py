"""The rates of a table of funding lines are those of its lines, one by one, to the last digit."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budgetperf import rates as scalar
from budgetperf.exact import (
    Amount,
    BudgetperfError,
    Figure,
    Missing,
    MissingReason,
    ProblemsError,
    Rate,
    Stated,
    Undefined,
    round_to,
)
from tests.frames.engines import engines, through

REASON = "polars and narwhals are not installed: pip install 'budgetperf[frames]' polars"
pytest.importorskip("narwhals", reason=REASON)
pl: Any = pytest.importorskip("polars", reason=REASON)

from budgetperf.frames import rates  # noqa: E402 - where the engines are
from budgetperf.frames.funding.lines import amount_of  # noqa: E402

Line = tuple[Decimal | None, Decimal | None, Decimal | None, Decimal | None]

HEADERS = ("年初预算数", "全年预算数", "到位数", "全年执行数")
NAMES = (
    "execution_rate",
    "adjustment_rate",
    "funds_in_place_rate_on_budget",
    "execution_rate_on_funds_in_place",
)
ADDED = [name for rate in NAMES for name in (f"computed_{rate}_percent", f"{rate}_status")]
LIMIT = 10**18


def figure(value: Decimal | None) -> Stated:
    return Missing() if value is None else Figure(value=value)


def computed(
    name: str, initial: Stated, revised: Stated, received: Stated, executed: Stated
) -> Any:
    """The rate of one line, by the function of the catalogue."""
    match name:
        case "execution_rate":
            return scalar.execution_rate(executed=executed, revised=revised)
        case "adjustment_rate":
            if isinstance(revised, Missing) or isinstance(initial, Missing):
                return revised if isinstance(revised, Missing) else initial
            moved = Amount(revised.nominal - initial.nominal)
            return scalar.adjustment_rate(adjustment=moved, initial=Amount(initial.nominal))
        case "funds_in_place_rate_on_budget":
            return scalar.funds_in_place_rate_on_budget(in_place=received, budget=revised)
        case _:
            return scalar.execution_rate_on_funds_in_place(spent=executed, in_place=received)


def due(result: Any, places: int) -> tuple[Decimal | None, str]:
    """A rate as the table has it, and its status."""
    if isinstance(result, Missing):
        is_unreadable = result.reason is MissingReason.UNREADABLE
        return None, "unreadable" if is_unreadable else "missing"
    if isinstance(result, Undefined):
        return None, "undefined"
    assert isinstance(result, Rate)
    units = int(round_to(result.ratio * 100, places) * 10**places)
    return (Decimal(units).scaleb(-places), "ok") if abs(units) < LIMIT else (None, "out-of-range")


def table_of(lines: Sequence[Line], digits: int = 18) -> Any:
    return pl.DataFrame(
        {
            header: pl.Series([line[at] for line in lines], dtype=pl.Decimal(digits, 2))
            for at, header in enumerate(HEADERS)
        }
    )


def differing(lines: Sequence[Line], engine: str, places: int, digits: int = 18) -> list[object]:
    """What differs between a table and its lines."""
    found = through(engine, table_of(lines, digits), lambda t: rates(t, round_to=places), ADDED)
    wrong = list[object]()
    for at, line in enumerate(lines):
        figures = [figure(value) for value in line]
        for name in NAMES:
            got = found[f"computed_{name}_percent"][at], found[f"{name}_status"][at]
            expected = due(computed(name, *figures), places)
            wrong += [] if got == expected else [(line, name, got, expected)]
    return wrong


NUMBERS = [
    *(Decimal(n) for n in ("0", "1", "-1", "0.01", "-0.01", "3", "7", "100", "0.08", "1600")),
    *(Decimal(n) for n in ("353.21", "595.07", "99.99", "100.01", "200000", "0.15", "20000.03")),
    *(Decimal(n) for n in ("9999999999999999.99", "-9999999999999999.99", "1234567890123456.78")),
    None,
]


def adversarial() -> Iterator[Line]:
    """Ties, tiny bases, quotients beyond 2^50, zeros, signs, 18 digits, blanks: all pairs."""
    draw = random.Random(15)
    for one in NUMBERS:
        for other in NUMBERS:
            yield one, other, draw.choice(NUMBERS), draw.choice(NUMBERS)
            yield draw.choice(NUMBERS), one, draw.choice(NUMBERS), other
    for base in (Decimal(8), Decimal(2000), Decimal("0.08"), Decimal(80000000000000)):
        for steps in range(1, 32, 2):  # halves of the last place of a rate, and next to them
            tie = (base * steps / 1600).quantize(Decimal("0.01"))
            for off in (Decimal(0), Decimal("0.01"), Decimal("-0.01")):
                yield base, base + tie + off, tie + off, tie + off


def random_lines(count: int, seed: int) -> Iterator[Line]:
    draw = random.Random(seed)
    for _ in range(count):
        initial = Decimal(draw.randint(0, 10 ** draw.randint(1, 11))).scaleb(-2)
        revised = (initial * draw.randint(50, 150) / 100).quantize(Decimal("0.01"))
        received = (revised * draw.randint(90, 100) / 100).quantize(Decimal("0.01"))
        executed = (revised * draw.randint(0, 10500) / 10000).quantize(Decimal("0.01"))
        yield initial, revised, received, executed


SOME = list(adversarial())[::9]


@engines()
def test_every_engine_gives_the_digits_of_single_lines(engine: str) -> None:
    assert not differing(SOME, engine, 2)


@pytest.mark.slow
@engines()
@pytest.mark.parametrize("places", [0, 2, 4, 9])
def test_adversarial_lines(engine: str, places: int) -> None:
    assert not differing(list(adversarial()), engine, places)


@pytest.mark.slow
@engines()
def test_a_hundred_thousand_lines(engine: str) -> None:
    assert not differing(list(random_lines(100_000, seed=15)), engine, 2)


amounts = (
    st.none()
    | st.decimals(min_value=-1000, max_value=Decimal("9999999999999999.99"), places=2)
    | st.sampled_from(NUMBERS)
)


@settings(max_examples=30)
@given(
    st.lists(st.tuples(amounts, amounts, amounts, amounts), min_size=1, max_size=20),
    st.integers(0, 9),
)
def test_a_table_has_the_rates_of_its_lines(lines: list[Line], places: int) -> None:
    assert not differing(lines, "polars", places)


@pytest.mark.slow
@engines(without=["polars"])
@given(
    lines=st.lists(st.tuples(amounts, amounts, amounts, amounts), min_size=1, max_size=20),
    places=st.integers(0, 9),
)
def test_so_it_has_on_every_engine(lines: list[Line], places: int, engine: str) -> None:
    assert not differing(lines, engine, places)


@engines()
@pytest.mark.parametrize(
    ("digits", "decimals"),
    [(4, 2), (9, 0), (9, 9), (18, 0), (18, 2), (18, 8), (18, 9), (18, 18), (19, 2), (38, 16)],
)
def test_decimals_of_every_type(engine: str, digits: int, decimals: int) -> None:
    most = 10**digits - 1
    one = 10**decimals
    halves = (one // 2, one // 2 - 1, 3 * one // 2, one - 1, one + 1, one)
    sizes = (*halves, 1, 7, most, most - 1, most - one // 2, most // 2, most // 3)
    units = [sign * min(size, most) for size in sizes for sign in (1, -1)]
    numbers = [Decimal(f"{number}e-{decimals}") for number in (*units, 0)]
    pairs = list(itertools.product(numbers, repeat=2))
    table = pl.DataFrame(
        {
            header: pl.Series(values, dtype=pl.Decimal(digits, decimals))
            for header, values in zip(
                ("全年执行数", "全年预算数"), zip(*pairs, strict=True), strict=True
            )
        }
    )
    found = through(engine, table, rates, ADDED[:2])
    for at, (executed, revised) in enumerate(pairs):
        result = scalar.execution_rate(executed=figure(executed), revised=figure(revised))
        assert (found[ADDED[0]][at], found[ADDED[1]][at]) == due(result, 2), (executed, revised)


TEXTS = (
    *(
        "353.21万元",
        "353.21",
        "3532100元",
        "1,234.50万元",
        "0.04亿元",
        "0",
        "0万元",
        "-3",
        "100万元",
    ),
    *("—", "不适用", "", None, "12.3.4", "全部", "5%", "5人", "≥5", "1.123456789012", "353.21万"),
)


@settings(max_examples=40)
@given(st.lists(st.tuples(*[st.sampled_from(TEXTS)] * 4), min_size=1, max_size=20))
def test_text_is_read_as_in_a_report(lines: list[tuple[str | None, ...]]) -> None:
    assert_read_as_in_a_report("polars", lines)


@engines(without=["polars"])
def test_so_it_is_on_every_engine(engine: str) -> None:
    pairs = itertools.product(TEXTS, repeat=2)
    assert_read_as_in_a_report(engine, [(a, b, b, a) for a, b in pairs])


def assert_read_as_in_a_report(engine: str, lines: Sequence[tuple[str | None, ...]]) -> None:
    table = pl.DataFrame(
        {header: [line[at] for line in lines] for at, header in enumerate(HEADERS)},
        schema=dict.fromkeys(HEADERS, pl.String),
    )
    found = through(engine, table, rates, ADDED)
    for at, line in enumerate(lines):
        figures = [amount_of(text or "") for text in line]
        for name in NAMES:
            got = found[f"computed_{name}_percent"][at], found[f"{name}_status"][at]
            try:
                if name == "adjustment_rate":  # of a difference the units are looked at before
                    scalar.execution_rate(executed=figures[1], revised=figures[0])
                expected = due(computed(name, *figures), 2)
            except BudgetperfError:
                expected = None, "unit-mismatch"
            assert got == expected, (line, name)


@engines()
def test_headers_have_units_and_rows_are_kept(engine: str) -> None:
    table = pl.DataFrame(
        {
            "部门": ["甲局", "乙局", "丙局"],
            "全年预算数(A)(万元)": [Decimal("250000.00"), Decimal("0.00"), None],
            "全年执行数（元）": [Decimal(2154576000), Decimal(5), Decimal(5)],
        }
    )
    names = ["部门", "computed_execution_rate_percent", "execution_rate_status"]
    found = through(engine, table, rates, names)
    assert found["部门"] == ["甲局", "乙局", "丙局"]
    assert found[names[1]] == [Decimal("86.18"), None, None]
    assert found[names[2]] == ["ok", "undefined", "missing"]


def test_integers_and_floats_are_taken_where_their_decimals_are_told() -> None:
    table = pl.DataFrame({"全年预算数": [25000], "全年执行数": [215.46]})
    with pytest.raises(BudgetperfError, match="float"):
        rates(table)
    found = rates(table, places={"全年预算数": 2, "全年执行数": 2})
    assert found["computed_execution_rate_percent"].to_list() == [Decimal("86.18")]


def test_what_is_wrong_with_columns_is_told_at_once() -> None:
    table = pl.DataFrame(
        {"全年预算数": [1], "执行数(万元)": [1], "预算执行数": [2], "年初预算数(%)": [True]}
    )
    with pytest.raises(ProblemsError) as caught:
        rates(table, columns={"到位": "received"})
    codes = sorted(problem.code for problem in caught.value.problems)
    assert codes == sorted(
        ["unknown-column", "column-twice", "wrong-column-type", "wrong-unit", "mixed-units"]
    )


def test_no_rate_without_its_amounts() -> None:
    with pytest.raises(ProblemsError) as caught:
        rates(pl.DataFrame({"部门": ["甲局"]}))
    assert [problem.code for problem in caught.value.problems] == ["no-column", "no-column"]
    with pytest.raises(BudgetperfError, match="round_to") as other:
        rates(pl.DataFrame({"全年预算数": [1], "全年执行数": [1]}), round_to=10)
    assert other.value.code == "bad-places"
