"""The engines that are installed: how a table comes into each, and its columns out of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import pytest

Lists = Mapping[str, list[Any]]


def optional(name: str) -> Any:
    """An engine, or ``None`` where it is not installed."""
    return import_module(name) if find_spec(name) else None


pl, pa, pd, duckdb = map(optional, ("polars", "pyarrow", "pandas", "duckdb"))


def of_polars(table: Any, names: Sequence[str]) -> Lists:
    held = table.collect() if isinstance(table, pl.LazyFrame) else table
    held = held if isinstance(held, pl.DataFrame) else pl.from_arrow(held)
    return {name: held[name].to_list() for name in names}


def of_pandas(table: Any, names: Sequence[str]) -> Lists:
    return {name: [None if pd.isna(v) else v for v in table[name]] for name in names}


def of_duckdb(relation: Any, names: Sequence[str]) -> Lists:
    rows = relation.select(", ".join(f'"{name}"' for name in names)).fetchall()
    return {name: [row[at] for row in rows] for at, name in enumerate(names)}


ENGINES: dict[str, tuple[Any, Callable[[Any], Any], Callable[[Any, Sequence[str]], Lists]]] = {
    "polars": (pl, lambda table: table, of_polars),
    "polars, lazy": (pl, lambda table: table.lazy(), of_polars),
    "pyarrow": (pl and pa, lambda table: table.to_arrow(), of_polars),
    "pandas": (pl and pd and pa, lambda table: table.to_arrow().to_pandas(), of_pandas),
    "pandas, arrow": (
        pl and pd and pa,
        lambda table: table.to_arrow().to_pandas(types_mapper=pd.ArrowDtype),
        of_pandas,
    ),
    "duckdb": (
        pl and duckdb and pa,
        lambda table: duckdb.from_arrow(table.to_arrow()),
        of_duckdb,
    ),
}


def engines(*, without: Sequence[str] = ()) -> pytest.MarkDecorator:
    """A test on every engine that is installed; it is skipped on the others, and says so."""
    return pytest.mark.parametrize(
        "engine",
        [
            pytest.param(
                name,
                marks=pytest.mark.skipif(
                    not held[0], reason=f"{name}: the engine is not installed"
                ),
            )
            for name, held in ENGINES.items()
            if name not in without
        ],
    )


def through(engine: str, table: Any, work: Callable[[Any], Any], names: Sequence[str]) -> Lists:
    """The columns that a function puts beside those of a table of polars, on an engine."""
    _, made, back = ENGINES[engine]
    given = made(table)
    result = work(given)
    assert type(result) is type(given)
    return back(result, names)
