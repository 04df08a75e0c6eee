"""The kinds of files, and what an engine is given to do with them."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import TypeAlias

import attrs

from budgetperf.exact import BudgetperfError, Text

__all__ = ["KINDS", "Counted", "Job", "Progress", "kind_of_file", "watched"]

Progress: TypeAlias = "Callable[[float], object]"
"""Told how much is done, from 0 to 1."""

Counted: TypeAlias = "dict[str, list[tuple[object, object]]]"
"""The codes of each column, and how many rows there are of each."""


@attrs.frozen(kw_only=True)
class Job:
    """What is to become of a file.

    Args:
        sources: the files.
        output: where the result goes; nothing stands there.
        work: what makes the result of the tables.
        counted: headers of columns of codes, of which those that come about are counted.
        progress: told how much is done.
    """

    sources: Sequence[Path]
    output: Path
    work: Callable[..., object]
    counted: Sequence[str]
    progress: Progress | None = None


KINDS: Mapping[str, str] = {
    ".csv": "csv",
    ".parquet": "parquet",
    ".arrow": "ipc",
    ".feather": "ipc",
    ".ipc": "ipc",
}
"""The kinds of files by the ends of their names."""

_TAKES = Text(
    zh="不认识的文件种类：此引擎可用 {}", en="a file of another kind: this engine takes {}"
)


def kind_of_file(path: Path, kinds: Mapping[str, str]) -> str:
    """The kind of a file by the end of its name.

    Raises:
        BudgetperfError: ``other-kind``, it is of none of these kinds.
    """
    kind = kinds.get(path.suffix.lower())
    if kind is None:
        raise BudgetperfError("other-kind", _TAKES.fill(" ".join(kinds)), field=str(path))
    return kind


@contextmanager
def watched(done: Callable[[], float], progress: Progress | None) -> Generator[None]:
    """While something is worked out, how much of it is done is told several times a second.

    Args:
        done: how much is done, from 0 to 1; below 0 where that is not known.
        progress: told so.
    """
    if progress is None:
        yield
        return
    is_over = Event()

    def tell() -> None:
        while not is_over.wait(_PAUSE):
            progress(min(max(done(), 0.0), 1.0))

    teller = Thread(target=tell, daemon=True)
    teller.start()
    try:
        yield
    finally:
        is_over.set()
        teller.join()
    progress(1.0)


_PAUSE = 0.2
