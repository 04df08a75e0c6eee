"""What became of a report that was completed: what was computed, and what was left open."""

from __future__ import annotations

from fractions import Fraction

import attrs

from budgetperf.auditing import Audit
from budgetperf.exact import SEMICOLON, Figure, Interval, Missing, RoundingMode, Text
from budgetperf.exact.shown import Shown
from budgetperf.exact.written.brief import in_brief
from budgetperf.model import SelfEvaluation
from budgetperf.receipts import Receipt
from budgetperf.relations.expression import Operand
from budgetperf.relations.finding import Finding, Verdict
from budgetperf.rules import RuleSet
from budgetperf.scoring import Step

__all__ = ["Asked", "Composition", "Computed", "LeftOpen"]


@attrs.frozen(kw_only=True)
class Computed(Shown):
    """A figure that was not stated and follows from others.

    Args:
        path: where it stands in the report.
        label: what it is.
        result: the figure as it is printed; a rating in words; a dash where the row does not apply.
        code: the relation that it follows from, such as ``F05``, or ``W04`` for a score by rule.
        how: what it was computed from, with the printed figures.
        operands: these figures.
        exact: its exact value in base units (元; 1 for 100 %; points), before it was rounded;
            ``None`` of words.
        rounding: the mode by which ``exact`` was rounded; ``None`` where nothing was rounded away.
        steps: the steps that led to a score.
    """

    path: str
    label: Text
    result: Figure | Missing | str
    code: str
    how: Text
    operands: tuple[Operand, ...] = ()
    exact: Fraction | None = None
    rounding: RoundingMode | None = None
    steps: tuple[Step, ...] = ()

    @property
    def text(self) -> str:
        """The result as it is printed."""
        result = self.result
        return result if isinstance(result, str) else result.text

    def __repr__(self) -> str:
        return in_brief(self, f"{self.path}:", self.text, f"by {self.code}")


@attrs.frozen(kw_only=True)
class LeftOpen(Shown):
    """A figure that was not stated and does not follow: somebody has to decide or to state it.

    Args:
        path: where it is to stand in the report.
        label: what it is.
        reason: a stable ASCII code of why: ``judgement`` (the rule leaves room), ``not-stated``
            (something that it follows from is missing), ``rule-silent``, ``undefined`` (a base of
            0), ``perhaps-incomplete`` (the parts need not be all), ``rounding`` (as the figures are
            rounded, the result cannot hold together with the others) and the like.
        why: the same in words.
        admissible: the values that are admitted, where there are limits, in base units.
    """

    path: str
    label: Text
    reason: str
    why: Text
    admissible: Interval | None = None

    def __repr__(self) -> str:
        within = [] if self.admissible is None else [f"within {self.admissible}"]
        return in_brief(self, f"{self.path}:", self.reason, *within)


@attrs.frozen(kw_only=True)
class Asked(Shown):
    """A reason that the report has to give, and does not.

    Args:
        path: where it is to stand in the report; ``""`` if the model has no field for it.
        label: what it is about.
        findings: what asks for it.
    """

    path: str
    label: Text
    findings: tuple[Finding, ...]

    @property
    def why(self) -> Text:
        """What asks for it, in words."""
        return SEMICOLON.join(dict.fromkeys(finding.why for finding in self.findings))

    def __repr__(self) -> str:
        return in_brief(self, f"{self.path}:", ", ".join(f.code for f in self.findings))


@attrs.frozen(kw_only=True, repr=False)
class Composition(Shown):
    """A report with everything that follows from what was stated.

    Args:
        stated: the report as it was given.
        report: the same with what was computed; nothing that was stated is changed.
        rules: the rule-set, if one was chosen.
        computed: what was computed, in the order in which it was.
        left_open: what does not follow.
        asked: the reasons that are due and not given.
        audit: the audit of ``report``.
    """

    stated: SelfEvaluation
    report: SelfEvaluation
    rules: RuleSet | None
    computed: tuple[Computed, ...]
    left_open: tuple[LeftOpen, ...]
    asked: tuple[Asked, ...]
    audit: Audit

    @property
    def conflicts(self) -> tuple[Finding, ...]:
        """What was stated and does not fit the rest: it was left as it is."""
        return tuple(finding for finding in self.audit.findings if finding.verdict in _WRONG)

    @property
    def is_complete(self) -> bool:
        """Whether nothing is left open, no reason is due, and nothing that was stated is wrong."""
        return not (self.left_open or self.asked or self.conflicts)

    @property
    def receipt(self) -> Receipt:
        """The receipt of the audit of the completed report."""
        return self.audit.receipt

    def how(self, path: str) -> Computed | None:
        """How the figure at a path was computed; ``None`` if it was stated or is not there."""
        return next((computed for computed in self.computed if computed.path == path), None)

    def __repr__(self) -> str:
        name = self.report.about
        return in_brief(
            self,
            "of",
            name if isinstance(name, str) else "—",
            f"by {self.rules.id}:" if self.rules else ":",
            f"{len(self.computed)} computed, {len(self.left_open)} left open,",
            f"{len(self.asked)} reasons asked, {len(self.conflicts)} conflicts",
        )


_WRONG = (Verdict.INCONSISTENT, Verdict.TRUNCATED, Verdict.UNDEFINED)
