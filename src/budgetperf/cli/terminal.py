"""What a terminal shows besides the text: colours, and how far a long run has come.

Nothing of it where the stream is a file or a pipe.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from typing import TextIO, TypeVar

from budgetperf.exact import Text
from budgetperf.relations.finding import Verdict
from budgetperf.relations.words import REVIEW

__all__ = ["coloured", "followed", "has_colours", "measured"]

_T = TypeVar("_T")
_BOLD, _RED, _YELLOW, _PLAIN = "\x1b[1m", "\x1b[1;31m", "\x1b[1;33m", "\x1b[0m"
_TONES = {
    Verdict.INCONSISTENT.label: _RED,
    Verdict.TRUNCATED.label: _YELLOW,
    REVIEW: _YELLOW,
}


def has_colours(stream: TextIO) -> bool:
    """Whether a stream is a terminal, and nobody asked for no colours (https://no-color.org)."""
    asked_not_to = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return stream.isatty() and not asked_not_to


def coloured(text: str) -> str:
    """A text with its headings in colour, as grave as what stands below them."""
    return re.sub(r"^── (.*?)( \(\d+\))? ─+$", _heading, text, flags=re.MULTILINE)


def _heading(match: re.Match[str]) -> str:
    tone = next((tone for label, tone in _TONES.items() if match[1] in (label.zh, label.en)), _BOLD)
    return f"{tone}{match[0]}{_PLAIN}"


def followed(items: Iterable[_T], total: int, lang: str) -> Iterator[_T]:
    """The items one after the other; on a terminal a bar shows how many have come."""
    if total < 2 or not sys.stderr.isatty():
        yield from items
        return
    try:
        from rich.console import Console  # noqa: PLC0415 - it is optional
        from rich.progress import track  # noqa: PLC0415
    except ImportError:
        yield from _counted(items, total)
        return
    words = Text(zh="复核", en="auditing").pick(lang)
    console = Console(stderr=True)
    yield from track(items, description=words, total=total, console=console, transient=True)


def _counted(items: Iterable[_T], total: int) -> Iterator[_T]:
    """The same without rich: a count that replaces itself."""
    for number, item in enumerate(items, start=1):
        sys.stderr.write(f"\r{number}/{total}")
        sys.stderr.flush()
        yield item
    sys.stderr.write("\r" + " " * len(f"{total}/{total}") + "\r")


@contextmanager
def measured(lang: str) -> Generator[Callable[[float], object] | None]:
    """What is told how much of a long run is done, from 0 to 1, and shows it as a bar; ``None``
    where the stream is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    try:
        from rich.console import Console  # noqa: PLC0415 - it is optional
        from rich.progress import Progress  # noqa: PLC0415
    except ImportError:
        yield _in_per_cent
        sys.stderr.write("\r" + " " * len("100%") + "\r")
        return
    words = Text(zh="计算", en="working").pick(lang)
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(words, total=1.0)
        yield lambda done: bar.update(task, completed=done)


def _in_per_cent(done: float) -> None:
    sys.stderr.write(f"\r{int(done * 100):3}%")
    sys.stderr.flush()
