"""Two drafts of a report as plain text."""

from __future__ import annotations

from collections.abc import Iterator

from budgetperf.auditing.drafts import Drafts, Since
from budgetperf.display.words.decisions import LAPSED
from budgetperf.display.words.drafts import (
    FIGURES,
    change_cells,
    change_heads,
    finding_words,
    summary_words,
)
from budgetperf.exact.text import visible

from .lines import headline, wrapped
from .tables import table_text

__all__ = ["drafts_text"]


def drafts_text(drafts: Drafts, *, lang: str = "zh") -> str:
    """What changed: figures, then findings that are new, still there, settled; then decisions."""
    return "\n".join(map(visible, "\n".join(_lines(drafts, lang)).split("\n")))


def _lines(drafts: Drafts, lang: str) -> Iterator[str]:
    yield summary_words(drafts).pick(lang)
    if drafts.figures:
        yield ""
        yield headline(f"{FIGURES.pick(lang)} ({len(drafts.figures)})")
        rows = [tuple(change_heads(lang))]
        rows += [change_cells(change, lang) for change in drafts.figures]
        yield table_text(rows)
    for since in Since:
        findings = drafts.having(since)
        if findings:
            yield ""
            yield headline(f"{since.label.pick(lang)} ({len(findings)})")
            for each in findings:
                yield from wrapped(finding_words(each, drafts).pick(lang))
    if drafts.lapsed:
        yield ""
        yield headline(f"{LAPSED.pick(lang)} ({len(drafts.lapsed)})")
        for lapsed in drafts.lapsed:
            yield from wrapped(lapsed.message.pick(lang))
