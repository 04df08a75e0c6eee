"""Scores of whole tables: how long they take, as ratios of one run, and how many are wrong.

    python -m benchmarks.columns --rows 1000 100000 1000000

Every way scores the same rows by ``yitihua-default``, and its scores are compared with those of
exact whole numbers. What is printed is the time that passed, the processor time of all threads
(which other work on the machine changes less), the rows in a second, how many times less processor
time a row takes than through the function for single rows (taken on a part of them), and the wrong
scores. Ways that are written by hand are there to compare with: an expression of polars over whole
numbers, SQL of DuckDB over HUGEINT, and floats of pandas as people write them.

Needs the extra ``frames`` and polars; the other engines are left out where they are not installed.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable
from decimal import Decimal
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import budgetperf as bp
from budgetperf.frames import score

RULES = "yitihua-default"
SINGLE = 2_000
"""How many rows are scored one by one: time grows in proportion."""

Scores = list[Decimal | None]
Way = tuple[Callable[[], Any], Callable[[Any], Scores]]


def optional(name: str) -> Any:
    return import_module(name) if find_spec(name) else None


pl, pa, pd, duckdb = map(optional, ("polars", "pyarrow", "pandas", "duckdb"))


def rows(count: int) -> dict[str, list[Any]]:
    """Targets and actual values in hundredths, weights in tenths, directions."""
    draw = random.Random(15)
    target = [draw.randint(1, 10**7) for _ in range(count)]
    actual = [t * draw.randint(0, 240) // 100 for t in target]
    weight = [draw.randint(1, 200) for _ in range(count)]
    return {
        "target": target,
        "actual": actual,
        "weight": weight,
        "sign": [draw.choice("≥≤=") for _ in range(count)],
    }


def due(table: dict[str, list[Any]]) -> list[int]:
    """The scores in hundredths, by whole numbers of Python and the rule as it is written."""
    found = list[int]()
    for t, a, w, sign in zip(*table.values(), strict=True):
        share = min(a, t) if sign != "≤" else max(0, min(t, 2 * t - a))
        found.append((2 * share * w * 10 + t) // (2 * t))
    return found


def single(table: dict[str, list[Any]]) -> Scores:
    """Row by row through this library."""
    found = Scores()
    for t, a, w, sign in zip(*table.values(), strict=True):
        target = bp.Target(
            direction=sign, value=bp.Figure(value=Decimal(t).scaleb(-2), rounding=None)
        )
        actual = bp.Figure(value=Decimal(a).scaleb(-2), rounding=None)
        line = bp.score(target=target, actual=actual, weight=Decimal(w).scaleb(-1), rules=RULES)
        found.append(None if line.score is None else decimal(line.score.value.as_integer_ratio()))
    return found


def decimal(ratio: tuple[int, int]) -> Decimal:
    return Decimal(ratio[0]) / ratio[1]


def decimals(table: dict[str, list[Any]]) -> Any:
    """The same as a table of decimals."""
    held = pl.DataFrame(table)

    def scaled(name: str, places: int) -> Any:
        value = pl.col(name).cast(pl.Decimal(19, 0)) * pl.lit(Decimal(1).scaleb(-places))
        return value.cast(pl.Decimal(18, places))

    return held.select(
        scaled("target", 2), scaled("actual", 2), scaled("weight", 1), operator=pl.col("sign")
    )


def by_hand(held: Any) -> Any:
    """An expression of polars over whole numbers, for this rule-set alone."""
    t, a, w = (pl.col(name).to_physical().cast(pl.Int64) for name in ("target", "actual", "weight"))
    up = pl.when(a < 0).then(0).when(a < t).then(a).otherwise(t)
    down = pl.when(a < t).then(t).when(a < 2 * t).then(2 * t - a).otherwise(0)
    is_down = pl.col("operator") == "≤"
    full = pl.when(is_down | (pl.col("operator") == "=")).then((a <= 0).cast(pl.Int64)).otherwise(1)
    top = pl.when(t <= 0).then(full).when(is_down).then(down).otherwise(up)
    bottom = pl.when(t <= 0).then(1).otherwise(t)
    status = (
        pl.when(t.is_null() | a.is_null() | w.is_null())
        .then(pl.lit("missing"))
        .when(w < 0)
        .then(pl.lit("negative-weight"))
        .when(t < 0)
        .then(pl.lit("negative-target"))
        .otherwise(pl.lit("ok"))
    )
    units = (2 * top * w * 10 + bottom) // (2 * bottom)
    computed = held.with_columns(units=units, score_status=status)
    points = pl.when(pl.col("score_status") == "ok").then(pl.col("units"))
    points = points.cast(pl.Decimal(19, 0)) * pl.lit(Decimal("0.01"))
    return computed.with_columns(computed_score=points.cast(pl.Decimal(18, 2))).drop("units")


SQL = """
select *, case when t is null or a is null or w is null then 'missing' when w < 0
  then 'negative-weight' when t < 0 then 'negative-target' else 'ok' end as score_status,
  ((2 * top * w * 10 + bottom) // (2 * bottom) * 0.01::decimal(3, 2)) as computed_score
from (select *, case when t <= 0 then 1 else t end as bottom,
  case when t <= 0 then case when operator = '≥' or a <= 0 then 1 else 0 end
    when operator = '≤' then case when a < t then t when a < 2 * t then 2 * t - a else 0 end
    when a < 0 then 0 when a < t then a else t end as top
  from (select *, (target::decimal(20, 2) * 100)::hugeint as t,
    (actual::decimal(20, 2) * 100)::hugeint as a, (weight::decimal(12, 1) * 10)::hugeint as w
    from held))
"""


def by_sql(held: Any) -> Any:
    connection = duckdb.connect()
    connection.register("held", held)
    return connection.sql(SQL).to_arrow_table()


def by_floats(held: Any) -> Any:
    """Floats of pandas, as people write them."""
    x = held["actual"] / held["target"]
    down = held["operator"] == "≤"
    share = x.clip(0, 1).where(~down, (2 - x).clip(0, 1))
    return held.assign(computed_score=(share * held["weight"]).round(2))


def ways(held: Any) -> dict[str, Way]:
    """Each way, and how its scores are taken out."""

    def of_polars(table: Any) -> Scores:
        return pl.from_arrow(table)["computed_score"].to_list() if pa else []

    found: dict[str, Way] = {
        "polars, by hand": (lambda: by_hand(held), lambda t: t["computed_score"].to_list()),
        "polars": (
            lambda: score(held, rules=RULES),
            lambda t: t["computed_score"].to_list(),
        ),
        "polars, lazy": (
            lambda: score(held.lazy(), rules=RULES).collect(),
            lambda t: t["computed_score"].to_list(),
        ),
    }
    arrow: Any = held.to_arrow() if pa else None
    if pa:
        found["pyarrow"] = (lambda: score(arrow, rules=RULES), of_polars)
    if pa and duckdb:
        found["DuckDB, by hand"] = (lambda: by_sql(arrow), of_polars)
        found["DuckDB"] = (
            lambda: score(duckdb.from_arrow(arrow), rules=RULES).to_arrow_table(),
            of_polars,
        )
    if pa and pd:
        frame = arrow.to_pandas(types_mapper=pd.ArrowDtype)
        found["pandas"] = (lambda: score(frame, rules=RULES), lambda t: list(t["computed_score"]))
        floats = frame.astype({"target": float, "actual": float, "weight": float})
        found["pandas, floats"] = (
            lambda: by_floats(floats),
            lambda t: [Decimal(f"{value:.2f}") for value in t["computed_score"]],
        )
    return found


def timed(work: Callable[[], Any], times: int) -> tuple[float, float, Any]:
    """The shortest time that passed, the least processor time, and what came of it."""
    result, passed, worked = work(), float("inf"), float("inf")
    for _ in range(times):
        start, started = time.perf_counter(), time.process_time()
        result = work()
        passed = min(passed, time.perf_counter() - start)
        worked = min(worked, time.process_time() - started)
    return passed, worked, result


def measure(count: int, times: int) -> None:
    table = rows(count)
    wanted = [Decimal(units).scaleb(-2) for units in due(table)]
    part = {name: cells[:SINGLE] for name, cells in table.items()}
    _, alone, scores = timed(lambda: single(part), 1)
    wrong = sum(a != b for a, b in zip(scores, wanted[:SINGLE], strict=True))
    per_row = alone / len(scores)
    print(f"\n{count:,} rows: single rows {1 / per_row:,.0f} a second, {wrong} wrong")
    print(f"{'':18}{'ms':>10}{'cpu ms':>10}{'rows/s':>14}{'× single':>10}{'wrong':>9}")
    for name, (work, taken) in ways(decimals(table)).items():
        took, worked, result = timed(work, times)
        wrong = sum(a != b for a, b in zip(taken(result), wanted, strict=True))
        ratio = per_row * count / worked
        print(
            f"{name:18}{took * 1e3:10.1f}{worked * 1e3:10.1f}{count / took:14,.0f}{ratio:10.1f}"
            f"{wrong:9,}",
            flush=True,
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rows", type=int, nargs="+", default=[1_000, 100_000])
    parser.add_argument("--times", type=int, default=5, help="of which the best counts")
    options = parser.parse_args()
    for count in options.rows:
        measure(count, options.times)


if __name__ == "__main__":
    main()
