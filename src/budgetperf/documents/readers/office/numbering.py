"""The numbers in front of paragraphs that Word counts by itself: 一、（一）1. and the like."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from xml.etree.ElementTree import Element

import attrs

from budgetperf.documents.readers.cells import whole_number

__all__ = ["Numbering", "chinese", "roman", "value"]

_DIGITS = "〇一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_LEVEL = re.compile(r"%([1-9])")
_HIGHEST = 9_999
_LONGEST = 60


def value(element: Element | None, tag: str, default: str = "") -> str:
    """The ``w:val`` of a child."""
    child = None if element is None else element.find(tag)
    return default if child is None else child.get("{w}val", default)


def number(text: str, default: int = 0) -> int:
    """A whole number as these files write it."""
    return whole_number(text, default, signed=True)


@attrs.frozen
class _Level:
    """One level of a list: how its numbers look, where they begin, what stands around them."""

    format: str
    start: int
    text: str


class Numbering:
    """Counts the paragraphs of all lists of a document."""

    def __init__(self, parts: Iterable[Element]) -> None:
        """From the elements ``w:abstractNum`` and ``w:num``."""
        abstract: dict[str, dict[int, _Level]] = {}
        self._levels: dict[str, dict[int, _Level]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._list: dict[str, str] = {}
        for part in parts:
            if part.tag == "{w}abstractNum":
                abstract[part.get("{w}abstractNumId", "")] = _levels(part)
                continue
            key, base = part.get("{w}numId", ""), value(part, "{w}abstractNumId")
            levels = dict(abstract.get(base, {}))
            own = False
            for changed in part.iter("{w}lvlOverride"):
                at, start = number(changed.get("{w}ilvl", "")), value(changed, "{w}startOverride")
                levels |= _levels(changed)
                own = own or bool(start)
                if start and at in levels:
                    levels[at] = attrs.evolve(levels[at], start=number(start))
            self._levels[key] = levels
            self._list[key] = f"own {key}" if own else f"of {base}"

    def label(self, key: str, level: int) -> str:
        """The number of the next paragraph of a list; nothing where it has a mark, or none."""
        levels = self._levels.get(key, {})
        if level not in levels:
            return ""
        counts = self._counts.setdefault(self._list[key], {})
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        if levels[level].format in ("bullet", "none"):
            return ""

        def shown(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            if at not in levels:
                return ""
            return _written(counts.get(at, levels[at].start), levels[at].format)

        return _LEVEL.sub(shown, levels[level].text)


def _levels(part: Element) -> dict[int, _Level]:
    return {
        number(level.get("{w}ilvl", "")): _Level(
            value(level, "{w}numFmt", "decimal"),
            number(value(level, "{w}start", "1"), 1),
            value(level, "{w}lvlText")[:_LONGEST],
        )
        for level in part.iter("{w}lvl")
    }


def _written(count: int, form: str) -> str:
    if not 0 < count <= _HIGHEST:
        return str(count)
    if form in _ROUNDS and count <= len(_ROUNDS[form]):
        return _ROUNDS[form][count - 1]
    if form in _WITH_PLACES:
        return chinese(count)
    if form == "chineseLegalSimplified":
        return chinese(count, _FORMAL, "拾佰仟")
    if form in ("ideographDigital", "japaneseDigitalTenThousand"):
        return "".join(_DIGITS[int(digit)] for digit in str(count))
    if form.startswith("decimalEnclosedCircle") and count <= 20:
        return chr(ord("①") + count - 1)
    if form in ("upperLetter", "lowerLetter"):
        letter = chr(ord("A") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letter if form == "upperLetter" else letter.lower()
    if form in ("upperRoman", "lowerRoman"):
        return roman(count) if form == "upperRoman" else roman(count).lower()
    return f"{count:02}" if form == "decimalZero" else str(count)


_WITH_PLACES = frozenset(
    {
        *("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting"),
        "taiwaneseCountingThousand",
    }
)
_ROUNDS: Mapping[str, str] = MappingProxyType(
    {"ideographTraditional": "甲乙丙丁戊己庚辛壬癸", "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥"}
)
"""Signs that are no digits: the ten stems and the twelve branches."""


def chinese(count: int, digits: str = _DIGITS, places: str = "十百千") -> str:
    """A whole number below 10,000 in Chinese.

    >>> chinese(10), chinese(21), chinese(105), chinese(110)
    ('十', '二十一', '一百〇五', '一百一十')
    """
    written, gap = "", False
    for place in range(3, -1, -1):
        digit = count // 10**place % 10
        if not digit:
            gap = bool(written)
            continue
        one_ten = place == 1 and digit == 1 and not written and digits is _DIGITS
        written += digits[0] * gap + digits[digit] * (not one_ten) + places[place - 1] * (place > 0)
        gap = False
    return written


_ROMAN: Mapping[int, str] = MappingProxyType(
    {
        1000: "M",
        900: "CM",
        500: "D",
        400: "CD",
        100: "C",
        90: "XC",
        50: "L",
        40: "XL",
        10: "X",
        9: "IX",
        5: "V",
        4: "IV",
        1: "I",
    }
)


def roman(count: int) -> str:
    """A whole number below 10,000 in Roman numerals.

    >>> roman(14)
    'XIV'
    """
    written = ""
    for amount, letters in _ROMAN.items():
        times, count = divmod(count, amount)
        written += letters * times
    return written
