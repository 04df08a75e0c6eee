"""What a report shows of how precise its numbers are, beyond their columns."""

from __future__ import annotations

from fractions import Fraction

from budgetperf.exact import MONEY, Figure
from budgetperf.exact.figure import as_rounded, last_place
from budgetperf.model import SelfEvaluation, map_figures
from budgetperf.relations.binding import Indexed, figures_of, indexed

__all__ = ["with_round_amounts"]


def with_round_amounts(report: SelfEvaluation) -> Indexed:
    """The report with whole amounts taken as rounded, where it prints others with decimals.

    A column of whole 万元 is exact as long as nothing in the report is finer. Beside a table in 元,
    or with decimals, a text in whole 万元 is the same money in round numbers; where the decimals go
    as far as 万元, as 1.63百万元 do, it is as round as they are.
    """
    report = indexed(report)
    amounts = [
        (path, figure, last_place(figure))
        for path, figure in figures_of(report)
        if figure.unit.dimension == MONEY
    ]
    finest = min({place for _, _, place in amounts}, default=Fraction(0))
    is_rounded = any(
        place == finest and figure.places > 0 and not figure.is_exact
        for _, figure, place in amounts
    )

    round_ones = {
        id(figure): path for path, figure, place in amounts if is_rounded or place > finest
    }

    def read(_: str, figure: Figure) -> Figure:
        return as_rounded(figure) if id(figure) in round_ones else figure

    return indexed(map_figures(report, read, only=set(round_ones.values())))
