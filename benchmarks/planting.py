"""Slips as people make them, each planted into a report in which everything is right.

A slip changes one printed figure, or two. The report is then read again from its print, so that
precision follows from what stands there. No slip gives a figure more decimals than its column has:
by the rule that precision belongs to the column, that would change every figure of it.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

import attrs

from benchmarks.shapes import as_read
from benchmarks.slips import SLIPS, Change, Sheet, decimals
from budgetperf.exact import Figure
from budgetperf.model import SelfEvaluation, map_figures

__all__ = ["SLIPS", "Planted", "plant", "plant_pair", "planted_into"]


@attrs.frozen(kw_only=True)
class Planted:
    """A report with a slip in it.

    Args:
        kind: the code of the slip; of two slips both, with a ``+`` between them.
        report: the report, with the slip.
        paths: the figures that were changed.
        before: how they were printed.
        after: how they are printed now.
        text: the slip in words.
    """

    kind: str
    report: SelfEvaluation
    paths: tuple[str, ...]
    before: tuple[Figure, ...]
    after: tuple[Figure, ...]
    text: str


def plant(kind: str, report: SelfEvaluation, rng: random.Random) -> Planted | None:
    """The report with one slip of that kind, if there is a figure that it would change."""
    sheet = Sheet.of(report)
    for change in SLIPS[kind](rng, sheet):
        before = [sheet.figures[path] for path in change]
        shown = all(
            (old.value, old.unit) != (new.value, new.unit)
            and (kind == "unit" or _stays_in_column(path, old, new))
            for (path, new), old in zip(change.items(), before, strict=True)
        )
        if shown:
            return planted_into(report, kind, change)
    return None


def plant_pair(kinds: Sequence[str], report: SelfEvaluation, rng: random.Random) -> Planted | None:
    """The report with slips of two kinds, in different figures."""
    first = plant(kinds[0], report, rng)
    second = plant(kinds[1], first.report, rng) if first else None
    if first is None or second is None or set(first.paths) & set(second.paths):
        return None
    return attrs.evolve(
        second,
        kind=f"{first.kind}+{second.kind}",
        paths=first.paths + second.paths,
        before=first.before + second.before,
        after=first.after + second.after,
        text=f"{first.text}; {second.text}",
    )


def planted_into(report: SelfEvaluation, kind: str, change: Change) -> Planted:
    """The report with ``change`` made, read again from its print; repeated printings stay."""
    before = Sheet.of(report).figures
    changed = map_figures(attrs.evolve(report, repeated=()), change.get)
    after = as_read(attrs.evolve(changed, repeated=report.repeated))
    now = Sheet.of(after).figures
    return Planted(
        kind=kind,
        report=after,
        paths=tuple(change),
        before=tuple(before[path] for path in change),
        after=tuple(now[path] for path in change),
        text=", ".join(f"{path}: {before[path]} -> {now[path]}" for path in change),
    )


# Rates of the text have no column: each is a phrase of its own.
_ALONE = re.compile(r"narrative\..*(?:rate|share|deviation)")


def _stays_in_column(path: str, old: Figure, new: Figure) -> bool:
    return bool(_ALONE.fullmatch(path)) or decimals(new.value) <= old.places
