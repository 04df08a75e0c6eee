"""Amounts that lead from one budget to another: 下达资金500万元，调减20万元，实际下达480万元."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence

from budgetperf.documents.understanding.phrases.mention import Mention, nominal

__all__ = ["chain_in", "is_adjustment", "is_all_of_change", "is_changed_in"]

_BUDGETS = ("initial", "revised")
_STRONG = 2
_BY = {"added": 1, "cut": -1}
_CHANGED_FOR = re.compile(
    "(?:追加|增加|新增|调增|调减|减少|追减|核减|收回|压减)(?!下达|预算|资金|经费|指标|金额|总?[数额])"
    "[\u4e00-\u9fff]{2,}$"
)


def chain_in(amounts: Sequence[Mention], *, adds_up: bool = True) -> list[Mention]:
    """A budget, what was added to it or cut from it, and the budget after that, in a row: the first
    that adds up, or the first that surely does not; none where there is none. It may not where more
    was changed (追加人员经费15万元) or what follows is not the whole of it (下达150万元).

    Args:
        amounts: those of one sentence, in their order.
        adds_up: which of the two.
    """
    for start, first in enumerate(amounts):
        if first.role not in _BUDGETS:
            continue
        summed, end = nominal(first), start + 1
        while end < len(amounts) and amounts[end].step in _BY:
            summed += _BY[amounts[end].step] * nominal(amounts[end])
            end += 1
        chain = list(amounts[start : end + 1])
        is_whole = all(mention.is_own and not mention.is_dropped for mention in chain)
        is_closed = len(chain) == end - start + 1 > len(_BUDGETS) and chain[-1].role in _BUDGETS
        is_all = not any(_CHANGED_FOR.search(mention.name) for mention in chain)
        is_sure = adds_up or (is_all and chain[-1].strength >= _STRONG)
        if is_whole and is_closed and is_sure and (summed == nominal(chain[-1])) is adds_up:
            return chain
    return []


def is_changed_in(amounts: Sequence[Mention], summed: Mention) -> bool:
    """Whether amounts in a row are a budget of the whole and what was added to it or cut from it,
    so that their sum is what it was changed to: 年初预算180万元，追加20万元，合计200万元;
    not that of the changes alone."""
    if len(amounts) < len(_BUDGETS) or not all(amount.is_own for amount in amounts):
        return False
    first, *changes = amounts
    is_first = first.role in _BUDGETS and first.origin is None
    are_changes = all(change.step in _BY and not change.role for change in changes)
    return is_first and are_changes and sum(map(nominal, changes)) != nominal(summed)


def is_all_of_change(before: Mention, change: Mention, after: Mention) -> bool:
    """Whether a change is all that became of a budget: what was added or cut for one thing
    (追加人员经费15万元) need not be."""
    is_of_one_thing = _CHANGED_FOR.search(change.name) is not None
    return not is_of_one_thing or bool(chain_in((before, change, after)))


def is_adjustment(mention: Mention, before: Iterable[Mention], after: Iterable[Mention]) -> bool:
    """Whether an amount is by how much one of the budgets was adjusted: nothing, or what is between
    it and the other."""
    change = nominal(mention)
    budgets = itertools.product(map(nominal, before), map(nominal, after))
    return not change or any(abs(new - old) == change for old, new in budgets)
