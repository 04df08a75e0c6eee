"""Two reports of one department: this year's, which says what last year's does of that year."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TypeVar

import attrs
from hypothesis import strategies as st

from budgetperf import Figure, Indicator, SelfEvaluation, Statement
from budgetperf.exact.calls import Called
from budgetperf.model import Execution, FundingKind, OtherYear

from .generated import Printer, Writer, exact, printing, written
from .truth import PHASES, Truth, truths

__all__ = ["TwoYears", "two_years"]

_THIS = 2023


@attrs.frozen(kw_only=True, repr=False)
class TwoYears(Called):
    """Two reports that are right in every figure, as printed, and go together.

    Args:
        report: this year's.
        previous: last year's.
        rules: the id of the rule-set by which the scores of this year's were given; ``None`` where
            they follow from the plain ratio.
    """

    report: SelfEvaluation
    previous: SelfEvaluation
    rules: str | None

    def __repr__(self) -> str:
        """Short: two whole reports would fill the screen."""
        return f"<reports on two years under {self.rules}>"


@st.composite
def two_years(draw: st.DrawFn) -> TwoYears:
    """Two reports of one department, each printed in ways of its own.

    This year's has columns of last year, the values that its indicators reached then, what was
    carried over and how many people there are more; both give their own reasons.
    """
    then = draw(truths())
    now = _carrying(draw(truths()), then)
    printer = printing(draw)
    previous = written(draw, then, printing(draw), _THIS - 1)
    report = written(draw, now, printer, _THIS)
    staffing = attrs.evolve(report.department.staffing, change=exact(0, "人"))
    department = attrs.evolve(report.department, staffing=staffing)
    other = _other_year(then, draw(st.sampled_from([str(_THIS - 1), "last"])), printer)
    narrative, form = (
        _with_values(part, now, then, printer) for part in (report.narrative, report.form)
    )
    if draw(st.booleans()):
        narrative = attrs.evolve(narrative, other_years=[other])
    else:
        form = attrs.evolve(form, other_years=[other])
    return TwoYears(
        report=attrs.evolve(
            report,
            department=department,
            narrative=_with_words(narrative, "本年"),
            form=_with_words(form, "本年"),
        ),
        previous=attrs.evolve(
            previous,
            narrative=_with_words(previous.narrative, "上年"),
            form=_with_words(previous.form, "上年"),
        ),
        rules=now.rules,
    )


def _other_year(then: Truth, year: str, printer: Printer) -> OtherYear:
    """What the report says of last year, printed in columns of its own."""
    writer = Writer(truth=then, where="last", printer=printer, unsigned=False)
    return OtherYear(
        year=year,
        total=Execution(**writer.execution("funding", then.total)),
        basic_expenditure=Execution(**writer.execution("basic", then.basic)),
        project_expenditure=Execution(**writer.execution("project", then.project)),
        three_public=writer.public(),
        procurement=writer.procurement(),
    )


def _with_values(part: Statement, now: Truth, then: Truth, printer: Printer) -> Statement:
    """With what last year's report reached, where the unit is still the same."""
    reached = {(item.name, item.unit): item.actual for item in then.items}
    units = {item.name: item.unit for item in now.items}

    def valued(indicator: Indicator) -> Indicator:
        unit = units[str(indicator.name)]
        value = reached.get((str(indicator.name), unit))
        if value is None:
            return indicator
        return attrs.evolve(indicator, last_year=printer("last.actual", value, unit))

    return attrs.evolve(part, indicators=[valued(indicator) for indicator in part.indicators])


def _with_words(part: Statement, year: str) -> Statement:
    """With an explanation beside each indicator, and a goal that says what was reached."""
    with_actual = [i for i in part.indicators if isinstance(i.actual, Figure)]
    results = "；".join(f"{i.name}{year}全年累计完成{i.actual}" for i in with_actual)
    explained = [
        attrs.evolve(i, explanation=f"{year}情况有变化，完成{i.actual}，下一步加强管理")
        for i in part.indicators
    ]
    goal = attrs.evolve(part.goal, achieved=results)
    return attrs.evolve(part, indicators=explained, goal=goal)


# What was carried over.

_Part = TypeVar("_Part")


def _carrying(now: Truth, then: Truth) -> Truth:
    """A truth that carries over no more than last year left; what is more comes from elsewhere."""
    kind = FundingKind.CARRY_OVER
    if kind not in now.sources:
        return now
    others = [other for other in now.sources if other is not kind]
    if not others:
        return _renamed(now, kind, FundingKind.UNLISTED)
    left = max(Fraction(0), then.total["revised"] - then.total["executed"])
    carried = {phase: min(now.sources[kind][phase], left) for phase in PHASES}
    more = {phase: now.sources[kind][phase] - carried[phase] for phase in PHASES}
    first = {phase: now.sources[others[0]][phase] + more[phase] for phase in PHASES}
    return attrs.evolve(now, sources={**now.sources, kind: carried, others[0]: first})


def _renamed(now: Truth, kind: FundingKind, other: FundingKind) -> Truth:
    def renamed(parts: Mapping[FundingKind, _Part]) -> dict[FundingKind, _Part]:
        return {other if key is kind else key: part for key, part in parts.items()}

    return attrs.evolve(
        now,
        sources=renamed(now.sources),
        received=renamed(now.received),
        project_sources=renamed(now.project_sources),
    )
