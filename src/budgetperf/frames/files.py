"""Tables in files, worked on piece by piece."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Protocol, TypeAlias, cast

from budgetperf.exact import BudgetperfError, Text
from budgetperf.exact.text import MissingExtraError

__all__ = ["ENGINES", "Counts", "table_file"]

ENGINES = ("polars", "duckdb")
"""What may read and write the files."""


def table_file(
    source: Path,
    output: Path,
    /,
    *,
    work: Callable[[object], object],
    counted: Sequence[str],
    engine: str = "polars",
) -> Counts:
    """Write what a function makes of a table, such as :func:`budgetperf.frames.score`.

    The file is written beside its place first, so that what stands there is replaced whole or not
    at all.

    Args:
        source: ``.csv`` (UTF-8; every column is text), ``.parquet``, or ``.arrow`` (also
            ``.feather`` and ``.ipc``); with DuckDB ``.parquet``.
        output: the same kinds; with DuckDB ``.csv`` and ``.parquet``.
        work: the function; it is given a lazy table.
        counted: headers of columns of codes, of which those that come about are counted.
        engine: ``"polars"``, or ``"duckdb"`` for Parquet whose numbers are no text.

    Returns:
        How many rows there are of each code, by column.

    Raises:
        BudgetperfError: as the function raises; a file is of another kind, or it cannot be read or
            written.
        MissingExtraError: the engine is not installed.
    """
    if source.resolve() == output.resolve():
        message = Text(zh="结果不能写回原文件：请另起名", en="write the result to another file")
        raise BudgetperfError("same-file", message, field=str(output))
    held = _installed(engine)
    broken = _errors_of(held, engine)
    beside = output.with_name(f".{output.stem}.part{output.suffix}")
    try:
        found = _FILES[engine](held, source, beside, work, counted)
        beside.replace(output)
    except (OSError, broken) as error:
        first = (str(error).strip().splitlines() or [type(error).__name__])[0]
        message = Text(zh="无法读写：{}", en="cannot be read or written: {}").fill(first)
        raise BudgetperfError("cannot-process", message, field=str(source)) from None
    finally:
        beside.unlink(missing_ok=True)
    return {
        column: {str(code): int(cast("int", number)) for code, number in several}
        for column, several in found.items()
    }


Counts: TypeAlias = "dict[str, dict[str, int]]"
"""How many rows there are of each code, by column."""


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


_Found: TypeAlias = "dict[str, list[tuple[object, object]]]"
_Work: TypeAlias = "Callable[[object], object]"


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
    def rows(self) -> list[tuple[object, object]]: ...


class _Lazy(Protocol):
    def collect_schema(self) -> Mapping[str, object]: ...
    def group_by(self, name: str, /) -> _Grouped: ...
    def collect(self) -> _Table: ...


def _by_polars(
    pl: object, source: Path, output: Path, work: _Work, counted: Sequence[str]
) -> _Found:
    kind = _kind(output, _POLARS_KINDS)
    lazy = work(_scanned(pl, source))
    getattr(lazy, f"sink_{kind}")(output)
    written = _scanned(pl, output)
    there = [name for name in counted if name in written.collect_schema()]
    return {name: written.group_by(name).len().collect().rows() for name in there}


def _scanned(pl: object, path: Path) -> _Lazy:
    kind = _kind(path, _POLARS_KINDS)
    settings = {"infer_schema": False} if kind == "csv" else {}
    return cast("_Lazy", getattr(pl, f"scan_{kind}")(path, **settings))


class _Relation(Protocol):
    @property
    def columns(self) -> list[str]: ...
    def aggregate(self, what: str, /) -> _Relation: ...
    def fetchall(self) -> list[tuple[object, object]]: ...
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


def _by_duckdb(
    module: object, source: Path, output: Path, work: _Work, counted: Sequence[str]
) -> _Found:
    _kind(source, _DUCKDB_SOURCES, _READS)
    kind = _kind(output, _DUCKDB_KINDS)
    connection = cast("_DuckDB", module).connect()
    try:
        relation = cast("_Relation", work(connection.read_parquet(str(source))))
        if kind == "csv":
            relation.write_csv(str(output))
            written = connection.read_csv(str(output), all_varchar=True)
        else:
            relation.write_parquet(str(output))
            written = connection.read_parquet(str(output))
        there = [name for name in counted if name in written.columns]
        return {name: written.aggregate(f"{name}, count(*)").fetchall() for name in there}
    finally:
        connection.close()


_FILES: dict[str, Callable[[object, Path, Path, _Work, Sequence[str]], _Found]] = {
    "polars": _by_polars,
    "duckdb": _by_duckdb,
}
