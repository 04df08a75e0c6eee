"""A part of a report in a notebook: what it states, and tables of what it has several of."""

from __future__ import annotations

from collections.abc import Iterator

from budgetperf.display.words.part import NOTHING, Listing, Value, cell_text, listings
from budgetperf.display.words.part import facts as stated_facts
from budgetperf.exact import Figure, Missing
from budgetperf.model.fields import Element, Part

from .markup import Markup, facts, sheet, stated, table, tag

__all__ = ["part_html"]


def part_html(part: Part, *, lang: str = "zh") -> str:
    """The part as HTML."""
    return sheet(*_parts(part, lang), lang=lang)


def _parts(part: Part, lang: str) -> Iterator[str]:
    if isinstance(part, Element):
        yield tag("p", part.title.pick(lang), cls="bp-title")
    known = [(label.pick(lang), _cell(value, lang)) for label, value in stated_facts(part)]
    tables = [_table(listing, lang) for listing in listings(part)]
    if known:
        yield facts(known)
    yield from tables
    if not known and not tables:
        yield tag("p", NOTHING.pick(lang), cls="bp-soft")


def _table(listing: Listing, lang: str) -> Markup:
    columns = zip(*listing.rows, strict=True)
    kinds = [
        "bp-number" if any(isinstance(v, Figure) for v in column) else "" for column in columns
    ]
    return table(
        [head.pick(lang) for head in listing.heads],
        [[_cell(value, lang) for value in row] for row in listing.rows],
        caption=listing.title.pick(lang),
        kinds=kinds,
        cls="bp-wide" if len(listing.heads) > 4 else "bp-facts",
    )


def _cell(value: Value, lang: str) -> str:
    return stated(value, lang) if isinstance(value, Figure | Missing) else cell_text(value, lang)
