"""The recipe for databases, on a server of PostgreSQL that is started for it."""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import budgetperf as bp

REASON = "the recipe needs polars and psycopg: pip install 'budgetperf[frames]' polars psycopg"
psycopg: Any = pytest.importorskip("psycopg", reason=REASON)
pytest.importorskip("narwhals", reason=REASON)
pytest.importorskip("polars", reason=REASON)

EXAMPLE = Path(__file__).parents[2] / "examples" / "database.py"
RULES = "yitihua-default"


@pytest.fixture(scope="module")
def recipe() -> Any:
    spec = importlib.util.spec_from_file_location("database", EXAMPLE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def programs() -> Path | None:
    """Where those of PostgreSQL are."""
    there = [Path("/usr/lib/postgresql").glob("*/bin/initdb"), [Path(shutil.which("initdb") or "")]]
    return next((path.parent for several in there for path in several if path.is_file()), None)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of a server without a network, which goes when the tests have run."""
    bin = programs()
    if bin is None:
        pytest.skip("PostgreSQL is not installed")
    user: str | None = None  # it refuses to run as root
    if os.getuid() == 0:
        user = "postgres"
        try:
            pwd.getpwnam(user)
        except KeyError:
            pytest.skip("there is no user to run PostgreSQL as")
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    if user:
        shutil.chown(folder, user)
    data = folder / "data"

    def run(*words: str) -> None:
        subprocess.run(words, check=True, user=user, cwd=folder, stdout=subprocess.DEVNULL)

    try:
        flags = ["-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-locale", "--no-sync"]
        run(str(bin / "initdb"), "-D", str(data), *flags)
        options = f"-c listen_addresses= -c fsync=off -k {folder}"
        log = ["-l", str(folder / "log")]
        run(str(bin / "pg_ctl"), "-D", str(data), "-w", "-o", options, *log, "start")
        yield f"host={folder} user=postgres dbname=postgres"
        run(str(bin / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)


ROWS = [
    ("90.00", "81.00", "20.0", "≥"),
    ("353.21", "355.55", "10.0", "≤"),
    ("5.00", None, "10.0", "≥"),
    ("9999999999999999.99", "9999999999999999.98", "100.0", "≥"),
    ("3.00", "1.00", "10.0", "="),
    ("0.00", "0.00", "5.0", "≥"),
    ("NaN", "1.00", "5.0", "≥"),
    ("1.00", "NaN", "5.0", "≥"),
    ("8.00", "1.00", "0.1", "≥"),
]


@pytest.fixture
def table(server: str) -> Iterator[str]:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(
            """create table "self evaluation" (id bigint primary key, 指标值 numeric(18, 2),
            实际完成值 numeric(18, 2), 分值 numeric(5, 1), 符号 text,
            computed_score numeric(18, 2), score_status text)"""
        )
        connection.cursor().executemany(
            """insert into "self evaluation" values (%s, %s, %s, %s, %s)""",
            [(number, *row) for number, row in enumerate(ROWS)],
        )
        yield "self evaluation"
        connection.execute('drop table "self evaluation"')


def scored(server: str, what: str = "computed_score, score_status") -> list[tuple[Any, ...]]:
    with psycopg.connect(server) as connection:
        query = f'select {what} from "self evaluation" order by id'  # noqa: S608
        rows = connection.execute(query).fetchall()
        return list(rows)


def due(target: str, actual: str | None, weight: str, sign: str) -> tuple[Decimal | None, str]:
    """By the function for single rows."""
    if "NaN" in (target, actual):
        return None, "open" if target == "NaN" else "missing"  # read as print
    if actual is None:
        return None, "missing"
    line = bp.score(target=f"{sign}{target}", actual=actual, weight=weight, rules=RULES)
    assert line.score is not None
    number = line.score.value
    return Decimal(number.numerator) / number.denominator, "ok"


@pytest.mark.parametrize("piece", [3, 50_000])
def test_every_score_is_that_of_the_row_alone(
    recipe: Any, server: str, table: str, piece: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recipe, "PIECE", piece)
    with psycopg.connect(server) as connection:
        assert recipe.score_table(connection, table, key="id", rules=RULES) == (9, 9)
        assert recipe.score_table(connection, table, key="id", rules=RULES) == (9, 0)
    assert scored(server) == [due(*row) for row in ROWS]


def test_what_somebody_else_changes_meanwhile_is_not_overwritten(
    recipe: Any, server: str, table: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows_of = recipe.scored_rows

    def meanwhile(*arguments: Any) -> Any:
        with psycopg.connect(server) as other:
            other.execute('update "self evaluation" set 实际完成值 = 90 where id = 0')
        return rows_of(*arguments)

    monkeypatch.setattr(recipe, "scored_rows", meanwhile)
    with psycopg.connect(server) as connection, pytest.raises(psycopg.errors.SerializationFailure):
        recipe.score_table(connection, table, key="id", rules=RULES)
    assert set(scored(server)) == {(None, None)}
    assert scored(server, "实际完成值")[0] == (Decimal("90.00"),)


def test_text_and_numbers_without_declared_places(recipe: Any, server: str, table: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute('alter table "self evaluation" alter 指标值 type text')
        connection.execute('alter table "self evaluation" alter 实际完成值 type numeric')
        connection.execute("""update "self evaluation" set 指标值 = '≥90%', 实际完成值 = 45.5""")
        connection.execute("""update "self evaluation" set 指标值 = '≥91' where id = 0""")
        recipe.score_table(connection, table, key="id", rules=RULES)
    assert scored(server)[0] == (Decimal("10.00"), "ok")
    assert scored(server)[1] == (None, "direction-mismatch")


def test_floats_are_refused_and_decimals_keep_their_places(recipe: Any) -> None:
    names, scales = ["a", "b"], [2, None]
    frame = recipe.frame_of(names, scales, [(Decimal("9E+1"), "x"), (None, None), (3, "y")])
    assert frame.rows() == [(Decimal("90.00"), "x"), (None, None), (Decimal("3.00"), "y")]
    assert frame.schema["a"].scale == 2
    frame = recipe.frame_of(names, scales, [(Decimal("0.125"), Decimal("1E+2"))])
    assert frame.rows() == [("0.125", "100")]
    with pytest.raises(TypeError, match="a: floats"):
        recipe.frame_of(names, scales, [(0.1, "x")])
