"""What a rule-set asks of the person who fills in the form: reasons, and a second look.

Where the rule-set says nothing of a matter, or none was chosen, the thresholds are those of the
catalogue of checks. A reviewer asks; arithmetic does not decide.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import TypeAlias

from budgetperf.exact import SEMICOLON, Figure, Interval, Missing, Text, decimal_text, round_to
from budgetperf.exact.interval import interval_sum
from budgetperf.exact.text import later
from budgetperf.model import Direction, Indicator, SelfEvaluation
from budgetperf.relations.binding import operand_at
from budgetperf.relations.composing import simple
from budgetperf.relations.expression import Operand
from budgetperf.relations.finding import Finding, Verdict
from budgetperf.relations.relation import Relation
from budgetperf.rules import Gauge, QuantitativeRule, RuleSet, Trigger
from budgetperf.scoring.gauges import (
    Gauged,
    asks_why_missed,
    budget_gauge,
    explains_adjustment,
    gauge_text,
    indicator_gauges,
    lead,
    set_off,
    shows,
    triggers_for,
)
from budgetperf.scoring.marks import rule_for

from .reasons import explanations
from .rows import STATEMENTS, budget_operands, is_dash, rows, statement
from .ruled import lacking, provision_of

__all__ = ["adjustments", "completions", "executions", "leads", "totals"]

_LARGE_ADJUSTMENT = Trigger(
    on=Gauge.ADJUSTMENT, within=Interval(lower=Fraction(3, 10), lower_closed=False)
)
# No national text has a number: it is the level from which on the known local rules ask.
_HIGH_COMPLETION = Trigger(on=Gauge.COMPLETION, within=Interval(lower=Fraction(13, 10)))
_COMPLETIONS = (Gauge.COMPLETION, Gauge.ACTUAL_AT_ZERO)

Measured: TypeAlias = "tuple[Gauged, Sequence[Operand]]"
"""A gauge, and the figures that it comes from."""


def completions(
    relation: Relation, report: SelfEvaluation, rules: RuleSet | None
) -> Iterator[Finding]:
    """Q04: a completion far from the target has a reason; the target may have been set too low."""
    explained = explanations(report)
    for row in rows(report):
        if not row.is_measured:
            continue
        triggers, asking = _on_completion(row.indicator, rules)
        for on, gauged in indicator_gauges(row.indicator).items():
            about = [trigger for trigger in triggers if trigger.on is on]
            if about or (asking is not None and not triggers):
                measured = gauged, (row.actual, row.target)
                has_reason = bool(explained.get(row.path))
                yield _asked(relation, on, measured, about, is_explained=has_reason, asking=asking)


def _on_completion(
    indicator: Indicator, rules: RuleSet | None
) -> tuple[Sequence[Trigger], RuleSet | None]:
    """What is asked of a completion, and the rule-set if it is the one that says so."""
    if rules is not None:
        direction = indicator.target.direction
        own = [  # why a target was missed is asked elsewhere (Q05)
            trigger
            for trigger in triggers_for(indicator, rules)
            if trigger.on in _COMPLETIONS and not asks_why_missed(trigger, direction)
        ]
        rule = rule_for(indicator, rules)
        if own or (isinstance(rule, QuantitativeRule) and rule.over_completion is not None):
            return own, rules
    if indicator.target.direction is Direction.AT_LEAST:
        return [_HIGH_COMPLETION], None
    return [], None


def adjustments(
    relation: Relation, report: SelfEvaluation, rules: RuleSet | None
) -> Iterator[Finding]:
    """F09: a large adjustment of the budget has a reason.

    Large is what the rule-set says, or else above 30 %; the rate is that in print, or else that of
    the two budgets.
    """
    own = _about(rules, Gauge.ADJUSTMENT)
    triggers = own or [_LARGE_ADJUSTMENT]
    is_explained = explains_adjustment(report)
    for where in STATEMENTS:
        rate = operand_at(report, f"{where}.adjustment.rate")
        measured = _budget(report, where, Gauge.ADJUSTMENT, rules)
        if isinstance(rate.stated, Figure):
            measured = Gauged(value=abs(rate.stated.nominal)), [rate]
        if measured is not None:
            asking = rules if own else None
            yield _asked(
                relation,
                Gauge.ADJUSTMENT,
                measured,
                triggers,
                is_explained=is_explained,
                asking=asking,
            )


def executions(
    relation: Relation, report: SelfEvaluation, rules: RuleSet | None
) -> Iterator[Finding]:
    """F07: what is asked of the execution rate: outside 80 % to 120 %, or as the rule-set says.

    The rate is that of the two amounts, or else that in print.
    """

    def measure(where: str) -> Measured | None:
        return _execution(report, where, rules)

    return _asked_by_rules(relation, Gauge.EXECUTION, rules, measure, otherwise=_UNUSUAL_EXECUTION)


_UNUSUAL_EXECUTION = (
    Trigger(on=Gauge.EXECUTION, within=Interval(upper=Fraction(8, 10), upper_closed=False)),
    Trigger(on=Gauge.EXECUTION, within=Interval(lower=Fraction(12, 10), lower_closed=False)),
)


def _execution(report: SelfEvaluation, where: str, rules: RuleSet | None) -> Measured | None:
    printed = operand_at(report, f"{where}.funding.total.execution_rate")
    measured = _budget(report, where, Gauge.EXECUTION, rules)
    if measured is None and isinstance(printed.stated, Figure):
        rate = printed.stated
        return Gauged(value=rate.nominal, values=rate.interval), [printed]
    return measured


def leads(relation: Relation, report: SelfEvaluation, rules: RuleSet | None) -> Iterator[Finding]:
    """W13: indicators near full while execution lags by more than 10 %, or as the rule-set says."""

    def measure(where: str) -> Measured | None:
        scores, weights = _columns(report, where)
        score, weight = (
            operand_at(report, f"{where}.funding.total.{name}") for name in ("score", "weight")
        )
        earned, spent = _share(scores, weights), _share([score], [weight])
        ahead = None if earned is None or spent is None else lead(earned, spent)
        return None if ahead is None else (ahead, [*scores, *weights, score, weight])

    if _about(rules, Gauge.LEAD):
        return _asked_by_rules(relation, Gauge.LEAD, rules, measure)
    return _lags(relation, report, rules)


_LAG = Fraction(1, 10)


def _lags(relation: Relation, report: SelfEvaluation, rules: RuleSet | None) -> Iterator[Finding]:
    """Whether the execution rate is far behind the share of the marks that the indicators have."""
    for where in STATEMENTS:
        scores, weights = _columns(report, where)
        earned, executed = _share(scores, weights), _execution(report, where, rules)
        if earned is None or executed is None:
            continue
        rate, parts = executed
        why = relation.say("shares", earned=_percent(earned.value), executed=_percent(rate.value))
        lagging = earned.value - rate.value > _LAG
        verdict = Verdict.INCONSISTENT if lagging else Verdict.EXACT
        formula = f"scores / weights of {where}.indicators - execution rate <= 10%"
        yield simple(relation, verdict, why, (*scores, *weights, *parts), formula)


def _percent(value: Fraction) -> str:
    return f"{decimal_text(round_to(value * 100, 2))}%"


def _columns(report: SelfEvaluation, where: str) -> tuple[list[Operand], list[Operand]]:
    """The scores and the weights of the indicators, without those that a dash says have none."""
    counted = [row for row in rows(report, [where]) if not is_dash(row.indicator.score)]
    return [row.score for row in counted], [row.weight for row in counted]


def _share(scores: Sequence[Operand], weights: Sequence[Operand]) -> Gauged | None:
    """The share of the weights that is earned, if all are stated and there are any."""
    earned = [operand.stated for operand in scores if isinstance(operand.stated, Figure)]
    of = [operand.stated for operand in weights if isinstance(operand.stated, Figure)]
    summed = sum((figure.nominal for figure in of), start=Fraction(0))
    if len(earned) < len(scores) or len(of) < len(weights) or not summed:
        return None
    values = interval_sum(figure.interval for figure in earned)
    value = sum((figure.nominal for figure in earned), start=Fraction(0))
    return Gauged(value=value / summed, values=values.scaled(1 / summed))


def totals(relation: Relation, report: SelfEvaluation, rules: RuleSet | None) -> Iterator[Finding]:
    """W12: what the rule-set asks beside a total such as this one."""

    def measure(where: str) -> Measured | None:
        total = operand_at(report, f"{where}.total_score")
        if isinstance(total.stated, Missing):
            return None
        return Gauged(value=total.stated.nominal, values=total.stated.interval), [total]

    return _asked_by_rules(relation, Gauge.TOTAL, rules, measure)


def _budget(
    report: SelfEvaluation, where: str, gauge: Gauge, rules: RuleSet | None
) -> Measured | None:
    gauged = budget_gauge(statement(report, where).funding.total, gauge, rules)
    return None if gauged is None else (gauged, budget_operands(report, where, gauge, rules))


def _about(rules: RuleSet | None, gauge: Gauge) -> list[Trigger]:
    triggers = () if rules is None else rules.triggers
    return [trigger for trigger in triggers if trigger.on is gauge]


def _asked_by_rules(
    relation: Relation,
    gauge: Gauge,
    rules: RuleSet | None,
    measure: Callable[[str], Measured | None],
    *,
    otherwise: Sequence[Trigger] = (),
) -> Iterator[Finding]:
    """What the rule-set asks of a gauge, in either statement, and ``otherwise`` if it is silent."""
    own = _about(rules, gauge)
    if not own and not otherwise:
        return
    gauges = [measured for measured in map(measure, STATEMENTS) if measured is not None]
    if own and not gauges:
        yield lacking(relation, gauge, rules)
    asking = rules if own else None
    for measured in gauges:
        yield _asked(relation, gauge, measured, own or otherwise, is_explained=None, asking=asking)


def _asked(
    relation: Relation,
    on: Gauge,
    measured: Measured,
    triggers: Sequence[Trigger],
    *,
    is_explained: bool | None,
    asking: RuleSet | None,
) -> Finding:
    """The finding for a gauge: asked for, if a trigger is set off and no reason is given.

    ``is_explained`` says whether a reason is given; ``None`` if the report has no place that is
    known for it.
    """
    gauged, parts = measured
    hit, shown = set_off(triggers, {on: shows(gauged.value)}), later(gauge_text, on, gauged.value)
    verdict = Verdict.EXACT
    if not hit:
        why = relation.say("gauge-in-order", gauged=shown)
    elif is_explained:
        why = relation.say("gauge-explained", gauged=shown)
    else:
        verdict, demands = Verdict.INCONSISTENT, _demands(relation, hit, is_explained)
        why = relation.say("gauge-demanded", gauged=shown, demands=demands)
    formula = "; ".join(
        f"{trigger.demand.value} if {trigger.on.value} in {trigger.within}"
        for trigger in hit or triggers
    )
    provision = provision_of(asking)
    return simple(relation, verdict, why, tuple(parts), formula, provision=provision)


def _demands(relation: Relation, hit: Sequence[Trigger], is_explained: bool | None) -> Text:
    """What is due, with the remarks of the rule-set."""
    remarks = [trigger.demand.label for trigger in hit]
    remarks += [trigger.note for trigger in hit if trigger.note]
    remarks += [relation.say("gauge-unexplained")] if is_explained is False else []
    return SEMICOLON.join(dict.fromkeys(remarks))
