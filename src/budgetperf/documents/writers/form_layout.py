"""The forms that can be written, as data: which cell stands where, and what its words are."""

from __future__ import annotations

import functools
import tomllib

import attrs

from budgetperf.exact import LIST, NotFoundError, Text
from budgetperf.exact.text import shown
from budgetperf.model import EvaluationKind
from budgetperf.plain.structuring import data_folder, make_converter, structure

__all__ = ["ColumnPlace", "FormLayout", "IdentityCell", "form_layout", "form_layouts"]


@attrs.frozen(kw_only=True)
class Stretch:
    """Columns side by side, counted from 1.

    Args:
        at: the first.
        to: the last; 0 if it is the same.
    """

    at: int
    to: int = 0

    @property
    def columns(self) -> int:
        """How many these are."""
        return max(self.to - self.at + 1, 1)


@attrs.frozen(kw_only=True)
class ColumnPlace(Stretch):
    """A column of a block: the field, and the word above it."""

    field: str
    word: str


@attrs.frozen(kw_only=True)
class IdentityCell(Stretch):
    """A label of the head, and the path of what stands beside it."""

    word: str
    path: str


@attrs.frozen(kw_only=True)
class IdentityRow:
    """A row of the head."""

    cells: tuple[IdentityCell, ...]


@attrs.frozen(kw_only=True)
class FundingPlaces:
    """The funding block: the word beside it and above its names, where the names stand, what the
    row of the total is called, and the columns."""

    label: str
    word: str
    name: Stretch
    total: str
    columns: tuple[ColumnPlace, ...]


@attrs.frozen(kw_only=True)
class GoalPlaces:
    """The goal of the year: the word beside it, and the columns."""

    label: str
    columns: tuple[ColumnPlace, ...]


@attrs.frozen(kw_only=True)
class MoreColumn:
    """A column that only an empty form has: the field, and the word above it."""

    field: str
    word: str


@attrs.frozen(kw_only=True)
class IndicatorPlaces:
    """The indicators: the word beside them, what the row of the total is called, the columns, and
    those behind these that an empty form has for what the text says of each."""

    label: str
    total: str
    columns: tuple[ColumnPlace, ...]
    more: tuple[MoreColumn, ...] = ()


@attrs.frozen(kw_only=True)
class FormLayout:
    """A form as it is written.

    Args:
        id: a stable id.
        title: which form it is.
        kind: what it evaluates.
        heading: what stands above it.
        widths: of its columns, in characters of half width.
        identity: the rows of its head.
        funding: the funds.
        goal: the goal of the year.
        indicators: the indicators.
        basic_data: whether a table of the basic data of a department stands beside it.
    """

    id: str
    title: Text
    kind: EvaluationKind
    heading: str
    widths: tuple[int, ...]
    identity: tuple[IdentityRow, ...]
    funding: FundingPlaces
    goal: GoalPlaces
    indicators: IndicatorPlaces
    basic_data: bool = False


@functools.cache
def form_layouts() -> tuple[FormLayout, ...]:
    """The forms that can be written."""
    folder = data_folder("budgetperf.documents", "writers") / "layouts"
    files = sorted(folder.iterdir(), key=lambda file: file.name)
    return tuple(
        structure(
            make_converter(),
            tomllib.loads(file.read_text(encoding="utf-8")),
            FormLayout,
            code="bad-layout",
        )
        for file in files
        if file.name.endswith(".toml")
    )


def form_layout(id: str | None, kind: EvaluationKind) -> FormLayout:
    """The form of that id; without one the first of those that evaluate this.

    Raises:
        NotFoundError: there is none; those that there are are named.
    """
    known = form_layouts()
    fitting = [form for form in known if form.id == id or (id is None and form.kind is kind)]
    if fitting:
        return fitting[0]
    if id is None:  # of a region there is no form of its own
        return known[0]
    message = Text(zh="没有表式 {}；有的是 {}", en="there is no form {}; there are {}")
    names = LIST.join(form.id for form in known)
    raise NotFoundError("unknown-layout", message.fill(shown(id), names), field="layout")
