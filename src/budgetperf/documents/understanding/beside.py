"""What stands beside a form and was read by itself: it goes to whichever report the form is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import attrs

from budgetperf.documents.basic_data import plain

from .assembling import Found
from .segments import Segment

__all__ = ["NOTHING_BESIDE", "Beside", "NamedRow"]


@attrs.frozen(kw_only=True)
class NamedRow:
    """What a table says of an indicator, which it only names.

    Args:
        name: its name.
        found: each value at its field.
        segments: the cells that hold them.
    """

    name: str
    found: tuple[Found, ...]
    segments: tuple[Segment, ...]


@attrs.frozen(kw_only=True)
class Beside:
    """What a table beside the form states.

    Args:
        found: each value at its path.
        rows: what it says of indicators of the form.
        segments: its cells, with what was understood of them.
    """

    found: tuple[Found, ...] = ()
    rows: tuple[NamedRow, ...] = ()
    segments: tuple[Segment, ...] = ()

    def among(self, values: Sequence[Found]) -> list[Found]:
        """What it states in the report that has these values, at its paths: of indicators what is
        said of those whose names the form has as often."""
        found = list(self.found)
        places, rows = defaultdict[str, list[str]](list), defaultdict[str, list[NamedRow]](list)
        for value in values:
            where, _, field = value.path.rpartition(".")
            if field == "name" and where.startswith("form.indicators["):
                places[plain(str(value.value))].append(where)
        for row in self.rows:
            rows[plain(row.name)].append(row)
        for name, several in rows.items():
            if len(places[name]) != len(several):
                continue
            for where, row in zip(places[name], several, strict=True):
                found += [attrs.evolve(one, path=f"{where}.{one.path}") for one in row.found]
                for segment in row.segments:
                    segment.understand(0, segment.length)
        return found


NOTHING_BESIDE = Beside()
