"""Which columns the values of a row stand in, where blank cells were lost: told by what they are,
and by the relations between them."""

from __future__ import annotations

import functools
import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import TypeAlias

from budgetperf.documents.understanding.forms import cells
from budgetperf.documents.understanding.forms.headers import AMOUNTS
from budgetperf.documents.understanding.forms.vocabulary import REVIEWED
from budgetperf.documents.understanding.narrative import stated
from budgetperf.exact import MONEY, Figure, Place

from .lines import is_mark

__all__ = ["Placed", "figure", "fitted", "may_be", "ties"]

Placed: TypeAlias = Mapping[str, str]
"""The values of a row by field."""

_POINTS = ("weight", "score", "mark", *REVIEWED)
_RATES = ("execution_rate", "completion_rate", "deviation")
_HIGHEST_RATE = 1000
"""What is higher is several numbers that ran together."""
_MOST = 4096
"""How many readings of a block are compared."""


@functools.lru_cache(maxsize=4096)
def figure(text: str) -> Figure | None:
    """The number that a cell holds."""
    value = stated(text, Place(line=1))
    return value if isinstance(value, Figure) else None


def may_be(text: str, field: str) -> bool:
    """Whether a value may stand in the column of a field."""
    if is_mark(text):
        return True
    value = figure(text)
    if value is None:
        return False
    symbol, is_money = value.unit.symbol, value.unit.dimension == MONEY
    if field in _RATES:
        return symbol in ("", "%") and value.nominal < _HIGHEST_RATE
    if field in _POINTS:
        return symbol in ("", "分") and text[0].isdigit()
    return is_money or symbol in ("", "万", "亿")


def fitted(
    fields: Sequence[str], rows: Sequence[Sequence[Sequence[str]]], total: int | None
) -> tuple[Placed, ...] | None:
    """The values of the rows of a funding block by field; ``None`` if it is not sure which column
    one of them stands in.

    Args:
        fields: what the columns are that hold values, from left to right.
        rows: the values of each row, blank ones left out; several ways to take them apart where
            they ran together, of which one has to be the only one that fits.
        total: which row is the total; ``None`` if none is.
    """
    first = {} if total is None else _of_total(fields, rows[total])
    if first is None:
        return None
    several = [
        [first]
        if at == total
        else [
            choice
            for values in ways
            for choice in _plausible(fields, values, first)
            if len(ways) == 1 or _are_as_precise(choice, first)
        ]
        for at, ways in enumerate(rows)
    ]
    if not all(several) or math.prod(map(len, several)) > _MOST:
        return None
    is_glued = any(len(ways) > 1 for at, ways in enumerate(rows) if at != total)
    if not is_glued and all(len(choices) == 1 for choices in several):
        only = tuple(choices[0] for choices in several)
        sources = [row for at, row in enumerate(only) if at != total]
        # A rate alone does not tell where the figures of a total stand: others may have it, too.
        if total is not None and _is_open(fields, rows[total]) and not _meets(first, sources):
            return None
        return only
    fitting = [
        choice
        for choice in itertools.product(*several)
        if total is not None and ties(first, [r for at, r in enumerate(choice) if at != total])
    ]
    return fitting[0] if len(fitting) == 1 else None


def _choices(fields: Sequence[str], values: Sequence[str]) -> Iterator[dict[str, str]]:
    """The ways to put values into columns in their order, of those with the same figures one."""
    if len(values) > len(fields):
        return
    seen = set[tuple[tuple[str, str], ...]]()
    for places in itertools.combinations(fields, len(values)):
        if all(map(may_be, values, places)):
            placed = dict(zip(places, values, strict=True))
            figures = tuple((field, text) for field, text in placed.items() if not is_mark(text))
            if figures not in seen:
                seen.add(figures)
                yield placed


def _of_total(fields: Sequence[str], ways: Sequence[Sequence[str]]) -> dict[str, str] | None:
    choices = [choice for values in ways for choice in _choices(fields, values)]
    if len(ways) > 1:  # all of its figures ran together: none may be left out
        choices = [c for c in choices if len(c) == len(fields) and _has_its_score(c)]
        choices = [c for c in choices if _is_precise(c.get("execution_rate", ""))]
    if len(ways) > 1 or len(choices) > 1:
        choices = [choice for choice in choices if _has_its_rate(choice)]
    return choices[0] if len(choices) == 1 else None


def _is_precise(rate: str) -> bool:
    """Whether a rate has digits enough that others do not have it by chance."""
    return sum(map(str.isdigit, rate)) > 1


def _is_open(fields: Sequence[str], ways: Sequence[Sequence[str]]) -> bool:
    """Whether the values of a total may stand in more than one way."""
    return sum(1 for values in ways for _ in _choices(fields, values)) > 1


def _meets(total: Placed, sources: Sequence[Placed]) -> bool:
    """Whether sources make each amount of a total that they have, too, and at least one."""
    summed = {field for field in AMOUNTS if any(figure(row.get(field, "")) for row in sources)}
    known = {field: text for field, text in total.items() if field in summed}
    return not summed or (any(map(figure, known.values())) and ties(known, sources))


def _has_its_score(row: Placed) -> bool:
    """Whether the score of a row is its weight times its rate, where it has all three."""
    weight, score = (figure(row.get(field, "")) for field in ("weight", "score"))
    due = _due(row)
    if weight is None or score is None or due is None:
        return True
    return cells.is_near(score, weight.nominal * due)


def _has_its_rate(row: Placed) -> bool:
    """Whether the rate of a row is that of its amounts."""
    due, text = _due(row), row.get("execution_rate")
    return due is not None and text is not None and _is_rate(text, due)


def _due(row: Placed) -> Fraction | None:
    executed, revised = (figure(row.get(field, "")) for field in ("executed", "revised"))
    if executed is None or revised is None or not revised.value:
        return None
    return executed.nominal / revised.nominal


def _is_rate(text: str, due: Fraction) -> bool:
    value = figure(text)
    if value is None:
        return False
    readings = [value] if value.unit.symbol else [value, Figure(value=value.value, unit="%")]
    return any(cells.is_near(reading, due) for reading in readings)


def _plausible(
    fields: Sequence[str], values: Sequence[str], total: Placed
) -> Iterator[dict[str, str]]:
    """The ways to put the values of a source into columns that say something likely: its weight
    is that of the total once more, and its rate its own or that of the total."""
    is_full = len(values) == len(fields)
    for choice in _choices(fields, values):
        likely = all(
            _is_likely(field, text, choice, total)
            for field, text in choice.items()
            if not (is_full and field == "score")
        )
        if likely:
            yield choice


def _are_as_precise(row: Placed, total: Placed) -> bool:
    """Whether the amounts of a row have as many decimals as those of the total."""
    return all(
        _decimals(text) == _decimals(total[field])
        for field, text in row.items()
        if field in AMOUNTS and field in total
    )


def _decimals(text: str) -> int:
    return sum(c.isdigit() for c in text.partition(".")[2])


def _is_likely(field: str, text: str, row: Placed, total: Placed) -> bool:
    if is_mark(text):
        return True
    if field in _POINTS:
        return figure(text) is not None and _same(text, total.get(field, ""))
    if field in _RATES:
        value, due = figure(text), _due(row)
        is_percent = value is not None and value.unit.symbol == "%"
        is_own = due is not None and _is_rate(text, due)
        return is_percent or is_own or _same(text, total.get(field, ""))
    return True


def _same(text: str, other: str) -> bool:
    first, second = figure(text), figure(other)
    return first is not None and second is not None and first.nominal == second.nominal


def ties(total: Placed, sources: Sequence[Placed]) -> bool:
    """Whether sources make the total, column by column; a blank counts as nothing."""
    for field in AMOUNTS:
        value = figure(total.get(field, ""))
        parts = [figure(row.get(field, "")) for row in sources]
        if value is None:
            continue
        if sum((part.nominal for part in parts if part), start=Fraction(0)) != value.nominal:
            return False
    return True
