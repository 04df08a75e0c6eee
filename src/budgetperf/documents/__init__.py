"""Reading what people have: files of many kinds, in layouts that are data."""

from __future__ import annotations

from budgetperf.documents.readers.text import MAX_BYTES, UnusableDocumentError
from budgetperf.documents.understanding.known import KnownLayout, known_layouts
from budgetperf.documents.understanding.layout import Layout, layouts

from .indicator_rows import HEADERS, indicators
from .reading import parse, read, read_all
from .records import Table

__all__ = [
    "HEADERS",
    "MAX_BYTES",
    "KnownLayout",
    "Layout",
    "Table",
    "UnusableDocumentError",
    "indicators",
    "known_layouts",
    "layouts",
    "parse",
    "read",
    "read_all",
]
