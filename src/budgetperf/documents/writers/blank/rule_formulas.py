"""The scores of a rule-set as formulas of a spreadsheet, where figures alone decide them."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import attrs

from budgetperf.exact import RoundingMode, decimal_text
from budgetperf.rates import DeviationDefinition
from budgetperf.rules import Curve, Measure, QuantitativeRule, RuleSet
from budgetperf.rules.curve import Piece
from budgetperf.rules.policies import ExecutionBase

__all__ = ["curve_formula", "execution_formula", "indicator_formula"]

_PLACES = 2


def curve_formula(curve: Curve, x: str) -> str:
    """The value of the curve at the cell or formula ``x``; text where it says nothing.

    Short: a spreadsheet takes no more than 64 conditions within each other.
    """
    formula = '""'
    for piece in reversed(_joined(curve.pieces)):
        lower, upper, domain = piece.domain.lower, piece.domain.upper, piece.domain
        ends: list[str] = []
        if lower is not None:
            ends.append(f"{x}{'>=' if domain.lower_closed else '>'}{_number(lower)}")
        if upper is not None:
            ends.append(f"{x}{'<=' if domain.upper_closed else '<'}{_number(upper)}")
        condition = ends[0] if len(ends) == 1 else f"AND({','.join(ends)})"
        line = _line(piece, x)
        formula = f"IF({condition},{line},{formula})" if ends else line
    return formula


def _line(piece: Piece, x: str) -> str:
    if not piece.slope:
        return _number(piece.at)
    start = piece.at - piece.slope * piece.origin
    rise = x if piece.slope == 1 else f"{_number(piece.slope)}*{x}"
    return f"{_number(start)}+{rise}" if start else rise


def _joined(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces, each with the ends at which the curve goes on without a jump."""
    joined: list[Piece] = []
    for piece in pieces:
        before = joined[-1] if joined else None
        point = piece.domain.lower
        goes_on = (
            before is not None
            and point is not None
            and before.domain.upper == point
            and before.value(point) == piece.value(point)
        )
        if before is not None and goes_on and piece.domain.is_point:
            closed = attrs.evolve(before.domain, upper_closed=True)
            joined[-1] = attrs.evolve(before, domain=closed)
        elif before is not None and goes_on and before.domain.is_point:
            closed = attrs.evolve(piece.domain, lower_closed=True)
            joined[-1] = attrs.evolve(piece, domain=closed)
        else:
            joined.append(piece)
    return joined


def _number(value: Fraction) -> str:
    text = decimal_text(value)
    return f"({text})" if value < 0 or "/" in text else text


def execution_formula(rules: RuleSet | None, executed: str, revised: str) -> str:
    """The score of budget execution; ``""`` where the rule-set says none, or rounds otherwise.

    Args:
        rules: the rule-set, if there is one.
        executed: the cell of what was spent.
        revised: the cell of the budget.
    """
    rule = None if rules is None else rules.execution
    if rules is None or rule is None or not _rounds_half_up(rules):
        return ""
    if rule.discretion or rule.measure_rounding or rule.denominator is not ExecutionBase.REVISED:
        return ""
    share = curve_formula(rule.curve, f"({executed}/{revised})")
    inside = _rounded(rules, _number(rule.weight), share)
    return f'IF(COUNT({executed},{revised})=2,IF({revised}>0,{inside},""),"")'


def indicator_formula(
    rules: RuleSet | None, sign: str, target: str, actual: str, weight: str
) -> str:
    """The score of a row; ``""`` where the rule-set leaves one to judgement, or has rules by name.

    Args:
        rules: the rule-set, if there is one.
        sign: the cell of the operator.
        target: the cell of the target.
        actual: the cell of the actual value.
        weight: the cell of the weight.
    """
    if rules is None or rules.indicators or not _rounds_half_up(rules):
        return ""
    sides = {"≥": rules.at_least, "≤": rules.at_most, "=": rules.equal}
    formula = '""'
    for operator, rule in reversed(sides.items()):
        if rule is None or not _is_plain(rule):
            continue
        measure = _measure(rule, rules, target, actual)
        if not measure:
            continue
        inside = _rounded(rules, weight, curve_formula(rule.curve, measure))
        if rule.measure is Measure.INVERSE:
            inside = f'IF({actual}>0,{inside},"")'
        formula = f'IF({sign}="{operator}",{inside},{formula})'
    if formula == '""':
        return ""
    known = f"ISNUMBER({target}),ISNUMBER({actual}),ISNUMBER({weight})"
    return f'IF(AND({known}),IF({target}>0,{formula},""),"")'


def _is_plain(rule: QuantitativeRule) -> bool:
    return not (rule.discretion or rule.deductions or rule.measure_rounding)


def _measure(rule: QuantitativeRule, rules: RuleSet, target: str, actual: str) -> str:
    match rule.measure:
        case Measure.COMPLETION:
            return f"({actual}/{target})"
        case Measure.INVERSE:
            return f"({target}/{actual})"
        case _ if rules.deviation is DeviationDefinition.RELATIVE_TO_TARGET:
            return f"({actual}/{target}-1)"
        case _:
            return ""


def _rounds_half_up(rules: RuleSet) -> bool:
    return rules.score_rounding is None or rules.score_rounding.mode is RoundingMode.HALF_UP


def _rounded(rules: RuleSet, weight: str, share: str) -> str:
    places = _PLACES if rules.score_rounding is None else rules.score_rounding.places
    return f'IFERROR(ROUND({weight}*({share}),{places}),"")'
