"""Reading what people have: text and Markdown, in layouts that are data."""

from __future__ import annotations

from .decoding import MAX_BYTES, UnusableDocumentError
from .layout import Layout, layouts
from .reading import parse, read

__all__ = ["MAX_BYTES", "Layout", "UnusableDocumentError", "layouts", "parse", "read"]
