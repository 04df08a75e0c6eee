"""Files that polars reads and writes piece by piece."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol, cast

from .kinds import KINDS, Counted, Job, kind_of_file, watched

__all__ = ["by_polars"]


class _Grouped(Protocol):
    """What is used of a lazy table of polars by groups."""

    def len(self) -> _Lazy: ...


class _Table(Protocol):
    """What is used of a table of polars."""

    height: int

    def rows(self) -> list[tuple[object, object]]: ...
    def item(self) -> int: ...


class _Lazy(Protocol):
    """What is used of a lazy table of polars."""

    def collect_schema(self) -> Mapping[str, object]: ...
    def group_by(self, name: str, /) -> _Grouped: ...
    def select(self, what: object, /) -> _Lazy: ...
    def collect(self) -> _Table: ...
    def map_batches(
        self, function: Callable[[_Table], _Table], /, *, schema: object, streamable: bool
    ) -> _Lazy: ...


class _Polars(Protocol):
    """What is used of the module polars."""

    def len(self) -> object: ...


def by_polars(module: object, job: Job) -> Counted:
    """What polars makes of a file; it is never in memory as a whole."""
    kind = kind_of_file(job.output, KINDS)
    tables, rows, total = [_scanned(module, source) for source in job.sources], 0, 0
    if job.progress is not None:
        every = cast("_Polars", module).len()
        total = sum(table.select(every).collect().item() for table in tables)

        def counted(part: _Table) -> _Table:
            nonlocal rows
            rows += part.height
            return part

        tables = [
            table.map_batches(counted, schema=table.collect_schema(), streamable=True)
            for table in tables
        ]
    lazy = job.work(*tables)
    with watched(lambda: rows / max(total, 1), job.progress):
        getattr(lazy, f"sink_{kind}")(job.output)
    written = _scanned(module, job.output)
    there = [name for name in job.counted if name in written.collect_schema()]
    return {name: written.group_by(name).len().collect().rows() for name in there}


def _scanned(module: object, path: Path) -> _Lazy:
    kind = kind_of_file(path, KINDS)
    settings = {"infer_schema": False} if kind == "csv" else {}
    scan = getattr(module, f"scan_{kind}")
    return cast("_Lazy", scan(path, glob=False, **settings))  # 附表[1].csv is the name of one file
