"""The people of a department in a table of its basic data, in cells and run together."""

from __future__ import annotations

import pytest

import budgetperf as bp
from tests.documents.test_forms import notes
from tests.factories import refused

TITLE = "部门整体支出绩效评价基础数据表"
RUN = "财政供养人员情况 编制数 2021年实际在职人数 控制率 {}"
GRID = """| 财政供养人员情况 | 编制数 | 2021年实际在职人数 | 控制率 |
|---|---|---|---|
| | 60 | 57 | 95.00% |
"""


def _people(report: bp.SelfEvaluation) -> list[str]:
    staffing = report.department.staffing
    both = (staffing.authorised, staffing.in_service)
    return [value.text for value in both if isinstance(value, bp.Figure)]


def test_people_in_cells_are_read() -> None:
    report = bp.parse(f"{TITLE}\n\n（2021年度）\n\n{GRID}")
    assert _people(report) == ["60", "57"]


def test_people_of_another_year_are_left_out() -> None:
    with refused("no-figures"):
        bp.parse(f"{TITLE}\n\n（2022年度）\n\n{GRID}")


def test_people_that_ran_together_are_read_where_only_one_way_gives_the_rate() -> None:
    report = bp.parse(f"{TITLE}\n{RUN.format('605795.00%')}")
    assert _people(report) == ["60", "57"]
    assert "分作“60 | 57 | 95.00%”" in notes(report)


@pytest.mark.parametrize("run", ["605894.00%", "1111100%"])
def test_people_are_left_out_where_no_way_or_several_give_the_rate(run: str) -> None:
    with refused("no-figures"):
        bp.parse(f"{TITLE}\n{RUN.format(run)}")
