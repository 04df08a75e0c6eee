"""Every public value object as a field of a pydantic model, or why it can be none."""

from __future__ import annotations

import importlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import budgetperf as bp
from budgetperf import exact, rules
from budgetperf.exact import Labelled, Place
from budgetperf.model.fields import Part
from budgetperf.testing import Case, reports, rulesets
from tests.strategies import fewer
from tests.test_missing_fields import CLASSES

pydantic = pytest.importorskip("pydantic", minversion="2")
jsonschema = pytest.importorskip("jsonschema")

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples" / "department-2023.md"
REPORT = bp.read(EXAMPLE)
FORMED = {
    "Amount", "Rate", "Points", "Count", "Unit", "Figure", "Missing", "Undefined", "Target",
    "Indicator", "SelfEvaluation", "Receipt", "RuleSet", "Curve", "Knot", "Interval", "Text",
    "Place", "Pinned", "Provision", "Band", "Deduction", "DefaultDirection", "ExecutionRule",
    "IndicatorRule", "LevelWeight", "OverCompletion", "QuantitativeRule", "RatingBand",
    "ScoreRounding", "Steps", "TotalCap", "Trigger", "WeightLayout",
}  # fmt: skip
"""What is read and written, beside the parts of a report."""
RESULTS = {
    "Audit", "Cause", "Suspect", "Explanation", "Finding", "Scorecard", "ScoreLine", "Comparison",
    "Composition", "Computed", "LeftOpen", "Asked", "Fit", "Candidates", "Candidate", "BasisFit",
    "BasisRow", "Verification", "Drafts",
}  # fmt: skip
PARTS = sorted(
    (kind for kind in CLASSES if issubclass(kind, Part) and kind is not bp.SelfEvaluation),
    key=lambda kind: kind.__name__,
)


def adapter(kind: object) -> Any:
    return pydantic.TypeAdapter(kind)


ADAPTERS = {kind: adapter(kind) for kind in PARTS}


def again(kind: Any, value: object) -> object:
    return kind.validate_json(kind.dump_json(value))


def parts_in(value: object) -> Iterator[Part]:
    """A part of a report and all parts in it."""
    if isinstance(value, tuple):
        for each in value:
            yield from parts_in(each)
    elif isinstance(value, Part):
        yield value
        for field in attrs.fields(type(value)):  # type: ignore[arg-type]
            yield from parts_in(getattr(value, field.name))


def is_valid(kind: Any, data: object) -> bool:
    return not list(jsonschema.Draft202012Validator(kind.json_schema()).iter_errors(data))


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_each_has_a_form_or_says_why_not(kind: type[Any]) -> None:
    if not (issubclass(kind, Part) or kind.__name__ in FORMED | RESULTS):
        with pytest.raises(bp.BudgetperfError, match=f"{kind.__name__} is made by the library"):
            adapter(kind)
        return
    model = pydantic.create_model("Model", value=(kind, ...), several=(list[kind], []))  # type: ignore[valid-type]
    assert json.loads(json.dumps(model.model_json_schema()))["properties"]["value"]
    with pytest.raises(pydantic.ValidationError):
        model.model_validate({"value": 0.5})


def test_these_are_all_there() -> None:
    assert {kind.__name__ for kind in CLASSES} >= FORMED | RESULTS


def test_every_part_of_the_example_there_and_back() -> None:
    seen = set()
    for part in parts_in(REPORT):
        if isinstance(part, bp.SelfEvaluation):
            continue
        kind = ADAPTERS[type(part)]
        seen.add(type(part))
        assert again(kind, part) == part
        assert kind.validate_python(part) is part
        assert kind.validate_python(part.to_data()) == part
        if not isinstance(part, bp.Statement):
            assert is_valid(kind, kind.dump_python(part, mode="json"))
    assert len(seen) > 20


@fewer
@given(reports())
def test_every_part_of_any_report_there_and_back(case: Case) -> None:
    for part in parts_in(case.report):
        if not isinstance(part, bp.SelfEvaluation):
            assert again(ADAPTERS[type(part)], part) == part
    statement = ADAPTERS[bp.Statement]
    assert is_valid(statement, statement.dump_python(case.report.form, mode="json"))


TYPED: list[tuple[Any, dict[str, Any]]] = [
    (bp.FundingTotal, {"initial": "353.21万元", "revised": 595, "executed": "—", "weight": 10}),
    (bp.FundingSource, {"kind": "本级", "initial": "353.21万元", "score": "9.50"}),
    (bp.Funding, {"total": {"initial": "5万元"}, "sources": [{"kind": "upper", "initial": "5"}]}),
    (bp.Department, {"name": "某局", "filing_date": "2024-04-22", "staffing": {"on_roll": 12}}),
    (bp.Project, {"name": "某项目", "supervising_department": "某局"}),
    (
        bp.Breakdown,
        {"name": "其中", "parts": [{"name": "人员", "amount": "5万元"}], "complete": True},
    ),
    (bp.Achievement, {"name": "累计办件", "value": "16.3万件"}),
    (bp.Goal, {"expected": "完成预算"}),
    (bp.ThreePublicExpenses, {"total": {"budget": "3万元"}}),
    (
        bp.Statement,
        {
            "indicators": [{"name": "满意度", "target": "≥90%", "actual": "99%", "weight": 20}],
            "funding": {"total": {"initial": {"value": "353.21", "unit": "万元"}}},
            "total_score": "98.50",
        },
    ),
]


@pytest.mark.parametrize(("kind", "typed"), TYPED, ids=lambda value: getattr(value, "__name__", ""))
def test_a_part_is_typed_as_in_code(kind: type[Any], typed: dict[str, Any]) -> None:
    model = ADAPTERS[kind]
    part = model.validate_python(typed)
    assert isinstance(part, kind)
    flat = {k: v for k, v in typed.items() if not isinstance(v, (dict, list))}
    built = kind(**{**{k: getattr(part, k) for k in typed if k not in flat}, **flat})
    assert part == built
    assert model.validate_json(json.dumps(typed, ensure_ascii=False)) == part
    assert again(model, part) == part
    assert is_valid(model, typed)
    assert is_valid(model, model.dump_python(part, mode="json"))


def test_what_was_typed_is_as_precise_as_its_column_after_a_journey() -> None:
    source = ADAPTERS[bp.FundingSource]
    rows = [
        bp.FundingSource(kind=kind, initial=amount)
        for kind, amount in (("本级", "30万元"), ("上级", "29.99万元"))
    ]
    back = [again(source, row) for row in rows]
    built = [
        bp.SelfEvaluation(form=bp.Statement(funding=bp.Funding(sources=several)))  # type: ignore[arg-type]
        for several in (rows, back)
    ]
    assert built[0] == built[1]
    assert {figure.places for _, figure in bp.figures(built[1])} == {2}


@pytest.mark.parametrize(
    ("kind", "value", "told"),
    [
        (bp.FundingSource, {"initial": "很多", "colour": 1}, ["$.initial", "$.colour", "$.kind"]),
        (bp.FundingSource, {"kind": {"value": 1}}, ["$.kind"]),
        (
            bp.Funding,
            {
                "sources": [{"kind": "本级", "initial": 0.5}, {}, {"kind": "—"}],
                "total": {"weigth": 1},
            },
            ["$.sources[0].initial", "$.sources[1].kind", "$.sources[2].kind", "$.total.weigth"],
        ),
        (bp.Funding, {"sources": "上级"}, ["sources"]),
        (bp.Goal, {"colour": {"value": "1"}, "expected": 1}, ["$.colour", "$.expected"]),
        (
            bp.Statement,
            {"indicators": [{"target": {"value": 0.5}}]},
            ["$.indicators[0].target.value"],
        ),
        (bp.Department, {"staffing": {"on_roll": {"vaule": "1"}}}, ["$.staffing.on_roll"]),
        (bp.Department, [], ["dict"]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_places(kind: Any, value: object, told: list[str]) -> None:
    with pytest.raises(pydantic.ValidationError) as caught:
        ADAPTERS[kind].validate_python(value)
    message = caught.value.errors()[0]["msg"]
    places = told if len(told) > 1 else [place.removeprefix("$.") for place in told]
    assert all(place in message for place in places), message


STATED = adapter(bp.Figure | bp.Missing)
RATE = adapter(bp.Rate | bp.Undefined | bp.Missing)


@pytest.mark.parametrize("reason", list(bp.MissingReason))
def test_a_figure_or_why_there_is_none(reason: bp.MissingReason) -> None:
    missing = bp.Missing(reason=reason, text="原文", line=3)
    assert again(STATED, missing) == missing
    assert STATED.validate_python(missing) is missing
    data = STATED.dump_python(missing, mode="json")
    assert list(data) == ["missing"]
    assert is_valid(adapter(bp.Missing), data)
    assert adapter(bp.Missing).validate_python(data["missing"]) == missing


def test_a_mark_for_nothing_is_read() -> None:
    assert STATED.validate_python("—") == bp.parse_figure("—")
    assert STATED.validate_python(None) == bp.Missing()
    assert STATED.validate_python("5人") == bp.Figure.parse("5人")
    for words in ("很多", "12月20日", "7,00.0", 0.5, {"reason": "gone"}, {"missing": 3}):
        with pytest.raises(pydantic.ValidationError):
            STATED.validate_python(words)


@pytest.mark.parametrize("reason", list(bp.UndefinedReason))
def test_a_rate_or_why_there_is_none(reason: bp.UndefinedReason) -> None:
    undefined = bp.Undefined(reason=reason)
    assert again(RATE, undefined) == undefined
    assert is_valid(adapter(bp.Undefined), RATE.dump_python(undefined, mode="json"))
    assert RATE.validate_python({"undefined": {"reason": reason.value}}) == undefined
    assert again(RATE, bp.Rate("1/3")) == bp.Rate("1/3")
    assert again(RATE, bp.Missing()) == bp.Missing()
    with pytest.raises(pydantic.ValidationError):
        RATE.validate_python({"undefined": {"reason": "gone"}})


@pytest.mark.parametrize(
    "value",
    [
        bp.Unit.of("万元"), bp.Unit.of(""), Place(line=3, column=2), bp.Text(zh="甲", en="a"),
        bp.Interval(lower="1/3", upper=2, lower_closed=False), bp.Interval(),
        rules.Knot(x=0, y="0.5", left=0), rules.Curve(knots=[rules.Knot(x=0, y=1)]),
        rules.ScoreRounding(places=2),
        rules.Trigger(on=rules.Gauge.COMPLETION, within=bp.Interval()),
        rules.Steps(start=1, width="0.01", loss="0.5"),
    ],
    ids=lambda value: type(value).__name__,
)  # fmt: skip
def test_smaller_values_there_and_back(value: object) -> None:
    kind = adapter(type(value))
    assert again(kind, value) == value
    assert kind.validate_python(value) is value
    assert is_valid(kind, kind.dump_python(value, mode="json"))


@given(rulesets())
def test_rulesets_there_and_back(own: bp.RuleSet) -> None:
    kind = adapter(bp.RuleSet)
    data = kind.dump_python(own, mode="json")
    assert kind.validate_json(json.dumps(data)) == own
    assert kind.validate_python({k: v for k, v in data.items() if k != "sha256"}) == own
    with pytest.raises(pydantic.ValidationError, match="sha256"):
        kind.validate_python({**data, "note": {"zh": "甲", "en": "a"}})


def test_every_shipped_ruleset_and_its_parts() -> None:
    kind = adapter(bp.RuleSet)
    check = jsonschema.Draft202012Validator(kind.json_schema())
    for own in rules.shipped():
        data = kind.dump_python(own, mode="json")
        assert kind.validate_python(data) == own
        assert not list(check.iter_errors(data))
        for rule in (own.execution, own.at_least, *own.indicators, *own.total_caps, *own.ratings):
            if rule is not None:
                assert again(adapter(type(rule)), rule) == rule


def results() -> Iterator[tuple[str, Any]]:
    audit = bp.audit(REPORT, rules="national-2020")
    card = bp.scorecard(REPORT, rules="national-2020")
    fit = bp.rules_that_fit(REPORT, among=["national-2020"])
    done = bp.compose(REPORT, rules="national-2020")
    yield from (("Audit", audit), ("Scorecard", card), ("Fit", fit), ("Composition", done))
    yield "Verification", bp.verify(card.receipt, REPORT)  # type: ignore[arg-type]
    yield "Drafts", bp.diff(REPORT, REPORT)
    yield "Comparison", bp.compare([REPORT, REPORT])
    yield "Finding", audit.findings[0]
    yield "Cause", audit.causes[0]
    yield "Suspect", audit.suspects[0]
    yield "ScoreLine", card.lines[1]
    yield "Candidates", fit.rules
    yield "Candidate", fit.rules.candidates[0]
    yield "Computed", done.computed[0]


def test_results_are_written_and_not_read() -> None:
    for name, result in results():
        kind = adapter(type(result))
        data = kind.dump_python(result, mode="json")
        assert type(result).__name__ == name
        assert data == json.loads(json.dumps(result.to_data()))
        assert kind.validate_python(result) is result
        assert is_valid(kind, data), name
        with pytest.raises(pydantic.ValidationError, match=f"{name} is a result"):
            kind.validate_python(data)


def test_a_receipt_there_and_back() -> None:
    receipt = bp.scorecard(REPORT, rules="national-2020").receipt
    kind = adapter(bp.Receipt)
    assert again(kind, receipt) == receipt
    assert is_valid(kind, kind.dump_python(receipt, mode="json"))
    for wrong in ({}, {"schema": "budgetperf/receipt/1"}, {"schema": object()}):
        with pytest.raises(pydantic.ValidationError):
            kind.validate_python(wrong)


ENUMS = sorted(
    {
        value
        for room in ("exact", "model", "relations", "rates", "rules", "receipts", "scoring")
        for module in [importlib.import_module(f"budgetperf.{room}")]
        for name in module.__all__
        if isinstance(value := getattr(module, name), type) and issubclass(value, Labelled)
        if value is not Labelled
    },
    key=lambda kind: kind.__name__,
)


@pytest.mark.parametrize("kind", ENUMS, ids=lambda kind: kind.__name__)
def test_members_of_enumerations_are_their_codes(kind: type[Labelled]) -> None:
    model = adapter(kind)
    for member in kind:
        assert again(model, member) is member
        assert model.dump_python(member, mode="json") == member.value
        assert is_valid(model, member.value)
    with pytest.raises(pydantic.ValidationError):
        model.validate_python("gone")


def test_a_whole_model() -> None:
    review = pydantic.create_model(
        "Review",
        department=(bp.Department, ...),
        funding=(bp.FundingTotal, ...),
        rate=(bp.Rate | bp.Undefined | bp.Missing, ...),
        direction=(bp.Direction, ...),
        rules=(bp.RuleSet, ...),
        possible=(exact.Interval | None, None),
        findings=(list[bp.Finding], []),
    )
    total = bp.FundingTotal(executed="5.00万元", revised="8.00万元")
    audit = bp.audit(REPORT)
    one = review(
        department={"name": "某局", "year": 2023},
        funding={"executed": "5.00万元", "revised": "8.00万元"},
        rate=bp.execution_rate(executed=total.executed, revised=total.revised),
        direction="at-least",
        rules=bp.rulesets["hubei-2020"],
        findings=audit.inconsistent,
    )
    assert one.funding == total
    data = json.loads(one.model_dump_json())
    assert data["rate"] == "62.5%"
    assert len(data["findings"]) == len(audit.inconsistent)
    assert review.model_validate({**data, "findings": []}).rules == bp.rulesets["hubei-2020"]
    assert review.model_json_schema()["properties"]["department"]["properties"]["name"]


@given(st.text(max_size=8), st.integers())
def test_what_is_no_part_never_slips_through(text: str, number: int) -> None:
    for kind in (bp.Department, bp.Funding, bp.Statement):
        for wrong in (text, number, [text], {text + "?": number}):
            with pytest.raises(pydantic.ValidationError):
                ADAPTERS[kind].validate_python(wrong)
