"""The catalogue: rates that departments and projects both report."""

from __future__ import annotations

from budgetperf.exact import Text
from budgetperf.rates import common

from .definition import Argument, RateDefinition, Source, Status, Takes
from .parts import BOTH, REPORTS, measure, money, same_name, trap

__all__ = ["COMMON"]

_ACTUAL = measure("actual", "实际完成值", "actual value")
_TARGET = measure("target", "指标值", "target")

COMMON = (
    RateDefinition(
        id="execution-rate",
        title=Text(zh="预算执行率", en="execution rate"),
        kinds=BOTH,
        function=common.execution_rate,
        arguments=(
            money("executed", "全年执行数", "executed"),
            money(
                "revised",
                "全年预算数",
                "revised budget",
                Text(zh="调整后预算数", en="the budget after adjustment"),
            ),
        ),
        formula=Text(zh="全年执行数 ÷ 全年预算数 × 100%", en="executed / revised budget"),
        sources=(
            Source(
                document=Text(zh="绩效自评表", en="the self-evaluation form"),
                status=Status.FORM,
                addresses=("pdf.chddh.cn/archives/48n5zg2zkkjxn27q6rjv.html",),
            ),
        ),
        traps=(
            same_name(
                "2020年参考框架的预算执行率以实际到位资金为分母",
                "in the framework of 2020 the base is the funds in place",
                "execution-rate-on-funds-in-place",
            ),
            trap(
                "预算完成率以财政部门批复的本年度预算数为分母，不一定是调整后预算数",
                "预算完成率 is on the budget that the finance department approved, which need not "
                "be the one after adjustment",
                "budget-completion-rate",
            ),
            trap(
                "2016年的一份表样以年初预算数为分母",
                "a form of 2016 divides by the initial budget",
            ),
        ),
    ),
    RateDefinition(
        id="adjustment-rate",
        title=Text(zh="预算调整率", en="adjustment rate"),
        kinds=BOTH,
        function=common.adjustment_rate,
        arguments=(
            money(
                "adjustment",
                "年中调整数",
                "adjustment",
                Text(
                    zh="全年预算数减年初预算数，调减为负",
                    en="the revised budget minus the initial one; negative for a cut",
                ),
            ),
            money("initial", "年初预算数", "initial budget"),
        ),
        formula=Text(zh="年中调整数 ÷ 年初预算数 × 100%", en="adjustment / initial budget"),
        sources=(REPORTS,),
        traps=(
            same_name(
                "2013年框架按各项调整的绝对值求和，追加与追减不相抵",
                "the framework of 2013 adds up absolute moves: cuts do not offset additions",
                "gross-adjustment-rate",
            ),
        ),
    ),
    RateDefinition(
        id="share",
        title=Text(zh="占比", en="share"),
        kinds=BOTH,
        function=common.share,
        arguments=(money("part", "部分", "part"), money("total", "合计", "total")),
        formula=Text(zh="部分 ÷ 合计 × 100%", en="part / total"),
        sources=(REPORTS,),
        traps=(
            trap(
                "分子与分母须同一口径：年初数不能与全年数相除",
                "both on the same phase: an initial part over an executed total is no share",
            ),
        ),
    ),
    RateDefinition(
        id="completion-rate",
        title=Text(zh="指标完成率", en="completion rate of an indicator"),
        kinds=BOTH,
        function=common.completion_rate,
        arguments=(_ACTUAL, _TARGET),
        formula=Text(zh="实际完成值 ÷ 指标值 × 100%", en="actual value / target"),
        sources=(REPORTS,),
        traps=(
            trap(
                "实际完成率是某一项工作或产出的指标，指标完成率是任何指标的完成程度",
                "实际完成率 is an indicator of its own, of tasks or outputs; this is how far any "
                "indicator was met",
                "task-completion-rate",
                "output-completion-rate",
            ),
            trap(
                "偏差率在一种口径下等于指标完成率减100%，其他口径下不等",
                "the deviation is this minus 100 % under one definition only",
                "deviation",
            ),
            trap(
                "反向指标（≤）由规则集另定算法",
                "for indicators that should stay low, rule-sets define their own measure",
            ),
        ),
    ),
    RateDefinition(
        id="deviation",
        title=Text(zh="偏差率", en="deviation"),
        kinds=BOTH,
        function=common.deviation,
        arguments=(
            _ACTUAL,
            _TARGET,
            Argument(
                name="definition",
                label=Text(zh="偏差率口径", en="definition of the deviation"),
                takes=Takes.DEVIATION,
            ),
        ),
        formula=Text(
            zh="实际完成值 − 指标值；（实际完成值 − 指标值）÷ 指标值 × 100%；"
            "（实际完成值 − 指标值）÷ 实际完成值 × 100%",
            en="actual value - target; (actual value - target) / target; "
            "(actual value - target) / actual value",
        ),
        sources=(REPORTS,),
        traps=(
            trap(
                "三种口径并存，没有文件统一规定；同一行里可能混用",
                "three definitions are in use and no text fixes one; one row may mix them",
                "completion-rate",
            ),
            trap(
                "百分点之差只存在于比率之间；其他量按指标值的百分比计",
                "percentage points exist between rates only; other things are taken in percent of "
                "the target",
            ),
        ),
    ),
)
