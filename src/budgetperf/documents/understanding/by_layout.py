"""A document read by one layout with a name, or by its sentences: the report, and what the text of
it states."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from budgetperf.documents.readers.text import too_long, unusable
from budgetperf.documents.source import Document
from budgetperf.documents.understanding.assembling import NOTHING_BESIDE, Beside, assemble
from budgetperf.documents.understanding.forms.reports import Told
from budgetperf.documents.understanding.layout import Layout, layout_sha256, layouts
from budgetperf.documents.understanding.lines import lines_of
from budgetperf.documents.understanding.narrative import read_narrative
from budgetperf.documents.understanding.phrases.reading import PHRASES, PhraseReading
from budgetperf.documents.understanding.phrases.surveys import read_surveys
from budgetperf.documents.understanding.phrases.words import words_sha256
from budgetperf.documents.understanding.segments import Segment, count_numbers, is_row, split
from budgetperf.documents.understanding.tables import read_tables
from budgetperf.exact import Text
from budgetperf.exact.limits import MAX_DOCUMENT, MAX_NUMBERS
from budgetperf.exact.text import shortened
from budgetperf.model import Reading, SelfEvaluation, Unread
from budgetperf.model.fields import copied

__all__ = ["lines_in", "read_by_layout", "read_by_phrases"]


def lines_in(document: Document, source: str) -> list[tuple[int, str]]:
    """The lines of a document that is no longer than any report.

    Raises:
        UnusableDocumentError: it is longer, or has more numbers.
    """
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


def read_by_layout(
    document: Document,
    lines: Sequence[tuple[int, str]],
    source: str,
    layout: Layout,
    beside: Beside = NOTHING_BESIDE,
) -> tuple[SelfEvaluation, Told]:
    """The report by one layout, with what stands beside its form, and what of it stands in the
    text."""
    segments, rows = split(lines, layout, source)
    in_text = [
        *read_narrative(segments, layout),
        *read_surveys((s for s in segments if s.kind == "text"), "narrative"),
    ]
    in_tables, notes = read_tables(rows, layout)
    report = assemble([*in_text, *in_tables, *beside.among(in_tables)], layout.kind)
    notes = [*document.notes, *notes, *_fewer_rows(report)]
    everything = segments + [cell for row in rows for cell in row.cells] + [*beside.segments]
    numbered = [segment for segment in everything if segment.has_numbers]
    for segment in numbered:
        text = segment.text
        for pattern in layout.counted:
            segment.understood += [match.span() for match in pattern.finditer(text)]
    notes += [note for segment in everything for note in _print_notes(segment, layout)]
    narrative = Told(
        values=tuple(in_text), segments=tuple(segments), layout=layout.id, kind=layout.kind
    )
    by = (layout.id, layout_sha256(layout))
    return _with_reading(report, numbered, notes, document, source, by), narrative


def read_by_phrases(
    document: Document,
    lines: Sequence[tuple[int, str]],
    source: str,
    narrative: PhraseReading,
    beside: Beside = NOTHING_BESIDE,
) -> SelfEvaluation:
    """The report as its sentences state it, whatever its template; tables stay unread."""
    _, rows = split([line for line in lines if is_row(line[1])], layouts()[0], source)
    values = narrative.values
    if any(_PROJECT in line for _, line in lines if is_row(line)):  # which says the name itself
        values = tuple(value for value in values if value.path != "project.name")
    report = assemble([*values, *beside.among(())], narrative.kind)
    everything = [*narrative.segments, *(cell for row in rows for cell in row.cells)]
    everything += beside.segments
    numbered = [segment for segment in everything if segment.has_numbers]
    by = (PHRASES, words_sha256())
    notes = [*document.notes, *narrative.notes]
    return _with_reading(report, numbered, notes, document, source, by)


def _with_reading(
    report: SelfEvaluation,
    segments: Iterable[Segment],
    notes: Sequence[Text],
    document: Document,
    source: str,
    by: tuple[str, str],
) -> SelfEvaluation:
    """The report with how the numbers in some segments were read, ``by`` the layout of that id and
    hash."""
    numbers = [number for segment in segments for number in segment.numbers()]
    unread = [(line, text) for text, line, understood in numbers if not understood]
    unread.sort(key=lambda number: number[0])  # text and form may alternate
    layout, sha256 = by
    reading = Reading(
        source=source,
        layout=layout,
        encoding=document.encoding,
        format=document.kind,
        numbers=len(numbers),
        accounted=len(numbers) - len(unread),
        unread=tuple(Unread(text=shortened(text, _LONGEST), line=line) for line, text in unread),
        notes=tuple(notes),
        sha256=document.sha256,
        layout_sha256=sha256,
    )
    return copied(report, SelfEvaluation, {"reading": reading})


def _print_notes(segment: Segment, layout: Layout) -> Iterator[Text]:
    """What is to be said about the print of one piece of text, and on which line."""
    text = segment.text
    for pattern, remark in layout.remarks:
        match = pattern.search(text)
        if match:
            line = segment.line_at(match.start())
            yield Text(zh="第 {} 行：{}", en="line {}: {}").fill(line, remark)


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


_PROJECT = "项目名称"
_LONGEST = 40
