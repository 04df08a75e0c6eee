"""Tables of Spark, whose workers are given functions of Python with Arrow data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import import_module
from typing import Protocol, TypeAlias, cast

import attrs

from budgetperf.frames.engine import Eager, Narwhals

from .added import Work

__all__ = ["mapped"]


def mapped(nw: Narwhals, native: object, work: Work, together: Sequence[str]) -> object:
    """A table of Spark with what is added, once it is worked out.

    The workers import this library: on a cluster it is installed on each of them.

    Args:
        nw: narwhals.
        native: the table.
        work: what is added.
        together: the headers by which rows belong together.
    """
    spark = cast("_Spark", native)
    schema = spark.schema
    # A schema of its own: adding to that of the table would change the table's.
    held = type(schema)(list(schema.fields))
    for name, decimals in work.added.items():
        kind = "string" if decimals is None else "decimal({}, {})".format(*decimals)
        held = held.add(name, kind)
    part = _Part(nw=nw, work=work)
    if together:
        keys = (f"`{_quoted(name)}`" for name in together)

        def of_group(table: _Table) -> _Table:  # of one argument, as Spark counts them
            return part.of_group(table)

        return spark.groupBy(*keys).applyInArrow(of_group, held)
    return spark.mapInArrow(part.of_batches, held)


def _quoted(name: str) -> str:
    return name.replace("`", "``")


@attrs.frozen(kw_only=True)
class _Part:
    """What a worker is given to do."""

    nw: Narwhals
    work: Work

    def of_batches(self, batches: Iterable[object]) -> Iterator[object]:
        """Batches of rows, each with what is added."""
        pa = _arrow()
        for batch in batches:
            yield from self.of_group(pa.Table.from_batches([batch])).to_batches()

    def of_group(self, table: _Table) -> _Table:
        """Rows that belong together, with what is added, in the types that Spark has."""
        found = self.work.of_table(cast("Eager", self.nw.from_native(table)))
        result = cast("_Table", found.to_native())
        names, held = result.column_names, list(result.columns)
        columns = [
            held[names.index(name)].cast(self._type(decimals))
            for name, decimals in self.work.added.items()
        ]
        for name, column in zip(self.work.added, columns, strict=True):
            table = table.append_column(name, column)
        return table

    @staticmethod
    def _type(decimals: tuple[int, int] | None) -> object:
        pa = _arrow()
        return pa.string() if decimals is None else pa.decimal128(*decimals)


def _arrow() -> _Arrow:
    return cast("_Arrow", import_module("pyarrow"))


class _Column(Protocol):
    def cast(self, kind: object, /) -> object: ...


class _Table(Protocol):
    column_names: Sequence[str]
    columns: Sequence[_Column]

    def append_column(self, name: str, column: object, /) -> _Table: ...
    def to_batches(self) -> list[object]: ...


class _Tables(Protocol):
    def from_batches(self, batches: Sequence[object], /) -> _Table: ...


class _Arrow(Protocol):
    Table: _Tables

    def string(self) -> object: ...
    def decimal128(self, precision: int, scale: int, /) -> object: ...


class _Schema(Protocol):
    fields: Sequence[object]

    def __init__(self, fields: Sequence[object], /) -> None: ...
    def add(self, name: str, kind: str, /) -> _Schema: ...


_OfGroup: TypeAlias = "Callable[[_Table], _Table]"


class _Grouped(Protocol):
    def applyInArrow(self, function: _OfGroup, schema: object, /) -> object: ...  # noqa: N802


class _Spark(Protocol):
    schema: _Schema

    def groupBy(self, *names: str) -> _Grouped: ...  # noqa: N802
    def mapInArrow(  # noqa: N802
        self, function: Callable[[Iterable[object]], Iterator[object]], schema: object, /
    ) -> object: ...
