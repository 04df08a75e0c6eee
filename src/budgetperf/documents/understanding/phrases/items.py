"""Indicators of which one sentence says everything: the target, what was reached, the score."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import attrs

from .about import About
from .mention import Mention
from .reasons import begins_reason, give_reason, reason_in_front, without_reasons
from .sentences import Chunk, Number, Sentence
from .words import Words

__all__ = ["bare", "items_of", "kind_of", "untailed"]

_LONGEST = 60
_SEVERAL = 2
_DID = "(?:实际|全年|年度|累计|已经?|共计?|总共)"
_FIELDS = ("target", "completion", "actual", "score")
_COMPARES = re.compile("(?:大于|高于|多于|超过|达到|小于|低于|少于|等于|不低于|不高于)+")
"""Words between what was reached and what was due, which are no name of either."""
_QUOTED = re.compile("“([^“”]{2,})”$")
_ITEM_START = re.compile(r"^(?:\(?\d{1,2}[.、)]|[①-⑳])*")


def items_of(sentence: Sentence, about: About) -> tuple[list[Mention], tuple[Chunk, ...]]:
    """The indicators of which a sentence states the target and what was reached or earned, one or
    several between semicolons, and what else it has. Whether a bare number is of the unit that is
    said above them is not sure."""
    chunks = sentence.chunks
    if any(number.said_above for chunk in chunks for number in chunk.numbers):
        return [], chunks
    groups: list[list[Chunk]] = [[]]
    for chunk in chunks:
        if _names_target(chunk, sentence.text, about) and any(
            _names_target(other, sentence.text, about) for other in groups[-1]
        ):
            groups.append([])
        groups[-1].append(chunk)
        if chunk.after == ";":
            groups.append([])
    merged: list[list[Chunk]] = []
    for group in groups:
        if merged and (_goes_on(group, sentence.text, about) or not _has_numbers(merged[-1])):
            merged[-1] += group
        else:
            merged.append(group)
    items: list[Mention] = []
    others: list[Chunk] = []
    for group in merged:
        item = _explained(group, sentence.text, about) if _has_numbers(group) else None
        items += [] if item is None else [item]
        others += group if item is None else []
    give_reason(items, reason_in_front(chunks, sentence.text))
    return items, tuple(others)


def _names_target(chunk: Chunk, text: str, about: About) -> bool:
    """Whether a chunk begins with the target of an indicator and its name: 演出场次目标值≥10场."""
    label = text[chunk.start : chunk.numbers[0].start] if chunk.numbers else ""
    target = f"[\u4e00-\u9fff“”]{{2,30}}(?:{about.words.indicator['target']})"
    return re.fullmatch(target, untailed(label, about.words.edges["tail"])) is not None


def _has_numbers(chunks: Sequence[Chunk]) -> bool:
    return any(chunk.numbers for chunk in chunks)


def _goes_on(chunks: Sequence[Chunk], text: str, about: About) -> bool:
    """Whether chunks begin with a field of the indicator before them, or with a reason:
    ；自评完成值：10次."""
    number = next((number for chunk in chunks for number in chunk.numbers), None)
    if number is None:
        return begins_reason(chunks[0], text)
    label = untailed(text[chunks[0].start : number.start], about.words.edges["tail"])
    return any(re.fullmatch(field, bare(label)) for field in _field_words(about))


def _field_words(about: About) -> list[str]:
    return [about.words.indicator[field] for field in _FIELDS]


def _explained(chunks: Sequence[Chunk], text: str, about: About) -> Mention | None:
    """An indicator, with the reason for a deviation that is said behind it, before or between."""
    deeds = f"{_DID}+{about.words.doing}[\u4e00-\u9fff]{{0,6}}"
    parted = without_reasons(chunks, text, "|".join([*_field_words(about), deeds]))
    if parted is None:
        return None
    kept, reason = parted
    item = item_of(kept, text, about)
    if item is not None:
        give_reason([item], reason)
    return item


def item_of(chunks: Sequence[Chunk], text: str, about: About) -> Mention | None:
    """An indicator with its target and what was reached or earned, said in some chunks. A field
    that is said in several counts, as 3座、12公里, cannot be read: its number is broken."""
    words = about.words
    counted = _counted_item(chunks, text, about)
    if counted is not None:
        return counted
    fields: dict[str, Mention] = {}
    last: Mention | None = None
    name, before = "", ""
    for chunk in chunks:
        start = chunk.start
        for number in chunk.numbers:
            label = untailed(text[start : number.start][-_LONGEST:], words.edges["tail"])
            is_next = start > chunk.start or chunk.before == "、" or not label
            start = number.end
            for field in _FIELDS:
                field_word = re.search(f"(?<![未没])(?<!没有)(?:{words.indicator[field]})$", label)
                if field_word is None:
                    continue
                own = _completion_or(field, number, fields)
                is_of_group = own == "score" and not fields  # 产出指标得分48分：演出目标值…
                if own in fields or number.broken or number.about or is_of_group:
                    return None
                last = fields[own] = Mention(number=number, kind=own)
                if not name and len(fields) == 1:
                    name = label[: field_word.start()] or before
                break
            else:
                if _is_deed(label, name, number, fields, about):
                    last = fields["actual"] = Mention(number=number, kind="actual")
                    continue
                first = None if last is None else last.number
                if last and first and is_next and not chunk.depth and kind_of(number) == "count":
                    whole = text[first.start : number.end]
                    last.number = attrs.evolve(first, text=whole, end=number.end, broken=True)
        if not chunk.numbers:
            before = text[chunk.start : chunk.end][:_LONGEST]
    name = _ITEM_START.sub("", name)
    quoted = _QUOTED.search(name)
    name = quoted[1] if quoted else name.strip(' “”"')
    if "target" not in fields or not {"actual", "score"} & set(fields):
        return None
    if not name and not {"target", "actual"} <= set(fields):  # else its heading may name it
        return None
    if re.search(r"\d|未(?:完成|实现|达)", name) or re.search(words.planned, name):
        return None
    if _COMPARES.fullmatch(name):
        return None
    return Mention(number=None, kind="item", name=name, parts=list(fields.values()))


def _is_deed(
    label: str, name: str, number: Number, fields: Mapping[str, Mention], about: About
) -> bool:
    """Whether words behind a target say that what it counts was done: 演出场次目标值≥10场，实际举办
    8场."""
    target = fields["target"].number if "target" in fields else None
    is_plain = not (number.sign or number.broken or number.about)
    if target is None or "actual" in fields or number.unit != target.unit or not is_plain:
        return False
    if kind_of(number) == "money":  # 实际支付95万元 may be of the whole
        return False
    name = _ITEM_START.sub("", name)
    deed = re.fullmatch(
        f"{_DID}*(?P<verb>{about.words.doing})?(?P<of>[\u4e00-\u9fff]{{0,12}})", label
    )
    if deed is None or not (deed["verb"] or deed["of"]):
        return False
    is_of_verb = deed["verb"] is not None and (deed["verb"] in name or not deed["of"])
    return is_of_verb or (bool(deed["of"]) and deed["of"] in name)


def _completion_or(field: str, number: Number, fields: Mapping[str, Mention]) -> str:
    """The field of a number: a share of what was due in units is how far it was completed, as in
    目标1100台，实际1243台，完成113%."""
    aim = fields["target"].number if "target" in fields else None
    is_share = aim is not None and kind_of(aim) != "rate" and kind_of(number) == "rate"
    return "completion" if field == "actual" and is_share else field


def _counted_item(chunks: Sequence[Chunk], text: str, about: About) -> Mention | None:
    """What was to be done and what was, or the other way round, said before what is counted:
    计划改厕50户，实际完成48户，完成率96%; 合格率≥95%，实际完成98%."""
    with_numbers = [chunk for chunk in chunks if chunk.numbers]
    numbers = [number for chunk in with_numbers for number in chunk.numbers]
    if not _SEVERAL <= len(with_numbers) == len(numbers) <= _SEVERAL + 1:
        return None
    if any(number.broken or number.about for number in numbers):
        return None
    first, second, *third = (
        untailed(text[chunk.start : number.start], about.words.edges["tail"])
        for chunk, number in zip(with_numbers, numbers, strict=True)
    )
    words = about.words.indicator
    if numbers[0].unit != numbers[1].unit or kind_of(numbers[0]) not in ("count", "rate"):
        return None
    if third and not (numbers[2].unit == "%" and re.fullmatch(words["completion"], third[0])):
        return None
    told_first = _ITEM_START.sub("", first).rpartition(f"{about.year}年")[2].removeprefix("度")
    bound = (
        r"(?P<name>[\u4e00-\u9fff]{2,20}(?:率|度|比例))" if numbers[0].sign else "(?!)(?P<name>)"
    )
    plan = f"(?:{words['plan']})"
    is_plain = re.search(f"(?:{words['plan']}|{words['target']})$", told_first) is None
    if is_plain and re.match("实际[\u4e00-\u9fff]", second):
        plan += "?"  # 举办演出10场，实际举办8场
    for fields, before, behind in (
        (("target", "actual"), plan, words["deed"]),
        (("actual", "target"), f"(?:{words['deed']})?", words["target"]),
    ):
        is_bound = fields[0] == "target" and re.fullmatch(bound, told_first)
        named = is_bound or re.fullmatch(
            f"(?:{before})(?P<name>[\\u4e00-\\u9fff]{{2,20}})", told_first
        )
        if not named or (numbers[0].sign and not is_bound):
            continue
        if fields[0] == "target" and numbers[1].sign:
            continue
        if fields[0] == "actual" and _is_no_deed(first, named["name"], about.words):
            continue
        again = re.fullmatch(f"(?:{behind})(?P<again>[\\u4e00-\\u9fff]{{0,20}})", second)
        if again is None or (again["again"] and again["again"] not in named["name"]):
            continue
        kinds = (*fields, "completion")
        parts = [Mention(number=n, kind=k) for n, k in zip(numbers, kinds, strict=False)]
        return Mention(number=None, kind="item", name=named["name"], parts=parts)
    return None


def _is_no_deed(before: str, name: str, words: Words) -> bool:
    """Whether words before a number are of a plan, of another year, or of the budget."""
    of_budget = any(re.fullmatch(pattern, name) for pattern in words.rates.values())
    elsewhere = f"{words.planned}|{words.other_year}|{words.others}|预算|^占"
    return of_budget or re.search(elsewhere, before) is not None


def bare(label: str) -> str:
    """A label without the words and numbering that a list begins with."""
    return re.sub(
        r"^(?:其中|包?含|\d{1,2}[.、)]|[①-⑳]|[一二三四五六七八九十]是)*:?", "", label
    ).strip(' “”"')


def untailed(label: str, tail: str) -> str:
    """A label without the words at its end that are no part of what it names."""
    return re.sub(f"(?:{tail})$", "", label)


def kind_of(number: Number) -> str:
    """``money``, ``rate``, ``score`` or ``count`` by its unit; ``""`` without one."""
    unit = number.unit
    if unit.endswith("元"):
        return "money"
    if unit in ("%", "‰"):
        return "rate"
    if unit == "分":
        return "score"
    return "" if unit in ("", "百分点", "个百分点") else "count"
