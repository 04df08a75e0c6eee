"""What a report shows of how precise its numbers are, beyond their columns."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction

from budgetperf.exact import MONEY, Figure
from budgetperf.exact.figure import as_rounded, last_place
from budgetperf.model import SelfEvaluation
from budgetperf.relations.binding import Indexed, figures_of, indexed, with_figures

__all__ = ["with_round_amounts"]


def with_round_amounts(report: SelfEvaluation) -> Indexed:
    """The report with whole amounts taken as rounded, where it prints others with decimals.

    A column of whole 万元 is exact as long as nothing in the report is finer. Beside a table in 元,
    or with decimals, a text in whole 万元 is the same money in round numbers; where the decimals go
    as far as 万元, as 1.63百万元 do, it is as round as they are.
    """
    report = indexed(report)
    by_place: dict[Fraction, list[tuple[str, Figure]]] = defaultdict(list)
    for path, figure in figures_of(report):
        if figure.unit.dimension == MONEY:
            by_place[last_place(figure)].append((path, figure))
    finest = min(by_place, default=Fraction(0))
    is_rounded = any(figure.places > 0 and not figure.is_exact for _, figure in by_place[finest])
    round_ones = {
        id(figure): path
        for place, amounts in by_place.items()
        if is_rounded or place > finest
        for path, figure in amounts
        if figure.is_exact
    }
    if not round_ones:
        return report

    def read(figure: Figure) -> Figure:
        return as_rounded(figure) if id(figure) in round_ones else figure

    return with_figures(report, read, set(round_ones.values()))
