"""Rows of indicators whose cells ran together: each way in which such a row may be a name, figures
and words."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TypeAlias

import attrs

from budgetperf.documents.understanding.flat.fitting import Placed, figure
from budgetperf.documents.understanding.flat.headings import headings_apart
from budgetperf.documents.understanding.flat.lines import SIGN
from budgetperf.documents.understanding.forms import cells
from budgetperf.documents.understanding.forms.vocabulary import Vocabulary
from budgetperf.exact import Place
from budgetperf.rules.ruleset import FULL_MARKS

__all__ = [
    "MEASURES",
    "POINT",
    "POINTS",
    "Points",
    "RowWay",
    "can_split",
    "ways_of",
]

POINTS = ("weight", "score")
MEASURES = ("target", "actual")
Points: TypeAlias = tuple[Fraction, Fraction]
"""Weight and score of a row."""
_RATE = "completion_rate"
_MOST = 400
"""How many ways of one row are compared."""
_MOST_STEPS = 20_000
"""How many cells are put together for them."""
_LONGEST = 160
_PLACE = Place(line=1)
_Cells: TypeAlias = tuple[tuple[tuple[str, str], ...], int]
"""Some fields with their texts, and where they end."""


@attrs.frozen(kw_only=True)
class RowWay:
    """A way to take a row apart.

    Args:
        name: what stands before its figures, with the headings.
        heads: the same, apart where blanks or known headings part it.
        cells: the texts by field; blank ones left out.
        points: its weight and its score.
        tail: the words behind its figures.
        run: the figures as they stand.
    """

    name: str
    heads: tuple[str, ...]
    cells: Placed
    points: Points
    tail: str
    run: str


def can_split(core: Sequence[str]) -> bool:
    """Whether rows with these columns behind the name can be taken apart."""
    return set(POINTS) <= set(core) <= {*POINTS, *MEASURES, _RATE, "explanation"}


def ways_of(
    parts: Sequence[str],
    core: Sequence[str],
    known: Vocabulary,
    *,
    has_tail: bool,
    is_of_stream: bool = False,
) -> list[RowWay]:
    """Each way in which a row is a name, the figures of its columns and words behind them, of which
    the score is at most the weight; nothing if there are too many.

    Args:
        parts: what stands on its line between blanks.
        core: what the columns behind the name are, up to the last one with figures.
        known: the words of forms.
        has_tail: whether a column of words follows.
        is_of_stream: whether another row may follow: no words with figures stand behind then.
    """
    row = _Row(parts, known, has_tail=has_tail, is_of_stream=is_of_stream)
    if len(row.text) > _LONGEST:
        return []
    ways = list(itertools.islice(row.ways(core), _MOST + 1))
    return ways if len(ways) <= _MOST and row.steps <= _MOST_STEPS else []


class _Row:
    """A row that ran together, and how often it has been cut so far: there may be too many ways."""

    def __init__(
        self, parts: Sequence[str], known: Vocabulary, *, has_tail: bool, is_of_stream: bool
    ) -> None:
        self.text = "".join(parts)
        self._parts = parts
        self._known = known
        self._has_tail = has_tail
        self._is_of_stream = is_of_stream
        self._bounds = frozenset(itertools.accumulate(map(len, parts)))
        dates = _DATE.finditer(self.text)
        self._within = {at for date in dates for at in range(date.start() + 1, date.end())}
        self._behind: dict[tuple[int, int], list[_Cells]] = {}
        self.steps = 0

    def ways(self, core: Sequence[str]) -> Iterator[RowWay]:
        """Each way that the text is a row."""
        for start in self._starts():
            name = self.text[:start]
            for placed, end in self._cells(start, core):
                texts = {field: text for field, text in placed if text}
                points = _points_of(texts)
                if points is not None:
                    yield RowWay(
                        name=name,
                        heads=self._heads(start),
                        cells=texts,
                        points=points,
                        tail=self.text[end:],
                        run=self.text[start:end],
                    )

    # Where the figures begin.

    def _starts(self) -> Iterator[int]:
        for at in range(1, len(self.text)):
            name, begins = self.text[:at], self.text[at]
            if _SIGNED.search(name) or not (begins.isdigit() or SIGN.match(begins)):
                continue
            if at in self._within or _IN_MEASURE.search(name):
                continue
            if _NUMBERED.search(name) and _BEHIND_NUMBER.match(self.text, at):
                continue  # 指标1: stands before a name
            if _MEASURED.search(name) or name.count("(") > name.count(")"):
                continue  # figures of the target, or points behind a heading
            if any(map(_PURE.fullmatch, self._heads(at))):
                continue
            is_within = at not in self._bounds and begins.isdigit() and _OF_NUMBER.match(name[-1])
            if not is_within or _may_end_in_digits(name):
                yield at

    def _heads(self, start: int) -> tuple[str, ...]:
        """The words before the figures: those between blanks, known headings apart."""
        words: list[str] = []
        left = start
        for part in self._parts:
            own = part[: max(left, 0)]
            left -= len(part)
            if own:
                words.append(own)
        first, *others = words
        heads = list(headings_apart(first, self._known))
        return (*heads, *others)

    # The figures.

    def _cells(self, at: int, fields: Sequence[str]) -> list[_Cells]:
        """The cells of some fields that begin at a place, and where they end."""
        ways = self._behind.get((at, len(fields)))
        if ways is not None:
            return ways
        if not fields:
            ways = [((), at)] if self._is_tail(at) else []
        else:
            field, *fields_behind = fields
            ways = [
                (((field, self.text[at:end]), *more), last)
                for end in dict.fromkeys(self._ends(field, at))
                if end not in self._within and self.steps <= _MOST_STEPS
                for more, last in self._cells(end, fields_behind)
            ]
        self.steps += len(ways)
        self._behind[at, len(fields)] = ways
        return ways

    def _ends(self, field: str, at: int) -> Iterator[int]:
        """Where a cell of a field may end that begins at a place."""
        if field in POINTS:
            yield from self._numbers(at, POINT)
        elif field == _RATE:
            for end in self._numbers(at, _NUMBER):
                yield end + self.text.startswith("%", end)
        else:
            yield at
            if field in MEASURES:
                yield from self._measures(at)
            yield from self._words(at)

    def _numbers(self, at: int, pattern: re.Pattern[str]) -> Iterator[int]:
        for end in range(at + 1, len(self.text) + 1):
            if not _OF_NUMBER.match(self.text[end - 1]) or self._is_parted(at, end):
                return
            goes_on = self.text.startswith((".", ",", "%", "‰"), end) and end not in self._bounds
            is_rate = pattern is _NUMBER and self.text.startswith("%", end)
            if pattern.fullmatch(self.text, at, end) and (is_rate or not goes_on):
                yield end

    def _measures(self, at: int) -> Iterator[int]:
        sign = SIGN.match(self.text, at)
        begin = sign.end() if sign else at
        date = _DATE.match(self.text, begin)
        if date:
            yield from {date.end(), self._stretch(date.end())}
            return
        for end in self._numbers_at(begin):
            yield from self._with_unit(begin, end)
            to = _TO.match(self.text, end)
            for last in self._numbers_at(to.end()) if to else ():
                yield from self._with_unit(begin, last)

    def _numbers_at(self, begin: int) -> Iterator[int]:
        """Where a number may end that begins at a place, whatever stands behind it."""
        for end in range(begin + 1, len(self.text) + 1):
            if not _OF_NUMBER.match(self.text[end - 1]) or self._is_parted(begin, end):
                return
            if _NUMBER.fullmatch(self.text, begin, end):
                yield end

    def _with_unit(self, begin: int, end: int) -> Iterator[int]:
        """Where a measure may end whose numbers end at a place."""
        unit, stretch = self._known_unit(end), self._stretch(end)
        if unit > end:
            yield unit
            if _BEHIND_UNIT.fullmatch(self.text, unit, stretch):
                yield stretch
            return
        if not self.text.startswith((".", ",")[: end not in self._bounds], end):
            yield end
        is_short = 0 < stretch - end <= _LONGEST_UNIT
        if is_short and cells.is_measure(self.text[begin:stretch], _PLACE):
            yield stretch

    def _words(self, at: int) -> Iterator[int]:
        """Words that are no figure: up to a blank, or to the next figure."""
        stretch = self._stretch(at)
        if self.text.startswith(_WITHIN_WORDS, at):
            return
        for end in {b for b in self._bounds if at < b < stretch} | {stretch}:
            if at < end <= at + _LONGEST_WORDS:
                yield end

    def _known_unit(self, at: int) -> int:
        return next((at + len(u) for u in _UNITS if self.text.startswith(u, at)), at)

    def _stretch(self, at: int) -> int:
        """Where the words that begin at a place end: before a digit or a sign."""
        match = _FIGURE.search(self.text, at)
        return match.start() if match else len(self.text)

    def _is_parted(self, begin: int, end: int) -> bool:
        return any(begin < bound < end for bound in self._bounds)

    def _is_tail(self, end: int) -> bool:
        """Whether what stands behind the figures may be the words of a column."""
        behind = self.text[end:]
        if not behind:
            return True
        if self._is_of_stream and _FIGURE.search(behind):
            return False
        is_in_words = not _FIGURE.match(behind) and behind[0] not in _OF_FIGURES
        return self._has_tail and (is_in_words or bool(_COUNTING.match(behind)))


def _may_end_in_digits(name: str) -> bool:
    """Whether digits that stand before others may be the end of a name, as of 任务1 and PM10."""
    words = _DIGITS_AT_END.sub("", name)
    return bool(words) and name[-1].isdigit() and len(name) - len(words) <= _MOST_DIGITS


def _points_of(row: Placed) -> Points | None:
    """Weight and score of a row; ``None`` if the score is more than the weight, or that more than
    all points."""
    weight, score = (figure(row[field]) for field in POINTS)
    if weight is None or score is None:
        return None
    points = weight.nominal, score.nominal
    return points if points[1] <= points[0] <= FULL_MARKS else None


_NUMBER = re.compile(r"(?:0|[1-9]\d*|[1-9]\d{0,2}(?:,\d{3})+)(?:\.\d+)?")
POINT = re.compile(r"(?:0|[1-9]\d{0,2})(?:\.\d{1,4})?")
_OF_NUMBER = re.compile(r"[\d.,]")
_FIGURE = re.compile(rf"\d|{SIGN.pattern}")
_SIGNED = re.compile(rf"{SIGN.pattern}(?:\d|$)")
_OF_FIGURES = ".,%‰"
_NUMBERED = re.compile(r"指标\d?$")
_BEHIND_NUMBER = re.compile(r"\d{1,2}[:：、.]")
_WITHIN_WORDS = (":", "：", "、", "，", ",", "。", ";", "；", ")", "）", "%")
"""What words do not begin with."""
_DIGITS_AT_END = re.compile(r"[\d.]+$")
_PURE = re.compile(r"[\d.,%‰—/-]+")
_MOST_DIGITS = 3
_LONGEST_UNIT = 3
_LONGEST_WORDS = 20
_COUNTED = "率数量度额值比例价费用本况长积次期间时"
_UNITS = tuple(
    sorted(
        (
            *"%‰元人次个家户件项天月年场期套台吨米亩批册份篇起例名条座处辆所间株万",
            *("万元", "亿元", "人次", "万人次", "万人", "户次", "个月", "场次"),
            *("千克", "公斤", "公里", "平方米", "万亩", "公顷", "立方米", "批次"),
            *("篇次", "小时", "分钟", "工作日", "万株", "元/人"),
        ),
        key=len,
        reverse=True,
    )
)
_BEHIND_UNIT = re.compile(
    rf"[/·][^\d/·]{{1,4}}(?:[/·][^\d/·]{{1,3}})?|班|班次|课时|{'|'.join(map(re.escape, _UNITS))}"
)
"""What makes another unit of the one before: 台套, 元/亩, 个工作日."""
_DATE = re.compile(
    r"20\d\d年\d{1,2}月(?:\d{1,2}[日号])?(?:底|末|初|[上中下]旬)?(?:之前|以前|前|止)?"
)
_TO = re.compile(r"%?[-~～—至](?=\d)")
"""What stands between the two numbers of a range."""
_IN_MEASURE = re.compile(rf"\d%?[-~～—至]$|{_DATE.pattern}\d*$")
"""The end of words that are no name: a part of a range, or a date."""
_MEASURE = rf"\d[\d.,]*(?:{'|'.join(map(re.escape, _UNITS))})?"
_COUNTING = re.compile(rf"[1-9]\d*(?:\.\d+)?(?:日|号|季度|、|{'|'.join(map(re.escape, _UNITS))})")
"""A number with which words begin: 10月补齐."""
_MEASURED = re.compile(rf"[{_COUNTED}](?:{_MEASURE})+$")
"""Words for what is counted, and figures behind them: these are of its target then."""
