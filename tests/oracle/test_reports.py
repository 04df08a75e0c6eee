"""What the audit says of whole reports, against z3, which knows nothing of the audit.

Nothing that can be true is called inconsistent, and what cannot be true is not passed over.
"""

from __future__ import annotations

import pytest

from budgetperf.audit import Audit, Finding, Severity, Verdict, audit

z3 = pytest.importorskip("z3")

from tests.oracle.claims import Claim, can_be_true  # noqa: E402
from tests.oracle.reports_to_try import SOURCES, WILD_SOURCES, Trial  # noqa: E402
from tests.oracle.scoring_claims import claims_of  # noqa: E402

FEW, MANY = 8, 125
"""How many reports of each source are tried by default, and with ``-m oracle``."""


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


def asks(found: Audit, codes: set[str]) -> bool:
    """Whether the audit takes a figure to be cut, or leaves one of the relations to a person."""
    asked = any(one.code in codes for one in found.to_review)
    return asked or bool(found.having(Verdict.TRUNCATED))


def broken(claims: list[Claim]) -> set[str]:
    """The relations that take part in the contradiction, one by one or else all."""
    own = {claim.code for claim in claims if can_be_true([claim]) is False}
    return own or {claim.code for claim in claims}


def disagreements(trial: Trial) -> list[str]:
    """Where the audit and z3 differ on a report."""
    found = audit(trial.report, rules=trial.rules)
    generous = claims_of(trial.report, trial.rules, truncated=True)
    differing = [
        f"{trial.name}: {one.code} can be true: {one.message.zh}"
        for one in errors(found)
        if can_be_true(about(one, generous)) is not False
    ]
    if errors(found):
        return differing
    if can_be_true(generous) is False:
        asked = asks(found, broken(generous))
        return [] if asked else [f"{trial.name}: cannot be true, and nothing is found"]
    strict = claims_of(trial.report, trial.rules)
    if can_be_true(strict) is False and not asks(found, broken(strict)):
        return [f"{trial.name}: can be true only if a rate was cut, and nothing is found"]
    return []


@pytest.mark.parametrize("source", SOURCES)
def test_audit_and_z3_agree_on_reports(source: str) -> None:
    tried = map(SOURCES[source], range(FEW))
    assert [line for trial in tried for line in disagreements(trial)] == []


@pytest.mark.oracle
@pytest.mark.parametrize("source", SOURCES)
def test_audit_and_z3_agree_on_many_reports(source: str) -> None:
    tried = map(SOURCES[source], range(FEW, MANY))
    assert [line for trial in tried for line in disagreements(trial)] == []


@pytest.mark.oracle
@pytest.mark.xfail(strict=False, reason="false alarms and silences that are known")
@pytest.mark.parametrize("source", WILD_SOURCES)
def test_audit_and_z3_agree_on_wild_reports(source: str) -> None:
    tried = map(WILD_SOURCES[source], range(MANY))
    assert [line for trial in tried for line in disagreements(trial)] == []
