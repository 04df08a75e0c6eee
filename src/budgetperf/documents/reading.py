"""Reading a report: from a file to a :class:`~budgetperf.model.SelfEvaluation`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import attrs

from budgetperf.documents.readers.files import document_of, read_document, text_document
from budgetperf.documents.readers.text import UnusableDocumentError, too_long, unusable
from budgetperf.documents.source import Document
from budgetperf.documents.understanding.assembling import assemble
from budgetperf.documents.understanding.forms.reports import ByWords, Told, form_reports
from budgetperf.documents.understanding.layout import Layout, layout_sha256, layouts
from budgetperf.documents.understanding.lines import lines_of
from budgetperf.documents.understanding.narrative import read_narrative
from budgetperf.documents.understanding.segments import Segment, count_numbers, split
from budgetperf.documents.understanding.tables import read_tables
from budgetperf.exact import Text
from budgetperf.exact.limits import MAX_DOCUMENT, MAX_NUMBERS
from budgetperf.exact.text import shortened
from budgetperf.model import Reading, SelfEvaluation, Unread, figures, with_column_precision
from budgetperf.model.fields import copied
from budgetperf.plain.files import as_path

__all__ = ["UnusableDocumentError", "parse", "read", "read_all", "read_data"]


def read(path: str | Path) -> SelfEvaluation:
    """Read a report from a file: Word (``.docx``), Excel (``.xlsx``, ``.xls``), PDF, OpenDocument,
    a web page, Markdown, CSV or plain text, told by what is in it.

    Every figure keeps the line (and in a table the column) where it was found: in a sheet the row,
    in a Word document or a PDF the number of the paragraph or row. PDF and ``.xls`` need the extras
    ``pdf`` and ``xls``. ``reading`` says how many of the
    document's numbers were understood, lists the others, and tells what was hidden or left out.

    Args:
        path: the file; text in UTF-8 or GB18030.

    Raises:
        UnusableDocumentError: the file cannot be read, is of another kind, or has no figure that
            known layout or word understands, or holds several reports (``several-reports``, which
            :func:`read_all` reads); the message names the reason and the remedy.
    """
    path = as_path(path)
    return _read(read_document(path), path.name)


def read_all(path: str | Path) -> tuple[SelfEvaluation, ...]:
    """Read all reports of a file, in its order: the forms of a department and of its projects, say.

    A file with one report gives that one, as :func:`read` does.

    Args:
        path: the file; see :func:`read`.

    Raises:
        UnusableDocumentError: see :func:`read`.
    """
    path = as_path(path)
    return _read_all(read_document(path), path.name)


def read_data(data: bytes, name: str) -> tuple[SelfEvaluation, ...]:
    """The same of the bytes of a file.

    Args:
        data: all of them.
        name: its name, for messages.

    Raises:
        UnusableDocumentError: see :func:`read`.
    """
    return _read_all(document_of(data, name), name)


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
    first, *others = _read_all(document, source)
    if others:
        count = len(others) + 1
        raise unusable(
            "several-reports",
            f"内有 {count} 份自评报告：请拆分后分别读取，或在 Python 中用 bp.read_all(路径) 读取",
            f"holds {count} self-evaluation reports: split it, or read all by bp.read_all(path) in "
            "Python",
            source,
        )
    return first


def _read_all(document: Document, source: str) -> tuple[SelfEvaluation, ...]:
    """The reports by the layout that understands most: of two alike, the one with a name."""
    lines = _lines(document, source)
    named = [_read_in(document, lines, source, layout) for layout in layouts()]
    best, _ = max(named, key=lambda read: _accounted((read[0],)))
    reports: tuple[SelfEvaluation, ...] = (best,)
    tried = [] if _is_understood(best) else [form_reports(document, source, None)]
    if tried and tried[0].reports:
        tried += [form_reports(document, source, told) for _, told in named if told.found]
    by_words = max(tried, key=lambda read: read.judged, default=ByWords())
    if by_words.judged > _accounted(reports):
        note = _BY_WORDS.fill(_accounted(by_words.reports), _accounted(reports))
        reports = tuple(_with_note(report, note) for report in by_words.reports)
    if not any(
        path not in _BESIDE and any(c.isdigit() for c in figure.text)
        for report in reports
        for path, figure in figures(report)
    ):
        raise unusable(
            "no-figures",
            "没有读取到任何数字：数字可能被遮盖或丢失，或不是已知版式的自评报告；请核对原件",
            "no figure could be read: digits may be masked or lost, or the report is not in a "
            "known layout; check the original",
            source,
        )
    return reports


def _is_understood(report: SelfEvaluation) -> bool:
    """Whether so much of a document is in a layout with a name that it is in that one."""
    reading = report.reading
    return reading is not None and reading.accounted * _OF_TEN[1] > reading.numbers * _OF_TEN[0]


_OF_TEN = (9, 10)
_BESIDE = ("department.year", "form.total_score")
"""What is no report without any other figure."""

_BY_WORDS = Text(
    zh="按表头中的词读取：认出 {} 个数字，已有版式至多认出 {} 个",
    en="read by the words in the headers, which account for {} numbers; a layout with a name "
    "accounts for {} at most",
)


def _with_note(report: SelfEvaluation, note: Text) -> SelfEvaluation:
    reading = report.reading
    if reading is None:
        return report
    told = attrs.evolve(reading, notes=(note, *reading.notes))
    return copied(report, SelfEvaluation, {"reading": told})


def _accounted(reports: tuple[SelfEvaluation, ...]) -> int:
    return sum(report.reading.accounted for report in reports if report.reading is not None)


def _lines(document: Document, source: str) -> list[tuple[int, str]]:
    """The lines of a document that is no longer than any report."""
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
    return lines


def _read_in(
    document: Document, lines: Sequence[tuple[int, str]], source: str, layout: Layout
) -> tuple[SelfEvaluation, Told]:
    """The report by one layout, and what of it stands in the text."""
    segments, rows = split(lines, layout, source)
    in_text = read_narrative(segments, layout)
    in_tables, notes = read_tables(rows, layout)
    report = with_column_precision(assemble(in_text + in_tables, layout.kind))
    notes = [*document.notes, *notes, *_fewer_rows(report)]
    everything = segments + [cell for row in rows for cell in row.cells]
    numbers: list[tuple[str, int, bool]] = []
    for segment in everything:
        if segment.has_numbers:
            for pattern in layout.counted:
                for match in pattern.finditer(segment.text):
                    segment.understand(*match.span())
            numbers += segment.numbers()
        notes += _print_notes(segment, layout)
    unread = [(line, text) for text, line, understood in numbers if not understood]
    unread.sort(key=lambda number: number[0])  # text and form may alternate
    reading = Reading(
        source=source,
        layout=layout.id,
        encoding=document.encoding,
        numbers=len(numbers),
        accounted=len(numbers) - len(unread),
        unread=tuple(Unread(text=shortened(text, _LONGEST), line=line) for line, text in unread),
        notes=tuple(notes),
        sha256=document.sha256,
        layout_sha256=layout_sha256(layout),
    )
    told = Told(found=tuple(in_text), segments=tuple(segments), layout=layout.id, kind=layout.kind)
    return copied(report, SelfEvaluation, {"reading": reading}), told


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
