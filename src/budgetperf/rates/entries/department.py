"""The catalogue: the rates of departments."""

from __future__ import annotations

import attrs

from budgetperf.exact import Text
from budgetperf.rates import department

from .definition import Argument, RateDefinition, Source, Status, Takes
from .parts import DEPARTMENT, department_2013, money, number, same_name, trap

__all__ = ["DEPARTMENTS"]

_PEOPLE = Text(zh="人", en="people")
_TASKS = Text(zh="项", en="tasks")
_PLANNED_TASKS = number("planned", "计划工作数", "planned tasks", _TASKS)
_HUNAN = (
    "taowenge.com/p-8700517.html",
    "wenku365.com/p-50355167.html",
    "m.51dongshi.net/eedfrcvdvdcgg.html",
)
_TAODOCS = "m.taodocs.com/p-534480183.html"
_LOCAL = Source(
    document=Text(
        zh="2017至2019年的一份地方评价指标表", en="a local table of indicators, 2017 to 2019"
    ),
    status=Status.FORM,
    addresses=("wanglu.net/thread/t13-461855-0.html",),
)
_APPROVED = Text(
    zh="财政部门批复的本年度预算数", en="the year's budget as approved by the finance department"
)
_CARRIED_OVER = money(
    "carried_over",
    "结转结余总额",
    "total carried over",
    Text(zh="结转与结余之和，以决算数为准", en="结转 and 结余 together, by the final accounts"),
)
_COST_CONTROL = trap(
    "成本控制率（地方表样）是节约的比例，不是实际数与预算数之比",
    "成本控制率 of a local form is what was saved, not actual over budget",
    "cost-control-rate",
)

DEPARTMENTS = (
    RateDefinition(
        id="staffing-control-rate",
        title=Text(zh="在职人员控制率", en="staffing control rate"),
        kinds=DEPARTMENT,
        function=department.staffing_control_rate,
        arguments=(
            number(
                "in_service",
                "在职人员数",
                "people in service",
                _PEOPLE,
                Text(
                    zh="以财政部部门决算口径为准",
                    en="by the basis of the Ministry's departmental final accounts",
                ),
            ),
            number(
                "authorised",
                "编制数",
                "authorised posts",
                _PEOPLE,
                Text(
                    zh="机构编制部门批准的编制",
                    en="posts approved by the 机构编制部门",
                ),
            ),
        ),
        formula=Text(zh="在职人员数 ÷ 编制数 × 100%", en="people in service / authorised posts"),
        sources=(department_2013(Status.FORM, *_HUNAN),),
        traps=(
            trap(
                "分子是在职人员数，不是实有人数",
                "people in service, not all people on the roll",
            ),
        ),
    ),
    RateDefinition(
        id="three-public-change-rate",
        title=Text(zh="“三公经费”变动率", en="change of the three public expenses, budgets"),
        kinds=DEPARTMENT,
        function=department.three_public_change_rate,
        arguments=(
            money("this_year", "本年度“三公经费”预算数", "this year's budget"),
            money("last_year", "上年度“三公经费”预算数", "last year's budget"),
        ),
        formula=Text(
            zh="（本年度“三公经费”预算数 − 上年度“三公经费”预算数）÷ 上年度“三公经费”预算数 × 100%",
            en="(this year's budget - last year's budget) / last year's budget",
        ),
        sources=(department_2013(Status.FORM, *_HUNAN, _TAODOCS),),
        traps=(
            same_name(
                "有地方表样比较两年的实际支出数",
                "a local table compares what was spent in both years",
                "three-public-actual-change-rate",
            ),
            trap(
                "变动率比较两年的预算，控制率比较实际与预算",
                "the change compares two budgets, the control rate actual with budget",
                "three-public-control-rate",
            ),
        ),
    ),
    RateDefinition(
        id="three-public-actual-change-rate",
        title=Text(zh="“三公经费”变动率", en="change of the three public expenses, spending"),
        kinds=DEPARTMENT,
        function=department.three_public_actual_change_rate,
        arguments=(
            money("this_year", "本年度“三公经费”实际支出数", "spent this year"),
            money("last_year", "上年度“三公经费”实际支出数", "spent last year"),
        ),
        formula=Text(
            zh="（本年度“三公经费”实际支出数 − 上年度“三公经费”实际支出数）"
            "÷ 上年度“三公经费”实际支出数 × 100%",
            en="(spent this year - spent last year) / spent last year",
        ),
        sources=(
            Source(
                document=Text(
                    zh="2016年的一份地方评价指标表", en="a local table of indicators, 2016"
                ),
                status=Status.FORM,
                addresses=("yabovip8.sbs/html/2024/1115/8017113143006143.shtm",),
            ),
        ),
        traps=(
            same_name(
                "2013年框架比较两年的预算数",
                "the framework of 2013 compares the budgets of both years",
                "three-public-change-rate",
            ),
        ),
    ),
    RateDefinition(
        id="key-expenditure-rate",
        title=Text(zh="重点支出安排率", en="share of key expenditure"),
        kinds=DEPARTMENT,
        function=department.key_expenditure_rate,
        arguments=(
            money(
                "key_projects",
                "重点项目支出",
                "key projects",
                Text(zh="年度预算安排数", en="as arranged in the year's budget"),
            ),
            money("all_projects", "项目总支出", "all projects"),
        ),
        formula=Text(zh="重点项目支出 ÷ 项目总支出 × 100%", en="key projects / all projects"),
        sources=(
            department_2013(),
            attrs.evolve(
                department_2013(Status.FORM, _TAODOCS),
                note=Text(zh="仅指标释义，未见算式", en="that it is this ratio; not the formula"),
            ),
        ),
    ),
    RateDefinition(
        id="budget-completion-rate",
        title=Text(zh="预算完成率", en="budget completion rate"),
        kinds=DEPARTMENT,
        function=department.budget_completion_rate,
        arguments=(
            money("completed", "预算完成数", "budget carried out"),
            money("budget", "预算数", "approved budget", _APPROVED),
        ),
        formula=Text(zh="预算完成数 ÷ 预算数 × 100%", en="budget carried out / approved budget"),
        sources=(department_2013(),),
        traps=(
            trap(
                "预算执行率以调整后的全年预算数为分母",
                "预算执行率 is on the budget after adjustment",
                "execution-rate",
            ),
            trap(
                "湖南的表样以上年结转、年初预算与本年追加之和为分母，分子再减年末结余",
                "Hunan's tables divide by carry-over, initial budget and additions together, and "
                "take the balance at the end of the year off for the numerator",
            ),
        ),
    ),
    RateDefinition(
        id="gross-adjustment-rate",
        title=Text(zh="预算调整率", en="adjustment rate, on absolute moves"),
        kinds=DEPARTMENT,
        function=department.gross_adjustment_rate,
        arguments=(
            Argument(
                name="moves",
                label=Text(zh="各项调整数", en="moves"),
                takes=Takes.AMOUNTS,
                unit=Text(zh="元、万元或亿元", en="元, 万元 or 亿元"),
                note=Text(
                    zh="追加、追减和结构调整；落实国家政策、不可抗力、上级部门或本级党委政府"
                    "临时交办所致的除外",
                    en="additions, cuts and structural moves; not those caused by national policy, "
                    "force majeure, or ad-hoc orders of the superior department or the Party "
                    "committee and government of the same level",
                ),
            ),
            money("budget", "预算数", "budget"),
        ),
        formula=Text(zh="各项调整数绝对值之和 ÷ 预算数 × 100%", en="sum of |moves| / budget"),
        sources=(department_2013(),),
        traps=(
            same_name(
                "报告中常用净额（全年预算数减年初预算数），带正负号",
                "reports often take the net change, revised minus initial, with its sign",
                "adjustment-rate",
            ),
            trap(
                "湖南的预算控制率只计本年追加",
                "预算控制率 of Hunan counts additions only",
            ),
        ),
    ),
    RateDefinition(
        id="payment-progress-rate",
        title=Text(zh="支付进度率", en="payment progress rate"),
        kinds=DEPARTMENT,
        function=department.payment_progress_rate,
        arguments=(
            money("paid", "累计支出数", "paid so far"),
            money("budget", "年度预算数", "the year's budget"),
            Argument(
                name="planned",
                label=Text(zh="既定支付进度", en="planned progress"),
                takes=Takes.RATE,
                unit=Text(zh="%", en="%"),
                note=Text(
                    zh="绩效目标中所定，可依据序时进度、前三年情况或同类部门",
                    en="set in the goals, from the calendar, the last three years or peers",
                ),
            ),
        ),
        formula=Text(
            zh="（累计支出数 ÷ 年度预算数）÷ 既定支付进度 × 100%",
            en="(paid so far / the year's budget) / planned progress",
        ),
        sources=(department_2013(),),
        traps=(
            trap(
                "是实际进度与既定进度之比，不是支出与预算之比，须注明时点",
                "progress against planned progress, not against the budget, at a stated day",
            ),
        ),
    ),
    RateDefinition(
        id="carry-over-rate",
        title=Text(zh="结转结余率", en="carry-over rate, on the budget"),
        kinds=DEPARTMENT,
        function=department.carry_over_rate,
        arguments=(_CARRIED_OVER, money("budget", "支出预算数", "expenditure budget")),
        formula=Text(
            zh="结转结余总额 ÷ 支出预算数 × 100%", en="total carried over / expenditure budget"
        ),
        sources=(department_2013(),),
        traps=(
            same_name(
                "有地方表样以本年一般公共预算支出完成数为分母",
                "a local table divides by the expenditure of the general public budget",
                "carry-over-rate-on-executed",
            ),
        ),
    ),
    RateDefinition(
        id="carry-over-rate-on-executed",
        title=Text(zh="结转结余率", en="carry-over rate, on expenditure"),
        kinds=DEPARTMENT,
        function=department.carry_over_rate_on_executed,
        arguments=(
            _CARRIED_OVER,
            money("executed", "本年一般公共预算支出完成数", "general public budget expenditure"),
        ),
        formula=Text(
            zh="结转结余总额 ÷ 本年一般公共预算支出完成数 × 100%",
            en="total carried over / general public budget expenditure",
        ),
        sources=(_LOCAL,),
        traps=(
            same_name(
                "2013年框架以支出预算数为分母",
                "the framework of 2013 divides by the expenditure budget",
                "carry-over-rate",
            ),
        ),
    ),
    RateDefinition(
        id="carry-over-change-rate",
        title=Text(zh="结转结余变动率", en="change of carry-over"),
        kinds=DEPARTMENT,
        function=department.carry_over_change_rate,
        arguments=(
            money("this_year", "本年度累计结转结余", "carried over this year"),
            money("last_year", "上年度累计结转结余", "carried over last year"),
        ),
        formula=Text(
            zh="（本年度累计结转结余 − 上年度累计结转结余）÷ 上年度累计结转结余 × 100%",
            en="(carried over this year - carried over last year) / carried over last year",
        ),
        sources=(
            _LOCAL,
            attrs.evolve(
                department_2013(),
                note=Text(
                    zh="全国口径为累计数", en="the national wording takes cumulative amounts"
                ),
            ),
        ),
        traps=(
            trap(
                "上年度为0时没有规定，结果无定义",
                "no source says what holds if there was none last year: it is undefined",
            ),
        ),
    ),
    RateDefinition(
        id="operating-cost-control-rate",
        title=Text(zh="公用经费控制率", en="operating cost control rate"),
        kinds=DEPARTMENT,
        function=department.operating_cost_control_rate,
        arguments=(
            money("actual", "实际支出公用经费总额", "operating costs spent"),
            money("budget", "预算安排公用经费总额", "operating costs budgeted"),
        ),
        formula=Text(
            zh="实际支出公用经费总额 ÷ 预算安排公用经费总额 × 100%",
            en="operating costs spent / operating costs budgeted",
        ),
        sources=(department_2013(),),
        traps=(_COST_CONTROL,),
    ),
    RateDefinition(
        id="three-public-control-rate",
        title=Text(zh="“三公经费”控制率", en="control rate of the three public expenses"),
        kinds=DEPARTMENT,
        function=department.three_public_control_rate,
        arguments=(
            money("actual", "“三公经费”实际支出数", "spent on the three"),
            money("budget", "“三公经费”预算安排数", "budgeted for the three"),
        ),
        formula=Text(
            zh="“三公经费”实际支出数 ÷ “三公经费”预算安排数 × 100%",
            en="spent on the three / budgeted for the three",
        ),
        sources=(department_2013(),),
        traps=(
            trap(
                "控制率比较实际与预算，变动率比较两年的预算",
                "the control rate compares actual with budget, the change two budgets",
                "three-public-change-rate",
            ),
            _COST_CONTROL,
            trap(
                "预算为0时无定义，填100%或0%都只是约定",
                "undefined on a zero budget: 100 % or 0 % is a convention only",
            ),
        ),
    ),
    RateDefinition(
        id="procurement-execution-rate",
        title=Text(zh="政府采购执行率", en="procurement execution rate"),
        kinds=DEPARTMENT,
        function=department.procurement_execution_rate,
        arguments=(
            money("actual", "实际政府采购金额", "actual procurement"),
            money("budget", "政府采购预算数", "procurement budget"),
        ),
        formula=Text(
            zh="实际政府采购金额 ÷ 政府采购预算数 × 100%",
            en="actual procurement / procurement budget",
        ),
        sources=(department_2013(),),
    ),
    RateDefinition(
        id="fixed-asset-use-rate",
        title=Text(zh="固定资产利用率", en="use of fixed assets"),
        kinds=DEPARTMENT,
        function=department.fixed_asset_use_rate,
        arguments=(
            money("in_use", "实际在用固定资产总额", "fixed assets in use"),
            money("total", "所有固定资产总额", "all fixed assets"),
        ),
        formula=Text(
            zh="实际在用固定资产总额 ÷ 所有固定资产总额 × 100%",
            en="fixed assets in use / all fixed assets",
        ),
        sources=(department_2013(),),
        traps=(
            trap(
                "按金额计算，不按件数；未见规定用原值还是净值，分子分母须一致",
                "in money, not in numbers of things; no source says whether at the original value "
                "or net, but both sides must be alike",
            ),
        ),
    ),
    RateDefinition(
        id="task-completion-rate",
        title=Text(zh="实际完成率", en="completion of planned tasks"),
        kinds=DEPARTMENT,
        function=department.task_completion_rate,
        arguments=(
            number("completed", "实际完成工作数", "tasks completed", _TASKS),
            _PLANNED_TASKS,
        ),
        formula=Text(zh="实际完成工作数 ÷ 计划工作数 × 100%", en="tasks completed / planned tasks"),
        sources=(department_2013(),),
        traps=(
            same_name(
                "项目支出以产出数计算",
                "for projects it is one of outputs",
                "output-completion-rate",
            ),
            trap(
                "指标完成率是任何指标的完成程度，不限于工作数",
                "指标完成率 is how far any indicator was met, not tasks only",
                "completion-rate",
            ),
        ),
    ),
    RateDefinition(
        id="task-timeliness-rate",
        title=Text(zh="完成及时率", en="planned tasks completed on time"),
        kinds=DEPARTMENT,
        function=department.task_timeliness_rate,
        arguments=(
            number("on_time", "及时完成实际工作数", "tasks completed on time", _TASKS),
            _PLANNED_TASKS,
        ),
        formula=Text(
            zh="及时完成实际工作数 ÷ 计划工作数 × 100%",
            en="tasks completed on time / planned tasks",
        ),
        sources=(department_2013(),),
        traps=(
            same_name(
                "项目支出是节省的时间占计划时间的比例，按时完成为0",
                "for projects it is the share of the planned time that was saved; 0 is on time",
                "output-timeliness-rate",
            ),
        ),
    ),
    RateDefinition(
        id="task-quality-rate",
        title=Text(zh="质量达标率", en="planned tasks up to standard"),
        kinds=DEPARTMENT,
        function=department.task_quality_rate,
        arguments=(
            number("up_to_standard", "质量达标实际工作数", "tasks up to standard", _TASKS),
            _PLANNED_TASKS,
        ),
        formula=Text(
            zh="质量达标实际工作数 ÷ 计划工作数 × 100%", en="tasks up to standard / planned tasks"
        ),
        sources=(department_2013(),),
        traps=(
            same_name(
                "项目支出以实际产出数为分母，不以计划数为分母",
                "for projects the base is the actual outputs, not what was planned",
                "output-quality-rate",
            ),
        ),
    ),
    RateDefinition(
        id="key-task-closure-rate",
        title=Text(zh="重点工作办结率", en="key tasks closed"),
        kinds=DEPARTMENT,
        function=department.key_task_closure_rate,
        arguments=(
            number("completed", "重点工作实际完成数", "key tasks completed", _TASKS),
            number("assigned", "交办或下达数", "key tasks assigned", _TASKS),
        ),
        formula=Text(
            zh="重点工作实际完成数 ÷ 交办或下达数 × 100%",
            en="key tasks completed / key tasks assigned",
        ),
        sources=(department_2013(),),
    ),
)
