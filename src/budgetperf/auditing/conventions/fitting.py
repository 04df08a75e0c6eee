"""Which conventions fit a report: rule-set, definition of 偏差率, rounding, basis of scores.

Every convention is tried by the checks of the audit; nothing is computed here in another way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import attrs

from budgetperf import rules as rulebook
from budgetperf import scoring
from budgetperf.auditing.checks import scores
from budgetperf.auditing.checks.deviations import deviation_due, deviations
from budgetperf.auditing.checks.rows import Row, rows
from budgetperf.auditing.checks.ruled import due_score
from budgetperf.exact import RATIO, BudgetperfError, Figure, RoundingMode, Text
from budgetperf.exact.text import WrongTypeError, shown
from budgetperf.exact.written.by_name import by_name
from budgetperf.model import Direction, SelfEvaluation
from budgetperf.model.report import require_report
from budgetperf.rates import DeviationDefinition
from budgetperf.relations.binding import bind, indexed
from budgetperf.relations.catalogue import relations
from budgetperf.relations.composing import equation_finding, unchecked
from budgetperf.relations.expression import (
    Binary,
    Equation,
    Operand,
    Ref,
    map_figures,
)
from budgetperf.relations.finding import Finding, Verdict
from budgetperf.relations.judging import Judgement
from budgetperf.relations.relation import Relation, equations
from budgetperf.relations.words import explain, printed_text
from budgetperf.rules import RuleSet, Status
from budgetperf.scoring import ScoreRange

from .basis import basis_fit, by_ruleset, declared, score_findings
from .fit import (
    Basis,
    BasisFit,
    BasisRow,
    C,
    Candidate,
    Candidates,
    Fit,
    Outcome,
    candidate,
    speaks_against,
)

__all__ = [
    "Basis",
    "BasisFit",
    "BasisRow",
    "Candidate",
    "Candidates",
    "Fit",
    "Outcome",
    "rules_that_fit",
]


@by_name
def rules_that_fit(report: SelfEvaluation, *, among: Iterable[RuleSet | str] | None = None) -> Fit:
    """The rule-sets under which every stated score holds, and what refutes each of the others.

    The same for the definition of 偏差率, for how printed rates were rounded, and for whether
    scores follow from exact ratios or from printed rates.

    Args:
        report: the report, read or built.
        among: rule-sets, or ids of shipped ones; by default all that are shipped.

    Raises:
        BudgetperfError: there is no rule-set of that id.
        WrongTypeError: ``report`` is no report, or ``among`` is a single rule-set (a
            ``TypeError``).
    """
    _require(report, among)
    stated, report = report, indexed(report)
    tried: list[RuleSet] = []
    for rules_or_id in rulebook.ids() if among is None else among:
        rules = scoring.ruleset(rules_or_id)
        if rules not in tried:
            tried.append(rules)
    exact = [(rules, score_findings(report, rules)) for rules in tried]
    return Fit(
        rules=Candidates(candidates=tuple(_of_rules(report, *scored) for scored in exact)),
        deviation=_closed({d: _deviations(report, d) for d in DeviationDefinition}),
        rounding=_closed(_roundings(report)),
        basis=tuple(basis_fit(report, *scored) for scored in exact),
        report=stated,
    )


def _require(report: object, among: object) -> None:
    require_report(report)
    if isinstance(among, (str, RuleSet)):
        message = Text(
            zh="应为列表，如 ['hubei-2020']，而不是 {}",
            en="expected a list, such as ['hubei-2020'], not {}",
        )
        name = among if isinstance(among, str) else among.id
        raise WrongTypeError("wrong-type", message.fill(shown(name)), field="among")


# Rule-sets.


def _of_rules(
    report: SelfEvaluation, rules: RuleSet, exact: tuple[Finding, ...]
) -> Candidate[RuleSet]:
    """The findings on all scores: execution, indicators in their order, ratings."""
    table = [row for row in rows(report) if row.is_scored]
    places = {row.score.path: n for n, row in enumerate(table)}
    indicators = [finding for finding in exact if finding.code == "W04"]
    indicators += by_ruleset(report, scores.qualitative_scores(declared("W07"), report, rules))
    indicators.sort(key=lambda finding: places[finding.operands[0].path])
    judged = {row.score.path for row in table if _is_judged(row, report, rules)}
    return candidate(
        rules,
        (
            *(finding for finding in exact if finding.code == "F06"),
            *indicators,
            *scores.rating(declared("W09"), report, rules),
        ),
        by_judgement=(f for f in indicators if f.operands[0].path in judged),
    )


def _is_judged(row: Row, report: SelfEvaluation, rules: RuleSet) -> bool:
    """Whether the rule-set admits a range of scores, for a grade or with a reason."""
    if row.indicator.target.direction is Direction.QUALITATIVE:
        return True
    result = due_score(row, report, rules)
    return isinstance(result, ScoreRange) and result.value is None


# Definitions of the deviation, and rounding modes: all that there are can be tried.


def _closed(trials: Mapping[C, Sequence[Finding]]) -> Candidates[C]:
    """The conventions by the rows that do not speak against all of them.

    A row that does shows a wrong figure, and says nothing of the convention.
    """
    stray = {
        index: row[0]
        for index, row in enumerate(zip(*trials.values(), strict=True))
        if all(map(speaks_against, row))
    }
    return Candidates(
        candidates=tuple(
            candidate(convention, (f for i, f in enumerate(row) if i not in stray))
            for convention, row in trials.items()
        ),
        unexplained=tuple(stray.values()),
    )


def _deviations(report: SelfEvaluation, definition: DeviationDefinition) -> list[Finding]:
    """Each stated deviation under one definition."""
    only = RuleSet(
        id=definition.value, title=definition.label, status=Status.OBSERVED, deviation=definition
    )
    return [
        _by_definition(finding, definition) for finding in deviations(declared("W11"), report, only)
    ]


def _by_definition(finding: Finding, definition: DeviationDefinition) -> Finding:
    """The finding in words without the rule-set that carried the definition to the check."""
    if finding.derived is None:
        return finding
    printed = (operand.stated for operand in finding.operands)
    due = deviation_due(declared("W11"), finding)
    why = Text(
        zh="填列{}，实际完成值{}，指标值{}；按{}应为{}",
        en="stated {}, actual {}, target {}; taken as {} it is {}",
    ).fill(*map(printed_text, printed), definition.label, due)
    return attrs.evolve(finding, why=why, provision=None)


def _roundings(report: SelfEvaluation) -> dict[RoundingMode, list[Finding]]:
    """Each printed rate against the quotient that it is, with all rates read by each mode."""
    tables = [
        _by_mode(relation, equation, equation.left, equation.left.stated)
        for relation in relations()
        if _is_quotient(relation)
        for equation in bind(relation, report)
        if isinstance(equation.left, Operand)
        and isinstance(equation.left.stated, Figure)
        and not equation.left.stated.is_exact
    ]
    return {mode: [table[mode] for table in tables] for mode in RoundingMode}


def _is_quotient(relation: Relation) -> bool:
    """Whether the relation says what a single figure is the quotient of."""
    return any(
        isinstance(e.left, Ref) and isinstance(e.right, Binary) and e.right.symbol == "/"
        for e in equations(relation)
    )


def _by_mode(
    relation: Relation, equation: Equation, rate: Operand, figure: Figure
) -> dict[RoundingMode, Finding]:
    """The findings by mode, each in the words of its own mode."""
    by_mode: dict[RoundingMode, Finding] = {}
    for mode in RoundingMode:
        try:
            by_mode[mode] = _read_by(mode, relation, equation, rate, figure)
        except BudgetperfError as error:
            # More decimals are printed than the figure is good for, as one mode allows only.
            by_mode[mode] = unchecked(relation, error.code, error.message, taking_part=(rate,))
    return by_mode


def _is_rounded_rate(figure: Figure) -> bool:
    return figure.unit.dimension == RATIO and not figure.is_exact


def _read_by(
    mode: RoundingMode, relation: Relation, equation: Equation, rate: Operand, figure: Figure
) -> Finding:
    """The finding, had the rate been rounded by ``mode``; amounts stay as they are.

    Rates that it is made of may have been rounded by the same mode, or not.
    """

    def too(other: Figure) -> Figure:
        return attrs.evolve(other, rounding=mode) if _is_rounded_rate(other) else other

    read = attrs.evolve(figure, rounding=mode)
    alone = attrs.evolve(equation, left=attrs.evolve(rate, stated=read))
    finding = equation_finding(relation, alone)
    if not speaks_against(finding):
        return finding
    together = attrs.evolve(alone, right=map_figures(equation.right, too))
    if together != alone:
        second = equation_finding(relation, together)
        if second.verdict.holds:
            return second
    return finding if mode is figure.rounding else _not_cut(finding, alone, read)


def _not_cut(finding: Finding, equation: Equation, figure: Figure) -> Finding:
    """The finding as inconsistent, if it holds only by another mode than the one tried."""
    if finding.verdict is not Verdict.TRUNCATED or finding.derived is None:
        return finding
    judgement = Judgement(
        verdict=Verdict.INCONSISTENT,
        derived=finding.derived,
        gap=figure.interval.gap(finding.derived),
    )
    return attrs.evolve(
        finding, verdict=judgement.verdict, gap=judgement.gap, why=explain(equation, judgement)
    )
