"""``budgetperf table read``: a folder of reports as tables, and reports of these again."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import budgetperf as bp
from budgetperf.cli.main import main
from budgetperf.frames import from_tables, to_tables


def report(name: str) -> bp.SelfEvaluation:
    rows = [
        {"三级指标": "满意度", "指标值": "≥90%", "实际完成值": "81.0%", "分值": 90, "得分": 81},
        {"三级指标": "次数", "指标值": "≥5次", "实际完成值": "4次", "分值": 10, "得分": 8},
    ]
    form = bp.Statement(indicators=bp.indicators(rows), total_score=89, rating="良")
    return bp.SelfEvaluation(department=bp.Department(name=name, year=2023), form=form)


def folder(here: Path) -> Path:
    """Two reports, one of them a folder below, and a file that is none."""
    source = here / "reports"
    (source / "below").mkdir(parents=True)
    bp.write(report("甲局"), source / "a.xlsx")
    bp.write(report("乙局"), source / "below" / "b.xlsx")
    (source / "c.docx").write_bytes(b"not a document")
    return source


def cells(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_what_can_be_read_is_written_and_what_cannot_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, out = folder(tmp_path), tmp_path / "tables"
    assert main(["table", "read", str(source), "-o", str(out), "--lang", "en"]) == 2
    told = capsys.readouterr()
    assert told.out == "reports: 2, read from 2 of 3 files; rows of indicators: 4\n"
    assert str(source / "c.docx") in told.err
    assert [row["department"] for row in cells(out / "totals.csv")] == ["甲局", "乙局"]
    assert [row["actual"] for row in cells(out / "indicators.csv")] == ["81.0%", "4次"] * 2
    files = cells(out / "files.csv")
    assert [(row["file"], row["report"]) for row in files] == [
        (str(source / "a.xlsx"), "0"),
        (str(source / "c.docx"), ""),
        (str(source / "below" / "b.xlsx"), "1"),
    ]
    assert [bool(row["why"]) for row in files] == [False, True, False]


def test_the_tables_become_the_reports_again(tmp_path: Path) -> None:
    source, out = folder(tmp_path), tmp_path / "tables"
    (source / "c.docx").unlink()
    assert main(["table", "read", str(source), "-o", str(out)]) == 0
    read = [bp.read(source / name) for name in ("a.xlsx", "below/b.xlsx")]
    back = from_tables(*(out / f"{name}.csv" for name in ("indicators", "lines", "totals")))
    for table in ("indicators", "lines", "totals"):
        again, known = (getattr(to_tables(several), table) for several in (back, read))
        # In a CSV what is blank and what is not stated look alike.
        assert [{name: cell or None for name, cell in row.items()} for row in again.to_dicts()] == [
            {name: cell or None for name, cell in row.items()} for row in known.to_dicts()
        ]
    assert [found.form.total_score.value for found in back] == [89, 89]  # type: ignore[union-attr]


def test_tables_below_the_reports_are_no_reports(tmp_path: Path) -> None:
    source = folder(tmp_path)
    (source / "c.docx").unlink()
    out = source / "tables"
    again = ["table", "read", str(source), "-o", str(out)]
    assert [main(again), main(again)] == [0, 0]
    assert [Path(row["file"]).name for row in cells(out / "files.csv")] == ["a.xlsx", "b.xlsx"]
    assert main(["table", "read", str(out), "-o", str(out)]) == 2


def test_an_empty_folder_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "tables"
    assert main(["table", "read", str(tmp_path), "-o", str(out), "--lang", "en"]) == 2
    assert "no report in this folder" in capsys.readouterr().err
    assert cells(out / "indicators.csv") == []
