"""Several narratives in one document, each below a title of its own."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import attrs

from budgetperf.documents.source import Block, Document, Table
from budgetperf.documents.understanding.phrases.titles import (
    Title,
    is_body,
    name_beside,
    title_in,
)

__all__ = ["narratives_in"]


def narratives_in(document: Document) -> tuple[Document, ...]:
    """The parts of a document whose titles say that they are reports of different departments or
    projects; the document alone where it is one report.

    A title that no text follows, as in a list of contents, begins no part. What stands before the
    first title belongs to it.
    """
    blocks = document.blocks
    begun: list[tuple[int, Title]] = []
    for at, block in enumerate(blocks):
        title = None if isinstance(block, Table) else title_in(block.text)
        if title is None:
            continue
        begins, title = _with_name(blocks, at, title)
        if title.name:
            begun.append((begins, title))
    ends = [*(begins for begins, _ in begun[1:]), len(blocks)]
    with_text = [
        (begins, title)
        for (begins, title), end in zip(begun, ends, strict=False)
        if _says_something(blocks[begins:end])
    ]
    starts = [0]
    for (_, before), (begins, title) in itertools.pairwise(with_text):
        if title.is_of_other(before):
            starts.append(begins)
    if len(starts) == 1:
        return (document,)
    return tuple(
        attrs.evolve(document, blocks=blocks[start:end])
        for start, end in zip(starts, [*starts[1:], len(blocks)], strict=True)
    )


def _with_name(blocks: Sequence[Block], at: int, title: Title) -> tuple[int, Title]:
    """Where a title begins, with the name on the line above it or in the first ones below it."""
    if title.name:
        return at, title
    above = _words(blocks[at - 1]) if at else ""
    if is_body(above):
        return at - 1, attrs.evolve(title, name=above)
    below = (name_beside(_words(block)) for block in blocks[at + 1 : at + 1 + _BELOW])
    return at, attrs.evolve(title, name=next(filter(None, below), ""))


def _words(block: Block) -> str:
    return "" if isinstance(block, Table) else "".join(block.text.split())


_BELOW = 3


def _says_something(blocks: Sequence[Block]) -> bool:
    """Whether there is a table, or a sentence with a number."""
    return any(
        isinstance(block, Table) or ("。" in block.text and any(c.isdigit() for c in block.text))
        for block in blocks
    )
