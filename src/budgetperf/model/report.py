"""The whole report: who, what the narrative says, what the form says, how it was read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import cast

import attrs
from attrs import field

from budgetperf.exact import (
    NO_WORDS,
    BudgetperfError,
    Figure,
    Labelled,
    Missing,
    Place,
    Stated,
    Text,
    WrongTypeError,
)
from budgetperf.exact.checking import check_types, raise_errors, require, wrong_type
from budgetperf.exact.figure import read_number
from budgetperf.exact.shown import Pictured, Shown
from budgetperf.exact.text import shown
from budgetperf.exact.written.brief import in_brief
from budgetperf.exact.written.by_name import by_name

from .accounts import (
    Adjustment,
    BasicExpenditure,
    Breakdown,
    FixedAssets,
    Funding,
    FundingTotal,
    Procurement,
    ProjectExpenditure,
    ThreePublicExpenses,
)
from .beside import OtherYear, ProjectList
from .fields import (
    ITEMS,
    NOT_STATED,
    PEOPLE,
    SHEETS,
    Element,
    FigureKind,
    Part,
    Sign,
    StatedText,
    blank,
    copied,
    figure,
    holds_typed,
    part,
    parts,
    words,
)
from .given import day, exactly, member, number, rate, stated_or_in_words, stated_text, together
from .indicators import Indicator, LevelCounts
from .precision import column_precision, precise_alone, typed_precision
from .walking import declarations_of

__all__ = [
    "Achievement",
    "Department",
    "EvaluationKind",
    "Goal",
    "LayoutDirection",
    "Project",
    "ProjectCounts",
    "Reading",
    "Repair",
    "SelfEvaluation",
    "Staffing",
    "Statement",
    "Survey",
    "Unread",
    "require_report",
    "total_of_form",
    "with_column_precision",
]


class EvaluationKind(Labelled):
    """What is evaluated: a department's overall expenditure, a project's, or a region's budget."""

    DEPARTMENT = ("department", "部门整体支出", "overall expenditure of a department")
    PROJECT = ("project", "项目支出", "project expenditure")
    REGION = ("region", "财政预算", "budget of a region")


@attrs.frozen(kw_only=True, repr=False)
class Staffing(Part):
    """机构人员: numbers of people."""

    authorised: Stated = field(
        default=NOT_STATED,
        converter=number,
        metadata=figure("编制数", "authorised posts", FigureKind.COUNT, units=PEOPLE),
    )
    on_roll: Stated = field(
        default=NOT_STATED,
        converter=number,
        metadata=figure("实有人数", "people on the roll", FigureKind.COUNT, units=PEOPLE),
    )
    in_service: Stated = field(
        default=NOT_STATED,
        converter=number,
        metadata=figure("在职人数", "in service", FigureKind.COUNT, units=PEOPLE),
    )
    administrative: Stated = field(
        default=NOT_STATED,
        converter=number,
        metadata=figure("行政在职人数", "administrative", FigureKind.COUNT, units=PEOPLE),
    )
    public_institution: Stated = field(
        default=NOT_STATED,
        converter=number,
        metadata=figure("事业在职人数", "public institution", FigureKind.COUNT, units=PEOPLE),
    )
    honorary_retired: Stated = field(
        default=NOT_STATED,
        converter=number,
        metadata=figure("离休人数", "honorary retired (离休)", FigureKind.COUNT, units=PEOPLE),
    )
    retired: Stated = field(
        default=NOT_STATED,
        converter=number,
        metadata=figure("退休人数", "retired (退休)", FigureKind.COUNT, units=PEOPLE),
    )
    change: Stated = field(
        default=NOT_STATED,
        converter=number,
        metadata=figure(
            "同比增加", "change against last year", FigureKind.COUNT, units=PEOPLE, sign=Sign.EITHER
        ),
    )


@attrs.frozen(kw_only=True, repr=False)
class Department(Part):
    """部门（单位）: name, year, filing date, offices, staffing.

    Args:
        filing_date: the day on which the report was filed.
    """

    name: StatedText = field(
        default=NOT_STATED, converter=stated_text, metadata=words("部门（单位）名称", "department")
    )
    year: Stated = field(
        default=NOT_STATED,
        converter=number,
        metadata=figure("年度", "year", FigureKind.COUNT, units=("年", "年度")),
    )
    filing_date: dt.date | Missing = field(default=NOT_STATED, converter=day)
    offices: Stated = field(
        default=NOT_STATED,
        converter=number,
        metadata=figure("内设处室数", "offices", FigureKind.COUNT, units=("个", "处", "家")),
    )
    staffing: Staffing = field(factory=blank(Staffing), metadata=part(Staffing, "人员", "staffing"))


@attrs.frozen(kw_only=True, repr=False)
class Project(Part):
    """项目: which project a report on one is about, as the head of the form names it."""

    name: StatedText = field(
        default=NOT_STATED, converter=stated_text, metadata=words("项目名称", "project")
    )
    code: StatedText = field(
        default=NOT_STATED, converter=stated_text, metadata=words("项目编码", "code of the project")
    )
    supervising_department: StatedText = field(
        default=NOT_STATED,
        converter=stated_text,
        metadata=words("主管部门", "supervising department"),
    )
    implementing_unit: StatedText = field(
        default=NOT_STATED, converter=stated_text, metadata=words("实施单位", "implementing unit")
    )
    leader: StatedText = field(
        default=NOT_STATED, converter=stated_text, metadata=words("项目负责人", "project leader")
    )
    contact: StatedText = field(
        default=NOT_STATED, converter=stated_text, metadata=words("联系电话", "contact")
    )
    fund_nature: StatedText = field(
        default=NOT_STATED, converter=stated_text, metadata=words("资金性质", "nature of the funds")
    )


@attrs.frozen(kw_only=True, repr=False)
class ProjectCounts(Part):
    """项目个数: by kind and by completion."""

    total: Stated = field(
        default=NOT_STATED,
        converter=number,
        metadata=figure("项目个数", "projects", FigureKind.COUNT, units=ITEMS),
    )
    recurring: Stated = field(
        default=NOT_STATED,
        converter=number,
        metadata=figure("经常性项目数", "recurring projects", FigureKind.COUNT, units=ITEMS),
    )
    new: Stated = field(
        default=NOT_STATED,
        converter=number,
        metadata=figure(
            "当年度新增项目数", "projects new in the year", FigureKind.COUNT, units=ITEMS
        ),
    )
    completed: Stated = field(
        default=NOT_STATED,
        converter=number,
        metadata=figure("已完成项目数", "projects completed", FigureKind.COUNT, units=ITEMS),
    )
    unfinished: Stated = field(
        default=NOT_STATED,
        converter=number,
        metadata=figure("未完成项目数", "projects unfinished", FigureKind.COUNT, units=ITEMS),
    )


@attrs.frozen(kw_only=True, repr=False)
class Goal(Part):
    """年度总体目标: what was expected and what was achieved, in words, and how far."""

    expected: StatedText = field(
        default=NOT_STATED, converter=stated_text, metadata=words("预期目标", "expected")
    )
    achieved: StatedText = field(
        default=NOT_STATED, converter=stated_text, metadata=words("实际完成情况", "achieved")
    )
    completion_rate: Stated = field(
        default=NOT_STATED,
        converter=rate,
        metadata=figure("总体完成率", "completion of the goal", FigureKind.RATE),
    )


@attrs.frozen(kw_only=True, repr=False)
class Achievement(Element):
    """A result that the text states with a figure, outside the indicators.

    Args:
        name: what was achieved, as the text says it.
    """

    name: str
    value: Stated = field(
        default=NOT_STATED,
        converter=stated_or_in_words,
        metadata=figure("数值", "value", FigureKind.STATED),
    )

    @property
    def key(self) -> str:
        """What tells this result from its neighbours."""
        return self.name

    @property
    def title(self) -> Text:
        return Text(zh=f"成效“{self.name}”", en=f"achievement {self.name}")


@attrs.frozen(kw_only=True, repr=False)
class Survey(Element):
    """满意度调查: how many questionnaires were sent and came back (counts), and what they say.

    ``satisfied`` is how many answers are satisfied, ``satisfaction`` the rate that is stated.

    Args:
        name: what it is called.
        is_share: whether the rate is said to be that of satisfied answers (满意率), and nothing is
            said of averages, levels or several groups: only then it must be a share of them.
    """

    name: str
    sent: Stated = field(
        default=NOT_STATED,
        converter=number,
        metadata=figure("发放问卷数", "questionnaires sent", FigureKind.COUNT, units=SHEETS),
    )
    returned: Stated = field(
        default=NOT_STATED,
        converter=number,
        metadata=figure("收回问卷数", "questionnaires returned", FigureKind.COUNT, units=SHEETS),
    )
    valid: Stated = field(
        default=NOT_STATED,
        converter=number,
        metadata=figure("有效问卷数", "valid questionnaires", FigureKind.COUNT, units=SHEETS),
    )
    satisfied: Stated = field(
        default=NOT_STATED,
        converter=number,
        metadata=figure("满意问卷数", "satisfied answers", FigureKind.COUNT, units=SHEETS),
    )
    return_rate: Stated = field(
        default=NOT_STATED,
        converter=rate,
        metadata=figure("问卷回收率", "share returned", FigureKind.RATE),
    )
    satisfaction: Stated = field(
        default=NOT_STATED,
        converter=rate,
        metadata=figure("满意率", "satisfaction", FigureKind.RATE),
    )
    is_share: bool = False

    @property
    def key(self) -> str:
        """What tells this survey from its neighbours."""
        return self.name

    @property
    def title(self) -> Text:
        return Text(zh=self.name, en="survey")


def _indicators(value: Iterable[Indicator]) -> tuple[Indicator, ...]:
    return together(value)


def _achievements(value: Iterable[Achievement]) -> tuple[Achievement, ...]:
    return together(value)


def _surveys(value: Iterable[Survey]) -> tuple[Survey, ...]:
    return together(value)


def _other_years(value: Iterable[OtherYear]) -> tuple[OtherYear, ...]:
    return together(value)


def _breakdowns(value: Iterable[Breakdown]) -> tuple[Breakdown, ...]:
    return together(value)


@attrs.frozen(kw_only=True, repr=False)
class Statement(Pictured, Part):
    """What one part of the document, the narrative or the form, says.

    ``projects`` are those of a department's list, with figures of their own, and ``other_years``
    what columns of other years say: none of them is a figure of the report itself.
    ``reviewed_score`` is the total that others gave (复核得分, 财政审核评分), the second and the
    third those of further columns. ``deviation_reasons`` are those given in one place for all
    indicators (偏差大或目标未完成原因分析), beside what each row says of its own.

    Both parts can state everything; what a part does not state is missing there. A figure stated
    in both stands in both. Its picture: the stated scores as bars, each against its weight.
    """

    funding: Funding = field(
        factory=blank(Funding), metadata=part(Funding, "资金", "funding", table="funding")
    )
    adjustment: Adjustment = field(
        factory=blank(Adjustment),
        metadata=part(Adjustment, "预算调整", "adjustment", phrase="funding"),
    )
    basic_expenditure: BasicExpenditure = field(
        factory=blank(BasicExpenditure),
        metadata=part(
            BasicExpenditure, "基本支出", "basic expenditure", phrase="basic expenditure"
        ),
    )
    project_expenditure: ProjectExpenditure = field(
        factory=blank(ProjectExpenditure),
        metadata=part(
            ProjectExpenditure, "项目支出", "project expenditure", phrase="project expenditure"
        ),
    )
    project_counts: ProjectCounts = field(
        factory=blank(ProjectCounts), metadata=part(ProjectCounts, "项目个数", "project counts")
    )
    three_public: ThreePublicExpenses = field(
        factory=blank(ThreePublicExpenses),
        metadata=part(
            ThreePublicExpenses,
            "“三公”经费",
            "three public expenses",
            phrase="three public expenses",
        ),
    )
    procurement: Procurement = field(
        factory=blank(Procurement),
        metadata=part(Procurement, "政府采购", "procurement", phrase="procurement"),
    )
    fixed_assets: FixedAssets = field(
        factory=blank(FixedAssets),
        metadata=part(FixedAssets, "固定资产", "fixed assets", phrase="fixed assets"),
    )
    goal: Goal = field(factory=blank(Goal), metadata=part(Goal, "年度总体目标", "goal of the year"))
    indicators: tuple[Indicator, ...] = field(
        default=(),
        converter=_indicators,
        metadata=parts(Indicator, "指标", "indicators", table="indicators"),
    )
    level_counts: LevelCounts = field(
        factory=blank(LevelCounts), metadata=part(LevelCounts, "指标个数", "numbers of indicators")
    )
    achievements: tuple[Achievement, ...] = field(
        default=(), converter=_achievements, metadata=parts(Achievement, "成效", "achievements")
    )
    surveys: tuple[Survey, ...] = field(
        default=(), converter=_surveys, metadata=parts(Survey, "满意度调查", "surveys")
    )
    total_weight: Stated = field(
        default=NOT_STATED,
        converter=exactly,
        metadata=figure("分值合计", "total of the weights", FigureKind.WEIGHT),
    )
    breakdowns: tuple[Breakdown, ...] = field(
        default=(),
        converter=_breakdowns,
        metadata=parts(Breakdown, "分项金额", "amounts in parts", table="breakdowns"),
    )
    projects: ProjectList = field(
        factory=blank(ProjectList),
        metadata=part(ProjectList, "各项目情况", "projects", table="projects"),
    )
    other_years: tuple[OtherYear, ...] = field(
        default=(),
        converter=_other_years,
        metadata=parts(OtherYear, "其他年度", "other years", table="other years"),
    )
    total_score: Stated = field(
        default=NOT_STATED,
        converter=number,
        metadata=figure("综合得分", "total score", FigureKind.SCORE),
    )
    reviewed_score: Stated = field(
        default=NOT_STATED,
        converter=number,
        metadata=figure("复核总分", "total score given on review", FigureKind.SCORE),
    )
    second_reviewed_score: Stated = field(
        default=NOT_STATED,
        converter=number,
        metadata=figure("第二复核总分", "second total score given on review", FigureKind.SCORE),
    )
    third_reviewed_score: Stated = field(
        default=NOT_STATED,
        converter=number,
        metadata=figure("第三复核总分", "third total score given on review", FigureKind.SCORE),
    )
    deviation_reasons: StatedText = field(
        default=NOT_STATED,
        converter=stated_text,
        metadata=words("偏差原因分析", "reasons for deviations"),
    )
    rating: StatedText = field(
        default=NOT_STATED, converter=stated_text, metadata=words("评价等级", "rating")
    )


@attrs.frozen(kw_only=True, repr=False)
class Unread(Part):
    """A number of the document that was not understood, and where it stands.

    Args:
        text: as printed.
        line: the line, counted from 1.
        place: the same with all else that is known of it; ``None`` if nothing is.
        hidden: whether it does not show, such as in a hidden row.
    """

    text: str
    line: int
    place: Place | None = None
    hidden: bool = False


@attrs.frozen(kw_only=True, repr=False)
class Repair(Part):
    """A number that is not printed as one, such as ``IO`` for ``10``, and what it was read as.

    Args:
        path: the path of the figure.
        line: the line, counted from 1; ``None`` if it is not known.
        before: as printed.
        after: as it was read.
        why: what is wrong with the print, and what confirms the reading.
        place: where it stands, if more is known of that than the line.
    """

    path: str
    line: int | None = None
    before: str
    after: str
    why: Text
    place: Place | None = None


@attrs.frozen(kw_only=True, repr=False)
class LayoutDirection(Part):
    """The direction that a layout has for targets that are printed without an operator.

    Args:
        name: a heading, or the name of an indicator.
        sign: the operator, such as ``≤``.
    """

    name: str
    sign: str


@attrs.frozen(kw_only=True, repr=False)
class Reading(Part):
    """How a report was read: silence is never understanding.

    Args:
        source: the name of the document.
        layout: the id of the layout description that was used.
        encoding: how the bytes were decoded; ``""`` where the format of the file says that itself.
        numbers: how many numbers the document holds.
        accounted: how many of them were understood.
        unread: the others.
        notes: what else a reviewer should know about the print (doubled words and the like).
        sha256: the SHA-256 of the document: of the bytes of the file, or of the text in UTF-8.
        layout_sha256: that of what the layout says.
        format: the kind of file: ``"text"``, ``"html"``, ``"csv"``, ``"docx"`` and the like; ``""``
            if it is not known.
        recognised: whether the document is a scan or a picture: then each figure was recognised,
            and may be wrong.
        directions: the directions that the layout has for targets without an operator. They count
            in audits and scores, which say so.
        repairs: the numbers that are printed wrongly, as recognition programs leave them, and were
            read all the same: the other figures leave one reading only.
        why: why it was read by this layout; empty where that is not known.
    """

    source: str
    layout: str
    encoding: str
    numbers: int
    accounted: int
    unread: tuple[Unread, ...] = ()
    notes: tuple[Text, ...] = ()
    sha256: str = ""
    layout_sha256: str = ""
    format: str = ""
    recognised: bool = False
    directions: tuple[LayoutDirection, ...] = ()
    repairs: tuple[Repair, ...] = ()
    why: Text = field(default=NO_WORDS, eq=False)


def _kind(value: EvaluationKind | str) -> EvaluationKind:
    return member(EvaluationKind, value)


def _repeated(value: Iterable[Figure | tuple[str, str]]) -> tuple[Figure, ...]:
    """Figures, each with the path of what it repeats; or that path, and what is printed again."""
    several = cast("object", together(value))
    if not isinstance(several, tuple):
        return cast("tuple[Figure, ...]", several)
    return tuple(map(_again, cast("tuple[object, ...]", several)))


def _again(repeated: object) -> Figure:
    match repeated:
        case (str() as path, str() as text):
            number = read_number(text)
            if isinstance(number, Missing) or number.operator:
                return cast("Figure", repeated)
            return Figure.from_printed(number, path=path)
        case _:
            return cast("Figure", repeated)


def _is_path(path: str) -> bool:
    """Whether it may lead to a figure of a report."""
    steps = declarations_of(SelfEvaluation, path)
    return not path or (bool(steps) and steps[-1].kind is not None)


def _leads_nowhere(path: str) -> BudgetperfError:
    message = Text(
        zh="{} 不是数字的路径：应形如 narrative.funding.total.initial；"
        "bp.figures(report) 列出全部路径",
        en="{} is not the path of a figure: write one such as narrative.funding.total.initial; "
        "bp.figures(report) lists them",
    )
    return BudgetperfError("no-such-path", message.fill(shown(path)), field="repeated")


@attrs.frozen(kw_only=True, repr=False)
class SelfEvaluation(Part):
    """绩效自评报告: everything that a self-evaluation report says.

    Args:
        kind: what is evaluated.
        department: who reports.
        project: which project, where one is evaluated.
        narrative: what the text says.
        form: what the attached form (自评表) says.
        repeated: further printings of figures that stand elsewhere in the report, each with the
            ``path`` of the figure that it repeats; in code also that path and the print alone, such
            as ``("narrative.funding.total.initial", "353.21万元")``.
        reading: how the document was read, if it was.
    """

    kind: EvaluationKind = field(default=EvaluationKind.DEPARTMENT, converter=_kind)
    department: Department = field(
        factory=blank(Department), metadata=part(Department, "部门", "department")
    )
    project: Project = field(factory=blank(Project), metadata=part(Project, "项目", "project"))
    narrative: Statement = field(
        factory=blank(Statement), metadata=part(Statement, "正文", "narrative", table="narrative")
    )
    form: Statement = field(
        factory=blank(Statement), metadata=part(Statement, "附表", "form", table="form")
    )
    repeated: tuple[Figure, ...] = field(
        default=(), converter=_repeated, metadata=parts(Figure, "重复列示", "repeated figures")
    )
    reading: Reading | None = None

    def __attrs_post_init__(self) -> None:
        check_types(self)
        raise_errors([_leads_nowhere(f.path) for f in self.repeated if not _is_path(f.path)])
        if holds_typed((self.department, self.narrative, self.form)):
            for name, precise in typed_precision(self, self.repeated).items():
                object.__setattr__(self, name, precise)

    @property
    def about(self) -> StatedText:
        """The name of what is evaluated: of the project, where one is named, or the department."""
        name = self.project.name
        return name if isinstance(name, str) else self.department.name

    def __repr__(self) -> str:
        name, year = self.about, self.department.year
        parts = {"narrative": self.narrative, "form": self.form}
        counts = (f"{len(part.indicators)} indicators in the {key}" for key, part in parts.items())
        return in_brief(
            self,
            "of",
            name if isinstance(name, str) else "—",
            f"for {'—' if isinstance(year, Missing) else year.text}:",
            ", ".join(counts),
        )


def require_report(value: object) -> None:
    """Refuse what is no report.

    Raises:
        WrongTypeError: it is something else (a ``TypeError``).
    """
    if not isinstance(value, SelfEvaluation):
        what_to_do = Text(
            zh="；报告由 bp.read('report.md') 读取", en="; bp.read('report.md') reads a report"
        )
        if isinstance(value, Shown):
            what_to_do = Text(
                zh="；请给出它所依据的报告，如 bp.read('report.md')",
                en="; give the report that it was made of, such as bp.read('report.md')",
            )
        message = wrong_type(value, SelfEvaluation) + what_to_do
        raise WrongTypeError("wrong-type", message, field="report")


@by_name
def with_column_precision(report: SelfEvaluation) -> SelfEvaluation:
    """The report with each figure as precise as its column.

    Amounts of one phrase or column share the most decimals that any of them shows, and are exact
    where all are whole; so do scores with their total, and actual values. Targets and weights are
    exact. Rates are results and stay rounded: in the form they share the decimals of their column,
    in the text each is a phrase of its own. A repeated printing is as precise as it was printed.

    A report that is read has that precision, and so has what is given in code as it would be
    printed (``"353.21万元"``, ``20``). This is for figures that were built one by one.
    """
    require_report(report)
    changed = column_precision(report, report.repeated)
    return copied(report, type(report), changed) if changed else report


def total_of_form(total: FundingTotal) -> FundingTotal:
    """The total of the funds as precise as in a report of its own, whose form has nothing else.

    Raises:
        WrongTypeError: it is something else.
    """
    require(total, FundingTotal, field="total")
    return precise_alone(SelfEvaluation, "form.funding.total", total)
