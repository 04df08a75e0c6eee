"""Which conventions fit, in a notebook: those that do, and what refutes each of the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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
    kinds_of,
    name_of,
)
from budgetperf.display.words import heads
from budgetperf.display.words.fit import basis_texts
from budgetperf.exact import Text
from budgetperf.rules import RuleSet

from .markup import Markup, counted, fold, joined, label, sheet, table, tag
from .receipt import receipt_note
from .ruleset import standing

__all__ = ["fit_html"]

_TONES = {Outcome.FITS: "good", Outcome.REFUTED: "bad", Outcome.OPEN: "open"}
_ORDER = tuple(Outcome)


def fit_html(fit: Told, *, lang: str = "zh") -> str:
    """What fits first, each convention with its rows for and against."""
    return sheet(*_parts(fit, lang), lang=lang)


def _parts(fit: Told, lang: str) -> Iterator[str]:
    match fit:
        case Fit():
            title = Text(zh="与报告相符的口径", en="Conventions that fit the report")
            yield tag("p", title.pick(lang), cls="bp-title")
            for name, many in kinds_of(fit):
                yield from _many(many, lang, TITLES[name])
            yield tag("p", tag("b", TITLES["basis"].pick(lang)))
            for message in basis_texts(fit):
                yield tag("p", message.pick(lang), cls="bp-soft")
            yield receipt_note(fit.receipt, lang)
        case Candidates():
            yield from _many(fit, lang, Text(zh="口径", en="conventions"))
        case Candidate():
            yield _table([fit], lang, "")
        case BasisFit():
            yield tag("p", fit.message.pick(lang))
            yield from (tag("p", row.message.pick(lang), cls="bp-soft") for row in fit.telling)
        case BasisRow():
            yield tag("p", fit.message.pick(lang))
            for finding in fit.findings.values():
                yield tag("p", finding.why.pick(lang), cls="bp-soft")


def _many(many: Candidates[Convention], lang: str, title: Text) -> Iterator[str]:
    """Those that fit or are refuted; what decides nothing is folded away."""
    ranked = sorted(
        many.candidates, key=lambda tried: (_ORDER.index(tried.outcome), -len(tried.holding))
    )
    decided = [tried for tried in ranked if tried.outcome is not Outcome.OPEN]
    silent = ranked[len(decided) :]
    if decided:
        yield _table(decided, lang, counted(title, len(decided), lang))
    if silent:
        folded = title + Text(zh="：无法判断", en=": open")
        yield fold(counted(folded, len(silent), lang), _table(silent, lang, ""))
    for finding in many.unexplained:
        yield tag("p", finding.message.pick(lang), cls="bp-soft")


def _table(tried: Sequence[Candidate[Convention]], lang: str, caption: str) -> Markup:
    head = heads(
        lang,
        ("口径", "convention"),
        ("结论", "outcome"),
        ("成立", "hold"),
        ("不成立", "do not"),
        ("未判定", "undecided"),
        ("不符的第一项", "the first against it"),
    )
    kinds = ("", "bp-short", *["bp-number"] * 3, "")
    return table(
        head,
        [_cells(candidate, lang) for candidate in tried],
        caption=caption,
        kinds=kinds,
        cls="bp-wide",
    )


def _cells(candidate: Candidate[Convention], lang: str) -> list[str]:
    convention, against = candidate.convention, candidate.refutation
    name: str = name_of(convention).pick(lang)
    if isinstance(convention, RuleSet):
        name = joined((tag("code", name), " ", standing(convention.status, lang)))
    return [
        name,
        label(candidate.outcome.label.pick(lang), _TONES[candidate.outcome]),
        str(len(candidate.holding)),
        str(len(candidate.refuting)),
        str(len(candidate.undecided)),
        "—" if against is None else against.message.pick(lang),
    ]
