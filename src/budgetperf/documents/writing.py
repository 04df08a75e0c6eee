"""Writing a report: as the form of a project or a department, in the format of the file's name."""

from __future__ import annotations

import datetime as dt
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import cast

import attrs

from budgetperf.composing import Composition
from budgetperf.display.words.composition import asked_cells, open_cells
from budgetperf.exact import LIST, BudgetperfError, Figure, Missing, Text
from budgetperf.exact.calls import Called
from budgetperf.exact.text import shown
from budgetperf.exact.written.by_name import by_name
from budgetperf.model import EvaluationKind, SelfEvaluation, Target
from budgetperf.model.fields import Part
from budgetperf.model.report import require_report
from budgetperf.plain.files import as_path
from budgetperf.rules import RuleSet

from .json import dumps
from .readers.text import read_text
from .writers.basic_data import basic_data_of
from .writers.blank.form import blank_bytes
from .writers.chapters.filling import Chapters, chapters_of, template_text
from .writers.docx import docx_bytes
from .writers.form import money_unit_of, page_of
from .writers.form_layout import FormLayout, form_layout, form_layouts
from .writers.grid import Page
from .writers.plain import csv_text, html_text, markdown_text
from .writers.xlsx import xlsx_bytes

__all__ = [
    "FORMATS",
    "FORM_ONLY",
    "Written",
    "form_names",
    "narrative_template",
    "replace_file",
    "write",
    "write_blank",
]

FORMATS = (".docx", ".xlsx", ".html", ".md", ".csv", ".json")
"""The ends of the names of files that can be written."""


@attrs.frozen(kw_only=True)
class Written(Called):
    """A file that was written.

    Args:
        path: the file.
        format: its kind: ``"docx"``, ``"xlsx"``, ``"html"``, ``"md"``, ``"csv"`` or ``"json"``.
        layout: the id of the form; ``""`` of JSON, which holds all of a report.
        left_out: the paths of what the report states and the form has no cell for.
    """

    path: Path
    format: str
    layout: str
    left_out: tuple[str, ...]


@by_name
def write(
    report: SelfEvaluation | Composition,
    path: str | Path,
    *,
    layout: str | None = None,
    template: str | Path | None = None,
) -> Written:
    """Write a report in the format that the end of the file's name says.

    In ``.docx``, ``.html`` and ``.md`` the text stands in chapters, and the form behind it;
    ``.xlsx`` and ``.csv`` are the form. What is not there is left blank and marked, never 0.

    ``.docx`` is A4 with the fonts and margins of an official document, the header of the indicators
    on every page, and page numbers. In ``.xlsx`` numbers are numbers with formats, and sums and
    rates are formulas with the printed value beside them, wherever they give just that. ``.html``
    needs nothing else; ``.md`` and ``.csv`` hold the same cells. ``.json`` is the whole report, as
    :func:`budgetperf.dumps` writes it. What the form has no cell for is listed in ``left_out``.

    Text stays text: what begins with ``=``, ``+``, ``-`` or ``@`` is no formula, and names with
    markup are shown as they are. A file that is there already is replaced once all is written.

    Args:
        report: the report; of a composition the completed one, with what is left open marked, and
            listed below the form.
        path: the file.
        layout: the id of the form: ``"national-project"`` or ``"xinjiang-department-2023"``; by
            default the one of what the report evaluates.
        template: a file with the chapters of the text in words of one's own (see
            :func:`narrative_template`), or ``"form-only"``; by default those of the form.

    Raises:
        WrongTypeError: it is no report (a ``TypeError``).
        BudgetperfError: ``unknown-format``: the name ends in something else; ``cannot-open``: the
            template cannot be read.
        ProblemsError: ``bad-template``: the template is wrong; all that is wrong is listed, each
            with its line and column.
        NotFoundError: there is no such form.
        OSError: the file cannot be written.
    """
    done = report if isinstance(report, Composition) else None
    stated = report.report if isinstance(report, Composition) else report
    require_report(stated)
    file = as_path(path)
    kind = file.suffix.lower()
    if kind not in FORMATS:
        message = Text(
            zh="不能写成 {}：文件名请以 {} 结尾", en="cannot write {}: let the name end in {}"
        )
        names = message.fill(shown(file.name), LIST.join(FORMATS))
        raise BudgetperfError("unknown-format", names, field="path")
    if kind == ".json":
        replace_file(file, dumps(stated, indent=2).encode())
        return Written(path=file, format="json", layout="", left_out=())
    form = form_layout(layout, stated.kind)
    left_open = () if done is None else tuple(open_field.path for open_field in done.left_open)
    own = _template(form, template)
    text = Chapters()
    if own and kind in _WITH_TEXT:
        due = (*left_open, *_asked(done))
        text = chapters_of(stated, own, left_open=due, listed_apart=due)
    page = page_of(stated, form, left_open=left_open, notes=_notes(done, text))
    page = attrs.evolve(page, text=text.paragraphs, held=page.held | text.held)
    if form.basic_data:
        unit = money_unit_of(stated)
        data = basic_data_of(stated, unit, held=page.paths, left_open=left_open)
        page = attrs.evolve(page, annex=data)
    replace_file(file, _WRITERS[kind](page))
    out = tuple(path for path in _stated(stated) if path not in page.paths)
    return Written(path=file, format=kind[1:], layout=form.id, left_out=out)


FORM_ONLY = "form-only"
_WITH_TEXT = (".docx", ".html", ".md")


def narrative_template(layout: str) -> str:
    """The chapters that the text of a form has, as a template to change.

    A paragraph is a line. ``{path}`` is the figure or the words at a path of the report, ``[…]`` is
    left out where the report has none of what is in it, ``{each path}…{end}`` is written for each
    row, and ``{write …}`` is left to whoever writes the report. The remarks in front of that of
    Xinjiang tell all of it.

    Args:
        layout: the id of the form.

    Raises:
        NotFoundError: there is no such form.
    """
    return template_text(form_layout(layout, EvaluationKind.PROJECT).id)


def _template(form: FormLayout, template: str | Path | None) -> str:
    """The template; ``""`` where only the form is written."""
    if template is None:
        return template_text(form.id)
    if template == FORM_ONLY:
        return ""
    return read_text(as_path(template)).text


def _asked(done: Composition | None) -> tuple[str, ...]:
    return () if done is None else tuple(reason_due.path for reason_due in done.asked)


def form_names() -> tuple[str, ...]:
    """The ids of the forms that can be written, that of a project first."""
    return tuple(layout.id for layout in form_layouts())


def write_blank(
    path: str | Path, layout: str | None = None, *, rules: RuleSet | None = None, rows: int = 20
) -> Path:
    """Write an empty form to fill in, as an Excel workbook, which :func:`budgetperf.read` reads.

    Cells to fill in are shaded and the others locked (without a password); operators and units are
    chosen from lists; sums, rates and the total are live formulas, and so are the scores that the
    rule-set gives for figures alone. A column beside the form turns red where something does not
    tie. A further sheet has the rules and what they rest on.

    Args:
        path: the file, which ends in ``.xlsx``.
        layout: the id of the form; by default that of a project.
        rules: the rule-set for the scores; without one these are filled in.
        rows: how many rows there are for indicators, from 1.

    Raises:
        BudgetperfError: ``unknown-format``: the name ends in something else; ``too-few-rows``.
        NotFoundError: there is no such form.
        OSError: the file cannot be written.
    """
    file = as_path(path)
    if file.suffix.lower() != ".xlsx":
        message = Text(
            zh="空白表写成 Excel 文件：{} 请改为以 .xlsx 结尾",
            en="an empty form is an Excel workbook: let {} end in .xlsx",
        )
        raise BudgetperfError("unknown-format", message.fill(shown(file.name)), field="path")
    if rows < 1:
        message = Text(zh="指标至少要有 1 行", en="there is at least 1 row for indicators")
        raise BudgetperfError("too-few-rows", message, field="rows")
    form = form_layout(layout, EvaluationKind.PROJECT)
    replace_file(file, blank_bytes(form, rules, rows))
    return file


_WRITERS: Mapping[str, Callable[[Page], bytes]] = MappingProxyType(
    {
        ".docx": docx_bytes,
        ".xlsx": xlsx_bytes,
        ".html": lambda page: html_text(page).encode(),
        ".md": lambda page: markdown_text(page).encode(),
        ".csv": lambda page: csv_text(page).encode(),
    }
)


def replace_file(file: Path, data: bytes) -> None:
    """Put a file in place once all of it is written."""
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name[:40]}.")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
        mode = file.stat().st_mode & 0o777 if file.exists() else 0o666 & ~_umask()
        os.chmod(name, mode)
        os.replace(name, file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _notes(done: Composition | None, text: Chapters) -> dict[str, tuple[str, ...]]:
    """What is left to do, in Chinese, as it stands below the form."""
    blanks = {"正文待填": text.blanks} if text.blanks else {}
    if done is None:
        return blanks
    lines_by_heading = {
        "待填": [_line(open_cells(open_field, "zh")) for open_field in done.left_open],
        "须说明原因": [_line(asked_cells(reason_due, "zh")) for reason_due in done.asked],
        "所填与其余不符": [
            f"{conflict.code} {conflict.message.pick('zh')}" for conflict in done.conflicts
        ],
    }
    return {heading: tuple(lines) for heading, lines in lines_by_heading.items() if lines} | blanks


def _line(cells: tuple[str, ...]) -> str:
    name, *others = filter(None, cells)
    return f"{name}：{'；'.join(others)}"


# What a report states.


def _stated(report: SelfEvaluation) -> Iterator[str]:
    """The paths of all figures and words that stand in it."""
    for name in ("department", "project", "narrative", "form"):
        yield from _in(name, getattr(report, name))
    yield from (f"repeated[{index}]" for index in range(len(report.repeated)))


def _in(path: str, value: object) -> Iterator[str]:
    match value:
        case Target():
            yield from [path] if isinstance(value.text, str) else ()
            yield from [f"{path}.value"] if isinstance(value.value, Figure) else ()
        case Part():
            kind = cast("type[attrs.AttrsInstance]", type(value))
            for field in attrs.fields(kind):
                if not field.name.startswith("_"):
                    yield from _in(f"{path}.{field.name}", getattr(value, field.name))
        case tuple():
            for index, item in enumerate(cast("tuple[object, ...]", value)):
                yield from _in(f"{path}[{index}]", item)
        case Figure() | dt.date():
            yield path
        case Missing():
            yield from [path] if value.text else ()
        case str() if value and not path.endswith(_NAMES):
            yield path
        case _:
            return


_NAMES = (".kind", ".category", ".label")
"""Words that stand in the cells of their rows."""
