"""The rates of 项目支出: 财预〔2013〕53号, annex 1, 财预〔2020〕10号, and bonds of Henan.

Where a docstring says "text", the annex was read, in the print that the catalogue names.
"""

from __future__ import annotations

from budgetperf.exact import Text
from budgetperf.exact.written.by_name import by_name

from .inputs import Computed, Duration, Measured, Money, amounts, durations, measures, over, saved

__all__ = [
    "asset_formation_rate",
    "cost_control_rate",
    "cost_saving_rate",
    "execution_rate_on_funds_in_place",
    "funds_in_place_rate",
    "funds_in_place_rate_on_budget",
    "funds_on_time_rate",
    "output_completion_rate",
    "output_quality_rate",
    "output_timeliness_rate",
    "project_output_rate",
    "quota_match_rate",
]


@by_name
def funds_in_place_rate(*, in_place: Money, planned: Money) -> Computed:
    """资金到位率 = 实际到位资金 / 计划投入资金.

    Source: 财预〔2013〕53号, annex 1 (text).

    Trap: the 2020 framework divides by the budget: :func:`funds_in_place_rate_on_budget`.

    Args:
        in_place: 实际到位资金, money in any unit.
        planned: 计划投入资金, money in any unit.

    >>> funds_in_place_rate(in_place=Amount(90), planned=Amount(120)).percent(0)
    '75%'
    """
    return over(*amounts(in_place, planned))


@by_name
def funds_in_place_rate_on_budget(*, in_place: Money, budget: Money) -> Computed:
    """资金到位率 = 实际到位资金 / 预算资金.

    Source: the framework of 财预〔2020〕10号 (text).

    Trap: the 2013 framework divides by the planned investment: :func:`funds_in_place_rate`.

    Args:
        in_place: 实际到位资金, money in any unit.
        budget: 预算资金, money in any unit.

    >>> funds_in_place_rate_on_budget(in_place=Amount(90), budget=Amount(100)).percent(0)
    '90%'
    """
    return over(*amounts(in_place, budget))


@by_name
def funds_on_time_rate(*, on_time: Money, due: Money) -> Computed:
    """到位及时率 = 及时到位资金 / 应到位资金.

    Source: 财预〔2013〕53号, annex 1 (text). The 2020 framework has dropped it
    (text).

    Trap: the base is what was due by that day, not all that was planned.

    Args:
        on_time: 及时到位资金, money in any unit.
        due: 应到位资金, money in any unit.

    >>> funds_on_time_rate(on_time=Amount(45), due=Amount(60)).percent(0)
    '75%'
    """
    return over(*amounts(on_time, due))


@by_name
def execution_rate_on_funds_in_place(*, spent: Money, in_place: Money) -> Computed:
    """预算执行率 = 实际支出资金 / 实际到位资金.

    Source: the framework of 财预〔2020〕10号 (text).

    Trap: the self-evaluation form has the same name on the revised budget:
    :func:`execution_rate`. With half of the funds in place and all of them spent, this one is
    100 %, and the form's is 50 %.

    Args:
        spent: 实际支出资金, money in any unit.
        in_place: 实际到位资金, money in any unit.

    >>> execution_rate_on_funds_in_place(spent=Amount(45), in_place=Amount(50)).percent(0)
    '90%'
    """
    return over(*amounts(spent, in_place))


@by_name
def output_completion_rate(*, actual: Measured, planned: Measured) -> Computed:
    """实际完成率 of a project = 实际产出数 / 计划产出数, uncapped.

    Source: 财预〔2013〕53号, annex 1, and the framework of 财预〔2020〕10号 (text).

    Trap: for departments the name stands for tasks: :func:`task_completion_rate`.

    Args:
        actual: 实际产出数, in the output's own unit.
        planned: 计划产出数, in the same unit.

    Raises:
        BudgetperfError: both are of different kinds.

    >>> output_completion_rate(actual=770, planned=1228).percent(1)
    '62.7%'
    """
    return over(*measures(actual, planned, _ACTUAL_OUTPUT, _PLANNED_OUTPUT))


@by_name
def output_timeliness_rate(*, planned: Duration, actual: Duration) -> Computed:
    """完成及时率 of a project = (计划完成时间 - 实际完成时间) / 计划完成时间.

    Source: 财预〔2013〕53号, annex 1 (text). In the framework of 财预〔2020〕10号 it
    is 完成及时性, a comparison in words (text).

    Trap: it is the share of the time that was saved: 0 on time, negative if late. For departments
    the same name counts tasks: :func:`task_timeliness_rate`. Both times are lengths from one
    start, never dates: a date has no zero to take a share of.

    Args:
        planned: 计划完成时间, how long it was to take, in days or any other unit of time.
        actual: 实际完成时间, how long it took, in the same unit.

    Raises:
        BudgetperfError: one is a count and the other a bare number.

    >>> output_timeliness_rate(planned=100, actual=90).percent(0)
    '10%'
    >>> output_timeliness_rate(planned=100, actual=125).percent(0)
    '-25%'
    """
    return saved(*durations(planned, actual, _PLANNED_TIME, _ACTUAL_TIME))


@by_name
def output_quality_rate(*, up_to_standard: Measured, actual: Measured) -> Computed:
    """质量达标率 of a project = 质量达标产出数 / 实际产出数.

    Source: the framework of 财预〔2020〕10号 (text). In the print of 财预〔2013〕53号 that was read
    the row of annex 1 is missing (unverified: likely).

    Trap: for departments the same name divides by what was planned: :func:`task_quality_rate`.

    Args:
        up_to_standard: 质量达标产出数, in the output's own unit.
        actual: 实际产出数, in the same unit.

    Raises:
        BudgetperfError: both are of different kinds.

    >>> output_quality_rate(up_to_standard=9, actual=10).percent(0)
    '90%'
    """
    return over(*measures(up_to_standard, actual, _GOOD_OUTPUT, _ACTUAL_OUTPUT))


@by_name
def cost_saving_rate(*, planned: Money, actual: Money) -> Computed:
    """成本节约率 = (计划成本 - 实际成本) / 计划成本.

    Source: 财预〔2013〕53号, annex 1, and the framework of 财预〔2020〕10号 (text).

    Trap: negative if it cost more. A local form has the same formula on the budget as 成本控制率:
    :func:`cost_control_rate`.

    Args:
        planned: 计划成本, money in any unit.
        actual: 实际成本, money in any unit.

    >>> cost_saving_rate(planned=Amount(150), actual=Amount("125.25")).percent(1)
    '16.5%'
    """
    return saved(*amounts(planned, actual))


@by_name
def cost_control_rate(*, budget: Money, actual: Money) -> Computed:
    """成本控制率 = (预算数 - 实际支出数) / 预算数, as a local form has it.

    Source: a form of Jiangxi, 2017 and 2018 (published form).

    Trap: unlike the other rates of control it is not actual over budget: 0 is spent as budgeted,
    and negative is overspent. 公用经费控制率 is :func:`operating_cost_control_rate`.

    Args:
        budget: 预算数, money in any unit.
        actual: 实际支出数, money in any unit.

    >>> cost_control_rate(budget=Amount(100), actual=Amount(110)).percent(0)
    '-10%'
    """
    return saved(*amounts(budget, actual))


@by_name
def asset_formation_rate(*, formed: Money, invested: Money) -> Computed:
    """资产形成率 = 形成资产金额 / 项目投入资金.

    Source: Henan's measures on special bonds, annex 4 (text).

    Args:
        formed: 形成资产金额, money in any unit.
        invested: 项目投入资金, money in any unit.

    >>> asset_formation_rate(formed=Amount(90), invested=Amount(120)).percent(0)
    '75%'
    """
    return over(*amounts(formed, invested))


@by_name
def quota_match_rate(*, needed: Money, applied: Money) -> Computed:
    """额度匹配率 = 实际需求额度 / 项目申请额度.

    Source: Henan's measures on special bonds, annex 4 (text).

    Trap: the base is what was applied for: below 100% where more was applied for than is
    needed, above where less.

    Args:
        needed: 实际需求额度, money in any unit.
        applied: 项目申请额度, money in any unit.

    >>> quota_match_rate(needed=Amount(90), applied=Amount(100)).percent(0)
    '90%'
    """
    return over(*amounts(needed, applied))


@by_name
def project_output_rate(*, actual: Measured, planned: Measured) -> Computed:
    """项目产出率 = 实际产出数 / 计划目标数.

    Source: Henan's measures on special bonds, annex 4 (text).

    Trap: it is the formula of 实际完成率, which projects in general have:
    :func:`output_completion_rate`.

    Args:
        actual: 实际产出数, in the output's own unit.
        planned: 计划目标数, in the output's own unit.

    Raises:
        BudgetperfError: both are of different kinds.

    >>> project_output_rate(actual=770, planned=1228).percent(1)
    '62.7%'
    """
    return over(*measures(actual, planned, _ACTUAL_OUTPUT, _PLANNED_GOAL))


_ACTUAL_OUTPUT = Text(zh="实际产出数", en="actual output")
_PLANNED_OUTPUT = Text(zh="计划产出数", en="planned output")
_PLANNED_GOAL = Text(zh="计划目标数", en="planned goal")
_GOOD_OUTPUT = Text(zh="质量达标产出数", en="output up to standard")
_PLANNED_TIME = Text(zh="计划完成时间", en="planned time")
_ACTUAL_TIME = Text(zh="实际完成时间", en="actual time")
