"""Values as fields of pydantic models: read from text, JSON and themselves, written in JSON."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

import budgetperf as bp
from budgetperf.exact import Quantity
from budgetperf.testing import Case, amounts, figures, indicators, reports, targets

pydantic = pytest.importorskip("pydantic", minversion="2")

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "department-2023.md"


def adapter(kind: object) -> Any:
    return pydantic.TypeAdapter(kind)


KINDS: list[type] = [bp.Amount, bp.Rate, bp.Points, bp.Count, bp.Figure]
ADAPTERS = {kind: adapter(kind) for kind in KINDS}
REPORT = adapter(bp.SelfEvaluation)


def again(kind: type, value: object) -> object:
    return ADAPTERS[kind].validate_json(ADAPTERS[kind].dump_json(value))


@pytest.mark.parametrize(
    ("value", "given", "written"),
    [
        (bp.Amount("353.21", "万元"), ["353.21万元", "３５３．２１ 万元"], "353.21万元"),
        (bp.Amount("-1/3", "亿元"), ["-1/3亿元"], "-1/3亿元"),
        (bp.Rate("68.47%"), ["68.47%", "0.6847", "684.7‰"], "68.47%"),
        (bp.Rate("1/3"), ["1/3"], "1/3"),
        (bp.Points("19.5"), ["19.5", "39/2"], "19.5"),
        (bp.Points(20), ["20", 20], "20"),
        (bp.Count(12), ["12", 12], "12"),
    ],
)
def test_quantities(value: Quantity, given: list[object], written: str) -> None:
    kind = ADAPTERS[type(value)]
    for plain in (*given, written, value):
        assert kind.validate_python(plain) == value
    assert kind.dump_python(value, mode="json") == written
    assert kind.dump_python(value) is value
    assert again(type(value), value) == value


def test_a_class_of_ones_own_is_told_which_to_use() -> None:
    class Grant(bp.Amount):
        pass

    with pytest.raises(bp.BudgetperfError, match="use Amount as the type of the field"):
        adapter(Grant)


@given(amounts(), figures())
def test_there_and_back(amount: bp.Amount, figure: bp.Figure) -> None:
    assert again(bp.Amount, amount) == amount
    assert again(bp.Figure, figure) == figure
    rate = amount / bp.Amount(7)
    assert isinstance(rate, bp.Rate)
    assert again(bp.Rate, rate) == rate


def test_a_figure_is_text_in_print_or_what_a_report_holds() -> None:
    kind, figure = ADAPTERS[bp.Figure], bp.Figure.parse("353.21万元")
    data = {"value": "353.21", "unit": "万元"}
    assert kind.validate_python("353.21万元") == kind.validate_python(data) == figure
    assert kind.dump_python(figure, mode="json") == data


TARGET, INDICATOR = adapter(bp.Target), adapter(bp.Indicator)


@given(targets(), indicators())
def test_targets_and_indicators_there_and_back(target: bp.Target, indicator: bp.Indicator) -> None:
    assert TARGET.validate_json(TARGET.dump_json(target)) == target
    assert INDICATOR.validate_json(INDICATOR.dump_json(indicator)) == indicator
    assert INDICATOR.validate_python(indicator) is indicator


def test_an_indicator_is_typed_as_in_code() -> None:
    typed = {"name": "满意度", "target": "≥90%", "actual": "99%", "weight": 20, "midyear": "—"}
    row = bp.Indicator(name="满意度", target="≥90%", actual="99%", weight=20, midyear="—")
    assert INDICATOR.validate_python(typed) == row
    assert INDICATOR.dump_python(row, mode="json") == {
        **typed, "weight": "20", "midyear": {"missing": {"reason": "dash", "text": "—"}}
    }  # fmt: skip
    assert INDICATOR.validate_python(row.to_data()) == row
    mixed = {**row.to_data(), "target": "≥90%", "score": None}
    assert INDICATOR.validate_python(mixed) == row
    assert TARGET.validate_python("≥90%") == TARGET.validate_python(row.target.to_data())
    assert TARGET.validate_python(90) == bp.Target.parse("90")


def test_what_was_typed_is_as_precise_as_its_column_after_a_journey() -> None:
    """20 beside 19.5 is 20.0: written as a figure alone it would be 19.5 to 20.5."""
    rows = [bp.Indicator(name=name, score=score) for name, score in (("甲", 20), ("乙", "19.5"))]
    back = [INDICATOR.validate_json(INDICATOR.dump_json(row)) for row in rows]
    built, again = (bp.SelfEvaluation(form=bp.Statement(indicators=each)) for each in (rows, back))
    assert built == again
    assert [figure.places for _, figure in bp.figures(again)] == [1, 1]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"weight": 0.5, "colour": 1, "actual": {"value": 0.5}}, ["weight", "colour", "actual"]),
        ({"name": 1}, ["name"]),
        ({"target": "7,00.0"}, ["target"]),
        ({3: 4}, ["3"]),
        ("满意度", ["dict"]),
    ],
)
def test_what_is_no_indicator_is_told_with_its_places(value: object, words: list[str]) -> None:
    with pytest.raises(pydantic.ValidationError) as caught:
        INDICATOR.validate_python(value)
    assert all(word in caught.value.errors()[0]["msg"] for word in words)


@pytest.mark.parametrize("value", [None, 0.9, True, "7,00.0", {"vaule": "1"}])
def test_what_is_no_target(value: object) -> None:
    with pytest.raises(pydantic.ValidationError):
        TARGET.validate_python(value)


WRONG: list[tuple[type, object, str]] = [
    (bp.Amount, 353.21, "353.21"),
    (bp.Amount, "353.21%", "万元"),
    (bp.Amount, None, "None"),
    (bp.Amount, True, "True"),
    (bp.Rate, 0.5, "0.5"),
    (bp.Count, "1.5", "whole"),
    (bp.Figure, {"value": 0.5}, "value"),
    (bp.Figure, {"value": "5", "colour": "red"}, "colour"),
    (bp.Figure, 5, "object"),
    (bp.Figure, "很多", "很多"),
]


@pytest.mark.parametrize(("kind", "value", "message"), WRONG)
def test_what_is_none_is_a_validation_error(kind: type, value: object, message: str) -> None:
    with pytest.raises(pydantic.ValidationError) as caught:
        ADAPTERS[kind].validate_python(value)
    assert message in str(caught.value) or message in caught.value.errors()[0]["msg"]


@given(reports())
def test_reports(case: Case) -> None:
    text = REPORT.dump_json(case.report)
    assert REPORT.validate_json(text) == case.report
    assert bp.loads(text.decode()) == case.report
    assert REPORT.validate_python(case.report) is case.report


def test_a_report_that_is_none_is_refused_with_its_places() -> None:
    wrong = {"schema": "budgetperf/report/1", "report": {"form": {"ratting": "优"}}}
    with pytest.raises(pydantic.ValidationError, match=r"\$\.report\.form\.ratting"):
        REPORT.validate_python(wrong)


def test_fields_of_a_model() -> None:
    grant = pydantic.create_model(
        "Grant", amount=(bp.Amount, ...), rate=(bp.Rate | None, None), figures=(list[bp.Figure], [])
    )
    text = '{"amount": "353.21万元", "rate": "68.47%", "figures": ["5人", {"value": "1"}]}'
    read = grant.model_validate_json(text)
    assert read.amount == bp.Amount("353.21", "万元")
    assert read.figures[0].unit == bp.Unit.of("人")
    assert grant.model_validate_json(read.model_dump_json()) == read
    assert grant.model_validate(read.model_dump()) == read
    with pytest.raises(pydantic.ValidationError) as caught:
        grant.model_validate({"amount": 353.21, "rate": 0.5})
    assert [error["loc"] for error in caught.value.errors()] == [("amount",), ("rate",)]


def test_schemas_say_what_is_written() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    values: list[Any] = [
        bp.Amount("353.21", "万元"), bp.Rate("1/3"), bp.Points(20), bp.Count(3),
        bp.Figure(value="5", unit="元", rounding=None, places=2),
    ]  # fmt: skip
    for value in values:
        kind = ADAPTERS[type(value)]
        check = jsonschema.Draft202012Validator(kind.json_schema())
        assert list(check.iter_errors(kind.dump_python(value, mode="json"))) == []
        assert list(check.iter_errors({"value": 0.5}))
        assert list(check.iter_errors(0.5))
    row = bp.Indicator(name="满意度", target="≥90%", actual="99%", weight=20, midyear="—")
    for kind in (TARGET, INDICATOR):
        check = jsonschema.Draft202012Validator(kind.json_schema())
        for part in (row.target, bp.Target(value="90")) if kind is TARGET else (row,):
            assert list(check.iter_errors(kind.dump_python(part, mode="json"))) == []
            assert list(check.iter_errors(part.to_data())) == []
        assert list(check.iter_errors({"weight": 0.5, "value": 0.5}))
    check = jsonschema.Draft202012Validator(REPORT.json_schema())
    data = json.loads(bp.dumps(bp.SelfEvaluation()))
    assert list(check.iter_errors(data)) == []
    assert list(check.iter_errors(data["report"]))


@pytest.mark.law  # starts processes
def test_the_first_thing_that_is_asked_for_is_read() -> None:
    code = """
import budgetperf as bp
from pydantic import TypeAdapter
print(TypeAdapter(bp.Amount).validate_python("353.21万元") == bp.Amount("353.21", "万元"))
"""
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "True"


@pytest.mark.law  # starts processes
def test_pydantic_is_imported_by_nobody_else() -> None:
    code = """
import sys
import budgetperf as bp
bp.dumps(bp.SelfEvaluation())
print([name for name in sys.modules if "pydantic" in name])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
