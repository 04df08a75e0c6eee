"""The layouts of forms that are shipped, and which of them a form is of."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Sequence, Set

import attrs

from budgetperf.exact import Text
from budgetperf.exact.text import LIST
from budgetperf.plain.structuring import data_folder

from .own import FormLayout, form_layout_in

__all__ = ["Choice", "choose", "form_layouts", "with_own_words"]


@functools.cache
def form_layouts() -> tuple[FormLayout, ...]:
    """The layouts of forms that are shipped, by their ids."""
    folder = data_folder("budgetperf.documents", "understanding") / "forms" / "layouts"
    files = (file for file in folder.iterdir() if file.name.endswith(".toml"))
    layouts = [form_layout_in(tomllib.loads(file.read_text(encoding="utf-8"))) for file in files]
    return tuple(sorted(layouts, key=lambda layout: layout.id))


@attrs.frozen(kw_only=True)
class Choice:
    """The layout of a form, and why.

    Args:
        layout: the layout; ``None`` where it is of none that is known, or of several alike.
        why: why it was taken, or none was.
    """

    layout: FormLayout | None
    why: Text


def choose(title: str, words: Set[str], names: Set[str]) -> Choice:
    """Which of the shipped layouts a form is of: the one with most signs, all of which it has.

    Args:
        title: what the form is called.
        words: the words of its cells.
        names: what its head says.
    """
    fitting = [layout for layout in form_layouts() if layout.head.signs.fit(title, words, names)]
    most = max((layout.head.signs.count for layout in fitting), default=0)
    best = [layout for layout in fitting if layout.head.signs.count == most]
    if len(best) == 1:
        return Choice(layout=best[0], why=_why(best[0], title, names))
    if not best:
        return Choice(layout=None, why=_NONE)
    return Choice(layout=None, why=_SEVERAL.fill(LIST.join(layout.id for layout in best)))


def _why(layout: FormLayout, title: str, names: Set[str]) -> Text:
    signs = layout.head.signs
    signs_seen = [*signs.words]
    signs_seen += [part for part in signs.titles if part in title][:1]
    signs_seen += [part for part in signs.names if any(part in name for name in names)][:1]
    return _BY_SIGNS.fill(LIST.join(signs_seen))


def with_own_words(words: Set[str]) -> Sequence[FormLayout]:
    """The layouts whose own words stand in a document, and whose signs all do: those by which it
    may be read otherwise than by the words of all forms.

    Args:
        words: the words of the cells of the document.
    """
    return [
        layout
        for layout in form_layouts()
        if not layout.own.isdisjoint(words) and words >= frozenset(layout.head.signs.words)
    ]


_BY_SIGNS = Text(zh="表中有该版式特有的词：{}", en="the form has words of this layout alone: {}")
_NONE = Text(
    zh="表中的词不合任何一个已命名的版式，按通用的表头词读取",
    en="its words are those of no layout with a name; it was read by the words of all forms",
)
_SEVERAL = Text(
    zh="表中的词同样合于 {} 几个版式，按通用的表头词读取",
    en="its words fit the layouts {} alike; it was read by the words of all forms",
)
