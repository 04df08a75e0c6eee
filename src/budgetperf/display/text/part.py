"""A part of a report, a whole one and a rate as plain text."""

from __future__ import annotations

from collections.abc import Iterator

from budgetperf.display.words.part import (
    FORM,
    NARRATIVE,
    NOTHING,
    Listing,
    cell_text,
    facts,
    listings,
)
from budgetperf.exact import COLON, Missing, Text
from budgetperf.exact.text import visible
from budgetperf.model import SelfEvaluation
from budgetperf.model.fields import Part

from .tables import joined_lines, table_text

__all__ = ["part_text", "report_text"]


def part_text(part: Part, *, lang: str) -> str:
    """What a part of a report states: a fact a line, then what it has several of, as tables."""
    return joined_lines(_lines(part, lang)) or NOTHING.pick(lang)


def report_text(report: SelfEvaluation, *, lang: str) -> str:
    """The report: who and when, then what either part of it states."""
    return joined_lines(_report(report, lang))


def _report(report: SelfEvaluation, lang: str) -> Iterator[str]:
    name, year = report.about, report.department.year
    when = "—" if isinstance(year, Missing) else str(year.value)
    title = Text(zh="{}　{} 年度绩效自评报告", en="{}, self-evaluation for {}")
    yield title.fill(name if isinstance(name, str) else "—", when).pick(lang)
    yield report.kind.label.pick(lang)
    yield from _lines(report.project, lang)
    for label, part in (
        (Text(zh="部门", en="department"), report.department),
        (NARRATIVE, report.narrative),
        (FORM, report.form),
    ):
        lines = list(_lines(part, lang))
        if lines:
            yield ""
            yield f"── {label.pick(lang)} " + "─" * 40
            yield from lines


def _lines(part: Part, lang: str) -> Iterator[str]:
    for label, value in facts(part):
        yield COLON.join((label, cell_text(value, lang))).pick(lang)
    for listing in listings(part):
        yield f"{listing.title.pick(lang)}{COLON.pick(lang).rstrip()}"
        yield from (f"  {line}" for line in _table(listing, lang))


def _table(listing: Listing, lang: str) -> list[str]:
    rows = [tuple(head.pick(lang) for head in listing.heads)]
    rows += [tuple(visible(cell_text(cell, lang)) for cell in row) for row in listing.rows]
    return table_text(rows).split("\n")
