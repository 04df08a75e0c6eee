"""XML of office files with the place of every element in its bytes: what is put in between leaves
all other bytes as they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from xml.parsers import expat

import attrs

from budgetperf.documents.readers.text import UnusableDocumentError, too_long
from budgetperf.exact import Text
from budgetperf.exact.limits import MAX_NESTING

from .xml import Budget, short_name

__all__ = ["Edit", "Node", "Piece", "edited", "node_tree", "renamed"]

_TAG = re.compile(rb"<[^>\"']*+(?:\"[^\"]*+\"[^>\"']*+|'[^']*+'[^>\"']*+)*+>")


@attrs.frozen
class Piece:
    """Text as it stands in the bytes: where it begins, and whether each sign of it is itself there
    (a reference such as ``&amp;`` is one sign in several bytes)."""

    text: str
    start: int
    is_plain: bool


@attrs.define(eq=False)
class Node:
    """An element: its short name, its attributes, and where it stands.

    Args:
        tag: as :func:`.xml.elements` gives it, such as ``{w}p``.
        attributes: by their short names.
        start: where its first tag begins.
        inner: where its content begins.
        inner_end: where that ends.
        end: where its last tag ends.
        parent: what it is in.
        children: what is in it.
        pieces: the text that stands right in it.
    """

    tag: str
    attributes: dict[str, str]
    start: int
    inner: int
    inner_end: int = 0
    end: int = 0
    parent: Node | None = attrs.field(default=None, repr=False)
    children: list[Node] = attrs.Factory(list["Node"])
    pieces: list[Piece] = attrs.Factory(list[Piece])

    @property
    def is_closed(self) -> bool:
        """Whether one tag is all there is of it, as in ``<p/>``."""
        return self.inner == self.end

    def below(self, *tags: str) -> Iterator[Node]:
        """All elements in it with one of the names, in their order."""
        for child in self.children:
            if child.tag in tags:
                yield child
            yield from child.below(*tags)

    def find(self, tag: str) -> Node | None:
        """The first child of that name."""
        return next((child for child in self.children if child.tag == tag), None)

    @property
    def text(self) -> str:
        """The text that stands right in it."""
        return "".join(piece.text for piece in self.pieces)


class _Builder:
    """Makes the tree of a part, and notes for each element where in the bytes it stands."""

    def __init__(self, data: bytes, budget: Budget) -> None:
        self.root: Node | None = None
        self._data = data
        self._budget = budget
        self._open: list[Node] = []
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.ordered_attributes = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = _refuse

    def _start(self, name: str, given: list[str]) -> None:
        self._budget.take()
        if len(self._open) >= MAX_NESTING:
            raise too_long()
        start = self.parser.CurrentByteIndex
        tag = _TAG.match(self._data, start)
        if tag is None:
            raise _unusual()
        pairs = zip(given[::2], given[1::2], strict=True)
        parent = self._open[-1] if self._open else None
        node = Node(
            short_name(name), {short_name(k): v for k, v in pairs}, start, tag.end(), parent=parent
        )
        if parent is None:
            self.root = node
        else:
            parent.children.append(node)
        self._open.append(node)

    def _end(self, _: str) -> None:
        node = self._open.pop()
        if self._data[node.inner - 2 : node.inner] == b"/>":
            node.inner_end = node.end = node.inner
            return
        node.inner_end = self.parser.CurrentByteIndex
        node.end = self._data.index(b">", node.inner_end) + 1

    def _text(self, text: str) -> None:
        if self._open:
            start = self.parser.CurrentByteIndex
            raw = text.encode()
            is_plain = self._data[start : start + len(raw)] == raw
            self._open[-1].pieces.append(Piece(text, start, is_plain))


def node_tree(data: bytes, budget: Budget) -> Node:
    """The elements of a part.

    Args:
        data: the part: XML in UTF-8.
        budget: how many elements it may have.

    Raises:
        UnusableDocumentError: it is no such XML, declares entities, or is too large or too deep.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in data[:4]:
        raise _unusual()
    builder = _Builder(data, budget)
    try:
        builder.parser.Parse(data, True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        if isinstance(error, UnusableDocumentError):
            raise
        raise _unusual() from None
    if builder.root is None:
        raise _unusual()
    return builder.root


@attrs.frozen
class Edit:
    """Bytes in place of others; what is put in between takes the place of none."""

    start: int
    end: int
    new: bytes


def edited(data: bytes, edits: Iterable[Edit]) -> bytes:
    """The bytes with the edits made; those at one place in the order in which they are given."""
    parts: list[bytes] = []
    at = 0
    for edit in _in_order(list(edits)):
        parts += [data[at : edit.start], edit.new]
        at = edit.end
    return b"".join([*parts, data[at:]])


def _in_order(edits: Sequence[Edit]) -> list[Edit]:
    return sorted(edits, key=lambda edit: edit.start)


def renamed(data: bytes, node: Node, name: str, value: str) -> Edit:
    """An edit that gives an element another value of an attribute without a prefix."""
    tag = data[node.start : node.inner]
    written = re.search(rb"\s" + name.encode() + rb"\s*=\s*(\"[^\"]*\"|'[^']*')", tag)
    new = f'"{value}"'.encode()
    if written:
        return Edit(node.start + written.start(1), node.start + written.end(1), new)
    end = node.inner - (2 if tag.endswith(b"/>") else 1)
    return Edit(end, end, f" {name}=".encode() + new)


def _unusual() -> UnusableDocumentError:
    return UnusableDocumentError("unusual-xml", _UNUSUAL)


_UNUSUAL = Text(
    zh="文件的内部写法不寻常，无法插入批注：请用 Word、Excel 或 WPS 打开并另存一次",
    en="is written in an unusual way, so that no comments can be put in: open it in Word, Excel or "
    "WPS and save it once more",
)


def _refuse(*_: object) -> None:
    raise _unusual()
