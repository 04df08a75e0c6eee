"""Paths: the name of every figure of a report, such as ``form.funding.sources[1].initial``."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, cast

import attrs

from budgetperf.exact import Figure, Missing, NotFoundError, Text
from budgetperf.exact.limits import require_text
from budgetperf.exact.text import later
from budgetperf.exact.written.by_name import by_name

from .fields import Declaration, Element, FigureKind, Part, copied, holds_typed, label_of
from .indicators import Target
from .report import SelfEvaluation, require_report
from .walking import ROOTS, collect, declarations_of, mapped, ways_to

__all__ = [
    "declarations",
    "describe",
    "describe_field",
    "elements",
    "figures",
    "kind_of",
    "locate",
    "locate_in",
    "map_figures",
    "map_stated",
    "put",
    "resolve",
]


_STEP = re.compile(r"\.?([a-z_0-9]+)|\[([0-9]{1,9})\]")


@by_name
def figures(report: SelfEvaluation) -> Iterator[tuple[str, Figure]]:
    """Every figure that stands in the report, with its path; repeated printings last.

    Paths are those of Python: ``form.indicators[2].score`` is
    ``report.form.indicators[2].score``. A repeated printing has the path of what it repeats.
    """
    require_report(report)
    return _figures(report)


def _figures(report: SelfEvaluation) -> Iterator[tuple[str, Figure]]:
    for name in ROOTS:
        pairs: list[tuple[str, Figure]] = []
        collect(name, getattr(report, name), pairs)
        yield from pairs
    yield from ((figure.path, figure) for figure in report.repeated)


def map_figures(
    report: SelfEvaluation,
    function: Callable[[str, Figure], Figure],
    *,
    only: Collection[str] | None = None,
) -> SelfEvaluation:
    """The report with ``function(path, figure)`` in place of every figure.

    Args:
        report: the report.
        function: gives the figure itself where nothing is to be changed.
        only: the paths of the figures that may change; by default all.
    """
    return _mapped(report, function, only, None)


def map_stated(
    report: SelfEvaluation,
    function: Callable[[str, Figure], Figure],
    absent: Callable[[Missing], Missing],
) -> SelfEvaluation:
    """The same, and ``absent(missing)`` in place of what stands on a line where a figure does not.

    Args:
        report: the report.
        function: gives the figure itself where nothing is to be changed.
        absent: gives what is missing itself where nothing is to be changed.
    """
    return _mapped(report, function, None, absent)


def _mapped(
    report: SelfEvaluation,
    function: Callable[[str, Figure], Figure],
    only: Collection[str] | None,
    absent: Callable[[Missing], Missing] | None,
) -> SelfEvaluation:
    changed: dict[str, Any] = {}
    towards = None if only is None else {part for path in only for part in ways_to(path)}
    for name in ROOTS:
        old = getattr(report, name)
        new = mapped(name, old, function, towards, absent)
        if new is not old:
            changed[name] = new
    repeated = tuple(
        function(figure.path, figure) if only is None or figure.path in only else figure
        for figure in report.repeated
    )
    if any(new is not old for new, old in zip(repeated, report.repeated, strict=True)):
        changed["repeated"] = repeated
    if not changed:
        return report
    # What is typed gets the precision of its column, and what is no figure is refused.
    if holds_typed(tuple(changed.values())) or any(type(new) is not Figure for new in repeated):
        return attrs.evolve(report, **changed)
    return copied(report, type(report), changed)


def put(
    report: SelfEvaluation, values: Mapping[str, Figure | Missing | Target | str]
) -> SelfEvaluation:
    """The report with other values at these paths; all else is as it was.

    Args:
        report: the report.
        values: by path, each of a kind that the field at the path takes.

    Raises:
        NotFoundError: a path leads nowhere.
    """
    steps: dict[tuple[str | int, ...], object] = {}
    for path, value in values.items():
        resolve(report, path)
        steps[tuple(name if at is None else at for name, at in _parsed(path))] = value
    return cast("SelfEvaluation", _put(report, steps)) if steps else report


def _put(part: object, values: Mapping[tuple[str | int, ...], object]) -> object:
    if () in values:
        return values[()]
    below: dict[str | int, dict[tuple[str | int, ...], object]] = {}
    for (first, *others), value in values.items():
        below.setdefault(first, {})[tuple(others)] = value
    if isinstance(part, tuple):
        items = cast("tuple[object, ...]", part)
        return tuple(
            _put(item, below[at]) if at in below else item for at, item in enumerate(items)
        )
    whole = cast("Part", part)
    changed = {str(name): _put(getattr(whole, str(name)), deep) for name, deep in below.items()}
    return copied(whole, type(whole), changed)


def elements(report: SelfEvaluation, path: str) -> tuple[Element, ...]:
    """The parts of one kind at ``path``, such as ``form.indicators``.

    Raises:
        NotFoundError: the path leads nowhere, or to something else.
    """
    container = resolve(report, path)
    if not isinstance(container, tuple):
        raise _nowhere(path)
    parts = cast("tuple[object, ...]", container)
    return tuple(part for part in parts if isinstance(part, Element))


def resolve(report: SelfEvaluation, path: str) -> object:
    """What stands in the report at ``path``.

    Raises:
        NotFoundError: the path leads nowhere.
    """
    return _follow(report, path)[0]


def describe(report: SelfEvaluation, path: str) -> Text:
    """The figure at ``path`` in words: ``附表·资金·合计·年初预算数``.

    Raises:
        NotFoundError: the path leads nowhere.
    """
    return locate(report, path)[1]


_NAMES = Text(zh="·", en=" › ")


def describe_field(path: str) -> Text:
    """What the model has at a path of the form, as of the text: ``资金·合计·年初预算数``.

    Args:
        path: without the part of the report in front, such as ``funding.total.initial``.
    """
    _, *steps = declarations(f"{ROOTS[-1]}.{path}")
    return _NAMES.join(step.label for step in steps if step.label)


def locate(report: SelfEvaluation, path: str) -> tuple[object, Text]:
    """What stands at ``path``, and its name in words; see :func:`resolve`, :func:`describe`.

    Raises:
        NotFoundError: the path leads nowhere.
    """
    value, titles = _follow(report, path)
    return value, later(_name, *titles)


def _name(*titles: Text | Element) -> Text:
    names = [title.title if isinstance(title, Element) else title for title in titles]
    return _NAMES.join(filter(None, names))


def locate_in(part: object, name: Text, step: str, path: str) -> tuple[object, Text]:
    """The same of a field of a part that was located already.

    Args:
        part: what stands in front of the last step of the path.
        name: its name in words.
        step: the last step, the name of a field.
        path: the whole path.

    Raises:
        NotFoundError: the part has no such field.
    """
    label = _labels(type(part)).get(step)  # type: ignore[arg-type] # classes do hash
    if label is None:
        raise _nowhere(path)
    return getattr(part, step), later(_name, name, label)


def _follow(report: SelfEvaluation, path: str) -> tuple[object, list[Text | Element]]:
    require_text(path, field="path")
    value: object = report
    titles: list[Text | Element] = []
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
                titles[-1] = value
    return value, titles


@functools.lru_cache(maxsize=4096)
def _parsed(path: str) -> tuple[tuple[str, int | None], ...]:
    """The steps of a path: a name, or the index of one of several parts."""
    steps: list[tuple[str, int | None]] = []
    position = 0
    while position < len(path):
        match = _STEP.match(path, position)
        if not match:
            raise _nowhere(path)
        name, index = match.groups()
        steps.append((name, None if index is None else int(index)))
        position = match.end()
    return tuple(steps)


def declarations(path: str) -> tuple[Declaration, ...]:
    """What the model says of each step of a path; nothing if such a path leads nowhere.

    Of several parts any will do, under whatever index or key: ``form.indicators[k].score``.
    """
    return declarations_of(SelfEvaluation, path)


@functools.lru_cache(maxsize=4096)  # the same paths are asked for all the time
def kind_of(path: str) -> FigureKind | None:
    """What stands at a path; ``None`` if the model has no figure there."""
    steps = declarations(path)
    return steps[-1].kind if steps else None


@functools.cache
def _labels(kind: type) -> Mapping[str, Text]:
    """The fields of a part of a report, each with its label."""
    if not attrs.has(kind):
        return {}
    return {attribute.name: label_of(attribute) for attribute in attrs.fields(kind)}


def _nowhere(path: str) -> NotFoundError:
    return NotFoundError(
        "no-such-path",
        Text(
            zh="报告中没有这一路径：路径应形如 form.funding.total.initial",
            en="no such path in the report: paths are such as form.funding.total.initial",
        ),
        field=path,
    )
