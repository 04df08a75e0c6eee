"""The relations of a report as one system: from findings to quantities, prints, constraints."""

from __future__ import annotations

import operator as op
from fractions import Fraction

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import budgetperf as bp
from budgetperf import (
    Figure,
    Finding,
    Interval,
    Missing,
    MissingReason,
    Operand,
    RoundingMode,
    SelfEvaluation,
    Statement,
    Text,
    Unit,
    Verdict,
    figures,
)
from budgetperf.auditing.diagnosis.joint import joint_system
from budgetperf.exact import Place
from budgetperf.linear.bounds import Conflict
from budgetperf.linear.system import Linear, Quotient, Solver, Terms
from budgetperf.model import Adjustment, Funding, FundingTotal
from budgetperf.relations.assumption import Assumption
from budgetperf.relations.expression import (
    Binary,
    Const,
    Equation,
    Expression,
    Sum,
    nominal,
)
from budgetperf.relations.grammar import parse_equation
from tests.audit.joint_cases import C, E, I, R, U, amounts, figure, finding_of, joint, path, stated
from tests.factories import typed

# --- from findings to a system --------------------------------------------------------------------


def test_figures_that_are_equal_are_one_quantity() -> None:
    joined = joint(amounts("3.00", "3.0", "4.00"), "a = b", "c = b + 1")

    assert [p.quantity for p in joined.system.printings] == [path("a"), path("a"), path("c")]
    assert [operand.path for operand in joined.operands] == [path("a"), path("b"), path("c")]
    assert [f.text for f in joined.figures] == ["3.00", "3.0", "4.00"]
    assert [[f.relation for f in fs] for fs in joined.links.values()] == [["a = b"]]
    assert [[f.relation for f in fs] for fs in joined.sources] == [["c = b + 1"]]


def test_the_same_findings_make_the_same_system() -> None:
    """Which names are one quantity is part of the system, and not told beside it."""
    report = amounts("3.00", "3.00", "1.00")
    texts = ("a = b", "b = c + 2")
    assert joint(report, *texts) == joint(report, *texts) != joint(report, *texts[:1])
    assert "groups" not in repr(joint(report, *texts))


def test_links_of_links_are_one_quantity() -> None:
    joined = joint(amounts("3.00", "3.00", "3.00", "3.00"), "a = b", "c = d", "b = d")

    assert {p.quantity for p in joined.system.printings} == {path("a")}
    assert sum(len(fs) for fs in joined.links.values()) == 3


def test_what_stands_on_both_sides_is_no_part_of_a_constraint() -> None:
    (constraint,) = joint(amounts("1.00", "2.00", "3.00"), "a + b = c + a").system.constraints

    assert dict(typed(Linear, constraint).terms) == {path("b"): 1, path("c"): -1}


def test_a_relation_stated_twice_is_one_constraint() -> None:
    joined = joint(amounts("3.00", "1.00", "2.00"), "a = b + c", "b + c = a", "a - c = b")

    # Turned round, its coefficients are the opposite ones.
    assert len(joined.system.constraints) == 2
    assert [[f.relation for f in fs] for fs in joined.sources] == [
        ["a = b + c", "a - c = b"], ["b + c = a"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("a = b", None),
        ("a = b + 1", Interval.point(1)),
        ("a + 1 <= b - 2", Interval(upper=-3)),
        ("a < b", Interval(upper=0, upper_closed=False)),
        ("a >= b", Interval(lower=0)),
        ("a > b", Interval(lower=0, lower_closed=False)),
    ],
)
def test_comparisons(text: str, values: Interval | None) -> None:
    joined = joint(amounts("3.00", "2.00"), text)
    if values is None:
        assert (joined.system.constraints, len(joined.links)) == ((), 1)
    else:
        terms = ((path("a"), Fraction(1)), (path("b"), Fraction(-1)))
        assert joined.system.constraints == (Linear(terms=terms, values=values),)


@pytest.mark.parametrize("text", ["a = b / (c + d)", "b / (c + d) = a"])
def test_a_rate_on_either_side(text: str) -> None:
    (constraint,) = joint(amounts("0.50", "2.00", "3.00", "1.00"), text).system.constraints

    assert constraint == Quotient(
        rate=path("a"),
        numerator=((path("b"), Fraction(1)),),
        denominator=((path("c"), Fraction(1)), (path("d"), Fraction(1))),
    )


FOUR = amounts("=3", "=-2", "=7", "=5")
COMPARISONS = {"=": op.eq, "≤": op.le, "<": op.lt, "≥": op.ge, ">": op.gt}
DIFFERENCES = {
    "=": Interval.point(0),
    "≤": Interval(upper=0),
    "<": Interval(upper=0, upper_closed=False),
    "≥": Interval(lower=0),
    ">": Interval(lower=0, lower_closed=False),
}
"""What the left side may be more than the right."""


def sums(*, of_amounts: bool = False) -> st.SearchStrategy[Expression]:
    """Sums of sums, products by a number, amounts and, unless of them alone, numbers."""
    numbers = st.sampled_from([-2, -1, 0, 1, 3]).map(
        lambda number: Const(value=Fraction(number), unit=Unit.of("元"))
    )
    factors = st.sampled_from(["-1", "1/2", "1", "2"]).map(
        lambda factor: Const(value=Fraction(factor), unit=Unit.of(""))
    )
    amount = st.sampled_from("abcd").map(lambda name: stated(FOUR, name))
    leaves = amount if of_amounts else amount | numbers
    return st.recursive(
        leaves,
        lambda parts: (
            st.lists(st.tuples(st.sampled_from([1, -1]), parts), min_size=1, max_size=3).map(
                lambda terms: Sum(terms=tuple(terms))
            )
            | st.builds(lambda factor, part: Binary(symbol="*", left=factor, right=part),
                        factors, parts)
        ),
        max_leaves=6,
    )  # fmt: skip


def of_terms(terms: Terms) -> Fraction:
    """What a sum of quantities is by the amounts in print."""
    return sum(
        (factor * typed(Figure, stated(FOUR, name).stated).nominal
         for quantity, factor in terms
         for name in "abcd"
         if path(name) == quantity),
        Fraction(0),
    )  # fmt: skip


@given(left=sums(), right=sums(), comparator=st.sampled_from(sorted(COMPARISONS)))
def test_a_constraint_holds_just_if_the_equation_does(
    left: Expression, right: Expression, comparator: str
) -> None:
    equation = Equation(left=left, comparator=comparator, right=right)
    finding = attrs.evolve(finding_of(FOUR, "a = b"), equation=equation, operands=())
    joined = joint_system(FOUR, [finding])
    both = isinstance(left, Operand) and isinstance(right, Operand)
    assert bool(joined.links) is (both and comparator == "=")  # one figure is stated to be another
    if joined.links:
        return
    holds = COMPARISONS[comparator](nominal(left), nominal(right))
    (constraint,) = joined.assuming.constraints
    linear = typed(Linear, constraint)
    assert (of_terms(linear.terms) in linear.values) is holds
    difference = typed(Fraction, nominal(left)) - typed(Fraction, nominal(right))
    numbers = Interval.point(of_terms(linear.terms) - difference)
    assert linear.values == DIFFERENCES[comparator] + numbers
    assert [quantity for quantity, _ in linear.terms] == sorted({q for q, _ in linear.terms})
    assert all(factor for _, factor in linear.terms)


@given(above=sums(of_amounts=True), below=sums(of_amounts=True), is_left=st.booleans())
def test_a_quotient_is_that_of_both_sums(
    above: Expression, below: Expression, is_left: bool
) -> None:
    """Both turned round, if the base is known to be below 0."""
    place = "form.funding.total.execution_rate"
    label = Text(zh="率", en="rate")
    rate = Operand(path=place, stated=Figure.parse("50%"), label=label)
    sides = Binary(symbol="/", left=above, right=below), rate
    left, right = sides if is_left else sides[::-1]
    equation = Equation(left=left, comparator="=", right=right)
    finding = attrs.evolve(finding_of(FOUR, "a = b"), equation=equation, operands=(rate,))
    constraints = joint_system(FOUR, [finding]).assuming.constraints
    n, d = (typed(Fraction, nominal(side)) for side in (above, below))
    if d:
        (constraint,) = constraints
        built = typed(Quotient, constraint)
        turned = -1 if of_terms(built.denominator) != d else 1
        assert (built.rate, of_terms(built.numerator)) == (place, turned * n)
        assert of_terms(built.denominator) == turned * d
        amounts_below = [factor * of_terms(((q, Fraction(1)),)) for q, factor in built.denominator]
        assert amounts_below
        # All parts below 0, as they are printed: it is the other way round.
        assert max(amounts_below) > 0


def test_a_known_rate_is_a_sum() -> None:
    """100 % = a / b says that a - b is 0."""
    (constraint,) = joint(amounts("2.00", "2.00"), "100% = a / b").system.constraints

    assert constraint == Linear(terms=((path("a"), Fraction(1)), (path("b"), Fraction(-1))))


@pytest.mark.parametrize(
    "text",
    [
        "a <= b / c",
        "b / c <= a",
        "a = b * c",
        "b * c = a",
        "a = b + b * c",
        "a = (b + 1) / c",
        "a = b / (c + 1)",
        "a = 2 * (b * c)",
        "a = (b * c) / c",
        "a = b / (b * c)",
        "a + b = b / c",
        "d = b / c",
    ],
)
def test_what_is_neither_a_sum_nor_a_rate_is_left_out(text: str) -> None:
    """Nor is a rate that is not printed."""
    joined = joint(amounts("1.00", "2.00", "3.00", None), text)

    assert (joined.system.constraints, joined.system.printings) == ((), ())


def test_what_was_not_bound_is_left_out() -> None:
    finding = finding_of(amounts("1.00"), "a = 1")
    unbound = attrs.evolve(finding, equation=parse_equation("x = y + 1"))

    assert joint_system(amounts("1.00"), [unbound]).system.constraints == ()


def test_a_rate_on_a_base_of_0_states_nothing() -> None:
    report = amounts("1.00", "0.00", "=0", "3.00")
    assert joint(report, "a = b / c").system.constraints == ()
    some = joint(report, "a = b / (c + d)")
    assert (len(some.system.constraints), len(some.assuming.constraints)) == (0, 1)
    undefined = finding_of(report, "a = b + d", verdict=U)
    silent = attrs.evolve(undefined, verdict=R, equation=None)
    assert joint_system(report, [undefined, silent]).system.printings == ()


@pytest.mark.parametrize(
    ("text", "states_something"),
    [
        ("d = b + c", False),
        ("b + c = d", False),
        ("d + 1 = 1 + b + c", False),
        ("b = d - c", False),
        ("d = b + c + 1", True),
        ("d = b - c", True),  # d and c are the parts of b
        ("d = b + e", True),
        ("d <= b + c", True),
        ("100% = b / d", True),  # a rate has a base, that is not 0
    ],
)
def test_a_base_is_0_where_all_its_parts_are(text: str, states_something: bool) -> None:
    """b and c are 0, and nothing is printed of d."""
    joined = joint(amounts("1.00", "0.00", "0.00", None, "3.00"), text, "a = e / d")
    rates = [c for c in joined.assuming.constraints if isinstance(c, Quotient)]
    assert bool(rates) is states_something


def test_whole_amounts_beside_finer_ones_are_rounded() -> None:
    """An exact 353 may be 352.5 to 353.5 beside 353.21, and is no second print of it."""
    report = amounts("=353", "353.21")
    joined = joint(report, "a = b")
    (constraint,) = joined.system.constraints
    assert str(typed(Linear, constraint).values) == "(-0.5, 0.5]"
    assert joined.links == {}
    assert Solver(joined.system).conflict() is None

    (rate,) = joint(amounts("0.50", "=2", "4.00", None), "a = b / c").system.constraints
    assert isinstance(rate, Quotient)
    assert (str(rate.upper), str(rate.lower)) == ("[-0.5, 0.5)", "[0, 0]")
    (rate,) = joint(amounts("0.50", "2.00", "=4", None), "a = b / (c + d)").assuming.constraints
    assert isinstance(rate, Quotient)
    assert (str(rate.upper), str(rate.lower)) == ("[0, 0]", "[-0.5, 0.5)")


@pytest.mark.parametrize(
    ("prints", "text", "values"),
    [
        (("=5万元", None), "a = b", "(-5000, 5000]"),  # b may be 4.5 up to 5.5
        ((None, "=5万元"), "a = b", "[-5000, 5000)"),
        (("=5万元", "4.99万元"), "a = b", "(-5000, 5000]"),
        (("=5万元", "=5万元"), "a = b", None),  # one quantity
        (("=5万元", None, None), "a = b + c", "[0, 0]"),
        ((None, "=5万元", "=2万元"), "a = b + c", "[0, 0]"),
        (("=5万元", "=2万元", None), "a = b + c", "[0, 0]"),
        (("=5万元", "3.21万元", None), "a = b + c", "(-5000, 5000]"),
    ],
)
def test_what_is_unknown_elsewhere_may_be_finer(
    prints: tuple[str | None, ...], text: str, values: str | None
) -> None:
    """Where one figure is said to be another; parts of a sum are as fine as those in print."""
    joined = joint(amounts(*prints), text)
    found = [str(typed(Linear, each).values) for each in joined.assuming.constraints]
    assert found == ([] if values is None else [values])
    assert bool(joined.links) is (values is None)


def test_a_missing_figure_is_unknown() -> None:
    """An amount may be less than 0, though that is assumed of none."""
    joined = joint(amounts("3.00", "1.00", None), "a = b + c")

    assert [p.quantity for p in joined.system.printings] == [path("a"), path("b")]
    assert joined.system.ranges == {}
    assert joined.assuming.ranges[path("c")] == Interval(lower=0)
    assert str(Solver(joined.system).values(path("c"))) == "(1.99, 2.01)"


def test_an_ambiguous_figure_is_another_one_each_time() -> None:
    report = amounts("3.00", "1.00")
    ambiguous = Operand(path=path("c"), stated=Missing(reason=MissingReason.AMBIGUOUS))
    other = Equation(
        left=stated(report, "a"),
        comparator="=",
        right=Sum(terms=((1, stated(report, "b")), (1, ambiguous))),
    )
    finding = attrs.evolve(finding_of(report, "a = b + 1"), equation=other, operands=())
    twice = attrs.evolve(finding, equation=attrs.evolve(other, left=stated(report, "b")))

    system = joint_system(report, [finding, twice]).assuming

    assert set(system.ranges) == {path("a"), path("b"), f"{path('c')}?1", f"{path('c')}?2"}


@pytest.mark.parametrize("assumes", [(), (Assumption.COMPLETE,), (Assumption.NOT_NEGATIVE,)])
def test_what_is_so_only_if_no_amount_is_below_0_is_assumed(
    assumes: tuple[Assumption, ...],
) -> None:
    report = amounts("3.00", "2.00", "1.00")
    finding = finding_of(report, "a = b + c")
    equation = attrs.evolve(typed(Equation, finding.equation), assumes=assumes)
    joined = joint_system(report, [attrs.evolve(finding, equation=equation)])
    assert len(joined.assuming.constraints) == 1
    assert len(joined.system.constraints) == (Assumption.NOT_NEGATIVE not in assumes)


def test_of_what_is_counted_in_nobody_knows_what_nothing_is_stated() -> None:
    """8 % and 6 points are not one figure; what else is stated is, wherever that stands."""
    report = amounts("3.00", "2.00", None)
    plain = finding_of(report, "a = b + 1")

    def equals_c(name: str, text: str) -> Finding:
        label = Text(zh=name, en=name)
        other = Operand(path=f"form.indicators[0].{name}", stated=Figure.parse(text), label=label)
        equation = Equation(left=stated(report, "c"), comparator="=", right=other)
        return attrs.evolve(plain, equation=equation, operands=equation.operands)

    unclear = [equals_c("weight", "8%"), equals_c("score", "6分")]
    silent = attrs.evolve(plain, equation=None)
    for findings in ([*unclear, plain], [plain, *unclear], [silent, plain, *unclear]):
        joined = joint_system(report, findings)
        assert (joined.sources, joined.links) == (((plain,),), {})
    assert len(joint_system(report, [unclear[0], plain]).links) == 1


@pytest.mark.parametrize("is_left", [True, False])
def test_beside_its_rate_an_unknown_amount_is_no_rate(is_left: bool) -> None:
    report = amounts("3.00", "2.00", None)
    label = Text(zh="率", en="rate")
    rate = Operand(
        path="form.funding.total.execution_rate", stated=Figure.parse("50%"), label=label
    )
    quotient = Binary(symbol="/", left=stated(report, "c"), right=stated(report, "a"))
    left, right = (quotient, rate) if is_left else (rate, quotient)
    equation = Equation(left=left, comparator="=", right=right)
    total = finding_of(report, "c = a + b")
    share = attrs.evolve(total, equation=equation, operands=equation.operands)
    joined = joint_system(report, [share, total])
    assert joined.sources == ((share,), (total,))


def test_what_is_printed_below_0_may_be() -> None:
    """And what is printed as 0 may not, rounded or exact."""
    joined = joint(amounts("-3.00", "1.00", "0.00", "=0", "=-1"), "c = a + b", "d = a + e")

    assert set(joined.assuming.ranges) == {path("b"), path("c"), path("d")}


@pytest.mark.parametrize(
    ("base", "mode", "is_known"),
    [
        ("0.01", RoundingMode.UP, True),  # more than 0, up to 0.01
        ("-0.01", RoundingMode.UP, True),
        ("0.01", RoundingMode.CEILING, True),
        ("-0.01", RoundingMode.FLOOR, True),
        ("0.00", RoundingMode.CEILING, False),
        ("0.00", RoundingMode.HALF_UP, False),
        ("-0.01", RoundingMode.CEILING, True),  # below 0, from -0.02 on
    ],
)
def test_the_sign_of_a_base_is_that_of_all_its_values(
    base: str, mode: RoundingMode, is_known: bool
) -> None:
    report = amounts("2.00", "1.00", "1.00")
    sources = list(report.narrative.funding.sources)
    printed = attrs.evolve(figure(base), rounding=mode)
    sources[2] = attrs.evolve(sources[2], initial=printed)
    report = SelfEvaluation(narrative=Statement(funding=Funding(sources=tuple(sources))))
    joined = joint(report, "a = b / c")
    if not printed.value:
        assert joined.assuming.constraints == ()
        return
    (rate,) = joined.assuming.constraints
    sign = -1 if printed.value < 0 else 1
    assert typed(Quotient, rate).denominator == ((path("c"), Fraction(sign)),)
    assert (joined.system == joined.assuming) is False  # amounts are 0 or more
    assert bool(joined.system.constraints) is is_known


def test_what_can_fall_may_be_less_than_0() -> None:
    report = SelfEvaluation(
        narrative=Statement(
            adjustment=Adjustment(amount=figure("10.00"), rate=figure("50%")),
            funding=Funding(total=FundingTotal(initial=figure("20.00"))),
        )
    )
    findings = [f for f in bp.audit(report).findings if f.code == "F08"]

    joined = joint_system(report, findings)
    assert (set(joined.system.ranges), set(joined.assuming.ranges)) == (
        set(),
        {"narrative.funding.total.initial"},
    )


def test_a_rate_on_a_base_below_0() -> None:
    """-20 of -20 is 100 %; where the sign of the base is not in print, it is assumed."""
    joined = joint(amounts("1.00", "-20.00", "-20.00"), "a = b / c")
    (rate,) = joined.system.constraints
    assert typed(Quotient, rate).denominator == ((path("c"), Fraction(-1)),)
    assert Solver(joined.system).conflict() is None
    assert isinstance(Solver(joint(amounts("1.00", "-20.00", "-30.00"), "a = b / c").system)
                      .conflict(), Conflict)  # fmt: skip
    open_ = joint(amounts("1.00", "20.00", None), "a = b / c")
    assert (len(open_.system.constraints), len(open_.assuming.constraints)) == (0, 1)


def test_a_figure_stated_twice_has_two_printings() -> None:
    repeated = attrs.evolve(figure("3.0"), path=path("a"))
    report = attrs.evolve(amounts("3.00", "1.00", "2.00"), repeated=(repeated,))
    finding = finding_of(report, "a = b + c")
    again = Equation(
        left=Operand(path=path("a"), stated=repeated), comparator="=", right=stated(report, "b")
    )
    joined = joint_system(report, [finding, attrs.evolve(finding, equation=again)])

    quantities = dict(zip((f.text for f in joined.figures), joined.system.printings, strict=True))
    assert set(quantities) == {"3.00", "1.00", "2.00", "3.0"}
    # What is equal to b is the second print; the first is a figure of its own.
    assert quantities["3.0"].quantity == quantities["1.00"].quantity
    assert quantities["3.00"].quantity == path("a")


@pytest.mark.parametrize(("line", "count"), [(7, 1), (8, 2)])
def test_the_same_words_at_another_place_are_another_print(line: int, count: int) -> None:
    first = attrs.evolve(figure("3.00"), place=Place(line=7))
    again = attrs.evolve(figure("3.00"), place=Place(line=line), path=path("a"))
    report = amounts("1.00", "1.00", "2.00")
    source = attrs.evolve(report.narrative.funding.sources[0], initial=first)
    sources = (source, *report.narrative.funding.sources[1:])
    report = attrs.evolve(
        report, narrative=Statement(funding=Funding(sources=sources)), repeated=(again,)
    )
    finding = finding_of(report, "a = b + c")
    same = Equation(
        left=Operand(path=path("a"), stated=again), comparator="=", right=stated(report, "c")
    )

    joined = joint_system(report, [finding, attrs.evolve(finding, equation=same)])

    assert [f.text for f in joined.figures].count("3.00") == count


# --- rules ----------------------------------------------------------------------------------------


def test_what_a_rule_leaves_to_a_figure() -> None:
    """As long as the figures that it is applied to are true, in any print of the same number."""
    report = amounts("9.00", "10.00", None)
    finding = attrs.evolve(
        finding_of(report, "a = b + c", code="W04", derived=Interval.point(8)), equation=None
    )
    joined = joint_system(report, [finding])

    assert joined.system.constraints == (
        Linear(terms=((path("a"), Fraction(1)),), values=Interval.point(8), given=(1,)),
    )
    assert joined.sources == ((finding,),)
    for again, given_ in (("10.00", [(1,), (2,)]), ("0.001000万元", [(1,), (2,)]), ("10", [(1,)])):
        same = amounts("9.00", "10.00", None, again)
        ruled = attrs.evolve(
            finding_of(same, "a = b + c", code="W04", derived=Interval.point(8)), equation=None
        )
        linked = joint_system(same, [ruled, finding_of(same, "b = d")])
        constraints = linked.system.constraints
        assert [c.given for c in constraints if isinstance(c, Linear)] == given_


@pytest.mark.parametrize(
    "derived", [Interval(), Interval(upper=8), Interval(lower=8), Interval(lower=0, upper=8)]
)
def test_a_rule_may_leave_an_end_open(derived: Interval) -> None:
    """Its ends are printable, so that no rounding loosens them."""
    report = amounts("9.00", "10.00")
    ruled = finding_of(report, "a = b + 0", code="W04", verdict=I, derived=derived)
    (constraint,) = joint_system(report, [attrs.evolve(ruled, equation=None)]).system.constraints
    assert typed(Linear, constraint).values == derived


@pytest.mark.parametrize(
    ("code", "verdict", "derived"),
    [("F01", R, Interval.point(8)), ("W04", R, None), ("W04", C, Interval.point(8))],
    ids=["no rule", "nothing known", "not decided"],
)
def test_what_no_rule_says_is_no_constraint(
    code: str, verdict: Verdict, derived: Interval | None
) -> None:
    report = amounts("9.00", "10.00")
    finding = finding_of(report, "a = b + 0", code=code, verdict=verdict, derived=derived)
    silent = attrs.evolve(finding, equation=None)

    assert joint_system(report, [silent]).system.constraints == ()


def test_a_rule_for_a_missing_figure_says_nothing() -> None:
    report = amounts(None, "10.00")
    finding = finding_of(report, "a = b + 0", code="W04", derived=Interval.point(8))

    assert joint_system(report, [attrs.evolve(finding, equation=None)]).system.constraints == ()


def test_a_rule_that_took_an_exact_print_for_a_rounded_one() -> None:
    """What it allows is around the print; the print itself is one value."""
    report = amounts("=9", "10.00")
    finding = finding_of(report, "a = b + 0", code="F06", derived=Interval.point(Fraction("8.6")))
    first, second = finding.operands
    rounded = attrs.evolve(first, stated=figure("9"))
    read = attrs.evolve(finding, equation=None, operands=(rounded, second))

    (constraint,) = joint_system(report, [read]).system.constraints

    assert str(typed(Linear, constraint).values) == "(8.1, 9.1]"


@pytest.mark.parametrize(
    ("code", "read", "assumed", "due", "is_rounded"),
    [
        ("F06", RoundingMode.HALF_UP, True, "9", True),
        ("F06", RoundingMode.HALF_UP, False, "8.6", True),  # else it would not be what is due
        ("F06", RoundingMode.HALF_UP, False, "9", False),
        ("F06", None, False, "8.6", False),  # it is wrong, or another figure is
        ("F06", None, True, "9", False),
        ("W11", RoundingMode.HALF_UP, True, "9", False),  # a deviation is no score
    ],
)
def test_where_one_score_must_have_been_rounded_all_may_have_been(
    code: str, read: RoundingMode | None, assumed: bool, due: str, is_rounded: bool
) -> None:
    indicators = tuple(bp.Indicator(name=name, score="9") for name in "甲乙")
    report = SelfEvaluation(form=Statement(indicators=indicators))
    first, second = (
        Operand(path=place, stated=printed)
        for place, printed in figures(report)
        if place.endswith("score")
    )
    result = attrs.evolve(first, stated=attrs.evolve(typed(Figure, first.stated), rounding=read))
    finding = attrs.evolve(
        finding_of(amounts("1.00", "1.00"), "a = b", code=code),
        derived=Interval.point(Fraction(due)),
        operands=(result, second),
        equation=None,
        assumes=(Assumption.ROUNDED_TO_PRINT,) if assumed else (),
    )
    printings = joint_system(report, [finding]).system.printings
    assert {printing.interval.width for printing in printings} == {1 if is_rounded else 0}
    # A score that is missing was not taken for anything.
    blank = attrs.evolve(finding, operands=(attrs.evolve(first, stated=Missing()), second))
    linked = attrs.evolve(finding_of(amounts("1.00", "1.00"), "a = b"), operands=(first, second))
    same = Equation(left=first, comparator="=", right=second)
    joined = joint_system(report, [blank, attrs.evolve(linked, equation=same)])
    assert {printing.interval.width for printing in joined.system.printings} == {0}


@pytest.mark.parametrize(
    ("verdict", "ranges", "values"),
    [
        (R, [(8, 9), ("8.999", "9.001"), (20, 21)], (8, "9.001")),  # of both that it may be in
        (R, [(20, 21), (8, 9)], (8, 9)),
        (E, [(20, 21), (9, 9)], (9, 9)),
        (R, [(20, 21), (22, 23)], (1, 30)),  # in none: it holds otherwise
        (I, [(1, 2), (7, 8), (11, 20)], (7, 8)),  # the nearest that it is not in
        (I, [(11, 20), (1, 2), (7, 8)], (7, 8)),
        (I, [(8, 9), (1, 2), (11, 12)], (11, 12)),
        (I, [], (1, 30)),
    ],
)
def test_of_several_ranges_those_count_that_the_verdict_rests_on(
    verdict: Verdict,
    ranges: list[tuple[int | str, int | str]],
    values: tuple[int | str, int | str],
) -> None:
    report = amounts("9.00", "1.00")
    finding = attrs.evolve(
        finding_of(report, "a = b", code="W11", verdict=verdict),
        equation=None,
        derived=Interval(lower=1, upper=30),
        ranges=tuple(Interval(lower=lower, upper=upper) for lower, upper in ranges),
    )
    (constraint,) = joint_system(report, [finding]).system.constraints
    assert typed(Linear, constraint).values == Interval(lower=values[0], upper=values[1])


@pytest.mark.parametrize(
    ("lower", "upper", "is_printable"),
    [
        (0, "3.33", True),
        (0, "10/3", False),
        ("10/3", 8, False),
        ("-10/3", 0, False),
        (None, "10/3", False),
        ("-3.33", "3.33", True),
        ("3.333", None, False),
    ],
)
def test_what_cannot_be_printed_may_have_been_rounded(
    lower: int | str | None, upper: int | str | None, is_printable: bool
) -> None:
    """By half a unit in the last place at each end: that of the print is left open above."""
    report = amounts("3.33", "10.00")
    due = Interval(lower=lower, upper=upper)
    ruled = finding_of(report, "a = b", code="W04", verdict=I, derived=due)
    (constraint,) = joint_system(report, [attrs.evolve(ruled, equation=None)]).system.constraints
    half = Fraction(1, 200)
    wider = due + Interval(lower=-half, upper=half, lower_closed=False)
    assert typed(Linear, constraint).values == (due if is_printable else wider)


def test_a_score_that_no_rule_rounds_may_be_rounded_before_it_is_added_up() -> None:
    """A third of 10 is 3.333…, printed 3.33, and added up as either: within half a place of it."""
    report = amounts("3.33", "10.00")
    finding = finding_of(report, "a = b + 0", code="W04", derived=Interval.point(Fraction(10, 3)))

    (constraint,) = joint_system(report, [attrs.evolve(finding, equation=None)]).system.constraints

    assert isinstance(constraint, Linear)
    assert Fraction("3.33") in constraint.values
    assert constraint.values.width == Fraction("0.01")


def test_a_relation_that_rests_on_more_than_its_figures() -> None:
    report = amounts("3.00", "2.00", "1.00")
    findings = [finding_of(report, "a = b + 1", beyond="c")]
    joined = joint_system(report, findings)

    (constraint,) = joined.system.constraints
    assert typed(Linear, constraint).given == (2,)
    assert joined.sources == (tuple(findings),)
    # The figures of the equation itself are no more than those, also as other objects.
    copied = tuple(attrs.evolve(operand) for operand in findings[0].operands[:2])
    (constraint,) = joint_system(
        report, [attrs.evolve(findings[0], operands=copied)]
    ).system.constraints
    assert typed(Linear, constraint).given == ()
