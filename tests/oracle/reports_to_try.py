"""Reports to put before z3 and the audit: made by the benchmarks, right or with slips, by seed."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from types import MappingProxyType

import attrs

from benchmarks.planting import SLIPS, plant, plant_pair
from benchmarks.shapes import clean
from budgetperf.model import SelfEvaluation

__all__ = ["SOURCES", "Trial"]


@attrs.frozen(kw_only=True)
class Trial:
    """A report to try, the rule-set that goes with it, and what was done to it in words."""

    name: str
    report: SelfEvaluation
    rules: str | None = None


SMALL = ("department-2023", "project", "narrative-only")
"""The shapes whose reports z3 decides in well under a second."""


def right(seed: int) -> Trial:
    """A report in which nothing is wrong."""
    shape = random.Random(f"right {seed}").choice(SMALL)
    return Trial(name=f"{shape} {seed}", report=clean(shape, seed))


def wide(seed: int) -> Trial:
    """A long report in which nothing is wrong."""
    return Trial(name=f"wide {seed}", report=clean("whole-department-wide", seed))


def planted(seed: int) -> Trial:
    """A report with one slip, in a quarter of the reports with two."""
    rng = random.Random(f"planted {seed}")
    kinds = rng.sample(list(SLIPS), len(SLIPS))
    shape = rng.choice(SMALL)
    report = clean(shape, seed)
    found = plant_pair(kinds[:2], report, rng) if not rng.randrange(4) else None
    for kind in kinds:
        found = found or plant(kind, report, rng)
    if found is None:
        return right(seed)
    return Trial(name=f"{shape} {seed}: {found.kind}, {found.text}", report=found.report)


SOURCES: Mapping[str, Callable[[int], Trial]] = MappingProxyType(
    {"right": right, "planted": planted, "wide": wide}
)
"""Where reports come from: functions from a seed, by name."""
