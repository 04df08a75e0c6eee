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
        "rows": 3,
        "columns": {"score_status": {"ok": 1, "missing": 1, "unreadable": 1}},
    }


LINES = """\
资金来源,年初预算数(万元),全年预算数(万元),全年执行数(万元)
合计,353.21,595.07,595
其他,,0,1
"""


def test_rates_of_funding_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, out = tmp_path / "lines.csv", tmp_path / "out.parquet"
    source.write_text(LINES, encoding="utf-8")
    assert main(["table", "rates", str(source), "-o", str(out), "--lang", "en"]) == 0
    told = capsys.readouterr().out.split("\n")
    assert told[0] == "2 rows"
    assert [line.split()[:2] for line in told[1:] if line] == [
        *(["execution_rate_status"], ["1", "ok:"], ["1", "undefined:"]),
        *(["adjustment_rate_status"], ["1", "ok:"], ["1", "missing:"]),
    ]
    found = pl.read_parquet(out)
    assert [str(v) for v in found["computed_execution_rate_percent"]] == ["99.99", "None"]
    assert [str(v) for v in found["computed_adjustment_rate_percent"]] == ["68.47", "None"]


STATED = """\
部门,三级指标,指标值,实际完成值,分值,完成率,得分
甲局,a,≥90%,81%,20,90.0%,18
甲局,b,≥5次,4次,10,85%,
"""


@pytest.mark.parametrize("more", [[], ["--by", "部门"]])
def test_what_rows_state_is_checked(
    more: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, out = tmp_path / "table.csv", tmp_path / "out.csv"
    source.write_text(STATED, encoding="utf-8")
    command = ["table", "check", str(source), "-o", str(out), "--lang", "en", *RULES, *more]
    assert main(command) == 0
    told = [line.split()[:2] for line in capsys.readouterr().out.split("\n") if line]
    assert told == [
        ["2", "rows"],
        *(["completion_rate_verdict"], ["1", "exact:"], ["1", "inconsistent:"]),
        *(["score_verdict"], ["1", "exact:"], ["1", "unchecked:"]),
    ]
    assert pl.read_csv(out)["score_reason"].to_list() == [None, "not-stated"]


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
