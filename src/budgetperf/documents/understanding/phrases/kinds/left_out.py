"""Numbers that are understood and have no place in a report: told, and not used."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

import attrs

from budgetperf.documents.understanding.phrases.items import kind_of
from budgetperf.documents.understanding.phrases.mention import Mention
from budgetperf.documents.understanding.phrases.sentences import Number
from budgetperf.exact import LIST, SEMICOLON, Text

from .changed import is_change, says_change

__all__ = [
    "BALANCE",
    "BUDGET_WORDS",
    "CHANGE",
    "NOT_DONE",
    "NO_BUDGET",
    "NO_SUM",
    "OF_GROUP",
    "OF_ROW",
    "OTHER_YEAR",
    "OVER",
    "SOME_PUBLIC",
    "LeftOut",
    "is_not_done",
    "may_be_less",
    "notes_on",
    "why_dropped",
    "why_no_result",
]

BALANCE, CHANGE, DEDUCTED, NOT_DONE = "balance", "change", "deducted", "not-done"
NO_BUDGET, NO_SUM, OF_GROUP, OF_ROW = "no-budget", "no-sum", "of-group", "of-row"
OTHER_YEAR, OVER, SHARE = "other-year", "over", "share"
OF_KIND, SOME_PUBLIC, STRUCTURE = "of-kind", "some-public", "structure"
_REASONS: Mapping[str, Text] = MappingProxyType(
    {
        SHARE: Text(zh="占比", en="shares"),
        OTHER_YEAR: Text(zh="其他年度或时点的数", en="of other years or days"),
        CHANGE: Text(zh="增减额、增减幅度", en="by how much something changed"),
        NO_BUDGET: Text(
            zh="与调整前后的预算数不符的增减额",
            en="changes that do not lead from one budget to the next",
        ),
        OF_KIND: Text(
            zh="基本支出、项目支出各自的预算和支出",
            en="budgets and spending of basic or project expenditure alone",
        ),
        SOME_PUBLIC: Text(zh="“三公”经费的部分项目", en="some of the three public expenses"),
        STRUCTURE: Text(
            zh="机构、人员、项目的个数和所涉资金",
            en="how many bodies, people and projects there are, and the money involved",
        ),
        BALANCE: Text(zh="收入、结转结余", en="income, and what was carried over"),
        OF_ROW: Text(zh="单项指标得分", en="scores of one row"),
        DEDUCTED: Text(zh="扣分", en="points taken off"),
        NOT_DONE: Text(
            zh="停办、缓办、未完成等的数", en="what was called off, put off or not completed"
        ),
        OF_GROUP: Text(
            zh="合计相符的各组分值、得分", en="weights and scores of groups that add up"
        ),
        OVER: Text(zh="得分超过分值", en="scores above their weight"),
        NO_SUM: Text(zh="分项之和与合计不符", en="parts and totals that do not add up"),
    }
)
_SHARE = re.compile("占[^，。;\\d]{0,20}$|(?:占比|比重|比例)(?:为|是|约|达到?|:)*$")
_EARLIER = re.compile(
    r"[比较与由从](?:上一?年度?|去年|(?:19|20)\d{2}年度?)(?:同期)?的?[^，。;\d年]{0,12}$"
)
_CHANGED = re.compile(
    "(?:提高|增加|增长|上升|提升|下降|降低|减少|压减|增幅|降幅|节约|超支)(?:幅度|资金|经费)?(?:了|约|为|达|:)*$"
)
_DEDUCTED = re.compile("扣(?:除|减)?分?(?:合计|共|为|:)*$")
_NOT_DONE = re.compile(
    "停(?:办|演|课|建|工|播|运|诊)|暂[停缓](?!征|缴|收)|缓[办建演]|延[期迟](?!还|缴|付|纳|申报|服务|开放)|推迟"
    "|(?<![减至不缺])少(?:[办建演修]|开(?!支)|举办|完成|培训|建设|安排)"
    "|未(?:[办建开演修]$|能|按|如期|举[办行]|完[成工]|实施|竣工|开工|组织|培训)"
)
_CALLED_OFF = re.compile("取消(?![^，。;]*(?:事项|审批|许可|证明|收费|材料|环节|手续|限制|资格))")
"""取消审批事项12项 is something that was done."""
_TREATED = re.compile("整治|治理|修复|督促|解决|处理|排查|整改|清理|盘活|化解|推动|帮助|办结|收回")
"""What is done about what others did not do: 督促停工项目3个."""
_MAY_BE_UNDONE = re.compile("未(?!成年|来|婚|雨|发生|出现)")
_LESS = re.compile("(?:(?<![原起])因|由于|原因|影响)[^。;]*(?:减少|[压核缩]减|取消)[^，。;]*$")
_RESUMED = re.compile("(?:停|缓|延期|推迟|未|取消)[^，。;]*(?:后|恢复|改为|改在|[补续]办)")
BUDGET_WORDS = re.compile(
    "(?:实际|年初|年中|年末|年底|期初|期末|当年|本年|本年度|上年|总|净|累计|预算|调整|调剂)*"
    "(?:收入|支出|收支|收入支出|支|追加|追减|调整|调增|调减|增加|减少|压减|核减|收回|结余|结转|结转和?结余|结转[至到入]?下一?年度?(?:继续)?(?:使用)?)"
    "(?:合计|总计|总额|预算|指标)?"
)
"""Words of a budget alone, of which an amount is no result."""
_MOST = 6


@attrs.frozen(kw_only=True)
class LeftOut:
    """A number that is understood and not used: where it stands, and why."""

    number: Number
    why: str


def why_dropped(number: Number, label: str) -> str:
    """Why a number is none of the report's by the words before it; ``""`` if they do not say it."""
    kind = kind_of(number)
    if kind == "score":
        why = CHANGE if _CHANGED.search(label) else OTHER_YEAR if _EARLIER.search(label) else ""
        return DEDUCTED if _DEDUCTED.search(label) else why
    if number.sign or (number.broken and not number.unit.endswith("百分点")):
        return ""
    if _CHANGED.search(label) and (kind in ("money", "rate") or number.unit.endswith("百分点")):
        return CHANGE
    if kind in ("money", "rate") and _EARLIER.search(label):
        return OTHER_YEAR
    return SHARE if kind == "rate" and _SHARE.search(label) else ""


def is_not_done(label: str) -> str:
    """Why words say that what is counted was not done; ``""`` if they do not say so.

    >>> is_not_done("因消防改造停办"), is_not_done("取消审批事项"), is_not_done("举办")
    ('not-done', '', '')
    """
    is_so = _NOT_DONE.search(label) or _CALLED_OFF.search(label)
    is_else = _RESUMED.search(label) or _TREATED.search(label)
    return NOT_DONE if is_so and not is_else else ""


def may_be_less(label: str, before: str) -> bool:
    """Whether what is counted may be what was done less than was due: 因资金不到位，减少改造3公里.

    Args:
        label: the words before the number.
        before: all that the sentence says before it.
    """
    may_be = _MAY_BE_UNDONE.search(label) and not _TREATED.search(label)
    return bool(may_be) or _LESS.search(before) is not None


def why_no_result(mention: Mention) -> str:
    """Why an amount or a count that has a name and no other place is nothing that was reached;
    ``""`` if it is."""
    name = mention.name
    if mention.kind in ("count", "money") and _STRUCTURE.search(name):
        return STRUCTURE
    if mention.kind != "money":
        return ""
    if _OF_KIND.fullmatch(name):
        return OF_KIND
    if name.startswith(_CHANGES) or says_change(name) or (mention.step and is_change(mention)):
        return CHANGE
    return (CHANGE if mention.step else BALANCE) if BUDGET_WORDS.fullmatch(name) else ""


_STRUCTURE = re.compile(
    "内设|下[属设辖]$|下[属设辖](?:事业|企业|预算|二级|基层)*(?:单位|机构|部门|站|所|中心)|离退休(?:人员|干部|职工)?$|编外|聘用(?:人员|人数)?$"
    "|(?:^|[我本][局委部门单位院校馆中心]{1,2})(?:共计?|合计|全年|年度)*(?:实施|涉及|抽查|安排|开展|评价|承担|纳入|选取)"
    "(?:预算|支出|财政|绩效|评价|自评)*(?:项目|资金|金额)$"
)
_OF_KIND = re.compile(
    "(?:其中)?(?:一般公共预算)?(?:基本|项目)支出(?:年初|全年|年度|调整后|实际|的)*(?:批复|安排)?(?:预算|执行|决算|支出)"
    "(?:安排|批复|总)?(?:数|额|资金)?"
)
_CHANGES = ("较", "比", "调整", "年中")
"""How words begin that say by how much a budget changed: 较年初预算减少20万元, 调整增加20万元."""


def notes_on(left_out: Iterable[tuple[LeftOut, int]]) -> Iterator[Text]:
    """What is told of the numbers that were left out, each with its line."""
    by_reason: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for left, line in left_out:
        by_reason[left.why].append((left.number.text, line))
    if not by_reason:
        return
    told_by_reason = [
        _OF_REASON.fill(
            reason,
            LIST.join(_ONE.fill(line=line, text=text) for text, line in by_reason[why][:_MOST]),
            _MORE.fill(len(by_reason[why])) if len(by_reason[why]) > _MOST else _NO_MORE,
        )
        for why, reason in _REASONS.items()
        if why in by_reason
    ]
    yield _LEFT_OUT.fill(SEMICOLON.join(told_by_reason))


_ONE = Text(zh="第 {line} 行“{text}”", en="“{text}” on line {line}")
_MORE = Text(zh="等 {} 个", en=" and others, {} in all")
_NO_MORE = Text(zh="", en="")
_OF_REASON = Text(zh="{}（{}{}）", en="{} ({}{})")
_LEFT_OUT = Text(
    zh="正文中的以下数字已读懂，但未采用：{}",
    en="these numbers in the text were understood but not used: {}",
)
