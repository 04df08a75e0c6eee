"""Scores from completion and execution, by a rule-set: exact, with the steps that led to them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction

import attrs

from budgetperf.exact import (
    Figure,
    Interval,
    Missing,
    MissingReason,
    Points,
    Stated,
    Text,
    decimal_text,
    in_brackets,
)
from budgetperf.exact.shown import html_of
from budgetperf.model import Indicator, SelfEvaluation, StatedText
from budgetperf.rules import Demand, Gauge, RuleSet, Status, TotalCap, Trigger, get

from .gauges import (
    Gauged,
    budget_gauges,
    demand_text,
    gauge_range_text,
    gauge_text,
    gives_reason,
    indicator_gauges,
    is_lifted,
    lead,
    set_off,
    triggers_for,
)
from .marks import (
    NoScore,
    ScoreRange,
    Step,
    deviation_of,
    execution_base,
    execution_result,
    execution_score,
    indicator_score,
    rounded,
    rounded_range,
    row_scores,
    set_apart,
    weight_points,
    with_standing,
)

__all__ = [
    "NoScore",
    "ScoreLine",
    "ScoreRange",
    "Scorecard",
    "Step",
    "deviation_of",
    "execution_base",
    "execution_score",
    "indicator_score",
    "ruleset",
    "scorecard",
]


@attrs.frozen(kw_only=True)
class ScoreLine:
    """A row of a scorecard.

    Args:
        name: the indicator, or 预算执行率.
        weight: its weight, if stated.
        stated: the score that the report states, if it does.
        score: the recomputed score; ``None`` where it does not follow.
        admissible: the scores that the rule admits, where it leaves room for judgement.
        steps: how the score came about.
        why: why there is no score, or no single one.
        reason: the code of why there is none.
        status: what the rule that gave the score rests on.
        excluded: whether it does not apply and is left out of the total.
        demands: what the rule asks for here, each once.
        remarks: the same in words; what the rule rests on, where it is unverified or not what the
            rule-set rests on; and another weight of budget execution, where the form prints one.
    """

    name: str
    weight: Points | None
    stated: Points | None
    score: Points | None
    admissible: Interval | None = None
    steps: tuple[Step, ...] = ()
    why: Text | None = None
    reason: str | None = None
    status: Status | None = None
    excluded: bool = False
    demands: tuple[Demand, ...] = ()
    remarks: tuple[Text, ...] = ()


@attrs.frozen(kw_only=True)
class Scorecard:
    """The scores of a report, recomputed under a rule-set.

    Args:
        rules: the rule-set.
        lines: budget execution first, then the indicators of the form.
        total: the sum of the scores, rescaled and capped as the rule-set says; ``None`` if one is
            missing or left to judgement.
        admissible: the totals that the rule-set admits; ``None`` if a score is missing.
        rating: the rating of ``total``, if it follows, the rule-set has bands, and the weights
            add up to its total.
        steps: how the total came about, where it is more than a sum.
        demands: what the rule-set asks for beside this total, each once.
        remarks: the same in words, what caps the total, and that the weights add up to something
            else than the total of the rule-set.
        rating_status: what the band of the rating rests on.
        caps: the caps that the printed figures set.
    """

    rules: RuleSet
    lines: tuple[ScoreLine, ...]
    total: Points | None
    admissible: Interval | None
    rating: str | None
    steps: tuple[Step, ...] = ()
    demands: tuple[Demand, ...] = ()
    remarks: tuple[Text, ...] = ()
    rating_status: Status | None = None
    caps: tuple[TotalCap, ...] = ()

    def _repr_html_(self) -> str:
        """The scorecard as a table, for a notebook."""
        return html_of(self)


def ruleset(rules: RuleSet | str) -> RuleSet:
    """A rule-set as it is, or the shipped one of that id.

    Raises:
        BudgetperfError: there is no such id.
    """
    return get(rules) if isinstance(rules, str) else rules


def scorecard(report: SelfEvaluation, *, rules: RuleSet | str) -> Scorecard:
    """Every score of the report's form recomputed under a rule-set, with the steps.

    Args:
        report: the report.
        rules: a rule-set, or the id of one that is shipped.

    Raises:
        BudgetperfError: there is no such id.
    """
    rules = ruleset(rules)
    gauged = budget_gauges(report.form.funding.total, rules)
    lines = [_execution_line(report, rules, gauged)]
    table = report.form.indicators
    results = row_scores(table, rules, elsewhere=report.narrative.indicators)
    lines += [
        _indicator_line(indicator, result, rules)
        for indicator, result in zip(table, results, strict=True)
        if indicator.key
    ]
    total, odd = _Total(value=None, admissible=None), None
    if len(lines) > 1:
        has_no_execution = rules.execution is None and _states_no_execution(report)
        summed = lines[1:] if has_no_execution else lines
        total, odd = _total(summed, rules), _odd_weights(summed, rules)
    for cap in rules.total_caps:
        if cap.on in gauged and not is_lifted(cap, report):
            total = total.capped(cap, gauged[cap.on], rules)
    asked = _asked_of_card(rules, gauged, lines, total.value)
    rating = None if odd is not None or total.value is None else rules.rating_band(total.value)
    return Scorecard(
        rules=rules,
        lines=tuple(lines),
        total=None if total.value is None else Points(total.value),
        admissible=total.admissible,
        rating=None if rating is None else rating.rating,
        steps=total.steps,
        demands=asked.demands,
        remarks=(*_if_any(odd), *total.remarks, *asked.remarks),
        rating_status=None if rating is None else rating.status or rules.status,
        caps=total.caps,
    )


def _if_any(remark: Text | None) -> tuple[Text, ...]:
    return () if remark is None else (remark,)


# The rows.


def _execution_line(
    report: SelfEvaluation, rules: RuleSet, gauged: dict[Gauge, Gauged]
) -> ScoreLine:
    total = report.form.funding.total
    name = "预算执行率"
    stated = Points(total.score.nominal) if isinstance(total.score, Figure) else None
    rule, result = rules.execution, execution_result(total, rules)
    if rule is None:
        return _line(name, None, stated, result, rules, _NOTHING_ASKED)
    known = _only(Gauge.EXECUTION, gauged)
    asked = _asked(set_off(rules.triggers, known), known, rules)
    line = _line(name, Points(rule.weight), stated, result, rules, asked)
    other = _if_any(_other_weight(total.weight, rule.weight, rules))
    return attrs.evolve(line, remarks=(*other, *line.remarks))


def _other_weight(printed: Stated, weight: Fraction, rules: RuleSet) -> Text | None:
    """That the form prints another weight of budget execution than the rule has."""
    if isinstance(printed, Missing):
        return None
    if weight_points(printed, rules) == weight:
        return None
    points = decimal_text(weight)
    return Text(
        zh=f"表中分值 {printed}，按规则集的分值 {points} 计算",
        en=f"the form gives a weight of {printed}; "
        f"this is by the weight of {points} of the rule-set",
    )


def _indicator_line(
    indicator: Indicator, result: ScoreRange | NoScore | None, rules: RuleSet
) -> ScoreLine:
    name = _name(indicator.name)
    stated = Points(indicator.score.nominal) if isinstance(indicator.score, Figure) else None
    if result is None or isinstance(indicator.weight, Missing):
        why = Text(zh="分值未填报", en="the weight is not stated")
        return _no_line(name, None, stated, NoScore(code="not-stated", why=why))
    weight = Points(weight_points(indicator.weight, rules))
    asked = _asked_of_row(indicator, rules, weight, result)
    return _line(name, weight, stated, result, rules, asked)


def _line(
    name: str,
    weight: Points | None,
    stated: Points | None,
    result: ScoreRange | NoScore,
    rules: RuleSet,
    asked: _Asked,
) -> ScoreLine:
    demands, remarks = asked.demands, asked.remarks
    if isinstance(result, NoScore):
        line = _no_line(name, weight, stated, result)
        return attrs.evolve(line, demands=demands, remarks=remarks)
    status = result.status or rules.status
    standing = status.label if status is Status.UNVERIFIED else set_apart(status, rules)
    remarks = (*_if_any(standing), *remarks)
    return ScoreLine(
        name=name,
        weight=weight,
        stated=stated,
        score=None if result.value is None else Points(result.value),
        admissible=result.admissible if result.value is None else None,
        steps=result.steps,
        why=result.why if result.value is None else None,
        status=status,
        demands=demands,
        remarks=remarks,
    )


def _no_line(name: str, weight: Points | None, stated: Points | None, none: NoScore) -> ScoreLine:
    return ScoreLine(
        name=name,
        weight=weight,
        stated=stated,
        score=None,
        why=none.why,
        reason=none.code,
        excluded=none.code == "not-applicable",
    )


def _name(name: StatedText) -> str:
    return name if isinstance(name, str) else ""


# What the rule-set asks for.


@attrs.frozen(kw_only=True)
class _Asked:
    """What is asked for, as data and in words."""

    demands: tuple[Demand, ...] = ()
    remarks: tuple[Text, ...] = ()


_NOTHING_ASKED = _Asked()


def _asked(
    due: Iterable[Trigger],
    gauged: Mapping[Gauge, Gauged],
    rules: RuleSet,
    worded: Callable[[Demand], Text] = lambda demand: demand.label,
    shares: Interval | None = None,
) -> _Asked:
    """``shares`` are those of an open score, any of which sets its triggers off."""
    due, every = tuple(due), Interval() if shares is None else shares
    known = {on: gauge_text(on, gauge.value) for on, gauge in gauged.items()}
    remarks = [
        demand_text(known.get(t.on) or gauge_range_text(t.on, every), t, worded(t.demand), rules)
        for t in due
    ]
    return _Asked(demands=tuple(dict.fromkeys(t.demand for t in due)), remarks=tuple(remarks))


def _asked_of_row(
    indicator: Indicator, rules: RuleSet, weight: Points, result: ScoreRange | NoScore
) -> _Asked:
    """What is due for a completion or a score like this one, and whether a reason is given.

    Where the score is left to judgement, what is due for every score that the rule admits.
    """
    gauged, shares = indicator_gauges(indicator), _shares(result, weight.value)
    if isinstance(result, ScoreRange) and result.value is not None and weight.value:
        gauged[Gauge.SCORE_SHARE] = Gauged.point(result.value / weight.value)
    due = (
        t
        for t in triggers_for(indicator, rules)
        if set_off((t,), gauged) or (t.on is Gauge.SCORE_SHARE and _covers(t, shares))
    )
    return _asked(due, gauged, rules, lambda demand: _worded(demand, indicator), shares)


def _covers(trigger: Trigger, shares: Interval | None) -> bool:
    return shares is not None and trigger.within.covers(shares)


def _shares(result: ScoreRange | NoScore, weight: Fraction) -> Interval | None:
    """The shares of the weight between which judgement is left; all of them if no score follows."""
    if isinstance(result, NoScore):
        return None if result.code == "not-applicable" else Interval()
    return result.admissible.scaled(1 / weight) if result.value is None and weight else None


def _worded(demand: Demand, indicator: Indicator) -> Text:
    if demand is not Demand.EXPLAIN:
        return demand.label
    given, absent = Text(zh="已填写", en="one is"), Text(zh="未填写", en="none is")
    return demand.label + in_brackets(given if gives_reason(indicator.explanation) else absent)


def _asked_of_card(
    rules: RuleSet, gauged: dict[Gauge, Gauged], lines: Sequence[ScoreLine], total: Fraction | None
) -> _Asked:
    known = _only(Gauge.ADJUSTMENT, gauged)
    ahead = _lead(lines)
    if ahead is not None:
        known[Gauge.LEAD] = ahead
    if total is not None:
        known[Gauge.TOTAL] = Gauged.point(total)
    return _asked(set_off(rules.triggers, known), known, rules)


def _only(gauge: Gauge, gauged: dict[Gauge, Gauged]) -> dict[Gauge, Gauged]:
    return {on: shown for on, shown in gauged.items() if on is gauge}


def _lead(lines: Sequence[ScoreLine]) -> Gauged | None:
    """How far the indicators are ahead of budget execution, if all their scores follow."""
    counted = [line for line in lines if not line.excluded]
    known = [
        (line.score.value, line.weight.value)
        for line in counted
        if line.score is not None and line.weight is not None
    ]
    if len(known) < len(counted) or len(known) < 2:
        return None
    (score, weight), *indicators = known
    whole = sum((of for _, of in indicators), start=Fraction(0))
    if not whole or not weight:
        return None
    share = sum((points for points, _ in indicators), start=Fraction(0)) / whole
    return lead(Gauged.point(share), Gauged.point(score / weight))


# The total.


def _states_no_execution(report: SelfEvaluation) -> bool:
    """Whether the form has no place for a score of budget execution."""
    total = report.form.funding.total
    parts = (total.weight, total.score)
    return all(isinstance(p, Missing) and p.reason is MissingReason.NOT_STATED for p in parts)


@attrs.frozen(kw_only=True)
class _Total:
    """The total at the printed figures, those admitted over their true values, and the steps."""

    value: Fraction | None
    admissible: Interval | None
    steps: tuple[Step, ...] = ()
    remarks: tuple[Text, ...] = ()
    caps: tuple[TotalCap, ...] = ()

    def capped(self, cap: TotalCap, on: Gauged, rules: RuleSet) -> _Total:
        """With the cap, where the figures set it; for true values also where they may."""
        if self.admissible is None or on.values.intersection(cap.within) is None:
            return self
        most, value, steps = cap.most, self.value, self.steps
        low = _at_most(self.admissible, most)
        every = low if cap.within.covers(on.values) else Interval.hull((low, self.admissible))
        remarks, caps = self.remarks, self.caps
        if on.value in cap.within:
            capped = Text(zh="使总分不超过 ", en=" caps the total at ")
            title = cap.on.label + capped + decimal_text(most)
            remarks = (*remarks, with_standing(cap.note or title, cap.status, rules))
            caps = (*caps, attrs.evolve(cap, status=cap.status or rules.status))
            if value is not None and value > most:
                value, steps = most, (*steps, Step(title=title, value=most))
        return _Total(value=value, admissible=every, steps=steps, remarks=remarks, caps=caps)


def _at_most(totals: Interval, most: Fraction) -> Interval:
    return totals.intersection(Interval(upper=most)) or Interval.point(most)


def _odd_weights(lines: Sequence[ScoreLine], rules: RuleSet) -> Text | None:
    """That the weights add up to something else than the total of the rule-set."""
    weights = [line.weight.value for line in lines if line.weight is not None]
    whole = sum(weights, start=Fraction(0))
    if len(weights) < len(lines) or whole == rules.total:
        return None
    printed, due = decimal_text(whole), decimal_text(rules.total)
    return Text(
        zh=f"分值合计 {printed}，规则集为 {due}",
        en=f"the weights add up to {printed}; by the rule-set to {due}",
    )


def _total(lines: Sequence[ScoreLine], rules: RuleSet) -> _Total:
    """The sum of the scores, rescaled where some indicators do not apply."""
    counted = [line for line in lines if not line.excluded]
    if not counted:
        return _Total(value=None, admissible=None)
    scores = [line.score for line in counted]
    known = [score.value for score in scores if score is not None]
    ranges = [
        line.admissible if line.score is None else Interval.point(line.score.value)
        for line in counted
    ]
    bounds = [values for values in ranges if values is not None]
    value = sum(known, start=Fraction(0)) if len(known) == len(scores) else None
    admissible = sum(bounds, start=Interval.point(0)) if len(bounds) == len(ranges) else None
    total = _Total(value=value, admissible=admissible)
    return total if len(counted) == len(lines) else _rescaled(total, counted, rules)


def _rescaled(total: _Total, counted: Sequence[ScoreLine], rules: RuleSet) -> _Total:
    """The total as if what applies made up all the points."""
    weights = [line.weight.value for line in counted if line.weight is not None]
    whole = sum(weights, start=Fraction(0))
    if total.admissible is None or not whole:
        return _Total(value=None, admissible=None)
    factor, rounding = rules.total / whole, rules.score_rounding
    ends = rounded_range(total.admissible.scaled(factor), rounding)
    if total.value is None:
        return _Total(value=None, admissible=ends)
    value = rounded(total.value * factor, rounding)
    steps = (
        Step(title=Text(zh="适用指标得分合计", en="points of what applies"), value=total.value),
        Step(title=Text(zh="适用指标分值合计", en="weights of what applies"), value=whole),
        Step(title=Text(zh="换算后的总分", en="total, rescaled"), value=value),
    )
    return _Total(value=value, admissible=ends, steps=steps)
