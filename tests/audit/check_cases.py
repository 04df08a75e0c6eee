"""What the tests of the checks ask of an audit."""

from __future__ import annotations

from budgetperf import Finding, RuleSet, Verdict, audit
from budgetperf import SelfEvaluation as Report
from tests.factories import says

E, R, T, I, C = (  # noqa: E741
    Verdict.EXACT, Verdict.ROUNDING, Verdict.TRUNCATED, Verdict.INCONSISTENT, Verdict.UNCHECKED,
)  # fmt: skip


def findings_of(report: Report, code: str, rules: RuleSet | str | None = None) -> list[Finding]:
    return [f for f in audit(report, rules=rules).findings if f.code == code]


def verdicts(report: Report, code: str, rules: RuleSet | str | None = None) -> list[object]:
    return [f.reason or f.verdict for f in findings_of(report, code, rules)]


def of(report: Report, code: str, which: str, rules: RuleSet | str | None = None) -> list[Finding]:
    """The findings of a code whose relation holds ``which``."""
    return [finding for finding in findings_of(report, code, rules) if which in finding.relation]


def deviations(report: Report, rules: RuleSet | str | None = None) -> list[Finding]:
    return of(report, "W11", "= deviation(", rules)


def only(findings: list[Finding]) -> Finding:
    (finding,) = findings
    return finding


def message_says(finding: Finding, zh: str, en: str) -> None:
    says(finding.message, zh, en)
