"""What the tests of the command share: its reports, and how it is run."""

from __future__ import annotations

import contextlib
import functools
import io
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from budgetperf import rules
from budgetperf.cli import main as cli

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = str(ROOT / "examples" / "department-2023.md")
CLEAN = str(ROOT / "examples" / "department-2023-clean.md")
WORKED = str(Path(rules.__file__).parent / "examples" / "national-2020.toml")
NATIONAL, DEFAULT, OBSERVED = "national-2020", "yitihua-default", "xinjiang-observed-2023"
CHINESE = re.compile(r"[\u3400-\u9fff\uff00-\uffef\u3000-\u303f]")

Capture = pytest.CaptureFixture[str]


def run(*arguments: str) -> tuple[int, str, str]:
    """Exit status and both streams; once for what is asked of files that do not change."""
    names = map(Path, arguments)
    changes = any(name.is_absolute() and not name.is_relative_to(ROOT) for name in names)
    return (_ended.__wrapped__ if changes else _ended)(*arguments)


@functools.cache
def _ended(*arguments: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = cli.main(list(arguments))
    return status, out.getvalue(), err.getvalue()


def own_process(
    *arguments: str, env: dict[str, str] | None = None, cwd: Path | None = None
) -> subprocess.CompletedProcess[bytes]:
    names = ("PYTHONIOENCODING", "PYTHONUTF8", "LC_ALL", "LANG")
    clean = {name: value for name, value in os.environ.items() if name not in names}
    return subprocess.run(
        [sys.executable, "-m", "budgetperf", *arguments],
        capture_output=True,
        check=False,
        env=clean | (env or {}),
        cwd=cwd,
    )
