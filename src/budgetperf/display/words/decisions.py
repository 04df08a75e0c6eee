"""Decisions of a reviewer in words: the same everywhere."""

from __future__ import annotations

from collections.abc import Sequence

from budgetperf.auditing.decisions import Decision
from budgetperf.auditing.diagnosis.suspects import Cause
from budgetperf.auditing.engine import Audit
from budgetperf.exact import COLON, NO_WORDS, Text, in_brackets

__all__ = ["LAPSED", "cause_decisions", "decision_text", "is_set_aside"]

LAPSED = Text(zh="不再适用的复核决定", en="decisions that no longer apply")


def decision_text(decision: Decision) -> Text:
    """What was decided, why and by whom."""
    if decision.ruling is None:
        return NO_WORDS
    text = COLON.join((Text(zh="复核决定", en="decision"), decision.ruling.label))
    if decision.reason:
        text += Text(zh="，理由：{}", en="; reason: {}").fill(decision.reason)
    return text + (in_brackets(Text.of(decision.by)) if decision.by else NO_WORDS)


def cause_decisions(audit: Audit, cause: Cause) -> Sequence[Text]:
    """What was decided on the findings of a cause: each decision once, with its findings."""
    codes_of: dict[Text, list[str]] = {}
    for finding in cause.findings:
        decision = audit.decision_on(finding)
        if decision is not None:
            codes_of.setdefault(decision_text(decision), []).append(finding.code)
    if len(codes_of) == 1 and all(audit.decision_on(f) for f in cause.findings):
        return tuple(codes_of)
    return tuple(Text.of(" ".join(codes) + " ") + text for text, codes in codes_of.items())


def is_set_aside(audit: Audit, cause: Cause) -> bool:
    """Whether all findings of a cause were dismissed."""
    return all(map(audit.is_dismissed, cause.findings))
