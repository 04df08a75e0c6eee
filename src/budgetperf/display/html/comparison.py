"""Reports side by side in a notebook."""

from __future__ import annotations

from budgetperf.display.words.comparison import comparison_cells, comparison_heads
from budgetperf.exact import Missing, Text, Undefined
from budgetperf.scoring.comparison import Compared, Comparison

from .markup import sheet, table, tag

__all__ = ["comparison_html"]


def comparison_html(comparison: Comparison, *, lang: str = "zh") -> str:
    """A table: a row for what is compared, a column for each report, and the changes."""
    notes = any(row.note for row in comparison.rows)
    number = len(comparison.names)
    kinds = ["bp-name", *["bp-number"] * number, *[""] * (number - 1), *["bp-rest"] * notes]
    title = Text(zh="报告对比", en="Reports side by side").pick(lang)
    return sheet(
        tag("p", title, cls="bp-title"),
        table(
            comparison_heads(comparison, lang),
            [_cells(row, lang, notes=notes) for row in comparison.rows],
            kinds=kinds,
        ),
        lang=lang,
    )


def _cells(row: Compared, lang: str, *, notes: bool) -> list[str]:
    """The cells, of which the reasons why there is no figure wrap where numbers do not."""
    title, *cells = comparison_cells(row, lang, notes=notes)
    absent = [isinstance(value, (Missing, Undefined)) for value in row.values]
    values, others = cells[: len(absent)], cells[len(absent) :]
    shown = (
        tag("span", cell, cls="bp-none") if is_absent else cell
        for cell, is_absent in zip(values, absent, strict=True)
    )
    return [title, *shown, *others]
