"""“三公”经费 in sentences: “三公”经费预算12万元，实际支出9.6万元，其中：公务接待费1.5万元…"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

import attrs

from budgetperf.documents.understanding.assembling import Found
from budgetperf.documents.understanding.phrases.about import About
from budgetperf.documents.understanding.phrases.items import kind_of
from budgetperf.documents.understanding.phrases.sentences import Chunk, Number, Sentence, sentences
from budgetperf.documents.understanding.segments import Segment
from budgetperf.exact import Figure, Place
from budgetperf.exact.figure import read_figure

from .left_out import SOME_PUBLIC, LeftOut

__all__ = ["read_three_public"]

_TOTAL, _BOTH = "total", "both"
_ITEMS: Mapping[str, str] = MappingProxyType(
    {
        _TOTAL: "[“\"‘']?三公[”\"’']?(?:经费|支出)(?:支出)?",
        "overseas_travel": r"因公出国(?:\(境\))?(?:费用?|经费)?",
        _BOTH: "(?:公务用车|公车)(?:购置费?[及和与]运行(?:维护)?(?:费用?|经费)?|(?:费用?|经费))",
        "vehicle_purchase": "(?:公务用车|公车|^其中:?|^)购置(?:费用?|经费)?",
        "vehicle_operation": "(?:公务用车|公车|^其中:?|^)(?:运行(?:维护)?|维护)(?:费用?|经费)?",
        "official_reception": "公务接待(?:费用?|经费)?",
    }
)
_ITEM = re.compile("|".join(f"(?P<{name}>{words})" for name, words in _ITEMS.items()))
_FILLERS = re.compile(
    r"(?:19|20)\d{2}年度?|全年|本年度?|当年|年度|年初|其中|包括|为|是|共计?|合计|总计|总额|发生|分别|财政拨款|一般公共预算|安排的?"
    '|本?(?:部门|单位)|我(?:局|部门|单位|委|办|院|校|馆|中心)|用于|的|数|[:：,，(“”"]'
)
_FIELDS = (
    ("budget", re.compile("(?:支出)?预算(?:支出)?")),
    ("executed", re.compile("(?:实际)?(?:支出|使用|执行|完成|决算|开支)?(?:支出|决算)?")),
)
_RATE = re.compile("控制率|完成(?:全年|年初)?预算|占(?:全年|年初)?预算")
_OTHERS = re.compile("[较比]|同期|上年|去年|增加|减少|下降|增长|节约|压减|人均|每")


@attrs.frozen(kw_only=True)
class _Stated:
    """An amount or a rate, of what it is said, and where."""

    item: str
    field: str
    number: Number
    segment: Segment
    figure: Figure

    @property
    def path(self) -> str:
        return "control_rate" if self.field == "rate" else f"{self.item}.{self.field}"


def read_three_public(
    segments: Iterable[Segment], about: About, statement: str
) -> tuple[list[Found], list[tuple[LeftOut, int]]]:
    """What a text states of the three public expenses, and what of it has no place, each with its
    line; both are told to be understood.

    Items are read where they make up the total, or where all kinds are stated; else which of them
    the total has is not said.

    Args:
        segments: the pieces of the text.
        about: what the title says.
        statement: the part of the report that they are of.
    """
    by_path: dict[str, list[_Stated]] = defaultdict(list)
    for segment in segments:
        for stated in _stated_in(segment, about):
            by_path[stated.path].append(stated)
    known = {
        path: claims[0]
        for path, claims in by_path.items()
        if len({claim.figure.nominal for claim in claims}) == 1
    }
    values: list[Found] = []
    left_out: list[tuple[LeftOut, int]] = []
    for field in ("budget", "executed"):
        values += _split(field, known, statement)
    for path, first in known.items():
        has_place = first.item == _TOTAL or _is_whole(first.field, known)
        if has_place and first.item != _BOTH:
            values.append(Found(path=f"{statement}.three_public.{path}", value=first.figure))
        for claim in by_path[path]:
            number, segment = claim.number, claim.segment
            segment.understand(number.start, number.end)
            if not has_place:
                left = LeftOut(number=number, why=SOME_PUBLIC)
                left_out.append((left, segment.line_at(number.start)))
    return values, left_out


def _items(field: str, known: Mapping[str, _Stated]) -> dict[str, _Stated]:
    """The items of a field: purchase and operation of cars, or both together."""
    stated = {own.item: own for own in known.values() if own.field == field}
    parts_of_both = _CARS if _BOTH in stated else ()
    return {name: own for name, own in stated.items() if name not in (_TOTAL, *parts_of_both)}


def _is_whole(field: str, known: Mapping[str, _Stated]) -> bool:
    """Whether the items of a field make up the total, or are all of them."""
    items, total = _items(field, known), known.get(f"{_TOTAL}.{field}")
    summed = sum(own.figure.nominal for own in items.values())
    has_cars = bool({*_CARS, _BOTH} & items.keys())
    adds_up = total is not None and total.figure.nominal == summed
    return adds_up or (has_cars and {"overseas_travel", "official_reception"} <= items.keys())


def _split(field: str, known: Mapping[str, _Stated], statement: str) -> Iterator[Found]:
    """The total of a field and its items, where not all four are stated, whose sum is checked."""
    items, total = _items(field, known), known.get(f"{_TOTAL}.{field}")
    has_four = all(f"{name}.{field}" in known for name in _CARS)
    if total is None or not _is_whole(field, known) or has_four:
        return
    at = f"{statement}.breakdowns[{_TOTAL}.{field}]"
    yield Found(path=f"{at}.name", value=_NAMES[_TOTAL] + _FIELD_NAMES[field])
    yield Found(path=f"{at}.total", value=total.figure)
    if _BOTH in items:
        yield Found(path=f"{at}.complete", value=True)
    for number, (name, own) in enumerate(items.items()):
        yield Found(path=f"{at}.parts[{number}].name", value=_NAMES[name])
        yield Found(path=f"{at}.parts[{number}].amount", value=own.figure)


_CARS = ("vehicle_purchase", "vehicle_operation")
_NAMES: Mapping[str, str] = MappingProxyType(
    {
        _TOTAL: "三公经费",
        "overseas_travel": "因公出国（境）费",
        _BOTH: "公务用车购置及运行费",
        "vehicle_purchase": "公务用车购置费",
        "vehicle_operation": "公务用车运行维护费",
        "official_reception": "公务接待费",
    }
)
_FIELD_NAMES: Mapping[str, str] = MappingProxyType({"budget": "预算", "executed": "支出"})


def _stated_in(segment: Segment, about: About) -> Iterator[_Stated]:
    """What the sentences of a piece of text say, each of the item that was named last."""
    item = of_total = ""
    for sentence in sentences(segment.text, about.words):
        text = segment.text[sentence.start : sentence.end]
        goes_on = not sentence.begins and text.startswith(("其中", "包括"))
        if not _ITEM.search(text):
            item = of_total = ""
            continue
        if not goes_on:
            item = of_total = ""
        for number, label in _labels(sentence):
            named = list(_ITEM.finditer(label))
            item = named[-1].lastgroup or "" if named else item
            if not item or not _is_ours(sentence, number, label, about):
                continue
            field = _field(_ITEM.sub("", label), number)
            if field == "executed" and not _WORDS.search(label):
                field = of_total if named else ""  # 其中：公务接待费1.5万元: of what its total is
            elif field == "executed" and _GRANTED.search(label):
                field = ""  # 年初安排“三公”经费支出12万元: to be spent
            if item == _TOTAL and field in ("budget", "executed"):
                of_total = field
            value = read_figure(number.text, place=Place(line=segment.line_at(number.start)))
            is_of_total = field != "rate" or item == _TOTAL
            if field and is_of_total and isinstance(value, Figure):
                yield _Stated(item=item, field=field, number=number, segment=segment, figure=value)
            elif not field:
                item = ""


_GRANTED = re.compile("年初|安排|批复|下达|核定|计划|拟|限额")
_WORDS = re.compile("支出|使用|执行|完成|决算|开支|预算")


def _labels(sentence: Sentence) -> Iterator[tuple[Number, str]]:
    """Each number of a sentence with the words before it; those before a colon, too."""
    before: Chunk | None = None
    for chunk in sentence.chunks:
        start = chunk.start
        if chunk.before == ":" and before is not None and not before.numbers:
            start = before.start
        if chunk.before in ("(", ")") and before is not None and not before.numbers:
            start = before.start
        for number in chunk.numbers:
            yield number, sentence.text[start : number.start]
            start = number.end
        before = chunk if chunk.before != "(" or chunk.numbers else before


def _is_ours(sentence: Sentence, number: Number, label: str, about: About) -> bool:
    """Whether a number may be one of this report's year and of who reports."""
    if number.sign or number.broken or number.about or number.said_above or _OTHERS.search(label):
        return False
    before = sentence.text[sentence.start : number.start]
    years = re.findall(r"((?:19|20)\d{2})年", before)
    is_ours = not years or years[-1] == about.year
    return is_ours and not (about.is_wider(before) or re.search(about.words.others, before))


def _field(label: str, number: Number) -> str:
    """Which field a number is, by the words before it without the name of the item; ``""`` if they
    say something else."""
    kind = kind_of(number)
    words = _FILLERS.sub("", label)
    if kind == "rate":
        return "rate" if _RATE.fullmatch(words) else ""
    if kind != "money":
        return ""
    return next((field for field, pattern in _FIELDS if pattern.fullmatch(words)), "")
