"""Reading a report: from a file to a :class:`~budgetperf.model.SelfEvaluation`."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from pathlib import Path

import attrs

from budgetperf.documents.readers.files import document_of, read_document, text_document
from budgetperf.documents.readers.text import (
    UnusableDocumentError,
    too_long,
    unusable,
    why_not_opened,
)
from budgetperf.documents.source import Document
from budgetperf.documents.understanding.assembling import assemble
from budgetperf.documents.understanding.forms.own import OwnWords, own_words
from budgetperf.documents.understanding.forms.reports import LAYOUT, ByWords, Told, form_reports
from budgetperf.documents.understanding.layout import Layout, layout_sha256, layouts
from budgetperf.documents.understanding.lines import lines_of
from budgetperf.documents.understanding.narrative import read_narrative
from budgetperf.documents.understanding.segments import Segment, count_numbers, split
from budgetperf.documents.understanding.tables import read_tables
from budgetperf.exact import NotFoundError, Text
from budgetperf.exact.limits import MAX_DOCUMENT, MAX_NUMBERS
from budgetperf.exact.text import shortened, shown
from budgetperf.model import Reading, SelfEvaluation, Unread, figures, with_column_precision
from budgetperf.model.fields import copied
from budgetperf.plain.files import as_path

__all__ = ["UnusableDocumentError", "parse", "read", "read_all", "read_data", "require_layout"]


def read(path: str | Path, *, layout: str | Path | None = None) -> SelfEvaluation:
    """Read a report from a file: Word (``.docx``), Excel (``.xlsx``, ``.xls``), PDF, OpenDocument,
    a web page, Markdown, CSV or plain text, told by what is in it.

    Every figure keeps the line (and in a table the column) where it was found: in a sheet the row,
    in a Word document or a PDF the number of the paragraph or row. PDF and ``.xls`` need the extras
    ``pdf`` and ``xls``. ``reading`` says how many of the
    document's numbers were understood, lists the others, and tells what was hidden or left out.

    Args:
        path: the file; text in UTF-8 or GB18030.
        layout: how to read it, in place of what understands most: ``"forms"`` (by the words in
            headers), the id of one of :func:`~budgetperf.documents.layouts`, or a TOML file with
            words of one's own.

    Raises:
        UnusableDocumentError: the file cannot be read, is of another kind, or has no figure that a
            known layout or word understands, or holds several reports (``several-reports``, which
            :func:`read_all` reads); the message names the reason and the remedy.
        NotFoundError: there is no such layout.
        ProblemsError: the TOML file is wrong; all that is wrong is listed.
    """
    path = as_path(path)
    return _only(_read_all(read_document(path), path.name, _way(layout)), path.name)


def read_all(path: str | Path, *, layout: str | Path | None = None) -> tuple[SelfEvaluation, ...]:
    """Read all reports of a file, in its order: the forms of a department and of its projects, say.

    A file with one report gives that one, as :func:`read` does.

    Args:
        path: the file; see :func:`read`.
        layout: how to read it; see :func:`read`.

    Raises:
        UnusableDocumentError: see :func:`read`.
        NotFoundError: there is no such layout.
        ProblemsError: the TOML file is wrong.
    """
    path = as_path(path)
    return _read_all(read_document(path), path.name, _way(layout))


def read_data(
    data: bytes, name: str, *, layout: str | Path | None = None
) -> tuple[SelfEvaluation, ...]:
    """The same of the bytes of a file.

    Args:
        data: all of them.
        name: its name, for messages.
        layout: how to read it; see :func:`read`.

    Raises:
        UnusableDocumentError: see :func:`read`.
        NotFoundError: there is no such layout.
        ProblemsError: the TOML file is wrong.
    """
    return _read_all(document_of(data, name), name, _way(layout))


def parse(text: str, *, source: str = "", layout: str | Path | None = None) -> SelfEvaluation:
    """Read a report from text that is at hand already; see :func:`read`.

    Args:
        text: the whole report.
        source: a name for it, for messages.
        layout: how to read it; see :func:`read`.

    Raises:
        WrongTypeError: it is no text (a ``TypeError``).
        UnusableDocumentError: the text is empty, too long, or has no figure that a known layout
            understands.
        NotFoundError: there is no such layout.
        ProblemsError: the TOML file is wrong.
    """
    return _only(_read_all(text_document(text, source), source, _way(layout)), source)


def _only(reports: tuple[SelfEvaluation, ...], source: str) -> SelfEvaluation:
    first, *others = reports
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


@attrs.frozen(kw_only=True)
class _Way:
    """How to read.

    Args:
        named: the layouts with a name that are tried.
        by_words: whether the words in headers are.
        only_words: whether only they are; the text is read by the named layouts even then.
        own: words of one's own.
    """

    named: tuple[Layout, ...]
    by_words: bool = True
    only_words: bool = False
    own: OwnWords | None = None


def require_layout(layout: str | Path) -> None:
    """Refuse a layout that :func:`read` would refuse.

    Raises:
        NotFoundError: there is no such layout.
        UnusableDocumentError: its file cannot be read.
        ProblemsError: the file is wrong; all that is wrong is listed.
    """
    _way(layout)


def _way(layout: str | Path | None) -> _Way:
    if layout is None:
        return _Way(named=layouts())
    if layout == LAYOUT:
        return _Way(named=layouts(), only_words=True)
    if isinstance(layout, str) and not layout.endswith(".toml"):
        named = tuple(known for known in layouts() if known.id == layout)
        if named:
            return _Way(named=named, by_words=False)
        ids = (LAYOUT, *(known.id for known in layouts()))
        message = Text(
            zh=f"没有版式 {shown(layout)}：可用的是 {'、'.join(ids)}，或一个 .toml 文件",
            en=f"there is no layout {shown(layout)}: the layouts are {', '.join(ids)}, or a .toml "
            "file",
        )
        raise NotFoundError("unknown-layout", message, field="layout")
    path = as_path(layout)
    try:
        own = own_words(path)
    except OSError as error:
        why = why_not_opened(error)
        raise unusable("cannot-open", why.zh, why.en, str(path)) from None
    return _Way(named=layouts(), only_words=True, own=own)


def _read_all(document: Document, source: str, way: _Way) -> tuple[SelfEvaluation, ...]:
    """The reports by the layout that understands most: of two alike, the one with a name."""
    lines = _lines(document, source)
    named = [_read_in(document, lines, source, layout) for layout in way.named]
    best, _ = max(named, key=lambda read: _accounted((read[0],)))
    reports: tuple[SelfEvaluation, ...] = (best,)
    if way.only_words or (way.by_words and not _is_understood(best, lines)):
        by_words = _by_words(document, source, way, [told for _, told in named])
        if way.only_words:
            reports = by_words.reports
        elif _is_better(by_words, _accounted(reports)):
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


def _is_understood(report: SelfEvaluation, lines: Sequence[tuple[int, str]]) -> bool:
    """Whether so much of a document is in a layout with a name that it is in that one, and has no
    other form."""
    reading = report.reading
    several = sum(_LEVEL in line for _, line in lines) > 1
    return (
        reading is not None
        and not several
        and reading.accounted * _OF_TEN[1] > reading.numbers * _OF_TEN[0]
    )


_LEVEL = "一级指标"
_OF_TEN = (9, 10)


def _is_better(by_words: ByWords, accounted: int) -> bool:
    """Whether forms told by their words say more than a layout with a name, which knows of one
    form only."""
    if len(by_words.reports) > 1:
        return by_words.judged * _OF_TEN[1] >= accounted * _OF_TEN[0]
    return by_words.judged > accounted


def _by_words(document: Document, source: str, way: _Way, texts: Sequence[Told]) -> ByWords:
    """The forms alone, or with the text around them if more is understood then."""
    ask = functools.partial(form_reports, document, source, own=way.own)
    tried = [ask(None)]
    if tried[0].reports:
        tried += [ask(told) for told in texts if told.found]
    return max(tried, key=lambda read: read.judged)


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
