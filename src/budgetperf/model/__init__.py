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
from .fields import NOT_STATED, Element, Part, StatedText
from .given import Given
from .indicators import Direction, Indicator, LevelCounts, Target
from .paths import describe, elements, figures, locate, map_figures, resolve
from .precision import with_column_precision
from .report import (
    Achievement,
    Department,
    EvaluationKind,
    Goal,
    Project,
    ProjectCounts,
    Reading,
    SelfEvaluation,
    Staffing,
    Statement,
    Unread,
)
from .units import in_unit

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
    "Given",
    "Goal",
    "Indicator",
    "LevelCounts",
    "Part",
    "Procurement",
    "Project",
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
    "in_unit",
    "is_whole",
    "locate",
    "map_figures",
    "resolve",
    "with_column_precision",
]
