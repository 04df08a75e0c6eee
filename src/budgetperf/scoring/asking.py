"""What a rule-set asks for beside a score: reasons, a check by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TypeAlias

from budgetperf.exact import Interval, Points, Text, in_brackets
from budgetperf.exact.text import later
from budgetperf.model import Indicator, StatedText
from budgetperf.rules import Demand, Gauge, RuleSet, Trigger

from .gauges import (
    Quotient,
    demand_text,
    gauge_range_text,
    gauge_text,
    gives_reason,
    indicator_quotients,
    is_set_off,
    triggers_for,
)
from .marks import NoScore, ScoreRange
from .measures import divided

__all__ = ["NOTHING_ASKED", "Asked", "asked_for", "asked_of_row"]

Asked: TypeAlias = tuple[tuple[Demand, ...], tuple[Text, ...]]
"""What is asked for, as data and in words."""
NOTHING_ASKED: Asked = (), ()
_ANY = Interval()


def asked_for(
    due: Sequence[Trigger],
    shown: Mapping[Gauge, Quotient],
    rules: RuleSet,
    *,
    shares: Interval | None = None,
    reason: StatedText | None = None,
) -> Asked:
    """``shares`` are those of an open score, any of which sets its triggers off; ``reason`` is what
    stands in the place of one, where there is a place for it."""
    if not due:
        return NOTHING_ASKED
    every = shares or _ANY
    # In words when somebody reads them: most are not, and a gauge takes its time to be written.
    if len(due) == 1:
        (trigger,) = due
        words = later(_remark, trigger, shown.get(trigger.on), every, reason, rules)
        return (trigger.demand,), (words,)
    remarks = [later(_remark, t, shown.get(t.on), every, reason, rules) for t in due]
    return tuple(dict.fromkeys([trigger.demand for trigger in due])), tuple(remarks)


def _remark(
    trigger: Trigger,
    quotient: Quotient | None,
    every: Interval,
    reason: StatedText | None,
    rules: RuleSet,
) -> Text:
    """What a trigger asks for, with the value that sets it off."""
    on = trigger.on
    value = None if quotient is None else divided(*quotient)
    shown = gauge_range_text(on, every) if value is None else gauge_text(on, value)
    return demand_text(shown, trigger, _worded(trigger.demand, reason), rules)


def asked_of_row(
    indicator: Indicator, rules: RuleSet, weight: Points, result: ScoreRange | NoScore
) -> Asked:
    """What is due for a completion or a score like this one, and whether a reason is given.

    Where the score is left to judgement, what is due for every score that the rule admits.
    """
    triggers = triggers_for(indicator, rules)
    if not triggers:
        return NOTHING_ASKED
    quotients, shares = indicator_quotients(indicator), None
    if isinstance(result, NoScore) or result.value is None:
        shares = _shares(result, weight.value)
    elif weight.value:
        quotients[Gauge.SCORE_SHARE] = result.value, weight.value
    due = [
        trigger
        for trigger in triggers
        if is_set_off(trigger, quotients)
        or (
            shares is not None and trigger.on is Gauge.SCORE_SHARE and trigger.within.covers(shares)
        )
    ]
    if not due:
        return NOTHING_ASKED
    return asked_for(due, quotients, rules, shares=shares, reason=indicator.explanation)


def _shares(result: ScoreRange | NoScore, weight: Fraction) -> Interval | None:
    """The shares of the weight between which judgement is left; all of them if no score follows."""
    if isinstance(result, NoScore):
        return None if result.code == "not-applicable" else _ANY
    return result.admissible.scaled(1 / weight) if weight else None


def _worded(demand: Demand, reason: StatedText | None) -> Text:
    if demand is not Demand.EXPLAIN or reason is None:
        return demand.label
    given, absent = Text(zh="已填写", en="one is"), Text(zh="未填写", en="none is")
    return demand.label + in_brackets(given if gives_reason(reason) else absent)
