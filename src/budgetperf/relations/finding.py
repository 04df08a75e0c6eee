"""Findings: the verdict on each relation, with everything that led to it."""

from __future__ import annotations

from fractions import Fraction

import attrs

from budgetperf.exact import COLON, NO_WORDS, Interval, Labelled, Text, Unit, in_brackets
from budgetperf.exact.shown import Shown
from budgetperf.exact.written.brief import in_brief

from .assumption import Assumption
from .expression import Equation, Operand

__all__ = ["FOR_REVIEW", "Finding", "Severity", "Verdict", "for_review"]

FOR_REVIEW = "review"
"""The reason of what arithmetic does not decide, and a reviewer would ask about."""


class Verdict(Labelled):
    """What can be said of a relation. The values are stable ASCII codes."""

    EXACT = ("exact", "相符", "exact")
    """The printed figures reproduce each other."""
    ROUNDING = ("rounding", "舍入范围内相符", "within rounding")
    """It holds for some of the true values behind the printed figures."""
    TRUNCATED = ("truncated", "截断", "truncated")
    """It holds only if the result was cut instead of rounded."""
    INCONSISTENT = ("inconsistent", "不符", "inconsistent")
    """It holds for none of the true values."""
    UNDEFINED = ("undefined", "无定义", "undefined")
    """A rate on a zero base was stated."""
    UNCHECKED = ("unchecked", "未判定", "unchecked")
    """It could not be decided by arithmetic; the finding's ``reason`` says why."""

    @property
    def holds(self) -> bool:
        """Whether there is nothing to mend."""
        return self in (Verdict.EXACT, Verdict.ROUNDING)


class Severity(Labelled):
    """How much a broken relation matters. The values are stable ASCII codes."""

    ERROR = ("error", "错误", "error")
    """Arithmetic cannot hold."""
    WARNING = ("warning", "提醒", "warning")
    """A reviewer would ask."""
    NOTE = ("note", "提示", "note")
    """Worth knowing."""


@attrs.frozen(kw_only=True)
class Finding(Shown):
    """One relation of one report, and what became of it.

    Args:
        code: the check's code in the field's catalogue, such as ``F05``.
        verdict: what can be said.
        severity: how much it matters if the relation is broken.
        relation: the relation over paths, or as typed by hand.
        operands: its figures.
        derived: the values that the result can have by the other figures, in ``unit``.
        unit: the unit of ``derived`` and ``gap``: that of the printed result.
        gap: how far the printed result lies from what it can be; ``None`` unless it lies outside.
        ranges: where the values lie in one of several ranges, these; ``derived`` spans them. A
            shortfall has one with and one without its minus sign; a deviation that does not hold
            has those of every definition that fits the other rows as well.
        provision: what the rule rests on, where a rule-set was used.
        reason: for ``unchecked`` and ``undefined``, a stable ASCII code of why:
            ``not-stated``, ``no-ruleset``, ``rule-silent``, ``unit-mismatch``, ``review`` (a
            reviewer would ask; arithmetic does not decide), ``zero-over-zero`` and the like.
        title: what should hold.
        subject: the figure that it is about, if there is one.
        why: what was found.
        assumes: what the verdict rests on besides the figures; with other values behind the print,
            or more rows than are listed, it could be another.
        equation: what must hold for the true values behind the figures, where an equation says it
            and no reviewer has to.
    """

    code: str
    verdict: Verdict
    severity: Severity
    relation: str
    title: Text
    why: Text
    subject: Text = NO_WORDS
    operands: tuple[Operand, ...] = ()
    derived: Interval | None = None
    unit: Unit = Unit.of("")
    gap: Fraction | None = None
    ranges: tuple[Interval, ...] = ()
    provision: str | None = None
    reason: str | None = None
    assumes: tuple[Assumption, ...] = ()
    equation: Equation | None = attrs.field(default=None, repr=False)

    @property
    def message(self) -> Text:
        """The finding in words: what should hold, of which figure, what was found and assumed."""
        message = self.title + in_brackets(self.subject) + COLON + self.why
        if not self.assumes:
            return message
        assumed = Text(zh="；", en=" and ").join(assumption.label for assumption in self.assumes)
        return message + in_brackets(Text(zh="前提：", en="assuming that ") + assumed)

    @property
    def is_for_review(self) -> bool:
        """Whether a reviewer would ask: nothing is missing, but arithmetic does not decide."""
        return self.reason == FOR_REVIEW

    def __repr__(self) -> str:
        return in_brief(self, self.code, f"{self.verdict.value}:", self.relation)


def for_review(finding: Finding, why: Text | None = None) -> Finding:
    """The finding as a question to a reviewer, told by ``why`` if that is given."""
    return attrs.evolve(
        finding,
        verdict=Verdict.UNCHECKED,
        reason=FOR_REVIEW,
        why=finding.why if why is None else why,
        gap=None,
    )
