"""The worked examples of the rule-sets as JSON, for implementations in other languages.

``docs/conformance`` holds what this gives, a file for each rule-set and a JSON Schema of them; a
test compares the two, and another runs the files. What is due stands in the examples, which were
worked out by hand or published; only the steps are those of the library.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from fractions import Fraction
from typing import TypeAlias

from budgetperf import rules as rulebook
from budgetperf.display.data.audit import text_data
from budgetperf.display.data.model import ruleset_data
from budgetperf.exact import Figure, Missing, Stated, decimal_text
from budgetperf.exact.figure import read_figure
from budgetperf.exact.shown import Json
from budgetperf.model import Direction, Indicator
from budgetperf.rules import Demand, Example, ExampleRow, RuleSet
from budgetperf.scoring import ScoreLine, scorecard

__all__ = ["SCHEMA_FILE", "files"]

Data: TypeAlias = dict[str, Json]

FORM = "budgetperf/conformance/1"
DIALECT = "https://json-schema.org/draft/2020-12/schema"
NUMBER = r"^[+-]?\d+(\.\d+|/0*[1-9]\d*)?$"
SCHEMA_FILE = "conformance.schema.json"


def files() -> dict[str, str]:
    """The text of each file by its name."""
    made = {f"{rules.id}.json": _of(rules) for rules in rulebook.shipped()}
    return {
        name: json.dumps(data, ensure_ascii=False, indent=1) + "\n"
        for name, data in {**made, SCHEMA_FILE: _schema()}.items()
    }


def _of(rules: RuleSet) -> Data:
    return {
        "schema": FORM,
        "ruleset": ruleset_data(rules),
        "cases": [
            _case(f"{rules.id}/{number}", example, rules)
            for number, example in enumerate(rulebook.examples(rules.id), start=1)
        ],
    }


def _case(id: str, example: Example, rules: RuleSet) -> Data:
    card = scorecard(example.report(), rules=rules)
    execution, *lines = card.lines
    due: Data = {
        "execution": {
            **_due(example.execution, example.execution_most, example.execution_none),
            **_asked(example.execution_asks),
            **_steps(execution),
        },
        "rows": [
            {**_due(row.score, row.most, row.none), **_asked(row.asks), **_steps(line)}
            for row, line in zip(example.rows, lines, strict=True)
        ],
        **_asked(example.asks),
    }
    if example.printed:
        due["printed"] = example.printed
    if example.total is not None:
        due["total"] = decimal_text(example.total)
    if example.rating:
        due["rating"] = example.rating
    amounts = {"initial": example.initial, "revised": example.budget, "executed": example.executed}
    return {
        "id": id,
        "name": text_data(example.name),
        "source": text_data(example.source),
        "input": {
            **{name: _figure(read_figure(text)) for name, text in amounts.items() if text},
            **({"adjustment_reason": example.reason} if example.reason else {}),
            "indicators": [_row(row) for row in example.rows],
        },
        "due": due,
    }


def _row(row: ExampleRow) -> Data:
    indicator = row.indicator()
    return {
        "name": row.name,
        **({"level1": row.level1} if row.level1 else {}),
        "target": {"text": row.target, **_aim(indicator)},
        "actual": {"text": row.actual, **_figure(indicator.actual)},
        "weight": decimal_text(row.weight),
    }


def _aim(indicator: Indicator) -> Data:
    """What the words of a target say: its number, and on which side of that is good."""
    target = indicator.target
    direction = None if isinstance(target.direction, Missing) else target.direction.value
    value = {} if target.direction is Direction.QUALITATIVE else _figure(target.value)
    return {"direction": direction, "strict": target.strict, **value}


def _figure(stated: Stated) -> Data:
    if isinstance(stated, Figure):
        return {"value": decimal_text(Fraction(stated.value)), "unit": stated.unit.symbol}
    return {"missing": stated.reason.value}


def _due(least: Fraction | None, most: Fraction | None, none: str) -> Data:
    """A score, the ends of a range, or that no score follows, with the code of why if one is due.

    Where an example says nothing of a score, none follows.
    """
    if least is None:
        return {"none": none or None}
    if most is None:
        return {"score": decimal_text(least)}
    return {"least": decimal_text(least), "most": decimal_text(most)}


def _asked(demands: Iterable[Demand] | None) -> Data:
    if demands is None:
        return {}
    asks: list[Json] = [*sorted(demand.value for demand in demands)]
    return {"asks": asks}


def _steps(line: ScoreLine) -> Data:
    return {
        "steps": [
            {**text_data(step.title), "value": decimal_text(step.value)} for step in line.steps
        ]
    }


# The JSON Schema.


def _schema() -> Data:
    exact: Json = {"type": "string", "pattern": NUMBER}
    word: Json = {"type": "string"}
    known: list[Json] = [*sorted(one.value for one in Demand)]
    asks: Json = {"type": "array", "items": {"enum": known}}
    text = _object("中英文 / text in both languages", {"zh": word, "en": word})
    figure = _object(
        "数，或缺少的原因 / a number, or why there is none",
        {"text": word, "value": exact, "unit": word, "missing": word},
        required=(),
    )
    target = _object(
        "指标值 / target",
        {
            "text": word,
            "direction": {"enum": [*(one.value for one in Direction), None]},
            "strict": {"type": "boolean"},
            "value": exact,
            "unit": word,
            "missing": word,
        },
        required=("text", "direction", "strict"),
    )
    step = _object("计算步骤 / step", {"zh": word, "en": word, "value": exact})
    score = _object(
        "应得分数：一个分数、一个范围，或没有得分的原因 / "
        "the score due: one, the ends of a range, or why none follows",
        {
            "score": exact,
            "least": exact,
            "most": exact,
            "none": {"type": ["string", "null"]},
            "asks": asks,
            "steps": {"type": "array", "items": _ref("Step")},
        },
        required=("steps",),
    )
    score["oneOf"] = [
        {"required": ["score"]},
        {"required": ["least", "most"]},
        {"required": ["none"]},
    ]
    indicator = _object(
        "一项指标 / indicator",
        {
            "name": word,
            "level1": word,
            "target": _ref("Target"),
            "actual": _ref("Figure"),
            "weight": exact,
        },
        required=("name", "target", "actual", "weight"),
    )
    given = _object(
        "给出的内容 / what is given",
        {
            "initial": _ref("Figure"),
            "revised": _ref("Figure"),
            "executed": _ref("Figure"),
            "adjustment_reason": word,
            "indicators": {"type": "array", "items": _ref("Indicator")},
        },
        required=("indicators",),
    )
    due = _object(
        "应得的结果 / what is due",
        {
            "execution": _ref("Score"),
            "printed": word,
            "rows": {"type": "array", "items": _ref("Score")},
            "total": exact,
            "rating": word,
            "asks": asks,
        },
        required=("execution", "rows"),
    )
    case = _object(
        "一个算例 / case",
        {
            "id": word,
            "name": _ref("Text"),
            "source": _ref("Text"),
            "input": _ref("Input"),
            "due": _ref("Due"),
        },
    )
    document = _object(
        "一个规则集的算例 / the cases of a rule-set",
        {
            "schema": {"const": FORM},
            "ruleset": {"type": "object", "required": ["id", "sha256"]},
            "cases": {"type": "array", "items": _ref("Case"), "minItems": 1},
        },
    )
    return {
        "$schema": DIALECT,
        "$id": "urn:budgetperf:conformance:1",
        **document,
        "$defs": {
            "Case": case,
            "Due": due,
            "Figure": figure,
            "Indicator": indicator,
            "Input": given,
            "Score": score,
            "Step": step,
            "Target": target,
            "Text": text,
        },
    }


def _ref(name: str) -> Data:
    return {"$ref": f"#/$defs/{name}"}


def _object(title: str, properties: Data, *, required: Iterable[str] | None = None) -> Data:
    keys: list[Json] = list(properties if required is None else required)
    return {
        "type": "object",
        "title": title,
        "properties": properties,
        **({"required": keys} if keys else {}),
        "additionalProperties": False,
    }
