"""The operators of a content stream with their operands (ISO 32000-1, 7.8.2), in bounded time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

__all__ = ["Operand", "operators"]

Operand: TypeAlias = "float | bytes | str | list[Operand] | None"
"""A number, a string, a name (as ``str``), an array; ``None`` for what does not matter here."""

_TOKEN = re.compile(
    rb"(?:[\x00\t\n\x0c\r ]++|%[^\r\n]*+)*+(?:"
    rb"(?P<number>[+-]*+(?:[0-9]++\.?+[0-9]*+|\.[0-9]++)(?:-[0-9]*+)?+)"
    rb"|/(?P<name>[^\x00\t\n\x0c\r ()<>\[\]{}/%]*+)"
    rb"|\((?P<plain>[^()\\]*+)\)"
    rb"|<(?P<hex>[0-9A-Fa-f\x00\t\n\x0c\r ]*+)>"
    rb"|(?P<open>\[|<<)|(?P<close>\]|>>)"
    rb"|(?P<operator>[A-Za-z'\"][A-Za-z0-9*]*+)"
    rb"|(?P<string>\()"
    rb"|(?P<other>[^\x00\t\n\x0c\r ])"
    rb")"
)
_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|\r\n|(.))", re.DOTALL)
_PARTS = re.compile(rb"(?:[^()\\]++|\\.)*+([()])", re.DOTALL)
_NAME_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\r": b"", b"\n": b""}
_INLINE_END = re.compile(rb"[\x00\t\n\x0c\r ]EI(?=[\x00\t\n\x0c\r ]|$)")
_MOST_OPERANDS = 64
_DEEPEST = 20


def operators(data: bytes) -> Iterator[tuple[bytes, list[Operand]]]:
    """Each operator with what stands before it.

    Args:
        data: the stream, decoded.
    """
    operands: list[Operand] = []
    lists: list[list[Operand]] = []
    position = 0
    while token := _TOKEN.match(data, position):
        position = token.end()
        if token["operator"] and not lists:
            if token["operator"] == b"ID":  # what follows is a picture
                end = _INLINE_END.search(data, position)
                position = end.end() if end else len(data)
            yield token["operator"], operands
            operands = []
        elif token["open"]:
            if len(lists) < _DEEPEST:
                lists.append([])
        elif not token["other"] and not (token["close"] and not lists):
            value, position = _value(token, data, lists)
            into = lists[-1] if lists else operands
            if lists or len(operands) < _MOST_OPERANDS:
                into.append(value)


def _value(token: re.Match[bytes], data: bytes, lists: list[list[Operand]]) -> tuple[Operand, int]:
    """What a word of the stream stands for, and where that ends."""
    kind, end = token.lastgroup, token.end()
    if kind == "number":
        return _number(token["number"]), end
    if kind == "plain":
        return token["plain"], end
    if kind == "name":
        return _name(token["name"]), end
    if kind == "hex":
        return _of_hex(token["hex"]), end
    if kind == "string":
        return _string(data, end)
    return (lists.pop() if kind == "close" else None), end  # None: true, false, null


def _number(text: bytes) -> float:
    """A number as programs write it, also ``--5`` and ``0.-5``."""
    try:
        return float(text)
    except ValueError:
        digits = text.lstrip(b"+-").partition(b"-")[0]
        return -float(digits or b"0") if text.startswith(b"-") else float(digits or b"0")


def _name(text: bytes) -> str:
    if b"#" in text:
        text = _NAME_ESCAPE.sub(lambda code: bytes([int(code[1], 16)]), text)
    return text.decode("latin-1")


def _of_hex(text: bytes) -> bytes:
    digits = b"".join(text.split()).replace(b"\x00", b"")
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))


def _string(data: bytes, start: int) -> tuple[bytes, int]:
    """A string with brackets or escapes in it, and where it ends."""
    depth, position = 1, start
    while part := _PARTS.match(data, position):
        position = part.end()
        depth += 1 if part[1] == b"(" else -1
        if not depth:
            break
    else:
        return b"", len(data)
    return _ESCAPE.sub(_unescaped, data[start : position - 1]), position


def _unescaped(escape: re.Match[bytes]) -> bytes:
    if escape[1]:
        return bytes([int(escape[1], 8) & 255])
    return _ESCAPED.get(escape[2], escape[2]) if escape[2] else b""
