"""What the codes of a font stand for, where the file says it itself (ToUnicode), in bounded time."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

from budgetperf.documents.readers.text import SYMBOLS, UNKNOWN, too_long

__all__ = ["characters", "shown_as"]

_SECTION = re.compile(
    rb"begin(?P<kind>bfchar|bfrange)(?P<inside>.*?)end(?P=kind)", re.DOTALL
)
_TOKEN = re.compile(rb"<(?P<hex>[0-9A-Fa-f\s]*+)>|(?P<bracket>[\[\]])|%[^\r\n]*+")
_MOST = 200_000
_LONGEST = 64


def characters(data: bytes) -> Mapping[int, str]:
    """The text of each code.

    Args:
        data: the map, as in Adobe's technical note 5411.

    Raises:
        UnusableDocumentError: it has more codes than any font.
    """
    found: dict[int, str] = {}
    left = _MOST
    for section in _SECTION.finditer(data):
        tokens = _tokens(section["inside"])
        for first in tokens:
            if isinstance(first, list):
                continue
            last = first if section["kind"] == b"bfchar" else next(tokens, first)
            to = next(tokens, b"")
            if isinstance(last, list):
                continue
            begin, count = _code(first), _code(last) - _code(first) + 1
            left -= max(count, 0)
            if left < 0:
                raise too_long()
            if isinstance(to, list):
                found.update((begin + at, _text(one)) for at, one in zip(range(count), to))  # noqa: B905
            else:
                found.update((begin + at, _text(_raised(to, at))) for at in range(count))
    return found


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


def _shown(char: str, font: str) -> str:
    code = ord(char)
    if 0x2E80 <= code < 0x2FE0 or 0xF900 <= code < 0xFB00:
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
