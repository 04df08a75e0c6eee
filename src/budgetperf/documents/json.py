"""Reports as JSON, schema ``budgetperf/report/1``: versioned, exact, and the same again when read.

Numbers are strings; only whole counts such as line numbers are JSON numbers. What is not stated is
left out.
"""

from __future__ import annotations

import json

import attrs

from budgetperf.display.data.schemas import schema_text
from budgetperf.exact import BudgetperfError, Text
from budgetperf.exact.shown import Json
from budgetperf.exact.text import shown
from budgetperf.model import SelfEvaluation
from budgetperf.model.report import require_report
from budgetperf.plain.json_text import json_data, json_text
from budgetperf.plain.structuring import make_converter, structure

__all__ = ["SCHEMA", "dumps", "loads", "schema"]

SCHEMA = "budgetperf/report/1"
"""The schema that is written and read."""


def dumps(report: SelfEvaluation, *, indent: int | None = None) -> str:
    """The report as JSON.

    What a terminal would obey instead of showing it, such as a change of the direction of writing,
    is written as ``\\u202e``, so that the text shows what it says; read again it is the same.

    Args:
        report: the report.
        indent: how far to indent; one line if ``None``.
    """
    return json_text(report_data(report), indent=indent)


def report_data(report: SelfEvaluation) -> dict[str, Json]:
    """The report as the plain data that :func:`dumps` writes."""
    require_report(report)
    data: dict[str, Json] = make_converter().unstructure(_Document(schema=SCHEMA, report=report))
    return data


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
    return structure(make_converter(), data, _Document, code="bad-report").report


def schema(name: str = "report") -> dict[str, Json]:
    """The JSON Schema (draft 2020-12) of what the library writes as JSON.

    Args:
        name: ``report``, ``rules``, ``audit``, ``check``, ``fit``, ``scorecard`` or ``examples``.

    Raises:
        NotFoundError: there is none of that name (a ``KeyError``).
    """
    loaded: dict[str, Json] = json.loads(schema_text(name))
    return loaded


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
