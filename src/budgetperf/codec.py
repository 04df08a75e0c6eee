"""Reports as JSON, schema ``budgetperf/report/1``: versioned, exact, and the same again when read.

Numbers are strings; only whole counts such as line numbers are JSON numbers. What is not stated is
left out.
"""

from __future__ import annotations

import json
from typing import Any

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
    data = {"schema": SCHEMA, "report": make_converter().unstructure(report)}
    return json.dumps(data, ensure_ascii=False, indent=indent)


def loads(text: str) -> SelfEvaluation:
    """The report that :func:`dumps` wrote.

    Raises:
        ProblemsError: the text is no JSON, has another schema, an unknown or missing key, or a
            number where a string is due; every problem is listed with its place, such as
            ``$.report.form.total_score.value``.
    """
    try:
        data: Any = json.loads(text, parse_float=InexactNumber, parse_constant=InexactNumber)
    except (json.JSONDecodeError, RecursionError) as error:
        message = Text(zh=f"不是有效的 JSON：{error}", en=f"not valid JSON: {error}")
        raise _refused("bad-json", "$", message) from None
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        message = Text(
            zh=f"不是 {SCHEMA} 的 JSON：顶层应有 schema 与 report",
            en=f"not JSON of {SCHEMA}: schema and report should stand at the top",
        )
        raise _refused("unknown-schema", "$.schema", message)
    try:
        return structure(
            make_converter(), data.get("report", {}), SelfEvaluation, code="bad-report"
        )
    except ProblemsError as error:
        problems = tuple(
            Problem(code=p.code, where=p.where.replace("$", "$.report", 1), message=p.message)
            for p in error.problems
        )
        raise ProblemsError("bad-report", problems) from None


def _refused(code: str, where: str, message: Text) -> BudgetperfError:
    return ProblemsError(code, (Problem(code=code, where=where, message=message),))
