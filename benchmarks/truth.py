"""The true values of a random report: exact, and such that every relation holds for them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

import attrs

from budgetperf.exact import round_to
from budgetperf.model import Direction, FundingKind

__all__ = [
    "Item",
    "Line",
    "Source",
    "in_grains",
    "items",
    "kinds",
    "line",
    "lucky",
    "some",
    "sources",
    "spend",
    "split",
]

LEVELS = {
    "运行成本": ["经济成本"],
    "管理效率": ["时效指标", "管理制度"],
    "履职效能": ["数量指标", "质量指标"],
    "社会效益": ["社会效益"],
    "可持续发展能力": ["人才培养"],
    "服务对象满意度": ["满意度指标"],
}
"""The headings of level 1, each with those of level 2, in the order of the form."""
NAMES = ("宣讲", "培训", "检查", "办件", "巡查", "建档", "走访", "改造", "维护", "受理")
POINT = Fraction(1, 100)


@attrs.frozen(kw_only=True)
class Line:
    """The true amounts of a budget line by phase, in 元."""

    initial: Fraction
    revised: Fraction
    executed: Fraction

    def __add__(self, other: Line) -> Line:
        return Line(
            initial=self.initial + other.initial,
            revised=self.revised + other.revised,
            executed=self.executed + other.executed,
        )


@attrs.frozen(kw_only=True)
class Item:
    """The true values of an indicator; the score is what was given, to the hundredth."""

    level1: str
    level2: str
    name: str
    direction: Direction
    unit: str
    target: Fraction
    actual: Fraction
    midyear: Fraction
    weight: int
    score: Fraction


@attrs.frozen(kw_only=True)
class Source:
    """A source of funds and its true amounts."""

    kind: FundingKind
    label: str
    line: Line


def lucky(rng: random.Random, chances: int) -> bool:
    """Once in so many times."""
    return rng.randrange(chances) == 0


def in_grains(value: Fraction, grain: Fraction) -> Fraction:
    """The greatest multiple of ``grain`` that is not above ``value``."""
    return value // grain * grain


def some(rng: random.Random, whole: Fraction, least: int, grain: Fraction) -> Fraction:
    """Some of ``whole``, at least so many hundredths."""
    return in_grains(whole * rng.randint(least * 100, 10**4) / 10**4, grain)


def line(rng: random.Random, grain: Fraction) -> Line:
    """A line whose budget was adjusted and is not overspent; a third is spent to the end."""
    revised = in_grains(Fraction(rng.randint(10**7, 10 ** rng.choice((9, 10))), 7), grain)
    initial = in_grains(revised * rng.randint(5500, 13000) / 10**4, grain)
    spent = revised if lucky(rng, 3) else some(rng, revised, 82, grain)
    return Line(initial=initial, revised=revised, executed=spent)


def split(rng: random.Random, whole: Fraction, count: int, grain: Fraction) -> list[Fraction]:
    """``count`` parts of ``whole``, some of them 0."""
    shares = [rng.choice((0, 1, 1)) * rng.randint(1, 99) for _ in range(count)]
    largest = rng.randrange(count)
    shares[largest] = 100
    parts = [in_grains(whole * share / sum(shares), grain) for share in shares]
    parts[largest] += whole - sum(parts)
    return parts


def spend(
    rng: random.Random, parts: Sequence[Fraction], spent: Fraction, grain: Fraction
) -> list[Fraction]:
    """What is spent of each part where ``spent`` is spent of all: never more than the part."""
    left = sum(parts, Fraction(0)) - spent
    found = list(parts)
    for share in (50, 100):
        for index in rng.sample(range(len(parts)), len(parts)):
            cut = in_grains(min(left, found[index]) * share / 100, grain)
            cut = min(left, found[index]) if share == 100 else cut
            found[index] -= cut
            left -= cut
    return found


def sources(
    rng: random.Random, total: Line, kinds: Sequence[tuple[FundingKind, str]], grain: Fraction
) -> tuple[Source, ...]:
    """The sources of a line; they add up to it in each phase."""
    initial, revised = (split(rng, t, len(kinds), grain) for t in (total.initial, total.revised))
    executed = spend(rng, revised, total.executed, grain)
    return tuple(
        Source(kind=kind, label=label, line=Line(initial=a, revised=b, executed=c))
        for (kind, label), a, b, c in zip(kinds, initial, revised, executed, strict=True)
    )


def kinds(rng: random.Random, count: int) -> list[tuple[FundingKind, str]]:
    """Sources that exclude each other and end in 其他资金."""
    two = rng.choice(
        (
            (FundingKind.UPPER, FundingKind.LOCAL),
            (FundingKind.CURRENT_APPROPRIATION, FundingKind.CARRY_OVER),
            (FundingKind.CENTRAL_TRANSFER, FundingKind.REGIONAL_TRANSFER, FundingKind.LOCAL),
        )
    )
    named = [(kind, kind.label.zh) for kind in (*two, FundingKind.OTHER)]
    further = [(FundingKind.UNLISTED, f"专项资金{i}") for i in range(1, count - len(named) + 1)]
    return [*named[:-1], *further, named[-1]]


def items(rng: random.Random, count: int, places: int) -> tuple[Item, ...]:
    """Indicators whose weights add up to 90, scored in proportion and never above the weight.

    Args:
        rng: where chance comes from.
        count: how many.
        places: with how many decimals actual values in percent are printed. If with any, the true
            value may lie beside the printed one.
    """
    order = list(LEVELS)
    levels = rng.sample(order, rng.randint(2, 4))
    headed = sorted((rng.choice(levels) for _ in range(count)), key=order.index)
    found = []
    for index, (level1, weight) in enumerate(zip(headed, integers(rng, 90, count), strict=True)):
        unit = rng.choice(("%", "%", "次", "人", "件"))
        one = POINT if unit == "%" else Fraction(1)
        direction = Direction.EQUAL if lucky(rng, 6) else Direction.AT_LEAST
        target = one * rng.randint(60, 98)
        if unit != "%":
            target = Fraction(rng.choice((rng.randint(2, 20), rng.randint(20, 900))))
        if lucky(rng, 10):
            direction, target = Direction.AT_MOST, 5 * one * rng.randint(1, 10)
        step = one / 10**places if unit == "%" else one
        actual = _actual(rng, direction, target, one, step)
        midyear = some(rng, actual, 20, step)
        if unit == "%" and places:
            actual += step * rng.randint(-49, 49) / 100
        share = actual / target
        if direction is Direction.AT_MOST:
            share = max(Fraction(0), 2 - share)
        found.append(
            Item(
                level1=level1,
                level2=rng.choice(LEVELS[level1]),
                name=f"{NAMES[index % len(NAMES)]}任务{index + 1}",
                direction=direction,
                unit=unit,
                target=target,
                actual=actual,
                midyear=midyear,
                weight=weight,
                score=round_to(weight * min(Fraction(1), share), 2),
            )
        )
    return tuple(found)


def _actual(
    rng: random.Random, direction: Direction, target: Fraction, one: Fraction, step: Fraction
) -> Fraction:
    """What was reached: the target, more or less; a fifth of the targets are missed."""
    if direction is Direction.AT_MOST:
        return max(one, in_grains(target * rng.choice((40, 80, 100, 100, 120)) / 100, step))
    if lucky(rng, 5):
        return max(one, some(rng, target, 55, step))
    if direction is Direction.EQUAL or lucky(rng, 3):
        return target
    return target + one * rng.randint(1, 2 if target > 95 * one else 4)


def integers(rng: random.Random, whole: int, count: int) -> list[int]:
    """``count`` whole numbers above 0 that add up to ``whole``; a half are multiples of 5."""
    step = 5 if whole // 5 >= count and lucky(rng, 2) else 1
    cuts = sorted(rng.sample(range(1, whole // step), count - 1))
    return [step * (b - a) for a, b in pairwise([0, *cuts, whole // step])]
