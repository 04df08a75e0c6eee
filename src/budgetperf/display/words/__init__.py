"""Values in words."""

from __future__ import annotations

from budgetperf.exact import Text

__all__ = ["heads"]


def heads(lang: str, *columns: tuple[str, str]) -> list[str]:
    """The heads of a table, each given in Chinese and in English."""
    return [Text(zh=zh, en=en).pick(lang) for zh, en in columns]
