"""Which ways to take rows apart tie: weights and scores that sum up to the printed totals."""

from __future__ import annotations

import itertools
import math
import operator
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TypeAlias

import attrs

from .row_splits import Points, RowWay

__all__ = ["Settled", "Sums", "settled", "tying"]

Sums: TypeAlias = tuple[Fraction | None, Fraction | None]
"""What weights and scores sum up to; ``None`` where that is not known."""
_Whole: TypeAlias = tuple[int, ...]
_MOST_STEPS = 500_000
"""How many sums of a table are made."""


@attrs.frozen(kw_only=True)
class Settled:
    """What is sure of a row.

    Args:
        way: a way in which it may be taken apart.
        unsure: the fields in which others that tie, too, have something else, ``tail`` among them.
    """

    way: RowWay
    unsure: tuple[str, ...] = ()


def tying(
    rows: Sequence[Sequence[RowWay]], totals: Sequence[Sums]
) -> tuple[tuple[tuple[RowWay, ...], ...], Sums] | None:
    """Of each row the ways that have a part in a sum that ties, and that sum; ``None`` if the
    points of a row, or which total is meant, are not sure.

    Args:
        rows: the ways of each row, at least one.
        totals: what the rows may sum up to; of each at least one of the two is known.
    """
    options = [{way.points for way in ways} for ways in rows]
    steps = _MOST_STEPS // max(len(totals), 1)
    ties = [(_tied(options, total, steps), total) for total in totals]
    if any(points_by_row is None for points_by_row, _ in ties):
        return None  # one that was not compared to the end may tie, too
    tied = [(points_by_row, total) for points_by_row, total in ties if points_by_row]
    if len(tied) != 1:
        return None
    points_by_row, total = tied[0]
    if any(len(points) != 1 for points in points_by_row):
        return None
    return tuple(
        tuple(way for way in ways if way.points in points)
        for ways, points in zip(rows, points_by_row, strict=True)
    ), total


def _tied(options: Sequence[set[Points]], total: Sums, steps: int) -> list[set[Points]] | None:
    """Of each row the points that have a part in a sum that ties; nothing if none does, ``None`` if
    there is too much to compare."""
    scale = math.lcm(
        *(
            p.denominator
            for both in (*itertools.chain(*options), total)
            for p in both
            if p is not None
        )
    )
    end = _whole(total, total, scale)
    wholes = [{points: _whole(points, total, scale) for points in choices} for choices in options]
    forward: list[set[_Whole]] = [{(0,) * len(end)}]
    for choices, (least, most) in zip(wholes, _still_due(wholes, end), strict=True):
        points = set(choices.values())
        steps -= len(forward[-1]) * len(points)
        if steps < 0:
            return None
        sums = (tuple(map(operator.add, before, own)) for before in forward[-1] for own in points)
        forward.append(
            {
                so_far
                for so_far in sums
                if all(a <= b <= c for a, b, c in zip(least, so_far, most, strict=True))
            }
        )
    points_by_row: list[set[Points]] = []
    ends = {end} & forward[-1]
    for choices, before in zip(reversed(wholes), reversed(forward[:-1]), strict=True):
        starts = {
            choice: {tuple(map(operator.sub, e, own)) for e in ends} & before
            for choice, own in choices.items()
        }
        points_by_row.insert(0, {choice for choice, own in starts.items() if own})
        ends = {start for own in starts.values() for start in own}
    return points_by_row if all(points_by_row) else []


def _whole(points: Sums, total: Sums, scale: int) -> _Whole:
    """Points as whole numbers, of the sides of which the total is known."""
    return tuple(
        int(point * scale)
        for point, due in zip(points, total, strict=True)
        if point is not None and due is not None
    )


def _still_due(
    wholes: Sequence[Mapping[Points, _Whole]], end: _Whole
) -> list[tuple[_Whole, _Whole]]:
    """Behind each row the least and the most that the rows up to it sum up to, so that those below
    can make the rest."""
    due = [(end, end)]
    for choices in reversed(wholes[1:]):
        columns = list(zip(*choices.values(), strict=True))
        least, most = due[-1]
        due.append(
            (
                tuple(e - max(own) for e, own in zip(least, columns, strict=True)),
                tuple(e - min(own) for e, own in zip(most, columns, strict=True)),
            )
        )
    return due[::-1]


def settled(ways: Sequence[RowWay]) -> Settled:
    """What is sure of a row: what is the same in each of the ways that are left.

    Args:
        ways: at least one, with the same name.
    """
    fields = dict.fromkeys(field for way in ways for field in way.cells)
    texts = {field: {way.cells.get(field, "") for way in ways} for field in fields}
    texts["tail"] = {way.tail for way in ways}
    unsure = tuple(field for field, several in texts.items() if len(several) > 1)
    return Settled(way=ways[0], unsure=unsure)
