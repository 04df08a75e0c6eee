"""One CSV file has the same rows on every engine, or is refused by all with the line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from budgetperf import BudgetperfError, ProblemsError
from budgetperf.frames import score
from budgetperf.frames.filing.files import table_file

REASON = "polars and narwhals are not installed: pip install 'budgetperf[frames]' polars"
pytest.importorskip("narwhals", reason=REASON)
pl: Any = pytest.importorskip("polars", reason=REASON)

pytestmark = pytest.mark.filterwarnings("ignore")

NEEDS = {
    "polars": ("polars",),
    "duckdb": ("duckdb", "pandas", "pyarrow"),
    "spark": ("pysail", "pandas", "pyarrow"),
}
HEADER = "三级指标,指标值,实际完成值,分值"
FIRST, SECOND = "甲,≥90%,81%,10", "乙,≥90%,45%,10"
OK = [("甲", "≥90%", "81%", "10", "9.00", "ok"), ("乙", "≥90%", "45%", "10", "5.00", "ok")]


def lines(*texts: str, end: str = "\n") -> bytes:
    return "".join(text + end for text in texts).encode()


PLAIN = lines(HEADER, FIRST, SECOND)
SAME = {
    "plain": PLAIN,
    "no end of line": PLAIN[:-1],
    "blank lines": lines("", HEADER, "", FIRST, "  ", SECOND, "", ""),
    "CRLF": lines(HEADER, FIRST, SECOND, end="\r\n"),
    "CR": lines(HEADER, FIRST, SECOND, end="\r"),
    "byte order mark": b"\xef\xbb\xbf" + PLAIN,
    "GBK": PLAIN.decode().replace("≥", "不低于").encode("gbk"),
    "UTF-16": lines(HEADER, FIRST, SECOND).decode().encode("utf-16"),
    "tabs": PLAIN.replace(b",", b"\t"),
    "semicolons": PLAIN.replace(b",", b";"),
    "quotes": lines(*(",".join(f'"{c}"' for c in t.split(",")) for t in (HEADER, FIRST, SECOND))),
}
"""Files that all say the same."""


@pytest.fixture(params=NEEDS)
def engine(request: pytest.FixtureRequest) -> Iterator[str]:
    """An engine that is installed; of Sail one server answers throughout a test."""
    for name in NEEDS[request.param]:
        pytest.importorskip(name, reason=f"{name} is not installed")
    if request.param != "spark":
        yield request.param
        return
    with sail():
        yield request.param


@contextmanager
def sail() -> Iterator[None]:
    server: Any = pytest.importorskip("pysail.spark").SparkConnectServer()
    server.start()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPARK_REMOTE", f"sc://localhost:{server.listening_address[1]}")
        yield
    server.stop()


def scored(engine: str, folder: Path, data: bytes) -> list[tuple[str | None, ...]]:
    """The rows of a file with what is put beside them, as text."""
    source, out = folder / "in.csv", folder / "out.parquet"
    source.write_bytes(data)
    table_file(
        source,
        output=out,
        work=lambda table: score(table, rules="yitihua-default"),
        counted=["score_status"],
        engine=engine,
    )
    files = sorted(out.glob("*.parquet")) if out.is_dir() else [out]
    rows = pl.concat([pl.read_parquet(file) for file in files]).rows()
    assert source.read_bytes() == data
    assert {path.name for path in folder.iterdir()} == {"in.csv", "out.parquet"}
    return [tuple(None if cell is None else str(cell) for cell in row) for row in rows]


def test_files_that_say_the_same_have_the_same_rows(engine: str, tmp_path: Path) -> None:
    found = {name: scored(engine, tmp_path, data) for name, data in SAME.items()}
    gbk = [(row[0], f"不低于{row[1][1:]}", *row[2:]) for row in OK]
    assert found == {name: gbk if name == "GBK" else OK for name in SAME}


def test_short_rows_and_cells_over_lines_are_rows(engine: str, tmp_path: Path) -> None:
    cells = (
        'a,"≥90%",81%,10\n"某""重点""项目,\r\n甲\n乙",≥90%,81%,10\n丙,≥90%\n,,,\n丁\\,≥90%,45%,10\n'
    )
    header = '三级指标,"指标值\n(文字)",实际完成值,分值\n'
    assert scored(engine, tmp_path, (header + cells).encode()) == [
        ("a", "≥90%", "81%", "10", "9.00", "ok"),
        ('某"重点"项目,\r\n甲\n乙', "≥90%", "81%", "10", "9.00", "ok"),
        ("丙", "≥90%", None, None, None, "missing"),
        (None, None, None, None, None, "missing"),
        ("丁\\", "≥90%", "45%", "10", "5.00", "ok"),
    ]


def test_a_column_without_a_header_is_called_by_its_number(engine: str, tmp_path: Path) -> None:
    data = lines(",指标值,实际完成值,分值,", "0,≥90%,81%,10,", "1,≥90%,45%,10,x")
    rows = scored(engine, tmp_path, data)
    assert [row[0] for row in rows] == ["0", "1"]
    assert [row[4] for row in rows] == [None, "x"]
    (file,) = [p for p in [tmp_path / "out.parquet"] if p.is_file()] or sorted(
        (tmp_path / "out.parquet").glob("*.parquet")
    )
    assert pl.read_parquet(file).columns[0] == "column1"


TITLE = "2023年度指标表"
REFUSED = {
    "empty": (b"", "empty", "export"),
    "blank": (b"\n\n", "empty", "export"),
    "extra cell": (lines(HEADER, FIRST, SECOND + ",x"), "no-header", "line 3 has 5 cells"),
    "extra blank cell": (lines(HEADER, "甲,≥1,000,900,"), "no-header", "line 2 has 5 cells"),
    "two tables": (
        lines(HEADER[5:], "≥90%,81%,10", HEADER, *[FIRST] * 5),
        "no-header",
        "line 3 has 4 cells",
    ),
    "title": (lines(TITLE, HEADER, FIRST), "title-line", "line 1 has one cell"),
    "wide title": (lines(TITLE + ",,,", HEADER, FIRST), "title-line", "line 1 has one cell"),
    "two titles": (
        lines("部门：甲局,,单位：万元,", HEADER, FIRST),
        "title-line",
        "header stands in line 2",
    ),
    "full title": (
        lines("2023,甲局,指标,表", HEADER, FIRST),
        "title-line",
        "header stands in line 2",
    ),
    "other separator": (lines(HEADER.replace(",", "|")), "title-line", "commas between"),
    "headers twice": (lines(HEADER + ",备注,指标值,备注"), "header-twice", "指标值"),
    "headers in two cases": (lines("Note," + HEADER + ",note"), "header-twice", "Note"),
    "open quote": (lines(HEADER, '"甲,≥90%,81%,10', SECOND), "damaged", "line 2 on"),
    "no encoding": (lines(HEADER)[:-1] + b"\xff\n", "unknown-encoding", "line 1"),
    "broken character": (PLAIN + b"\xe4\xb8,1,1,1\n", "mixed-encodings", "line 4"),
}
"""Files that no engine reads, the code, and a word of what is told."""


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_told_with_its_line(name: str, tmp_path: Path) -> None:
    data, code, told = REFUSED[name]
    with pytest.raises(BudgetperfError) as caught:
        scored("polars", tmp_path, data)
    error = caught.value
    codes = [p.code for p in error.problems] if isinstance(error, ProblemsError) else [error.code]
    assert set(codes) == {code}
    assert told in error.message.en
    assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]


@pytest.mark.parametrize("name", ["extra cell", "two tables", "title", "headers twice"])
def test_every_engine_refuses_the_same(engine: str, name: str, tmp_path: Path) -> None:
    data, _, told = REFUSED[name]
    with pytest.raises(BudgetperfError) as caught:
        scored(engine, tmp_path, data)
    assert told in caught.value.message.en


def first_scored(table: Any) -> object:
    """As an engine would that passes over rows."""
    return score(table.head(1), rules="yitihua-default")


def test_rows_that_an_engine_loses_are_told(tmp_path: Path) -> None:
    source = tmp_path / "in.csv"
    source.write_bytes(PLAIN)
    with pytest.raises(BudgetperfError) as caught:
        table_file(
            source,
            output=tmp_path / "out.csv",
            work=first_scored,
            counted=["score_status"],
        )
    assert caught.value.code == "rows-lost"
    assert not (tmp_path / "out.csv").exists()


def test_the_parts_that_spark_writes_are_read_by_every_engine(engine: str, tmp_path: Path) -> None:
    folder = tmp_path / "in.csv"
    folder.mkdir()
    (folder / "part-0.csv").write_bytes(lines(HEADER, FIRST))
    (folder / "part-1.csv").write_bytes(lines(HEADER, SECOND))
    (folder / "_SUCCESS").write_bytes(b"")
    out = tmp_path / "out.parquet"
    counts = table_file(
        folder,
        output=out,
        work=lambda table: score(table, rules="yitihua-default"),
        counted=["score_status"],
        engine=engine,
    )
    assert counts == {"score_status": {"ok": 2}}
