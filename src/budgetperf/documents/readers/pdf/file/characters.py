"""What the codes of a font stand for where the file says it (ToUnicode), in bounded time."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from budgetperf.documents.readers.text import SYMBOLS, UNKNOWN, too_long

__all__ = ["MOST_CODES", "characters", "shown_as"]

_MARK = re.compile(rb"(?P<begin>begin)?(?:end)?bf(?P<kind>char|range)")
_TOKEN = re.compile(rb"<(?P<hex>[0-9A-Fa-f\s]*+)>|(?P<bracket>[\[\]])|%[^\r\n]*+")
MOST_CODES = 200_000
"""How many codes the fonts of a document have."""
_LONGEST = 64


def characters(data: bytes, most: int = MOST_CODES) -> Mapping[int, str]:
    """The text of each code.

    Args:
        data: the map, as in Adobe's technical note 5411.
        most: how many codes it may have.

    Raises:
        UnusableDocumentError: it has more.
    """
    characters: dict[int, str] = {}
    left = most
    for kind, inside in _sections(data):
        tokens = _tokens(inside)
        for first in tokens:
            if isinstance(first, list):
                continue
            last = first if kind == b"char" else next(tokens, first)
            to = next(tokens, b"")
            if isinstance(last, list):
                continue
            begin, count = _code(first), _code(last) - _code(first) + 1
            left -= max(count, 0)
            if left < 0:
                raise too_long()
            if isinstance(to, list):
                characters.update((begin + at, _text(code)) for at, code in zip(range(count), to))  # noqa: B905
            else:
                characters.update((begin + at, _text(_raised(to, at))) for at in range(count))
    return characters


def _sections(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """What stands between each beginning and the end that follows it, and its kind."""
    start, kind = -1, b""
    for mark in _MARK.finditer(data):
        if mark["begin"]:
            start, kind = mark.end(), mark["kind"]
        elif start >= 0:
            yield kind, data[start : mark.start()]
            start = -1


def _tokens(text: bytes) -> Iterator[bytes | list[bytes]]:
    """The strings, and those in brackets as a list."""
    inside: list[bytes] | None = None
    for token in _TOKEN.finditer(text):
        if token["bracket"] == b"[":
            inside = []
        elif token["bracket"] == b"]":
            if inside is not None:
                yield inside
            inside = None
        elif token["hex"] is not None:
            digits = b"".join(token["hex"].split())[: 2 * _LONGEST]
            value = bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))
            if inside is None:
                yield value
            else:
                inside.append(value)


def _code(code: bytes) -> int:
    return int.from_bytes(code[:4], "big")


def _raised(text: bytes, by: int) -> bytes:
    if not by or not text:
        return text
    last = int.from_bytes(text[-2:], "big") + by
    return text[:-2] + (last % 65536).to_bytes(len(text[-2:]), "big") if last < 65536 else b""


def _text(code: bytes) -> str:
    return code.decode("utf-16-be", "replace") if len(code) > 1 else code.decode("latin-1")


def shown_as(text: str, font: str) -> str:
    """A sign as it is written elsewhere: radicals as the words that they are, signs of the font
    Symbol as what they show, what has no meaning of its own as unknown.

    Args:
        text: what the font says that it stands for.
        font: the name of that.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(_shown(char, font) for char in text) or UNKNOWN


_RADICALS: Mapping[int, str] = MappingProxyType(
    {
        0x2E81: "厂", 0x2E8A: "卜", 0x2E8C: "小", 0x2E8D: "小", 0x2E8E: "兀", 0x2E92: "巳",
        0x2E93: "幺", 0x2E9C: "日", 0x2E9D: "月", 0x2E9F: "母", 0x2EA0: "民", 0x2EA7: "牛",
        0x2EA9: "王", 0x2EAA: "疋", 0x2EAB: "目", 0x2EAC: "示", 0x2EAE: "竹", 0x2EB6: "羊",
        0x2EBC: "肉", 0x2EC1: "虎", 0x2EC4: "西", 0x2EC5: "见", 0x2EC6: "角", 0x2EC9: "贝",
        0x2ECB: "车", 0x2ECF: "邑", 0x2ED1: "長", 0x2ED3: "长", 0x2ED4: "门", 0x2ED7: "雨",
        0x2ED8: "青", 0x2ED9: "韦", 0x2EDA: "页", 0x2EDB: "风", 0x2EDC: "飞", 0x2EDD: "食",
        0x2EE2: "马", 0x2EE3: "骨", 0x2EE4: "鬼", 0x2EE5: "鱼", 0x2EE6: "鸟", 0x2EE7: "卤",
        0x2EE8: "麦", 0x2EE9: "黄", 0x2EEC: "齐", 0x2EEE: "齿", 0x2EF0: "龙", 0x2EF3: "龟",
    }
)  # fmt: skip
"""Words that browsers write as the radicals that look the same (EquivalentUnifiedIdeograph)."""


def _shown(char: str, font: str) -> str:
    code = ord(char)
    if code in _RADICALS:
        return _RADICALS[code]
    if 0x2E80 <= code < 0x2FE0 or 0xF900 <= code < 0xFB07:
        return unicodedata.normalize("NFKC", char)
    if 0xF000 <= code < 0xF100 and "symbol" in font.lower():
        at = code - 0xF000
        return SYMBOLS.get(at, chr(at) if 0x20 < at < 0x40 else UNKNOWN)
    if char == "\u00ad":
        return "-"
    if char.isspace():
        return " "
    kind = unicodedata.category(char)
    if kind == "Cf":
        return ""
    return UNKNOWN if kind[0] == "C" or char == "\ufffd" else char
