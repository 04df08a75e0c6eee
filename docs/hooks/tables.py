"""Pieces of Markdown."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mkdocs.structure.pages import Page

__all__ = ["capital", "code", "escaped", "fenced", "filled", "language", "table"]

_SPECIAL = re.compile(r"[\\`*_\[\]|]")


def escaped(text: str) -> str:
    """Text as it is, whatever signs it has."""
    return _SPECIAL.sub(r"\\\g<0>", text).replace("<", "&lt;").replace("\n", " ")


_BREAKS = re.compile(r"(?<=[/\[?&])(?=\w)|(?<=\.)(?=[a-z])|(?<=[0-9a-f]{16})(?=[0-9a-f]{16})")


def code(text: str) -> str:
    """Code in a cell. Where there is no room for it, it breaks behind a sign, and in no word."""
    if not _BREAKS.search(text):
        return f"`{text}`"
    parts = [html.escape(part).replace("|", "&#124;") for part in _BREAKS.split(text)]
    return f"<code>{'<wbr>'.join(parts)}</code>"


def capital(text: str) -> str:
    """The text with a capital letter at its beginning."""
    return text[:1].upper() + text[1:]


def table(head: str, rows: Iterable[Iterable[str]]) -> str:
    """A table; its heads are parted by ``|``."""
    titles = head.split("|")
    lines = [titles, ["---"] * len(titles), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def fenced(language: str, text: str) -> str:
    """A fenced block."""
    return f"```{language}\n{text.rstrip()}\n```"


def language(page: Page) -> str:
    """The language of a page, by its name."""
    return "en" if page.file.src_uri.endswith(".en.md") else "zh"


def filled(markdown: str, kind: str, writers: Mapping[str, Callable[[str], str]], lang: str) -> str:
    """The page with each marker ``<!-- KIND: NAME -->`` replaced by what is written for it.

    Raises:
        KeyError: a marker names nothing that is written.
    """
    marker = rf"<!-- {kind}: (?P<name>[a-z-]+) -->"
    return re.sub(marker, lambda match: writers[match["name"]](lang), markdown)
