"""From the forms of a document to reports, each with how it was read."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

import attrs

from budgetperf.documents.source import Document
from budgetperf.documents.understanding.assembling import assemble
from budgetperf.documents.understanding.segments import Segment
from budgetperf.exact.text import shortened
from budgetperf.model import Reading, SelfEvaluation, Unread, with_column_precision
from budgetperf.model.fields import copied

from .grid import pieces_of
from .reader import Form, read_forms
from .vocabulary import vocabulary, vocabulary_sha256

__all__ = ["LAYOUT", "ByWords", "form_reports"]

LAYOUT = "forms"
"""The id of the reading by header words."""


@attrs.frozen(kw_only=True)
class ByWords:
    """What was read by the words in headers.

    Args:
        reports: the reports, in the order of the document.
        judged: how many numbers were read, or left out on purpose.
    """

    reports: tuple[SelfEvaluation, ...] = ()
    judged: int = 0


def form_reports(document: Document, source: str) -> ByWords:
    """The reports whose forms a document holds; nothing if there is none.

    Numbers before the first form and behind the last one are counted with that form.
    """
    forms = read_forms(list(pieces_of(document)))
    reports = tuple(_report(form, document, source) for form in forms)
    read = sum(report.reading.accounted for report in reports if report.reading is not None)
    return ByWords(reports=reports, judged=read + sum(form.declined for form in forms))


def _report(form: Form, document: Document, source: str) -> SelfEvaluation:
    report = with_column_precision(assemble(form.values, form.evaluates))
    numbers = _numbers(form.segments)
    unread = [(text, line) for text, line, understood in numbers if not understood]
    reading = Reading(
        source=source,
        layout=LAYOUT,
        encoding=document.encoding,
        numbers=len(numbers),
        accounted=len(numbers) - len(unread),
        unread=tuple(Unread(text=shortened(text, _LONGEST), line=line) for text, line in unread),
        notes=(*document.notes, *form.notes),
        sha256=document.sha256,
        layout_sha256=vocabulary_sha256(),
    )
    return copied(report, SelfEvaluation, {"reading": reading})


def _numbers(segments: Sequence[Segment]) -> list[tuple[str, int, bool]]:
    numbers: list[tuple[str, int, bool]] = []
    for segment in segments:
        if segment.has_numbers:
            for pattern in _known():
                for match in pattern.finditer(segment.text):
                    segment.understand(*match.span())
            numbers += segment.numbers()
    return numbers


@functools.cache
def _known() -> tuple[re.Pattern[str], ...]:
    return tuple(map(re.compile, vocabulary().known))


_LONGEST = 40
