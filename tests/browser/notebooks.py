"""A notebook that shows every kind of result, executed, and as the pages that show notebooks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

__all__ = ["SOURCES", "THEMES", "executed", "written"]

EXAMPLE = Path(__file__).parents[2] / "examples" / "department-2023.md"
SOURCES = (
    f"import budgetperf as bp\nreport = bp.read({str(EXAMPLE)!r})\nreport",
    "audit = bp.audit(report, rules='xinjiang-observed-2023')\naudit",
    "audit.in_english()",
    "bp.scorecard(report, rules='yitihua-default')",
    "fit = bp.rules_that_fit(report)\nfit",
    "audit.causes[0]",
    "audit.suspects[0].in_english()",
    "audit.inconsistent[0]",
    "bp.rulesets['central-2021-101']",
    "bp.rulesets",
    "bp.rates.catalogue.in_english()",
    "bp.rates.catalogue['staffing-control-rate']",
    "report.form",
    "report.form.indicators[2]",
    "audit.causes",
)
THEMES = {
    "lab-light": False,
    "lab-dark": True,
    "classic": False,
    "vscode-light": False,
    "vscode-dark": True,
}
"""How notebooks are shown, and whether that is dark."""


def executed() -> Any:
    """The notebook with its outputs."""
    nbclient: Any = pytest.importorskip("nbclient")
    nbformat: Any = pytest.importorskip("nbformat")
    pytest.importorskip("ipykernel")
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(s) for s in SOURCES])
    nbclient.NotebookClient(notebook, timeout=60, kernel_name="python3").execute()
    return notebook


def written(notebook: Any, folder: Path) -> dict[str, Path]:
    """The notebook as pages of every kind, by the names of ``THEMES``."""
    nbconvert: Any = pytest.importorskip("nbconvert")
    pages: dict[str, str] = {}
    for name, options in {
        "lab-light": {"template_name": "lab", "theme": "light"},
        "lab-dark": {"template_name": "lab", "theme": "dark"},
        "classic": {"template_name": "classic"},
    }.items():
        exporter = nbconvert.HTMLExporter(**options)
        pages[name], _ = exporter.from_notebook_node(notebook)
    for theme in ("light", "dark"):
        pages[f"vscode-{theme}"] = _vscode(notebook, theme)
    return {name: _saved(folder / f"{name}.html", page) for name, page in pages.items()}


def _saved(path: Path, page: str) -> Path:
    path.write_text(page, encoding="utf-8")
    return path


# The rules that VS Code gives the outputs of a notebook, and its grounds.
_VSCODE = """<!DOCTYPE html><html><head><meta charset="utf-8"><style>
body{{background:{ground};color:{ink};font:13px system-ui;margin:0;padding:0 24px}}
table{{border-collapse:collapse;border-spacing:0}}
table,thead,tr,th,td,tbody{{border:none;border-color:transparent;border-spacing:0;
border-collapse:collapse}}
table,th,tr{{vertical-align:middle;text-align:right}}
thead{{font-weight:bold;background-color:rgba(130,130,130,0.16)}}
th,td{{padding:4px 8px}}
tr:nth-child(even){{background-color:rgba(130,130,130,0.08)}}
tbody th{{font-weight:normal}}
#container .output{{overflow-x:auto;width:100%}}
</style></head>
<body class="vscode-{theme}" data-vscode-theme-kind="vscode-{theme}"><div id="container">
{outputs}</div></body></html>"""


def _vscode(notebook: Any, theme: str) -> str:
    grounds = {"light": ("#ffffff", "#3b3b3b"), "dark": ("#1f1f1f", "#cccccc")}
    ground, ink = grounds[theme]
    shown = [
        o.data["text/html"] for c in notebook.cells for o in c.outputs if "text/html" in o.data
    ]
    outputs = "\n".join(f'<div class="output"><div class="rendered">{h}</div></div>' for h in shown)
    return _VSCODE.format(theme=theme, ground=ground, ink=ink, outputs=outputs)
