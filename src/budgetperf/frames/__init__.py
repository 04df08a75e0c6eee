"""Whole tables, scored exactly on the engine that the user has: polars, pandas, pyarrow, DuckDB.

The extra ``frames`` brings narwhals, through which every engine is spoken to; the engines are the
user's own. Nothing is imported before a table is given.
"""

from __future__ import annotations

from .checking.checks import check
from .funding.rates import rates
from .scores import score
from .statuses import RowStatus

__all__ = ["RowStatus", "check", "rates", "score"]
