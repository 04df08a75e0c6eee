"""A rule-set from plain data, with every problem of it at once."""

from __future__ import annotations

import difflib
import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias, cast

import attrs

from budgetperf.citations import Status
from budgetperf.exact import BudgetperfError, Problem, ProblemsError, Text
from budgetperf.exact.limits import MAX_PROBLEMS
from budgetperf.exact.text import shortened, shown
from budgetperf.plain.structuring import is_clouded, shared_converter, structured, unknown_key

from .ruleset import Measure, RuleSet

__all__ = ["built", "merged", "refused"]

_Data: TypeAlias = Mapping[str, object]
_make: Callable[..., RuleSet] = RuleSet

_RULES = ("execution", "at_least", "at_most", "equal", "above", "below")
"""The tables of which a derived rule-set may change single keys."""
_OWN = ("id", "title", "replaces", "verified")
"""What is said of one rule-set alone."""
_REQUIRED: dict[str, object] = {
    "id": "unknown",
    "title": Text(zh="?", en="?"),
    "status": Status.TEXT,
}
"""What has to be there, and what stands for it while the other parts are compared."""
_STANDINS: dict[str, object] = {
    "weight": "1",
    "measure": Measure.COMPLETION.value,
    "curve": {"knots": [{"x": "0", "y": "1"}]},
    "discretion": None,
    "steps": {"start": "1", "width": "1", "loss": "1"},
}
"""What stands, by its key, for what cannot be read while the rest of a part is."""


def merged(base: RuleSet, data: _Data) -> RuleSet:
    """The rule-set that differs from ``base`` by ``data``.

    Raises:
        ProblemsError: ``data`` is not in order; every problem is listed with its key.
    """
    old = cast("dict[str, object]", shared_converter().unstructure(base))
    new = {name: value for name, value in old.items() if name not in _OWN}
    own = {name: value for name, value in data.items() if name != "without"}
    left_out, problems = _left_out(data)
    for name in left_out:
        if name not in new and len(problems) <= MAX_PROBLEMS:
            problems.append(_nothing_to_leave_out(name, base.id, list(new)))
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
    values, unread = _parts(data)
    missing = _missing_keys(data, tuple(_REQUIRED))
    wrong = [*problems, *_unknown_keys(data, tuple(_known())), *missing, *unread]
    rules, contradictions = _compared(values)
    if rules is not None and not wrong:
        return rules
    lost = {f"$.{name}" for name in data if name not in values}
    wrong += [problem for problem in contradictions if not _is_open(problem, wrong, lost)]
    raise ProblemsError("bad-ruleset", tuple(wrong))


def _is_open(problem: Problem, wrong: Sequence[Problem], lost: set[str]) -> bool:
    """Whether a contradiction may be none, as something that it follows from could not be read."""
    from_whole, from_parts = [problem.where], list[str]()
    if problem.code == "layout-sum":
        from_parts = ["$.execution", "$.execution.weight", "$.total"]
    if problem.code == "over-completion":
        rule = problem.where.removesuffix(".over_completion")
        from_whole.append(f"{rule}.curve")
        from_parts = [f"{rule}.curve", f"{rule}.measure", "$.deviation"]
    unread = lost | {other.where for other in wrong if other.code != "number-with-fraction"}
    return any(is_clouded(where, wrong) for where in from_whole) or not unread.isdisjoint(
        from_parts
    )


def refused(data: _Data, problem: Problem) -> ProblemsError:
    """Every problem of ``data`` whose base is not known, as far as it can be told without it."""
    left_out, wrong = _left_out(data)
    values, unread = _parts(data)
    known = list(_known())
    _, contradictions = _compared(values)
    problems = [
        problem,
        *wrong,
        *itertools.islice(
            (_nothing_to_leave_out(name, "", known) for name in left_out if name not in known),
            MAX_PROBLEMS,
        ),
        *_unknown_keys(data, (*known, "without")),
        *_missing_keys(data, ("id", "title")),
        *(fault for fault in unread if not (fault.code == "missing-key" and _is_of_a_rule(fault))),
    ]
    # The parts that the base would bring are not there: only what is wrong by itself is told.
    own = ("bad-id", "bad-date", "dates-order")
    problems += [fault for fault in contradictions if fault.code in own]
    return ProblemsError("bad-ruleset", tuple(problems))


def _parts(data: _Data) -> tuple[dict[str, object], list[Problem]]:
    """The parts of a rule-set that can be read, and what is wrong with the others."""
    values: dict[str, object] = {}
    wrong: list[Problem] = []
    for name, kind in _known().items():
        if name in data:
            value, problems = _value(data[name], kind)
            wrong += [attrs.evolve(problem, where=_under(name, problem)) for problem in problems]
            if value is not None:
                values[name] = value
    return values, wrong


def _known() -> dict[str, object]:
    fields = attrs.fields_dict(attrs.resolve_types(RuleSet))
    return {name: field.type for name, field in fields.items()}


def _compared(values: dict[str, object]) -> tuple[RuleSet | None, Sequence[Problem]]:
    """The rule-set of these parts, or how they contradict each other."""
    try:
        return _make(**(_REQUIRED | values)), ()
    except ProblemsError as error:
        return None, error.problems
    except BudgetperfError as error:
        return None, (Problem(code=error.code, where=f"$.{error.field}", message=error.message),)


def _value(data: object, kind: object) -> tuple[object, tuple[Problem, ...]]:
    made = cast("type[Any]", kind)
    return structured(shared_converter(), data, made, standins=_STANDINS)


def _under(name: str, problem: Problem) -> str:
    return f"$.{name}{problem.where.removeprefix('$')}"


def _is_of_a_rule(problem: Problem) -> bool:
    """Whether it is about a key right in a table such as ``[execution]``."""
    _, name, *keys = problem.where.split(".")
    return name in _RULES and len(keys) == 1


def _unknown_keys(data: _Data, known: Sequence[str]) -> Iterator[Problem]:
    for key in sorted(set(data) - set(known))[: MAX_PROBLEMS + 1]:
        yield unknown_key(key, f"$.{shortened(key)}", known)


def _missing_keys(data: _Data, required: Sequence[str]) -> Iterator[Problem]:
    for key in required:
        if key not in data:
            message = Text(
                zh=f"缺少必需的键 {shown(key)}", en=f"the required key {shown(key)} is missing"
            )
            yield Problem(code="missing-key", where=f"$.{key}", message=message)


def _left_out(data: _Data) -> tuple[list[str], list[Problem]]:
    value, wrong = _value(data.get("without", []), tuple[str, ...])
    problems = [attrs.evolve(problem, where=_under("without", problem)) for problem in wrong]
    return list(cast("tuple[str, ...]", value or ())), problems


def _nothing_to_leave_out(name: str, base: str, known: list[str]) -> Problem:
    near = difflib.get_close_matches(name, known, n=2) or known
    message = Text(
        zh=f"{base or '规则集'} 没有 {shown(name)}，不能略去；可以略去的有 {'、'.join(near)}",
        en=f"{base or 'a rule-set'} says nothing of {shown(name)}, which cannot be left out; "
        f"there is {', '.join(near)}",
    )
    return Problem(code="unknown-key", where="$.without", message=message)
