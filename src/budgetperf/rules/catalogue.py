"""The rule-sets that are shipped, and those of a user's own file."""

from __future__ import annotations

import functools
from pathlib import Path

from budgetperf.exact import BudgetperfError, Problem, ProblemsError, Text
from budgetperf.exact.structuring import InexactNumber, data_folder, make_converter, structure

from .ruleset import RuleSet

__all__ = ["get", "ids", "load"]


def ids() -> tuple[str, ...]:
    """The ids of the rule-sets that are shipped."""
    files = data_folder("budgetperf.rules", "data").iterdir()
    return tuple(sorted(file.name.removesuffix(".toml") for file in files))


@functools.cache
def get(id: str) -> RuleSet:
    """The shipped rule-set ``id``.

    Raises:
        BudgetperfError: there is none; near matches are named.

    >>> get("yitihua-default").status.value
    'implementation'
    """
    known = ids()
    if id not in known:
        import difflib

        near = difflib.get_close_matches(id, known, n=3) or known
        raise BudgetperfError(
            "unknown-ruleset",
            Text(
                zh=f"没有规则集 {id!r}；可用的有 {'、'.join(near)}",
                en=f"there is no rule-set {id!r}; there is {', '.join(near)}",
            ),
            field="rules",
        )
    file = data_folder("budgetperf.rules", "data") / f"{id}.toml"
    return _parse(file.read_text(encoding="utf-8"), f"{id}.toml")


def load(path: str | Path) -> RuleSet:
    """A rule-set from a TOML file of one's own.

    Raises:
        OSError: the file cannot be read.
        ProblemsError: the file is no rule-set; every problem is listed with its key.
    """
    path = Path(path)
    return _parse(path.read_text(encoding="utf-8"), path.name)


def _parse(text: str, name: str) -> RuleSet:
    import tomllib

    try:
        data = tomllib.loads(text, parse_float=InexactNumber)
    except tomllib.TOMLDecodeError as error:
        message = Text(zh=f"不是有效的 TOML：{error}", en=f"not valid TOML: {error}")
        problem = Problem(code="bad-toml", where=name, message=message)
        raise ProblemsError("bad-ruleset", (problem,)) from None
    return structure(make_converter(), data, RuleSet, code="bad-ruleset")
