"""What is let in as an exact number, and how it is written out."""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetperf import WrongTypeError
from budgetperf.exact import decimal_text, fixed_text, round_to, to_exact
from budgetperf.exact.limits import MAX_RESULT_DIGITS, bounded_result
from budgetperf.exact.number import exact_sum
from tests.factories import refused
from tests.strategies import decimals_as_text, rationals


@pytest.mark.parametrize(
    ("value", "exact"),
    [
        (5, Fraction(5)),
        (-5, Fraction(-5)),
        ("353.21", Fraction(35321, 100)),
        ("-353.210", Fraction(-35321, 100)),
        ("+1", Fraction(1)),
        ("1/3", Fraction(1, 3)),
        ("-2/06", Fraction(-1, 3)),
        (Decimal("0.1"), Fraction(1, 10)),
        (Decimal("1E+3"), Fraction(1000)),
        (Fraction(1, 3), Fraction(1, 3)),
    ],
)
def test_let_in(value: int | str | Decimal | Fraction, exact: Fraction) -> None:
    assert to_exact(value) == exact
    assert type(to_exact(value)) is Fraction


@pytest.mark.parametrize(
    "value",
    ["", " 1", "1 ", "1\n", ".5", "5.", "1e3", "1_000", "1,000", "1/0", "1/-3", "1.5/2", "五", "٣"],
)
def test_strings_that_are_no_plain_number(value: str) -> None:
    with refused("not-a-number", "total", match=r"不是普通数字.*is not a plain number") as caught:
        to_exact(value, field="total")
    assert str(caught.value).startswith("total: ")


@pytest.mark.parametrize("value", [Decimal("NaN"), Decimal("sNaN"), Decimal("-Infinity")])
def test_decimals_that_are_not_finite(value: Decimal) -> None:
    with refused("not-a-number", ""):
        to_exact(value)


@pytest.mark.parametrize("capitals", [0, 1])
@pytest.mark.parametrize("value", [Decimal("1E+99999"), Decimal("-1E-99999")])
def test_decimals_of_more_digits_than_any_number(value: Decimal, capitals: int) -> None:
    with localcontext() as context, refused("too-many-digits", "total"):
        context.capitals = capitals  # whether an exponent is written behind E or e
        to_exact(value, field="total")


@pytest.mark.parametrize(
    ("value", "code"),
    [(0.5, "float-refused"), (float("nan"), "float-refused")]
    + [(value, "wrong-type") for value in (True, False, None, 1j, b"1", [1])],
)
def test_types_that_are_refused(value: object, code: str) -> None:
    with pytest.raises(WrongTypeError, match=r"pass a string") as caught:
        to_exact(value, field="rate")  # type: ignore[arg-type]
    assert (caught.value.code, caught.value.field) == (code, "rate")


@pytest.mark.parametrize("sign", [1, -1])
def test_a_result_has_no_more_digits_than_can_be_printed(sign: int) -> None:
    """Above or below the line."""
    long, longer = 10 ** (MAX_RESULT_DIGITS - 1), 10**MAX_RESULT_DIGITS
    for fits in (Fraction(sign * long), Fraction(sign, long), Fraction(0)):
        assert bounded_result(fits) is fits
    for value in (Fraction(sign * longer), Fraction(sign, longer)):
        with refused("too-many-digits", "x"):
            bounded_result(value, field="x")


@given(text=decimals_as_text())
def test_decimals_are_read_and_written_without_loss(text: str) -> None:
    exact = to_exact(text)
    assert exact == to_exact(Decimal(text))
    written = decimal_text(exact)
    assert Decimal(written) == Decimal(text)
    assert len(written) <= len(text.lstrip("+"))


@given(value=rationals)
def test_every_exact_number_can_be_written_and_read(value: Fraction) -> None:
    assert to_exact(decimal_text(value)) == value
    terminates = 10**40 % value.denominator == 0  # denominators here are below 2 ** 40
    assert ("/" not in decimal_text(value)) == terminates


@given(value=rationals, places=st.integers(-3, 6))
def test_fixed_text_has_the_places_asked_for(value: Fraction, places: int) -> None:
    rounded = round_to(value, places)
    text = fixed_text(rounded, places)
    assert Fraction(text) == rounded
    assert len(text.partition(".")[2]) == max(places, 0)
    assert not text.startswith("-0") or rounded


@given(st.lists(rationals, max_size=12))
def test_a_sum_is_that_of_adding_one_by_one(values: list[Fraction]) -> None:
    assert exact_sum(values) == sum(values, start=Fraction(0))
