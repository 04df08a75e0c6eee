"""Figures of accounts beside the funds: 固定资产原值320.5万元，净值210.3万元; 政府采购预算85万元,
实际采购81.6万元，采购执行率96%."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from budgetperf.documents.understanding.phrases.mention import Mention, nominal

__all__ = ["BOUGHT", "accounts"]

BOUGHT = "(?:全年|当年|年度)?(?:实际|完成)+(?P<of>政府)?采购(?:金额|资金|支出|总?[数额])*"
"""What was spent on procurement, by its name."""
_ASSETS = "(?P<of>固定资产)?(?:账面)?"
_NAMES: Mapping[str, tuple[str, re.Pattern[str]]] = MappingProxyType(
    {
        path: (kind, re.compile(name))
        for path, kind, name in (
            ("fixed_assets.original_value", "money", f"{_ASSETS}原值"),
            ("fixed_assets.accumulated_depreciation", "money", f"{_ASSETS}累计折旧"),
            ("fixed_assets.net_value", "money", f"{_ASSETS}净值"),
            (
                "procurement.budget",
                "money",
                "(?:年初|全年|当年|年度)?(?P<of>政府)采购(?:预算|计划)(?:金额|资金|安排|总?[数额])*",
            ),
            ("procurement.executed", "money", BOUGHT),
            ("procurement.execution_rate", "rate", "(?P<of>政府)?采购(?:预算|计划)?执行率"),
        )
    }
)


def accounts(mentions: Iterable[Mention]) -> dict[int, str]:
    """The paths of those figures that are of fixed assets or of procurement, which their sentence
    names, by their identity; ``""`` where several are said of a field."""
    by_sentence: dict[tuple[int, str], list[tuple[Mention, str, bool]]] = defaultdict(list)
    for mention in mentions:
        for path, (kind, name) in _NAMES.items():
            match = name.fullmatch(mention.name) if mention.kind == kind else None
            if match is not None:
                account = path.partition(".")[0]
                is_named = match["of"] is not None
                by_sentence[mention.sentence, account].append((mention, path, is_named))
    by_field: dict[str, list[Mention]] = defaultdict(list)
    for several in by_sentence.values():
        if any(is_named for *_, is_named in several):
            for mention, path, _ in several:
                by_field[path].append(mention)
    return {
        id(mention): path if len({nominal(other) for other in several}) == 1 else ""
        for path, several in by_field.items()
        for mention in several
    }
