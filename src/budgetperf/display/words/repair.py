"""A number that is printed wrongly and was read all the same, in words."""

from __future__ import annotations

from budgetperf.exact import NO_WORDS, Text
from budgetperf.exact.text import shortened
from budgetperf.model import Repair

__all__ = ["repair_text"]


def repair_text(repair: Repair) -> Text:
    """Where it stands, what is printed, what it was read as, and why."""
    line = NO_WORDS if repair.line is None else _LINE.fill(repair.line)
    return _REPAIR.fill(
        line=line, before=shortened(repair.before), after=repair.after, why=repair.why
    )


_LINE = Text(zh="第 {} 行", en=" on line {}")
_REPAIR = Text(
    zh="{line}“{before}”读作“{after}”：{why}", en="“{before}”{line} was read as “{after}”: {why}"
)
