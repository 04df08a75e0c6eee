"""J01: the relations of a report as one system, and what cannot hold together."""

from __future__ import annotations

import operator as op
import string
from collections.abc import Iterable, Sequence
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace

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
    Severity,
    Statement,
    Text,
    Unit,
    Verdict,
    figures,
)
from budgetperf.auditing import relations
from budgetperf.auditing.diagnosis import causes as diagnosis
from budgetperf.auditing.diagnosis.joint import Joint, joint_system
from budgetperf.auditing.diagnosis.together import together
from budgetperf.exact import Place, Stated
from budgetperf.linear import simplex as tableau
from budgetperf.linear.bounds import Conflict
from budgetperf.linear.diagnoses import Diagnoses, diagnose
from budgetperf.linear.system import Linear, Quotient, Solver, Terms, Undecided
from budgetperf.model import Adjustment, Funding, FundingKind, FundingSource, FundingTotal, describe
from budgetperf.relations.assumption import Assumption
from budgetperf.relations.expression import (
    Binary,
    Const,
    Equation,
    Expression,
    Ref,
    Sum,
    map_leaves,
    nominal,
    operands,
)
from budgetperf.relations.finding import for_review
from budgetperf.relations.grammar import parse_equation
from tests.factories import says, typed

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = (ROOT / "examples" / "department-2023.md").read_text(encoding="utf-8")
(J01,) = [relation for relation in relations() if relation.code == "J01"]

E, R, I, C, U = (  # noqa: E741
    Verdict.EXACT, Verdict.ROUNDING, Verdict.INCONSISTENT, Verdict.UNCHECKED, Verdict.UNDEFINED,
)  # fmt: skip


def figure(text: str) -> Figure:
    """``5.00`` was rounded, ``=5`` is exact; 元 unless it says otherwise."""
    exact = text.startswith("=")
    parsed = Figure.parse(text.lstrip("="))
    unit = parsed.unit if parsed.unit.symbol else Unit.of("元")
    return attrs.evolve(parsed, unit=unit, rounding=None if exact else RoundingMode.HALF_UP)


def path(name: str) -> str:
    return f"narrative.funding.sources[{string.ascii_lowercase.index(name)}].initial"


def amounts(*prints: str | None) -> SelfEvaluation:
    """A report that states amounts, to which the names ``a``, ``b``, ``c``, … refer."""
    sources = tuple(
        FundingSource(kind=FundingKind.OTHER, initial=Missing() if text is None else figure(text))
        for text in prints
    )
    return SelfEvaluation(narrative=Statement(funding=Funding(sources=sources)))


def stated(report: SelfEvaluation, name: str) -> Operand:
    printed: Stated = next((f for p, f in figures(report) if p == path(name)), Missing())
    return Operand(path=path(name), stated=printed, label=describe(report, path(name)))


def finding_of(
    report: SelfEvaluation,
    text: str,
    *,
    verdict: Verdict = R,
    code: str = "F01",
    beyond: str = "",
    derived: Interval | None = None,
) -> Finding:
    """The finding that a relation over the amounts of a report holds."""

    def bound(leaf: Operand | Const | Ref) -> Expression:
        if isinstance(leaf, Ref):
            return stated(report, leaf.name)
        if isinstance(leaf, Operand) and isinstance(leaf.stated, Figure):
            return Const(value=leaf.stated.nominal, unit=leaf.stated.unit)
        return leaf

    read = parse_equation(text)
    equation = Equation(
        left=map_leaves(read.left, bound),
        comparator=read.comparator,
        right=map_leaves(read.right, bound),
    )
    own = (*operands(equation.left), *operands(equation.right))
    return Finding(
        code=code,
        verdict=verdict,
        severity=Severity.ERROR,
        relation=text,
        operands=(*own, *(stated(report, name) for name in beyond)),
        derived=derived,
        title=Text(zh="关系", en="relation"),
        why=Text(zh="舍入", en="rounding"),
        equation=equation,
    )


def joint(report: SelfEvaluation, *texts: str) -> Joint:
    return joint_system(report, [finding_of(report, text) for text in texts])


def judged(report: SelfEvaluation, *texts: str) -> list[Finding]:
    return list(together(J01, report, [finding_of(report, text) for text in texts]))


def j01(report: SelfEvaluation) -> list[Finding]:
    return [finding for finding in bp.audit(report).findings if finding.code == "J01"]


# --- whole reports --------------------------------------------------------------------------------


def test_a_blank_score_is_at_most_its_weight() -> None:
    """10 + 30 + 18 + 20 and up to 20 are 78 to 98 points; the report says 100."""
    row = "来访群众满意度\t≥90%\t中心2023年度任务分解表\t20\t99%\t20"
    assert EXAMPLE.count(row) == 1
    report = bp.parse(EXAMPLE.replace(row, row.removesuffix("20")))

    (finding,) = j01(report)

    assert finding.verdict is I
    assert finding.derived == Interval(lower=78, upper=98)
    assert finding.gap == 2
    assert finding.subject.en == "narrative › total score"
    assert {operand.path for operand in finding.operands} == {
        "narrative.total_score",
        "form.funding.total.score",
        *(f"form.indicators[{row}].score" for row in (2, 3, 4)),
        "form.indicators[7].weight",
    }
    assert "100 and 10, 30, 18, 20, 20 cannot all be right" in finding.why.en
    says(finding.why, "100分", "78 to 98")


def test_what_is_broken_by_itself_is_not_told_again() -> None:
    """The example has broken relations; without them the rest can hold, some by rounding."""
    audit = bp.audit(bp.parse(EXAMPLE))

    assert audit.inconsistent
    assert [finding.verdict for finding in j01(bp.parse(EXAMPLE))] == [R]


def test_relations_that_hold_one_by_one_and_not_together() -> None:
    """The sources are less than 10.00 in all, so that the year's budget is less than 20.005."""
    report = SelfEvaluation(
        narrative=Statement(
            funding=Funding(
                total=FundingTotal(initial=figure("10.00"), revised=figure("20.01")),
                sources=(
                    FundingSource(kind=FundingKind.LOCAL, initial=figure("5.00")),
                    FundingSource(kind=FundingKind.OTHER, initial=figure("4.99")),
                ),
            ),
            adjustment=Adjustment(amount=figure("10.00")),
        )
    )
    audit = bp.audit(report)
    single = [f for f in audit.findings if f.code != "J01" and f.equation is not None]
    assert {f.verdict for f in single if f.reason is None} == {R}

    (finding,) = j01(report)

    assert finding.verdict is I
    assert {operand.path.removeprefix("narrative.") for operand in finding.operands} == {
        "funding.total.revised",
        "funding.sources[0].initial",
        "funding.sources[1].initial",
        "adjustment.amount",
    }
    assert finding.operands[0].path == "narrative.funding.total.revised"
    # [9.995, 10.00) and [9.995, 10.005), against 20.005 or more.
    assert str(finding.derived) == "[19.99, 20.005)"
    assert finding.gap == 0
    assert "20.01 yuan and 5.00 yuan, " in finding.why.en


def test_where_nothing_is_stated_nothing_holds_together() -> None:
    assert list(together(J01, SelfEvaluation(), [])) == []
    assert [(finding.verdict, finding.reason) for finding in j01(SelfEvaluation())] == [
        (C, "not-stated")
    ]


# --- findings -------------------------------------------------------------------------------------


def test_it_says_how_many_relations_hold_together() -> None:
    report = amounts("3.00", "1.00", "2.00", "3.00")

    (finding,) = judged(report, "a = b + c", "a = d")

    assert (finding.verdict, finding.code, finding.reason) == (R, "J01", None)
    assert "the 2 relations" in finding.why.en
    exact = [finding_of(report, "a = b + c", verdict=E), finding_of(report, "a = d", verdict=E)]
    assert [finding.verdict for finding in together(J01, report, exact)] == [E]
    # What is no equation is none of those that hold together.
    apart = attrs.evolve(finding_of(report, "a = d", verdict=R), equation=None)
    assert [finding.verdict for finding in together(J01, report, [*exact, apart])] == [E]
    (finding,) = together(J01, report, [exact[0], finding_of(report, "a = d", verdict=R)])
    assert finding.verdict is R


def test_two_conflicts_are_two_findings() -> None:
    report = amounts("1.00", "2.00", "4.00", "1.00", "2.00", "5.00")

    first, second = judged(report, "c = a + b", "f = d + e")

    assert (first.relation, second.relation) == ("c = a + b", "f = d + e")
    assert first.operands[0].path == path("c")
    assert str(first.derived) == "[2.99, 3.01)"
    assert first.gap == Fraction("0.985")
    assert second.gap == Fraction("1.985")


def test_one_figure_alone_may_be_impossible() -> None:
    """Nothing is printed of b. If it is no less than 0, a cannot be 3: a reviewer asks."""
    impossible, rounded = judged(amounts("3.00", None), "1 = a + b")

    assert (impossible.verdict, impossible.reason) == (C, "review")
    assert impossible.assumes == (Assumption.NOT_NEGATIVE,)
    assert [operand.path for operand in impossible.operands] == [path("a")]
    assert impossible.derived == Interval(lower=0, upper=1)
    assert impossible.message.en.endswith(
        "each relation holds by itself, but they cannot all hold: 3.00 yuan cannot be right; "
        "the others give 0 to 1 yuan (assuming that amounts are 0 or more)"
    )
    assert "3.00元有误" in impossible.why.zh
    assert "（前提：金额不小于 0）" in impossible.message.zh
    assert rounded.verdict is R


@pytest.mark.parametrize(("unit", "rests"), [("元", True), ("人", False)])
def test_whole_amounts_may_have_been_rounded_and_counts_not(unit: str, rests: bool) -> None:
    """1 + 1 is 3 where each of them is 1.4 and the sum is 2.8; of people there are no parts."""
    report = amounts(*(f"={number}{unit}" for number in (3, 1, 1)))

    (finding,) = judged(report, "a = b + c")

    assert (Assumption.WHOLE_IS_EXACT in finding.assumes) is rests


def test_without_a_result_the_first_figure_is_told() -> None:
    """Nothing stands alone on the left."""
    (finding,) = judged(amounts("1.00", "2.00", "4.00"), "c - b = a + 0")

    assert finding.operands[0].path == path("a")
    assert str(finding.derived) == "(1.99, 2.01)"


def test_a_figure_of_two_conflicts_may_have_no_value_left() -> None:
    """c is 3 by a and b, and 5 by d and e: whatever c is, that remains."""
    report = amounts("=1", "=2", "=4", "=1", "=4")

    findings = judged(report, "c = a + b", "c = d + e")

    assert findings
    assert any(finding.derived is None and finding.gap is None for finding in findings)
    (none,) = [finding for finding in findings if finding.derived is None]
    assert none.why.en.endswith("4 yuan and 1 yuan, 2 yuan cannot all be right")


def test_a_contradiction_that_no_print_is_to_blame_for() -> None:
    report = amounts("1.00")

    (finding,) = judged(report, "1 = 2")

    assert (finding.verdict, finding.reason) == (C, "no-print-to-blame")
    assert finding.why.en.endswith("(no-print-to-blame)")


def test_what_is_not_decided_is_said_to_be_unchecked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tableau, "_MOST", 0)

    (finding,) = judged(amounts("1.00", "2.00", "4.00"), "c = a + b")

    assert (finding.verdict, finding.reason) == (C, "step-bound")
    assert "（step-bound）" in finding.why.zh


def test_what_is_undecided_with_an_assumption_may_hold_without(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    name = "budgetperf.auditing.diagnosis.together.disjoint_conflicts"
    undecided = SimpleNamespace(code="step-bound")
    answers: list[object] = []
    monkeypatch.setattr(name, lambda _: answers.pop(0))
    report = amounts("3.00", "1.00", "2.00")
    for without, reason in ((None, None), (undecided, "step-bound")):
        answers[:] = [([], undecided), ([], without)]
        assert [finding.reason for finding in judged(report, "a = b + c")] == [reason]


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
    for findings in ([*unclear, plain], [plain, *unclear]):
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
    same = amounts("9.00", "10.00", None, "10.00")
    ruled = attrs.evolve(
        finding_of(same, "a = b + c", code="W04", derived=Interval.point(8)), equation=None
    )
    linked = joint_system(same, [ruled, finding_of(same, "b = d")])
    constraints = linked.system.constraints
    assert [c.given for c in constraints if isinstance(c, Linear)] == [(1,), (2,)]


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


# --- Which findings have one cause


def causes_of(report: SelfEvaluation, wrong: Sequence[str], *holding: str) -> list[bp.Cause]:
    """The causes behind relations that do not hold, beside some that do."""
    findings = [finding_of(report, text, verdict=I) for text in wrong]
    findings += [finding_of(report, text) for text in holding]
    return list(diagnosis.causes(report, findings, {}, lambda *_: ()))


def told(causes: Iterable[bp.Cause]) -> list[list[str]]:
    return [[finding.relation for finding in cause.findings] for cause in causes]


# 10 is not 2 + 3, nor 3 4 + 5; and 50 is not 2 + 3 + 4, nor 4 5 + 6 + 7.
TWO_PAIRS = ("=10", "=2", "=3", "=4", "=5", "=50", "=2", "=3", "=4", "=5", "=6", "=7")
FIRST, SECOND = ["a = b + c", "c = d + e"], ["f = g + h + i", "i = j + k + l"]


@pytest.mark.parametrize(
    ("product", "group"),
    [
        ("a * b = f", 0),  # two of the one, one of the other
        ("a * f = g", 1),
        ("a * f = f", 0),  # as many of either: the first
        ("f * f = a", 0),
    ],
)
def test_what_no_system_states_goes_where_most_of_its_figures_are(product: str, group: int) -> None:
    pairs = [FIRST, SECOND]
    causes = causes_of(amounts(*TWO_PAIRS), [*FIRST, *SECOND, product])
    assert told(causes) == [
        [*pair, product] if number == group else pair for number, pair in enumerate(pairs)
    ]


def test_rather_than_where_most_are_it_goes_where_one_of_them_mends_all() -> None:
    """The 3 alone may be wrong; of the other group it takes two, and these two are none."""
    report = amounts("=10", "=2", "=3", "=50", "=2", "=3", "=4", "=5")
    pair, product = ["d = e + f", "f = g + h"], "d * e = b"
    assert told(causes_of(report, ["a = b + c", *pair, product])) == [["a = b + c", product], pair]
    assert told(causes_of(report, [*pair, "a = b + c", product])) == [pair, ["a = b + c", product]]


def test_what_breaks_only_with_others_has_no_share_in_what_is_broken_by_itself() -> None:
    """50 = 2 + 3 = 4 is told by J01; where that is left out, nothing that is wrong states it."""
    report = amounts("=10", "=2", "=3", "=50", "=2", "=3", "=4")
    (cause,) = causes_of(report, ["a = b + c"], "d = e + f", "g = e + f")
    assert told([cause]) == [["a = b + c"]]
    assert {s.operand.path for s in cause.suspects} == {path(name) for name in "abc"}


@pytest.mark.parametrize("is_named", [True, False])
@pytest.mark.parametrize("why", [None, Undecided(code="search-limit")])
def test_what_is_left_is_undecided_only_if_no_figure_is_named(
    is_named: bool, why: Undecided | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where some diagnosis of the others may be lacking, that says nothing of it."""

    def changed(solver: Solver, weights: Sequence[int]) -> tuple[Diagnoses, ...]:
        (group,) = diagnose(solver, weights=weights)
        if not is_named:
            group = attrs.evolve(group, sets=(), further=())
        return (attrs.evolve(group, undecided=why),)

    monkeypatch.setattr(diagnosis, "diagnose", changed)
    report = amounts("=10", "=2", "=3", "=5", "=6", "=7")
    first, left = causes_of(report, ["a = b + c", "d * e = f"])
    assert told([first, left]) == [["a = b + c"], ["d * e = f"]]
    code = why.code if why else None
    assert (first.undecided, left.undecided) == (code, None if is_named else code)


def test_a_figure_is_convicted_by_what_it_takes_part_in() -> None:
    """Of both that do not hold, as far as they speak of it; and what holds speaks for it."""
    report = amounts("=10", "=2", "=3", "=4", "=5", "=8")
    (cause,) = causes_of(report, ["a = b + c", "c = d + e"], "f = c + e")
    of_each = {
        suspect.operand.path: (
            [finding.relation for finding in suspect.convicted_by],
            [finding.relation for finding in suspect.acquitted_by],
        )
        for suspect in cause.suspects
    }
    assert of_each[path("a")] == (["a = b + c"], [])
    assert of_each[path("b")] == (["a = b + c"], [])
    assert of_each[path("c")] == (["a = b + c", "c = d + e"], ["f = c + e"])
    assert of_each[path("d")] == (["c = d + e"], [])
    assert of_each[path("e")] == (["c = d + e"], ["f = c + e"])


@pytest.mark.parametrize(
    ("change", "is_only"),
    [
        ({}, True),
        ({"complete": 2}, True),
        ({"complete": 1}, True),
        ({"complete": 0}, False),  # the search left others out
        ({"further": 1}, False),  # another one is as good
    ],
)
def test_the_only_one_of_its_size(
    change: dict[str, int], is_only: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """10 is not 2 + 3, nor 1 + 4: either the 10 is wrong, or one of both pairs."""

    def changed(solver: Solver, weights: Sequence[int]) -> tuple[Diagnoses, ...]:
        (group,) = diagnose(solver, weights=weights)
        more = (change.get("further", 0), *group.further[1:])
        complete = change.get("complete", group.complete)
        return (attrs.evolve(group, further=more, complete=complete),)

    monkeypatch.setattr(diagnosis, "diagnose", changed)
    report = amounts("=10", "=2", "=3", "=1", "=4")
    (cause,) = causes_of(report, ["a = b + c", "a = d + e"])
    assert [len(suspects) for suspects in cause.diagnoses] == [1, 2, 2, 2, 2]
    assert [s.unique for s in cause.suspects] == [is_only] + 8 * [False]
    assert cause.further == change.get("further", 0)


def test_what_is_asked_of_no_figure_is_asked_by_itself() -> None:
    """And what is asked of one figure is asked together."""
    report = amounts("=10", "=2")
    asked = [
        for_review(finding_of(report, text, verdict=C)) for text in ("a = b", "a = a", "b = a")
    ]
    bare = [attrs.evolve(finding, operands=()) for finding in asked[:2]]
    causes = diagnosis.causes(report, [*bare, *asked], {}, lambda *_: ())
    assert [len(cause.findings) for cause in causes] == [1, 1, 2, 1]
