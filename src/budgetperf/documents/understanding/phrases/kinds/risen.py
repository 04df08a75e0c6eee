"""What rose or fell to so much, and is named before the number from which it did: 设备完好率由上年
的93.75%提高到95%."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping

from budgetperf.documents.understanding.phrases.about import About
from budgetperf.documents.understanding.phrases.items import bare, kind_of
from budgetperf.documents.understanding.phrases.sentences import Sentence

__all__ = ["named_before_rise"]

_FROM = re.compile(
    r"(?P<name>[\u4e00-\u9fff“”]{2,30})(?<![理缘自])[由从]"
    r"(?:(?:上一?年度?|去年|年初|(?:19|20)\d{2}年度?)(?:同期)?)?的?$"
)
_TO = re.compile(
    "(?:提[高升]|增[加长]|上升|下降|降低|减少|压减)(?:到|至|为)了?(?:(?P<year>(?:19|20)\\d{2})年度?|本年度?|今年)?的?"
)


def named_before_rise(sentence: Sentence, about: About) -> Mapping[int, str]:
    """The name of each number to which something rose or fell in this year, by where it starts:
    rates, counts and scores, no amounts, which are budgets that changed.

    Args:
        sentence: the sentence.
        about: what the title says.
    """
    text, named = sentence.text, dict[int, str]()
    for chunk in sentence.chunks:
        for old, new in itertools.pairwise(chunk.numbers):
            risen = _TO.fullmatch(text, old.end, new.start)
            if risen is None or old.unit != new.unit or kind_of(new) in ("money", ""):
                continue
            begun = _FROM.search(text, chunk.start, old.start)
            name = "" if begun is None else bare(begun["name"])
            is_ours = (risen["year"] or about.year) == about.year
            if name and is_ours and not re.search(about.words.planned, name):
                named[new.start] = name
    return named
