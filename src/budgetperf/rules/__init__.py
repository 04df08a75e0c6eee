"""Scoring rules as cited and dated data: curves, rule-sets, the catalogue."""

from __future__ import annotations

from .catalogue import get, ids, load
from .curve import Curve, Knot
from .ruleset import (
    Band,
    ExecutionRule,
    Measure,
    Provision,
    QuantitativeRule,
    RatingBand,
    RuleSet,
    ScoreRounding,
    Status,
    ZeroBase,
)

__all__ = [
    "Band",
    "Curve",
    "ExecutionRule",
    "Knot",
    "Measure",
    "Provision",
    "QuantitativeRule",
    "RatingBand",
    "RuleSet",
    "ScoreRounding",
    "Status",
    "ZeroBase",
    "get",
    "ids",
    "load",
]
