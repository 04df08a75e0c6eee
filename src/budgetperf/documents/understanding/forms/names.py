"""Names of indicators that begin with a sign or a number, told from what was measured."""

from __future__ import annotations

import re

__all__ = ["may_name"]

_COUNTED = (
    "元|人次|人日|人天|户次|人|次|名|位|户|家|项|件次|件|份|篇|场次|场|期|批次|批|条|台套|台|套|辆|座|处|所|册|本|宗"
    "|起|例|天|日|周岁|岁|周|个?月|季度?|年|小时|分钟|个?工作日|课时|学时|分|米|公里|千米|平方米|立方米|平方公里|亩|公顷"
    "|吨|公斤|千克|倍|个?百分点|个|只|头|株|棵|块|间|种|类|组|队|座|部|张|℃|度|村|户"
)
_MEASURED = re.compile(
    r"(?:[≥≤><=≧≦+±-]|大于|小于|不低于|不少于|不高于|不超过)*\d[\d,.]*"
    rf"(?:[%‰]|[十百千万亿]*(?:{_COUNTED})?(?:/[^\d]{{1,4}})?)(?:以上|以下|以内|左右)?"
)
_LETTERS = re.compile(r"[^\W\d_]")
_FEWEST = 2


def may_name(text: str) -> bool:
    """Whether words that begin with a sign or a number may be a name: more stands behind the number
    than what it counts.

    >>> may_name("12345热线办结率"), may_name("-18℃冷库"), may_name("≥200人次"), may_name("+86")
    (True, True, False, False)

    Args:
        text: the words of a cell, plain.
    """
    return not _MEASURED.fullmatch(text) and len(_LETTERS.findall(text)) >= _FEWEST
