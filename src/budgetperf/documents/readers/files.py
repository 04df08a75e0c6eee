"""From a file to a document: told by what is in it, whatever it is called."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import attrs

from budgetperf.documents.readers.delimited import read_delimited
from budgetperf.documents.readers.html import read_html
from budgetperf.documents.readers.markdown import read_markdown
from budgetperf.documents.readers.office.archive import Archive
from budgetperf.documents.readers.office.docx import read_docx
from budgetperf.documents.readers.office.odf import read_odf
from budgetperf.documents.readers.office.xls import read_xls
from budgetperf.documents.readers.office.xlsx import read_xlsx
from budgetperf.documents.readers.pdf.reader import read_pdf
from budgetperf.documents.readers.scans.reader import read_scan
from budgetperf.documents.readers.text import (
    EMPTY,
    UnusableDocumentError,
    as_decoded,
    decode,
    is_picture,
    is_xls,
    read_bytes,
    to_convert,
    unusable,
)
from budgetperf.documents.source import Document
from budgetperf.exact import Text
from budgetperf.exact.limits import MAX_PACKAGE

__all__ = ["document_of", "read_document", "text_document"]


def read_document(path: Path) -> Document:
    """What a file shows: Word of 2007 and later, Excel, PDF, OpenDocument, web pages, Markdown, CSV
    and plain text.

    Raises:
        UnusableDocumentError: it cannot be read; the message names the reason and the remedy.
    """
    name = str(path)
    return document_of(read_bytes(path, MAX_PACKAGE), name)


def document_of(data: bytes, name: str) -> Document:
    """The same of the bytes of a file.

    Args:
        data: all of them.
        name: its name, for messages; its ending tells CSV and Markdown from plain text.

    Raises:
        UnusableDocumentError: see :func:`read_document`.
    """
    try:
        document = _read(data, name)
    except UnusableDocumentError as error:
        if error.field == name:
            raise
        field = f"{name}: {error.field}" if error.field else name
        raise UnusableDocumentError(error.code, error.message, field=field) from None
    if not document.blocks:
        raise unusable("empty", *EMPTY, name)
    return attrs.evolve(document, sha256=hashlib.sha256(data).hexdigest())


def _read(data: bytes, name: str) -> Document:
    if data.startswith(b"PK"):
        return _office(_bounded(data, name), name)
    if data[:_HEAD].lstrip().startswith(b"%PDF-"):
        return _pdf(_bounded(data, name), name)
    if is_picture(data):
        return _picture(_bounded(data, name), name)
    if is_xls(data):
        return read_xls(_bounded(data, name), name)
    return _text(data, name)


def _pdf(data: bytes, name: str) -> Document:
    try:
        return read_pdf(data, name)
    except UnusableDocumentError as error:
        if error.code != "scan":
            raise
        return read_scan(data, name, error)


def _picture(data: bytes, name: str) -> Document:
    try:
        return _text(data, name)  # which refuses it
    except UnusableDocumentError as error:
        return read_scan(data, name, error)


_HEAD = 1024
"""Within how many bytes a file says that it is a PDF."""


def _bounded(data: bytes, name: str) -> bytes:
    if len(data) > MAX_PACKAGE:
        raise unusable(
            "too-large",
            f"超过 {MAX_PACKAGE // 1024**2} MB 的上限：请删去图片，或拆分后再读",
            f"exceeds the limit of {MAX_PACKAGE // 1024**2} MB: take out pictures, or split it",
            name,
        )
    return data


def text_document(text: str, name: str) -> Document:
    """The same of text at hand already.

    Raises:
        WrongTypeError: it is no text (a ``TypeError``).
        UnusableDocumentError: see :func:`read_document`.
    """
    decoded = as_decoded(text, name)
    document = _of_text(decoded.text, decoded.encoding, name)
    sha256 = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return attrs.evolve(document, sha256=sha256)


# Text.

_PAGE = re.compile(
    r"\s*+(?:<\?xml[^>]*+>\s*+)?(?:<!--(?:[^-]++|-(?!->))*+-->\s*+)*+<(?:!doctype\s++html|html|head|meta)\b",
    re.IGNORECASE,
)
_PIECE = re.compile(r"\s*+<(?:table|div|p|body|h[1-6]|style|span|center|font)\b", re.IGNORECASE)
_OTHER_XML = re.compile(r"\s*+<\?xml|\s*+<\?mso-application", re.IGNORECASE)
_WEB_ARCHIVE = re.compile(r"\s*+(?:MIME-Version|From|Content-Type)\s*+:", re.IGNORECASE)
_MARKDOWN = (".md", ".markdown", ".txt", "")


def _text(data: bytes, name: str) -> Document:
    decoded = decode(data, name)
    return _of_text(decoded.text, decoded.encoding, name)


def _of_text(text: str, encoding: str, name: str) -> Document:
    """A document that is text; where its name says otherwise, that is told."""
    suffix = Path(name).suffix.lower()
    document = _in_text(text, encoding, suffix, name)
    others = _NEVER_PAGES if document.kind == "html" else _NEVER_TEXT
    if suffix not in others:
        return document
    note = (_IS_PAGE if document.kind == "html" else _IS_TEXT).fill(suffix)
    return attrs.evolve(document, notes=(note, *document.notes))


_NEVER_PAGES = (
    ".docx", ".docm", ".xlsx", ".xlsm", ".wps", ".et", ".odt", ".ods", ".ofd", ".pdf",
)  # fmt: skip
"""Endings that no program gives to web pages, as many do .doc and .xls."""
_NEVER_TEXT = (*_NEVER_PAGES, ".doc", ".xls")
_IS_PAGE = Text(
    zh="文件名以 {} 结尾，内容却是网页：可能下载到的是网页，请核对并重新下载",
    en="its name ends in {}, but it is a web page: perhaps a page was downloaded in place of the "
    "file; check it, and download the file again",
)
_IS_TEXT = Text(
    zh="文件名以 {} 结尾，内容却是纯文本：可能是改过扩展名，或下载、导出有误，请核对",
    en="its name ends in {}, but it is plain text: it may have been renamed, or downloaded or "
    "exported wrongly; check it",
)


def _in_text(text: str, encoding: str, suffix: str, name: str) -> Document:
    page = _PAGE.match(text)
    if page and (suffix not in _MARKDOWN or "doctype" in page[0].lower() or "<?xml" in page[0]):
        return read_html(text, encoding)
    if suffix not in _MARKDOWN and _PIECE.match(text):
        return read_html(text, encoding)
    if _WEB_ARCHIVE.match(text) and "multipart/related" in text[:4000]:
        raise to_convert("MHTML", "docx", name)
    if _OTHER_XML.match(text):
        raise _other_xml(text[:_HEAD_OF_XML], name)
    if suffix in (".csv", ".tsv"):
        return read_delimited(text, encoding, suffix[1:])
    return read_markdown(text, encoding)


def _other_xml(head: str, name: str) -> UnusableDocumentError:
    """The error that says as what an XML file is to be saved: by what it says of itself."""
    for root, (kind, to) in _XML_KINDS.items():
        if root in head:
            return to_convert(kind, to, name)
    return to_convert("XML", "docx", name)


_HEAD_OF_XML = 8000
_XML_KINDS = {
    "vnd.oasis.opendocument.spreadsheet": ("OpenDocument (XML)", "ods"),
    "vnd.oasis.opendocument.text": ("OpenDocument (XML)", "odt"),
    "schemas-microsoft-com:office:spreadsheet": ("Excel 2003 XML", "xlsx"),
}


# Office files.

_OFD = Text(
    zh="是 OFD 文件，暂不支持读取：请用 WPS 或 OFD 阅读器另存为 .docx 或 PDF"
    "（LibreOffice 不能打开）",
    en="is an OFD file, which is not read yet: save it as .docx or PDF in WPS or a reader for OFD "
    "(LibreOffice does not open it)",
)


def _office(data: bytes, name: str) -> Document:
    archive = Archive(data)
    kind = archive.text("mimetype")
    for odf in ("text", "spreadsheet"):
        if kind.startswith(f"application/vnd.oasis.opendocument.{odf}"):
            return read_odf(archive, "odt" if odf == "text" else "ods")
    if kind.startswith("application/vnd.oasis.opendocument"):
        raise to_convert("OpenDocument", "docx", name)
    if "OFD.xml" in archive.names:
        raise unusable("other-kind", _OFD.zh, _OFD.en, name)
    for relation in archive.relations().values():
        if relation.kind == "officeDocument" and not relation.outside:
            return _of_main_part(archive, relation.target, name)
    raise unusable(
        "archive",
        "是压缩包：请解压后逐个读取",
        "is an archive: unpack it, and name the files in it one by one",
        name,
    )


def _of_main_part(archive: Archive, main: str, name: str) -> Document:
    types = {
        part.get("PartName", "").lstrip("/"): part.get("ContentType", "")
        for part in archive.elements("[Content_Types].xml", "ct:Override", "ct:Default")
    }
    kind = types.get(main, "")
    if "wordprocessingml" in kind or "ms-word" in kind:
        return read_docx(archive, main)
    if "spreadsheetml" in kind or ("ms-excel" in kind and "binary" not in kind):
        return read_xlsx(archive, main)
    if "ms-excel" in kind:
        raise to_convert("xlsb", "xlsx", name)
    if "presentationml" in kind or "powerpoint" in kind:
        raise to_convert("PowerPoint", "docx", name)
    if main.startswith("word/"):
        return read_docx(archive, main)
    if main.startswith("xl/") and not main.endswith(".bin"):
        return read_xlsx(archive, main)
    raise to_convert("Office", "docx", name)
