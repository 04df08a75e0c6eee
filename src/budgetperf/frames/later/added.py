"""What is worked out of a table, part by part, whichever engine asks for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol, Self, TypeAlias

from budgetperf.frames.columns import Columns
from budgetperf.frames.engine import Eager

__all__ = ["Added", "Work", "statuses_of"]

Added: TypeAlias = "Mapping[str, tuple[int, int] | None]"
"""The columns that are put beside those of a table: of decimals the digits and how many of them
stand behind the point; ``None`` of text."""


class Work(Protocol):
    """What is put beside the columns of a table."""

    @property
    def columns(self) -> Columns:
        """The columns that it takes."""
        ...

    @property
    def added(self) -> Added:
        """The columns that it puts beside those of the table."""
        ...

    def of_table(self, frame: Eager, /) -> Eager:
        """A table that is there, with what is added; of a part of the rows the same for each."""
        ...

    def on(self, columns: Columns, together: Sequence[str], /) -> Self:
        """The same of a table with other columns.

        Args:
            columns: the columns.
            together: the headers by which rows belong together.
        """
        ...


def statuses_of(work: Work) -> list[str]:
    """The headers of the statuses among the columns that are added: those of text."""
    return [name for name, decimals in work.added.items() if decimals is None]
