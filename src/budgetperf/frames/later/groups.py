"""What is said of rows that belong together, once a table is worked out: a row for each group."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Protocol, TypeAlias, cast

import attrs

from budgetperf.exact import BudgetperfError
from budgetperf.frames.engine import Frame, quoted
from budgetperf.frames.parts import HELPERS

from .duckdb import require_arrow
from .work import NO_PYTHON, asks_python

__all__ = ["Rows", "grouped"]

Rows: TypeAlias = "list[dict[str, str | None]]"
"""The cells of rows by header."""

_Cells: TypeAlias = "Mapping[str, str | None]"


@attrs.frozen(kw_only=True)
class _Groups:
    """What a group of rows is, and what is said of it."""

    keys: tuple[str, ...]
    headers: tuple[str, ...]
    answer_headers: tuple[str, ...]
    answer: Callable[[Rows], _Cells]

    def of(self, rows: Rows) -> dict[str, str | None]:
        """The row of a group: what its rows agree in, and what is said of them."""
        held, answer = rows[0], self.answer(rows)
        return {name: held[name] if name in self.keys else answer[name] for name in self.added}

    @property
    def added(self) -> tuple[str, ...]:
        """The columns that come about."""
        return (*self.keys, *self.answer_headers)


def grouped(
    frame: Frame,
    keys: Sequence[str],
    answer_headers: Sequence[str],
    answer: Callable[[Rows], _Cells],
) -> object:
    """A table with a row of text for each group of rows, as its engine holds it.

    Args:
        frame: a table of text that is worked out later.
        keys: the headers in which the rows of a group agree; these columns stay.
        answer_headers: the headers of what is said.
        answer: what is said of the rows of a group.

    Raises:
        BudgetperfError: the engine has nothing for functions of Python.
        MissingExtraError: what the engine needs for that is not installed.
    """
    headers = tuple(frame.collect_schema().names())
    groups = _Groups(
        keys=tuple(keys), headers=headers, answer_headers=tuple(answer_headers), answer=answer
    )
    native, engine = frame.to_native(), frame.implementation
    if engine.is_polars():
        return _by_polars(cast("_PolarsLazy", native), groups)
    if engine.is_duckdb():
        require_arrow()
        return _by_duckdb(cast("_Relation", native), groups)
    if not asks_python(frame):
        raise BudgetperfError("lazy-table", NO_PYTHON, field="frame")
    return _by_spark(cast("_Spark", native), groups)


# Polars.


class _PolarsTable(Protocol):
    """What is used of a table of polars."""

    def to_dicts(self) -> Rows: ...


class _PolarsLazy(Protocol):
    """What is used of a lazy table of polars."""

    def map_batches(
        self,
        function: Callable[[_PolarsTable], object],
        /,
        *,
        schema: Mapping[str, object],
        streamable: bool,
    ) -> object: ...


def _by_polars(lazy: _PolarsLazy, groups: _Groups) -> object:
    pl = import_module("polars")
    schema = dict.fromkeys(groups.added, pl.String())

    def of_table(table: _PolarsTable) -> object:
        several = dict[tuple[str | None, ...], Rows]()
        for row in table.to_dicts():
            several.setdefault(tuple(row[key] for key in groups.keys), []).append(row)
        return pl.DataFrame([groups.of(rows) for rows in several.values()], schema=schema)

    return lazy.map_batches(of_table, schema=schema, streamable=False)


# Spark.


class _ArrowTable(Protocol):
    """What is used of a table of pyarrow: the rows of one group."""

    def to_pylist(self) -> Rows: ...


_OfGroup: TypeAlias = "Callable[[_ArrowTable], object]"


class _Grouped(Protocol):
    """What is used of a table of Spark by groups."""

    def applyInArrow(self, function: _OfGroup, schema: str, /) -> object: ...  # noqa: N802


class _Spark(Protocol):
    """What is used of a table of Spark."""

    def groupBy(self, *names: str) -> _Grouped: ...  # noqa: N802


def _by_spark(spark: _Spark, groups: _Groups) -> object:
    schema = ", ".join(f"`{name}` string" for name in groups.added)

    def of_group(table: _ArrowTable) -> object:
        pa = import_module("pyarrow")
        fields = [(name, pa.string()) for name in groups.added]
        return pa.Table.from_pylist([groups.of(table.to_pylist())], schema=pa.schema(fields))

    return spark.groupBy(*groups.keys).applyInArrow(of_group, schema)


# DuckDB.

_GROUP, _ROW = f"{HELPERS}group", f"{HELPERS}row"


class _Series(Protocol):
    """What is used of a column of pandas."""

    def tolist(self) -> list[list[Sequence[str]]]: ...


class _Pandas(Protocol):
    """What is used of a table of pandas, which functions of Python are given."""

    def __getitem__(self, name: str, /) -> _Series: ...


class _Relation(Protocol):
    """What is used of a relation of DuckDB."""

    def project(self, what: str, /) -> _Relation: ...
    def aggregate(self, what: str, by: str, /) -> _Relation: ...
    def order(self, by: str, /) -> _Relation: ...
    def map(
        self, function: Callable[[_Pandas], object], /, *, schema: Mapping[str, object]
    ) -> object: ...


def _by_duckdb(relation: _Relation, groups: _Groups) -> object:
    pd, module = import_module("pandas"), import_module("duckdb")
    keys = ", ".join(map(quoted, groups.keys))
    # A cell is told from one that is not there by what stands before it.
    cells = ", ".join(f"coalesce('=' || {quoted(header)}, '')" for header in groups.headers)
    rows = f"list([{cells}] order by {_ROW}) as {_GROUP}, min({_ROW}) as {_ROW}"
    numbered = relation.project(f"*, row_number() over () as {_ROW}")
    several = numbered.aggregate(f"{keys}, {rows}", keys).order(_ROW).project(_GROUP)

    def of_groups(table: _Pandas) -> object:
        answers = [
            groups.of(
                [
                    {h: c[1:] if c else None for h, c in zip(groups.headers, row, strict=True)}
                    for row in group
                ]
            )
            for group in table[_GROUP].tolist()
        ]
        columns = {
            name: pd.Series([row[name] for row in answers], dtype=object) for name in groups.added
        }
        return pd.DataFrame(columns)

    return several.map(of_groups, schema=dict.fromkeys(groups.added, module.sqltype("VARCHAR")))
