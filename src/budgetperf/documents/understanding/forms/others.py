"""Tables that stand beside a form and are none of it, told by their headers."""

from __future__ import annotations

from collections.abc import Sequence

from .head import heads_projects
from .vocabulary import vocabulary
from .years import heads_years

__all__ = ["heads_others"]


def heads_others(texts: Sequence[str]) -> bool:
    """Whether cells are the header of a list of projects or of a table of several years, whose rows
    are no indicators."""
    known = vocabulary()
    return heads_projects(texts, known) or heads_years(texts, known)
