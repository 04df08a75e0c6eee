"""The titles of narratives: who or what a report is of, wherever its title stands."""

from __future__ import annotations

import re

import attrs

from budgetperf.documents.understanding.segments import clean

__all__ = ["Title", "annex_of", "is_body", "name_beside", "title_in"]

_LONGEST = 80
_ANNEX = re.compile(r"附[件表录]?(?:\d{1,2}|[一二三四五六七八九十]{1,2})?(?:[-—]\d{1,2})?[:、.]?")
_TITLE = re.compile(
    r"(?:关于)?(?:报送|上报|印发|公开)?(?P<of>[^。；，;:、.]*?)"
    r"绩效(?:自我)?(?:评价)?(?:自评价?|评价)(?:情况|工作|结果)*的?(?:总结)?报告"
    r"(?:的(?:函|请示|通知|公告))?(?:\([^()]{1,20}\))?"
)
_YEAR = r"(?:19|20)\d{2}年度?"
_GENERAL = (
    "部门|单位|整体|支出|预算|财政|重点|专项|项目|资金|中央|转移支付|[省市县区州]级|本级|上级|年度|全面"
    "|和|及|与|的"
)
_BEFORE = re.compile(
    rf"(?:{_YEAR}|(?:中央|[省市县区州]级|本级|上级|重点|财政|部门|单位)(?!局|厅|所))+"
)
_BEHIND = re.compile(rf"(?:{_YEAR}|{_GENERAL})+$")
_BODY = re.compile(
    r"[\u4e00-\u9fff()“”·]{2,30}(?:[局厅委办馆院校部会所站队处社团台场库园联署镇乡]|中心|小学|中学"
    "|大学|街道|政府|公司|集团)(?:本级)?"
)
_OF_PROJECT = re.compile("项目|专项|资金|经费|工程|补助|转移支付")
_LABEL = re.compile(
    r"(?:(?:预算|填报|自评|评价|申报|编报)?(?:单位|部门)(?:名称)?(?:\((?:盖章|公章)\))?):"
    r"(?P<name>[\u4e00-\u9fff()“”·]{2,40})(?:\((?:盖章|公章)\))?"
)


@attrs.frozen(kw_only=True)
class Title:
    """What the title of a narrative says.

    Args:
        name: who or what the report is of; ``""`` where that is not said.
        is_department: whether it says that all expenditure of a department is evaluated.
        is_project: whether it says that a project is.
    """

    name: str
    is_department: bool
    is_project: bool

    @property
    def says_what(self) -> bool:
        """Whether it says what is evaluated."""
        return self.is_department or self.is_project

    def is_of_other(self, other: Title) -> bool:
        """Whether two titles are those of two reports, and not one title in two wordings."""
        if not (self.name and other.name):
            return False
        if self.name not in other.name and other.name not in self.name:
            return True
        kinds = {(title.is_department, title.is_project) for title in (self, other)}
        return kinds == {(True, False), (False, True)}


def title_in(line: str) -> Title | None:
    """The title that a line is, and nothing else; ``None`` if it is none.

    >>> title_in("# 寻甸县档案馆2023年度部门整体支出绩效自评报告").name
    '寻甸县档案馆'
    >>> title_in("附件1 部门整体支出绩效自评报告").name, title_in("绩效自评情况") is None
    ('', True)
    """
    text = "".join(clean(line).split())
    text = text[annex_of(text) :]
    match = _TITLE.fullmatch(text) if len(text) <= _LONGEST else None
    if match is None:
        return None
    of = match["of"]
    is_department = "整体" in of
    before = _BEFORE.match(of)
    whose = of[before.end() :] if before else of
    name = _BEHIND.sub("", whose)
    is_project = _OF_PROJECT.search(whose) is not None
    if not (is_body(name) or is_project):
        name = ""
    return Title(name=name, is_department=is_department, is_project=is_project)


def annex_of(line: str) -> int:
    """Where the number of an annex ends that a line begins with; 0 where there is none."""
    match = _ANNEX.match(line)
    return match.end() if match else 0


def is_body(words: str) -> bool:
    """Whether words are the name of a department or an institution.

    >>> is_body("寻甸县档案馆"), is_body("某县")
    (True, False)
    """
    return _BODY.fullmatch(words) is not None


def name_beside(line: str) -> str:
    """The name that a line of its own says, behind its label; ``""`` if it says none.

    >>> name_beside("单位名称：寻甸县档案馆")
    '寻甸县档案馆'
    """
    match = _LABEL.fullmatch("".join(clean(line).split()))
    return match["name"] if match and is_body(match["name"]) else ""
