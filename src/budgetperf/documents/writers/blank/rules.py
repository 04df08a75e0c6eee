"""The sheet of an empty form with the rules that it is scored by, and what they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from budgetperf.display.words.ruleset import Said, Section, facts, sections, standing_text
from budgetperf.documents.writers.sheet import LEAST, LINE, Styles, spread, worksheet
from budgetperf.exact import COLON, Text, columns
from budgetperf.rules import RuleSet

from .entry import LOCKED, Cell, Kind, rows_xml, style_numbers

__all__ = ["rules_sheet"]

_WIDTHS = (26, 24, 24, 24)
_LAST = len(_WIDTHS)
_TITLE = "评分规则"
_NO_RULES = "没有选用规则集：得分由填报人填写，或以后由 budgetperf compose 按规则集计算。"


def rules_sheet(rules: RuleSet | None, styles: Styles) -> str:
    """The XML of the sheet, a table as wide as a page.

    Args:
        rules: the rule-set, if one was chosen.
        styles: those of the workbook.
    """
    lines = _no_rules() if rules is None else _lines(rules)
    cells = [cell for row, line in enumerate(lines, start=1) for cell in _placed(row, line)]
    heights: dict[int, float] = {}
    for cell in cells:
        room = sum(_WIDTHS[cell.at - 1 : cell.last]) - 3
        needed = sum(-(-max(columns(line), 1) // room) for line in cell.text.split("\n"))
        height = max(LEAST, needed * LINE + 6) if cell.kind is not Kind.TITLE else 36
        heights[cell.row] = max(height, heights.get(cell.row, 0))
    return worksheet(
        rows_xml(
            cells, style_numbers(styles), lambda row: f' ht="{heights[row]}" customHeight="1"'
        ),
        [cell.stretch for cell in cells if cell.stretch],
        _WIDTHS,
        protection=LOCKED,
    )


_Line = tuple[Kind, Sequence[str]]
"""A row: what it is, and the words that share its room."""


def _placed(row: int, line: _Line) -> Iterator[Cell]:
    kind, words = line
    if kind is Kind.NAME and len(words) == _FACT:
        yield Cell(row=row, at=1, text=words[0], kind=Kind.LABEL)
        yield Cell(row=row, at=2, to=_LAST, text=words[1], kind=kind)
        return
    for text, (start, end) in zip(words, spread(1, _LAST, len(words)), strict=True):
        yield Cell(row=row, at=start, to=end, text=text, kind=kind)


_FACT = 2


def _no_rules() -> Iterator[_Line]:
    yield Kind.TITLE, [_TITLE]
    yield Kind.TEXT, [_NO_RULES]


def _lines(rules: RuleSet) -> Iterator[_Line]:
    yield Kind.TITLE, [_TITLE]
    yield Kind.TEXT, [rules.title.zh]
    yield Kind.TEXT, [standing_text(rules.status).zh]
    if rules.note:
        yield Kind.TEXT, [rules.note.zh]
    for fact in facts(rules):
        values = [_said(value) for value in fact.values] or ["—"]
        yield Kind.NAME, [fact.label.zh, "\n".join(values)]
    for section in sections(rules):
        yield Kind.TEXT, [""]
        yield from _section(section)


def _section(section: Section) -> Iterator[_Line]:
    yield Kind.LABEL, [_said(Said(text=section.title, status=section.status))]
    for drawn in section.curves:
        if drawn.title != section.title:
            yield Kind.LABEL, [drawn.title.zh]
        yield Kind.LABEL, [COLON.join((Text.of("x"), drawn.measure)).zh, "得分系数"]
        for row in drawn.curve.to_table():
            yield Kind.FIXED, [row.where.zh, row.share.zh]
    if section.rows:
        yield Kind.LABEL, [head.zh for head in section.head]
        yield from ((Kind.FIXED, row) for row in map(_row, section.rows))
    for remark in section.remarks:
        yield Kind.NAME, [_said(remark)]


def _row(cells: Iterable[Said]) -> list[str]:
    return [_said(cell) for cell in cells]


def _said(words: Said) -> str:
    text = words.text.zh
    return text if words.status is None else f"{text} · {standing_text(words.status).zh}"
