"""What a preparer leaves to the library: everything that follows from the figures of the year."""

from __future__ import annotations

from .composer import compose
from .composition import Asked, Composition, Computed, LeftOpen

__all__ = ["Asked", "Composition", "Computed", "LeftOpen", "compose"]
