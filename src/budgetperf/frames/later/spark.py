"""Tables of Spark, whose workers are given functions of Python with Arrow data."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import import_module
from typing import Protocol, TypeAlias, cast

import attrs

from budgetperf.frames.engine import Eager, Narwhals
from budgetperf.frames.statuses import UNSAID

from .added import Work, statuses_of

__all__ = ["mapped", "mapped_where_unsaid"]


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


def mapped_where_unsaid(nw: Narwhals, native: object, work: Work) -> object:
    """A table of Spark with what expressions say, and with what is said of the rows that they
    leave over.

    Args:
        nw: narwhals.
        native: the table, with what is added.
        work: what is added.
    """
    spark = cast("_Spark", native)
    part = _Part(nw=nw, work=work)
    return spark.mapInArrow(part.where_unsaid, spark.schema)


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

    def where_unsaid(self, batches: Iterable[object]) -> Iterator[object]:
        """Batches of rows, with what is said of those of which nothing is said yet."""
        pa, pc = _arrow(), cast("_Compute", import_module("pyarrow.compute"))
        unsaid = pa.array([status.value for status in UNSAID])
        for batch in batches:
            held = cast("_Batch", batch)
            codes = (held.column(name) for name in statuses_of(self.work))
            where = functools.reduce(pc.or_, (pc.is_in(column, unsaid) for column in codes))
            if not pc.any(where).as_py():
                yield batch
                continue
            table = pa.Table.from_batches([batch])
            answers = self.of_group(table.filter(where).drop_columns(list(self.work.added)))
            for name in self.work.added:
                answer = answers.column(name).combine_chunks()
                column = pc.replace_with_mask(held.column(name), where, answer)
                table = table.set_column(table.column_names.index(name), name, column)
            yield from table.to_batches()

    def of_group(self, table: _Table) -> _Table:
        """Rows that belong together, with what is added, in the types that Spark has."""
        answered = self.work.of_table(cast("Eager", self.nw.from_native(table)))
        result = cast("_Table", answered.to_native())
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
    """What is used of a column of pyarrow."""

    def cast(self, kind: object, /) -> object: ...
    def combine_chunks(self) -> object: ...


class _Table(Protocol):
    """What is used of a table of pyarrow."""

    column_names: Sequence[str]
    columns: Sequence[_Column]

    def column(self, name: str, /) -> _Column: ...
    def append_column(self, name: str, column: object, /) -> _Table: ...
    def set_column(self, at: int, name: str, column: object, /) -> _Table: ...
    def drop_columns(self, names: Sequence[str], /) -> _Table: ...
    def filter(self, where: object, /) -> _Table: ...
    def to_batches(self) -> list[object]: ...


class _Batch(Protocol):
    """What is used of a batch of rows."""

    def column(self, name: str, /) -> object: ...


class _Scalar(Protocol):
    """What is used of a single value of pyarrow."""

    def as_py(self) -> bool: ...


class _Compute(Protocol):
    """What is used of pyarrow.compute."""

    def is_in(self, column: object, values: object, /) -> object: ...
    def or_(self, mask: object, other: object, /) -> object: ...
    def any(self, column: object, /) -> _Scalar: ...
    def replace_with_mask(
        self, column: object, where: object, replacements: object, /
    ) -> object: ...


class _Tables(Protocol):
    """What is used of the class of the tables of pyarrow."""

    def from_batches(self, batches: Sequence[object], /) -> _Table: ...


class _Arrow(Protocol):
    """What is used of the module pyarrow."""

    Table: _Tables

    def array(self, values: Sequence[str], /) -> object: ...
    def string(self) -> object: ...
    def decimal128(self, precision: int, scale: int, /) -> object: ...


class _Schema(Protocol):
    """What is used of a schema of Spark."""

    fields: Sequence[object]

    def __init__(self, fields: Sequence[object], /) -> None: ...
    def add(self, name: str, kind: str, /) -> _Schema: ...


_OfGroup: TypeAlias = "Callable[[_Table], _Table]"


class _Grouped(Protocol):
    """What is used of a table of Spark by groups."""

    def applyInArrow(self, function: _OfGroup, schema: object, /) -> object: ...  # noqa: N802


class _Spark(Protocol):
    """What is used of a table of Spark."""

    schema: _Schema

    def groupBy(self, *names: str) -> _Grouped: ...  # noqa: N802
    def mapInArrow(  # noqa: N802
        self, function: Callable[[Iterable[object]], Iterator[object]], schema: object, /
    ) -> object: ...
