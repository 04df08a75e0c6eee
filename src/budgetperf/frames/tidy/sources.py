"""What the rows of a table of funding lines are, by the names in its column ``source``."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from fractions import Fraction
from typing import TypeAlias, cast

import attrs

from budgetperf.documents.understanding.forms.vocabulary import vocabulary
from budgetperf.documents.understanding.forms.words import label_of
from budgetperf.exact import BudgetperfError, Figure
from budgetperf.model import FundingKind, FundingSource, FundingTotal

from .tables import TOTAL_LINE

__all__ = ["SourceNames", "are_details"]

Role: TypeAlias = FundingKind | str
"""The kind of a source, that of the total, or ``""`` of what is no source."""

_TOTALS = (TOTAL_LINE, "合计", "总计", "资金总额", "年度资金总额")
_AMOUNTS = ("initial", "revised", "received", "executed")
_BESIDE_OTHERS = (FundingKind.OTHER, FundingKind.CARRY_OVER)
"""What stands beside the sources again behind those that divide one of them."""


@attrs.define
class SourceNames:
    """The names of the rows of one statement, from the first to the last, as forms have them.

    Args:
        count: how many rows there were.
        is_nested: whether rows behind 其中 divide a source above.
        above: the source above.
    """

    count: int = 0
    is_nested: bool = False
    above: Role = ""

    def role(self, name: str | None) -> Role:
        """What the next row is.

        A name that is no kind of source is that of a source which is in no list. What divides a
        source above, or is expenditure, is no source.
        """
        self.count += 1
        if name is None or not name.strip():
            return FundingKind.UNLISTED
        if name in _TOTALS:
            return TOTAL_LINE
        with suppress(BudgetperfError):  # by its code or label
            self.above = FundingSource(kind=cast("FundingKind", name)).kind
            self.is_nested = False
            return self.above
        words, is_inner = label_of(name)
        rows = vocabulary().funding.row_of
        known = rows.get(words.full) or rows.get(words.name) or ""
        if known == TOTAL_LINE:
            return TOTAL_LINE
        if known and not known.startswith("sources["):
            return ""
        kind = FundingKind(known[len("sources[") : -1]) if known else FundingKind.UNLISTED
        self.is_nested |= is_inner and self.count > 2
        if kind in _BESIDE_OTHERS or (kind, self.above) == (FundingKind.LOCAL, FundingKind.UPPER):
            self.is_nested = False
        if self.is_nested:
            return ""
        self.above = kind
        return kind


def are_details(
    total: FundingTotal, sources: Sequence[FundingSource], named: Sequence[FundingSource]
) -> bool:
    """Whether sources of names in no list divide the others: without them these make the total,
    and with them they do not.

    Args:
        total: the total.
        sources: the others.
        named: those of names in no list.
    """
    fields = [field for field in _AMOUNTS if isinstance(getattr(total, field), Figure)]
    is_whole = all(_sum(sources, field) == getattr(total, field).nominal for field in fields)
    return bool(sources) and is_whole and any(_sum(named, field) for field in fields)


def _sum(sources: Sequence[FundingSource], field: str) -> Fraction:
    stated = (getattr(source, field) for source in sources)
    amounts = (amount.nominal for amount in stated if isinstance(amount, Figure))
    return sum(amounts, start=Fraction(0))
