"""Reports side by side as plain text."""

from __future__ import annotations

from budgetperf.display.words.comparison import comparison_cells, comparison_heads
from budgetperf.exact import columns, padded
from budgetperf.exact.text import visible
from budgetperf.scoring.comparison import Comparison

__all__ = ["comparison_text"]


def comparison_text(comparison: Comparison, *, lang: str = "zh") -> str:
    """A table: a line for what is compared, a column for each report, and the changes."""
    notes = any(row.note for row in comparison.rows)
    lines = [comparison_heads(comparison, lang)]
    lines += [comparison_cells(row, lang, notes=notes) for row in comparison.rows]
    shown = [list(map(visible, line)) for line in lines]
    widths = [max(map(columns, cells)) for cells in zip(*shown, strict=True)]
    return "\n".join(
        "  ".join(padded(cell, width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in shown
    )
