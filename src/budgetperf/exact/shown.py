"""The socket for displays: a value asks here to be shown, and imports nothing that shows it.

Displays stand on a higher floor. They register what they show here, by its class; the face of the
package plugs in where they are found, so that they are imported when the first value is shown.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TypeAlias

from .text import BudgetperfError, Text

__all__ = ["Json", "data_of", "html_of", "picture_of", "plug", "text_of"]

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | bool | None"
"""Plain data as JSON has it; numbers that are not whole are text."""

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
            zh=f"{name} 没有接上显示：请先 import budgetperf",
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
def picture_of(
    value: object, *, title: Text | None = None, measure: Text | None = None, lang: str = "zh"
) -> str:
    """A value as a picture: SVG."""
    if not _plugged:
        raise _unknown(value)
    _registered()
    return picture_of(value, title=title, measure=measure, lang=lang)
