"""Each JSON that the library writes is valid under its schema, and what is not is refused."""

from __future__ import annotations

import copy
import importlib
import json
import os
import re
from collections.abc import Callable, Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import budgetperf as bp
from budgetperf.cli import main as cli
from budgetperf.cli.layouts import layouts_data, layouts_named
from budgetperf.cli.ledger import ledger_data
from budgetperf.cli.tables import table_data
from budgetperf.display.data.scores import examples_data
from budgetperf.rules import Example, ExampleRow
from budgetperf.testing import Case, reports
from tests.strategies import fewer

jsonschema = pytest.importorskip("jsonschema")

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = sorted((ROOT / "examples").glob("*.md"))
SHIPPED = resources.files("budgetperf.display") / "schemas"
NAMES = (
    *(
        "audit",
        "check",
        "comparison",
        "composition",
        "diff",
        "examples",
        "fit",
        "layouts",
        "ledger",
        "read",
        "receipt",
        "report",
        "rules",
    ),
    *("scorecard", "table", "verification"),
)
UPDATE = "BUDGETPERF_UPDATE_SCHEMAS"


def schema(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((SHIPPED / f"{name}.json").read_text(encoding="utf-8"))
    return loaded


def closed(node: Any) -> Any:
    """The schema, in which no key is allowed that it does not list."""
    if isinstance(node, list):
        return [closed(item) for item in node]
    if not isinstance(node, dict):
        return node
    inner = {key: closed(value) for key, value in node.items()}
    if "properties" in node and isinstance(node["properties"], dict) and "type" in node:
        inner.setdefault("additionalProperties", False)
    return inner


def validator(name: str) -> Any:
    kind = jsonschema.Draft202012Validator
    return kind(closed(schema(name)), format_checker=kind.FORMAT_CHECKER)


VALID = {name: validator(name) for name in NAMES if (SHIPPED / f"{name}.json").is_file()}


def complaints(name: str, data: object) -> list[str]:
    errors = VALID[name].iter_errors(data)
    return [f"{error.json_path}: {error.message[:200]}" for error in errors]


def printed(capsys: pytest.CaptureFixture[str], *command: str) -> Any:
    cli.main([*command, "--format", "json"])
    return json.loads(capsys.readouterr().out)


@pytest.mark.skipif(not (ROOT / "docs").is_dir(), reason="the wheel: what writes them is not there")
def test_the_schemas_are_those_of_the_classes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "docs" / "hooks"))
    made = importlib.import_module("schemas").schemas()
    if os.environ.get(UPDATE):
        for name, written in made.items():
            text = json.dumps(written, ensure_ascii=False, indent=1)
            Path(str(SHIPPED / f"{name}.json")).write_text(f"{text}\n", encoding="utf-8")
    assert set(made) == set(NAMES)
    for name in NAMES:
        assert schema(name) == made[name], f"{UPDATE}=1 pytest tests/test_schemas.py"


@pytest.mark.parametrize("name", NAMES)
def test_each_is_a_schema_of_this_dialect(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(schema(name))
    assert schema(name)["$schema"].endswith("/2020-12/schema")
    assert schema(name)["$id"] == f"urn:budgetperf:{name}:1"


def titles(node: Any) -> Iterator[tuple[str, str | None]]:
    """The title of each part and of each of its keys."""
    for part, inner in node["$defs"].items():
        yield part, inner.get("title")
        for key, value in inner["properties"].items():
            yield f"{part}.{key}", value.get("title")


@pytest.mark.parametrize("name", NAMES)
def test_everything_has_a_title_in_both_languages(name: str) -> None:
    for where, title in titles(schema(name)):
        assert title, where
        chinese, _, english = title.partition(" / ")
        assert re.search("[一-鿿]", chinese), (where, title)
        assert re.search("[a-z]", english), (where, title)


@pytest.mark.parametrize("name", NAMES)
def test_the_command_prints_it(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["schema", name]) == 0
    assert json.loads(capsys.readouterr().out) == schema(name)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_what_is_said_of_the_examples_is_valid(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = bp.read(path)
    assert complaints("report", json.loads(bp.dumps(report))) == []
    assert complaints("audit", bp.audit(report, rules="national-2020").to_data()) == []
    for id in ("national-2020", "xinjiang-observed-2023", "hubei-2020"):
        assert complaints("scorecard", printed(capsys, "score", str(path), "--rules", id)) == []
    assert complaints("audit", printed(capsys, "audit", str(path), str(path))) == []
    for detail in ("causes", "findings"):
        assert complaints("audit", printed(capsys, "audit", str(path), "--detail", detail)) == []
    refused = printed(capsys, "audit", str(path), "nowhere.md")
    assert complaints("audit", refused) == []
    assert complaints("audit", refused[1])  # for one file there is nothing but its audit


@pytest.mark.law
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_what_is_read_is_valid_for_one_report_and_for_several(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = printed(capsys, "read", str(path))
    assert complaints("read", report) == complaints("report", report) == []
    assert bp.loads(json.dumps(report)) == bp.read(path)
    text = path.read_text(encoding="utf-8")
    both = tmp_path / "both.md"
    both.write_text(f"{text}\n\n{text}", encoding="utf-8")
    assert complaints("read", [report, report]) == []
    several = printed(capsys, "read", str(both))
    assert len(several) == len(bp.read_all(both)) == 2
    assert complaints("report", several)
    assert complaints("read", several) == []
    damaged: list[object] = [
        {},
        [{}],
        {**report, "colour": 1},
        {**report, "schema": "budgetperf/report/0"},
        report["report"],
    ]
    for wrong in damaged:
        assert complaints("read", wrong)
        assert complaints("read", [report, wrong])


def test_what_the_other_commands_print_is_valid(capsys: pytest.CaptureFixture[str]) -> None:
    fit = printed(capsys, "rules", "--fit", str(EXAMPLES[0]))
    assert complaints("fit", fit) == []
    assert complaints("rules", printed(capsys, "rules")) == []
    for equation in ("17.17% = 355.55 / 595.07", "1 = 1", "1 / 0 = 5"):
        assert complaints("check", printed(capsys, "check", equation)) == []
    assert complaints("rules", printed(capsys, "rules", "hunan-dept-2016")) == []
    every, layout = printed(capsys, "layouts"), printed(capsys, "layouts", "forms")
    assert complaints("layouts", every) == complaints("layouts", layout) == []
    assert layout in every


def test_the_result_of_worked_examples_is_valid(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "own.toml"
    both = '{ zh = "甲", en = "a" }'
    row = '{ target = "≥10次", actual = "8次", weight = "10", score = "9" }'
    file.write_text(
        f"[[example]]\nname = {both}\nsource = {both}\nrows = [{row}]\n", encoding="utf-8"
    )
    data = printed(capsys, "rules", "national-2020", "--examples", str(file))
    assert data["examples"][0]["mismatches"]
    assert complaints("examples", data) == []


@pytest.mark.law
@fewer
@given(reports())
def test_reports_and_their_audits_are_valid(case: Case) -> None:
    assert complaints("report", json.loads(bp.dumps(case.report))) == []
    assert complaints("audit", bp.audit(case.report, rules=case.rules).to_data()) == []


@pytest.mark.law
@fewer
@given(st.lists(reports(), min_size=2, max_size=3))
def test_reports_side_by_side_are_valid(cases: list[Case]) -> None:
    data = bp.compare([case.report for case in cases]).to_data()
    assert data["rows"]
    assert complaints("comparison", data) == []


def test_what_is_missing_in_one_of_several_is_valid() -> None:
    masked = bp.Missing(reason=bp.MissingReason.MASKED, text="***")
    totals = [
        bp.FundingTotal(initial=masked, revised="0元", executed="0元"),
        bp.FundingTotal(initial="1元", revised="3元", executed="1元"),
    ]
    funds = [bp.Statement(funding=bp.Funding(total=total)) for total in totals]
    data = bp.compare(
        [bp.SelfEvaluation(form=form, narrative=funds[0]) for form in funds]
    ).to_data()
    assert complaints("comparison", data) == []
    rows: Any = data["rows"]
    missing = {value["missing"] for row in rows for value in row["values"]}
    assert missing >= {None, "masked", "zero-over-zero"}
    assert any(row["note"] for row in rows)
    rows[0]["values"][0]["missing"] = "lost"
    assert complaints("comparison", data)


Data = dict[str, Any]


def spoiled(data: Data, change: Callable[[Data], object]) -> Data:
    wrong = copy.deepcopy(data)
    change(wrong)
    return wrong


def funding(data: Data) -> Data:
    total: Data = data["report"]["form"]["funding"]["total"]
    return total


WRONG: list[Callable[[Data], object]] = [
    lambda data: data.update(schema="budgetperf/report/2"),
    lambda data: data.pop("report"),
    lambda data: data.update(more=1),
    lambda data: data["report"].update(kind="school"),
    lambda data: data["report"]["form"].update(ratting="优"),
    lambda data: data["report"]["form"].update(indicators={}),
    lambda data: funding(data).update(initial="353.21"),
    lambda data: funding(data)["initial"].update(value=353.21),
    lambda data: funding(data)["initial"].update(value="1/3"),
    lambda data: funding(data)["initial"].update(rounding="up-half"),
    lambda data: funding(data)["initial"].update(places="2"),
    lambda data: funding(data)["initial"].pop("value"),
    lambda data: funding(data).update(initial={"missing": {"reason": "lost"}}),
    lambda data: funding(data).update(initial={"missing": {}, "value": "5"}),
    lambda data: data["report"]["department"].update(filing_date="24 April"),
]


@pytest.mark.law
@pytest.mark.parametrize("change", WRONG)
def test_what_is_no_report_is_refused_by_schema_and_reader(
    change: Callable[[Data], object],
) -> None:
    data = json.loads(bp.dumps(bp.read(EXAMPLES[0])))
    assert complaints("report", data) == []
    wrong = spoiled(data, change)
    assert complaints("report", wrong)
    with pytest.raises(bp.ProblemsError):
        bp.loads(json.dumps(wrong, ensure_ascii=False))


def places(node: Any, steps: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield steps
    inner = (
        node.items()
        if isinstance(node, dict)
        else enumerate(node)
        if isinstance(node, list)
        else ()
    )
    for key, value in inner:
        yield from places(value, (*steps, key))


# Put in the place of everything that a small report says: read somewhere, and nowhere.
FIGURES: tuple[Any, ...] = (
    {"value": "5"}, {"value": "-1.50", "unit": "元", "places": 4, "rounding": None},
    {"value": "5", "unit": "%", "text": "五成", "place": {"line": 3, "column": 2}},
    {"missing": {}}, {"missing": {"reason": "dash", "text": "—", "line": 7}},
)  # fmt: skip
OTHERS: tuple[Any, ...] = (
    None, 3, -3, [], {}, "", "5", "1/2", "万元", "≤", "project", "2024-04-22", "一般公共预算",
)  # fmt: skip
NOWHERE: tuple[Any, ...] = (
    True, 1.5, [1], {"value": 5.5}, {"value": "5", "missing": {}}, {"missing": None},
    {"missing": {"reason": "lost"}}, {"value": "5", "unit": 1},
)  # fmt: skip


def small() -> Data:
    """One of each: figures, words, a date, an enumeration, a target, parts and lists of them."""
    total = bp.FundingTotal(initial="353.21万元", execution_rate="68.4%")
    row = bp.Indicator(name="次数", target="≥90%", actual="99%", weight=20, score="—")
    source = bp.FundingSource(kind="本级", initial="5元")
    report = bp.SelfEvaluation(
        department=bp.Department(name="甲", filing_date="2024-04-22"),
        form=bp.Statement(funding=bp.Funding(total=total, sources=[source]), indicators=[row]),
    )
    data: Data = json.loads(bp.dumps(report))
    return data


@pytest.mark.law
def test_what_is_read_is_valid() -> None:
    """Whatever is put in the place of something: the reader is no laxer than the schema."""
    plain = small()
    read: dict[str, list[tuple[Any, ...]]] = {}
    ways = [way for way in places(plain) if way]
    for way in ways:
        *front, last = way
        for value in (*FIGURES, *OTHERS, *NOWHERE):
            data = copy.deepcopy(plain)
            inside: Any = data
            for step in front:
                inside = inside[step]
            inside[last] = value
            try:
                bp.loads(json.dumps(data, ensure_ascii=False))
            except bp.ProblemsError:
                continue
            assert complaints("report", data) == [], (way, value)
            read.setdefault(repr(value), []).append(way)
    # A target has an operator besides, and is a kind of its own.
    figures = {path[:-1] for path in ways if path[-1] == "value" and path[-2] != "target"}
    assert len(figures) > 5
    for value in FIGURES:
        assert figures <= set(read[repr(value)]), value
    assert set(read) == {repr(value) for value in (*FIGURES, *OTHERS)}


def with_more(data: Any) -> Any:
    """With a key that no schema has, wherever the keys are those of a schema."""
    if isinstance(data, list):
        return [with_more(item) for item in data]
    if not isinstance(data, dict):
        return data
    # Of the outcomes of a fit the keys are the conventions; of that in a receipt, what is counted;
    # of the columns of a table their headers.
    maps = ("outcomes", "outcome", "columns")
    inner = {k: v if k in maps else with_more(v) for k, v in data.items()}
    return {**inner, "new": 1}


def decided() -> bp.Audit:
    """An audit with decisions, one of which no longer applies."""
    report = bp.read(EXAMPLES[-1])
    rules = bp.rules.get("national-2020")
    audit = bp.audit(report, rules=rules)
    toml = bp.Decisions().with_open(audit.findings).to_toml()
    toml = toml.replace('decision = ""', 'decision = "不采纳"').replace(
        'reason = ""', 'reason = "甲"'
    )
    toml = toml.replace("17.17%", "17.18%", 1)
    return bp.audit(report, rules=rules, decisions=bp.Decisions.parse(toml))


@pytest.fixture(scope="module")
def written() -> Data:
    """What is only written, by the names of the schemas."""
    report = bp.read(EXAMPLES[0])
    rules = bp.rules.get("national-2020")
    example = Example(
        name=bp.Text(zh="甲", en="a"),
        source=bp.Text(zh="甲", en="a"),
        rows=(ExampleRow(target="≥10次", actual="8次", weight=10, score=9),),
    )
    return {
        "audit": decided().to_data(),
        "check": bp.check("17.17% = 355.55 / 595.07").to_data(),
        "comparison": bp.compare([report, report]).to_data(),
        "composition": bp.compose(report, rules=rules).to_data(),
        "diff": bp.diff(decided(), decided()).to_data(),
        "examples": examples_data(rules, [(example, bp.run_example(example, rules))]),
        "fit": bp.rules_that_fit(report, among=[rules, "hubei-2020"]).to_data(),
        "layouts": layouts_data(layouts_named("forms"))[0],
        "ledger": ledger_data(),
        "scorecard": bp.scorecard(report, rules=rules).to_data(),
        "table": table_data("out.csv", {"score_status": {"ok": 2}, "score_verdict": {"exact": 1}}),
        "verification": bp.verify(bp.audit(report).receipt, report).to_data(),
    }


@pytest.mark.law
@pytest.mark.parametrize("name", sorted({*NAMES} - {"read", "receipt", "report", "rules"}))
def test_what_is_only_written_may_get_more_keys(name: str, written: Data) -> None:
    """A key more, anywhere, is no breach of a promise; a key less, or none at all, is one."""
    data, open_ = written[name], jsonschema.Draft202012Validator(schema(name))
    assert complaints(name, data) == []
    assert not list(open_.iter_errors(with_more(data)))
    # The other tests do see it: they know of no key but those of the schema.
    assert next(VALID[name].iter_errors(with_more(data)), None)
    for key in data.keys() - {"lapsed"}:  # which is there only if a decision no longer applies
        assert next(open_.iter_errors({k: v for k, v in data.items() if k != key}), None), key


def test_what_is_read_again_gets_no_more_keys() -> None:
    data = small()
    receipt: Any = bp.audit(bp.read(EXAMPLES[0])).receipt.to_data()
    rules = bp.rules.get("national-2020").to_data()
    for name, read in (("report", data), ("rules", rules), ("receipt", receipt)):
        closed_ = jsonschema.Draft202012Validator(schema(name))
        assert not list(closed_.iter_errors(read))
        assert list(closed_.iter_errors({**read, "new": 1}))
