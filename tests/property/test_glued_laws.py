"""Laws of rows of indicators whose cells ran together: a figure that is read is the printed one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import budgetperf as bp
from tests.documents.gluing import Printed, glued, printed, wrongly_read
from tests.documents.test_forms import notes
from tests.strategies import times

_BLANKS = st.one_of(st.just([False]), st.lists(st.booleans(), min_size=1, max_size=7))


def _read(table: Printed, blanks: list[bool]) -> bp.SelfEvaluation | None:
    """The report of the text; ``None`` if nothing of it is read."""
    try:
        return bp.parse(glued(table, blanks))
    except bp.UnusableDocumentError as error:
        if error.code != "no-figures":
            raise
        return None


@pytest.mark.law
@given(printed(), _BLANKS)
@times(2)
def test_a_figure_of_a_row_that_ran_together_is_the_printed_one(
    table: Printed, blanks: list[bool]
) -> None:
    """Whatever its names, units and reasons are, where its points sum up to the total."""
    report = _read(table, blanks)
    if report is not None:
        assert not wrongly_read(table, report)


@given(printed(), _BLANKS)
@settings(max_examples=8)
def test_a_table_is_read_whole_or_not_at_all_and_either_is_told(
    table: Printed, blanks: list[bool]
) -> None:
    report = _read(table, blanks)
    if report is None:
        return
    assert not wrongly_read(table, report)
    text = glued(table, blanks)
    rows = [row for row in report.form.indicators if row.name]
    for row in rows:
        assert isinstance(row.weight, bp.Figure)
        assert isinstance(row.score, bp.Figure)
    if not rows:
        assert "没有读取" in notes(report)
    elif any(" ".join(filter(None, row.cells.values())) not in text for row in table.rows):
        assert "连写" in notes(report)
