"""Every limit at its last value and one beyond, by the numbers that the documentation states."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal, localcontext
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from budgetperf.exact import Unit, limits, parse_number, round_to, to_exact
from budgetperf.exact.limits import (
    JSON_TOKENS,
    TOML_TOKENS,
    bounded,
    bounded_places,
    bounded_result,
    bounded_text,
    excess,
    require_text,
)
from budgetperf.exact.text import BudgetperfError, Text
from tests.factories import refused

DOCS = Path(__file__).parents[2] / "docs"
WHAT = Text(zh="名称", en="a name")


def code_of(call: Callable[..., object], *given: object) -> str:
    """With which code it is refused; ``""`` if it is not."""
    try:
        call(*given)
    except BudgetperfError as error:
        return error.code
    return ""


@pytest.mark.skipif(not DOCS.is_dir(), reason="the wheel: the documentation is not there")
@pytest.mark.parametrize("page", ["limits.md", "limits.en.md"])
def test_every_limit_is_documented(page: str) -> None:
    """In a row with its name, as a number or in MB."""
    text = (DOCS / page).read_text(encoding="utf-8").replace(",", "")
    rows = [line for line in text.splitlines() if line.startswith("|")]
    names = [name for name in limits.__all__ if name.startswith("MAX_")]
    assert len(names) > 15
    for name in names:
        most: int = getattr(limits, name)
        (row,) = (row for row in rows if f"`{name}`" in row)
        in_megabytes = f" {most // 1024**2} MB " in row and most % 1024**2 == 0
        assert f" {most} " in f" {row} " or in_megabytes, row


@pytest.mark.parametrize("start", ["", "-", "0.", "-0.", "1/"])
def test_digits_of_text_on_either_side_of_the_point(start: str) -> None:
    assert code_of(to_exact, f"{start}{'9' * 100}") == ""
    assert code_of(to_exact, f"{start}{'9' * 101}") == "too-many-digits"
    assert code_of(to_exact, f"{'9' * 100}.{'9' * 100}") == ""


def test_a_result_of_a_hundred_thousand_digits() -> None:
    """Whatever the sign, and above the line or below."""
    fits, longer = 10**99_999 - 1, 10**100_000
    for value in (Fraction(fits), Fraction(-fits), Fraction(1, fits)):
        assert bounded_result(value) is value
    for value in (Fraction(longer), Fraction(-longer), Fraction(1, longer)):
        with refused("too-many-digits", match="100000"):
            bounded_result(value)


def test_the_sign_of_a_result_and_its_inverse_change_nothing() -> None:
    """The last power of 2 that fits is found; behind it nothing does, on either side of 0."""
    bits, beyond = 0, 400_000
    while beyond - bits > 1:
        middle = (bits + beyond) // 2
        fits = code_of(bounded_result, Fraction(1 << middle)) == ""
        bits, beyond = (middle, beyond) if fits else (bits, middle)
    first = 1 << beyond
    for value in (first - 1, 1 - first):
        assert code_of(bounded_result, Fraction(value)) == ""
        assert code_of(bounded_result, Fraction(1, value)) == ""
    for value in (first, -first):
        assert code_of(bounded_result, Fraction(value)) == "too-many-digits"
        assert code_of(bounded_result, Fraction(1, value)) == "too-many-digits"


@pytest.mark.parametrize("capitals", [0, 1])
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1e999", ""),
        ("1e1000", "too-many-digits"),
        ("-1e1000", "too-many-digits"),
        ("1e-1000", ""),
        ("1e-1001", "too-many-digits"),
        ("1e5", ""),
        ("9" * 1_000, ""),
        ("9" * 1_001, "too-many-digits"),
        (f"0.{'9' * 1_000}", ""),
        (f"0.{'9' * 1_001}", "too-many-digits"),
        ("NaN", ""),  # is no number, which is told elsewhere
    ],
)
def test_digits_of_a_decimal(text: str, code: str, capitals: int) -> None:
    """A thousand on either side of its point, however the caller's context writes it."""
    with localcontext() as context:
        context.capitals = capitals
        assert code_of(bounded, Decimal(text)) == code


@pytest.mark.parametrize("places", [1_000, -1_000, 0])
def test_as_many_places_as_there_may_be(places: int) -> None:
    assert bounded_places(places) == places
    assert code_of(round_to, 1, places) == ""


@pytest.mark.parametrize("places", [1_001, -1_001])
def test_more_places_than_there_may_be(places: int) -> None:
    with refused("too-many-places", "places", match="-1000 .*1000"):
        bounded_places(places)
    assert code_of(round_to, 1, places) == "too-many-places"


@pytest.mark.parametrize("places", [True, "2", 2.0, None])
def test_places_that_are_no_whole_number(places: Any) -> None:
    with refused("wrong-type", "digits", match="expected an int"):
        bounded_places(places, field="digits")


@pytest.mark.parametrize(
    "call", [require_text, lambda text, **to: bounded_text(text, 5, WHAT, **to)]
)
def test_what_is_no_text_is_told_with_its_field(call: Callable[..., object]) -> None:
    for text in (None, b"12", 12):
        with refused("wrong-type", "name"):
            call(text, field="name")
        with refused("wrong-type", "text"):
            call(text)


def test_characters_of_a_number_and_of_a_unit() -> None:
    assert code_of(parse_number, "x" * 500) == "not-a-printed-number"
    assert code_of(parse_number, "x" * 501) == "too-long"
    assert code_of(Unit.of, "长" * 40) == ""
    assert code_of(Unit.of, "长" * 41) == "too-long"


def test_text_that_is_too_long_tells_both_lengths() -> None:
    assert bounded_text("12345", 5, WHAT) == "12345"
    with refused("too-long", "name", match=r"5 个字符，这里有 6 个.*5 characters at most, not 6"):
        bounded_text("123456", 5, WHAT, field="name")


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("[" * 60 + "]" * 60, JSON_TOKENS),
        ('{"a":' * 60 + "1" + "}" * 60, JSON_TOKENS),
        ("[[]," + "[]," * 100 + "[]]", JSON_TOKENS),  # one beside another
        ('"' + "[" * 90 + '"', JSON_TOKENS),
        ("[" + "9" * 100 + "]", JSON_TOKENS),
        ("a = " + "[" * 60 + "]" * 60, TOML_TOKENS),
        (".".join("a" * 61) + " = 1", TOML_TOKENS),
        (".".join("a" * 41) + " = " + "[" * 60 + "]" * 60, TOML_TOKENS),  # it ends the key
        ("a = " + "9" * 100, TOML_TOKENS),
    ],
)
def test_data_as_deep_and_numbers_as_long_as_they_may_be(text: str, tokens: str) -> None:
    assert excess(text, tokens, where="$") is None


@pytest.mark.parametrize(
    ("text", "tokens", "code", "line", "column"),
    [
        ("[" * 61, JSON_TOKENS, "too-deep", 1, 61),
        ("\n" + "[" * 61, JSON_TOKENS, "too-deep", 2, 61),
        ("\n\n " + '{"a":' * 61, JSON_TOKENS, "too-deep", 3, 302),
        ("[[]," + "[" * 60, JSON_TOKENS, "too-deep", 1, 64),
        ("[\n" + "9" * 101 + "]", JSON_TOKENS, "too-many-digits", 2, 1),
        ("a = " + "[" * 61, TOML_TOKENS, "too-deep", 1, 65),
        (".".join("a" * 62) + " = 1", TOML_TOKENS, "too-deep", 1, 122),
        ("a = 1\nb.c = {" + ".".join("d" * 61), TOML_TOKENS, "too-deep", 2, 127),
        ("a = 1\n b = " + "9" * 101, TOML_TOKENS, "too-many-digits", 2, 6),
    ],
)
def test_data_too_deep_or_a_number_too_long(
    text: str, tokens: str, code: str, line: int, column: int
) -> None:
    """It is told where: the first bracket, dot or digit that is too much."""
    problem = excess(text, tokens, where="$")
    assert problem is not None
    assert (problem.code, problem.where) == (code, "$")
    assert re.match(rf"第 {line} 行第 {column} 列：", problem.message.zh)
    assert problem.message.en.startswith(f"line {line}, column {column}: ")
