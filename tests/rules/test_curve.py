"""Curves: values, what gives a value, what a curve says of itself, and its table."""

from __future__ import annotations

from fractions import Fraction

import pytest

from budgetperf import FloatRefusedError, Interval
from budgetperf.rules import Curve, Knot
from budgetperf.rules.curve import percent_text
from tests.factories import refused
from tests.strategies import pickled

PROPORTIONAL = Curve(knots=(Knot(x=0, y=0), Knot(x=1, y=1)))
REVERSE = Curve(knots=(Knot(x=1, y=1), Knot(x=2, y=0)))
PASS_MARK = Curve(knots=(Knot(x="0.6", y=0), Knot(x=1, y=1)))
"""Nothing below 60 %, from there (completion - 60 %) / (1 - 60 %)."""
BANDS = Curve(
    knots=(
        Knot(x="0.6", left=0, y="0.5"),
        Knot(x="0.8", left="0.5", y="0.7"),
        Knot(x=1, left="0.7", y=1),
    )
)
"""0, 50 %, 70 %, 100 % from 60 %, 80 %, 100 % on."""
OBSERVED = Curve(
    knots=(Knot(x=0, y=1), Knot(x="0.1", left=1, y="0.9"), Knot(x=1, y=0)), domain=Interval(lower=0)
)
"""Full marks up to 10 %, from there 1 - x; nothing is known below 0."""
COST = Curve(
    knots=(
        Knot(x="-0.15", left=0, y="0.6"),
        Knot(x="-0.1", left="0.6", y=1),
        Knot(x="0.1", y=1, right="0.6"),
        Knot(x="0.15", y="0.6", right=0),
    )
)
"""Full marks within 10 % either way, 60 % within 15 %."""
ONE_POINT = Curve(knots=(Knot(x=1, y=1),), domain=Interval.point(1))


def written(domains: tuple[Interval, ...]) -> list[str]:
    return [str(xs) for xs in domains]


class TestValue:
    @pytest.mark.parametrize(
        ("x", "expected"),
        [
            ("-1", "0"),
            ("0.6", "0.5"),
            ("0.79", "0.5"),
            ("0.8", "0.7"),
            ("0.99", "0.7"),
            ("1", "1"),
            ("7", "1"),
        ],
    )
    def test_bands(self, x: str, expected: str) -> None:
        assert BANDS.value(x) == Fraction(expected)

    def test_outside_the_domain_there_is_none(self) -> None:
        assert OBSERVED.value("-0.01") is None
        assert ONE_POINT.value("0.99") is None
        assert ONE_POINT.value(1) == 1

    def test_a_float_is_refused(self) -> None:
        with pytest.raises(FloatRefusedError):
            PROPORTIONAL.value(0.5)  # type: ignore[arg-type]
        with pytest.raises(FloatRefusedError):
            PROPORTIONAL.solve(0.5)  # type: ignore[arg-type]

    def test_a_curve_needs_knots_that_rise(self) -> None:
        with refused("empty-curve", match="at least one knot"):
            Curve(knots=())
        with refused("not-a-function", "knots", match=r"0\.5 cannot follow 0\.5"):
            Curve(knots=(Knot(x="0.5", y=0), Knot(x="0.5", y=1)))


class TestImage:
    def test_an_open_end_at_a_jump_does_not_attain_it(self) -> None:
        """Up to 10 % but not at it: 1 alone. From there on: 0.9 and less."""
        before = Interval(lower="0.05", upper="0.1", upper_closed=False)
        assert OBSERVED.image(before) == Interval.point(1)
        assert OBSERVED.image(Interval(lower="0.1", upper="0.4")) == Interval(
            lower="0.6", upper="0.9"
        )
        both = OBSERVED.image(Interval(lower="0.05", upper="0.4", upper_closed=False))
        assert both == Interval(lower="0.6", upper=1, lower_closed=False)

    def test_outside_the_domain_there_is_none(self) -> None:
        assert OBSERVED.image(Interval(upper=0, upper_closed=False)) is None
        assert OBSERVED.image(Interval(upper=0)) == Interval.point(1)


class TestPreimage:
    @pytest.mark.parametrize(
        ("curve", "y", "expected"),
        [
            (PROPORTIONAL, "0.25", ["[0.25, 0.25]"]),
            (PROPORTIONAL, "1", ["[1, ∞)"]),
            (PROPORTIONAL, "0", ["(-∞, 0]"]),
            (PROPORTIONAL, "2", []),
            # rules.md §4.2: 80 % for 12 of a target of 10
            (REVERSE, "0.8", ["[1.2, 1.2]"]),
            (PASS_MARK, "0.5", ["[0.8, 0.8]"]),
            (BANDS, "0.5", ["[0.6, 0.8)"]),
            (BANDS, "0.6", []),
            (OBSERVED, "0.95", []),
            (OBSERVED, "0.9", ["[0.1, 0.1]"]),
            (OBSERVED, "1", ["[0, 0.1)"]),
            (COST, "0.6", ["[-0.15, -0.1)", "(0.1, 0.15]"]),
            (COST, "1", ["[-0.1, 0.1]"]),
            (ONE_POINT, "1", ["[1, 1]"]),
        ],
    )
    def test_which_measures_give_a_value(self, curve: Curve, y: str, expected: list[str]) -> None:
        assert written(curve.solve(y)) == expected

    def test_which_completions_print_a_score(self) -> None:
        """8.62 of 10 with two decimals: from 86.15 % to below 86.25 %."""
        printed = Interval(lower="8.615", upper="8.625", upper_closed=False)
        assert written(PROPORTIONAL.preimage(printed.scaled("0.1"))) == ["[0.8615, 0.8625)"]
        assert written(REVERSE.preimage(printed.scaled("0.1"))) == ["(1.1375, 1.1385]"]

    def test_lines_that_meet_are_one_part(self) -> None:
        high = Interval(lower="0.5")
        assert written(PROPORTIONAL.preimage(high)) == ["[0.5, ∞)"]
        assert written(COST.preimage(high)) == ["[-0.15, 0.15]"]
        assert written(BANDS.preimage(Interval())) == ["(-∞, ∞)"]

    def test_a_knot_that_is_left_out_parts_its_neighbours(self) -> None:
        """At 50 % alone the value is 1."""
        curve = Curve(knots=(Knot(x="0.5", left=0, y=1, right=0),))
        assert written(curve.solve(0)) == ["(-∞, 0.5)", "(0.5, ∞)"]
        assert written(curve.solve(1)) == ["[0.5, 0.5]"]

    def test_the_end_of_the_domain_is_the_end_of_the_answer(self) -> None:
        domain = Interval(lower="0.2", upper="1.5", lower_closed=False)
        curve = Curve(knots=PROPORTIONAL.knots, domain=domain)
        assert written(curve.solve(1)) == ["[1, 1.5]"]
        assert written(curve.preimage(Interval(upper="0.4"))) == ["(0.2, 0.4]"]
        assert written(curve.solve("0.2")) == []


class TestProperties:
    @pytest.mark.parametrize(
        ("curve", "rising", "falling", "continuous", "bounds"),
        [
            (PROPORTIONAL, True, False, True, "[0, 1]"),
            (REVERSE, False, True, True, "[0, 1]"),
            (BANDS, True, False, False, "[0, 1]"),
            (OBSERVED, False, True, False, "[0, 1]"),
            (COST, False, False, False, "[0, 1]"),
            (ONE_POINT, True, True, True, "[1, 1]"),
        ],
    )
    def test_what_it_says_of_itself(
        self, curve: Curve, *, rising: bool, falling: bool, continuous: bool, bounds: str
    ) -> None:
        assert curve.is_rising is rising
        assert curve.is_falling is falling
        assert curve.is_monotone is (rising or falling)
        assert curve.is_continuous is continuous
        assert str(curve.bounds) == bounds

    def test_a_jump_outside_the_domain_does_not_count(self) -> None:
        """Bands from 80 % to below 100 %: all of it gives 70 %."""
        domain = Interval(lower="0.8", upper=1, upper_closed=False)
        part = Curve(knots=BANDS.knots, domain=domain)
        assert part.is_continuous
        assert part.is_falling
        assert part.bounds == Interval.point("0.7")
        assert not Curve(knots=BANDS.knots, domain=Interval(lower="0.8", upper=1)).is_continuous

    def test_a_curve_travels(self) -> None:
        assert pickled(OBSERVED) == OBSERVED
        assert pickled(OBSERVED).preimage(Interval()) == (OBSERVED.domain,)


class TestTable:
    @pytest.mark.parametrize(
        ("curve", "zh", "en"),
        [
            (
                PROPORTIONAL,
                ["x < 0%　0%", "0% ≤ x < 100%　x（由 0% 升至 100%）", "x ≥ 100%　100%"],
                ["x < 0%　0%", "0% ≤ x < 100%　x (rises from 0% to 100%)", "x ≥ 100%　100%"],
            ),
            (
                PASS_MARK,
                [
                    "x < 60%　0%",
                    "60% ≤ x < 100%　2.5 × x − 150%（由 0% 升至 100%）",
                    "x ≥ 100%　100%",
                ],
                [
                    "x < 60%　0%",
                    "60% ≤ x < 100%　2.5 × x − 150% (rises from 0% to 100%)",
                    "x ≥ 100%　100%",
                ],
            ),
            (
                BANDS,
                ["x < 60%　0%", "60% ≤ x < 80%　50%", "80% ≤ x < 100%　70%", "x ≥ 100%　100%"],
                ["x < 60%　0%", "60% ≤ x < 80%　50%", "80% ≤ x < 100%　70%", "x ≥ 100%　100%"],
            ),
            (
                OBSERVED,
                [
                    "x < 0%　未规定",
                    "0% ≤ x < 10%　100%",
                    "10% ≤ x < 100%　100% − x（由 90% 降至 0%）",
                    "x ≥ 100%　0%",
                ],
                [
                    "x < 0%　not said",
                    "0% ≤ x < 10%　100%",
                    "10% ≤ x < 100%　100% − x (falls from 90% to 0%)",
                    "x ≥ 100%　0%",
                ],
            ),
            (
                ONE_POINT,
                ["x < 100%　未规定", "x = 100%　100%", "x > 100%　未规定"],
                ["x < 100%　not said", "x = 100%　100%", "x > 100%　not said"],
            ),
            (Curve(knots=(Knot(x=1, y=1),)), ["任意 x　100%"], ["any x　100%"]),
        ],
    )
    def test_rows(self, curve: Curve, zh: list[str], en: list[str]) -> None:
        rows = curve.to_table()
        assert [f"{row.where.zh}　{row.share.zh}" for row in rows] == zh
        assert [f"{row.where.en}　{row.share.en}" for row in rows] == en

    def test_a_knot_belongs_to_the_line_below_where_it_must(self) -> None:
        """A reasoned deduction above the target may leave nothing: 100 % itself is safe."""
        curve = Curve(knots=(Knot(x=0, y=0), Knot(x=1, y=1, right=0)))
        assert curve.to_text(lang="en").splitlines() == [
            "x < 0%         0%",
            "0% ≤ x ≤ 100%  x (rises from 0% to 100%)",
            "x > 100%       0%",
        ]

    def test_a_knot_apart_and_one_that_is_none(self) -> None:
        """50 % on a line that goes on is no row; a value of its own is one."""
        straight = Curve(knots=(Knot(x=0, y=0), Knot(x="0.5", y="0.5"), Knot(x=1, y=1)))
        assert straight.to_table() == PROPORTIONAL.to_table()
        apart = Curve(knots=(Knot(x="0.5", left=0, y=1, right="0.5"),))
        assert [row.where.zh for row in apart.to_table()] == ["x < 50%", "x = 50%", "x > 50%"]

    def test_ends_of_the_domain(self) -> None:
        """Slope 1/3, through 0 at 1: 1/3 x - 1/3; and a line above 0."""
        domain = Interval(lower=1, upper=4, lower_closed=False)
        curve = Curve(knots=(Knot(x=1, y=0), Knot(x=4, y=1)), domain=domain)
        rows = [(row.where.zh, row.share.en) for row in curve.to_table()]
        assert rows == [
            ("x ≤ 100%", "not said"),
            ("100% < x ≤ 400%", "1/3 × x − 100/3% (rises from 0% to 100%)"),
            ("x > 400%", "not said"),
        ]
        raised = Curve(knots=(Knot(x=0, y="0.5"), Knot(x=1, y=1)))
        assert raised.to_table()[1].share.en == "0.5 × x + 50% (rises from 50% to 100%)"
        open_above = Curve(knots=(Knot(x=0, y=0),), domain=Interval(upper=2, upper_closed=False))
        assert [row.where.en for row in open_above.to_table()] == ["x < 200%", "x ≥ 200%"]

    def test_columns_of_text_stand_in_line(self) -> None:
        assert OBSERVED.to_text() == (
            "x < 0%          未规定\n"
            "0% ≤ x < 10%    100%\n"
            "10% ≤ x < 100%  100% − x（由 90% 降至 0%）\n"
            "x ≥ 100%        0%"
        )

    def test_there_are_two_languages(self) -> None:
        with pytest.raises(ValueError, match="languages"):
            OBSERVED.to_text(lang="de")

    def test_percent(self) -> None:
        assert percent_text(Fraction(-1, 8)) == "-12.5%"
