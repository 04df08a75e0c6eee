"""Reports to put before z3 and the audit, by seed: right, with slips, and by hand."""

from __future__ import annotations

import functools
import random
from collections.abc import Callable, Mapping
from types import MappingProxyType

import attrs

from benchmarks import prints
from benchmarks.planting import SLIPS, plant, plant_pair
from benchmarks.shapes import clean
from budgetperf import SelfEvaluation, with_column_precision
from tests.oracle.families import FAMILIES, jolted
from tests.oracle.ruled_families import RULES, WILD_RULES, ruled

__all__ = ["SOURCES", "WILD_SOURCES", "Trial"]


@attrs.frozen(kw_only=True)
class Trial:
    """A report to try, the rule-set that goes with it, and what was done to it in words.

    One that is true was printed from true numbers, and nothing was changed in it.
    """

    name: str
    report: SelfEvaluation
    rules: str | None = None
    is_true: bool = False


SMALL = ("department-2023", "project", "narrative-only")
"""The shapes whose reports z3 decides in well under a second."""


def right(seed: int) -> Trial:
    """A report in which nothing is wrong."""
    shape = random.Random(f"right {seed}").choice(SMALL)
    return Trial(name=f"{shape} {seed}", report=clean(shape, seed), is_true=True)


def planted(seed: int) -> Trial:
    """A report with one slip, in a quarter of the reports with two."""
    rng = random.Random(f"planted {seed}")
    kinds = rng.sample(list(SLIPS), len(SLIPS))
    shape = rng.choice(SMALL)
    report = clean(shape, seed)
    slip = plant_pair(kinds[:2], report, rng) if not rng.randrange(4) else None
    for kind in kinds:
        slip = slip or plant(kind, report, rng)
    if slip is None:
        return right(seed)
    return Trial(name=f"{shape} {seed}: {slip.kind}, {slip.text}", report=slip.report)


def printed(seed: int) -> Trial:
    """A report of the second generator, with the rule-set that its scores follow."""
    case = prints.report(seed)
    return Trial(name=f"printed {seed}", report=case.report, rules=case.rules, is_true=True)


def spoilt(seed: int) -> Trial:
    """The same with one total that its parts do not make."""
    case = prints.report(seed)
    slip = prints.spoilt(case, random.Random(f"spoilt {seed}"))
    if slip is None:
        return printed(seed)
    name = f"spoilt {seed}: {slip.path} {slip.right} became {slip.wrong}"
    return Trial(name=name, report=slip.report, rules=case.rules)


def by_hand(family: str, *, wild: bool = False) -> Callable[[int], Trial]:
    """A small report of a family; every other one with one figure moved a little."""

    def made(seed: int) -> Trial:
        rng = random.Random(f"{family} {seed}")
        report = FAMILIES[family](rng, wild=wild)
        if seed % 2:
            report = jolted(report, rng, wild=wild)
        report = with_column_precision(report)
        return Trial(name=f"{family} {seed}", report=report, is_true=not seed % 2)

    return made


def by_rules(seed: int, *, wild: bool = False) -> Trial:
    """A form whose scores a rule-set gives; every other one with one figure moved a little."""
    rng = random.Random(f"ruled {seed}")
    rules = rng.choice(WILD_RULES if wild else RULES)
    report = ruled(rng, rules, wild=wild)
    if seed % 2:
        report = jolted(report, rng, wild=wild)
    report = with_column_precision(report)
    return Trial(name=f"{rules} {seed}", report=report, rules=rules, is_true=not seed % 2)


SOURCES: Mapping[str, Callable[[int], Trial]] = MappingProxyType(
    {
        "right": right,
        "planted": planted,
        "printed": printed,
        "spoilt": spoilt,
        **{family: by_hand(family) for family in FAMILIES},
        "ruled": by_rules,
    }
)
"""Where reports come from: functions from a seed, by name."""
WILD_SOURCES: Mapping[str, Callable[[int], Trial]] = MappingProxyType(
    {
        **{family: by_hand(family, wild=True) for family in FAMILIES},
        "ruled": functools.partial(by_rules, wild=True),
    }
)
"""The same, of reports with what the audit is known to take wrong."""
