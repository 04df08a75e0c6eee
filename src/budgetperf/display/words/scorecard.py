"""Scores in words: the same for plain text and for notebooks."""

from __future__ import annotations

from budgetperf.exact import Interval, Points, Text
from budgetperf.exact.rounding import approximate_text
from budgetperf.scoring import Scorecard, ScoreLine, Step
from budgetperf.scoring.marks import with_standing
from budgetperf.scoring.scorecards import EXECUTION, EXECUTION_NAME

from . import heads

__all__ = ["admissible_text", "line_name", "points_text", "rating_text", "score_heads", "step_text"]


def score_heads(lang: str, last: tuple[str, str]) -> list[str]:
    """The heads of a table of scores; the last one is for how they came about."""
    stated = ("分值", "weight"), ("填列", "stated"), ("应得", "score")
    return heads(lang, ("指标", "indicator"), *stated, last)


def line_name(line: ScoreLine, lang: str) -> str:
    """The name of a row as the report has it, and our own where it has none."""
    return EXECUTION_NAME.pick(lang) if line.name == EXECUTION else line.name


def step_text(step: Step, lang: str) -> str:
    """A step that led to a score, and its value."""
    return f"{step.title.pick(lang)} = {approximate_text(step.value)}"


def rating_text(card: Scorecard, lang: str) -> str:
    """The rating, and what it rests on where that is not what the rule-set rests on."""
    rating = Text.of(card.rating or "")
    return with_standing(rating, card.rating_status, card.rules).pick(lang)


def points_text(points: Points | None) -> str | None:
    """Points, exactly; ``None`` where there are none."""
    return None if points is None else str(points)


def admissible_text(scores: Interval) -> str:
    """A range of scores, those without a finite decimal with one beside them."""
    return scores.written(approximate_text)
