"""Tables that are worked out later, each by what its engine has for functions of Python."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from budgetperf.exact import BudgetperfError, Text
from budgetperf.frames.engine import Frame, Lazy, Narwhals

from .added import Work
from .duckdb import has_arrow, joined, joined_where_unsaid
from .polars import batched
from .spark import mapped, mapped_where_unsaid

__all__ = ["NO_PYTHON", "asks_python", "completed", "worked_later"]


def asks_python(frame: Frame) -> bool:
    """Whether the engine of a table that is worked out later calls functions of Python."""
    engine = frame.implementation
    return engine.is_polars() or engine.is_duckdb() or hasattr(frame.to_native(), "mapInArrow")


def worked_later(nw: Narwhals, frame: Frame, work: Work, together: Sequence[str] = ()) -> object:
    """The table as its engine holds it, with what is added once it is worked out.

    Args:
        nw: narwhals.
        frame: the table.
        work: what is added.
        together: the headers by which rows belong together: they are given to it at once.

    Raises:
        BudgetperfError: its engine has nothing for functions of Python.
        MissingExtraError: what the engine needs for that is not installed.
    """
    if not asks_python(frame):
        raise BudgetperfError("lazy-table", NO_PYTHON, field="frame")
    native, engine = frame.to_native(), frame.implementation
    if engine.is_polars():
        return batched(native, work.of_table, work.added, nw, in_parts=not together)
    if engine.is_duckdb():
        return joined(nw, cast("Lazy", frame), work, together)
    return mapped(nw, native, work, together)


def completed(nw: Narwhals, with_expressions: Lazy, work: Work, left: Lazy) -> object:
    """The table as its engine holds it, with the rows that no expression works out.

    Args:
        nw: narwhals.
        with_expressions: the table with what expressions say beside its columns.
        work: what is to be said; only of rows that are left over it is asked.
        left: the rows that may be left over, and the columns that are given.

    Returns:
        The same, once it is worked out; as it is given of an engine that calls no functions of
        Python, or of DuckDB without what it calls them by: the statuses of such rows say so.
    """
    native = with_expressions.to_native()
    if with_expressions.implementation.is_duckdb():
        return joined_where_unsaid(nw, with_expressions, work, left) if has_arrow() else native
    return mapped_where_unsaid(nw, native, work) if asks_python(with_expressions) else native


NO_PYTHON = Text(
    zh="此引擎的惰性表不能调用 Python 函数：请先取出（如 collect()）再计算",
    en="the engine of this table calls no functions of Python: fetch the table first (such as by "
    "collect())",
)
