"""How long an import and an audit take, as ratios and times measured in one run.

    python benchmarks/speed.py

Prints the time of ``import budgetperf`` over that of ``import attrs, cattrs`` (each in fresh
interpreters, taken in turns, medians), and of reading and auditing the example after import.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

EXAMPLE = Path(__file__).parent.parent / "examples" / "department-2023.md"
IMPORTS = 15
AUDITS = 30

_TIMED = """
import time
start = time.perf_counter_ns()
import {}
print(time.perf_counter_ns() - start)
"""


def imported(modules: str) -> int:
    """Nanoseconds that the import takes in a fresh interpreter."""
    command = [sys.executable, "-c", _TIMED.format(modules)]
    return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def import_ratio() -> float:
    """Print the import of budgetperf over that of what it depends on."""
    imported("budgetperf")  # writes the byte code
    base, ours = [], []
    for _ in range(IMPORTS):
        base.append(imported("attrs, cattrs"))
        ours.append(imported("budgetperf"))
    a, b = statistics.median(base), statistics.median(ours)
    print(f"import attrs, cattrs    {a / 1e6:7.1f} ms")
    print(f"import budgetperf       {b / 1e6:7.1f} ms")
    print(f"ratio                   {b / a:7.2f}      (to stay below 3)")
    return a / 1e6


def timed(function: Callable[[], object]) -> float:
    """Milliseconds that one call takes."""
    start = time.perf_counter_ns()
    function()
    return (time.perf_counter_ns() - start) / 1e6


def audit_time(base: float) -> None:
    """Print how long audits take after import, also over ``base``, the import in milliseconds."""
    import budgetperf as bp

    first_read = timed(lambda: bp.read(EXAMPLE))
    report = bp.read(EXAMPLE)
    first_audit = timed(lambda: bp.audit(report, rules="yitihua-default"))
    reads = [timed(lambda: bp.read(EXAMPLE)) for _ in range(AUDITS)]
    audits = [timed(lambda: bp.audit(report, rules="yitihua-default")) for _ in range(AUDITS)]
    print(f"first read              {first_read:7.1f} ms   (loads the layout)")
    print(f"first audit             {first_audit:7.1f} ms   (loads relations and rules)")
    print(f"read, median            {statistics.median(reads):7.1f} ms   worst {max(reads):.1f}")
    print(f"audit, median           {statistics.median(audits):7.1f} ms   worst {max(audits):.1f}")
    print(f"audit over that import  {statistics.median(audits) / base:7.2f}")


if __name__ == "__main__":
    audit_time(import_ratio())
