"""The JSON Schemas of all JSON that the library writes, as they are shipped."""

from __future__ import annotations

import json

from budgetperf.exact import LIST, NotFoundError, Text
from budgetperf.exact.shown import Json
from budgetperf.exact.text import shown
from budgetperf.plain.structuring import data_folder

__all__ = ["schema", "schema_names", "schema_text"]


def schema_names() -> tuple[str, ...]:
    """Of what there are schemas."""
    files = data_folder("budgetperf.display", "schemas").iterdir()
    return tuple(sorted(file.name.removesuffix(".json") for file in files))


def schema_text(name: str) -> str:
    """The JSON Schema (2020-12) of that name, such as ``report``.

    Raises:
        NotFoundError: there is none; those that there are are named.
    """
    names = schema_names()
    if name not in names:
        message = Text(zh="没有 {} 的 JSON Schema；有的是 {}", en="no schema of {}; there are {}")
        known = LIST.join(names)
        raise NotFoundError("unknown-schema", message.fill(shown(name), known), field="name")
    file = data_folder("budgetperf.display", "schemas") / f"{name}.json"
    return file.read_text(encoding="utf-8")


def schema(name: str = "report") -> dict[str, Json]:
    """The JSON Schema (draft 2020-12) of what the library writes as JSON.

    Args:
        name: ``report``, ``read``, ``rules``, ``audit``, ``check``, ``fit``, ``scorecard``,
            ``examples``, ``comparison``, ``composition``, ``diff``, ``receipt`` or
            ``verification``.

    Raises:
        NotFoundError: there is none of that name (a ``KeyError``).
    """
    loaded: dict[str, Json] = json.loads(schema_text(name))
    return loaded
