"""A number of a text, and what the words around it say that it is."""

from __future__ import annotations

from fractions import Fraction

import attrs

from budgetperf.exact import Figure
from budgetperf.exact.figure import read_figure

from .sentences import Number

__all__ = ["Mention", "Origin", "nominal"]


@attrs.frozen(kw_only=True)
class Origin:
    """A source of money as the text names it."""

    kind: str
    label: str

    @property
    def key(self) -> str:
        """What names it in a path."""
        return self.kind if self.kind != "unlisted" else f"unlisted·{self.label}"


@attrs.define(kw_only=True, eq=False)
class Mention:
    """A number, and what the words around it say that it is.

    Args:
        number: the number.
        kind: ``money``, ``rate``, ``count``, ``score``, ``completion``, ``task``, ``list``.
        name: what is counted or paid, as the text says it.
        role: its place in the budget, or the field that it is.
        strength: how surely its role is that of the whole: 2, 1 or 0.
        origin: the source that it is of.
        step: what it is among amounts that make up another.
        batch: the name of the batch that it is.
        parts: those that it is split into.
        is_own: whether it is this unit's, and not of something else that the words name.
        before: the amount before it in the same sentence.
        heading: the heading that it stands under.
        project: the project that its sentence, or one before it in the paragraph, begins with.
        is_cumulative: whether it is said to be all so far, of whatever years.
        is_of_year: whether it is said to be of the year that is evaluated.
        whole: the amount that it is a part of.
        is_dropped: whether it is no figure of this report.
        is_of_either: whether it is of the budget at the start of the year or of that of the year.
        is_of_current: whether it is said to be of this year, as beside what was carried over.
        is_of_month: whether it is what was paid or received in one month.
        is_of_all: whether people are said to be all of those of the department.
        is_of_body: whether they are said to be of the body itself, which may have others below it.
        is_counted: whether something counted that may have these parts stands before them.
        has_bare_bracket: whether a bracket behind it does not say that it gives parts.
        is_grand_total: whether it is all that was spent, and what is left.
        sentence: the number of its sentence.
        is_named: whether it, or what its sentence begins with, says what its money is for.
        why: why it is not used, where it is understood.
        reason: what is said behind an indicator of why it deviates.
    """

    number: Number | None
    kind: str
    name: str = ""
    role: str = ""
    strength: int = 0
    origin: Origin | None = None
    step: str = ""
    batch: str = ""
    parts: list[Mention] = attrs.Factory(list["Mention"])
    is_own: bool = True
    before: Mention | None = None
    heading: str = ""
    project: str = ""
    is_cumulative: bool = False
    is_of_year: bool = False
    whole: Mention | None = None
    is_dropped: bool = False
    is_of_either: bool = False
    is_of_current: bool = False
    is_of_month: bool = False
    is_of_all: bool = False
    is_of_body: bool = False
    is_counted: bool = False
    has_bare_bracket: bool = False
    is_grand_total: bool = False
    sentence: int = 0
    is_named: bool = False
    why: str = ""
    reason: str = ""

    @property
    def root(self) -> Mention:
        """The amount that it is in the end a part of, or itself."""
        return self if self.whole is None else self.whole.root

    @property
    def is_of_whole(self) -> bool:
        """Whether it is said without a name, so that it is of the whole or of its chapter."""
        return self.kind in ("money", "rate") and bool(self.role) and self.is_own


def nominal(mention: Mention) -> Fraction:
    """The amount; 0 where it cannot be read."""
    figure = None if mention.number is None else read_figure(mention.number.text)
    return figure.nominal if isinstance(figure, Figure) else Fraction(0)
