"""Which conventions fit, in words and as plain data: schema ``budgetperf/fit/1``."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterable, Iterator

from budgetperf.auditing.conventions.fit import (
    Basis,
    BasisFit,
    BasisRow,
    Candidate,
    Candidates,
    Convention,
    Fit,
    Outcome,
    Told,
)
from budgetperf.display.data.audit import Json, finding_data
from budgetperf.exact import Text, padded
from budgetperf.exact.text import visible
from budgetperf.relations.finding import Finding
from budgetperf.rules import RuleSet

from .audit import finding_text

__all__ = ["fit_data", "fit_message", "fit_text"]

_TITLES = {
    "rules": Text(zh="规则集", en="rule-set"),
    "deviation": Text(zh="偏差率的口径", en="definition of the deviation"),
    "rounding": Text(zh="所印比率的舍入方式", en="rounding of printed rates"),
    "basis": Text(zh="得分的依据", en="basis of scores"),
}
_COLON = Text(zh="：", en=": ")
_COMMA = Text(zh="、", en=", ")
_NONE = Text(zh="没有", en="none")


def fit_message(told: Told) -> Text:
    """The outcome in one sentence."""
    match told:
        case Fit():
            return _fit_message(told)
        case Candidates():
            return _candidates_message(told)
        case Candidate():
            return _candidate_message(told)
        case BasisFit():
            return _basis_message(told)
        case _:
            return _row_message(told)


def fit_text(told: Told, *, lang: str) -> str:
    """What fits, and the first row that refutes each of the others, in ``lang``."""
    match told:
        case Fit():
            lines = _fit_lines(told, lang)
        case Candidates():
            lines = _candidates_lines(told, lang)
        case Candidate():
            lines = _candidate_lines(told, lang)
        case BasisFit():
            lines = _basis_lines(told, lang)
        case _:
            lines = _row_lines(told, lang)
    return "\n".join(map(visible, lines))


def fit_data(told: Told) -> dict[str, Json]:
    """The same as plain data; numbers exact and in strings."""
    match told:
        case Fit():
            return {
                "schema": "budgetperf/fit/1",
                "rules": _candidates_data(told.rules),
                "deviation": _candidates_data(told.deviation),
                "rounding": _candidates_data(told.rounding),
                "basis": [_basis_data(one) for one in told.basis],
            }
        case Candidates():
            return _candidates_data(told)
        case Candidate():
            return _candidate_data(told)
        case BasisFit():
            return _basis_data(told)
        case _:
            return _row_data(told)


def _code(convention: Convention) -> str:
    return convention.id if isinstance(convention, RuleSet) else convention.value


def _name(convention: Convention) -> Text:
    if isinstance(convention, RuleSet):
        return Text(zh=convention.id, en=convention.id)
    return convention.label


def _joined(texts: Iterable[Text], by: Text = _COMMA) -> Text:
    many = tuple(texts) or (_NONE,)
    return Text(zh=by.zh.join(t.zh for t in many), en=by.en.join(t.en for t in many))


def _labelled(label: Text, text: Text) -> Text:
    return Text(zh=f"{label.zh}{_COLON.zh}{text.zh}", en=f"{label.en}{_COLON.en}{text.en}")


# One convention.


def _candidate_message(one: Candidate[Convention]) -> Text:
    return _labelled(_head(one), _counts(one) if one.refutation is None else one.refutation.message)


def _head(one: Candidate[Convention]) -> Text:
    name, label = _name(one.convention), one.outcome.label
    return Text(zh=f"{name.zh} {label.zh}", en=f"{name.en} {label.en}")


def _counts(one: Candidate[Convention]) -> Text:
    """How many rows hold and how many are undecided."""
    holding, judged, undecided = len(one.holding), len(one.by_judgement), len(one.undecided)
    if one.outcome is Outcome.OPEN:
        return Text(
            zh=f"没有可以判定的项，未判定 {undecided} 项",
            en=f"nothing to check, {undecided} undecided",
        )
    verb = "holds" if holding == 1 else "hold"
    parts = [Text(zh=f"{holding} 项成立", en=f"{holding} {verb}")]
    if judged:
        parts.append(
            Text(
                zh=f"其中 {judged} 项规则留有判断余地", en=f"{judged} of them by room for judgement"
            )
        )
    if one.refuting:
        number = len(one.refuting)
        verb = "does" if number == 1 else "do"
        parts.append(Text(zh=f"{number} 项不成立", en=f"{number} {verb} not"))
    if undecided:
        parts.append(Text(zh=f"未判定 {undecided} 项", en=f"{undecided} undecided"))
    return _joined(parts, Text(zh="，", en=", "))


def _candidate_lines(
    one: Candidate[Convention], lang: str, told: Counter[Text] | None = None
) -> Iterator[str]:
    """Its outcome with the first row against it, or with what it leaves undecided.

    What the others leave undecided, too, is ``told`` elsewhere.
    """
    status = ""
    if isinstance(one.convention, RuleSet):
        status = f" · {one.convention.status.label.pick(lang)}"
    label = padded(one.outcome.label.pick(lang), 10)
    name, counts = _name(one.convention).pick(lang), _counts(one).pick(lang)
    yield f"{label}{name}{status}{_COLON.pick(lang)}{counts}"
    if one.refutation is not None:
        yield from _told(one.refutation, lang)
        return
    rest = _undecided(one) - (told or Counter())
    if rest:
        yield Text(zh="  未判定：", en="  undecided:").pick(lang)
        yield from _undecided_lines(rest, lang, indent=4)


def _undecided(one: Candidate[Convention]) -> Counter[Text]:
    return Counter(finding.why for finding in one.undecided)


def _undecided_lines(undecided: Counter[Text], lang: str, *, indent: int = 2) -> Iterator[str]:
    for why, number in undecided.items():
        times = f" × {number}" if number > 1 else ""
        yield f"{' ' * indent}{why.pick(lang)}{times}"


def _told(finding: Finding, lang: str) -> Iterator[str]:
    return (f"  {line}" for line in finding_text(finding, lang))


def _candidate_data(one: Candidate[Convention]) -> dict[str, Json]:
    convention = one.convention
    source: dict[str, Json] = {}
    if isinstance(convention, RuleSet):
        source = {"status": convention.status.value, "sha256": convention.sha256}
    return {
        "id": _code(convention),
        **source,
        "outcome": one.outcome.value,
        "holding": len(one.holding),
        "by_judgement": len(one.by_judgement),
        "refuting": len(one.refuting),
        "refutation": None if one.refutation is None else finding_data(one.refutation),
        "undecided": [_undecided_data(finding) for finding in one.undecided],
    }


def _undecided_data(finding: Finding) -> dict[str, Json]:
    return {**finding_data(finding), "reason": finding.reason}


# The conventions of one kind.


def _candidates_message(many: Candidates[Convention]) -> Text:
    parts: list[Text] = []
    for outcome in Outcome:
        names = [_name(one.convention) for one in many.candidates if one.outcome is outcome]
        if names or outcome is Outcome.FITS:
            parts.append(_labelled(outcome.label, _joined(names)))
    return _joined(parts, Text(zh="；", en="; "))


def _candidates_lines(many: Candidates[Convention], lang: str) -> Iterator[str]:
    """Those that fit come first, by how many rows; what none decides is told once, at the end."""
    counts = [_undecided(one) for one in many.candidates]
    shared = functools.reduce(lambda a, b: a & b, counts) if len(counts) > 1 else Counter[Text]()
    for outcome in Outcome:
        of_it = [one for one in many.candidates if one.outcome is outcome]
        if outcome is Outcome.FITS:
            of_it.sort(key=lambda one: len(one.holding), reverse=True)
        for one in of_it:
            yield from _candidate_lines(one, lang, shared)
    if shared:
        yield Text(zh="哪一种都不能判定：", en="undecided by all of them:").pick(lang)
        yield from _undecided_lines(shared, lang)
    if many.unexplained:
        yield Text(
            zh=f"哪一种都不能使之成立、因此不作依据（{len(many.unexplained)} 项）：",
            en=f"hold under none, and say nothing of the convention ({len(many.unexplained)}):",
        ).pick(lang)
        for finding in many.unexplained:
            yield from _told(finding, lang)


def _candidates_data(many: Candidates[Convention]) -> dict[str, Json]:
    return {
        "candidates": [_candidate_data(one) for one in many.candidates],
        "unexplained": [finding_data(finding) for finding in many.unexplained],
    }


# The basis of scores.


def _basis_message(one: BasisFit) -> Text:
    outcomes = [
        Text(
            zh=f"{tried.convention.label.zh}{tried.outcome.label.zh}",
            en=f"{tried.convention.label.en}: {tried.outcome.label.en}",
        )
        for tried in one.tried.candidates
    ]
    return _labelled(_name(one.rules), _joined(outcomes, Text(zh="，", en="; ")))


def _basis_lines(one: BasisFit, lang: str) -> Iterator[str]:
    yield _basis_message(one).pick(lang)
    for row in one.telling:
        yield from (f"  {line}" for line in _row_lines(row, lang))


def _basis_data(one: BasisFit) -> dict[str, Json]:
    return {
        "ruleset": one.rules.id,
        "outcomes": {c.convention.value: c.outcome.value for c in one.tried.candidates},
        "rows": [_row_data(row) for row in one.rows],
    }


def _row_message(row: BasisRow) -> Text:
    subject = row.exact_ratio.subject if row.exact_ratio.subject.zh else row.exact_ratio.title
    return _labelled(subject, _ANSWERS[row.bases])


_ANSWERS: dict[tuple[Basis, ...] | None, Text] = {
    tuple(Basis): Text(zh="两种依据都成立", en="it holds on either basis"),
    (Basis.EXACT_RATIO,): Text(zh="只有按精确比值成立", en="only the exact ratio makes it hold"),
    (Basis.PRINTED_RATE,): Text(zh="只有按所印比率成立", en="only the printed rate makes it hold"),
    (): Text(zh="两种依据都不成立", en="it holds on neither basis"),
    None: Text(zh="不能两种都判定", en="not both could be tried"),
}


def _row_lines(row: BasisRow, lang: str) -> Iterator[str]:
    yield _row_message(row).pick(lang)
    for finding in row.findings.values():
        yield f"  {finding.why.pick(lang)}"


def _row_data(row: BasisRow) -> dict[str, Json]:
    bases = row.bases
    return {
        "bases": None if bases is None else [basis.value for basis in bases],
        "exact_ratio": finding_data(row.exact_ratio),
        "printed_rate": finding_data(row.printed_rate),
    }


# All of them.


def _fit_message(fit: Fit) -> Text:
    parts = [
        _labelled(_TITLES[name], _joined(_name(convention) for convention in many.fitting))
        for name, many in _kinds(fit)
    ]
    return _joined(parts, Text(zh="；", en="; "))


def _kinds(fit: Fit) -> tuple[tuple[str, Candidates[Convention]], ...]:
    return ("rules", fit.rules), ("deviation", fit.deviation), ("rounding", fit.rounding)


def _fit_lines(fit: Fit, lang: str) -> Iterator[str]:
    for name, many in _kinds(fit):
        yield _section(name, lang)
        yield from _candidates_lines(many, lang)
        yield ""
    yield _section("basis", lang)
    alike = [one for one in fit.basis if not one.telling]
    for one in fit.basis:
        if one.telling:
            yield from _basis_lines(one, lang)
    if alike:
        names = _joined(_name(one.rules) for one in alike)
        label = Text(
            zh="按精确比值与按所印比率没有分别",
            en="exact ratio and printed rate make no difference",
        )
        yield _labelled(label, names).pick(lang)


def _section(name: str, lang: str) -> str:
    return f"── {_TITLES[name].pick(lang)} " + "─" * 40
