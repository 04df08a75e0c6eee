"""JSON: no key twice, numbers as they are written, nothing in it that is not seen."""

from __future__ import annotations

import json

import pytest

from budgetperf import ProblemsError
from budgetperf.plain.json_text import json_data, json_text
from budgetperf.plain.structuring import InexactNumber


def test_each_key_that_stands_twice_is_told_with_its_place() -> None:
    text = '{"a": 1, "a": 2, "b": [0, [{"c": 1, "d": 2, "c": 1}], {"c": 1}], "e": {"f": 1, "f": 2}}'
    with pytest.raises(ProblemsError) as caught:
        json_data(text, code="bad-report")

    assert caught.value.code == "bad-report"
    assert [problem.where for problem in caught.value.problems] == ["$.a", "$.b[1][0].c", "$.e.f"]
    assert {problem.code for problem in caught.value.problems} == {"key-twice"}


def test_what_is_no_json_is_refused_with_its_place() -> None:
    with pytest.raises(ProblemsError) as caught:
        json_data('{"a": }', code="bad-report")

    (problem,) = caught.value.problems
    assert (problem.code, problem.where) == ("bad-report", "$")
    assert "char 6" in problem.message.en


def test_numbers_with_a_fraction_stay_as_they_are_written() -> None:
    data = json_data('[1, 0.10, NaN, "0.1"]', code="bad-report")

    assert isinstance(data, list)
    assert (data[0], data[3]) == (1, "0.1")
    assert data[1:3] == [InexactNumber("0.10"), InexactNumber("NaN")]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("合计", '"合计"'),
        ("a\u202eb", r'"a\u202eb"'),  # what follows would be read from right to left
        ("\U000e0041", r'"\udb40\udc41"'),  # a letter of a tag: U+E0041 as two surrogates
    ],
)
def test_what_would_not_be_seen_is_written_out(text: str, written: str) -> None:
    assert json_text(text) == written
    assert json.loads(json_text(text)) == text
