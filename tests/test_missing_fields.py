"""What a call of a class lacks is told with its name, together with whatever else is wrong."""

from __future__ import annotations

import importlib
import inspect
import pickle
import re
from collections.abc import Iterator
from importlib.metadata import version
from typing import Any

import attrs
import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

import budgetperf as bp
from budgetperf import rules
from budgetperf.exact.calls import Called
from budgetperf.exact.text import WrongCallError
from tests.test_public_api import AT_HOME


def value_objects() -> Iterator[type[Any]]:
    for room in ("", *AT_HOME, "composing", "rules.policies", "auditing.conventions.fit"):
        module = importlib.import_module(f"budgetperf.{room}".rstrip("."))
        for name in module.__all__:
            kind = getattr(module, name)
            if isinstance(kind, type) and attrs.has(kind):
                yield kind


CLASSES = sorted(set(value_objects()), key=lambda kind: (kind.__module__, kind.__name__))


def required(kind: type[Any]) -> list[str]:
    fields = (field for field in attrs.fields(kind) if field.init)
    return [field.name for field in fields if field.default is attrs.NOTHING]


LACKING = [kind for kind in CLASSES if required(kind)]


def test_there_are_many() -> None:
    assert len(CLASSES) > 90
    assert len(LACKING) > 60
    others = [kind.__name__ for kind in CLASSES if not issubclass(kind, Called)]
    assert not others, "derive it from budgetperf.exact.calls.Called"


@pytest.mark.parametrize("kind", LACKING, ids=lambda kind: kind.__name__)
def test_each_missing_field_is_named_in_both_languages(kind: type[Any]) -> None:
    with pytest.raises(bp.WrongTypeError) as caught:
        kind()
    names, error = required(kind), caught.value
    assert isinstance(error, TypeError)
    assert isinstance(error, ValueError)
    if len(names) == 1:
        assert (error.code, error.field) == ("missing-field", names[0])
    else:
        assert isinstance(error, WrongCallError)
        assert [problem.where for problem in error.problems] == [f"$.{name}" for name in names]
        assert {problem.code for problem in error.problems} == {"missing-field"}
    assert f"{kind.__name__} 必须给出这一项：应为" in error.message.zh
    assert f"{kind.__name__} requires it: expected " in error.message.en
    # A blank stands between Chinese and code, and none between Chinese and Chinese.
    assert not re.search(r"应为(?: [^\x00-\x7f]|[\x21-\x7e])", error.message.zh)
    assert str(pickle.loads(pickle.dumps(error))) == str(error)  # noqa: S301


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_a_name_that_is_no_field_is_told_too(kind: type[Any]) -> None:
    with pytest.raises(bp.WrongTypeError) as caught:
        kind(colour_of_the_cover=1)
    message = str(caught.value)
    assert f"{kind.__name__} 没有 'colour_of_the_cover' 这一项" in message
    assert all(name in message for name in required(kind))


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_the_signature_is_that_of_the_fields(kind: type[Any]) -> None:
    taken = inspect.signature(kind).parameters
    names = [field.alias for field in attrs.fields(kind) if field.init]
    assert list(taken) == names
    due = [
        name for name, parameter in taken.items() if parameter.default is inspect.Parameter.empty
    ]
    assert due == required(kind)


@pytest.mark.parametrize(
    ("call", "codes"),
    [
        (
            lambda: bp.FundingSource(initial="很多", score="5元"),  # type: ignore[call-arg]
            {"$.initial": "wrong-type", "$.score": "wrong-type", "$.kind": "missing-field"},
        ),
        (
            lambda: bp.Portion(amount="5万元", colour=1),  # type: ignore[call-arg]
            {"$.colour": "unknown-field", "$.name": "missing-field"},
        ),
        (
            lambda: rules.ExecutionRule(weight=-1),  # type: ignore[call-arg]
            {"$.weight": "not-positive", "$.curve": "missing-field"},
        ),
        (
            lambda: bp.Figure(unit=5, places=0.5),  # type: ignore[call-arg, arg-type]
            {"$.value": "missing-field", "$.unit": "wrong-type", "$.places": "wrong-type"},
        ),
        (
            lambda: bp.Figure(is_typed=True),  # type: ignore[call-arg]
            {"$.value": "missing-field", "$.is_typed": "unknown-field"},
        ),
        (
            lambda: bp.Figure(places=10**6),  # type: ignore[call-arg]
            {"$.value": "missing-field", "$.places": "too-many-places"},
        ),
        (
            lambda: bp.Amount(unit="人"),  # type: ignore[call-arg]
            {"$.value": "missing-field", "$.unit": "not-money"},
        ),
        (
            lambda: bp.FundingSource(score="-5", weight="90%", colour=1, amout=2),  # type: ignore[call-arg]
            {"$.colour": "unknown-field", "$.kind": "missing-field", "$.score": "negative"},
        ),
        (
            lambda: bp.FundingSource(score="5人", initial="5人"),  # type: ignore[call-arg]
            {"$.kind": "missing-field", "$.score": "wrong-unit", "$.initial": "wrong-type"},
        ),
    ],
)
def test_what_else_is_wrong_is_told_with_it(call: Any, codes: dict[str, str]) -> None:
    with pytest.raises(WrongCallError) as caught:
        call()
    assert {problem.where: problem.code for problem in caught.value.problems} == codes
    assert isinstance(caught.value, bp.ProblemsError)


GIVEN = {"initial": "353.21万元", "revised": "很多", "score": "-5", "executed": None, "name": 3}


@drawn(st.sets(st.sampled_from(sorted(GIVEN))))
def test_the_rest_is_told_as_it_is_with_nothing_missing(names: set[str]) -> None:
    values: dict[str, Any] = {name: GIVEN[name] for name in names}
    whole: set[str] = set()
    try:
        bp.FundingSource(kind="本级", **values)
    except bp.ProblemsError as error:
        whole = {str(problem.message) for problem in error.problems}
    except bp.BudgetperfError as error:
        whole = {str(error.message)}
    with pytest.raises(bp.WrongTypeError) as caught:
        bp.FundingSource(**values)
    if not whole:
        assert caught.value.code == "missing-field"
        return
    assert isinstance(caught.value, bp.ProblemsError)
    messages = {p.where: str(p.message) for p in caught.value.problems}
    assert "必须给出这一项" in messages.pop("$.kind")
    assert set(messages.values()) == whole


def test_what_is_right_is_not_told() -> None:
    with pytest.raises(bp.WrongTypeError) as caught:
        rules.ExecutionRule(weight=10)  # type: ignore[call-arg]
    assert (caught.value.code, caught.value.field) == ("missing-field", "curve")


@pytest.mark.skipif(int(version("attrs").split(".")[0]) < 24, reason="attrs asks for it since 24.1")
def test_a_class_of_ones_own_without_slots_says_so_too() -> None:
    @attrs.frozen(kw_only=True, slots=False)
    class Marked(bp.Indicator):
        colour: str

    with pytest.raises(bp.WrongTypeError, match="colour: Marked 必须给出这一项"):
        Marked()  # type: ignore[call-arg] # pyright: ignore[reportCallIssue]
    with pytest.raises(bp.WrongTypeError, match="did you mean weight"):
        Marked(colour="甲", wieght=1)  # type: ignore[call-arg] # pyright: ignore[reportCallIssue]


def test_more_than_there_are_by_position() -> None:
    amount: Any = bp.Amount
    calls: list[tuple[tuple[object, ...], dict[str, object]]] = [
        (("1", "元", 3), {}),
        (("1",), {"value": "2"}),
    ]
    for given, named in calls:
        with pytest.raises(bp.WrongTypeError) as caught:
            amount(*given, **named)
        assert caught.value.code == "by-position"
        assert "Amount(value=…, unit=…)" in caught.value.message.zh


def test_an_error_from_within_is_not_taken_for_one_of_the_call() -> None:
    @attrs.frozen
    class Own(Called):
        """A class of one's own."""

        value: int

        def __attrs_post_init__(self) -> None:
            raise TypeError("from within")

    with pytest.raises(TypeError, match="from within"):
        Own(1)
