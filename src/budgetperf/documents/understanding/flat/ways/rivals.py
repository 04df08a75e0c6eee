"""Rows in text that may be read in another way: a number may explain the row where what was reached
is blank, and blank cells are lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

import attrs

from budgetperf.documents.understanding.flat.fitting import Placed, figure
from budgetperf.documents.understanding.flat.lines import is_value
from budgetperf.exact import Text
from budgetperf.rules.ruleset import FULL_MARKS

from .row_splits import POINTS, Points, RowWay
from .tying import Sums, tying

__all__ = ["EXPLAINED", "Rivals", "rivals_of", "tie"]

_IN_WORDS = "explanation"
_MEASURES = ("target", "initial_target", "actual", "midyear")


@attrs.frozen(kw_only=True)
class Rivals:
    """What else a row may be than it was taken for.

    Args:
        own: its weight and its score as it was taken.
        others: those of the ways in which a number explains it.
        unsure: the fields that hold another text in one of these, if its points are the same.
    """

    own: Points
    others: tuple[Points, ...] = ()
    unsure: tuple[str, ...] = ()


def rivals_of(row: Placed, fields: Sequence[str], fits: Callable[[Placed], bool]) -> Rivals:
    """What else a row may be.

    Args:
        row: the texts of its columns, as they were taken.
        fields: what the columns are, from left to right.
        fits: whether texts may stand in the columns that they are put into.
    """
    own = _points_of(row)
    others = [
        other
        for other in _others(row, fields)
        if _is_scored(other)
        and fits({field: text for field, text in other.items() if field != _IN_WORDS})
    ]
    same = [other for other in others if _points_of(other) == own]
    unsure = {
        field
        for other in same
        for field in _MEASURES
        if row.get(field) and row[field] != other.get(field) and not _has_one_unit(row)
    }
    points = {_points_of(other) for other in others} - {own}
    return Rivals(own=own, others=tuple(points), unsure=tuple(unsure))


def _others(row: Placed, fields: Sequence[str]) -> Iterator[dict[str, str]]:
    """The ways in which one of the texts explains the row, and one of its measures is blank."""
    if row.get(_IN_WORDS) or _IN_WORDS not in fields:
        return
    texts = [row[field] for field in fields if row.get(field)]
    for blank in _MEASURES:
        if not row.get(blank):
            continue
        places = [f for f in fields if f == _IN_WORDS or (row.get(f) and f != blank)]
        other = dict(zip(places, texts, strict=True))
        if is_value(other[_IN_WORDS]):
            yield other


def _points_of(row: Placed) -> Points:
    """Weight and score of a row, 0 where it has none."""
    figures = (figure(row.get(field, "")) for field in POINTS)
    weight, score = (value.nominal if value else Fraction() for value in figures)
    return weight, score


def _is_scored(row: Placed) -> bool:
    """Whether the score of a row, if it has both, is at most its weight, and that at most all."""
    weight, score = _points_of(row)
    return weight <= FULL_MARKS and (score <= weight or "weight" not in row)


def _has_one_unit(row: Placed) -> bool:
    """Whether what was due and what was reached are in one unit, which no explanation has."""
    units = {value.unit.symbol for name in _MEASURES if (value := figure(row.get(name, "")))}
    count = sum(bool(row.get(name)) for name in _MEASURES)
    return len(units) == 1 and "" not in units and count > 1


def tie(rows: Sequence[Rivals], totals: Sequence[Sums]) -> bool:
    """Whether rows sum up to a total as they were taken, and in no other way."""
    if not any(row.others for row in rows):
        return True
    ways = [[_way(points) for points in (row.own, *row.others)] for row in rows]
    tied = tying(ways, [total for total in totals if total != (None, None)])
    if tied is None:
        return False
    ways_by_row, _ = tied
    return all(
        {way.points for way in own} == {row.own} for own, row in zip(ways_by_row, rows, strict=True)
    )


def _way(points: Points) -> RowWay:
    return RowWay(name="", heads=(), cells={}, points=points, tail="", run="")


EXPLAINED = Text(
    zh="{lines}的指标值或实际完成值没有读取：空格已丢失，有一个数字可能填在偏差原因一栏；"
    "请改用保留表格的文件",
    en="targets or actual values on {lines} were left out: blank cells were lost, and one of "
    "the numbers may stand in the column of reasons; use a file that keeps the table",
)
"""What is told of rows of which one number may be among the reasons."""
