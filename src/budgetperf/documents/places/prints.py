"""Where a print stands in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

from budgetperf.exact import fold_width

__all__ = ["Span", "count_signs", "digits_in", "digits_of", "matches", "seen"]

Span: TypeAlias = tuple[int, int]
"""Where a print begins in a text, and where it ends."""

_UNSEEN = frozenset("\u200b\u200c\u200d\u2060\ufeff*")
_NUMBER = re.compile(r"[0-9](?:[0-9,]*[0-9])?(?:\.[0-9]+)?")
_DIGITS = re.compile("[0-9]+")
_BEFORE = re.compile(r"[0-9][.,]?\Z")
_BEHIND = re.compile(r"[.,]?[0-9]")


def seen(text: str) -> tuple[str, list[int]]:
    """The text without blanks and in half width, and where each sign of it stood."""
    signs: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        if not sign.isspace() and sign not in _UNSEEN:
            folded = fold_width(sign)
            signs.append(folded)
            places += [place] * len(folded)
    return "".join(signs), places


def count_signs(text: str) -> int:
    """How many signs a text has, blanks not counted, nor what parts lines on the way."""
    return sum(not sign.isspace() for sign in text)


def digits_in(text: str) -> list[str]:
    """Each run of digits in a text."""
    return _DIGITS.findall(seen(text)[0])


def digits_of(printed: str) -> list[str]:
    """The runs of digits in the number of a print: a text that :func:`matches` finds it in has
    them all."""
    number = _NUMBER.search(seen(printed)[0])
    return _DIGITS.findall(number[0]) if number else []


def matches(text: str, printed: str) -> list[Span]:
    """Where a print stands in a text; if it does not stand there as a whole, its number alone.

    >>> matches("共 10 万元，结余 10 万元", "10万元")
    [(2, 7), (11, 16)]
    """
    shown, places = seen(text)
    wanted, _ = seen(printed)
    number = _NUMBER.search(wanted)
    for what in (wanted, number[0] if number else ""):
        spans = list(_whole(shown, what)) if what else []
        if spans:
            return [(places[start], places[end - 1] + 1) for start, end in spans]
    return []


def _whole(shown: str, what: str) -> Iterator[Span]:
    """Where it stands, and is no piece of a longer number."""
    start = shown.find(what)
    while start >= 0:
        end = start + len(what)
        is_cut = (what[0].isdigit() and _BEFORE.search(shown, max(start - 2, 0), start)) or (
            what[-1].isdigit() and _BEHIND.match(shown, end)
        )
        if not is_cut:
            yield start, end
        start = shown.find(what, start + 1 if is_cut else end)
