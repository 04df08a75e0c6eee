"""What floats and naive decimals get wrong, counted anew whenever the site is built.

A page asks for a table with ``<!-- counted: NAME -->``. The same rows come about every time; what
is right is told by whole numbers of Python, which know neither of the ways that are compared nor
of this library. Where polars is not installed its ways are left out, and fewer rows are counted,
since this library then takes them one by one.
"""

from __future__ import annotations

import functools
import math
import random
from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import tables
from tables import table

import budgetperf as bp
from budgetperf.exact import Text

if TYPE_CHECKING:
    from mkdocs.structure.pages import Page

__all__ = ["counted", "on_page_markdown"]

HAS_POLARS = all(find_spec(name) for name in ("polars", "narwhals", "pyarrow"))
ROWS = 200_000 if HAS_POLARS else 4_000
TIES = 10_000 if HAS_POLARS else 1_000
REPORTS = 5_000
"""How many rows, ties of each kind, and rows of right reports are counted."""

MILLION = 1_000_000
SLIPS = 10
"""One right row in so many is tried once more with its last digit off by one."""

_CENT = Decimal("0.01")

Pair = tuple[int, int]
"""An actual value and a target, in units of the same last place."""


def on_page_markdown(markdown: str, *, page: Page, **_: object) -> str:
    """Called by MkDocs with the text of each page."""
    return counted(markdown, tables.language(page))


def counted(markdown: str, lang: str) -> str:
    """The page with its markers replaced.

    Raises:
        KeyError: a marker names nothing that is counted here.
    """
    return tables.filled(markdown, "counted", _WRITERS, lang)


# Rows.


def _drawn(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - examples, no secrets


def realistic(count: int) -> Iterator[tuple[int, int, int]]:
    """Actual value, target and weight (in tenths): counts, percentages, amounts to two decimals."""
    draw = _drawn(15)
    for number in range(count):
        most = (200, 1_000, 10**7, 10**7)[number % 4]
        target = draw.randint(1, most)
        yield target * draw.randint(0, 1200) // 1000, target, draw.randint(1, 300)


def exact_ties(count: int) -> Iterator[Pair]:
    """Rates in % that lie exactly between two numbers of two decimals."""
    draw = _drawn(16)
    for _ in range(count):
        times = draw.randint(1, 500)
        yield (2 * draw.randint(0, 9_999) + 1) * times, 20_000 * times


def near_ties(count: int) -> Iterator[Pair]:
    """Rates as near to such a middle as amounts of 13 digits come, above it and below."""
    draw = _drawn(17)
    found = 0
    while found < count:
        target = draw.randrange(10**12 + 1, 10**13, 2)
        if math.gcd(target, 10_000) == 1:
            found += 1
            middle = (target + draw.choice((-1, 1))) // 2
            yield middle * pow(10_000, -1, target) % target, target


def quotient(top: int, bottom: int) -> int:
    """Rounded to a whole number, half away from zero."""
    return (2 * top + bottom) // (2 * bottom)


# Ways. Each gives what it would print, in hundredths.


def _units(value: float) -> int:
    return int(f"{value:.2f}".replace(".", ""))


def _half_even(value: Decimal) -> int:
    return int(round(value, 2) * 100)


def _half_up(value: Decimal) -> int:
    return int(value.quantize(_CENT, ROUND_HALF_UP) * 100)


RATES: dict[str, Callable[[int, int], int]] = {
    "`round(a / t * 100, 2)`": lambda a, t: _units(round(a / t * 100, 2)),
    '`f"{a / t:.2%}"`': lambda a, t: int(f"{a / t:.2%}"[:-1].replace(".", "")),
    "`floor(a / t * 10000 + 0.5) / 100`": lambda a, t: math.floor(a / t * 10_000 + 0.5),
    "`round(a / t * 100 + 1e-9, 2)`": lambda a, t: _units(round(a / t * 100 + 1e-9, 2)),
    "`Decimal(str(a / t * 100))`, `ROUND_HALF_UP`": (
        lambda a, t: _half_up(Decimal(str(a / t * 100)))
    ),
    "`round(Decimal(a) / Decimal(t) * 100, 2)`": (
        lambda a, t: _half_even(Decimal(a) / Decimal(t) * 100)
    ),
}
"""Rates in %; a is the actual value, t the target. Amounts are whole cents here, which favours
floats: in print there is a point, and 353.21 is no float."""

SCORES: dict[str, Callable[[int, int, int], int]] = {
    "`round(min(a / t, 1) * w, 2)`": lambda a, t, w: _units(round(min(a / t, 1) * (w / 10), 2)),
    "`round(min(round(a / t, 4), 1) * w, 2)`": (
        lambda a, t, w: _units(round(min(round(a / t, 4), 1) * (w / 10), 2))
    ),
    "`round(min(Decimal(a) / t, 1) * w, 2)`": (
        lambda a, t, w: _half_even(min(Decimal(a) / Decimal(t), Decimal(1)) * Decimal(w) / 10)
    ),
}


def _polars() -> Any:
    return import_module("polars") if HAS_POLARS else None


def _of_polars(pl: Any, pairs: list[Pair]) -> dict[str, list[int]]:
    """Columns of floats and of decimals, as people write them."""
    held = pl.DataFrame(pairs, schema={"a": pl.Int64, "t": pl.Int64}, orient="row")
    floats = held.select((pl.col("a") / pl.col("t") * 100).round(2)).to_series()
    cents = held.select(
        pl.col(name).cast(pl.Decimal(19, 0)) * pl.lit(_CENT).cast(pl.Decimal(3, 2))
        for name in ("a", "t")
    ).cast(pl.Decimal(18, 2))
    decimals = cents.select((pl.col("a") / pl.col("t") * 100).round(2)).to_series()
    return {
        "polars, `Float64`": [_units(value) for value in floats.to_list()],
        "polars, `Decimal(18, 2)`": [_half_even(value) for value in decimals.to_list()],
    }


def _our_rates(pl: Any, pairs: list[Pair]) -> list[int]:
    """Through this library; one by one where polars is not installed."""
    if pl is None:
        found = []
        for executed, revised in pairs:
            rate = bp.rates.execution_rate(
                executed=bp.Amount(executed, "元"), revised=bp.Amount(revised, "元")
            )
            found.append(int(f"{rate:.2%}"[:-1].replace(".", "")))
        return found
    from budgetperf.frames import rates  # noqa: PLC0415 - optional

    schema = {"executed": pl.Int64, "revised": pl.Int64}
    rated = rates(pl.DataFrame(pairs, schema=schema, orient="row"))
    return [int(value * 100) for value in rated["computed_execution_rate_percent"].to_list()]


def _our_scores(pl: Any, rows: list[tuple[int, int, int]]) -> list[int]:
    if pl is None:
        lines = (
            bp.score(target=f"≥{t}", actual=a, weight=Decimal(w) / 10, rules="yitihua-default")
            for a, t, w in rows
        )
        return [int(line.score.value * 100) for line in lines if line.score is not None]
    from budgetperf.frames import score  # noqa: PLC0415 - optional

    schema = {"actual": pl.Int64, "target": pl.Int64, "weight": pl.Int64}
    held = pl.DataFrame(rows, schema=schema, orient="row")
    scored = score(held, rules="yitihua-default", direction="≥", places={"weight": 1})
    return [int(value * 100) for value in scored["computed_score"].to_list()]


# Counts.


def _wrong(found: list[int], right: list[int]) -> int:
    return sum(one != other for one, other in zip(found, right, strict=True))


@functools.cache
def rate_counts(rows: int, ties: int) -> dict[str, list[int]]:
    """How many rates each way gets wrong: of the rows, of the ties, of the near ties."""
    pl = _polars()
    counts: dict[str, list[int]] = {}
    sets = [[(a, t) for a, t, _ in realistic(rows)], [*exact_ties(ties)], [*near_ties(ties)]]
    for pairs in sets:
        right = [quotient(10_000 * a, t) for a, t in pairs]
        found = {way: [work(a, t) for a, t in pairs] for way, work in RATES.items()}
        if pl is not None:
            found |= _of_polars(pl, pairs)
        found["budgetperf"] = _our_rates(pl, pairs)
        for way, numbers in found.items():
            counts.setdefault(way, []).append(_wrong(numbers, right))
    return counts


@functools.cache
def score_counts(rows: int) -> dict[str, int]:
    """How many scores each way gets wrong."""
    held = [*realistic(rows)]
    right = [quotient(10 * min(a, t) * w, t) for a, t, w in held]
    counts = {way: _wrong([work(*row) for row in held], right) for way, work in SCORES.items()}
    return counts | {"budgetperf": _wrong(_our_scores(_polars(), held), right)}


@functools.cache
def alarm_counts(reports: int) -> dict[str, Pair]:
    """How many right rows each check calls wrong, and how many slips of the last digit it finds.

    Amounts are true to the cent and printed in 万元 with two decimals; the rate that is printed
    beside them was taken of the true amounts. A slip adds 1 to the last digit of the rate.
    """
    draw = _drawn(18)
    alarms: dict[str, list[int]] = {way: [0, 0] for way in ("equal", "tolerance", "budgetperf")}
    for number in range(reports):
        target = draw.randint(10**6, 10**9)
        actual = target * draw.randint(7_000, 10_000) // 10_000 + draw.randint(0, 99)
        rate = quotient(10_000 * actual, target)
        stated = quotient(actual, 10**4), quotient(target, 10**4)
        for at, printed in enumerate((rate, rate + 1) if number % SLIPS == 0 else (rate,)):
            off = abs(quotient(10_000 * stated[0], stated[1]) - printed)
            alarms["equal"][at] += off > 0
            alarms["tolerance"][at] += off > 1
            shown, *amounts = (f"{n // 100}.{n % 100:02}" for n in (printed, *stated))
            verdict = bp.check(f"{shown}% = {amounts[0]}万元 / {amounts[1]}万元").verdict
            alarms["budgetperf"][at] += verdict.value == "inconsistent"
    return {way: (false, found) for way, (false, found) in alarms.items()}


# Tables.

_OURS = Text(zh="本库", en="this library")


def _per_million(number: int, of: int) -> str:
    return f"{number * MILLION // of:,}"


def _way(way: str, lang: str) -> str:
    return _OURS.pick(lang) if way == "budgetperf" else way


def rate_table(lang: str) -> str:
    """Wrong rates."""
    head = Text(
        zh="算法|{} 行中错的|折合每百万行|恰在中间的 {} 行中错的|贴近中间的 {} 行中错的",
        en="way|wrong of {} rows|per million|wrong of {} ties|wrong of {} near ties",
    ).fill(f"{ROWS:,}", f"{TIES:,}", f"{TIES:,}")
    rows = [
        [_way(way, lang), f"{rows:,}", _per_million(rows, ROWS), f"{ties:,}", f"{near:,}"]
        for way, (rows, ties, near) in rate_counts(ROWS, TIES).items()
    ]
    return table(head.pick(lang), rows)


def score_table(lang: str) -> str:
    """Wrong scores."""
    head = Text(zh="算法|{} 行中错的|折合每百万行", en="way|wrong of {} rows|per million").fill(
        f"{ROWS:,}"
    )
    counts = score_counts(ROWS).items()
    rows = [[_way(way, lang), f"{n:,}", _per_million(n, ROWS)] for way, n in counts]
    return table(head.pick(lang), rows)


def alarm_table(lang: str) -> str:
    """False alarms."""
    head = Text(
        zh="核对的办法|{} 行无误的中误报|末位错 1 的 {} 行中发现",
        en="check|false alarms of {} right rows|found of {} slips of 1 in the last digit",
    ).fill(f"{REPORTS:,}", f"{-(-REPORTS // SLIPS):,}")
    ways = {
        "equal": Text(zh="重算后须相等", en="equal to what is computed from the print"),
        "tolerance": Text(zh="允许差 0.01 个百分点", en="off by 0.01 at most"),
        "budgetperf": _OURS,
    }
    rows = [
        [ways[way].pick(lang), f"{false:,}", f"{found:,}"]
        for way, (false, found) in alarm_counts(REPORTS).items()
    ]
    return table(head.pick(lang), rows)


_WRITERS: dict[str, Callable[[str], str]] = {
    "alarms": alarm_table,
    "rates": rate_table,
    "scores": score_table,
}
