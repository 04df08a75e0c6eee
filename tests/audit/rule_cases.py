"""Small forms for the checks that a rule-set drives."""

from __future__ import annotations

from budgetperf import Figure, Indicator, Missing, MissingReason, Statement, Text
from budgetperf import SelfEvaluation as Report
from budgetperf.auditing import Finding
from budgetperf.exact import Stated
from budgetperf.model import Adjustment, Funding, FundingTotal
from budgetperf.rules import RuleSet
from tests.audit.check_cases import found

DASH = Missing(reason=MissingReason.DASH, text="—")
BLANK = Missing(reason=MissingReason.BLANK)
NONE = Missing()
OWN = Text(zh="自定", en="own")


def cell(text: str | Stated | None) -> Stated:
    """A figure, or what stands in its place; ``None`` where there is no place for one."""
    if text is None:
        return NONE
    return Figure.parse(text, exact=True) if isinstance(text, str) else text


def indicator(
    name: str, level1: str, weight: str | Stated | None, score: str | Stated | None = None,
    level2: str = "",
) -> Indicator:  # fmt: skip
    return Indicator(
        name=name or NONE, level1=level1 or NONE, level2=level2 or NONE, weight=cell(weight),
        score=cell(score),
    )  # fmt: skip


def form(
    *rows: Indicator,
    weight: str | Stated | None = None,
    score: str | Stated | None = None,
    initial: str | Stated | None = None,
    revised: str | Stated | None = None,
    executed: str | Stated | None = None,
    total: str | Stated | None = None,
    reason: str = "",
) -> Report:
    budget = FundingTotal(
        weight=cell(weight),
        score=cell(score),
        initial=cell(initial),
        revised=cell(revised),
        executed=cell(executed),
    )
    said = Statement(
        funding=Funding(total=budget),
        indicators=rows,
        total_score=cell(total),
        adjustment=Adjustment(reason=reason or NONE),
    )
    return Report(form=said)


def in_text(report: Report) -> Report:
    """The same, said in the text alone."""
    return Report(narrative=report.form)


def of(report: Report, code: str, which: str, rules: RuleSet | str | None = None) -> list[Finding]:
    """The findings of a code whose relation holds ``which``."""
    return [one for one in found(report, code, rules) if which in one.relation]


def only(findings: list[Finding]) -> Finding:
    (finding,) = findings
    return finding


def said(finding: Finding, zh: str, en: str) -> None:
    assert zh in finding.message.zh
    assert en in finding.message.en
