"""Scores that others gave, in columns beside the report's own (复核分, 财政审核评分)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from budgetperf.documents.understanding.forms.vocabulary import REVIEWED
from budgetperf.exact import LIST, Text

__all__ = ["in_order", "note_of"]


def in_order(fields: Sequence[str]) -> tuple[str, ...]:
    """Columns with each one of other people's scores as a field of its own.

    >>> in_order(["score", "reviewed_score", "reviewed_score"])
    ('score', 'reviewed_score', 'second_reviewed_score')

    Args:
        fields: what each column is, from left to right; those of others are ``reviewed_score``.
    """
    left = iter(REVIEWED)
    return tuple(next(left, field) if field == REVIEWED[0] else field for field in fields)


def note_of(line: int, words: Mapping[str, str]) -> Text | None:
    """What is said of a table with several columns of other people's scores; ``None`` for others.

    Args:
        line: that of its header.
        words: the words above its columns by field.
    """
    reviewers = [words[field] for field in REVIEWED if field in words]
    if len(reviewers) < _SEVERAL:
        return None
    return _SEVERAL_REVIEWS.fill(line, LIST.join(f"“{word}”" for word in reviewers))


_SEVERAL = 2
_SEVERAL_REVIEWS = Text(
    zh="第 {} 行的表有几栏他人的评分，依次分别保存，不作为自评得分：{}",
    en="the table below line {} has several columns of scores that others gave: they were kept "
    "apart, in this order, and none was taken for the report's own: {}",
)
