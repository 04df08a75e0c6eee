"""Files as they are given: by a path, and read up to a limit."""

from __future__ import annotations

from pathlib import Path

from budgetperf.exact import BudgetperfError, Text
from budgetperf.exact.text import refused

__all__ = ["as_path", "read_bounded"]


def as_path(path: str | Path) -> Path:
    """The path of a file.

    Raises:
        WrongTypeError: it is neither text nor a path (a ``TypeError``).
    """
    if not isinstance(path, (str, Path)):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise refused(path, field="path", remedy="'report.md'")
    return Path(path)


def read_bounded(path: Path, most: int) -> bytes:
    """What is in a file, a device or a pipe: up to one byte more than ``most``.

    Raises:
        OSError: it cannot be read.
        BudgetperfError: ``cannot-open``: no file can have that name.
    """
    try:
        with path.open("rb") as file:  # not by its size alone: a device or a pipe has none
            return file.read(most + 1)
    except ValueError as error:  # a NUL or half a character in the path
        message = Text(
            zh=f"无法打开（{error}）：请检查路径", en=f"cannot be opened ({error}): check the path"
        )
        raise BudgetperfError("cannot-open", message, field=str(path)) from None
