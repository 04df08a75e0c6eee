"""Amounts that lead from one budget to another: 下达资金500万元，调减20万元，实际下达480万元."""

from __future__ import annotations

from collections.abc import Sequence

from budgetperf.documents.understanding.phrases.mention import Mention, nominal

__all__ = ["chain_in"]

_BUDGETS = ("initial", "revised")
_STRONG = 2
_BY = {"added": 1, "cut": -1}


def chain_in(amounts: Sequence[Mention], *, adds_up: bool = True) -> list[Mention]:
    """A budget, what was added to it or cut from it, and the budget after that, in a row: the first
    that adds up, or the first that surely does not; none where there is none.

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
        is_sure = adds_up or chain[-1].strength >= _STRONG  # 预算200万元，追加20万元，下达150万元
        if is_whole and is_closed and is_sure and (summed == nominal(chain[-1])) is adds_up:
            return chain
    return []
