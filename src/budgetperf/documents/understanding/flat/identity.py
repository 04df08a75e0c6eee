"""What names a form, in text: labels with what they name behind them."""

from __future__ import annotations

from collections.abc import Sequence

from budgetperf.documents.understanding.forms.head import is_title
from budgetperf.documents.understanding.forms.vocabulary import Vocabulary
from budgetperf.documents.understanding.forms.words import label_of, words_of

from .headers import field_of
from .lines import TextLine

__all__ = ["identity_at"]


def identity_at(
    lines: Sequence[TextLine], at: int, known: Vocabulary
) -> tuple[list[str], int] | None:
    """The cells of the row that begins with a line, each label before what it names, and how many
    lines it takes; ``None`` if there is none.

    Args:
        lines: those of the text.
        at: the line.
        known: the words of forms.
    """
    line = lines[at]
    labels = [place for place, word in enumerate(line.words) if _is_label(word, known)]
    if not labels or labels[0] != 0 or len(line.text) > _LONGEST:
        return None
    if len(line.words) == 1 and ":" not in line.text.rstrip(":"):
        below = lines[at + 1] if at + 1 < len(lines) else None
        if below is None or _is_known(below, known):
            return None
        return [line.text, below.text], 2
    cells: list[str] = []
    for place, end in zip(labels, [*labels[1:], len(line.words)], strict=True):
        label, *value = line.words[place:end]
        cells += [label, " ".join(value)] if value else [label]
    return cells, 1


_LONGEST = 200


def _is_label(word: str, known: Vocabulary) -> bool:
    return words_of(word.partition(":")[0]).within(known.identity_of.keys())


def _is_known(line: TextLine, known: Vocabulary) -> bool:
    """Whether a line is a word of forms of its own, and names nothing."""
    word = line.words[0]
    return (
        _is_label(word, known)
        or is_title(line.text)
        or bool(field_of(line.text, "funding", known) or field_of(line.text, "indicators", known))
        or label_of(line.text)[0].within(known.funding.row_of.keys())
        or words_of(line.text).within(known.goal.column_of.keys())
        or "资金" in word
    )
