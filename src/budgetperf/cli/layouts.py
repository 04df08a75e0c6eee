"""The list of layouts, and one of them, as text and as JSON."""

from __future__ import annotations

from collections.abc import Sequence

from budgetperf.display.text.tables import table_text
from budgetperf.documents.understanding.known import KnownLayout, known_layouts
from budgetperf.exact import COLON, LIST, NotFoundError, Text
from budgetperf.exact.shown import Json
from budgetperf.exact.text import shown
from budgetperf.plain.structuring import shared_converter

__all__ = ["layouts_data", "layouts_named", "layouts_text"]


def layouts_named(id: str | None) -> tuple[KnownLayout, ...]:
    """All layouts, or the one of an id.

    Raises:
        NotFoundError: there is none of that id.
    """
    known = known_layouts()
    of_id = tuple(layout for layout in known if id in (None, layout.id))
    if of_id:
        return of_id
    message = _NONE.fill(shown(str(id)), LIST.join(layout.id for layout in known))
    raise NotFoundError("unknown-layout", message, field="layout")


def layouts_text(layouts: Sequence[KnownLayout], lang: str) -> str:
    """A table of several; of one all that is known."""
    if len(layouts) == 1:
        return "\n".join(line.pick(lang) for line in _lines(layouts[0]))
    rows = [tuple(head.pick(lang) for head in _HEADS)]
    rows += [
        (
            layout.id,
            (layout.kind.label if layout.kind else _ANY).pick(lang),
            layout.title.pick(lang),
        )
        for layout in layouts
    ]
    return table_text(rows)


def layouts_data(layouts: Sequence[KnownLayout]) -> list[Json]:
    """The same as plain data."""
    return [shared_converter().unstructure(layout) for layout in layouts]


def _lines(layout: KnownLayout) -> list[Text]:
    lines = [Text(zh="　", en=", ").join((layout.id, layout.title))]
    lines.append(COLON.join((_HEADS[1], layout.kind.label if layout.kind else _ANY)))
    if layout.seen:
        lines.append(COLON.join((_SEEN, LIST.join(layout.seen))))
    if layout.words:
        lines.append(COLON.join((_WORDS, LIST.join(layout.words))))
    return lines


_HEADS = (
    Text(zh="版式", en="layout"),
    Text(zh="评价对象", en="what is evaluated"),
    Text(zh="名称", en="title"),
)
_ANY = Text(zh="—", en="—")
_SEEN = Text(zh="见于", en="seen in")
_WORDS = Text(zh="凭这些词认出", en="told by the words")
_NONE = Text(zh="没有版式 {}：可用的是 {}", en="there is no layout {}: the layouts are {}")
