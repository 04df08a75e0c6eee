"""Last year's report beside this one: whether it is the right one, which of several is, and how
its figures are told from this year's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import cast

import attrs

from budgetperf.exact import BudgetperfError, Figure, Missing, Text, fold_width
from budgetperf.exact.checking import problems_of, raise_together, require
from budgetperf.exact.text import shown
from budgetperf.model import EvaluationKind, SelfEvaluation
from budgetperf.model.fields import StatedText
from budgetperf.relations.expression import Operand

__all__ = [
    "of_last_year",
    "previous_among",
    "previous_remarks",
    "require_previous",
    "source_of",
    "year_of",
]


def year_of(report: SelfEvaluation) -> int | None:
    """The year that a report is on; ``None`` where it does not say."""
    year = report.department.year
    return int(year.value) if isinstance(year, Figure) else None


def require_previous(report: SelfEvaluation, previous: SelfEvaluation) -> None:
    """Refuse what is not last year's report of the same kind, department and project.

    What either report does not say is not held against it; :func:`previous_remarks` says so.

    Raises:
        WrongTypeError: it is no report (a ``TypeError``).
        BudgetperfError: ``other-kind``, ``other-name`` or ``not-last-year``.
        ProblemsError: several of these, with the code ``no-previous``.
    """
    require(previous, SelfEvaluation, field="previous")
    raise_together(
        "no-previous",
        (problem for error in _differences(report, previous) for problem in problems_of(error)),
    )


def _differences(report: SelfEvaluation, previous: SelfEvaluation) -> Iterator[BudgetperfError]:
    if report.kind is not previous.kind:
        message = _OTHER_KIND.fill(previous.kind.label, report.kind.label)
        yield BudgetperfError("other-kind", message, field="previous")
    for now, then in _names(report, previous):
        if _plain(now) not in _plain(then) and _plain(then) not in _plain(now):
            message = _OTHER_NAME.fill(shown(then), shown(now))
            yield BudgetperfError("other-name", message, field="previous")
    this, last = year_of(report), year_of(previous)
    if this is not None and last is not None and last != this - 1:
        message = _OTHER_YEAR.fill(last, this, this - 1)
        yield BudgetperfError("not-last-year", message, field="previous")


_OTHER_KIND = Text(
    zh="上年报告评价的是{}，本年报告评价的是{}：请给出同一种报告",
    en="last year's report evaluates the {}, this one the {}: give a report of the same kind",
)
_OTHER_NAME = Text(
    zh="上年报告是{}的，本年报告是{}的：请给出同一单位、同一项目的报告；已经更名的，请先把上年报告"
    "中的名称改为现名",
    en="last year's report is of {}, this one of {}: give that of the same department and "
    "project; if it was renamed, first put the present name into last year's report",
)
_OTHER_YEAR = Text(
    zh="给出的上年报告是 {} 年度的，本年报告是 {} 年度的：请给出 {} 年度的报告",
    en="the report given as last year's is for {}, this one for {}: give the report for {}",
)


def _names(report: SelfEvaluation, previous: SelfEvaluation) -> Iterator[tuple[str, str]]:
    """The names that both reports state: now, and then."""
    pairs: list[tuple[StatedText, StatedText]] = []
    pairs.append((report.department.name, previous.department.name))
    if report.kind is previous.kind is EvaluationKind.PROJECT:
        pairs.append((report.project.name, previous.project.name))
    for now, then in pairs:
        if isinstance(now, str) and isinstance(then, str):
            yield now, then


_YEAR = re.compile(r"(?:19|20)\d\d年?度?")
_MARKS = re.compile(r"[\s\"'“”‘’《》〈〉()\[\]【】〔〕]")


def _plain(name: str) -> str:
    """A name without blanks, quotation marks, brackets and years, which differ from year to
    year."""
    return _YEAR.sub("", _MARKS.sub("", fold_width(name)))


# Which of several.


def previous_among(report: SelfEvaluation, among: Sequence[SelfEvaluation]) -> SelfEvaluation:
    """The one of several reports that is last year's of this one.

    Args:
        report: the report.
        among: those of a document.

    Raises:
        BudgetperfError: ``no-previous``: none of several is, or which one is not plain; of a single
            one as :func:`require_previous` has it.
    """
    if len(among) == 1:
        require_previous(report, among[0])
        return among[0]
    fitting = [other for other in among if not [*_differences(report, other)]]
    same = [other for other in fitting if _about(other) == _about(report)]
    chosen = same or fitting
    if len(chosen) != 1 or not _about(report):
        name = report.about
        words = _THIS_ONE if isinstance(name, Missing) else Text.of(shown(name))
        raise BudgetperfError("no-previous", _NONE_OF.fill(len(among), words), field="previous")
    return chosen[0]


_NONE_OF = Text(
    zh="上年的 {} 份报告中，不能确定哪一份是{}的上年报告：请单独给出，或不与上年对照",
    en="it is not plain which of the {} reports of last year is that of {}: give it in a file of "
    "its own, or leave last year out",
)
_THIS_ONE = Text(zh="本报告", en="this report")


def _about(report: SelfEvaluation) -> str:
    name = report.about
    return _plain(name) if isinstance(name, str) else ""


def previous_remarks(report: SelfEvaluation, previous: SelfEvaluation) -> Iterable[Text]:
    """Which report it was compared with, and what of that could not be made sure."""
    name, year = previous.about, year_of(previous)
    yield _COMPARED_WITH.fill(
        _UNNAMED if isinstance(name, Missing) else name,
        _UNDATED if year is None else _OF_YEAR.fill(year),
    )
    reading = previous.reading
    if reading is not None and reading.accounted < reading.numbers:
        yield _PARTLY_READ.fill(all=reading.numbers, read=reading.accounted)
    if year_of(report) is None or year is None:
        yield _NO_YEAR
    names = [*_names(report, previous)]
    if not names:
        yield _NO_NAME
    for now, then in names:
        if _plain(now) != _plain(then):
            yield _LIKE_NAMES.fill(now=now, then=then)


_COMPARED_WITH = Text(zh="对照的上年报告：{}，{}", en="compared with last year's report: {}, {}")
_UNNAMED = Text(zh="未写明名称", en="name not stated")
_UNDATED = Text(zh="未写明年度", en="year not stated")
_OF_YEAR = Text(zh="{} 年度", en="{}")
_PARTLY_READ = Text(
    zh="上年报告共 {all} 个数字，只读取了 {read} 个，其余没有对照",
    en="{read} of the {all} numbers of last year's report were read; the others were not compared",
)
_NO_YEAR = Text(
    zh="两份报告没有都写明年度，对照的是否为上一年度的报告未能核对",
    en="at least one of the reports does not say its year: it was not checked that the other one "
    "is for the year before",
)
_NO_NAME = Text(
    zh="两份报告没有都写明名称，是否为同一单位、同一项目未能核对",
    en="at least one of the reports does not say its name: it was not checked that they are of the "
    "same department and project",
)
_LIKE_NAMES = Text(
    zh="本年报告的名称是“{now}”，上年报告的是“{then}”：视为同一单位、同一项目，请确认",
    en="this report is of “{now}”, last year's of “{then}”: they are taken to be the same; "
    "make sure that they are",
)


# Its figures.


def of_last_year(operand: Operand) -> Operand:
    """A figure of last year's report that is stated, which its label says. It has no path, and no
    line: those would be taken for this year's. :func:`source_of` tells the line."""
    stated = cast("Figure", operand.stated)
    return Operand(
        stated=attrs.evolve(stated, place=None, path=""),
        label=_NAMES.join((_SOURCE, operand.label)),
    )


def source_of(operand: Operand) -> Text:
    """Last year's report, with the line in it where a figure of it stands."""
    return _SOURCE if operand.line is None else _SOURCE_AT.fill(operand.line)


_NAMES = Text(zh="·", en=" › ")
_SOURCE = Text(zh="上年报告", en="last year's report")
_SOURCE_AT = Text(zh="上年报告（第 {} 行）", en="last year's report (line {})")
