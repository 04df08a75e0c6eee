"""What a report shows of how precise its numbers are, beyond their columns."""

from __future__ import annotations

from fractions import Fraction

from budgetperf.exact import MONEY, Figure
from budgetperf.exact.figure import as_rounded, last_place
from budgetperf.model import SelfEvaluation, figures, map_figures

__all__ = ["with_round_amounts"]


def with_round_amounts(report: SelfEvaluation) -> SelfEvaluation:
    """The report with whole amounts taken as rounded, where it prints finer ones elsewhere.

    A column of whole 万元 is exact as long as nothing in the report is finer. Beside a table in 元,
    or with decimals, a text in whole 万元 is the same money in round numbers.
    """
    amounts = [(p, last_place(f)) for p, f in figures(report) if f.unit.dimension == MONEY]
    finest = min({place for _, place in amounts}, default=Fraction(0))

    def read(_: str, figure: Figure) -> Figure:
        is_round = figure.unit.dimension == MONEY and last_place(figure) > finest
        return as_rounded(figure) if is_round else figure

    return map_figures(report, read, only={path for path, place in amounts if place > finest})
