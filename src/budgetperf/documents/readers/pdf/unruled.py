"""Tables without lines: told by gaps one below the other.

Where each row is one line and its columns are plain, it is a table like any other. Where cells take
several lines nobody can say for certain what belongs together: it is no text either, and is told.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

import attrs

from .lines import Line, lines_of

__all__ = ["Unruled", "with_unruled"]

_GAP = 1.0
"""How wide a gap between columns is at least, in sizes of the text."""
_FEWEST = 3
"""How many columns, and how many lines of so many, there are at least."""
_BETWEEN = 4
"""How many lines in one piece there may be from one in several to the next."""
_ALIGNED = 2.0


@attrs.frozen
class Unruled:
    """Lines that stand in columns.

    Args:
        lines: the lines.
        rows: the texts by column, if it is plain what they are; else nothing.
    """

    lines: tuple[Line, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def base(self) -> float:
        """Where it begins, down."""
        return self.lines[0].base


def with_unruled(lines: Sequence[Line]) -> Iterator[Line | Unruled]:
    """The lines of a page from top to bottom, those in columns together."""
    parts = [_parts(line) for line in lines]
    runs: list[list[int]] = []
    for at in (at for at, own in enumerate(parts) if len(own) > 1):
        if runs and at - runs[-1][-1] <= _BETWEEN + 1:
            runs[-1].append(at)
        else:
            runs.append([at])
    done = 0
    for run in runs:
        if not _is_table([parts[at] for at in run]):
            continue
        yield from lines[done : run[0]]
        done = run[-1] + 1
        inside = slice(run[0], done)
        yield Unruled(tuple(lines[inside]), tuple(_rows(parts[inside])))
    yield from lines[done:]


def _parts(line: Line) -> list[Line]:
    """What stands on a line, parted by gaps."""
    groups = [[line.glyphs[0]]]
    for before, glyph in itertools.pairwise(line.glyphs):
        if glyph.x0 - before.x1 > _GAP * line.size:
            groups.append([])
        groups[-1].append(glyph)
    return [line] if len(groups) == 1 else [part for own in groups for part in lines_of(own)]


def _is_table(rows: Sequence[Sequence[Line]]) -> bool:
    """Whether parts stand below each other, and there are figures among them."""
    run = [own for own in rows if len(own) >= _FEWEST]
    if len(run) < _FEWEST:
        return False
    with_digits = sum(any(c.isdigit() for part in own for c in part.text) for own in run)
    aligned = sum(
        sum(any(_are_aligned(part, other) for other in below) for part in above) >= 2
        for above, below in itertools.pairwise(run)
    )
    return with_digits >= 2 and aligned * 2 >= len(run) - 1


def _are_aligned(part: Line, other: Line) -> bool:
    middles = (part.x0 + part.x1) / 2, (other.x0 + other.x1) / 2
    pairs = ((part.x0, other.x0), (part.x1, other.x1), middles)
    return any(abs(a - b) <= _ALIGNED for a, b in pairs)


def _rows(parts: Sequence[Sequence[Line]]) -> Iterator[tuple[str, ...]]:
    """The texts by column; nothing where a part may belong to several, or a row take two lines."""
    spans: list[tuple[float, float]] = []
    for x0, x1 in sorted((part.x0, part.x1) for own in parts for part in own):
        if spans and x0 <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], x1))
        else:
            spans.append((x0, x1))
    if any(len(own) < 2 for own in parts) or len(spans) != max(map(len, parts)):
        return
    placed = [
        {next(at for at, (_, end) in enumerate(spans) if part.x0 <= end): part.text for part in own}
        for own in parts
    ]
    if all(len(row) == len(own) for row, own in zip(placed, parts, strict=True)):
        for row in placed:
            yield tuple(row.get(at, "") for at in range(len(spans)))
