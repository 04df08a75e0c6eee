"""What recognition programs make of a printed number."""

from __future__ import annotations

from collections.abc import Iterator

__all__ = ["spoilt"]

_LIKE = {"0": "Oo〇", "1": "lI|", "2": "Z", "5": "S", "8": "B"}


def spoilt(text: str) -> list[str]:
    """The ways in which a number comes out wrong, so that its print shows it: a point that is gone
    leaves another number, and does not.

    Args:
        text: as it is printed, with a unit or an operator or without.
    """
    return sorted(set(_spoilt(text)))


def _spoilt(text: str) -> Iterator[str]:
    for at, sign in enumerate(text):
        before, behind = text[:at], text[at + 1 :]
        for other in _LIKE.get(sign, ""):
            yield f"{before}{other}{behind}"
        if sign == ".":
            yield from (f"{before}{mark}{behind}" for mark in (". ", " .", ",", "·", "。"))
        if at and before[-1].isdigit() and sign.isdigit():
            yield f"{before} {sign}{behind}"
            yield f"{before}\n3、{sign}{behind}"
    if text.startswith("10"):
        yield f"IO{text[2:]}"
    if text.startswith("14."):
        yield f"M{text[2:]}"
    if text.startswith("≥"):
        yield f"2{text[1:]}"
        yield f"W{text[1:]}"
    if text.endswith("%"):
        yield from (f"{text[:-1]}{sign}" for sign in ("℅", "°/o"))
    if text.endswith("元"):
        yield f"{text[:-1]}兀"
    yield f"'{text}"
    yield f"{text}。"
