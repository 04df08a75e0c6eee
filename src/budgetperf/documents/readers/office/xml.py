"""XML of office files, bounded: parts of it as trees, without entities and with short names.

What is usual is parsed by ElementTree at once; what is large, or written otherwise, piece by piece.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from xml.etree.ElementTree import Element, ParseError, XMLParser
from xml.parsers import expat

from budgetperf.documents.readers.text import UnusableDocumentError, too_long, unusable
from budgetperf.exact.limits import MAX_ELEMENTS, MAX_NESTING

__all__ = ["Budget", "elements", "short_name"]

_OOXML = ("http://schemas.openxmlformats.org/", "http://purl.oclc.org/ooxml/")
_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_PREFIXES: Mapping[str, str] = MappingProxyType(
    {
        "wordprocessingml": "w",
        "spreadsheetml": "s",
        "relationships": "r",
        "math": "m",
        "content-types": "ct",
        "markup-compatibility": "mc",
    }
)
"""Short names of OOXML by what its names hold, the strict ones and the others."""
_ODF_PREFIXES: Mapping[str, str] = MappingProxyType({"drawing": "draw"})


def _prefix(namespace: str) -> str:
    if namespace.startswith(_ODF):
        name = namespace.removeprefix(_ODF).partition(":")[0]
        return _ODF_PREFIXES.get(name, name)
    if namespace.startswith(_OOXML):
        parts = namespace.split("/")
        return next(
            (short for part in parts for name, short in _PREFIXES.items() if name == part), "x"
        )
    return "xml" if namespace.startswith("http://www.w3.org/XML/") else "x"


_known_prefix = functools.lru_cache(maxsize=256)(_prefix)
_LONGEST_KNOWN = 100
"""All parts of a file declare the same; what is longer is not kept in memory."""
_LONGEST_TAG = 1024 * 1024
_LARGEST = 8 * 1024 * 1024
"""What is larger is not parsed at once."""
_DECLARED = re.compile(rb"(xmlns(?::[\w.-]++)?\s*+=\s*+)(?:\"([^\"<>&]*+)\"|'([^'<>&]*+)')")
_ENCODING = re.compile(rb"<\?xml[^>]*?\sencoding\s*=\s*[\"']([\w.-]+)")


class Budget:
    """How many elements the parts of one file may still have."""

    def __init__(self) -> None:
        self.left: int = MAX_ELEMENTS

    def take(self, count: int = 1) -> None:
        """Count so many more.

        Raises:
            UnusableDocumentError: there are too many.
        """
        self.left -= count
        if self.left < 0:
            raise too_long()


class _Builder:
    """Makes trees of the elements that are asked for, and forgets all others."""

    def __init__(self, tags: frozenset[str], budget: Budget) -> None:
        self.done: list[Element] = []
        self._tags = tags
        self._budget = budget
        self._open: list[Element] = []
        self._texts: list[str] = []
        self._depth = 0
        self._names: dict[str, str] = {}

    def start(self, tag: str, attributes: list[str]) -> None:
        self._budget.take()
        self._depth += 1
        if self._depth > MAX_NESTING:
            raise _too_deep()
        name = self._name(tag)
        if not self._open and name not in self._tags:
            return
        pairs = zip(attributes[::2], attributes[1::2], strict=True)
        element = Element(name, {self._name(key): value for key, value in pairs})
        if self._open:
            self._put_text()
            self._open[-1].append(element)
        self._open.append(element)

    def end(self, _: str) -> None:
        self._depth -= 1
        if self._open:
            self._put_text()
            element = self._open.pop()
            if not self._open:
                self.done.append(element)

    def text(self, text: str) -> None:
        if self._open:
            self._texts.append(text)

    def _put_text(self) -> None:
        """What was said since the last tag, behind that."""
        if not self._texts:
            return
        element, text = self._open[-1], "".join(self._texts)
        self._texts.clear()
        if len(element):
            element[-1].tail = text
        else:
            element.text = text

    def _name(self, name: str) -> str:
        if name not in self._names:
            self._names[name] = short_name(name)
        return self._names[name]


def short_name(name: str) -> str:
    """``{w}p`` of ``http://… p``."""
    namespace, _, local = name.rpartition(" ")
    return f"{{{_prefix(namespace)}}}{local}" if namespace else local


def elements(
    chunks: Iterable[bytes],
    budget: Budget,
    *tags: str,
    cut: Callable[[bytes], bytes] | None = None,
) -> Iterator[Element]:
    """The elements with one of the names, each whole; one inside of another is a part of it.

    Args:
        chunks: the bytes of the XML.
        budget: how many elements it may have.
        tags: names such as ``{w}p``.
        cut: takes out what is not asked for, where that is quicker than to parse it.

    Raises:
        UnusableDocumentError: it is no XML, declares entities, or is too large or too deep.
    """
    pieces: list[bytes] = []
    size = 0
    chunks = iter(chunks)
    for chunk in chunks:
        pieces.append(chunk)
        size += len(chunk)
        if size > _LARGEST:
            return _piece_by_piece(itertools.chain(pieces, chunks), budget, tags)
    data = b"".join(pieces)
    if not _is_usual(data):
        return _piece_by_piece(pieces, budget, tags)
    return _at_once(cut(data) if cut else data, budget, frozenset(tags))


def _is_usual(data: bytes) -> bool:
    """Whether it is UTF-8 without a declaration of its type: then its bytes say what is in it."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in data[:4]:
        return False
    if b"!" in data and b"<!D" in data:  # one sign alone is looked for in a tenth of the time
        return False
    encoding = _ENCODING.match(data.removeprefix(b"\xef\xbb\xbf")[:200])
    return encoding is None or encoding[1].lower() in (b"utf-8", b"us-ascii", b"ascii")


def _at_once(data: bytes, budget: Budget, tags: frozenset[str]) -> Iterator[Element]:
    budget.take(data.count(b"<") - data.count(b"</"))
    parser = XMLParser()  # noqa: S314 (its type is not declared: there are no entities)
    try:
        for part in _with_short_names(data):
            parser.feed(part)
        root: Element = parser.close()
    except (ParseError, LookupError, ValueError):
        raise _no_xml() from None
    level, depth = [root], 0
    while level:  # of those with elements in them; these are one level further down
        depth += 1
        if depth >= MAX_NESTING:
            raise _too_deep()
        level = list(filter(len, itertools.chain.from_iterable(level)))
    return iter([root]) if root.tag in tags else _below(root, tags)


def _with_short_names(data: bytes) -> Iterator[bytes]:
    """The same in parts, with short names where name spaces are declared."""
    start = 0
    at = data.find(b"xmlns")
    while at >= 0:
        declared = _DECLARED.match(data, at)
        if declared is not None:
            space = declared[2] or declared[3] or b""
            named = _known_prefix if len(space) < _LONGEST_KNOWN else _prefix
            prefix = named(space.decode("utf-8", "replace"))
            if prefix != "x":
                yield data[start:at]
                yield declared[1] + f'"{prefix}"'.encode()
                start = declared.end()
        at = data.find(b"xmlns", at + 5)
    yield data[start:]


def _below(parent: Element, tags: frozenset[str]) -> Iterator[Element]:
    for child in parent:
        if child.tag in tags:
            yield child
        elif len(child):
            yield from _below(child, tags)


def _piece_by_piece(
    chunks: Iterable[bytes], budget: Budget, tags: tuple[str, ...]
) -> Iterator[Element]:
    builder = _Builder(frozenset(tags), budget)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.ordered_attributes = True
    parser.buffer_text = True
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.text
    parser.StartDoctypeDeclHandler = _refuse_entities
    fed = 0
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
            fed += len(chunk)
            if fed - max(parser.CurrentByteIndex, 0) > _LONGEST_TAG:  # it is gone over each time
                raise too_long()
            yield from builder.done
            builder.done.clear()
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        if isinstance(error, UnusableDocumentError):
            raise
        raise _no_xml() from None
    yield from builder.done


def _no_xml() -> UnusableDocumentError:
    return unusable(
        "damaged",
        "已损坏：请用原来的软件打开并另存一次",
        "is damaged: open it in its program and save it once more",
        "",
    )


def _too_deep() -> UnusableDocumentError:
    return unusable(
        "too-deep",
        "嵌套过深：请另存一次再读",
        "is nested too deep: save it once more",
        "",
    )


def _refuse_entities(*_: object) -> None:
    raise unusable(
        "entities",
        "含有文档类型声明（可能引用外部内容）：请用原来的软件打开并另存一次",
        "declares a document type, which may refer to what is outside: open it in its program and "
        "save it once more",
        "",
    )
