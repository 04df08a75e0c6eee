"""What became of a row."""

from __future__ import annotations

from budgetperf.exact import Labelled

__all__ = ["UNSAID", "RowStatus"]


class RowStatus(Labelled):
    """Why a row has a score or a rate, or why it has none. The values are stable ASCII codes."""

    OK = ("ok", "已计算", "computed")
    """The score or the rate follows from the row."""
    MISSING = ("missing", "未填报", "not stated")
    """A number that it takes is blank, such as the target or the revised budget."""
    UNREADABLE = ("unreadable", "无法读取", "unreadable")
    """Something stands there that is no number, or no direction."""
    UNDEFINED = ("undefined", "分母为 0，规则未作规定", "a base of 0, for which there is no rule")
    """The base is 0: the rule says nothing of it, and there is no rate."""
    NEGATIVE_TARGET = ("negative-target", "指标值为负", "a negative target")
    """The target is below 0, where a completion has no meaning."""
    NEGATIVE_WEIGHT = ("negative-weight", "分值为负", "a negative weight")
    """The weight is below 0."""
    RULE_SILENT = ("rule-silent", "规则集未规定", "the rule-set has no rule for it")
    """The rule-set says nothing of such a row."""
    OPEN = ("open", "由评价人判断", "left to judgement")
    """The rule leaves room for judgement: no single score follows."""
    NO_DIRECTION = ("no-direction", "没有方向", "no direction")
    """It is not known whether the target is to be reached, to be kept to, or to be met."""
    UNIT_MISMATCH = ("unit-mismatch", "单位不同", "units differ")
    """Target and actual value, or two amounts, are in units that do not compare."""
    DIRECTION_MISMATCH = ("direction-mismatch", "方向不一致", "directions differ")
    """The column of directions says another direction than the sign in the target."""
    NOT_APPLICABLE = ("not-applicable", "不适用", "does not apply")
    """The row does not apply, and is left out of the total."""
    OTHER = ("other", "其他原因，见单行计分", "another reason, told by the score of the single row")
    """The score of the single row says why, such as a printed rule that is not understood."""
    OUT_OF_RANGE = (
        "out-of-range",
        "结果超过 18 位数字，或此引擎不能精确计算",
        "more than 18 digits, or too large for this engine",
    )
    """Nothing was computed: a score or a rate has more than 18 digits, or a table that is worked
    out later has no integers wide enough and cannot call Python, as DuckDB without pandas and
    pyarrow."""
    ROW_BY_ROW = ("row-by-row", "须逐行计算", "takes the score of the single row")
    """A table that is worked out later cannot call Python, and no expression scores this row."""


UNSAID = (RowStatus.OUT_OF_RANGE, RowStatus.ROW_BY_ROW)
"""What expressions say of rows that are left to the functions for single rows."""
