"""Reports as JSON: exact, versioned, and every problem at its place."""

from __future__ import annotations

import copy
import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given

from budgetperf import (
    Department,
    EvaluationKind,
    Figure,
    Missing,
    MissingReason,
    ProblemsError,
    RoundingMode,
    SelfEvaluation,
    Statement,
    dumps,
    figures,
    loads,
    read,
)
from budgetperf.documents.json import SCHEMA
from budgetperf.exact import Place
from budgetperf.testing import Case, reports
from tests.strategies import fewer, modes, pickled

ROOT = Path(__file__).resolve().parents[2]
FILES = [ROOT / "examples" / "department-2023.md", ROOT / "examples" / "department-2023-clean.md"]


@pytest.fixture(scope="module", params=FILES, ids=lambda path: path.stem)
def report(request: pytest.FixtureRequest) -> SelfEvaluation:
    path: Path = request.param
    return read(path)


def same(first: SelfEvaluation, second: SelfEvaluation) -> bool:
    """Equal, and down to the digits: Decimal("1.0") == Decimal("1") hides a lost zero."""
    pairs = zip(figures(first), figures(second), strict=True)
    digits = all(
        (p, str(f.value), f.unit, f.places, f.rounding, f.text, f.place)
        == (q, str(g.value), g.unit, g.places, g.rounding, g.text, g.place)
        for (p, f), (q, g) in pairs
    )
    return first == second and digits


@pytest.mark.parametrize("indent", [None, 2])
def test_a_report_comes_back_as_it_was(report: SelfEvaluation, indent: int | None) -> None:
    text = dumps(report, indent=indent)
    again = loads(text)
    assert same(again, report)
    assert dumps(again, indent=indent) == text
    assert ("\n" in text) == (indent is not None)


def test_numbers_are_strings(report: SelfEvaluation) -> None:
    """Only whole counts, such as lines, are JSON numbers; nothing is escaped."""
    text = dumps(report)

    def refused(number: str) -> object:
        raise AssertionError(number)

    data = json.loads(text, parse_float=refused)
    assert data["schema"] == SCHEMA == "budgetperf/report/1"
    assert "353.21" in text
    assert "万元" in text


def test_a_report_survives_a_journey(report: SelfEvaluation) -> None:
    assert same(pickled(report), report)
    assert hash(pickled(report)) == hash(report)
    assert copy.deepcopy(report) == report


@fewer
@given(case=reports())
def test_any_report_comes_back(case: Case) -> None:
    assert same(loads(dumps(case.report)), case.report)
    assert same(pickled(case.report), case.report)


def test_an_empty_report_is_short() -> None:
    """What is not stated is left out."""
    assert json.loads(dumps(SelfEvaluation())) == {"schema": SCHEMA, "report": {}}
    assert loads(dumps(SelfEvaluation())) == SelfEvaluation()


@pytest.mark.parametrize("reason", MissingReason)
def test_every_reason_for_a_blank_comes_back(reason: MissingReason) -> None:
    blank = Missing(reason=reason, text="—", line=7)
    report = SelfEvaluation(form=Statement(total_score=blank, rating=blank))
    assert loads(dumps(report)) == report
    assert pickled(report) == report


@given(mode=modes)
def test_every_mode_comes_back(mode: RoundingMode) -> None:
    figure = Figure(value="12.50", unit="万元", rounding=mode, place=Place(line=3, column=2))
    report = SelfEvaluation(form=Statement(total_score=figure))
    assert same(loads(dumps(report)), report)


def test_dates_and_kinds_come_back() -> None:
    report = SelfEvaluation(
        kind=EvaluationKind.PROJECT,
        department=Department(name="missing", filing_date=dt.date(2024, 4, 22)),
    )
    assert loads(dumps(report)) == report
    assert '"2024-04-22"' in dumps(report)


def changed(change: Callable[[Any], None]) -> str:
    """The JSON of a small report with one thing done to it."""
    figure = Figure(value="353.21", unit="万元", path="form.total_score", place=Place(line=1))
    report = SelfEvaluation(form=Statement(total_score=figure, rating="优"))
    data = json.loads(dumps(report))
    change(data)
    return json.dumps(data)


def problems(text: str) -> dict[str, str]:
    """Place and code of every problem."""
    with pytest.raises(ProblemsError) as caught:
        loads(text)
    for problem in caught.value.problems:
        assert problem.message.zh
        assert problem.message.en
        assert problem.where in str(caught.value)
    return {problem.where: problem.code for problem in caught.value.problems}


def test_the_small_report_is_well_before_it_is_changed() -> None:
    loads(changed(lambda _: None))


VALUE = "$.report.form.total_score.value"


@pytest.mark.parametrize("value", ["353.21", "3.0", "1e3", "NaN", "Infinity", "-Infinity"])
def test_a_number_with_a_fraction_is_refused_with_its_place(value: str) -> None:
    text = changed(lambda data: data["report"]["form"]["total_score"].update(value="@"))
    assert problems(text.replace('"@"', value)) == {VALUE: "number-with-fraction"}


@pytest.mark.parametrize("value", [True, None, [], {}, "1/3", "1.2.3", "", "353,21", "NaN"])
def test_what_is_no_decimal_is_refused_with_its_place(value: object) -> None:
    text = changed(lambda data: data["report"]["form"]["total_score"].update(value=value))
    assert list(problems(text)) == [VALUE]


def test_a_whole_number_is_no_harm() -> None:
    text = changed(lambda data: data["report"]["form"]["total_score"].update(value=353, places=0))
    total = loads(text).form.total_score
    assert isinstance(total, Figure)
    assert total.value == 353


def test_an_unknown_key_names_a_near_one() -> None:
    text = changed(lambda data: data["report"]["form"].update(total_scroe="1"))
    with pytest.raises(ProblemsError) as caught:
        loads(text)
    (problem,) = caught.value.problems
    assert (problem.where, problem.code) == ("$.report.form.total_scroe", "unknown-key")
    assert "total_score" in problem.message.zh
    assert "did you mean total_score" in problem.message.en


def test_a_missing_key_is_named() -> None:
    text = changed(lambda data: data["report"]["form"]["total_score"].pop("value"))
    assert problems(text) == {VALUE: "missing-key"}


def test_several_problems_are_told_together() -> None:
    def spoil(data: Any) -> None:
        form = data["report"]["form"]
        form["total_score"]["value"] = "x"
        form["rating"] = 5
        form["indicators"] = [{}, {"weight": {"value": True}}, {"nmae": "a"}]
        data["report"]["kind"] = "none"

    wrong = problems(changed(spoil))
    assert set(wrong) == {
        VALUE,
        "$.report.form.rating",
        "$.report.form.indicators[1].weight.value",
        "$.report.form.indicators[2].nmae",
        "$.report.kind",
    }


def test_what_the_model_refuses_is_told_at_its_place() -> None:
    text = changed(lambda data: data["report"]["form"]["total_score"].update(places=1))
    assert list(problems(text).values()) == ["too-many-decimals"]
    assert next(iter(problems(text))).startswith("$.report.form.total_score")


@pytest.mark.parametrize(
    "text", ["", "{", "[1,]", "353.21 万元", "\x00", "[" * 50, '{"schema": "budgetperf/report/1"']
)
def test_what_is_no_json_is_refused(text: str) -> None:
    assert problems(text) == {"$": "bad-json"}


@pytest.mark.parametrize(
    "schema", ["budgetperf/report/2", "budgetperf/audit/1", "", "budgetperf/report/1 "]
)
def test_another_schema_is_refused(schema: str) -> None:
    text = json.dumps({"schema": schema, "report": {}})
    assert problems(text) == {"$.schema": "unknown-schema"}


@pytest.mark.parametrize("text", ["{}", "[]", "5", '"x"', "null", '{"report": {}}', "1.5"])
def test_what_has_no_schema_is_refused(text: str) -> None:
    wrong = problems(text)
    assert wrong
    assert all(place.startswith("$") for place in wrong)


@pytest.mark.parametrize("report", [[], "x", 5, None, 1.5])
def test_a_report_that_is_no_object_is_refused(report: object) -> None:
    wrong = problems(json.dumps({"schema": SCHEMA, "report": report}))
    assert all(place.startswith("$.report") for place in wrong)
    assert wrong


def test_the_schema_alone_is_no_report() -> None:
    assert problems(json.dumps({"schema": SCHEMA}))


def test_a_key_beside_the_report_is_refused() -> None:
    assert problems(changed(lambda data: data.update(extra=1)))


def test_a_missing_with_more_than_its_reason_is_refused() -> None:
    def spoil(data: Any) -> None:
        data["report"]["form"]["rating"] = {"missing": {"reason": "nowhere"}}

    assert list(problems(changed(spoil))) == ["$.report.form.rating.reason"]
    assert attrs.fields(Missing).reason.default is MissingReason.NOT_STATED
