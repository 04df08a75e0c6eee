"""HTML for a notebook: escaped by construction, self-contained, no script, light and dark."""

from __future__ import annotations

import html
import itertools
import re
from collections.abc import Iterable, Sequence

from budgetperf.exact.absent import Missing
from budgetperf.exact.figure import Stated
from budgetperf.exact.text import Text, in_brackets, visible_lines
from budgetperf.plain.structuring import data_folder
from budgetperf.relations.words import printed_text

__all__ = [
    "Markup",
    "counted",
    "facts",
    "fold",
    "joined",
    "label",
    "sheet",
    "stated",
    "table",
    "tag",
]


class Markup(str):
    """Text that is HTML already. Any other text is escaped where it is put in.

    What is glued together from markup by hand is plain text again, and escaped: never the other
    way round.
    """

    __slots__ = ()


def tag(name: str, *parts: str, cls: str = "", **attributes: str) -> Markup:
    """An element with its content and attributes.

    >>> tag("b", "R&D", cls="bp-code")
    '<b class="bp-code">R&amp;D</b>'
    """
    given = {"class": cls, **attributes}
    written = "".join(f' {key}="{_escaped(value)}"' for key, value in given.items() if value)
    return Markup(f"<{name}{written}>{joined(parts)}</{name}>")


def joined(parts: Iterable[str], between: str = "") -> Markup:
    """Parts one after the other, each escaped unless it is markup."""
    return Markup(_escaped(between).join(_escaped(part) for part in parts))


# No document may hold these, escaped or not. Controls, halves of pairs and what turns the direction
# of writing it may not hold or should not obey: these are written out, as in displays of text.
_PLANES = range(0x10000, 0x120000, 0x10000)
_NO_CHARACTERS = "".join(chr(end - 2) + chr(end - 1) for end in _PLANES)
_FORBIDDEN = re.compile(f"[\ufdd0-\ufdef{_NO_CHARACTERS}]")


def _escaped(text: str) -> str:
    if isinstance(text, Markup):
        return text
    return html.escape(_FORBIDDEN.sub("\ufffd", visible_lines(text)))


def table(
    head: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    caption: str = "",
    kinds: Sequence[str] = (),
    cls: str = "",
) -> Markup:
    """A table whose first column names its rows.

    Args:
        head: the heads of the columns; none for a list of facts.
        rows: the cells.
        caption: what the table shows.
        kinds: a class for each column, such as ``"bp-number"`` or ``"bp-short"``.
        cls: a class for the table.
    """
    whole_table = tag(
        "table",
        tag("caption", caption) if caption else "",
        tag("thead", _row(head, kinds, "col")) if head else "",
        tag("tbody", *(_row(row, kinds, "row") for row in rows)),
        cls=cls,
    )
    return tag("div", whole_table, cls="bp-scroll")


def _row(cells: Sequence[str], kinds: Sequence[str], scope: str) -> Markup:
    """A row of heads, or a row that its first cell heads."""
    looks = itertools.chain(kinds, itertools.repeat(""))
    return tag(
        "tr",
        *(
            tag("td", cell, cls=cls)
            if index and scope == "row"
            else tag("th", cell, scope=scope, cls=cls)
            for index, (cell, cls) in enumerate(zip(cells, looks, strict=False))
        ),
    )


def facts(rows: Iterable[tuple[str, str]], *, caption: str = "") -> Markup:
    """Names and what they are, one a row."""
    return table((), rows, caption=caption, cls="bp-facts")


def counted(title: Text, number: int, lang: str) -> str:
    """A title, and how many there are of it."""
    return (title + in_brackets(Text.of(number))).pick(lang)


def fold(summary: str, *parts: str) -> Markup:
    """What opens on a click."""
    return tag("details", tag("summary", summary), *parts)


def label(text: str, tone: str) -> Markup:
    """A word on a coloured ground: it says itself what the colour says.

    Args:
        text: the word.
        tone: ``"bad"``, ``"warn"``, ``"near"``, ``"good"`` or ``"open"``.
    """
    return tag("span", text, cls=f"bp-label bp-{tone}")


def stated(value: Stated, lang: str) -> Markup:
    """A figure as printed, with its column's unit; or why there is none, which is never 0."""
    if isinstance(value, Missing):
        if value.says_none and value.text:  # the mark says it
            return tag("span", value.text, cls="bp-none")
        printed = f"“{value.text}”" if value.text else ""
        return tag("span", value.reason.label.pick(lang), printed, cls="bp-none")
    return joined((printed_text(value).pick(lang),))


_LANGUAGES = Text(zh="zh-Hans", en="en")


def sheet(*parts: str, lang: str) -> str:
    """A display of its own: the parts, and the style that they need."""
    # The two other classes keep a notebook from reading dollar signs as formulas.
    whole = tag(
        "div",
        tag("style", Markup(STYLE)),
        *parts,
        cls="budgetperf tex2jax_ignore mathjax_ignore",
        lang=_LANGUAGES.pick(lang),
    )
    return str(whole)


PALETTE = {
    "surface": ("#ffffff", "#16191d"),
    "ink": ("#1f2328", "#e6e9ec"),
    "soft": ("#56606b", "#a7b0ba"),
    "line": ("#d1d9e0", "#3a424c"),
    "band": ("#f3f5f8", "#20252b"),
    "bad": ("#8f1d1d", "#ffbdb8"),
    "bad-ground": ("#fde6e6", "#521c1c"),
    "warn": ("#6b4700", "#ffd98a"),
    "warn-ground": ("#fdf0d0", "#453200"),
    "near": ("#0b4f6c", "#a3d8f4"),
    "near-ground": ("#e0f1f8", "#10364a"),
    "good": ("#14532d", "#a4e3b3"),
    "good-ground": ("#e2f4e6", "#173a22"),
    "open": ("#3d4752", "#ccd3da"),
    "open-ground": ("#e6eaef", "#333b44"),
}
"""The colours of displays by name: in light and in dark."""
FONT = (
    'system-ui,-apple-system,"Segoe UI","PingFang SC","Hiragino Sans GB","Microsoft YaHei",'
    '"Noto Sans CJK SC","Source Han Sans SC","WenQuanYi Micro Hei",sans-serif'
)
"""The families of fonts, those for Chinese included."""


def themed(selector: str, names: Iterable[str] = tuple(PALETTE)) -> str:
    """The rules that give what ``selector`` selects its colours, in light and in dark.

    The theme that a notebook (Jupyter, VS Code, Colab) or a documentation site says it has wins
    over the system's; on paper it is light.
    """
    chosen = tuple(names)
    light, dark = (
        "\n"
        + "".join(f"--bp-{name}:{PALETTE[name][theme]};" for name in chosen)
        + f"color-scheme:{('light', 'dark')[theme]}"
        for theme in (0, 1)
    )
    return f"""{selector}{{{light}}}
@media (prefers-color-scheme:dark){{{selector}{{{dark}}}}}
:is([data-jp-theme-light="true"],.vscode-light,.vscode-high-contrast-light,[theme="light"],
[data-theme="light"],[data-md-color-scheme="default"]) {selector}{{{light}}}
:is([data-jp-theme-light="false"],.vscode-dark,.vscode-high-contrast:not(.vscode-high-contrast-light),
[theme="dark"],[data-theme="dark"],[data-md-color-scheme="slate"]) {selector}{{{dark}}}
@media print{{{selector * 4}{{{light}}}}}"""


# Notebooks right-align cells, stripe rows and set sizes by rules that name two classes, such as
# ``:not(.jp-RenderedMarkdown).jp-RenderedHTMLCommon td``; a class that is named four times wins.
_SHEET = (data_folder("budgetperf.display", "html") / "sheet.css").read_text(encoding="utf-8")
_RULES = _SHEET.partition("*/\n")[2].replace("var(--bp-font)", FONT)
STYLE = f"{themed('.budgetperf')}\n{_RULES.replace('.budgetperf', '.budgetperf' * 4)}"
"""The style of a sheet: its colours, and the rules of ``sheet.css``."""
