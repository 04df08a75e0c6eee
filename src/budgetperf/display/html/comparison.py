"""Reports side by side in a notebook."""

from __future__ import annotations

from budgetperf.display.words.comparison import comparison_cells, comparison_heads
from budgetperf.exact import Text
from budgetperf.scoring.comparison import Comparison

from .markup import sheet, table, tag

__all__ = ["comparison_html"]


def comparison_html(comparison: Comparison, *, lang: str = "zh") -> str:
    """A table: a row for what is compared, a column for each report, and the changes."""
    notes = any(row.note for row in comparison.rows)
    number = len(comparison.names)
    kinds = ["", *["bp-number"] * number, *[""] * (number - 1), *["bp-rest"] * notes]
    title = Text(zh="报告对比", en="Reports side by side").pick(lang)
    return sheet(
        tag("p", title, cls="bp-title"),
        table(
            comparison_heads(comparison, lang),
            [comparison_cells(row, lang, notes=notes) for row in comparison.rows],
            kinds=kinds,
        ),
        lang=lang,
    )
