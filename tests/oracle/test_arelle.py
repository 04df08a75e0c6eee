"""Two thousand random sums, judged as the public XBRL processor Arelle judges them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("arelle")

SCRIPT = Path(__file__).parents[2] / "benchmarks" / "against_arelle.py"


@pytest.mark.slow
def test_sums_are_judged_as_arelle_does_up_to_end_points() -> None:
    command = [sys.executable, str(SCRIPT), "--sums", "2000", "--seed", "1"]
    run = subprocess.run(command, check=False, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr
    lines = (line.rsplit(maxsplit=1) for line in run.stdout.splitlines())
    counts = {title.strip(): count for title, count in lines}
    assert counts["sums"] == "2000"
    assert counts["other differences"] == counts["differing with NEAREST"] == "0"
    consistent, inconsistent, differing, closed = (
        int(counts[title])
        for title in (
            "consistent in both",
            "inconsistent in both",
            "differing at an end point",
            "of them at an end point",
        )
    )
    assert consistent + inconsistent + differing == 2000
    assert min(consistent, inconsistent) >= 500
    assert differing >= 50
    assert closed >= 5
