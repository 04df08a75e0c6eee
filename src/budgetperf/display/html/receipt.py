"""Receipts, and results that were repeated, in a notebook."""

from __future__ import annotations

from budgetperf.display.words import heads
from budgetperf.display.words.receipt import (
    receipt_facts,
    receipt_line,
    verification_rows,
    verification_title,
)
from budgetperf.exact import Text
from budgetperf.receipts import Receipt, Verification

from .markup import Markup, facts, joined, label, sheet, table, tag

__all__ = ["receipt_html", "receipt_note", "verification_html"]


def receipt_note(receipt: Receipt | None, lang: str) -> Markup:
    """The receipt in one line, below what it is for; nothing where there is none."""
    if receipt is None:
        return Markup()
    return tag("p", receipt_line(receipt).pick(lang), cls="bp-soft")


def receipt_html(receipt: Receipt, *, lang: str = "zh") -> str:
    """Everything in the receipt as HTML."""
    rows = (
        (name.pick(lang), joined((line.pick(lang) for line in lines), "\n"))
        for name, lines in receipt_facts(receipt)
    )
    title = Text(zh="凭据", en="Receipt").pick(lang)
    return sheet(tag("p", title, cls="bp-title"), facts(rows), lang=lang)


def verification_html(done: Verification, *, lang: str = "zh") -> str:
    """Whether the result is that of the receipt as HTML, and what takes part."""
    title = tag("p", verification_title(done).pick(lang), cls="bp-title")
    head = heads(lang, ("比对的内容", "compared"), ("结论", "outcome"), ("内容", "what it is"))
    rows = [
        [
            aspect.pick(lang),
            label(outcome.pick(lang), "good" if same else "warn" if done.holds else "bad"),
            detail.pick(lang),
        ]
        for (aspect, outcome, detail), same in zip(
            verification_rows(done), done.compared.values(), strict=True
        )
    ]
    return sheet(title, table(head, rows, kinds=("bp-name", "bp-short", "bp-rest")), lang=lang)
