"""Which amounts may be those of the whole, and which say that they are of less or of more."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType

import attrs

from budgetperf.documents.understanding.phrases.mention import Mention, nominal
from budgetperf.exact import LIST, Text
from budgetperf.model import FundingTotal
from budgetperf.model.fields import label_of

__all__ = [
    "MAY_BE_SOURCES",
    "is_of_a_source",
    "is_of_several_years",
    "notes_on_rivals",
    "tells_rivals",
    "without_carry_over",
    "without_pairs",
]

_STRONG = 2
_SEVERAL = 2

MAY_BE_SOURCES = ("财政", "专项", "补助")
"""How words begin that may name one of several sources."""
_SUMS = ("合计", "共计", "总计", "可用资金", "可支配资金")


def without_pairs(by_role: dict[str, list[Mention]]) -> list[Mention]:
    """Leave out what was spent of one budget and of another, which are those of several things:
    水厂预算60万元，实际支出57万元；管网预算58万元，实际支出55.1万元. Gives those amounts."""
    pairs = [
        (spent.before, spent)
        for spent in by_role.get("executed", [])
        if spent.before is not None and spent.before.role in ("initial", "revised")
        if spent.before in by_role.get(spent.before.role, ())
    ]
    budgets = {nominal(budget) for budget, _ in pairs}
    spent = {nominal(amount) for _, amount in pairs}
    if len(pairs) < _SEVERAL or not len(pairs) == len(budgets) == len(spent):
        return []
    for budget, amount in pairs:
        by_role[budget.role].remove(budget)
        by_role["executed"].remove(amount)
    for role in [role for role, amounts in by_role.items() if not amounts]:
        del by_role[role]
    return [amount for pair in pairs for amount in pair]


def is_of_a_source(claim: Mention, own: Sequence[Mention]) -> bool:
    """Whether an amount may be of the first of several sources that the sentence goes through:
    财政资金到位100万元，支出95万元；自筹资金到位20万元，支出18万元.

    Args:
        claim: the amount.
        own: what its sentence says, without the parts of others.
    """
    is_surely = claim.strength >= _STRONG and not claim.name.startswith(MAY_BE_SOURCES)
    if is_surely or claim.whole is not None:
        return False
    others = [
        other
        for other in own[own.index(claim) + 1 :]
        if (other.kind, other.role) == ("money", claim.role) and (other.origin or not other.is_own)
    ]
    is_of_sources = any(
        other.origin or (other.before is not None and other.before.origin) for other in others
    )
    return is_of_sources and sum(map(nominal, others)) != nominal(claim)


def is_of_several_years(claim: Mention, claims: Sequence[Mention]) -> bool:
    """Whether a budget of the whole is more than that of the year: 总预算3000万元，本年1200万元."""
    if claim.is_of_year or claim.strength >= _STRONG or "总预算" not in claim.name:
        return False
    return any(other.is_of_year and nominal(other) < nominal(claim) for other in claims)


def _is_beside_carried(budget: Mention, before: Sequence[Mention]) -> bool:
    """Whether a budget may be that of the year without what was carried over: 上年结转20万元，
    当年预算80万元."""
    is_budget = budget.role in ("revised", "received") and budget.whole is None
    may_be_less = budget.is_of_current or budget.strength < _STRONG
    carried = (m.origin is not None and m.origin.kind == "carry-over" for m in before)
    return is_budget and may_be_less and any(carried)


def without_carry_over(money: Sequence[Mention]) -> set[int]:
    """Amounts that are not all of it: 安排资金100万元，上年结转20万元，合计120万元."""
    ids: set[int] = set()
    for _, own in itertools.groupby(money, key=lambda mention: mention.sentence):
        before: list[Mention] = []
        for mention in own:
            if _is_beside_carried(mention, before):
                ids.add(id(mention))
            if mention.step == "sum" or mention.name.startswith(_SUMS):
                carried = (m.origin is not None and m.origin.kind == "carry-over" for m in before)
                if any(carried):
                    ids |= {id(other) for other in before if other.role}
            before.append(mention)
    return ids


def notes_on_rivals(claims: Sequence[Mention], line_at: Callable[[int], int]) -> Iterator[Text]:
    """What is told where a text says the whole twice and not alike, so that neither was read:
    whether both are of the whole is not sure.

    Args:
        claims: the amounts that were not read, in the order of the text.
        line_at: the line of a position.
    """
    by_role: dict[str, list[tuple[Mention, int]]] = defaultdict(list)
    for claim in claims:
        is_plain = not (claim.is_named or claim.project or claim.parts) and claim.strength >= 0
        is_plain = is_plain and not (claim.before is not None and claim.before.is_named)
        is_plain = is_plain and not _NAMES_NOTHING.sub("", claim.heading)
        if claim.number is not None and is_plain:
            by_role[claim.role].append((claim, line_at(claim.number.start)))
    for role, label in _LABELS.items():
        several = by_role[role]
        values = {nominal(claim) for claim, _ in several}
        lines = {line for _, line in several}
        if len(values) < _SEVERAL or len(lines) < len(several):
            continue  # several in one paragraph are of several things
        listed = (
            _ONE.fill(line=line, text=claim.number.text)
            for claim, line in several
            if claim.number is not None
        )
        yield _RIVALS.fill(label, LIST.join(listed))


def tells_rivals(note: Text) -> bool:
    """Whether a note tells that a text says the whole twice and not alike."""
    return note.zh.startswith(_RIVALS.zh.partition("{}")[0])


_NAMES_NOTHING = re.compile(
    r"(?:19|20)\d{2}年度?|资金|预算|支出|收入|执行|到位|使用|情况|概况|分析|绩效|结论|评价|自评|目标|指标|管理"
    "|投入|过程|产出|效益|基本|总体|整体|说明|结果|汇总|全部|项目|部门|单位|年度|财政|安排|下达|拨付|实施"
    "|完成|决算|简介|背景|综述|工作|开展|落实|组织|及其?|[的和与、]"
)
"""Words of headings that name no part of a project or a department."""
_LABELS: Mapping[str, Text] = MappingProxyType(
    {
        field.name: label_of(field)
        for field in attrs.fields(FundingTotal)
        if field.name in ("initial", "revised", "received", "executed")
    }
)
_ONE = Text(zh="第 {line} 行“{text}”", en="“{text}” on line {line}")
_RIVALS = Text(
    zh="正文几处写明的{}不同，都没有读取：{}；不能确定以哪一处为准，请核对",
    en="the text states the {} differently in several places, and none of them was read: {}; check "
    "which one is that of the whole",
)
