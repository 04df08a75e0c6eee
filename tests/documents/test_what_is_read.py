"""The tables of what is read, on their page: a form in each format, and published ones."""

from __future__ import annotations

import importlib
import json
from collections import defaultdict
from typing import Any

import pytest

import budgetperf as bp

from .forms import EVERY_FORMAT, SAMPLE, SHAPES, due
from .samples import ROOT
from .test_published_forms import FILES, compared

PAGES = [("documents.md", "zh"), ("documents.en.md", "en")]
needs_pages = pytest.mark.skipif(
    not (ROOT / "docs").is_dir(), reason="the wheel: its pages are not there"
)


@pytest.mark.law
@needs_pages
@pytest.mark.parametrize(("page", "lang"), PAGES)
def test_every_format_is_tried_and_nearly_all_is_read(
    page: str, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A figure that is read wrongly raises; of a PDF one is left out where a page ends."""
    monkeypatch.syspath_prepend(str(ROOT / "docs" / "hooks"))
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    made: str = importlib.import_module("reading_table").tried(text, lang)
    table = made[len(text.partition("<!-- tried")[0]) :].partition("\n\n")[0].split("\n")
    counts = [row.split(" | ")[1] for row in table[2:]]
    all_of_it = len(due(SAMPLE)) * len(SHAPES)
    whole = f"{all_of_it}/{all_of_it}"
    assert len(counts) == len(EVERY_FORMAT)
    assert sorted(set(counts)) == [f"{all_of_it - 1}/{all_of_it}", whole]
    assert counts.count(whole) == len(EVERY_FORMAT) - 1


@pytest.mark.law
@needs_pages
@pytest.mark.skipif(not FILES, reason="these documents are not shipped")
@pytest.mark.parametrize(("page", "lang"), PAGES)
def test_the_page_says_what_is_read_of_published_forms(page: str, lang: str) -> None:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    for row in published():
        assert f"| {' | '.join(row)} |" in text


KINDS = (".docx", ".xlsx", ".html", ".md", ".tsv", ".txt")


def published() -> list[list[str]]:
    """Of each layout that published forms have, how many figures are read right in each format."""
    counts = defaultdict[str, dict[str, list[int]]](lambda: defaultdict(lambda: [0, 0]))
    for file in FILES:
        expected: dict[str, Any] = json.loads(file.with_suffix(".json").read_text("utf-8"))
        report = bp.read(file)
        layout = report.reading.layout if report.reading else ""
        if file.suffix == ".txt":
            layout = "—"
        for _, right, read in compared(report, expected):
            count = counts[layout][file.suffix]
            count[0] += read == right
            count[1] += 1
    return [
        [
            f"`{layout}`" if layout != "—" else "—",
            *("{}/{}".format(*own[kind]) if kind in own else "—" for kind in KINDS),
        ]
        for layout, own in sorted(counts.items())
    ]
