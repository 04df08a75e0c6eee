"""What a relation takes for granted where a report does not say it."""

from __future__ import annotations

from budgetperf.exact import Labelled

__all__ = ["Assumption"]


class Assumption(Labelled):
    """What a verdict may rest on besides the figures. The values are stable ASCII codes.

    Each relation declares what it may assume; a finding names what its verdict rests on. A sign
    that is assumed, and a list that is not known to be complete, leave a question to a reviewer:
    they never make anything inconsistent.
    """

    WHOLE_IS_EXACT = (
        "whole-is-exact",
        "整列均为整数，未经舍入",
        "a column of whole numbers was not rounded",
    )
    """In a column in which all numbers are whole, none was rounded."""
    COMPLETE = ("complete", "所列各项齐全", "the parts listed are complete")
    """The parts that are listed are all there are."""
    NOT_NEGATIVE = ("not-negative", "金额不小于 0", "amounts are 0 or more")
    """Amounts of money are 0 or more, also those that are not stated."""
    ABSENT_IS_ZERO = (
        "absent-is-zero",
        "表中未列的行、填“—”的行不计入合计",
        "rows that are absent, or hold a dash, add nothing to the sum",
    )
    """A row that is not there, or that a dash says does not apply, adds nothing to a sum."""
    DEFINITION = (
        "definition",
        "口径根据填列数推断",
        "the definition is the one that fits the figures best",
    )
    """A rate that has several definitions is meant in the one that fits the report best."""
    ROUNDED_TO_PRINT = (
        "rounded-to-print",
        "规则没有规定得分保留几位小数，按得分栏填列的位数四舍五入",
        "scores are rounded to the places in print, as the rule does not say how they are rounded",
    )
    """A score by a rule that says nothing of rounding is rounded to the places in print."""
