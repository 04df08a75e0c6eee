"""From what was read, each at its path, to the value objects of the model: in the document, and in
what stands beside its form and was read by itself."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType
from typing import Any, TypeAlias, TypeVar, cast

import attrs

from budgetperf.documents.basic_data import plain
from budgetperf.exact import Figure, Missing, Stated
from budgetperf.exact.checking import check_types
from budgetperf.exact.figure import at_path
from budgetperf.model import (
    Achievement,
    Breakdown,
    CategoryAmount,
    EconomicCategory,
    EvaluationKind,
    FundingKind,
    FundingSource,
    Indicator,
    ListedProject,
    OtherYear,
    Portion,
    SelfEvaluation,
    Survey,
    Target,
)
from budgetperf.model.fields import Element, Part, copied
from budgetperf.model.precision import precise_in_columns

from .segments import Segment

__all__ = ["NOTHING_BESIDE", "Beside", "Found", "NamedRow", "Value", "assemble"]

_P = TypeVar("_P", bound=Part)
Value: TypeAlias = Stated | Target | str | dt.date | bool


@attrs.frozen(kw_only=True)
class Found:
    """A value and the path at which the layout puts it; elements are named by key or number."""

    path: str
    value: Value

    @property
    def number(self) -> Fraction | None:
        """Its number, in the base unit; ``None`` if it is no figure."""
        return self.value.nominal if isinstance(self.value, Figure) else None


@attrs.frozen(kw_only=True)
class NamedRow:
    """What a table says of an indicator, which it only names.

    Args:
        name: its name.
        values: each value at its field.
        segments: the cells that hold them.
    """

    name: str
    values: tuple[Found, ...]
    segments: tuple[Segment, ...]


@attrs.frozen(kw_only=True)
class Beside:
    """What a table beside the form states.

    Args:
        values: each value at its path.
        rows: what it says of indicators of the form.
        segments: its cells, with what was understood of them.
    """

    values: tuple[Found, ...] = ()
    rows: tuple[NamedRow, ...] = ()
    segments: tuple[Segment, ...] = ()

    def among(self, values: Sequence[Found]) -> list[Found]:
        """What it states in the report that has these values, at its paths: of indicators what is
        said of those whose names the form has as often."""
        own = list(self.values)
        places, rows = defaultdict[str, list[str]](list), defaultdict[str, list[NamedRow]](list)
        for value in values:
            where, _, field = value.path.rpartition(".")
            if field == "name" and where.startswith("form.indicators["):
                places[plain(str(value.value))].append(where)
        for row in self.rows:
            rows[plain(row.name)].append(row)
        for name, several in rows.items():
            if len(places[name]) != len(several):
                continue
            for where, row in zip(places[name], several, strict=True):
                own += [
                    attrs.evolve(of_row, path=f"{where}.{of_row.path}") for of_row in row.values
                ]
                for segment in row.segments:
                    segment.understand(0, segment.length)
        return own


NOTHING_BESIDE = Beside()


_Branch: TypeAlias = dict[str, Any]

# Elements are grown from one that states nothing, and checked once, with what was found.
_ELEMENTS: Mapping[str, tuple[Element, Callable[[str], _Branch]]] = MappingProxyType(
    {
        "sources": (
            FundingSource(kind=FundingKind.OTHER),
            lambda key: {"kind": FundingKind(key.partition("·")[0])},
        ),
        "categories": (
            CategoryAmount(category=EconomicCategory.CAPITAL),
            lambda key: {"category": EconomicCategory(key)},
        ),
        "achievements": (Achievement(name=""), lambda key: {"name": key}),
        "surveys": (Survey(name=""), lambda _: {}),
        "indicators": (Indicator(), lambda _: {}),
        "breakdowns": (Breakdown(name=""), lambda _: {}),
        "parts": (Portion(name=""), lambda _: {}),
        "listed": (ListedProject(name=""), lambda _: {}),
        "other_years": (OtherYear(year=""), lambda key: {"year": key}),
    }
)
"""By the name of their tuple an element that states nothing, and what a key says of one."""
_BLANK = SelfEvaluation(kind=EvaluationKind.DEPARTMENT)

_STEPS = re.compile(r"([a-z_0-9]+)(?:\[([^\]]*)\])?")


def assemble(values: list[Found], kind: EvaluationKind) -> SelfEvaluation:
    """The report made of what was found, its figures as precise as their columns.

    The first value at a path stands, and one that is missing only until there is another. A
    figure that comes again at the same path is kept in ``repeated``, so that nothing is lost.
    """
    root: _Branch = {}
    indices: dict[str, dict[str, int]] = {}
    parts: dict[str, tuple[_Branch, str]] = {}
    placed: list[tuple[_Branch, str, Figure]] = []
    repeated: list[Figure] = []
    for new in values:
        part, _, last = new.path.rpartition(".")
        if part not in parts:
            parts[part] = _part(part, root, indices)
        branch, path = parts[part]
        before = branch.get(last)
        if isinstance(new.value, Figure) and isinstance(before, Figure):
            repeated.append(at_path(new.value, path + last))
        elif before is None or (isinstance(before, Missing) and not isinstance(new.value, Missing)):
            value = branch[last] = _at_path(new.value, path + last)
            figure = value.value if isinstance(value, Target) else value
            if isinstance(figure, Figure):
                placed.append((branch, last, figure))
    # Before anything is grown of them: a report would have to be taken apart again for it.
    pairs = [(figure.path, figure) for _, _, figure in placed]
    precise = precise_in_columns(SelfEvaluation, pairs)
    for branch, last, figure in placed:
        shared = precise(figure.path, figure)
        if shared is not figure:
            value = branch[last]
            is_target = isinstance(value, Target)
            branch[last] = attrs.evolve(value, value=shared) if is_target else shared
    again = tuple(precise(figure.path, figure) for figure in repeated)
    return _grown(_BLANK, {"kind": kind, "repeated": again, **root})


def _part(way: str, root: _Branch, indices: dict[str, dict[str, int]]) -> tuple[_Branch, str]:
    """The branch that a way of names and keys leads to, and the path that it is at."""
    branch, path = root, ""
    for name, key in _STEPS.findall(way):
        branch, path = _below(branch, name), f"{path}{name}."
        if key:
            known = indices.setdefault(path, {})
            index = known.setdefault(key, len(known))
            branch, path = _below(branch, key), f"{path[:-1]}[{index}]."
    return branch, path


def _below(branch: _Branch, name: str) -> _Branch:
    child: _Branch = branch.setdefault(name, {})
    return child


def _at_path(value: Value, path: str) -> Value:
    if isinstance(value, Figure):
        return at_path(value, path)
    if isinstance(value, Target) and isinstance(value.value, Figure):
        return attrs.evolve(value, value=at_path(value.value, f"{path}.value"))
    return value


def _grown(part: _P, branch: _Branch) -> _P:
    """``part`` with what the branch holds in place of what was not stated."""
    changes: _Branch = {}
    for name, value in branch.items():
        if not isinstance(value, dict):
            changes[name] = value
        elif name in _ELEMENTS:
            children = cast("dict[str, _Branch]", value)
            blank, of_key = _ELEMENTS[name]
            elements = [_grown(blank, {**of_key(key), **child}) for key, child in children.items()]
            changes[name] = tuple(elements)
        else:
            child = cast("_Branch", value)
            changes[name] = _grown(getattr(part, name), child)
    grown = copied(part, type(part), changes)
    check_types(cast("attrs.AttrsInstance", grown))
    return grown
