"""Amounts that one cell lists, each behind its label: 年度资金总额:1200 其中:中央补助:800 …"""

from __future__ import annotations

import re

import attrs

from budgetperf.documents.understanding.assembling import Found
from budgetperf.documents.understanding.forms import cells
from budgetperf.documents.understanding.forms.grid import Piece
from budgetperf.documents.understanding.forms.vocabulary import Vocabulary
from budgetperf.documents.understanding.forms.words import label_of
from budgetperf.exact import Figure

__all__ = ["listed_amounts"]

_ITEM = re.compile(
    r"(?P<label>(?:其中:?)?[\u4e00-\u9fff]{2,20}(?:\([^()]{1,12}\))?):"
    r"(?P<amount>\d[\d,]*(?:\.\d+)?(?:万元|亿元|元)?)(?![\d.,%万亿])[ ,，;；、]*"
)
_LONGEST = 300
_FEWEST = 2


def listed_amounts(piece: Piece, unit: str, known: Vocabulary) -> list[Found]:
    """What a cell lists: the total first, then what it is made of; nothing if it says more.

    Args:
        piece: the cell.
        unit: the unit of money of amounts without one.
        known: the words of forms.
    """
    text = piece.text
    if len(text) > _LONGEST or ":" not in text:
        return []
    items = list(_ITEM.finditer(text))
    if len(items) < _FEWEST or sum(len(item[0]) for item in items) != len(text):
        return []
    rows = known.funding.row_of
    labels = [label_of(item["label"])[0] for item in items]
    kinds = [rows.get(words.full) or rows.get(words.name) or "" for words in labels]
    names = [words.name for words in labels]
    if kinds[0] != "total" or "total" in kinds[1:] or len(set(names)) < len(names):
        return []
    if any("[" not in kind for kind in kinds[1:]):
        return []
    amounts = [cells.amount_in(attrs.evolve(piece, text=item["amount"]), unit) for item in items]
    if not all(isinstance(amount, Figure) for amount in amounts):
        return []
    piece.understand()
    values = [Found(path="form.funding.total.revised", value=amounts[0])]
    used = set[str]()
    for kind, name, amount in zip(kinds[1:], names[1:], amounts[1:], strict=True):
        path = f"form.funding.{kind}" if kind not in used else f"form.funding.{kind[:-1]}·{name}]"
        used.add(kind)
        values += [
            Found(path=f"{path}.revised", value=amount),
            Found(path=f"{path}.label", value=name),
        ]
    return values
