"""Names that stand further in front of their numbers: 收入、支出分别为100万元、95万元;
设备完好率由上年的93.75%提高到95%."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence

from budgetperf.documents.understanding.phrases.about import About
from budgetperf.documents.understanding.phrases.items import bare, kind_of
from budgetperf.documents.understanding.phrases.mention import Mention
from budgetperf.documents.understanding.phrases.sentences import Number, Sentence

from .roles import give_role

__all__ = ["named_before_rise", "named_in_turn"]

_IN_TURN = "分别"
_NAMES = re.compile(r"(?P<names>[^，,;:()]{2,80})分别(?:为|是|达到?|:)?")
_AND = re.compile("[、和及与]")
_BETWEEN = re.compile("[、和及与，]")


def named_in_turn(sentence: Sentence, about: About) -> Mapping[int, str] | None:
    """The name of each number that has one further in front, by where the number starts; ``None``
    where the sentence shares out names that do not all say what the whole had or did.

    Args:
        sentence: the sentence.
        about: what the title says.
    """
    text = sentence.text[sentence.start : sentence.end]
    if _IN_TURN not in text:
        return {}
    numbers = [number for chunk in sentence.chunks for number in chunk.numbers]
    matches = list(_NAMES.finditer(sentence.text, sentence.start, sentence.end))
    if text.count(_IN_TURN) != len(matches):
        return None
    named: dict[int, str] = {}
    for match in matches:
        names = _AND.split(match["names"])
        own = _in_a_row(match.end(), numbers, sentence.text, len(names))
        if len(own) != len(names) or not all(map(_is_known, names, own, [about] * len(names))):
            return None
        named |= {number.start: name for number, name in zip(own, names, strict=True)}
    return named


def _in_a_row(position: int, numbers: Sequence[Number], text: str, count: int) -> list[Number]:
    """The numbers from a position on with no more than a mark between them; one more than ``count``
    where there are more, so that it is not clear which is whose."""
    row: list[Number] = []
    for number in numbers:
        if number.start < position:
            continue
        is_next = number.start == position or (
            row and _BETWEEN.fullmatch(text[position : number.start])
        )
        if not is_next or len(row) > count:
            break
        row.append(number)
        position = number.end
    return row


def _is_known(name: str, number: Number, about: About) -> bool:
    """Whether words alone say what a number is of the whole."""
    words, forms = about.words, list(about.stripped(bare(name)))
    match kind_of(number):
        case "money":
            trial = Mention(number=number, kind="money")
            give_role(trial, bare(name), "", about, says_sum=False, is_in_list=False)
            is_said = any(re.fullmatch(words.investment, form) for form in forms)
            return is_said or (bool(trial.role) and trial.origin is None)
        case "rate":
            patterns = words.rates.values()
        case "count":
            patterns = words.staffing.values()
        case _:
            return False
    return any(re.fullmatch(pattern, form) for pattern in patterns for form in forms)


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
