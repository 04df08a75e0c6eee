"""Many mutants in one run of pytest, each in a fork of it: a plugin.

    python -m pytest -p benchmarks.forking --mutated MUTANTS.json --told RESULTS.json tests/exact

The tests are collected once. For each mutant the process is forked, the function that is changed
gets its changed code there, and the tests that reach it are run until one fails. What was made when
modules were imported is as it was without the change: what kills a mutant here does kill it, and
what survives is to be tried once more in a process of its own.
"""

from __future__ import annotations

import functools
import gc
import json
import os
import resource
import signal
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

import pytest

from .reaching import remembered

__all__ = ["TIME", "functions", "with_code"]

TIME = "time"


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _codes(constant)


def _key(code: CodeType) -> tuple[int, str]:
    return code.co_firstlineno, code.co_qualname


def functions() -> dict[str, list[FunctionType]]:
    """All functions that there are, by the files that they stand in."""
    found = defaultdict[str, list[FunctionType]](list)
    for function in gc.get_objects():
        if isinstance(function, FunctionType):
            found[function.__code__.co_filename].append(function)
    return found


def with_code(source: bytes, file: str, line: int, candidates: Sequence[FunctionType]) -> bool:
    """Give the functions around a line of a module the code that this source has for them.

    Args:
        source: what is to stand in the module; nothing before the line is another than it was.
        file: where it stands.
        line: where it is changed.
        candidates: the functions of the module.

    Returns:
        Whether there is one, which is called so from now on.
    """
    changed = {_key(code): code for code in _codes(compile(source, file, "exec"))}
    done = False
    for function in candidates:
        code = function.__code__
        lines = [n for part in _codes(code) for _, _, n in part.co_lines() if n is not None]
        new = changed.get(_key(code))
        if new is None or not code.co_firstlineno <= line <= max(lines):
            continue
        if new.co_freevars == code.co_freevars:
            function.__code__ = new
            done = True
    return done


class _Forking:
    """Tries the mutants in forks."""

    def __init__(self, mutants: Path, told: Path) -> None:
        self.mutants: list[dict[str, Any]] = json.loads(mutants.read_text(encoding="utf-8"))
        self.told = told

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        items = {item.nodeid: item for item in session.items}
        known, remembering = functions(), remembered()
        gc.freeze()
        results: dict[str, str | None] = {}
        for mutant in self.mutants:
            chosen = [items[test] for test in mutant["tests"] if test in items]
            file = Path(mutant["file"])
            before, stated = file.read_bytes(), file.stat()
            file.write_text(mutant["source"], encoding="utf-8")  # for processes of the tests
            try:
                changed = functools.partial(
                    with_code,
                    mutant["source"].encode(),
                    mutant["file"],
                    mutant["line"],
                    known[mutant["file"]],
                )
                results[mutant["number"]] = _forked(changed, remembering, chosen, mutant["seconds"])
            finally:
                file.write_bytes(before)
                os.utime(file, ns=(stated.st_atime_ns, stated.st_mtime_ns))  # for what is compiled
            self.told.write_text(json.dumps(results), encoding="utf-8")
        return True


def _forked(
    change: Callable[[], bool], remembering: Sequence[Any], items: Sequence[pytest.Item], most: int
) -> str | None:
    """The first of these tests that fails in a fork with a change, or what went wrong instead."""
    out, into = os.pipe()
    child = os.fork()
    if not child:
        resource.setrlimit(resource.RLIMIT_CPU, (most, resource.getrlimit(resource.RLIMIT_CPU)[1]))
        for called in remembering:
            called.cache_clear()
        failing = _failing(items) if change() else None
        os.write(into, (failing or "").encode())
        os._exit(0)
    os.close(into)
    with os.fdopen(out, "rb") as told:
        failing = told.read().decode()
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if status:
        return TIME if status == -signal.SIGXCPU else f"status {status}"
    return failing or None


def _failing(items: Sequence[pytest.Item]) -> str | None:
    failed: list[str] = []

    class Failures:
        def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
            if report.failed:
                failed.append(report.nodeid)

    if not items:
        return None
    items[0].config.pluginmanager.register(Failures())
    for item, following in zip(items, [*items[1:], None], strict=True):
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if failed:
            return failed[0]
    return None


def pytest_addoption(parser: pytest.Parser) -> None:
    """Which mutants, and where to write what kills them."""
    parser.addoption("--mutated", type=Path)
    parser.addoption("--told", type=Path)


def pytest_configure(config: pytest.Config) -> None:
    """Try them, instead of running the tests."""
    mutated, told = (Path(str(config.getoption(name))) for name in ("--mutated", "--told"))
    config.pluginmanager.register(_Forking(mutated, told))
