"""Indicators whose names begin with a sign or a number."""

from __future__ import annotations

import attrs
import pytest

import budgetperf as bp
from budgetperf.documents.choosing import reports_of
from budgetperf.documents.readers.files import document_of
from budgetperf.documents.understanding.ways import way_of
from tests.documents import writing
from tests.documents.forms import FORMATS, SAMPLE, TEXTS, Form, Style, due, flat, grids, said
from tests.documents.test_forms import notes

NAMES = (
    ("+86电话办理", "12345热线办结率", "-18℃冷库", "3·15宣传活动场次"),
    ("2023年培训人次", "≥90分学校数", "100%覆盖", "18周岁以下参保"),
    ("5G基站", "110联动", "1个中心", "95%以上达标学校"),
)


def _read(data: bytes, file: str) -> bp.SelfEvaluation:
    (report,) = reports_of(document_of(data, file), file, way_of("forms"))
    return report


def _named(*names: str) -> Form:
    rows = (attrs.evolve(row, name=name) for row, name in zip(SAMPLE.rows, names, strict=False))
    return attrs.evolve(SAMPLE, rows=(*rows, *SAMPLE.rows[len(names) :]))


@pytest.mark.parametrize("written", [*FORMATS, *TEXTS])
def test_a_name_may_begin_with_a_sign_or_a_number_in_every_format(written: str) -> None:
    _is_read_as_printed(NAMES[0], written)


@pytest.mark.parametrize("names", NAMES)
@pytest.mark.parametrize("written", ["pipes", "a line for each cell"])
def test_names_that_begin_with_numbers(names: tuple[str, ...], written: str) -> None:
    _is_read_as_printed(names, written)


def _is_read_as_printed(names: tuple[str, ...], written: str) -> None:
    form = _named(*names)
    tables = grids(form, Style())
    if written in FORMATS:
        data, file = FORMATS[written](tables)
    else:
        data, file = TEXTS[written](tables).encode(), "x.txt"
    report = _read(data, file)
    assert said(report) == due(form)
    assert tuple(row.name for row in report.form.indicators) == names


@pytest.mark.parametrize("name", ["1个中心", "200人次"])
def test_a_target_is_no_name_where_the_name_is_lost(name: str) -> None:
    """The cells behind it have moved, which is told."""
    first, *others = SAMPLE.rows
    form = attrs.evolve(SAMPLE, rows=(attrs.evolve(first, target=name, unit=""), *others))
    tables = [flat(grid) for grid in grids(form, Style())]
    (row,) = (row for grid in tables for row in grid if any(t == first.name for t, _, _ in row))
    place = [text for text, _, _ in row].index(first.name)
    del row[place]
    for written in (row, [*row, ("", 1, 1)]):
        row[:] = written
        text = "\n\n".join(map(writing.table_in_pipes, tables))
        report = _read(text.encode(), "x.md")
        assert not report.form.indicators
        assert "没有读取" in notes(report)


def test_a_number_alone_is_no_name() -> None:
    data, file = FORMATS["pipes"](grids(_named("12345"), Style()))
    report = _read(data, file)
    assert not report.form.indicators
    assert "没有读取" in notes(report)
