"""Receipts: what a second person needs to get the same result, and whether they did."""

from __future__ import annotations

from .making import Library
from .receipt import SCHEMA, Aspect, Made, Pinned, Receipt
from .verification import Verification

__all__ = ["SCHEMA", "Aspect", "Library", "Made", "Pinned", "Receipt", "Verification"]
