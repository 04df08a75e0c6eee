"""Hypothesis profiles, and how the tests are shared among processes.

A short fresh search on a desk; under CI the same examples every time. ``pytest --hypothesis-profile
full`` is what `.ci/run` searches once, on other examples for each commit; ``thorough`` a search for
longer; ``brief`` only looks again, where another interpreter has searched already.
"""

from __future__ import annotations

import os
from typing import Any

import pytest
from hypothesis import settings

settings.register_profile("dev", max_examples=6, deadline=None)
settings.register_profile("thorough", max_examples=2000, deadline=None)
settings.register_profile("full", max_examples=60, deadline=None, derandomize=False, database=None)
settings.register_profile("ci", settings.get_profile("dev"), derandomize=True, database=None)
settings.register_profile("brief", settings.get_profile("ci"), max_examples=5)
settings.load_profile("ci" if os.environ.get("CI") else "dev")


os.environ |= {"LC_ALL": "C.UTF-8", "NO_COLOR": "1"}  # what the command prints follows the locale


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> object:
    """Neighbours stay in one process, so that what they share is made once, until one is idle."""
    from xdist.scheduler import WorkStealingScheduling  # noqa: PLC0415 - optional

    return WorkStealingScheduling(config, log)
