"""A part of a report, a whole one and a rate as plain text."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from budgetperf.display.words.part import NOTHING, Listing, cell_text, facts, listings
from budgetperf.exact import COLON, Missing, Text
from budgetperf.exact.text import visible
from budgetperf.model import SelfEvaluation
from budgetperf.model.fields import Part, label_of

from .lines import headline, joined_lines
from .tables import table_text

__all__ = ["part_text", "report_text"]


def part_text(part: Part, *, lang: str) -> str:
    """What a part of a report states: a fact a line, then what it has several of, as tables."""
    return joined_lines(_lines(part, lang)) or NOTHING.pick(lang)


def report_text(report: SelfEvaluation, *, lang: str) -> str:
    """The report: who and when, then what either part of it states."""
    return joined_lines(_report(report, lang))


def _report(report: SelfEvaluation, lang: str) -> Iterator[str]:
    about, year = report.about, report.department.year
    when = "—" if isinstance(year, Missing) else str(year.value)
    title = Text(zh="{}　{} 年度绩效自评报告", en="{}, self-evaluation for {}")
    yield title.fill(about if isinstance(about, str) else "—", when).pick(lang)
    yield report.kind.label.pick(lang)
    yield from _lines(report.project, lang)
    fields = attrs.fields_dict(SelfEvaluation)
    for name in ("department", "narrative", "form"):
        lines = list(_lines(getattr(report, name), lang))
        if lines:
            yield ""
            yield headline(label_of(fields[name]).pick(lang))
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
