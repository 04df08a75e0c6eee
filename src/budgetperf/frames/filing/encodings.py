"""How the text of a large file is encoded, found without holding all of it."""

from __future__ import annotations

import re
from pathlib import Path

from budgetperf.exact import BudgetperfError, Text

__all__ = ["encoding_of", "in_no_encoding"]


def encoding_of(path: Path) -> str:
    """UTF-8, GB18030, or what a byte order mark says; every line is looked at.

    Raises:
        OSError: it cannot be read.
        BudgetperfError: ``unknown-encoding``; ``mixed-encodings``, some lines are in one and some
            in the other.
    """
    first = dict[str, int]()
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            if number == 1 and line.startswith((b"\xff\xfe", b"\xfe\xff")):
                return "utf-16"
            if line.isascii():
                continue
            is_utf8 = _is_in(line, "utf-8")
            if is_utf8 and len(_WIDE.findall(line)) >= _TELLING:
                first.setdefault("utf-8", number)
            elif not is_utf8:
                first.setdefault("other", number)
            if not _is_in(line, "gb18030"):
                first.setdefault("not gb18030", number)
    if "other" not in first:
        return "utf-8-sig"
    if "utf-8" in first:
        message = _MIXED.fill(first["other"], first["utf-8"])
        raise BudgetperfError("mixed-encodings", message, field=str(path))
    if "not gb18030" in first:
        raise in_no_encoding(path, first["other"])
    return "gb18030"


def in_no_encoding(path: Path, line: int) -> BudgetperfError:
    """The error that a file is in none of these encodings."""
    return BudgetperfError("unknown-encoding", _NONE.fill(line), field=str(path))


_WIDE = re.compile(rb"[\xe2-\xef][\x80-\xbf]{2}")
"""What a sign of Chinese is in UTF-8."""

_TELLING = 4
"""How many of these in a line of UTF-8 are no chance: pairs of GB18030 may look like one."""


def _is_in(line: bytes, encoding: str) -> bool:
    try:
        line.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


_NONE = Text(
    zh="第 {} 行既不是 UTF-8 也不是 GBK（GB18030）：请另存为“CSV UTF-8（逗号分隔）”",
    en="line {} is neither UTF-8 nor GBK (GB18030): save the file as CSV UTF-8",
)
_MIXED = Text(
    zh="混用两种编码：第 {} 行不是 UTF-8，第 {} 行是：请统一另存为“CSV UTF-8（逗号分隔）”",
    en="mixes two encodings: line {} is not UTF-8, and line {} is: save the file as CSV UTF-8",
)
