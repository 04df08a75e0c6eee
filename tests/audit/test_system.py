"""The joint system on small examples; the values are worked out by hand."""

from __future__ import annotations

from fractions import Fraction

import attrs
import pytest

from budgetperf import Interval
from budgetperf.exact import cell
from budgetperf.linear import simplex as tableau
from budgetperf.linear.masks import Mask, bits
from budgetperf.linear.simplex import Conflict
from budgetperf.linear.system import Groups, Linear, Printing, Quotient, Solver, System, Undecided
from tests.factories import typed
from tests.oracle.written import span, written


def owners(system: System, released: int = 0) -> list[int]:
    """The printings of a conflict, as few as can be."""
    solver = Solver(system)
    conflict = typed(Conflict, solver.conflict(Mask(released)))
    return bits(solver.reduced(conflict).owners)


def values(system: System, quantity: str, released: int = 0) -> str:
    return str(Solver(system).values(quantity, Mask(released)))


def test_one_broken_sum_rests_on_its_three_figures() -> None:
    """1.0 + 2.0 is at most nearly 3.1; d takes no part."""
    system = written("c = a + b", a="1.0", b="2.0", c="4.0", d="9")

    assert owners(system) == [0, 1, 2]
    assert values(system, "c", 0b100) == "[2.9, 3.1)"
    assert values(system, "a", 0b001) == "(1.9, 2.1)"
    assert values(system, "b", 0b010) == "(2.9, 3.1)"
    assert Solver(system).values("c") is None


def test_what_nothing_is_said_of_can_be_anything() -> None:
    assert Solver(written("c = a + b", a="1.0")).values("x") == Interval()
    assert values(written("c = a + b", a="1.0"), "c") == "(-∞, ∞)"


def test_the_initial_budget_is_the_sum_of_its_sources() -> None:
    """353.21 = 348.93 + 4.28 by [348.925, 348.935) + [4.275, 4.285)."""
    system = written("total = local + other", total="353.21", local="348.93", other="4.28")

    assert Solver(system).conflict() is None
    assert values(system, "total", 0b001) == "[353.2, 353.22)"
    assert values(system, "other", 0b100) == "(4.27, 4.29)"
    assert values(system, "other") == "[4.275, 4.285)"


def test_open_ends_that_touch_have_no_point_in_common() -> None:
    """An exact 7 against figures that were cut off: [2, 3) + [3, 4) = [5, 7)."""
    assert owners(written("c = a + b", c="=7", a="[2, 3)", b="[3, 4)")) == [0, 1, 2]
    assert owners(written("c = a - b", c="=6", a="[10, 11)", b="[3, 4)")) == [0, 1, 2]
    assert Solver(written("c = a + b", c="=5", a="[2, 3)", b="[3, 4)")).conflict() is None
    # Rounded: [2.5, 3.5) + [3.5, 4.5) reaches 6 and not 8.
    assert Solver(written("c = a + b", c="=6", a="3", b="4")).conflict() is None
    assert owners(written("c = a + b", c="=8", a="3", b="4")) == [0, 1, 2]


def test_totals_of_published_figures() -> None:
    """Closed ends, twice 3000 less twice 1000 in thousands, and a figure that is stated twice."""
    twice = written("t = 2*a - 2*b", a="[2500, 3500]", b="[500, 1500]")
    assert values(twice, "t") == "[2000, 6000]"
    stated = written("t = a - b", a="[11500, 12500]", b=("[1500, 2500]", "[1985, 1995]"))
    assert values(stated, "t") == "[9505, 10515]"
    assert values(stated, "t", 0b100) == "[9000, 11000]"


ROWS_AND_COLUMNS = written(
    "r1 = a + b", "r2 = c + d", "c1 = a + c", "c2 = b + d",
    r1="3.03", r2="7.02", c1="4.00", c2="6.01", a="1.01", b="2.01", c="3.00", d="4.01",
)  # fmt: skip
"""Each sum differs from its total by 0.01, in the rows upwards, in the columns downwards."""


def test_a_table_can_be_impossible_whose_rows_and_columns_hold_one_by_one() -> None:
    """The rows add up to 10.04 or more in all, the columns to less than 10.02."""
    for relation in ROWS_AND_COLUMNS.constraints:
        assert Solver(attrs.evolve(ROWS_AND_COLUMNS, constraints=(relation,))).conflict() is None

    assert Solver(ROWS_AND_COLUMNS).conflict() is not None
    assert owners(ROWS_AND_COLUMNS, 0b11110000) == [0, 1, 2, 3]
    # [3.995, 4.005) + [6.005, 6.015) - [7.015, 7.025)
    assert values(ROWS_AND_COLUMNS, "r1", 0b11110001) == "(2.975, 3.005)"


def test_shares_that_add_up_to_the_whole() -> None:
    """33.33 % three times, of amounts that nothing is known of: they are a third each."""
    shares = written(
        "x = a / t", "y = b / t", "z = c / t", "1 = x + y + z",
        x="0.3333", y="0.3333", z="0.3333", t="9.00",
    )  # fmt: skip

    assert Solver(shares).conflict() is None
    # At most 1 - 2 * 0.33325 of less than 9.005.
    assert values(shares, "z") == "(0.3333, 0.33335)"
    assert values(shares, "z", 0b100) == "(0.3333, 0.3335]"
    assert Solver(shares).values("c", Mask(0b100)) == Interval(
        lower=Fraction(3333, 10_000) * Fraction(8995, 1000),
        upper=Fraction(3335, 10_000) * Fraction(9005, 1000),
        lower_closed=False,
        upper_closed=False,
    )


def test_shares_that_cannot_add_up() -> None:
    """20.25 + 79.25 % = 99.50 %: no two parts of a whole are that."""
    shares = written("x = a / t", "y = b / t", "1 = x + y", x="0.2025", y="0.7925", t="9.00")

    assert owners(shares) == [0, 1]
    assert values(shares, "y", 0b010) == "(0.79745, 0.79755]"


def test_a_missing_part_is_known_from_the_rest() -> None:
    """And lies within its natural range."""
    system = written(
        "t = a + b + c", t="100", a="60", b="[0, oo)", ranges={"c": "[0, 20]", "b": "[0, oo)"}
    )

    assert values(system, "c") == "[0, 20]"
    assert values(system, "b") == "(19, 41)"
    assert owners(written("t = a + c", t="100", a="60", ranges={"c": "[0, 20]"})) == [0, 1]


def test_a_rate_and_its_amounts() -> None:
    """68.48 % = 241.86 / 353.21: between 241.855 / 353.215 and 241.865 / 353.205."""
    system = written("r = n / d", r="0.6848", n="241.86", d="353.21")

    assert Solver(system).conflict() is None
    assert Solver(system).values("r", Mask(0b001)) == Interval(
        lower=Fraction(241_855, 353_215),
        upper=Fraction(241_865, 353_205),
        lower_closed=False,
        upper_closed=False,
    )
    assert owners(written("r = n / d", r="0.1717", n="355.55", d="595.07")) == [0, 1, 2]


def test_a_rate_of_a_difference_may_be_negative() -> None:
    """From 200 to 150: -25 %; the base may be anything up to 400 that is more than 0."""
    system = written("r = (b - a) / a", a="=200", b="=150")
    assert values(system, "r") == "[-0.25, -0.25]"
    system = written("r = (b - a) / a", a="(0, 400]", b="=100")
    assert values(system, "r") == "[-0.75, ∞)"


@pytest.mark.parametrize(
    ("above", "n", "rate"),
    [
        ("n", "=6", "[2, 6]"),
        ("n", "[-6, 3)", "[-6, 3)"),
        ("(x - n)", "=6", "[-6, -2]"),
        ("(2*x - 4*n)", "=6", "[-24, -8]"),
    ],
)
def test_a_rate_on_a_difference(above: str, n: str, rate: str) -> None:
    """The base is 1 to 3, whichever of its two amounts comes first by name."""
    system = written(f"r = {above} / (b - a)", a="=1", b="[2, 4]", n=n, x="=0")
    assert values(system, "r") == rate
    system = written(f"r = {above} / (b - c)", c="=1", b="[2, 4]", n=n, x="=0")
    assert values(system, "r") == rate
    doubled = written(f"r = {above} / (4*b - 4*a)", a="=1", b="[2, 4]", n=n, x="=0")
    assert Solver(doubled).values("r") == span(rate).scaled(Fraction(1, 4))


def test_a_base_is_positive() -> None:
    assert owners(written("r = n / d", d="=0")) == [0]
    assert owners(written("r = n / d", d="[-2, 0]", n="5")) == [0]
    assert values(written("r = n / d", d="[-2, 3]", n="=6"), "r") == "[2, ∞)"
    assert values(written("r = n / d", d="[-2, 3]", n="=6"), "d") == "(0, 3]"


def test_the_natural_range_of_a_rate_holds_its_amounts() -> None:
    system = written("r = n / d", d="=4", n="[-5, 5]", ranges={"r": "[0, 1]"})

    assert values(system, "n") == "[0, 4]"
    assert values(system, "r") == "[0, 1]"


def test_a_rate_that_is_printed_twice() -> None:
    system = written("r = n / d", r=("0.50", "0.5"), d="=4")
    assert values(system, "n") == "[1.98, 2.02)"

    assert owners(written("r = n / d", r=("0.50", "0.60"), d="=4")) == [0, 1]
    assert owners(written("r = n / d", r=("0.50", "0.60"))) == [0, 1]


@pytest.mark.parametrize("slack", [Interval.point(0), cell(Fraction(0), 0)])
def test_a_rate_on_coarse_amounts_that_is_printed_twice(slack: Interval) -> None:
    """Two prints that exclude each other do so whatever the amounts are."""
    rate = Quotient(
        rate="r", numerator=(("n", Fraction(1)),), denominator=(("d", Fraction(1)),), upper=slack
    )
    prints = written(r=("0.50", "0.60"), n="2", d="=4")

    assert owners(attrs.evolve(prints, constraints=(rate,))) == [0, 1]


def test_a_rate_on_amounts_that_were_added_up_from_coarser_print() -> None:
    """n ± 0.5 of d: 1.5 / 4 … 2.5 / 4 for an exact 2 of 4. A base that may be 0 says nothing."""
    rate = Quotient(
        rate="r",
        numerator=(("n", Fraction(1)),),
        denominator=(("d", Fraction(1)),),
        upper=Interval(lower="-0.5", upper="0.5"),
    )
    system = attrs.evolve(written(n="=2", d="=4"), constraints=(rate,))
    assert values(system, "r") == "[0.375, 0.625]"
    system = attrs.evolve(written(r="=0.5", d="=4"), constraints=(rate,))
    assert values(system, "n") == "[1.5, 2.5]"

    lower = attrs.evolve(rate, upper=Interval.point(0), lower=Interval(lower=-1, upper=1))
    system = attrs.evolve(written(n="=2", d="[0.5, 3]"), constraints=(lower,))
    assert values(system, "r") == "(-∞, ∞)"
    system = attrs.evolve(written(n="=2", d="[2, 3]"), constraints=(lower,))
    assert values(system, "r") == "[0.5, 2]"


@pytest.mark.parametrize(
    "numerator", [{"a": 1, "b": 1}, {"a": 2}, {"a": 4, "b": -2}, {"a": Fraction(1, 2), "c": 1}]
)
def test_a_sum_of_amounts_from_coarser_print_over_another(
    numerator: dict[str, int | Fraction],
) -> None:
    """(2 ± 0.5) / 4, whatever the 2 is made of."""
    rate = Quotient(
        rate="r",
        numerator=tuple((name, Fraction(factor)) for name, factor in numerator.items()),
        denominator=(("d", Fraction(1)),),
        upper=Interval(lower="-0.5", upper="0.5"),
    )
    system = attrs.evolve(written(a="=1", b="=1", c="=1.5", d="=4"), constraints=(rate,))
    assert values(system, "r") == "[0.375, 0.625]"


def test_shares_of_multiples_add_up() -> None:
    """2 · 1 / 4 and (4 - 2) / 4 are 100 %; 2 · 1 / 4 and 3 / 4 are not."""
    relations = ("x = 2*a / t", "y = (2*b - c) / t", "1 = x + y")
    assert Solver(written(*relations, a="=1", b="=2", c="=2", t="=4")).conflict() is None
    assert owners(written(*relations, a="=1", b="=2", c="=1", t="=4")) == [0, 1, 2, 3]


def test_shares_of_coarse_amounts_need_not_add_up_exactly() -> None:
    """(1 ± 0.5) / 4 and (2 ± 0.5) / 4 may be 100 % together; 1 / 4 and 2 / 4 are not."""

    def share(rate: str, part: str, off: str) -> Quotient:
        return Quotient(
            rate=rate,
            numerator=((part, Fraction(1)),),
            denominator=(("t", Fraction(1)),),
            upper=Interval(lower=f"-{off}", upper=off),
        )

    (whole,) = written("1 = x + y").constraints
    prints = written(a="=1", b="=2", t="=4")
    coarse = attrs.evolve(
        prints, constraints=(share("x", "a", "0.5"), share("y", "b", "0.5"), whole)
    )
    assert Solver(coarse).conflict() == Undecided(code="not-linear")
    with_rates = attrs.evolve(
        coarse, printings=(*prints.printings, *written(x="0.375", y="0.625").printings)
    )
    assert not isinstance(Solver(with_rates).conflict(), Conflict)
    exact = attrs.evolve(prints, constraints=(share("x", "a", "0"), share("y", "b", "0"), whole))
    assert owners(exact) == [0, 1, 2]


def test_what_holds_with_even_amounts_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    """63 of 100 and 37 %, 63 % as the quotient of coarse amounts: it need not be off at all."""
    monkeypatch.setattr(Solver, "_is_witnessed", lambda solver, _: solver._even is None)
    share = Quotient(
        rate="r",
        numerator=(("n", Fraction(1)),),
        denominator=(("d", Fraction(1)),),
        upper=Interval(lower="-0.5", upper="0.5"),
    )
    (whole,) = written("1 = r + s").constraints
    prints = written(r="0.63", s="0.37", n="=63", d="=100")
    assert Solver(attrs.evolve(prints, constraints=(share, whole))).conflict() is None
    away = attrs.evolve(share, upper=Interval(lower="0.1", upper="0.5"))
    shifted = Solver(attrs.evolve(prints, constraints=(away, whole)))
    assert shifted.conflict() is None  # nothing to even out: the witness is asked
    monkeypatch.setattr(Solver, "_is_witnessed", lambda *_: False)
    undecided = Solver(attrs.evolve(prints, constraints=(away, whole))).conflict()
    assert undecided == Undecided(code="not-linear")


def test_what_cancels_out_is_0() -> None:
    assert Solver(written("a = a", a="5")).conflict() is None
    assert owners(written("a = a", "c = 3 + b", a="5", c="1", b="2")) == [1, 2]
    conflict = Solver(written("a = a + 1", a="5")).conflict()
    assert conflict == Conflict(owners=Mask(0), sources=frozenset({0}))


def test_a_sum_may_speak_of_one_quantity_or_none() -> None:
    system = System(
        printings=(Printing(quantity="a", interval=span("[1, 3]")),),
        constraints=(
            Linear(terms=(("a", Fraction(-2)),), values=span("[-oo, -4]".replace("[-oo", "(-oo"))),
            Linear(terms=(), values=span("[-1, 1]")),
        ),
    )

    assert values(system, "a") == "[2, 3]"


@pytest.mark.parametrize(
    ("factors", "due", "range_of_a"),
    [
        ((2, 4), 12, "[2, 4]"),  # a + 2b is 6, with b from 1 to 2
        ((-2, -4), -12, "[2, 4]"),
        ((-6, 4), -10, "[7/3, 3]"),  # 3a - 2b is 5
    ],
)
def test_the_coefficients_of_a_sum_may_have_a_common_factor(
    factors: tuple[int, int], due: int, range_of_a: str
) -> None:
    terms = tuple(zip("ab", map(Fraction, factors), strict=True))
    system = System(
        printings=(
            Printing(quantity="a", interval=span("[0, 9]")),
            Printing(quantity="b", interval=span("[1, 2]")),
        ),
        constraints=(Linear(terms=terms, values=Interval.point(due)),),
    )
    assert values(system, "a") == range_of_a


def test_a_contradiction_without_a_print() -> None:
    """The weights are 100 in all, and each is at most 40."""
    system = written("100 = a + b", a="20", ranges={"a": "[0, 40]", "b": "[0, 40]"})
    conflict = typed(Conflict, Solver(system).conflict(Mask(0b1)))

    assert conflict == Conflict(owners=Mask(0), sources=frozenset({0}))


def test_what_rests_on_a_print_goes_with_it() -> None:
    """The score is 8 as long as the weight of 10 is true."""
    rule = Linear(terms=(("score", Fraction(1)),), values=Interval.point(8), given=(0,))
    system = written(weight="=10", score="=9")
    system = attrs.evolve(system, constraints=(rule,))

    assert owners(system) == [0, 1]
    assert values(system, "score", 0b10) == "[8, 8]"
    assert values(system, "score", 0b11) == "(-∞, ∞)"
    assert Solver(system).parts(Mask(0b01)) == Solver(system).parts(Mask(0b10))


def test_shares_may_add_up_as_long_as_a_print_is_true() -> None:
    shares = written("x = a / t", "y = b / t", x="0.2025", y="0.7925", t="9.00")
    whole = Linear(
        terms=(("x", Fraction(1)), ("y", Fraction(1))), values=Interval.point(1), given=(2,)
    )
    shares = attrs.evolve(shares, constraints=(*shares.constraints, whole))

    assert owners(shares) == [0, 1, 2]
    assert Solver(shares).conflict(Mask(0b100)) is None


def test_relations_connect() -> None:
    solver = Solver(written("c = a + b", "r = x / y", a="1", b="2", x="3", r="4", z="5"))

    (sum_of_two,) = solver.parts(Mask(0b00011))
    (quotient,) = solver.parts(Mask(0b01100))
    (alone,) = solver.parts(Mask(0b10000))
    assert len({sum_of_two, quotient, alone}) == 3
    assert solver.parts(Mask(0b11010)) == {sum_of_two, quotient, alone}
    assert solver.parts(Mask(0)) == frozenset()


def test_groups_are_joined_two_by_two() -> None:
    groups = Groups()
    for first, second in (("a", "b"), ("c", "d"), ("b", "d"), ("a", "d")):
        groups.join(first, second)

    assert [groups.find(name) for name in "abcde"] == ["a", "a", "a", "a", "e"]


def test_a_reduced_conflict_names_no_print_too_many() -> None:
    """Its owners may be more than are needed; asked for, they are not."""
    system = written("c = a + b", a="1.0", b="2.0", c="4.0", ranges={"a": "[0, 1]"})
    wide = Conflict(owners=Mask(0b111), sources=frozenset({0}))

    assert bits(Solver(system).reduced(wide).owners) == [1, 2]
    # Without any print it is the relations themselves.
    impossible = written("a = b", a="1", ranges={"a": "[0, 1]", "b": "[2, 3]"})
    assert Solver(impossible).reduced(Conflict(owners=Mask(1), sources=frozenset())).owners == 0


def test_a_conflict_is_the_same_whatever_was_asked_beside_it() -> None:
    """Which of its prints may mend it, and what was released, are no part of what contradicts."""
    conflict = Conflict(owners=Mask(0b11), sources=frozenset({0}))
    beside = [
        attrs.evolve(conflict, able=(Mask(0b01),)),
        attrs.evolve(conflict, idle=Mask(0b10)),
        attrs.evolve(conflict, released=Mask(0b100)),
    ]
    assert beside == [conflict] * 3
    assert attrs.evolve(conflict, owners=Mask(0b01)) != conflict
    assert attrs.evolve(conflict, sources=frozenset({1})) != conflict


# --- rates of more than one relation --------------------------------------------------------------


def test_a_conflict_that_is_not_decided_again_stays_as_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tableau, "_MOST", 0)
    system = written("c = a + b", a="=1", b="=2", c="=4", d="=9")
    known = Conflict(owners=Mask(0b1111), sources=frozenset({0}))

    assert Solver(system).reduced(known, most=3) is known


def test_a_rate_of_two_quotients_is_decided_by_an_example() -> None:
    """a / b = c / d with 1 / 2 = 3 / 6, or not with 3 / 5."""
    relations = ("r = a / b", "r = c / d")
    assert Solver(written(*relations, a="=1", b="=2", c="=3", d="=6")).conflict() is None
    assert owners(written(*relations, a="=1", b="=2", r="0.50", c="=3", d="=5")) == [2, 3, 4]
    assert values(written(*relations, a="=1", b="=2", c="=3"), "r") == "[0.5, 0.5]"


def test_what_no_example_shows_is_left_undecided() -> None:
    """No bound on sums says that 1 / 2 is not 3 / 5 where nothing is printed of the rate."""
    system = written("r = a / b", "r = c / d", a="=1", b="=2", c="=3", d="=5")

    assert Solver(system).conflict() == Undecided(code="not-linear")
    assert Solver(system).values("r") is None
    assert Solver(system).conflict(Mask(0b1100)) is None
    wide = Conflict(owners=Mask(0b1111), sources=frozenset())
    assert Solver(system).reduced(wide) == wide


def test_a_rate_in_a_sum_beside_an_amount() -> None:
    """The deviation is the completion less 100 %: 111 % and 11 %, or 10 %."""
    relations = ("r = a / t", "v = r - 1")
    assert Solver(written(*relations, a="=100", t="=90", r="1.11", v="0.11")).conflict() is None
    assert Solver(written(*relations, a="=100", t="=90", v="0.11")).conflict() is None
    assert owners(written(*relations, a="=100", t="=90", r="1.11", v="0.10")) == [2, 3]
    assert Solver(written(*relations, a="=100", t="=90", v="0.10")).conflict() == Undecided(
        code="not-linear"
    )


def test_a_rate_of_a_rate() -> None:
    """1 / 2 = 0.5, and that of 1 is not 1."""
    relations = ("r = a / b", "s = r / c")
    assert Solver(written(*relations, a="=1", b="=2", c="=1", s="=0.5")).conflict() is None
    assert Solver(written(*relations, a="=1", b="=2", c="=1", s="=1")).conflict() == Undecided(
        code="not-linear"
    )


def test_a_rule_for_a_rate_that_is_loose() -> None:
    """As long as the first print is true, the rate is at least 0.5; 1 / 2 is."""
    rule = Linear(
        terms=(("r", Fraction(1)), ("v", Fraction(1))), values=Interval(lower="0.5"), given=(0,)
    )
    system = written("r = a / b", a="=1", b="=2", v="=0")
    with_rule = attrs.evolve(system, constraints=(*system.constraints, rule))
    assert Solver(with_rule).conflict() is None
    more = attrs.evolve(rule, values=Interval(lower=1))
    other = attrs.evolve(system, constraints=(*system.constraints, more))
    assert Solver(other).conflict() == Undecided(code="not-linear")
    assert Solver(other).conflict(Mask(0b001)) is None


def test_a_rule_for_a_rate_holds_as_long_as_another_print_is_true() -> None:
    """1 / 2 and 0 are not 1, but where w is wrong, or x, nothing is asked of them."""
    rule = Linear(
        terms=(("r", Fraction(1)), ("v", Fraction(1))), values=Interval(lower=1), given=(3, 4)
    )
    system = written("r = a / b", a="=1", b="=2", v="=0", w="=0", x="=0", y="=0")
    with_rule = attrs.evolve(system, constraints=(*system.constraints, rule))
    released = [Solver(with_rule).conflict(Mask(1 << place)) for place in (3, 4, 5)]
    assert released == [None, None, Undecided(code="not-linear")]


def test_the_step_bound_leaves_a_question_undecided(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tableau, "_MOST", 0)
    solver = Solver(written("c = a + b", a="1.0", b="2.0", c="4.0"))

    assert solver.conflict() == Undecided(code="step-bound")
    assert solver.values("c") is None


def test_rates_on_two_bases_are_compared_by_an_example() -> None:
    """1 / 2 is at least 1 / 3, and not the other way round."""

    def compared(*relations: str, **rates: str) -> System:
        both = ("r = a / b", "s = c / d", *relations)
        return written(*both, ranges=None, **rates, a="=1", b="=2", c="=1", d="=3")

    assert Solver(compared("r >= s")).conflict() is None
    assert Solver(compared("r <= s")).conflict() == Undecided(code="not-linear")
    assert owners(compared("r <= s", r="0.50", s="0.33")) == [0, 1]


def test_a_rate_with_one_end() -> None:
    system = written("r = n / d", d="=4", r="[0.5, oo)", n="(-oo, 9)")

    assert values(system, "n") == "[2, 9)"
    assert values(system, "r") == "[0.5, 2.25)"


@pytest.mark.parametrize(
    ("rate", "holds"),
    [("(-oo, 0.75]", True), ("(-oo, 0.75)", False), ("[0.75, oo)", True), ("(0.75, oo)", False)],
)
def test_a_rate_that_is_printed_with_one_end(rate: str, holds: bool) -> None:
    system = written("r = n / d", n="=3", d="=4", r=rate)

    assert (Solver(system).conflict() is None) is holds
