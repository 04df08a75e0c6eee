"""How a computed value is printed: in the unit and with the decimals of its column."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from fractions import Fraction

import attrs

from budgetperf.exact import Figure, RoundingMode, Unit
from budgetperf.model import SelfEvaluation, figures
from budgetperf.model.fields import FigureKind
from budgetperf.model.paths import kind_of
from budgetperf.model.precision import column_of

__all__ = ["Due", "printed"]


@attrs.frozen(kw_only=True)
class Due:
    """A value that is to be printed.

    Args:
        value: the exact value in base units.
        unit: the unit that it is printed in.
        places: so many decimals at most where its own do not end, or do so later.
        exact: whether it is printed with all its decimals: a sum of printed figures.
    """

    value: Fraction
    unit: Unit
    places: int
    exact: bool = False


def printed(
    report: SelfEvaluation, due: Mapping[str, Due], *, keeps: bool = False
) -> dict[str, Figure]:
    """The figures for these paths, each column with as many decimals as its values need.

    A column that was stated with decimals keeps these. One of whole numbers, or of which nothing
    was stated, gets as few as show all its values, and no more than ``Due.places``. Rounding is
    half-up.

    Args:
        report: the report so far.
        due: the values.
        keeps: whether rates beside a whole 100% are whole, too: it is a rounded one.
    """
    stated: dict[object, list[Figure]] = defaultdict(list)
    for path, figure in figures(report):
        stated[_column(path)].append(figure)
    columns: dict[object, list[str]] = defaultdict(list)
    for path in due:
        columns[_column(path)].append(path)
    made: dict[str, Figure] = {}
    for column, paths in columns.items():
        known = stated[column]
        symbols = dict.fromkeys(due[path].unit.symbol for path in paths)
        for symbol in symbols:
            own = [path for path in paths if due[path].unit.symbol == symbol]
            beside = [figure for figure in known if figure.unit.symbol == symbol]
            places = _places([due[path] for path in own], beside, keeps=keeps)
            made |= {path: _figure(path, due[path], places) for path in own}
    return {path: made[path] for path in due}


def _column(path: str) -> object:
    """What shares its decimals; a figure of no column, such as a rate in the text, stands alone."""
    return column_of(SelfEvaluation, path) or path


def _places(due: Sequence[Due], stated: Sequence[Figure], *, keeps: bool) -> int:
    most = max((figure.places for figure in stated), default=0)
    # A rate of 100% is most often one that was not rounded; one of 53% was.
    whole = (0,) if keeps else (0, 1)
    if any(not figure.is_exact and (most > 0 or figure.nominal not in whole) for figure in stated):
        return max(most, *(_ends(value) for value in due if value.exact), 0)
    return max(most, *(_ends(value) for value in due), 0)


def _ends(due: Due) -> int:
    """How many decimals the value needs; its limit where they do not end before."""
    value = due.value / due.unit.scale
    places = 0
    while (due.exact or places < due.places) and (value * 10**places).denominator != 1:
        places += 1
    return places


def _figure(path: str, due: Due, places: int) -> Figure:
    made = Figure.rounded(due.value, unit=due.unit, places=places, rounding=RoundingMode.HALF_UP)
    is_whole = places == 0 and due.value == made.nominal
    if is_whole and kind_of(path) is not FigureKind.RATE:
        return attrs.evolve(made, rounding=None)
    return made
