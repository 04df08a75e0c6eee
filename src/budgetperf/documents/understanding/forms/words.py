"""The words of a header or a label as they are compared, and what is in brackets behind them."""

from __future__ import annotations

import functools
import re
from collections.abc import Set

import attrs

from .vocabulary import vocabulary

__all__ = ["Words", "label_of", "money_unit", "numbering_of", "words_of"]


@attrs.frozen(kw_only=True)
class Words:
    """A header or a label.

    Args:
        full: without blanks and a colon at its end.
        name: also without the brackets behind it that say a unit, points, a role or a remark.
        unit: the unit in brackets, such as ``万元`` or ``%``; ``""`` if there is none.
        points: the points in brackets: the ``50`` of 产出指标（50分）.
    """

    full: str
    name: str
    unit: str = ""
    points: str = ""

    def within(self, words: Set[str]) -> bool:
        """Whether it is one of some words."""
        return self.full in words or self.name in words


_LONGEST = 200
"""What is longer is no label."""

_FOOTNOTE = re.compile(r"(?<=[\u4e00-\u9fff)])(?<!指标)(?<!目标)[①-⑳]$")
_TAIL = re.compile(r"\((?P<inside>[^()]*)(?:\)|$)$")
_UNIT = re.compile(r"(?:单位[:：]?)?(?P<unit>元|万元|亿元|%|‰|人民币元|百分比|百分数)")
_POINTS = re.compile(r"(?:分值|权重|满分|共|计)?[:：]?(?P<points>\d+(?:\.\d+)?)分(?:[*x×][^()]*)?")
_BOTH = re.compile(
    r"(?P<unit>(?:单位[:：]?)?(?:人民币|万|亿)?元)[,，、;；]?(?P<points>[^\d元]{0,3}\d[\d.]*分)"
    r"|(?P<first>[^\d元]{0,3}\d[\d.]*分)[,，、;；]?(?P<last>(?:单位[:：]?)?(?:人民币|万|亿)?元)"
)
"""A unit and points in one pair of brackets: 元,10分."""
_ROLE = re.compile(
    r"[A-Ea-e]\d?(?:[/÷+=-][A-Ea-e]\d?){0,3}(?:[*x×]100%?)?|分|[一二三四五六七八九\d]|\d{1,2}(?:\.\d+)?%"
    r"|(?:该项?指标)?(?:分值|权重)[*x×](?:预算)?执行率|(?:预算)?执行率[*x×](?:该项?指标)?(?:分值|权重)"
)
_UNITS = {"人民币元": "元", "百分比": "%", "百分数": "%"}
_NUMBERED = re.compile(r"(?:\(?[一二三四五六七八九十]{1,3}[)、.]|\(?\d{1,2}(?:[)、]|[.](?!\d)))+")
_DIVIDED = re.compile(r"^按[\u4e00-\u9fff]{2,8}[:：]")
_OF_WHICH = re.compile(r"其中[:：]?")


@functools.lru_cache(maxsize=4096)
def words_of(text: str) -> Words:
    """The words of a cell that was made plain already.

    >>> words_of("项目资金 （万元）".replace("（", "(").replace("）", ")")).unit
    '万元'
    """
    if len(text) > _LONGEST:
        return Words(full=text, name=text)
    full = _FOOTNOTE.sub("", "".join(text.split())).rstrip(":：;；")
    name, unit, points = full, "", ""
    while tail := _TAIL.search(name):
        inside = tail["inside"]
        both = _BOTH.fullmatch(inside)
        measured = _UNIT.fullmatch(both["unit"] or both["last"] if both else inside)
        pointed = _POINTS.fullmatch(both["points"] or both["first"] if both else inside)
        if measured or pointed:
            if measured:
                unit = unit or _UNITS.get(measured["unit"], measured["unit"])
            if pointed:
                points = points or pointed["points"]
        elif not (_ROLE.fullmatch(inside) or inside in vocabulary().remarks):
            break
        if not tail.start():
            break  # what stands in brackets alone is a word of its own
        name = name[: tail.start()].rstrip(":：")
    if name.endswith("%") and len(name) > 1 and not name[-2].isdigit():
        name, unit = name[:-1], unit or "%"
    return Words(full=full, name=name, unit=unit, points=points)


def label_of(text: str) -> tuple[Words, bool]:
    """A label without a numbering and 其中: before it, and whether it says 其中."""
    if len(text) > _LONGEST:
        return words_of(text), False
    without_blanks = "".join(text.split())
    numbered = _NUMBERED.match(without_blanks)
    plain = (without_blanks[numbered.end() :] if numbered else "") or without_blanks
    plain = _DIVIDED.sub("", plain, count=1) or plain
    inner = _OF_WHICH.match(plain)
    return words_of(plain[inner.end() :] if inner else plain), inner is not None


def numbering_of(text: str) -> str:
    """The numbering before a label, such as ``1、``; ``""`` if there is none."""
    numbered = _NUMBERED.match("".join(text[:_LONGEST].split()))
    return numbered[0] if numbered else ""


_MONEY = re.compile(r"(?:^|[(:：位])(?:人民币)?(?P<unit>万元|亿元|元)(?:[)]|$)")


def money_unit(text: str) -> str:
    """The unit of money that a label says: of 项目资金(万元), 单位:万元, 万元; ``""`` if none."""
    units = {match["unit"] for match in _MONEY.finditer("".join(text.split()))}
    own = words_of(text).unit
    units |= {own} if own.endswith("元") else set()
    return units.pop() if len(units) == 1 else ""
