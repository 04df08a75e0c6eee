"""The scores of all rows of a table, each under the heading that it may stand under."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TypeAlias

from budgetperf.exact import Figure
from budgetperf.model import Direction, Indicator, StatedText
from budgetperf.model.indicators import heading_name, headings_near
from budgetperf.rules.ruleset import RuleSet

from .marks import NoScore, ScoreRange, is_plain, row_score

__all__ = ["row_scores"]


def row_scores(
    indicators: Sequence[Indicator],
    rules: RuleSet,
    *,
    elsewhere: Iterable[Indicator] = (),
    known: Mapping[int, ScoreRange | NoScore | None] = MappingProxyType({}),
) -> Iterator[ScoreRange | NoScore | None]:
    """The score of each row of a table; ``None`` where its weight is not stated.

    A row whose heading is blank may stand under those beside it, or under that which it has in the
    other statement: where the rule for one of these gives it another score, which one it has is
    open.

    Args:
        indicators: the rows.
        rules: the rule-set.
        elsewhere: the indicators of the other statement. One that has an actual value there does
            apply, though a dash stands for the value here.
        known: the scores that need not be worked out, by the place of the row.
    """
    twins: dict[str, list[Indicator]] = defaultdict(list)
    for other in elsewhere:
        twins[other.key].append(other)
    twins.pop("", None)
    by_heading = any(rule.headings for rule in rules.indicators)
    same: dict[_Said, ScoreRange | NoScore | None] = {}
    repeated = 0
    near = headings_near(indicators) if by_heading else itertools.repeat(())
    for number, (indicator, names) in enumerate(zip(indicators, near, strict=False)):
        if number in known:
            yield known[number]
            continue
        headings: list[Sequence[StatedText]] = list(names)
        others = twins.get(indicator.key, ()) if twins else ()
        are_unlike = len(same) > max(_ENOUGH, 4 * repeated)
        key = None if are_unlike else _said(indicator, rules)
        if key is not None:
            if key in same:
                repeated += 1
            else:
                same[key] = row_score(indicator, rules)
            yield same[key]
            continue
        if by_heading and others and not heading_name(indicator.level1):
            headings += [(other.level1, other.level2) for other in others]
        yield row_score(indicator, rules, headings=headings, others=others)


_ENOUGH = 300
"""After so many rows, few of which say what another one says, it is not looked for any more."""

_Said: TypeAlias = "tuple[object, ...]"
"""What the score of a row follows from: rows of a table that say the same are scored once."""


def _said(indicator: Indicator, rules: RuleSet) -> _Said | None:
    """What the score of a row follows from, if that is the measure of its direction."""
    target, weight, actual = indicator.target, indicator.weight, indicator.actual
    base = target.value
    if not (
        type(target.direction) is Direction
        and type(weight) is Figure
        and type(actual) is Figure
        and type(base) is Figure
        and is_plain(indicator, rules)
    ):
        return None
    # Units by their identity: they are alive as long as the rows, and most are one and the same.
    return (
        target.direction,
        target.strict,
        actual.value,
        actual.places,
        actual.rounding,
        id(actual.unit),
        actual.text,
        base.value,
        id(base.unit),
        base.text,
        weight.value,
        id(weight.unit),
        weight.text,
    )
