"""The checks of rates that have several definitions: deviations, completions that should be low."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction

import attrs

from budgetperf.auditing.checks.ruled import provision_of
from budgetperf.exact import LIST, Interval, Text, Unit
from budgetperf.model import Direction, SelfEvaluation
from budgetperf.rates import DeviationDefinition
from budgetperf.relations.catalogue import Relation
from budgetperf.relations.composing import decided, simple, unchecked
from budgetperf.relations.expression import (
    Binary,
    Const,
    Equation,
    Expression,
    Operand,
    Sum,
    missing,
)
from budgetperf.relations.finding import Finding, Verdict
from budgetperf.relations.judging import Judgement, judge, judge_value
from budgetperf.relations.words import range_text
from budgetperf.rules import RuleSet
from budgetperf.scoring import deviation_of

from .comparisons import Row, is_met, rows, units_differ

__all__ = ["deviation_bases", "deviation_due", "deviations", "reverse_completions"]


def deviations(
    relation: Relation, report: SelfEvaluation, rules: RuleSet | None
) -> Iterator[Finding]:
    """W11: the deviations under one definition: the rule-set's, or else the one that fits best."""
    table = list(rows(report, "deviation", "actual", "target.value"))
    tried = {
        definition: [_tried(row, definition) for row in table] for definition in DeviationDefinition
    }
    if rules is not None and rules.deviation is not None:
        how = Text(zh=f"规则集 {rules.id} 的口径", en=f"the definition of {rules.id}")
        choice = _Choice(definition=rules.deviation, how=how, rules=rules)
    else:
        choice = _Choice.inferred(
            {one: _Fit.of(one, column, table, report) for one, column in tried.items()}
        )
    for number, row in enumerate(table):
        stated, actual, target = operands = (
            row.operand(report, "deviation"),
            row.operand(report, "actual"),
            row.operand(report, "target.value"),
        )
        formula = f"{stated.path} = deviation({actual.path}, {target.path})"
        by_definition = {definition: column[number] for definition, column in tried.items()}
        found = by_definition[choice.definition]
        if found is None:
            why = Text(
                zh="指标值为 0 或单位不同，偏差率无从计算",
                en="the target is 0 or the units differ: there is no deviation",
            )
            yield unchecked(relation, "undefined", why, formula=formula, taking_part=operands)
            continue
        meant = {choice.definition: found}
        for definition in choice.as_well(number):
            other = by_definition[definition]
            meant |= {} if other is None else {definition: other}
        rivals = [by_definition[definition] for definition in choice.tied]
        holding = [one for one in rivals if one is not None and one.judgement.verdict.holds]
        finding = _finding(relation, row, operands, meant, choice.how)
        if finding.verdict.holds:
            finding = _by_any(finding, [found, *holding])
        elif holding and finding.verdict is Verdict.INCONSISTENT:
            # Under another definition, which fits the report as well, it holds.
            finding = attrs.evolve(finding, verdict=Verdict.UNCHECKED, reason="review", gap=None)
        yield attrs.evolve(finding, relation=formula, provision=provision_of(choice.rules))


@attrs.frozen(kw_only=True)
class _Tried:
    """One deviation under one definition: the verdict, and the ranges that it may lie in."""

    judgement: Judgement
    ranges: tuple[Interval, ...]


def _tried(row: Row, definition: DeviationDefinition) -> _Tried | None:
    """The deviation of a row under one definition; ``None`` where it has no value.

    A shortfall is printed with its minus sign or without.
    """
    stated, actual, target = (row.figure(name) for name in ("deviation", "actual", "target.value"))
    if units_differ(actual, target):
        return None
    derived = deviation_of(actual, target, definition)
    if not isinstance(derived, tuple):
        return None
    value, values, _ = derived
    signed = judge_value(stated, values, value)
    shortfall = values.intersection(Interval(upper=0, upper_closed=False))
    if shortfall is None:
        return _Tried(judgement=signed, ranges=(values,))
    judgements = [signed]
    if stated.nominal >= 0:
        judgements.append(judge_value(stated, -shortfall, -value if value < 0 else None))
    best = min(judgements, key=lambda one: (_BEST.index(one.verdict), one.gap or 0))
    return _Tried(judgement=best, ranges=(values, -shortfall))


@attrs.frozen(kw_only=True)
class _Fit:
    """How well a definition fits: by row, whether it is against it, and whether it holds.

    A deviation that has no value under it speaks against it, unless the actual value may be other
    than the 0 that is printed. ``agreeing`` are the completions beside them on its base.
    """

    against: tuple[bool, ...]
    holding: tuple[bool, ...]
    agreeing: int

    @classmethod
    def of(
        cls, definition: DeviationDefinition, column: Sequence[_Tried | None], table: Sequence[Row],
        report: SelfEvaluation,
    ) -> _Fit:  # fmt: skip
        relative = definition is DeviationDefinition.RELATIVE_TO_TARGET
        return cls(
            against=tuple(
                row.figure("actual").is_exact
                if tried is None
                else tried.judgement.verdict is Verdict.INCONSISTENT
                for row, tried in zip(table, column, strict=True)
            ),
            holding=tuple(tried is not None and tried.judgement.verdict.holds for tried in column),
            agreeing=sum(_is_on_one_base(row, report) is True for row in table) if relative else 0,
        )

    def without(self, number: int) -> tuple[int, int]:
        """The fewest rows against it, then the most for it, one row left out."""
        against, holding = self.all_rows
        return against + self.against[number], holding - self.holding[number]

    @functools.cached_property
    def all_rows(self) -> tuple[int, int]:
        """The same over all rows."""
        return -sum(self.against), sum(self.holding)

    @property
    def rank(self) -> tuple[int, int, int]:
        """The same, and where no definition fits all rows, the completions that speak for it."""
        return *self.all_rows, self.agreeing if any(self.against) else 0


@attrs.frozen(kw_only=True)
class _Choice:
    """The definition that the deviations are judged by, and how it was found.

    Args:
        definition: the definition.
        how: how it was found.
        rules: the rule-set that it is from, if it is from one.
        fits: how well each fits, where it was inferred.
    """

    definition: DeviationDefinition
    how: Text
    rules: RuleSet | None = None
    fits: Mapping[DeviationDefinition, _Fit] = attrs.field(factory=dict[DeviationDefinition, _Fit])

    @classmethod
    def inferred(cls, fits: Mapping[DeviationDefinition, _Fit]) -> _Choice:
        """The one that fits best; which others cannot be told from it, is said."""
        definition = max(fits, key=lambda one: fits[one].rank)
        choice = cls(
            definition=definition,
            how=Text(zh="由数字推断的口径", en="the definition that fits the figures best"),
            fits=fits,
        )
        if not choice.tied:
            return choice
        others = Text(zh="”“", en=", ").join(one.label for one in choice.tied)
        how = choice.how + Text(zh="，与“{}”不可区分", en=", as well as {}").fill(others)
        return attrs.evolve(choice, how=how)

    @property
    def tied(self) -> tuple[DeviationDefinition, ...]:
        """The others that fit as well."""
        return self._others(lambda fit: fit.rank)

    def as_well(self, number: int) -> tuple[DeviationDefinition, ...]:
        """The others that fit as well, or would if this row were not there to decide."""
        without = self._others(lambda fit: fit.without(number))
        all_rows = self._others(lambda fit: fit.all_rows)
        return tuple(dict.fromkeys((*without, *all_rows)))

    def _others(self, rank: Callable[[_Fit], tuple[int, ...]]) -> tuple[DeviationDefinition, ...]:
        return tuple(
            one
            for one, fit in self.fits.items()
            if one is not self.definition and rank(fit) >= rank(self.fits[self.definition])
        )


def _finding(
    relation: Relation,
    row: Row,
    operands: tuple[Operand, Operand, Operand],
    tried: Mapping[DeviationDefinition, _Tried],
    how: Text,
) -> Finding:
    """The finding by the first definition; where it does not hold, the others may be meant."""
    (definition, first), *others = tried.items()
    judgement, ranges = first.judgement, first.ranges
    unit = row.figure("deviation").unit
    due = _due(first.ranges, unit)
    if not judgement.verdict.holds:
        others = [(other, its) for other, its in others if its.ranges != ranges]
        ranges = tuple(dict.fromkeys(itertools.chain(ranges, *(its.ranges for _, its in others))))
        for other, its in others:
            due += Text(zh="，按{}则为 {}", en=", by {} {}").fill(
                other.label, _due(its.ranges, unit)
            )
    stated = operands[0]
    why = Text(
        zh="所填 {}，实际值 {}，指标值 {}；按{}（{}）应为 {}，{}",
        en="stated {}, actual {}, target {}; by {} ({}) it is {}: {}",
    ).fill(*(one.stated for one in operands), definition.label, how, due, judgement.verdict.label)
    spanning = attrs.evolve(judgement, derived=Interval.hull(ranges))
    equation = Equation(left=stated, comparator="=", right=stated)
    found = decided(relation, equation, spanning, why=why)
    several = ranges if len(ranges) > 1 else ()
    return attrs.evolve(found, operands=operands, ranges=several)


def _by_any(finding: Finding, tried: Sequence[_Tried]) -> Finding:
    """A finding that holds by several definitions: the deviation lies in a range of any of them."""
    ranges = tuple(dict.fromkeys(itertools.chain.from_iterable(one.ranges for one in tried)))
    several = ranges if len(ranges) > 1 else ()
    return attrs.evolve(finding, derived=Interval.hull(ranges), ranges=several)


def deviation_due(finding: Finding) -> Text:
    """What a deviation should be by the definition that a finding goes by."""
    return _due(finding.ranges or (finding.derived or Interval(),), finding.unit)


def _due(ranges: Sequence[Interval], unit: Unit) -> Text:
    signed = range_text(ranges[0], unit, 4)
    if len(ranges) == 1:
        return signed
    return signed + Text(zh="（负号可省）", en=" (with or without the minus sign)")


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
            why += Text(zh="；规则集如此规定", en=", as the rule has it")
        verdict = Verdict.INCONSISTENT if apart and not settled else Verdict.EXACT
        yield simple(relation, verdict, why, tuple(apart or stated), formula)


def reverse_completions(
    relation: Relation, report: SelfEvaluation, rules: RuleSet | None
) -> Iterator[Finding]:
    """W10: the completion of an indicator that should stay low, by one of its definitions.

    So may one whose target has no operator in print.

    No national text says which. Seen are actual / target, target / actual, and 2 - actual / target,
    which is 1 less the excess; and 100 % for whatever stays within the target.
    """
    for row in rows(report, "completion_rate", "actual", "target.value"):
        direction = row.indicator.target.direction
        if isinstance(direction, Direction) and direction is not Direction.AT_MOST:
            continue
        if units_differ(row.figure("actual"), row.figure("target.value")):
            continue
        rate, actual, target = (
            row.operand(report, name) for name in ("completion_rate", "actual", "target.value")
        )
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
        why = values + Text(zh="：按{}", en=": by {}").fill(name)
        if best.verdict is Verdict.INCONSISTENT:
            names = LIST.join(name for name, _ in readings)
            why = values + Text(zh="：按{}都不符", en=": by none of {}").fill(names)
        formula = f"{rate.path} = completion({actual.path}, {target.path})"
        found = simple(relation, best.verdict, why, (rate, actual, target), formula)
        if best.undefined is not None:
            why = values + Text(zh="：分母为 0", en=": the base is 0")
            found = attrs.evolve(found, why=why, reason=best.undefined.value)
        yield found


_BEST = (
    Verdict.EXACT, Verdict.ROUNDING, Verdict.TRUNCATED, Verdict.UNDEFINED, Verdict.INCONSISTENT,
)  # fmt: skip


def _is_on_one_base(row: Row, report: SelfEvaluation) -> bool | None:
    """Whether the deviation is the completion rate less 100 %; ``None`` without either."""
    deviation, completion = (row.operand(report, n) for n in ("deviation", "completion_rate"))
    if missing(Equation(left=deviation, comparator="=", right=completion)):
        return None
    if units_differ(row.figure("deviation"), row.figure("completion_rate")):
        return None
    beyond = Sum(terms=((1, completion), (-1, _WHOLE)))
    short = Sum(terms=((1, _WHOLE), (-1, completion)))
    return any(
        judge(Equation(left=deviation, comparator="=", right=side)).verdict.holds
        for side in (beyond, short)
    )


_WHOLE = Const(value=Fraction(1), unit=Unit.of("%"))
