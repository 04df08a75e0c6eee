"""Errors, and what stands where a number does not: in two languages, and as values."""

from __future__ import annotations

import copy
import re
import threading
from collections.abc import Callable

import pytest

from budgetperf import (
    Amount,
    BudgetperfError,
    Count,
    Figure,
    FloatRefusedError,
    Interval,
    Missing,
    MissingReason,
    NotFoundError,
    ProblemsError,
    Text,
    Undefined,
    UndefinedReason,
    Unit,
    WrongTypeError,
)
from budgetperf.exact import Problem, cell, parse_number, to_exact
from budgetperf.exact.limits import MAX_PROBLEMS
from tests.strategies import pickled

HAN = re.compile("[\u4e00-\u9fff]")

REFUSALS: list[Callable[[], object]] = [
    lambda: to_exact("x", field="a.b"),
    lambda: to_exact(0.5, field="a.b"),  # type: ignore[arg-type]
    lambda: to_exact(0.5),  # type: ignore[arg-type]
    lambda: Figure(value="1/3"),
    lambda: Interval(lower=2, upper=1),
    lambda: Interval.hull([]),
    lambda: cell("0.5", 0),
    lambda: parse_number("7,00.0,77"),
    lambda: parse_number("?"),
    lambda: parse_number("><9"),
    lambda: Amount(1, "m"),
    lambda: Count("0.5"),
    lambda: Unit.of("m").require(Unit.of("s")),
]


@pytest.mark.parametrize("refusal", REFUSALS)
def test_errors_say_it_in_both_languages_and_survive_a_journey(
    refusal: Callable[[], object],
) -> None:
    with pytest.raises((BudgetperfError, FloatRefusedError)) as caught:
        refusal()
    error = caught.value
    assert isinstance(error, (BudgetperfError, FloatRefusedError))
    assert re.fullmatch(r"[a-z]+(?:-[a-z]+)+", error.code)
    assert HAN.search(error.message.zh)
    assert re.search(r"[a-z]{3}", error.message.en)
    assert str(error) == f"{error.field}: {error.message}".removeprefix(": ")
    for again in (pickled(error), copy.copy(error), copy.deepcopy(error)):
        assert type(again) is type(error)
        assert str(again) == str(error)
        assert again.args == error.args
        assert (again.code, again.message, again.field) == (error.code, error.message, error.field)


def test_errors_are_the_errors_python_has() -> None:
    with pytest.raises(ValueError, match=r"is not a plain number"):
        to_exact("x")
    with pytest.raises(TypeError, match=r"pass a string, such as '0.5'"):
        to_exact(0.5)  # type: ignore[arg-type]


def test_a_refused_value_need_not_be_fit_for_a_journey() -> None:
    error = FloatRefusedError(threading.Lock())
    assert error.code == "float-refused"
    assert str(pickled(error)) == str(error)


def test_several_problems_at_once() -> None:
    problems = tuple(
        Problem(code="c", where=where, message=Text(zh=f"错{where}", en=f"wrong {where}"))
        for where in ("a", "b")
    )
    error = ProblemsError("bad-input", problems)
    assert isinstance(error, BudgetperfError)
    assert str(problems[0]) == "a: 错a / wrong a"
    assert str(error) == "a：错a；b：错b / a: wrong a; b: wrong b"
    assert error.problems == problems
    again = pickled(error)
    assert type(again) is ProblemsError
    assert (again.code, again.problems, str(again)) == ("bad-input", problems, str(error))


@pytest.mark.parametrize("beyond", [0, 1, 2])
def test_of_very_many_problems_the_first_are_told(beyond: int) -> None:
    """As many as there may be are told without a word of more."""
    problems = tuple(
        Problem(code="c", where=f"$[{place}]", message=Text(zh="错", en="wrong"))
        for place in range(MAX_PROBLEMS + beyond)
    )
    error = ProblemsError("bad-input", problems)
    assert error.problems[:MAX_PROBLEMS] == problems[:MAX_PROBLEMS]
    more = [problem.code for problem in error.problems[MAX_PROBLEMS:]]
    assert more == ["more-problems"] * (beyond > 0)


def test_two_fields_of_the_wrong_type_are_told_together() -> None:
    with pytest.raises(ProblemsError) as caught:
        Missing(text=5, line="3")  # type: ignore[arg-type]
    assert [problem.where for problem in caught.value.problems] == ["$.text", "$.line"]


def test_text_in_a_language() -> None:
    text = Text(zh="年初预算数", en="initial budget")
    assert (text.pick("zh"), text.pick("en")) == ("年初预算数", "initial budget")
    assert str(text) == "年初预算数 / initial budget"
    with pytest.raises(ValueError, match=r"语言只有 'zh' 与 'en'.* / the languages are"):
        text.pick("fr")


def test_a_pattern_is_filled_in_both_languages() -> None:
    pattern = Text(zh="{}的{name}", en="{name} of {}")
    total = Text(zh="合计", en="total")
    assert pattern.fill(total, name=3) == Text(zh="合计的3", en="3 of total")
    with pytest.raises(NotFoundError, match=r"{} in .* has no value"):
        pattern.fill(name=3)


def test_missing_says_why_and_what_is_printed() -> None:
    assert str(Missing()) == "未填报"
    assert str(Missing(reason=MissingReason.DASH, text="—")) == "填横线或斜线，表示不适用“—”"
    assert str(Undefined(reason=UndefinedReason.ZERO_OVER_ZERO)).startswith("0/0，无定义")


def test_absences_are_values_and_never_0() -> None:
    values = [Missing(), Missing(reason=MissingReason.BLANK), Missing(line=3)]
    values_again = pickled(values)
    assert values_again == values
    assert len({*values, *values_again}) == 3
    nothing: list[object] = [Missing(), Undefined(reason=UndefinedReason.ZERO_OVER_ZERO)]
    assert 0 not in nothing


def test_a_kind_of_text_is_text() -> None:
    """Such as the members of an enumeration of words; numbers are none."""

    class Word(str):
        __slots__ = ()

    assert Text(zh=Word("合计"), en=Word("total")).pick("zh") == "合计"
    with pytest.raises(WrongTypeError):
        Text(zh=Word("合计"), en=1)  # type: ignore[arg-type]
