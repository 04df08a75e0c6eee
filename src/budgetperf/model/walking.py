"""From part to part of a report: every figure with its path, and what the model says of it."""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Iterator
from typing import Any, cast

import attrs

from budgetperf.exact import Figure, Missing

from .fields import Declaration, Part, copied, declared, is_words

__all__ = [
    "ROOTS",
    "collect",
    "declarations_of",
    "mapped",
    "unread_places",
    "ways_to",
    "without_indices",
]

ROOTS = ("department", "narrative", "form")
"""The parts of a report that figures stand in."""


def collect(path: str, value: object, pairs: list[tuple[str, Figure]]) -> None:
    """Add every figure of a part that stands at ``path``, with its own path."""
    for step, name in _steps_of(value):
        item = getattr(value, name)
        if type(item) is Missing:
            continue
        if type(item) is Figure:
            pairs.append((path + step, item))
        elif type(item) is tuple:
            for index, part in enumerate(cast("tuple[object, ...]", item)):
                collect(f"{path}{step}[{index}]", part, pairs)
        else:
            collect(path + step, item, pairs)


def unread_places(path: str, value: object) -> Iterator[tuple[str, Missing]]:
    """Every place for a figure in a part that stands at ``path`` in which something else is
    printed, with its own path."""
    for step, name in _steps_of(value):
        item = getattr(value, name)
        if type(item) is Missing:
            if item.text:
                yield path + step, item
        elif type(item) is tuple:
            for index, part in enumerate(cast("tuple[object, ...]", item)):
                yield from unread_places(f"{path}{step}[{index}]", part)
        elif type(item) is not Figure:
            yield from unread_places(path + step, item)


def _steps_of(value: object) -> tuple[tuple[str, str], ...]:
    return _steps(type(value))  # type: ignore[arg-type] # classes do hash


@functools.cache
def _steps(kind: type) -> tuple[tuple[str, str], ...]:
    """The steps into a part of a report that may lead to figures, each with its attribute."""
    if kind is Missing or not attrs.has(kind):
        return ()
    return tuple(
        (f".{attribute.name}", attribute.name)
        for attribute in attrs.fields(kind)
        if not is_words(attribute)
    )


def ways_to(path: str) -> list[str]:
    """The path, and those of the parts that it leads through."""
    return [path, *(path[:place] for place, mark in enumerate(path) if mark in ".[")]


def mapped(
    path: str,
    value: Any,
    function: Callable[[str, Figure], Figure],
    towards: Collection[str] | None,
    absent: Callable[[Missing], Missing] | None = None,
) -> Any:
    """A part with ``function(path, figure)`` in place of its figures.

    Args:
        path: of the part.
        value: the part.
        function: gives the figure itself where nothing is to be changed.
        towards: the ways to the figures that may change; by default all may.
        absent: gives what is put in place of what stands on a line where a figure does not; by
            default that does not change.
    """
    if towards is not None and path not in towards:
        return value
    changed: dict[str, Any] = {}
    are_figures = True
    for step, name in _steps_of(value):
        way = path + step
        if towards is not None and way not in towards:
            continue
        old = getattr(value, name)
        if type(old) is Figure:
            new: object = function(way, old)
            are_figures = are_figures and type(new) is Figure
        elif type(old) is tuple:
            items = cast("tuple[object, ...]", old)
            parts = [
                mapped(f"{way}[{index}]", item, function, towards, absent)
                for index, item in enumerate(items)
            ]
            same = all(part is item for part, item in zip(parts, items, strict=True))
            new = items if same else tuple(parts)
        elif type(old) is Missing:
            if absent is None or old.line is None:
                continue
            new = absent(old)
        else:
            new = mapped(way, old, function, towards, absent)
        if new is not old:
            changed[name] = new
    if not changed:
        return value
    if not are_figures:
        return attrs.evolve(value, **changed)
    part: Part = value
    return copied(part, type(part), changed)


def without_indices(path: str) -> str:
    """The path of the field, whichever of several parts it is of."""
    while "[" in path:
        before, _, behind = path.partition("[")
        path = before + behind.partition("]")[2]
    return path


def declarations_of(root: type, path: str) -> tuple[Declaration, ...]:
    """What the model says of each step of a path, of whatever index; nothing if it leads nowhere.

    Args:
        root: the class of the report.
        path: a path, with or without indices.
    """
    return _of_path(root, path)


# The same paths are asked for all the time; and of a long table there are few without indices.
@functools.lru_cache(maxsize=4096)
def _of_path(root: type, path: str) -> tuple[Declaration, ...]:
    return _declarations(root, without_indices(path))


@functools.lru_cache(maxsize=512)
def _declarations(root: type, path: str) -> tuple[Declaration, ...]:
    steps: list[Declaration] = []
    part: type | None = root
    for name in path.split("."):
        field = None if part is None else attrs.fields_dict(part).get(name)
        declaration = None if field is None else declared(field)
        if declaration is None:
            return ()
        steps.append(declaration)
        part = declaration.of
    return tuple(steps)
