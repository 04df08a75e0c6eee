"""What is said of a document that is not all there to see: hidden, left out, lost."""

from __future__ import annotations

from budgetperf.exact import Text
from budgetperf.exact.text import LIST, shortened

__all__ = ["COMMENTS", "HEADERS", "HIDDEN", "STRUCK", "Remarks"]

COMMENTS = Text(zh="批注未读取：{}", en="comments were left out: {}")
HIDDEN = Text(zh="隐藏文字未读取：{}", en="hidden text was left out: {}")
HEADERS = Text(zh="页眉页脚未读取：{}", en="headers and footers were left out: {}")
STRUCK = Text(zh="划有删除线的内容按删去处理，未读取：{}", en="what is struck out was left out: {}")

_LONGEST = 40
_MOST = 20


class Remarks:
    """Collects remarks: each is said once, with the places or the texts that it is about."""

    def __init__(self) -> None:
        self._about: dict[Text, dict[str, None]] = {}

    def add(self, remark: Text, about: str = "") -> None:
        """A remark, with ``{}`` where what it is about goes."""
        places = self._about.setdefault(remark, {})
        if about.strip():
            places[shortened(" ".join(about.split()), _LONGEST)] = None

    def texts(self) -> tuple[Text, ...]:
        """All of them, in the order in which they came up."""
        return tuple(remark.fill(_listed(list(places))) for remark, places in self._about.items())


def _listed(places: list[str]) -> Text:
    listed = LIST.join(places[:_MOST])
    more = Text(zh="等 {} 处", en=" and others, {} in all").fill(len(places))
    return listed + more if len(places) > _MOST else listed
