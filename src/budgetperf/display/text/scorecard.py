"""Scorecards as plain text."""

from __future__ import annotations

from collections.abc import Iterator

from budgetperf.display.words.receipt import receipt_line
from budgetperf.display.words.ruleset import named
from budgetperf.display.words.scorecard import (
    admissible_text,
    line_name,
    points_text,
    rating_text,
    score_heads,
    step_text,
)
from budgetperf.exact import COLON, SEMICOLON, Points, Text
from budgetperf.exact.rounding import approximate_text
from budgetperf.exact.text import visible
from budgetperf.scoring import Scorecard, ScoreLine

from .lines import joined_lines
from .tables import table_text

__all__ = ["line_text", "scorecard_text"]


def scorecard_text(card: Scorecard, lang: str) -> str:
    """The scores as a table, with the steps that led to each."""
    return joined_lines(_scorecard_lines(card, lang))


def line_text(line: ScoreLine, *, lang: str) -> str:
    """One row of a scorecard in words."""
    name, weight, stated, score, by = _line_cells(line, lang)
    words = Text(zh="分值 {}，填列 {}，应得 {}", en="weight {}, stated {}, score {}").fill(
        weight, stated, score
    )
    words = COLON.join((name, words)) if name else words
    return visible(SEMICOLON.join((words, by)).pick(lang) if by else words.pick(lang))


def _scorecard_lines(card: Scorecard, lang: str) -> Iterator[str]:
    yield named(card.rules).pick(lang)
    rows = [tuple(score_heads(lang, ("依据", "by")))]
    rows += [_line_cells(line, lang) for line in card.lines]
    yield from table_text(rows).split("\n")
    open_total = Text(zh="不能得出单一总分", en="no single value").pick(lang)
    total = _shown(card.total) or open_total
    if card.total is None and card.admissible is not None:
        within = admissible_text(card.admissible)
        total += Text(zh=f"，在 {within} 之内", en=f", within {within}").pick(lang)
    parts = (Text(zh="总分：", en="total: ").pick(lang) + total, rating_text(card, lang))
    yield " ".join(filter(None, parts))
    for step in card.steps:
        yield f"  {step_text(step, lang)}"
    for remark in card.remarks:
        yield f"  {remark.pick(lang)}"
    if card.receipt is not None:
        yield receipt_line(card.receipt).pick(lang)


def _line_cells(line: ScoreLine, lang: str) -> tuple[str, ...]:
    score = _shown(line.score) or (admissible_text(line.admissible) if line.admissible else "—")
    parts = [step_text(step, lang) for step in line.steps]
    if line.why is not None:
        parts.append(line.why.pick(lang))
    parts += [remark.pick(lang) for remark in line.remarks]
    by = SEMICOLON.join(parts).pick(lang)
    return (
        line_name(line, lang),
        points_text(line.weight) or "—",
        points_text(line.stated) or "—",
        score,
        by,
    )


def _shown(points: Points | None) -> str | None:
    return None if points is None else approximate_text(points.value)
