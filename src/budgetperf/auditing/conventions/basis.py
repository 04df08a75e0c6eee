"""Whether printed scores follow from exact ratios or from printed rates."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

import attrs

from budgetperf.auditing.checks import scores
from budgetperf.auditing.checks.rows import rows
from budgetperf.exact import Figure, Stated, Text, decimal_text
from budgetperf.model import Direction, Indicator, SelfEvaluation, Statement
from budgetperf.rates import DeviationDefinition
from budgetperf.relations.binding import matched, operand_at
from budgetperf.relations.catalogue import relations
from budgetperf.relations.composing import unchecked
from budgetperf.relations.expression import Operand
from budgetperf.relations.finding import Finding
from budgetperf.relations.relation import Relation
from budgetperf.relations.words import printed_text
from budgetperf.rules import Measure, QuantitativeRule, RuleSet
from budgetperf.scoring.marking.printed import printed_rule
from budgetperf.scoring.marks import indicator_rule, rule_for
from budgetperf.scoring.measures import alike

from .fit import BasisFit, BasisRow

__all__ = ["basis_fit", "by_ruleset", "declared", "score_findings"]

_EXECUTION = "form.funding.total.score"


@attrs.frozen(kw_only=True)
class _Rate:
    """A printed rate, and its value."""

    operand: Operand
    value: Fraction


@functools.cache
def declared(id: str) -> Relation:
    """The relation of the catalogue with that id."""
    return next(relation for relation in relations() if relation.id == id)


def score_findings(report: SelfEvaluation, rules: RuleSet) -> tuple[Finding, ...]:
    """The execution score and those of quantitative indicators, from the exact ratio."""
    return (
        *scores.execution_score(declared("F06"), report, rules),
        *by_ruleset(report, scores.indicator_scores(declared("W04"), report, rules)),
    )


def by_ruleset(report: SelfEvaluation, findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings on scores that a rule-set gives, not a rule that the form prints."""
    printed = {row.score.path for row in rows(report) if printed_rule(row.indicator)}
    return (f for f in findings if not f.operands or f.operands[0].path not in printed)


def basis_fit(report: SelfEvaluation, rules: RuleSet, exact: tuple[Finding, ...]) -> BasisFit:
    """The same scores on either basis.

    For the printed rate, the same checks are run on the report in which the rate, taken for exact,
    stands in place of the two figures that it is made of.

    Args:
        report: the report.
        rules: the rule-set.
        exact: what :func:`score_findings` gave.
    """
    rates = _printed_rates(report, rules)
    changed = _with_rates(report, rates, _scores_as_read(exact), rules)
    return BasisFit(
        rules=rules,
        rows=tuple(
            BasisRow(exact_ratio=first, printed_rate=_from_rate(first, second, rates))
            for first, second in zip(exact, score_findings(changed, rules), strict=True)
        ),
    )


def _scores_as_read(findings: Iterable[Finding]) -> dict[str, Stated]:
    """The scores by path, as precise as they were taken to be beside the exact ratio."""
    return {f.operands[0].path: f.operands[0].stated for f in findings if f.operands}


def _from_rate(exact: Finding, finding: Finding, rates: Mapping[str, _Rate]) -> Finding:
    """The finding from the printed rate; unchecked where none is printed."""
    score = exact.operands[0].path if exact.operands else _EXECUTION
    rate = rates.get(score)
    if rate is None:
        relation = declared("F06" if score == _EXECUTION else "W04")
        why = Text(
            zh="报告没有列出这一得分所依据的比率，或其口径不能确定",
            en="the rate behind this score is not stated, or its definition is not certain",
        )
        return unchecked(
            relation,
            "no-printed-rate",
            why,
            formula=exact.relation,
            taking_part=exact.operands[:1],
        )
    why = Text(zh="按填列的比率{}，{}", en="from the stated rate {}, {}").fill(
        printed_text(rate.operand.stated), finding.why
    )
    return attrs.evolve(
        finding,
        relation=f"{score} = rule({rate.operand.path})",
        operands=(*finding.operands[:1], rate.operand),
        why=why,
    )


# The report in which printed rates stand in place of what they are made of.


def _printed_rates(report: SelfEvaluation, rules: RuleSet) -> dict[str, _Rate]:
    """The printed rate that each score would follow from, by the path of the score."""
    rates = {_EXECUTION: _rate_at(report, ("form", "narrative"), "funding.total.execution_rate")}
    twins = _twins(report)
    for row in rows(report):
        if not row.is_scored:
            continue
        name = _rate_name(row.indicator, rules)
        places = (row.path, *twins.get(row.path, ())) if name else ()
        rates[row.score.path] = _rate_at(report, places, name)
    return {path: rate for path, rate in rates.items() if rate is not None}


def _rate_at(report: SelfEvaluation, places: Iterable[str], name: str) -> _Rate | None:
    """The first that is printed."""
    for place in places:
        rate = operand_at(report, f"{place}.{name}")
        if isinstance(rate.stated, Figure):
            return _Rate(operand=rate, value=rate.stated.nominal)
    return None


def _twins(report: SelfEvaluation) -> dict[str, tuple[str, ...]]:
    """The row of the other statement that is the same indicator, by path."""
    pairs: dict[str, tuple[str, ...]] = {}
    for same in matched(report, ("narrative.indicators", "form.indicators")):
        paths = [f"{container}[{index}]" for container, index in same.items() if index is not None]
        pairs |= {path: (other,) for path, other in itertools.permutations(paths, 2)}
    return pairs


def _rate_name(indicator: Indicator, rules: RuleSet) -> str:
    """The rate that the rule's measure is printed as; ``""`` if there is none.

    The completion of an indicator that should stay low has no one meaning.
    """
    if indicator_rule(indicator, rules) is not None:
        return ""
    rule = rule_for(indicator, rules)
    if not isinstance(rule, QuantitativeRule):
        return ""
    if rule.measure is Measure.DEVIATION:
        return "deviation"
    return "" if indicator.target.direction is Direction.AT_MOST else "completion_rate"


def _with_rates(
    report: SelfEvaluation,
    rates: Mapping[str, _Rate],
    read: Mapping[str, Stated],
    rules: RuleSet,
) -> SelfEvaluation:
    def changed(name: str, statement: Statement) -> Statement:
        indicators = list(statement.indicators)
        for index, indicator in enumerate(indicators):
            path = f"{name}.indicators[{index}].score"
            if path in rates:
                indicators[index] = attrs.evolve(
                    _from_printed(indicator, rates[path].value, rules), score=read[path]
                )
        return attrs.evolve(statement, indicators=tuple(indicators))

    form = changed("form", report.form)
    if _EXECUTION in rates:
        total = form.funding.total
        total = attrs.evolve(
            total,
            executed=_exact(rates[_EXECUTION].value),
            initial=_exact(Fraction(1)),
            revised=_exact(Fraction(1)),
            score=read.get(_EXECUTION, total.score),
        )
        form = attrs.evolve(form, funding=attrs.evolve(form.funding, total=total))
    return attrs.evolve(report, narrative=changed("narrative", report.narrative), form=form)


def _from_printed(indicator: Indicator, rate: Fraction, rules: RuleSet) -> Indicator:
    """The indicator with an actual value and a target whose measure is the printed rate."""
    rule = rule_for(indicator, rules)
    actual, target = rate, Fraction(1)
    if isinstance(rule, QuantitativeRule) and rule.measure is Measure.DEVIATION:
        deviation = -rate if _lost_its_sign(indicator, rate) else rate
        actual = 1 + deviation
        if rules.deviation is DeviationDefinition.RELATIVE_TO_ACTUAL:
            actual, target = Fraction(1), 1 - deviation
    return attrs.evolve(
        indicator,
        actual=_exact(actual),
        target=attrs.evolve(indicator.target, value=_exact(target)),
    )


def _lost_its_sign(indicator: Indicator, deviation: Fraction) -> bool:
    """Whether a shortfall is printed without its minus sign."""
    actual, target = indicator.actual, indicator.target.value
    return (
        deviation > 0
        and isinstance(actual, Figure)
        and isinstance(target, Figure)
        and alike(actual, target) is not None
        and actual.nominal < target.nominal
    )


def _exact(ratio: Fraction) -> Figure:
    return Figure(value=decimal_text(ratio * 100), unit="%", rounding=None)
