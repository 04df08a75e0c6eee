"""Merged cells whose text is printed in each column that they take, as docling writes them."""

from __future__ import annotations

import re

import pytest

import budgetperf as bp
from tests.documents.road_form import ROWS, TITLE, figures_of, road_form, wrong_in

PERFECT = figures_of(bp.parse(road_form()))


def repeated(*columns: int, **changes: str) -> str:
    """The form with some columns printed twice; a change is that of the second of its row."""
    rows: list[list[str]] = []
    for number, row in enumerate(ROWS):
        cells: list[str] = []
        for column, text in enumerate(row):
            again = changes.get(f"row{number}", text)
            cells += [text, again] if column in columns else [text]
        rows.append(cells)
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return TITLE + "\n".join([lines[0], "|" + "---|" * len(rows[0]), *lines[1:]]) + "\n"


@pytest.mark.parametrize("columns", [(2,), (3,), (4,), (2, 4), (5,), (6,), (7,), (2, 3, 4, 5)])
def test_a_repeated_cell_is_one(columns: tuple[int, ...]) -> None:
    plain, report = bp.parse(road_form()), bp.parse(repeated(*columns))
    assert figures_of(report) == PERFECT
    assert wrong_in(report) == []
    assert report.reading is not None
    assert plain.reading is not None
    assert report.reading.unread == ()
    assert report.reading.numbers == plain.reading.numbers


def test_another_number_in_its_place_is_told() -> None:
    report = bp.parse(repeated(3, row5="61.00"))
    assert report.reading is not None
    assert "61.00" in [number.text for number in report.reading.unread]


def test_equal_numbers_below_other_headers_are_two() -> None:
    """The weight and the score of a row are often the same."""
    reading = bp.parse(road_form()).reading
    assert reading is not None
    assert reading.numbers == len(re.findall(r"\d+(?:[,.]\d+)*", road_form()))


def test_a_header_with_points_ends_what_the_row_above_repeats() -> None:
    """The name is printed in each column; weight and score are the same, and are two."""
    text = road_form(("得分 | 偏差", "得分（100分） | 偏差")).replace(
        "| 绩效指标 |", "| 绩效目标 |" + " 完成养护 |" * 8 + "\n| 绩效指标 |"
    )
    reading, plain = bp.parse(text).reading, bp.parse(road_form()).reading
    assert reading is not None
    assert plain is not None
    assert reading.numbers == plain.numbers + 1
    assert reading.unread == ()
