"""What the audit says of whole reports, against z3, which knows nothing of the audit.

Nothing that can be true is called inconsistent, and what cannot be true is not passed over.
"""

from __future__ import annotations

import pytest

from budgetperf.audit import Audit, Finding, Severity, Verdict, audit

z3 = pytest.importorskip("z3")

from tests.oracle.claims import Claim, Claims, can_be_true  # noqa: E402
from tests.oracle.reports_to_try import SOURCES, Trial  # noqa: E402

FEW, MANY = 15, 300
"""How many reports of each source are tried by default, and with ``-m oracle``."""


def claims_of(trial: Trial, *, truncated: bool) -> list[Claim]:
    return Claims(trial.report, truncated=truncated).all()


def about(finding: Finding, claims: list[Claim]) -> list[Claim]:
    """The print, and the claims of the finding's relation about its figures; of J01 all."""
    if finding.code == "J01":
        return claims
    paths = {operand.path for operand in finding.operands}
    codes = {finding.code, *ALSO.get(finding.code, ())}
    return [
        claim
        for claim in claims
        if claim.code in ("print", "nature") or (claim.code in codes and claim.paths & paths)
    ]


ALSO = {"W09": ("W08",), "W04": ("W03",), "W07": ("W03",), "F06": ("W03",)}
"""The relations that a relation builds on: a score is within its weight, whatever else it is."""


def errors(found: Audit) -> list[Finding]:
    """What the audit says cannot be; a warning is no matter of arithmetic."""
    return [one for one in found.inconsistent if one.severity is Severity.ERROR]


def asks(found: Audit) -> bool:
    """Whether the audit leaves something to a person, or takes a figure to be cut."""
    return bool(found.having(Verdict.TRUNCATED) or found.to_review)


def disagreements(trial: Trial) -> list[str]:
    """Where the audit and z3 differ on a report."""
    found = audit(trial.report, rules=trial.rules)
    generous = claims_of(trial, truncated=True)
    differing = [
        f"{trial.name}: {one.code} can be true: {one.message.zh}"
        for one in errors(found)
        if can_be_true(about(one, generous)) is not False
    ]
    if errors(found):
        return differing
    if can_be_true(generous) is False and not asks(found):
        return [f"{trial.name}: cannot be true, and nothing is found"]
    strict = claims_of(trial, truncated=False)
    if can_be_true(strict) is False and not asks(found):
        return [f"{trial.name}: can be true only if a rate was cut, and nothing is found"]
    return []


@pytest.mark.parametrize("source", SOURCES)
def test_audit_and_z3_agree_on_reports(source: str) -> None:
    make = SOURCES[source]
    assert [line for seed in range(FEW) for line in disagreements(make(seed))] == []


@pytest.mark.oracle
@pytest.mark.parametrize("source", SOURCES)
def test_audit_and_z3_agree_on_many_reports(source: str) -> None:
    make = SOURCES[source]
    assert [line for seed in range(FEW, MANY) for line in disagreements(make(seed))] == []
