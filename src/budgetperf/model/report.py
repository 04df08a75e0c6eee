"""The whole report: who, what the narrative says, what the form says, how it was read."""

from __future__ import annotations

import datetime as dt

import attrs

from budgetperf.exact import Figure, Labelled, Missing, Stated, Text
from budgetperf.exact.checking import check_types
from budgetperf.exact.shown import html_of

from .accounts import (
    Adjustment,
    BasicExpenditure,
    FixedAssets,
    Funding,
    Procurement,
    ProjectExpenditure,
    ThreePublicExpenses,
)
from .fields import NOT_STATED, Element, FigureKind, Sign, StatedText, figure, part, parts, words
from .indicators import Indicator, LevelCounts

__all__ = [
    "Achievement",
    "Department",
    "EvaluationKind",
    "Goal",
    "ProjectCounts",
    "Reading",
    "SelfEvaluation",
    "Staffing",
    "Statement",
    "Unread",
]


class EvaluationKind(Labelled):
    """What is evaluated: a department's whole expenditure, or one project's."""

    DEPARTMENT = ("department", "部门整体支出", "whole expenditure of a department")
    PROJECT = ("project", "项目支出", "project expenditure")


@attrs.frozen(kw_only=True)
class Staffing:
    """机构人员: numbers of people."""

    authorised: Stated = figure("编制数", "authorised posts", FigureKind.COUNT)
    on_roll: Stated = figure("实有人数", "people on the roll", FigureKind.COUNT)
    in_service: Stated = figure("在职人数", "in service", FigureKind.COUNT)
    administrative: Stated = figure("行政在职人数", "administrative", FigureKind.COUNT)
    public_institution: Stated = figure("事业在职人数", "public institution", FigureKind.COUNT)
    honorary_retired: Stated = figure("离休人数", "honorary retired (离休)", FigureKind.COUNT)
    retired: Stated = figure("退休人数", "retired (退休)", FigureKind.COUNT)
    change: Stated = figure(
        "同比增加", "change against last year", FigureKind.COUNT, sign=Sign.EITHER
    )


@attrs.frozen(kw_only=True)
class Department:
    """部门（单位）: name, year, filing date, offices, staffing."""

    name: StatedText = words("部门（单位）名称", "department")
    year: Stated = figure("年度", "year", FigureKind.COUNT)
    filing_date: dt.date | Missing = NOT_STATED
    offices: Stated = figure("内设处室数", "offices", FigureKind.COUNT)
    staffing: Staffing = part(Staffing, "人员", "staffing")

    def __attrs_post_init__(self) -> None:
        check_types(self)


@attrs.frozen(kw_only=True)
class ProjectCounts:
    """项目个数: by kind and by completion."""

    total: Stated = figure("项目个数", "projects", FigureKind.COUNT)
    recurring: Stated = figure("经常性项目数", "recurring projects", FigureKind.COUNT)
    new: Stated = figure("当年度新增项目数", "projects new in the year", FigureKind.COUNT)
    completed: Stated = figure("已完成项目数", "projects completed", FigureKind.COUNT)
    unfinished: Stated = figure("未完成项目数", "projects unfinished", FigureKind.COUNT)


@attrs.frozen(kw_only=True)
class Goal:
    """年度总体目标: what was expected and what was achieved, in words."""

    expected: StatedText = words("预期目标", "expected")
    achieved: StatedText = words("实际完成情况", "achieved")


@attrs.frozen(kw_only=True)
class Achievement(Element):
    """A result that the text states with a figure, outside the indicators."""

    name: str
    value: Stated = figure("数值", "value", FigureKind.STATED)

    def __attrs_post_init__(self) -> None:
        check_types(self)

    @property
    def key(self) -> str:
        """What tells this result from its neighbours."""
        return self.name

    @property
    def title(self) -> Text:
        return Text(zh=f"成效“{self.name}”", en=f"achievement {self.name}")


@attrs.frozen(kw_only=True)
class Statement:
    """What one part of the document, the narrative or the form, says.

    Both parts can state everything; what a part does not state is missing there. A figure stated
    in both stands in both.
    """

    funding: Funding = part(Funding, "资金", "funding", table="funding")
    adjustment: Adjustment = part(Adjustment, "预算调整", "adjustment", phrase="funding")
    basic_expenditure: BasicExpenditure = part(
        BasicExpenditure, "基本支出", "basic expenditure", phrase="basic expenditure"
    )
    project_expenditure: ProjectExpenditure = part(
        ProjectExpenditure, "项目支出", "project expenditure", phrase="project expenditure"
    )
    project_counts: ProjectCounts = part(ProjectCounts, "项目个数", "project counts")
    three_public: ThreePublicExpenses = part(
        ThreePublicExpenses, "“三公”经费", "three public expenses", phrase="three public expenses"
    )
    procurement: Procurement = part(Procurement, "政府采购", "procurement", phrase="procurement")
    fixed_assets: FixedAssets = part(FixedAssets, "固定资产", "fixed assets", phrase="fixed assets")
    goal: Goal = part(Goal, "年度总体目标", "goal of the year")
    indicators: tuple[Indicator, ...] = parts(Indicator, "指标", "indicators", table="indicators")
    level_counts: LevelCounts = part(LevelCounts, "指标个数", "numbers of indicators")
    achievements: tuple[Achievement, ...] = parts(Achievement, "成效", "achievements")
    total_score: Stated = figure("综合得分", "total score", FigureKind.SCORE)
    rating: StatedText = words("评价等级", "rating")


@attrs.frozen(kw_only=True)
class Unread:
    """A number of the document that was not understood, and where it stands."""

    text: str
    line: int

    def __attrs_post_init__(self) -> None:
        check_types(self)


@attrs.frozen(kw_only=True)
class Reading:
    """How a report was read: silence is never understanding.

    Args:
        source: the name of the document.
        layout: the id of the layout description that was used.
        encoding: how the bytes were decoded.
        numbers: how many numbers the document holds.
        accounted: how many of them were understood.
        unread: the others.
        notes: what else a reviewer should know about the print (doubled words and the like).
    """

    source: str
    layout: str
    encoding: str
    numbers: int
    accounted: int
    unread: tuple[Unread, ...] = ()
    notes: tuple[Text, ...] = ()

    def __attrs_post_init__(self) -> None:
        check_types(self)


@attrs.frozen(kw_only=True)
class SelfEvaluation:
    """绩效自评报告: everything that a self-evaluation report says.

    Args:
        kind: what is evaluated.
        department: who reports.
        narrative: what the text says.
        form: what the attached form (自评表) says.
        repeated: further printings of figures that stand elsewhere in the report, each with the
            ``path`` of the figure that it repeats.
        reading: how the document was read, if it was.
    """

    kind: EvaluationKind = EvaluationKind.DEPARTMENT
    department: Department = part(Department, "部门", "department")
    narrative: Statement = part(Statement, "正文", "narrative", table="narrative")
    form: Statement = part(Statement, "附表", "form", table="form")
    repeated: tuple[Figure, ...] = parts(Figure, "重复列示", "repeated figures")
    reading: Reading | None = None

    def __attrs_post_init__(self) -> None:
        check_types(self)

    def _repr_html_(self) -> str:
        """Funds and indicators, narrative beside form, for a notebook."""
        return html_of(self)
