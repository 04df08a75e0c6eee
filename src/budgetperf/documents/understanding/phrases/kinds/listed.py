"""What is said of several projects at once, or of each item of a list."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence, Set

from budgetperf.documents.understanding.phrases.mention import Mention

__all__ = ["is_of_several", "without_those_of_items"]

_OF_SEVERAL = re.compile(
    "money:(?:批次|项目|工程|预算|资金|经费|支出)+|count:.*(?:预算|追加|下达|批复)"
)

_ITEM = re.compile(r"[ \t]*(?:(?:\(?\d{1,2}[.、)])+|[①-⑳]|[(〔]?[一二三四五六七八九十]+是)")
_STATED = re.compile(
    r"(?P<label>[\u4e00-\u9fff]{2,12}?)(?:约?为|是|达到?|:)?(?P<number>\d[\d.]*)[%分]"
)
_LONGEST = 14
_REACH = 2000


def without_those_of_items(mentions: Sequence[Mention], text: str) -> list[Mention]:
    """The mentions without the rates and scores that stand in an item of a list, without an amount
    before them, where another item states one of the same name that differs: they are of what
    their items name.

    Args:
        mentions: those of the text.
        text: all of it, a line for each paragraph.
    """
    stated: dict[str, set[str]] = defaultdict(set)
    for line in text.split("\n"):
        if _ITEM.match(line):
            for match in _STATED.finditer(line):
                stated[match["label"]].add(match["number"])
    return [mention for mention in mentions if not _is_of_item(mention, text, stated)]


def _is_of_item(mention: Mention, text: str, stated: Mapping[str, Set[str]]) -> bool:
    number = mention.number
    if mention.kind not in ("rate", "score") or number is None or mention.before is not None:
        return False
    reach = max(0, number.start - _REACH)  # not to the start of a line of megabytes, each time
    start = text.rfind("\n", reach, number.start) + 1 or reach
    if not _ITEM.match(text, start):
        return False
    match = _STATED.search(text, max(0, number.start - _LONGEST), number.end)
    return match is not None and len(stated.get(match["label"], ())) > 1


def is_of_several(mention: Mention) -> bool:
    """Whether a number says how many projects there are, or what these may spend, which is nothing
    that was reached: 年初批复预算8个项目985万元."""
    return _OF_SEVERAL.fullmatch(f"{mention.kind}:{mention.name}") is not None
