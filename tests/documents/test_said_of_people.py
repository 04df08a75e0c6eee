"""People of the department by kind: in service, retired, administrative, of public institutions.

Names and figures are invented; every text is right as it stands, so that nothing may be accused.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import budgetperf as bp

from .narratives import DEPARTMENT, read
from .test_forms import notes

STAFF = "department.staffing."
NO_SUM = "分项之和与合计不符"
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
        "编制50人，其中行政22人，事业28人，在职45人，其中行政20人，事业25人。",
        "编制50人，在职45人，其中：行政编制20人、事业编制25人。",
        "编制50人，在职45人（行政编制人员20人、事业编制人员25人）。",
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


@pytest.mark.parametrize(
    "text",
    [
        "编制50人（其中行政20人，事业30人）。",
        "编制50人，其中：行政编制20人、事业编制30人。",
        "编制50人，行政编制20人，事业编制30人。",
        "核定编制50名，其中行政编制20名，事业编制28名，工勤编制2名。",
        "核定编制50名，其中：机关行政编制20名、全额事业编制30名。",
        "在职人员50人，其中：行政20人、事业28人、临时工2人。",
        "在职人员50人，其中行政人员20人。",
        "在职人员50人，其中行政人员20人、工勤人员2人。",
        "在职人员50人，其中男职工30人、女职工20人。",
        "在职人员50人，其中：局机关30人、执法队20人。",
        "在职人员50人，其中公务员30人、事业人员20人。",
        "全额拨款事业编制30名。",
        "离退休人员20人，其中离休1人、退休19人。",
        "核定编制50个，其中行政编制20个，事业编制30个。",
    ],
)
def test_posts_and_people_by_kind_are_no_results(text: str) -> None:
    report = bp.parse(DEPARTMENT + text + SPENT)
    assert not report.narrative.achievements
    assert not notes(report)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("编制50人，其中：行政编制30人、事业编制18人。", ("30人", "18人")),
        ("编制50人（行政30人、事业22人）。", ("30人", "22人")),
        ("在职人员50人，其中：行政编制30人、事业编制18人。", ("30人", "18人")),
        ("在职50人，其中行政30人，事业18人，退休5人。", ("30人", "18人")),
        ("在职50人，其中行政28人，事业18人，工勤3人。", ("28人", "18人", "3人")),
        ("实有50人（其中行政30人，事业18人）。", ("30人", "18人")),
        ("实有50人，其中在职45人，退休3人。", ("50人",)),
        ("实有50人，其中在职45人，退休8人。", ("50人",)),
        ("离退休人员20人，其中离休1人、退休18人。", ("20人",)),
        ("退休人员20人，其中行政退休12人、事业退休7人。", ("12人", "7人")),
        ("核定编制50个，其中行政编制30个，事业编制18个。", ("30个", "18个")),
        ("２０２３年末在职５０人，其中：行政人员３０人，事业人员１８人。", ("30人", "18人")),
    ],
)
def test_kinds_that_do_not_make_up_their_whole_are_told(
    text: str, numbers: tuple[str, ...]
) -> None:
    report = bp.parse(DEPARTMENT + text + SPENT)
    assert NO_SUM in notes(report)
    assert all(f"“{number}”" in notes(report) for number in numbers)
    assert not report.narrative.achievements
    assert not bp.audit(report).inconsistent


def test_what_is_behind_a_list_of_people_is_none_of_them() -> None:
    text = "在职人员50人，其中党员20人，全年培训干部300人。"
    (of_training,) = bp.parse(DEPARTMENT + text + SPENT).narrative.achievements
    assert str(of_training.value) == "300人"


@pytest.mark.parametrize(
    "text",
    [
        "在职人员50人，其中：行政人员30人、事业人员22人。",
        "年末在职50人（行政30人，事业22人）。",
        "编制60人，在职50人，其中事业22人，行政30人，退休5人。",
        "实有人员50人，其中：在职43人，离休1人，退休8人。",
    ],
)
def test_kinds_that_are_more_than_their_whole_are_wrong(text: str) -> None:
    (wrong,) = bp.audit(bp.parse(DEPARTMENT + text + SPENT)).inconsistent
    assert wrong.code == "F17"


COUNT = st.integers(min_value=1, max_value=400)


@given(administrative=COUNT, of_institutions=COUNT, in_all=COUNT | st.none())
def test_kinds_are_read_told_or_wrong(
    administrative: int, of_institutions: int, in_all: int | None
) -> None:
    """Never what is right is told or called wrong, and never what is wrong is passed over."""
    summed = administrative + of_institutions
    whole = in_all or summed
    kinds = f"行政人员{administrative}人、事业人员{of_institutions}人"
    report = bp.parse(DEPARTMENT + f"在职人员{whole}人，其中：{kinds}。" + SPENT)
    assert (NO_SUM in notes(report)) is (summed < whole)
    assert bool(bp.audit(report).inconsistent) is (summed > whole)
