"""What published forms print above the columns of their indicators, and which field that is."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from importlib import resources
from typing import cast

from budgetperf.exact import fold_width

__all__ = [
    "FIELD_OF",
    "HEADERS",
    "KEY_HEADERS",
    "LINE_HEADERS",
    "TOTAL_HEADERS",
    "field_of_header",
    "plain_header",
    "unit_of_header",
    "without_brackets",
]


def _known() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """The headers of each field, by kind of table, as ``data/headers.toml`` has them."""
    text = (resources.files("budgetperf.model") / "data" / "headers.toml").read_text("utf-8")
    held = cast("Mapping[str, Mapping[str, list[str]]]", tomllib.loads(text))
    return {
        table: {field: tuple(names) for field, names in fields.items()}
        for table, fields in held.items()
    }


_KNOWN = _known()

HEADERS: Mapping[str, tuple[str, ...]] = _KNOWN["indicators"]
"""The fields of an indicator, and what published forms print above their columns. ``operator`` and
``unit`` belong to the target and the values, where these stand as bare numbers."""

LINE_HEADERS: Mapping[str, tuple[str, ...]] = _KNOWN["lines"]
"""The same of a line of funds."""

TOTAL_HEADERS: Mapping[str, tuple[str, ...]] = _KNOWN["totals"]
"""The same of the totals of a report."""

KEY_HEADERS: Mapping[str, tuple[str, ...]] = _KNOWN["keys"]
"""The fields in which the rows of one report agree, and what stands above their columns."""

FIELD_OF: Mapping[str, str] = {
    header: field for field, headers in HEADERS.items() for header in (field, *headers)
}
"""The field by its header, and by its own name."""

_TAIL = re.compile(r"\((?P<words>[^()]*)\)$")
_NO_UNIT = re.compile(r"[A-Z][0-9]?(?:/[A-Z][0-9]?)?(?:×100%)?|\d*分|[文字描述包含数及]+|权重")
_UNITS = ("%", "‰", "元", "万元", "亿元")


def plain_header(header: str) -> str:
    """A header without blanks, a colon behind it, and remarks, roles or a unit in brackets."""
    words = fold_width("".join(header.split())).rstrip(":：")
    while (tail := _TAIL.search(words)) and (
        tail["words"] in _UNITS or _NO_UNIT.fullmatch(tail["words"])
    ):
        words = words[: tail.start()]
    return words.lower() if words.isascii() else words


def field_of_header(header: str) -> str | None:
    """The field of an indicator that a column of this header is; ``None`` if it is not known."""
    return FIELD_OF.get(plain_header(header))


def unit_of_header(header: str) -> str:
    """The unit in the brackets of a header; ``""`` if there is none.

    >>> field_of_header("年度指标值（%）"), unit_of_header("年度指标值（%）")
    ('target', '%')
    """
    words = fold_width("".join(header.split())).rstrip(":：")
    while (tail := _TAIL.search(words)) and tail["words"] not in _UNITS:
        words = words[: tail.start()] if _NO_UNIT.fullmatch(tail["words"]) else ""
    return tail["words"] if tail else ""


def without_brackets(text: str) -> str:
    """A text without what stands in brackets behind it."""
    return _TAIL.sub("", fold_width(text))
