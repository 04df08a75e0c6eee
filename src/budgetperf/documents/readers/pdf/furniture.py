"""What stands on every page and belongs to none: numbers of pages, running headers."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence

import attrs

from .lines import Line

__all__ = ["Margins", "without_furniture"]

_PAGE_NUMBER = re.compile(
    r"(?:[-—–―－·•.~\s]*(?P<bare>\d{1,4})[-—–―－·•.~\s]*"
    r"|第\s*(?P<said>\d{1,4}|[一二三四五六七八九十百]{1,5})\s*页(?:\s*[,，/、]?\s*共\s*\d{1,4}\s*页)?"
    r"|(?P<of>\d{1,4})\s*/\s*\d{1,4}(?:\s*页)?"
    r"|[Pp](?:age|\.)?\s*(?P<page>\d{1,4})(?:\s*(?:of|/)\s*\d{1,4})?)"
)
_BY_BROWSER = re.compile(
    r"(?:https?|file|about):\S*(?: ?\d+/\d+)?"
    r"|\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4},? ?(?:[上下]午)?\d{1,2}:\d{2}.*"
)
"""What browsers print above and below each page."""
_DIGITS = re.compile(r"\d+")
_EDGE = 0.08
"""How much of a page its margins are where such lines stand."""


@attrs.frozen
class Margins:
    """The lines of a page that stand in no table, and where anything else begins and ends.

    Args:
        lines: from top to bottom.
        height: that of the page.
        tables: from where to where each table goes.
    """

    lines: tuple[Line, ...]
    height: float
    tables: tuple[tuple[float, float], ...] = ()


def without_furniture(pages: Sequence[Margins]) -> tuple[list[list[Line]], list[str]]:
    """The lines of each page that say something, and the running headers that were left out."""
    lines_by_page = [list(page.lines) for page in pages]
    headers: list[str] = []
    for is_top in (True, False):
        for _ in range(2):  # a header and a number of a page may stand one above the other
            edges = [
                _edge(lines, page, is_top=is_top)
                for lines, page in zip(lines_by_page, pages, strict=True)
            ]
            numbers = _numbers(edges, pages)
            repeated = _repeated(pages, edges) | {
                at
                for at, edge in enumerate(edges)
                if edge and _is_in_margin(edge, pages[at]) and _BY_BROWSER.fullmatch(edge.text)
            }
            for at, edge in enumerate(edges):
                if edge is not None and (at in numbers or at in repeated):
                    lines_by_page[at].remove(edge)
                    if at in repeated and at not in numbers:
                        headers.append(edge.text)
    return lines_by_page, headers


def _edge(lines: Sequence[Line], page: Margins, *, is_top: bool) -> Line | None:
    """The line above all else, or below all else, if there is one."""
    if not lines:
        return None
    line = lines[0] if is_top else lines[-1]
    if is_top:
        return line if all(line.base < top for top, _ in page.tables) else None
    return line if all(line.base > bottom for _, bottom in page.tables) else None


def _is_in_margin(line: Line, page: Margins) -> bool:
    return line.base < _EDGE * page.height or line.base > (1 - _EDGE) * page.height


def _numbers(edges: Sequence[Line | None], pages: Sequence[Margins]) -> set[int]:
    """The pages whose edge is their number: they count on, or stand in the margin and are right."""
    numbers: dict[int, int] = {}
    sure: set[int] = set()
    for at, edge in enumerate(edges):
        match = _PAGE_NUMBER.fullmatch(edge.text) if edge else None
        if edge is None or match is None:
            continue
        digits = next((text for text in match.groups() if text), "")
        is_marked = match["said"] or match["page"] or not edge.text.strip().isdigit()
        if is_marked and _is_in_margin(edge, pages[at]):
            sure.add(at)
        if digits.isascii() and digits.isdigit():
            numbers[at] = int(digits) - at
    shifts = Counter(numbers.values())
    for at, shift in numbers.items():
        edge = edges[at]
        counts_on = shifts[shift] >= 2 and edge is not None
        if edge is not None and _is_in_margin(edge, pages[at]) and (counts_on or shift == 1):
            sure.add(at)
    return sure


def _repeated(pages: Sequence[Margins], edges: Sequence[Line | None]) -> set[int]:
    """The pages in whose margin the same stands as in others, and no larger than the text."""
    groups: dict[tuple[str, int], list[int]] = {}
    for at, (page, edge) in enumerate(zip(pages, edges, strict=True)):
        if edge is None or not _is_in_margin(edge, page):
            continue
        sizes = Counter(round(line.size, 1) for line in page.lines if line is not edge)
        if not sizes or edge.size <= sizes.most_common(1)[0][0] + 0.2:
            key = (_DIGITS.sub("#", edge.text), round(edge.base / 3))
            groups.setdefault(key, []).append(at)
    return {
        at
        for group in groups.values()
        if len(group) >= min(3, len(pages)) > 1
        and min(after - before for before, after in itertools.pairwise(group)) <= 2
        for at in group
    }
