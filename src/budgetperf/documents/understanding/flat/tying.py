"""Which ways to take rows apart tie: weights and scores that sum up to the printed totals."""

from __future__ import annotations

import itertools
import math
import operator
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TypeAlias

import attrs

from budgetperf.exact import Figure
from budgetperf.exact.figure import last_place

from .fitting import Placed, figure
from .lines import SIGN
from .row_splits import MEASURES, RowWay

__all__ = ["Settled", "Sums", "settled", "tying"]

Sums: TypeAlias = tuple[Fraction | None, Fraction | None]
"""What weights and scores sum up to; ``None`` where that is not known."""
_Points: TypeAlias = tuple[Fraction, Fraction]
_Whole: TypeAlias = tuple[int, ...]
_MOST_STEPS = 500_000
"""How many sums of a table are made."""


@attrs.frozen(kw_only=True)
class Settled:
    """What is sure of a row.

    Args:
        way: a way in which it may be taken apart.
        unsure: the fields in which others that tie, too, have something else, ``name`` and
            ``tail`` among them.
        is_by_rate: whether the rate or the score tells it from the others.
    """

    way: RowWay
    unsure: tuple[str, ...] = ()
    is_by_rate: bool = False


def tying(
    rows: Sequence[Sequence[RowWay]], totals: Sequence[Sums]
) -> tuple[tuple[tuple[RowWay, ...], ...], Sums] | None:
    """Of each row the ways that have a part in a sum that ties, and that sum; ``None`` if the
    points of a row, or which total is meant, are not sure.

    Args:
        rows: the ways of each row.
        totals: what the rows may sum up to; of each at least one of the two is known.
    """
    options = [{_points(way) for way in ways} for ways in rows]
    if not all(options):
        return None
    steps = _MOST_STEPS // max(len(totals), 1)
    ties = [(_tied(options, total, steps), total) for total in totals]
    if any(kept is None for kept, _ in ties):
        return None  # one that was not compared to the end may tie, too
    found = [(kept, total) for kept, total in ties if kept]
    if len(found) != 1:
        return None
    kept, total = found[0]
    if any(len(points) != 1 for points in kept):
        return None
    return tuple(
        tuple(way for way in ways if _points(way) in points)
        for ways, points in zip(rows, kept, strict=True)
    ), total


def _points(way: RowWay) -> _Points:
    weight, score = (figure(way.cells[field]) for field in ("weight", "score"))
    if weight is None or score is None:
        raise ValueError(way)
    return weight.nominal, score.nominal


def _tied(options: Sequence[set[_Points]], total: Sums, steps: int) -> list[set[_Points]] | None:
    """Of each row the points that have a part in a sum that ties; nothing if none does, ``None`` if
    there is too much to compare."""
    sides = [side is not None for side in total]
    scale = math.lcm(
        *(
            p.denominator
            for both in (*itertools.chain(*options), total)
            for p in both
            if p is not None
        )
    )
    end = _whole(total, sides, scale)
    wholes = [{one: _whole(one, sides, scale) for one in choices} for choices in options]
    forward: list[set[_Whole]] = [{(0,) * len(end)}]
    for choices, (least, most) in zip(wholes, _still_due(wholes, end), strict=True):
        points = set(choices.values())
        steps -= len(forward[-1]) * len(points)
        if steps < 0:
            return None
        sums = (tuple(map(operator.add, before, own)) for before in forward[-1] for own in points)
        forward.append(
            {
                one
                for one in sums
                if all(a <= b <= c for a, b, c in zip(least, one, most, strict=True))
            }
        )
    kept: list[set[_Points]] = []
    ends = {end} & forward[-1]
    for choices, before in zip(reversed(wholes), reversed(forward[:-1]), strict=True):
        starts = {
            choice: {tuple(map(operator.sub, e, own)) for e in ends} & before
            for choice, own in choices.items()
        }
        kept.insert(0, {choice for choice, own in starts.items() if own})
        ends = {start for own in starts.values() for start in own}
    return kept if all(kept) else []


def _whole(points: Sums, sides: Sequence[bool], scale: int) -> _Whole:
    """Points as whole numbers, of the sides that are known."""
    return tuple(
        int(point * scale)
        for point, is_known in zip(points, sides, strict=True)
        if is_known and point is not None
    )


def _still_due(
    wholes: Sequence[Mapping[_Points, _Whole]], end: _Whole
) -> list[tuple[_Whole, _Whole]]:
    """Behind each row the least and the most that the rows up to it sum up to, so that those below
    can make the rest."""
    found = [(end, end)]
    for choices in reversed(wholes[1:]):
        columns = list(zip(*choices.values(), strict=True))
        least, most = found[-1]
        found.append(
            (
                tuple(e - max(own) for e, own in zip(least, columns, strict=True)),
                tuple(e - min(own) for e, own in zip(most, columns, strict=True)),
            )
        )
    return found[::-1]


def settled(ways: Sequence[RowWay]) -> Settled:
    """What is sure of a row in each of the ways that are left; its rate, or a score that is a part
    of its weight, tells one from the others where only that one fits.

    Args:
        ways: at least one, with the same points.
    """
    unsure = _unlike(ways)
    if not unsure:
        return Settled(way=ways[0])
    fitting = [way for way in ways if _fits(way.cells)]
    if fitting and not _unlike(fitting):
        return Settled(way=fitting[0], is_by_rate=True)
    return Settled(way=min(ways, key=lambda way: len(way.name)), unsure=unsure)


def _unlike(ways: Sequence[RowWay]) -> tuple[str, ...]:
    """The fields that are not the same in all ways, and of name and tail those that are not."""
    fields = dict.fromkeys(field for way in ways for field in way.cells)
    texts = {field: {way.cells.get(field, "") for way in ways} for field in fields}
    texts |= {"name": {way.name for way in ways}, "tail": {way.tail for way in ways}}
    return tuple(field for field, several in texts.items() if len(several) > 1)


def _fits(row: Placed) -> bool:
    """Whether a row has a rate of completion, or a score that is a part of its weight, and that is
    what was reached over what was due."""
    share = _share(row)
    if share is None or share < _LEAST:
        return False
    rate = figure(row.get("completion_rate", ""))
    if rate is not None:
        return rate.unit.symbol == "%" and _prints(rate, share)
    weight, score = figure(row["weight"]), figure(row["score"])
    if weight is None or score is None or not 0 < score.value < weight.value:
        return False
    return share < 1 and _prints(score, weight.nominal * share)


_LEAST = Fraction(1, 10)


def _prints(value: Figure, due: Fraction) -> bool:
    """Whether a figure is what is due, rounded to its last digit."""
    return 2 * abs(value.nominal - due) <= last_place(value)


def _share(row: Placed) -> Fraction | None:
    """What was reached over what was due; ``None`` where less is better, or one is no figure."""
    aim, reached = row.get("target", ""), figure(row.get("actual", ""))
    if aim.startswith(("≤", "<", "≦", "﹤", "＜")) or set(row) & (set(MEASURES) - _BOTH):
        return None
    due = figure(SIGN.sub("", aim))
    if due is None or reached is None or not due.value or due.unit != reached.unit:
        return None
    return reached.nominal / due.nominal


_BOTH = {"target", "actual"}
