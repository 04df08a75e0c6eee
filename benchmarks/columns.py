"""Scores of whole tables: how long they take, as ratios of one run, and how many are wrong.

    python -m benchmarks.columns --rows 1000 100000 1000000 10000000 --memory

Every way scores the same rows by ``yitihua-default``, and its scores are compared with those of
exact whole numbers. What is printed is the time that passed, the processor time of all threads
(which other work on the machine changes less) altogether and for a row, how many times less of it
a row takes than through the function for single rows (taken on a part of them), the processor time
of what is written by hand for this rule-set as a share of ours, with ``--memory`` how many MB a
process of its own holds at most for the table and the work, beside the libraries, and the wrong
scores. Written by hand are an expression of polars over whole numbers, SQL of DuckDB over HUGEINT,
and floats of pandas as people write them.

Needs the extra ``frames``, polars and pyarrow; the other engines are left out where they are not
installed. Sail reads its table from Parquet, which is counted.
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from decimal import Decimal
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import attrs

import budgetperf as bp
from budgetperf.frames import score

RULES = "yitihua-default"
SINGLE = 2_000
"""How many rows are scored one by one: time grows in proportion."""

PIECE = 1_000_000
"""How many rows are held as numbers of Python at a time."""

NUMBER = "number"
"""The column of the numbers of rows, where an engine may give them in another order."""

COLUMNS = ("target", "actual", "weight", "operator")


def optional(name: str) -> Any:
    return import_module(name) if find_spec(name) else None


pl, pa, pd, duckdb = map(optional, ("polars", "pyarrow", "pandas", "duckdb"))


def units(count: int) -> Any:
    """Targets and actual values in hundredths, weights in tenths, directions: as whole numbers."""
    number = pl.int_range(count, dtype=pl.UInt64)

    def drawn(seed: int, least: int, most: int) -> Any:
        return (number.hash(seed) % (most - least + 1)).cast(pl.Int64) + least

    signs = pl.Series(["≥", "≤", "="])
    return pl.select(
        target=drawn(1, 1, 10**7), share=drawn(2, 0, 240), weight=drawn(3, 1, 200)
    ).select(
        "target",
        actual=pl.col("target") * pl.col("share") // 100,
        weight="weight",
        operator=pl.lit(signs).gather(pl.select(drawn(4, 0, 2)).to_series()),
    )


def decimals(table: Any) -> Any:
    """The same as a table of decimals."""

    def scaled(name: str, places: int) -> Any:
        value = pl.col(name).cast(pl.Decimal(19, 0)) * pl.lit(Decimal(1).scaleb(-places))
        return value.cast(pl.Decimal(18, places))

    return table.select(scaled("target", 2), scaled("actual", 2), scaled("weight", 1), "operator")


def due(table: Any) -> Any:
    """The scores in hundredths, by whole numbers of Python and the rule as it is written."""
    found = list[Any]()
    for start in range(0, table.height, PIECE):
        part = table.slice(start, PIECE)
        scores = [due_of(*row) for row in part.select(COLUMNS).rows()]
        found.append(pl.Series(scores, dtype=pl.Int64))
    return pl.concat(found)


def due_of(target: int, actual: int, weight: int, sign: str) -> int:
    """The score of a row."""
    share = min(actual, target) if sign != "≤" else max(0, min(target, 2 * target - actual))
    return (2 * share * weight * 10 + target) // (2 * target)


def single(table: Any) -> list[int | None]:
    """Row by row through this library."""
    found = list[int | None]()
    for t, a, w, sign in table.rows():
        target = bp.Target(
            direction=sign, value=bp.Figure(value=Decimal(t).scaleb(-2), rounding=None)
        )
        actual = bp.Figure(value=Decimal(a).scaleb(-2), rounding=None)
        line = bp.score(target=target, actual=actual, weight=Decimal(w).scaleb(-1), rules=RULES)
        found.append(None if line.score is None else int(line.score.value * 100))
    return found


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


@attrs.frozen(kw_only=True)
class Way:
    """How a table is scored.

    Args:
        made: what is made of the table beforehand, without being counted.
        work: what is counted.
        beside: the way by hand that it is compared with.
    """

    made: Callable[[Any], Any]
    work: Callable[[Any], Any]
    beside: str = ""


def scored(table: Any) -> Any:
    return score(table, rules=RULES)


def as_it_is(held: Any) -> Any:
    return held


def as_arrow(held: Any) -> Any:
    return held.to_arrow()


def as_pandas(held: Any) -> Any:
    return held.to_arrow().to_pandas(types_mapper=pd.ArrowDtype)


def as_floats(held: Any) -> Any:
    return as_pandas(held).astype({"target": float, "actual": float, "weight": float})


@contextlib.contextmanager
def spark() -> Iterator[Any]:
    """A session that a server of Sail in this process answers."""
    warnings.simplefilter("ignore")
    server = import_module("pysail.spark").SparkConnectServer()
    server.start()
    _, port = server.listening_address
    builder = import_module("pyspark.sql").SparkSession.builder
    session = builder.remote(f"sc://localhost:{port}").getOrCreate()
    try:
        yield session
    finally:
        session.stop()
        server.stop()


def ways(session: Any = None, folder: Path = Path()) -> dict[str, Way]:
    """Each way, by its name."""

    def as_parquet(held: Any) -> str:
        path = folder / f"{held.height}.parquet"
        held.with_row_index(NUMBER).write_parquet(path)
        return str(path)

    found = {
        "polars, by hand": Way(made=as_it_is, work=by_hand),
        "polars": Way(made=as_it_is, work=scored, beside="polars, by hand"),
        "polars, lazy": Way(
            made=as_it_is,
            work=lambda held: scored(held.lazy()).collect(),
            beside="polars, by hand",
        ),
        "pyarrow": Way(made=as_arrow, work=scored),
    }
    if duckdb:
        found["DuckDB, by hand"] = Way(made=as_arrow, work=by_sql)
        found["DuckDB"] = Way(
            made=as_arrow,
            work=lambda held: scored(duckdb.from_arrow(held)).to_arrow_table(),
            beside="DuckDB, by hand",
        )
    if pd:
        found["pandas"] = Way(made=as_pandas, work=scored)
        found["pandas, floats"] = Way(made=as_floats, work=by_floats)
    if session is not None:
        found["Sail"] = Way(
            made=as_parquet, work=lambda path: scored(session.read.parquet(path)).toArrow()
        )
    return found


def hundredths(result: Any) -> Any:
    """The scores of a table of any engine, in hundredths, row after row."""
    if pd and isinstance(result, pd.DataFrame):
        result = pa.Table.from_pandas(result[["computed_score"]], preserve_index=False)
    if pa and isinstance(result, pa.Table):
        names = {NUMBER, "computed_score"}.intersection(result.column_names)
        result = pl.from_arrow(result.select(sorted(names)))
    if NUMBER in result.columns:
        result = result.sort(NUMBER)
    scores = result["computed_score"]
    if scores.dtype.is_float():  # as they would be printed
        return (scores * 100).round().cast(pl.Int64)
    return scores.to_physical().cast(pl.Int64)


def timed(work: Callable[[], Any], times: int) -> tuple[float, float, Any]:
    """The shortest time that passed, the least processor time, and what came of it."""
    result, passed, worked = work(), float("inf"), float("inf")
    for _ in range(times):
        start, started = time.perf_counter(), time.process_time()
        result = work()
        passed = min(passed, time.perf_counter() - start)
        worked = min(worked, time.process_time() - started)
    return passed, worked, result


def held_at_most(name: str, held: Any, folder: Path) -> float:
    """How many MB a process of its own takes at most for a way and its table."""
    path = folder / "held.parquet"
    held.write_parquet(path)
    words = [sys.executable, "-W", "ignore", "-m", "benchmarks.columns"]
    command = [*words, "--way", name, "--table", str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return float(done.stdout.split()[-1])


def in_memory(name: str, path: Path, session: Any) -> float:
    """The same, of this process: what it holds at most while it works, less what it began with."""
    way = ways(session, path.parent)[name]
    way.work(way.made(pl.read_parquet(path, n_rows=2)))  # imports
    before = resident("VmRSS")
    given = way.made(pl.read_parquet(path))
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the peak starts anew
    result = way.work(given)
    most = resident("VmHWM")
    del result
    return (most - before) / 1024


def resident(name: str) -> int:
    """A line of what Linux knows of this process, in KB."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:"))


HEAD = f"{'':16}{'ms':>10}{'cpu ms':>10}{'cpu ns/row':>12}{'× single':>10}{'by hand':>9}{'MB':>8}"


def measure(
    count: int,
    times: int,
    *,
    session: Any = None,
    folder: Path = Path(),
    with_memory: bool = False,
    only: str = "",
) -> None:
    table = units(count)
    wanted = due(table)
    part = table.head(SINGLE)
    _, alone, scores = timed(lambda: single(part), 3)
    wrong = sum(a != b for a, b in zip(scores, wanted.head(SINGLE).to_list(), strict=True))
    per_row = alone / len(scores)
    print(f"\n{count:,} rows: single rows {per_row * 1e6:,.1f} µs each, {wrong} wrong")
    print(f"{HEAD}{'wrong':>10}")
    known = dict[str, float]()
    held = decimals(table)
    for name, way in ways(session, folder).items():
        if not name.startswith(only):
            continue
        given = way.made(held)
        took, known[name], result = timed(functools.partial(way.work, given), times)
        wrong = int((hundredths(result) != wanted).sum())
        del given, result
        ratio = per_row * count / known[name]
        share = f"{known[way.beside] / known[name]:.2f}" if way.beside in known else ""
        most = f"{held_at_most(name, held, folder):,.0f}" if with_memory else ""
        print(
            f"{name:16}{took * 1e3:10.1f}{known[name] * 1e3:10.1f}"
            f"{known[name] / count * 1e9:12.0f}{ratio:10.1f}{share:>9}{most:>8}{wrong:10,}",
            flush=True,
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rows", type=int, nargs="+", default=[1_000, 100_000])
    parser.add_argument("--times", type=int, default=5, help="of which the best counts")
    parser.add_argument("--memory", action="store_true", help="each way again, on its own (Linux)")
    parser.add_argument("--only", default="", help="ways whose names begin so")
    parser.add_argument("--way", help=argparse.SUPPRESS)
    parser.add_argument("--table", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    asks_sail = find_spec("pysail") and (options.way or "Sail").startswith("Sail")
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        session = stack.enter_context(spark()) if asks_sail else None
        if options.way:
            print(in_memory(options.way, options.table, session))
            return
        for count in options.rows:
            times = options.times if count <= PIECE else min(options.times, 2)
            measure(
                count,
                times,
                session=session,
                folder=folder,
                with_memory=options.memory,
                only=options.only,
            )


if __name__ == "__main__":
    main()
