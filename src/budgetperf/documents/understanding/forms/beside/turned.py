"""Funds whose sources head the columns, with a row for each kind of amount: turned round they are
rows of sources under kinds of amounts, as in most forms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import attrs

from budgetperf.documents.understanding.forms.grid import Line, Piece, overlap
from budgetperf.documents.understanding.forms.headers import AMOUNTS, is_number, over
from budgetperf.documents.understanding.forms.vocabulary import Vocabulary
from budgetperf.documents.understanding.forms.words import label_of

__all__ = ["turned"]

_NAMED = re.compile(
    r"(?:一般公共预算|政府性基金(?:预算)?|国有资本经营预算|财政专户(?:管理)?|单位|社会|自筹|专项债券?)"
    r"(?:资金|收入|拨款|补助)?"
)
"""Sources by their names, which stand for themselves in a report."""
_BEHIND = ("execution_rate", "weight", "score")
"""What may stand behind the sources, once for all rows: it is of the total."""
_FEWEST = 2
_MOST = 20
_NAMES_AT = 2
"""The column of the sources, turned round; what stands left of them in the header is before it."""


def turned(lines: Sequence[Line], known: Vocabulary) -> tuple[Line, ...]:
    """The rows of a table, those of such a block turned round.

    Args:
        lines: the rows.
        known: the words of forms.
    """
    rows: list[Line] = []
    at = 0
    while at < len(lines):
        block, count = _block(lines[at : at + _MOST], known) or ((lines[at],), 1)
        rows += block
        at += count
    return tuple(rows)


def _block(lines: Sequence[Line], known: Vocabulary) -> tuple[tuple[Line, ...], int] | None:
    """The block that begins with the first of some rows, turned round, and how many rows it is."""
    sources, behind, count = _sources(lines, known)
    if len(sources) < _FEWEST:
        return None
    header, start = lines[0], sources[0].first
    corner = _joined(header.left_of(start))
    rows = list(_amounts(lines[count:], start, known))
    fields = [_field(label, known) for label in (*(label for label, _ in rows), *behind)]
    if sum(field in AMOUNTS for field in fields) < _FEWEST or len(set(fields)) < len(fields):
        return None
    own = lines[count : count + len(rows)]
    columns = (*sources, *behind)
    if len(corner) > _NAMES_AT or not all(_fits(line, header, columns, corner) for line in own):
        return None
    of_total = [_below(column, own) for column in behind]
    total = [source for source in sources if _kind(source, known) == "total"]
    if any(len(cells) != 1 for cells in of_total) or (behind and len(total) != 1):
        return None
    block = list(_rows(header, corner, sources, rows))
    if behind:
        points = [(column, cells[0]) for column, cells in zip(behind, of_total, strict=True)]
        block = list(_with_points(block, points, 1 + sources.index(total[0])))
    return tuple(block), count + len(rows)


def _sources(
    lines: Sequence[Line], known: Vocabulary
) -> tuple[list[Piece], tuple[Piece, ...], int]:
    """The sources that a row names, or one with a second below it, the points behind them, and how
    many rows these are; none where another word stands beside them, or none of them is surely a
    source."""
    first, below = lines[0], lines[1] if len(lines) > 1 else None
    named, count = list(first.pieces), 1
    if below is not None and below.width == first.width:
        above = [over(piece, first) for piece in below.pieces]
        if all(piece is not None and _is_over_sources(piece) for piece in above):
            named = [piece for piece in named if not _is_over_sources(piece)]
            named = sorted([*named, *below.pieces], key=lambda piece: piece.first)
            count = 2
    behind = [piece for piece in named if _field(piece, known) in _BEHIND]
    sources = [piece for piece in named if _is_source(piece, known)]
    if not sources or named[-len(sources) - len(behind) :] != [*sources, *behind]:
        return [], (), 0
    return _joined(sources), tuple(behind), count


def _is_over_sources(piece: Piece) -> bool:
    words, says_of_which = label_of(piece.text)
    return says_of_which and not words.name


def _joined(pieces: Sequence[Piece]) -> list[Piece]:
    """Cells as one of which the words are repeated in each place that it takes."""
    joined: list[Piece] = []
    for piece in pieces:
        before = joined[-1] if joined else None
        if before and before.text == piece.text and before.last + 1 == piece.first:
            joined[-1] = attrs.evolve(before, last=piece.last)
        else:
            joined.append(piece)
    return joined


def _is_source(piece: Piece, known: Vocabulary) -> bool:
    words, _ = label_of(piece.text)
    return bool(_kind(piece, known)) or _NAMED.fullmatch(words.name) is not None


def _kind(piece: Piece, known: Vocabulary) -> str:
    """What a label of a row of funds is; ``""`` if it is none."""
    words, _ = label_of(piece.text)
    rows = known.funding.row_of
    return "" if _field(piece, known) else rows.get(words.full) or rows.get(words.name) or ""


def _amounts(lines: Sequence[Line], start: int, known: Vocabulary) -> Iterator[tuple[Piece, Line]]:
    """The rows that begin with a word for a kind of amount, up to the first one of another word."""
    for line in lines:
        left = line.left_of(start)
        if not left or _field(left[-1], known) in ("", "label", "explanation"):
            return
        yield left[-1], line


def _field(label: Piece, known: Vocabulary) -> str:
    """The kind of amount, or the points, that a word is for; ``""`` if it is none."""
    words, _ = label_of(label.text)
    columns = known.funding.column_of
    return columns.get(words.full) or columns.get(words.name) or ""


def _below(column: Piece, lines: Sequence[Line]) -> list[Piece]:
    return [p for line in lines for p in line.pieces if overlap(p, column.first, column.last)]


def _fits(line: Line, header: Line, columns: Sequence[Piece], corner: Sequence[Piece]) -> bool:
    """Whether all that a row says stands below a column, but for its label, and what the corner
    says once more."""
    *left, label = line.left_of(columns[0].first)
    beside = {label.text, *(piece.text for piece in corner)}
    right = [piece for piece in line.pieces if piece.first >= columns[0].first]
    above = [[c for c in columns if overlap(piece, c.first, c.last)] for piece in right]
    return (
        line.width == header.width
        and all(piece.text in beside for piece in left)
        and all(len(own) == 1 for own in above)
        and all(len(_cells(line, column)) <= 1 for column in columns)
        and any(is_number(piece.text) for piece in right)
    )


def _cells(line: Line, column: Piece) -> list[Piece]:
    """What a row says below a column: one cell where its words are repeated in each place of it.
    The same words below the next column are another cell."""
    return _joined(_below(column, [line]))


def _rows(
    header: Line,
    corner: Sequence[Piece],
    sources: Sequence[Piece],
    rows: Sequence[tuple[Piece, Line]],
) -> Iterator[Line]:
    width = _NAMES_AT + len(rows)
    columns = range(_NAMES_AT + 1, width + 1)
    heads = [
        *(_at(piece, place) for place, piece in enumerate(corner, start=1)),
        *(_at(label, place) for place, (label, _) in zip(columns, rows, strict=True)),
    ]
    yield _line(header, heads, width)
    for source in sources:
        own = [
            _at(piece, place)
            for place, (_, line) in zip(columns, rows, strict=True)
            for piece in _cells(line, source)
        ]
        yield _line(header, [_at(source, _NAMES_AT), *own], width)


def _with_points(
    block: Sequence[Line], points: Sequence[tuple[Piece, Piece]], total: int
) -> Iterator[Line]:
    """The rows with the points behind them: their words in the header, and in the row of the total
    what they say."""
    words, values = zip(*points, strict=True)
    behind = {0: words, total: values}
    for at, line in enumerate(block):
        width = line.width + len(points)
        own = enumerate(behind.get(at, ()), start=line.width + 1)
        pieces = [_at(piece, place) for place, piece in own]
        yield _line(line, [*line.pieces, *pieces], width)


def _line(header: Line, pieces: Sequence[Piece], width: int) -> Line:
    blanks = frozenset(range(1, width + 1)) - {piece.first for piece in pieces}
    return attrs.evolve(header, pieces=tuple(pieces), blanks=blanks, width=width)


def _at(piece: Piece, column: int) -> Piece:
    return attrs.evolve(piece, first=column, last=column)
