"""Whether a rule-set was in force when a report was made."""

from __future__ import annotations

import datetime as dt

from budgetperf.citations import first_day, last_day
from budgetperf.exact import Missing, Text
from budgetperf.model import Department
from budgetperf.rules import RuleSet

__all__ = ["out_of_time"]


def out_of_time(rules: RuleSet, department: Department) -> Text | None:
    """That a rule-set is older or younger than the report, where that is certain.

    A self-evaluation for a year is made in the next one. So a rule-set is too young if it is in
    force from a year after the report's, and from a day after the report was filed; where that day
    is not stated, from a year later than the next. It is too old if it ended in a year before the
    report's. The year next to the report's says nothing: dates of rule-sets are those of
    evaluations in some documents, and of the years evaluated in others. Nothing is said, either,
    where the year or the dates are not known.
    """
    year = _year(department)
    if year is None:
        return None
    if rules.until and last_day(rules.until).year < year:
        return _OLDER.fill(id=rules.id, until=rules.until, year=year)
    if not rules.effective or (first := first_day(rules.effective)).year <= year:
        return None
    filed = department.filing_date
    if isinstance(filed, Missing):
        text, is_younger = _YOUNGER, first.year > year + 1
    else:
        text, is_younger = _NOT_YET, filed < first
    if not is_younger:
        return None
    return text.fill(id=rules.id, effective=rules.effective, year=year, next=year + 1, filed=filed)


def _year(department: Department) -> int | None:
    """The year of a report, if it is stated and can be one."""
    if isinstance(department.year, Missing):
        return None
    value = department.year.value
    is_year = value == int(value) and dt.MINYEAR <= value <= dt.MAXYEAR
    return int(value) if is_year else None


_OLDER = Text(
    zh="规则集 {id} 施行至 {until}，早于报告的 {year} 年度：请核对是否适用",
    en="the rule-set {id} was in force until {until}, before the report's year {year}: see whether "
    "it applies",
)
_NOT_YET = Text(
    zh="规则集 {id} 自 {effective} 起施行，而 {year} 年度的报告填报于 {filed}：请核对是否适用",
    en="the rule-set {id} is in force from {effective}; the report for {year} was filed on "
    "{filed}: see whether it applies",
)
_YOUNGER = Text(
    zh="规则集 {id} 自 {effective} 起施行，而 {year} 年度的自评一般在 {next} 年进行："
    "请核对是否适用",
    en="the rule-set {id} is in force from {effective}; a self-evaluation for {year} is usually "
    "made in {next}: see whether it applies",
)
