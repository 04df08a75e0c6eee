"""A number that is printed wrongly and was read all the same, in words."""

from __future__ import annotations

from budgetperf.display.words.whereabouts import place_text
from budgetperf.exact import NO_WORDS, Text
from budgetperf.exact.text import shortened
from budgetperf.model import Repair

__all__ = ["repair_text"]


def repair_text(repair: Repair) -> Text:
    """Where it stands, what is printed, what it was read as, and why."""
    where = NO_WORDS if repair.line is None else _LINE.fill(repair.line)
    if repair.place is not None:
        where = _PLACE.fill(place_text(repair.place))
    return _REPAIR.fill(
        where=where, before=shortened(repair.before), after=repair.after, why=repair.why
    )


_LINE = Text(zh="第 {} 行", en=" on line {}")
_PLACE = Text(zh="{}", en=" ({})")
_REPAIR = Text(
    zh="{where}“{before}”读作“{after}”：{why}", en="“{before}”{where} was read as “{after}”: {why}"
)
