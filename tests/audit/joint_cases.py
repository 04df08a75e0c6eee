"""Amounts by their names, and what relations find of them."""

from __future__ import annotations

import string

import attrs

from budgetperf import (
    Figure,
    Finding,
    Interval,
    Missing,
    Operand,
    RoundingMode,
    SelfEvaluation,
    Severity,
    Statement,
    Text,
    Unit,
    Verdict,
    figures,
)
from budgetperf.auditing.diagnosis.joint import Joint, joint_system
from budgetperf.exact import Stated
from budgetperf.model import Funding, FundingKind, FundingSource, describe
from budgetperf.relations.expression import (
    Const,
    Equation,
    Expression,
    Ref,
    map_leaves,
    operands,
)
from budgetperf.relations.grammar import parse_equation

E, R, I, C, U = (  # noqa: E741
    Verdict.EXACT, Verdict.ROUNDING, Verdict.INCONSISTENT, Verdict.UNCHECKED, Verdict.UNDEFINED,
)  # fmt: skip


def figure(text: str) -> Figure:
    """``5.00`` was rounded, ``=5`` is exact; 元 unless it says otherwise."""
    exact = text.startswith("=")
    parsed = Figure.parse(text.lstrip("="))
    unit = parsed.unit if parsed.unit.symbol else Unit.of("元")
    return attrs.evolve(parsed, unit=unit, rounding=None if exact else RoundingMode.HALF_UP)


def path(name: str) -> str:
    return f"narrative.funding.sources[{string.ascii_lowercase.index(name)}].initial"


def amounts(*prints: str | None) -> SelfEvaluation:
    """A report that states amounts, to which the names ``a``, ``b``, ``c``, … refer."""
    sources = tuple(
        FundingSource(kind=FundingKind.OTHER, initial=Missing() if text is None else figure(text))
        for text in prints
    )
    return SelfEvaluation(narrative=Statement(funding=Funding(sources=sources)))


def stated(report: SelfEvaluation, name: str) -> Operand:
    printed: Stated = next((f for p, f in figures(report) if p == path(name)), Missing())
    return Operand(path=path(name), stated=printed, label=describe(report, path(name)))


def finding_of(
    report: SelfEvaluation,
    text: str,
    *,
    verdict: Verdict = R,
    code: str = "F01",
    beyond: str = "",
    derived: Interval | None = None,
) -> Finding:
    """The finding that a relation over the amounts of a report holds."""

    def bound(leaf: Operand | Const | Ref) -> Expression:
        if isinstance(leaf, Ref):
            return stated(report, leaf.name)
        if isinstance(leaf, Operand) and isinstance(leaf.stated, Figure):
            return Const(value=leaf.stated.nominal, unit=leaf.stated.unit)
        return leaf

    read = parse_equation(text)
    equation = Equation(
        left=map_leaves(read.left, bound),
        comparator=read.comparator,
        right=map_leaves(read.right, bound),
    )
    own = (*operands(equation.left), *operands(equation.right))
    return Finding(
        code=code,
        verdict=verdict,
        severity=Severity.ERROR,
        relation=text,
        operands=(*own, *(stated(report, name) for name in beyond)),
        derived=derived,
        title=Text(zh="关系", en="relation"),
        why=Text(zh="舍入", en="rounding"),
        equation=equation,
    )


def joint(report: SelfEvaluation, *texts: str) -> Joint:
    return joint_system(report, [finding_of(report, text) for text in texts])
