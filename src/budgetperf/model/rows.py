"""Parts of a report from the rows of a table: the names of fields above the columns."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

import attrs

from budgetperf.exact import BudgetperfError, Problem, Text
from budgetperf.exact.checking import problems_of, raise_together
from budgetperf.exact.text import shown

__all__ = ["named", "parts_of_rows"]

_Part = TypeVar("_Part")


def parts_of_rows(
    kind: type[_Part], fields: str | Sequence[str], rows: Iterable[Sequence[object]]
) -> list[_Part]:
    """A part of each row; see :meth:`budgetperf.model.fields.Element.from_rows`."""
    names = named(fields)
    raise_together("bad-rows", _wrong_names(kind, names))
    made = list[_Part]()
    problems = list[Problem]()
    for number, row in enumerate(rows):
        place = f"$[{number}]"
        if isinstance(row, str) or len(row) != len(names):
            message = _OTHER_LENGTH.fill(shown(row), len(names), " ".join(names))
            problems.append(Problem(code="row-length", where=place, message=message))
            continue
        try:
            made.append(kind(**dict(zip(names, row, strict=True))))
        except BudgetperfError as error:
            problems += problems_of(error, within=place)
    raise_together("bad-rows", problems)
    return made


def named(fields: str | Sequence[str]) -> list[str]:
    """The names above the columns."""
    return fields.split() if isinstance(fields, str) else list(fields)


_OTHER_LENGTH = Text(
    zh="{} 须有 {} 项，依次为 {}；没有的写 None",
    en="{} must have {} cells, those of {}; write None where there is none",
)


def _wrong_names(kind: type, names: Sequence[str]) -> Iterator[Problem]:
    """Names that no field has or that stand twice, and fields that must be there and are not."""
    fields = attrs.fields_dict(kind)
    known = [name for name, attribute in fields.items() if attribute.init]
    for name in known:
        if fields[name].default is attrs.NOTHING and name not in names:
            message = _LACKING.fill(kind.__name__)
            yield Problem(code="missing-field", where=f"$.{name}", message=message)
    for name in dict.fromkeys(names):
        if name not in known:
            near = difflib.get_close_matches(name, known, n=2) or known
            message = _NO_FIELD.fill(shown(name), kind.__name__, " ".join(near))
            yield Problem(code="unknown-field", where=f"$.{name}", message=message)
        elif names.count(name) > 1:
            yield Problem(code="field-twice", where=f"$.{name}", message=_TWICE)


_NO_FIELD = Text(zh="{} 不是 {} 的字段：可写 {}", en="{} is no field of {}: write {}")
_LACKING = Text(zh="{} 须有这一项：请加上这一列", en="{} must have it: add a column of it")
_TWICE = Text(zh="列出了两次：请去掉其一", en="it is named twice: leave one of the two out")
