"""Reading a report: from a file to a :class:`~budgetperf.model.SelfEvaluation`."""

from __future__ import annotations

import re
from pathlib import Path

import attrs

from budgetperf.model import (
    Reading,
    SelfEvaluation,
    Unread,
    figures,
    with_column_precision,
)

from .assembling import assemble
from .decoding import Decoded, UnusableDocumentError, read_text, unusable
from .layout import Layout, layouts
from .narrative import read_narrative
from .segments import split
from .tables import read_tables

__all__ = ["UnusableDocumentError", "parse", "read"]


def read(path: str | Path) -> SelfEvaluation:
    """Read a report from a text or Markdown file.

    Every figure keeps the line (and in a table the column) where it was found. ``reading`` says
    how many of the document's numbers were understood and lists the others.

    Args:
        path: the file, in UTF-8 or GB18030.

    Raises:
        UnusableDocumentError: the file cannot be read, is of another kind, or has no figure that
            a known layout understands; the message names the reason and the remedy.
    """
    path = Path(path)
    return _read(read_text(path), path.name)


def parse(text: str, *, source: str = "") -> SelfEvaluation:
    """Read a report from text that is at hand already; see :func:`read`.

    Args:
        text: the whole report.
        source: a name for it, for messages.
    """
    return _read(Decoded(text=text, encoding="text"), source)


def _read(document: Decoded, source: str) -> SelfEvaluation:
    reports = [_read_in(document, source, layout) for layout in layouts()]
    best = max(reports, key=lambda report: report.reading.accounted if report.reading else 0)
    if not any(path != "department.year" for path, _ in figures(best)):
        raise unusable(
            "no-figures",
            "没有读到任何数字：数字可能被遮盖或丢失，或不是已知版式的自评报告；请核对原件",
            "no figure could be read: the digits may be masked or lost, or it is no report in a "
            "known layout; check the original",
            source,
        )
    return best


def _read_in(document: Decoded, source: str, layout: Layout) -> SelfEvaluation:
    segments, rows = split(document.text, layout)
    found = read_narrative(segments, layout)
    in_tables, notes = read_tables(rows, layout)
    report = with_column_precision(assemble(found + in_tables, layout.kind))
    everything = segments + [cell for row in rows for cell in row.cells]
    for segment in everything:
        for pattern in layout.known:
            for match in re.finditer(pattern, segment.text):
                segment.understand(*match.span())
        notes += [note.text for note in layout.note if re.search(note.pattern, segment.text)]
    numbers = [number for segment in everything for number in segment.numbers()]
    unread = sorted((line, text) for text, line, understood in numbers if not understood)
    reading = Reading(
        source=source,
        layout=layout.id,
        encoding=document.encoding,
        numbers=len(numbers),
        accounted=len(numbers) - len(unread),
        unread=tuple(Unread(text=text, line=line) for line, text in unread),
        notes=tuple(notes),
    )
    return attrs.evolve(report, reading=reading)
