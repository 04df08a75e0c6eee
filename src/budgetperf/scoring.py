"""Scores from completion and execution, by a rule-set: exact, with the steps that led to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

import attrs

from budgetperf.exact import (
    Figure,
    Interval,
    Missing,
    MissingReason,
    Points,
    Text,
    decimal_text,
    round_to,
)
from budgetperf.model import Indicator, SelfEvaluation, StatedText
from budgetperf.rules import (
    Demand,
    Excess,
    Gauge,
    RuleSet,
    Status,
    TotalCap,
    get,
)
from budgetperf.rules.marking import (
    NoScore,
    ScoreRange,
    Step,
    deviation_of,
    execution_base,
    execution_score,
    indicator_score,
    rounded,
    rounded_range,
    rule_for,
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
        status: what the rule that gave the score rests on.
        excluded: whether it does not apply and is left out of the total.
        remarks: what the rule asks for here, and that it is unverified, where it is.
    """

    name: str
    weight: Points | None
    stated: Points | None
    score: Points | None
    admissible: Interval | None = None
    steps: tuple[Step, ...] = ()
    why: Text | None = None
    status: Status | None = None
    excluded: bool = False
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
        rating: the rating of ``total``, if it follows and the rule-set has bands.
        steps: how the total came about, where it is more than a sum.
        remarks: what the rule-set asks for beside this total.
    """

    rules: RuleSet
    lines: tuple[ScoreLine, ...]
    total: Points | None
    admissible: Interval | None
    rating: str | None
    steps: tuple[Step, ...] = ()
    remarks: tuple[Text, ...] = ()

    def _repr_html_(self) -> str:
        """The scorecard as a table, for a notebook."""
        from budgetperf.rules.scorecard_html import scorecard_html

        return scorecard_html(self)


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
    gauged = _gauged(report, rules)
    lines = [_execution_line(report, rules, gauged)]
    lines += [
        _indicator_line(indicator, rules) for indicator in report.form.indicators if indicator.key
    ]
    total = _Total(value=None, admissible=None)
    if len(lines) > 1:
        has_no_execution = rules.execution is None and _states_no_execution(report)
        total = _total(lines[1:] if has_no_execution else lines, rules)
    for cap in rules.total_caps:
        if cap.on in gauged and not (cap.unless_explained and _is_adjustment_explained(report)):
            total = total.capped(cap, gauged[cap.on])
    return Scorecard(
        rules=rules,
        lines=tuple(lines),
        total=None if total.value is None else Points(total.value),
        admissible=total.admissible,
        rating=None if total.value is None else rules.rating(total.value),
        steps=total.steps,
        remarks=(*total.remarks, *_card_remarks(rules, gauged, total.value)),
    )


# The rows.


def _execution_line(
    report: SelfEvaluation, rules: RuleSet, gauged: dict[Gauge, _Gauged]
) -> ScoreLine:
    total = report.form.funding.total
    name = "预算执行率"
    stated = Points(total.score.nominal) if isinstance(total.score, Figure) else None
    rule = rules.execution
    if rule is None:
        why = Text(zh=f"规则集 {rules.id} 未规定", en=f"{rules.id} says nothing of it")
        return ScoreLine(name=name, weight=None, stated=stated, score=None, why=why)
    weight, base = Points(rule.weight), execution_base(rule, total)
    if isinstance(total.executed, Missing) or isinstance(base, Missing):
        label = rule.denominator.label
        why = Text(zh=f"{label.zh}或执行数未填报", en=f"{label.en} or executed is not stated")
        return ScoreLine(name=name, weight=weight, stated=stated, score=None, why=why)
    result = execution_score(
        rule, executed=total.executed, revised=base, rounding=rules.score_rounding
    )
    remarks = _set_off(rules, Gauge.EXECUTION, gauged)
    return _line(name, weight, stated, result, rules, tuple(remarks))


def _indicator_line(indicator: Indicator, rules: RuleSet) -> ScoreLine:
    name = _name(indicator.name)
    stated = Points(indicator.score.nominal) if isinstance(indicator.score, Figure) else None
    if isinstance(indicator.weight, Missing):
        why = Text(zh="分值未填报", en="the weight is not stated")
        return ScoreLine(name=name, weight=None, stated=stated, score=None, why=why)
    result = indicator_score(indicator, rules, weight=indicator.weight)
    weight = Points(indicator.weight.nominal)
    remarks = tuple(_indicator_remarks(indicator, rules, weight, result))
    return _line(name, weight, stated, result, rules, remarks)


def _line(
    name: str,
    weight: Points,
    stated: Points | None,
    result: ScoreRange | NoScore,
    rules: RuleSet,
    remarks: tuple[Text, ...],
) -> ScoreLine:
    line = ScoreLine(name=name, weight=weight, stated=stated, score=None, remarks=remarks)
    if isinstance(result, NoScore):
        return attrs.evolve(line, why=result.why, excluded=result.code == "not-applicable")
    status = result.status or rules.status
    if status is Status.UNVERIFIED:
        line = attrs.evolve(line, remarks=(status.label, *remarks))
    line = attrs.evolve(line, steps=result.steps, status=status)
    if result.value is None:
        return attrs.evolve(line, admissible=result.admissible, why=result.why)
    return attrs.evolve(line, score=Points(result.value))


def _name(name: StatedText) -> str:
    return name if isinstance(name, str) else ""


# What the rule-set asks for.


def _indicator_remarks(
    indicator: Indicator, rules: RuleSet, weight: Points, result: ScoreRange | NoScore
) -> Iterator[Text]:
    """What is due for a completion or a score like this one, and whether a reason is given."""
    found = dict(_indicator_gauges(indicator, weight, result))
    rule, completion = rule_for(indicator, rules), found.get(Gauge.COMPLETION)
    if not isinstance(rule, NoScore) and rule.over_completion and completion is not None:
        over = rule.over_completion
        if over.policy in (Excess.EXPLAIN, Excess.FLAG) and completion in over.within:
            yield _asked(Gauge.COMPLETION, completion, over.policy.label, over.note)
    for trigger in rules.triggers:
        value = found.get(trigger.on)
        aims = not trigger.directions or indicator.target.direction in trigger.directions
        if aims and value is not None and value in trigger.within:
            yield _asked(trigger.on, value, _demand(trigger.demand, indicator), trigger.note)


def _indicator_gauges(
    indicator: Indicator, weight: Points, result: ScoreRange | NoScore
) -> Iterator[tuple[Gauge, Fraction]]:
    target, actual = indicator.target.value, indicator.actual
    if isinstance(target, Figure) and isinstance(actual, Figure):
        if target.unit.dimension == actual.unit.dimension and target.nominal > 0:
            yield Gauge.COMPLETION, actual.nominal / target.nominal
        elif target.nominal == 0:
            yield Gauge.ACTUAL_AT_ZERO, actual.nominal / actual.unit.scale
    if isinstance(result, ScoreRange) and result.value is not None and weight.value:
        yield Gauge.SCORE_SHARE, result.value / weight.value


def _demand(demand: Demand, indicator: Indicator) -> Text:
    if demand is not Demand.EXPLAIN:
        return demand.label
    given = isinstance(indicator.explanation, str) and bool(indicator.explanation.strip())
    return Text(
        zh=f"{demand.label.zh}（{'已' if given else '未'}填写）",
        en=f"{demand.label.en} ({'one' if given else 'none'} is)",
    )


def _card_remarks(
    rules: RuleSet, gauged: dict[Gauge, _Gauged], total: Fraction | None
) -> Iterator[Text]:
    yield from _set_off(rules, Gauge.ADJUSTMENT, gauged)
    if total is not None:
        known = {Gauge.TOTAL: _Gauged(value=total, values=Interval.point(total))}
        yield from _set_off(rules, Gauge.TOTAL, known)


def _set_off(rules: RuleSet, gauge: Gauge, gauged: dict[Gauge, _Gauged]) -> Iterator[Text]:
    for trigger in rules.triggers:
        if trigger.on is gauge and gauge in gauged and gauged[gauge].value in trigger.within:
            yield _asked(gauge, gauged[gauge].value, trigger.demand.label, trigger.note)


def _asked(gauge: Gauge, value: Fraction, demand: Text, note: Text) -> Text:
    in_points = gauge in (Gauge.TOTAL, Gauge.ACTUAL_AT_ZERO)
    number = decimal_text(value) if in_points else f"{decimal_text(round_to(value * 100, 2))}%"
    about = Text(zh=f"；{note.zh}", en=f"; {note.en}") if note.zh else note
    return Text(
        zh=f"{gauge.label.zh} {number}：{demand.zh}{about.zh}",
        en=f"{gauge.label.en} {number}: {demand.en}{about.en}",
    )


# The total.


@attrs.frozen(kw_only=True)
class _Gauged:
    """A rate at the printed figures, and over their true values."""

    value: Fraction
    values: Interval


def _gauged(report: SelfEvaluation, rules: RuleSet) -> dict[Gauge, _Gauged]:
    """The execution rate and the size of the adjustment, where they can be had."""
    total, found = report.form.funding.total, dict[Gauge, _Gauged]()
    base = total.revised if rules.execution is None else execution_base(rules.execution, total)
    execution = _rate(total.executed, base)
    if execution is not None:
        found[Gauge.EXECUTION] = execution
    change = _rate(total.revised, total.initial)
    if change is not None:
        off = change.values - Interval.point(1)
        up, down = off.intersection(Interval(lower=0)), off.intersection(Interval(upper=0))
        sizes = [part for part in (up, None if down is None else -down) if part is not None]
        found[Gauge.ADJUSTMENT] = _Gauged(value=abs(change.value - 1), values=Interval.hull(sizes))
    return found


def _rate(part: Figure | Missing, whole: Figure | Missing) -> _Gauged | None:
    if isinstance(part, Missing) or isinstance(whole, Missing):
        return None
    if part.unit.dimension != whole.unit.dimension or 0 in whole.interval:
        return None
    return _Gauged(value=part.nominal / whole.nominal, values=part.interval / whole.interval)


def _is_adjustment_explained(report: SelfEvaluation) -> bool:
    reasons = (report.narrative.adjustment.reason, report.form.adjustment.reason)
    return any(isinstance(reason, str) and reason.strip() for reason in reasons)


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

    def capped(self, cap: TotalCap, on: _Gauged) -> _Total:
        """With the cap, where the figures set it; for true values also where they may."""
        if self.admissible is None or on.values.intersection(cap.within) is None:
            return self
        most, value, steps = cap.most, self.value, self.steps
        low = _at_most(self.admissible, most)
        every = low if cap.within.covers(on.values) else Interval.hull((low, self.admissible))
        remarks = self.remarks
        if on.value in cap.within:
            title = Text(
                zh=f"{cap.on.label.zh}使总分不超过 {decimal_text(most)}",
                en=f"{cap.on.label.en} caps the total at {decimal_text(most)}",
            )
            remarks = (*remarks, cap.note if cap.note.zh else title)
            if value is not None and value > most:
                value, steps = most, (*steps, Step(title=title, value=most))
        return _Total(value=value, admissible=every, steps=steps, remarks=remarks)


def _at_most(totals: Interval, most: Fraction) -> Interval:
    return totals.intersection(Interval(upper=most)) or Interval.point(most)


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
    found = [one for one in ranges if one is not None]
    value = sum(known, start=Fraction(0)) if len(known) == len(scores) else None
    admissible = sum(found, start=Interval.point(0)) if len(found) == len(ranges) else None
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
