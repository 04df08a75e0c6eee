"""Tables in files, scored piece by piece."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Protocol, cast

from budgetperf.exact import BudgetperfError, Text
from budgetperf.exact.text import MissingExtraError
from budgetperf.rules import RuleSet

from .scores import STATUS, score
from .statuses import RowStatus

__all__ = ["ENGINES", "score_file"]

ENGINES = ("polars", "duckdb")
"""What may read and write the files."""


def score_file(
    source: Path,
    output: Path,
    /,
    *,
    rules: RuleSet | str,
    engine: str = "polars",
    columns: Mapping[str, str] = MappingProxyType({}),
    places: Mapping[str, int] = MappingProxyType({}),
    direction: str | None = None,
    round_to: int | None = None,
) -> dict[RowStatus, int]:
    """Write a table with the score of every row beside it; see :func:`budgetperf.frames.score`.

    The file is written beside its place first, so that what stands there is replaced whole or not
    at all.

    Args:
        source: ``.csv`` (UTF-8; every column is text), ``.parquet``, or ``.arrow`` (also
            ``.feather`` and ``.ipc``); with DuckDB ``.parquet``.
        output: the same kinds; with DuckDB ``.csv`` and ``.parquet``.
        rules: a rule-set, or the id of one that is shipped.
        engine: ``"polars"``, or ``"duckdb"`` for Parquet whose targets, actual values and weights
            are no text.
        columns: as for :func:`budgetperf.frames.score`.
        places: likewise.
        direction: likewise.
        round_to: likewise.

    Returns:
        How many rows there are of each status.

    Raises:
        BudgetperfError: as for :func:`budgetperf.frames.score`; a file is of another kind, or it
            cannot be read or written.
        MissingExtraError: the engine is not installed.
    """
    if source.resolve() == output.resolve():
        message = Text(zh="结果不能写回原文件：请另起名", en="write the result to another file")
        raise BudgetperfError("same-file", message, field=str(output))
    held = _installed(engine)
    broken = _errors_of(held, engine)
    beside = output.with_name(f".{output.stem}.part{output.suffix}")

    def scored(table: object) -> object:
        return score(
            table,
            rules=rules,
            columns=columns,
            places=places,
            direction=direction,
            round_to=round_to,
        )

    try:
        found = _FILES[engine](held, source, beside, scored)
        beside.replace(output)
    except (OSError, broken) as error:
        first = (str(error).strip().splitlines() or [type(error).__name__])[0]
        message = Text(zh="无法读写：{}", en="cannot be read or written: {}").fill(first)
        raise BudgetperfError("cannot-process", message, field=str(source)) from None
    finally:
        beside.unlink(missing_ok=True)
    counts = {RowStatus(str(status)): int(cast("int", number)) for status, number in found}
    return {status: counts[status] for status in RowStatus if status in counts}


def _installed(engine: str) -> object:
    try:
        return import_module(engine)
    except ImportError:
        message = Text(
            zh="请先安装 {name}：pip install {name}", en="install {name} first: pip install {name}"
        )
        raise MissingExtraError("needs-engine", message.fill(name=engine), field="engine") from None


def _errors_of(held: object, engine: str) -> type[Exception]:
    exceptions = getattr(held, "exceptions", held)
    name = "PolarsError" if engine == "polars" else "Error"
    return cast("type[Exception]", getattr(exceptions, name))


_Counts = list[tuple[object, object]]
_Scored = Callable[[object], object]


_TAKES = Text(zh="可用 {}", en="takes {}")
_READS = Text(zh="只读取 {}", en="reads {}")


def _kind(path: Path, kinds: Mapping[str, str], takes: Text = _TAKES) -> str:
    kind = kinds.get(path.suffix.lower())
    if kind is None:
        message = Text(
            zh="不认识的文件种类：此引擎{}", en="a file of another kind: this engine {}"
        ).fill(takes.fill(" ".join(kinds)))
        raise BudgetperfError("other-kind", message, field=str(path))
    return kind


_POLARS_KINDS = {
    ".csv": "csv",
    ".parquet": "parquet",
    ".arrow": "ipc",
    ".feather": "ipc",
    ".ipc": "ipc",
}


class _Grouped(Protocol):
    def len(self) -> _Lazy: ...


class _Table(Protocol):
    def rows(self) -> _Counts: ...


class _Lazy(Protocol):
    def group_by(self, name: str, /) -> _Grouped: ...
    def collect(self) -> _Table: ...


def _by_polars(pl: object, source: Path, output: Path, scored: _Scored) -> _Counts:
    _kind(output, _POLARS_KINDS)
    lazy = scored(_scanned(pl, source))
    sink = getattr(lazy, f"sink_{_kind(output, _POLARS_KINDS)}")
    sink(output)
    return _scanned(pl, output).group_by(STATUS).len().collect().rows()


def _scanned(pl: object, path: Path) -> _Lazy:
    kind = _kind(path, _POLARS_KINDS)
    settings = {"infer_schema": False} if kind == "csv" else {}
    return cast("_Lazy", getattr(pl, f"scan_{kind}")(path, **settings))


class _Relation(Protocol):
    def aggregate(self, what: str, /) -> _Relation: ...
    def fetchall(self) -> _Counts: ...
    def write_csv(self, path: str, /) -> None: ...
    def write_parquet(self, path: str, /) -> None: ...


class _DuckDB(Protocol):
    def connect(self) -> _DuckDB: ...
    def close(self) -> None: ...
    def read_csv(self, path: str, /, *, all_varchar: bool) -> _Relation: ...
    def read_parquet(self, path: str, /) -> _Relation: ...


# CSV is read as text, which a relation cannot be scored by.
_DUCKDB_SOURCES = {".parquet": "parquet"}
_DUCKDB_KINDS = {".parquet": "parquet", ".csv": "csv"}


def _by_duckdb(module: object, source: Path, output: Path, scored: _Scored) -> _Counts:
    _kind(source, _DUCKDB_SOURCES, _READS)
    kind = _kind(output, _DUCKDB_KINDS)
    connection = cast("_DuckDB", module).connect()
    try:
        relation = cast("_Relation", scored(connection.read_parquet(str(source))))
        if kind == "csv":
            relation.write_csv(str(output))
            written = connection.read_csv(str(output), all_varchar=True)
        else:
            relation.write_parquet(str(output))
            written = connection.read_parquet(str(output))
        return written.aggregate(f"{STATUS}, count(*)").fetchall()
    finally:
        connection.close()


_FILES: dict[str, Callable[[object, Path, Path, _Scored], _Counts]] = {
    "polars": _by_polars,
    "duckdb": _by_duckdb,
}
