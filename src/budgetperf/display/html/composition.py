"""Completed reports in a notebook: what was computed from what, and what is left to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from budgetperf.composing import Asked, Composition, Computed, LeftOpen
from budgetperf.display.words.composition import (
    asked_cells,
    asked_heads,
    computed_cells,
    computed_heads,
    open_cells,
    open_heads,
    summary_text,
)
from budgetperf.exact import Text

from .markup import Markup, joined, label, sheet, table, tag
from .receipt import receipt_note
from .ruleset import ruleset_line

__all__ = ["asked_html", "composition_html", "computed_html", "open_html"]

_COMPUTED = ("bp-name", "bp-number", "bp-short", "bp-rest")
_OPEN = ("bp-name", "bp-number", "bp-rest")
_ASKED = ("bp-name", "bp-rest")


def composition_html(done: Composition, *, lang: str = "zh") -> str:
    """What was computed from what, what is left open, the reasons that are due, the conflicts."""
    return sheet(*_parts(done, lang), lang=lang)


def _parts(done: Composition, lang: str) -> Iterator[str]:
    yield tag("p", Text(zh="自评表的计算", en="The form, computed").pick(lang), cls="bp-title")
    if done.rules is not None:
        yield ruleset_line(done.rules, lang)
    tone = "good" if done.is_complete else "warn"
    yield tag("p", label(summary_text(done).pick(lang), tone))
    if done.computed:
        yield _computed(done.computed, lang)
    if done.left_open:
        yield _open(done.left_open, lang)
    if done.asked:
        yield _asked(done.asked, lang)
    if done.conflicts:
        title = Text(zh="所填与其余不符（未改动）", en="Stated and in conflict (left as it is)")
        lines = (
            tag("li", joined((tag("b", finding.code), finding.message.pick(lang)), " "))
            for finding in done.conflicts
        )
        yield tag("p", title.pick(lang), cls="bp-title")
        yield tag("ul", *lines)
    yield receipt_note(done.receipt, lang)


def _computed(several: Sequence[Computed], lang: str) -> Markup:
    caption = Text(zh="算得", en="Computed").pick(lang)
    rows = [computed_cells(computed, lang) for computed in several]
    return table(computed_heads(lang), rows, caption=caption, kinds=_COMPUTED)


def _open(several: Sequence[LeftOpen], lang: str) -> Markup:
    caption = Text(zh="待填", en="Left open").pick(lang)
    rows = [open_cells(left_open, lang) for left_open in several]
    return table(open_heads(lang), rows, caption=caption, kinds=_OPEN)


def _asked(several: Sequence[Asked], lang: str) -> Markup:
    caption = Text(zh="须说明原因", en="Reasons asked").pick(lang)
    rows = [asked_cells(asked, lang) for asked in several]
    return table(asked_heads(lang), rows, caption=caption, kinds=_ASKED)


def computed_html(computed: Computed, *, lang: str = "zh") -> str:
    """A computed figure, with what it was computed from."""
    return sheet(_computed([computed], lang), lang=lang)


def open_html(left_open: LeftOpen, *, lang: str = "zh") -> str:
    """What is left open, and why."""
    return sheet(_open([left_open], lang), lang=lang)


def asked_html(asked: Asked, *, lang: str = "zh") -> str:
    """A reason that is due, and what asks for it."""
    return sheet(_asked([asked], lang), lang=lang)
