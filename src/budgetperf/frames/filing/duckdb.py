"""Files that DuckDB reads and writes piece by piece."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Protocol, Self, cast

from budgetperf.exact import Text
from budgetperf.exact.text import MissingExtraError
from budgetperf.frames.engine import quoted

from .csvs import headers_of
from .kinds import KINDS, Counted, Job, kind_of_file, watched

__all__ = ["by_duckdb"]


class _Reader(Protocol):
    """What is used of a reader of Arrow: batches of one schema."""

    schema: object

    def __iter__(self) -> Iterator[object]: ...


class _File(Protocol):
    """What is used of a file that Arrow writes batches to."""

    def __enter__(self) -> Self: ...
    def __exit__(self, *_: object) -> None: ...
    def write_batch(self, batch: object, /) -> None: ...


class _Files(Protocol):
    """What is used of pyarrow.ipc."""

    def new_file(self, path: str, schema: object, /) -> _File: ...


class _Datasets(Protocol):
    """What is used of pyarrow.dataset."""

    def dataset(self, path: Path, /, *, format: str) -> object: ...


class _Relation(Protocol):
    """What is used of a relation of DuckDB."""

    @property
    def columns(self) -> list[str]: ...
    def aggregate(self, what: str, /) -> _Relation: ...
    def fetchall(self) -> list[tuple[object, object]]: ...
    def write_csv(self, path: str, /) -> None: ...
    def write_parquet(self, path: str, /) -> None: ...
    def to_arrow_reader(self, rows: int, /) -> _Reader: ...


class _Connection(Protocol):
    """What is used of a connection of DuckDB."""

    def execute(self, statement: str, /) -> object: ...
    def query_progress(self) -> float: ...
    def close(self) -> None: ...
    def from_arrow(self, table: object, /) -> _Relation: ...
    def read_csv(
        self,
        path: str,
        /,
        *,
        columns: dict[str, str],
        auto_detect: bool,
        header: bool,
        **dialect: str,
    ) -> _Relation: ...
    def read_parquet(self, path: str, /) -> _Relation: ...


class _DuckDB(Protocol):
    """What is used of the module duckdb."""

    def connect(self) -> _Connection: ...


def by_duckdb(module: object, job: Job) -> Counted:
    """What DuckDB makes of a file; what does not fit into memory it puts on disk meanwhile."""
    kind = kind_of_file(job.output, KINDS)
    with _connected(cast("_DuckDB", module)) as connection:
        tables = [_read(connection, source) for source in job.sources]
        result = cast("_Relation", job.work(*tables))
        if job.progress is not None:
            for setting in _WATCHED:
                connection.execute(f"set {setting}")
        with watched(lambda: connection.query_progress() / 100, job.progress):
            _write(result, kind, job.output)
        written = _read(connection, job.output)
        there = [name for name in job.counted if name in written.columns]
        return {name: written.aggregate(f"{quoted(name)}, count(*)").fetchall() for name in there}


_WATCHED = ("enable_progress_bar = true", "enable_progress_bar_print = false")
"""Without the first DuckDB does not say how much is done; the second is our own bar's."""


@contextmanager
def _connected(module: _DuckDB) -> Generator[_Connection]:
    connection = module.connect()
    try:
        yield connection
    finally:
        connection.close()


_PRINTED = {"delimiter": ",", "quotechar": '"', "escapechar": '"'}
"""How a CSV is printed. DuckDB would guess by the first rows, and pass over some of them."""


def _read(connection: _Connection, path: Path) -> _Relation:
    match kind_of_file(path, KINDS):
        case "csv":
            texts = dict.fromkeys(headers_of(path), "VARCHAR")
            return connection.read_csv(
                str(path), columns=texts, auto_detect=False, header=True, **_PRINTED
            )
        case "parquet":
            return connection.read_parquet(str(path))
        case _:
            module = cast("_Datasets", _arrow("pyarrow.dataset"))
            return connection.from_arrow(module.dataset(path, format="ipc"))


def _write(result: _Relation, kind: str, path: Path) -> None:
    match kind:
        case "csv":
            result.write_csv(str(path))
        case "parquet":
            result.write_parquet(str(path))
        case _:
            module = cast("_Files", _arrow("pyarrow.ipc"))
            reader = result.to_arrow_reader(_ROWS)
            with module.new_file(str(path), reader.schema) as file:
                for batch in reader:
                    file.write_batch(batch)


_ROWS = 100_000


def _arrow(name: str) -> object:
    try:
        return import_module(name)
    except ImportError:
        message = Text(
            zh="DuckDB 读写 Arrow 文件需要 pyarrow：pip install pyarrow",
            en="DuckDB needs pyarrow for Arrow files: pip install pyarrow",
        )
        raise MissingExtraError("needs-pyarrow", message, field="engine") from None
