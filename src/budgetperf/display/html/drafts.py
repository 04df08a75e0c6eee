"""Two drafts of a report in a notebook."""

from __future__ import annotations

from collections.abc import Iterator

from budgetperf.auditing.drafts import Drafts, Since
from budgetperf.display.words import heads
from budgetperf.display.words.decisions import LAPSED
from budgetperf.display.words.drafts import (
    FIGURES,
    change_cells,
    change_heads,
    finding_words,
    summary_words,
)
from budgetperf.exact import Text

from .markup import counted, label, sheet, table, tag

__all__ = ["drafts_html"]

_TONES = {Since.NEW: "bad", Since.STILL: "warn", Since.SETTLED: "good", Since.GONE: "open"}


def drafts_html(drafts: Drafts, *, lang: str = "zh") -> str:
    """What changed: figures, then findings that are new, still there, settled; then decisions."""
    return sheet(*_parts(drafts, lang), lang=lang)


def _parts(drafts: Drafts, lang: str) -> Iterator[str]:
    yield tag("p", Text(zh="两稿对比", en="two drafts").pick(lang), cls="bp-title")
    yield tag("p", summary_words(drafts).pick(lang))
    if drafts.figures:
        head = change_heads(lang)
        rows = [change_cells(change, lang) for change in drafts.figures]
        caption = counted(FIGURES, len(rows), lang)
        yield table(head, rows, caption=caption, kinds=("bp-name", "bp-number", "bp-number"))
    if drafts.findings:
        head = heads(lang, ("情况", "since"), ("结论", "finding"))
        rows_of_findings = [
            (
                label(each.since.label.pick(lang), _TONES[each.since]),
                finding_words(each, drafts).pick(lang),
            )
            for since in Since
            for each in drafts.having(since)
        ]
        caption = counted(Text(zh="结论", en="findings"), len(rows_of_findings), lang)
        yield table(head, rows_of_findings, caption=caption, kinds=("bp-short",))
    if drafts.lapsed:
        items = [tag("li", lapsed.message.pick(lang)) for lapsed in drafts.lapsed]
        yield tag("p", tag("b", counted(LAPSED, len(items), lang)))
        yield tag("ul", *items)
