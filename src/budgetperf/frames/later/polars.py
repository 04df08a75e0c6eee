"""A lazy table of polars, whose rows go through the same as those of a table that is there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Protocol, cast

from budgetperf.frames.engine import Eager, Narwhals

from .added import Added

__all__ = ["batched"]


def batched(
    frame: object,
    of_table: Callable[[Eager], Eager],
    added: Added,
    nw: Narwhals,
    *,
    in_parts: bool = True,
) -> object:
    """The lazy table with what is added to each part of it when it is collected.

    Args:
        frame: a ``LazyFrame`` of polars.
        of_table: what adds the columns to a table that is there.
        added: the columns.
        nw: narwhals.
        in_parts: whether the table may be worked on in parts.
    """
    pl = import_module("polars")
    lazy = cast("_PolarsLazy", frame)
    types = {
        name: pl.String() if decimals is None else pl.Decimal(*decimals)
        for name, decimals in added.items()
    }

    def of_batch(table: object) -> object:
        return of_table(cast("Eager", nw.from_native(table))).to_native()

    schema = {**lazy.collect_schema(), **types}
    return lazy.map_batches(of_batch, schema=schema, streamable=in_parts)


class _PolarsLazy(Protocol):
    """What is used of a lazy table of polars."""

    def collect_schema(self) -> Mapping[str, object]: ...
    def map_batches(
        self,
        function: Callable[[object], object],
        /,
        *,
        schema: Mapping[str, object],
        streamable: bool,
    ) -> object: ...
