"""What caps and triggers look at: rates of a report and of a row, and what they set off."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import TypeAlias

import attrs

from budgetperf.exact import (
    COLON,
    SEMICOLON,
    Figure,
    Interval,
    Missing,
    Text,
    decimal_text,
    in_brackets,
    round_to,
)
from budgetperf.exact.interval import holds_quotient
from budgetperf.model import Direction, FundingTotal, Indicator, SelfEvaluation, StatedText
from budgetperf.rules.policies import Demand, ExecutionBase, Gauge, TotalCap, Trigger
from budgetperf.rules.ruleset import RuleSet, own_triggers

from .marks import in_any_direction, with_standing
from .measures import Spread, alike, divided, spread, true_values

__all__ = [
    "NO_REASON",
    "Gauged",
    "Quotient",
    "asks_why_missed",
    "budget_gauge",
    "budget_gauges",
    "budget_parts",
    "demand_text",
    "execution_shown",
    "explains_adjustment",
    "gauge_range_text",
    "gauge_text",
    "gives_reason",
    "indicator_gauges",
    "indicator_quotients",
    "is_lifted",
    "is_set_off",
    "lead",
    "may_be_edited",
    "set_off",
    "shows",
    "triggers_for",
]


Quotient: TypeAlias = tuple[Fraction, Fraction]
"""What a gauge divides, and by what, which is above 0: a row is looked at by several triggers, and
its gauge is worked out only if one of them is set off."""


@attrs.frozen(kw_only=True)
class Gauged:
    """A gauge.

    Args:
        value: at the printed figures.
        values: over the true values behind them.
    """

    value: Fraction
    spread: Spread = attrs.field(default=None, converter=spread, alias="values")

    @property
    def values(self) -> Interval:
        """The same as an interval: itself alone, where the figures are exact."""
        return Interval.point(self.value) if self.spread is None else self.spread


def budget_parts(gauge: Gauge, rules: RuleSet | None) -> tuple[str, str]:
    """What the execution rate, or else the adjustment, divides: two fields of the funding total."""
    if gauge is Gauge.ADJUSTMENT:
        return "revised", "initial"
    rule = None if rules is None else rules.execution
    by_initial = rule is not None and rule.denominator is ExecutionBase.INITIAL
    return "executed", "initial" if by_initial else "revised"


def budget_gauges(total: FundingTotal, rules: RuleSet | None) -> dict[Gauge, Gauged]:
    """The execution rate and the size of the adjustment, where they can be had."""
    both = {g: budget_gauge(total, g, rules) for g in (Gauge.EXECUTION, Gauge.ADJUSTMENT)}
    return {gauge: gauged for gauge, gauged in both.items() if gauged is not None}


def budget_gauge(total: FundingTotal, gauge: Gauge, rules: RuleSet | None) -> Gauged | None:
    """One of the two; ``None`` if it cannot be had, or it is another gauge."""
    if gauge not in (Gauge.EXECUTION, Gauge.ADJUSTMENT):
        return None
    both = _divided(total, gauge, rules)
    if both is None:
        return None
    part, whole = both
    rate = Gauged(value=divided(part.nominal, whole.nominal), values=part.interval / whole.interval)
    return rate if gauge is Gauge.EXECUTION else _size(rate)


def execution_shown(total: FundingTotal, rules: RuleSet) -> Fraction | None:
    """The execution rate at the printed figures; ``None`` if it cannot be had."""
    both = _divided(total, Gauge.EXECUTION, rules)
    return None if both is None else divided(both[0].nominal, both[1].nominal)


def _divided(
    total: FundingTotal, gauge: Gauge, rules: RuleSet | None
) -> tuple[Figure, Figure] | None:
    """The two figures that a gauge of the budget divides, in one unit."""
    part, whole = (getattr(total, name) for name in budget_parts(gauge, rules))
    if isinstance(part, Missing) or isinstance(whole, Missing):
        return None
    return None if 0 in whole.interval else alike(part, whole)


def indicator_gauges(indicator: Indicator) -> dict[Gauge, Gauged]:
    """The completion, or the actual value where the target is 0."""
    looked_at = _looked_at(indicator)
    if looked_at is None:
        return {}
    gauge, actual, base = looked_at
    many = true_values(actual)
    values = None if many is None else many.scaled(1 / base)
    return {gauge: Gauged(value=divided(actual.nominal, base), values=values)}


def indicator_quotients(indicator: Indicator) -> dict[Gauge, Quotient]:
    """The same at the printed figures alone."""
    looked_at = _looked_at(indicator)
    if looked_at is None:
        return {}
    gauge, actual, base = looked_at
    return {gauge: (actual.nominal, base)}


def _looked_at(indicator: Indicator) -> tuple[Gauge, Figure, Fraction] | None:
    """The gauge of a row, and what it divides: the actual value, by an exact base above 0."""
    target, actual = indicator.target.value, indicator.actual
    if isinstance(target, Missing) or isinstance(actual, Missing):
        return None
    sign = target.nominal.numerator
    if sign < 0:
        return None
    if not sign:
        return Gauge.ACTUAL_AT_ZERO, actual, actual.unit.scale
    both = alike(actual, target)
    return None if both is None else (Gauge.COMPLETION, both[0], both[1].nominal)


def lead(indicators: Gauged, execution: Gauged) -> Gauged | None:
    """How far indicators are ahead of execution, from their shares of marks; ``None`` if none."""
    if 0 in indicators.values:
        return None
    ratio = execution.values / indicators.values
    return Gauged(value=1 - execution.value / indicators.value, values=Interval.point(1) - ratio)


def triggers_for(indicator: Indicator, rules: RuleSet) -> tuple[Trigger, ...]:
    """What the rule-set asks of an indicator, its policy on over-completion included."""
    direction, strict = indicator.target.direction, indicator.target.strict
    rule = None if isinstance(direction, Missing) else rules.rule_for(direction, strict=strict)
    own = () if rule is None else own_triggers(rule)
    return own + rules.triggers_for(direction)


def asks_why_missed(trigger: Trigger, direction: Direction | Missing) -> bool:
    """Whether a trigger asks why a target of a direction is missed: just where it is, and always.

    A completion by which it is missed is one below 1, and of what is to stay below its target one
    above 1.
    """
    if trigger.demand is not Demand.EXPLAIN or trigger.on is not Gauge.COMPLETION:
        return False
    missed = _ABOVE_TARGET if direction is Direction.AT_MOST else _BELOW_TARGET
    return trigger.within == missed


_BELOW_TARGET = Interval(upper=1, upper_closed=False)
_ABOVE_TARGET = Interval(lower=1, lower_closed=False)


def set_off(triggers: Iterable[Trigger], shown: Mapping[Gauge, Quotient]) -> tuple[Trigger, ...]:
    """Those of the triggers that are set off by what gauges show at the printed figures."""
    return tuple(trigger for trigger in triggers if is_set_off(trigger, shown))


def is_set_off(trigger: Trigger, shown: Mapping[Gauge, Quotient]) -> bool:
    """Whether a trigger is set off by what gauges show at the printed figures."""
    quotient = shown.get(trigger.on)
    return quotient is not None and holds_quotient(trigger.within, *quotient)


def shows(value: Fraction) -> Quotient:
    """What a gauge shows that was worked out."""
    return value, _ONE


_ONE = Fraction(1)


def may_be_edited(indicator: Indicator, rules: RuleSet) -> bool:
    """Whether the score of a row like this one may be written by hand: all may, or it is flagged.

    For some of the true values behind the print at least, and for some direction of its target.
    """
    gauged = indicator_gauges(indicator)
    return rules.editable or any(
        trigger.demand is Demand.FLAG
        and trigger.on in gauged
        and gauged[trigger.on].values.intersection(trigger.within) is not None
        for read in in_any_direction(indicator)
        for trigger in triggers_for(read, rules)
    )


# A mark for "nothing here" is left with no letter, a 一 may stand for a dash. That there is no
# deviation, or that the row is not concerned, says nothing of why marks were lost.
NO_REASON = frozenset(
    (
        "",
        *("一", "一一", "0", "无", "暂无", "没有", "空", "无原因"),
        *("无偏差", "没有偏差", "暂无偏差", "不涉及", "不适用", "无需说明"),
        *("na", "none", "null", "nil"),
    )
)
"""What stands in the place of a reason and gives none: letters and digits, in lower case."""


def gives_reason(words: StatedText) -> bool:
    """Whether the words are a reason; blanks and punctuation do not count."""
    if isinstance(words, Missing):
        return False
    return "".join(filter(str.isalnum, words)).casefold() not in NO_REASON


def explains_adjustment(report: SelfEvaluation) -> bool:
    """Whether the text or the form gives a reason for the adjustment of the budget."""
    return any(gives_reason(part.adjustment.reason) for part in (report.narrative, report.form))


def is_lifted(cap: TotalCap, report: SelfEvaluation) -> bool:
    """Whether a reason lifts the cap."""
    return cap.unless_explained and explains_adjustment(report)


_AT = Text(zh="为", en=" ")


def gauge_text(gauge: Gauge, value: Fraction) -> Text:
    """What a gauge shows: rates in percent, rounded to two decimals."""
    return _AT.join((gauge.label, _number(gauge, value)))


def gauge_range_text(gauge: Gauge, values: Interval) -> Text:
    """What a gauge shows that may have any of these values."""
    if values.width is None:
        return gauge.label + in_brackets(Text(zh="不论多少", en="whatever it is"))
    within = Text(zh="{}在 {} 之内", en="{} within {}")
    return within.fill(gauge.label, values.written(lambda end: _number(gauge, end)))


def _number(gauge: Gauge, value: Fraction) -> str:
    in_points = gauge in (Gauge.TOTAL, Gauge.ACTUAL_AT_ZERO)
    return _short(value, 4) if in_points else f"{_short(value * 100, 2)}%"


def demand_text(shown: Text, trigger: Trigger, demand: Text, rules: RuleSet) -> Text:
    """What a trigger asks for, beside the value that sets it off."""
    words = COLON.join((shown, SEMICOLON.join(filter(None, (demand, trigger.note)))))
    return with_standing(words, trigger.status, rules)


def _short(value: Fraction, places: int) -> str:
    """Rounded, but never to a whole number that it is not: thresholds are whole."""
    while round_to(value, places).denominator == 1 < value.denominator:
        places += 1
    return decimal_text(round_to(value, places))


def _size(rate: Gauged) -> Gauged:
    """How far a rate is from 1, up or down."""
    return Gauged(value=abs(rate.value - 1), values=abs(rate.values - Interval.point(1)))
