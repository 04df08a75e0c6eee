"""Names that stand further in front of their numbers: 收入、支出分别为100万元、95万元; 满意率由90%
提高到95%."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

import attrs

from budgetperf.documents.understanding.phrases.about import About
from budgetperf.documents.understanding.phrases.items import bare, kind_of
from budgetperf.documents.understanding.phrases.mention import Mention
from budgetperf.documents.understanding.phrases.sentences import Number, Sentence

from .roles import give_role

__all__ = ["Risen", "named_in_turn", "risen_in"]

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


_FROM = re.compile(
    r"(?P<name>[^，;:()]{2,30})[由从较比](?:(?:上一?年度?|去年|(?:19|20)\d{2}年度?|年初|原来?|[实建改]\w{0,6}前|之前)末?(?:同期)?的?)?$"
)
_TO = re.compile(
    r"，?(?:提[高升]|上升|增[长加]|下降|降低|减少|压[缩减]|缩[短减]|扩大|改善|[升降增减])(?:了)?[到至为](?:了)?"
    r"(?:(?P<year>(?:19|20)\d{2})年度?|今年|本年度?)?的?$"
)


@attrs.frozen(kw_only=True)
class Risen:
    """What something rose or fell to.

    Args:
        before: where what it was before stands.
        name: what it is called.
        end: where its name ends.
    """

    before: int
    name: str
    end: int


def risen_in(sentence: Sentence, about: About) -> dict[int, Risen]:
    """What rose or fell from one number to the next in a sentence, by where that starts: 满意率由
    上年的90%提高到95%; no amounts, which may be budgets."""
    risen: dict[int, Risen] = {}
    text, starts = sentence.text, [(c.start, n) for c in sentence.chunks for n in c.numbers]
    end = sentence.start
    for (start, first), (_, second) in pairwise(starts):
        label, kind = _FROM.match(text, max(start, end), first.start), kind_of(first)
        to, end = _TO.fullmatch(text, first.end, second.start), first.end
        is_alike = kind in ("rate", "count") and first.unit == second.unit
        if label and to and is_alike and to["year"] in (None, about.year):
            name = label["name"]
            risen[second.start] = Risen(before=first.start, name=name, end=label.end("name"))
    return risen


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
