"""What a command answers: what it prints or writes, and its exit status."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import attrs

from budgetperf.exact import BudgetperfError, Text
from budgetperf.exact.shown import Json
from budgetperf.plain.json_text import json_text

__all__ = [
    "HOLDS",
    "INCONSISTENT",
    "INTERRUPTED",
    "UNUSABLE",
    "Answer",
    "as_json",
    "not_written",
    "replaced",
]

HOLDS, INCONSISTENT, UNUSABLE, INTERRUPTED = 0, 1, 2, 130
"""The exit statuses."""


@attrs.frozen
class Answer:
    """What a command prints, and its exit status."""

    text: str
    status: int = HOLDS


def as_json(data: Json) -> str:
    """JSON as it is printed."""
    return json_text(data, indent=2)


def not_written(error: OSError | ValueError, output: str) -> BudgetperfError:
    """Why a file could not be written, in words of ours.

    Args:
        error: what was raised.
        output: the name of the file, as it was asked for.
    """
    why = next((text for kind, text in _NOT_WRITTEN.items() if isinstance(error, kind)), None)
    message = Text(
        zh="无法写入（{}）：请检查路径和权限",
        en="cannot be written ({}): check the path and the permission",
    )
    return BudgetperfError("cannot-write", message.fill(why or error), field=output)


_NOT_WRITTEN: Mapping[type[Exception], Text] = MappingProxyType(
    {
        FileNotFoundError: Text(zh="没有这个文件夹", en="there is no such folder"),
        IsADirectoryError: Text(zh="是文件夹，不是文件", en="it is a folder, not a file"),
        FileExistsError: Text(zh="是文件，不是文件夹", en="it is a file, not a folder"),
        NotADirectoryError: Text(zh="路径中有一段不是文件夹", en="a part of the path is no folder"),
        PermissionError: Text(zh="没有权限", en="no permission"),
    }
)


def replaced(file: Path, text: str) -> None:
    """Put a text in the place of what a file holds: whole, or not at all.

    Raises:
        OSError: it cannot be written.
        ValueError: it holds what no encoding can say.
    """
    file = file.resolve()
    beside = file.with_name(f".{file.name}.part")
    try:
        beside.write_text(text, encoding="utf-8")
        if file.exists():
            shutil.copymode(file, beside)
        beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)
