"""What stands beside the report's own figures: those of its projects and of other years.

None of them is a figure of the report: they are kept apart, and relations compare them.
"""

from __future__ import annotations

from collections.abc import Iterable

import attrs
from attrs import field

from budgetperf.exact import Stated, Text

from .accounts import Execution, Procurement, ThreePublicExpenses
from .fields import (
    NOT_STATED,
    REVIEW_SCORES,
    Element,
    FigureKind,
    Part,
    StatedText,
    blank,
    figure,
    part,
    parts,
    words,
)
from .given import amount, exactly, number, stated_text, together

__all__ = ["ListedProject", "OtherYear", "ProjectFigures", "ProjectList"]


@attrs.frozen(kw_only=True, repr=False)
class ProjectFigures(Execution):
    """What a list says of one project, or of all together: amounts of money, a rate, points.

    ``reviewed_score`` is what others gave (复核得分, 财政审核评分), the second and the third those
    of further columns.
    """

    received: Stated = field(
        default=NOT_STATED,
        converter=amount,
        metadata=figure("到位数", "received", FigureKind.AMOUNT),
    )
    weight: Stated = field(
        default=NOT_STATED, converter=exactly, metadata=figure("分值", "weight", FigureKind.WEIGHT)
    )
    score: Stated = field(
        default=NOT_STATED, converter=number, metadata=figure("得分", "score", FigureKind.SCORE)
    )
    reviewed_score: Stated = field(default=NOT_STATED, converter=number, metadata=REVIEW_SCORES[0])
    second_reviewed_score: Stated = field(
        default=NOT_STATED, converter=number, metadata=REVIEW_SCORES[1]
    )
    third_reviewed_score: Stated = field(
        default=NOT_STATED, converter=number, metadata=REVIEW_SCORES[2]
    )


@attrs.frozen(kw_only=True, repr=False)
class ListedProject(ProjectFigures, Element):
    """A project in the list of a department, with its own figures.

    Args:
        name: what it is called.
        code: its code in the budget system, as printed.
    """

    name: str
    code: str = ""
    unit: StatedText = field(
        default=NOT_STATED, converter=stated_text, metadata=words("实施单位", "implementing unit")
    )
    rating: StatedText = field(
        default=NOT_STATED, converter=stated_text, metadata=words("评价等级", "rating")
    )

    @property
    def key(self) -> str:
        """What tells this project from its neighbours: its name without blanks."""
        return "".join(self.name.split())

    @property
    def long_key(self) -> str:
        unit = self.unit if isinstance(self.unit, str) else ""
        return " ".join((self.key, self.code, unit))

    @property
    def title(self) -> Text:
        return Text(zh=f"项目“{self.name}”", en=f"project {self.name}")


def _listed(value: Iterable[ListedProject]) -> tuple[ListedProject, ...]:
    return together(value)


@attrs.frozen(kw_only=True, repr=False)
class ProjectList(Part):
    """各项目情况: the projects that a report lists, and what the list says of all together.

    Args:
        complete: whether the list is known to have all projects of its total, as a row 合计 in it
            says.
    """

    total: ProjectFigures = field(
        factory=blank(ProjectFigures), metadata=part(ProjectFigures, "合计", "total")
    )
    listed: tuple[ListedProject, ...] = field(
        default=(), converter=_listed, metadata=parts(ListedProject, "各项目", "projects")
    )
    complete: bool = False


@attrs.frozen(kw_only=True, repr=False)
class OtherYear(Element):
    """What a report states of another year, in columns beside its own: never this year's.

    Args:
        year: which year, such as ``"2022"``; ``"last"`` for 上年 where the year is not known.
    """

    year: str
    total: Execution = field(
        factory=blank(Execution), metadata=part(Execution, "资金合计", "funding total")
    )
    basic_expenditure: Execution = field(
        factory=blank(Execution), metadata=part(Execution, "基本支出", "basic expenditure")
    )
    project_expenditure: Execution = field(
        factory=blank(Execution), metadata=part(Execution, "项目支出", "project expenditure")
    )
    three_public: ThreePublicExpenses = field(
        factory=blank(ThreePublicExpenses),
        metadata=part(
            ThreePublicExpenses,
            "“三公”经费",
            "three public expenses",
            table="other years: three public",
        ),
    )
    procurement: Procurement = field(
        factory=blank(Procurement), metadata=part(Procurement, "政府采购", "procurement")
    )
    projects: ProjectList = field(
        factory=blank(ProjectList),
        metadata=part(ProjectList, "各项目情况", "projects", table="other years: projects"),
    )

    @property
    def key(self) -> str:
        """What tells this year from its neighbours."""
        return self.year

    @property
    def title(self) -> Text:
        if self.year == "last":
            return Text(zh="上年", en="last year")
        return Text(zh=f"{self.year} 年", en=self.year)
