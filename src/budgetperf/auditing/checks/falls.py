"""The check of scores that fall as completion rises."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import cast

import attrs

from budgetperf.exact import Interval, Missing, Text, decimal_text, unit_in_last_place
from budgetperf.model import Direction, Indicator, SelfEvaluation
from budgetperf.model.indicators import plain_name
from budgetperf.relations.composing import asked, simple, unchecked
from budgetperf.relations.expression import Equation, Operand
from budgetperf.relations.finding import Finding, Verdict
from budgetperf.relations.relation import Relation
from budgetperf.rules import RuleSet
from budgetperf.rules.catalogue import rulesets
from budgetperf.scoring.marking.printed import printed_rule

from .reasons import explanations
from .rows import Row, figure_of, rows, units_differ
from .ruled import is_edited, provision_of, score_verdict, with_printed

__all__ = ["monotone_scores"]


def monotone_scores(
    relation: Relation, report: SelfEvaluation, rules: RuleSet | None
) -> Iterator[Finding]:
    """W06: among equal weights, a score does not fall as completion rises to 100 %.

    A fall is a contradiction where no rule that rises up to 100 % could give the scores, rounded as
    they are printed, and where the chosen rule-set gives another score than the lower one. What
    else may have a reason of its own is for a reviewer: a completion above 100 %, a deduction that
    is explained, two kinds of indicators, a name that has a rule of its own (预算完成率), targets
    without an operator. All falls of one weight are one finding, which names the greatest.

    Where the chosen rule-set says of both scores whether they are due, and one is not, the fall
    comes of that, and W04 has told it.
    """
    words = explanations(report)
    groups: dict[tuple[str, Fraction, bool], list[_Scored]] = defaultdict(list)
    for row in rows(report):
        if not (row.is_scored and row.is_measured):
            continue
        direction, target = row.indicator.target.direction, figure_of(row.target)
        rising = isinstance(direction, Missing) or direction in _RISING
        if rising and target.nominal > 0 and not units_differ(figure_of(row.actual), target):
            scored = _Scored.of(row, report, explained=bool(words.get(row.path)), rules=rules)
            weight = figure_of(row.weight).nominal
            groups[row.statement, weight, scored.has_operator].append(scored)
    for (statement, weight, _), members in groups.items():
        if len(members) > 1:
            points = decimal_text(weight)
            formula = f"scores of {statement}.indicators with weight {points} rise with completion"
            yield _finding(relation, members, points, formula, rules)


_RISING = (Direction.AT_LEAST, Direction.EQUAL)


@attrs.frozen(kw_only=True)
class _Scored:
    """An indicator with its completion and its score.

    Args:
        row: the indicator.
        completion: the completions behind the print, those above 100 % counted as 100 %.
        exceeds: whether the completion may be above 100 %, where a deduction may have a reason.
        score: the printed score.
        step: the unit in its last place.
        kind: what else tells one rule from another: the operator, and whether it is a satisfaction,
            which several forms score by bands of its own.
        explained: whether a reason is given.
        by_rule: what the chosen rule-set makes of the score; ``None`` if it says nothing of it.
    """

    row: Row
    completion: Interval
    exceeds: bool
    score: Fraction
    step: Fraction
    kind: tuple[object, ...]
    explained: bool
    by_rule: Verdict | None

    @classmethod
    def of(
        cls, row: Row, report: SelfEvaluation, *, explained: bool, rules: RuleSet | None
    ) -> _Scored:
        score, target = figure_of(row.score), row.indicator.target
        completion, exceeds = row.once("completion", _completion)
        return cls(
            row=row,
            completion=completion,
            exceeds=exceeds,
            score=score.nominal,
            step=unit_in_last_place(score.places) * score.unit.scale,
            kind=(target.direction, target.strict, _is_satisfaction(row.indicator)),
            explained=explained,
            by_rule=_by_rule(row, report, rules),
        )

    @property
    def name(self) -> str:
        return self.row.indicator.key

    @property
    def has_operator(self) -> bool:
        """Whether the target says which way is better."""
        return isinstance(self.row.indicator.target.direction, Direction)

    @property
    def is_due(self) -> bool:
        """Whether the rule-set, or the rule printed beside the row, gives the score."""
        return self.by_rule is not None and self.by_rule.holds

    @property
    def is_wrong(self) -> bool:
        """Whether it gives another one."""
        return self.by_rule is Verdict.INCONSISTENT

    @property
    def has_own_rule(self) -> bool:
        """Whether its rule is printed beside it, or its name is one that forms have a rule for."""
        return bool(printed_rule(self.row.indicator)) or plain_name(self.name) in _named_by_rules()


def _by_rule(row: Row, report: SelfEvaluation, rules: RuleSet | None) -> Verdict | None:
    """What the rule-set, or the rule printed beside the row, makes of a score; nothing where
    another one may be written by hand."""
    due_by = with_printed(row, rules)
    if due_by is None:
        return None
    verdict = score_verdict(row, report, due_by)
    is_due = verdict is not None and verdict.holds
    return verdict if is_due or not is_edited(row, due_by) else None


def _completion(row: Row) -> tuple[Interval, bool]:
    """The completions behind the print up to 100 %, and whether there are any above."""
    values = figure_of(row.actual).interval.scaled(1 / figure_of(row.target).nominal)
    return values.intersection(_UP_TO_FULL) or _FULL, not _UP_TO_FULL.covers(values)


_UP_TO_FULL, _FULL = Interval(upper=1), Interval.point(1)


def _is_satisfaction(indicator: Indicator) -> bool:
    words = (indicator.level1, indicator.level2, indicator.name)
    return any(isinstance(word, str) and "满意" in word for word in words)


@attrs.frozen(kw_only=True)
class _Fall:
    """Two indicators: the one with the lower completion has the higher score."""

    worse: _Scored
    better: _Scored

    @property
    def depth(self) -> Fraction:
        return self.worse.score - self.better.score

    @property
    def within_rounding(self) -> bool:
        """Whether the scores need not have fallen before they were rounded, in whatever mode."""
        return self.depth < max(self.worse.step, self.better.step)


def _finding(
    relation: Relation, members: list[_Scored], weight: str, formula: str, rules: RuleSet | None
) -> Finding:
    beyond = _beyond_rounding(_untold(members))
    if not beyond:
        by_rule = _beyond_rounding(_told(members))
        if by_rule:
            return _told_by_rule(relation, by_rule, weight, formula, rules)
        return _without_fall(relation, members, weight, formula)
    certain = _contradictions(members) if members[0].has_operator else []
    fall = max(certain or beyond, key=lambda fall: fall.depth)
    pair = _figures(fall)
    why = _text(relation, fall, weight, others=len(beyond) - 1)
    if certain:
        worse, better = fall.worse.row.score, fall.better.row.score
        order = Equation(left=worse, comparator="≤", right=better)
        finding = simple(relation, Verdict.INCONSISTENT, why, pair, formula)
        return attrs.evolve(finding, equation=order)
    return asked(relation, _doubted(relation, fall, why), pair, formula)


def _without_fall(relation: Relation, members: list[_Scored], weight: str, formula: str) -> Finding:
    """The finding where no score falls, but for rounding and for what the rule-set has."""
    scores = tuple(member.row.score for member in members)
    why = relation.say("rising", weight=weight, count=len(members))
    if _beyond_rounding(_falls(members, members)):  # to scores that are due: no others are left
        why = relation.say("but-for-rules", why=why)
    falls = _falls(members, [member for member in members if not member.is_due])
    if falls:
        why = relation.say("but-for-rounding", why=why)
    verdict = Verdict.ROUNDING if falls else Verdict.EXACT
    return simple(relation, verdict, why, scores, formula)


def _figures(fall: _Fall) -> tuple[Operand, ...]:
    """What the two rows of a fall state, the score first."""
    return tuple(
        operand
        for row in (fall.worse.row, fall.better.row)
        for operand in (row.score, row.weight, row.actual, row.target)
    )


def _told_by_rule(
    relation: Relation, falls: list[_Fall], weight: str, formula: str, rules: RuleSet | None
) -> Finding:
    """The finding where there are no other falls than those that W04 has told."""
    fall = max(falls, key=lambda fall: fall.depth)
    why = relation.say("see-score", why=_text(relation, fall, weight, others=len(falls) - 1))
    return unchecked(
        relation, "by-rule", why,
        formula=formula, taking_part=_figures(fall), provision=provision_of(rules),
    )  # fmt: skip


def _untold(members: list[_Scored]) -> list[_Fall]:
    """The falls that W04 has not told, to scores that the chosen rule-set does not give."""
    silent = [member for member in members if member.by_rule is None]
    return _falls(members, silent) + _against_rule(members)


def _against_rule(members: list[_Scored]) -> list[_Fall]:
    """Of these, those where the rule-set says something of the lower score."""
    silent = [member for member in members if member.by_rule is None]
    wrong = [member for member in members if member.is_wrong]
    cut = [member for member in members if member.by_rule is Verdict.TRUNCATED]
    return _falls(silent, wrong) + _falls(_not_wrong(members), cut)


def _told(members: list[_Scored]) -> list[_Fall]:
    """The falls that W04 has told: one of both scores is not due. Where nothing is said of one of
    them, the fall is among those that are untold."""
    wrong = [member for member in members if member.is_wrong]
    return _falls(members, wrong) + _falls(wrong, _not_wrong(members))


def _not_wrong(members: list[_Scored]) -> list[_Scored]:
    return [member for member in members if not member.is_wrong]


def _beyond_rounding(falls: list[_Fall]) -> list[_Fall]:
    return [fall for fall in falls if not fall.within_rounding]


def _contradictions(members: list[_Scored]) -> list[_Fall]:
    """The falls that no rule could give, or that the chosen rule-set does not."""
    against = _beyond_rounding(_against_rule(members))
    kinds: dict[tuple[object, ...], list[_Scored]] = defaultdict(list)
    for member in members:
        kinds[member.kind].append(member)
    for alike in kinds.values():
        falls = _without_reason(alike)
        if falls:  # only now: to know the names takes reading all rule-sets that are shipped
            falls = _without_reason([member for member in alike if not member.has_own_rule])
        against += falls
    return against


def _without_reason(alike: list[_Scored]) -> list[_Fall]:
    """The falls among indicators of one kind for which nothing that is printed is a reason."""
    bare = [
        member
        for member in alike
        if member.by_rule is None and not member.exceeds and not member.explained
    ]
    return _beyond_rounding(_falls(alike, bare))


@functools.cache
def _named_by_rules() -> frozenset[str]:
    """The names of indicators that forms score by a rule of their own: 预算完成率 and the like.

    Those for which a shipped rule-set has one, and budget execution.
    """
    ruled = (name for rules in rulesets for rule in rules.indicators for name in rule.names)
    return frozenset(map(plain_name, ("预算执行率", *ruled)))


def _falls(worse: Iterable[_Scored], better: Iterable[_Scored]) -> list[_Fall]:
    """The deepest fall to each of ``better``, if there is one: in n log n steps."""
    below = sorted(worse, key=lambda scored: _upper_end(scored.completion))
    passed = 0
    # One for each step, since rounding hides a fall up to the larger step of the two: the highest
    # score, in whole points, may be within rounding where a lower one with decimals is not.
    highest: dict[Fraction, _Scored] = {}  # of those with a surely lower completion, by step
    deepest: list[_Fall] = []
    for low in sorted(better, key=lambda scored: _lower_end(scored.completion)):
        while passed < len(below) and _surely_below(below[passed].completion, low.completion):
            other = below[passed]
            if other.step not in highest or other.score > highest[other.step].score:
                highest[other.step] = other
            passed += 1
        falls = [_Fall(worse=top, better=low) for top in highest.values() if top.score > low.score]
        if falls:
            deepest.append(max(falls, key=lambda fall: (not fall.within_rounding, fall.depth)))
    return deepest


# Completions of figures have both ends.


def _lower_end(values: Interval) -> tuple[Fraction, bool]:
    return cast("Fraction", values.lower), not values.lower_closed


def _upper_end(values: Interval) -> tuple[Fraction, bool]:
    return cast("Fraction", values.upper), values.upper_closed


def _surely_below(a: Interval, b: Interval) -> bool:
    """Whether ``a`` is below ``b`` for all true values."""
    return a.gap(b) is not None and _upper_end(a)[0] <= _lower_end(b)[0]


def _text(relation: Relation, fall: _Fall, weight: str, *, others: int) -> Text:
    worse, better = fall.worse, fall.better
    why = relation.say(
        "fall", weight=weight, worse=worse.name, more=worse.row.score.stated,
        better=better.name, less=better.row.score.stated,
    )  # fmt: skip
    return relation.say("more-falls", why=why, count=others) if others else why


def _doubted(relation: Relation, fall: _Fall, why: Text) -> Text:
    """The fall in words, with why it may be in order."""
    if not fall.better.has_operator:
        return relation.say("no-operator", why=why)
    if fall.better.exceeds:
        return relation.say("exceeding", why=why)
    if fall.better.explained:
        return relation.say("explained", why=why)
    for scored in (fall.worse, fall.better):
        if scored.has_own_rule:
            return relation.say("own-rule", why=why, name=scored.name)
    return relation.say("two-kinds", why=why)
