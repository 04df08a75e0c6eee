"""Reports side by side as plain text."""

from __future__ import annotations

from budgetperf.display.words.comparison import comparison_cells, comparison_heads
from budgetperf.scoring.comparison import Comparison

from .tables import table_text

__all__ = ["comparison_text"]


def comparison_text(comparison: Comparison, *, lang: str = "zh") -> str:
    """A table: a line for what is compared, a column for each report, and the changes."""
    notes = any(row.note for row in comparison.rows)
    lines = [comparison_heads(comparison, lang)]
    lines += [comparison_cells(row, lang, notes=notes) for row in comparison.rows]
    return table_text(list(map(tuple, lines)))
