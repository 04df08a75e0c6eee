"""Sets as bit masks: bit n stands for the n-th printing of a system, or place of a block."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

__all__ = ["NOTHING", "Mask", "bits", "mask_of", "united"]

# Sets are joined and compared millions of times in one diagnosis, which integers do in one step.
# So a mask is an integer when the program runs; to a type checker it is more than that: what is
# combined of masks is a mask, and a count or an index is none.
if TYPE_CHECKING:

    class Mask(int):
        """A set of printings."""

        def __and__(self, other: int, /) -> Mask: ...
        def __or__(self, other: int, /) -> Mask: ...
        def __xor__(self, other: int, /) -> Mask: ...
        def __invert__(self) -> Mask: ...

else:
    Mask = int

NOTHING = Mask(0)


def mask_of(places: Iterable[int]) -> Mask:
    """The set of the printings at some places."""
    mask = NOTHING
    for place in places:
        mask |= 1 << place
    return mask


def united(masks: Iterable[Mask]) -> Mask:
    """All printings of some sets."""
    everything = NOTHING
    for mask in masks:
        everything |= mask
    return everything


def bits(mask: Mask) -> list[int]:
    """The places of the printings in a set, in order."""
    if not mask & (mask - 1):
        return [mask.bit_length() - 1] if mask else []
    places: list[int] = []
    if mask.bit_count() <= _FEW:
        left: int = mask
        while left:
            low = left & -left
            places.append(low.bit_length() - 1)
            left ^= low
        return places
    digits = f"{mask:b}"[::-1]
    place = digits.find("1")
    while place >= 0:
        places.append(place)
        place = digits.find("1", place + 1)
    return places


_FEW = 6
"""Up to how many bits it is quicker to take them off one by one than to write the mask out."""
