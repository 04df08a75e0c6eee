"""Tables of indicators whose cells ran together: read where weights and scores sum up to the
printed totals in one way only, and each row that was taken apart is told."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

import attrs

from budgetperf.documents.understanding.forms.vocabulary import Vocabulary
from budgetperf.documents.understanding.forms.words import words_of
from budgetperf.exact import LIST, Text, decimal_text
from budgetperf.rules.ruleset import FULL_MARKS

from .fitting import figure
from .glued import splits
from .headers import FlatHeader
from .headings import heads_in
from .lines import TextLine
from .ways.row_splits import MEASURES, POINT, POINTS, RowWay, can_split, ways_of
from .ways.tying import Settled, Sums, settled, tying

__all__ = [
    "AS_IT_STANDS",
    "GluedRow",
    "GluedTable",
    "GluedTotal",
    "glued_table",
    "points_apart",
    "total_label",
]


@attrs.frozen(kw_only=True)
class GluedRow:
    """A row that was taken apart, or words alone.

    Args:
        line: where it stands.
        heads: the words before its figures.
        cells: the texts by field; what is not sure is all of its figures, as they stand.
        tail: the words behind them.
    """

    line: TextLine
    heads: tuple[str, ...]
    cells: dict[str, str]
    tail: str = ""


@attrs.frozen(kw_only=True)
class GluedTotal:
    """The total below.

    Args:
        line: where it stands.
        label: its words.
        cells: its points by field; none where they may be taken apart in several ways.
        behind: what stands behind them.
    """

    line: TextLine
    label: str
    cells: dict[str, str]
    behind: str


@attrs.frozen(kw_only=True)
class GluedTable:
    """A table of which every row could be taken apart.

    Args:
        rows: its rows.
        total: the total; ``None`` if none follows.
        notes: what was taken apart, and why so.
    """

    rows: tuple[GluedRow, ...]
    total: GluedTotal | None
    notes: tuple[Text, ...]


def glued_table(
    lines: Sequence[TextLine],
    below: TextLine | None,
    header: FlatHeader,
    core: Sequence[str],
    known: Vocabulary,
    execution: Sums | None,
    head: Fraction | None = None,
) -> GluedTable | None:
    """The rows on some lines; ``None`` if there is not exactly one way to take their points apart
    in which they tie.

    Args:
        lines: those of the rows, each with figures or headings.
        below: the line behind them.
        header: the header above.
        core: what the columns behind the name are, up to the last one with figures.
        known: the words of forms.
        execution: weight and score of the execution of the budget, 0 where it has none; ``None`` if
            they are not known.
        head: the total score that the head of the form says, for where no total follows.
    """
    if not can_split(core):
        return None
    has_tail = len(header.fields) - header.fields.index(core[-1]) == _WITH_TAIL
    figures = [at for at, line in enumerate(lines) if _HAS_DIGIT.search(_without_points(line.text))]
    if not 0 < len(figures) <= _MOST_ROWS:
        return None
    ways: list[list[RowWay]] = []
    for at in figures:
        own = ways_of(
            lines[at].words,
            core,
            known,
            has_tail=has_tail,
            is_of_stream=lines[at].is_of_stream,
        )
        if len({way.name for way in own}) != 1:
            return None  # which digits are of the name is not sure
        ways.append(own)
    points = _points_of(lines, known)
    totals = list(_totals(below, core, known)) if below is not None else []
    due: dict[Sums, list[GluedTotal | None]] = {}
    either: Sequence[GluedTotal | None] = totals or [None]
    for either_total in either:
        due.setdefault(_due(either_total, points, execution, head), []).append(either_total)
    tied = tying(ways, [sums for sums in due if sums != (None, None)])
    if tied is None:
        return None
    ways_by_row, sums = tied
    sure = dict(zip(figures, map(settled, ways_by_row), strict=True))
    if any(set(POINTS) & set(own.unsure) for own in sure.values()):
        return None
    rows = tuple(_row(line, sure.get(at), core, known) for at, line in enumerate(lines))
    taken_apart = [(rows[at], own) for at, own in sure.items()]
    if all(_was_apart(row, own.way) for row, own in taken_apart):
        return None  # nothing ran together: a cell is blank, or not known
    total = _sure_total([total_line for total_line in due[sums] if total_line is not None], sums[0])
    return GluedTable(rows=rows, total=total, notes=tuple(_notes(taken_apart, header, sums)))


_WITH_TAIL = 2
_MOST_ROWS = 200
"""How many rows a table has at most that is taken apart: they share 100 points."""
_HAS_DIGIT = re.compile(r"\d")


def _without_points(text: str) -> str:
    return _IN_BRACKETS.sub("", text)


_IN_BRACKETS = re.compile(r"\(\d+(?:\.\d+)?分?\)")


def _row(line: TextLine, sure: Settled | None, core: Sequence[str], known: Vocabulary) -> GluedRow:
    if sure is None:
        return GluedRow(line=line, heads=heads_in(line, known), cells={})
    way = sure.way
    texts = {field: way.cells[field] for field in core if field in way.cells}
    unsure = set(sure.unsure) & set(core)
    if unsure & set(MEASURES):
        unsure |= {field for field in core if field in MEASURES}
    has_tail = "tail" not in sure.unsure
    run = way.run if has_tail else way.run + way.tail
    for field in unsure:
        texts[field] = AS_IT_STANDS.format(run)
    tail = way.tail if has_tail else ""
    return GluedRow(line=line, heads=way.heads, cells=texts, tail=tail)


AS_IT_STANDS = "〔{}〕"
"""How figures are given of which it is not sure where they stand."""


# What they sum up to.


def _points_of(lines: Sequence[TextLine], known: Vocabulary) -> Fraction | None:
    """How many points all headings of the first level say; ``None`` if one says none."""
    points = Fraction()
    first = known.indicators.headings["level1"]
    for number, line in enumerate(lines):
        headings = [words_of(head) for head in heads_in(line, known)]
        pointed = [Fraction(words.points) for words in headings if words.points]
        is_begun = any(words.name in first for words in headings)
        if len(pointed) > 1 or (not pointed and (is_begun or not number)):
            return None
        points += sum(pointed)
    return points


def total_label(text: str, known: Vocabulary) -> str:
    """The word for a total that a text begins with; ``""`` if it begins with none.

    Args:
        text: words without blanks.
        known: the words of forms.
    """
    return max((w for w in known.totals.score if text.startswith(w)), key=len, default="")


def points_apart(text: str, count: int) -> list[tuple[str, ...]]:
    """The ways in which digits are so many numbers of points.

    >>> points_apart("10097.5", 2)
    [('100', '97.5')]

    Args:
        text: digits and points.
        count: how many numbers they are.
    """
    return [
        own for own in splits(text, count) if len(own) == count and all(map(POINT.fullmatch, own))
    ]


def _totals(line: TextLine, core: Sequence[str], known: Vocabulary) -> Iterator[GluedTotal]:
    """The ways to take the total apart."""
    text = "".join(line.parts)
    label = total_label(text, known)
    behind = text[len(label) :]
    points = _IN_BRACKETS.match(behind)
    if points:
        label, behind = label + points[0], behind[points.end() :]
    behind = behind.lstrip(":")
    run = _RUN.match(behind)
    if not label or not run or _HAS_DIGIT.search(behind[run.end() :]):
        return
    both = tuple(field for field in core if field in POINTS)
    apart = [word for word in line.words if _RUN.fullmatch(word)]
    for fields in (both, ("score",)):
        for texts in points_apart(run[0], len(fields)):
            if apart and "".join(apart) == run[0] and not _keeps(apart, texts):
                continue
            total = dict(zip(fields, texts, strict=True))
            weight, score = (figure(total.get(field, "")) for field in POINTS)
            if weight is None or (score is not None and score.value <= weight.value):
                yield GluedTotal(line=line, label=label, cells=total, behind=behind[run.end() :])


def _sure_total(either: Sequence[GluedTotal], weights: Fraction | None) -> GluedTotal | None:
    """The total; as it stands where it may be taken apart in several ways."""
    if not either:
        return None
    possible = [total for total in either if _may_follow(total, weights or Fraction())]
    if len(possible) == 1 and not _may_weigh(possible[0], weights or Fraction()):
        return possible[0]
    first, *_ = either
    run = "".join(first.cells.values())
    return attrs.evolve(first, cells={}, behind=f"{AS_IT_STANDS.format(run)}{first.behind}")


def _may_follow(total: GluedTotal, weights: Fraction) -> bool:
    """Whether a total may be that of rows with these weights: it weighs no less than they do."""
    weight = figure(total.cells.get("weight", ""))
    return weight is None or weights <= weight.nominal <= FULL_MARKS


def _may_weigh(total: GluedTotal, weights: Fraction) -> bool:
    """Whether the only figure of a total may be what the rows weigh, and no score."""
    score = figure(total.cells.get("score", ""))
    is_alone = "weight" not in total.cells and not words_of(total.label).points
    return is_alone and score is not None and score.nominal in (weights, FULL_MARKS)


_RUN = re.compile(r"[\d.]+")


def _keeps(apart: Sequence[str], texts: Sequence[str]) -> bool:
    """Whether no number goes over a blank."""
    bounds, ends = set[int](), set[int]()
    for parts, ends_of_parts in ((apart, bounds), (texts, ends)):
        length = 0
        for part in parts:
            length += len(part)
            ends_of_parts.add(length)
    return bounds <= ends


def _due(
    total: GluedTotal | None,
    points: Fraction | None,
    execution: Sums | None,
    head: Fraction | None,
) -> Sums:
    """What the rows sum up to: the total without the execution of the budget."""
    if total is None or execution is None:
        of_execution = None if total is not None or execution is None else execution[1]
        return points, None if head is None or of_execution is None else head - of_execution
    weight, score = (figure(total.cells.get(field, "")) for field in POINTS)
    points_said = words_of(total.label).points
    whole = weight.nominal if weight else Fraction(points_said) if points_said else None
    by_weight, by_score = execution
    return (
        points if whole is None or by_weight is None else whole - by_weight,
        None if score is None or by_score is None else score.nominal - by_score,
    )


# What is told.


def _notes(
    rows: Sequence[tuple[GluedRow, Settled]], header: FlatHeader, sums: Sums
) -> Iterator[Text]:
    names = {f: w for row in header.rows for f, w in zip(header.fields, row, strict=True) if w}
    for row, own in rows:
        if _was_apart(row, own.way) and not own.unsure:
            continue
        left_out = [f for f, text in row.cells.items() if text[:1] == AS_IT_STANDS[0]]
        texts_kept = (t for f, t in row.cells.items() if t and f not in left_out)
        parts = [*row.heads, *texts_kept]
        why = _why(sums)
        before = f"{own.way.name}{own.way.run}"
        note = _UNSURE if own.unsure else _APART
        left_out += header.fields[-1:] if "tail" in own.unsure else []
        fields = LIST.join(names.get(f, f) for f in header.fields if f in left_out)
        yield note.fill(
            line=row.line.number, before=before, after=" | ".join(parts), why=why, fields=fields
        )


def _was_apart(row: GluedRow, way: RowWay) -> bool:
    """Whether blanks stood between all of its cells."""
    bounds = set(itertools.accumulate(map(len, row.line.parts)))
    ends = itertools.accumulate((len(way.name), *map(len, way.cells.values())))
    return bounds.issuperset(ends)


def _why(sums: Sums) -> Text:
    weight, score = sums
    if weight is not None and score is not None:
        why = _BY_BOTH.fill(weight=decimal_text(weight), score=decimal_text(score))
    elif weight is not None:
        why = _BY_WEIGHT.fill(weight=decimal_text(weight))
    else:
        why = _BY_SCORE.fill(score=decimal_text(score or Fraction()))
    return why


_APART = Text(
    zh="第 {line} 行“{before}”各格连写，分作“{after}”：{why}",
    en="the cells of “{before}” on line {line} ran together, and were taken apart as “{after}”: "
    "{why}",
)
_UNSURE = Text(
    zh="第 {line} 行“{before}”各格连写，分作“{after}”：{why}；"
    "{fields}从哪里分开不能确定，没有读取，请对照原件",
    en="the cells of “{before}” on line {line} ran together, and were taken apart as “{after}”: "
    "{why}; where {fields} begin and end is not sure: they were left out, and are to be compared "
    "with the original",
)
_BY_BOTH = Text(
    zh="只有这样分，各行得分都不超过分值，分值之和、得分之和才与合计相符"
    "（指标部分 {weight}、{score}）",
    en="only so is no score more than its weight, and weights and scores sum up to the totals "
    "({weight} and {score} without the execution of the budget)",
)
_BY_WEIGHT = Text(
    zh="只有这样分，各行得分都不超过分值，分值之和才与所写的分数相符（指标部分 {weight}）",
    en="only so is no score more than its weight, and the weights sum up to the printed points "
    "({weight} without the execution of the budget)",
)
_BY_SCORE = Text(
    zh="只有这样分，各行得分都不超过分值，得分之和才与合计相符（指标部分 {score}）",
    en="only so is no score more than its weight, and the scores sum up to the total ({score} "
    "without the execution of the budget)",
)
