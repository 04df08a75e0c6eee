"""Lines of plain text, and how long they are."""

from __future__ import annotations

import re
from collections.abc import Iterable

from budgetperf.exact import columns
from budgetperf.exact.text import visible

__all__ = ["WIDTH", "headline", "joined_lines", "wrapped"]

WIDTH = 96
"""How many columns a line has; a Chinese character takes two."""


def headline(title: str) -> str:
    """The line above a section."""
    return f"── {title} " + "─" * 40


def joined_lines(lines: Iterable[str]) -> str:
    """Lines as a text; what a line holds begins no other one."""
    return "\n".join(map(visible, lines))


# What stays on one line: a word, a number with its unit or one Chinese character; with the
# brackets that open before it and the signs that close after it.
_OPENING, _CLOSING = "（“「《〔", "，。；：、）”」》〕"
_PIECE = re.compile(
    rf"[{_OPENING}]*"
    rf"(?:第 \d+(?: 行)?|\d+ 行|"
    rf"[^\s{_OPENING}{_CLOSING}\u2e80-\uffef]+(?:(?<=\d)[十百千万亿]*[元名人个次项分件处])?|.)?"
    rf"[{_CLOSING},;:.]*\s*"
)


def wrapped(text: str, width: int = WIDTH) -> list[str]:
    """``text`` in lines of at most ``width`` columns, where a piece is not longer itself."""
    text = visible(text)
    if columns(text) <= width:
        return [text.rstrip()]
    lines: list[str] = []
    line, taken = "", 0
    for piece in _PIECE.findall(text):
        if line and taken + columns(piece.rstrip()) > width:
            lines.append(line.rstrip())
            line, taken = "", 0
        line += piece
        taken += columns(piece)
    return [*lines, line.rstrip()]
