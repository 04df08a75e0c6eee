"""Comments in a Word document, each at the number that it is about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import attrs

from budgetperf.documents.places.prints import Span, matches
from budgetperf.documents.readers.cells import whole_number
from budgetperf.documents.readers.office.docx import docx_places
from budgetperf.documents.readers.office.nodes import Edit, Node
from budgetperf.documents.source import Cell
from budgetperf.documents.writers.package import attribute, words

from .package import Package, at_end, prefix_of
from .places import Ground, Place

__all__ = ["Comment", "with_comments"]

_COMMENTS = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_FAMILY = '<{w}rPr><{w}rFonts {w}eastAsia="宋体"/>{bold}<{w}sz {w}val="18"/></{w}rPr>'


@attrs.frozen(kw_only=True)
class Comment:
    """A comment.

    Args:
        place: the figure that it is about; ``None`` at the head of the document.
        lines: what it says, the first line bold.
    """

    place: Place | None
    lines: tuple[str, ...]


def with_comments(
    package: Package, ground: Ground, comments: Sequence[Comment], author: str
) -> list[bool]:
    """Put comments into a document.

    Returns:
        For each comment, whether it stands at its number, and not only near it.
    """
    body = package.tree(package.main)
    commenting = _Commenting(package, ground, body)
    first = _first_id(package)
    exact = [commenting.put(comment, first + n) for n, comment in enumerate(comments)]
    package.edit(package.main, commenting.edits())
    _put_comments(package, comments, first, author, commenting.namespace)
    return exact


def _first_id(package: Package) -> int:
    """The first id that no comment has."""
    part = package.related(package.main, "comments")
    if part is None or part not in package:
        return 0
    nodes = package.tree(part).below("{w}comment")
    return 1 + max((whole_number(n.attributes.get("{w}id", ""), -1) for n in nodes), default=-1)


def _put_comments(
    package: Package, comments: Sequence[Comment], first: int, author: str, namespace: str
) -> None:
    part = package.related(package.main, "comments")
    if part is None or part not in package:
        part = package.free(f"{package.main.rpartition('/')[0]}/comments{{}}.xml")
        package.put(part, f'<w:comments xmlns:w="{namespace}"></w:comments>')
        package.declare(part, _COMMENTS)
        package.relate(package.main, "comments", part)
    root = package.tree(part)
    w = prefix_of(package.read(part), root)
    text = "".join(_comment(comment, first + n, author, w) for n, comment in enumerate(comments))
    package.insert(part, root, text)


def _comment(comment: Comment, id: int, author: str, w: str) -> str:
    paragraphs = "".join(
        f"<{w}p>"
        + (f"<{w}r><{w}annotationRef/></{w}r>" if number == 0 else "")
        + f"<{w}r>{_FAMILY.format(w=w, bold=f'<{w}b/>' if number == 0 else '')}"
        f'<{w}t xml:space="preserve">{words(line)}</{w}t></{w}r></{w}p>'
        for number, line in enumerate(comment.lines)
    )
    return (
        f'<{w}comment {w}id="{id}" {w}author={attribute(author)} {w}initials="BP">'
        f"{paragraphs}</{w}comment>"
    )


@attrs.define(eq=False)
class _Sign:
    """A sign of a paragraph: where it stands in the bytes, and in which element of text."""

    text: str
    start: int
    end: int
    node: Node
    is_plain: bool


class _Commenting:
    """Finds for each place of a report the signs of the document that a comment is put around."""

    def __init__(self, package: Package, ground: Ground, root: Node) -> None:
        self._data = package.read(package.main)
        self._ground = ground
        body = next(root.below("{w}body"))
        self._body = body
        self._paragraphs = list(body.below("{w}p"))
        self._rows = list(body.below("{w}tr"))
        self._places = docx_places(package.archive, package.main)
        self._w = prefix_of(self._data, body)
        declared = re.search(
            rb"xmlns:" + self._w[:-1].encode() + rb"\s*=\s*[\"']([^\"']+)"
            if self._w
            else rb"xmlns\s*=\s*[\"']([^\"']+)",
            self._data,
        )
        self.namespace = declared[1].decode() if declared else ""
        self._kept: set[Node] = set()
        self._anchors: dict[tuple[int, int], tuple[_Anchor, list[int]]] = {}

    def put(self, comment: Comment, id: int) -> bool:
        """Note where a comment goes; whether that is at its number."""
        anchor = None if comment.place is None else self._anchor(comment.place)
        is_exact = anchor is not None and anchor.is_exact
        anchor = anchor or _whole(self._first())
        key = anchor.start.start, anchor.end.end
        self._anchors.setdefault(key, (anchor, []))[1].append(id)
        return is_exact

    def _first(self) -> Node:
        """The first paragraph that says something; else the first."""
        with_words = (p for p in self._paragraphs if p.parent is self._body and _signs(p))
        return next(with_words, self._paragraphs[0])

    def _anchor(self, place: Place) -> _Anchor | None:
        at = self._places.get(place.at.line)
        if at is None:
            return None
        tag, number = at
        if tag == "{w}p":
            paragraph = self._paragraphs[number]
            if any(a.tag == "{w}txbxContent" for a in _ancestors(paragraph)):
                return _whole(_outside(paragraph))  # Word knows no comments in text boxes
            return self._in([paragraph], place) or _whole(paragraph)
        row = self._rows[number]
        # With a table inside, the column may be one of that.
        is_frame = next(row.below("{w}tbl"), None) is not None
        cell = None if is_frame else self._cell(row, place.at.column)
        in_cell = None if cell is None else self._in(_own(cell), place)
        if in_cell is not None:
            return in_cell
        in_row = self._in(list(row.below("{w}p")), place)
        if in_row is not None and (is_frame or not isinstance(self._ground.unit(place), Cell)):
            return in_row
        inside = [] if cell is None else list(cell.below("{w}p"))
        paragraphs = [*inside, *row.below("{w}p")]
        return _whole(paragraphs[0]) if paragraphs else None

    def _cell(self, row: Node, column: int | None) -> Node | None:
        if column is None:
            return None
        at = 1 + _number(row.find("{w}trPr"), "{w}gridBefore", 0)
        for cell in _cells(row):
            properties = cell.find("{w}tcPr")
            span = max(1, _number(properties, "{w}gridSpan", 1))
            if at <= column < at + span:
                return cell
            at += span
        return None

    def _in(self, paragraphs: list[Node], place: Place) -> _Anchor | None:
        """The print in some paragraphs, where it can be told which it is."""
        if not place.text:
            return None
        signs: list[_Sign | str] = []
        cells = [_cell_of(paragraph) for paragraph in paragraphs]
        for number, paragraph in enumerate(paragraphs):
            if number:  # a number may go on in the next paragraph, but not in the next cell
                signs.append("\n" if cells[number] is cells[number - 1] else "|")
            signs += _signs(paragraph)
        text = "".join(sign if isinstance(sign, str) else sign.text for sign in signs)
        spans = matches(text, place.text)
        span = self._of(spans, place)
        if span is None:
            return None
        own = [sign for sign in signs[span[0] : span[1]] if not isinstance(sign, str)]
        if not own or not all(s.is_plain and _may_hold(s.node) for s in (own[0], own[-1])):
            return None
        if _paragraph(own[0].node) is not _paragraph(own[-1].node):
            return None
        return _Anchor(start=own[0], end=own[-1], is_exact=True)

    def _of(self, spans: list[Span], place: Place) -> Span | None:
        if len(spans) == 1:
            return spans[0]
        which = self._ground.which(place)
        if which is None or which[1] != len(spans):
            return None
        return spans[which[0]]

    # Bytes.

    def edits(self) -> list[Edit]:
        """What is put in: ends before beginnings where both are at one place."""
        inserted: dict[int, tuple[list[str], list[str], Node | None]] = {}
        edits: list[Edit] = []
        w = self._w
        for anchor, ids in self._anchors.values():
            starts = "".join(f'<{w}commentRangeStart {w}id="{id}"/>' for id in ids)
            ends = "".join(
                f'<{w}commentRangeEnd {w}id="{id}"/>'
                f'<{w}r><{w}commentReference {w}id="{id}"/></{w}r>'
                for id in ids
            )
            if isinstance(anchor.start, Node):
                edits += self._around(anchor.start, starts, ends)
                continue
            if not isinstance(anchor.end, _Sign):
                continue
            for sign, text, is_start in ((anchor.start, starts, True), (anchor.end, ends, False)):
                at, split = self._cut(sign, is_start=is_start)
                before, after, _ = inserted.setdefault(at, ([], [], split))
                (after if is_start else before).append(text)
        for at, (before, after, split) in inserted.items():
            text = "".join([*before, *after])
            edits += (
                [Edit(at, at, text.encode())] if split is None else self._split(at, text, split)
            )
        return sorted(edits, key=lambda edit: edit.start)

    def _around(self, paragraph: Node, starts: str, ends: str) -> list[Edit]:
        """A whole paragraph, from behind its properties."""
        if paragraph.is_closed:
            return [at_end(self._data, paragraph, starts + ends)]
        properties = paragraph.find("{w}pPr")
        begin = paragraph.inner if properties is None else properties.end
        return [
            Edit(begin, begin, starts.encode()),
            Edit(paragraph.inner_end, paragraph.inner_end, ends.encode()),
        ]

    def _cut(self, sign: _Sign, *, is_start: bool) -> tuple[int, Node | None]:
        """Where something goes before or behind a sign, and the text that is split for it."""
        text, run = sign.node, _run(sign.node)
        if is_start:
            is_first = sign.start == text.inner and not _before(run, text)
            return (run.start, None) if is_first else (sign.start, text)
        is_last = sign.end == text.inner_end and run.children[-1] is text
        return (run.end, None) if is_last else (sign.end, text)

    def _split(self, at: int, between: str, text: Node) -> list[Edit]:
        """A run as two of the same look, with something between them."""
        run = _run(text)
        properties = run.find("{w}rPr")
        look = b"" if properties is None else self._data[properties.start : properties.end]
        is_kept = b"xml:space" in self._data[text.start : text.inner]
        keep = b' xml:space="preserve"'
        w = self._w.encode()
        ends, begins = b"</" + w + b"t></" + w + b"r>", b"<" + w + b"r>" + look + b"<" + w + b"t"
        edits = [Edit(at, at, ends + between.encode() + begins + keep + b">")]
        if not is_kept and text not in self._kept and self._data[at - 1 : at].isspace():
            self._kept.add(text)
            edits.append(Edit(text.inner - 1, text.inner - 1, keep))
        return edits


@attrs.frozen(eq=False)
class _Anchor:
    """What a comment is about: from one sign to another, or a whole paragraph."""

    start: _Sign | Node
    end: _Sign | Node
    is_exact: bool


def _whole(paragraph: Node) -> _Anchor:
    return _Anchor(start=paragraph, end=paragraph, is_exact=False)


def _ancestors(node: Node) -> Iterator[Node]:
    while node.parent is not None:
        node = node.parent
        yield node


def _outside(paragraph: Node) -> Node:
    """The paragraph outside of all text boxes."""
    return [n for n in (paragraph, *_ancestors(paragraph)) if n.tag == "{w}p"][-1]


def _paragraph(node: Node) -> Node:
    return next(n for n in _ancestors(node) if n.tag == "{w}p")


def _run(text: Node) -> Node:
    return next(n for n in _ancestors(text) if n.tag == "{w}r")


def _before(run: Node, text: Node) -> bool:
    """Whether a run shows something before a text."""
    at = run.children.index(text)
    return any(child.tag != "{w}rPr" for child in run.children[:at])


_LEFT_OUT = frozenset({"{w}del", "{w}moveFrom", "{w}txbxContent", "{w}pPr", "{w}rPr"})
_FOR_RUNS = frozenset(
    {
        *("{w}p", "{w}ins", "{w}moveTo", "{w}hyperlink", "{w}smartTag", "{w}customXml"),
        *("{w}sdtContent", "{w}fldSimple", "{w}bdo", "{w}dir"),
    }
)
"""What a run may stand in so that the ends of comments may stand there, too."""
_WRITTEN = {"{w}tab": "\t", "{w}br": "\n", "{w}cr": "\n", "{w}noBreakHyphen": "-"}


def _may_hold(node: Node) -> bool:
    if node.tag != "{w}t":
        return False
    run = node.parent
    return (
        run is not None
        and run.tag == "{w}r"
        and run.parent is not None
        and (run.parent.tag in _FOR_RUNS)
    )


def _signs(paragraph: Node) -> list[_Sign]:
    """The signs of a paragraph, in their order."""
    signs: list[_Sign] = []
    _gather(paragraph, signs)
    return signs


def _gather(node: Node, signs: list[_Sign]) -> None:
    for child in node.children:
        if child.tag == "{w}t":
            for piece in child.pieces:
                at = piece.start
                for sign in piece.text:
                    end = at + len(sign.encode()) if piece.is_plain else at
                    signs.append(_Sign(sign, at, end, child, piece.is_plain))
                    at = end
        elif child.tag in _WRITTEN:
            signs.append(_Sign(_WRITTEN[child.tag], child.start, child.end, child, False))
        elif child.tag == "{mc}AlternateContent":
            for chosen in child.children[:1]:
                _gather(chosen, signs)
        elif child.tag not in _LEFT_OUT:
            _gather(child, signs)


def _own(cell: Node) -> list[Node]:
    """The paragraphs of a cell, without those of tables in it."""
    return [p for p in cell.below("{w}p") if _cell_of(p) is cell]


def _cell_of(paragraph: Node) -> Node | None:
    return next((n for n in _ancestors(paragraph) if n.tag == "{w}tc"), None)


def _cells(row: Node) -> Iterator[Node]:
    for child in row.children:
        if child.tag == "{w}tc":
            properties = child.find("{w}tcPr")
            if properties is None or properties.find("{w}cellDel") is None:
                yield child
        elif child.tag in ("{w}sdt", "{w}sdtContent", "{w}customXml", "{w}ins"):
            yield from _cells(child)


def _number(properties: Node | None, tag: str, default: int) -> int:
    node = None if properties is None else properties.find(tag)
    return default if node is None else whole_number(node.attributes.get("{w}val", ""), default)
