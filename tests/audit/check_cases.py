"""Small reports for the checks."""

from __future__ import annotations

import attrs

from budgetperf import Figure, Indicator, Missing, Statement, Target, Verdict, audit
from budgetperf import SelfEvaluation as Report
from budgetperf.auditing import Finding
from budgetperf.rules import RuleSet

E, R, T, I, C = (  # noqa: E741
    Verdict.EXACT, Verdict.ROUNDING, Verdict.TRUNCATED, Verdict.INCONSISTENT, Verdict.UNCHECKED,
)  # fmt: skip


def points(text: str) -> Figure:
    return Figure(value=text, rounding=None)


def row(
    name: str,
    target: str,
    actual: str,
    *,
    weight: str = "20",
    score: str = "20",
    explanation: str = "",
    deviation: str = "",
    level1: str = "一",
) -> Indicator:
    return Indicator(
        name=name,
        level1=level1,
        level2="二",
        target=Target.parse(target),
        actual=attrs.evolve(Figure.parse(actual), rounding=None),
        weight=points(weight),
        score=points(score),
        explanation=explanation or Missing(),
        deviation=Figure.parse(deviation) if deviation else Missing(),
    )


def form(*rows: Indicator) -> Report:
    return Report(form=Statement(indicators=rows))


def found(report: Report, code: str, rules: RuleSet | str | None = None) -> list[Finding]:
    return [f for f in audit(report, rules=rules).findings if f.code == code]


def verdicts(report: Report, code: str, rules: RuleSet | str | None = None) -> list[object]:
    return [f.reason or f.verdict for f in found(report, code, rules)]


def deviations(report: Report, rules: RuleSet | str | None = None) -> list[Finding]:
    return [f for f in found(report, "W11", rules) if "= deviation(" in f.relation]
