"""Reports as JSON, schema ``budgetperf/report/1``: versioned, exact, and the same again when read.

Numbers are strings; only whole counts such as line numbers are JSON numbers. What is not stated is
left out.
"""

from __future__ import annotations

import json

import attrs

from budgetperf.exact import BudgetperfError, Problem, ProblemsError, Text
from budgetperf.exact.structuring import InexactNumber, make_converter, structure
from budgetperf.model import SelfEvaluation

__all__ = ["SCHEMA", "dumps", "loads"]

SCHEMA = "budgetperf/report/1"
"""The schema that is written and read."""


def dumps(report: SelfEvaluation, *, indent: int | None = None) -> str:
    """The report as JSON.

    Args:
        report: the report.
        indent: how far to indent; one line if ``None``.
    """
    data = make_converter().unstructure(_Document(schema=SCHEMA, report=report))
    return json.dumps(data, ensure_ascii=False, indent=indent)


def loads(text: str) -> SelfEvaluation:
    """The report that :func:`dumps` wrote.

    Raises:
        ProblemsError: the text is no JSON, has another schema, an unknown or missing key, or a
            number where a string is due; every problem is listed with its place, such as
            ``$.report.form.total_score.value``.
    """
    try:
        data: object = json.loads(text, parse_float=InexactNumber, parse_constant=InexactNumber)
    except (json.JSONDecodeError, RecursionError) as error:
        message = Text(zh=f"不是有效的 JSON：{error}", en=f"not valid JSON: {error}")
        problem = Problem(code="bad-json", where="$", message=message)
        raise ProblemsError("bad-json", (problem,)) from None
    return structure(make_converter(), data, _Document, code="bad-report").report


def _is_known(_: object, attribute: attrs.Attribute[str], value: str) -> None:
    if value != SCHEMA:
        raise BudgetperfError(
            "unknown-schema",
            Text(
                zh=f"不认识 {value!r}：这里读取的是 {SCHEMA!r}",
                en=f"{value!r} is not known: what is read here is {SCHEMA!r}",
            ),
            field=attribute.name,
        )


@attrs.frozen(kw_only=True)
class _Document:
    """What the JSON holds at its top."""

    schema: str = attrs.field(validator=_is_known)
    report: SelfEvaluation
