"""Reports side by side as plain data: schema ``budgetperf/comparison/1``."""

from __future__ import annotations

from budgetperf.exact import Missing, Text, Undefined, decimal_text
from budgetperf.exact.shown import Json
from budgetperf.scoring.comparison import (
    Compared,
    Comparison,
    Difference,
    Value,
    number_of,
    unit_of,
)

from .audit import text_data

__all__ = ["comparison_data"]


def comparison_data(comparison: Comparison) -> dict[str, Json]:
    """The comparison as plain data; numbers exact and in strings, each in its unit."""
    return {
        "schema": "budgetperf/comparison/1",
        "reports": [*comparison.names],
        "rows": [_row_data(row) for row in comparison.rows],
    }


def _row_data(row: Compared) -> dict[str, Json]:
    return {
        "key": row.key,
        "title": text_data(row.title),
        "values": [_value_data(*both) for both in zip(row.values, row.texts, strict=True)],
        "changes": [_change_data(difference) for difference in row.changes],
        "note": text_data(row.note) if row.note else None,
    }


def _value_data(value: Value, words: Text) -> dict[str, Json]:
    unit = unit_of(value)
    number = number_of(value, unit)
    return {
        "text": text_data(words),
        "value": None if number is None else decimal_text(number),
        "unit": None if number is None else unit.symbol,
        "missing": value.reason.value if isinstance(value, (Missing, Undefined)) else None,
    }


def _change_data(difference: Difference) -> dict[str, Json]:
    by, unit = difference.by, difference.unit
    return {
        "change": difference.change.value,
        "by": None if by is None else decimal_text(by / unit.scale),
        "unit": None if by is None else unit.symbol,
    }
