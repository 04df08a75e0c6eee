"""Which conventions fit, in plain text."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterator

from budgetperf.auditing.conventions.fit import (
    TITLES,
    BasisFit,
    BasisRow,
    Candidate,
    Candidates,
    Convention,
    Fit,
    Outcome,
    Told,
    counts_of,
    kinds_of,
    name_of,
)
from budgetperf.display.words.fit import alike_texts
from budgetperf.display.words.receipt import receipt_line
from budgetperf.exact import COLON, Text, padded
from budgetperf.exact.text import visible
from budgetperf.relations.finding import Finding
from budgetperf.rules import RuleSet

from .audit import finding_text
from .lines import headline, wrapped

__all__ = ["fit_text"]


def fit_text(fit: Told, *, lang: str) -> str:
    """What fits, and the first row that refutes each of the others, in ``lang``."""
    match fit:
        case Fit():
            lines = _fit_lines(fit, lang)
        case Candidates():
            lines = _candidates_lines(fit, lang)
        case Candidate():
            lines = _candidate_lines(fit, lang)
        case BasisFit():
            lines = _basis_lines(fit, lang)
        case _:
            lines = _row_lines(fit, lang)
    return "\n".join(map(visible, lines))


# One convention.


def _candidate_lines(
    candidate: Candidate[Convention], lang: str, elsewhere: Counter[Text] | None = None
) -> Iterator[str]:
    """Its outcome with the first row against it, or with what it leaves undecided.

    What the others leave undecided, too, is told ``elsewhere``.
    """
    status = ""
    if isinstance(candidate.convention, RuleSet):
        status = f" · {candidate.convention.status.label.pick(lang)}"
    label = padded(candidate.outcome.label.pick(lang), 10)
    name, counts = name_of(candidate.convention).pick(lang), counts_of(candidate).pick(lang)
    only_here = _undecided(candidate) - (elsewhere or Counter())
    is_open = candidate.outcome is Outcome.OPEN
    end = COLON.pick(lang).rstrip() if is_open and only_here else ""
    yield f"{label}{name}{status}{COLON.pick(lang)}{counts}{end}"
    if candidate.refutation is not None:
        yield from _told(candidate.refutation, lang)
    elif only_here:
        if not is_open:
            yield Text(zh="  未判定：", en="  undecided:").pick(lang)
        yield from _undecided_lines(only_here, lang, indent=2 if is_open else 4)


def _undecided(candidate: Candidate[Convention]) -> Counter[Text]:
    return Counter(finding.why for finding in candidate.undecided)


def _undecided_lines(undecided: Counter[Text], lang: str, *, indent: int = 2) -> Iterator[str]:
    for why, number in undecided.items():
        times = f" × {number}" if number > 1 else ""
        yield f"{' ' * indent}{why.pick(lang)}{times}"


def _told(finding: Finding, lang: str) -> Iterator[str]:
    return (f"  {line}" for line in finding_text(finding, lang))


# The conventions of one kind.


def _candidates_lines(many: Candidates[Convention], lang: str) -> Iterator[str]:
    """Those that fit come first, by how many rows; what none decides is told once, at the end."""
    counts = [_undecided(candidate) for candidate in many.candidates]
    shared = functools.reduce(lambda a, b: a & b, counts) if len(counts) > 1 else Counter[Text]()
    for outcome in Outcome:
        of_it = [candidate for candidate in many.candidates if candidate.outcome is outcome]
        if outcome is Outcome.FITS:
            of_it.sort(key=lambda candidate: len(candidate.holding), reverse=True)
        for candidate in of_it:
            yield from _candidate_lines(candidate, lang, shared)
    if shared:
        yield Text(zh="各种口径均不能判定：", en="None of them decides:").pick(lang)
        yield from _undecided_lines(shared, lang)
    if many.unexplained:
        yield Text(
            zh=f"任何一种口径下均不成立、不作为判断依据（{len(many.unexplained)} 项）：",
            en=f"Hold under none of them and are no evidence for or against any "
            f"({len(many.unexplained)}):",
        ).pick(lang)
        for finding in many.unexplained:
            yield from _told(finding, lang)


# The basis of scores.


def _basis_lines(basis: BasisFit, lang: str) -> Iterator[str]:
    yield basis.message.pick(lang)
    for row in basis.telling:
        yield from (f"  {line}" for line in _row_lines(row, lang))


def _row_lines(row: BasisRow, lang: str) -> Iterator[str]:
    yield row.message.pick(lang)
    for finding in row.findings.values():
        yield f"  {finding.why.pick(lang)}"


# All of them.


def _fit_lines(fit: Fit, lang: str) -> Iterator[str]:
    for name, many in kinds_of(fit):
        yield _section(name, lang)
        yield from _candidates_lines(many, lang)
        yield ""
    yield _section("basis", lang)
    for basis in fit.basis:
        if basis.telling:
            yield from _basis_lines(basis, lang)
    for text in alike_texts(fit):
        yield from wrapped(text.pick(lang))
    if fit.receipt is not None:
        yield ""
        yield receipt_line(fit.receipt).pick(lang)


def _section(name: str, lang: str) -> str:
    return headline(TITLES[name].pick(lang))
