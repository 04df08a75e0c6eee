"""``budgetperf table score``: tables in files, whole, and what is wrong with them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from budgetperf.cli.main import main
from budgetperf.frames import score
from budgetperf.frames.filing.files import table_file

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


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_a_name_with_brackets_is_that_of_one_file(engine: str, tmp_path: Path) -> None:
    pytest.importorskip(engine)
    if engine != "polars":
        pytest.importorskip("pandas", reason="pandas is not installed")
        pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    source, out = tmp_path / "table[1].csv", tmp_path / "out[1].csv"
    source.write_text(TABLE, encoding="utf-8")
    words = ["table", "score", str(source), "-o", str(out), *RULES, "--engine", engine]
    assert main(words) == 0
    assert out.read_text(encoding="utf-8").splitlines()[1] == "≥90%,81%,20,18.00,ok"


def test_duckdb_takes_the_first_line_for_the_header_whatever_follows(tmp_path: Path) -> None:
    for name in ("duckdb", "pandas", "pyarrow"):
        pytest.importorskip(name, reason=f"{name} is not installed")
    source, out = tmp_path / "table.csv", tmp_path / "out.csv"
    source.write_text(f"{TABLE}≥1次\n", encoding="utf-8")  # a row that is cut off
    words = ["table", "score", str(source), "-o", str(out), *RULES]
    assert main([*words, "--engine", "duckdb"]) == 0
    assert out.read_text(encoding="utf-8").splitlines()[4] == "≥1次,,,,missing"


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
        *(["completion_rate_verdict"], ["1", "exact"], ["1", "inconsistent"]),
        *(["score_verdict"], ["1", "exact"], ["1", "unchecked"]),
    ]
    assert pl.read_csv(out)["score_reason"].to_list() == [None, "not-stated"]


def test_duckdb_scores_files_of_numbers(tmp_path: Path) -> None:
    pytest.importorskip("duckdb", reason="duckdb is not installed")
    source, out = tmp_path / "table.parquet", tmp_path / "out.parquet"
    pl.DataFrame({"指标值": [90], "实际完成值": [81], "分值": [20]}).write_parquet(source)
    command = ["table", "score", str(source), "-o", str(out), *RULES]
    assert main([*command, "--engine", "duckdb", "--side", "≥"]) == 0
    assert pl.read_parquet(out)["score_status"].to_list() == ["ok"]


NEEDS = {"polars": "polars", "duckdb": "duckdb", "spark": "pysail"}
KINDS = {
    "polars": (".csv", ".parquet", ".arrow"),
    "duckdb": (".csv", ".parquet", ".arrow"),
    "spark": (".csv", ".parquet"),
}


def read_back(path: Path) -> list[tuple[str | None, ...]]:
    """The rows of a file, or of a folder of parts, as text."""
    files = sorted(path.rglob(f"*{path.suffix}")) if path.is_dir() else [path]
    readers = {".csv": pl.read_csv, ".parquet": pl.read_parquet, ".arrow": pl.read_ipc}
    settings = {"infer_schema": False} if path.suffix == ".csv" else {}
    whole = pl.concat([readers[path.suffix](file, **settings) for file in files])
    return [tuple(None if v in (None, "") else str(v) for v in row) for row in whole.rows()]


@pytest.mark.parametrize("engine", KINDS)
@pytest.mark.filterwarnings("ignore")
def test_every_engine_takes_and_makes_every_kind_of_file(
    engine: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip(NEEDS[engine], reason=f"{NEEDS[engine]} is not installed")
    if engine != "polars":
        pytest.importorskip("pandas", reason="pandas is not installed")
        pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    first = table(tmp_path)
    whole = pl.read_csv(first, infer_schema=False)
    whole.write_parquet(tmp_path / "table.parquet")
    whole.write_ipc(tmp_path / "table.arrow")
    (tmp_path / "out.parquet").mkdir()  # what stands there is replaced
    for kind, other in zip(KINDS[engine], reversed(KINDS[engine]), strict=True):
        source, out = tmp_path / f"table{kind}", tmp_path / f"out{other}"
        command = ["table", "score", str(source), "-o", str(out), *RULES, "--lang", "en"]
        if engine != "spark" and out.is_dir():
            out.rmdir()
        assert main([*command, "--engine", engine]) == 0
        assert sorted(capsys.readouterr().out.split()[:4]) == ["1", "3", "ok:", "rows"]
        assert read_back(out) == [
            ("≥90%", "81%", "20", "18.00", "ok"),
            ("≥5次", None, "10", None, "missing"),
            ("≥95%", "9.8.1%", "5", None, "unreadable"),
        ]
        checked = ["table", "check", str(source), "-o", str(tmp_path / "checked.csv")]
        assert main([*checked, "--column", "分值=score", "--engine", engine]) == 2
        capsys.readouterr()
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


@pytest.mark.parametrize("kind", [".csv", ".parquet"])
@pytest.mark.parametrize("engine", NEEDS)
@pytest.mark.filterwarnings("ignore")
def test_a_table_without_rows_comes_back_with_its_columns(
    engine: str, kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip(NEEDS[engine], reason=f"{engine} is not installed")
    if engine != "polars":
        pytest.importorskip("pandas", reason="pandas is not installed")
        pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    source, out = tmp_path / f"in{kind}", tmp_path / f"out{kind}"
    header = TABLE.partition("\n")[0]
    empty = pl.read_csv(f"{header}\n".encode(), infer_schema=False)
    (empty.write_csv if kind == ".csv" else empty.write_parquet)(source)
    words = ["table", "score", str(source), "-o", str(out), *RULES, "--lang", "en"]
    assert main([*words, "--engine", engine]) == 0
    assert capsys.readouterr().out == "0 rows\n"
    (file,) = sorted(out.glob(f"*{kind}")) if out.is_dir() else [out]
    found = pl.read_csv(file) if kind == ".csv" else pl.read_parquet(file)
    assert found.columns == [*header.split(","), "computed_score", "score_status"]
    assert found.height == 0


@pytest.mark.parametrize("engine", NEEDS)
@pytest.mark.filterwarnings("ignore")
def test_cells_in_quotes_come_back_as_they_are(engine: str, tmp_path: Path) -> None:
    """Apache Spark reads and writes them so, too, where Sail is not installed."""
    pytest.importorskip(NEEDS[engine], reason=f"{engine} is not installed")
    if engine != "polars":
        pytest.importorskip("pandas", reason="pandas is not installed")
        pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    cells = ['某"重点"项目, 甲', "两\n行", " 空格 ", "反\\斜"]
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    rows = [
        {"三级指标": cell, "指标值": "≥90%", "实际完成值": "81%", "分值": "20"} for cell in cells
    ]
    pl.DataFrame(rows).write_csv(source)
    words = ["table", "score", str(source), "-o", str(out), *RULES]
    assert main([*words, "--engine", engine]) == 0
    files = sorted(out.glob("*.csv")) if out.is_dir() else [out]
    found = pl.concat(pl.read_csv(file, infer_schema=False) for file in files)
    assert found["三级指标"].to_list() == cells
    assert found["computed_score"].to_list() == ["18.00"] * len(cells)


@pytest.fixture
def apache_spark(monkeypatch: pytest.MonkeyPatch) -> None:
    """Apache Spark itself answers, whether Sail is installed or not."""
    sql: Any = pytest.importorskip("pyspark.sql", reason="pyspark is not installed")
    jars = Path(sql.__file__).parents[1] / "jars"
    if shutil.which("java") is None or not jars.is_dir():
        pytest.skip("Apache Spark or Java is not installed: pip install 'pyspark[connect]'")
    monkeypatch.setenv("SPARK_REMOTE", "local[2]")
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)  # the workers have what the tests have


@pytest.mark.spark_jvm
@pytest.mark.filterwarnings("ignore")
@pytest.mark.usefixtures("apache_spark")
def test_apache_spark_reads_and_writes_files_as_the_others_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Cells with quotes, commas, lines, blanks, backslashes; nothing, and a header alone."""
    cells = ['某"重点"项目, 甲', "两\n行", " 空格 ", "反\\斜", '"', "\\", None]
    targets = ["≥90%", "≥1,234.56", "≤5次", None, "≥9.8.1%", ">3", "定性"]
    held = pl.DataFrame({"三级指标": cells, "指标值": targets, "实际完成值": "81%", "分值": "20"})
    for name, table_ in (("whole", held), ("header", held.clear())):
        source = tmp_path / f"{name}.csv"
        table_.write_csv(source)
        due = tmp_path / f"{name}-polars.csv"
        words = ["table", "score", str(source), *RULES, "--lang", "en"]
        assert main([*words, "-o", str(due)]) == 0
        told = sorted(capsys.readouterr().out.splitlines())
        for end in (".csv", ".parquet"):
            out = tmp_path / f"{name}-spark{end}"
            assert main([*words, "-o", str(out), "--engine", "spark"]) == 0
            assert sorted(capsys.readouterr().out.splitlines()) == told
            assert sorted(map(str, read_back(out))) == sorted(map(str, read_back(due)))


def test_spark_takes_no_arrow_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("pyspark", reason="pyspark is not installed")
    command = ["table", "score", "table.arrow", "-o", str(tmp_path / "out.csv"), *RULES]
    assert main([*command, "--engine", "spark", "--lang", "en"]) == 2
    assert ".csv .parquet" in capsys.readouterr().err


@pytest.mark.parametrize("engine", KINDS)
@pytest.mark.filterwarnings("ignore")
def test_how_much_is_done_is_told(engine: str, tmp_path: Path) -> None:
    pytest.importorskip(NEEDS[engine], reason=f"{NEEDS[engine]} is not installed")
    told = list[float]()
    source, out = tmp_path / "table.parquet", tmp_path / "out.parquet"
    pl.DataFrame({"指标值": [90], "实际完成值": [81], "分值": [20]}).write_parquet(source)
    counts = table_file(
        source,
        output=out,
        work=lambda table: score(table, rules="yitihua-default", direction="≥"),
        counted=["score_status"],
        engine=engine,
        progress=told.append,
    )
    assert counts == {"score_status": {"ok": 1}}
    assert told[-1] == 1
    assert all(0 <= done <= 1 for done in told)


@pytest.mark.parametrize("engine", NEEDS)
def test_nothing_is_printed_but_the_summary(engine: str, tmp_path: Path) -> None:
    for name in (NEEDS[engine], *(("pandas", "pyarrow") if engine != "polars" else ())):
        pytest.importorskip(name, reason=f"{name} is not installed")
    words = ["table", "score", str(table(tmp_path)), "-o", str(tmp_path / "out.csv"), *RULES]
    command = [sys.executable, "-m", "budgetperf", *words, "--engine", engine, "--lang", "en"]
    environment = {k: v for k, v in os.environ.items() if k not in ("RUST_LOG", "SPARK_REMOTE")}
    done = subprocess.run(command, env=environment, capture_output=True, check=True)
    assert done.stderr.decode() == ""
    assert done.stdout.decode().startswith("3 rows\n")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["no.csv", "-o", "out.csv"], "no.csv: no such file"),
        (["no.parquet", "-o", "out.csv"], "no.parquet: no such file"),
        (["table.csv", "-o", "table.csv"], "another file"),
        (["table.csv", "-o", "out.xlsx"], "out.xlsx: a file of another kind"),
        (["table.csv", "-o", "no/out.csv"], "no/out.csv: cannot be written"),
        (["table.csv", "-o", "out.csv", "--column", "plan"], "HEADER=VALUE"),
        (["table.csv", "-o", "out.csv", "--places", "分值=x"], "decimals"),
        (["table.csv", "-o", "out.csv", "--side", "?"], "no direction"),
        (["table.csv", "-o", "out.csv", "--round-to", "3"], "leave --round-to out"),
        (["empty.csv", "-o", "out.csv"], "empty.csv: is empty"),
        (["other.csv", "-o", "out.csv"], "--column "),
        (["other.csv", "-o", "out.csv", "--column", "x=target"], "--column names this"),
        (["other.csv", "-o", "out.csv", "--places", "x=2"], "--places names this"),
        (["numbers.parquet", "-o", "out.csv"], "write --side ≥"),
        (["floats.parquet", "-o", "out.csv", "--side", "≥"], "write --places 指标值=2"),
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
    Path("empty.csv").touch()
    Path("other.csv").write_text("计划数,完成数,满分\n1,1,1\n", encoding="utf-8")
    for name, number in (("numbers", 90), ("floats", 90.0)):
        pl.DataFrame({"指标值": [number], "实际完成值": [81], "分值": [20]}).write_parquet(
            f"{name}.parquet"
        )
    assert main(["table", "score", *arguments, *RULES, "--lang", "en"]) == 2
    said = capsys.readouterr().err
    assert told in said
    for word in (".part", "columns=", "places=", "direction=", "round_to", "$."):
        assert word not in said
    assert (tmp_path / "table.csv").read_text(encoding="utf-8") == TABLE
