"""The benchmark of tables: no way of ours gives a wrong score, and floats do."""

from __future__ import annotations

from typing import Any

import pytest

REASON = "polars and narwhals are not installed: pip install 'budgetperf[frames]' polars"
pytest.importorskip("narwhals", reason=REASON)
pytest.importorskip("polars", reason=REASON)

from benchmarks import columns  # noqa: E402 - where the engines are


def test_what_is_due_is_what_single_rows_give() -> None:
    table = columns.rows(200)
    due = [units / 100 for units in columns.due(table)]
    assert [float(score or 0) for score in columns.single(table)] == due


def test_every_way_but_floats_is_right(capsys: pytest.CaptureFixture[str]) -> None:
    columns.measure(3_000, times=1)
    lines: list[Any] = [line.split() for line in capsys.readouterr().out.splitlines()[3:]]
    wrong = {" ".join(words[:-5]): words[-1] for words in lines}
    assert {number for way, number in wrong.items() if "floats" not in way} == {"0"}
