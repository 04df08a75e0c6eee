"""Amounts that lead from one budget to another: 下达资金500万元，调减20万元，实际下达480万元."""

from __future__ import annotations

from collections.abc import Sequence

from budgetperf.documents.understanding.phrases.mention import Mention, nominal

__all__ = ["chain_in"]

_BUDGETS = ("initial", "revised")
_BY = {"added": 1, "cut": -1}


def chain_in(amounts: Sequence[Mention]) -> list[Mention]:
    """A budget, what was added to it or cut from it, and the budget after that, in a row; none
    where they do not add up.

    Args:
        amounts: those of one sentence, in their order.
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
        if is_whole and is_closed and summed == nominal(chain[-1]):
            return chain
    return []
