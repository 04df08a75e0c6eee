"""Whatever comes in is read, or refused with its place and a remedy, in bounded time and memory.

The named cases and the search run in processes of their own, which have so much memory and time
and no more: what takes the system down takes down only them.
"""

from __future__ import annotations

import functools
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
CASES = [(group, name) for group, cases in corpus.GROUPS.items() for name in cases]


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


@functools.cache
def outcomes() -> dict[tuple[str, str], str]:
    """What became of each case; the one that ended the process is not there."""
    done = child("child", *corpus.GROUPS, "commands")
    lines = map(json.loads, done.stdout.splitlines())
    found = {(line["group"], line["name"]): line["outcome"] for line in lines}
    return {**found, _ENDED: f"the process ended with {done.returncode}: {done.stderr[-2000:]}"}


_ENDED = ("", "")


@pytest.mark.parametrize(("group", "name"), CASES)
def test_what_is_hostile_is_read_or_refused(group: str, name: str) -> None:
    found, (_, code) = outcomes(), corpus.GROUPS[group][name]
    due = code or "accepted"
    assert due in found.get((group, name), found[_ENDED]).split()


def test_the_command_ends_as_it_should() -> None:
    assert outcomes()[_ENDED].startswith("the process ended with 0")
    found = {name: outcome for (group, name), outcome in outcomes().items() if group == "commands"}
    assert {name: outcome for name, outcome in found.items() if outcome != "as due"} == {}
    assert len(found) > 150


@pytest.mark.parametrize(
    "examples",
    [10, pytest.param(40, marks=pytest.mark.law), pytest.param(1500, marks=pytest.mark.slow)],
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
