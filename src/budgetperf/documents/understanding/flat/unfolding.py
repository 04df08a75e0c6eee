"""Headers of two rows in a text, put into one: each word of the first row by those below it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from budgetperf.documents.understanding.forms.vocabulary import Vocabulary
from budgetperf.documents.understanding.forms.words import words_of

from .headers import field_of
from .lines import TextLine, is_value

__all__ = ["unfolded"]

_LEVELS = ("level1", "level2", "name")
_BELOW = {
    "indicator": _LEVELS,
    "target": ("operator", "target", "unit"),
    "score": ("mark", "weight", "score", "reviewed"),
}
_WHOLE = frozenset(("level1", "level2", "name", "target", "actual"))
_MOST = 16
_FEWEST = 4
_POINTS = re.compile(r"\(\d+(?:\.\d+)?分(?:[*x×][^()]*)?\)")


def unfolded(lines: Sequence[TextLine], known: Vocabulary) -> list[TextLine]:
    """The lines, with headers of two rows in one, and the points of a heading beside it.

    Args:
        lines: those of a text.
        known: the words of forms.
    """
    lines = _with_points(lines)
    unfolded_lines: list[TextLine] = []
    at = 0
    while at < len(lines):
        taken, header = _on_lines(lines, at, known) or _listed(lines, at, known) or (1, [lines[at]])
        unfolded_lines += header
        at += taken
    return unfolded_lines


def _with_points(lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines, without those that are only the points of the heading above."""
    with_points: list[TextLine] = []
    for line in lines:
        before = with_points[-1] if with_points else None
        is_tail = _POINTS.fullmatch(line.text) and before is not None and len(before.parts) == 1
        if is_tail and before is not None and not is_value(before.text):
            with_points[-1] = _line([before.text + line.text], before, f"{before.raw}{line.raw}")
        else:
            with_points.append(line)
    return with_points


def _line(words: Sequence[str], at: TextLine, raw: str) -> TextLine:
    return TextLine(text=" ".join(words), parts=tuple(words), number=at.number, raw=raw)


def _on_lines(
    lines: Sequence[TextLine], at: int, known: Vocabulary
) -> tuple[int, list[TextLine]] | None:
    """A header of two lines."""
    if at + 1 >= len(lines) or len(lines[at].words) < _FEWEST:
        return None
    first, second = lines[at], lines[at + 1]
    for words, below in _in_one(first.words, second.words, known):
        if below == len(second.words):
            return 2, [_line(words, first, f"{first.raw} {second.raw}")]
    return None


def _listed(
    lines: Sequence[TextLine], at: int, known: Vocabulary
) -> tuple[int, list[TextLine]] | None:
    """A header with a line for each of its cells, those of the first row before the others."""
    window = lines[at : at + 2 * _MOST]
    end = next((n for n, line in enumerate(window) if len(line.words) != 1), len(window))
    if end < _FEWEST or not _begins(window[0].text, known):
        return None
    words = [line.text for line in window[:end]]
    for middle in range(2, min(end, _MOST + 1)):
        for header, below in _in_one(words[:middle], words[middle:], known):
            numbers = iter(window)
            return middle + below, [_line([word], next(numbers), word) for word in header]
    return None


def _begins(word: str, known: Vocabulary) -> bool:
    """Whether a word may begin the header of indicators."""
    group = known.indicators.group_of.get(words_of(word).name)
    return group == "indicator" or field_of(word, "indicators", known) == "level1"


def _in_one(
    first: Sequence[str], below: Sequence[str], known: Vocabulary
) -> Iterator[tuple[list[str], int]]:
    """The words of two rows in one, in each way in which they are a header, and how many of those
    below are of its second row."""
    for header, count in (_of_groups(first, below, known), _of_halves(first, below, known)):
        if header:
            yield header, count


def _of_groups(
    first: Sequence[str], below: Sequence[str], known: Vocabulary
) -> tuple[list[str], int]:
    """Those below a word over several columns in its place: 一级指标, 二级指标 below 绩效指标."""
    expanded_words: list[str] = []
    at = 0
    for word in first:
        group = known.indicators.group_of.get(words_of(word).name, "")
        end = at
        while end < len(below) and _field_below(below[end], known) in _BELOW.get(group, ()):
            end += 1
        if end - at > 1:
            expanded_words += below[at:end]
            at = end
        elif group == "indicator":
            continue
        elif field_of(word, "indicators", known):
            expanded_words.append(word)
        else:
            return [], 0
    named = [field_of(word, "indicators", known) for word in expanded_words]
    is_whole = set(named) >= _WHOLE and len(set(named)) == len(named)
    return (expanded_words, at) if at and is_whole else ([], 0)


def _field_below(word: str, known: Vocabulary) -> str:
    lower = known.indicators.lower_of.get(words_of(word).name)
    return lower or field_of(word, "indicators", known)


def _of_halves(
    first: Sequence[str], below: Sequence[str], known: Vocabulary
) -> tuple[list[str], int]:
    """Words that were broken, each with its other half: 年度 and 实际 over 指标值 and 完成值."""
    halves = [at for at, word in enumerate(first) if not _is_known(word, known)]
    if not 0 < len(halves) <= len(below) or len(first) - len(halves) < _FEWEST:
        return [], 0
    mended = list(first)
    for at, word in zip(halves, below, strict=False):
        mended[at] += word
        if not field_of(mended[at], "indicators", known):
            return [], 0
    is_whole = {field_of(word, "indicators", known) for word in mended} >= _WHOLE
    return (mended, len(halves)) if is_whole else ([], 0)


def _is_known(word: str, known: Vocabulary) -> bool:
    group = known.indicators.group_of.get(words_of(word).name)
    return bool(field_of(word, "indicators", known)) or group == "indicator"
