"""Verdicts on small equations, against trying out the true values behind the print."""

from __future__ import annotations

import itertools
import operator
from collections.abc import Iterator
from fractions import Fraction

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from budgetperf import Figure, Interval, Operand, RoundingMode, UndefinedReason, Verdict
from budgetperf.auditing.checks.ruled import as_result
from budgetperf.relations.expression import Binary, Equation, Expression, Sum, operands
from budgetperf.relations.judging import Judgement, judge, judge_value
from budgetperf.rules import get
from tests.factories import there, typed
from tests.strategies import flags, modes

NEXT = Fraction(1, 10**12)
"""Closer to an end than any two different sums, products or quotients below are to each other."""


@st.composite
def printed(draw: st.DrawFn, *, least: int = -30, unit: str = "次") -> Operand:
    """A small figure with up to one decimal: cells are wide and meet often.

    Counted, not money: whole amounts of money change beside finer ones, and these do not.
    """
    places = draw(st.integers(0, 1))
    value = Fraction(draw(st.integers(least, 30)), 10**places)
    rounding = draw(st.one_of(st.just(RoundingMode.HALF_UP), modes, st.none()))
    figure = Figure.rounded(value * Figure(value=0, unit=unit).unit.scale, unit=unit, places=places)
    return Operand(stated=attrs.evolve(figure, rounding=rounding))


@st.composite
def sums(draw: st.DrawFn) -> Expression:
    terms = draw(st.lists(st.tuples(st.sampled_from([1, -1]), printed()), min_size=1, max_size=3))
    return terms[0][1] if len(terms) == 1 and terms[0][0] > 0 else Sum(terms=tuple(terms))


@st.composite
def ratios(draw: st.DrawFn) -> Expression:
    """A product or quotient, perhaps with a sum above."""
    left = draw(st.one_of(printed(), sums()))
    return Binary(symbol=draw(st.sampled_from("*/")), left=left, right=draw(printed(least=0)))


@st.composite
def equations(draw: st.DrawFn, comparators: str = "=") -> Equation:
    sides = [draw(st.one_of(printed(), sums())), draw(st.one_of(sums(), ratios(), ratios()))]
    if draw(flags):
        sides.reverse()
    return Equation(left=sides[0], comparator=draw(st.sampled_from(comparators)), right=sides[1])


def cell_of(figure: Figure, *, cut: bool) -> Interval:
    if figure.rounding is None:
        return Interval.point(figure.nominal)
    return figure.interval_under(RoundingMode.DOWN) if cut else figure.interval


def corners(values: Interval) -> list[Fraction]:
    """The ends that belong to a bounded interval, and what is next to those that do not."""
    assert values.lower is not None
    assert values.upper is not None
    if values.is_point:
        return [values.lower]
    return [
        values.lower if values.lower_closed else values.lower + NEXT,
        (values.lower + values.upper) / 2,
        values.upper if values.upper_closed else values.upper - NEXT,
    ]


def value(expression: Expression, at: Iterator[Fraction]) -> Fraction:
    """The value where the operands, from left to right, have the values ``at``."""
    if isinstance(expression, Sum):
        return sum((sign * value(term, at) for sign, term in expression.terms), Fraction(0))
    if isinstance(expression, Binary):
        left, right = value(expression.left, at), value(expression.right, at)
        return left * right if expression.symbol == "*" else left / right
    assert isinstance(expression, Operand)
    return next(at)


def differences(equation: Equation, *, cut: frozenset[int] = frozenset()) -> list[Fraction]:
    """Left minus right, for true values in the corners of the cells.

    Both sides are monotone in every figure and no figure comes twice, so that the least and the
    greatest difference are among these.
    """
    many = [*operands(equation.left), *operands(equation.right)]
    cells = []
    for index, operand in enumerate(many):
        cells.append(corners(cell_of(typed(Figure, operand.stated), cut=index in cut)))
    values_apart = []
    for choice in itertools.product(*cells):
        at = iter(choice)
        values_apart.append(value(equation.left, at) - value(equation.right, at))
    return values_apart


def can_be_equal(differences: list[Fraction]) -> bool:
    """Whether 0 is reached: the cells hang together, and so do the differences."""
    return 0 in differences or min(differences) < 0 < max(differences)


def divides_by_nothing_like_zero(equation: Equation) -> bool:
    for side in (equation.left, equation.right):
        if isinstance(side, Binary) and side.symbol == "/":
            assert isinstance(side.right, Operand)
            assert isinstance(side.right.stated, Figure)
            if 0 in side.right.stated.interval or 0 in cell_of(side.right.stated, cut=True):
                return False
            lower = side.right.stated.interval.lower
            if lower is None or lower <= 0:
                return False
    return True


@given(equation=equations())
def test_inconsistent_if_and_only_if_no_true_values_fit(equation: Equation) -> None:
    assume(divides_by_nothing_like_zero(equation))
    verdict = judge(equation).verdict
    fits = can_be_equal(differences(equation))
    assert (verdict in (Verdict.INCONSISTENT, Verdict.TRUNCATED)) == (not fits)
    assert verdict in (
        Verdict.EXACT, Verdict.ROUNDING, Verdict.TRUNCATED, Verdict.INCONSISTENT,
    )  # fmt: skip


@given(equation=equations())
def test_truncated_if_and_only_if_a_result_that_was_cut_fits(equation: Equation) -> None:
    """No rates here: a result is a figure that stands alone, unless it is a total of several."""
    assume(divides_by_nothing_like_zero(equation))
    judged = judge(equation)
    assume(not can_be_equal(differences(equation)))
    left = len(list(operands(equation.left)))
    cut = frozenset(
        index
        for index, side, other in (
            (0, equation.left, equation.right),
            (left, equation.right, equation.left),
        )
        if isinstance(side, Operand) and not isinstance(other, Sum)
    )
    holds = can_be_equal(differences(equation, cut=cut))
    assert judged.verdict is (Verdict.TRUNCATED if holds else Verdict.INCONSISTENT)
    assert (judged.gap is not None) == (not holds)


@given(equation=equations())
def test_exact_if_and_only_if_the_print_reproduces_itself(equation: Equation) -> None:
    """The printed values fit, or one side prints as the other side gives it."""
    assume(divides_by_nothing_like_zero(equation))
    nominal = [
        iter([o.stated.nominal for o in operands(side) if isinstance(o.stated, Figure)])
        for side in (equation.left, equation.right)
    ]
    left = value(equation.left, nominal[0])
    right = value(equation.right, nominal[1])
    reproduced = left == right
    for side, other in ((equation.left, right), (equation.right, left)):
        if isinstance(side, Operand) and isinstance(side.stated, Figure):
            reproduced = reproduced or other in side.stated.interval
    assert (judge(equation).verdict is Verdict.EXACT) == reproduced
    if reproduced:
        assert can_be_equal(differences(equation))


COMPARE = {"≤": operator.le, "≥": operator.ge, "<": operator.lt, ">": operator.gt}


@given(equation=equations(comparators="≤≥<>"))
def test_an_order_is_inconsistent_if_no_true_values_obey_it(equation: Equation) -> None:
    assume(divides_by_nothing_like_zero(equation))
    compare = COMPARE[equation.comparator]
    verdict = judge(equation).verdict
    many = differences(equation)
    assert (verdict is Verdict.INCONSISTENT) == (not any(compare(d, 0) for d in many))
    assert verdict in (Verdict.EXACT, Verdict.ROUNDING, Verdict.INCONSISTENT)
    at = iter(
        o.stated.nominal
        for side in (equation.left, equation.right)
        for o in operands(side)
        if isinstance(o.stated, Figure)
    )
    nominal = value(equation.left, at) - value(equation.right, at)
    assert (verdict is Verdict.EXACT) == compare(nominal, 0)


@given(equation=equations())
def test_equality_has_no_sides(equation: Equation) -> None:
    mirrored = Equation(left=equation.right, comparator="=", right=equation.left)
    assert judge(mirrored).verdict is judge(equation).verdict


@given(equation=equations())
def test_the_gap_is_the_least_difference(equation: Equation) -> None:
    assume(divides_by_nothing_like_zero(equation))
    judged = judge(equation)
    assume(judged.gap is not None)
    least = min(abs(d) for d in differences(equation))
    assert 0 <= least - there(judged.gap) < Fraction(1, 10**6)


@given(result=printed(), base=printed())
def test_a_zero_base_is_undefined_whatever_is_printed(result: Operand, base: Operand) -> None:
    zero = Operand(stated=Figure(value=0, unit="元"))
    judged = judge(
        Equation(left=result, comparator="=", right=Binary(symbol="/", left=base, right=zero))
    )
    assert judged.verdict is Verdict.UNDEFINED
    assert isinstance(base.stated, Figure)
    assert judged.undefined is (
        UndefinedReason.DIVISION_BY_ZERO if base.stated.value else UndefinedReason.ZERO_OVER_ZERO
    )
    assert judged.gap is None


small = st.fractions(min_value=-4, max_value=4, max_denominator=8)


@given(operand=printed(), ends=st.tuples(small, small), inside=st.fractions(0, 1))
def test_a_result_against_what_a_rule_gives(
    operand: Operand, ends: tuple[Fraction, Fraction], inside: Fraction
) -> None:
    figure = typed(Figure, operand.stated)
    low, high = sorted(ends)
    derived = Interval(lower=low, upper=high)
    given_value = low + (high - low) * inside
    judged = judge_value(figure, derived, given_value)
    meets = figure.interval.intersection(derived) is not None
    cut = cell_of(figure, cut=True).intersection(derived) is not None
    if given_value in figure.interval:
        assert judged.verdict is Verdict.EXACT
    elif meets:
        assert judged.verdict is Verdict.ROUNDING
    else:
        assert judged.verdict is (Verdict.TRUNCATED if cut else Verdict.INCONSISTENT)
    assert (judged.gap is not None) == (judged.verdict is Verdict.INCONSISTENT)


@given(operand=printed(), ends=st.tuples(small, small))
def test_a_result_that_is_left_to_judgement(
    operand: Operand, ends: tuple[Fraction, Fraction]
) -> None:
    """Where a rule gives a range only, a printed score inside it is as exact as can be."""
    figure = typed(Figure, operand.stated)
    derived = Interval(lower=min(ends), upper=max(ends))
    judged = judge_value(figure, derived, None)
    assert (judged.verdict is Verdict.EXACT) == (figure.nominal in derived)
    meets = figure.interval.intersection(derived) is not None
    assert judged.verdict.holds == meets


WHOLE, POINT = Figure(value="18", rounding=None), Interval.point(18)
RANGE = Interval(lower="17.7", upper="18.2")


@pytest.mark.parametrize(
    ("score", "due", "rules", "rounding"),
    [
        (WHOLE, RANGE, "national-2020", RoundingMode.HALF_UP),
        (WHOLE, POINT, "national-2020", None),  # what is due is exact, and so is the print
        (WHOLE, RANGE, "yitihua-default", None),  # rounds by itself, to two decimals
        (Figure(value="18.5"), RANGE, "national-2020", RoundingMode.HALF_UP),
        (Figure(value="18", rounding=RoundingMode.DOWN), RANGE, "national-2020", RoundingMode.DOWN),
    ],
)
def test_a_whole_score_as_the_result_of_a_rule(
    score: Figure, due: Interval, rules: str, rounding: RoundingMode | None
) -> None:
    """17.78 prints as 18, though a column of whole scores is exact among itself."""
    assert as_result(score, due, get(rules)) == attrs.evolve(score, rounding=rounding)


def test_a_judgement_is_a_value() -> None:
    assert Judgement(verdict=Verdict.EXACT) == Judgement(verdict=Verdict.EXACT)
    assert [v.holds for v in Verdict] == [True, True, False, False, False, False]
