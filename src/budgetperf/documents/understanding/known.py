"""Every way to read that has a name: what it reads, where it was seen, and by what it is told."""

from __future__ import annotations

import attrs

from budgetperf.documents.understanding.forms.layouts.named import form_layouts
from budgetperf.documents.understanding.forms.reports import LAYOUT
from budgetperf.documents.understanding.layout import layouts
from budgetperf.documents.understanding.phrases.reading import PHRASES
from budgetperf.exact import Text
from budgetperf.exact.calls import Called
from budgetperf.model import EvaluationKind

__all__ = ["KnownLayout", "known_layouts"]


@attrs.frozen(kw_only=True)
class KnownLayout(Called):
    """A layout that ``layout=`` may name.

    Args:
        id: its code.
        title: what it reads, in words.
        kind: what such a report evaluates; ``None`` where that differs.
        seen: where such forms were seen. It is no claim that anything prescribes them.
        words: the words of cells by which a form is told to be of it; none where it is not told by
            these.
    """

    id: str
    title: Text
    kind: EvaluationKind | None = None
    seen: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


def known_layouts() -> tuple[KnownLayout, ...]:
    """All of them: those of any report first, then those of some reports by their ids."""
    general = (
        KnownLayout(id=LAYOUT, title=_FORMS),
        KnownLayout(id=PHRASES, title=_PHRASES),
    )
    of_reports = [
        KnownLayout(id=layout.id, title=layout.title, kind=layout.kind) for layout in layouts()
    ]
    of_forms = [
        KnownLayout(
            id=layout.id,
            title=layout.head.title,
            kind=layout.head.kind,
            seen=layout.head.seen,
            words=layout.head.signs.words,
        )
        for layout in form_layouts()
    ]
    return (*general, *sorted([*of_reports, *of_forms], key=lambda layout: layout.id))


_FORMS = Text(
    zh="任何地方的自评表，按表头中的词", en="forms of any region, by the words in headers"
)
_PHRASES = Text(
    zh="任何模板的文字报告，按句子", en="narratives of any template, by their sentences"
)
