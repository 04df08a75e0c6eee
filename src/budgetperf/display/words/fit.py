"""Which basis of scores fits, in words: the same for plain text and for notebooks."""

from __future__ import annotations

from collections.abc import Iterator

from budgetperf.auditing.conventions.fit import Fit, names_of
from budgetperf.exact import COLON, Text

__all__ = ["alike_texts", "basis_texts"]

_ALIKE = Text(
    zh="按精确比值与按填列的比率结果相同",
    en="the exact ratio and the stated rate give the same result",
)
_UNDECIDED = Text(zh="均不能判定", en="nothing could be checked under")


def basis_texts(fit: Fit) -> Iterator[Text]:
    """The rule-sets under which a row tells the two apart, then the names of the others."""
    yield from (basis.message for basis in fit.basis if basis.telling)
    yield from alike_texts(fit)


def alike_texts(fit: Fit) -> Iterator[Text]:
    """Under which rule-sets both bases come to the same, and under which no row was decided."""
    silent = [basis for basis in fit.basis if not basis.telling]
    undecided = [basis for basis in silent if all(row.bases is None for row in basis.rows)]
    alike = [basis for basis in silent if basis not in undecided]
    for words, named in ((_ALIKE, alike), (_UNDECIDED, undecided)):
        if named:
            yield COLON.join((words, names_of(basis.rules for basis in named)))
