"""The header of a table in text: the words above its columns, on one line or a line for each."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Literal, TypeAlias

import attrs

from budgetperf.documents.understanding.forms.beside.reviews import in_order
from budgetperf.documents.understanding.forms.headers import AMOUNTS
from budgetperf.documents.understanding.forms.vocabulary import Vocabulary
from budgetperf.documents.understanding.forms.words import money_unit, words_of

from .lines import TextLine

__all__ = ["FlatHeader", "Kind", "broken_header_at", "field_of", "header_at", "words_apart"]

Kind: TypeAlias = Literal["funding", "indicators"]
_LEVELS = ("level1", "level2", "name")
_LOWER = ("operator", "target", "unit", "mark", "weight", "score", "reviewed")
_MOST = 16
"""How many columns a header has at most."""


@attrs.frozen(kw_only=True)
class FlatHeader:
    """The columns of a table in text.

    Args:
        kind: which block of a form it is the header of.
        fields: what each column is, from left to right; ``"apart"`` for what is no field.
        rows: its rows, with a text for each column.
        left: what stands left of them.
        lines: how many lines it takes.
        is_listed: whether each cell has a line of its own.
        number: its line in the document.
    """

    kind: Kind
    fields: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    left: str
    lines: int
    is_listed: bool
    number: int


_Named: TypeAlias = tuple[str, str]
"""A column: its words and what it is."""


def field_of(word: str, kind: Kind, known: Vocabulary) -> str:
    """What a word above a column of a block is; ``""`` if it is not known."""
    words = words_of(word)
    column_of = known.funding.column_of if kind == "funding" else known.indicators.column_of
    field = column_of.get(words.full) or column_of.get(words.name) or ""
    if not field and kind == "indicators" and words.within(frozenset(known.reviewed)):
        return "reviewed_score"
    return "apart" if field in _BESIDE else field


_BESIDE = ("last_year", "evidence")
"""Columns that are nothing of this year's figures: in text they only tell others apart."""


def header_at(lines: Sequence[TextLine], at: int, known: Vocabulary) -> FlatHeader | None:
    """The header that begins with a line, if one does."""
    for kind in _KINDS:
        for read in (_on_one_line, _listed):
            header = read(lines, at, kind, known)
            if header is not None:
                return header
    return None


def broken_header_at(
    lines: Sequence[TextLine], at: int, known: Vocabulary
) -> tuple[Kind, int] | None:
    """Which block a line begins the header of, and how many lines that takes, if one of its words
    is not known or lost; ``None`` if it begins none."""
    for kind in _KINDS:
        words = lines[at].words
        if len(words) == 1 or field_of(lines[at].text, kind, known):
            words = tuple(line.text for line in lines[at : at + _MOST])
            end = next((n for n, w in enumerate(words) if not field_of(w, kind, known)), len(words))
            words, count = words[:end], end
        else:
            count = 1
        fields = [field for word in words if (field := field_of(word, kind, known))]
        if len(lines[at].text) <= _LONGEST and "。" not in lines[at].text:
            glued = [match[0] for match in _glued(kind, known).finditer(lines[at].text)]
            if len(glued) > _FEW_GLUED and 2 * sum(map(len, glued)) > len(lines[at].text):
                return kind, 1
        telling = _LEVELS if kind == "indicators" else AMOUNTS
        telling_words = sum(field in telling for field in fields)
        if telling_words > 1 or (telling_words and len(fields) > _FEWEST):
            return kind, count
    return None


_KINDS: tuple[Kind, ...] = ("indicators", "funding")


def _on_one_line(
    lines: Sequence[TextLine], at: int, kind: Kind, known: Vocabulary
) -> FlatHeader | None:
    line = lines[at]
    if len(line.text) > _LONGEST:
        return None
    left_and_columns = _columns(line.words, kind, known)
    if left_and_columns is None:
        return None
    left, columns = left_and_columns
    below: list[_Named] = []
    if kind == "indicators" and at + 1 < len(lines):
        below = _below(lines[at + 1].words, known)
    number = line.number
    if below:
        both = _header(kind, columns, below, left, number, 2, is_listed=False)
        if both is not None:
            return both
    return _header(kind, columns, [], left, number, 1, is_listed=False)


_LONGEST = 300


def _columns(
    words: Sequence[str], kind: Kind, known: Vocabulary
) -> tuple[str, list[_Named]] | None:
    """What stands left of the columns, and the columns; ``None`` if a word is not known."""
    columns: list[_Named] = []
    left = ""
    for word in words:
        field = field_of(word, kind, known)
        if field:
            columns.append((word, field))
            continue
        glued = _apart(word, kind, known, is_first=not columns)
        if glued is not None:
            before, names = glued
            left += before
            columns += names
        elif columns:
            return None
        else:
            left += word
    if len(left) > _LONGEST_LABEL or (columns and "name" in dict(columns) and "。" in left):
        return None
    return left, columns


_LONGEST_LABEL = 40


def _apart(
    word: str, kind: Kind, known: Vocabulary, *, is_first: bool
) -> tuple[str, list[_Named]] | None:
    """Words of headers that stand without a blank between them: what stands before the first one,
    if that may be a label, and each of them."""
    pattern = _glued(kind, known)
    starts = [0] if not is_first else range(len(word))
    for start in starts:
        end, names = start, list[_Named]()
        while end < len(word) and (match := pattern.match(word, end)):
            names.append((match[0], field_of(match[0], kind, known)))
            end = match.end()
        if end == len(word) and len(names) > 1 and all(field for _, field in names):
            return word[:start], names
        if is_first and len(names) > 2:
            return None
    return None


def words_apart(
    text: str, known: Vocabulary, kind: Kind = "funding"
) -> tuple[int, int, list[str]] | None:
    """Where in a text without blanks the words of the header of a block stand, and each of them;
    ``None`` if there are none, or no figure or word behind them."""
    pattern = _glued(kind, known)
    for first in pattern.finditer(text):
        end, words = first.start(), list[str]()
        while match := pattern.match(text, end):
            words.append(match[0])
            end = match.end()
        fields = [field_of(word, kind, known) for word in words]
        if _is_whole(kind, fields):
            return first.start(), end, words
    return None


@functools.lru_cache(maxsize=8)
def _pattern(words: frozenset[str]) -> re.Pattern[str]:
    simple = (word for word in words if not _is_of_two(word, words))
    listed = sorted(simple, key=len, reverse=True)
    return re.compile(f"(?:{'|'.join(map(re.escape, listed))})(?:\\([^()]{{1,12}}\\))*[:：]?%?")


def _is_of_two(word: str, words: frozenset[str]) -> bool:
    """Whether a word is two others, which is not sure where there are no blanks."""
    return any(word[:at] in words and word[at:] in words for at in range(1, len(word)))


def _glued(kind: Kind, known: Vocabulary) -> re.Pattern[str]:
    column_of = known.funding.column_of if kind == "funding" else known.indicators.column_of
    reviewed = known.reviewed if kind == "indicators" else ()
    return _pattern(frozenset(column_of) | frozenset(reviewed))


def _below(words: Sequence[str], known: Vocabulary) -> list[_Named]:
    """The second row of a header: words below one of the first."""
    lower = known.indicators.lower_of
    named: list[_Named] = []
    for word in words:
        name = words_of(word).name
        field = lower.get(name) or field_of(word, "indicators", known)
        if field not in _LOWER:
            return []
        named.append((word, field))
    return named if len(named) > 1 else []


def _listed(lines: Sequence[TextLine], at: int, kind: Kind, known: Vocabulary) -> FlatHeader | None:
    """A header with a line for each of its cells; a cell may have been broken over two."""
    columns: list[_Named] = []
    end = at
    while end < len(lines) and len(columns) < _MOST:
        word, taken = _cell(lines, end, lambda text: field_of(text, kind, known))
        if not taken:
            break
        columns.append((word, field_of(word, kind, known)))
        end += taken
    if columns and _is_of_block(columns) and columns[-1][0].endswith(lines[end - 1].text):
        word = columns[-1][0].removesuffix(lines[end - 1].text)
        if word and field_of(word, kind, known) == columns[-1][1]:
            columns[-1], end = (word, columns[-1][1]), end - 1
    below: list[_Named] = []
    if kind == "indicators" and columns:
        columns, below = _two_rows(columns, known)
    return _header(kind, columns, below, "", lines[at].number, end - at, is_listed=True)


def _cell(lines: Sequence[TextLine], at: int, known: Callable[[str], str]) -> tuple[str, int]:
    """A word of a header that begins with a line, and how many lines it takes; 0 for none."""
    text = lines[at].text
    below = lines[at + 1].text if at + 1 < len(lines) else ""
    both = text + below
    if field := known(text):
        is_tail = below.startswith("(") and (field in AMOUNTS or not money_unit(below))
        return (both, 2) if is_tail and known(both) else (text, 1)
    return (both, 2) if both != text and known(both) else ("", 0)


def _is_of_block(columns: Sequence[_Named]) -> bool:
    """Whether the unit behind the last word of a header is none of its column: no other amount has
    one. It stands left of the first row then."""
    units = [money_unit(word) for word, field in columns if field in AMOUNTS]
    last, field = columns[-1]
    return bool(money_unit(last)) and (field not in AMOUNTS or sum(map(bool, units)) == 1)


def _two_rows(columns: list[_Named], known: Vocabulary) -> tuple[list[_Named], list[_Named]]:
    """A header of two rows that was read one after the other, in these."""
    for count in (3, 2):
        first, below = columns[:-count], _below([word for word, _ in columns[-count:]], known)
        fields = {field for _, field in first}
        has_group = any(words_of(word).name in known.indicators.group_of for word, _ in first)
        if below and has_group and {"score", "weight"} & fields and "name" in fields:
            twice = Counter(field for _, field in [*first, *below])
            if twice["target"] == 2 or twice["score"] == 2:
                return first, below
    return columns, []


def _header(
    kind: Kind,
    columns: Sequence[_Named],
    below: Sequence[_Named],
    left: str,
    number: int,
    lines: int,
    *,
    is_listed: bool,
) -> FlatHeader | None:
    rows = [[word for word, _ in columns]]
    fields = [field for _, field in columns]
    if below:
        place = next((at for at, field in enumerate(fields) if field in _fields(below)), -1)
        if place < 0:
            return None
        over = len(below) - 1
        rows[0][place + 1 : place + 1] = [""] * over
        fields[place : place + 1] = [field for _, field in below]
        second = [""] * len(fields)
        second[place : place + len(below)] = [word for word, _ in below]
        rows.append(second)
    if kind == "funding" and fields and fields[0] in AMOUNTS and fields[0] in fields[1:]:
        fields[0] = "label"  # 年度预算数 above 总额 stands beside 调整后预算数
    fields = ["reviewed_score" if field == "reviewed" else field for field in fields]
    fields = [  # 偏差原因, 备注
        "apart" if field == "explanation" in fields[:at] else field
        for at, field in enumerate(fields)
    ]
    in_fields = in_order(fields)
    if not _is_whole(kind, in_fields):
        return None
    return FlatHeader(
        kind=kind,
        fields=in_fields,
        rows=tuple(map(tuple, rows)),
        left=left,
        lines=lines,
        is_listed=is_listed,
        number=number,
    )


def _fields(named: Sequence[_Named]) -> set[str]:
    """What some columns are."""
    return {field for _, field in named}


def _is_whole(kind: Kind, fields: Sequence[str]) -> bool:
    """Whether columns are those of a block, none of them twice."""
    counted = Counter(field for field in fields if field != "apart")
    if len(fields) > _MOST or any(count > 1 for count in counted.values()):
        return False
    if kind == "funding":
        amounts = sum(field in AMOUNTS for field in fields)
        return amounts > 1 or (amounts == 1 and "execution_rate" in fields)
    is_named = "name" in fields or {"level1", "level2"} <= counted.keys()
    return is_named and bool({"actual", "score"} & counted.keys()) and len(fields) > _FEWEST


_FEWEST = 2
_FEW_GLUED = 3
