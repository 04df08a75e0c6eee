"""What the keys of rule-sets and of worked examples mean, in Chinese.

Both languages stand here where the docstring of the class does not list the key.
"""

from __future__ import annotations

from typing import TypeAlias

from budgetperf.exact import Interval, Text
from budgetperf.rules import (
    Band,
    Curve,
    Deduction,
    DefaultDirection,
    Example,
    ExampleRow,
    ExecutionRule,
    IndicatorRule,
    Knot,
    LevelWeight,
    OverCompletion,
    Provision,
    QuantitativeRule,
    RatingBand,
    RuleSet,
    ScoreRounding,
    Steps,
    TotalCap,
    Trigger,
    WeightLayout,
)

__all__ = ["MEANINGS", "TITLES", "Meaning"]

Meaning: TypeAlias = str | Text

TITLES: dict[type, Text] = {
    RuleSet: Text(zh="规则集", en="rule-set"),
    Provision: Text(zh="文件 `[[provisions]]`", en="document `[[provisions]]`"),
    ExecutionRule: Text(zh="预算执行 `[execution]`", en="budget execution `[execution]`"),
    QuantitativeRule: Text(
        zh="定量指标 `[at_least]` 等", en="quantitative indicators, `[at_least]` and others"
    ),
    Deduction: Text(zh="一律扣分", en="points taken off"),
    DefaultDirection: Text(zh="缺省方向 `[[directions]]`", en="default direction `[[directions]]`"),
    Curve: Text(zh="曲线", en="curve"),
    Knot: Text(zh="曲线的点", en="knot of a curve"),
    Interval: Text(zh="区间", en="interval"),
    ScoreRounding: Text(zh="舍入", en="rounding"),
    OverCompletion: Text(zh="超额完成", en="over-completion"),
    Band: Text(zh="定性等级 `[[qualitative]]`", en="qualitative grade `[[qualitative]]`"),
    RatingBand: Text(zh="评价等级 `[[ratings]]`", en="rating `[[ratings]]`"),
    IndicatorRule: Text(
        zh="按名称规定的指标 `[[indicators]]`", en="indicator by name `[[indicators]]`"
    ),
    Steps: Text(zh="分步扣分", en="deduction by steps"),
    WeightLayout: Text(zh="分值结构 `[[layouts]]`", en="weights by heading `[[layouts]]`"),
    LevelWeight: Text(zh="一级指标的分值", en="weight of a level-1 heading"),
    TotalCap: Text(zh="总分上限 `[[total_caps]]`", en="cap on the total `[[total_caps]]`"),
    Trigger: Text(zh="须说明的情形 `[[triggers]]`", en="trigger `[[triggers]]`"),
    Example: Text(zh="算例 `[[example]]`", en="worked example `[[example]]`"),
    ExampleRow: Text(zh="算例的指标行", en="row of a worked example"),
}

_STATUS = "依据，与整个规则集不同时写"
_VERIFIED = "有人与原文核对的日期，没有核对过就不写"
_NOTE = "说明"

MEANINGS: dict[type, dict[str, Meaning]] = {
    RuleSet: {
        "id": "标识：小写英文、数字和连字符；发布后不变",
        "title": "名称",
        "status": "依据什么",
        "place": "适用的地区",
        "provisions": "所依据的文件",
        "effective": "施行的年、月或日，知道多少写多少",
        "verified": _VERIFIED,
        "replaces": "更正哪一个规则集",
        "total": "全部分值之和，不写就是 100",
        "execution": "预算执行的规则",
        "at_least": Text(
            zh="`≥` 的指标（也用于 `>`）", en="the rule for targets with `≥` (and `>`)"
        ),
        "at_most": Text(
            zh="`≤` 的指标（也用于 `<`）", en="the rule for targets with `≤` (and `<`)"
        ),
        "equal": Text(zh="`=` 的指标", en="the rule for targets with `=`"),
        "qualitative": "定性指标的等级，由高到低",
        "deviation": "偏差率的口径",
        "score_rounding": "得分如何舍入；不写就不舍入",
        "ratings": "评价等级，由高到低",
        "note": _NOTE,
        "until": "施行到哪一年、月或日为止",
        "base": "由哪一个已有的规则集派生",
        "above": "`>` 的指标，与 `≥` 不同时写",
        "below": "`<` 的指标，与 `≤` 不同时写",
        "indicators": "按名称规定的指标，先于按方向的规定",
        "layouts": "各一级指标的分值；有几种情形就写几个",
        "not_applicable": "不适用的指标如何处理",
        "total_caps": "什么情形下总分不超过多少",
        "triggers": "什么情形须说明原因、标出或填报措施",
        "editable": "定量指标的得分是否可以手工填写或修改：可以的，与计算结果不同时只提请复核",
        "directions": "指标值没有写运算符时按哪个方向",
    },
    Provision: {
        "document": "名称或文号",
        "status": "依据什么",
        "article": "条款",
        "published": "发布的年、月或日",
        "note": _NOTE,
        "issuer": "发文机关",
        "number": "文号",
        "articles": "条款，有几条时写",
        "address": "在哪里读到",
        "verified": _VERIFIED,
        "likelihood": "未核实的，内容有多大可能是对的",
        "addresses": "在哪里读到，有几处时写",
    },
    ExecutionRule: {
        "weight": "分值",
        "curve": "得分系数",
        "zero_budget": "预算为 0 时得多少分",
        "status": _STATUS,
        "note": _NOTE,
        "denominator": "执行数除以什么",
        "discretion": "最低得分系数，只看数字不能确定得分时写",
        "measure_rounding": "执行率（百分数）先如何舍入",
        "verified": _VERIFIED,
    },
    QuantitativeRule: {
        "measure": "曲线的横轴是什么",
        "curve": "得分系数",
        "discretion": "有理由扣分时的最低得分系数；它与 `curve` 之间的都可以",
        "zero_target": "指标值为 0 时得多少分",
        "status": _STATUS,
        "note": _NOTE,
        "over_completion": "远超指标值时如何处理",
        "measure_rounding": "横轴的值（百分数）先如何舍入",
        "verified": _VERIFIED,
        "deductions": "不论分值多少，一律扣几分",
    },
    Deduction: {
        "within": "横轴的值在什么范围内时扣",
        "points": "扣几分",
        "status": _STATUS,
        "note": _NOTE,
    },
    DefaultDirection: {
        "direction": "按哪个方向",
        "names": "用于哪些标题（一、二级指标）或指标；不写就用于其余全部",
        "status": _STATUS,
    },
    Curve: {
        "knots": "曲线上的点，`x` 递增，至少一个；点与点之间是直线，首尾之外是水平线",
        "domain": "在什么范围内有规定；不写就是处处有规定",
    },
    Knot: {
        "x": '横轴：完成率、执行率等，100% 写成 `"1"`',
        "y": '该处的得分系数，满分写成 `"1"`',
        "left": "刚好低于该处的值，曲线跳跃时写",
        "right": "刚好高于该处的值，曲线跳跃时写",
    },
    Interval: {
        "lower": Text(zh="下限；不写就没有下限", en="the lower end; none by default"),
        "upper": Text(zh="上限；不写就没有上限", en="the upper end; none by default"),
        "lower_closed": Text(
            zh="是否含下限，不写就是含", en="whether the lower end belongs to it, as by default"
        ),
        "upper_closed": Text(
            zh="是否含上限，不写就是含", en="whether the upper end belongs to it, as by default"
        ),
    },
    ScoreRounding: {
        "places": Text(zh="小数位数", en="the number of decimals"),
        "mode": Text(
            zh="方式，不写就是四舍五入，见[舍入方式](rounding.md)",
            en="the mode, half-up by default; see [rounding modes](rounding.md)",
        ),
    },
    OverCompletion: {
        "policy": "如何处理；与曲线矛盾的会被拒绝",
        "threshold": "完成率（实际完成值 ÷ 指标值）从多少起",
        "inclusive": "是否含这一点，不写就是含",
        "status": _STATUS,
        "note": _NOTE,
    },
    Band: {
        "grade": Text(zh="等级的名称", en="the name of the grade"),
        "shares": Text(
            zh='得分系数的范围，80% 写成 `"0.8"`',
            en='the shares of the weight that it admits; 80 % is `"0.8"`',
        ),
        "status": Text(zh=_STATUS, en="what it rests on, where it differs from the rule-set"),
        "aliases": Text(
            zh="表和系统里的其他写法", en="other names of it, as forms and systems print them"
        ),
    },
    RatingBand: {
        "rating": Text(zh="等级", en="the rating"),
        "least": Text(zh="最低的总分（含）", en="the lowest total that earns it"),
        "most": Text(
            zh="最高的总分（含），写作 80—89 这样留有空隙的才写",
            en="the highest total that earns it, for bands with gaps between them, such as 80–89",
        ),
        "status": Text(zh=_STATUS, en="what it rests on, where it differs from the rule-set"),
    },
    IndicatorRule: {
        "names": "三级指标的名称，不含空格",
        "headings": "一级、二级指标的名称：用于其下的每个指标",
        "weight": "文件规定的分值；不写就用表中的分值",
        "curve": "得分系数，横轴是实际完成值；与 `steps` 二者写一个",
        "steps": "分步扣分",
        "not_applicable": "不适用时如何处理",
        "directions": "只用于哪些方向的指标值；不写就是全部。没有 ≥、≤ 或 = 的指标值也算在内",
        "of_completion": "横轴是否为完成率；不写就是实际完成值",
        "discretion": "最低得分系数，只看数字不能确定得分时写；与 `curve` 一起",
        "status": _STATUS,
        "verified": _VERIFIED,
        "note": _NOTE,
    },
    Steps: {
        "start": "从多少起扣分",
        "width": '一步多长，5 个百分点写成 `"0.05"`',
        "loss": "一步扣几分",
        "above": "是否高于 `start` 才扣分；不写就是低于时扣分",
        "counting": "不足一步如何计",
    },
    WeightLayout: {
        "weights": "各一级指标的分值；有 `[execution]` 时不含预算执行",
        "variant": "什么情形下用这一种",
        "status": _STATUS,
        "verified": _VERIFIED,
    },
    LevelWeight: {
        "level1": Text(zh="一级指标的名称", en="the level-1 heading"),
        "weight": Text(zh="分值", en="its weight"),
    },
    TotalCap: {
        "on": "看什么：预算执行率或预算调整率",
        "within": "它在什么范围内时",
        "most": "总分最高多少",
        "unless_explained": "说明了调整原因的是否除外",
        "status": _STATUS,
        "note": _NOTE,
    },
    Trigger: {
        "on": "看什么",
        "within": "它在什么范围内时",
        "demand": "要求什么",
        "directions": "只用于哪些方向的指标；不写就是全部",
        "status": _STATUS,
        "note": _NOTE,
    },
    Example: {
        "name": "算例说明什么",
        "source": "数字见于何处，或如何手算得出",
        "budget": Text(zh="全年预算数，连同单位", en="全年预算数, with its unit"),
        "initial": Text(zh="年初预算数，连同单位", en="年初预算数, with its unit"),
        "executed": Text(zh="全年执行数，连同单位", en="全年执行数, with its unit"),
        "execution": "预算执行应得的分；有 `execution_most` 时是最低的；不写就是得不出",
        "execution_most": "最高的",
        "printed": "文件填列的得分，更短时写",
        "execution_none": "得不出预算执行得分时，原因的代码",
        "execution_asks": "对预算执行应提出的要求；`[]` 是没有要求，不写就不核对",
        "rows": "指标表的各行",
        "reason": "预算调整的原因，写明了的",
        "total": "应得的总分，不写就不核对",
        "rating": "应得的评价等级，不写就不核对",
        "asks": "对总分应提出的要求；`[]` 是没有要求，不写就不核对",
    },
    ExampleRow: {
        "target": Text(
            zh="指标值，照填列的写，如 `≥90%`；不适用的写 `/`",
            en="the target as printed, such as `≥90%`; `/` where the indicator does not apply",
        ),
        "actual": Text(zh="实际完成值，照填列的写", en="the actual value, as printed"),
        "weight": "分值",
        "score": "应得的分；有 `most` 时是最低的；不写就是得不出",
        "most": "规则留有判断余地时，最高的",
        "none": "得不出得分时，原因的代码",
        "name": Text(
            zh="指标的名称，规则是按名称规定的才要写",
            en="the indicator, where the rule is for its name",
        ),
        "level1": Text(
            zh="所属的一级指标，规则是按标题规定的才要写",
            en="its heading, where the rule is for that",
        ),
        "asks": "对这一行应提出的要求；`[]` 是没有要求，不写就不核对",
    },
}
