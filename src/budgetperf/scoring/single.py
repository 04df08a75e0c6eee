"""One row scored by itself: an indicator, or budget execution, as it stands on paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import overload

import attrs

from budgetperf.exact import BudgetperfError, Rate, Text
from budgetperf.exact.checking import wrong_type
from budgetperf.exact.text import WrongTypeError
from budgetperf.exact.written.by_name import by_name
from budgetperf.model import FundingTotal, Given, Indicator, StatedText, Target
from budgetperf.model.report import total_of_form
from budgetperf.rules import RuleSet

from .directions import Directions, directed, direction_remarks, given_directions, row_remark
from .execution import rate_alone
from .marks import row_score
from .scorecards import ScoreLine, execution_line, indicator_line, ruleset

__all__ = ["score", "score_execution"]


@overload
def score(
    indicator: Indicator, /, *, rules: RuleSet | str, directions: Directions | None = None
) -> ScoreLine: ...
@overload
def score(
    *,
    target: Target | Given,
    actual: Given,
    weight: Given,
    rules: RuleSet | str,
    name: StatedText | None = None,
    level1: StatedText | None = None,
    level2: StatedText | None = None,
    explanation: StatedText | None = None,
    scoring_rule: StatedText | None = None,
    directions: Directions | None = None,
) -> ScoreLine: ...
@by_name
def score(  # noqa: PLR0913
    indicator: Indicator | None = None,
    /,
    *,
    rules: RuleSet | str,
    target: Target | Given = None,
    actual: Given = None,
    weight: Given = None,
    name: StatedText | None = None,
    level1: StatedText | None = None,
    level2: StatedText | None = None,
    explanation: StatedText | None = None,
    scoring_rule: StatedText | None = None,
    directions: Directions | None = None,
) -> ScoreLine:
    """The score of one indicator: the row that it has in a scorecard of its own.

    Args:
        indicator: the indicator as it stands in a report; or else what stands on paper:
        target: 指标值, such as ``"≥90%"``.
        actual: 实际完成值, in the unit of the target.
        weight: 分值, in points.
        rules: a rule-set, or the id of one that is shipped.
        name: 三级指标, where the rule-set has rules for indicators of a certain name.
        level1: 一级指标, where it has rules for all under a certain heading.
        level2: 二级指标, likewise.
        explanation: 偏差原因, where the rule-set asks for one.
        scoring_rule: 评分标准, the rule that the form prints beside the row.
        directions: the direction of targets without an operator, by name or heading; see
            :func:`scorecard`.

    Raises:
        BudgetperfError: there is no such rule-set, something cannot be understood, or there is an
            indicator and also what stands on paper.
        FloatRefusedError: a number is a float (a ``TypeError``).
        WrongTypeError: ``indicator`` is something else (a ``TypeError``).

    >>> line = score(target="≥90%", actual="81%", weight=20, rules="yitihua-default")
    >>> line.score, line.status.value, [str(step.value) for step in line.steps]
    (Points('18'), 'implementation', ['9/10', '9/10', '18'])
    """
    if indicator is None:
        indicator = object.__new__(Indicator)
        _init(
            indicator,
            target=target,
            actual=actual,
            weight=weight,
            name=name,
            level1=level1,
            level2=level2,
            explanation=explanation,
            scoring_rule=scoring_rule,
        )
    else:
        parts = (target, actual, weight, name, level1, level2, explanation, scoring_rule)
        if parts.count(None) < len(parts):
            raise BudgetperfError("either-or", _EITHER_OR, field="indicator")
        if not isinstance(indicator, Indicator):  # pyright: ignore[reportUnnecessaryIsInstance]
            message = wrong_type(indicator, Indicator) + _ON_PAPER
            raise WrongTypeError("wrong-type", message, field="indicator")
    rules = ruleset(rules)
    if directions is None:
        return indicator_line(indicator, row_score(indicator, rules), rules)
    given = given_directions(directions)
    (indicator,), by_index = directed((indicator,), given)
    line = indicator_line(indicator, row_score(indicator, rules), rules)
    remarks = (row_remark(by_index[0]),) if by_index else tuple(direction_remarks(given, {}))
    return attrs.evolve(line, remarks=(*remarks, *line.remarks)) if remarks else line


# The call fits: one step less than by the class, which asks whether it does.
_init: Callable[..., None] = Indicator.__init__.__wrapped__  # type: ignore[attr-defined]

_ON_PAPER = Text(
    zh="；一行指标可写 score(target='≥90%', actual='81%', weight=20, rules=…)",
    en="; one row is scored by score(target='≥90%', actual='81%', weight=20, rules=…)",
)
_EITHER_OR = Text(
    zh="已给出整项指标，请不要另写指标值、分值等；要改其中一项，请用 attrs.evolve(indicator, …)",
    en="the indicator is given: leave out target, weight and the rest, or change one of them by "
    "attrs.evolve(indicator, …)",
)


@by_name
def score_execution(
    total: FundingTotal | None = None,
    /,
    *,
    rules: RuleSet | str,
    executed: Given = None,
    revised: Given = None,
    initial: Given = None,
    rate: Rate | Given = None,
    weight: Given = None,
) -> ScoreLine:
    """The score of budget execution: the row that it has in a scorecard.

    It follows from the amounts. Where only a rate is there, it follows from that: at the printed
    rate, and in ``possible`` for all that round to it.

    Args:
        total: the total of the funds as it stands in a report; or else what stands on paper:
        rules: a rule-set, or the id of one that is shipped. It says what the points are.
        executed: 全年执行数.
        revised: 全年预算数.
        initial: 年初预算数, for rule-sets that divide by it.
        rate: 执行率 in place of the amounts, such as ``"86.18%"`` or a ``Rate``.
        weight: 分值 as the form prints it; the score is by the weight of the rule-set.

    Raises:
        BudgetperfError: there is no such rule-set, something cannot be understood, or there is
            more than one of a total, amounts and a rate.
        FloatRefusedError: a number is a float (a ``TypeError``).

    >>> line = score_execution(executed="8.62万元", revised="10.00万元", rules="yitihua-default")
    >>> line.score, str(line.possible)
    (Points('8.62'), '[8.61, 8.63]')
    >>> str(score_execution(rate="86%", rules="yitihua-default").possible)
    '[8.55, 8.65]'
    """
    amounts = (executed, revised, initial)
    by_amounts = any(amount is not None for amount in amounts)
    beside = by_amounts or rate is not None or weight is not None
    if (total is not None and beside) or (by_amounts and rate is not None):
        raise BudgetperfError("either-or", _ONE_WAY, field="rate")
    rules = ruleset(rules)
    if total is None:
        printed_rate = None if isinstance(rate, Rate) else rate
        total = FundingTotal(
            executed=executed,
            revised=revised,
            initial=initial,
            execution_rate=printed_rate,
            weight=weight,
        )
    total = total_of_form(total)
    exact = rate if isinstance(rate, Rate) else None
    return execution_line(total, rules, rate=rate_alone(total, exact))


_ONE_WAY = Text(
    zh="预算执行情况只用一种方式给出：资金合计、各项金额或执行率",
    en="give budget execution in one way: the total of the funds, amounts, or a rate",
)
