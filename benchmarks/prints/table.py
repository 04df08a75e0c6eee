"""The weights and the true scores of indicators, and the total."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

import attrs

from budgetperf.rules import IndicatorRule, RuleSet

from .beside import met_aim, with_aim, with_rule
from .marks import (
    Habit,
    Shares,
    half_up,
    indicator_shares,
    may_be_edited,
    quantitative_shares,
)
from .money import Books
from .pen import Pen
from .rows import Row, draw_rows, rule_by_name

__all__ = ["Table", "draw_table"]


@attrs.frozen(kw_only=True)
class Table:
    """All indicators with their scores.

    Args:
        rows: the indicators.
        execution: the weight and the true score of budget execution, if it is scored.
        places: the decimals of scores in print.
        total: the true total before any cap.
        rounded_first: whether scores are rounded before they are added up.
        percent_places: the decimals of actual values in percent.
    """

    rows: tuple[Row, ...]
    execution: tuple[Fraction, Fraction] | None
    places: int
    total: Fraction
    rounded_first: bool
    percent_places: int


_EXPLAINED = (
    "受疫情影响，部分工作未开展", "指标值设定偏低，今后合理设置", "项目进度滞后，下年继续实施",
    "需求增加，超出计划", "系统升级，数据未统计",
)  # fmt: skip
_UNEXPLAINED = ("", "", "无", "—")


def draw_table(pen: Pen, rules: RuleSet | None, truth: Books, execution: Shares | None) -> Table:
    """Draw the indicators of a report, and score them.

    Args:
        pen: draws.
        rules: the rule-set that the scores follow, if they follow one.
        truth: the amounts, for the execution rate.
        execution: the shares that the rule-set admits for budget execution, if it says.
    """
    percents = pen.pick((0, 1, 2, 2))
    if percents == 0:
        pen.note("whole percentages as actual values")
    rows = draw_rows(pen, rules, percents)
    scored = _execution_weight(pen, rules)
    if pen.uses("days and ranges for targets", 0.12):
        rows = [with_aim(pen, row) if _may_aim(pen, row, rules) else row for row in rows]
    rows = _weighted(pen, rows, rules, 100 - (scored or Fraction(0)))
    habit = Habit.drawn(pen, rules)
    rows = [_judged(pen, row, rules, habit, _some_apart(pen, rules, rows)) for row in rows]
    if pen.uses("rules printed beside rows", 0.2):
        rows = [with_rule(pen, row) if pen.chance(0.8) else row for row in rows]
    spent = _spent(pen, scored, execution, truth, habit)
    places, first = _rounding(pen, rules, [*rows], scored)
    rounding = (
        None if rules is None or rules.score_rounding is None else rules.score_rounding.places
    )

    def settled(score: Fraction) -> Fraction:
        if rounding is not None:
            return half_up(score, rounding)
        return half_up(score, places) if first else score

    rows = [attrs.evolve(row, score=settled(row.score)) for row in rows]
    done = None if scored is None or spent is None else (scored, settled(spent))
    rows = _at_a_limit(pen, rows, done, settled, places)
    total = _total(rows, done)
    return Table(
        rows=tuple(rows), execution=done, places=places, total=total, rounded_first=first,
        percent_places=percents,
    )  # fmt: skip


def _total(rows: Sequence[Row], execution: tuple[Fraction, Fraction] | None) -> Fraction:
    scores = [row.score for row in rows if row.applies]
    return sum(scores, start=Fraction(0) if execution is None else execution[1])


def _at_a_limit(
    pen: Pen,
    rows: list[Row],
    execution: tuple[Fraction, Fraction] | None,
    settled: Callable[[Fraction], Fraction],
    places: int,
) -> list[Row]:
    """The rows with one judged so that the total is at the limit of a rating, or just below it."""
    if not all(row.applies for row in rows):
        return rows
    below = Fraction(1, 2 * 10**places)  # printed, it is the limit
    for limit in (Fraction(90), 90 - below, Fraction(80), 80 - below, Fraction(60), 60 - below):
        for index, row in enumerate(rows):
            due = row.score + limit - _total(rows, execution)
            if row.room is None or settled(due) != due or not row.room.admits(due / row.weight):
                continue
            if pen.uses("totals at the limit of a rating", 0.06):
                changed = attrs.evolve(row, score=due, reason=pen.pick(_EXPLAINED))
                return [*rows[:index], changed, *rows[index + 1 :]]
    return rows


def _may_aim(pen: Pen, row: Row, rules: RuleSet | None) -> bool:
    return rule_by_name(row, rules) is None and pen.chance(0.4)


# Weights.


def _execution_weight(pen: Pen, rules: RuleSet | None) -> Fraction | None:
    if rules is not None and rules.execution is not None:
        return rules.execution.weight if pen.chance(0.95) else None
    if pen.uses("budget execution is not scored", 0.25):
        return None
    return Fraction(pen.pick((10, 10, 10, 20)))


def _weighted(pen: Pen, rows: list[Row], rules: RuleSet | None, whole: Fraction) -> list[Row]:
    """The rows with weights that add up to the whole; those that a rule fixes come first."""
    fixed: dict[int, Fraction] = {}
    for index, row in enumerate(rows):
        rule = rule_by_name(row, rules)
        if rule is not None and rule.weight is not None:
            fixed[index] = rule.weight
    free = [index for index in range(len(rows)) if index not in fixed]
    left = whole - sum(fixed.values(), start=Fraction(0))
    free = free[: int(left)]  # every row weighs something
    parts = _parts(pen, left, len(free))
    weights = fixed | dict(zip(free, parts, strict=True))
    return [attrs.evolve(rows[index], weight=weights[index]) for index in sorted(weights)]


def _parts(pen: Pen, whole: Fraction, number: int) -> list[Fraction]:
    grain = pen.pick((Fraction(1), Fraction(1), Fraction(1), Fraction(1, 2), Fraction(1, 100)))
    if grain != 1:
        pen.note("weights with decimals")
    if pen.uses("equal weights", 0.4):
        part = int(whole / number / grain) * grain
        return [part] * (number - 1) + [whole - part * (number - 1)]
    units = int(whole / grain)
    cuts = sorted(pen.rng.sample(range(1, units), number - 1))
    return [(b - a) * grain for a, b in zip([0, *cuts], [*cuts, units], strict=True)]


# Scores.


def _some_apart(pen: Pen, rules: RuleSet | None, rows: Sequence[Row]) -> bool:
    """Whether a row may be one that does not apply."""
    likely = 0.4 if rules is not None and rules.not_applicable is not None else 0.03
    return len(rows) > 2 and pen.chance(likely / 2)


def _judged(pen: Pen, row: Row, rules: RuleSet | None, habit: Habit, apart: bool) -> Row:
    """The row with its true score, and what stands in the column of reasons."""
    named = rule_by_name(row, rules)
    if apart or (named is not None and named.not_applicable is not None and pen.chance(0.4)):
        full = named is not None and named.not_applicable is not None
        pen.note("full marks for what does not apply" if full else "rows that do not apply")
        return attrs.evolve(
            row, applies=full, actual=None, reached="", score=row.weight if full else Fraction(0),
            reason="不涉及",
        )  # fmt: skip
    shares = _by_rules(pen, row, rules, named)
    if shares is None:
        share = habit.share(row.attained)
        if row.target is None:
            shares = Shares(low=Fraction(0), high=Fraction(1))
        if rules is None and row.target is None:
            share = pen.pick((Fraction(1), Fraction(9, 10))) * (1 - habit.reserve)
    else:
        share = shares.draw(pen)
    reason = pen.pick(_UNEXPLAINED)
    if share < 1 and pen.chance(0.7):
        reason = pen.pick(_EXPLAINED)
    if row.attained > Fraction(13, 10) and share < 1:
        reason = "指标值设定偏低，超额完成，按偏离度扣分"
    midyear = Fraction(pen.whole(0, 10), 10)
    return attrs.evolve(row, score=row.weight * share, reason=reason, midyear=midyear, room=shares)


def _by_rules(
    pen: Pen, row: Row, rules: RuleSet | None, named: IndicatorRule | None
) -> Shares | None:
    """The shares that the rule-set admits; ``None`` if it says nothing of such a row."""
    if rules is None:
        return None
    if named is not None and row.actual is not None:
        if named.weight is not None and named.weight != row.weight:
            return None
        return indicator_shares(named, pen, actual=row.actual, weight=row.weight)
    if met_aim(row) is not None:
        return Shares.only(Fraction(1)) if met_aim(row) else None
    if row.target is None or row.actual is None:
        band = rules.band(row.reached)  # by its name or an alias
        if band is None or band.shares.lower is None or band.shares.upper is None or not row.words:
            return None
        return Shares(
            low=band.shares.lower, high=band.shares.upper, excluded=not band.shares.upper_closed
        )
    rule = {
        "≥": rules.at_least, ">": rules.above or rules.at_least, "": rules.at_least,
        "≤": rules.at_most, "<": rules.below or rules.at_most, "=": rules.equal,
    }[row.operator]  # fmt: skip
    if rule is None:
        return None
    values = {"actual": row.actual, "target": row.target}
    shares = quantitative_shares(rule, rules, **values, is_rate=row.is_rate)
    if shares is not None and row.target > 0 and row.weight:
        for deduction in rule.deductions:  # all that are shipped are over the completion
            if row.actual / row.target in deduction.within:
                off = deduction.points / row.weight
                ends = (max(Fraction(0), share - off) for share in (shares.low, shares.high))
                shares = Shares(low=next(ends), high=next(ends))
    edited = may_be_edited(rule, **values) and pen.uses("a flagged score edited by hand", 0.4)
    if shares is not None and edited:
        return Shares(low=shares.high / 2, high=shares.high)
    return shares


def _spent(
    pen: Pen, weight: Fraction | None, shares: Shares | None, truth: Books, habit: Habit
) -> Fraction | None:
    """The true score of budget execution."""
    if weight is None:
        return None
    if shares is not None:
        return weight * shares.draw(pen)
    total = truth.total
    rate = total.executed / total.revised if total.revised > 0 else Fraction(1)
    return weight * min(Fraction(1), habit.share(rate))


def _rounding(
    pen: Pen, rules: RuleSet | None, rows: Sequence[Row], execution: Fraction | None
) -> tuple[int, bool]:
    """The decimals of scores in print, and whether they are rounded before they are added up."""
    scores = [row.score for row in rows]
    whole_weights = all(row.weight.denominator == 1 for row in rows)
    if rules is not None and rules.score_rounding is not None:
        places = pen.pick((2, 2, 2, 3, 1))
        pen.note(f"scores with {places} places")
        return places, False
    if whole_weights and pen.uses("scores in whole points", 0.3):
        return 0, True
    finest = next(n for n in range(9) if all((row.weight * 10**n).denominator == 1 for row in rows))
    places = max(finest, pen.pick((1, 2, 2, 2, 4)))
    pen.note(f"scores with {places} places")
    if any(half_up(score, places) != score for score in scores):
        if pen.uses("scores rounded before they are added up", 0.5):
            return places, True
        pen.note("scores rounded after they are added up")
    return places, False
