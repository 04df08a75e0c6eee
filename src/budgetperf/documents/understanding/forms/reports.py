"""From the forms of a document to reports, each with how it was read."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import TypeAlias

import attrs

from budgetperf.documents.source import Document
from budgetperf.documents.understanding.assembling import NOTHING_BESIDE, Beside, Found, assemble
from budgetperf.documents.understanding.phrases.surveys import read_surveys
from budgetperf.documents.understanding.segments import Segment
from budgetperf.exact import NO_WORDS, Figure, Text
from budgetperf.exact.text import LIST, shortened
from budgetperf.model import (
    EvaluationKind,
    LayoutDirection,
    Reading,
    SelfEvaluation,
    Target,
    Unread,
)
from budgetperf.model.fields import copied

from .form import Form
from .grid import Sheet, pieces_of
from .layouts.named import Choice, choose, with_own_words
from .layouts.own import FormLayout
from .reader import read_forms
from .vocabulary import vocabulary, vocabulary_sha256

__all__ = ["ASKED_FOR", "LAYOUT", "ByWords", "Told", "form_reports"]

LAYOUT = "forms"
"""The id of the reading by header words."""


@attrs.frozen(kw_only=True)
class Told:
    """What the text around the forms states, read by one layout.

    Args:
        values: each value at its path.
        segments: the pieces of the text, with what was understood of them.
        layout: the id of the layout.
        kind: what such a text is about; ``None`` where it does not say.
        notes: what is told of numbers that are not used.
    """

    values: tuple[Found, ...]
    segments: tuple[Segment, ...]
    layout: str
    kind: EvaluationKind | None
    notes: tuple[Text, ...] = ()


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
    narrative: Told | None,
    *,
    own: FormLayout | None = None,
    by_name: bool = True,
    beside: Beside = NOTHING_BESIDE,
) -> ByWords:
    """The reports whose forms a document holds; nothing if there is none.

    Numbers before the first form and behind the last one are counted with that form. What the text
    states belongs to the first form of what it is about; where there is none, it is a report. So it
    is where it does not say which of several forms it is about. What stands beside the forms is of
    the department.
    """
    forms = _chosen(document) if own is None and by_name else _asked(document, own)
    parts = [_Parts.of_form(form, choice) for form, choice in forms]
    if narrative is not None and forms:
        same = [part for part in parts if part.kind is narrative.kind]
        if narrative.kind is None and len(parts) == 1:
            same = parts
        alone = _Parts(kind=narrative.kind or EvaluationKind.PROJECT, layout=narrative.layout)
        for part in parts:  # the text is in the pieces of the layout that read it
            part.segments = [piece for piece in part.segments if piece.kind == "cell"]
        part = same[0] if same else alone
        is_named = any(stated.path == _NAME for stated in part.values)
        part.values[:0] = [f for f in narrative.values if not (is_named and f.path == _NAME)]
        part.segments[:0] = narrative.segments
        part.notes += narrative.notes
        part.layout = f"{part.layout}, {narrative.layout}" if same else narrative.layout
        parts = parts if same else [alone, *parts]
    if parts:
        department = [part for part in parts if part.kind is EvaluationKind.DEPARTMENT]
        of_it = (department or parts)[0]
        of_it.values += beside.among(of_it.values)
        of_it.segments += beside.segments
    reports = tuple(_report(part, document, source) for part in parts)
    read = sum(report.reading.accounted for report in reports if report.reading is not None)
    return ByWords(reports=reports, judged=read + sum(form.declined for form, _ in forms))


_NAME = "department.name"

_Chosen: TypeAlias = tuple[Form, Choice]


def _asked(document: Document, own: FormLayout | None) -> list[_Chosen]:
    """The forms as a layout reads them that was asked for, or the words of all forms."""
    choice = Choice(layout=own, why=ASKED_FOR)
    forms = read_forms(list(pieces_of(document)), own.words if own else vocabulary())
    for form in forms:
        absent = own.head.signs.absent(form.words) if own else ()
        if own is not None and absent:
            more = _AND_OTHERS if absent[_MOST:] else NO_WORDS
            form.notes.append(_IS_NONE_OF_IT.fill(own.id, LIST.join(absent[:_MOST]) + more))
    return [(form, choice) for form in forms]


def _chosen(document: Document) -> list[_Chosen]:
    """The forms by the words of all forms, each with the layout that it is of.

    A layout with words of its own reads what these do not: where it would give another figure than
    they do, it is not taken.
    """
    items = list(pieces_of(document))
    known = [(form, _choice(form)) for form in read_forms(items, vocabulary())]
    words = {
        word
        for item in items
        if isinstance(item, Sheet)
        for line in item.lines
        for word in line.words
    }
    for layout in with_own_words(words):
        read = read_forms(list(pieces_of(document)), layout.words)
        again = [(form, choice) for form in read if (choice := _choice(form)).layout is layout]
        if not known:
            known = again
        elif len(read) == len(known):
            of_it = {id(form): choice for form, choice in again}
            known = [
                (other, of_it[id(other)]) if id(other) in of_it and _keeps(form, other) else before
                for before, other in zip(known, read, strict=True)
                for form in before[:1]
            ]
    return [(form, _as_read(form, choice)) for form, choice in known]


def _choice(form: Form) -> Choice:
    return choose(form.title, form.words, {form.title, *form.names.values()})


def _as_read(form: Form, choice: Choice) -> Choice:
    """The layout by which a form was read in the end; one whose own words were left out is none."""
    layout = choice.layout
    if layout is None or layout.own.isdisjoint(form.words) or form.known is layout.words:
        return choice
    return Choice(layout=None, why=_OTHERWISE.fill(layout.id))


def _keeps(form: Form, other: Form) -> bool:
    """Whether a reading has each figure that another one has, and where."""
    figures = {(stated.path, stated.value) for stated in form.values if _is_figure(stated)}
    return figures <= {(stated.path, stated.value) for stated in other.values if _is_figure(stated)}


def _is_figure(stated: Found) -> bool:
    value = stated.value.value if isinstance(stated.value, Target) else stated.value
    return isinstance(value, Figure)


ASKED_FOR = Text(zh="按要求", en="it was asked for")
_MOST = 5
_AND_OTHERS = Text(zh="等", en=" and others")
_IS_NONE_OF_IT = Text(
    zh="按要求用版式 {} 读取，但表中没有据以识别该版式的词：{}；请核对版式",
    en="the layout {} was asked for, but the form lacks words by which it is told: {}; check the "
    "layout",
)
_OTHERWISE = Text(
    zh="版式 {} 会使已读取的数字变样，没有采用",
    en="the layout {} would have read figures otherwise, and was not taken",
)


@attrs.define(kw_only=True, eq=False)
class _Parts:
    """What a report is put together from: a form, the text around it, and what is told of both."""

    kind: EvaluationKind
    layout: str
    why: Text = NO_WORDS
    sha256: str = attrs.Factory(vocabulary_sha256)
    directions: tuple[LayoutDirection, ...] = ()
    values: list[Found] = attrs.Factory(list[Found])
    segments: list[Segment] = attrs.Factory(list[Segment])
    notes: list[Text] = attrs.Factory(list[Text])

    @classmethod
    def of_form(cls, form: Form, choice: Choice) -> _Parts:
        """Those of a form without the text around it."""
        layout = choice.layout
        kind = None if layout is None else layout.head.kind
        return cls(
            kind=form.evaluates_by(kind or EvaluationKind.DEPARTMENT),
            layout=LAYOUT if layout is None else layout.id,
            why=choice.why,
            sha256=vocabulary_sha256() if layout is None else layout.sha256,
            directions=() if layout is None else layout.directions,
            values=[*form.values, *read_surveys(form.segments, "form")],
            segments=list(form.segments),
            notes=list(form.notes),
        )


def _report(parts: _Parts, document: Document, source: str) -> SelfEvaluation:
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
        layout_sha256=parts.sha256,
        directions=parts.directions,
        why=parts.why,
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
