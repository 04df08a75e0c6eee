"""Pages looked at in headless Chromium: computed styles and pictures, without a driver."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs

__all__ = ["Frame", "chromium", "measured", "screenshot"]

MEASURE = Path(__file__).with_name("measure.js")
# Nothing is fetched: what a page asks of the net fails at once.
OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--hide-scrollbars",
    "--allow-file-access-from-files",
    "--host-resolver-rules=MAP * ~NOTFOUND",
)


def chromium() -> str | None:
    """Where Chromium is installed, if it is."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


@attrs.frozen(kw_only=True)
class Frame:
    """A page in a window of a width, and whether it should be dark."""

    page: Path
    width: int
    is_dark: bool


def measured(frames: Mapping[str, Frame], folder: Path) -> dict[str, Any]:
    """What ``measure.js`` says of each page, all looked at in one run."""
    windows = "".join(
        f'<iframe name="{name}" src="{frame.page.as_uri()}" width="{frame.width}" height="900">'
        "</iframe>"
        for name, frame in frames.items()
    )
    dark = json.dumps({name: frame.is_dark for name, frame in frames.items()})
    index = folder / "index.html"
    index.write_text(
        f"""<!DOCTYPE html><meta charset="utf-8"><body>{windows}<pre id="told"></pre>
<script>{MEASURE.read_text(encoding="utf-8")}
addEventListener("load", () => {{
  const dark = {dark};
  const told = Object.fromEntries(
    [...document.querySelectorAll("iframe")].map(
      (frame) => [frame.name, measure(frame.contentWindow, dark[frame.name])]));
  document.body.textContent = JSON.stringify(told);
}});
</script>""",
        encoding="utf-8",
    )
    done = run("--dump-dom", "--virtual-time-budget=20000", index.as_uri(), folder=folder)
    body = re.search(r"<body>(.*)</body>", done, re.DOTALL)
    assert body is not None, done[:1000]
    measures: dict[str, Any] = json.loads(html.unescape(body[1]))
    return measures


def screenshot(page: Path, picture: Path, *, width: int, height: int, folder: Path) -> None:
    """The page as a picture, as far down as ``height``."""
    run(f"--screenshot={picture}", f"--window-size={width},{height}", page.as_uri(), folder=folder)


def run(*options: str, folder: Path) -> str:
    program = chromium()
    assert program is not None
    command: Sequence[str] = (program, *OPTIONS, f"--user-data-dir={folder / 'profile'}", *options)
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=100)
    return done.stdout
