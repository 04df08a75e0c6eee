"""The rates of 部门整体支出 in 财预〔2013〕53号, annex 2, and local variants of them.

Where a docstring says "text", the annex was read, in the print that the catalogue names.
"""

from __future__ import annotations

from collections.abc import Iterable

from budgetperf.exact.written.by_name import by_name

from .inputs import (
    Computed,
    Counted,
    Money,
    Ratio,
    amounts,
    counts,
    less_one,
    over,
    product,
    ratio,
    sum_of_sizes,
)

__all__ = [
    "budget_completion_rate",
    "carry_over_change_rate",
    "carry_over_rate",
    "carry_over_rate_on_executed",
    "evaluation_use_rate",
    "fixed_asset_use_rate",
    "goals_set_rate",
    "gross_adjustment_rate",
    "key_evaluation_completion_rate",
    "key_expenditure_rate",
    "key_task_closure_rate",
    "monitoring_completion_rate",
    "operating_cost_control_rate",
    "payment_progress_rate",
    "procurement_execution_rate",
    "self_evaluation_completion_rate",
    "special_funds_detail_rate",
    "staffing_control_rate",
    "task_completion_rate",
    "task_quality_rate",
    "task_timeliness_rate",
    "three_public_actual_change_rate",
    "three_public_change_rate",
    "three_public_control_rate",
]


# 投入: what goes in


@by_name
def staffing_control_rate(*, in_service: Counted, authorised: Counted) -> Computed:
    """在职人员控制率 = 在职人员数 / 编制数. Source: 财预〔2013〕53号, annex 2 (text).

    Trap: people in service, by the basis of the final accounts; not all people on the roll.

    Args:
        in_service: 在职人员数, people.
        authorised: 编制数, posts approved by the 机构编制部门.

    >>> staffing_control_rate(in_service=Count(136), authorised=Count(143)).percent(2)
    '95.10%'
    """
    return over(*counts(in_service, authorised))


@by_name
def three_public_change_rate(*, this_year: Money, last_year: Money) -> Computed:
    """“三公经费”变动率 = (本年度 - 上年度) / 上年度, on the budgets of both years.

    Source: 财预〔2013〕53号, annex 2 (text).

    Trap: it compares budgets. :func:`three_public_actual_change_rate` has the same name and
    compares actual spending; :func:`three_public_control_rate` compares actual with budget.

    Args:
        this_year: 本年度“三公经费”预算数, money in any unit.
        last_year: 上年度“三公经费”预算数, money in any unit.
    """
    return less_one(over(*amounts(this_year, last_year)))


@by_name
def three_public_actual_change_rate(*, this_year: Money, last_year: Money) -> Computed:
    """“三公经费”变动率 = (本年度 - 上年度) / 上年度, on what was spent in both years.

    Source: a local table of 2016 (published form).

    Trap: the 2013 framework compares budgets under the same name:
    :func:`three_public_change_rate`.

    Args:
        this_year: 本年度“三公经费”实际支出数, money in any unit.
        last_year: 上年度“三公经费”实际支出数, money in any unit.
    """
    return less_one(over(*amounts(this_year, last_year)))


@by_name
def key_expenditure_rate(*, key_projects: Money, all_projects: Money) -> Computed:
    """重点支出安排率 = 年度预算安排的重点项目支出 / 项目总支出.

    Source: 财预〔2013〕53号, annex 2 (text).

    Args:
        key_projects: 重点项目支出, as arranged in the year's budget, money in any unit.
        all_projects: 项目总支出, money in any unit.

    >>> key_expenditure_rate(key_projects=Amount(60), all_projects=Amount(80)).percent(0)
    '75%'
    """
    return over(*amounts(key_projects, all_projects))


# 过程: budget execution and assets


@by_name
def budget_completion_rate(*, completed: Money, budget: Money) -> Computed:
    """预算完成率 = 预算完成数 / 预算数.

    Source: 财预〔2013〕53号, annex 2 (text).

    Trap: 预算数 here is the year's budget that the finance department approved. 预算执行率
    (:func:`execution_rate`) divides by the budget after adjustment, and Hunan's tables build both
    sides of 预算完成率 from carry-over, initial budget and additions.

    Args:
        completed: 预算完成数, money in any unit.
        budget: 预算数, money in any unit.

    >>> budget_completion_rate(completed=Amount("2690.62"), budget=Amount("2710.42")).percent(2)
    '99.27%'
    """
    return over(*amounts(completed, budget))


@by_name
def gross_adjustment_rate(*, moves: Iterable[Money], budget: Money) -> Computed:
    """预算调整率 of 财预〔2013〕53号: the sum of absolute moves (追加、追减、结构调整) / 预算数.

    Source: 财预〔2013〕53号, annex 2 (text).

    Trap: +30 and -20 are 50 here, and 10 in :func:`adjustment_rate`, which has the same name.
    Moves caused by national policy, force majeure or an order from above do not count and are to
    be left out by the caller.

    Args:
        moves: 预算调整数, each move by itself with its sign, money in any unit.
        budget: 预算数, money in any unit.

    >>> moves = [Amount(30), Amount(-20)]
    >>> gross_adjustment_rate(moves=moves, budget=Amount(100)).percent(0)
    '50%'
    """
    *parts, whole = amounts(*moves, budget)
    return over(sum_of_sizes(parts), whole)


@by_name
def payment_progress_rate(*, paid: Money, budget: Money, planned: Ratio) -> Computed:
    """支付进度率 = 实际支付进度 / 既定支付进度, where 实际支付进度 = 累计支出 / 年度预算.

    Source: 财预〔2013〕53号, annex 2 (text).

    Trap: it is progress against planned progress, not against the budget: 45 % paid where 50 % was
    planned is 90 %. It says nothing without the day that both are taken at.

    Args:
        paid: 累计支出数 at that day, money in any unit.
        budget: 年度预算数, money in any unit.
        planned: 既定支付进度 at that day, as set in the goals, a rate.

    >>> payment_progress_rate(paid=Amount(45), budget=Amount(100), planned=Rate("50%")).percent(0)
    '90%'
    """
    part, whole = amounts(paid, budget)
    return over(part, product(whole, ratio(planned)))


@by_name
def carry_over_rate(*, carried_over: Money, budget: Money) -> Computed:
    """结转结余率 = 结转结余总额 / 支出预算数.

    Source: 财预〔2013〕53号, annex 2 (text).

    Trap: local tables divide by what was spent: :func:`carry_over_rate_on_executed`.

    Args:
        carried_over: 结转结余总额, 结转 and 结余 together by the final accounts, money in any unit.
        budget: 支出预算数, money in any unit.

    >>> carry_over_rate(carried_over=Amount(20), budget=Amount(100)).percent(0)
    '20%'
    """
    return over(*amounts(carried_over, budget))


@by_name
def carry_over_rate_on_executed(*, carried_over: Money, executed: Money) -> Computed:
    """结转结余率 = 结转结余总额 / 本年一般公共预算支出完成数, as local tables have it.

    Source: a local table of 2017 to 2019 (published form).

    Trap: the 2013 framework divides by the budget: :func:`carry_over_rate`.

    Args:
        carried_over: 结转结余总额, money in any unit.
        executed: 本年一般公共预算支出完成数, money in any unit.

    >>> carry_over_rate_on_executed(carried_over=Amount(20), executed=Amount(80)).percent(0)
    '25%'
    """
    return over(*amounts(carried_over, executed))


@by_name
def carry_over_change_rate(*, this_year: Money, last_year: Money) -> Computed:
    """结转结余变动率 = (本年度累计结转结余 - 上年度累计结转结余) / 上年度累计结转结余.

    Source: 财预〔2013〕53号, annex 2 (text), and a local table (published form).

    Trap: no source says what holds if nothing was carried over last year; it is undefined.

    Args:
        this_year: 本年度累计结转结余资金总额, money in any unit.
        last_year: 上年度累计结转结余资金总额, money in any unit.
    """
    return less_one(over(*amounts(this_year, last_year)))


@by_name
def operating_cost_control_rate(*, actual: Money, budget: Money) -> Computed:
    """公用经费控制率 = 实际支出公用经费总额 / 预算安排公用经费总额.

    Source: 财预〔2013〕53号, annex 2 (text).

    Trap: a rate of control of this framework is actual over budget, so that less is better; the
    成本控制率 of a local form is what was saved: :func:`cost_control_rate`.

    Args:
        actual: 实际支出公用经费总额, money in any unit.
        budget: 预算安排公用经费总额, money in any unit.
    """
    return over(*amounts(actual, budget))


@by_name
def three_public_control_rate(*, actual: Money, budget: Money) -> Computed:
    """“三公经费”控制率 = 三公实际支出数 / 三公预算安排数.

    Source: 财预〔2013〕53号, annex 2 (text).

    Trap: with a zero budget it is undefined, whatever forms print. It compares actual with budget;
    :func:`three_public_change_rate` compares the budgets of two years.

    Args:
        actual: “三公经费”实际支出数, money in any unit.
        budget: “三公经费”预算安排数, money in any unit.
    """
    return over(*amounts(actual, budget))


@by_name
def procurement_execution_rate(*, actual: Money, budget: Money) -> Computed:
    """政府采购执行率 = 实际政府采购金额 / 政府采购预算数.

    Source: 财预〔2013〕53号, annex 2 (text).

    Args:
        actual: 实际政府采购金额, money in any unit.
        budget: 政府采购预算数, money in any unit.
    """
    return over(*amounts(actual, budget))


@by_name
def fixed_asset_use_rate(*, in_use: Money, total: Money) -> Computed:
    """固定资产利用率 = 实际在用固定资产总额 / 所有固定资产总额.

    Source: 财预〔2013〕53号, annex 2 (text).

    Trap: values in money, not numbers of things. No source says whether at the original value or
    net; take both sides alike.

    Args:
        in_use: 实际在用固定资产总额, money in any unit.
        total: 所有固定资产总额, money in any unit.

    >>> fixed_asset_use_rate(in_use=Amount(90), total=Amount(100)).percent(0)
    '90%'
    """
    return over(*amounts(in_use, total))


# 产出: what the duties came to


@by_name
def task_completion_rate(*, completed: Counted, planned: Counted) -> Computed:
    """实际完成率 of a department = 实际完成工作数 / 计划工作数.

    Source: 财预〔2013〕53号, annex 2 (text).

    Trap: for projects the name stands for outputs instead of tasks:
    :func:`output_completion_rate`.

    Args:
        completed: 实际完成工作数, tasks.
        planned: 计划工作数, tasks.
    """
    return over(*counts(completed, planned))


@by_name
def task_timeliness_rate(*, on_time: Counted, planned: Counted) -> Computed:
    """完成及时率 of a department = 及时完成实际工作数 / 计划工作数.

    Source: 财预〔2013〕53号, annex 2 (text).

    Trap: for projects the same name is another formula, on time: :func:`output_timeliness_rate`.
    Here 100 % is the best, there it would be done in no time at all.

    Args:
        on_time: 及时完成实际工作数, tasks.
        planned: 计划工作数, tasks.

    >>> task_timeliness_rate(on_time=Count(9), planned=Count(12)).percent(0)
    '75%'
    """
    return over(*counts(on_time, planned))


@by_name
def task_quality_rate(*, up_to_standard: Counted, planned: Counted) -> Computed:
    """质量达标率 of a department = 质量达标实际工作数 / 计划工作数.

    Source: 财预〔2013〕53号, annex 2 (text).

    Trap: for projects the same name divides by the actual outputs, not by what was planned:
    :func:`output_quality_rate`.

    Args:
        up_to_standard: 质量达标实际工作数, tasks.
        planned: 计划工作数, tasks.

    >>> task_quality_rate(up_to_standard=Count(9), planned=Count(12)).percent(0)
    '75%'
    """
    return over(*counts(up_to_standard, planned))


@by_name
def key_task_closure_rate(*, completed: Counted, assigned: Counted) -> Computed:
    """重点工作办结率 = 重点工作实际完成数 / 交办或下达数.

    Source: 财预〔2013〕53号, annex 2 (text).

    Args:
        completed: 重点工作实际完成数, tasks.
        assigned: 交办或下达数, tasks.
    """
    return over(*counts(completed, assigned))


# 绩效管理 and 资金分配 of Henan's departments


@by_name
def special_funds_detail_rate(*, detailed: Money, distributed: Money) -> Computed:
    """专项资金细化率 = 已细化到具体市县和承担单位的资金数 / 部门参与分配资金总数.

    Source: 豫财效〔2022〕4号, annex 3 (text).

    Args:
        detailed: 已细化到具体市县和承担单位的资金数, money in any unit.
        distributed: 部门参与分配资金总数, money in any unit.

    >>> special_funds_detail_rate(detailed=Amount(90), distributed=Amount(120)).percent(0)
    '75%'
    """
    return over(*amounts(detailed, distributed))


@by_name
def goals_set_rate(*, done: Counted, projects: Counted) -> Computed:
    """绩效目标编制完成率 = 已完成绩效目标编制项目数量 / 部门项目总数.

    Source: 豫财效〔2022〕4号, annex 3 (text).

    Args:
        done: 已完成绩效目标编制项目数量, projects.
        projects: 部门项目总数, projects.

    >>> goals_set_rate(done=Count(18), projects=Count(20)).percent(0)
    '90%'
    """
    return over(*counts(done, projects))


@by_name
def monitoring_completion_rate(*, done: Counted, projects: Counted) -> Computed:
    """绩效监控完成率 = 已完成绩效监控项目数量 / 部门项目总数.

    Source: 豫财效〔2022〕4号, annex 3 (text).

    Trap: the same cell explains it as a share of the projects that are to be monitored, and the
    formula divides by all projects: where they differ, say which was taken.

    Args:
        done: 已完成绩效监控项目数量, projects.
        projects: 部门项目总数, projects.

    >>> monitoring_completion_rate(done=Count(18), projects=Count(20)).percent(0)
    '90%'
    """
    return over(*counts(done, projects))


@by_name
def self_evaluation_completion_rate(*, done: Counted, projects: Counted) -> Computed:
    """绩效自评完成率 = 已完成自评项目数量 / 部门项目总数.

    Source: 豫财效〔2022〕4号, annex 3 (text).

    Trap: the same cell explains it as a share of the projects that are to be evaluated, and the
    formula divides by all projects: where they differ, say which was taken.

    Args:
        done: 已完成自评项目数量, projects.
        projects: 部门项目总数, projects.

    >>> self_evaluation_completion_rate(done=Count(15), projects=Count(20)).percent(0)
    '75%'
    """
    return over(*counts(done, projects))


@by_name
def key_evaluation_completion_rate(*, done: Counted, key_projects: Counted) -> Computed:
    """部门绩效评价完成率 = 已完成评价项目数量 / 部门重点绩效评价项目数.

    Source: 豫财效〔2022〕4号, annex 3 (text).

    Args:
        done: 已完成评价项目数量, projects.
        key_projects: 部门重点绩效评价项目数, projects.

    >>> key_evaluation_completion_rate(done=Count(3), key_projects=Count(4)).percent(0)
    '75%'
    """
    return over(*counts(done, key_projects))


@by_name
def evaluation_use_rate(*, adopted: Counted, made: Counted) -> Computed:
    """评价结果应用率 = 评价提出的意见建议采纳数 / 提出的意见建议总数.

    Source: 豫财效〔2022〕4号, annex 3 (text).

    Args:
        adopted: 评价提出的意见建议采纳数, recommendations.
        made: 提出的意见建议总数, recommendations: in monitoring, self-evaluations,
            evaluations of the department and of the finance department.

    >>> evaluation_use_rate(adopted=Count(9), made=Count(12)).percent(0)
    '75%'
    """
    return over(*counts(adopted, made))
