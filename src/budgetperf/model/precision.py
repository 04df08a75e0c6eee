"""The precision that belongs to the column or the phrase, not to how one cell was typed."""

from __future__ import annotations

import functools
import re
from collections import defaultdict

import attrs

from budgetperf.exact import Figure, RoundingMode, share_precision

from .paths import figures, map_figures
from .report import SelfEvaluation

__all__ = ["with_column_precision"]

# Figures whose paths match one pattern, with the same groups, are one column. Results (rates)
# stay rounded even where all of them are whole.
_AMOUNTS_AND_VALUES = (
    r"(\w+)\.(?:funding\.(?:total|sources\[\d+\])\.(?:initial|revised|executed)|adjustment\.amount)",
    r"(\w+)\.(basic|project)_expenditure\.(?:.+\.)?(?:initial|revised|executed)",
    r"(\w+)\.three_public\..+\.(?:budget|executed)",
    r"(\w+)\.procurement\.(?:budget|executed)",
    r"(\w+)\.fixed_assets\.\w+",
    r"(\w+)\.(?:indicators\[\d+\]\.score|funding\.(?:total|sources\[\d+\])\.score|total_score)",
    r"(\w+)\.indicators\[\d+\]\.(actual|midyear)",
)
_RESULTS = (
    r"(form)\.funding\.(?:total|sources\[\d+\])\.execution_rate",
    r"(form)\.indicators\[\d+\]\.(completion_rate|deviation)",
)
_EXACT = (".target.value", ".weight")
_COLUMN = [re.compile(pattern) for pattern in _AMOUNTS_AND_VALUES + _RESULTS]


def with_column_precision(report: SelfEvaluation) -> SelfEvaluation:
    """The report with each figure as precise as its column.

    Amounts of one phrase or column share the most decimals that any of them shows, and are exact
    where all are whole; so do scores with their total, and actual values. Targets and weights are
    exact. Rates are results and stay rounded: in the form they share the decimals of their column,
    in the text each is a phrase of its own. A repeated printing is as precise as it was printed.
    """
    columns: dict[tuple[int, tuple[str, ...]], list[tuple[str, Figure]]] = defaultdict(list)
    for path, figure in figures(attrs.evolve(report, repeated=())):
        column = _column(path)
        if column:
            columns[column].append((path, figure))
    precise: dict[str, tuple[Figure, Figure]] = {}
    for (number, _), members in columns.items():
        own = [figure for _, figure in members]
        for (path, figure), shared in zip(members, share_precision(own), strict=True):
            if number >= len(_AMOUNTS_AND_VALUES):
                shared = attrs.evolve(shared, rounding=figure.rounding or RoundingMode.HALF_UP)
            precise[path] = figure, shared

    def adjusted(path: str, figure: Figure) -> Figure:
        if path.endswith(_EXACT):
            return figure if figure.is_exact else attrs.evolve(figure, rounding=None)
        before, shared = precise.get(path, (figure, figure))
        return shared if before is figure or before == figure else figure

    return map_figures(report, adjusted)


@functools.lru_cache(maxsize=4096)
def _column(path: str) -> tuple[int, tuple[str, ...]] | None:
    """Which column the figure at ``path`` belongs to, if any."""
    for number, pattern in enumerate(_COLUMN):
        match = pattern.fullmatch(path)
        if match:
            return number, match.groups()
    return None
