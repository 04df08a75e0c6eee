"""Notebooks on pages: each is run when the site is built, and shown with what it gives.

A page asks for one, which lies beside it, with ``<!-- notebook: NAME.ipynb -->``. A cell that fails
fails the build.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from tables import fenced

if TYPE_CHECKING:
    from mkdocs.structure.pages import Page
    from nbformat import NotebookNode

__all__ = ["markdown_of", "on_page_markdown"]

_MARKER = re.compile(r"<!-- notebook: (?P<name>[a-z.]+\.ipynb) -->")
_ROOT = Path(__file__).resolve().parent.parent.parent


def on_page_markdown(markdown: str, *, page: Page, **_: object) -> str:
    """Called by MkDocs with the text of each page."""
    folder = _ROOT / "docs" / Path(page.file.src_uri).parent
    return _MARKER.sub(lambda match: "\n\n".join(_parts(folder / match["name"])), markdown)


@functools.cache
def _run(path: Path) -> NotebookNode:
    """The notebook with its outputs, run in the folder that the repository is in."""
    import nbformat  # noqa: PLC0415 - of the group `docs`
    from nbclient import NotebookClient  # noqa: PLC0415

    notebook = nbformat.read(path, as_version=4)
    resources = {"metadata": {"path": str(_ROOT)}}
    return NotebookClient(notebook, timeout=120, resources=resources).execute()


def _parts(path: Path) -> Iterator[str]:
    yield from markdown_of(_run(path))


def markdown_of(notebook: NotebookNode) -> Iterator[str]:
    """The cells of a notebook that was run, each followed by its outputs."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            yield cell.source
            continue
        yield fenced("python", cell.source)
        for output in cell.outputs:
            data = output.get("data", {})
            if "text/html" in data:
                yield _apart(data["text/html"])
            else:
                yield fenced("text", output.get("text") or data["text/plain"])


def _apart(html: str) -> str:
    """HTML out of reach of the style of the site, as in a notebook; blank lines would end it."""
    lines = "\n".join(line for line in html.splitlines() if line.strip())
    wide = f'<div style="min-width: 33rem">\n{lines}\n</div>'
    root = f'<template shadowrootmode="open">\n{wide}\n</template>'
    return f'<div class="notebook-output">\n{root}\n</div>'
