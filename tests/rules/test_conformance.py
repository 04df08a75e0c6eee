"""The conformance files: they are those of the examples, and hold when run as anyone runs them."""

from __future__ import annotations

import importlib
import json
import os
import re
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import budgetperf as bp
from budgetperf.exact import Missing, MissingReason, decimal_text, round_to
from budgetperf.model import Adjustment, Funding, FundingTotal
from budgetperf.plain.json_text import fingerprint

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "conformance"
UPDATE = "BUDGETPERF_UPDATE_CONFORMANCE"

pytestmark = pytest.mark.skipif(
    not (ROOT / "docs").is_dir(), reason="the installed wheel: no pages beside the tests"
)


def test_the_files_are_those_of_the_examples(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "docs" / "hooks"))
    made: dict[str, str] = importlib.import_module("conformance").files()
    if os.environ.get(UPDATE):
        FOLDER.mkdir(exist_ok=True)
        for file in FOLDER.glob("*.json"):
            file.unlink()
        for name, text in made.items():
            (FOLDER / name).write_text(text, encoding="utf-8")
    there = {file.name: file.read_text(encoding="utf-8") for file in FOLDER.glob("*.json")}
    assert set(there) == set(made), f"{UPDATE}=1 pytest tests/rules/test_conformance.py"
    for name, text in made.items():
        assert there[name] == text, f"{name}: {UPDATE}=1 pytest tests/rules/test_conformance.py"


def loaded(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    return data


FILES = [f"{id}.json" for id in sorted(bp.rules.ids())]
"""One for each rule-set, and no other: what is there is compared with what is made."""


def test_they_are_valid_under_their_schema() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema = loaded("conformance.schema.json")
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for name in FILES:
        assert [error.message for error in validator.iter_errors(loaded(name))] == [], name
    case = loaded(FILES[0])
    case["cases"][0]["due"]["execution"] = {"score": "1", "none": "rule-silent", "steps": []}
    assert list(validator.iter_errors(case))
    case["cases"][0]["due"]["execution"] = {"score": 1.5, "steps": []}
    assert list(validator.iter_errors(case))


def test_there_is_one_for_each_rule_set() -> None:
    there = {file.name for file in FOLDER.glob("*.json")}
    assert there == {*FILES, "conformance.schema.json"}
    ids = [case["id"] for name in FILES for case in loaded(name)["cases"]]
    assert len(set(ids)) == len(ids) > 300


# Run as an implementation in another language would run them: from the JSON alone.


def figure(data: dict[str, Any]) -> bp.Figure | Missing:
    if "missing" in data:
        return Missing(reason=MissingReason(data["missing"]), text=data.get("text", ""))
    return bp.Figure(value=data["value"], unit=data["unit"], rounding=None)


def target(data: dict[str, Any]) -> bp.Target:
    direction = Missing() if data["direction"] is None else bp.Direction(data["direction"])
    value = figure(data) if {"missing", "value"} & set(data) else Missing()
    return bp.Target(
        direction=direction, strict=data["strict"], value=value, text=data["text"] or Missing()
    )


def report(data: dict[str, Any]) -> bp.SelfEvaluation:
    amounts = {
        name: figure(data[name]) for name in ("initial", "revised", "executed") if name in data
    }
    rows = [
        bp.Indicator(
            level1=row.get("level1") or Missing(),
            name=row["name"],
            target=target(row["target"]),
            actual=figure(row["actual"]),
            weight=bp.Figure(value=row["weight"], rounding=None),
        )
        for row in data["indicators"]
    ]
    reason = data.get("adjustment_reason")
    form = bp.Statement(
        funding=Funding(total=FundingTotal(**amounts)),
        indicators=rows,
        adjustment=Adjustment(reason=reason) if reason else Adjustment(),
    )
    return bp.SelfEvaluation(form=form)


def agrees(due: dict[str, Any], line: bp.ScoreLine) -> None:
    if "score" in due:
        assert line.score is not None
        assert line.score.value == Fraction(due["score"])
    elif "none" in due:
        assert line.score is None
        assert due["none"] in (None, line.reason)
    else:
        assert line.admissible is not None
        assert (line.admissible.lower, line.admissible.upper) == (
            Fraction(due["least"]),
            Fraction(due["most"]),
        )
    if "asks" in due:
        assert sorted({demand.value for demand in line.demands}) == due["asks"]
    steps = [
        {"zh": s.title.zh, "en": s.title.en, "value": decimal_text(s.value)} for s in line.steps
    ]
    assert steps == due["steps"]


@pytest.mark.parametrize("name", FILES)
def test_every_case_holds(name: str) -> None:
    data = loaded(name)
    rules = bp.rules.get(data["ruleset"]["id"])
    assert data["ruleset"]["sha256"] == rules.sha256
    for case in data["cases"]:
        due = case["due"]
        card = bp.scorecard(report(case["input"]), rules=rules)
        execution, *lines = card.lines
        agrees(due["execution"], execution)
        for row, line in zip(due["rows"], lines, strict=True):
            agrees(row, line)
        if "printed" in due:
            assert execution.score is not None
            printed = bp.Figure.parse(due["printed"])
            assert round_to(execution.score.value, printed.places) == printed.nominal
        if "total" in due:
            assert card.total is not None
            assert card.total.value == Fraction(due["total"])
        if "rating" in due:
            assert card.rating == due["rating"]
        if "asks" in due:
            assert sorted({demand.value for demand in card.demands}) == due["asks"]


@pytest.mark.parametrize("page", ["conformance.md", "conformance.en.md"])
def test_the_case_on_the_page_is_one_of_them(page: str) -> None:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    (shown,) = re.findall(r"^~~~json\n(.*?)^~~~", text, re.MULTILINE | re.DOTALL)
    assert json.loads(shown) in loaded("hubei-2020.json")["cases"]


@pytest.mark.parametrize("name", FILES)
def test_the_hash_is_that_of_the_rules_in_the_file(name: str) -> None:
    """Anyone can compute it: canonical JSON in UTF-8, keys in order, no blanks."""
    rules = loaded(name)["ruleset"]
    sha256 = rules.pop("sha256")
    assert fingerprint(rules) == sha256
