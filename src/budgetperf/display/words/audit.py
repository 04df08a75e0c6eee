"""Which findings of an audit are listed, and what stands above its causes: the same everywhere."""

from __future__ import annotations

from typing import Literal, TypeAlias

from budgetperf.auditing.diagnosis.suspects import Cause
from budgetperf.auditing.engine import Audit
from budgetperf.exact import COLON, SEMICOLON, Text
from budgetperf.relations.finding import Finding, Severity, Verdict

__all__ = ["Detail", "cause_head", "consequence_texts", "listed", "severity_text"]

Detail: TypeAlias = Literal["causes", "findings", "all"]
"""Only what lies behind what does not hold; all that does not hold exactly; every finding."""


def listed(audit: Audit, detail: Detail) -> tuple[Finding, ...]:
    """The findings that are listed, in the order of the audit.

    With ``"causes"`` none is: each is named by its cause.
    """
    if detail == "all":
        return audit.findings
    if detail == "findings":
        return tuple(f for f in audit.findings if f.verdict is not Verdict.EXACT)
    return ()


def cause_head(cause: Cause) -> Text:
    """The title of a cause; that it is only asked for review is said before it."""
    asked = Text(zh="请复核：{}", en="for review: {}")
    return asked.fill(cause.title) if cause.verdict is Verdict.UNCHECKED else cause.title


def consequence_texts(audit: Audit, cause: Cause) -> tuple[Text, ...]:
    """What follows once a cause is mended, in one line; none where nothing does."""
    consequences = audit.consequences(cause)
    return (COLON.join((_FOLLOWS, SEMICOLON.join(consequences))),) if consequences else ()


_FOLLOWS = Text(zh="影响", en="what follows")


def severity_text(finding: Finding) -> Text:
    """How much a finding matters: what is left to a reviewer is no error yet."""
    is_asked = finding.is_for_review and finding.severity is Severity.ERROR
    return (Severity.WARNING if is_asked else finding.severity).label
