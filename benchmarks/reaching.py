"""Which test of a run reaches which line, and how long each takes: a plugin of pytest.

    python -m pytest -p benchmarks.reaching --reached FOLDER --of src/budgetperf tests/exact

Lines that run when their module is imported are reached by no test alone, and are not listed. What
is remembered of the last calls of a function is forgotten before each test, so that each reaches
all that it rests on; what is read once stays.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import attrs
import coverage
import pytest

__all__ = ["Reached", "reached", "remembered"]

LINES, SECONDS, SOURCE, PACKAGE = "lines", "seconds.json", "/src/", "budgetperf"


@attrs.frozen(kw_only=True)
class Reached:
    """What the tests reached.

    Args:
        by_line: the tests by file, as it is called below the source, and line.
        seconds: how long each test took.
    """

    by_line: Mapping[tuple[str, int], frozenset[str]]
    seconds: Mapping[str, float]

    def tests(self, file: str, lines: range) -> list[str]:
        """Those that reach one of these lines, the quickest first."""
        found = frozenset[str]().union(*(self.by_line.get((file, n), ()) for n in lines))
        return sorted(found, key=lambda test: (self.seconds[test], test))


def reached(folder: Path) -> Reached:
    """What a run with this plugin wrote there."""
    data = coverage.CoverageData(str(folder / LINES))
    data.read()
    return Reached(
        by_line={
            (file.rpartition(SOURCE)[2], line): frozenset(filter(None, tests))
            for file in data.measured_files()
            for line, tests in data.contexts_by_lineno(file).items()
        },
        seconds=json.loads((folder / SECONDS).read_text(encoding="utf-8")),
    )


def remembered() -> list[Any]:
    """The functions that remember some of their calls: without a bound they load what stays."""
    return [
        called
        for name, module in list(sys.modules.items())
        if name.partition(".")[0] == PACKAGE
        for called in vars(module).values()
        if hasattr(called, "cache_parameters") and called.cache_parameters()["maxsize"]
    ]


class _Reaching:
    """Follows a run."""

    def __init__(self, folder: Path, source: Path) -> None:
        self.folder = folder
        self.seconds = defaultdict[str, float](float)
        self.remembering: list[Any] = []
        self.coverage = coverage.Coverage(
            data_file=str(folder / LINES), config_file=False, include=[f"{source}/*"]
        )

    def pytest_collection_finish(self) -> None:
        self.remembering = remembered()

    def pytest_sessionstart(self) -> None:
        self.coverage.start()

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        self.coverage.switch_context(item.nodeid)
        for called in self.remembering:
            called.cache_clear()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.seconds[report.nodeid] += report.duration

    def pytest_sessionfinish(self) -> None:
        self.coverage.stop()
        self.coverage.save()
        (self.folder / SECONDS).write_text(json.dumps(self.seconds), encoding="utf-8")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Where to write what is reached, and of which source."""
    parser.addoption("--reached", type=Path)
    parser.addoption("--of", type=Path)


def pytest_configure(config: pytest.Config) -> None:
    """Follow the run."""
    reached, source = (Path(str(config.getoption(name))) for name in ("--reached", "--of"))
    following = _Reaching(reached, source.resolve())
    config.pluginmanager.register(following)
