"""Scores from completion and execution, by a rule-set: exact, with the steps that led to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import TypeAlias, cast

import attrs

from budgetperf.exact import (
    COMMA,
    LIST,
    Figure,
    Interval,
    Missing,
    Points,
    Stated,
    Text,
    decimal_text,
    in_brackets,
)
from budgetperf.exact.checking import wrong_type
from budgetperf.exact.interval import interval_sum
from budgetperf.exact.number import exact_sum
from budgetperf.exact.quantities import points_of
from budgetperf.exact.shown import Json, Pictured, Shown
from budgetperf.exact.text import WrongTypeError, shortened
from budgetperf.exact.written.brief import Several, in_brief
from budgetperf.exact.written.by_name import by_name
from budgetperf.model import FundingTotal, Indicator, SelfEvaluation, StatedText, Statement
from budgetperf.receipts import Library, Made, Receipt
from budgetperf.receipts.making import ends_told, library, receipt_for
from budgetperf.rules import Demand, Gauge, RuleSet, Status, TotalCap, get

from .ages import out_of_time
from .asking import NOTHING_ASKED, Asked, asked_for, asked_of_row
from .directions import (
    Directions,
    Given,
    directed_report,
    direction_remarks,
    given_for,
    row_remark,
    signs_of,
)
from .execution import (
    ExecutionGiven,
    FormToScore,
    form_to_score,
    is_unstated,
    rate_alone,
    states_nothing,
)
from .gauges import (
    Gauged,
    Quotient,
    budget_gauges,
    execution_shown,
    is_lifted,
    lead,
    set_off,
    shows,
)
from .marks import (
    NoScore,
    ScoreRange,
    Step,
    deviation_of,
    does_not_apply,
    execution_base,
    execution_mark,
    execution_result,
    execution_score,
    indicator_score,
    rounded,
    rounded_range,
    set_apart,
    weight_points,
    with_standing,
)
from .tables import row_scores

__all__ = [
    "EXECUTION",
    "EXECUTION_NAME",
    "NoScore",
    "ScoreLine",
    "ScoreRange",
    "Scorecard",
    "Step",
    "deviation_of",
    "execution_base",
    "execution_line",
    "execution_score",
    "indicator_line",
    "indicator_score",
    "ruleset",
    "scorecard",
]


@attrs.frozen(kw_only=True)
class ScoreLine(Shown):
    """A row of a scorecard.

    Args:
        name: the indicator, or 预算执行率.
        weight: its weight, if stated.
        stated: the score that the report states, if it does.
        score: the recomputed score; ``None`` where it does not follow.
        admissible: the scores that the rule admits, where it leaves room for judgement.
        possible: the scores that the rule admits for some of the true values behind the figures;
            the score alone where these are exact.
        steps: how the score came about.
        why: why there is no score, or no single one.
        reason: the code of why there is none.
        status: what the rule that gave the score rests on.
        excluded: whether it does not apply and is left out of the total.
        demands: what the rule asks for here, each once.
        remarks: the same in words; what the rule rests on, where it is unverified or not what the
            rule-set rests on; and another weight of budget execution, where the form prints one.
        path: where it stands in the report, such as ``form.indicators[2]``, which tells rows of
            one name apart; ``""`` of what was scored alone. Equal lines may stand elsewhere.
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
    possible: Interval | None = None
    path: str = attrs.field(default="", eq=False)

    def __repr__(self) -> str:
        name = [f"{shortened(self.name)}:"] if self.name else []
        score = self.score if self.score is not None else self.admissible or "—"
        weight = "—" if self.weight is None else self.weight
        return in_brief(self, *name, score, "of", weight)


@attrs.frozen(kw_only=True)
class Scorecard(Pictured, Shown):
    """The scores of a report, recomputed under a rule-set.

    Its picture: the scores as bars, each against its weight; a line marks a stated score that
    differs.

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
        remarks: the same in words, what caps the total, that the weights add up to something
            else than the total of the rule-set, that this was not in force when the report was
            made, and what is missing where there is no total.
        rating_status: what the band of the rating rests on.
        caps: the caps that the printed figures set.
        subtotal: the sum of the scores of the indicators alone, without budget execution and
            neither rescaled nor capped; ``None`` if there are none, or one of them does not follow.
        directions: the directions that were stated for targets without an operator, as signs.
        report: what was scored, with the amounts that were given beside it; ``None`` of a card that
            was put together by hand, and where a rate was given that no report holds.
        by: the library that made it. Cards are equal that give the same scores, whatever they
            were made of and by.
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
    subtotal: Points | None = None
    directions: Mapping[str, str] = attrs.field(factory=dict[str, str])
    report: SelfEvaluation | None = attrs.field(default=None, eq=False)
    by: Library = attrs.field(factory=library, eq=False)

    @property
    def receipt(self) -> Receipt | None:
        """What a second person needs to get the same result; ``None`` if there is no report."""
        if self.report is None:
            return None
        total = {} if self.total is None else {"total": decimal_text(self.total.value)}
        rating = {} if self.rating is None else {"rating": self.rating}
        return receipt_for(
            Made.SCORECARD,
            self.report,
            self.by,
            result=_result_data(self),
            rules=(self.rules,),
            directions=self.directions,
            outcome={"lines": str(len(self.lines)), **total, **rating},
        )

    def __repr__(self) -> str:
        total = self.total if self.total is not None else self.admissible or "—"
        rating = f" {self.rating}" if self.rating else ""
        return in_brief(self, f"by {self.rules.id}: {total}{rating}, {len(self.lines)} lines")


def ruleset(rules: RuleSet | str) -> RuleSet:
    """A rule-set as it is, or the shipped one of that id.

    Raises:
        NotFoundError: there is no such id.
        WrongTypeError: it is neither (a ``TypeError``).
    """
    return rules if isinstance(rules, RuleSet) else get(rules)


@by_name
def scorecard(
    report: SelfEvaluation | Iterable[Indicator],
    *,
    rules: RuleSet | str,
    execution: ExecutionGiven = None,
    directions: Directions | None = None,
) -> Scorecard:
    """Every score of the report's form recomputed under a rule-set, with the steps.

    Where a form states no amounts, a row 预算执行率 among its indicators is budget execution if it
    has the points of the rule-set for that and stands under no other heading, or all weights make
    up the total with it; its line says so. A row of that name that is scored as an indicator is
    told in ``remarks``.

    Args:
        report: the report, or the rows of its form alone. Where budget execution is in neither,
            and the rule-set gives it points, there is a ``subtotal`` and no total.
        rules: a rule-set, or the id of one that is shipped.
        execution: budget execution, where ``report`` says nothing of it: the amounts as a
            ``FundingTotal``, or a rate such as ``"86.18%"``.
        directions: the direction of targets that are printed without an operator, by the name of
            the indicator or its heading: ``{"成本指标": "≤"}``. What was used is remarked.

    Raises:
        NotFoundError: there is no such id.
        WrongTypeError: one of them is something else (a ``TypeError``).
        BudgetperfError: ``execution`` is given, and is in the report or the rows already; a
            direction is none.
    """
    rules = ruleset(rules)
    if not isinstance(report, SelfEvaluation):
        report = SelfEvaluation(form=Statement(indicators=_rows_of_form(report)))
    given = given_for(report, directions)
    stated, form = report, form_to_score(report, rules, execution)
    report, directions_by_path = directed_report(form.report, given)
    funds = report.form.funding.total
    gauged = budget_gauges(funds, rules)
    rate = rate_alone(funds, form.rate)
    if rate is not None:
        gauged[Gauge.EXECUTION] = rate
    place = "form.funding.total" if form.row is None else f"form.indicators[{form.row}]"
    executed = execution_line(funds, rules, rate=rate, path=place)
    if form.row is not None:
        taken = _TAKEN.fill(form.row + 1, str(report.form.indicators[form.row].name))
        executed = attrs.evolve(executed, remarks=(taken, *executed.remarks))
    table = report.form.indicators
    results = row_scores(table, rules, elsewhere=report.narrative.indicators)
    asked_before: _AskedBefore = {}
    rows = [
        _with_direction(
            indicator_line(
                indicator, result, rules, path=f"form.indicators[{index}]", before=asked_before
            ),
            directions_by_path,
        )
        for index, (indicator, result) in enumerate(zip(table, results, strict=True))
        if indicator.key and index != form.row
    ]
    lines = [executed, *rows]
    total, odd, gaps = _Total(value=None, admissible=None), None, None
    if rows:
        summed = rows if rules.execution is None and _states_no_score(funds) else lines
        total, odd = _total(summed, rules), _odd_weights(summed, rules)
        gaps = _gaps(summed, rows)
    for cap in rules.total_caps:
        if cap.on in gauged and not is_lifted(cap, report):
            total = total.capped(cap, gauged[cap.on], rules)
    age = out_of_time(rules, report.department)
    demands, asked = _asked_of_card(rules, gauged, lines, total.value)
    # The bands are of the total of the rule-set: where the weights make up another, none fits.
    rating = None if odd is not None or total.value is None else rules.rating_band(total.value)
    subtotal = _sum_of_scores(rows)
    return Scorecard(
        rules=rules,
        lines=Several(lines),
        total=None if total.value is None else Points(total.value),
        admissible=total.admissible,
        rating=None if rating is None else rating.rating,
        steps=total.steps,
        demands=demands,
        remarks=(
            *direction_remarks(given, directions_by_path),
            *_if_any(age),
            *_if_any(gaps),
            *_if_any(form.remark),
            *_if_any(odd),
            *total.remarks,
            *asked,
        ),
        rating_status=None if rating is None else rating.status or rules.status,
        caps=total.caps,
        subtotal=None if subtotal is None else Points(subtotal),
        directions=signs_of(directions),
        # As it was given, without the directions, so that its receipt holds for the document.
        report=stated if execution is None else _with_given(form),
    )


def _with_given(form: FormToScore) -> SelfEvaluation | None:
    """The report with budget execution that was given beside it, which no document holds.

    A rate by itself stands in no report.
    """
    return None if form.rate is not None else attrs.evolve(form.report, reading=None)


def _result_data(card: Scorecard) -> Json:
    """What counts of a card, as plain data: every score, without the words."""
    lines: list[Json] = [
        [
            line.path,
            *(_points_data(points) for points in (line.weight, line.stated, line.score)),
            ends_told(line.admissible),
            ends_told(line.possible),
            [decimal_text(step.value) for step in line.steps],
            line.reason,
            line.excluded,
            [demand.value for demand in line.demands],
        ]
        for line in card.lines
    ]
    return [
        lines,
        _points_data(card.total),
        _points_data(card.subtotal),
        ends_told(card.admissible),
        card.rating,
        [decimal_text(step.value) for step in card.steps],
        [[cap.on.value, decimal_text(cap.most)] for cap in card.caps],
        [demand.value for demand in card.demands],
    ]


def _points_data(points: Points | None) -> Json:
    return None if points is None else decimal_text(points.value)


def _rows_of_form(rows: Iterable[object]) -> tuple[Indicator, ...]:
    """The rows that were given in place of a report.

    Raises:
        WrongTypeError: they are something else, such as a table that is to be read first.
    """
    is_iterable = isinstance(rows, Iterable)  # pyright: ignore[reportUnnecessaryIsInstance]
    if is_iterable and not isinstance(rows, (str, bytes)):
        several = tuple(rows)
        if all(isinstance(row, Indicator) for row in several):
            return cast("tuple[Indicator, ...]", several)
    message = wrong_type(rows, SelfEvaluation | Iterable) + Text(
        zh="；表格请先用 bp.indicators(…) 读取，文件用 bp.read(…)",
        en="; read a table by bp.indicators(…), and a document by bp.read(…)",
    )
    raise WrongTypeError("wrong-type", message, field="report")


def _with_direction(line: ScoreLine, directions_by_path: Mapping[str, Given]) -> ScoreLine:
    """The line with the direction that was stated for it, if one was."""
    stated = directions_by_path.get(line.path)
    if stated is None:
        return line
    return attrs.evolve(line, remarks=(row_remark(stated), *line.remarks))


_TAKEN = Text(
    zh="取自指标表第 {} 行“{}”",
    en="this is row {} of the indicators, {}",
)


def _if_any(remark: Text | None) -> tuple[Text, ...]:
    return () if remark is None else (remark,)


# The rows.


def execution_line(
    total: FundingTotal,
    rules: RuleSet,
    *,
    rate: Gauged | None = None,
    path: str = "",
) -> ScoreLine:
    """The row of budget execution.

    Args:
        total: the funds of the form.
        rules: the rule-set.
        rate: the execution rate; by default that of the amounts, where it can be had.
        path: where the funds stand in the report.
    """
    rule = rules.execution
    row = (EXECUTION, _points_of(total.score), path)
    if rule is None:
        return _line(row, None, execution_result(total, rules), rules)
    if rate is None:
        shown = execution_shown(total, rules)
        result = _ABSENT if states_nothing(total) else execution_result(total, rules)
    else:
        shown = rate.value
        result = execution_mark(rule, shown, rate.spread, rounding=rules.score_rounding)
    known = {} if shown is None else {Gauge.EXECUTION: shows(shown)}
    asked = asked_for(set_off(rules.triggers, known), known, rules)
    line = _line(row, Points(rule.weight), result, rules, asked)
    other = _other_weight(total.weight, rule.weight, rules)
    return line if other is None else attrs.evolve(line, remarks=(other, *line.remarks))


EXECUTION = "预算执行率"
"""The name of the row of budget execution."""
_ABSENT = NoScore(
    code="absent",
    why=Text(
        zh="预算数和执行数均未提供",
        en="neither budget nor amount executed is given",
    ),
)


def _points_of(figure: Stated) -> Points | None:
    return points_of(figure.nominal) if isinstance(figure, Figure) else None


def _other_weight(printed: Stated, weight: Fraction, rules: RuleSet) -> Text | None:
    """That the form prints another weight of budget execution than the rule has."""
    if isinstance(printed, Missing):
        return None
    if weight_points(printed, rules) == weight:
        return None
    points = decimal_text(weight)
    return Text(
        zh=f"表中分值为 {printed}，按规则集规定的分值 {points} 计算",
        en=f"the form gives a weight of {printed}; the weight of {points} of the rule-set is used",
    )


def indicator_line(
    indicator: Indicator,
    result: ScoreRange | NoScore | None,
    rules: RuleSet,
    *,
    path: str = "",
    before: _AskedBefore | None = None,
) -> ScoreLine:
    """The row of an indicator with what a rule-set gives it; ``None`` where it has no weight.

    Args:
        indicator: the row.
        result: its score.
        rules: the rule-set.
        path: where it stands in the report.
        before: what rows of the same table ask for, by their score: those that say the same have
            one and the same.
    """
    name = indicator.name if isinstance(indicator.name, str) else ""
    row = (name, _points_of(indicator.score), path)
    if result is None or isinstance(indicator.weight, Missing):
        return _no_line(row, None, _OUT if _is_out(indicator) else _WEIGHTLESS)
    known = None if before is None else before.get(id(result))
    if known is not None and known[1] == indicator.explanation:
        _, _, weight, asked = known
        return _line(row, weight, result, rules, asked)
    weight = points_of(weight_points(indicator.weight, rules))
    asked = asked_of_row(indicator, rules, weight, result)
    # Why there is none may be the same of rows that have nothing else in common. The result is kept
    # with it, so that no other gets its id.
    if before is not None and isinstance(result, ScoreRange):
        before[id(result)] = result, indicator.explanation, weight, asked
    return _line(row, weight, result, rules, asked)


_WEIGHTLESS = NoScore(code="not-stated", why=Text(zh="分值未填报", en="the weight is not stated"))
_OUT = NoScore(
    code="not-applicable",
    why=Text(zh="填写为不适用，也没有分值", en="stated not to apply, and has no weight"),
)


def _is_out(indicator: Indicator) -> bool:
    """Whether a row does not apply, and has neither weight nor score to say that it counts."""
    return does_not_apply(indicator) and all(
        isinstance(stated, Missing) and (stated.says_none or stated.is_blank)
        for stated in (indicator.weight, indicator.score)
    )


_Row: TypeAlias = tuple[str, Points | None, str]
"""The name of a row, the score that it states, and where it stands."""
_AskedBefore: TypeAlias = "dict[int, tuple[ScoreRange, StatedText, Points, Asked]]"
"""What rows ask for, by the id of their score."""


def _line(
    row: _Row,
    weight: Points | None,
    result: ScoreRange | NoScore,
    rules: RuleSet,
    asked: Asked = NOTHING_ASKED,
) -> ScoreLine:
    (name, stated, path), (demands, remarks) = row, asked
    if isinstance(result, NoScore):
        line = _no_line(row, weight, result)
        return attrs.evolve(line, demands=demands, remarks=remarks) if remarks else line
    status, value = result.status or rules.status, result.value
    if result.words or result.notes or status is not rules.status or status is _UNVERIFIED:
        remarks = (*_resting(result, status, rules), *result.notes, *remarks)
    made = _new(ScoreLine)
    _set(made, "name", name)
    _set(made, "weight", weight)
    _set(made, "stated", stated)
    _set(made, "score", None if value is None else points_of(value))
    _set(made, "admissible", result.admissible if value is None else None)
    _set(made, "steps", result.steps)
    _set(made, "why", result.why if value is None else None)
    _set(made, "reason", None)
    _set(made, "status", status)
    _set(made, "excluded", False)
    _set(made, "demands", demands)
    _set(made, "remarks", remarks)
    _set(made, "possible", result.admissible)
    _set(made, "path", path)
    return made


_new, _set = object.__new__, object.__setattr__
_UNVERIFIED = Status.UNVERIFIED


def _resting(result: ScoreRange, status: Status, rules: RuleSet) -> tuple[Text, ...]:
    """What the score rests on, where that is to be said: words of the form, or something else than
    the rule-set."""
    if result.words:
        return (_by_words(result.words),)
    return _if_any(status.label if status is _UNVERIFIED else set_apart(status, rules))


def _by_words(words: str) -> Text:
    """That the score follows the rule that the form prints beside the row."""
    by_rule = Text(zh="按表中评分标准“{}”", en="by the rule printed in the form, “{}”")
    return by_rule.fill(shortened(words))


def _no_line(row: _Row, weight: Points | None, none: NoScore) -> ScoreLine:
    name, stated, path = row
    return ScoreLine(
        name=name,
        weight=weight,
        stated=stated,
        score=None,
        why=none.why,
        reason=none.code,
        excluded=none.code == "not-applicable",
        path=path,
    )


# What the rule-set asks for.


def _asked_of_card(
    rules: RuleSet, gauged: dict[Gauge, Gauged], lines: Sequence[ScoreLine], total: Fraction | None
) -> Asked:
    adjustment, ahead = gauged.get(Gauge.ADJUSTMENT), _lead(lines)
    known: dict[Gauge, Quotient] = {}
    if adjustment is not None:
        known[Gauge.ADJUSTMENT] = shows(adjustment.value)
    if ahead is not None:
        known[Gauge.LEAD] = shows(ahead.value)
    if total is not None:
        known[Gauge.TOTAL] = shows(total)
    return asked_for(set_off(rules.triggers, known), known, rules)


def _lead(lines: Sequence[ScoreLine]) -> Gauged | None:
    """How far the indicators are ahead of budget execution, if all their scores follow."""
    counted = [line for line in lines if not line.excluded]
    known = [
        (line.score.value, line.weight.value)
        for line in counted
        if line.score is not None and line.weight is not None
    ]
    if len(known) < len(counted):
        return None
    # Budget execution is the first line of a card.
    (score, weight), *indicators = known
    all_weights = exact_sum(of for _, of in indicators)
    if not all_weights or not weight:
        return None
    share = exact_sum(points for points, _ in indicators) / all_weights
    return lead(Gauged(value=share), Gauged(value=score / weight))


# The total.


def _states_no_score(total: FundingTotal) -> bool:
    """Whether the form has no place for a score of budget execution."""
    return is_unstated(total.weight) and is_unstated(total.score)


def _gaps(lines: Sequence[ScoreLine], rows: Sequence[ScoreLine]) -> Text | None:
    """What there is no total for, and what the indicators add up to without it."""
    open_lines = [line for line in lines if line.possible is None and not line.excluded]
    if not open_lines:
        return None
    names = LIST.join(_told(line) for line in open_lines[:_MOST_TOLD])
    more = len(open_lines) - _MOST_TOLD
    if more > 0:
        names += Text(zh=f"等 {more + _MOST_TOLD} 项", en=f", and {more} more")
    gap = Text(zh="尚无得分：{}", en="without a score: {}").fill(names)
    subtotal = _sum_of_scores(rows)
    if subtotal is None:
        return gap
    weights = exact_sum(line.weight.value for line in rows if line.weight and not line.excluded)
    return gap + Text(
        zh="；指标得分小计 {}（分值 {}）", en="; the indicators have {} of {} points"
    ).fill(decimal_text(subtotal), decimal_text(weights))


_MOST_TOLD = 5


def _told(line: ScoreLine) -> Text:
    name = EXECUTION_NAME if line.name == EXECUTION else Text.of(line.name)
    points = None
    if line.weight is not None:
        points = Text(zh="{} 分", en="{} points").fill(line.weight)
    return name + in_brackets(COMMA.join(filter(None, (points, line.why))))


EXECUTION_NAME = Text(zh=EXECUTION, en="budget execution")


def _sum_of_scores(rows: Sequence[ScoreLine]) -> Fraction | None:
    """What the rows that apply add up to, if they all have one score."""
    counted = [row for row in rows if not row.excluded]
    scores = [row.score.value for row in counted if row.score is not None]
    return exact_sum(scores) if counted and len(scores) == len(counted) else None


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
        # Some of the true values may set the cap and others not: then both totals can be.
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
    summed = exact_sum(weights)
    if len(weights) < len(lines) or summed == rules.total:
        return None
    printed, due = decimal_text(summed), decimal_text(rules.total)
    return Text(
        zh=f"分值合计 {printed}，规则集为 {due}",
        en=f"the weights add up to {printed}; the rule-set has {due}",
    )


def _total(lines: Sequence[ScoreLine], rules: RuleSet) -> _Total:
    """The sum of the scores, rescaled where some indicators do not apply."""
    counted = [line for line in lines if not line.excluded]
    if not counted:
        return _Total(value=None, admissible=None)
    scores = [line.score.value for line in counted if line.score is not None]
    ranges = [line.admissible for line in counted if line.score is None]
    known = [values for values in ranges if values is not None]
    fixed = exact_sum(scores)
    value = fixed if not ranges else None
    admissible = Interval.point(fixed) + interval_sum(known) if len(known) == len(ranges) else None
    total = _Total(value=value, admissible=admissible)
    return total if len(counted) == len(lines) else _rescaled(total, counted, rules)


def _rescaled(total: _Total, counted: Sequence[ScoreLine], rules: RuleSet) -> _Total:
    """The total as if what applies made up all the points."""
    weights = exact_sum(line.weight.value for line in counted if line.weight is not None)
    if total.admissible is None or not weights:
        return _Total(value=None, admissible=None)
    factor, rounding = rules.total / weights, rules.score_rounding
    ends = rounded_range(total.admissible.scaled(factor), rounding)
    if total.value is None:
        return _Total(value=None, admissible=ends)
    value = rounded(total.value * factor, rounding)
    steps = (
        Step(
            title=Text(zh="适用指标得分合计", en="points that apply"),
            value=total.value,
        ),
        Step(
            title=Text(zh="适用指标分值合计", en="weights that apply"),
            value=weights,
        ),
        Step(title=Text(zh="换算后的总分", en="rescaled total"), value=value),
    )
    return _Total(value=value, admissible=ends, steps=steps)
