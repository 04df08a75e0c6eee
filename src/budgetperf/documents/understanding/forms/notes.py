"""What is told of the parts of a form that were not read."""

from __future__ import annotations

from budgetperf.exact import Text

__all__ = [
    "APART",
    "NEITHER",
    "NO_UNITS",
    "OF_ANOTHER_YEAR",
    "OF_OTHERS",
    "OF_PROJECTS",
    "OF_YEARS",
    "OTHER_UNIT",
    "PROJECTS_APART",
    "SECOND",
    "SUMMARY",
    "TWICE",
    "TWO_SCORES",
    "TWO_TOTALS",
    "UNCLEAR",
    "UNCLEAR_FUNDS",
    "UNKNOWN",
    "YEARS_APART",
]

SECOND = Text(
    zh="第 {} 行起另有一个资金表，没有读取：同一个表中另有带得分的或已读取的资金表",
    en="the table of funds from line {} on was left out: another one of the same table was read",
)
NEITHER = Text(
    zh="第 {} 行和第 {} 行起各有一个资金表，都没有读取：不能确定哪一个是资金合计",
    en="of the tables of funds from lines {} and {} on none was read: which one has the total is "
    "not sure",
)
APART = Text(
    zh="第 {} 行起的资金表没有表名或项目名称，也不带指标，没有读取：不能确定是否属于已读取的表",
    en="the table of funds from line {} on, which has no title, no name of a project and no "
    "indicators, was left out: whether it belongs to the form that was read is not sure",
)
OF_OTHERS = Text(
    zh="第 {} 行起的表是“三公”经费、采购或资产的，不是项目或部门的资金，没有读取",
    en="the table from line {} on is about official hospitality, vehicles and travel, procurement "
    "or assets, not the funds of the form, and was left out",
)
OF_ANOTHER_YEAR = Text(
    zh="第 {} 行起的表写明是其他年度的，没有读取",
    en="the table from line {} on says that it is of another year, and was left out",
)
OF_PROJECTS = Text(
    zh="第 {} 行起的表逐个列出各项目，其金额和得分不是本表的，没有读取",
    en="the table from line {} on lists projects, whose amounts and scores are not those of the "
    "form, and was left out",
)
PROJECTS_APART = Text(
    zh="第 {} 行起的表逐个列出各项目，没有读取：不能确定是否属于已读取的表",
    en="the list of projects from line {} on was left out: whether it belongs to the form that was "
    "read is not sure",
)
YEARS_APART = Text(
    zh="第 {} 行起的表有几个年度的栏，没有读取：不能确定是否属于已读取的表",
    en="the table of several years from line {} on was left out: whether it belongs to the form "
    "that was read is not sure",
)
OF_YEARS = Text(
    zh="第 {} 行起另有一个几年并列的表，没有读取：已读取一个",
    en="another table of several years from line {} on was left out: one was read",
)
OTHER_UNIT = Text(
    zh="{lines}的金额自带单位，与表头的不同，按自带的单位读取：请核对",
    en="amounts on {lines} have a unit of their own, other than that of the header, and were "
    "read in their own: check the original",
)
NO_UNITS = Text(
    zh="实际完成值一栏都没有写单位，其中 {} 项按同一行指标值的单位读取",
    en="no value in the column of what was reached has a unit; {} were read in the unit of the "
    "target in their row",
)
TWO_TOTALS = Text(
    zh="有几行合计，分值或得分不同，没有读取：不能确定哪一行是总分",
    en="several rows have totals that differ, none of which was read: which one is the total of "
    "the form is not sure",
)
TWO_SCORES = Text(
    zh="表头或表后写明的几个总分不同（{}），都没有读取：不能确定哪一个是总分",
    en="the total scores above or below the table differ ({}), and none of them was read: which "
    "one is the total of the form is not sure",
)
TWICE = Text(
    zh="预算执行的分值、得分在资金表和指标表中各有一处，数字相同；不能确定是否同一项，资金表中的没有读取",
    en="the funds and the indicators both state the same points for the execution of the budget; "
    "whether they are counted twice is not sure, and those beside the funds were left out",
)
SUMMARY = Text(
    zh="另有一个表只列各类指标的分值、得分，没有读取：指标表中已逐项列出",
    en="a table with the points of groups of indicators alone was left out: the table of "
    "indicators has those of each",
)
UNCLEAR = Text(
    zh="表头“{}”可能是同一项，都没有读取",
    en="the columns “{}” may be the same field: none of them was read",
)
UNCLEAR_FUNDS = Text(
    zh="第 {} 行起的资金表没有读取：表头“{}”可能是同一项；可用自己的版式指明各是什么",
    en="the table of funds from line {} on was left out: the headers “{}” may be the same; a "
    "layout of your own can say what each is",
)
UNKNOWN = Text(zh="不认识的表头：{}", en="headers that are not known: {}")
