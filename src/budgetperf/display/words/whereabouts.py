"""Where figures stand, in words."""

from __future__ import annotations

from collections.abc import Iterable

from budgetperf.exact import LIST, NO_WORDS, SEMICOLON, Place, Text
from budgetperf.model import Unread

__all__ = [
    "has_more_than_lines",
    "lines_text",
    "place_cell",
    "place_head",
    "place_text",
    "places_text",
    "unread_place_text",
]


def place_text(place: Place) -> Text:
    """Where one figure stands: its cell, its paragraph or its page, or else its line.

    >>> str(place_text(Place(line=12, column=3, sheet="自评表", cell="C12")))
    '工作表“自评表”C12 / sheet “自评表” C12'
    >>> str(place_text(Place(line=12, page=2)))
    '第 2 页 / page 2'
    """
    kind, item = _told(place)
    return _one(kind, (item,))


def lines_text(numbers: Iterable[int]) -> Text:
    """Lines by their numbers.

    >>> str(lines_text([6])), str(lines_text([6, 7]))
    ('第 6 行 / line 6', '第 6、7 行 / lines 6, 7')
    """
    return _all_told(Place(line=number) for number in numbers)


def unread_place_text(number: Unread) -> Text:
    """Where a number stands that was not read."""
    return place_text(number.place or Place(line=number.line))


def places_text(places: Iterable[Place | None]) -> Text:
    """Where figures stand, as a suffix; nothing if it is not known.

    >>> str(places_text([Place(line=5), None, Place(line=3)]))
    '〔第 3、5 行〕 /  [lines 3, 5]'
    """
    positions = _all_told(places)
    return Text(zh="〔{}〕", en=" [{}]").fill(positions) if positions else NO_WORDS


def place_cell(places: Iterable[Place | None]) -> Text:
    """The same as what stands in a cell: nothing but the numbers where lines are all."""
    known = [place for place in places if place is not None]
    if any(map(has_more_than_lines, known)):
        return _all_told(known)
    return LIST.join(str(line) for line in sorted({place.line for place in known}))


def place_head(places: Iterable[Place | None], *, several: bool = False) -> Text:
    """What stands above such cells.

    Args:
        places: those of all of them.
        several: whether a cell may tell several.
    """
    if any(map(has_more_than_lines, places)):
        return Text(zh="位置", en="place")
    return Text(zh="行", en="lines" if several else "line")


def _all_told(places: Iterable[Place | None]) -> Text:
    groups: dict[tuple[Text, Text, Text], dict[str, None]] = {}
    known = (place for place in places if place is not None)
    for place in sorted(known, key=lambda place: (place.line, place.column or 0)):
        kind, item = _told(place)
        groups.setdefault(kind, {})[item] = None
    return SEMICOLON.join(_one(kind, tuple(items)) for kind, items in groups.items())


def has_more_than_lines(place: Place | None) -> bool:
    """Whether more is known of a place than its line and its column."""
    return place is not None and any(
        known is not None for known in (place.page, place.sheet, place.table, place.paragraph)
    )


# What is said of one item, of several, and in what.

_SHEET = Text(zh="工作表“{where}”{item}", en="sheet “{where}” {item}")
_IN_SHEET = Text(zh="工作表“{where}”第 {item} 行", en="sheet “{where}”, line {item}")
_IN_SHEET_LINES = Text(zh="工作表“{where}”第 {item} 行", en="sheet “{where}”, lines {item}")
_TABLE = Text(zh="表 {where} 的 {item}", en="table {where}, {item}")
_PARAGRAPH = Text(zh="第 {item} 段", en="paragraph {item}")
_PARAGRAPHS = Text(zh="第 {item} 段", en="paragraphs {item}")
_PAGE = Text(zh="第 {item} 页", en="page {item}")
_PAGES = Text(zh="第 {item} 页", en="pages {item}")
_LINE = Text(zh="第 {item} 行", en="line {item}")
_LINES = Text(zh="第 {item} 行", en="lines {item}")


def _told(place: Place) -> tuple[tuple[Text, Text, Text], str]:
    """How one place of its kind is told and how several are, in what it is, and which it is."""
    where, line = NO_WORDS, str(place.line)
    if place.sheet is not None:
        where = Text.of(place.sheet)
        if place.cell is None:
            return (_IN_SHEET, _IN_SHEET_LINES, where), line
        return (_SHEET, _SHEET, where), place.cell
    if place.table is not None and place.cell is not None:
        return (_TABLE, _TABLE, Text.of(str(place.table))), place.cell
    if place.paragraph is not None:
        return (_PARAGRAPH, _PARAGRAPHS, where), str(place.paragraph)
    if place.page is not None:
        return (_PAGE, _PAGES, where), str(place.page)
    return (_LINE, _LINES, where), line


def _one(kind: tuple[Text, Text, Text], items: tuple[str, ...]) -> Text:
    single, several, where = kind
    template = single if len(items) == 1 else several
    return template.fill(where=where, item=LIST.join(items))
