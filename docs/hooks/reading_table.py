"""What is read of a form in each format, and how quickly, tried anew whenever the site is built.

A page asks for the table with ``<!-- tried: formats -->``. The forms are those of the tests, which
also compare every figure: here they are counted, and one that were wrong would stop the build.
"""

from __future__ import annotations

import sys
import time
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import tables
from tables import table

import budgetperf as bp
from budgetperf.documents.reading import read_data
from budgetperf.exact import Text

if TYPE_CHECKING:
    from mkdocs.structure.pages import Page

__all__ = ["on_page_markdown", "tried"]

_NEEDED = {"xls": "xlrd", "pdf": "pdfminer"}
_HEAD = Text(zh="格式|读对的数|每份用时（秒）", en="format|figures read right|seconds for a form")
_NAMES = {
    "docx": Text(zh="Word `.docx`", en="Word `.docx`"),
    "xlsx": Text(zh="Excel `.xlsx`", en="Excel `.xlsx`"),
    "xls": Text(zh="Excel `.xls`", en="Excel `.xls`"),
    "odt": Text(zh="`.odt`", en="`.odt`"),
    "ods": Text(zh="`.ods`", en="`.ods`"),
    "pdf": Text(zh="PDF", en="PDF"),
    "html": Text(zh="网页", en="web page"),
    "csv": Text(zh="`.csv`", en="`.csv`"),
    "tabs": Text(zh="制表符", en="tabs"),
    "pipes": Text(zh="竖线表", en="pipes"),
    "repeated": Text(zh="竖线表，合并格逐格重复", en="pipes, merged cells repeated in each place"),
    "html in Markdown": Text(zh="Markdown 中的 HTML", en="HTML in Markdown"),
    "a line for each row": Text(zh="一行一行的文字", en="text, row by row"),
    "a line for each cell": Text(zh="一格一行的文字", en="text, cell by cell"),
}


def on_page_markdown(markdown: str, *, page: Page, **_: object) -> str:
    """Called by MkDocs with the text of each page."""
    return tried(markdown, tables.language(page))


def tried(markdown: str, lang: str) -> str:
    """The page with its marker replaced."""
    return tables.filled(markdown, "tried", {"formats": _table}, lang)


def _table(lang: str) -> str:
    return table(_HEAD.pick(lang), ([_NAMES[kind].pick(lang), *_row(kind)] for kind in _NAMES))


def _row(kind: str) -> tuple[str, str]:
    """How many figures of all shapes are read right, of how many, and the seconds of a form.

    Raises:
        ValueError: a figure was read wrongly.
    """
    root = str(Path(__file__).resolve().parents[2])
    if root not in sys.path:
        sys.path.append(root)  # mkdocs runs the hooks where the tests are out of reach
    forms: Any = import_module("tests.documents.forms")
    if kind in _NEEDED and find_spec(_NEEDED[kind]) is None:
        return "—", "—"
    expected: dict[str, object] = forms.due(forms.SAMPLE)
    right, taken = 0, list[float]()
    for style in forms.SHAPES.values():
        data, name = forms.EVERY_FORMAT[kind](forms.grids(forms.SAMPLE, style))
        read_data(data, name)  # what is loaded once is no part of it
        start = time.process_time()
        (report,) = read_data(data, name)
        taken.append(time.process_time() - start)
        read = forms.said(report)
        wrong = {path for path, value in read.items() if expected.get(path) != value}
        if wrong or bp.audit(report).inconsistent:
            raise ValueError(f"{kind}: read wrongly: {wrong}")
        right += len(read)
    return f"{right}/{len(expected) * len(forms.SHAPES)}", f"{sorted(taken)[len(taken) // 2]:.3f}"
