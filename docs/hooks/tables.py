"""Pieces of Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable

__all__ = ["capital", "escaped", "fenced", "table"]

_SPECIAL = re.compile(r"[\\`*_\[\]|]")


def escaped(text: str) -> str:
    """Text as it is, whatever signs it has."""
    return _SPECIAL.sub(r"\\\g<0>", text).replace("<", "&lt;").replace("\n", " ")


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
