"""What stands beside a form and was read by itself: it goes to whichever report the form is."""

from __future__ import annotations

import attrs

from .assembling import Found
from .segments import Segment

__all__ = ["NOTHING_BESIDE", "Beside"]


@attrs.frozen(kw_only=True)
class Beside:
    """What a table beside the form states.

    Args:
        found: each value at its path.
        segments: its cells, with what was understood of them.
    """

    found: tuple[Found, ...] = ()
    segments: tuple[Segment, ...] = ()


NOTHING_BESIDE = Beside()
