"""What caps and triggers look at: rates of a report and of a row, and what they set off."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

import attrs

from budgetperf.exact import (
    COLON,
    SEMICOLON,
    Figure,
    Interval,
    Missing,
    Stated,
    Text,
    decimal_text,
    in_brackets,
    round_to,
)
from budgetperf.model import FundingTotal, Indicator, SelfEvaluation, StatedText
from budgetperf.rules.policies import Demand, Excess, ExecutionBase, Gauge, TotalCap, Trigger
from budgetperf.rules.ruleset import QuantitativeRule, RuleSet

from .marks import in_any_direction, rule_for, with_standing
from .measures import alike

__all__ = [
    "NO_REASON",
    "Gauged",
    "budget_gauges",
    "budget_parts",
    "demand_text",
    "explains_adjustment",
    "gauge_range_text",
    "gauge_text",
    "gives_reason",
    "indicator_gauges",
    "is_lifted",
    "lead",
    "may_be_edited",
    "set_off",
    "triggers_for",
]


@attrs.frozen(kw_only=True)
class Gauged:
    """A gauge at the printed figures, and over the true values behind them."""

    value: Fraction
    values: Interval

    @classmethod
    def point(cls, value: Fraction) -> Gauged:
        """One that is known exactly."""
        return cls(value=value, values=Interval.point(value))


def budget_parts(gauge: Gauge, rules: RuleSet | None) -> tuple[str, str]:
    """What the execution rate, or else the adjustment, divides: two fields of the funding total."""
    if gauge is Gauge.ADJUSTMENT:
        return "revised", "initial"
    rule = None if rules is None else rules.execution
    by_initial = rule is not None and rule.denominator is ExecutionBase.INITIAL
    return "executed", "initial" if by_initial else "revised"


def budget_gauges(total: FundingTotal, rules: RuleSet | None) -> dict[Gauge, Gauged]:
    """The execution rate and the size of the adjustment, where they can be had."""
    gauged = dict[Gauge, Gauged]()
    for gauge in (Gauge.EXECUTION, Gauge.ADJUSTMENT):
        part, whole = (getattr(total, name) for name in budget_parts(gauge, rules))
        rate = _rate(part, whole)
        if rate is not None:
            gauged[gauge] = rate if gauge is Gauge.EXECUTION else _size(rate)
    return gauged


def indicator_gauges(indicator: Indicator) -> dict[Gauge, Gauged]:
    """The completion, or the actual value where the target is 0."""
    target, actual = indicator.target.value, indicator.actual
    if not isinstance(target, Figure) or not isinstance(actual, Figure):
        return {}
    if not target.nominal:
        scale = 1 / actual.unit.scale
        value = actual.nominal * scale
        return {Gauge.ACTUAL_AT_ZERO: Gauged(value=value, values=actual.interval.scaled(scale))}
    both = alike(actual, target)
    if both is None or target.nominal < 0:
        return {}
    actual, target = both
    share = 1 / target.nominal
    completion = Gauged(value=actual.nominal * share, values=actual.interval.scaled(share))
    return {Gauge.COMPLETION: completion}


def lead(indicators: Gauged, execution: Gauged) -> Gauged | None:
    """How far indicators are ahead of execution, from their shares of marks; ``None`` if none."""
    if 0 in indicators.values:
        return None
    ratio = execution.values / indicators.values
    return Gauged(value=1 - execution.value / indicators.value, values=Interval.point(1) - ratio)


def triggers_for(indicator: Indicator, rules: RuleSet) -> tuple[Trigger, ...]:
    """What the rule-set asks of an indicator, its policy on over-completion included."""
    rule = rule_for(indicator, rules)
    own = _over_completion(rule) if isinstance(rule, QuantitativeRule) else ()
    return (*own, *(trigger for trigger in rules.triggers if _is_aimed(trigger, indicator)))


def set_off(triggers: Iterable[Trigger], gauged: Mapping[Gauge, Gauged]) -> tuple[Trigger, ...]:
    """Those of the triggers that the printed figures set off."""
    return tuple(t for t in triggers if t.on in gauged and gauged[t.on].value in t.within)


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


def gauge_text(gauge: Gauge, value: Fraction) -> Text:
    """What a gauge shows: rates in percent, rounded to two decimals."""
    return gauge.label + f" {_number(gauge, value)}"


def gauge_range_text(gauge: Gauge, values: Interval) -> Text:
    """What a gauge shows that may have any of these values."""
    if values.width is None:
        return gauge.label + in_brackets(Text(zh="不论多少", en="whatever it is"))
    return gauge.label + f" {values.written(lambda end: _number(gauge, end))}"


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


_DEMANDS = {Excess.EXPLAIN: Demand.EXPLAIN, Excess.FLAG: Demand.FLAG}


def _over_completion(rule: QuantitativeRule) -> tuple[Trigger, ...]:
    over = rule.over_completion
    if over is None or over.policy not in _DEMANDS:
        return ()
    return (
        Trigger(
            on=Gauge.COMPLETION,
            within=over.within,
            demand=_DEMANDS[over.policy],
            status=over.status or rule.status,
            note=over.note,
        ),
    )


def _is_aimed(trigger: Trigger, indicator: Indicator) -> bool:
    return not trigger.directions or indicator.target.direction in trigger.directions


def _rate(part: Stated, whole: Stated) -> Gauged | None:
    if isinstance(part, Missing) or isinstance(whole, Missing):
        return None
    both = alike(part, whole)
    if both is None or 0 in whole.interval:
        return None
    part, whole = both
    return Gauged(value=part.nominal / whole.nominal, values=part.interval / whole.interval)


def _size(rate: Gauged) -> Gauged:
    """How far a rate is from 1, up or down."""
    off = rate.values - Interval.point(1)
    sides = (Interval(lower=0), Interval(upper=0))
    up, down = (off.intersection(side) for side in sides)
    sizes = [size for size in (up, None if down is None else -down) if size is not None]
    return Gauged(value=abs(rate.value - 1), values=Interval.hull(sizes))
