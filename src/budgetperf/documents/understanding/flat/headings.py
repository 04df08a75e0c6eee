"""Headings of indicators in text without blanks: where words with a known heading part from it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from budgetperf.documents.understanding.forms.vocabulary import Vocabulary
from budgetperf.documents.understanding.forms.words import words_of

from .lines import TextLine, is_value

__all__ = ["HEADINGS", "headings_apart", "heads_in", "is_heading", "rows_apart"]

_SECOND = (
    "数量指标",
    "质量指标",
    "时效指标",
    "成本指标",
    "经济成本指标",
    "社会成本指标",
    "生态环境成本指标",
    "经济效益指标",
    "社会效益指标",
    "生态效益指标",
    "可持续影响指标",
    "服务对象满意度指标",
    "满意度指标",
)
HEADINGS = ("产出指标", "效益指标", *_SECOND)
"""Headings that tell a new row."""
_HEADING_POINTS = re.compile(r"\([^()]{1,8}\)")


def headings_apart(text: str, known: Vocabulary) -> Iterator[str]:
    """The known headings that words begin with, and the rest.

    Args:
        text: words without blanks.
        known: the words of forms.
    """
    headings = (*known.indicators.headings["level1"], *_SECOND)
    left = text
    group = next((g for g in known.indicators.group_of if left.startswith(g) and left != g), "")
    left = left.removeprefix(group)
    for _ in range(2):
        fitting = [h for h in headings if left.startswith(h)]
        word = max(fitting, key=len, default="")
        points = _HEADING_POINTS.match(left, len(word))
        end = points.end() if word and points and words_of(left[: points.end()]).points else 0
        whole = left[: end or len(word)]
        if not whole or whole == left or not whole.endswith(("指标", ")")):
            break
        yield whole
        left = left[len(whole) :]
    yield left


def heads_in(line: TextLine, known: Vocabulary) -> tuple[str, ...]:
    """The words of a line without figures, known headings apart.

    Args:
        line: the line.
        known: the words of forms.
    """
    first, *others = line.words
    return tuple(head for head in (*headings_apart(first, known), *others) if head)


_ROW_BEGINS = re.compile(rf"(?<=\d)(?={'|'.join(HEADINGS)})")


def rows_apart(line: TextLine) -> list[TextLine]:
    """The rows of a line without blanks: each one behind the first begins with a known heading."""
    rows = _ROW_BEGINS.split(line.text) if len(line.parts) == 1 else []
    if len(rows) < 2:
        return [line]
    return [attrs.evolve(line, text=row, parts=(row,), raw=row, is_of_stream=True) for row in rows]


def is_heading(text: str, known: Vocabulary) -> bool:
    """Whether words are the heading of a level of indicators."""
    name = words_of(text).name
    if name in known.indicators.group_of or _REACHED.match(name):
        return False
    return name in known.indicators.headings["level1"] or (
        (name.endswith("指标") or _HEADING.fullmatch(name) or name.endswith(_GOALS))
        and len(name) <= _LONGEST_HEADING
        and not is_value(text)
    )


_REACHED = re.compile("(?:部分|基本|全部|已经?|未能?|没有|尚未|超额?)*(?:达成|完成|达到|实现|符合)")
"""How what was reached begins: 达成预期指标 is no heading."""
_HEADING = re.compile("(?:产出|投入|完成|实际|项目产出)?(?:数量|质量|时效|成本)")
_GOALS = tuple(
    f"{word}目标"
    for word in (
        "投入",
        "过程",
        "产出",
        "结果",
        "效果",
        "效益",
        "影响力",
        "数量",
        "质量",
        "时效",
        "成本",
    )
)
_LONGEST_HEADING = 12
