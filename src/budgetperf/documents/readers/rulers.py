"""Tables in text whose columns are as wide as the dashes above them, as pandoc writes them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import attrs

from budgetperf.exact.text import columns

__all__ = ["RuledTable", "ruled_table_at"]

_RULER = re.compile(r" *-{2,}(?: +-{2,})+ *")
_SOLID = re.compile(r" *-{10,} *")
_DASHES = re.compile("-+")
_MOST_LINES = 600
_MOST_HEADERS = 12


@attrs.frozen(kw_only=True)
class RuledTable:
    """A table.

    Args:
        rows: each with its line, counted from 1, and the texts of its cells.
        lines: how many lines it takes.
    """

    rows: tuple[tuple[int, list[str]], ...]
    lines: int


def ruled_table_at(lines: Sequence[str], at: int) -> RuledTable | None:
    """The table that begins with a line, if one does.

    With blank lines between them, rows may have several lines; without, each line is a row. Text
    in which a word goes from one column into the next is none.

    Args:
        lines: those of a text.
        at: the place of the line, counted from 0.
    """
    ruler = _ruler_from(lines, at)
    if ruler is None:
        return None
    starts = _starts(lines[ruler])
    first = at if lines[at] is not lines[ruler] and not _SOLID.fullmatch(lines[at]) else at + 1
    header = [(number, lines[number]) for number in range(first, ruler)]
    end = _end(lines, at, ruler)
    if end is None:
        return None
    is_closed = end < len(lines) and bool(lines[end].strip())
    body = [(number, lines[number]) for number in range(ruler + 1, end)]
    if any(_is_cut(text, starts) for _, text in (*header, *body)):
        return None
    has_blanks = any(not text.strip() for _, text in body)
    groups = [[header]] if header else []
    groups.append(list(_parted(body)) if has_blanks else [[line] for line in body])
    rows = tuple(
        (group[0][0] + 1, _cells([text for _, text in group], starts))
        for several in groups
        for group in several
    )
    return RuledTable(rows=rows, lines=end - at + is_closed) if rows else None


def _ruler_from(lines: Sequence[str], at: int) -> int | None:
    """Where the ruler is of the table that begins with a line."""
    if _RULER.fullmatch(lines[at]):
        return at
    is_solid = _SOLID.fullmatch(lines[at]) is not None
    if not is_solid and (not lines[at].strip() or "-" in lines[at]):
        return None
    most = _MOST_HEADERS if is_solid else 1
    for number in range(at + 1, min(at + 1 + most, len(lines))):
        if _RULER.fullmatch(lines[number]):
            return number
        if not lines[number].strip():
            return None
    return None


def _end(lines: Sequence[str], at: int, ruler: int) -> int | None:
    """Where a table ends: at the line that closes it, or where it needs none, at the first blank
    one; ``None`` where it does not."""
    reach = min(len(lines), ruler + _MOST_LINES)
    # Pandoc ends with a line what begins with one, or with the ruler itself; below a header a blank
    # line is enough.
    if at == ruler or _SOLID.fullmatch(lines[at]):
        closing = lines[at].strip()
        closings = (n for n in range(ruler + 1, reach) if lines[n].strip() == closing)
        return next(closings, None)
    return next((n for n in range(ruler + 1, reach) if not lines[n].strip()), reach)


def _starts(ruler: str) -> list[int]:
    return [match.start() for match in _DASHES.finditer(ruler)]


def _is_cut(text: str, starts: Sequence[int]) -> bool:
    """Whether a word of a line crosses the beginning of a column."""
    width, before = 0, " "
    for sign in text:
        is_word = not sign.isspace()
        inside = range(width, width + max(columns(sign), 1))
        if is_word and any(
            start in inside and (start > width or not before.isspace()) for start in starts[1:]
        ):
            return True
        width, before = inside.stop, sign
    return False


def _parted(body: Sequence[tuple[int, str]]) -> Iterator[list[tuple[int, str]]]:
    """The lines of each row; blank ones part them."""
    group: list[tuple[int, str]] = []
    for number, text in body:
        if text.strip():
            group.append((number, text))
        elif group:
            yield group
            group = []
    if group:
        yield group


def _cells(texts: Sequence[str], starts: Sequence[int]) -> list[str]:
    """What stands below each of the stretches of dashes."""
    below: list[list[str]] = [[] for _ in starts]
    for text in texts:
        width, column = 0, 0
        parts = [""] * len(starts)
        for sign in text:
            while column + 1 < len(starts) and width >= starts[column + 1]:
                column += 1
            parts[column] += sign
            width += columns(sign)
        for place, part in enumerate(parts):
            if part.strip():
                below[place].append(part.strip())
    return ["\n".join(parts) for parts in below]
