"""Reports side by side, in words: the same for plain text and for notebooks."""

from __future__ import annotations

from itertools import pairwise

from budgetperf.exact import Text
from budgetperf.scoring.comparison import Compared, Comparison

__all__ = ["comparison_cells", "comparison_heads"]

_CHANGE = Text(zh="变化", en="change")
_AGAINST = Text(zh="{} 比 {}", en="{} against {}")
_NOTE = Text(zh="备注", en="note")


def comparison_heads(comparison: Comparison, lang: str) -> list[str]:
    """The heads of the table: the reports, the changes, and a note if there is any."""
    names = comparison.names
    changes = [_CHANGE] if len(names) == 2 else _against(names)
    notes = [_NOTE] if any(row.note for row in comparison.rows) else []
    return ["", *names, *(head.pick(lang) for head in (*changes, *notes))]


def _against(names: tuple[str, ...]) -> list[Text]:
    return [_AGAINST.fill(after, before) for before, after in pairwise(names)]


def comparison_cells(row: Compared, lang: str, *, notes: bool) -> list[str]:
    """The cells of a row, in the order of the heads."""
    texts = [*row.texts, *(difference.text for difference in row.changes)]
    texts += [row.note] if notes else []
    return [row.title.pick(lang), *(cell.pick(lang) for cell in texts)]
