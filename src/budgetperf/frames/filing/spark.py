"""Files that Spark reads and writes, on a cluster or by Sail in this process."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol, cast

from .kinds import KINDS, Counted, Job, Progress, kind_of_file

__all__ = ["by_spark"]

_KINDS = {end: kind for end, kind in KINDS.items() if kind != "ipc"}


class _Writer(Protocol):
    """What is used of how Spark writes a table."""

    def csv(self, path: str, /, *, header: bool, **printed: str | bool) -> None: ...
    def parquet(self, path: str, /) -> None: ...


class _Counts(Protocol):
    """What is used of a table of Spark with a row for each group."""

    def collect(self) -> list[tuple[object, object]]: ...


class _Grouped(Protocol):
    """What is used of a table of Spark by groups."""

    def count(self) -> _Counts: ...


class _Table(Protocol):
    """What is used of a table of Spark."""

    @property
    def columns(self) -> list[str]: ...
    @property
    def write(self) -> _Writer: ...
    def groupBy(self, name: str, /) -> _Grouped: ...  # noqa: N802 - as it is called
    def isEmpty(self) -> bool: ...  # noqa: N802
    def limit(self, rows: int, /) -> _Table: ...
    def toArrow(self) -> object: ...  # noqa: N802


class _Reader(Protocol):
    """What is used of how Spark reads files."""

    def csv(
        self,
        path: str,
        /,
        *,
        header: bool,
        inferSchema: bool,  # noqa: N803 - as it is called
        multiLine: bool,  # noqa: N803
        **printed: str | bool,
    ) -> _Table: ...
    def parquet(self, path: str, /) -> _Table: ...


class _Stage(Protocol):
    """What is used of a stage of a job: how many of its tasks are done."""

    num_tasks: int
    num_completed_tasks: int


class _Session(Protocol):
    """What is used of a session of Spark."""

    @property
    def read(self) -> _Reader: ...
    def stop(self) -> None: ...


class _Handlers(Protocol):
    """What is used of a session that tells how far a job is."""

    def registerProgressHandler(self, handler: Callable[..., None], /) -> None: ...  # noqa: N802
    def removeProgressHandler(self, handler: Callable[..., None], /) -> None: ...  # noqa: N802


class _Server(Protocol):
    """What is used of the server of Sail in this process."""

    listening_address: tuple[str, int]

    def start(self) -> None: ...
    def stop(self) -> None: ...


def by_spark(_: object, job: Job) -> Counted:
    """What Spark makes of a file: a folder of that name with the parts, as it writes them.

    The session is that of ``SPARK_REMOTE``, such as ``sc://host:15002``, to which the paths mean
    what they mean here; without it that of Sail where it is installed, or else one of Spark's own.
    """
    kind = kind_of_file(job.output, _KINDS)
    sources = [(kind_of_file(source, _KINDS), source) for source in job.sources]
    with _session() as session:
        tables = [_read(session, held, source) for held, source in sources]
        result = cast("_Table", job.work(*tables))
        with _told(session, job.progress):
            if kind == "csv":
                result.write.csv(str(job.output.resolve()), header=True, **_PRINTED)
            else:
                result.write.parquet(str(job.output.resolve()))
        if not job.output.exists() and result.isEmpty():
            _write_none(result, kind, job.output)
            return {name: [] for name in job.counted if name in result.columns}
        written = _read(session, kind, job.output)
        there = [name for name in job.counted if name in written.columns]
        return {name: [(*row,) for row in _counts(written, name)] for name in there}


def _write_none(table: _Table, kind: str, folder: Path) -> None:
    """The columns of a table without rows, of which Sail writes nothing at all."""
    folder.mkdir()
    held, part = table.limit(0).toArrow(), str(folder / f"part-0.{kind}")
    module = import_module(f"pyarrow.{kind}")
    (module.write_csv if kind == "csv" else module.write_table)(held, part)


def _counts(table: _Table, name: str) -> list[tuple[object, object]]:
    return table.groupBy(name).count().collect()


_PRINTED: dict[str, str | bool] = {
    "escape": '"',
    "ignoreLeadingWhiteSpace": False,
    "ignoreTrailingWhiteSpace": False,
}
"""How a CSV is printed. By itself Spark takes a backslash for the sign before a quote, ends a row
within quotes, and strips what it writes."""


def _read(session: _Session, kind: str, path: Path) -> _Table:
    place = str(path.resolve())
    if kind == "csv":
        return session.read.csv(place, header=True, inferSchema=False, multiLine=True, **_PRINTED)
    return session.read.parquet(place)


@contextmanager
def _session() -> Generator[_Session]:
    builder = import_module("pyspark.sql").SparkSession.builder
    if os.environ.get("SPARK_REMOTE") or find_spec("pysail") is None:
        session = cast("_Session", builder.getOrCreate())
        try:
            yield session
        finally:
            session.stop()
        return
    server = cast("_Server", import_module("pysail.spark").SparkConnectServer())
    server.start()
    try:
        session = cast(
            "_Session", builder.remote(f"sc://localhost:{server.listening_address[1]}").create()
        )
        try:
            yield session
        finally:
            session.stop()
    finally:
        server.stop()


@contextmanager
def _told(session: _Session, progress: Progress | None) -> Generator[None]:
    """How much is done is told where the session tells it."""
    handlers = cast("_Handlers", session)
    if progress is None or not hasattr(session, "registerProgressHandler"):
        yield
        return

    def tell(stages: Sequence[_Stage] | None = None, **_: object) -> None:
        tasks = sum(stage.num_tasks for stage in stages or ())
        done = sum(stage.num_completed_tasks for stage in stages or ())
        progress(done / tasks if tasks else 0.0)

    handlers.registerProgressHandler(tell)
    try:
        yield
    finally:
        handlers.removeProgressHandler(tell)
    progress(1.0)
