"""How values show themselves by displays, for which this is the socket.

A value asks here to be shown, and imports nothing that shows it. Displays stand on a higher floor.
They register what they show here, by its class; the face of the package plugs in where they are
found, so that they are imported when the first value is shown.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TypeAlias

import attrs

from .calls import Called
from .text import BudgetperfError, Text
from .written.brief import in_brief
from .written.foreign import Json

__all__ = [
    "InEnglish",
    "Json",
    "Pictured",
    "Row",
    "Shown",
    "data_of",
    "html_of",
    "picture_of",
    "plug",
    "rows_of",
    "text_of",
]

Row: TypeAlias = "dict[str, str | int | bool | None]"
"""A row of a table for other tools: keys in ASCII, numbers that are not whole as exact text."""

_plugged: list[Callable[[], object]] = []


def plug(displays: Callable[[], object]) -> None:
    """Say how the displays are imported, which register what they show."""
    _plugged[:] = [displays]


def _registered() -> None:
    """Import the displays, once something is to be shown that none is known for."""
    while _plugged:
        _plugged.pop()()


def _unknown(value: object) -> BudgetperfError:
    name = type(value).__name__
    return BudgetperfError(
        "no-display",
        Text(
            zh=f"{name} 尚未接入显示功能：请先 import budgetperf",
            en=f"no display is plugged in for {name}: import budgetperf first",
        ),
    )


@functools.singledispatch
def html_of(value: object, *, lang: str = "zh") -> str:
    """A value as HTML, for a notebook."""
    if not _plugged:
        raise _unknown(value)
    _registered()
    return html_of(value, lang=lang)


@functools.singledispatch
def text_of(value: object, *, lang: str, **options: bool) -> str:
    """A value as plain text of several lines."""
    if not _plugged:
        raise _unknown(value)
    _registered()
    return text_of(value, lang=lang, **options)


@functools.singledispatch
def data_of(value: object) -> dict[str, Json]:
    """A value as plain data for JSON."""
    if not _plugged:
        raise _unknown(value)
    _registered()
    return data_of(value)


@functools.singledispatch
def rows_of(value: object) -> list[Row]:
    """A value as rows of a table."""
    if not _plugged:
        raise _unknown(value)
    _registered()
    return rows_of(value)


@functools.singledispatch
def picture_of(value: object, *, lang: str = "zh", **words: Text | None) -> str:
    """A value as a picture: SVG, with words of its own for what it shows."""
    if not _plugged:
        raise _unknown(value)
    _registered()
    return picture_of(value, lang=lang, **words)


class Shown(Called):
    """What shows itself: in a notebook, as text, as data for JSON and as rows of a table.

    The words are Chinese where no language is asked for; ``in_english()`` is the same in English.
    """

    __slots__ = ()

    def to_text(self, *, lang: str = "zh") -> str:
        """Plain text; ``str()`` is the one in Chinese.

        Args:
            lang: ``"zh"`` or ``"en"``.
        """
        return text_of(self, lang=lang)

    def to_html(self, *, lang: str = "zh") -> str:
        """A piece of HTML that needs nothing else, as a notebook shows it: no script, no links.

        Args:
            lang: ``"zh"`` or ``"en"``.
        """
        return html_of(self, lang=lang)

    def to_data(self) -> dict[str, Json]:
        """Plain data for JSON; numbers are exact, and text where they are not whole."""
        return data_of(self)

    def to_rows(self) -> list[Row]:
        """Rows of a table, for a data frame: ``pandas.DataFrame(value.to_rows())``.

        The keys are ASCII and stable. Numbers are exact and written as text, such as ``"0.1"`` or
        ``"1/3"``, which ``Fraction`` reads; what is not there is ``None``.
        """
        return rows_of(self)

    def in_english(self) -> InEnglish:
        """The same, shown in English: for the last line of a cell, and for ``print``."""
        return InEnglish(self)

    def __str__(self) -> str:
        return self.to_text()

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        return self.to_html()


class Pictured:
    """What has a picture at a glance; what it shows the class says."""

    __slots__ = ()

    def to_svg(self, *, title: Text | None = None, lang: str = "zh") -> str:
        """The picture: SVG without scripts, which needs nothing else; light and dark.

        Args:
            title: what stands above it.
            lang: ``"zh"`` or ``"en"``.
        """
        return picture_of(self, title=title, lang=lang)


@attrs.frozen(repr=False)
class InEnglish:
    """A value as it is shown in English. It holds no words: they are found when it is shown.

    Args:
        value: what is shown.
    """

    value: Shown

    def __str__(self) -> str:
        return self.value.to_text(lang="en")

    def __repr__(self) -> str:
        return in_brief(self, repr(self.value))

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        return self.value.to_html(lang="en")
