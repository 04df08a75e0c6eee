"""``budgetperf table score``: tables in files, whole, and what is wrong with them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from budgetperf.cli.main import main

REASON = "polars and narwhals are not installed: pip install 'budgetperf[frames]' polars"
pytest.importorskip("narwhals", reason=REASON)
pl: Any = pytest.importorskip("polars", reason=REASON)

TABLE = "指标值,实际完成值,分值\n≥90%,81%,20\n≥5次,,10\n≥95%,9.8.1%,5\n"
RULES = ("--rules", "yitihua-default")


def table(folder: Path) -> Path:
    path = folder / "table.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["out.csv", "out.parquet", "out.arrow"])
def test_every_row_is_written_and_counted(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / name
    assert (
        main(["table", "score", str(table(tmp_path)), "-o", str(out), *RULES, "--lang", "en"]) == 0
    )
    assert capsys.readouterr().out.split()[:3] == ["3", "rows", "1"]
    read = {".csv": pl.read_csv, ".parquet": pl.read_parquet, ".arrow": pl.read_ipc}[out.suffix]
    assert read(out)["score_status"].to_list() == ["ok", "missing", "unreadable"]
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_counts_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = str(tmp_path / "out.csv")
    source = str(table(tmp_path))
    assert main(["table", "score", source, "-o", out, *RULES, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "schema": "budgetperf/table/1",
        "output": out,
        "rows": {"ok": 1, "missing": 1, "unreadable": 1},
    }


def test_duckdb_scores_files_of_numbers(tmp_path: Path) -> None:
    pytest.importorskip("duckdb", reason="duckdb is not installed")
    source, out = tmp_path / "table.parquet", tmp_path / "out.parquet"
    pl.DataFrame({"指标值": [90], "实际完成值": [81], "分值": [20]}).write_parquet(source)
    command = ["table", "score", str(source), "-o", str(out), *RULES]
    assert main([*command, "--engine", "duckdb", "--side", "≥"]) == 0
    assert pl.read_parquet(out)["score_status"].to_list() == ["ok"]


def test_duckdb_takes_no_file_of_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("duckdb", reason="duckdb is not installed")
    out = str(tmp_path / "out.parquet")
    command = ["table", "score", str(table(tmp_path)), "-o", out, *RULES, "--lang", "en"]
    assert main([*command, "--engine", "duckdb"]) == 2
    assert "reads .parquet" in capsys.readouterr().err
    assert main(command) == 0


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["no.csv", "-o", "out.csv"], "cannot be read"),
        (["table.csv", "-o", "table.csv"], "another file"),
        (["table.csv", "-o", "out.xlsx"], "another kind"),
        (["table.csv", "-o", "out.csv", "--column", "plan"], "HEADER=VALUE"),
        (["table.csv", "-o", "out.csv", "--places", "分值=x"], "decimals"),
        (["table.csv", "-o", "out.csv", "--side", "?"], "no direction"),
        (["table.csv", "-o", "out.csv", "--round-to", "3"], "round_to"),
    ],
)
def test_what_cannot_be_done_is_told(
    arguments: list[str],
    told: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    table(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert main(["table", "score", *arguments, *RULES, "--lang", "en"]) == 2
    assert told in capsys.readouterr().err
    assert (tmp_path / "table.csv").read_text(encoding="utf-8") == TABLE
