"""Receipts, and results that were repeated, as plain text."""

from __future__ import annotations

from budgetperf.display.words.receipt import receipt_facts, verification_rows, verification_title
from budgetperf.receipts import Receipt, Verification

from .lines import joined_lines
from .tables import table_text

__all__ = ["receipt_text", "verification_text"]


def receipt_text(receipt: Receipt, *, lang: str) -> str:
    """Everything in the receipt, a fact a line."""
    rows: list[tuple[str, ...]] = [
        (label.pick(lang) if number == 0 else "", line.pick(lang))
        for label, lines in receipt_facts(receipt)
        for number, line in enumerate(lines)
    ]
    return table_text(rows)


def verification_text(done: Verification, *, lang: str) -> str:
    """Whether the result is that of the receipt, then what takes part, one a line."""
    rows = [tuple(cell.pick(lang) for cell in row) for row in verification_rows(done)]
    title = verification_title(done).pick(lang)
    return joined_lines([title, *(f"  {line}" for line in table_text(rows).split("\n"))])
