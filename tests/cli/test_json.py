"""The JSON form of an audit: schema ``budgetperf/audit/1``, exactly as it was promised."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any, TypeAlias

import attrs
import pytest

import budgetperf as bp
from budgetperf.display.data.audit import audit_data, finding_data
from tests.cli.cases import CLEAN, EXAMPLE, run

Data: TypeAlias = dict[str, Any]

VERDICTS = ["exact", "rounding", "truncated", "inconsistent", "undefined", "unchecked"]
RULES = [None, "national-2020", "yitihua-default", "xinjiang-observed-2023"]


def audited(*arguments: str) -> Any:
    """Every finding, unless arguments say otherwise: the last one counts."""
    command = ("audit", "--all", *arguments, "--format", "json")
    return json.loads(run(*command)[1], parse_float=_no_float)


def _no_float(text: str) -> None:
    pytest.fail(f"{text} is a number with a fraction: it should be a string")


@pytest.fixture(params=RULES, ids=str)
def audit(request: pytest.FixtureRequest) -> Data:
    chosen = [] if request.param is None else ["--rules", request.param]
    data: Data = audited(EXAMPLE, *chosen)
    assert (data["ruleset"] and data["ruleset"]["id"]) == request.param
    return data


def test_keys_of_the_whole(audit: Data) -> None:
    assert list(audit) == [
        *("schema", "report", "ruleset", "remarks", "reading", "summary", "detail"),
        *("causes", "suspects", "findings", "receipt"),
    ]
    assert audit["schema"] == "budgetperf/audit/1"
    assert audit["report"] == {
        "department": "云杉市松河区政务服务中心",
        "year": 2023,
        "source": "department-2023.md",
    }


def test_the_rule_set(audit: Data) -> None:
    rules = audit["ruleset"]
    if rules is None:
        return
    assert list(rules) == ["id", "effective", "status", "sha256"]
    assert rules["effective"] == {"national-2020": "2020-02-25", "yitihua-default": None}.get(
        rules["id"], "2023"
    )
    assert len(bytes.fromhex(rules["sha256"])) == 32


def test_the_reading(audit: Data) -> None:
    assert audit["reading"] == {
        "numbers": 160,
        "accounted": 156,
        "unread": [
            {"text": "10", "line": 129},
            {"text": "6", "line": 133},
            {"text": "97", "line": 135},
            {"text": "99", "line": 141},
        ],
        "repairs": [],
        "format": "text",
        "layout": "xinjiang-department-2023",
        "why": {
            "zh": "它读懂的数字最多：156 / 160",
            "en": "it understands most of the numbers: 156 of 160",
        },
        "notes": [{"zh": "第 87 行：“其中：”重复", "en": "line 87: “其中：” appears twice"}],
    }


def test_the_summary_counts_the_findings(audit: Data) -> None:
    assert list(audit["summary"]) == VERDICTS
    found = [finding["verdict"] for finding in audit["findings"]]
    assert audit["summary"] == {verdict: found.count(verdict) for verdict in VERDICTS}


def test_every_finding(audit: Data) -> None:
    keys = [
        *("code", "verdict", "severity", "relation", "operands"),
        *("derived", "gap", "provision", "reason", "assumes", "message"),
    ]
    assert len(audit["findings"]) > 50
    for finding in audit["findings"]:
        assert list(finding) == keys
        assert finding["verdict"] in VERDICTS
        assert finding["severity"] in {"error", "warning", "note"}
        assert isinstance(finding["code"], str)
        assert isinstance(finding["relation"], str)
        assert finding["relation"]
        assert list(finding["message"]) == ["zh", "en"]
        assert all(finding["message"].values())
        assert finding["provision"] is None or isinstance(finding["provision"], str)
        if finding["gap"] is not None:
            assert finding["verdict"] == "inconsistent" or finding["severity"] == "warning"
            assert Fraction(finding["gap"]) >= 0
        if finding["derived"] is not None:
            assert_interval(finding["derived"])


def assert_interval(ends: list[str | None]) -> None:
    assert len(ends) == 2
    low, high = ends
    if low is not None and high is not None:
        assert Fraction(low) <= Fraction(high)


def test_every_operand(audit: Data) -> None:
    keys = ["path", "text", "value", "unit", "interval", "closed", "line"]
    operands = [operand for finding in audit["findings"] for operand in finding["operands"]]
    assert len(operands) > 100
    for operand in operands:
        assert list(operand) == keys
        assert isinstance(operand["path"], str)
        assert isinstance(operand["text"], str)
        if operand["value"] is None:
            assert operand["unit"] is operand["interval"] is operand["closed"] is None
            continue
        assert isinstance(operand["line"], int)
        assert isinstance(operand["unit"], str)
        assert_interval(operand["interval"])
        low, high = operand["interval"]
        assert Fraction(low) <= Fraction(operand["value"]) <= Fraction(high)
        assert [type(closed) for closed in operand["closed"]] == [bool, bool]


def test_a_finding_in_full() -> None:
    """17.17% = 355.55 / 595.07: by hand from the printed figures and their last places."""
    data = audited(EXAMPLE)
    (finding,) = [
        one
        for one in data["findings"]
        if one["code"] == "F13" and "17.17%" in [o["text"] for o in one["operands"]][:1]
    ]
    share, part, total = finding["operands"]
    assert finding["verdict"] == "inconsistent"
    assert share == {
        "path": "narrative.project_expenditure.share",
        "text": "17.17%",
        "value": "17.17",
        "unit": "%",
        "interval": ["17.165", "17.175"],
        "closed": [True, False],
        "line": 103,
    }
    assert part["interval"] == ["355.545", "355.555"]
    assert (part["unit"], part["line"]) == ("万元", 103)
    assert total["interval"] == ["595.065", "595.075"]
    assert total["line"] == 63
    lowest, highest = (Fraction(end) for end in finding["derived"])
    assert lowest == Fraction("35554500") / Fraction("595075")  # in %
    assert highest == Fraction("35555500") / Fraction("595065")
    assert "/" in finding["derived"][0]  # no finite decimal
    assert Fraction(finding["gap"]) == lowest - Fraction("17.175")


def test_what_is_missing_is_null() -> None:
    data = audited(EXAMPLE)
    (midyear,) = [
        operand
        for finding in data["findings"]
        for operand in finding["operands"]
        if operand["text"] == "未达到监控节点"
    ]
    assert midyear == {
        "path": "narrative.indicators[3].midyear",
        "text": "未达到监控节点",
        "value": None,
        "unit": None,
        "interval": None,
        "closed": None,
        "line": 141,
    }


def test_one_path_gives_an_object_and_several_an_array() -> None:
    one = audited(EXAMPLE)
    assert isinstance(one, dict)
    several = audited(EXAMPLE, CLEAN)
    assert isinstance(several, list)
    assert several[0]["report"].pop("source") == EXAMPLE
    assert one["report"].pop("source") == "department-2023.md"
    assert several[0] == one
    assert several[1]["report"]["source"] == CLEAN
    assert several[1]["summary"]["inconsistent"] == 0


def test_a_report_that_was_not_read_from_a_document() -> None:
    data = audit_data(bp.audit(bp.SelfEvaluation()))
    assert data["reading"] is None
    assert data["report"] == {"department": None, "year": None, "source": None}
    assert json.dumps(data)


def test_unbounded_ends_are_null() -> None:
    finding = attrs.evolve(bp.check("3 = 1 + 2"), derived=bp.Interval(lower="0.25"))
    assert finding_data(finding)["derived"] == ["0.25", None]


def test_the_language_changes_nothing_in_the_json() -> None:
    assert audited(EXAMPLE) == audited(EXAMPLE, "--lang", "en")
