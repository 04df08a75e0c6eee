"""Which basis of scores fits, in words: the same for plain text and for notebooks."""

from __future__ import annotations

from collections.abc import Iterator

from budgetperf.auditing.conventions.fit import Fit, names_of
from budgetperf.exact import COLON, Text

__all__ = ["alike_text", "basis_texts"]

_ALIKE = Text(
    zh="按精确比值与按填列的比率结果相同",
    en="the exact ratio and the stated rate give the same result",
)


def basis_texts(fit: Fit) -> Iterator[Text]:
    """The rule-sets under which a row tells the two apart, then the names of the others."""
    yield from (basis.message for basis in fit.basis if basis.telling)
    alike = alike_text(fit)
    if alike:
        yield alike


def alike_text(fit: Fit) -> Text:
    """Under which rule-sets both bases come to the same; empty if under none."""
    alike = [basis.rules for basis in fit.basis if not basis.telling]
    return COLON.join((_ALIKE, names_of(alike))) if alike else Text.of("")
