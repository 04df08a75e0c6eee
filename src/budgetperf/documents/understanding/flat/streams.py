"""Tables of which not even the rows are left: the words of a header, and behind them on the same
line those of its rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from budgetperf.documents.understanding.forms.headers import AMOUNTS
from budgetperf.documents.understanding.forms.vocabulary import Vocabulary

from .headers import field_of, header_at
from .lines import TextLine

__all__ = ["in_cells"]

_FEWEST = 4
_LONGEST = 20_000


def in_cells(lines: Sequence[TextLine], known: Vocabulary) -> list[TextLine]:
    """The lines, with one for each word of a table that has no rows any more.

    Args:
        lines: those of a text.
        known: the words of forms.
    """
    parted: list[TextLine] = []
    goes_on = False
    for line in lines:
        if _is_stream(line, known):
            goes_on = True
        elif "。" in line.text or ":" in line.text.rstrip(":"):
            goes_on = False
        parted += _cells(line, known) if goes_on else [line]
    return parted


def _cells(line: TextLine, known: Vocabulary) -> Iterator[TextLine]:
    operators = any(field_of(word, "indicators", known) == "operator" for word in line.words)
    amounts = [word for word in line.words if field_of(word, "funding", known) in AMOUNTS]
    with_units = [word for word in amounts if _UNIT.search(word)]
    is_alone = len(with_units) == 1 < len(amounts)  # of one column, the others would have theirs
    for word in line.parts if operators else line.words:
        unit = _UNIT.search(word)
        field = field_of(word, "funding", known)
        texts = [word]
        if (
            unit and field and (is_alone or field not in AMOUNTS)
        ):  # that of the row below stands behind it
            texts = [word[: unit.start()], unit[0]]
        for text in texts:
            yield TextLine(text=text, parts=(text,), number=line.number, raw=text)


_UNIT = re.compile(r"\((?:万|亿)?元\)$")


def _is_stream(line: TextLine, known: Vocabulary) -> bool:
    """Whether a line holds a header, and more behind it."""
    words = line.words
    if len(words) < 2 * _FEWEST or len(line.text) > _LONGEST:
        return False
    for kind in ("funding", "indicators"):
        named = [bool(field_of(word, kind, known)) for word in words]
        first = named.index(True) if True in named else len(words)
        end = next((at for at in range(first, len(words)) if not named[at]), len(words))
        if end - first >= _FEWEST and end < len(words):
            cells = list(_cells(line, known))[first:]
            header = header_at(cells, 0, known)
            return header is not None and header.kind == kind
    return False
