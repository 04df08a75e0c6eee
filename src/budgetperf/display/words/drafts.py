"""Two drafts in words: the same for plain text and for notebooks."""

from __future__ import annotations

from budgetperf.auditing.drafts import DraftFinding, Drafts, Redrawn, Since
from budgetperf.display.words import heads
from budgetperf.display.words.decisions import decision_text
from budgetperf.exact import NO_WORDS, Text, in_brackets

__all__ = ["FIGURES", "change_cells", "change_heads", "finding_words", "summary_words"]

FIGURES = Text(zh="改动的数字", en="figures that changed")


def change_heads(lang: str) -> list[str]:
    """What stands above the cells of a figure."""
    return heads(lang, ("数字", "figure"), ("原稿", "old draft"), ("新稿", "new draft"))


def change_cells(change: Redrawn, lang: str) -> tuple[str, str, str]:
    """A figure: what it is, its print before, and after."""
    none = Text(zh="（未填列）", en="(not stated)").pick(lang)
    before = none if change.before is None else change.before
    after = none if change.after is None else change.after
    return change.label.pick(lang), before, after


def finding_words(each: DraftFinding, drafts: Drafts) -> Text:
    """A finding of either draft, with what was decided on it."""
    words = Text.of(f"{each.finding.code} ") + each.finding.message
    if each.figures_changed:
        words += in_brackets(Text(zh="数字已改动", en="its figures changed"))
    decision = drafts.new.decision_on(each.finding)
    return words + (
        NO_WORDS if decision is None else Text(zh="；", en="; ") + decision_text(decision)
    )


def summary_words(drafts: Drafts) -> Text:
    """How many figures changed, and what became of the findings."""
    return Text(
        zh="改动的数字 {} 个；结论：新出现 {}，已解决 {}，仍在 {}，不再核对 {}；"
        "不再适用的决定 {} 条",
        en="{} figures changed; findings: {} new, {} settled, {} still there, {} no longer "
        "checked; {} decisions no longer apply",
    ).fill(
        len(drafts.figures),
        *(len(drafts.having(since)) for since in Since),
        len(drafts.lapsed),
    )
