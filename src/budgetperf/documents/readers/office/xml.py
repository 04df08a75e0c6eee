"""XML of office files, bounded: parts of it as trees, without entities and with short names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from xml.etree.ElementTree import Element
from xml.parsers import expat

from budgetperf.documents.readers.text import UnusableDocumentError, too_long, unusable
from budgetperf.exact.limits import MAX_ELEMENTS, MAX_NESTING

__all__ = ["Budget", "elements"]

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


_LONGEST_TAG = 1024 * 1024


class Budget:
    """How many elements the parts of one file may still have."""

    def __init__(self) -> None:
        self.left: int = MAX_ELEMENTS

    def take(self) -> None:
        """Count one more.

        Raises:
            UnusableDocumentError: there are too many.
        """
        self.left -= 1
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
            raise unusable(
                "too-deep",
                "嵌套过深：请另存一次再读",
                "is nested too deep: save it once more",
                "",
            )
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
        """``w:p`` of ``http://… p``."""
        if name not in self._names:
            namespace, _, local = name.rpartition(" ")
            self._names[name] = f"{_prefix(namespace)}:{local}" if namespace else local
        return self._names[name]


def elements(chunks: Iterable[bytes], budget: Budget, *tags: str) -> Iterator[Element]:
    """The elements with one of the names, each whole; one inside of another is a part of it.

    Args:
        chunks: the bytes of the XML.
        budget: how many elements it may have.
        tags: names such as ``w:p``.

    Raises:
        UnusableDocumentError: it is no XML, declares entities, or is too large or too deep.
    """
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
        raise unusable(
            "damaged",
            f"已损坏（{error}）：请用原来的软件打开并另存一次",
            f"is damaged ({error}): open it in its program and save it once more",
            "",
        ) from None
    yield from builder.done


def _refuse_entities(*_: object) -> None:
    raise unusable(
        "entities",
        "含有文档类型声明（可能引用外部内容）：请用原来的软件打开并另存一次",
        "declares a document type, which may refer to what is outside: open it in its program and "
        "save it once more",
        "",
    )
