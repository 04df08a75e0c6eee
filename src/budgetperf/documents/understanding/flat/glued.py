"""Funding blocks whose cells ran together: their words taken apart, and the ways in which a run of
digits may be several numbers."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

import attrs

from budgetperf.documents.understanding.forms.vocabulary import Vocabulary
from budgetperf.documents.understanding.forms.words import label_of, money_unit, words_of

from .headers import words_apart
from .headings import HEADINGS
from .lines import TextLine

__all__ = ["splits", "taken_apart"]

_RUN = re.compile(r"\d[\d.,%万亿元]*")
_NUMBER = re.compile(r"(?:0|[1-9]\d*|[1-9]\d{0,2}(?:,\d{3})+)(?:\.\d+)?(?:万元|亿元|万|亿|元|%)?")
_UNIT = frozenset("万亿元%")
_LONGEST = 4000
_LONGEST_RUN = 80
_MOST = 2000


def taken_apart(lines: Sequence[TextLine], known: Vocabulary) -> list[TextLine]:
    """The lines, with one for each row of a funding block that ran together.

    Args:
        lines: those of a text.
        known: the words of forms.
    """
    parted: list[TextLine] = []
    is_below = False
    for line in lines:
        own = list(_apart(line, known)) if len(line.text) <= _LONGEST else []
        if not own and is_below:
            own = list(_rows(line, line.parts[0], known)) if len(line.parts) == 1 else []
        is_below = bool(own)
        parted += own or [line]
    return parted


def _apart(line: TextLine, known: Vocabulary) -> Iterator[TextLine]:
    """The lines that the part of a line with a header that ran together is; nothing without one."""
    for place, part in enumerate(line.parts):
        names = words_apart(part, known)
        if names is None:
            continue
        start, end, words = names
        for before in line.parts[:place]:
            yield _line(line, (before,))
        left = part[:start]
        yield _line(line, (left, *words) if left else tuple(words))
        rows = list(_rows(line, part[end:], known))
        if not rows and end < len(part):
            rows = list(_with_indicators(line, part[end:], known))
        yield from rows
        for after in line.parts[place + 1 :]:
            yield _line(line, (after,))
        return


def _rows(line: TextLine, text: str, known: Vocabulary) -> Iterator[TextLine]:
    """Rows of a label and a run of digits, as far as the labels are known; then the rest."""
    position = 0
    while position < len(text):
        run = _RUN.search(text, position)
        words = text[position : run.start() if run else len(text)]
        label = _label(words, known)
        if not label:
            break
        end = run.end() if run else len(text)
        if run:
            unit = words[: words.rindex(label)] if money_unit(words.partition(")")[0] + ")") else ""
            parts = (unit, label, run[0]) if unit else (label, run[0])
            yield attrs.evolve(_line(line, parts), is_glued=True)
        position = end
    if position and position < len(text):
        yield from _with_indicators(line, text[position:], known)


def _with_indicators(line: TextLine, text: str, known: Vocabulary) -> Iterator[TextLine]:
    """The lines that a table of indicators is that stands on one with its header: one for each
    heading behind figures; the text as it is where it holds none."""
    names = words_apart(text, known, "indicators")
    if names is None or names[1] == len(text) or len(text) > _LONGEST:
        yield _line(line, (text,))
        return
    start, end, words = names
    yield _line(line, (text[:start], *words) if start else tuple(words))
    for row in _BEGINS.split(text[end:]):
        yield attrs.evolve(_line(line, (row,)), is_of_stream=True)


_BEGINS = re.compile(rf"(?<=[\d.])(?={'|'.join((*HEADINGS, '总分', '合计'))})")


def _label(text: str, known: Vocabulary) -> str:
    """The known label that words end with; ``""`` if they end with none."""
    rows = known.funding.row_of.keys()
    plain = text.rstrip(":")
    if len(plain) > _LONGEST_LABEL:
        return ""
    for start in range(len(plain)):
        label = plain[start:]
        if label_of(label)[0].within(rows) or words_of(label).within(rows):
            return label
    return ""


_LONGEST_LABEL = 60


def _line(line: TextLine, parts: tuple[str, ...]) -> TextLine:
    text = "".join(parts)
    return TextLine(text=text, parts=parts, number=line.number, raw=text)


def splits(run: str, most: int) -> list[tuple[str, ...]]:
    """The ways in which a run of digits is one number or several, each whole; nothing if there are
    too many.

    >>> splits("10万10万100%", 3)[-1]
    ('10万', '10万', '100%')

    Args:
        run: digits, points, commas and units.
        most: how many numbers it is at most.
    """
    if len(run) > _LONGEST_RUN:
        return []
    ways = list(itertools.islice(_splits(run, most), _MOST + 1))
    return ways if len(ways) <= _MOST else []


def _splits(run: str, most: int) -> Iterator[tuple[str, ...]]:
    if not run:
        yield ()
        return
    if not most:
        return
    for end in range(1, len(run) + 1):
        if end < len(run) and (run[end] in _UNIT or run[end] in ".,"):
            continue
        if _NUMBER.fullmatch(run, 0, end):
            yield from ((run[:end], *others) for others in _splits(run[end:], most - 1))
