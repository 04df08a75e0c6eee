"""The catalogue: the rates of projects."""

from __future__ import annotations

import attrs

from budgetperf.exact import Text
from budgetperf.rates import project

from .definition import Likelihood, RateDefinition, Source, Status
from .parts import (
    FRAMEWORK_2020,
    FRAMEWORK_2020_NAME,
    PROJECT,
    PROJECT_2013,
    days,
    measure,
    money,
    same_name,
    trap,
)

__all__ = ["PROJECTS"]

_FROM_THE_START = Text(
    zh="自同一起点算起的时长，不是日期", en="a length of time from one start, not a date"
)

PROJECTS = (
    RateDefinition(
        id="funds-in-place-rate",
        title=Text(zh="资金到位率", en="rate of funds in place, on the planned investment"),
        kinds=PROJECT,
        function=project.funds_in_place_rate,
        arguments=(
            money("in_place", "实际到位资金", "funds in place"),
            money("planned", "计划投入资金", "planned investment"),
        ),
        formula=Text(
            zh="实际到位资金 ÷ 计划投入资金 × 100%", en="funds in place / planned investment"
        ),
        sources=(
            attrs.evolve(
                PROJECT_2013,
                status=Status.FORM,
                likelihood=None,
                addresses=("m.zixin.com.cn/doc/12608570.html",),
            ),
        ),
        traps=(
            same_name(
                "2020年参考框架以预算资金为分母",
                "in the framework of 2020 the base is the budget",
                "funds-in-place-rate-on-budget",
            ),
            trap(
                "到位及时率只看应到位资金中按时到位的部分",
                "到位及时率 is the part of what was due that came on time",
                "funds-on-time-rate",
            ),
        ),
    ),
    RateDefinition(
        id="funds-in-place-rate-on-budget",
        title=Text(zh="资金到位率", en="rate of funds in place, on the budget"),
        kinds=PROJECT,
        function=project.funds_in_place_rate_on_budget,
        arguments=(
            money("in_place", "实际到位资金", "funds in place"),
            money("budget", "预算资金", "budget"),
        ),
        formula=Text(zh="实际到位资金 ÷ 预算资金 × 100%", en="funds in place / budget"),
        sources=(FRAMEWORK_2020,),
        traps=(
            same_name(
                "2013年框架以计划投入资金为分母",
                "in the framework of 2013 the base is the planned investment",
                "funds-in-place-rate",
            ),
        ),
    ),
    RateDefinition(
        id="funds-on-time-rate",
        title=Text(zh="到位及时率", en="rate of funds in place on time"),
        kinds=PROJECT,
        function=project.funds_on_time_rate,
        arguments=(
            money("on_time", "及时到位资金", "funds in place on time"),
            money("due", "应到位资金", "funds due"),
        ),
        formula=Text(
            zh="及时到位资金 ÷ 应到位资金 × 100%", en="funds in place on time / funds due"
        ),
        sources=(
            PROJECT_2013,
            Source(
                document=FRAMEWORK_2020_NAME,
                status=Status.UNVERIFIED,
                likelihood=Likelihood.UNCERTAIN,
                published="2020-02",
                note=Text(zh="不再列此项", en="no longer lists it"),
            ),
        ),
        traps=(
            trap(
                "分母是到该时点应到位的资金，不是全部计划投入资金",
                "the base is what was due by then, not all of the planned investment",
                "funds-in-place-rate",
            ),
        ),
    ),
    RateDefinition(
        id="execution-rate-on-funds-in-place",
        title=Text(zh="预算执行率", en="execution rate, on the funds in place"),
        kinds=PROJECT,
        function=project.execution_rate_on_funds_in_place,
        arguments=(
            money("spent", "实际支出资金", "funds spent"),
            money("in_place", "实际到位资金", "funds in place"),
        ),
        formula=Text(zh="实际支出资金 ÷ 实际到位资金 × 100%", en="funds spent / funds in place"),
        sources=(FRAMEWORK_2020,),
        traps=(
            same_name(
                "绩效自评表的预算执行率以全年预算数为分母",
                "on the self-evaluation form the base is the revised budget",
                "execution-rate",
            ),
        ),
    ),
    RateDefinition(
        id="output-completion-rate",
        title=Text(zh="实际完成率", en="completion of planned outputs"),
        kinds=PROJECT,
        function=project.output_completion_rate,
        arguments=(
            measure("actual", "实际产出数", "actual output"),
            measure("planned", "计划产出数", "planned output"),
        ),
        formula=Text(zh="实际产出数 ÷ 计划产出数 × 100%", en="actual output / planned output"),
        sources=(PROJECT_2013, FRAMEWORK_2020),
        traps=(
            same_name(
                "部门整体支出以工作数计算",
                "for departments it is one of tasks",
                "task-completion-rate",
            ),
            trap(
                "指标完成率是任何指标的完成程度，不限于产出",
                "指标完成率 is how far any indicator was met, not outputs only",
                "completion-rate",
            ),
        ),
    ),
    RateDefinition(
        id="output-timeliness-rate",
        title=Text(zh="完成及时率", en="share of the planned time that was saved"),
        kinds=PROJECT,
        function=project.output_timeliness_rate,
        arguments=(
            days("planned", "计划完成时间", "planned time", _FROM_THE_START),
            days("actual", "实际完成时间", "actual time", _FROM_THE_START),
        ),
        formula=Text(
            zh="（计划完成时间 − 实际完成时间）÷ 计划完成时间 × 100%",
            en="(planned time - actual time) / planned time",
        ),
        sources=(
            PROJECT_2013,
            attrs.evolve(
                FRAMEWORK_2020,
                note=Text(
                    zh="改为完成及时性，对两个时间作定性比较",
                    en="replaced by 完成及时性, a comparison of both times in words",
                ),
            ),
        ),
        traps=(
            same_name(
                "部门整体支出是及时完成的工作数占计划工作数的比例，按时完成为100%",
                "for departments it is the share of planned tasks that were done on time, and "
                "100 % is on time",
                "task-timeliness-rate",
            ),
            trap(
                "按时完成为0，提前为正，延误为负",
                "0 is on time; positive is early, negative is late",
            ),
        ),
    ),
    RateDefinition(
        id="output-quality-rate",
        title=Text(zh="质量达标率", en="outputs up to standard"),
        kinds=PROJECT,
        function=project.output_quality_rate,
        arguments=(
            measure("up_to_standard", "质量达标产出数", "output up to standard"),
            measure("actual", "实际产出数", "actual output"),
        ),
        formula=Text(
            zh="质量达标产出数 ÷ 实际产出数 × 100%", en="output up to standard / actual output"
        ),
        sources=(PROJECT_2013, FRAMEWORK_2020),
        traps=(
            same_name(
                "部门整体支出以计划工作数为分母",
                "for departments the base is the planned tasks",
                "task-quality-rate",
            ),
        ),
    ),
    RateDefinition(
        id="cost-saving-rate",
        title=Text(zh="成本节约率", en="cost saving rate"),
        kinds=PROJECT,
        function=project.cost_saving_rate,
        arguments=(
            money("planned", "计划成本", "planned cost"),
            money("actual", "实际成本", "actual cost"),
        ),
        formula=Text(
            zh="（计划成本 − 实际成本）÷ 计划成本 × 100%",
            en="(planned cost - actual cost) / planned cost",
        ),
        sources=(PROJECT_2013, FRAMEWORK_2020),
        traps=(
            trap(
                "地方表样的成本控制率是同一算式，以预算数为分母",
                "成本控制率 of a local form is the same formula on the budget",
                "cost-control-rate",
            ),
            trap("超支为负", "negative if it cost more than planned"),
        ),
    ),
    RateDefinition(
        id="cost-control-rate",
        title=Text(zh="成本控制率", en="cost control rate"),
        kinds=PROJECT,
        function=project.cost_control_rate,
        arguments=(
            money("budget", "预算数", "budget"),
            money("actual", "实际支出数", "actual expenditure"),
        ),
        formula=Text(
            zh="（预算数 − 实际支出数）÷ 预算数 × 100%",
            en="(budget - actual expenditure) / budget",
        ),
        sources=(
            Source(
                document=Text(
                    zh="江西省项目支出绩效自评表（2017、2018年）",
                    en="Jiangxi, project self-evaluation form of 2017 and 2018",
                ),
                status=Status.FORM,
            ),
        ),
        traps=(
            trap(
                "公用经费控制率、“三公经费”控制率是实际数与预算数之比，100%为持平；此处持平为0",
                "the other rates of control are actual over budget, where 100 % is as budgeted; "
                "here it is 0",
                "operating-cost-control-rate",
                "three-public-control-rate",
            ),
            trap(
                "成本节约率是同一算式，以计划成本为分母",
                "成本节约率 is the same formula on the planned cost",
                "cost-saving-rate",
            ),
            trap("超支为负", "negative if more was spent than budgeted"),
        ),
    ),
)
