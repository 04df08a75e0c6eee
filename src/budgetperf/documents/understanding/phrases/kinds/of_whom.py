"""Whose parts a list gives: of the amount before it, or of one further in front."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from budgetperf.documents.understanding.phrases.mention import Mention, nominal

from .changed import is_change
from .left_out import CHANGE

__all__ = ["are_kinds", "give_parts", "leave_bare_parts", "may_be_whole"]

_CHANGES = ("added", "cut", "changed")
_CHANGE = re.compile(
    "^[比较]|(?:增加|减少|下降|增长|上升|节约|节支|增支|压减|压缩|超支|调增|调减|追加|核减|收回)(?:金?额|资金|了)?$"
)
_LEFT = re.compile("(?:结余|结转|剩余|余额)(?:资金|金?额)?$")
_EXPENDITURE = ("基本支出", "项目支出")
_NET = re.compile("净[值额]|账面价值")
_OF_NET = re.compile("原值|净[值额]|折旧|摊销|^减")


def leave_bare_parts(collected: Sequence[Mention]) -> None:
    """Leave parts whose unit is said above them, unless they make up their whole: else they may be
    no amounts."""
    for whole in collected:
        numbers = [part.number for part in whole.parts]
        is_bare = any(number is not None and number.said_above for number in numbers)
        if is_bare and _sum(whole.parts) != nominal(whole):
            whole.parts.clear()


def give_parts(collected: Sequence[Mention]) -> None:
    """Parts behind a comparison (支出26万元，比上年减少3万元，其中…), behind what is left or behind
    something counted (涉及项目3个，其中…) go to that before it that they make up; or to none, but
    for kinds of expenditure each of which is more than what it changed by."""
    for mention in collected:
        parts = mention.parts
        if not parts or (mention.is_counted and _sum(parts) == nominal(mention)):
            continue
        if any(map(is_change, parts)):
            continue  # 调整后预算120万元（调增20万元）
        if not (mention.is_dropped or mention.is_counted) and may_be_whole(mention, parts):
            continue
        mention.parts = []
        whole = next(_made_up_before(mention, _sum(parts)), None) or _spent_before(mention, parts)
        if whole is not None:
            whole.parts = parts
            for part in parts:
                part.whole = whole


def _spent_before(change: Mention, parts: Sequence[Mention]) -> Mention | None:
    """The amount right before what it changed by, which kinds of expenditure alone may be of."""
    before = change.before
    is_compared = change.why == CHANGE
    is_more = are_kinds(parts) and all(nominal(part) > nominal(change) for part in parts)
    if before is None or not (is_compared and is_more):
        return None
    return before if before.role and not (before.parts or before.is_dropped) else None


def are_kinds(amounts: Sequence[Mention]) -> bool:
    """Whether amounts are kinds of expenditure as the accounts have them, and nothing else."""
    return all(amount.name in _EXPENDITURE for amount in amounts)


def may_be_whole(mention: Mention, parts: Sequence[Mention]) -> bool:
    """Whether a list behind an amount may be of its parts: by how much something changed and what
    is left have none but those that make them up; nor is 净值 (原值、折旧) the sum of these.

    Args:
        mention: the amount.
        parts: those of the list.
    """
    if mention.number is None or _sum(parts) == nominal(mention):
        return True
    name, names = _name(mention), [part.name for part in parts]
    if mention.step in _CHANGES or _CHANGE.search(name) or _NET.search(name):
        return False
    if _LEFT.search(name) and not any(re.search("结[余转]|剩余", part) for part in names):
        return False
    are_of_a_kind = all(part.origin is not None for part in parts) or all(
        name.startswith(_EXPENDITURE) for name in names
    )
    return not any(map(_OF_NET.search, names)) and (are_of_a_kind or not mention.has_bare_bracket)


def _made_up_before(mention: Mention, summed: Fraction) -> Iterator[Mention]:
    """The amounts before one in its sentence that may be the whole of a sum."""
    whole = mention.before
    while whole is not None:
        if not (whole.parts or whole.is_dropped) and summed == nominal(whole):
            yield whole
        whole = whole.before


def _name(mention: Mention) -> str:
    return mention.name or (mention.origin.label if mention.origin is not None else "")


def _sum(parts: Sequence[Mention]) -> Fraction:
    return sum(map(nominal, parts), Fraction(0))
