"""Reports as JSON, schema ``budgetperf/report/1``: versioned, exact, and the same again when read.

Numbers are strings; only whole counts such as line numbers are JSON numbers. What is not stated is
left out.
"""

from __future__ import annotations

import attrs

from budgetperf.display.data.model import REPORT_SCHEMA, report_data
from budgetperf.display.data.schemas import schema
from budgetperf.exact import BudgetperfError, Text
from budgetperf.exact.text import shown
from budgetperf.exact.written.by_name import by_name
from budgetperf.model import SelfEvaluation
from budgetperf.model.report import require_report
from budgetperf.plain.json_text import json_data, json_text
from budgetperf.plain.structuring import shared_converter, structure

__all__ = ["SCHEMA", "dumps", "loads", "schema"]

SCHEMA = REPORT_SCHEMA
"""The schema that is written and read."""


@by_name
def dumps(report: SelfEvaluation, *, indent: int | None = None) -> str:
    """The report as JSON.

    What a terminal would obey instead of showing it, such as a change of the direction of writing,
    is written as ``\\u202e``, so that the text shows what it says; read again it is the same.

    Args:
        report: the report.
        indent: how far to indent; one line if ``None``.
    """
    require_report(report)
    return json_text(report_data(report), indent=indent)


@by_name
def loads(text: str) -> SelfEvaluation:
    """The report that :func:`dumps` wrote.

    Raises:
        WrongTypeError: it is no text (a ``TypeError``).
        ProblemsError: the text is no JSON, is too long or nested too deep, has another schema, an
            unknown or missing key, a key twice, or a number where a string is due; every problem
            is listed with its place, such as ``$.report.form.total_score.value``.
    """
    return report_of(json_data(text, code="bad-json"))


def report_of(data: object) -> SelfEvaluation:
    """The report that plain data holds.

    Raises:
        ProblemsError: it holds none; as :func:`loads` says.
    """
    return structure(shared_converter(), data, _Document, code="bad-report").report


def _is_known(_: object, attribute: attrs.Attribute[str], value: str) -> None:
    if value != SCHEMA:
        raise BudgetperfError(
            "unknown-schema",
            Text(
                zh=f"无法识别 {shown(value)}：这里读取的是 {SCHEMA!r}",
                en=f"{shown(value)} is not known: expected {SCHEMA!r}",
            ),
            field=attribute.name,
        )


@attrs.frozen(kw_only=True)
class _Document:
    """What the JSON holds at its top."""

    schema: str = attrs.field(validator=_is_known)
    report: SelfEvaluation
