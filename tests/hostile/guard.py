"""Bounds for hostile input: what a process may take, and how long one case may."""

from __future__ import annotations

import contextlib
import resource
import signal
from collections.abc import Iterator
from types import FrameType

MEMORY = 2 * 1024**3
"""How many bytes of addresses the process may have; most of them it never touches."""
SECONDS_OF_ALL = 1200
SECONDS_OF_ONE = 10
"""How long all cases of a process, and one of them, may compute: far more than any takes."""


class TooSlowError(BaseException):
    """A case did not end; no handler in the library takes this for an error of the input."""


def bound_process() -> None:
    """From here on the process has so much memory and time and no more."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS_OF_ALL, SECONDS_OF_ALL + 5))
    signal.signal(signal.SIGPROF, _too_slow)


@contextlib.contextmanager
def bounded_case() -> Iterator[None]:
    """A case that has to end in time. What one call of C does not let go, the process's own limit
    ends.
    """
    signal.setitimer(signal.ITIMER_PROF, SECONDS_OF_ONE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _too_slow(_signal: int, _frame: FrameType | None) -> None:
    raise TooSlowError
