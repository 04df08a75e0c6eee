"""The pages of a PDF and the fonts on them, by pdfminer.six within bounds.

This module alone knows pdfminer. It is imported when a PDF is read.
"""

from __future__ import annotations

import io
import logging
import re
import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import cast

from pdfminer.ascii85 import ascii85decode, asciihexdecode
from pdfminer.cmapdb import CMap, IdentityCMap
from pdfminer.lzw import LZWDecoder
from pdfminer.pdfdocument import PDFDocument, PDFNoValidXRef, PDFPasswordIncorrect
from pdfminer.pdfexceptions import PDFException, PDFObjectNotFound
from pdfminer.pdffont import PDFCIDFont, PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFObjRef, PDFStream, resolve1
from pdfminer.psexceptions import PSException
from pdfminer.psparser import PSBaseParserToken, PSKeyword, PSLiteral
from pdfminer.runlength import rldecode
from pdfminer.utils import apply_png_predictor

from budgetperf.documents.readers.pdf.page import Box, Page
from budgetperf.documents.readers.text import UNKNOWN, encrypted, too_long, unusable
from budgetperf.exact.limits import MAX_PAGES, MAX_UNPACKED

from .characters import MOST_CODES, characters, shown_as
from .drawing import Allowance, Font, Form, Matrix, draw

__all__ = ["BROKEN", "Opened"]

BROKEN: tuple[type[Exception], ...] = (
    *(PDFException, PSException, ValueError, TypeError, KeyError, IndexError, AttributeError),
    *(AssertionError, RecursionError, OverflowError, struct.error, zlib.error, ArithmeticError),
)
"""What pdfminer raises where a file is not as it should be."""

_MOST_LINES = 400_000
_MOST_TOKENS = 800_000
_MOST_FILLS = 500
"""Over how many blocks of the file a word or a line goes."""
_PACKED_OBJECTS = 6 * 1024 * 1024
_LONGEST_MAP = 4 * 1024 * 1024
_LARGEST_FONT = 8 * 1024 * 1024
_MOST_WIDTHS = 400_000
_MOST_FONTS = 2_000
_MOST_NODES = 20_000
_DEEPEST = 50
_SMALL = 2 * 1024 * 1024
"""How large what is decoded in Python may be."""
_TAIL = 4096
_START = re.compile(rb"startxref\s++([0-9]{1,9})\b")
_CONTENT = 8 * 1024 * 1024
_OPERATORS = 1_500_000
_GLYPHS = 400_000
_RULES = 200_000

logging.getLogger("pdfminer").addHandler(logging.NullHandler())  # its warnings are no output


class _Budget:
    """How many bytes the streams of a file may still unpack to, and how many lines it may have."""

    def __init__(self) -> None:
        self.left = MAX_UNPACKED
        self.lines = _MOST_LINES
        self.tokens = _MOST_TOKENS
        self.objects = _PACKED_OBJECTS

    def take(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise unusable(
                "too-large",
                f"解压后超过 {MAX_UNPACKED // 1024**2} MB 的上限：请确认这是一份报告，或拆分后再读",
                f"unpacks to more than {MAX_UNPACKED // 1024**2} MB: make sure that it is one "
                "report, or split it",
                "",
            )


class _Stream(PDFStream):
    """A stream that unpacks within bounds; what is a picture is nothing."""

    def __init__(self, stream: PDFStream, budget: _Budget) -> None:
        super().__init__(stream.attrs, stream.rawdata or b"", stream.decipher)
        self._budget = budget

    def decode(self) -> None:
        data = self.rawdata or b""
        if self.decipher and self.objid is not None and self.genno is not None:
            data = self.decipher(self.objid, self.genno, data, self.attrs)
        for kind, parameters in self.get_filters():
            data = self._decoded(data, _name(kind))
            settings = cast("dict[str, object]", parameters) if isinstance(parameters, dict) else {}
            data = _predicted(data, settings)
        if _name(self.get("Type")) in ("ObjStm", "XRef"):
            self._budget.objects -= len(data)
            if self._budget.objects < 0:
                raise too_long()
        self.data = data
        self.rawdata = None

    def _decoded(self, data: bytes, kind: str) -> bytes:
        if kind in ("FlateDecode", "Fl"):
            return self._inflated(data)
        if kind in _IN_PYTHON and len(data) > _SMALL:
            raise too_long()
        if kind in ("ASCII85Decode", "A85"):
            data = ascii85decode(data)
        elif kind in ("ASCIIHexDecode", "AHx"):
            data = asciihexdecode(data)
        elif kind in ("RunLengthDecode", "RL"):
            self._budget.take(len(data) * 64)
            return rldecode(data)
        elif kind in ("LZWDecode", "LZW"):
            parts: list[bytes] = []
            for part in LZWDecoder(io.BytesIO(data)).run():
                self._budget.take(len(part))
                parts.append(part)
            return b"".join(parts)
        elif kind != "Crypt":
            return b""
        self._budget.take(len(data))
        return data

    def _inflated(self, data: bytes) -> bytes:
        """What is packed; it is damaged where it does not end."""
        unpacking = zlib.decompressobj()
        unpacked = unpacking.decompress(data, self._budget.left + 1)
        self._budget.take(len(unpacked))
        if not unpacking.eof:
            raise zlib.error("incomplete")
        return unpacked


_IN_PYTHON = frozenset(
    ("ASCII85Decode", "A85", "ASCIIHexDecode", "AHx", "RunLengthDecode", "RL", "LZWDecode", "LZW")
)


def _predicted(data: bytes, parameters: Mapping[str, object]) -> bytes:
    kind = _whole(parameters.get("Predictor"), 1)
    if kind < 10:
        return data
    if len(data) > _SMALL:
        raise too_long()
    colours, columns = _whole(parameters.get("Colors"), 1), _whole(parameters.get("Columns"), 1)
    bits = _whole(parameters.get("BitsPerComponent"), 8)
    if not 0 < colours * columns * bits < 10**6:
        raise zlib.error("predictor")
    return apply_png_predictor(kind, colours, columns, bits, data)


class _Parser(PDFParser):
    """Goes through so many lines and words and no more, none of them too long."""

    def __init__(self, data: bytes, budget: _Budget) -> None:
        super().__init__(io.BytesIO(data))
        self._budget = budget
        self._fills = 0

    def fillbuf(self) -> bool:
        self._fills += 1
        if self._fills > _MOST_FILLS:
            raise too_long()
        return super().fillbuf()

    def nextline(self) -> tuple[int, bytes]:
        self._fills = 0
        self._budget.lines -= 1
        if self._budget.lines < 0:
            raise too_long()
        return super().nextline()

    def nexttoken(self) -> tuple[int, PSBaseParserToken]:
        self._fills = 0
        self._budget.tokens -= 1
        if self._budget.tokens < 0:
            raise too_long()
        return super().nexttoken()

    def do_keyword(self, pos: int, token: PSKeyword) -> None:
        super().do_keyword(pos, token)
        if token is self.KEYWORD_STREAM and self.curstack:
            at, stream = self.curstack[-1]
            if type(stream) is PDFStream:
                self.curstack[-1] = (at, _Stream(stream, self._budget))


class _Document(PDFDocument):
    """Follows references to references only so far."""

    def find_xref(self, parser: PDFParser) -> int:
        """Where the list of objects is, by the end of the file."""
        parser.fp.seek(-min(_TAIL, parser.fp.seek(0, io.SEEK_END)), io.SEEK_END)
        starts = _START.findall(parser.fp.read())
        if not starts:
            raise PDFNoValidXRef("none")
        return int(starts[-1])

    def getobj(self, objid: int) -> object:
        value = super().getobj(objid)
        for _ in range(_DEEPEST):
            if not isinstance(value, PDFObjRef):
                return value
            value = super().getobj(value.objid)
        raise PDFObjectNotFound(objid)


class Opened:
    """A PDF that is open: its pages, and what is to be said about it.

    Raises:
        UnusableDocumentError: it needs a password, or is beyond a limit.
    """

    def __init__(self, data: bytes) -> None:
        self._budget = _Budget()
        try:
            self._document = _Document(_Parser(data, self._budget), password="")
        except PDFPasswordIncorrect:
            raise encrypted() from None
        self._fonts = _Fonts()
        self._allowance = Allowance(
            content=_CONTENT, operators=_OPERATORS, glyphs=_GLYPHS, rules=_RULES
        )
        form = _dictionary(self._document.catalog.get("AcroForm"))
        self.has_fields: bool = bool(_list(form.get("Fields")) or form.get("XFA"))
        layers = _dictionary(_dictionary(self._document.catalog.get("OCProperties")).get("D"))
        self.has_hidden_layers: bool = bool(_list(layers.get("OFF")))

    def pages(self) -> Iterator[Page]:
        """The pages, one after the other."""
        pages = list(self._found())
        due = _whole(_dictionary(self._document.catalog.get("Pages")).get("Count"), len(pages))
        if due > MAX_PAGES or len(pages) > MAX_PAGES:
            raise unusable(
                "too-many-pages",
                f"超过 {MAX_PAGES} 页：请只保留自评报告所在的页，另存后再读",
                f"has more than {MAX_PAGES} pages: save those of the report alone",
                "",
            )
        if due != len(pages) or not pages:
            raise ValueError(f"{len(pages)}/{due} pages")
        for number, attributes in enumerate(pages, start=1):
            yield self._page(attributes, number)

    def _found(self) -> Iterator[Mapping[str, object]]:
        """The pages of the tree, each with what it inherits."""
        seen: set[int] = set()
        nodes: list[tuple[object, Mapping[str, object], int]] = [
            (self._document.catalog.get("Pages"), {}, 0)
        ]
        count = 0
        while nodes:
            reference, inherited, depth = nodes.pop()
            if isinstance(reference, PDFObjRef):
                if reference.objid in seen:
                    continue
                seen.add(reference.objid)
            count += 1
            if count > _MOST_NODES or depth > _DEEPEST:
                raise too_long()
            node = _dictionary(reference)
            merged = {**inherited, **{k: v for k, v in node.items() if k in _INHERITED}}
            if "Kids" in node:
                kids = _list(node.get("Kids"))
                if len(kids) > _MOST_NODES:
                    raise too_long()
                nodes += [(kid, merged, depth + 1) for kid in reversed(kids)]
            elif "Contents" in node or _name(node.get("Type")) == "Page":
                yield {**node, **merged}
                if len(seen) > 4 * MAX_PAGES:
                    return

    def _page(self, attributes: Mapping[str, object], number: int) -> Page:
        box = _box(attributes.get("MediaBox")) or Box(0, 0, 595, 842)
        crop = _box(attributes.get("CropBox"))
        if crop is not None:
            box = Box(
                max(box.x0, crop.x0),
                max(box.top, crop.top),
                min(box.x1, crop.x1),
                min(box.bottom, crop.bottom),
            )
        contents = attributes.get("Contents")
        streams = _list(contents) or [contents]
        parts: list[bytes] = []
        for stream in streams:
            part = resolve1(stream)
            if isinstance(part, PDFStream):
                parts.append(part.get_data())
        return draw(
            b"\n".join(parts),
            _Resources(_dictionary(attributes.get("Resources")), self._fonts),
            box,
            _whole(attributes.get("Rotate"), 0) % 360,
            number=number,
            allowance=self._allowance,
        )


_INHERITED = frozenset(("Resources", "MediaBox", "CropBox", "Rotate"))


class _Resources:
    """What the operators of a page or a drawing refer to."""

    def __init__(self, resources: Mapping[str, object], fonts: _Fonts) -> None:
        self._fonts = fonts
        self._named = _dictionary(resources.get("Font"))
        self._drawings = _dictionary(resources.get("XObject"))
        self._known: dict[str, Font | None] = {}
        self._forms: dict[str, Form | None] = {}

    def font(self, name: str) -> Font | None:
        if name not in self._known:
            reference = self._named.get(name)
            self._known[name] = None if reference is None else self._fonts.font(reference)
        return self._known[name]

    def drawing(self, name: str) -> Form | None:
        if name not in self._forms:
            self._forms[name] = self._drawing(resolve1(self._drawings.get(name)))
        return self._forms[name]

    def _drawing(self, stream: object) -> Form | None:
        if not isinstance(stream, PDFStream):
            return Form(data=b"", matrix=(1, 0, 0, 1, 0, 0), resources=None)
        if _name(stream.get("Subtype")) != "Form":
            return None
        own = _dictionary(stream.get("Resources"))
        numbers = [_number(value) for value in _list(stream.get("Matrix"))]
        matrix = cast("Matrix", tuple(numbers)) if len(numbers) == 6 else (1, 0, 0, 1, 0, 0)
        resources = _Resources(own, self._fonts) if own else None
        return Form(data=stream.get_data(), matrix=matrix, resources=resources)


# Fonts.


class _Fonts:
    """The fonts of a file, each made once."""

    def __init__(self) -> None:
        self._manager = PDFResourceManager(caching=False)
        self._known: dict[int, Font] = {}
        self._left = _MOST_FONTS
        self._codes = MOST_CODES
        self._widths = _MOST_WIDTHS

    def font(self, reference: object) -> Font:
        at = reference.objid if isinstance(reference, PDFObjRef) else None
        if at is not None and at in self._known:
            return self._known[at]
        self._left -= 1
        if self._left < 0:
            raise too_long()
        font = self._made(_dictionary(reference))
        if at is not None:
            self._known[at] = font
        return font

    def _made(self, spec: Mapping[str, object]) -> Font:
        mapping = resolve1(spec.get("ToUnicode"))
        texts: Mapping[int, str] = {}
        if isinstance(mapping, PDFStream):
            data = mapping.get_data()
            if len(data) > _LONGEST_MAP:
                raise too_long()
            texts = characters(data, self._codes)
            self._codes -= len(texts)
        bare = {key: value for key, value in spec.items() if key != "ToUnicode"}
        if _name(spec.get("Subtype")) == "Type0":
            descendants = _list(spec.get("DescendantFonts"))
            below = _dictionary(descendants[0] if descendants else None)
            bare = {
                **self._safe(below, keeps_font=not texts),
                "Encoding": resolve1(spec["Encoding"]),
            }
            made = PDFCIDFont(self._manager, bare)
            if isinstance(made.cmap, CMap) and not made.cmap.code2cid:
                # It is not known: what its text stands for is said here.
                made.cmap = IdentityCMap(WMode=0)
            elif "Identity" not in _encoding(bare["Encoding"]):
                texts = {}  # they go by the codes of the text, and not by the numbers of signs
        else:
            bare = self._safe(bare, keeps_font=not texts)
            return _Font(self._manager.get_font(None, bare), texts)
        return _Font(made, texts)

    def _safe(self, spec: Mapping[str, object], *, keeps_font: bool) -> dict[str, object]:
        """What says how a font is, without what takes time or memory without bounds."""
        safe = {key: value for key, value in spec.items() if key not in ("W2", "ToUnicode")}
        if "W" in safe:
            safe["W"] = self._bounded(_list(safe["W"]))
        if "Widths" in safe:
            safe["Widths"] = [_number(width) for width in _list(safe["Widths"])]
        descriptor = _dictionary(safe.get("FontDescriptor"))
        if descriptor:
            files = {key for key in descriptor if key.startswith("FontFile")}
            if keeps_font and all(_is_safe_font(resolve1(descriptor[key])) for key in files):
                files = set[str]()
            box = [_number(value) for value in _list(descriptor.get("FontBBox"))[:4]]
            safe["FontDescriptor"] = {
                **{key: value for key, value in descriptor.items() if key not in files},
                "FontBBox": box if len(box) == 4 else [0, 0, 0, 0],
            }
        return safe

    def _bounded(self, widths: list[object]) -> list[object]:
        """Widths of signs whose ranges are not too long, without references."""
        bounded: list[object] = []
        numbers: list[float] = []
        for value in widths:
            resolved = resolve1(value)
            if isinstance(resolved, list):
                inside = [_number(width) for width in cast("list[object]", resolved)]
                self._widths -= len(inside)
                bounded.append(inside)
                numbers.clear()
            else:
                bounded.append(resolved)
                numbers.append(_number(resolved))
                if len(numbers) == 3:
                    self._widths -= max(0, int(numbers[1] - numbers[0]))
                    numbers.clear()
            if self._widths < 0:
                raise too_long()
        return bounded


class _Font:
    """A font of pdfminer with what the file says of its signs."""

    def __init__(self, font: PDFFont, texts: Mapping[int, str]) -> None:
        self._font = font
        self._texts = texts
        self._signs: dict[int, tuple[str, float, bool]] = {}
        self._blank = -1 if font.is_multibyte() else 32
        name = font.fontname
        self.name = name if isinstance(name, str) else _name(name)
        self.is_upright: bool = not font.is_vertical()

    def signs(self, text: bytes) -> Iterable[tuple[str, float, bool]]:
        for code in self._font.decode(text):
            sign = self._signs.get(code)
            if sign is None:
                sign = self._signs[code] = self._sign(code)
            yield sign

    def _sign(self, code: int) -> tuple[str, float, bool]:
        width = float(self._font.char_width(code))
        text = self._texts.get(code)
        if text is None:
            try:
                text = self._font.to_unichr(code)
            except PDFUnicodeNotDefined:
                text = UNKNOWN
        shown = shown_as(text, self.name)
        if width <= 0 and shown:
            width = 0.5 if shown.isascii() else 1.0
        return shown, width, code == self._blank


def _is_safe_font(file: object) -> bool:
    """Whether the file of a font is no larger than any, and so are its ranges of signs."""
    if not isinstance(file, PDFStream):
        return False
    data = file.get_data()
    if len(data) > _LARGEST_FONT or len(data) < 12:
        return False
    for at in range(12, min(12 + 16 * int.from_bytes(data[4:6], "big"), len(data)), 16):
        if data[at : at + 4] == b"cmap":
            start = int.from_bytes(data[at + 8 : at + 12], "big")
            return _is_safe_map(data, start)
    return len(data) < 256 * 1024


def _is_safe_map(data: bytes, start: int) -> bool:
    count = int.from_bytes(data[start + 2 : start + 4], "big")
    if count > 64:
        return False
    for at in range(start + 4, start + 4 + 8 * count, 8):
        table = start + int.from_bytes(data[at + 4 : at + 8], "big")
        kind = int.from_bytes(data[table : table + 2], "big")
        if kind in (8, 10, 13, 14) or kind > 14:
            return False
        if kind == 12:
            groups = int.from_bytes(data[table + 12 : table + 16], "big")
            if groups > _MOST_WIDTHS // 10:
                return False
            left = _MOST_WIDTHS
            for group in range(table + 16, table + 16 + 12 * groups, 12):
                first = int.from_bytes(data[group : group + 4], "big")
                left -= max(0, int.from_bytes(data[group + 4 : group + 8], "big") - first)
            if left < 0:
                return False
    return True


def _encoding(encoding: object) -> str:
    if isinstance(encoding, PDFStream):
        return _name(encoding.get("CMapName"))
    return _name(encoding)


# Objects of a file, whatever they should be.


def _dictionary(value: object) -> Mapping[str, object]:
    resolved = resolve1(value)
    return cast("dict[str, object]", resolved) if isinstance(resolved, dict) else _NOTHING


_NOTHING: Mapping[str, object] = MappingProxyType({})


def _list(value: object) -> list[object]:
    resolved = resolve1(value)
    return cast("list[object]", resolved) if isinstance(resolved, list) else []


def _name(value: object) -> str:
    resolved = resolve1(value)
    if isinstance(resolved, PSLiteral):
        resolved = resolved.name
    return resolved.decode("latin-1") if isinstance(resolved, bytes) else str(resolved or "")


def _number(value: object) -> float:
    resolved = resolve1(value)
    return float(resolved) if isinstance(resolved, (int, float)) else 0.0


def _whole(value: object, default: int) -> int:
    resolved = resolve1(value)
    return resolved if isinstance(resolved, int) else default


def _box(value: object) -> Box | None:
    numbers = [_number(number) for number in _list(value)]
    if len(numbers) != 4:
        return None
    x0, x1 = sorted((numbers[0], numbers[2]))
    y0, y1 = sorted((numbers[1], numbers[3]))
    return Box(x0, y0, x1, y1) if x1 - x0 > 1 and y1 - y0 > 1 else None
