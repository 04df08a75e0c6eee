"""The checks of totals: of weights and of scores, with what does not apply, rescaled, capped."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import cast

import attrs

from budgetperf.exact import (
    Figure,
    Missing,
    MissingReason,
    RoundingMode,
    Stated,
    Text,
    decimal_text,
)
from budgetperf.exact.figure import as_rounded
from budgetperf.model import Indicator, SelfEvaluation, resolve
from budgetperf.relations.assumption import Assumption
from budgetperf.relations.binding import is_claimed, once, operand_at, rows_of
from budgetperf.relations.composing import equation_finding, simple
from budgetperf.relations.expression import (
    Binary,
    Const,
    Equation,
    Expression,
    Operand,
    Ref,
    Sum,
    interval,
    map_figures,
    map_leaves,
    nominal,
    operands,
)
from budgetperf.relations.finding import Finding, Verdict, for_review
from budgetperf.relations.judging import judge
from budgetperf.relations.relation import Relation, equations
from budgetperf.rules import Gauge, NotApplicable, RuleSet, TotalCap
from budgetperf.rules.ruleset import FULL_MARKS
from budgetperf.scoring.gauges import Gauged, budget_gauge, gauge_text, is_lifted
from budgetperf.scoring.marking.printed import printed_rule
from budgetperf.scoring.marks import (
    ScoreRange,
    does_not_apply,
    execution_result,
    weight_points,
)

from .rows import STATEMENTS, budget_operands, is_dash, may_be_cut, points, statement
from .ruled import AS_PRINTED, due_scores, is_shown_rounded, lacking, provision_of

__all__ = [
    "cap_in_force",
    "caps",
    "is_cap_sure",
    "is_plain_sum",
    "sum_finding",
    "total",
    "total_of_weights",
    "unless_cut",
    "weights",
]


def weights(relation: Relation, report: SelfEvaluation, rules: RuleSet | None) -> Iterator[Finding]:
    """W01: the weights add up to the points of the rule-set, 100 by default.

    A dash says that an indicator does not apply. If the others are short of the whole then, that is
    no contradiction: what does not apply may be left out and the rest rescaled. Nor is it one if
    the form has no row for the total, so that rows may be missing at its end.
    """
    full_points = points(FULL_MARKS if rules is None else rules.total)
    for bound in _bound(relation, report):
        finding = sum_finding(relation, attrs.evolve(bound, left=full_points), report)
        yield unless_cut(relation, finding, report)


def total_of_weights(
    relation: Relation, report: SelfEvaluation, _: RuleSet | None
) -> Iterator[Finding]:
    """W15: the total of the weights that the form prints is their sum, with the weight of budget
    execution or without: the row may be that of the indicators alone."""
    for bound in _bound(relation, report):
        finding = sum_finding(relation, bound, report)
        if finding.verdict is Verdict.INCONSISTENT:
            finding = _of_rows_alone(relation, bound, report) or finding
        yield finding


def _of_rows_alone(relation: Relation, bound: Equation, report: SelfEvaluation) -> Finding | None:
    """The finding for a sum without the execution of the budget, if that holds."""
    rows = [
        (sign, term)
        for sign, term in cast("Sum", bound.right).terms
        if not isinstance(term, Operand)  # the rows are a sum of their own, however many
    ]
    alone = sum_finding(relation, attrs.evolve(bound, right=Sum(terms=tuple(rows))), report)
    return attrs.evolve(alone, equation=None) if alone.verdict.holds else None


def _totals_rows_alone(report: SelfEvaluation) -> bool:
    """Whether the total of the weights is that of the indicators, and budget execution weighs the
    rest of 100: the row of the totals is that of the indicators then."""
    form = report.form
    weights = [row.weight for row in form.indicators]
    stated = [weight for weight in weights if isinstance(weight, Figure)]
    execution, total_weight = form.funding.total.weight, form.total_weight
    return (
        isinstance(execution, Figure)
        and isinstance(total_weight, Figure)
        and bool(execution.nominal)
        and len(stated) == len(weights)
        and sum(weight.nominal for weight in stated) == total_weight.nominal
        and total_weight.nominal + execution.nominal == _ALL
    )


def unless_cut(relation: Relation, finding: Finding, report: SelfEvaluation) -> Finding:
    """A question in place of a sum that falls short, where rows may be missing at the end."""
    equation = finding.equation
    if finding.verdict is not Verdict.INCONSISTENT or equation is None:
        return finding
    where = next((part.path.partition(".")[0] for part in operands(equation.right)), "")
    at_least = attrs.evolve(equation, comparator="≥")
    if not may_be_cut(report, where) or not judge(at_least).verdict.holds:
        return finding
    asked = for_review(finding, relation.say("perhaps-cut", why=finding.why))
    return attrs.evolve(asked, equation=at_least)


def total(relation: Relation, report: SelfEvaluation, rules: RuleSet | None) -> Iterator[Finding]:
    """W08: the total is the sum of the scores, rescaled or capped as the rule-set has it; beside a
    total of the weights that is that of the indicators alone, so may be that of the scores."""
    for bound in _bound(relation, report):
        due_by = AS_PRINTED if rules is None and _prints_rules(report) else rules
        finding = (
            sum_finding(relation, bound, report)
            if due_by is None
            else _total_by_rules(relation, bound, report, due_by)
        )
        of_rows = finding.verdict is Verdict.INCONSISTENT and _totals_rows_alone(report)
        yield (_of_rows_alone(relation, bound, report) if of_rows else None) or finding


def _prints_rules(report: SelfEvaluation) -> bool:
    """Whether the form prints how its rows are scored."""
    return any(map(printed_rule, report.form.indicators))


def _total_by_rules(
    relation: Relation, bound: Equation, report: SelfEvaluation, rules: RuleSet
) -> Finding:
    if _are_rounded(report, rules):
        bound = _with_rounded_scores(bound)
    due = applying = _applying(bound, report)
    finding = sum_finding(relation, bound, report)
    factor = _factor(bound.right, report, rules, _is_left_out)
    if factor is not None:
        plain, due = finding, _times(factor, applying)
        finding = _rescaled(relation, due, rules)
        # A row whose score is a dash does not count; one with 0 points may, or may not.
        sure = _factor(bound.right, report, rules, _is_dashed)
        if finding.verdict is Verdict.INCONSISTENT:
            other = plain if sure is None else _rescaled(relation, _times(sure, applying), rules)
            if other.verdict.holds:
                # Rows with a dash and 0 points do apply, as the total has it.
                why = relation.say("sum-counted", why=finding.why)
                finding = _asked(finding, applying, why)
        elif not finding.verdict.holds and sure != factor:
            # The rows with a dash and 0 points may apply: all that is sure is what the others have.
            finding = attrs.evolve(finding, equation=attrs.evolve(applying, comparator="≥"))
    capped = None
    if not finding.verdict.holds and (finding.reason is None or finding.is_for_review):
        capped = _capped(relation, due, report, rules)
    if finding.verdict is not Verdict.INCONSISTENT:
        finding = _under_caps(finding, report, rules)
    return capped or finding


def _with_rounded_scores(equation: Equation) -> Equation:
    left, right = (map_figures(side, as_rounded) for side in (equation.left, equation.right))
    return attrs.evolve(equation, left=left, right=right)


def _are_rounded(report: SelfEvaluation, rules: RuleSet) -> bool:
    """Whether the rule-set shows that the whole scores of the form are rounded ones."""
    total = report.form.funding.total
    scores = total.score, *(indicator.score for indicator in report.form.indicators)
    dues = execution_result(total, rules), *due_scores(report, "form", rules)
    return any(
        isinstance(score, Figure)
        and isinstance(due, ScoreRange)
        and is_shown_rounded(score, due.admissible, rules)
        for score, due in zip(scores, dues, strict=True)
    )


def _bound(relation: Relation, report: SelfEvaluation) -> Iterator[Equation]:
    """The sums of the relation in which the report claims something of the indicators."""

    def stated(leaf: Operand | Const | Ref) -> Expression:
        if not isinstance(leaf, Ref):
            return leaf
        container, of_all, field = leaf.name.partition("[*]")
        if not of_all:
            return operand_at(report, leaf.name)
        paths = (f"{container}[{index}]{field}" for index in rows_of(report, container))
        return Sum(terms=tuple((1, operand_at(report, path)) for path in paths))

    for equation in equations(relation):
        left, right = map_leaves(equation.left, stated), map_leaves(equation.right, stated)
        of_rows = [part for part in operands(right) if ".indicators[" in part.path]
        says_total = isinstance(left, Const) or is_claimed(left)
        if says_total and any(map(is_claimed, of_rows)):
            yield attrs.evolve(equation, left=left, right=right)


def _applying(equation: Equation, report: SelfEvaluation) -> Equation:
    """The equation without what does not apply, and without an execution row if there is none."""
    return attrs.evolve(equation, right=_without_apart(equation.right, report))


def _without_apart(expression: Expression, report: SelfEvaluation) -> Expression:
    if not isinstance(expression, Sum):
        return expression
    terms = [
        (sign, _without_apart(term, report))
        for sign, term in expression.terms
        if not _is_apart(term, report)
    ]
    return Sum(terms=tuple(terms))


def _is_apart(part: Expression, report: SelfEvaluation) -> bool:
    return isinstance(part, Operand) and (is_dash(part.stated) or _has_no_place(part, report))


def _has_no_place(part: Operand, report: SelfEvaluation) -> bool:
    """Whether it belongs to an execution row that the form does not have.

    One that has a weight has a score, too, whether or not the form prints both.
    """
    line, of_funding, _ = part.path.rpartition(".funding.total.")
    return bool(of_funding) and all(
        _is_nowhere(operand_at(report, f"{line}{of_funding}{name}").stated)
        for name in ("weight", "score")
    )


def _is_nowhere(stated: Stated) -> bool:
    return isinstance(stated, Missing) and stated.reason is MissingReason.NOT_STATED


def sum_finding(relation: Relation, equation: Equation, report: SelfEvaluation) -> Finding:
    """The finding for a sum, parts of which may not apply.

    What was left out may count for something all the same: nothing more than ``≥`` is sure of the
    others, whether their sum holds, does not, or cannot be told.
    """
    applying = _applying(equation, report)
    finding = equation_finding(relation, applying)
    if applying == equation or finding.equation is None:
        return finding
    at_least = attrs.evolve(applying, comparator="≥")
    if finding.verdict is not Verdict.INCONSISTENT:
        assumes = (Assumption.ABSENT_IS_ZERO,) if finding.verdict.holds else ()
        return attrs.evolve(finding, equation=at_least, assumes=assumes)
    if judge(at_least).verdict is Verdict.INCONSISTENT:
        return attrs.evolve(finding, equation=at_least)
    # A dash may stand for points all the same, whatever the others weigh.
    has_dashes = any(is_dash(part.stated) for part in operands(equation.right))
    if not has_dashes and _weigh_all(applying, report):
        return finding
    return _asked(finding, applying, relation.say("sum-rescaled", why=finding.why))


def _weigh_all(scores: Equation, report: SelfEvaluation) -> bool:
    """Whether the parts of a sum of scores weigh all there is: nothing that stands elsewhere can
    count then."""
    paths = [part.path for part in operands(scores.right)]
    if not all(path.endswith(".score") for path in paths):
        return False
    stated = [operand_at(report, path.removesuffix("score") + "weight").stated for path in paths]
    weights = [weight for weight in stated if isinstance(weight, Figure)]
    return len(weights) == len(paths) and sum(w.nominal for w in weights) == _ALL


_ALL = 100


def _asked(finding: Finding, applying: Equation, why: Text) -> Finding:
    """A question whether what was left out counts; the total is at least what the others have."""
    return attrs.evolve(
        for_review(finding, why),
        assumes=(Assumption.ABSENT_IS_ZERO,),
        equation=attrs.evolve(applying, comparator="≥"),
    )


# Rescaling.


def _times(factor: Fraction, due: Equation) -> Equation:
    return attrs.evolve(due, right=Binary(symbol="*", left=points(factor), right=due.right))


def _factor(
    scores: Expression,
    report: SelfEvaluation,
    rules: RuleSet,
    is_left_out: Callable[[Operand, SelfEvaluation], bool],
) -> Fraction | None:
    """What the sum of the scores is multiplied by; ``None`` if by nothing, or it is not known."""
    if rules.not_applicable is not NotApplicable.RESCALE:
        return None
    there = [part for part in operands(scores) if not _has_no_place(part, report)]
    counted = [part for part in there if not is_left_out(part, report)]
    if len(counted) == len(there):
        return None
    weighed, all_weighed = (_weights_of(parts, report, rules) for parts in (counted, there))
    if len(there) < len(list(operands(scores))) and sum(all_weighed or ()) != rules.total:
        return None  # the execution row that is not there may weigh something
    summed = sum(weighed or (), start=Fraction(0))
    return rules.total / summed if summed not in (0, rules.total) else None


def _weights_of(
    scores: Sequence[Operand], report: SelfEvaluation, rules: RuleSet
) -> list[Fraction] | None:
    """The weights beside some scores, in points; ``None`` if one is not stated."""
    paths = (score.path.removesuffix("score") + "weight" for score in scores)
    stated = [operand_at(report, path).stated for path in paths]
    weighed = [weight_points(weight, rules) for weight in stated if isinstance(weight, Figure)]
    return weighed if len(weighed) == len(stated) else None


def _is_left_out(score: Operand, report: SelfEvaluation) -> bool:
    """Whether it belongs to what does not apply: a dash, or a 0 beside one for the actual value."""
    row = resolve(report, score.path.removesuffix(".score"))
    is_zero = isinstance(score.stated, Figure) and not score.stated.value
    if is_zero and isinstance(row, Indicator) and does_not_apply(row):
        return row.key not in _measured(report)
    return _is_dashed(score, report)


def _is_dashed(score: Operand, _report: SelfEvaluation) -> bool:
    return is_dash(score.stated)


def _measured(report: SelfEvaluation) -> frozenset[str]:
    """The keys of indicators that have an actual value somewhere: a dash elsewhere is no "none"."""
    rows = (row for where in STATEMENTS for row in statement(report, where).indicators)
    keys = (row.key for row in rows if isinstance(row.actual, Figure))
    return once(report, ("measured", ""), lambda: frozenset(keys))


def _rescaled(relation: Relation, due: Equation, rules: RuleSet) -> Finding:
    """The finding for a total that is due rescaled: a whole number then is a rounded one."""
    left = due.left
    if isinstance(left, Operand) and isinstance(left.stated, Figure) and left.stated.is_exact:
        mode = RoundingMode.HALF_UP if rules.score_rounding is None else rules.score_rounding.mode
        left = attrs.evolve(left, stated=attrs.evolve(left.stated, rounding=mode))
    finding = equation_finding(relation, attrs.evolve(due, left=left))
    # Not for the joint system, which takes the total as it is printed, and exact.
    return finding if left == due.left else attrs.evolve(finding, equation=None)


# Caps.


def is_plain_sum(report: SelfEvaluation, rules: RuleSet) -> bool:
    """Whether the total is the sum of the scores: neither rescaled nor capped, not even perhaps."""
    counted = (indicator for indicator in report.form.indicators if indicator.key)
    of_none = any(does_not_apply(counting) or is_dash(counting.score) for counting in counted)
    rescaled = of_none and rules.not_applicable is NotApplicable.RESCALE
    return not rescaled and not any(_may_cap(cap, report, rules) for cap in rules.total_caps)


def _gauged(gauge: Gauge, report: SelfEvaluation, rules: RuleSet) -> tuple[str, Gauged] | None:
    """A gauge of the budget, and the statement that it is from: the form, or else the text."""
    for where in reversed(STATEMENTS):
        gauged = budget_gauge(statement(report, where).funding.total, gauge, rules)
        if gauged is not None:
            return where, gauged
    return None


def _in_force(cap: TotalCap, report: SelfEvaluation, rules: RuleSet) -> Gauged | None:
    """What sets the cap, for some true values at least; ``None`` if nothing or it is lifted."""
    measured = _gauged(cap.on, report, rules)
    if measured is None or is_lifted(cap, report):
        return None
    return measured[1] if measured[1].values.intersection(cap.within) is not None else None


def cap_in_force(report: SelfEvaluation, rules: RuleSet) -> tuple[TotalCap, Fraction] | None:
    """The lowest cap that is in force, and what its gauge shows; ``None`` if there is none."""
    on = [(cap, gauged) for cap in rules.total_caps if (gauged := _in_force(cap, report, rules))]
    in_force = [(cap, gauged.value) for cap, gauged in on]
    return min(in_force, key=lambda each: each[0].most, default=None)


def is_cap_sure(report: SelfEvaluation, rules: RuleSet) -> bool:
    """Whether of each cap it is sure that it is in force, or that it is not."""
    for cap in rules.total_caps:
        on = _in_force(cap, report, rules)
        if _may_cap(cap, report, rules) and (on is None or not cap.within.covers(on.values)):
            return False
    return True


def _may_cap(cap: TotalCap, report: SelfEvaluation, rules: RuleSet) -> bool:
    """Whether the cap is in force for some true values, also where its gauge is not in print."""
    if _gauged(cap.on, report, rules) is None:
        return not is_lifted(cap, report)
    return _in_force(cap, report, rules) is not None


def _capped(
    relation: Relation, due: Equation, report: SelfEvaluation, rules: RuleSet
) -> Finding | None:
    """The finding for a total that is a cap in force, below the sum; ``None`` if it is none."""
    for cap in rules.total_caps:
        most, on = points(cap.most), _in_force(cap, report, rules)
        if not _may_cap(cap, report, rules):
            continue
        above = attrs.evolve(due, left=due.right, comparator="≥", right=most)
        at_cap = attrs.evolve(due, right=most)
        if judge(at_cap).verdict.holds and judge(above).verdict.holds:
            if on is None:
                return _perhaps_capped(relation, due, cap)
            scores = decimal_text(cast("Fraction", nominal(due.right)))
            why = relation.say("sum-capped", sum=scores, capped=_cap_text(relation, cap, on))
            finding = attrs.evolve(
                equation_finding(relation, at_cap), why=why, provision=provision_of(rules)
            )
            return finding if cap.within.covers(on.values) else attrs.evolve(finding, equation=None)
    return None


def _perhaps_capped(relation: Relation, due: Equation, cap: TotalCap) -> Finding:
    """The finding for a total that is a cap, where what sets the cap is not in print."""
    finding = equation_finding(relation, due)
    most = decimal_text(cap.most)
    why = relation.say("sum-perhaps-capped", why=finding.why, gauge=cap.on.label, most=most)
    return attrs.evolve(for_review(finding, why), equation=None)


def _under_caps(finding: Finding, report: SelfEvaluation, rules: RuleSet) -> Finding:
    """What is sure of a total that may be capped: it is no more than the sum.

    A total that is surely below the caps is the sum itself.
    """
    limits = [cap.most for cap in rules.total_caps if _may_cap(cap, report, rules)]
    if not limits or finding.equation is None:
        return finding
    is_known = all(isinstance(part.stated, Figure) for part in operands(finding.equation.left))
    highest = interval(finding.equation.left).upper if is_known else None
    if highest is not None and highest < min(limits):
        return finding
    if finding.equation.comparator != "=":
        return attrs.evolve(finding, equation=None)
    return attrs.evolve(finding, equation=attrs.evolve(finding.equation, comparator="≤"))


def _cap_text(relation: Relation, cap: TotalCap, on: Gauged) -> Text:
    gauged, most = gauge_text(cap.on, on.value), decimal_text(cap.most)
    surely = cap.within.covers(on.values)
    return relation.say("capped" if surely else "perhaps-capped", gauged=gauged, most=most)


def caps(relation: Relation, report: SelfEvaluation, rules: RuleSet | None) -> Iterator[Finding]:
    """W14: the total does not exceed what the execution rate or the adjustment leaves."""
    if rules is None or not rules.total_caps:
        return
    totals = [operand_at(report, f"{where}.total_score") for where in STATEMENTS]
    stated = [printed for printed in totals if isinstance(printed.stated, Figure)]
    if not stated:
        yield lacking(relation, Gauge.TOTAL, rules)
    for printed in stated:
        for cap in rules.total_caps:
            finding = _cap_finding(relation, printed, cap, report, rules)
            yield attrs.evolve(finding, provision=provision_of(rules))


def _cap_finding(
    relation: Relation, total: Operand, cap: TotalCap, report: SelfEvaluation, rules: RuleSet
) -> Finding:
    measured = _gauged(cap.on, report, rules)
    where, gauged = ("form", None) if measured is None else measured
    taking_part = (total, *budget_operands(report, where, cap.on, rules))
    formula = f"{total.path} <= {decimal_text(cap.most)} if {cap.on.value} in {cap.within}"
    if gauged is None:
        unknown = lacking(relation, cap.on, rules)
        return attrs.evolve(unknown, relation=formula, operands=taking_part)
    if _in_force(cap, report, rules) is None:
        explained = is_lifted(cap, report)
        why = relation.say(
            "explained" if explained else "not-capped", gauged=gauge_text(cap.on, gauged.value)
        )
        return simple(relation, Verdict.EXACT, why, taking_part, formula)
    limit = Equation(left=total, comparator="≤", right=points(cap.most))
    finding = equation_finding(relation, limit)
    if finding.verdict is Verdict.UNCHECKED:
        return finding
    capped = _cap_text(relation, cap, gauged)
    why = relation.say("total", capped=capped, total=total.stated)
    finding = attrs.evolve(finding, why=why, relation=formula, operands=taking_part)
    if cap.within.covers(gauged.values):
        return finding
    verdict = Verdict.ROUNDING if finding.verdict is Verdict.INCONSISTENT else finding.verdict
    return attrs.evolve(finding, verdict=verdict, gap=None, equation=None)
