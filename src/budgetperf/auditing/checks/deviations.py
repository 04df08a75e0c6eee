"""The checks of rates that have several definitions: deviations, completions that should be low."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

import attrs

from budgetperf.exact import LIST, Figure, Interval, Missing, Text, Unit
from budgetperf.exact.text import later
from budgetperf.model import Direction, SelfEvaluation
from budgetperf.rates import DeviationDefinition
from budgetperf.relations.composing import decided_by_rule, simple, unchecked
from budgetperf.relations.expression import Binary, Const, Equation, Expression, Operand, Sum
from budgetperf.relations.finding import Finding, Verdict, for_review
from budgetperf.relations.judging import Judgement, judge, judge_value
from budgetperf.relations.relation import Relation
from budgetperf.relations.words import printed_text, range_text
from budgetperf.rules import RuleSet
from budgetperf.scoring import deviation_of

from .rows import Row, figure_of, is_met, rows, units_differ
from .ruled import provision_of

__all__ = ["deviation_bases", "deviation_due", "deviations", "reverse_completions"]


def deviations(
    relation: Relation, report: SelfEvaluation, rules: RuleSet | None
) -> Iterator[Finding]:
    """W11: the deviations under one definition: the rule-set's, or else the one that fits best."""
    table = [
        row for row in rows(report) if row.is_measured and isinstance(row.deviation.stated, Figure)
    ]
    tried = {
        definition: [row.once(f"by {definition.value}", _trying(definition)) for row in table]
        for definition in DeviationDefinition
    }
    choice = _Choice.of(table, tried, rules)
    for number, row in enumerate(table):
        as_well = choice.as_well(number)
        # Where figures of other rows are changed, most often the same definitions are meant.
        meant = "/".join(d.value for d in (choice.definition, *as_well, *choice.tied))
        name = f"{relation.id} {meant} {len(as_well)}"
        yield row.once(name, _by(relation, number, tried, choice, as_well), rules=choice.rules)


def _by(
    relation: Relation,
    number: int,
    tried: Mapping[DeviationDefinition, Sequence[_Tried | None]],
    choice: _Choice,
    as_well: Sequence[DeviationDefinition],
) -> Callable[[Row], Finding]:
    """What makes the finding for a row, by its number."""
    by_definition = {definition: column[number] for definition, column in tried.items()}
    return lambda row: _by_choice(relation, row, by_definition, choice, as_well)


def _by_choice(
    relation: Relation,
    row: Row,
    tried: Mapping[DeviationDefinition, _Tried | None],
    choice: _Choice,
    as_well: Iterable[DeviationDefinition],
) -> Finding:
    """The finding for one deviation, once it is known by which definitions they are judged."""
    stated, actual, target = operands = row.deviation, row.actual, row.target
    formula = f"{stated.path} = deviation({actual.path}, {target.path})"
    chosen = tried[choice.definition]
    if chosen is None:
        why = relation.say("undefined")
        return unchecked(relation, "undefined", why, formula=formula, taking_part=operands)
    meant = {choice.definition: chosen}
    meant |= {other: its for other in as_well if (its := tried[other]) is not None}
    rivals = [tried[definition] for definition in choice.tied]
    holding = [its for its in rivals if its is not None and its.judgement.verdict.holds]
    finding = _finding(relation, operands, meant, _how(relation, choice), formula)
    if finding.verdict.holds:
        finding = _by_any(finding, [chosen, *holding])
    elif holding and finding.verdict is Verdict.INCONSISTENT:
        # Under another definition, which fits the report as well, it holds.
        finding = for_review(finding)
    elif choice.rules is None and finding.verdict is Verdict.INCONSISTENT and _may_be_none(row):
        finding = for_review(finding, relation.say("none-if-met", due=finding.why))
    return attrs.evolve(finding, provision=provision_of(choice.rules))


def _may_be_none(row: Row) -> bool:
    """Whether a deviation of 0 may say that the target was met, whatever was reached beyond it."""
    return figure_of(row.deviation).nominal == 0 and is_met(row) is True


@attrs.frozen(kw_only=True)
class _Tried:
    """One deviation under one definition: the verdict, and the ranges that it may lie in."""

    judgement: Judgement
    ranges: tuple[Interval, ...]


@functools.cache
def _trying(definition: DeviationDefinition) -> Callable[[Row], _Tried | None]:
    return functools.partial(_tried, definition=definition)


def _tried(row: Row, definition: DeviationDefinition) -> _Tried | None:
    """The deviation of a row under one definition; ``None`` where it has no value.

    A shortfall is printed with its minus sign or without.
    """
    stated, actual, target = map(figure_of, (row.deviation, row.actual, row.target))
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
    best = min(judgements, key=lambda either: (_BEST.index(either.verdict), either.gap or 0))
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
        cls, definition: DeviationDefinition, column: Sequence[_Tried | None], table: Sequence[Row]
    ) -> _Fit:
        relative = definition is DeviationDefinition.RELATIVE_TO_TARGET
        return cls(
            against=tuple(
                figure_of(row.actual).is_exact
                if tried is None
                else tried.judgement.verdict is Verdict.INCONSISTENT
                for row, tried in zip(table, column, strict=True)
            ),
            holding=tuple(tried is not None and tried.judgement.verdict.holds for tried in column),
            agreeing=sum(_has_one_base(row) is True for row in table) if relative else 0,
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
        rules: the rule-set that it is from, if it is from one.
        fits: how well each fits, where it was inferred.
    """

    definition: DeviationDefinition
    rules: RuleSet | None = None
    fits: Mapping[DeviationDefinition, _Fit] = attrs.field(factory=dict[DeviationDefinition, _Fit])

    @classmethod
    def of(
        cls,
        table: Sequence[Row],
        tried: Mapping[DeviationDefinition, Sequence[_Tried | None]],
        rules: RuleSet | None,
    ) -> _Choice:
        """That of the rule-set, if it has one, or else the one that fits best."""
        if rules is not None and rules.deviation is not None:
            return cls(definition=rules.deviation, rules=rules)
        fits = {
            definition: _Fit.of(definition, column, table) for definition, column in tried.items()
        }
        return cls(definition=max(fits, key=lambda definition: fits[definition].rank), fits=fits)

    @functools.cached_property
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
            definition
            for definition, fit in self.fits.items()
            if definition is not self.definition and rank(fit) >= rank(self.fits[self.definition])
        )


def _how(relation: Relation, choice: _Choice) -> Text:
    """How the definition was found, and which others cannot be told from it."""
    if choice.rules is not None:
        return relation.say("by-rules", rules=choice.rules.id)
    if not choice.tied:
        return relation.say("inferred")
    others = Text(zh="”“", en=", ").join(definition.label for definition in choice.tied)
    return relation.say("as-well", others=others)


def _finding(
    relation: Relation,
    operands: tuple[Operand, Operand, Operand],
    tried: Mapping[DeviationDefinition, _Tried],
    how: Text,
    formula: str,
) -> Finding:
    """The finding by the first definition; where it does not hold, the others may be meant."""
    (definition, first), *others = tried.items()
    meant, unit = [first], figure_of(operands[0]).unit
    due = _due(relation, first.ranges, unit)
    for other, its in others:
        if not first.judgement.verdict.holds and its.ranges != first.ranges:
            meant.append(its)
            its_due = _due(relation, its.ranges, unit)
            due = relation.say("due-too", due=due, definition=other.label, other=its_due)
    stated, actual, target = (operand.stated for operand in operands)
    why = relation.say(
        "due", stated=stated, actual=actual, target=target,
        definition=definition.label, how=how, due=due,
    )  # fmt: skip
    return _by_any(decided_by_rule(relation, first.judgement, operands, why, formula), meant)


def _by_any(finding: Finding, tried: Sequence[_Tried]) -> Finding:
    """The finding by several definitions: the deviation lies in a range of any of them."""
    ranges = tuple(dict.fromkeys(itertools.chain.from_iterable(its.ranges for its in tried)))
    several = ranges if len(ranges) > 1 else ()
    return attrs.evolve(finding, derived=Interval.hull(ranges), ranges=several)


def deviation_due(relation: Relation, finding: Finding) -> Text:
    """What a deviation should be by the definition that a finding goes by."""
    return _due(relation, finding.ranges or (finding.derived or Interval(),), finding.unit)


def _due(relation: Relation, ranges: Sequence[Interval], unit: Unit) -> Text:
    signed = later(range_text, ranges[0], unit, 4)
    return signed if len(ranges) == 1 else relation.say("either-sign", range=signed)


def deviation_bases(
    relation: Relation, report: SelfEvaluation, rules: RuleSet | None
) -> Iterator[Finding]:
    """W11: completion and deviation of one row on one base: deviation = completion - 100 %.

    Where the rule-set says what a deviation is, two bases are its own.
    """
    settled = rules is not None and rules.deviation is not None
    for statement, group in itertools.groupby(rows(report), key=lambda row: row.statement):
        stated, apart = list[Operand](), list[Operand]()
        for row in group:
            together = _has_one_base(row)
            pair = row.deviation, row.completion_rate
            stated += () if together is None else pair
            apart += pair if together is False else ()
        if not stated:
            continue
        formula = f"{statement}.indicators[*].deviation = completion_rate - 100%"
        verdict = Verdict.INCONSISTENT if apart and not settled else Verdict.EXACT
        why = _bases_text(relation, apart, settled=settled)
        yield simple(relation, verdict, why, tuple(apart or stated), formula)


def _bases_text(relation: Relation, apart: Sequence[Operand], *, settled: bool) -> Text:
    """Whether the bases are one, and the deviations and completions of rows that have two."""
    if not apart:
        return relation.say("one-base")
    pairs = zip(apart[::2], apart[1::2], strict=True)
    numbers = LIST.join(
        printed_text(rate.stated) + "/" + printed_text(deviation.stated)
        for deviation, rate in pairs
    )
    why = relation.say("two-bases", pairs=numbers)
    return relation.say("as-ruled", why=why) if settled else why


def reverse_completions(
    relation: Relation, report: SelfEvaluation, rules: RuleSet | None
) -> Iterator[Finding]:
    """W10: the completion of an indicator that should stay low, by one of its definitions.

    So may one whose target has no operator in print.

    No national text says which. Seen are actual / target, target / actual, and 2 - actual / target,
    which is 1 less the excess; and 100 % for whatever stays within the target.
    """
    for row in rows(report):
        if not row.is_measured or isinstance(row.completion_rate.stated, Missing):
            continue
        direction = row.indicator.target.direction
        may_stay_low = isinstance(direction, Missing) or direction is Direction.AT_MOST
        if may_stay_low and not units_differ(figure_of(row.actual), figure_of(row.target)):
            yield _reverse_completion(relation, row)


def _reverse_completion(relation: Relation, row: Row) -> Finding:
    """The completion of one row by the reading that fits best."""
    rate, actual, target = row.completion_rate, row.actual, row.target
    judged = [
        (name, judge(Equation(left=rate, comparator="=", right=side)))
        for name, side in _readings(relation, row)
    ]
    name, best = min(judged, key=lambda pair: _BEST.index(pair[1].verdict))
    values = relation.say("values", rate=rate.stated, actual=actual.stated, target=target.stated)
    if best.undefined is not None:
        why = relation.say("undefined", values=values)
    elif best.verdict is Verdict.INCONSISTENT:
        names = LIST.join(name for name, _ in judged)
        why = relation.say("by-none", values=values, readings=names)
    else:
        why = relation.say("by", values=values, reading=name)
    formula = f"{rate.path} = completion({actual.path}, {target.path})"
    finding = simple(relation, best.verdict, why, (rate, actual, target), formula)
    if best.undefined is None:
        return finding
    return attrs.evolve(finding, reason=best.undefined.value)


def _readings(relation: Relation, row: Row) -> list[tuple[Text, Expression]]:
    """What the completion of a row that should stay low may have been computed as."""
    actual, target = row.actual, row.target
    over = Binary(symbol="/", left=actual, right=target)
    readings: list[tuple[Text, Expression]] = [
        (relation.say("actual-by-target"), over),
        (relation.say("target-by-actual"), Binary(symbol="/", left=target, right=actual)),
        (relation.say("less-the-excess"), Sum(terms=((1, _WHOLE), (1, _WHOLE), (-1, over)))),
    ]
    if is_met(row) is not False:
        readings.append((relation.say("full-if-met"), _WHOLE))
    return readings


_BEST = (
    Verdict.EXACT, Verdict.ROUNDING, Verdict.TRUNCATED, Verdict.UNDEFINED, Verdict.INCONSISTENT,
)  # fmt: skip


def _states_both(row: Row) -> bool:
    return not isinstance(row.deviation.stated, Missing) and not isinstance(
        row.completion_rate.stated, Missing
    )


def _has_one_base(row: Row) -> bool | None:
    """Whether the deviation is the completion rate less 100 %; ``None`` without either."""
    return row.once("one base", _is_on_one_base)


def _is_on_one_base(row: Row) -> bool | None:
    deviation, completion = row.deviation, row.completion_rate
    if not _states_both(row) or units_differ(figure_of(deviation), figure_of(completion)):
        return None
    beyond = Sum(terms=((1, completion), (-1, _WHOLE)))
    short = Sum(terms=((1, _WHOLE), (-1, completion)))
    return any(
        judge(Equation(left=deviation, comparator="=", right=side)).verdict.holds
        for side in (beyond, short)
    )


_WHOLE = Const(value=Fraction(1), unit=Unit.of("%"))
