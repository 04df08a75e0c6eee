"""Completed reports as plain text."""

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
from budgetperf.display.words.receipt import receipt_line
from budgetperf.display.words.ruleset import named
from budgetperf.exact import COLON, Text

from .lines import headline, joined_lines, wrapped
from .tables import table_text

__all__ = ["asked_text", "composition_text", "computed_text", "open_text"]


def composition_text(done: Composition, *, lang: str = "zh") -> str:
    """What was computed from what, what is left open, the reasons that are due, the conflicts."""
    return joined_lines(_lines(done, lang))


def _lines(done: Composition, lang: str) -> Iterator[str]:
    if done.rules is not None:
        yield named(done.rules).pick(lang)
    yield summary_text(done).pick(lang)
    computed = [computed_cells(figure, lang) for figure in done.computed]
    yield from _section(_COMPUTED, computed_heads(lang), computed, lang)
    left_open = [open_cells(gap, lang) for gap in done.left_open]
    yield from _section(_OPEN, open_heads(lang), left_open, lang)
    asked = [asked_cells(reason, lang) for reason in done.asked]
    yield from _section(_ASKED, asked_heads(lang), asked, lang)
    if done.conflicts:
        yield headline(_CONFLICTS.pick(lang))
        for finding in done.conflicts:
            yield from wrapped(f"{finding.code} {finding.message.pick(lang)}")
    yield receipt_line(done.receipt).pick(lang)


_COMPUTED = Text(zh="算得", en="computed")
_OPEN = Text(zh="待填", en="left open")
_ASKED = Text(zh="须说明原因", en="reasons asked")
_CONFLICTS = Text(zh="所填与其余不符（未改动）", en="stated and in conflict (left as it is)")


def _section(
    title: Text, heads: Sequence[str], rows: Sequence[tuple[str, ...]], lang: str
) -> Iterator[str]:
    if rows:
        yield headline(title.pick(lang))
        yield from table_text([tuple(heads), *rows]).split("\n")


def computed_text(computed: Computed, *, lang: str) -> str:
    """A computed figure in one line."""
    label, shown, code, how = computed_cells(computed, lang)
    return joined_lines([f"{label} = {shown} ({code}: {how})"])


def open_text(left_open: LeftOpen, *, lang: str) -> str:
    """What is left open in one line."""
    label, within, why = open_cells(left_open, lang)
    return joined_lines([COLON.join((f"{label} {within}".strip(), why)).pick(lang)])


def asked_text(asked: Asked, *, lang: str) -> str:
    """A reason that is due in one line."""
    return joined_lines([COLON.join(asked_cells(asked, lang)).pick(lang)])
