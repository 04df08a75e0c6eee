"""A report that is built in code says what the document says."""

from __future__ import annotations

import runpy
from pathlib import Path

import budgetperf as bp

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def outcomes_of(report: bp.SelfEvaluation) -> list[tuple[str, str, str, str | None]]:
    findings = bp.audit(report, rules="yitihua-default").findings
    return [(f.code, f.verdict.value, f.subject.zh, f.reason) for f in findings]


def test_the_example_in_code_is_the_document() -> None:
    """All its figures, each as precise as in the document, and so every verdict."""
    built: bp.SelfEvaluation = runpy.run_path(str(EXAMPLES / "build.py"))["report"]
    read = bp.read(EXAMPLES / "department-2023.md")
    figures = [
        [(path, figure.nominal, figure.interval) for path, figure in bp.figures(report)]
        for report in (built, read)
    ]
    assert figures[0] == figures[1]
    assert outcomes_of(built) == outcomes_of(read)


def test_the_example_is_short_and_needs_one_import() -> None:
    lines = (EXAMPLES / "build.py").read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 60
    assert [line for line in lines if "import" in line] == ["import budgetperf as bp"]
