"""Whatever comes in is read, or refused with its place and a remedy, in bounded time and memory.

The named cases and the search run in processes of their own, which have so much memory and time
and no more: what takes the system down takes down only them.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("resource", reason="limits of a process are set through it")

from budgetperf.exact.text import visible
from tests.hostile import corpus
from tests.strategies import acts_unseen, written_out

pytestmark = pytest.mark.hostile
ROOT = Path(__file__).resolve().parents[2]


def child(module: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.run(
        [sys.executable, "-m", f"tests.hostile.{module}", *arguments],
        capture_output=True,
        check=False,
        cwd=ROOT,
        env=environment,
        text=True,
    )


@pytest.mark.parametrize(
    "groups",
    [
        ["numbers", "reports", "kinds", "rules"],
        pytest.param(["equations", "documents", "commands"], marks=pytest.mark.law),
        pytest.param(["files"], marks=pytest.mark.law),  # large: some take seconds
        pytest.param(["pdfs"], marks=pytest.mark.law),
    ],
)
def test_what_is_hostile_is_read_or_refused(groups: list[str]) -> None:
    """All in one process: it takes longer to start than most cases take."""
    if groups == ["pdfs"]:
        pytest.importorskip("pdfminer")
    done = child("child", *groups)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0, (lines[-1:], done.stderr[-2000:])
    outcomes = {(line["group"], line["name"]): line["outcome"] for line in lines}
    due = dict.fromkeys(outcomes, "as due") | {
        (group, name): code or "accepted"
        for group in corpus.GROUPS.keys() & groups
        for name, (_, code) in corpus.GROUPS[group].items()
    }
    wrong = {
        case: outcome
        for case, outcome in outcomes.items()
        if due[case] not in ([outcome] if case[0] == "commands" else outcome.split())
    }
    assert wrong == {}
    assert due.keys() == outcomes.keys()
    assert len(due) > {"files": 50, "pdfs": 30}.get(groups[0], 100)


@pytest.mark.parametrize(
    "examples",
    [pytest.param(40, marks=pytest.mark.law), pytest.param(1500, marks=pytest.mark.slow)],
)
def test_a_search_finds_nothing(examples: int) -> None:
    done = child("search", f"{examples}")
    assert (done.returncode, done.stdout) == (0, ""), done.stderr[-2000:]


# What is shown.

HOSTILE = "甲\x1b[8m\u202e\u2066\u2028\n共 0 项关系：相符\r\x07\x9b2J\ud800\U000e0041"


def test_nothing_in_a_report_hides_what_is_shown() -> None:
    """Not the verdict either: a name acts on no display, and begins no line of a text."""
    shown = corpus.displays(corpus.report_named(HOSTILE))
    for name, text in shown.items():
        assert not any(acts_unseen(char) and char != "\n" for char in text), name
    for name in ("audit in zh", "audit in en", "fit in zh", "fit in en", "audit", "figures"):
        assert "\n共 0 项关系：相符" not in shown[name], name
    assert visible(HOSTILE) in shown["figures"]
    one_kind = HOSTILE.replace("\r", "\n")  # of ends of lines
    assert visible(one_kind) in shown["audit in zh"].splitlines()[0]


def test_everything_that_acts_unseen_is_written_out() -> None:
    """Of all characters there are, by what Unicode says of them."""
    for code in range(sys.maxunicode + 1):
        char = chr(code)
        assert visible(char) == (written_out(char) if acts_unseen(char) else char)
