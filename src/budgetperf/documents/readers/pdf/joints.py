"""Where lines end: whether a text goes on in the next one, and what becomes of a number there.

A number is never read short. Where it is plain that the width broke it, it is put together, and
that is said; where it is not, the break stays in it, so that it is no number, and that is said too.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence

import attrs

from budgetperf.documents.readers.remarks import Remarks
from budgetperf.exact import Text

from .lines import Line

__all__ = [
    "JOINT",
    "between",
    "goes_on",
    "is_full",
    "is_numeric",
    "joined",
    "resolved",
    "surely_one",
]

JOINT = "\x1f"
"""Stands where digits end a line and digits begin the next, until it is known what that means."""

_JOINED = Text(
    zh="行末断开的数已连成一个，请核对：{}",
    en="numbers broken at the end of a line were joined: {}",
)
_IN_DOUBT = Text(
    zh="一格内的数字分在两行，不能确定是不是一个数，未读取：{}",
    en="digits on two lines of a cell may be one number or two, and were not read: {}",
)
_ENDS = re.compile(r"[。；！？：:;]$")
_LISTED = re.compile(
    r"(?:\d{1,2}[、.．)）](?!\d)|[（(][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]{1,3}[、.．])"
)
_UNIT = r"(?:[%‰]|个?百分点|[十百千万亿]{0,3}[元人次件个户名项分天亩]{0,2})"
_WELL_FORMED = re.compile(
    r"(?P<sign>[≥≤＞＜>=<+\-－¥￥]{0,2})(?:0|[1-9]\d*|[1-9]\d{0,2}(?:,\d{3})+)"
    rf"(?:\.(?P<decimals>\d+))?(?P<unit>{_UNIT})"
)
_NUMERIC = re.compile(r"[\d.,\s\x1f+\-－¥￥≥≤＞＜>=<()（）]+" + _UNIT)
_AROUND = re.compile(r"[\d.,]*\x1f[\d.,\x1f]*%?")


def is_full(line: Line, after: Line, width: float) -> bool:
    """Whether the first sign of the next line has no room at the end of a line.

    Args:
        line: the line.
        after: the next one.
        width: how long a line may be.
    """
    first = after.glyphs[0]
    return width - (line.x1 - line.x0) < first.x1 - first.x0 - 0.05 * after.size


def _breaks(line: Line, after: Line, width: float) -> bool:
    """Whether what may not be parted at the beginning of the next line has hardly room there."""
    return width - (line.x1 - line.x0) < _first_width(after) + 0.4 * after.size


_OPENING = frozenset("“‘（《〈「『【〔([{")
_CLOSING = frozenset("”’）》〉」』】〕)]}，。、；：！？,.;:!?%‰")


def _first_width(line: Line) -> float:
    """How wide that is: a word or a number, with the signs that may not be parted from it."""
    start = end = line.glyphs[0].x0
    before = ""
    for glyph in line.glyphs:
        sign = glyph.text
        is_bound = (
            not before
            or before in _OPENING
            or sign in _CLOSING
            or (before in ".," and sign.isdigit())
            or (before.isascii() and sign.isascii() and sign.isalnum() and before not in _CLOSING)
        )
        if not is_bound or (before and glyph.x0 - end > line.size / 4):
            break
        end, before = glyph.x1, sign
    return end - start


def joined(lines: Sequence[Line], width: float, *, is_running: bool = False) -> str:
    """The text of lines.

    Args:
        lines: from top to bottom.
        width: how long a line may be.
        is_running: whether it is known that each goes on in the next one.
    """
    if not lines:
        return ""
    parts = [lines[0].text]
    for line, after in itertools.pairwise(lines):
        parts += (between(line, after, width, is_running=is_running), after.text)
    return "".join(parts)


def between(line: Line, after: Line, width: float, *, is_running: bool = False) -> str:
    """What stands between two lines in a text: nothing, a blank, a break, or a joint."""
    last, first = line.text[-1], after.text[0]
    goes_on = is_running or _breaks(line, after, width)
    if last.isdigit() and first.isdigit():
        if line.ends_blank or not is_full(line, after, width) or _LISTED.match(after.text):
            return " " if is_running else "\n"
        return JOINT
    if not goes_on:
        return "\n"
    is_word = last.isascii() and first.isascii() and last.isalnum() and first.isalnum()
    return " " if is_word else ""


def is_numeric(text: str) -> bool:
    """Whether a text is numbers, with the unit behind them, and no words."""
    return any(map(str.isdigit, text)) and _NUMERIC.fullmatch(text) is not None


def resolved(text: str, where: str, remarks: Remarks, column: Iterable[str] = ()) -> str:
    """A text in which each number that a line end broke is put together, or left broken.

    Args:
        text: with :data:`JOINT` where that is in question.
        where: its place, for what is said.
        remarks: where that is said.
        column: the other numbers of its column below the same header.
    """
    if JOINT not in text:
        return text
    in_one = text.replace(JOINT, "")
    if _NUMERIC.fullmatch(text):
        if _is_one(text.split(JOINT), in_one, column):
            remarks.add(_JOINED, f"{where}{in_one}")
            return in_one
        remarks.add(_IN_DOUBT, f"{where}{text.replace(JOINT, ' / ')}")
        return text.replace(JOINT, "\n")
    for number in _AROUND.findall(text):
        remarks.add(_JOINED, f"{where}{number.replace(JOINT, '')}")
    return in_one


def _is_one(parts: list[str], whole: str, column: Iterable[str]) -> bool:
    """Whether parts are one number and cannot be several, by how they are written or by how all
    others of the column are."""
    together = _WELL_FORMED.fullmatch(whole)
    if together is None:
        return False
    alone = [match for part in parts if (match := _WELL_FORMED.fullmatch(part))]
    if _cannot_part(alone, len(parts)):
        return True
    decimals = {
        len(match["decimals"] or "") for text in column if (match := _WELL_FORMED.fullmatch(text))
    }
    if len(decimals) != 1:
        return False
    due = decimals.pop()
    return (
        due > 0
        and len(together["decimals"] or "") == due
        and any(len(match["decimals"] or "") != due for match in alone)
    )


def _cannot_part(alone: Sequence[re.Match[str]], parts: int) -> bool:
    """Whether some of the parts are no numbers alone, or only the first has what stands before a
    number and only the last what stands behind it: that stands there once."""
    if len(alone) < parts:
        return True
    is_framed = alone[0]["sign"] and alone[-1]["unit"]
    return bool(is_framed) and not alone[0]["unit"] + alone[-1]["sign"]


def surely_one(text: str) -> str:
    """The number that a text with joints is whatever stands around it; ``""`` if it may be
    several."""
    whole, parts = text.replace(JOINT, ""), text.split(JOINT)
    alone = [match for part in parts if (match := _WELL_FORMED.fullmatch(part))]
    return whole if _WELL_FORMED.fullmatch(whole) and _cannot_part(alone, len(parts)) else ""


def goes_on(line: Line, after: Line, *, width: float, left: float, pitch: float) -> bool:
    """Whether a paragraph goes on from one line to the next.

    Args:
        line: the line.
        after: the next one.
        width: from the left margin to the right one.
        left: the left margin.
        pitch: from line to line.
    """
    if abs(line.size - after.size) > 0.1 * line.size or after.base - line.base > 1.6 * pitch:
        return False
    if not _breaks(attrs.evolve(line, x0=left), after, width):
        return False
    if after.x0 > left + 0.8 * after.size and (
        abs(after.x0 - line.x0) > 2 or _ENDS.search(line.text)
    ):
        return False
    return not (_ENDS.search(line.text) and _LISTED.match(after.text))
