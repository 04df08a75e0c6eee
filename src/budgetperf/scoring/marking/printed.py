"""The score of a row by the rule that the form prints beside it."""

from __future__ import annotations

import functools
import itertools
import math
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

import attrs

from budgetperf.citations import Status
from budgetperf.exact import RATIO, Figure, Interval, Missing, Text, Unit
from budgetperf.exact.limits import MAX_KNOTS
from budgetperf.exact.text import shortened
from budgetperf.exact.unit import is_bare, is_counter
from budgetperf.model import Direction, Indicator
from budgetperf.model.indicators import plain_name
from budgetperf.rules.curve import Curve, Knot
from budgetperf.rules.policies import Counting, Steps
from budgetperf.rules.ruleset import ScoreRounding
from budgetperf.scoring.measures import (
    NO_ACTUAL,
    Measured,
    NoScore,
    Spread,
    alike,
    completion,
    inverse,
    rounded,
    rounded_range,
    true_values,
)

from .aims import Reaching, reaching
from .meanings import Loss, Met, Miss, Proportion, Quotient, Said, Side, Tier, Tiers
from .results import SHARES, ScoreRange, Scoring, Step
from .words import COMPLETION, USUAL, meaning_of

__all__ = ["printed_rule", "printed_score", "unread"]


def printed_rule(indicator: Indicator) -> str:
    """The words of the rule that stands beside an indicator; ``""`` if there is none."""
    words = indicator.scoring_rule
    if isinstance(words, Missing):
        return ""
    text = words.strip()
    return text if any(map(str.isalnum, text)) and text not in ("无", "暂无") else ""


def printed_score(
    indicator: Indicator, words: str, weight: Fraction, rounding: ScoreRounding | None
) -> ScoreRange | NoScore:
    """The score by the printed words; where they are not understood, why there is none.

    Args:
        indicator: the row.
        words: what stands beside it.
        weight: its points.
        rounding: how scores are rounded, where a rule-set says so.
    """
    rule = meaning_of(words)
    if rule is None or not weight:
        return unread(words)
    result = _scored(indicator, rule, words, weight, rounding)
    if result is None:
        return unread(words)
    return result if isinstance(result, NoScore) else attrs.evolve(result, words=words)


def unread(words: str) -> NoScore:
    """That no score follows from the words, which are quoted."""
    quoted = shortened(words)
    return NoScore(
        code="printed-rule",
        why=Text(
            zh=f"表中评分标准“{quoted}”不能换算成这一行的得分，请人工核对",
            en=f"no score follows here from the printed rule “{quoted}”: check by hand",
        ),
    )


def _scored(
    indicator: Indicator, rule: Said, words: str, weight: Fraction, rounding: ScoreRounding | None
) -> ScoreRange | NoScore | None:
    reached = reaching(indicator)
    if reached is not None:
        return _by_aim(rule, reached, weight, rounding)
    target, actual = indicator.target.value, indicator.actual
    if isinstance(target, Missing):
        return None
    if isinstance(actual, Missing):
        return NO_ACTUAL
    both = alike(actual, target)
    if both is None:
        return None
    name = plain_name(indicator.name) if isinstance(indicator.name, str) else ""
    row = _Row(*both, indicator.target.direction, indicator.target.strict, weight, rounding, name)
    if row.is_rate and row.due != 1 and COMPLETION.search(name) and COMPLETION.search(words):
        return None  # 完成率 may be the indicator, or how far its target is reached
    return _of_numbers(row, rule, indicator)


def _of_numbers(row: _Row, rule: Said, indicator: Indicator) -> ScoreRange | NoScore | None:
    if isinstance(rule, Tiers):
        return row.all_of(_by_tiers(row, rule, indicator))
    if isinstance(rule, Loss):
        return row.all_of(_by_loss(row, rule))
    if isinstance(rule, Met) and rule.side is not Side.UNSAID:
        return _on_side(row, rule)
    if isinstance(row.direction, Direction):
        return _by_direction(row, rule)
    if isinstance(rule, Proportion) and rule.of not in (Quotient.COMPLETION, Quotient.EITHER):
        return _by_direction(row, rule)
    # Without an operator it may be any of them: what one gives must not be called due alone.
    sides = (Direction.AT_LEAST, Direction.AT_MOST, Direction.EQUAL)
    return row.all_of(_by_direction(attrs.evolve(row, direction=side), rule) for side in sides)


_OPEN = Text(
    zh="表中评分标准没有规定到这一步，或有不止一种读法",
    en="the rule printed in the form leaves this open, or can be read in more than one way",
)


@attrs.frozen
class _Row:
    """A row whose target and actual value are numbers that compare."""

    actual: Figure
    target: Figure
    direction: Direction | Missing
    strict: bool
    weight: Fraction
    rounding: ScoreRounding | None
    name: str

    @property
    def due(self) -> Fraction:
        """What is to be reached."""
        return self.target.nominal

    @property
    def is_rate(self) -> bool:
        return self.target.unit.dimension == RATIO

    @property
    def counts(self) -> bool:
        """Whether the target counts something, or says no unit."""
        return is_bare(self.target.unit) or is_counter(self.target.unit)

    def by(self, curve: Curve, lowest: Curve | None = None) -> ScoreRange | NoScore:
        """The score by a curve over the actual value."""
        measured = Measured(self.actual.nominal, true_values(self.actual), _ACTUAL)
        return self.at(measured, curve, lowest)

    def by_completion(self, curve: Curve, lowest: Curve | None = None) -> ScoreRange | NoScore:
        """The score by a curve over actual / target, of a target above 0."""
        return self.at(completion(self.actual, self.due), curve, lowest)

    def at(
        self, measured: Measured, curve: Curve, lowest: Curve | None = None
    ) -> ScoreRange | NoScore:
        scoring = Scoring(self.weight, self.rounding, _OPEN, Status.FORM)
        return scoring.by(curve, lowest, measured)

    def all_of(self, results: Iterator[ScoreRange | NoScore | None]) -> ScoreRange | NoScore | None:
        """What several readings give: all that each admits; nothing if one of them gives none."""
        every = list(results)
        scores = [result for result in every if isinstance(result, ScoreRange)]
        if len(scores) < len(every):
            return None
        admissible = Interval.hull(score.admissible for score in scores)
        if len({score.value for score in scores}) == 1:
            return attrs.evolve(scores[0], admissible=admissible)
        return ScoreRange(value=None, admissible=admissible, why=_OPEN, status=Status.FORM)

    def is_of(self, subject: str) -> bool:
        """Whether words that name a rate mean this row: usual ones, its own name, or none."""
        named = plain_name(subject)
        return bool(
            USUAL.fullmatch(named) or (named in self.name) or (self.name and self.name in named)
        )

    def is_in(self, unit: Unit) -> bool:
        """Whether the row is in this unit, or both count things one by one: 每少1个 says no more
        than that, but a day is no kilometre."""
        own = self.target.unit
        if unit.dimension == own.dimension:
            return True
        return unit.symbol in _THINGS and (is_bare(own) or own.symbol in _THINGS)

    def full(self, points: Fraction | None) -> bool:
        """Whether so many points are all; words without a number mean all."""
        return points is None or points == self.weight


_THINGS = frozenset("个项人名位次家户件例起处份篇条场期台套座批宗")
"""Units in which things are counted one by one."""
_ACTUAL = Text(zh="实际完成值", en="actual value")


# Days and ranges.


def _by_aim(
    rule: Said, reached: Reaching, weight: Fraction, rounding: ScoreRounding | None
) -> ScoreRange | NoScore | None:
    """The score beside a target that is a day or a range: it is met or missed, and no more."""
    if isinstance(rule, Tiers) or (isinstance(rule, Proportion) and not rule.met):
        return None
    if isinstance(rule, Loss) and (not rule.late or _least(rule, weight) > weight):
        return None
    if rule.points not in (None, weight):
        return None
    if reached.met:
        return reached.full(rounded(weight, rounding), rounding, Status.FORM)
    if isinstance(rule, Proportion) or not reached.is_certain:
        return None
    if isinstance(rule, Loss):
        return _late(rule, reached.late, weight, rounding)
    if rule.miss is Miss.OPEN:
        return _deducted(weight)
    step = Step(title=reached.title, value=Fraction(0))
    return ScoreRange(
        value=Fraction(0), admissible=Interval.point(0), steps=(step,), status=Status.FORM
    )


def _late(
    rule: Loss, days: tuple[int, int] | None, weight: Fraction, rounding: ScoreRounding | None
) -> ScoreRange | None:
    """Points off for each day behind the target; of other steps, anything but full marks."""
    if days is None:
        return None
    if rule.unit not in ("天", "日"):
        return _deducted(weight)
    fewest, most = (Fraction(number) / rule.width for number in days)
    few = math.ceil(fewest) if rule.counting is Counting.PART else math.floor(fewest)
    many = math.floor(most) if rule.counting is Counting.WHOLE else math.ceil(most)
    loss, least = _loss(rule, weight), _least(rule, weight)
    low, high = (rounded(max(weight - steps * loss, least), rounding) for steps in (many, few))
    is_open = low != high
    return ScoreRange(
        value=None if is_open else low,
        admissible=Interval(lower=low, upper=high),
        steps=(Step(title=_DAYS, value=Fraction(days[0])),),
        why=_OPEN if is_open else None,
        status=Status.FORM,
    )


_DAYS = Text(zh="逾期天数", en="days late")


def _deducted(weight: Fraction) -> ScoreRange:
    """Anything but full marks."""
    less = Interval(lower=0, upper=weight, upper_closed=False)
    return ScoreRange(value=None, admissible=less, why=_OPEN, status=Status.FORM)


# Met or missed, and in proportion.


def _by_direction(row: _Row, rule: Met | Proportion) -> ScoreRange | NoScore | None:
    if not row.full(rule.points):
        return None
    if isinstance(rule, Met):
        return None if rule.timely else _met(row, rule.miss)
    return _in_proportion(row, rule)


def _on_side(row: _Row, rule: Met) -> ScoreRange | NoScore | None:
    """By words that say on which side of its target a value is right."""
    side = Direction.AT_LEAST if rule.side is Side.LEAST else Direction.AT_MOST
    is_apart = isinstance(row.direction, Direction) and row.direction not in (side, Direction.EQUAL)
    if is_apart or row.strict or not row.full(rule.points):
        return None
    if rule.side is Side.NONE and (row.due or row.is_rate):
        return None
    return _met(attrs.evolve(row, direction=side), rule.miss)


def _met(row: _Row, miss: Miss) -> ScoreRange | NoScore:
    """All where the target is met; of = and more than that nothing is sure."""
    most = Fraction(int(miss is Miss.OPEN))
    at = Fraction(int(not row.strict))
    if row.direction is Direction.AT_LEAST:
        curve = Curve(knots=(Knot(x=row.due, y=at or most, left=most, right=1),))
        lowest = Curve(knots=(Knot(x=row.due, y=at, left=0, right=1),))
    elif row.direction is Direction.AT_MOST:
        curve = Curve(knots=(Knot(x=row.due, y=at or most, left=1, right=most),))
        lowest = Curve(knots=(Knot(x=row.due, y=at, left=1, right=0),))
    else:
        curve = Curve(knots=(Knot(x=row.due, y=1, left=most, right=1),))
        lowest = Curve(knots=(Knot(x=row.due, y=1, left=0, right=0),))
    result = row.by(curve, lowest)
    is_missed = lowest.image(row.actual.interval) == Interval.point(0)
    is_beyond = row.direction is Direction.EQUAL and row.actual.nominal > row.due
    return _deducted(row.weight) if most and is_missed and not is_beyond else result


_LINE = Curve(knots=(Knot(x=0, y=0), Knot(x=1, y=1)))


def _in_proportion(row: _Row, rule: Proportion) -> ScoreRange | NoScore | None:
    if rule.least is not None and rule.least >= 1:
        return None
    of, direction, curve = rule.of, row.direction, _proportional(rule)
    if of is Quotient.RATE:
        return row.by(curve) if row.is_rate and row.is_of(rule.named) else None
    at_most, equal = direction is Direction.AT_MOST, direction is Direction.EQUAL
    if of is Quotient.EITHER:
        of = Quotient.TARGET_BY_ACTUAL if at_most else Quotient.ACTUAL_BY_TARGET
    wrong = Quotient.ACTUAL_BY_TARGET if at_most else Quotient.TARGET_BY_ACTUAL
    against = isinstance(direction, Direction) and not equal and of is wrong
    if row.due <= 0 or against or (of is Quotient.COMPLETION and at_most):
        return _if_met(row) if rule.met or of is Quotient.COMPLETION else None
    if of is Quotient.TARGET_BY_ACTUAL:
        measured = inverse(_LINE, row.actual, row.due)
        return row.at(measured, curve)
    if of is Quotient.COMPLETION and equal:  # of more than that nothing is said
        beyond = Knot(x=1, y=1, right=0)
        return row.by_completion(curve, Curve(knots=(curve.knots[0], beyond)))
    return row.by_completion(curve)


@functools.lru_cache(maxsize=256)
def _proportional(rule: Proportion) -> Curve:
    """The share over the quotient; nothing below the least, or up to a pass."""
    if rule.passing is not None:
        return Curve(knots=(Knot(x=rule.passing, y=0), Knot(x=1, y=1)))
    if rule.least:
        return Curve(knots=(Knot(x=rule.least, y=rule.least, left=0), Knot(x=1, y=1)))
    return _LINE


def _if_met(row: _Row) -> ScoreRange | NoScore | None:
    """Full marks where the target is met for sure: what a miss has cannot be said."""
    result = _met(row, Miss.NOTHING)
    if isinstance(result, NoScore) or result.value != rounded(row.weight, row.rounding):
        return None
    if result.admissible.is_point:
        return result
    return attrs.evolve(result, admissible=rounded_range(SHARES.scaled(row.weight), row.rounding))


# Points off.


def _by_loss(row: _Row, rule: Loss) -> Iterator[ScoreRange | NoScore | None]:
    against = (not rule.above and row.direction is Direction.AT_MOST) or (
        not rule.below and row.direction is Direction.AT_LEAST
    )
    readings = [] if against or not row.full(rule.points) else _readings(row, rule)
    if not readings:
        yield None
    for start, width in readings:
        yield _stepped(row, rule, start, width)


def _readings(row: _Row, rule: Loss) -> list[tuple[Fraction, Fraction]]:
    """From where points are lost and how long a step is, in each reading."""
    of_completion = COMPLETION.search(rule.subject) is not None
    is_apart = not of_completion and not row.is_of(rule.subject)
    if is_apart or (rule.late and row.direction is not Direction.AT_MOST):
        return []
    if rule.each and row.due and row.direction is not Direction.AT_MOST:
        return []
    starts = [row.due] if rule.start is None else [rule.start]
    if rule.each and row.due:  # of each that there is, or of each beyond the target
        starts = [Fraction(0), row.due]
    elif rule.start and rule.start_unit != "%":
        unit = Unit.of(rule.start_unit)
        starts = [rule.start * unit.scale] if row.is_in(unit) else []
    elif rule.start and not row.is_rate:
        starts = []
    readings = [
        (at, width) for at in starts for width in _widths(row, rule, at) if not of_completion
    ]
    is_other = rule.start_unit == "%" and rule.start != row.due
    if of_completion or (is_other and not rule.subject):
        if row.due <= 0 or rule.unit not in ("%", "百分点"):
            return []
        start = Fraction(1) if rule.start is None else rule.start
        readings.append((start * row.due, rule.width / 100 * row.due))
    return readings


def _widths(row: _Row, rule: Loss, start: Fraction) -> list[Fraction]:
    """How long a step is, in each reading: 1% of a rate may be a point, or a part of the target."""
    part = rule.width / 100 * start
    if rule.unit in ("%", "百分点"):
        if rule.each or (start <= 0 and not row.is_rate):
            return []
        point = rule.width / 100
        if row.is_rate:
            return [point] if rule.unit == "百分点" or start <= 0 else [point, part]
        return [] if rule.unit == "百分点" else [part]
    unit = Unit.of(rule.unit)
    return [rule.width * unit.scale] if row.is_in(unit) else []


def _loss(rule: Loss, weight: Fraction) -> Fraction:
    """The points that a step costs."""
    return rule.loss + rule.share * weight


def _least(rule: Loss, weight: Fraction) -> Fraction:
    """The points that are left at least."""
    left_at_most_loss = Fraction(0) if rule.most is None else weight - rule.most
    return max(Fraction(0), left_at_most_loss, rule.floor or Fraction(0))


def _stepped(
    row: _Row, rule: Loss, start: Fraction, width: Fraction
) -> ScoreRange | NoScore | None:
    """The score by how many steps the actual value is off: for every target by the same curves."""
    weight, least = row.weight, _least(rule, row.weight)
    if least > weight:
        return None
    loss = _loss(rule, weight)
    curves = _losing(rule.below, rule.above, loss, rule.counting, weight, least / weight)
    if curves is None:
        return None
    curve, lowest = _lower_of(first for first, _ in curves), _lower_of(low for _, low in curves)
    if row.direction is Direction.AT_LEAST:  # more may lose marks, or not
        curve = curves[0][0]
    if row.direction is Direction.AT_MOST:
        curve = curves[-1][0]
    is_silent = rule.side is Side.UNSAID and not rule.each
    if len(curves) == 1 and row.direction is Direction.EQUAL and is_silent:
        curve = attrs.evolve(curve, domain=Interval(lower=0) if rule.above else Interval(upper=0))
    values = true_values(row.actual)
    off: Spread = None
    if values is not None:
        off = (values - Interval.point(start)).scaled(1 / width)
    value, shown = (row.actual.nominal - start) / width, row.actual.nominal
    return row.at(Measured(value, off, _ACTUAL, shown=shown), curve, lowest)


@functools.lru_cache(maxsize=256)
def _losing(
    below: bool, above: bool, loss: Fraction, counting: Counting, weight: Fraction, least: Fraction
) -> list[tuple[Curve, Curve]] | None:
    """The curve and the lowest one over steps off, for each side that loses; below comes first.

    ``None`` where there are too many steps.
    """
    sides = [side for side, on in ((False, below), (True, above)) if on]
    steps = [Steps(start=0, width=1, loss=loss, above=side, counting=counting) for side in sides]
    if steps[0].number(weight) > MAX_KNOTS // 2:
        return None
    curves = [(step.curve(weight), step.lowest(weight)) for step in steps]
    return [
        (_no_less(curve, least), _no_less(curve if lowest is None else lowest, least))
        for curve, lowest in curves
    ]


def _no_less(curve: Curve, least: Fraction) -> Curve:
    """A curve of steps that does not fall below a share of the weight."""
    if not least:
        return curve
    return Curve(
        knots=[
            Knot(
                x=knot.x,
                y=max(knot.y, least),
                left=max(knot.before, least),
                right=max(knot.after, least),
            )
            for knot in curve.knots
        ]
    )


def _lower_of(curves: Iterable[Curve]) -> Curve:
    """What is left by every curve: one, or one below and one above."""
    first, *more = curves
    return _joined(first, *more) if more else first


@functools.lru_cache(maxsize=256)
def _joined(below: Curve, above: Curve) -> Curve:
    """Two curves, each full on the other's side, as one."""
    left, right = below.knots[-1], above.knots[0]
    if left.x == right.x:
        joint = Knot(x=left.x, y=1, left=left.before, right=right.after)
        return Curve(knots=(*below.knots[:-1], joint, *above.knots[1:]))
    return Curve(knots=(*below.knots, *above.knots))


# Tiers.


def _by_tiers(
    row: _Row, rule: Tiers, indicator: Indicator
) -> Iterator[ScoreRange | NoScore | None]:
    shares = _shares(row, rule)
    if shares is None or _is_against(row, [share for _, share in _in_order(rule, shares)]):
        yield None
        return
    upper, lower = _drawn(rule, shares)
    at_most = row.direction is Direction.AT_MOST
    for of_completion in _subjects(row, rule, indicator):
        if of_completion is None or (of_completion and (row.due <= 0 or at_most)):
            yield None
        elif of_completion:
            yield row.by_completion(upper, lower)
        else:
            yield row.by(upper, lower)


def _subjects(row: _Row, rule: Tiers, indicator: Indicator) -> list[bool | None]:
    """Whether the tiers are of the completion, in each reading; ``None`` where they cannot be."""
    of_completion = COMPLETION.search(rule.subject) is not None
    if not of_completion and not row.is_of(rule.subject):
        return [None]
    if not rule.percent:
        fits = row.counts or (rule.percent is None and row.is_rate)
        return [False] if fits and not of_completion else [None]
    if rule.subject:
        return [of_completion] if of_completion or row.is_rate else [None]
    if not row.is_rate:
        return [True]
    headings = (indicator.level1, indicator.level2)
    words = (indicator.name,) if isinstance(indicator.name, str) else headings
    is_satisfaction = any(isinstance(word, str) and "满意" in word for word in words)
    is_actual = is_satisfaction or not row.due or row.direction is Direction.AT_MOST
    return [False] if is_actual else [False, True]


def _shares(row: _Row, rule: Tiers) -> tuple[Fraction, ...] | None:
    """The share of each tier; ``None`` where the points are not those of this row."""
    tiers = [
        tier if tier.off is None else attrs.evolve(tier, points=row.weight - tier.off)
        for tier in rule.tiers
    ]
    points = [tier.points for tier in tiers if tier.points is not None]
    if any(number < 0 for number in points):
        return None
    says_full = any(tier.share == 1 for tier in rule.tiers)
    if points and (max(points) > row.weight or (max(points) < row.weight and not says_full)):
        return None
    return tuple(tier.share if tier.points is None else tier.points / row.weight for tier in tiers)


def _is_against(row: _Row, shares: Sequence[Fraction]) -> bool:
    """Whether tiers, in order of their values, give more where the target has less."""
    falls = all(low >= high for low, high in itertools.pairwise(shares))
    rises = all(low <= high for low, high in itertools.pairwise(shares))
    if row.direction is Direction.AT_MOST:
        return not falls
    return row.direction is Direction.AT_LEAST and falls and not rises


def _in_order(rule: Tiers, shares: Sequence[Fraction]) -> list[tuple[Tier, Fraction]]:
    """The tiers with their shares, by where they begin."""

    def beginning(tier_and_share: tuple[Tier, Fraction]) -> tuple[bool, Fraction]:
        low = tier_and_share[0].values.lower
        return low is not None, low or Fraction(0)

    return sorted(zip(rule.tiers, shares, strict=True), key=beginning)


@functools.lru_cache(maxsize=256)
def _drawn(rule: Tiers, shares: tuple[Fraction, ...]) -> tuple[Curve, Curve]:
    """The highest and the lowest share at each value; where nothing is said, outside the domain.

    Between two tiers, as at 89.5 between 80-89 and 90-100, it is one of the two; so it is at a
    limit that both have.
    """
    tiers = _in_order(rule, shares)
    ends = {end for tier, _ in tiers for end in (tier.values.lower, tier.values.upper)}
    limits = sorted(end for end in ends if end is not None)
    others = [Fraction(0)] if rule.others_have_none else []
    # What holds below the first limit, between each two, and above the last.
    gaps = [
        [share for tier, share in tiers if _covers(tier.values, low, high)] or others
        for low, high in zip((None, *limits), (*limits, None), strict=True)
    ]
    highest, lowest = list[Knot](), list[Knot]()
    inner = [
        held or (_around(gaps, index, tiers, limits) if 0 < index < len(gaps) - 1 else [])
        for index, held in enumerate(gaps)
    ]
    for index, limit in enumerate(limits):
        here = _at_limit(tiers, limit) or others or inner[index] + inner[index + 1]
        before, after = inner[index] or here, inner[index + 1] or here
        highest.append(Knot(x=limit, y=max(here), left=max(before), right=max(after)))
        lowest.append(Knot(x=limit, y=min(here), left=min(before), right=min(after)))
    domain = Interval(
        lower=None if inner[0] else limits[0],
        upper=None if inner[-1] else limits[-1],
        lower_closed=bool(_at_limit(tiers, limits[0])),
        upper_closed=bool(_at_limit(tiers, limits[-1])),
    )
    return Curve(knots=highest, domain=domain), Curve(knots=lowest, domain=domain)


def _covers(values: Interval, low: Fraction | None, high: Fraction | None) -> bool:
    inside = Interval(lower=low, upper=high, lower_closed=False, upper_closed=False)
    return values.covers(inside)


def _around(
    gaps: Sequence[Sequence[Fraction]],
    index: int,
    tiers: Sequence[tuple[Tier, Fraction]],
    limits: Sequence[Fraction],
) -> list[Fraction]:
    """The shares on both sides of what lies between two tiers, and of tiers that are one value.

    Those of others that begin there are among the first.
    """
    beside = [share for near in (index - 1, index + 1) for share in gaps[near]]
    points = [share for tier, share in tiers if tier.values.lower in limits[index - 1 : index + 1]]
    return beside + points


def _at_limit(tiers: Sequence[tuple[Tier, Fraction]], limit: Fraction) -> list[Fraction]:
    """The shares at a limit: of the tiers that are said to have it, or else of all beside it."""
    firm: list[Fraction] = []
    loose: list[Fraction] = []
    for tier, share in tiers:
        values = tier.values
        for end, closed, is_firm in (
            (values.lower, values.lower_closed, tier.firm[0]),
            (values.upper, values.upper_closed, tier.firm[1]),
        ):
            if end != limit:
                continue
            if is_firm and closed:
                firm.append(share)
            elif not is_firm:
                loose.append(share)
    return firm or loose
