"""Worked examples of rule-sets: what goes in, what comes out, and where that stands."""

from __future__ import annotations

import functools
from fractions import Fraction
from pathlib import Path

import attrs

from budgetperf.exact import ExactInput, Problem, ProblemsError, Text, to_exact
from budgetperf.exact.structuring import InexactNumber, data_folder, make_converter, structure

__all__ = ["Example", "ExampleRow", "examples", "load_examples"]


def _optional(value: ExactInput | None) -> Fraction | None:
    return None if value is None else to_exact(value)


@attrs.frozen(kw_only=True)
class ExampleRow:
    """A row of the indicator table, as printed, and the score that is due.

    Args:
        target, actual: as printed, such as ``≥90%``; ``/`` where the indicator does not apply.
        weight: the points.
        score: the score that is due; with ``most`` the least one of those admitted.
        most: the highest score admitted, where the rule leaves room for judgement.
        none: the code of the reason why no score follows.
        name, level1: the indicator and its heading, where the rule is for these.
    """

    target: str = ""
    actual: str = ""
    weight: Fraction = attrs.field(converter=to_exact)
    score: Fraction | None = attrs.field(default=None, converter=_optional)
    most: Fraction | None = attrs.field(default=None, converter=_optional)
    none: str = ""
    name: str = "某指标"
    level1: str = ""


@attrs.frozen(kw_only=True)
class Example:
    """A case with the scores that are due, worked out by hand or published.

    Args:
        name: what it shows.
        source: where the figures stand, or how they were worked out.
        budget, initial, executed: 全年预算数, 年初预算数 and 全年执行数 in one unit.
        execution: the execution score that is due; with ``execution_most`` the least admitted.
        execution_most: the highest one admitted.
        printed: the same as the document prints it, where it was rounded further.
        execution_none: the code of the reason why no execution score follows.
        rows: the rows of the indicator table.
        reason: the reason for the adjustment of the budget, if one is stated.
        total: the total that is due.
        rating: the rating that is due.
    """

    name: Text
    source: Text
    budget: str = ""
    initial: str = ""
    executed: str = ""
    execution: Fraction | None = attrs.field(default=None, converter=_optional)
    execution_most: Fraction | None = attrs.field(default=None, converter=_optional)
    printed: str = ""
    execution_none: str = ""
    rows: tuple[ExampleRow, ...] = ()
    reason: str = ""
    total: Fraction | None = attrs.field(default=None, converter=_optional)
    rating: str = ""


@attrs.frozen(kw_only=True)
class _Examples:
    example: tuple[Example, ...]


@functools.cache
def examples(id: str) -> tuple[Example, ...]:
    """The worked examples of the shipped rule-set ``id``; none if there is no such id."""
    file = data_folder("budgetperf.rules", "examples") / f"{id}.toml"
    if not file.is_file():
        return ()
    return _parse(file.read_text(encoding="utf-8"), f"{id}.toml")


def load_examples(path: str | Path) -> tuple[Example, ...]:
    """The worked examples of a TOML file of one's own.

    Raises:
        OSError: the file cannot be read.
        ProblemsError: the file holds no examples; every problem is listed with its key.
    """
    path = Path(path)
    return _parse(path.read_text(encoding="utf-8"), path.name)


def _parse(text: str, name: str) -> tuple[Example, ...]:
    import tomllib

    try:
        data = tomllib.loads(text, parse_float=InexactNumber)
    except tomllib.TOMLDecodeError as error:
        message = Text(zh=f"不是有效的 TOML：{error}", en=f"not valid TOML: {error}")
        problem = Problem(code="bad-toml", where=name, message=message)
        raise ProblemsError("bad-examples", (problem,)) from None
    return structure(make_converter(), data, _Examples, code="bad-examples").example
