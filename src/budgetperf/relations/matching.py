"""Which rows of several tables are the same thing: indicators, or sources, of two statements."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias, cast

from budgetperf.exact import Figure
from budgetperf.exact.interval import interval_sum, meet
from budgetperf.model import Element, Funding, FundingSource, Indicator, SelfEvaluation, resolve
from budgetperf.model.indicators import plain_name

__all__ = ["Rows", "same_rows"]

Rows: TypeAlias = Mapping[str, int | None]
"""For each of several tables, by its path, the index of the element, if it is known which."""


def same_rows(
    report: SelfEvaluation, tables: Mapping[str, Mapping[int, Element]]
) -> Iterator[Rows]:
    """The elements of several tables that are the same thing: by key.

    Where one key occurs more than once, the longer key (for an indicator with its headings)
    decides; where it does not either, the element is ``None``: which one is meant is not guessed.
    Headings of which some are blank do not: a blank one may stand under that of another row.

    Args:
        report: the report.
        tables: the elements that state something, by the path of their table and by index.
    """
    # One table has nothing to be matched with: a name that stands twice in it is in no doubt.
    if len(tables) == 1:
        ((container, table),) = tables.items()
        yield from ({container: index} for index in table)
        return
    grouped: dict[str, dict[str, list[int]]] = defaultdict(lambda: {c: [] for c in tables})
    for container, table in tables.items():
        for index, item in table.items():
            grouped[item.key][container].append(index)
    for same in grouped.values():
        if all(len(indices) < 2 for indices in same.values()):
            alone = {c: indices[0] for c, indices in same.items() if indices}
            are_apart = _are_apart(report, {f"{c}[{i}]": tables[c][i] for c, i in alone.items()})
            yield from ({c: index} for c, index in alone.items()) if are_apart else [alone]
            continue
        longer = dict.fromkeys(tables[c][i].long_key for c, rows in same.items() for i in rows)
        are_headed = all(_are_headed(tables[c][i] for i in rows) for c, rows in same.items())
        for name in longer:
            own = {c: [i for i in same[c] if tables[c][i].long_key == name] for c in same}
            sure = are_headed and all(len(indices) == 1 for indices in own.values())
            yield {c: indices[0] if sure else None for c, indices in own.items()}


def _are_apart(report: SelfEvaluation, items: Mapping[str, Element]) -> bool:
    """Whether sources of one kind may be two: of two levels, or left out of the other's list."""
    sources = {path: item for path, item in items.items() if isinstance(item, FundingSource)}
    levels = {source.level for source in sources.values()} - {""}
    names = {_AMONG.sub("", plain_name(source.label)) for source in sources.values()} - {""}
    lists = (resolve(report, path.rpartition(".sources[")[0]) for path in sources)
    return len(levels) > 1 or (
        len(names) > 1 and not any(_makes_total(cast("Funding", funding)) for funding in lists)
    )


_AMONG = re.compile(r"^其中|[：:，、]")


def _makes_total(funding: Funding) -> bool:
    """Whether the list of sources makes up its total, in the first amount that all state.

    A total of 0 says nothing, nor do figures in different units.
    """
    for name in ("initial", "revised", "executed"):
        total, *parts = (getattr(row, name) for row in (funding.total, *funding.sources))
        figures = [figure for figure in (total, *parts) if isinstance(figure, Figure)]
        dimensions = {figure.unit.dimension for figure in figures}
        # More figures than parts: the total and every part state this amount.
        if len(figures) > len(parts) and len(dimensions) == 1 and total.nominal:
            return meet(total.interval, interval_sum(part.interval for part in parts))
    return False


def _are_headed(items: Iterable[Element]) -> bool:
    """Whether all indicators of one name have headings of the same levels, if there are several."""
    levels = [
        (isinstance(item.level1, str), isinstance(item.level2, str))
        for item in items
        if isinstance(item, Indicator)
    ]
    return len(levels) < 2 or (len(set(levels)) == 1 and any(levels[0]))
