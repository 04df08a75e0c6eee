"""What the audit says of whole reports beside what z3 says of them, by source.

``python -m tests.oracle.agreement --reports 1000`` in the root of the repository prints the counts.
"""

from __future__ import annotations

import argparse
import enum
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import attrs

from budgetperf import Audit, Finding, Severity, Verdict, audit
from tests.oracle.in_print import STATEMENTS, Claim, can_be_true
from tests.oracle.reports_to_try import SOURCES, WILD_SOURCES, Trial
from tests.oracle.scoring_claims import claims_of

__all__ = ["Answer", "Comparison", "Said", "compare"]


class Answer(enum.Enum):
    """What z3 says of the claims of a report."""

    TRUE = "can be true"
    CUT = "only if a rate was cut"
    FALSE = "cannot be true"
    UNKNOWN = "unknown"


class Said(enum.Enum):
    """What the audit says of it."""

    INCONSISTENT = "inconsistent"
    ASKED = "asked"
    NOTHING = "nothing"


@attrs.frozen(kw_only=True)
class Comparison:
    """A report, what z3 says of it and what the audit does.

    Args:
        trial: the report.
        answer: of z3.
        says: what the audit says: that something cannot be; else whether it takes a rate to be cut,
            has no value for one of the relations in the contradiction, or asks a person.
        differing: where they differ, in words.
        unknown: the findings that z3 does not decide.
    """

    trial: Trial
    answer: Answer
    says: Said
    differing: tuple[str, ...]
    unknown: tuple[str, ...]


def compare(trial: Trial, *, seconds: int | None = None) -> Comparison:
    """Ask both, z3 for so many seconds at the most each time."""
    audited = audit(trial.report, rules=trial.rules)
    wrong = [
        finding
        for finding in audited.inconsistent
        if finding.severity is Severity.ERROR and finding.provision not in _printed_rules(trial)
    ]
    strict, generous = (
        claims_of(trial.report, trial.rules, truncated=truncated) for truncated in (False, True)
    )
    answer = _answer(strict, generous, seconds)
    differing, unknown = list[str](), list[str]()
    for finding in wrong:
        possible = can_be_true(_about(finding, generous), seconds=seconds)
        if possible is None:
            unknown.append(f"{trial.name}: {finding.code}")
        elif possible:
            differing.append(f"{trial.name}: {finding.code} can be true: {finding.message.zh}")
    says = Said.INCONSISTENT if wrong else Said.NOTHING
    if not wrong and answer in (Answer.CUT, Answer.FALSE):
        codes = _broken(strict if answer is Answer.CUT else generous)
        says = Said.ASKED if _asks(audited, codes) else says
        if says is Said.NOTHING:
            differing.append(f"{trial.name}: {answer.value}, and nothing is found")
    if trial.is_true and answer is Answer.FALSE:
        differing.append(f"{trial.name}: is true, and the claims cannot be")
    return Comparison(
        trial=trial, answer=answer, says=says, differing=tuple(differing), unknown=tuple(unknown)
    )


def _printed_rules(trial: Trial) -> set[str]:
    """What forms print beside their rows of how these are scored, which no claim is made of."""
    rows = (row for where in STATEMENTS for row in getattr(trial.report, where).indicators)
    return {row.scoring_rule for row in rows if isinstance(row.scoring_rule, str)}


def _answer(strict: list[Claim], generous: list[Claim], seconds: int | None) -> Answer:
    plain = can_be_true(strict, seconds=seconds)
    if plain:
        return Answer.TRUE
    cut = can_be_true(generous, seconds=seconds)
    if cut is False:
        return Answer.FALSE
    return Answer.CUT if cut and plain is False else Answer.UNKNOWN


def _about(finding: Finding, claims: list[Claim]) -> list[Claim]:
    """The print, and the claims of the finding's relation about its figures; of J01 all."""
    if finding.code == "J01":
        return claims
    paths = {operand.path for operand in finding.operands}
    codes = {finding.code, *_ALSO.get(finding.code, ())}
    return [
        claim
        for claim in claims
        if claim.code in ("print", "nature") or (claim.code in codes and claim.paths & paths)
    ]


_ALSO = {"W09": ("W08",), "W04": ("W03",), "W07": ("W03",), "F06": ("W03",)}
"""The relations that a relation builds on: a score is within its weight, whatever else it is."""


def _asks(audited: Audit, codes: set[str]) -> bool:
    """Whether the audit takes a rate to be cut, or leaves a contradiction between them open."""
    open_ = (*audited.to_review, *audited.having(Verdict.UNDEFINED))
    return bool(audited.having(Verdict.TRUNCATED)) or any(
        finding.code == "J01" or finding.code in codes for finding in open_
    )


def _broken(claims: list[Claim]) -> set[str]:
    """The relations that take part in the contradiction, one by one or else all."""
    own = {claim.code for claim in claims if can_be_true([claim]) is False}
    return own or {claim.code for claim in claims}


def main(arguments_given: Sequence[str] | None = None) -> None:
    """Print how many reports of each source can be true, and what the audit says of them."""
    options = argparse.ArgumentParser(prog="python -m tests.oracle.agreement", description=__doc__)
    options.add_argument("--reports", type=int, default=1000, help="reports in all")
    options.add_argument("--seconds", type=int, default=20, help="for each question to z3")
    options.add_argument("--wild", action="store_true", help="small reports with gaps and zeros")
    arguments = options.parse_args(arguments_given)
    sources = WILD_SOURCES if arguments.wild else SOURCES
    head = [
        "source",
        "reports",
        *(member.value for member in Answer),
        *(member.value for member in Said),
    ]
    _row([*head, "differing"])
    _row(["---"] * (len(head) + 1))
    for name, seeds in _shared(sources, arguments.reports).items():
        _row(_counts(name, sources[name], seeds, arguments.seconds))


def _shared(sources: Mapping[str, Callable[[int], Trial]], reports: int) -> dict[str, range]:
    each, left = divmod(reports, len(sources))
    return {name: range(each + (place < left)) for place, name in enumerate(sources)}


def _counts(name: str, make: Callable[[int], Trial], seeds: range, seconds: int) -> list[str]:
    answers, says, differing = Counter[Answer](), Counter[Said](), 0
    for seed in seeds:
        comparison = compare(make(seed), seconds=seconds)
        answers[comparison.answer] += 1
        says[comparison.says] += 1
        differing += bool(comparison.differing)
        for line in (
            *comparison.differing,
            *(f"{undecided} is not decided" for undecided in comparison.unknown),
        ):
            sys.stderr.write(f"{name} {seed}: {line}\n")
    counts = [
        len(seeds),
        *(answers[member] for member in Answer),
        *(says[member] for member in Said),
    ]
    return [f"`{name}`", *map(str, counts), str(differing)]


def _row(cells: Sequence[str]) -> None:
    sys.stdout.write(f"| {' | '.join(cells)} |\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
