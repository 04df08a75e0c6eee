"""Figures that are equal by rule: that they are shows no copying."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from fractions import Fraction

import attrs

__all__ = ["Rows"]


@attrs.frozen(kw_only=True)
class Rows:
    """The values of a report by row and column, zeros left out: they say nothing.

    A row is what stands in a list, such as an indicator, or beside others, such as a total.
    """

    values: Mapping[str, Mapping[str, Fraction]]

    @classmethod
    def of(cls, figures: Iterable[tuple[str, Fraction]]) -> Rows:
        """The values at these paths; of several at one path the first."""
        values: dict[str, dict[str, Fraction]] = defaultdict(dict)
        for path, value in figures:
            row, column = _cell(path)
            if value:
                values[row].setdefault(column, value)
        return cls(values=values)

    def equal(self, path: str, other: str) -> Fraction:
        """How often two figures are equal that stand to each other like these: the same two columns
        in other rows, the same two rows in other columns, or one column in other rows of a list; 0
        where there are none.

        Where most are, as the budgets of each source or the weights of indicators, it shows nothing
        that these two are.

        Args:
            path: that of a figure.
            other: that of another one.
        """
        (row, column), (other_row, other_column) = _cell(path), _cell(other)
        if row == other_row:
            beside = (values for name, values in self.values.items() if name != row)
            pairs = [
                values[column] == values[other_column]
                for values in beside
                if column in values and other_column in values
            ]
            return _share(sum(pairs), len(pairs))
        if column != other_column:
            return Fraction(0)
        own, others = self.values.get(row, {}), self.values.get(other_row, {})
        pairs = [own[name] == others[name] for name in own if name in others and name != column]
        return max(_share(sum(pairs), len(pairs)), self._in_list(row, column, other_row))

    def _in_list(self, row: str, column: str, other_row: str) -> Fraction:
        """How often two figures of a column are equal in the rows of the list but the first."""
        name = _list(row)
        if not name or name != _list(other_row):
            return Fraction(0)
        below = (values for beside, values in self.values.items() if _list(beside) == name)
        counts = Counter(values[column] for values in below if column in values)
        own = self.values.get(row, {}).get(column)
        if own is not None:
            counts[own] -= 1
        total = counts.total()
        return _share(sum(n * (n - 1) for n in counts.values()), total * (total - 1))


def _share(part: int, whole: int) -> Fraction:
    return Fraction(part, whole) if whole > 0 else Fraction(0)


def _cell(path: str) -> tuple[str, str]:
    """The row of a figure and its column."""
    element, bracket, column = path.rpartition("]")
    if bracket:
        return f"{element}]", column
    row, _, column = path.rpartition(".")
    return row, f".{column}"


def _list(row: str) -> str:
    """The list that a row stands in; ``""`` if in none."""
    return row.rpartition("[")[0] if row.endswith("]") else ""
