"""The sheet of an empty form for the basic data of a department."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import attrs

from budgetperf.documents.basic_data import Check, Row, Section, basic_data, terms_of
from budgetperf.documents.source import cell_name
from budgetperf.documents.writers.basic_data import WIDTHS
from budgetperf.documents.writers.sheet import Styles, worksheet
from budgetperf.model.fields import FigureKind
from budgetperf.model.paths import kind_of

from .entry import (
    CHECK,
    LOCKED,
    MONEY_UNIT,
    Cell,
    Entry,
    Kind,
    checks_xml,
    rows_xml,
    style_numbers,
)

__all__ = ["basic_data_sheet"]

_LAST = len(WIDTHS)
_CHECKS, _CHECK_WIDTH = _LAST + 1, 40
_HINT = (
    "填写有底色的格子：这些数写入报告正文。合计与比率自动计算，合计也可以自己填。"
    "没有的填数字零，不适用的填“—”，整块不涉及的空着。"
)


def basic_data_sheet(styles: Styles, known: Mapping[str, str]) -> str:
    """The XML of the sheet.

    Args:
        styles: those of the workbook.
        known: the cells of other sheets, by the path of what they hold.
    """
    placed = tuple(_placed())
    names = {
        **known,
        **{path: cell_name(row, at) for row, _, cells in placed for path, at in cells},
    }
    cells = (*_head(), *(cell for placed_row in placed for cell in _cells(*placed_row, names)))
    last = max(cell.row for cell in cells)
    return worksheet(
        rows_xml(cells, style_numbers(styles), _height),
        [cell.stretch for cell in cells if cell.stretch],
        (*WIDTHS, _CHECK_WIDTH),
        protection=LOCKED,
        rules=checks_xml(cells, cell_name(_FIRST, _CHECKS), cell_name(last, _CHECKS)),
    )


_FIRST = 3


def _height(row: int) -> str:
    return f' ht="{ {1: 36, 2: 34}.get(row, 24) }" customHeight="1"'


_Placed = tuple[int, "Section | Row", list[tuple[str, int]]]
"""A row of the sheet: its number, what it is, and the column of each path in it."""


def _placed() -> Iterator[_Placed]:
    """The rows below the head: of a section its header and its rows."""
    number = _FIRST
    for section in basic_data().section:
        rows = [row for row in section.rows if row.blank]
        if not rows and not section.lines:
            continue
        yield number, section, []
        for row in rows:
            number += 1
            fields = enumerate(section.columns, start=2)
            yield number, row, [(row.at(c.field), at) for at, c in fields if row.has(c.field)]
        for line in range(section.lines):
            number += 1
            free = section.row(f"{section.word}{line}")
            yield number, free, [(free.at(c.field), at) for at, c in enumerate(section.columns, 2)]
        number += 1


def _head() -> Iterator[Cell]:
    yield Cell(row=1, at=1, to=_LAST, text=basic_data().title, kind=Kind.TITLE)
    yield Cell(row=2, at=1, to=_LAST, text=_HINT, kind=Kind.HINT)
    yield Cell(row=2, at=_CHECKS, text=CHECK, kind=Kind.LABEL)


def _cells(
    number: int,
    what: Section | Row,
    places: Sequence[tuple[str, int]],
    names: Mapping[str, str],
) -> Iterator[Cell]:
    formula = ""
    if isinstance(what, Section):
        words = (what.word.replace("{unit}", MONEY_UNIT), *(c.word for c in what.columns))
        own = [
            Cell(row=number, at=at, text=word, kind=Kind.LABEL)
            for at, word in enumerate(words, start=1)
        ]
    else:
        kind = Kind.NAME if what.word else Kind.INPUT
        own = [Cell(row=number, at=1, text=what.word, kind=kind)]
        for path, at in places:
            own.append(_cell(what, path, Cell(row=number, at=at, kind=Kind.INPUT), names))
        formula = _check(what.checks, names)
    if own[-1].at == _SECOND:  # one figure takes all the room
        own[-1] = attrs.evolve(own[-1], to=_LAST)
    yield from own
    taken = {at for cell in own for at in range(cell.at, cell.last + 1)}
    for at in range(1, _LAST + 1):
        if at not in taken:
            yield Cell(row=number, at=at, kind=Kind.FIXED)
    yield Cell(row=number, at=_CHECKS, formula=formula, kind=Kind.FIXED)


_SECOND = 2


def _cell(row: Row, path: str, base: Cell, names: Mapping[str, str]) -> Cell:
    """A cell to fill in; a rate is computed, and a sum may be."""
    field = next((f for f in row.formulas if row.at(f) == path), None)
    kind = kind_of(path)
    if row.entry == "words" or kind is FigureKind.STATED:
        return base
    if row.entry == "date":
        return attrs.evolve(base, kind=Kind.DATE)
    formula = "" if field is None else _formula(row.formulas[field], names)
    if kind is FigureKind.RATE:
        return attrs.evolve(base, formula=formula, kind=Kind.RATE) if formula else base
    return attrs.evolve(base, formula=formula, entry=None if row.entry else Entry.AMOUNT)


def _formula(text: str, names: Mapping[str, str]) -> str:
    """A sum or a rate of cells, once all of them are filled in."""
    terms = [(sign, names[path]) for sign, path in terms_of(text)]
    known = _known(name for _, name in terms)
    if terms[-1][0] == "/":
        (_, top), (_, bottom) = terms
        return f'IF({known},IF({bottom}>0,ROUND({top}/{bottom},4),""),"")'
    return f'IF({known},ROUND({_sum(terms)},6),"")'


def _known(names: Iterator[str]) -> str:
    """Whether all of these cells hold numbers: none of a blank, of words, of a dash."""
    return f"AND({','.join(f'ISNUMBER({name})' for name in names)})"


def _sum(terms: Sequence[tuple[str, str]]) -> str:
    return "".join(f"{sign}{name}" for sign, name in terms).removeprefix("+")


def _check(checks: Sequence[Check], names: Mapping[str, str]) -> str:
    """What is told of a row: of the first that does not hold, or that all hold which are known."""
    known: list[str] = []
    message = ""
    for check in reversed(checks):
        left, right = (
            [(sign, names[path]) for sign, path in terms_of(side)]
            for side in (check.left, check.right)
        )
        both = _known(name for _, name in (*left, *right))
        known.append(both)
        # Excel computes in floats: 0.1+0.2-0.3 is not 0 there without rounding.
        gap = f"ROUND({_sum(left)}-({_sum(right)}),6)"
        wrong = f"{gap}>0" if check.sign == "<=" else f"{gap}<>0"
        # From the last check to the first, so that the first stands outermost and speaks first.
        otherwise = message or '""'
        message = f'IF({both},IF({wrong},"{check.message}",{otherwise}),{otherwise})'
    if not known:
        return ""
    return f'IF({message}<>"",{message},IF(OR({",".join(known)}),"✓",""))'
