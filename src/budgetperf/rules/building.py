"""A rule-set from plain data, with every problem of it at once."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias, cast

import attrs

from budgetperf.exact import BudgetperfError, Problem, ProblemsError, Text
from budgetperf.exact.structuring import make_converter, structure

from .ruleset import RuleSet
from .status import Status

__all__ = ["built", "merged"]

_Data: TypeAlias = Mapping[str, object]
_make: Callable[..., RuleSet] = RuleSet

_RULES = ("execution", "at_least", "at_most", "equal", "above", "below")
"""The tables of which a derived rule-set may change single keys."""
_OWN = ("id", "title", "replaces", "verified")
"""What is said of one rule-set alone."""
_STANDINS: dict[str, object] = {"id": "?", "title": Text(zh="?", en="?"), "status": Status.TEXT}
"""What stands for a required part with a problem while the other parts are compared."""


def merged(base: RuleSet, data: _Data) -> RuleSet:
    """The rule-set that differs from ``base`` by ``data``.

    Raises:
        ProblemsError: ``data`` is not in order; every problem is listed with its key.
    """
    old = cast("dict[str, object]", make_converter().unstructure(base))
    new = {name: value for name, value in old.items() if name not in _OWN}
    own = {name: value for name, value in data.items() if name != "without"}
    problems: list[Problem] = []
    for name in _names(data.get("without", []), problems):
        if name not in new:
            problems.append(_nothing_to_leave_out(name, base, list(new)))
        new.pop(name, None)
    for name, value in own.items():
        before = new.get(name)
        both = isinstance(before, dict) and isinstance(value, dict) and name in _RULES
        new[name] = {**cast("_Data", before), **cast("_Data", value)} if both else value
    return built(new, *problems)


def built(data: _Data, *problems: Problem) -> RuleSet:
    """The rule-set that ``data`` says.

    Args:
        data: plain data, as a TOML file has it.
        problems: those that are known already.

    Raises:
        ProblemsError: the data is not in order; every problem is listed with its key.
    """
    known = attrs.fields_dict(attrs.resolve_types(RuleSet))
    values: dict[str, object] = {}
    found = [*problems, *_unknown_keys(data, list(known)), *_missing_keys(data)]
    for name in known:
        if name in data:
            try:
                values[name] = _value(data[name], known[name].type)
            except ProblemsError as error:
                found += [attrs.evolve(one, where=_under(name, one)) for one in error.problems]
    try:
        rules = _make(**(_STANDINS | values))
    except ProblemsError as error:
        found += error.problems
    except BudgetperfError as error:
        found.append(Problem(code=error.code, where=f"$.{error.field}", message=error.message))
    else:
        if not found:
            return rules
    raise ProblemsError("bad-ruleset", tuple(found))


def _value(data: object, kind: object) -> object:
    return structure(make_converter(), data, cast("type[Any]", kind), code="bad-ruleset")


def _under(name: str, problem: Problem) -> str:
    return f"$.{name}{problem.where.removeprefix('$')}"


def _unknown_keys(data: _Data, known: list[str]) -> Iterator[Problem]:
    for key in sorted(set(data) - set(known)):
        near = difflib.get_close_matches(key, known, n=2)
        options = "、".join(near or known)
        message = Text(
            zh=f"没有这个键；可用的是 {options}",
            en=f"no such key; {'did you mean' if near else 'the keys are'} {options}",
        )
        yield Problem(code="unknown-key", where=f"$.{key}", message=message)


def _missing_keys(data: _Data) -> Iterator[Problem]:
    for key in _STANDINS:
        if key not in data:
            message = Text(zh=f"缺少必需的键 {key!r}", en=f"the required key {key!r} is missing")
            yield Problem(code="missing-key", where=f"$.{key}", message=message)


def _names(value: object, problems: list[Problem]) -> list[str]:
    try:
        return cast("list[str]", _value(value, list[str]))
    except ProblemsError as error:
        problems += [attrs.evolve(one, where=_under("without", one)) for one in error.problems]
        return []


def _nothing_to_leave_out(name: str, base: RuleSet, known: list[str]) -> Problem:
    near = "、".join(difflib.get_close_matches(name, known, n=2) or known)
    message = Text(
        zh=f"{base.id} 没有 {name!r}，无从略去；有的是 {near}",
        en=f"{base.id} says nothing of {name!r}, which cannot be left out; there is {near}",
    )
    return Problem(code="unknown-key", where="$.without", message=message)
