"""Scores the indicators that a database holds, and writes the scores back, exact all the way.

    python database.py "dbname=budget" --table indicators --key id --rules yitihua-default

Fetches the key and the columns that a score needs, computes piece by piece with polars, copies the
scores into a temporary table, and updates the rows from there. All of it is one transaction on one
snapshot: it is written whole or not at all, and where somebody else has changed a row meanwhile,
nothing is written and the command is run again. NUMERIC comes as Decimal and goes back as Decimal;
there is no float on the way.

Written for PostgreSQL with psycopg 3; ``frame_of`` and ``scored_rows`` take the rows of any driver
of the Python database API. The table needs two columns for the result, too:

    alter table indicators add computed_score numeric(18, 2), add score_status text;
"""

# pyright: reportMissingImports=false

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

import polars as pl
import psycopg
from psycopg import sql

from budgetperf.frames import score

COLUMNS = ("指标值", "实际完成值", "分值", "符号")
"""What is fetched beside the key: headers that `score` knows; targets may be text (`≥90%`)."""

RESULT = ("computed_score", "score_status")
PIECE = 50_000
"""How many rows are computed at a time."""


def frame_of(names: Sequence[str], scales: Sequence[int | None], rows: Iterable[Any]) -> Any:
    """Rows of a cursor as a table of polars.

    Args:
        names: the names of the columns.
        scales: how many decimals a column is declared with; ``None`` where it says nothing. They
            are asked of the cursor, since the values may come without their last zeros.
        rows: the rows.
    """
    columns = zip(names, scales, zip(*rows, strict=True), strict=True)
    return pl.DataFrame([_series(name, scale, cells) for name, scale, cells in columns])


def _series(name: str, scale: int | None, cells: Sequence[Any]) -> Any:
    """A column of decimals with the declared places; of anything else, the text as it is printed.

    NaN, and numbers of a column that is declared without places, are told as text, too: `score`
    reads text as print, and says which of it is no number.
    """
    there = [cell for cell in cells if cell is not None]
    if not there:
        return pl.Series(name, cells, dtype=pl.String)
    if any(isinstance(cell, float) for cell in there):
        raise TypeError(f"{name}: floats; have the driver fetch decimals")
    if not any(isinstance(cell, Decimal) for cell in there):
        return pl.Series(name, cells)
    numbers = [None if cell is None else Decimal(cell) for cell in cells]
    if scale is not None and all(n is None or _fits(n, scale) for n in numbers):
        return pl.Series(name, numbers, dtype=pl.Decimal(38, scale))
    return pl.Series(name, [None if n is None else f"{n:f}" for n in numbers])


def _fits(number: Decimal, scale: int) -> bool:
    return number.is_finite() and number == round(number, scale)


def scored_rows(key: str, frame: Any, rules: str) -> list[tuple[Any, Decimal | None, str]]:
    """The key of each row, its score and its status."""
    scored: list[tuple[Any, Decimal | None, str]] = (
        score(frame, rules=rules).select(key, *RESULT).rows()
    )
    return scored


def pieces(cursor: Any) -> Iterator[Any]:
    """What a cursor gives, as tables."""
    names = [column.name for column in cursor.description]
    scales = [column.scale for column in cursor.description]
    while rows := cursor.fetchmany(PIECE):
        yield frame_of(names, scales, rows)


def score_table(
    connection: psycopg.Connection[Any], table: str, *, key: str, rules: str
) -> tuple[int, int]:
    """Score a table of PostgreSQL in one transaction: how many rows it has, how many changed."""
    names = {"table": sql.Identifier(*table.split(".")), "key": sql.Identifier(key)}
    wanted = sql.SQL(", ").join(map(sql.Identifier, (key, *COLUMNS)))
    connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    count = 0
    with connection.transaction(), connection.cursor() as out:
        out.execute(
            sql.SQL(
                "create temporary table budgetperf_scored on commit drop as"
                " select {key}, computed_score, score_status from {table} limit 0"
            ).format(**names)
        )
        with connection.cursor("indicators") as cursor:  # a cursor of the server: piece by piece
            cursor.execute(sql.SQL("select {} from {table}").format(wanted, **names))
            for frame in pieces(cursor):
                count += frame.height
                with out.copy("copy budgetperf_scored from stdin") as copy:
                    for row in scored_rows(key, frame, rules):
                        copy.write_row(row)
        out.execute(
            sql.SQL(
                "update {table} as held"
                " set computed_score = scored.computed_score, score_status = scored.score_status"
                " from budgetperf_scored as scored where held.{key} = scored.{key}"
                " and (held.computed_score, held.score_status)"
                " is distinct from (scored.computed_score, scored.score_status)"
            ).format(**names)
        )
        return count, out.rowcount


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("database", help='such as "host=localhost dbname=budget"')
    parser.add_argument("--table", default="indicators")
    parser.add_argument("--key", default="id", help="the primary key")
    parser.add_argument("--rules", default="yitihua-default")
    options = parser.parse_args()
    with psycopg.connect(options.database) as connection:
        try:
            count, changed = score_table(
                connection, options.table, key=options.key, rules=options.rules
            )
        except psycopg.errors.SerializationFailure:
            sys.exit("rows were changed meanwhile: nothing is written; run it again")
    print(f"{count:,} rows, {changed:,} changed")


if __name__ == "__main__":
    main()
