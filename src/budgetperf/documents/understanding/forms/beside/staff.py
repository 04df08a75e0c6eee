"""The people of a department in a table of its basic data: posts, and who is in service."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from budgetperf.documents.understanding.assembling import Found
from budgetperf.documents.understanding.forms.grid import Line, Piece, overlap
from budgetperf.documents.understanding.forms.headers import is_number
from budgetperf.documents.understanding.narrative import stated
from budgetperf.exact import NUMBER, Figure

__all__ = ["STAFF_HEADER", "staff_header", "staff_in", "year_of"]

_AUTHORISED = "编制(?:人)?数"
_IN_SERVICE = r"(?:(?P<year>20\d{2})年度?末?)?实际在职人(?:员)?数"
_COLUMNS = {
    "department.staffing.authorised": re.compile(_AUTHORISED),
    "department.staffing.in_service": re.compile(_IN_SERVICE),
}
STAFF_HEADER = re.compile(
    rf"(?P<left>[^\d]*?)(?P<posts>{_AUTHORISED})(?P<people>{_IN_SERVICE})控制率"
)
"""The header without blanks between its words."""


def staff_header(lines: Sequence[Line]) -> Mapping[str, Piece] | None:
    """The words above the people by path, if the first row has them and the next one numbers."""
    if len(lines) < _BOTH or any(is_number(piece.text) for piece in lines[0].pieces):
        return None
    by_path = {
        path: piece
        for path, word in _COLUMNS.items()
        for piece in lines[0].pieces
        if word.fullmatch(piece.words.name)
    }
    return by_path if len(by_path) == len(_COLUMNS) and lines[0].width == lines[1].width else None


_BOTH = 2


def year_of(header: Mapping[str, Piece]) -> str:
    """The year that the words above the people say; ``""`` if they say none."""
    for path, piece in header.items():
        match = _COLUMNS[path].fullmatch(piece.words.name)
        if match is not None and "year" in match.groupdict():
            return match["year"] or ""
    return ""


def staff_in(line: Line, header: Mapping[str, Piece]) -> Iterator[Found]:
    """How many people a row says, below the words of the header."""
    for path, word in header.items():
        own = [piece for piece in line.pieces if overlap(piece, word.first, word.last)]
        if len(own) != 1 or not is_number(own[0].text):
            continue
        value = stated(own[0].text, own[0].place)
        if isinstance(value, Figure) and value.unit.dimension in (NUMBER, "人"):
            own[0].understand()
            yield Found(path=path, value=value)
