"""What a self-evaluation report says, as typed value objects. Every figure may be missing."""

from __future__ import annotations

from .accounts import (
    Adjustment,
    BasicExpenditure,
    CategoryAmount,
    EconomicCategory,
    Execution,
    FixedAssets,
    Funding,
    FundingKind,
    FundingSource,
    FundingTotal,
    Procurement,
    ProjectExpenditure,
    ThreePublicExpenses,
    ThreePublicItem,
    is_whole,
)
from .fields import NOT_STATED, Element, StatedText
from .indicators import Direction, Indicator, LevelCounts, Target
from .paths import describe, elements, figures, locate, map_figures, resolve
from .precision import with_column_precision
from .report import (
    Achievement,
    Department,
    EvaluationKind,
    Goal,
    ProjectCounts,
    Reading,
    SelfEvaluation,
    Staffing,
    Statement,
    Unread,
)

__all__ = [
    "NOT_STATED",
    "Achievement",
    "Adjustment",
    "BasicExpenditure",
    "CategoryAmount",
    "Department",
    "Direction",
    "EconomicCategory",
    "Element",
    "EvaluationKind",
    "Execution",
    "FixedAssets",
    "Funding",
    "FundingKind",
    "FundingSource",
    "FundingTotal",
    "Goal",
    "Indicator",
    "LevelCounts",
    "Procurement",
    "ProjectCounts",
    "ProjectExpenditure",
    "Reading",
    "SelfEvaluation",
    "Staffing",
    "StatedText",
    "Statement",
    "Target",
    "ThreePublicExpenses",
    "ThreePublicItem",
    "Unread",
    "describe",
    "elements",
    "figures",
    "is_whole",
    "locate",
    "map_figures",
    "resolve",
    "with_column_precision",
]
