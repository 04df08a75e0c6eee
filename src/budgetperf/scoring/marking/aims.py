"""Whether a target that is a day or a range is met."""

from __future__ import annotations

from fractions import Fraction

import attrs

from budgetperf.citations import Status
from budgetperf.exact import Figure, Interval, Missing, MissingReason, Text
from budgetperf.model import Indicator
from budgetperf.model.aims import days_of, range_of
from budgetperf.rules.ruleset import ScoreRounding
from budgetperf.scoring.measures import rounded_range

from .results import SHARES, ScoreRange, Step

__all__ = ["BY_DAY", "Reaching", "reaching"]


@attrs.frozen(kw_only=True)
class Reaching:
    """Whether a day or a range is met.

    Args:
        met: whether the printed values meet it; not where they do not say.
        is_certain: whether it is so for all true values behind them.
        title: what was compared.
        why: why it is not met, or not known.
        late: how many days behind it, from the fewest to the most, where that is known.
    """

    met: bool
    is_certain: bool
    title: Text
    why: Text
    late: tuple[int, int] | None = None

    def full(
        self, points: Fraction, rounding: ScoreRounding | None, status: Status | None
    ) -> ScoreRange:
        """Full marks; other ones are possible where it may be missed."""
        every = rounded_range(SHARES.scaled(points), rounding)
        return ScoreRange(
            value=points,
            admissible=Interval.point(points) if self.is_certain else every,
            steps=(Step(title=self.title, value=points),),
            status=status,
        )


def reaching(indicator: Indicator) -> Reaching | None:
    """Whether the target is met, if it is a day or a range."""
    target = indicator.target.value
    if isinstance(target, Missing) and target.reason is MissingReason.DATE:
        return _by_day(target.text, indicator)
    if isinstance(target, Missing) and target.reason is MissingReason.RANGE:
        return _in_range(target.text, indicator)
    return None


BY_DAY = Text(zh="在目标日期之前完成", en="done by the day of the target")
_IN_RANGE = Text(zh="实际完成值在指标值的区间之内", en="the actual value lies in the range")


def _by_day(text: str, indicator: Indicator) -> Reaching:
    """A year that one of the two leaves out is taken for that of the other, and may be another."""
    actual = indicator.actual
    printed = actual.text if isinstance(actual, Missing) else ""
    aim, done = days_of(text), days_of(printed)
    if aim is None or done is None:
        why = Text(
            zh="指标值“{}”是日期，实际完成值不是",
            en="the target {} is a day, the actual value is not",
        ).fill(text)
        return Reaching(met=False, is_certain=False, title=BY_DAY, why=why)
    first, last, due = done.first, done.last, aim.last
    why = Text(
        zh="指标值“{}”，实际完成于“{}”：逾期或不能确定，规则未规定如何计分",
        en="the target is {} and the actual day {}: late or not certain, and no rule is known for "
        "that",
    ).fill(text, printed)
    if not (aim.has_year and done.has_year):
        met = (last.month, last.day) <= (due.month, due.day)
        return Reaching(met=met, is_certain=False, title=BY_DAY, why=why)
    late = (first - due).days, (last - due).days
    met = last <= due
    return Reaching(met=met, is_certain=met or first > due, title=BY_DAY, why=why, late=late)


def _in_range(text: str, indicator: Indicator) -> Reaching:
    actual, wanted = indicator.actual, range_of(text)
    why = Text(
        zh="实际完成值不在指标值“{}”之内或无法比较，规则未规定如何计分",
        en="the actual value is not within {} or does not compare, and no rule is known for that",
    ).fill(text)
    unknown = Reaching(met=False, is_certain=False, title=_IN_RANGE, why=why)
    if wanted is None or not isinstance(actual, Figure):
        return unknown
    values, unit = wanted
    if actual.unit.dimension != unit.dimension:
        return unknown
    met = actual.nominal in values
    spread = actual.interval
    certain = values.covers(spread) if met else spread.intersection(values) is None
    return Reaching(met=met, is_certain=certain, title=_IN_RANGE, why=why)
