"""Which findings of an audit are listed: the same choice in text and in JSON."""

from __future__ import annotations

from typing import Literal, TypeAlias

from budgetperf.auditing.engine import Audit
from budgetperf.relations.finding import Finding, Verdict

__all__ = ["Detail", "listed"]

Detail: TypeAlias = Literal["causes", "findings", "all"]
"""Only what lies behind what does not hold; all that does not hold exactly; every finding."""


def listed(audit: Audit, detail: Detail) -> tuple[Finding, ...]:
    """The findings that are listed, in the order of the audit.

    With ``"causes"`` they are those that a cause explains: a text tells them by the cause, JSON
    points to them from there.
    """
    if detail == "all":
        return audit.findings
    if detail == "findings":
        return tuple(f for f in audit.findings if f.verdict is not Verdict.EXACT)
    explained = {id(finding) for cause in audit.causes for finding in cause.findings}
    return tuple(finding for finding in audit.findings if id(finding) in explained)
