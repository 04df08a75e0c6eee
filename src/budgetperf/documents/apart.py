"""What we write into a file that is no part of the report, and how who reads it tells it."""

from __future__ import annotations

from types import MappingProxyType

import attrs

from budgetperf.exact import Text

from .source import Block, Document, Heading, Paragraph

__all__ = ["FINDINGS", "RULES", "SHEETS_APART", "TO_DO", "TO_DO_SHEET", "without_to_do"]

TO_DO = "待办清单（办完后删去）"
"""What the list of what is left to do is called; nothing else stands behind it."""
FINDINGS = "_budgetperf_findings"
"""A name that a workbook has for the sheet with the findings of a review."""
RULES = "_budgetperf_rules"
"""A name that an empty form has for the sheet with the rules of scores."""
TO_DO_SHEET = "_budgetperf_to_do"
"""A name that a workbook has for the sheet with what is left to do."""

_LISTED = Text(zh="待办清单没有读取", en="the list of what is left to do was left out")
SHEETS_APART = MappingProxyType(
    {
        FINDINGS: Text(
            zh="复核意见所在的工作表未读取：{}",
            en="the sheet with the findings of a review was left out: {}",
        ),
        RULES: Text(
            zh="评分规则所在的工作表未读取：{}",
            en="the sheet with the rules of scores was left out: {}",
        ),
        TO_DO_SHEET: Text(
            zh="待办清单所在的工作表未读取：{}",
            en="the sheet with what is left to do was left out: {}",
        ),
    }
)
"""The sheets that are left out, by the name that a workbook has for them, and what is said."""


def without_to_do(document: Document) -> Document:
    """The document up to the list of what is left to do."""
    for at, block in enumerate(document.blocks):
        if _is_to_do(block):
            notes = (*document.notes, _LISTED)
            return attrs.evolve(document, blocks=document.blocks[:at], notes=notes)
    return document


def _is_to_do(block: Block) -> bool:
    return isinstance(block, (Heading, Paragraph)) and block.text.strip() == TO_DO
