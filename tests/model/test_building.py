"""A report that is built in code says what the document says."""

from __future__ import annotations

import runpy
from pathlib import Path

import budgetperf as bp

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
BROKEN = (bp.Verdict.INCONSISTENT, bp.Verdict.TRUNCATED, bp.Verdict.UNDEFINED)


def broken(report: bp.SelfEvaluation) -> list[tuple[str, str, str]]:
    findings = bp.audit(report, rules="yitihua-default").findings
    return [(f.code, f.verdict.value, f.subject.zh) for f in findings if f.verdict in BROKEN]


def test_the_example_in_code_is_audited_as_the_document() -> None:
    built = runpy.run_path(str(EXAMPLES / "build.py"))["report"]
    found = broken(built)
    assert found == broken(bp.read(EXAMPLES / "department-2023.md"))
    assert len(found) > 5


def test_the_example_is_short_and_needs_one_import() -> None:
    lines = (EXAMPLES / "build.py").read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 60
    assert [line for line in lines if "import" in line] == ["import budgetperf as bp"]
