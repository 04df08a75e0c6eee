"""What a relation takes for granted where a report does not say it."""

from __future__ import annotations

import enum

from budgetperf.exact import Text

__all__ = ["Assumption"]


class Assumption(enum.Enum):
    """What a verdict may rest on besides the figures. The values are stable ASCII codes.

    Each relation declares what it may assume; a finding names what its verdict rests on. A sign
    that is assumed, and a list that is not known to be complete, leave a question to a reviewer:
    they never make anything inconsistent.
    """

    WHOLE_IS_EXACT = "whole-is-exact"
    """In a column in which all numbers are whole, none was rounded."""
    COMPLETE = "complete"
    """The parts that are listed are all there are."""
    NOT_NEGATIVE = "not-negative"
    """Amounts of money are 0 or more, also those that are not stated."""
    ABSENT_IS_ZERO = "absent-is-zero"
    """A row that is not there, or that a dash says does not apply, counts for nothing."""
    DEFINITION = "definition"
    """A rate that has several definitions is meant in the one that fits the report best."""

    @property
    def label(self) -> Text:
        return _ASSUMPTIONS[self]


_ASSUMPTIONS = {
    Assumption.WHOLE_IS_EXACT: Text(
        zh="整列都是整数，按没有舍入看待", en="a column of whole numbers is taken as not rounded"
    ),
    Assumption.COMPLETE: Text(
        zh="所列各项视为全部", en="the parts that are listed are taken to be all"
    ),
    Assumption.NOT_NEGATIVE: Text(zh="金额视为不小于 0", en="amounts are taken to be 0 or more"),
    Assumption.ABSENT_IS_ZERO: Text(
        zh="表中没有的行、填“—”的行视为不计", en="a row that is not there, or a dash, counts as 0"
    ),
    Assumption.DEFINITION: Text(
        zh="口径按数字推断", en="the definition is the one that fits the figures best"
    ),
}
