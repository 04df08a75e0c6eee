"""Scores by a rule-set: measures, marks, scorecards, worked examples."""

from __future__ import annotations

from .comparison import Change, Compared, Comparison, Difference, compare
from .examples import Mismatch, run_example
from .execution import ExecutionGiven
from .scorecards import (
    NoScore,
    Scorecard,
    ScoreLine,
    ScoreRange,
    Step,
    deviation_of,
    execution_base,
    execution_score,
    indicator_score,
    ruleset,
    scorecard,
)
from .single import score, score_execution

__all__ = [
    "Change",
    "Compared",
    "Comparison",
    "Difference",
    "ExecutionGiven",
    "Mismatch",
    "NoScore",
    "ScoreLine",
    "ScoreRange",
    "Scorecard",
    "Step",
    "compare",
    "deviation_of",
    "execution_base",
    "execution_score",
    "indicator_score",
    "ruleset",
    "run_example",
    "score",
    "score_execution",
    "scorecard",
]
