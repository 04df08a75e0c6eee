"""How a document is read: by whatever understands most, or as one asks."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import attrs

from budgetperf.documents.readers.text import unusable, why_not_opened
from budgetperf.documents.understanding.forms.layouts.named import form_layouts
from budgetperf.documents.understanding.forms.layouts.own import FormLayout, form_layout
from budgetperf.documents.understanding.forms.reports import LAYOUT
from budgetperf.documents.understanding.layout import Layout, layouts
from budgetperf.documents.understanding.phrases.reading import PHRASES
from budgetperf.exact import NotFoundError
from budgetperf.exact.text import LIST, Text, did_you_mean, shown
from budgetperf.plain.files import as_path

__all__ = ["Way", "require_layout", "way_of"]


@attrs.frozen(kw_only=True)
class Way:
    """How to read.

    Args:
        by: ``"any"``: by whatever understands most; by a layout with a ``"name"``, by the words in
            the headers of ``"forms"`` and the text around them, or by ``"phrases"`` alone.
        named: the layouts with a name that are tried.
        own: a layout of forms, one's own or one of those with a name.
    """

    by: Literal["any", "name", "forms", "phrases"] = "any"
    named: tuple[Layout, ...] = attrs.field(factory=layouts)
    own: FormLayout | None = None


def require_layout(layout: str | Path) -> None:
    """Refuse a layout that :func:`~budgetperf.read` would refuse.

    Raises:
        NotFoundError: there is no such layout.
        UnusableDocumentError: its file cannot be read.
        ProblemsError: the file is wrong; all that is wrong is listed.
    """
    way_of(layout)


def way_of(layout: str | Path | None) -> Way:
    """How to read, as it was asked for.

    Raises:
        NotFoundError: there is no such layout.
        UnusableDocumentError: its file cannot be read.
        ProblemsError: the file is wrong; all that is wrong is listed.
    """
    if layout is None:
        return Way()
    if layout == LAYOUT:
        return Way(by="forms")
    if layout == PHRASES:
        return Way(by="phrases", named=())
    if isinstance(layout, str) and not layout.endswith(".toml"):
        named = tuple(known for known in layouts() if known.id == layout)
        if named:
            return Way(by="name", named=named)
        of_forms = [known for known in form_layouts() if known.id == layout]
        if of_forms:
            return Way(by="forms", own=of_forms[0])
        ids = [LAYOUT, PHRASES, *(known.id for known in layouts())]
        ids += [known.id for known in form_layouts()]
        raise NotFoundError("unknown-layout", _no_such(layout, ids), field="layout")
    path = as_path(layout)
    try:
        own = form_layout(path)
    except OSError as error:
        why = why_not_opened(error)
        raise unusable("cannot-open", why.zh, why.en, str(path)) from None
    return Way(by="forms", own=own)


def _no_such(layout: str, ids: Sequence[str]) -> Text:
    """Near matches; else all of them."""
    near = difflib.get_close_matches(layout.strip().lower(), ids, n=3)
    if near:
        meant = Text(zh="最接近的是 ", en="") + did_you_mean(near)
        return _NEAR.fill(layout=shown(layout), meant=meant)
    return _NONE.fill(layout=shown(layout), ids=LIST.join(ids))


_NEAR = Text(
    zh="没有版式 {layout}；{meant}；全部见 budgetperf layouts",
    en="there is no layout {layout}; {meant} budgetperf layouts lists all",
)
_NONE = Text(
    zh="没有版式 {layout}：可用的是 {ids}，或一个 .toml 文件",
    en="there is no layout {layout}: the layouts are {ids}, or a .toml file",
)
