"""Every public value object refuses, field by field, what its annotations do not allow."""

from __future__ import annotations

import datetime as dt
import enum
import types
import typing
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import pytest

import budgetperf as bp
from budgetperf import exact, model, rules
from budgetperf.exact.checking import wrong_type
from budgetperf.rules import policies

OUTPUT = {"CurveRow", "Piece", "Problem"}
"""What only the library makes: parts of a curve, and what is wrong with something else."""
CLASSES: dict[str, type[Any]] = {
    name: value
    for module in (exact, model, rules, policies)
    for name in module.__all__
    if isinstance(value := getattr(module, name), type) and attrs.has(value) and name not in OUTPUT
}
SAMPLES: dict[object, object] = {
    str: "甲",
    int: 1,
    bool: True,
    Fraction: Fraction(1),
    Decimal: Decimal(1),
    dt.date: dt.date(2024, 4, 22),
    exact.Unit: exact.Unit.of("元"),
    exact.Text: exact.Text(zh="甲", en="a"),
    exact.Interval: exact.Interval(lower=0, upper=1),
    rules.Knot: rules.Knot(x=0, y=1),
    rules.Curve: rules.Curve(knots=[rules.Knot(x=0, y=1)]),
}
OWN: dict[str, dict[str, object]] = {
    "Unit": {"symbol": "元", "dimension": "money"},
    "RuleSet": {"id": "own"},
    "TotalCap": {"on": policies.Gauge.EXECUTION},
    "Target": {"direction": bp.Direction.AT_LEAST},
    "IndicatorRule": {"names": ("甲",), "curve": SAMPLES[rules.Curve]},
}
"""What some classes want besides that a value is of the right type."""


def sample(kind: Any) -> object:
    if typing.get_origin(kind) is tuple:
        return (sample(typing.get_args(kind)[0]),)
    if isinstance(kind, types.UnionType):
        return sample(typing.get_args(kind)[0])
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return next(iter(kind))
    return SAMPLES[kind] if kind in SAMPLES else made(kind)


def made(kind: type[Any], **changes: object) -> object:
    """A value of the class, in which what has to be given is right but for the changes."""
    hints = typing.get_type_hints(kind)
    given = {
        field.name: sample(hints[field.name])
        for field in attrs.fields(kind)
        if field.default is attrs.NOTHING
    }
    return kind(**(given | OWN.get(kind.__name__, {}) | changes))


def fields() -> Iterator[tuple[str, str]]:
    for name, kind in CLASSES.items():
        yield from ((name, field.name) for field in attrs.fields(kind) if field.init)


class Stranger:
    """Of no class that anything is made of."""


@pytest.mark.parametrize(("name", "field"), list(fields()))
def test_what_is_of_the_wrong_type_is_refused_at_once(name: str, field: str) -> None:
    kind = CLASSES[name]
    assert isinstance(made(kind), kind)
    for value in (Stranger(), 0.5, [Stranger()]):
        with pytest.raises((bp.BudgetperfError, TypeError)) as caught:
            made(kind, **{field: value})
        message = str(caught.value)  # the field, or where a converter refuses it the value
        assert field in message or "Stranger" in message or "0.5" in message


def test_all_of_them_are_there() -> None:
    assert len(CLASSES) > 40
    assert {"SelfEvaluation", "Target", "FundingSource", "Department", "Figure", "RuleSet",
            "ExampleRow", "Missing", "Text", "Interval"} <= set(CLASSES)  # fmt: skip


VALID: list[tuple[Any, dict[str, object], str]] = [
    (bp.SelfEvaluation, {"kind": "evaluation of a project expenditure"}, "EvaluationKind.PROJECT"),
    (bp.Target, {"direction": "（≥）"}, "Direction.AT_LEAST"),
    (model.FundingSource, {"kind": "财政拨款"}, "FundingKind.CURRENT_APPROPRIATION"),
    (bp.Department, {"filing_date": "2024-02-30"}, "datetime.date(2024, 4, 22)"),
    (
        bp.Department,
        {"filing_date": dt.datetime(2024, 5, 6, tzinfo=dt.UTC)},
        "datetime.date(2024, 5, 6)",
    ),
    (bp.Missing, {"reason": "blank"}, "MissingReason.BLANK"),
]


@pytest.mark.parametrize(
    ("kind", "given", "due"),
    [
        (bp.SelfEvaluation, {"kind": "project"}, bp.EvaluationKind.PROJECT),
        (bp.SelfEvaluation, {"kind": "项目支出"}, bp.EvaluationKind.PROJECT),
        (bp.SelfEvaluation, {"kind": "项目"}, bp.EvaluationKind.PROJECT),
        (bp.Target, {"direction": "≥"}, bp.Direction.AT_LEAST),
        (bp.Target, {"direction": " ≤ "}, bp.Direction.AT_MOST),
        (model.FundingSource, {"kind": "本级"}, model.FundingKind.LOCAL),
        (model.CategoryAmount, {"category": "capital expenditure"}, model.EconomicCategory.CAPITAL),
        (bp.Department, {"filing_date": "2024-05-06"}, dt.date(2024, 5, 6)),
        (bp.Department, {"filing_date": None}, model.NOT_STATED),
    ],
)
def test_members_and_dates_as_they_are_written(
    kind: Any, given: dict[str, object], due: object
) -> None:
    ((field, _),) = given.items()
    assert getattr(kind(**given), field) == due


@pytest.mark.parametrize(("kind", "given", "remedy"), VALID)
def test_the_remedy_that_is_named_works(kind: Any, given: dict[str, object], remedy: str) -> None:
    with pytest.raises(bp.BudgetperfError) as caught:
        kind(**given)
    error = caught.value
    assert (error.code, error.field) == ("wrong-type", next(iter(given)))
    assert remedy in error.message.zh
    assert remedy in error.message.en
    names = {"datetime": dt, **vars(bp), **vars(model)}
    kind(**{error.field: eval(remedy, names)})  # noqa: S307


def test_another_value_gets_all_that_are_valid() -> None:
    with pytest.raises(bp.BudgetperfError) as caught:
        bp.SelfEvaluation(kind="学校")
    for member in bp.EvaluationKind:
        assert f"EvaluationKind.{member.name}" in caught.value.message.zh


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (exact.Text, "应为 Text(zh=…, en=…)，而不是 5"),
        (bool, "应为 True 或 False（bool），而不是 5"),
        (exact.Figure, "应为数字（如 '353.21万元'、'68.47%'），而不是 5"),
    ],
)
def test_a_blank_stands_before_what_begins_with_a_letter_only(kind: type, words: str) -> None:
    assert wrong_type(5, kind).zh == words


class Colour(enum.Enum):
    """Members without labels, as somebody else has them."""

    RED = "red"
    BLUE = "blue"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("red", "应为 Colour.RED，而不是 'red'"),
        ("rot", "应为 Colour.RED、Colour.BLUE，而不是 'rot'"),
        (5, "应为 Colour.RED、Colour.BLUE，而不是 5"),
    ],
)
def test_members_without_labels_are_named_as_well(value: object, words: str) -> None:
    assert wrong_type(value, Colour).zh == words


def test_one_member_that_is_meant_is_all_that_there_is_to_say() -> None:
    told = wrong_type("project", bp.EvaluationKind)
    assert told.zh == "应为 EvaluationKind.PROJECT，而不是 'project'"
    assert told.en == "expected EvaluationKind.PROJECT, not 'project'"
