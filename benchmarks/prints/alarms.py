"""What an audit may not say of a report that can be true."""

from __future__ import annotations

import attrs

import budgetperf as bp

from .whole import Case

__all__ = ["Alarm", "alarms"]

_SCORED = frozenset(("F06", "W04", "W06", "W07", "W08", "W09", "W14"))
"""The checks that rest on the rule-set that scores follow."""

_OPEN = ("not-stated", "not-linear", "review")
"""Why J01 may be left open: nothing to decide, no linear question, or one that assumes a sign."""


@attrs.frozen(kw_only=True)
class Alarm:
    """A false alarm.

    Args:
        code: the check.
        verdict: what was said, or ``cause``.
        text: in words.
    """

    code: str
    verdict: str
    text: str


def alarms(case: Case, rules: str | None) -> tuple[Alarm, ...]:
    """The false alarms of an audit of a report.

    Args:
        case: the report.
        rules: the rule-set to audit with. If its scores follow another one, or none, scores may
            differ from it.
    """
    audit = bp.audit(case.report, rules=rules)
    found = [
        Alarm(code=one.code, verdict=one.verdict.value, text=one.message.en)
        for one in audit.findings
        if _is_alarm(one) and not _may_be(one, case, rules)
    ]
    for cause in audit.causes:
        if all(one.reason == "review" for one in cause.findings):
            continue
        if not any(_may_be(one, case, rules) for one in cause.findings) and not found:
            codes = " ".join(dict.fromkeys(one.code for one in cause.findings))
            found.append(Alarm(code=codes, verdict="cause", text=cause.message.en))
    return tuple(found)


def _is_alarm(finding: bp.Finding) -> bool:
    if finding.verdict in (bp.Verdict.INCONSISTENT, bp.Verdict.TRUNCATED):
        return True
    undecided = finding.verdict is bp.Verdict.UNCHECKED and finding.reason not in _OPEN
    return finding.code == "J01" and undecided


def _may_be(finding: bp.Finding, case: Case, rules: str | None) -> bool:
    """Whether the audit may say so, as the scores follow something else."""
    if rules == case.rules and not (rules is None and case.capped):
        return False
    if rules is None and not case.capped:
        return False
    if rules is None:
        return finding.code in ("W08", "J01") and _of_scores(finding)
    if finding.code == "W11":
        return bp.rules.get(rules).deviation is not None
    return finding.code in _SCORED or (finding.code == "J01" and _of_scores(finding))


def _of_scores(finding: bp.Finding) -> bool:
    return any("score" in one.path for one in finding.operands)
