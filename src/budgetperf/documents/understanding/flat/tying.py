"""Which ways to take rows apart tie: weights and scores that sum up to the printed totals."""

from __future__ import annotations

from collections.abc import Sequence
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
_MOST_SUMS = 20_000
"""How many different sums of a table are compared."""


@attrs.frozen(kw_only=True)
class Settled:
    """What is sure of a row.

    Args:
        way: a way in which it may be taken apart.
        unsure: the fields in which others that tie, too, have something else.
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
    found = [(kept, total) for total in totals if (kept := _tied(options, total))]
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


def _tied(options: Sequence[set[_Points]], total: Sums) -> list[set[_Points]]:
    """Of each row the points that have a part in a sum that ties; nothing if none does."""
    sides = [side is not None for side in total]
    end = tuple(side for side in total if side is not None)
    forward: list[set[tuple[Fraction, ...]]] = [{tuple(Fraction() for _ in end)}]
    for points in ({_of(choice, sides) for choice in choices} for choices in options):
        sums = {_plus(before, own) for before in forward[-1] for own in points}
        sums = {one for one in sums if all(a <= b for a, b in zip(one, end, strict=True))}
        if not sums or len(sums) > _MOST_SUMS:
            return []
        forward.append(sums)
    kept: list[set[_Points]] = []
    ends = {end} & forward[-1]
    for choices, before in zip(reversed(options), reversed(forward[:-1]), strict=True):
        starts = {choice: {_minus(e, _of(choice, sides)) for e in ends} for choice in choices}
        kept.insert(0, {choice for choice, own in starts.items() if own & before})
        ends = {start for own in starts.values() for start in own & before}
    return kept if all(kept) else []


def _of(points: _Points, sides: Sequence[bool]) -> tuple[Fraction, ...]:
    return tuple(point for point, is_known in zip(points, sides, strict=True) if is_known)


def _plus(one: tuple[Fraction, ...], two: tuple[Fraction, ...]) -> tuple[Fraction, ...]:
    return tuple(a + b for a, b in zip(one, two, strict=True))


def _minus(one: tuple[Fraction, ...], two: tuple[Fraction, ...]) -> tuple[Fraction, ...]:
    return tuple(a - b for a, b in zip(one, two, strict=True))


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
    """The fields that are not the same in all ways."""
    fields = dict.fromkeys(field for way in ways for field in way.cells)
    texts = {field: {way.cells.get(field, "") for way in ways} for field in fields}
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
