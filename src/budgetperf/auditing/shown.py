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

    def is_round(place: Fraction) -> bool:
        return is_rounded or place > finest

    def read(_: str, figure: Figure) -> Figure:
        is_money = figure.unit.dimension == MONEY
        return as_rounded(figure) if is_money and is_round(last_place(figure)) else figure

    round_ones = {path for path, _, place in amounts if is_round(place)}
    return indexed(map_figures(report, read, only=round_ones))
