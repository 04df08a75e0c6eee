"""What a value object works out once and keeps.

It stands in a slot of a base class, which is empty until then. Not ``functools.cached_property``:
for that attrs gives a slotted class a ``__getattr__``, and the interpreter then takes the long way
round to every attribute of it, however plain.
"""

from __future__ import annotations

from typing import TypeVar

__all__ = ["keep"]

_T = TypeVar("_T")


def keep(instance: object, slot: str, value: _T) -> _T:
    """Put what was worked out into a slot of a value object, and hand it on."""
    object.__setattr__(instance, slot, value)
    return value
