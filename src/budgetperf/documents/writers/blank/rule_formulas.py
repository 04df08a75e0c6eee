"""The scores of a rule-set as formulas of a spreadsheet, wherever figures alone decide them.

A formula is blank where ``compose`` gives no score, and may be where it does: what a rule leaves to
judgement stays open, and what a spreadsheet cannot tell is left to ``compose``. A measure is
rounded to more places than any figure has before it is compared, for a quotient of a spreadsheet
may lie beside a point where a curve jumps.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

import attrs

from budgetperf.exact import Interval, RoundingMode, decimal_text, round_to
from budgetperf.model import Direction
from budgetperf.rates import DeviationDefinition
from budgetperf.rules import Curve, IndicatorRule, Measure, QuantitativeRule, RuleSet, ZeroBase
from budgetperf.rules.curve import Piece
from budgetperf.rules.policies import ExecutionBase
from budgetperf.rules.ruleset import ScoreRounding

from .entry import UNITS

__all__ = ["Row", "curve_formula", "execution_formula", "indicator_formula"]

_PLACES = 2
_MEASURED = 13
"""The places of a measure before it is compared."""
_BLANK = '""'
_MOST_PIECES = 36
_LONGEST = 8000
"""A spreadsheet takes 8192 characters, and 64 functions within each other."""


@attrs.frozen(kw_only=True)
class Row:
    """The cells of an indicator.

    Args:
        level1, level2, name: the words in front.
        sign: the operator.
        target: the target.
        unit: its unit, and that of the actual value.
        actual: the actual value.
        weight: the weight.
    """

    level1: str
    level2: str
    name: str
    sign: str
    target: str
    unit: str
    actual: str
    weight: str


def curve_formula(curve: Curve, x: str, lowest: Curve | None = None) -> str:
    """The share of the weight at the cell or formula ``x``; text where it does not follow.

    Args:
        curve: the share.
        x: the measure.
        lowest: the lowest share, where figures alone do not decide.
    """
    pieces = _joined(_certain(curve, lowest))
    if len(pieces) > _MOST_PIECES:
        return _BLANK
    formula = _BLANK
    for piece in reversed(pieces):
        condition, line = _inside(x, piece.domain), _line(piece, x)
        formula = f"IF({condition},{line},{formula})" if condition else line
    return formula


def _certain(curve: Curve, lowest: Curve | None) -> tuple[Piece, ...]:
    """The pieces of the curve on which the lowest share is no other one."""
    if lowest is None:
        return curve.pieces
    certain: list[Piece] = []
    for piece in curve.pieces:
        for low in lowest.pieces:
            both = piece.domain.intersection(low.domain)
            if both is None:
                continue
            at = both.lower if both.lower is not None else both.upper
            same = piece.slope == low.slope or both.is_point
            if same and (at is None or piece.value(at) == low.value(at)):
                certain.append(attrs.evolve(piece, domain=both))
    return tuple(certain)


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


def execution_formula(rules: RuleSet | None, executed: str, revised: str, initial: str) -> str:
    """The score of budget execution; ``""`` where the rule-set says none, or rounds otherwise.

    Args:
        rules: the rule-set, if there is one.
        executed: the cell of what was spent.
        revised: the cell of the budget.
        initial: the cell of the budget at the beginning of the year.
    """
    rule = None if rules is None else rules.execution
    if rules is None or rule is None or not _is_half_up(rules.score_rounding):
        return ""
    base = initial if rule.denominator is ExecutionBase.INITIAL else revised
    rate = _measured(f"{executed}/{base}", rule.measure_rounding)
    if not rate:
        return ""
    share = curve_formula(rule.curve, rate, rule.discretion)
    inside = _rounded(rules, _number(rule.weight), share)
    return f'IF(COUNT({executed},{base})=2,IF({base}>0,{inside},""),"")'


def indicator_formula(rules: RuleSet | None, row: Row) -> str:
    """The score of a row; ``""`` where the rule-set leaves all to judgement, or has no rule.

    Args:
        rules: the rule-set, if there is one.
        row: its cells.
    """
    if rules is None or not _is_half_up(rules.score_rounding):
        return ""
    formula = _by_direction(rules, row)
    if formula != _BLANK:
        known = f"ISNUMBER({row.target}),ISNUMBER({row.actual}),ISNUMBER({row.weight})"
        formula = f'IF(AND({known}),{formula},"")'
    # From within: what is named comes before what stands under a heading.
    for rule in sorted(rules.indicators, key=lambda rule: not rule.names)[::-1]:
        formula = _by_name(rule, rules, row, formula)
    return "" if formula == _BLANK or len(formula) > _LONGEST else formula


def _by_direction(rules: RuleSet, row: Row) -> str:
    """The score by the operator, of a row whose figures are all numbers."""
    formula = _BLANK
    by_rule: dict[str, list[str]] = {}
    for sign, direction in _DIRECTIONS.items():
        rule = rules.rule_for(direction, strict=sign in "<>")
        met = f"{row.actual}{_COMPARED.get(sign, sign)}{row.target}"
        score = _BLANK if rule is None else _scored(rule, rules, row, met)
        if score != _BLANK:
            by_rule.setdefault(score, []).append(f'{row.sign}="{sign}"')
    for score, tests in reversed(by_rule.items()):
        formula = f"IF({_any(tests)},{score},{formula})"
    return formula


def _scored(rule: QuantitativeRule, rules: RuleSet, row: Row, met: str) -> str:
    """The score by one rule."""
    above = _above_zero(rule, rules, row)
    if rule.zero_target is ZeroBase.FULL_IF_MET:
        if rule.discretion is not None:
            met = f"AND({met},{row.actual}<={row.target})"
        return f"IF({row.target}>0,{above},IF({met},{_rounded(rules, row.weight, '1')},{_BLANK}))"
    at_zero = _at_zero(rule.zero_target, row, rules)
    if above == at_zero == _BLANK:
        return _BLANK
    if at_zero == _BLANK:
        return f"IF({row.target}>0,{above},{_BLANK})"
    return f"IF({row.target}>0,{above},IF({row.target}=0,{at_zero},{_BLANK}))"


def _above_zero(rule: QuantitativeRule, rules: RuleSet, row: Row) -> str:
    """The score by one rule, of a target above 0."""
    formula = _BLANK
    for condition, quotient in reversed(list(_measures(rule, rules, row))):
        measure = _measured(quotient, rule.measure_rounding)
        score = _of_measure(rule, rules, row, measure) if measure else _BLANK
        formula = f"IF({condition},{score},{formula})" if condition else score
    return formula


def _of_measure(rule: QuantitativeRule, rules: RuleSet, row: Row, measure: str) -> str:
    """The score at a measure."""
    share = curve_formula(rule.curve, measure, rule.discretion)
    if rule.measure is Measure.INVERSE and not rule.discretion:
        # An actual value of 0 or less is beyond every quotient, where a curve is level.
        level = rule.curve.value(max(rule.curve.knots[-1].x, Fraction(1)) + 1)
        share = f"IF({row.actual}>0,{share},{_BLANK if level is None else _number(level)})"
    left = share
    for deduction in rule.deductions:
        inside = _inside(measure, deduction.within)
        points = f"{_number(deduction.points)}/{row.weight}"
        left = f"MAX(0,{left}-{f'IF({inside},{points},0)' if inside else points})"
    scored = _rounded(rules, row.weight, left)
    if not rule.deductions:
        return scored
    if rule.discretion is not None:
        return _BLANK
    return f"IF({row.weight}>0,{scored},{_rounded(rules, row.weight, share)})"


def _inside(x: str, within: Interval) -> str:
    """The condition that ``x`` lies in the interval."""
    ends: list[str] = []
    if within.lower is not None:
        ends.append(f"{x}{'>=' if within.lower_closed else '>'}{_end(within.lower)}")
    if within.upper is not None:
        ends.append(f"{x}{'<=' if within.upper_closed else '<'}{_end(within.upper)}")
    return ends[0] if len(ends) == 1 else f"AND({','.join(ends)})" if ends else ""


def _end(value: Fraction) -> str:
    """An end as a measure has it: 1/3 is rounded as a quotient of 1/3 is."""
    return _number(round_to(value, _MEASURED))


def _at_zero(policy: ZeroBase, row: Row, rules: RuleSet) -> str:
    """The score of a target of 0."""
    full, none = _rounded(rules, row.weight, "1"), "0"
    match policy:
        case ZeroBase.FULL:
            return full
        case ZeroBase.NONE:
            return none
        case ZeroBase.FULL_UNLESS_ABOVE:
            return f"IF({row.actual}<=0,{full},{none})"
        case ZeroBase.FULL_IF_ABOVE:
            return f"IF({row.actual}>0,{full},{none})"
        case ZeroBase.NONE_IF_ZERO:
            return f"IF({row.actual}=0,{none},{_BLANK})"
        case _:
            return _BLANK


# Rules for indicators of a certain name, or under a certain heading.


def _by_name(rule: IndicatorRule, rules: RuleSet, row: Row, others: str) -> str:
    """The score by a rule for a name or a heading, or else by the others.

    Names and headings that merely hold the words may be spellings of them: those rows are left
    to ``compose``, and so are rows without a heading, which may stand under one from above.
    """
    scored = _named_score(rule, rules, row)
    signs = [sign for sign, direction in _DIRECTIONS.items() if direction in rule.directions]
    aimed = [f'{row.sign}="{sign}"' for sign in signs]
    if rule.directions:
        scored = f'IF({row.sign}="",{_BLANK},{scored})'
        aimed.append(f'{row.sign}=""')
    formula = others
    if rule.headings:
        both = f'{row.level1}&"|"&{row.level2}'
        exact = [
            f"{cell}={_words(heading)}"
            for heading in rule.headings
            for cell in (row.level1, row.level2)
        ]
        like = [
            f"ISNUMBER(FIND({_words(heading)},{both}))" for heading in sorted(rule.plain_headings)
        ]
        like += [f'{cell}=""' for cell in (row.level1, row.level2)]
        formula = _chosen(exact, like, aimed, scored, formula)
    if rule.names:
        name = row.name
        for sign in (" ", "　", "“", "”", '""'):
            name = f'SUBSTITUTE({name},"{sign}","")'
        names = sorted(rule.plain_names)
        exact = [f"{name}={_words(plain_name)}" for plain_name in names]
        like = [f"ISNUMBER(FIND({_words(plain_name)},{name}))" for plain_name in names]
        formula = _chosen(exact, like, aimed, scored, formula)
    return formula


_COMPARED = {"≥": ">=", "≤": "<="}
_DIRECTIONS = {
    "≥": Direction.AT_LEAST, "≤": Direction.AT_MOST, "=": Direction.EQUAL,
    ">": Direction.AT_LEAST, "<": Direction.AT_MOST, "定性": Direction.QUALITATIVE,
}  # fmt: skip


def _chosen(
    exact: Sequence[str], like: Sequence[str], aimed: Sequence[str], scored: str, others: str
) -> str:
    """The score where one of the tests is met, none where the words are alike, or the others."""
    tests = [_any(exact), _any(like)]
    if aimed:
        tests = [f"AND({test},{_any(aimed)})" for test in tests]
    if scored == _BLANK:
        return f"IF({tests[1]},{_BLANK},{others})"
    return f"IF({tests[0]},{scored},IF({tests[1]},{_BLANK},{others}))"


def _words(text: str) -> str:
    """Words as a formula has them."""
    doubled = text.replace('"', '""')
    return f'"{doubled}"'


def _any(tests: Sequence[str]) -> str:
    return tests[0] if len(tests) == 1 else f"OR({','.join(tests)})"


def _named_score(rule: IndicatorRule, rules: RuleSet, row: Row) -> str:
    if rule.weight is None and rule.steps is not None:
        return _BLANK  # what a step costs depends on the weight
    numbers = [row.actual, row.weight]
    fits = [f"{row.weight}>0" if rule.weight is None else f"{row.weight}={_number(rule.weight)}"]
    if rule.of_completion:
        numbers.append(row.target)
        fits.append(f"{row.target}>0")
        measure = _measured(f"{row.actual}/{row.target}")
    else:
        fits.append(f'{row.unit}="%"')
        measure = _measured(f"{row.actual}/100")
    share = curve_formula(*_in_order(rule, measure))
    if share == _BLANK:
        return _BLANK
    known = ",".join(f"ISNUMBER({cell})" for cell in numbers)
    inside = _rounded(rules, row.weight, share)
    return f"IF(AND({known}),IF(AND({','.join(fits)}),{inside},{_BLANK}),{_BLANK})"


def _in_order(rule: IndicatorRule, measure: str) -> tuple[Curve, str, Curve | None]:
    curve, lowest = rule.curves(rule.weight or Fraction(1))
    return curve, measure, lowest


# What is measured, and how it is rounded.


def _measures(rule: QuantitativeRule, rules: RuleSet, row: Row) -> Iterator[tuple[str, str]]:
    """What the curve is read at, each with the condition under which it is."""
    by_target = f"{row.actual}/{row.target}"
    match rule.measure:
        case Measure.COMPLETION:
            yield "", by_target
        case Measure.INVERSE:
            yield "", f"{row.target}/{row.actual}"
        case _ if rules.deviation is DeviationDefinition.RELATIVE_TO_TARGET:
            yield "", f"{by_target}-1"
        case _ if rules.deviation is DeviationDefinition.POINTS:
            yield f'{row.unit}="%"', f"({row.actual}-{row.target})/100"
            # Of a unit that is not listed a spreadsheet cannot tell whether it is a rate.
            listed = "|".join(("", *(unit for unit in UNITS if unit != "%"), ""))
            yield f'ISNUMBER(FIND("|"&{row.unit}&"|","{listed}"))', f"{by_target}-1"
        case _:
            return


def _measured(quotient: str, rounding: ScoreRounding | None = None) -> str:
    """A measure; ``""`` where it is rounded in a way that has no formula."""
    if not _is_half_up(rounding):
        return ""
    inside = f"ROUND({quotient},{_MEASURED})"
    return inside if rounding is None else f"ROUND({inside}*100,{rounding.places})/100"


def _is_half_up(rounding: ScoreRounding | None) -> bool:
    return rounding is None or rounding.mode is RoundingMode.HALF_UP


def _rounded(rules: RuleSet, weight: str, share: str) -> str:
    if share == _BLANK:
        return _BLANK
    places = _PLACES if rules.score_rounding is None else rules.score_rounding.places
    # Twice: what a measure lost in rounding is put right before a half is rounded up.
    return f'IFERROR(ROUND(ROUND({weight}*({share}),11),{places}),"")'
