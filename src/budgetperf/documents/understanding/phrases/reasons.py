"""Why an indicator deviates, as sentences say it: behind what was reached, before it or between."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

import attrs

from .mention import Mention, nominal
from .sentences import Chunk

__all__ = [
    "begins_reason",
    "give_reason",
    "give_reason_within",
    "misses",
    "reason_before",
    "reason_behind",
    "reason_in_front",
    "without_reasons",
]

_NOT_REACHED = re.compile(
    "未(?!来|成年|雨)|没有?(?:完成|达|实现|能)|停(?!车)|缓[办建演]|取消|减少|少[办于]|低于|不足|滞后|推迟|延[期迟误]"
    "|偏[离差低]|差[距异]|扣分|失分"
)
_AFFECTED = "受[^，。;]{1,20}影响"
_EXPLICIT = (
    "(?:究其|其|这|上述|以上|产生|存在|出现|造成|形成|导致)*(?:(?:未|没有)(?:能|按期|全部|如期|全额|足额)*(?:完成|达[到标成]?|实现)[^，。;:]{0,8}?"
    "|(?:偏[差离低]|差[距异]|扣分|失分)[^，。;:]{0,4}?)?的?(?:主要|具体|直接)?(?:原因|理由)(?:主要|分析|说明)?"
    "(?:如下|是|为|在于|系|:|，)"
)
_REASON = re.compile(
    f"{_EXPLICIT}|(?:但|后|这)?(?:主要)?(?:是|系)?(?:因为?|由于)(?!此|素|地制宜|公|而|人施策)"
    rf"|(?:但|后)?(?:主要)?(?:是|系)?{_AFFECTED}|系?[^，。;:\d]{{2,20}}(?:所致|导致)"
    f"|主要是(?=[^。;]{{0,60}}(?:{_NOT_REACHED.pattern}|影响|原因|导致|调整|改造))"
)
"""How words begin that say why."""
_CALLED_OFF = re.compile(
    r"[\u4e00-\u9fff]{0,12}(?:停[办开课演]|缓[办建]|取消|延期|推迟)[^\d]{0,8}\d"
)
_SAYS_WHY = re.compile(f"因(?!此|素|地制宜|公|而)|由于|原因|导致|主要是|{_AFFECTED}")
_OF_THE_REST = re.compile(
    rf"(?:其中|其余|剩余|尚有|另有?|有|仅|差)|(?:目标)?(?:{_NOT_REACHED.pattern})"
)
"""How a sentence begins that speaks of what lacks of the number before it."""
_PRAISE = re.compile("加强|顺利|规范|提[高升]|保障|满意|及时|确保|重视|有力|良好|超额")
_NAME_ENDS = re.compile("[数率量度次人户]$")
_IS_EXPLICIT = re.compile(_EXPLICIT)


def without_reasons(
    chunks: Sequence[Chunk], text: str, fields: str
) -> tuple[list[Chunk], str] | None:
    """Chunks without those that say why an indicator deviates, and what these say; ``None`` where
    a semicolon stands within, behind which others may be spoken of.

    Args:
        chunks: those of one indicator.
        text: the text that they are of.
        fields: how a label ends that names a field of it.
    """
    kept: list[Chunk] = []
    spans: list[tuple[int, int]] = []
    is_within = False
    for number, chunk in enumerate(chunks):
        field = _field_in(chunk, text, fields)
        begins = begins_reason(chunk, text, is_first=not number, is_named=field is not None)
        if field is not None and begins and any(_field_in(c, text, fields) for c in kept):
            spans.append((chunk.start, field))  # 因场馆改造实际完成值8场
            own = tuple(each for each in chunk.numbers if each.start >= field)
            kept.append(attrs.evolve(chunk, start=field, numbers=own))
            is_within = False
            continue
        is_within = field is None and (begins or is_within)
        if not is_within:
            kept.append(chunk)
        elif begins:
            spans.append((chunk.start, chunk.end))
        elif chunk.start < chunk.end:
            spans[-1] = spans[-1][0], chunk.end
        if is_within and chunk.after == ";" and any(c.start < c.end for c in chunks[number + 1 :]):
            return None
    return kept, "，".join(text[start:end] for start, end in spans)


def reason_in_front(chunks: Sequence[Chunk], text: str) -> str:
    """The reason that a sentence begins with, which is of all that it states."""
    first = chunks[0]
    begins = begins_reason(first, text, is_first=True, is_named=bool(first.numbers))
    return text[first.start : first.end] if begins else ""


def give_reason_within(mention: Mention, chunk: Chunk, text: str) -> None:
    """Give what was reached the reason that the chunk behind it says: 演出8场，因改造停办2场."""
    if begins_reason(chunk, text):
        give_reason([mention], text[chunk.start : chunk.end])


def begins_reason(
    chunk: Chunk, text: str, *, is_first: bool = False, is_named: bool = False
) -> bool:
    """Whether a chunk begins to say why; that of a sentence may be a name: 因病致贫户数."""
    words = text[chunk.start : chunk.end]
    calls_off = not is_first and _CALLED_OFF.match(words)  # 场馆改造停办2场
    if not (calls_off or _REASON.match(text, chunk.start, chunk.end + 1)):
        return False
    is_name = is_named or chunk.after != "，" or _NAME_ENDS.search(words) is not None
    return not (is_first and is_name)


def _field_in(chunk: Chunk, text: str, fields: str) -> int | None:
    """Where the label of a field stands in a chunk before a number."""
    start = chunk.start
    for number in chunk.numbers:
        label = re.search(f"(?<![未没])(?:{fields})$", text[start : number.start])
        if label is not None:
            return start + label.start()
        start = number.end
    return None


def reason_behind(text: str, *, goes_on: bool) -> str:
    """The reason that a sentence gives for what the one before it states; ``""`` if it gives none.

    Args:
        text: the sentence.
        goes_on: whether it stands in the same paragraph.

    >>> reason_behind("主要原因是场地改造", goes_on=True)
    '主要原因是场地改造'
    >>> reason_behind("由于加强管理，资金使用规范", goes_on=True)
    ''
    """
    if _IS_EXPLICIT.match(text):
        return text
    is_praise = _PRAISE.search(text) is not None and not _NOT_REACHED.search(text)
    if not goes_on or is_praise:
        return ""
    says_both = _OF_THE_REST.match(text) and _SAYS_WHY.search(text)
    return text if says_both or _REASON.match(text) else ""


def reason_before(text: str) -> str:
    """The reason that a sentence gives for what the next one states: 受疫情影响，部分演出停办."""
    says_why = _NOT_REACHED.search(text) and _SAYS_WHY.search(text)
    return text if says_why or re.match(_AFFECTED, text) else ""


def give_reason(mentions: Sequence[Mention], reason: str) -> None:
    """Give indicators a reason, or what was reached: those that have none, and may have missed
    their targets.

    Args:
        mentions: what one sentence says.
        reason: what that or another one says of why.
    """
    for mention in mentions:
        fields = {part.kind: part for part in mention.parts} if mention.kind == "item" else {}
        may_miss = misses(fields.get("target"), fields.get("actual"))
        if mention.kind in ("item", "actual", "count") and not mention.reason and may_miss:
            mention.reason = reason


def misses(target: Mention | None, actual: Mention | None) -> bool:
    """Whether what was reached may be short of the target, as far as the sign of that tells."""
    if target is None or actual is None or target.number is None:
        return True
    more: Fraction = nominal(actual) - nominal(target)
    sign = target.number.sign
    return not (more == 0 or (sign in _AT_LEAST and more > 0) or (sign in _AT_MOST and more < 0))


_AT_LEAST = ("≥", ">", "不低于", "不少于", "不小于", "大于", "超过", "高于", "以上", "及以上")
_AT_MOST = ("≤", "<", "不高于", "不超过", "不大于", "小于", "低于", "以下", "及以下", "以内")
