"""Sentences, the chunks between their marks, and the numbers in these."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

import attrs

from budgetperf.documents.understanding.glyphs import LIKE_PERCENT
from budgetperf.documents.understanding.layout import UNSEEN

from .words import Words

__all__ = ["Chunk", "Number", "Sentence", "sentences"]


@attrs.frozen(kw_only=True)
class Number:
    """A number with its unit, between two positions of the text.

    Args:
        text: the number and its unit, without what says that it is a bound or about so much.
        start: where it begins, the sign of a bound included.
        end: behind its unit.
        unit: the symbol of its unit.
        sign: that of a bound, such as ``≥``.
        about: whether it is only about so much.
        said_above: whether its unit is said once, before it: （单位：万元）.
        broken: whether it cannot be read as it stands, such as the end of a range.
    """

    text: str
    start: int
    end: int
    unit: str
    sign: str = ""
    about: bool = False
    broken: bool = False
    said_above: bool = False


@attrs.frozen(kw_only=True)
class Chunk:
    """What stands between two marks.

    Args:
        start: where it begins.
        end: where it ends.
        before: the mark before it; ``""`` at the start of a sentence.
        after: the mark behind it.
        depth: how many brackets are open.
        numbers: those in it.
    """

    start: int
    end: int
    before: str
    after: str
    depth: int
    numbers: tuple[Number, ...]


@attrs.frozen(kw_only=True)
class Sentence:
    """A sentence: its chunks in their order, and where it stands in the text."""

    text: str
    start: int
    end: int
    chunks: tuple[Chunk, ...]
    apart: tuple[tuple[int, int], ...]
    """Stretches with numbers that are no figures."""
    begins: bool
    """Whether it is the first one of a paragraph."""


_NUMBERING = re.compile(
    r"\s*(?:[●◆▲★○◇•◎➢❖]|[·-](?=[\u4e00-\u9fff])|\(?\d{1,2}(?:[.、](?!\d+(?:[^\d年]|$))|\)))"
)
_ENDS = re.compile(r"(?<!\d)。|。(?!\d)|。(?=(?:19|20)\d{2}年)|[！？!?\n]")
"""188。76 is no end of a sentence; that of 电话88123456。2023年 is one."""
_MARKS = re.compile(r"[，,;、:()]")


@functools.cache
def _number(units: str) -> re.Pattern[str]:
    """A number in running text; its parts are atomic, so that a run of digits is taken whole."""
    return re.compile(
        r"(?P<sign>(?>(?:[≥≤><=]|不低于|不少于|不高于|不超过|不小于|不大于|大于|小于|超过|低于|高于)*))"
        r"(?P<about>(?>(?:大?(?<!节)约|近|将近|接近)?))"
        r"(?P<number>[+-]?(?>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?))"
        r"(?P<unit>%|‰|个?百分点|[十百千万亿]{0,3}元(?:/[\u4e00-\u9fff]{1,4}(?:[·.*/][年月天次季日])?)?"
        rf"|[百千万亿]{{0,2}}(?:{units})(?:/[\u4e00-\u9fff])?|分(?![\u4e00-\u9fff]?[之别批])|)"
        r"(?P<after>(?>(?:[余多]|左右|上下|及?以上|及?以下|以内)?))"
    )


_JOINED_BEFORE = re.compile(
    rf"[\d.,*×Xx_A-Za-z/·—–~～|〇{UNSEEN}-] ?$|\d。$|[\d%元万亿人次户日月年][至到]$"
)
_JOINED_AFTER = re.compile(
    rf"[\d.,*×%‰_A-Za-z·|〇{LIKE_PERCENT}{UNSEEN}]|。\d|[十百千万亿]| ?\d|[-—–~～至到] ?[\d≥≤]"
)

_DIVISOR = re.compile(r"[^，。;]{0,30}?\d[^，。;\d]{0,6}(?:[×*xX]100%|=)")
"""What follows 76万元/预算 where it is divided by another amount: 76万元/预算80万元×100%."""

_GOES_ON = re.compile(r"[-—–~～至到] ?[\d≥≤]")


def sentences(text: str, words: Words) -> Iterator[Sentence]:
    """The sentences of a text that was cleaned."""
    start = 0
    for end in _ENDS.finditer(text):
        if text[start : end.start()].strip():
            yield _sentence(text, start, end.start(), words)
        start = end.end()
    if text[start:].strip():
        yield _sentence(text, start, len(text), words)


_LONGEST = 2000
_MOST_NUMBERS = 60
_DIGITS = re.compile(r"\d++")


def _sentence(text: str, start: int, end: int, words: Words) -> Sentence:
    begins = start == 0 or text[start - 1] == "\n"
    apart = tuple(match.span() for match in words.is_no_figure.finditer(text, start, end))
    count = sum(1 for _ in _DIGITS.finditer(text, start, end))
    if end - start > _LONGEST or not 0 < count <= _MOST_NUMBERS:  # nobody writes such a sentence
        return Sentence(text=text, start=start, end=end, chunks=(), apart=apart, begins=begins)
    numbering = _NUMBERING.match(text, start, end)
    start = numbering.end() if numbering else start
    numbers = _numbers(text, start, end, apart, words)
    chunks: list[Chunk] = []
    position, before, depth = start, "", 0
    inside = [(number.start, number.end) for number in numbers] + list(apart)
    for mark in (*_MARKS.finditer(text, start, end), None):
        if mark and any(first <= mark.start() < last for first, last in inside):
            continue  # the comma of 1,234.5 and the brackets of 〔2020〕10号
        stop = mark.start() if mark else end
        after = mark[0] if mark else ""
        own = tuple(n for n in numbers if position <= n.start < stop)
        chunks.append(
            Chunk(start=position, end=stop, before=before, after=after, depth=depth, numbers=own)
        )
        depth = max(0, depth + {"(": 1, ")": -1}.get(after, 0))
        position, before = stop + 1, after
    return Sentence(
        text=text, start=start, end=end, chunks=tuple(chunks), apart=apart, begins=begins
    )


def _numbers(
    text: str, start: int, end: int, apart: tuple[tuple[int, int], ...], words: Words
) -> list[Number]:
    numbers: list[Number] = []
    taken = iter((*apart, (end, end)))
    first, last = next(taken)
    position = start
    while position < end:
        match = _number(words.units).search(text, position, end)
        if match is None:
            break
        while last <= match.start("number") and first < end:
            first, last = next(taken)
        if first <= match.start("number") < last:
            position = last
            continue
        numbers.append(_of(match, text, start, end))
        position = match.end()
    return numbers


def _of(match: re.Match[str], text: str, start: int, end: int) -> Number:
    digits = match.start("number")
    before = text[max(start, digits - 2) : digits]
    sign = match["sign"]
    joined = not sign and not match["about"] and _JOINED_BEFORE.search(before)
    unit, behind = match["unit"], match.end()
    of_money = None if unit else _WITHOUT_YUAN.match(text, behind, end)
    if of_money and _OF_MONEY.search(text, max(start, digits - _NEAR), digits):
        unit, behind = f"{of_money[0]}元", of_money.end()
    above = "" if unit else _unit_above(text, digits)
    goes_on = _GOES_ON if unit and unit not in "%‰" else _JOINED_AFTER
    follows = goes_on.match(text, behind, end)
    if "/" in unit:
        follows = follows or _DIVISOR.match(text, behind, end)
    after = match["after"]
    return Number(
        text=match["number"] + (unit or above),
        start=match.start(),
        end=behind,
        unit=unit or above,
        said_above=bool(above),
        sign=sign or (after if after not in ("余", "多", "左右", "上下") else ""),
        about=bool(match["about"]) or after in ("左右", "上下"),
        broken=bool(joined or follows) or after in ("余", "多") or match["about"] not in ("", "约"),
    )


_WITHOUT_YUAN = re.compile("[万亿](?=[，,;、)]|$)")
_OF_MONEY = re.compile(
    "(?:资金|经费|预算数?|执行数|支出|投资|拨款|投入|金额)(?:共计?|合计|总计|为|是|达|:)*(?:大?约)?$"
)
"""What stands before 29.6万 where that can only be 万元: 全年执行数29.6万，执行率100%."""
_NEAR = 12

_UNIT_ABOVE = re.compile("单位:(?:人民币)?(?P<unit>[万亿]?元)(?![\u4e00-\u9fff/])")


def _unit_above(text: str, position: int) -> str:
    """The unit of amounts that a text says once, before a number."""
    reach = max(0, position - _LONGEST)  # not to the start of a line of megabytes, each time
    above = _UNIT_ABOVE.match(text, max(0, text.rfind("单位:", reach, position)))
    return above["unit"] if above else ""
