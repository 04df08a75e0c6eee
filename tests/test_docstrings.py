"""The examples in the docstrings are run."""

from __future__ import annotations

import doctest
import importlib.util
import pkgutil
from pathlib import Path

import pytest

import budgetperf


def fail(name: str) -> None:
    raise ImportError(f"{name} cannot be imported")


def source(name: str) -> str:
    spec = importlib.util.find_spec(name)
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).read_text(encoding="utf-8")


MODULES = [
    module.name
    for module in pkgutil.walk_packages(budgetperf.__path__, "budgetperf.", onerror=fail)
    if not module.name.endswith(".__main__") and ">>>" in source(module.name)
]
"""Those with examples."""


WITH_AN_EXTRA = {
    "budgetperf.documents.readers.pdf.file.opening": "pdfminer",
    "budgetperf.documents.readers.scans.recognising": "rapidocr",
}
"""Modules that are imported when an extra is used, and what it brings."""


@pytest.mark.parametrize("name", ["budgetperf", *MODULES])
def test_examples(name: str) -> None:
    if name in WITH_AN_EXTRA:
        pytest.importorskip(WITH_AN_EXTRA[name])
    module = importlib.import_module(name)
    public = {own: getattr(budgetperf, own) for own in budgetperf.__all__}
    known = {**public, **vars(module)}  # what everybody can import need not be imported for it
    assert doctest.testmod(module, globs=known, raise_on_error=False).failed == 0


def test_there_are_examples() -> None:
    """Nothing above fails where no example is found: count them."""
    finder = doctest.DocTestFinder(exclude_empty=True)
    examples = [
        example
        for name in MODULES
        if name.startswith("budgetperf.exact.")
        for test in finder.find(importlib.import_module(name))
        for example in test.examples
    ]
    assert len(examples) > 20
