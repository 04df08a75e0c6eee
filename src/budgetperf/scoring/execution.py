"""Budget execution where a card is made: given beside the rows of a table, or as one of them."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TypeAlias

import attrs

from budgetperf.exact import (
    RATIO,
    BudgetperfError,
    Figure,
    Missing,
    MissingReason,
    Rate,
    Stated,
    Text,
)
from budgetperf.exact.checking import wrong_type
from budgetperf.exact.figure import as_rounded
from budgetperf.exact.number import exact_sum
from budgetperf.exact.text import WrongTypeError
from budgetperf.model import (
    Direction,
    Execution,
    Funding,
    FundingTotal,
    Given,
    Indicator,
    SelfEvaluation,
    Statement,
)
from budgetperf.model.indicators import heading_name, plain_heading, plain_name
from budgetperf.rules import RuleSet

from .gauges import Gauged
from .marks import indicator_rule, weight_points

__all__ = [
    "ExecutionGiven",
    "FormToScore",
    "form_to_score",
    "is_unstated",
    "rate_alone",
    "states_nothing",
]

ExecutionGiven: TypeAlias = Execution | Rate | Given
"""How budget execution is given beside the rows of a table: the amounts, or a rate."""


def rate_alone(total: FundingTotal, rate: Rate | None = None) -> Gauged | None:
    """The execution rate, where a rate alone is there; ``None`` where it follows from amounts.

    Args:
        total: the total of the funds.
        rate: an exact rate in place of the one that is printed.
    """
    amounts = (total.executed, total.revised, total.initial)
    known = total.execution_rate if rate is None else rate
    # Scores come from exact ratios: where an amount is stated, and be it one alone, the other one
    # is missing, and no rounded rate takes its place.
    by_amounts = any(isinstance(amount, Figure) for amount in amounts)
    if by_amounts or isinstance(known, Missing):
        return None
    ratio = known.ratio if isinstance(known, Rate) else known.nominal
    return Gauged(value=ratio, values=known.interval)


@attrs.frozen(kw_only=True)
class FormToScore:
    """A report, and where its budget execution stands.

    Args:
        report: the report, with budget execution in its form if there is any.
        rate: an exact execution rate that no print could say.
        row: the row of the indicators that budget execution is, counted from 0, if it is one.
        remark: that a row is no budget execution though its name is.
    """

    report: SelfEvaluation
    rate: Rate | None = None
    row: int | None = None
    remark: Text | None = None


def form_to_score(
    report: SelfEvaluation, rules: RuleSet, execution: ExecutionGiven = None
) -> FormToScore:
    """The report with budget execution where a form has it.

    Args:
        report: the report.
        rules: the rule-set.
        execution: budget execution, where the report says nothing of it.

    Raises:
        BudgetperfError: budget execution is there already.
        WrongTypeError: ``execution`` is none (a ``TypeError``).
    """
    funds = report.form.funding.total
    if execution is not None:
        if not states_nothing(funds):
            raise BudgetperfError("execution-twice", _STATED, field="execution")
        if (at := _execution_row(report.form.indicators, rules)) is not None:
            raise BudgetperfError("execution-twice", _A_ROW.fill(at + 1), field="execution")
        rate = execution if isinstance(execution, Rate) else None
        total = FundingTotal() if rate is not None else _total_of(execution)
        return FormToScore(report=_with_total(report, total), rate=rate)
    if rules.execution is None or not states_nothing(funds):
        return FormToScore(report=report)
    rows = report.form.indicators
    at = _execution_row(rows, rules)
    if at is not None:
        row = rows[at]
        total = FundingTotal(
            execution_rate=_as_rate(row.actual), weight=row.weight, score=row.score
        )
        return FormToScore(report=_with_total(report, total), row=at)
    called = [str(row.name) for row in rows if _is_called_so(row)]
    remark = _NO_EXECUTION.fill(called[0]) if called and not _is_beside(rows, rules) else None
    return FormToScore(report=report, remark=remark)


_STATED = Text(
    zh="报告的资金合计已填列预算执行情况：请去掉 execution，或从资金合计中去掉",
    en="the total of the funds states budget execution already: leave out execution, or that",
)
_A_ROW = Text(
    zh="第 {} 行即为预算执行率：请去掉 execution，或从表中去掉这一行",
    en="row {} is budget execution already: leave out execution, or that row",
)
_NO_EXECUTION = Text(
    zh="“{}”一行按一般指标计分；如果它就是预算执行，请去掉这一行，在资金合计中填列预算数和执行数"
    "（只有表格的，用 scorecard 的 execution 给出）",
    en="the row {} is scored as an indicator; if it is budget execution, leave it out and state "
    "the amounts in the total of the funds (for a table alone, by execution of scorecard)",
)


def states_nothing(total: FundingTotal) -> bool:
    """Whether a form has no row of budget execution at all, and not just a figure missing in it."""
    figures = (total.initial, total.revised, total.executed, total.execution_rate)
    return all(map(is_unstated, (*figures, total.weight, total.score)))


def is_unstated(figure: Stated) -> bool:
    """Whether there is no place for it, or nothing is said there."""
    return isinstance(figure, Missing) and figure.reason is MissingReason.NOT_STATED


def _total_of(execution: Execution | Given) -> FundingTotal:
    if isinstance(execution, FundingTotal):
        return execution
    if isinstance(execution, Execution):
        return FundingTotal(
            initial=execution.initial,
            revised=execution.revised,
            executed=execution.executed,
            execution_rate=execution.execution_rate,
        )
    try:
        return FundingTotal(execution_rate=execution)
    except WrongTypeError as error:
        if error.code != "wrong-type":
            raise
        message = wrong_type(execution, FundingTotal, "") + _AS_RATE
        raise WrongTypeError("wrong-type", message, field="execution") from None


_AS_RATE = Text(
    zh="；如 bp.FundingTotal(revised='595.07万元', executed='480万元')；只有执行率的写 '86.18%'",
    en=", such as bp.FundingTotal(revised='595.07万元', executed='480万元'), or a rate alone as "
    "'86.18%'",
)


def _with_total(report: SelfEvaluation, total: FundingTotal) -> SelfEvaluation:
    form: Statement = report.form
    funding: Funding = attrs.evolve(form.funding, total=total)
    return attrs.evolve(report, form=attrs.evolve(form, funding=funding))


# Which row it is.

_OF = ("", "全年", "年度", "部门", "整体", "项目")
_CALLED = (
    *(f"{of}预算执行率" for of in _OF),
    *("资金执行率", "预算资金执行率", "预算执行情况", "预算执行"),
)
_HEADINGS = (*_CALLED, "资金执行", "预算执行率指标", "资金执行情况")


def _is_called_so(row: Indicator) -> bool:
    # Of most names one character tells that they are others, whatever blanks stand in them.
    return isinstance(row.name, str) and "执" in row.name and plain_name(row.name) in _CALLED


def _execution_row(rows: Sequence[Indicator], rules: RuleSet) -> int | None:
    """The row that plainly is budget execution: by its name, its points, and what stands in it.

    It is so called, has the points that the rule-set gives to budget execution, and is no
    indicator: it stands under no heading of its own, or all weights make up the total with it.
    """
    rule = rules.execution
    at = [index for index, row in enumerate(rows) if _is_called_so(row)]
    if rule is None or len(at) != 1:
        return None
    row = rows[at[0]]
    if isinstance(row.weight, Missing) or weight_points(row.weight, rules) != rule.weight:
        return None
    if not _is_of_a_rate(row) or indicator_rule(row, rules) is not None:
        return None
    whole = _whole(rows, rules)
    if whole == rules.total or (_is_under_nothing(rows, at[0]) and not _is_beside(rows, rules)):
        return at[0]
    return None


def _is_beside(rows: Sequence[Indicator], rules: RuleSet) -> bool:
    """Whether the points of the rows leave just those of budget execution."""
    rule, whole = rules.execution, _whole(rows, rules)
    return rule is not None and whole is not None and whole + rule.weight == rules.total


def _whole(rows: Sequence[Indicator], rules: RuleSet) -> Fraction | None:
    """What the weights add up to; ``None`` where one of them is not stated."""
    weights = [row.weight for row in rows if row.key]
    known = [weight_points(weight, rules) for weight in weights if isinstance(weight, Figure)]
    return exact_sum(known) if len(known) == len(weights) else None


def _is_of_a_rate(row: Indicator) -> bool:
    """Whether it may say how far a budget was executed: all of it is aimed at, if anything is.

    95 beside a target of 100 is 95 %, whatever the two are measured in.
    """
    aimed, actual = row.target.value, row.actual
    if row.target.direction is Direction.AT_MOST:
        return False
    if isinstance(aimed, Missing):
        is_rate = isinstance(actual, Missing) or actual.unit.dimension == RATIO
        return is_rate and (aimed.is_blank or aimed.reason is MissingReason.DASH)
    full = 1 if aimed.unit.dimension == RATIO else 100
    is_whole = aimed.nominal == full and (aimed.unit.dimension == RATIO or not aimed.unit.symbol)
    return is_whole and (isinstance(actual, Missing) or actual.unit == aimed.unit)


def _is_under_nothing(rows: Sequence[Indicator], at: int) -> bool:
    """Whether it stands under no heading, or one of its own name; a merged one is above it."""
    row = rows[at]
    headings = [heading_name(words) for words in (row.level1, row.level2)]
    own = [heading for heading in headings if heading]
    if own:
        return all(plain_heading(heading) in _PLAIN_HEADINGS for heading in own)
    return not any(heading_name(above.level1) for above in rows[:at])


_PLAIN_HEADINGS = frozenset(map(plain_heading, _HEADINGS))


def _as_rate(actual: Stated) -> Stated:
    """As the rate that it is: rounded, as results are, and not exact as what is counted."""
    if isinstance(actual, Missing):
        return actual
    rate = as_rounded(actual)
    return rate if rate.unit.symbol else attrs.evolve(rate, unit="%", text=f"{rate.text}%")
