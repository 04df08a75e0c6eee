"""Projects that a report goes through one by one, each below a heading or a label of its own:
“公共文化服务”项目绩效自评综述：…"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

import attrs

from budgetperf.documents.understanding.assembling import Found
from budgetperf.documents.understanding.segments import Segment

from .about import About

__all__ = ["LISTED", "Section", "listed", "sections_in", "summary_label"]

_SUMMARY = re.compile(
    '[“"]?(?P<name>[^。；，;:：“”"]{2,60}?)[”"]?(?P<kind>项目|专项|资金|经费|工程)?(?:支出)?(?:绩效)?'
    "(?:自评(?:情况|结果)?|目标(?:实际)?完成情况)综述[:：。]?"
)
"""How the summary of a project begins in the accounts that departments publish."""
_HEADING = re.compile('[“"]?(?P<name>[^。；，;:：“”"]{3,40}?)[”"]?(?:项目|工程)')
_GENERAL = re.compile(
    "[本该各某]|政府|基本|建设|改造|专项|经常|一次|其[他它]|重点|主要|民生|上级|本级|[省市县区]级|中央|跨年|延续|新增|结转|年初"
    "|追加|所有|全部|部门|单位|预算|支出|资金|未|已|实施|开展|完成|绩效|评价|自评"
)
"""How words begin that are of no one project."""
_OF_DEPARTMENT = re.compile("决算|部门|单位|整体")
_Piece: TypeAlias = tuple[Segment, tuple[str, ...]]


@attrs.frozen(kw_only=True)
class Section:
    """What stands below the name of a project.

    Args:
        name: what the project is called.
        words: the whole of its heading.
        pieces: the text, each with the headings below that of the project.
    """

    name: str
    words: str
    pieces: tuple[_Piece, ...]


def summary_label(line: str, start: int = 0) -> str:
    """The label of the summary of one project that a line begins with; ``""`` if with none."""
    match = _SUMMARY.match(line, start)
    return match[0].rstrip(":：。") if match else ""


def sections_in(pieces: Iterable[_Piece], whose: About) -> Iterator[Section]:
    """The projects that a text goes through, in their order: summaries, and where there are
    several, what stands below headings that are names of projects.

    Args:
        pieces: the text, each with the headings that it stands under.
        whose: what the title says, which is none of them.
    """
    sections: list[tuple[str, str, bool, list[_Piece]]] = []
    for segment, headings in pieces:
        at, name, is_summary = _named(headings, whose)
        if at < 0 or segment.kind != "text":
            continue
        if not sections or sections[-1][1] != headings[at]:
            sections.append((name, headings[at], is_summary, []))
        sections[-1][3].append((segment, headings[at + 1 :]))
    names = [name for name, *_ in sections]
    is_of_department = _OF_DEPARTMENT.search(whose.title) is not None
    for name, words, is_summary, own in sections:
        is_one_of_several = len(sections) > 1 or (is_summary and is_of_department)
        if is_one_of_several and names.count(name) == 1:
            yield Section(name=name, words=words, pieces=tuple(own))


def _named(headings: Sequence[str], whose: About) -> tuple[int, str, bool]:
    """Which of the headings names a project, what it is called, and whether it is a summary."""
    for at, heading in enumerate(headings):
        for pattern in (_SUMMARY, _HEADING):
            match = pattern.fullmatch(heading.strip())
            if match is None or _GENERAL.match(match["name"]):
                continue
            kind = match.groupdict().get("kind") or "项目"
            name = match["name"] + kind.removesuffix("项目")
            if pattern is _SUMMARY or not whose.names(name):
                return at, name, pattern is _SUMMARY
    return -1, "", False


_FIELDS = {
    **{f"funding.total.{field}": field for field in ("initial", "revised", "received", "executed")},
    "funding.total.execution_rate": "execution_rate",
    "total_score": "score",
    "rating": "rating",
}
LISTED = frozenset(_FIELDS)
"""The figures of a report that the list of projects has of each, too."""


def listed(name: str, statement: str, number: int, values: Iterable[Found]) -> Iterator[Found]:
    """What was read of a project as a row of the list of projects, and what it reached; nothing
    where no figure is of the row.

    Args:
        name: what the project is called.
        statement: the part of the report that lists it.
        number: which of the projects it is, from 0.
        values: what was read below its heading, as if that were a report.
    """
    at, results = f"{statement}.projects.listed[{number}]", f"{statement}.achievements["
    row = [
        attrs.evolve(value, path=f"{at}.{_FIELDS[path]}")
        for value in values
        if (path := value.path.removeprefix(f"{statement}.")) in _FIELDS
    ]
    if row:
        yield Found(path=f"{at}.name", value=name)
        yield from row
    for value in values:
        if value.path.startswith(results):
            of = value.path.removeprefix(results)
            yield attrs.evolve(value, path=f"{results}{name}：{of}")
