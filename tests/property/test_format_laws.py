"""Laws of what an f-string writes: exact, half away from zero, and the text itself over a width."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Context, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetperf import (
    Amount,
    BudgetperfError,
    Figure,
    Missing,
    MissingReason,
    Rate,
    Undefined,
    UndefinedReason,
    Unit,
)
from tests.strategies import decimals_as_text

WIDE = Context(prec=400)
places = st.integers(0, 6)
units = st.sampled_from(["", "元", "万元", "人", "个百分点", "%", "‰"])
absent = st.one_of(
    st.builds(Missing, reason=st.sampled_from(MissingReason), text=st.sampled_from(["", "—"])),
    st.builds(Undefined, reason=st.sampled_from(UndefinedReason)),
)
specs = st.sampled_from(["", ".2f", ",.2f", ".0%", ".1‰", "+.2f", "+"])


def rounded(text: str, places: int, *, shift: int = 0) -> Decimal:
    """By the decimal module, in place of fractions."""
    step = Decimal(1).scaleb(-places, WIDE)
    value = Decimal(text).scaleb(shift, WIDE)
    made = value.quantize(step, rounding=ROUND_HALF_UP, context=WIDE)
    return abs(made) if made.is_zero() else made


@given(text=decimals_as_text(), unit=units, places=places)
def test_a_figure_is_rounded_in_its_unit(text: str, unit: str, places: int) -> None:
    figure = Figure(value=text, unit=unit)
    due = rounded(text, places)
    assert format(figure, f".{places}f") == f"{due:f}{unit}"
    assert format(figure, f",.{places}f") == f"{due:,f}{unit}"
    assert format(figure, "") == str(figure)


@given(text=decimals_as_text(), places=places)
def test_a_rate_as_printed_is_written_as_the_rate(text: str, places: int) -> None:
    for symbol, shift in (("%", 0), ("‰", -1)):
        figure = Figure(value=text, unit=symbol)
        assert format(figure, f".{places}%") == f"{rounded(text, places, shift=shift):f}%"
        for sign in "%‰":
            spec = f"+>12.{places}{sign}"
            assert format(figure, spec) == format(Rate(figure.nominal), spec)


@given(text=decimals_as_text(), unit=st.sampled_from(["元", "万元"]), places=places)
def test_an_amount_as_printed_is_written_as_the_amount(text: str, unit: str, places: int) -> None:
    for spec in (f".{places}f", f"+,.{places}f", f"*^30.{places}f"):
        assert format(Figure(value=text, unit=unit), spec) == format(Amount(text, unit), spec)


@given(text=decimals_as_text(), places=places)
def test_with_all_of_its_decimals_it_is_what_was_printed(text: str, places: int) -> None:
    figure = Figure(value=text, unit="万元")
    read = Figure.parse(format(figure, f".{max(figure.places, places)}f"))
    assert (read.value, read.unit) == (figure.value, Unit.of("万元"))


@given(value=absent, spec=specs, width=st.integers(1, 40), align=st.sampled_from("<>^"))
def test_what_is_absent_keeps_its_text_in_every_format(
    value: Missing | Undefined, spec: str, width: int, align: str
) -> None:
    assert format(value, spec) == str(value)
    number = spec.removeprefix("+")
    assert format(value, f"{align}{width}{number}") == format(str(value), f"{align}{width}")


@pytest.mark.parametrize("spec", ["d", "e", "f", ".2", "s", "010.2f", ",", ".99999f"])
@pytest.mark.parametrize(
    ("value", "remedies"),
    [
        (Figure.parse("353.21万元"), [".2f", ",.2f"]),
        (Figure.parse("68.48%"), [".2f", ".2%", ".1‰"]),
        (Missing(), [".2f", ".2%", ".1‰"]),
        (Undefined(reason=UndefinedReason.ZERO_OVER_ZERO), [".2f", ".2%", ".1‰"]),
    ],
)
def test_a_refusal_names_what_is_allowed(value: object, remedies: list[str], spec: str) -> None:
    with pytest.raises(BudgetperfError) as caught:
        format(value, spec)
    assert caught.value.code == "bad-format"
    for text in (caught.value.message.zh, caught.value.message.en):
        named = re.findall(r"(?<![\w'])[,.][.\d]+[f%‰]", text)
        assert {*remedies} <= {*named}
        for allowed in named:
            format(value, allowed)


@pytest.mark.parametrize("unit", ["", "万元", "人", "个百分点"])
@pytest.mark.parametrize("spec", [".2%", ".1‰"])
def test_what_is_not_in_per_cent_is_not_written_so(unit: str, spec: str) -> None:
    with pytest.raises(BudgetperfError, match=r"\.2f"):
        format(Figure(value="0.5", unit=unit), spec)
