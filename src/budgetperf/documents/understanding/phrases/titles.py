"""The titles of narratives: who or what a report is of, wherever its title stands."""

from __future__ import annotations

import re

import attrs

from budgetperf.documents.understanding.segments import clean

__all__ = [
    "Title",
    "annex_of",
    "is_body",
    "name_beside",
    "name_in_accounts",
    "project_beside",
    "title_in",
]

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
_WITH_PROJECT = re.compile(
    rf"(?:(?P<who>.*?){_YEAR})?(?P<name>[\u4e00-\u9fff()“”·]{{4,30}})项目(?:支出)?(?:{_YEAR})?"
)
_SEVERAL = re.compile("项目|[和及与等各]|[一二三四五六七八九十两几多]个")
_ANY_GENERAL = re.compile(
    rf"(?:{_GENERAL}|本|该|某|有关|相关|一般|经常|一次性|特定|其[他它]|运转|延续|新增|政府|年初|全部|所有"
    "|主要|若干|部分|以下|上述|绩效)"
)
_PLACE = re.compile("自治区|[省市州盟县区旗镇乡]|街道")
_NO_PLACE = re.compile("社区|小区|园区|地区|库区|区域|城市|城镇|城乡|乡村|乡镇")
_PHASE = r"第?[一二三四五六七八九十\d]{1,3}(?:期|阶段|批次?|标段|轮)"
_FURTHER = re.compile(rf"(?:{_PHASE}|\({_PHASE}\))(?:工程|建设|改造)?")
_OF_PROJECT = re.compile("项目|专项|资金|经费|工程|补助|转移支付")
_LABEL = re.compile(
    r"(?:(?:预算|填报|自评|评价|申报|编报)?(?:单位|部门)(?:名称)?(?:\((?:盖章|公章)\))?):"
    r"(?P<name>[\u4e00-\u9fff()“”·]{2,40})(?:\((?:盖章|公章)\))?"
)
_ACCOUNTS = re.compile(
    rf"(?:{_YEAR})?(?P<name>.+?)(?:\((?:本级|部门|汇总)\))?(?:{_YEAR})?(?:部门|单位)?决算"
    "(?:信息)?(?:公开)?(?:情况)?(?:说明|报告)?"
)
_PROJECT_LABEL = re.compile(r"(?:一级|二级)?项目(?:支出)?名称:(?P<name>.+?)(?:项目)?(?:支出)?")


@attrs.frozen(kw_only=True)
class Title:
    """What the title of a narrative says.

    Args:
        name: who or what the report is of; ``""`` where that is not said.
        is_department: whether it says that all expenditure of a department is evaluated.
        is_project: whether it says that a project is.
        project: the name of the project, where nothing else can be meant; else ``""``.
    """

    name: str
    is_department: bool
    is_project: bool
    project: str = ""

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
        shorter, longer = sorted((self.name, other.name), key=len)
        if longer.startswith(shorter) and _FURTHER.fullmatch(longer, len(shorter)):
            return True  # 道路维修 and 道路维修二期
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
    project = "" if is_department else _project_in(of)
    return Title(name=name, is_department=is_department, is_project=is_project, project=project)


def _project_in(of: str) -> str:
    """The name of the project that a title is of; ``""`` where the words in front of 项目 may be
    more than that: a place, who reports, what kind of project, or several of them.

    >>> _project_in("中方县残联2022年度残疾人康复项目支出"), _project_in("某县道路维修项目")
    ('残疾人康复', '')
    """
    match = _WITH_PROJECT.fullmatch(of)
    if match is None:
        return ""
    name = match["name"]
    if _SEVERAL.search(name) or _ANY_GENERAL.match(name) or _PLACE.search(_NO_PLACE.sub("", name)):
        return ""
    begins_with_body = any(is_body(name[:end]) for end in range(3, len(name)))
    return "" if is_body(name) or (begins_with_body and not match["who"]) else name


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


def name_in_accounts(line: str) -> str:
    """The department whose final accounts a line is the title of; ``""`` if it is no such title.

    >>> name_in_accounts("某市文化和旅游局2023年度部门决算"), name_in_accounts("2023年度部门决算")
    ('某市文化和旅游局', '')
    """
    match = _ACCOUNTS.fullmatch("".join(clean(line).split()))
    return match["name"] if match and is_body(match["name"]) else ""


def project_beside(line: str) -> str:
    """The name of a project that a line of its own says, as a title would; ``""`` if it says none.

    >>> project_beside("项目名称：残疾人康复项目")
    '残疾人康复'
    """
    match = _PROJECT_LABEL.fullmatch("".join(clean(line).split()))
    return match["name"] if match else ""


def name_beside(line: str) -> str:
    """The name that a line of its own says, behind its label; ``""`` if it says none.

    >>> name_beside("单位名称：寻甸县档案馆")
    '寻甸县档案馆'
    """
    match = _LABEL.fullmatch("".join(clean(line).split()))
    return match["name"] if match and is_body(match["name"]) else ""
