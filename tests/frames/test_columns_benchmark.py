"""The benchmark of tables: no way of ours gives a wrong score, and floats do."""

from __future__ import annotations

import pytest

REASON = "polars and narwhals are not installed: pip install 'budgetperf[frames]' polars"
pytest.importorskip("narwhals", reason=REASON)
pytest.importorskip("polars", reason=REASON)

from benchmarks import columns  # noqa: E402 - where the engines are


def test_what_is_due_is_what_single_rows_give() -> None:
    table = columns.units(200)
    assert columns.single(table) == columns.due(table).to_list()


def test_every_way_but_floats_is_right(capsys: pytest.CaptureFixture[str]) -> None:
    columns.measure(3_000, times=1)
    lines: list[str] = capsys.readouterr().out.splitlines()[3:]
    wrong = {line[:16].strip(): line.split()[-1] for line in lines}
    assert {number for way, number in wrong.items() if "floats" not in way} == {"0"}
    assert wrong.keys() == columns.ways().keys()
