"""Paths: the name of every figure of a report, such as ``form.funding.sources[1].initial``."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, cast

import attrs

from budgetperf.exact import BudgetperfError, Figure, Missing, Text
from budgetperf.exact.limits import require_text

from .fields import Element, label_of
from .report import SelfEvaluation

__all__ = ["describe", "elements", "figures", "locate", "map_figures", "resolve"]

_ROOTS = ("department", "narrative", "form")

_STEP = re.compile(r"\.?([a-z_0-9]+)|\[([0-9]{1,9})\]")


def figures(report: SelfEvaluation) -> Iterator[tuple[str, Figure]]:
    """Every figure that stands in the report, with its path; repeated printings last.

    Paths are those of Python: ``form.indicators[2].score`` is
    ``report.form.indicators[2].score``. A repeated printing has the path of what it repeats.
    """
    for name in _ROOTS:
        yield from _walk(name, getattr(report, name))
    for figure in report.repeated:
        yield figure.path, figure


def _walk(path: str, value: object) -> Iterator[tuple[str, Figure]]:
    for step, item in _children(value):
        if isinstance(item, Figure):
            yield path + step, item
        else:
            yield from _walk(path + step, item)


def _children(value: object) -> Iterator[tuple[str, object]]:
    """What may hold figures in a part of a report, each with the step of the path to it."""
    if isinstance(value, tuple):
        items = cast("tuple[object, ...]", value)
        for index, item in enumerate(items):
            if _steps_of(item) is not None:
                yield f"[{index}]", item
        return
    for step, name in _steps_of(value) or ():
        item = getattr(value, name)
        if _steps_of(item) is not None:
            yield step, item


def _steps_of(value: object) -> tuple[tuple[str, str], ...] | None:
    return _steps(type(value))  # type: ignore[arg-type] # classes do hash


@functools.cache
def _steps(kind: type) -> tuple[tuple[str, str], ...] | None:
    """The steps into a part of a report; ``None`` for what holds no figure, such as words."""
    if kind is Figure or kind is tuple:
        return ()
    if kind is Missing or not attrs.has(kind):
        return None
    return tuple((f".{attribute.name}", attribute.name) for attribute in attrs.fields(kind))


def map_figures(
    report: SelfEvaluation, function: Callable[[str, Figure], Figure]
) -> SelfEvaluation:
    """The report with ``function(path, figure)`` in place of every figure."""
    changed = {name: _map(name, getattr(report, name), function) for name in _ROOTS}
    repeated = tuple(function(figure.path, figure) for figure in report.repeated)
    return attrs.evolve(report, **changed, repeated=repeated)


def _map(path: str, value: Any, function: Callable[[str, Figure], Figure]) -> Any:
    changed: dict[str, object] = {}
    for step, old in _children(value):
        way = path + step
        new = function(way, old) if isinstance(old, Figure) else _map(way, old, function)
        if new is not old:
            changed[step] = new
    if not changed:
        return value
    if isinstance(value, tuple):
        items = cast("tuple[object, ...]", value)
        return tuple(changed.get(f"[{i}]", item) for i, item in enumerate(items))
    return attrs.evolve(value, **{step[1:]: new for step, new in changed.items()})


def elements(report: SelfEvaluation, path: str) -> tuple[Element, ...]:
    """The parts of one kind at ``path``, such as ``form.indicators``.

    Raises:
        BudgetperfError: the path leads nowhere, or to something else.
    """
    found = resolve(report, path)
    if not isinstance(found, tuple):
        raise _nowhere(path)
    parts = cast("tuple[object, ...]", found)
    return tuple(part for part in parts if isinstance(part, Element))


def resolve(report: SelfEvaluation, path: str) -> object:
    """What stands in the report at ``path``.

    Raises:
        BudgetperfError: the path leads nowhere.
    """
    return _follow(report, path)[0]


def describe(report: SelfEvaluation, path: str) -> Text:
    """The figure at ``path`` in words: ``附表·资金·合计·年初预算数``.

    Raises:
        BudgetperfError: the path leads nowhere.
    """
    return locate(report, path)[1]


def locate(report: SelfEvaluation, path: str) -> tuple[object, Text]:
    """What stands at ``path``, and its name in words; see :func:`resolve`, :func:`describe`.

    Raises:
        BudgetperfError: the path leads nowhere.
    """
    value, titles = _follow(report, path)
    return value, Text(zh="·", en=", ").join(filter(None, titles))


def _follow(report: SelfEvaluation, path: str) -> tuple[object, list[Text]]:
    require_text(path, field="path")
    value: object = report
    titles: list[Text] = []
    for name, index in _parsed(path):
        if index is None:
            labels = _labels(type(value))  # type: ignore[arg-type] # classes do hash
            if name not in labels:
                raise _nowhere(path)
            value = getattr(value, name)
            titles.append(labels[name])
        else:
            parts = cast("tuple[object, ...]", value) if isinstance(value, tuple) else ()
            value = parts[index] if index < len(parts) else None
            if value is None:
                raise _nowhere(path)
            if isinstance(value, Element):
                titles[-1] = value.title
    return value, titles


@functools.lru_cache(maxsize=4096)
def _parsed(path: str) -> tuple[tuple[str, int | None], ...]:
    """The steps of a path: a name, or the index of one of several parts."""
    found: list[tuple[str, int | None]] = []
    position = 0
    while position < len(path):
        match = _STEP.match(path, position)
        if not match:
            raise _nowhere(path)
        name, index = match.groups()
        found.append((name, None if index is None else int(index)))
        position = match.end()
    return tuple(found)


@functools.cache
def _labels(kind: type) -> Mapping[str, Text]:
    """The fields of a part of a report, each with its label."""
    if not attrs.has(kind):
        return {}
    return {attribute.name: label_of(attribute) for attribute in attrs.fields(kind)}


def _nowhere(path: str) -> BudgetperfError:
    return BudgetperfError(
        "no-such-path",
        Text(
            zh="报告中没有这一路径：路径形如 form.funding.total.initial",
            en="no such path in the report: paths are such as form.funding.total.initial",
        ),
        field=path,
    )
