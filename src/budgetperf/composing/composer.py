"""A report completed: everything that follows is computed, and nothing stated is changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from budgetperf.auditing import Audit, audit
from budgetperf.auditing.diagnosis.suspects import GRAVEST
from budgetperf.exact import (
    BudgetperfError,
    Figure,
    Interval,
    Missing,
    MissingReason,
    RoundingMode,
    Text,
    round_to,
)
from budgetperf.exact.checking import require
from budgetperf.exact.limits import bounded_places
from budgetperf.exact.rounding import unit_in_last_place
from budgetperf.exact.written.by_name import by_name
from budgetperf.model import (
    SelfEvaluation,
    Statement,
    resolve,
    with_column_precision,
)
from budgetperf.model.fields import FigureKind
from budgetperf.model.paths import kind_of, put
from budgetperf.model.report import require_report
from budgetperf.relations.binding import label_at
from budgetperf.relations.finding import Finding
from budgetperf.rules import RuleSet
from budgetperf.scoring import ruleset
from budgetperf.scoring.directions import (
    Directions,
    directed_report,
    given_directions,
    given_for,
)

from .columns import printed
from .composition import Asked, Composition, Computed, LeftOpen
from .following import RATE_PLACES, Follows, amounts, indicator_rates, is_blank, rates
from .scores import Scored, rating, scores, subtotals, total, total_weight, weight

__all__ = ["compose"]


@by_name
def compose(
    inputs: SelfEvaluation | Statement,
    *,
    rules: RuleSet | str | None = None,
    directions: Directions | None = None,
    places: int = RATE_PLACES,
) -> Composition:
    """The report with everything that follows from what is stated, and how it was computed.

    Totals, adjustments, rates, completions, deviations, scores, subtotals, the total and the rating
    are computed where they are blank. What is stated stays, also where it does not fit: that is a
    finding, in ``conflicts``. A dash stays a dash, and a blank that something is computed from is
    never taken for 0. What the rule-set leaves to judgement, and what does not follow, is in
    ``left_open``; reasons that are due, and are not given, are in ``asked``.

    Printed are amounts with all their decimals, rates and scores with those of their column, or of
    the rule-set, or with as few as are needed and at most ``places``; half-up. Every rounding is
    in the trace, with the exact value.

    Args:
        inputs: the report as far as it is filled in, or its form alone.
        rules: a rule-set or the id of a shipped one. Without one there are no scores.
        directions: the direction of targets that are printed without an operator, by the name of
            the indicator or its heading: ``{"成本指标": "≤"}``.
        places: the decimals of rates (in percent) and scores that do not end before.

    Raises:
        NotFoundError: there is no rule-set of that id.
        WrongTypeError: one of them is something else (a ``TypeError``).
        BudgetperfError: a direction is none, or ``places`` is below 0 or more than anything has.

    >>> from budgetperf import FundingTotal, Funding
    >>> total = FundingTotal(revised="595.07万元", executed="355.55万元")
    >>> done = compose(Statement(funding=Funding(total=total)))
    >>> done.report.form.funding.total.execution_rate.text
    '59.75%'
    >>> done.computed[0].how.en
    '355.55 wan yuan / 595.07 wan yuan'
    """
    if isinstance(inputs, Statement):
        inputs = SelfEvaluation(form=inputs)
    require_report(inputs)
    chosen = None if rules is None else ruleset(rules)
    require(places, int, field="places")
    if bounded_places(places) < 0:
        raise BudgetperfError("negative", _NO_PLACES, field="places")
    given_directions(directions)
    work = _Work(inputs, chosen, directions, places)
    work.complete()
    if work.misses():
        # It takes an audit for each figure; of figures that are not rounded there is no need.
        blank = put(inputs, dict.fromkeys(filter(work.is_settled, work.computed), _UNKNOWN))
        with_care = _Work(blank, chosen, directions, places, with_care=True)
        with_care.complete()
        with_care.restore(inputs)
        work = min((with_care, work), key=lambda attempt: len(list(_wrong(attempt.audit))))
    return work.composition()


_UNKNOWN = Missing(reason=MissingReason.BLANK)
"""A blank takes part in the system of all relations; what is not stated does not."""


_NO_PLACES = Text(
    zh="小数位数不小于 0：如 places=2", en="decimals are 0 or more: write, say, places=2"
)


_ROUNDING = "rounding"
_NOT_TOGETHER = Text(
    zh="{}：所列数据四舍五入后，按此计算的结果与其余数据不能同时成立，请按取整前的数据计算填写",
    en="{}: as the figures are rounded, the result cannot hold together with the others; compute "
    "it from figures that are not rounded",
)


_AS_IN_FORM = Text(zh="与附表一致：{}", en="as in the form: {}")
_AS_IN_TEXT = Text(zh="与正文一致：{}", en="as in the text: {}")


class _Work:
    """A report as it is being completed.

    Args:
        stated: as it was given.
        rules: the rule-set, if there is one.
        directions: those of targets without an operator.
        places: the most decimals of what does not end.
        with_care: whether each figure is held against all relations before the next is computed.
    """

    def __init__(
        self,
        stated: SelfEvaluation,
        rules: RuleSet | None,
        directions: Directions | None,
        places: int,
        *,
        with_care: bool = False,
    ) -> None:
        self.with_care = with_care
        self.stated = stated
        self.report = stated
        self.rules = rules
        self.directions = directions
        self.places = places
        self.computed: dict[str, Computed] = {}
        self.open: dict[str, LeftOpen] = {}
        self.is_precise = with_column_precision(stated) == stated

    def complete(self) -> None:
        """Fill in what follows: first what the rest is computed from."""
        rules, directions, places = self.rules, self.directions, self.places
        while self._take(amounts(self.report, places)):
            pass
        self._take(rates(self.report, places))
        directed, _ = directed_report(self.report, given_for(self.report, directions))
        self._take(indicator_rates(directed, rules, places))
        if rules is not None:
            self._take(weight(self.report, rules))
            self._take(scores(self.report, rules, directions, places))
        self._between("narrative", "form")
        self._take(subtotals(self.report))
        self._take(total_weight(self.report))
        self._take(total(self.report, rules, directions, places))
        if rules is not None:
            self._take(rating(self.report, rules, directions))
        self._between("form", "narrative")
        if self.is_precise:
            self.report = with_column_precision(self.report)
        self.audit = self._audited(self.report)

    def _take(self, outcomes: Iterable[Follows | Computed | LeftOpen]) -> bool:
        """Fill in what was found; whether there was anything."""
        due: dict[str, Follows] = {}
        values: dict[str, Figure | Missing | str] = {}
        for outcome in outcomes:
            match outcome:
                case Follows():
                    due.setdefault(outcome.path, outcome)
                case Computed():
                    self.computed[outcome.path] = outcome
                    values[outcome.path] = outcome.result
                case LeftOpen():
                    self.open.setdefault(outcome.path, outcome)
        made = printed(
            self.report, {path: follows.due for path, follows in due.items()}, keeps=self.with_care
        )
        for path, figure in made.items():
            self.computed[path] = _computed(due[path], figure)
        if self.with_care:
            self._put_with_care(made)
        else:
            values |= made
        self.report = put(self.report, values)
        for path in self.computed.keys() & self.open.keys():
            del self.open[path]
        return bool(values or made)

    def _between(self, stated_in: str, blank_in: str) -> None:
        """State the total and the rating in the form and in the text alike, where one has them."""
        report = self.report
        source = report.form if stated_in == "form" else report.narrative
        target = report.form if blank_in == "form" else report.narrative
        if target == Statement():
            return
        values: dict[str, Figure | Missing | str] = {}
        if is_blank(target.total_score) and isinstance(source.total_score, Figure):
            values[f"{blank_in}.total_score"] = source.total_score
        if is_blank(target.rating) and isinstance(source.rating, str):
            values[f"{blank_in}.rating"] = source.rating
        how = _AS_IN_FORM if stated_in == "form" else _AS_IN_TEXT
        for path, value in values.items():
            exact = value.nominal if isinstance(value, Figure) else None
            self.computed[path] = Computed(
                path=path,
                label=label_at(report, path),
                result=value,
                code="W08" if exact is not None else "W09",
                how=how.fill(label_at(report, path.replace(blank_in, stated_in))),
                exact=exact,
            )
        self.report = put(report, values)

    # What was computed from printed figures may miss, by its last decimal, what all relations
    # together leave of it.

    def misses(self) -> bool:
        """Whether something is called wrong that is computed, or that was not so as it was stated.

        The latter are rates of 100%, which were rounded and now stand beside decimals.
        """
        wrong = list(_wrong(self.audit))
        for finding in wrong:
            if any(self.is_settled(operand.path) for operand in finding.operands):
                return True
        if not wrong or not self.is_precise:
            return False
        known = {finding.relation for finding in _wrong(self._audited(self.stated))}
        return any(finding.relation not in known for finding in wrong)

    def is_settled(self, path: str) -> bool:
        """Whether it is computed, and more than its own relation has a say in its last decimal."""
        return path in self.computed and kind_of(path) in (FigureKind.AMOUNT, FigureKind.RATE)

    def _audited(self, report: SelfEvaluation) -> Audit:
        return audit(report, rules=self.rules, directions=self.directions)

    def _put_with_care(self, made: Mapping[str, Figure]) -> None:
        """Fill in one after the other, each with the last decimal that all relations leave it."""
        done = self._audited(self.report)
        for path, figure in made.items():
            if not self.is_settled(path):
                self.report = put(self.report, {path: figure})
                continue
            bounds, wrong, others = done.bounds(path), _number(done), _others(done)
            done = self._with(path, _within(figure, bounds))
            if _number(done) > wrong:
                # Of a blank rate nothing is known; beside its print the others say what it can be.
                beside = _within(figure, _both(bounds, done.bounds(path)))
                tried = (self._with(path, figure), done, self._with(path, beside))
                done = min(tried, key=_number)
                if kind_of(path) is FigureKind.RATE and _is_by_rounding(done, wrong, others):
                    self._leave_open(path, bounds)
                    done = self._audited(self.report)
                    continue
            chosen = resolve(done.report, path)
            if isinstance(chosen, Figure) and chosen != figure:
                self._told(path, chosen)
            self.report = done.report

    def _with(self, path: str, figure: Figure) -> Audit:
        return self._audited(put(self.report, {path: figure}))

    def restore(self, stated: SelfEvaluation) -> None:
        """State nothing where nothing was stated and nothing is computed."""
        self.stated = stated
        silent = {
            path: was
            for path, left_open in self.open.items()
            if left_open.reason == _ROUNDING and isinstance(was := resolve(stated, path), Missing)
        }
        if silent:
            self.report = put(self.report, silent)
            self.audit = self._audited(self.report)

    def _leave_open(self, path: str, bounds: Interval | None) -> None:
        """A rate that only the rounding of other figures keeps from being stated."""
        known = self.computed.pop(path)
        why = _NOT_TOGETHER.fill(known.how)
        self.open[path] = LeftOpen(
            path=path, label=known.label, reason=_ROUNDING, why=why, admissible=bounds
        )

    def _told(self, path: str, chosen: Figure) -> None:
        known = self.computed[path]
        how = Text(zh="{}；末位按全部关系取", en="{}; its last decimal is what all relations leave")
        self.computed[path] = attrs.evolve(
            known, result=chosen, how=how.fill(known.how), rounding=RoundingMode.NEAREST
        )

    def composition(self) -> Composition:
        """What became of it."""
        return Composition(
            stated=self.stated,
            report=self.report,
            rules=self.rules,
            computed=tuple(self.computed.values()),
            left_open=tuple(self.open.values()),
            asked=tuple(_asked(self.audit, self.report)),
            audit=self.audit,
        )


def _wrong(done: Audit) -> Iterator[Finding]:
    return (finding for finding in done.findings if finding.verdict in GRAVEST)


def _both(bounds: Interval | None, others: Interval | None) -> Interval | None:
    return None if bounds is None or others is None else bounds.intersection(others)


def _number(done: Audit) -> int:
    return sum(1 for _ in _wrong(done))


def _others(done: Audit) -> list[str]:
    """The relations that are wrong by themselves."""
    return [finding.relation for finding in _wrong(done) if finding.code != "J01"]


def _is_by_rounding(done: Audit, wrong: int, others: Sequence[str]) -> bool:
    """Whether more is wrong now, and each relation holds by itself."""
    return _number(done) > wrong and _others(done) == others


def _within(figure: Figure, bounds: Interval | None) -> Figure:
    """The print nearest to the figure that is one of a value within the bounds; the figure itself
    where it is that already, or there is none."""
    if bounds is None or figure.interval.intersection(bounds) is not None:
        return figure
    step, candidates = unit_in_last_place(figure.places), list[Figure]()
    for end, mode in ((bounds.lower, RoundingMode.FLOOR), (bounds.upper, RoundingMode.CEILING)):
        if end is None:
            continue
        first = round_to(end / figure.unit.scale, figure.places, mode)
        for steps in (-1, 0, 1):
            value = (first + steps * step) * figure.unit.scale
            other = Figure.rounded(value, unit=figure.unit, places=figure.places)
            if other.interval.intersection(bounds) is not None:
                candidates.append(attrs.evolve(other, rounding=figure.rounding))
    return min(
        candidates, key=lambda candidate: abs(candidate.nominal - figure.nominal), default=figure
    )


def _computed(follows: Follows, figure: Figure) -> Computed:
    exact = follows.due.value
    return Computed(
        path=follows.path,
        label=follows.label,
        result=figure,
        code=follows.code,
        how=follows.how,
        operands=follows.operands,
        exact=exact,
        rounding=None if exact == figure.nominal else RoundingMode.HALF_UP,
        steps=follows.steps if isinstance(follows, Scored) else (),
    )


# The reasons that are due.

_REASONS = {"F04", "F07", "F09", "F14", "Q04", "Q05", "W12"}


def _asked(done: Audit, report: SelfEvaluation) -> Iterator[Asked]:
    """The reasons that the audit asks for, each place once."""
    by_path: dict[str, list[Finding]] = {}
    for finding in done.to_review:
        if finding.code in _REASONS:
            by_path.setdefault(_place_of_reason(finding), []).append(finding)
    for path, findings in by_path.items():
        label = label_at(report, path) if path else findings[0].title
        yield Asked(path=path, label=label, findings=tuple(findings))


def _place_of_reason(finding: Finding) -> str:
    path = finding.operands[0].path if finding.operands else ""
    row, is_row, _ = path.partition("].")
    if ".indicators[" in path and is_row:
        return f"{row}].explanation"
    if finding.code == "F09" and path:
        return f"{path.partition('.')[0]}.adjustment.reason"
    return ""
