"""Scores, their total and the rating, as a rule-set gives them."""

from __future__ import annotations

import functools
import operator
from collections.abc import Iterator, Sequence
from fractions import Fraction

import attrs

from budgetperf.auditing.checks.rows import is_dash, statement
from budgetperf.auditing.checks.totals import is_plain_sum
from budgetperf.exact import (
    LIST,
    SEMICOLON,
    Figure,
    Interval,
    Missing,
    MissingReason,
    Points,
    Text,
    Unit,
    decimal_text,
    in_brackets,
)
from budgetperf.exact.number import exact_sum
from budgetperf.model import SelfEvaluation
from budgetperf.model.indicators import heading_name, is_subtotal
from budgetperf.relations.binding import operand_at, rows_of
from budgetperf.relations.expression import Operand, Sum
from budgetperf.relations.words import expression_text
from budgetperf.rules import RuleSet
from budgetperf.scoring import Scorecard, ScoreLine, Step, scorecard
from budgetperf.scoring.directions import Directions
from budgetperf.scoring.execution import states_nothing

from .columns import Due
from .composition import Computed, LeftOpen
from .following import Follows, is_blank

__all__ = ["Scored", "rating", "scores", "subtotals", "total", "total_weight", "weight"]

_POINTS = Unit.of("")
EXECUTION_ROW = "form.funding.total"


@attrs.frozen(kw_only=True)
class Scored(Follows):
    """A score with the steps that led to it."""

    steps: tuple[Step, ...] = ()


def weight(report: SelfEvaluation, rules: RuleSet) -> Iterator[Follows]:
    """The weight of budget execution, where the others leave it just that."""
    funds, rule = report.form.funding.total, rules.execution
    if rule is None or states_nothing(funds) or not is_blank(funds.weight):
        return
    stated = [operand_at(report, f"{path}.weight") for path in _row_paths(report, "form")]
    weights = [operand.stated.nominal for operand in stated if isinstance(operand.stated, Figure)]
    if len(weights) < len(stated) or exact_sum(weights) + rule.weight != rules.total:
        return
    operand = operand_at(report, f"{EXECUTION_ROW}.weight")
    how = _BY_RULES.fill(rules.id, decimal_text(rule.weight))
    yield _points(operand, rule.weight, "F06", how, (), exact=True)


_BY_RULES = Text(zh="规则集 {} 规定 {} 分", en="{} gives it {} points")


def _row_paths(report: SelfEvaluation, where: str) -> list[str]:
    return [f"{where}.indicators[{index}]" for index in rows_of(report, f"{where}.indicators")]


def scores(
    report: SelfEvaluation, rules: RuleSet, directions: Directions | None, places: int
) -> Iterator[Scored | Computed | LeftOpen]:
    """The score of each row of the form that states none."""
    card = scorecard(report, rules=rules, directions=directions)
    for line in card.lines:
        if not line.path:
            continue
        operand = operand_at(report, f"{line.path}.score")
        if not is_blank(operand.stated) or _has_no_row(line, report, rules):
            continue
        if line.excluded:
            yield _dash(operand, line)
        elif line.score is not None:
            yield _score(operand, line, line.score, rules, places)
        else:
            yield LeftOpen(
                path=operand.path,
                label=operand.label,
                reason=line.reason or "judgement",
                why=line.why or _JUDGED,
                admissible=line.admissible,
            )


_JUDGED = Text(zh="由填报人按规则评定", en="the preparer judges it by the rule")


def _has_no_row(line: ScoreLine, report: SelfEvaluation, rules: RuleSet) -> bool:
    """Whether it is budget execution, which the form has no points for."""
    if line.path != EXECUTION_ROW:
        return False
    funds = report.form.funding.total
    return isinstance(funds.weight, Missing) and (rules.execution is None or is_blank(funds.weight))


def _dash(operand: Operand, line: ScoreLine) -> Computed:
    return Computed(
        path=operand.path,
        label=operand.label,
        result=Missing(reason=MissingReason.DASH, text="—"),
        code="W04",
        how=line.why or _JUDGED,
    )


def _score(operand: Operand, line: ScoreLine, score: Points, rules: RuleSet, places: int) -> Scored:
    code = "F06" if line.path == EXECUTION_ROW else "W04"
    if rules.score_rounding is not None:
        places = rules.score_rounding.places
    due = Due(value=score.value, unit=_POINTS, places=places)
    own = None if line.status in (None, rules.status) else line.status
    how = _BY.fill(rules.id) + (in_brackets(own.label) if own else "")
    return Scored(
        path=operand.path,
        label=operand.label,
        due=due,
        code=code,
        how=how,
        operands=(),
        steps=line.steps,
    )


_BY = Text(zh="按规则集 {}", en="by {}")


def _points(
    operand: Operand,
    value: Fraction,
    code: str,
    how: Text,
    taking_part: Sequence[Operand],
    *,
    exact: bool,
    places: int = 0,
) -> Follows:
    return Follows(
        path=operand.path,
        label=operand.label,
        due=Due(value=value, unit=_POINTS, places=places, exact=exact),
        code=code,
        how=how,
        operands=tuple(taking_part),
    )


# Sums.


def _added_up(result: Operand, parts: Sequence[Operand], code: str) -> Follows | LeftOpen | None:
    """The sum of the parts that apply; nothing where there are none."""
    counted = [part for part in parts if not is_dash(part.stated)]
    known = [part.stated for part in counted if isinstance(part.stated, Figure)]
    if not known:
        return None
    if len(known) < len(counted):
        return _lacking(result, [part for part in counted if isinstance(part.stated, Missing)])
    value = exact_sum(figure.nominal for figure in known)
    how = expression_text(Sum(terms=tuple((1, part) for part in counted)))
    return _points(result, value, code, how, counted, exact=True)


def _lacking(
    result: Operand, absent: Sequence[Operand], admissible: Interval | None = None
) -> LeftOpen:
    names = LIST.join(part.label for part in absent[:_MOST_TOLD])
    more = Text(zh=" 等 {} 项", en=" and others, {} in all").fill(len(absent))
    listed = names + more if len(absent) > _MOST_TOLD else names
    return LeftOpen(
        path=result.path,
        label=result.label,
        reason="not-stated",
        why=Text(zh="待填：{}", en="to be stated first: {}").fill(listed),
        admissible=admissible,
    )


_MOST_TOLD = 5


def subtotals(report: SelfEvaluation) -> Iterator[Follows | LeftOpen]:
    """The weights and scores of rows 小计, each of its heading."""
    for where in ("narrative", "form"):
        table = statement(report, where).indicators
        firsts = {heading_name(row.level1) for row in table if row.key}
        if "" in firsts:
            continue
        for index, row in enumerate(table):
            if row.key or not any(map(is_subtotal, (row.level2, row.name))):
                continue
            first, second = heading_name(row.level1), heading_name(row.level2)
            if not first or is_subtotal(row.level1):
                continue
            names = (first,) if is_subtotal(row.level2) or not second else (first, second)
            under = [
                number
                for number, other in enumerate(table)
                if other.key
                and (heading_name(other.level1), heading_name(other.level2))[: len(names)] == names
            ]
            for column in ("weight", "score"):
                result = operand_at(report, f"{where}.indicators[{index}].{column}")
                if not is_blank(result.stated):
                    continue
                parts = [operand_at(report, f"{where}.indicators[{n}].{column}") for n in under]
                made = _added_up(result, parts, "W02")
                if made is not None:
                    yield made


def _points_of(report: SelfEvaluation, column: str) -> list[Operand]:
    """The points of all rows of the form, that of budget execution first, where it has one."""
    own = operand_at(report, f"{EXECUTION_ROW}.{column}")
    funds = report.form.funding.total
    has_row = not (is_blank(funds.weight) and is_blank(funds.score))
    paths = _row_paths(report, "form")
    return [*([own] if has_row else []), *(operand_at(report, f"{p}.{column}") for p in paths)]


def total_weight(report: SelfEvaluation) -> Iterator[Follows | LeftOpen]:
    """The total of the weights of the form; without those of budget execution only if it is 100."""
    result = operand_at(report, "form.total_weight")
    parts = _points_of(report, "weight")
    if is_blank(result.stated) and all(isinstance(p.stated, Figure) for p in parts):
        made = _added_up(result, parts, "W15")
        has_execution = not is_blank(report.form.funding.total.weight)
        if isinstance(made, Follows) and (has_execution or made.due.value == _FULL_MARKS):
            yield made


_FULL_MARKS = Fraction(100)


def total(
    report: SelfEvaluation, rules: RuleSet | None, directions: Directions | None, places: int
) -> Iterator[Follows | LeftOpen]:
    """The total of the scores as they are printed; of one that is rescaled or capped, as ruled."""
    result = operand_at(report, "form.total_score")
    if not is_blank(result.stated):
        return
    parts = _points_of(report, "score")
    made = _added_up(result, parts, "W08")
    if made is None:
        return
    card = None if rules is None else scorecard(report, rules=rules, directions=directions)
    if card is None or rules is None:
        yield made
    elif isinstance(made, LeftOpen):
        within = _within(card, is_sum=is_plain_sum(report, rules)) if _agrees(card) else None
        yield attrs.evolve(made, admissible=within)
    elif is_plain_sum(report, rules):
        yield made
    elif card.total is not None and _agrees(card) and not _counts_more(card, parts):
        how = SEMICOLON.join((_BY.fill(rules.id), *card.remarks[:2], made.how))
        yield _points(
            result, card.total.value, "W08", how, made.operands, exact=False, places=places
        )
    else:
        yield LeftOpen(
            path=result.path, label=result.label, reason="judgement", why=_RESCALED,
            admissible=card.admissible,
        )  # fmt: skip


def _within(card: Scorecard, *, is_sum: bool) -> Interval | None:
    """What the total can be: the scores that are listed, and what those that are open can be."""
    parts = [
        Interval.point(line.stated.value) if line.stated is not None else line.admissible
        for line in card.lines
        if not line.excluded
    ]
    known = [part for part in parts if part is not None]
    if not is_sum or len(known) < len(parts) or not known:
        return card.admissible
    return functools.reduce(operator.add, known)


_RESCALED = Text(
    zh="总分按规则须换算或设上限，而所填得分与规则不同，或规则给执行率计分而表中没有：请自行确定",
    en="the rule rescales or caps the total, and scores that were stated differ from the rule, or "
    "it gives points to execution that the form does not: decide on the total yourself",
)


def _counts_more(card: Scorecard, parts: Sequence[Operand]) -> bool:
    """Whether the rule gives points to the execution of the budget, and the form does not."""
    counted = {line.path for line in card.lines if not line.excluded}
    has_row = any(part.path.startswith(f"{EXECUTION_ROW}.") for part in parts)
    return EXECUTION_ROW in counted and not has_row


def _agrees(card: Scorecard) -> bool:
    """Whether no score was stated that the rule does not give; printed decimals apart."""
    return all(
        line.stated is None or line.possible is None or _rounds_to(line.stated, line.possible)
        for line in card.lines
    )


def _rounds_to(stated: Points, possible: Interval) -> bool:
    text = decimal_text(stated.value)
    figure = Figure(value=text)
    return figure.interval.intersection(possible) is not None


def rating(
    report: SelfEvaluation, rules: RuleSet, directions: Directions | None
) -> Iterator[Computed | LeftOpen]:
    """The rating of the total, where the weights make up the points of the rule-set."""
    score, path = report.form.total_score, "form.rating"
    if not rules.ratings or not is_blank(report.form.rating):
        return
    label = Text(zh="评价等级", en="rating")
    if not isinstance(score, Figure):
        yield LeftOpen(path=path, label=label, reason="not-stated", why=_NO_TOTAL)
        return
    card = scorecard(report, rules=rules, directions=directions)
    weights = [line.weight.value for line in card.lines if line.weight is not None]
    whole = exact_sum(weights)
    band = rules.rating_band(score.nominal)
    if whole != rules.total or band is None:
        why = (
            _NO_BAND.fill(score)
            if band is None
            else _ODD.fill(*map(decimal_text, (whole, rules.total)))
        )
        yield LeftOpen(path=path, label=label, reason="rule-silent", why=why)
        return
    operand = operand_at(report, "form.total_score")
    how = _RATED.fill(rules.id, score, decimal_text(band.least), band.rating)
    yield Computed(
        path=path, label=label, result=band.rating, code="W09", how=how, operands=(operand,)
    )


_NO_TOTAL = Text(zh="尚无总分", en="there is no total yet")
_NO_BAND = Text(zh="规则集没有 {} 分的等级", en="the rule-set has no rating for {} points")
_ODD = Text(
    zh="分值合计 {}，规则集为 {}，等级无从套用",
    en="the weights add up to {}, and the rule-set has {}: its ratings do not apply",
)
_RATED = Text(zh="规则集 {}：{} 分，不低于 {} 的为“{}”", en="by {}: {} points; from {} on it is {}")
