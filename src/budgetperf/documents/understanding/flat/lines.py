"""The lines of a text as cells: a line is one, or its words between blanks are."""

from __future__ import annotations

import re
from collections.abc import Sequence

import attrs

from budgetperf.documents.understanding.forms.headers import is_number
from budgetperf.documents.understanding.forms.indicators import PLACEHOLDER
from budgetperf.documents.understanding.segments import clean
from budgetperf.exact import MissingReason, blank_reason

__all__ = ["SIGN", "SIGNS", "UNITS", "TextLine", "is_mark", "is_value", "lines_in"]

_BRACKETS = re.compile(r"\([^()]*\)")
SIGN = re.compile(r"[≥≤><=≧≦﹥﹤﹦＞＜＝]{1,2}")
UNITS = (
    *("%", "‰", "元", "万元", "人", "次", "个", "家", "户", "件", "项", "天", "人次", "场", "期"),
    *("套", "台"),
)
SIGNS = (
    *("定性", "等于", "大于", "小于", "大于等于", "小于等于"),
    *("不低于", "不高于", "不少于", "不超过"),
)
_UNIT = re.compile(r"万元|亿元|元|%|‰|\(?万?元\)?")
_FURNITURE = re.compile(r"第\d{1,3}页(?:[,/]?共\d{1,3}页)?|[-—]\d{1,3}[-—]|\(?续表?\)?")
_MARKS = (MissingReason.DASH, MissingReason.NOT_APPLICABLE)


@attrs.frozen(kw_only=True, eq=False)
class TextLine:
    """A line that is no row of a table.

    Args:
        text: all of it, plain.
        parts: its words between blanks, each plain; what stands in brackets goes with the word
            before.
        number: its line in the document.
        raw: as it stands.
        is_glued: whether the last of its words is all figures of a row without blanks.
        is_of_stream: whether it was cut from a line with several rows.
    """

    text: str
    parts: tuple[str, ...]
    number: int
    raw: str
    is_glued: bool = False
    is_of_stream: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        """Its words; a sign goes with the number behind it, a unit with the one before."""
        return tuple(_joined(self.parts))

    @property
    def is_placeholder(self) -> bool:
        """Whether it is nothing but an empty row of a template, or the foot of a page."""
        plain = "".join(self.text.split())
        return bool(PLACEHOLDER.fullmatch(plain) or _FURNITURE.fullmatch(plain))


def lines_in(raw: str, number: int) -> list[TextLine]:
    """The lines of a paragraph that are not blank. Where pipes stand, what is between two is one
    word: they are the cells of a table that lost its shape, and blank ones say nothing."""
    lines: list[TextLine] = []
    for part in raw.splitlines():
        cells = [word for cell in part.split("|") if (word := clean(cell))] if "|" in part else []
        text = " ".join(cells) if "|" in part else clean(part)
        if text:
            parts = tuple(_bracketed(cells)) if cells else tuple(_parts(part))
            lines.append(TextLine(text=text, parts=parts, number=number, raw=part))
    return lines


def _bracketed(words: Sequence[str]) -> list[str]:
    """Words, with what stands in brackets in the word before."""
    words_so_far: list[str] = []
    for word in words:
        if words_so_far and _BRACKETS.fullmatch(word) and not is_value(words_so_far[-1]):
            words_so_far[-1] += word
        else:
            words_so_far.append(word)
    return words_so_far


def _parts(raw: str) -> list[str]:
    return _bracketed([word for part in raw.split() if (word := clean(part))])


def _joined(parts: Sequence[str]) -> list[str]:
    joined: list[str] = []
    for part in parts:
        before = joined[-1] if joined else ""
        is_signed = bool(SIGN.fullmatch(before)) and part[0].isdigit()
        is_measured = before[-1:].isdigit() and bool(_UNIT.fullmatch(part))
        if is_signed or is_measured:
            joined[-1] += part
        else:
            joined.append(part)
    return joined


def is_mark(text: str) -> bool:
    """Whether a cell says that nothing is due in it."""
    blank = blank_reason(text)
    return blank is not None and blank.reason in _MARKS


def is_value(text: str) -> bool:
    """Whether a cell is a number, or says that there is none."""
    return is_number(text) or is_mark(text)
