"""Cells in columns, for plain text."""

from __future__ import annotations

from budgetperf.exact import columns, padded
from budgetperf.exact.text import visible

__all__ = ["table_text"]


def table_text(rows: list[tuple[str, ...]]) -> str:
    """Cells in columns, a row a line."""
    rows = [tuple(map(visible, row)) for row in rows]
    widths = [max(columns(row[i]) for row in rows) for i in range(len(rows[0]))]
    return "\n".join(
        "  ".join(padded(cell, width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )
