"""Completion in the shell: what is proposed, and that bash itself is told of it."""

from __future__ import annotations

import argparse
import itertools
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from budgetperf import rules
from budgetperf.cli import main as cli
from budgetperf.documents import known_layouts
from tests.cli.cases import NATIONAL

argcomplete = pytest.importorskip("argcomplete")


@pytest.fixture
def parser(monkeypatch: pytest.MonkeyPatch) -> argparse.ArgumentParser:
    """The command's own, as argcomplete is given it."""
    given: list[argparse.ArgumentParser] = []
    with monkeypatch.context() as patched:
        patched.setattr(argcomplete, "autocomplete", given.append)
        assert cli.main(["check", "3 = 1 + 2"]) == 0
    return given[0]


def proposed(parser: argparse.ArgumentParser, line: str) -> list[str]:
    """What is proposed for the last word of a line."""
    finder = argcomplete.CompletionFinder(parser)
    lines = itertools.takewhile(
        lambda found: found is not None, (finder.rl_complete(line, n) for n in itertools.count())
    )
    before = line.rfind(" ") + 1
    return sorted(found[before:].rstrip() for found in lines)


RULES = sorted(rules.ids())
LAYOUTS = sorted(layout.id for layout in known_layouts())


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("audit --format ", ["html", "json", "text"]),
        ("audit --rules ", RULES),
        ("score report.md --rules ", RULES),
        ("compose form.xlsx --rules ", RULES),
        ("form --rules ", RULES),
        ("table check in.csv --rules ", RULES),
        ("audit --layout ", LAYOUTS),
        ("read --layout sichuan", [id for id in LAYOUTS if id.startswith("sichuan")]),
        ("layouts sichuan", [id for id in LAYOUTS if id.startswith("sichuan")]),
        ("rules national-2020", [id for id in RULES if id.startswith(NATIONAL)]),
    ],
)
def test_what_is_proposed(parser: argparse.ArgumentParser, line: str, expected: list[str]) -> None:
    assert proposed(parser, line) == expected


@pytest.mark.parametrize("option", ["rules", "layout"])
def test_files_of_ones_own_are_proposed(
    parser: argparse.ArgumentParser, option: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "own.toml").touch()
    (tmp_path / "own.md").touch()
    monkeypatch.chdir(tmp_path)
    assert proposed(parser, f"audit --{option} own") == ["own.toml"]


def test_files_are_proposed_by_any_name(
    parser: argparse.ArgumentParser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "报告.md").touch()
    monkeypatch.chdir(tmp_path)
    assert proposed(parser, "audit 报") == ["报告.md"]


_ASKED = """
COMP_LINE="budgetperf audit --rules national" COMP_TYPE=9 COMP_KEY=9 COMP_CWORD=3
COMP_POINT=${#COMP_LINE}
COMP_WORDS=($COMP_LINE)
_python_argcomplete budgetperf national --rules
printf '%s\\n' "${COMPREPLY[@]}"
"""


@pytest.mark.skipif(not shutil.which("bash"), reason="needs bash")
def test_bash_is_told(tmp_path: Path) -> None:
    command = tmp_path / "budgetperf"
    command.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m budgetperf "$@"\n')
    command.chmod(0o755)
    done = subprocess.run(
        ["bash", "--norc", "-c", argcomplete.shellcode(["budgetperf"]) + _ASKED],
        env=os.environ | {"PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    told = [line.rstrip() for line in done.stdout.splitlines()]
    assert (sorted(told), done.stderr) == ([id for id in RULES if id.startswith("national")], "")
