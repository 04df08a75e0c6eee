"""Whole tables, worked on exactly by the engine that the user has: polars, pandas, pyarrow, DuckDB,
Spark.

The extra ``frames`` brings narwhals, by which every table is known. It makes the expressions, too,
except for polars, which is given its own, and DuckDB, which is given SQL. The engines are the
user's own. Nothing is imported before a table is given.
"""

from __future__ import annotations

from .checking.checks import check
from .checking.departments import check_departments
from .funding.rates import rates
from .scores import score
from .statuses import RowStatus
from .tidy.reports import from_tables
from .tidy.tables import Tables, TidyTable, to_tables

__all__ = [
    "RowStatus",
    "Tables",
    "TidyTable",
    "check",
    "check_departments",
    "from_tables",
    "rates",
    "score",
    "to_tables",
]
