"""Displays in notebooks, as a browser shows them: JupyterLab, the classic notebook, VS Code.

Their style sheets have rules for tables of their own, which must not win over ours.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from .chromium import Frame, chromium, measured
from .notebooks import SOURCES, THEMES, executed, written

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(chromium() is None, reason="Chromium is not installed"),
]
WIDTHS = (1280, 480)
FRAMES = [f"{theme}-{width}" for theme in THEMES for width in WIDTHS]


@pytest.fixture(scope="module")
def notebook() -> Any:
    return executed()


@pytest.fixture(scope="module")
def seen(notebook: Any, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder: Path = tmp_path_factory.mktemp("pages")
    pages = written(notebook, folder)
    frames = {
        f"{theme}-{width}": Frame(page=pages[theme], width=width, is_dark=is_dark)
        for theme, is_dark in THEMES.items()
        for width in WIDTHS
    }
    return measured(frames, folder)


@pytest.mark.parametrize("frame", FRAMES)
def test_what_a_reader_sees(frame: str, seen: dict[str, Any]) -> None:
    """Words left, numbers right, nothing sticks out or is too faint, no stripes."""
    measures = seen[frame]
    assert measures["width"] == int(frame.rpartition("-")[2])
    assert measures["problems"] == []
    for name, least in {
        "sheets": 14,
        "words": 1000,
        "numbers": 100,
        "texts": 1000,
        "labels": 100,
    }.items():
        assert measures["counts"][name] >= least


def test_a_tuple_of_results_is_short(notebook: Any) -> None:
    (output,) = notebook.cells[SOURCES.index("audit.causes")].outputs
    assert set(output.data) == {"text/plain"}
    lines = output.data["text/plain"].splitlines()
    assert max(map(len, lines)) < 210
