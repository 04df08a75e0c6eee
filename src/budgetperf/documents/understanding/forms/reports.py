"""From the forms of a document to reports, each with how it was read."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

import attrs

from budgetperf.documents.source import Document
from budgetperf.documents.understanding.assembling import Found, assemble
from budgetperf.documents.understanding.segments import Segment
from budgetperf.exact import Text
from budgetperf.exact.text import shortened
from budgetperf.model import EvaluationKind, LayoutDirection, Reading, SelfEvaluation, Unread
from budgetperf.model.fields import copied

from .grid import pieces_of
from .own import OwnWords
from .reader import Form, read_forms
from .vocabulary import vocabulary, vocabulary_sha256

__all__ = ["LAYOUT", "ByWords", "Told", "form_reports"]

LAYOUT = "forms"
"""The id of the reading by header words."""


@attrs.frozen(kw_only=True)
class Told:
    """What the text around the forms states, read by one layout.

    Args:
        found: each value at its path.
        segments: the pieces of the text, with what was understood of them.
        layout: the id of the layout.
        kind: what such a text is about; ``None`` where it does not say.
    """

    found: tuple[Found, ...]
    segments: tuple[Segment, ...]
    layout: str
    kind: EvaluationKind | None


@attrs.frozen(kw_only=True)
class ByWords:
    """What was read by the words in headers.

    Args:
        reports: the reports, in the order of the document.
        judged: how many numbers were read, or left out on purpose.
    """

    reports: tuple[SelfEvaluation, ...] = ()
    judged: int = 0


def form_reports(
    document: Document,
    source: str,
    told: Told | None,
    *,
    own: OwnWords | None = None,
) -> ByWords:
    """The reports whose forms a document holds; nothing if there is none.

    Numbers before the first form and behind the last one are counted with that form. What the text
    states belongs to the first form of what it is about; where there is none, it is a report. So it
    is where it does not say which of several forms it is about.
    """
    forms = read_forms(list(pieces_of(document)), own.words if own else vocabulary())
    layout = own.id if own else LAYOUT
    parts = [_Parts.of_form(form, layout) for form in forms]
    if told is not None and forms:
        same = [part for part in parts if part.kind is told.kind]
        if told.kind is None and len(parts) == 1:
            same = parts
        alone = _Parts(kind=told.kind or EvaluationKind.PROJECT, layout=layout)
        for part in parts:  # the text is in the pieces of the layout that read it
            part.segments = [piece for piece in part.segments if piece.kind == "cell"]
        part = same[0] if same else alone
        part.values[:0] = told.found
        part.segments[:0] = told.segments
        part.layout = f"{layout}, {told.layout}" if same else told.layout
        parts = parts if same else [alone, *parts]
    sha256 = own.sha256 if own else vocabulary_sha256()
    directions = own.directions if own else ()
    reports = tuple(_report(part, document, source, sha256, directions) for part in parts)
    read = sum(report.reading.accounted for report in reports if report.reading is not None)
    return ByWords(reports=reports, judged=read + sum(form.declined for form in forms))


@attrs.define(kw_only=True, eq=False)
class _Parts:
    """What a report is made of."""

    kind: EvaluationKind
    layout: str
    values: list[Found] = attrs.Factory(list[Found])
    segments: list[Segment] = attrs.Factory(list[Segment])
    notes: list[Text] = attrs.Factory(list[Text])

    @classmethod
    def of_form(cls, form: Form, layout: str) -> _Parts:
        """Those of a form without the text around it."""
        return cls(
            kind=form.evaluates,
            layout=layout,
            values=list(form.values),
            segments=list(form.segments),
            notes=list(form.notes),
        )


def _report(
    parts: _Parts,
    document: Document,
    source: str,
    sha256: str,
    directions: tuple[LayoutDirection, ...],
) -> SelfEvaluation:
    report = assemble(parts.values, parts.kind)
    numbers = _numbers(parts.segments)
    unread = [(text, line) for text, line, understood in numbers if not understood]
    unread.sort(key=lambda number: number[1])
    reading = Reading(
        source=source,
        layout=parts.layout,
        encoding=document.encoding,
        format=document.kind,
        numbers=len(numbers),
        accounted=len(numbers) - len(unread),
        unread=tuple(Unread(text=shortened(text, _LONGEST), line=line) for text, line in unread),
        notes=(*document.notes, *parts.notes),
        sha256=document.sha256,
        layout_sha256=sha256,
        directions=directions,
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
