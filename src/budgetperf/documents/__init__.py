"""Reading what people have: text and Markdown, in layouts that are data."""

from __future__ import annotations

from budgetperf.documents.readers.text import MAX_BYTES, UnusableDocumentError
from budgetperf.documents.understanding.layout import Layout, layouts

from .reading import parse, read

__all__ = ["MAX_BYTES", "Layout", "UnusableDocumentError", "layouts", "parse", "read"]
