"""Amounts of fixed assets: 固定资产原值320.5万元，累计折旧110.2万元，净值210.3万元."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from budgetperf.documents.understanding.phrases.mention import Mention, nominal

__all__ = ["fixed_assets"]

_NAME = re.compile("(?P<of>固定资产)?(?:账面)?(?P<value>原值|累计折旧|净值)")
_FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "原值": "original_value",
        "累计折旧": "accumulated_depreciation",
        "净值": "net_value",
    }
)


def fixed_assets(mentions: Iterable[Mention]) -> dict[int, str]:
    """The fields of those amounts that are of fixed assets, which their sentence names, by their
    identity; ``""`` where several are said of a field."""
    by_sentence: dict[int, list[tuple[Mention, re.Match[str]]]] = defaultdict(list)
    for mention in mentions:
        name = _NAME.fullmatch(mention.name) if mention.kind == "money" else None
        if name is not None:
            by_sentence[mention.sentence].append((mention, name))
    by_field: dict[str, list[Mention]] = defaultdict(list)
    for several in by_sentence.values():
        if any(name["of"] for _, name in several):
            for mention, name in several:
                by_field[_FIELDS[name["value"]]].append(mention)
    return {
        id(mention): field if len({nominal(other) for other in several}) == 1 else ""
        for field, several in by_field.items()
        for mention in several
    }
