"""Reading a report: from a file to a :class:`~budgetperf.model.SelfEvaluation`."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

from budgetperf.documents.readers.files import read_document, text_document
from budgetperf.documents.readers.text import UnusableDocumentError, too_long, unusable
from budgetperf.documents.source import Document
from budgetperf.documents.understanding.assembling import assemble
from budgetperf.documents.understanding.layout import Layout, layouts
from budgetperf.documents.understanding.lines import lines_of
from budgetperf.documents.understanding.narrative import read_narrative
from budgetperf.documents.understanding.phrases.reading import read_phrases
from budgetperf.documents.understanding.segments import Segment, count_numbers, is_row, split
from budgetperf.documents.understanding.tables import read_tables
from budgetperf.exact import Text
from budgetperf.exact.limits import MAX_DOCUMENT, MAX_NUMBERS
from budgetperf.exact.text import shortened
from budgetperf.model import (
    EvaluationKind,
    Reading,
    SelfEvaluation,
    Statement,
    Unread,
    figures,
    with_column_precision,
)
from budgetperf.model.fields import copied
from budgetperf.plain.files import as_path

__all__ = ["UnusableDocumentError", "parse", "read"]


def read(path: str | Path) -> SelfEvaluation:
    """Read a report from a file: Word (``.docx``), Excel (``.xlsx``), OpenDocument, a web page,
    Markdown, CSV or plain text, told by what is in it.

    Every figure keeps the line (and in a table the column) where it was found: in a sheet the row,
    in a Word document the number of the paragraph or row. ``reading`` says how many of the
    document's numbers were understood, lists the others, and tells what was hidden or left out.

    Args:
        path: the file; text in UTF-8 or GB18030.

    Raises:
        UnusableDocumentError: the file cannot be read, is of another kind, or has no figure that
            a known layout understands; the message names the reason and the remedy.
    """
    path = as_path(path)
    return _read(read_document(path), path.name)


def parse(text: str, *, source: str = "") -> SelfEvaluation:
    """Read a report from text that is at hand already; see :func:`read`.

    Args:
        text: the whole report.
        source: a name for it, for messages.

    Raises:
        WrongTypeError: it is no text (a ``TypeError``).
        UnusableDocumentError: the text is empty, too long, or has no figure that a known layout
            understands.
    """
    return _read(text_document(text, source), source)


def _read(document: Document, source: str) -> SelfEvaluation:
    lines, length = list[tuple[int, str]](), 0
    for line in lines_of(document):
        length += len(line[1])
        if length > MAX_DOCUMENT:
            raise too_long(source)
        lines.append(line)
    if sum(count_numbers(text) for _, text in lines) > MAX_NUMBERS:
        raise unusable(
            "too-many-numbers",
            f"有超过 {MAX_NUMBERS} 个数字：请确认这是一份报告，或拆分后再读",
            f"has more than {MAX_NUMBERS} numbers: make sure that it is one report, or split it",
            source,
        )
    reports = [_read_in(document, lines, source, layout) for layout in layouts()]
    best = max(reports, key=_understood)
    if not _is_its_own(best):
        in_phrases, of_project = _read_phrases(document, lines, source)
        misfit = of_project and best.kind is EvaluationKind.DEPARTMENT and not _has_form(best)
        best = in_phrases if misfit else max(best, in_phrases, key=_understood)
    if not any(
        path != "department.year" and any(c.isdigit() for c in figure.text)
        for path, figure in figures(best)
    ):
        raise unusable(
            "no-figures",
            "没有读取到任何数字：数字可能被遮盖或丢失，或不是已知版式的自评报告；请核对原件",
            "no figure could be read: digits may be masked or lost, or the report is not in a "
            "known layout; check the original",
            source,
        )
    return best


def _understood(report: SelfEvaluation) -> tuple[int, int]:
    """How many of the document's numbers were understood, and how many figures they gave."""
    accounted = report.reading.accounted if report.reading else 0
    return accounted, sum(1 for _ in figures(report))


def _has_form(report: SelfEvaluation) -> bool:
    return report.form != Statement()


def _is_its_own(report: SelfEvaluation) -> bool:
    """Whether the document is plainly of the layout that it was read by: a long one, nearly all of
    whose numbers were understood. Nothing else need be tried then."""
    reading = report.reading
    return (
        reading is not None
        and reading.numbers >= _LONG
        and _NEARLY_ALL * reading.numbers <= reading.accounted
    )


def _read_in(
    document: Document, lines: Sequence[tuple[int, str]], source: str, layout: Layout
) -> SelfEvaluation:
    segments, rows = split(lines, layout, source)
    in_text = read_narrative(segments, layout)
    in_tables, notes = read_tables(rows, layout)
    report = with_column_precision(assemble(in_text + in_tables, layout.kind))
    notes = [*document.notes, *notes, *_fewer_rows(report)]
    everything = segments + [cell for row in rows for cell in row.cells]
    for segment in everything:
        if segment.has_numbers:
            for pattern in layout.counted:
                for match in pattern.finditer(segment.text):
                    segment.understand(*match.span())
        notes += _print_notes(segment, layout)
    return _with_reading(report, everything, notes, document, source, layout.id)


def _read_phrases(
    document: Document, lines: Sequence[tuple[int, str]], source: str
) -> tuple[SelfEvaluation, bool]:
    """The report as its sentences state it, whatever its template; tables stay unread.

    Also whether its title says that it is on a project.
    """
    _, rows = split([line for line in lines if is_row(line[1])], layouts()[0], source)
    narrative = read_phrases([line for line in lines if not is_row(line[1])])
    report = with_column_precision(assemble(list(narrative.found), narrative.kind))
    everything = [*narrative.segments, *(cell for row in rows for cell in row.cells)]
    read = _with_reading(report, everything, document.notes, document, source, "phrases")
    return read, narrative.is_of_project


def _with_reading(
    report: SelfEvaluation,
    everything: Sequence[Segment],
    notes: Sequence[Text],
    document: Document,
    source: str,
    layout: str,
) -> SelfEvaluation:
    numbers = [
        number for segment in everything if segment.has_numbers for number in segment.numbers()
    ]
    unread = [(line, text) for text, line, understood in numbers if not understood]
    unread.sort(key=lambda number: number[0])  # text and form may alternate
    reading = Reading(
        source=source,
        layout=layout,
        encoding=document.encoding,
        numbers=len(numbers),
        accounted=len(numbers) - len(unread),
        unread=tuple(Unread(text=shortened(text, _LONGEST), line=line) for line, text in unread),
        notes=tuple(notes),
    )
    return copied(report, SelfEvaluation, {"reading": reading})


def _print_notes(segment: Segment, layout: Layout) -> list[Text]:
    """What is to be said about the print of one piece of text, and on which line."""
    notes: list[Text] = []
    text = segment.text
    for pattern, remark in layout.remarks:
        match = pattern.search(text)
        if match:
            line = segment.line_at(match.start())
            notes.append(Text(zh="第 {} 行：{}", en="line {}: {}").fill(line, remark))
    return notes


def _fewer_rows(report: SelfEvaluation) -> list[Text]:
    """Whether the form lists fewer indicators than the text."""
    text, form = (
        sum(1 for indicator in statement.indicators if indicator.key)
        for statement in (report.narrative, report.form)
    )
    if not report.form.indicators or form >= text:
        return []
    return [
        Text(
            zh=f"正文有 {text} 项指标，附表只读取到 {form} 项：附表可能不完整",
            en=f"the text has {text} indicators, the form {form}: the form may be cut off",
        )
    ]


_LONGEST = 40
_LONG = 50
_NEARLY_ALL = Fraction(9, 10)
