"""JSON: when it is read, bounded and without doubled keys; when written, nothing in it unseen."""

from __future__ import annotations

import hashlib
import itertools
import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import cast

from budgetperf.exact.limits import JSON_TOKENS, MAX_DATA, MAX_PROBLEMS, bounded_text, excess
from budgetperf.exact.text import UNSEEN_IN_LINES, Problem, ProblemsError, Text, compiled, shortened

from .structuring import InexactNumber

__all__ = ["fingerprint", "json_data", "json_text"]


def json_text(data: object, *, indent: int | None = None) -> str:
    """Plain data as JSON in which every character shows; parsed, it is the data again."""
    text = json.dumps(data, ensure_ascii=False, indent=indent)
    return compiled(UNSEEN_IN_LINES).sub(_escaped, text)


def fingerprint(data: object) -> str:
    """The SHA-256 of plain data: of its JSON in UTF-8, keys in order, without blanks."""
    canonical = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


def _escaped(match: re.Match[str]) -> str:
    units = match[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[i : i + 2].hex()}" for i in range(0, len(units), 2))


class _Twice(dict[str, object]):
    """An object in which a key stands twice, with these keys."""

    def __init__(self, pairs: list[tuple[str, object]]) -> None:
        super().__init__(pairs)
        times = Counter(key for key, _ in pairs)
        self.twice = [key for key, number in times.items() if number > 1]


def json_data(text: str, *, code: str) -> object:
    """What the text says as plain data. Numbers with a fraction are kept as they are written.

    Raises:
        WrongTypeError: it is no text (a ``TypeError``).
        BudgetperfError: it is longer than any report.
        ProblemsError: with ``code``: it is no JSON, lies too deep, has a number that is too long,
            or an object has a key twice.
    """
    bounded_text(text, MAX_DATA, _REPORT)
    if problem := excess(text, JSON_TOKENS, where="$"):
        raise ProblemsError(code, (problem,))
    doubled: list[_Twice] = []

    def as_object(pairs: list[tuple[str, object]]) -> dict[str, object]:
        plain = dict(pairs)
        if len(plain) == len(pairs):
            return plain
        doubled.append(_Twice(pairs))
        return doubled[-1]

    try:
        data: object = json.loads(
            text,
            parse_float=InexactNumber,
            parse_constant=InexactNumber,
            object_pairs_hook=as_object,
        )
    except json.JSONDecodeError as error:
        message = Text(zh=f"不是有效的 JSON：{error}", en=f"not valid JSON: {error}")
        raise ProblemsError(code, (Problem(code=code, where="$", message=message),)) from None
    if doubled:
        raise ProblemsError(code, tuple(itertools.islice(_told(data, "$"), MAX_PROBLEMS + 1)))
    return data


_REPORT = Text(zh="JSON 报告", en="the report as JSON")


def _told(data: object, where: str) -> Iterator[Problem]:
    """Every key that stands twice, with its place."""
    if isinstance(data, _Twice):
        for key in data.twice:
            yield Problem(code="key-twice", where=f"{where}.{shortened(key)}", message=_TWICE)
    if isinstance(data, dict):
        for key, value in cast("dict[str, object]", data).items():
            yield from _told(value, f"{where}.{shortened(key)}")
    elif isinstance(data, list):
        for index, value in enumerate(cast("list[object]", data)):
            yield from _told(value, f"{where}[{index}]")


_TWICE = Text(
    zh="这个键写了两次，两个值不能都算数：请删去其一",
    en="this key appears twice, and only one value can count: remove one of the two",
)
