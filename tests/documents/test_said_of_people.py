"""People of the department by kind: in service, retired, administrative, of public institutions.

Names and figures are invented; every text is right as it stands, so that nothing may be accused.
"""

from __future__ import annotations

import pytest

import budgetperf as bp

from .narratives import DEPARTMENT, read

STAFF = "department.staffing."
SPENT = "\n全年执行数112.1万元。"


def staff(text: str, title: str = DEPARTMENT) -> dict[str, str]:
    """The people that are read."""
    said = read(text + SPENT, title)
    return {path.removeprefix(STAFF): v for path, v in said.items() if path.startswith(STAFF)}


BY_KIND = {"in_service": "45人", "administrative": "20人", "public_institution": "25人"}


@pytest.mark.parametrize(
    "text",
    [
        "编制50人，实有45人（其中行政20人，事业25人）。",
        "编制50人，实有45人（其中：行政20人、事业25人）。",
        "编制50人，实有45人（行政20人，事业25人）。",
        "编制50人，实有45人，其中行政20人，事业25人。",
        "核定编制50人，实有人员45人，其中：行政人员20人，事业人员25人。",
        "人员编制50人，年末实有人数45人，其中：事业人员25人，行政人员20人。",
        "编制50名，现有在职人员45人，其中行政20人、事业25人。",
        "编制数50人，在职45人（行政人员20人，事业人员25人）。",
        "编制50人，实有在职人员45人，其中行政在职20人，事业在职25人。",
    ],
)
def test_who_is_in_service_by_kind(text: str) -> None:
    people = staff(text)
    assert people.pop("authorised") in ("50人", "50名")
    assert people == BY_KIND
    assert "narrative.achievements[0].value" not in read(text + SPENT, DEPARTMENT)


def test_those_of_a_part_of_the_people_are_not_of_all() -> None:
    text = "编制50人，实有45人（其中行政20人，事业25人），退休28人，离休1人。"
    assert staff(text) == {
        "authorised": "50人",
        **BY_KIND,
        "retired": "28人",
        "honorary_retired": "1人",
    }


def test_people_in_service_and_retired() -> None:
    each = {"in_service": "43人", "honorary_retired": "1人", "retired": "28人"}
    assert staff("实有在职人员43人，离休1人，退休28人。") == each
    assert staff("实有人员72人，其中在职43人，离休1人，退休28人。") == {"on_roll": "72人", **each}
    assert staff("实有72人（在职人员43人、离休人员1人、退休人员28人）。") == {
        "on_roll": "72人",
        **each,
    }


@pytest.mark.parametrize(
    "text",
    [
        "编制50人（其中行政20人，事业30人）。",  # posts, not people
        "核定编制50人，其中：行政20人，事业30人。",
        "实有45人（其中行政20人，事业22人，工勤3人）。",  # one more kind
        "实有45人，其中行政20人，事业22人。",  # there may be one more
        "2022年末实有45人（其中行政20人，事业25人）。",
        "下属单位实有45人（其中行政20人，事业25人）。",
        "甲镇实有45人（其中行政20人，事业25人）。",
        "拟招录45人（其中行政20人，事业25人）。",
        "培训45人（其中行政20人，事业25人）。",
        "实有45人。",  # in service, or with those who retired
        "公证处实有45人（其中行政20人，事业25人）。",
    ],
)
def test_who_is_not_known_to_be_in_service(text: str) -> None:
    people = staff(text)
    assert not {"in_service", "on_roll", "administrative", "public_institution"} & set(people)


def test_posts_by_kind_are_no_results() -> None:
    report = bp.parse(DEPARTMENT + "编制50人（其中行政20人，事业30人）。" + SPENT)
    assert not report.narrative.achievements
