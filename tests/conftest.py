"""Hypothesis profiles, and how the tests are shared among processes.

- ``dev``: a short fresh search on a desk; ``ci``: under CI the same examples every time.
- ``full``: what `.ci/run` searches once, twelve times as much, and on other examples for each
  commit: many commits search further than one.
- ``thorough``: a search for longer, by hand. ``brief`` only looks again, where another interpreter
  has searched already.

A law has as many examples as its profile says, where one takes some hundredths of a second at the
most; ``times`` of `tests/strategies.py` gives it more where there is much to be found and an
example costs little, and fewer where it is a whole report or many. So no law takes more than a few
seconds, and none of them takes the time of all others.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

settings.register_profile("dev", max_examples=4, deadline=None)
settings.register_profile("thorough", max_examples=2000, deadline=None)
settings.register_profile("full", max_examples=48, deadline=None, derandomize=False, database=None)
settings.register_profile("ci", settings.get_profile("dev"), derandomize=True, database=None)
settings.register_profile("brief", settings.get_profile("ci"), max_examples=2)
settings.load_profile("ci" if os.environ.get("CI") else "dev")


# What was collected stays to the end: it need not be looked through every few hundred objects.
gc.set_threshold(100_000, 20, 20)

os.environ |= {"LC_ALL": "C.UTF-8", "NO_COLOR": "1"}  # what the command prints follows the locale


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> object:
    """Neighbours stay in one process, so that what they share is made once, until one is idle."""
    from xdist.scheduler import WorkStealingScheduling  # noqa: PLC0415 - optional

    return WorkStealingScheduling(config, log)


def pytest_configure(config: pytest.Config) -> None:
    """PySpark takes a main module without a file, as a worker has, for one of its own doctests."""
    main = sys.modules["__main__"]
    if hasattr(config, "workerinput") and not hasattr(main, "__file__"):
        main.__file__ = pytest.__file__


def pytest_collection(session: pytest.Session) -> None:
    """Of two processes the second imports the tests from the last to the first: what one of them
    has compiled, with its assertions, the other finds in the cache."""
    if getattr(session.config, "workerinput", {}).get("workerid") != "gw1":
        return
    folders = [Path(argument) for argument in session.config.args if "::" not in argument]
    files = [file for folder in folders for file in sorted(folder.rglob("test_*.py"))]
    for file in reversed(files):
        with contextlib.suppress(Exception, pytest.skip.Exception):  # told where it is collected
            place = file.resolve().relative_to(session.config.rootpath)
            importlib.import_module(".".join(place.with_suffix("").parts))
