"""Who reports, on which year: what tells this report's figures from those of others."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator

import attrs

from .titles import Title, name_beside, name_in_accounts, project_beside, title_in
from .words import Words

__all__ = ["About", "about"]

_YEAR = re.compile(r"((?:19|20)\d{2})年")
_TITLE = re.compile(r"(?:报告|自评|自评表|情况|总结|说明|评价)(?:\(.*\))?$")
_NO_TITLE = re.compile(
    r"[。；，;:]|^(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)|\d{1,2}[.、])"
)
_SUBTITLE = re.compile(r"\((?=.*(?:项目|资金|经费|专项|工程))[^()。；]{4,60}\)")
_ONLY_YEAR = re.compile(r"\((?:19|20)\d{2}年度?\)|(?:19|20)\d{2}年度")
_TITLE_LENGTH = 80
_FIRST_LINES = 5
_HEAD_LINES = 12
_KIND = re.compile("整体(?:支出|绩效)|部门整体|项目|专项|转移支付|工程|资金|经费")
_SHORTEST_NAME = 4
_COUNT = re.compile(r"(?:共|共计|总计)?\d[\d.,]*+(?![十百千万亿]*元|%|分)")
_SO_MANY = re.compile(r"(?:共计?|总计)?\d{1,3}个")
_GENERAL_TOPIC = re.compile(
    "资金|经费|预算|决算|支出|收入|收支|执行|到位|使用|情况|概况|分析|绩效|结论|评价|自评|目标|指标|管理|投入|过程"
    "|产出|效益|成效|基本|总体|整体|说明|结果|计$|汇总|总计|全部|如下|其中|包括|项目|^[一二三四五六七八九十]+是"
)
"""What stands before a colon and names nothing of which there are several."""
_PART = re.compile(
    "(?!完成|实施|开展|加强|推进|通过|用于|按|根据|实际|全年|年度)[\u4e00-\u9fff]{2,12}"
    "(?:建设|改造|工程|采购|购置|安装|维修|费用?)(?:方面)?"
)
_FUND = re.compile(
    "^[\u4e00-\u9fff“”]{2,30}(?:资金|经费|项目|工程|补助|补贴|专项)(?:支出)?(?:方面)?$"
)
_LEVELS = ("省", "市", "县", "乡")
_LEVEL_OF = {
    "自治区": "省",
    "州": "市",
    "盟": "市",
    "区": "县",
    "旗": "县",
    "镇": "乡",
    "街道": "乡",
}
_NAMED_LEVEL = re.compile("自治区|省|市|自治州|州|盟|县|区|旗|镇|乡|街道")
_NO_LEVEL = re.compile(
    "市[场政民]|社区|小区|园区|地区|库区|区域|城市|城镇|城乡|乡村|乡镇|州级|市级|省级|县级"
)


_SAID_IN_BRACKETS = re.compile(
    r"\((?:其中)?含[^()]*\)|(?<=年)\((?:上一?|去)年度?\)|\([^()]*\d(?:%|[万亿]?元|分|[人名])[^()]*\)"
)
"""What brackets say with figures of its own, such as (上年93.75%): the year before goes on."""


@attrs.frozen(kw_only=True)
class About:
    """What the title says.

    Args:
        title: the lines of the title.
        year: the year reported on; ``""`` if it is not known.
        words: the words of the field.
        name: the department that reports, as the title or a line of its own says it; ``""`` if
            neither does.
        project: the name of the project, as the title says it where nothing contradicts; else
            ``""``.
    """

    title: str
    year: str
    words: Words
    name: str = ""
    project: str = ""

    @functools.cached_property
    def is_department(self) -> bool:
        """Whether a department's overall expenditure is evaluated, of which projects are a part."""
        return re.search("整体(?:支出|绩效)|部门整体", self.title) is not None

    @functools.cached_property
    def is_of_accounts(self) -> bool:
        """Whether it is that of the final accounts of a department, which list its projects."""
        return "决算" in self.title and bool(self.name)

    @functools.cached_property
    def level(self) -> str:
        """The lowest level of government that the title names; ``""`` if it names none."""
        named = _NAMED_LEVEL.findall(_NO_LEVEL.sub("", self.title))
        levels = {_LEVEL_OF.get(name, name) for name in named}
        return next((level for level in reversed(_LEVELS) if level in levels), "")

    def is_all_of(self, level: str) -> bool:
        """Whether 全市, 全县 and so on are no more than the unit that reports."""
        if not _NAMED_LEVEL.fullmatch(level):
            return True  # 全校, 全局
        kind = _LEVEL_OF.get(level, level)
        if not self.level:
            return kind in ("县", "乡")
        return _LEVELS.index(kind) >= _LEVELS.index(self.level)

    def names(self, words: str) -> bool:
        """Whether the title holds these words."""
        return words in self.title

    def stripped(self, label: str) -> Iterator[str]:
        """A label, and it again with each word in front left out that says when, who or how.

        What is left out is no part of what the amount is: behind other words it is another's.
        """
        yield label
        while label:
            without_first = self._without_first(label)
            if without_first == label:
                return
            label = without_first
            if label:
                yield label

    def named_by(self, label: str) -> str:
        """What is left of a label without all words in front that say when, who or how."""
        *_, last = self.stripped(label)
        return self._without_first(last)

    def _without_first(self, label: str) -> str:
        first = _leading(self.words).match(label)
        if first and not (self.is_department and first[0].startswith("项目")):
            return label[first.end() :]
        whole = re.match(self.words.edges["all_of"], label)
        if whole and self.is_all_of(whole["level"]):
            return label[whole.end() :]
        for length in range(min(len(label), 24), 2, -1):
            if label[:length] in self.title:
                return label[length:]
        return label

    def is_thing(self, topic: str) -> bool:
        """Whether words before a colon name something else than all that is evaluated:
        水厂建设：预算60万元，支出57万元."""
        *_, bare_topic = self.stripped(topic)
        is_all = not self._without_first(bare_topic) or self.names(bare_topic)
        is_general = _GENERAL_TOPIC.search(topic) is not None and not self.is_of_some(topic)
        return not (is_all or is_general)

    def is_of_some(self, words: str) -> bool:
        """Whether words without a number are of some of what is spent: 普法宣传专项资金，预算
        20万元, or 没有政府性基金支出，预算0万元; in a project 水厂建设，支出57万元."""
        if not self.is_department:
            is_part = _PART.fullmatch(words) and not re.match(self.words.doing, words)
            return bool(is_part) and not self.names(words)
        if re.search(self.words.subjects, words):
            return True
        *_, bare_words = self.stripped(words)
        is_all = re.fullmatch(self.words.funds, bare_words) or self.names(bare_words)
        return _FUND.search(words) is not None and not is_all

    def is_wider(self, chunk: str) -> bool:
        """Whether words speak of all of a province, a city and so on that is not who reports."""
        whole = re.search(self.words.edges["all_of"], chunk)
        return whole is not None and not self.is_all_of(whole["level"])

    def is_of_another_year(self, before: str, *, or_else: bool) -> bool:
        """Whether the last words that say when are of another year.

        Args:
            before: what a sentence says before a number.
            or_else: what it is where it says no year.
        """
        before = _SAID_IN_BRACKETS.sub("", before)
        times = list(_times(self.words.this_year, self.words.other_year).finditer(before))
        named = [time for time in times if not time["relative"]]
        if not named:
            return or_else
        last = times[-1]
        if last["relative"]:  # 2022年预算90万元，全年支出80万元
            last = named[-1]
            if last["other"] or last["month"]:
                return False
        if last["other"]:
            return True
        return bool(last["year"]) and last["year"] != self.year

    def is_foreign(self, chunk: str) -> bool:
        """Whether words begin with the name of another place or another project."""
        for form in self.stripped(chunk):
            place = re.match(self.words.places, form)
            if place and not self.names(place["place"]):
                return True
        *_, last = self.stripped(chunk)
        project = re.match(self.words.projects, last)
        if project is None or self.names(project["project"]):
            return False
        if _SO_MANY.match(last, project.end()):
            return False  # 产业项目7个: a kind of them
        name = re.sub(f"^.*(?:{self.words.project_verbs})[了的]?", "", project["project"])
        is_counted = _COUNT.match(last, project.end()) is not None
        if is_counted and name != project["project"] and len(name) < _SHORTEST_NAME:
            return False  # 完成维修工程12处: of what kind, and not of which project
        return not self.names(name)


@functools.cache
def _leading(words: Words) -> re.Pattern[str]:
    return re.compile(f"(?:{words.edges['time']}|{words.edges['who']})")


@functools.cache
def _times(this: str, other: str) -> re.Pattern[str]:
    """Words that say when; 2022年全年 and 上年年末 are of the year that they begin with."""
    behind = f"(?:度|的)?(?:{this})"
    return re.compile(
        rf"(?:(?<![比较与同])(?P<other>{other})|(?P<year>(?:19|20)\d{{2}})年(?P<month>\d)?)(?:{behind})?"
        rf"|(?P<relative>全年|当年|年[初中末底终])|(?P<this>{this})"
    )


def about(lines: Iterable[str], words: Words) -> About:
    """What the title of a report says, among its first lines, or below a cover and a list of
    contents.

    The year is that of the title, or the only one that stands alone in the text.
    """
    first, years, text_years = list[str](), list[str](), list[str]()
    beside, is_head = "", True
    projects: set[str] = set()  # as lines of their own say them
    titles: list[tuple[str, Title]] = []
    listed: tuple[str, Title] | None = None  # until a sentence follows it, as in a list of annexes
    for number, line in enumerate(lines):
        title = title_in(line)
        is_head = is_head and number < _HEAD_LINES and "。" not in line
        if is_head:
            beside = beside or name_beside(line) or name_in_accounts(line)
        projects |= {project_beside(line)} - {""}
        if title is not None and title.says_what:
            listed = line, title
        elif listed is not None and "。" in line:
            titles.append(listed)
            listed = None
        may_be = number < _FIRST_LINES and len(line) <= _TITLE_LENGTH
        looks_so = _TITLE.search(line) or not first or _ONLY_YEAR.fullmatch(line)
        looks_so = looks_so or _SUBTITLE.fullmatch(line)
        if may_be and looks_so and not _NO_TITLE.search(line):
            first.append(line)
            years += _YEAR.findall(line)
        text_years += re.findall(r"((?:19|20)\d{2})年度?(?!\d|\d*月|[-—~至到])", line)
    is_said = any(_KIND.search(line) for line in first)
    fitting = ((line, title) for line, title in titles if line in first or not is_said)
    own_line, own = next(fitting, ("", None))
    if own is not None and not is_said:
        years = _YEAR.findall(own_line) or years
        first.append(own_line)
    name = (own.name if own is not None and own.is_department else "") or beside
    if name and not any(name in line for line in first):
        first.insert(0, name)
    if not years and len(set(text_years)) == 1:
        years = text_years
    year = years[0] if len(set(years)) == 1 else ""
    projects |= {title.project for _, title in titles}
    project = own.project if own is not None and projects == {own.project} else ""
    if any(map(_SUBTITLE.fullmatch, first)):
        project = ""
    return About(title="".join(first), year=year, words=words, name=name, project=project)
