"""Scoring rules as cited and dated data: curves, rule-sets, the catalogue."""

from __future__ import annotations

from budgetperf.citations import Provision, Status

from .catalogue import Rulesets, at, derive, get, ids, load, nearby, rulesets, shipped
from .curve import Curve, CurveRow, Knot, Piece
from .policies import (
    Counting,
    Deduction,
    DefaultDirection,
    Demand,
    Excess,
    ExecutionBase,
    Gauge,
    IndicatorRule,
    LevelWeight,
    NotApplicable,
    OverCompletion,
    Steps,
    TotalCap,
    Trigger,
    WeightLayout,
)
from .ruleset import (
    Band,
    ExecutionRule,
    Measure,
    QuantitativeRule,
    RatingBand,
    RuleSet,
    ScoreRounding,
    ZeroBase,
)
from .worked import Example, ExampleRow, examples, load_examples

__all__ = [
    "Band",
    "Counting",
    "Curve",
    "CurveRow",
    "Deduction",
    "DefaultDirection",
    "Demand",
    "Example",
    "ExampleRow",
    "Excess",
    "ExecutionBase",
    "ExecutionRule",
    "Gauge",
    "IndicatorRule",
    "Knot",
    "LevelWeight",
    "Measure",
    "NotApplicable",
    "OverCompletion",
    "Piece",
    "Provision",
    "QuantitativeRule",
    "RatingBand",
    "RuleSet",
    "Rulesets",
    "ScoreRounding",
    "Status",
    "Steps",
    "TotalCap",
    "Trigger",
    "WeightLayout",
    "ZeroBase",
    "at",
    "derive",
    "examples",
    "get",
    "ids",
    "load",
    "load_examples",
    "nearby",
    "rulesets",
    "shipped",
]
