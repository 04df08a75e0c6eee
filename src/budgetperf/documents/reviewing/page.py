"""A review as a web page: the document as it was read, its findings marked at their places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from budgetperf.display.html.markup import Markup, joined, sheet, tag
from budgetperf.display.pages import page
from budgetperf.display.words.whereabouts import place_text
from budgetperf.documents.places.prints import Span, matches
from budgetperf.documents.source import Block, Cell, Heading, Paragraph, Table
from budgetperf.exact import Text

from .places import Ground, Place
from .points import Note, Point

__all__ = ["review_page"]

_STYLE = (
    ".bp-doc{border-top:2px solid;margin-top:16px;padding-top:8px;font-size:14px}"
    ".bp-doc p{margin:0 0 6px;white-space:pre-wrap}"
    ".bp-doc table{border-collapse:collapse;margin:8px 0;width:100%}"
    ".budgetperf.budgetperf.budgetperf.budgetperf.budgetperf .bp-doc td{border:1px solid;"
    "padding:3px 6px;white-space:pre-wrap}"
    ".bp-doc mark{font-weight:600;text-decoration:underline;padding:0 2px}"
    ".bp-doc mark a,.bp-card a{color:inherit}"
    ".bp-card:target,.bp-doc :target{outline:3px solid}"
)
_TONES = {"wrong": "bp-bad", "ask": "bp-warn", "perhaps": "bp-open", "none": "bp-open"}


@attrs.frozen
class _Mark:
    """A mark in a text: where, ``None`` for the whole of it; what it leads to and is led to by."""

    span: Span | None
    number: int
    id: str
    tone: str


def review_page(
    ground: Ground, points: Sequence[Point], summary: Sequence[Text], *, title: str, lang: str
) -> str:
    """The page: what was found, then the document with a mark at each place."""
    marks, ids = _marks(ground, points)
    head, *others = summary
    body = sheet(
        tag("style", Markup(_STYLE)),
        tag("p", head.pick(lang), cls="bp-title"),
        *(tag("p", line.pick(lang), cls="bp-soft") for line in others),
        *(_card(point, ids, lang) for point in points),
        tag("div", *_Shown(marks).blocks(ground.document.blocks), cls="bp-doc"),
        lang=lang,
    )
    return page(body, title=title, lang=lang)


def _marks(
    ground: Ground, points: Sequence[Point]
) -> tuple[dict[int, list[_Mark]], dict[int, list[tuple[str, Note]]]]:
    """The marks by the text they are in, and for each point the ids of its marks, ``""`` where
    nothing could be marked."""
    marks: dict[int, list[_Mark]] = {}
    ids: dict[int, list[tuple[str, Note]]] = {}
    for point in points:
        for number, note in enumerate(point.notes, start=1):
            if note.place is None:
                continue
            unit = ground.marked(note.place)
            if unit is None:
                ids.setdefault(point.number, []).append(("", note))
                continue
            name = f"at-{point.number}" + (f"-{number}" if number > 1 else "")
            spans = matches(unit.text, note.place.text) if note.place.text else []
            which = ground.which(note.place)
            is_known = which is not None and which[1] == len(spans)
            span = spans[which[0]] if which is not None and is_known else None
            mark = _Mark(span, point.number, name, note.tone(point))
            marks.setdefault(id(unit), []).append(mark)
            ids.setdefault(point.number, []).append((name, note))
    return marks, ids


def _in_words(place: Place) -> Text:
    """Where a figure stands, and its print, since there may be several in one paragraph."""
    words = place_text(place.at)
    return _PRINTED.fill(words, place.text) if words and place.text else words


_PRINTED = Text(zh="{}（{}）", en="{} ({})")


def _card(point: Point, ids: dict[int, list[tuple[str, Note]]], lang: str) -> Markup:
    first, *others = point.notes[0].lines
    places = [(id, note.place) for id, note in ids.get(point.number, []) if note.place is not None]
    words = [(id, _in_words(place).pick(lang)) for id, place in places]
    links = [tag("a", text, href=f"#{id}") if id else text for id, text in words if text]
    links = [*dict.fromkeys(links)]
    where = Text(zh="所在：", en="where: ").pick(lang)
    tone = _TONES[point.tone]
    return tag(
        "div",
        tag("p", tag("b", first.pick(lang), cls=f"bp-label {tone}")),
        tag("p", where, joined(links, " · ")) if links else "",
        *(tag("p", line.pick(lang)) for line in others),
        cls="bp-card",
        id=f"n{point.number}",
    )


class _Shown:
    """The blocks of a document with their marks; each line is an anchor once."""

    def __init__(self, marks: Mapping[int, list[_Mark]]) -> None:
        self._marks = marks
        self._lines: set[int] = set()

    def _id(self, line: int) -> str:
        if not line or line in self._lines:
            return ""
        self._lines.add(line)
        return f"L{line}"

    def blocks(self, blocks: Iterable[Block]) -> Iterator[Markup]:
        """One after the other."""
        for block in blocks:
            if isinstance(block, Table):
                yield tag("div", self._table(block), cls="bp-scroll")
            else:
                name = f"h{min(6, block.level + 1)}" if isinstance(block, Heading) else "p"
                yield tag(name, _text(block, self._marks), id=self._id(block.spot.line))

    def _table(self, table: Table) -> Markup:
        rows: list[Markup] = []
        for row, covered in zip(table.rows, table.grid(), strict=True):
            cells: list[Markup] = []
            at = 1
            for cell in row.cells:
                gaps = range(at, cell.column)
                cells += [tag("td") for column in gaps if covered[column - 1] is None]
                inside = [_text(cell, self._marks)]
                if cell.blocks:
                    own = self._marks.get(id(cell), [])
                    inside = [*([_marked("", own)] if own else []), *self.blocks(cell.blocks)]
                spans = {"rowspan": cell.rows, "colspan": cell.columns}
                counts = {name: str(number) for name, number in spans.items() if number > 1}
                cells.append(tag("td", *inside, **counts))
                at = cell.column + cell.columns
            rows.append(tag("tr", *cells, id=self._id(row.line)))
        return tag("table", tag("tbody", *rows))


def _text(unit: Cell | Paragraph | Heading, marks: Mapping[int, list[_Mark]]) -> Markup:
    """A text with its marks; those that overlap stand together."""
    own = marks.get(id(unit), [])
    if not own:
        return joined((unit.text,))
    of_whole_text = [mark for mark in own if mark.span is None]
    by_span: dict[Span, list[_Mark]] = {}
    for mark in own:
        if mark.span is not None:
            by_span.setdefault(mark.span, []).append(mark)
    parts: list[str] = []
    at = 0
    for (start, end), group in sorted(by_span.items()):
        if start >= at:
            parts += [unit.text[at:start], _marked(unit.text[start:end], group)]
            at = end
        else:
            parts.append(_marked("", group))
    parts.append(unit.text[at:])
    return joined([_marked("", of_whole_text), *parts] if of_whole_text else parts)


def _marked(text: str, marks: Sequence[_Mark]) -> Markup:
    links = [tag("a", f"【{mark.number}】", href=f"#n{mark.number}", id=mark.id) for mark in marks]
    order = list(_TONES)
    tone = min((mark.tone for mark in marks), key=order.index)
    return tag("mark", text, *links, cls=_TONES[tone])
