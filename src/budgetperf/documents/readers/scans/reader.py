"""Scans and pictures, where the extra ``ocr`` is installed: what is recognised may be wrong, and is
marked as such."""

from __future__ import annotations

from budgetperf.documents.readers.pdf.reader import blocks_of_pages
from budgetperf.documents.readers.remarks import Remarks
from budgetperf.documents.readers.text import EMPTY, UnusableDocumentError, unusable
from budgetperf.documents.source import Document
from budgetperf.exact import Text

__all__ = ["read_scan"]

_RECOGNISED = Text(
    zh="全文由图片识别而得（组件 ocr，试验性），可能认错：每个数字都须核对原件；“—”与空白分不清，"
    "没有认出的一律按空白",
    en="all of it was recognised from pictures (extra ocr, experimental) and may be wrong: check "
    "each figure against the original. A dash and a blank are not told apart: what was not "
    "recognised is blank",
)
_DAMAGED = Text(
    zh="图片已损坏或不完整：请重新扫描或下载",
    en="is a damaged picture, or part of one: scan or fetch it again",
)


def read_scan(data: bytes, name: str, otherwise: UnusableDocumentError) -> Document:
    """What the pages of a picture, or of a PDF without text, show.

    Args:
        data: the file.
        name: its name, for messages.
        otherwise: what is raised if the extra ``ocr`` is not installed.

    Raises:
        UnusableDocumentError: that, or it is damaged, empty or beyond a limit.
    """
    try:
        from .recognising import (  # noqa: PLC0415 (an extra)
            BROKEN,
            Recogniser,
            pages_of_pdf,
            pictures_in,
        )
    except ImportError:
        raise otherwise from None
    is_pdf = b"%PDF-" in data[:1024]
    recogniser = Recogniser()
    try:
        pictures = pages_of_pdf(data) if is_pdf else pictures_in(data)
        pages = [
            recogniser.page(picture, number) for number, picture in enumerate(pictures, start=1)
        ]
    except UnusableDocumentError:
        raise
    except BROKEN:
        raise unusable("damaged", _DAMAGED.zh, _DAMAGED.en, name) from None
    remarks = Remarks()
    remarks.add(_RECOGNISED)
    blocks = blocks_of_pages(pages, remarks)
    if not blocks:
        raise unusable("empty", *EMPTY, name)
    return Document(
        kind="pdf" if is_pdf else "image",
        blocks=tuple(blocks),
        notes=remarks.texts(),
        recognised=True,
    )
