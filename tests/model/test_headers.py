"""The names of columns are data: what was known stays known, and each is one field."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest

from budgetperf import indicators
from budgetperf.documents.understanding.forms.vocabulary import vocabulary
from budgetperf.model.headers import (
    HEADERS,
    KEY_HEADERS,
    LINE_HEADERS,
    TOTAL_HEADERS,
    field_of_header,
    plain_header,
)

TABLES = {
    "keys": KEY_HEADERS,
    "indicators": HEADERS,
    "lines": LINE_HEADERS,
    "totals": TOTAL_HEADERS,
}
ONCE_KNOWN: Mapping[str, Mapping[str, list[str]]] = json.loads(
    (Path(__file__).parents[1] / "data" / "known_headers.json").read_text(encoding="utf-8")
)
"""The names that were known before they were data. A name may be added, and none taken away."""


@pytest.mark.parametrize("table", ONCE_KNOWN)
def test_what_was_known_is_known(table: str) -> None:
    lost = {
        field: set(names) - set(TABLES[table][field]) for field, names in ONCE_KNOWN[table].items()
    }
    assert not {field: names for field, names in lost.items() if names}


@pytest.mark.parametrize("table", TABLES)
def test_every_name_is_that_of_one_field_and_is_found(table: str) -> None:
    tables = {"keys": KEY_HEADERS, table: TABLES[table]}
    names = [name for known in tables.values() for each in known.values() for name in each]
    times = Counter(names)
    assert not [name for name, number in times.items() if number > 1]
    assert [name for name in names if plain_header(name) != name] == []


@pytest.mark.parametrize(
    ("headers", "words", "apart"),
    [
        (
            HEADERS,
            vocabulary().indicators.column_of,
            {"年初目标值": "initial_target", "年初指标值": "initial_target"},
        ),
        (LINE_HEADERS, vocabulary().funding.column_of, {"资金来源": "label"}),
    ],
)
def test_a_name_means_in_tables_what_it_means_in_forms(
    headers: Mapping[str, tuple[str, ...]], words: Mapping[str, str], apart: Mapping[str, str]
) -> None:
    """But a form may part the target of the beginning of the year from a later one, and names its
    sources in the column of its labels."""
    fields = {name: field for field, names in headers.items() for name in names}
    in_both = fields.keys() & words.keys()
    assert len(in_both) > 20
    assert {name: words[name] for name in in_both if words[name] != fields[name]} == apart


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("自评完成值", "actual"),
        ("实际值", "actual"),
        ("绩效度量单位", "unit"),
        ("年度目标值", "target"),
        ("标准分值", "weight"),
        ("复核得分", "reviewed_score"),
        ("调整指标值", "target"),
        ("一级", "level1"),
        ("二级", "level2"),
        ("三级", "name"),
        ("偏离度", None),
        ("复核完成值", None),
    ],
)
def test_names_that_vendor_systems_print(header: str, field: str | None) -> None:
    """偏离度 is the completion in a review that is known: it is not taken for a deviation."""
    assert field_of_header(header) == field


def test_the_budget_after_adjustment_has_this_name_too() -> None:
    assert plain_header("全年（调整后）预算数（万元）") in LINE_HEADERS["revised"]


def test_the_score_of_a_review_is_read_as_that() -> None:
    (row,) = indicators(
        [
            {
                "三级": "次数",
                "指标值": "≥5次",
                "自评完成值": "5次",
                "权重": 5,
                "自评得分": 5,
                "复核得分": 4,
            }
        ]
    )
    assert (str(row.score), str(row.reviewed_score)) == ("5", "4")
