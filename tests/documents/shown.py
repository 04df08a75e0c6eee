"""What a document shows, in short, for tests of every reader."""

from __future__ import annotations

from budgetperf.documents.source import Document, Table


def texts(document: Document) -> list[str]:
    """The texts of the blocks that are no tables."""
    return [block.text for block in document.blocks if not isinstance(block, Table)]


def rows(document: Document) -> list[tuple[tuple[str, ...], ...]]:
    """The texts of its tables, row by row."""
    return [block.texts() for block in document.blocks if isinstance(block, Table)]


def notes(document: Document) -> str:
    """Its notes in English, a line each."""
    return "\n".join(note.en for note in document.notes)
