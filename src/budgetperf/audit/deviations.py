"""The checks of rates that have several definitions: deviations, completions that should be low."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from fractions import Fraction

import attrs

from budgetperf.exact import Figure, Text, Unit
from budgetperf.model import Direction, SelfEvaluation
from budgetperf.rates import DeviationDefinition
from budgetperf.rules import RuleSet
from budgetperf.scoring import deviation_of

from .checks import Row, is_met, rows, units_differ
from .composing import decided, simple, unchecked
from .expression import Binary, Const, Equation, Expression, Operand, Sum, missing
from .finding import Finding, Verdict
from .judging import Judgement, judge, judge_value
from .relation import Relation
from .wording import range_text

__all__ = ["deviation_bases", "deviations", "reverse_completions"]


def deviations(
    relation: Relation, report: SelfEvaluation, rules: RuleSet | None
) -> Iterator[Finding]:
    """W11: the deviations under one definition: the rule-set's, or else the one that fits best."""
    table = list(rows(report, "deviation", "actual", "target.value"))
    judged = {
        definition: [_deviation(row, report, definition) for row in table]
        for definition in DeviationDefinition
    }
    tied = list[DeviationDefinition]()
    if rules is not None and rules.deviation is not None:
        chosen = rules.deviation
        how = Text(zh=f"规则集 {rules.id} 的口径", en=f"the definition of {rules.id}")
    else:
        fits = {
            definition: _fit(table, judgements, definition, report)
            for definition, judgements in judged.items()
        }
        chosen = max(fits, key=lambda definition: fits[definition])
        others = [d for d in fits if fits[d] == fits[chosen] and d is not chosen]
        how = Text(zh="由数字推断的口径", en="the definition that fits the figures best")
        if others:
            how = Text(
                zh=f"{how.zh}，与“{'”“'.join(d.label.zh for d in others)}”不可区分",
                en=f"{how.en}, as well as {', '.join(d.label.en for d in others)}",
            )
        tied = others
    for number, (row, judgement) in enumerate(zip(table, judged[chosen], strict=True)):
        stated = row.operand(report, "deviation")
        taking_part = (row.operand(report, "actual"), row.operand(report, "target.value"))
        formula = f"{stated.path} = deviation({taking_part[0].path}, {taking_part[1].path})"
        if judgement is None:
            why = Text(
                zh="指标值为 0 或单位不同，偏差率无从计算",
                en="the target is 0 or the units differ: there is no deviation",
            )
            yield unchecked(
                relation, "undefined", why, formula=formula, taking_part=(stated, *taking_part)
            )
            continue
        equation = Equation(left=stated, comparator="=", right=stated)
        found = attrs.evolve(
            decided(
                relation,
                equation,
                judgement,
                why=_deviation_text(stated, judgement, chosen, how, taking_part),
                formula=formula,
                rules=rules if rules is not None and rules.deviation is not None else None,
            ),
            operands=(stated, *taking_part),
        )
        rivals = (judged[definition][number] for definition in tied)
        may_hold = any(rival is not None and rival.verdict.holds for rival in rivals)
        if may_hold and found.verdict is Verdict.INCONSISTENT:
            # Under another definition, which fits the report as well, it holds.
            found = attrs.evolve(found, verdict=Verdict.UNCHECKED, reason="review", gap=None)
        yield found


def deviation_bases(
    relation: Relation, report: SelfEvaluation, rules: RuleSet | None
) -> Iterator[Finding]:
    """W11: completion and deviation of one row on one base: deviation = completion - 100 %.

    Where the rule-set says what a deviation is, two bases are its own.
    """
    settled = rules is not None and rules.deviation is not None
    for statement, group in itertools.groupby(
        rows(report, "deviation", "completion_rate"), key=lambda row: row.path.partition(".")[0]
    ):
        stated, apart = list[Operand](), list[Operand]()
        for row in group:
            together = _is_on_one_base(row, report)
            pair = row.operand(report, "deviation"), row.operand(report, "completion_rate")
            stated += () if together is None else pair
            apart += pair if together is False else ()
        if not stated:
            continue
        numbers = [
            f"{rate.stated}/{off.stated}" for off, rate in zip(apart[::2], apart[1::2], strict=True)
        ]
        formula = f"{statement}.indicators[*].deviation = completion_rate - 100%"
        why = Text(zh="各行的偏差率都等于完成率减 100%", en="every deviation is completion - 100 %")
        if apart:
            why = Text(
                zh=f"完成率/偏差率为 {'、'.join(numbers)}：偏差率不等于完成率减 100%，"
                "同一行用了两种口径",
                en=f"completion/deviation {', '.join(numbers)}: the deviation is not completion "
                "- 100 %, two definitions stand in one row",
            )
        if apart and settled:
            why = Text(zh=f"{why.zh}；规则集如此规定", en=f"{why.en}, as the rule has it")
        verdict = Verdict.INCONSISTENT if apart and not settled else Verdict.EXACT
        yield simple(relation, verdict, why, tuple(apart or stated), formula)


def reverse_completions(
    relation: Relation, report: SelfEvaluation, rules: RuleSet | None
) -> Iterator[Finding]:
    """W10: the completion of an indicator that should stay low, by one of its definitions.

    No national text says which. Seen are actual / target, target / actual, and 2 - actual / target,
    which is 1 less the excess; and 100 % for whatever stays within the target.
    """
    for row in rows(report, "completion_rate", "actual", "target.value"):
        if row.indicator.target.direction is not Direction.AT_MOST:
            continue
        rate, actual, target = (
            row.operand(report, name) for name in ("completion_rate", "actual", "target.value")
        )
        if units_differ(actual, target):
            continue
        over = Binary(symbol="/", left=actual, right=target)
        readings: list[tuple[Text, Expression]] = [
            (Text(zh="实际完成值 ÷ 指标值", en="actual / target"), over),
            (
                Text(zh="指标值 ÷ 实际完成值", en="target / actual"),
                Binary(symbol="/", left=target, right=actual),
            ),
            (
                Text(zh="2 − 实际完成值 ÷ 指标值", en="2 - actual / target"),
                Sum(terms=((1, _WHOLE), (1, _WHOLE), (-1, over))),
            ),
        ]
        if is_met(row, report) is not False:
            readings.append((Text(zh="达到指标值即 100%", en="100 % for a met target"), _WHOLE))
        judged = [
            (name, judge(Equation(left=rate, comparator="=", right=side)))
            for name, side in readings
        ]
        name, best = min(judged, key=lambda pair: _BEST.index(pair[1].verdict))
        values = Text(
            zh=f"{rate.stated}，实际完成值 {actual.stated}，指标值 {target.stated}",
            en=f"{rate.stated}, actual {actual.stated}, target {target.stated}",
        )
        why = Text(zh=f"{values.zh}：按{name.zh}", en=f"{values.en}: by {name.en}")
        if best.verdict is Verdict.INCONSISTENT:
            names = [name for name, _ in readings]
            why = Text(
                zh=f"{values.zh}：按{'、'.join(n.zh for n in names)}都不符",
                en=f"{values.en}: by none of {', '.join(n.en for n in names)}",
            )
        formula = f"{rate.path} = completion({actual.path}, {target.path})"
        found = simple(relation, best.verdict, why, (rate, actual, target), formula)
        if best.undefined is not None:
            why = Text(zh=f"{values.zh}：分母为 0", en=f"{values.en}: the base is 0")
            found = attrs.evolve(found, why=why, reason=best.undefined.value)
        yield found


_BEST = (
    Verdict.EXACT, Verdict.ROUNDING, Verdict.TRUNCATED, Verdict.UNDEFINED, Verdict.INCONSISTENT,
)  # fmt: skip


def _fit(
    table: list[Row],
    judgements: list[Judgement | None],
    definition: DeviationDefinition,
    report: SelfEvaluation,
) -> tuple[int, int, int]:
    """How well a definition fits: the fewest rows against it, then the most for it.

    A deviation that has no value under it speaks against it, unless the actual value may be other
    than the 0 that is printed. Where no definition fits all rows, the completion rates beside them
    speak for the relative one as far as they are on its base.
    """
    against = holding = 0
    for row, judgement in zip(table, judgements, strict=True):
        if judgement is not None:
            against += judgement.verdict is Verdict.INCONSISTENT
            holding += judgement.verdict.holds
        else:
            against += row.figure("actual").is_exact
    relative = definition is DeviationDefinition.RELATIVE_TO_TARGET
    agreeing = sum(_is_on_one_base(row, report) is True for row in table) if relative else 0
    return -against, holding, agreeing if against else 0


def _is_on_one_base(row: Row, report: SelfEvaluation) -> bool | None:
    """Whether the deviation is the completion rate less 100 %; ``None`` without either."""
    deviation, completion = (row.operand(report, n) for n in ("deviation", "completion_rate"))
    if missing(Equation(left=deviation, comparator="=", right=completion)):
        return None
    if units_differ(deviation, completion):
        return None
    beyond = Sum(terms=((1, completion), (-1, _WHOLE)))
    short = Sum(terms=((1, _WHOLE), (-1, completion)))
    return any(
        judge(Equation(left=deviation, comparator="=", right=side)).verdict.holds
        for side in (beyond, short)
    )


_WHOLE = Const(value=Fraction(1), unit=Unit.of("%"))


def _deviation(
    row: Row, report: SelfEvaluation, definition: DeviationDefinition
) -> Judgement | None:
    """The verdict under one definition; ``None`` where it has no value.

    A shortfall printed without its minus sign is taken as a shortfall.
    """
    stated, actual, target = (row.figure(name) for name in ("deviation", "actual", "target.value"))
    if units_differ(*(row.operand(report, name) for name in ("actual", "target.value"))):
        return None
    derived = deviation_of(actual, target, definition)
    if not isinstance(derived, tuple):
        return None
    value, values, _ = derived
    judgement = judge_value(stated, values, value)
    falls_short = values.lower is None or values.lower < 0
    if falls_short and stated.nominal >= 0 and not judgement.verdict.holds:
        return judge_value(stated, -values, -value)
    return judgement


def _deviation_text(
    stated: Operand,
    judgement: Judgement,
    definition: DeviationDefinition,
    how: Text,
    taking_part: tuple[Operand, ...],
) -> Text:
    actual, target = (operand.stated for operand in taking_part)
    unit = stated.stated.unit if isinstance(stated.stated, Figure) else None
    derived = (
        range_text(judgement.derived, unit, 4)
        if unit is not None and judgement.derived is not None
        else Text(zh="", en="")
    )
    label = judgement.verdict.label
    return Text(
        zh=f"所填 {stated.stated}，实际值 {actual}，指标值 {target}；按{definition.label.zh}"
        f"（{how.zh}）应为 {derived.zh}，{label.zh}",
        en=f"stated {stated.stated}, actual {actual}, target {target}; by "
        f"{definition.label.en} ({how.en}) it is {derived.en}: {label.en}",
    )
