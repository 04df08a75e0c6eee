"""Giving a document back with the findings at their places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import attrs

from budgetperf.auditing import Audit
from budgetperf.documents.choosing import reports_of
from budgetperf.documents.readers.files import document_of
from budgetperf.documents.readers.text import read_bytes
from budgetperf.documents.source import Document
from budgetperf.documents.understanding.ways import way_of
from budgetperf.documents.writing import replace_file
from budgetperf.exact import LIST, BudgetperfError, Missing, Text
from budgetperf.exact.calls import Called
from budgetperf.exact.limits import MAX_PACKAGE
from budgetperf.exact.text import WrongTypeError, shown
from budgetperf.exact.written.by_name import by_name
from budgetperf.model import SelfEvaluation
from budgetperf.plain.files import as_path

from .excel import At, CellNote, Line, Listed, with_notes
from .package import Package
from .page import review_page
from .places import Ground, Place
from .points import Note, Point, points_of, summary_of
from .word import Comment, with_comments

__all__ = ["Reviewed", "review", "reviewed_text"]

_AUTHOR = "budgetperf"


@attrs.frozen(kw_only=True)
class Reviewed(Called):
    """A review that was written.

    Args:
        path: the file.
        format: its kind: ``"docx"``, ``"xlsx"`` or ``"html"``.
        points: how many causes and questions it tells.
        beside: the numbers of those that do not stand right at a number, but at its paragraph, its
            row, or the head of the document.
    """

    path: Path
    format: str
    points: int
    beside: tuple[int, ...]


def reviewed_text(done: Reviewed) -> Text:
    """What was written, in words."""
    written_to = Text(zh="已写入 {}：意见 {} 条", en="written to {}: {} points")
    text = written_to.fill(shown(done.path.name), done.points)
    if done.beside:
        numbers = LIST.join(map(str, done.beside))
        beside = Text(
            zh="（不在数字本身，而在其段落、行或文首的：{}）",
            en=" (not right at a number, but at its paragraph, its row or the head: {})",
        )
        text += beside.fill(numbers)
    return text


@by_name
def review(
    path: str | Path,
    audit: Audit | Iterable[Audit],
    out: str | Path,
    *,
    author: str = _AUTHOR,
    lang: str = "zh",
    layout: str | Path | None = None,
) -> Reviewed:
    """Write a document once more with the findings of its audit at their places.

    A Word document gets comments, an Excel workbook notes, coloured cells and a sheet that lists
    the findings; all else in them stays byte for byte, and they are read as the same figures. Of
    any other document, and of these if ``out`` ends in ``.html``, a web page shows what was read,
    with a mark at each place. A document without a finding gets what says so.

    Args:
        path: the document.
        audit: its audit; of several reports in it, theirs in their order.
        out: the file: ``.docx`` of a Word document, ``.xlsx`` of an Excel workbook, or ``.html``.
        author: who the comments are by.
        lang: ``"zh"`` or ``"en"``.
        layout: how the document was read; see :func:`~budgetperf.read`.

    Raises:
        BudgetperfError: ``unknown-format``: the name ends in something else; ``same-file``: it is
            that of the document; ``other-document``: the audit is that of another one.
        UnusableDocumentError: the document cannot be read.
        OSError: the file cannot be written.
    """
    source, file = as_path(path), as_path(out)
    audits = _audits(audit)
    if file.exists() and source.exists() and file.samefile(source):
        raise BudgetperfError("same-file", _SAME, field="out")
    data = read_bytes(source, MAX_PACKAGE)
    document = document_of(data, source.name)
    _require_same(document, audits, source)
    kind = _kind(file, document)
    way = way_of(layout)

    def reread(changed: Document) -> Sequence[SelfEvaluation]:
        return reports_of(changed, source.name, way)

    ground = Ground(document, reread)
    points = points_of(audits)
    notes = [(point, note) for point in points for note in point.notes]
    ground.tell_apart(note.place for _, note in notes if note.place is not None)
    summary = summary_of(audits, points)
    if kind == "html":
        title = _title(audits).pick(lang)
        text = review_page(ground, points, summary, title=title, lang=lang)
        replace_file(file, text.encode())
        exact = [_is_told(ground, note) for _, note in notes]
    elif kind == "docx":
        package = Package(data)
        head = Comment(place=None, lines=tuple(line.pick(lang) for line in summary))
        comments = [
            Comment(place=note.place, lines=tuple(line.pick(lang) for line in note.lines))
            for _, note in notes
        ]
        exact = with_comments(package, ground, [head, *comments], author)[1:]
        replace_file(file, package.whole())
    else:
        package = Package(data)
        exact = _in_sheets(package, ground, notes, summary, author, lang)
        replace_file(file, package.whole())
    beside = {
        point.number
        for (point, note), is_exact in zip(notes, exact, strict=True)
        if note.is_main and not is_exact
    }
    return Reviewed(path=file, format=kind, points=len(points), beside=tuple(sorted(beside)))


def _audits(audits: Audit | Iterable[Audit]) -> tuple[Audit, ...]:
    several = (audits,) if isinstance(audits, Audit) else tuple(audits)
    for audit in several:
        if not isinstance(audit, Audit):  # pyright: ignore[reportUnnecessaryIsInstance]
            message = Text(zh="应为复核结果，而不是 {}", en="expected an audit, not {}")
            raise WrongTypeError("wrong-type", message.fill(shown(audit)), field="audit")
    return several


_SAME = Text(
    zh="不覆盖原件：请换一个文件名",
    en="the document itself is not overwritten: choose another name",
)


def _require_same(document: Document, audits: Sequence[Audit], source: Path) -> None:
    for audit in audits:
        reading = audit.report.reading
        if reading is None or reading.sha256 != document.sha256:
            message = Text(
                zh="复核的不是这个文件（内容不同）：请重新读取并复核后再批注",
                en="the audit is not of this file, which holds something else: read and audit it "
                "once more",
            )
            raise BudgetperfError("other-document", message, field=source.name)


def _kind(file: Path, document: Document) -> str:
    ending = file.suffix.lower()
    fitting = {"docx": (".docx", ".docm"), "xlsx": (".xlsx", ".xlsm")}.get(document.kind, ())
    if ending in fitting:
        return document.kind
    if ending in (".html", ".htm"):
        return "html"
    message = Text(
        zh="{} 文件的复核意见不能写成 {}：文件名请以 {} 结尾",
        en="a review of a {} file cannot be written as {}: let the name end in {}",
    )
    endings = LIST.join((*fitting[:1], ".html"))
    filled = message.fill(document.kind, shown(file.name), endings)
    raise BudgetperfError("unknown-format", filled, field="out")


def _title(audits: Sequence[Audit]) -> Text:
    names = [audit.report.about for audit in audits]
    name = next((name for name in names if not isinstance(name, Missing)), "—")
    return Text(zh="{}　复核意见", en="{}: review").fill(name)


def _is_told(ground: Ground, note: Note) -> bool:
    return note.place is not None and ground.which(note.place) is not None


# Sheets.


def _in_sheets(
    package: Package,
    ground: Ground,
    notes: Sequence[tuple[Point, Note]],
    summary: Sequence[Text],
    author: str,
    lang: str,
) -> list[bool]:
    placed = [_cell(ground, note.place) for _, note in notes]
    cells = [
        CellNote(at=at, lines=tuple(line.pick(lang) for line in note.lines), tone=note.tone(point))
        for (point, note), at in zip(notes, placed, strict=True)
        if at is not None
    ]
    rows = [
        Line(
            cells=_row(point, note, at, lang),
            at=at,
            tone=point.tone,
        )
        for (point, note), at in zip(notes, placed, strict=True)
        if note.is_main
    ]
    listed = Listed(
        name=Text(zh="复核意见", en="Review").pick(lang),
        lines=tuple(line.pick(lang) for line in summary),
        heads=tuple(head.pick(lang) for head in _HEADS),
        rows=tuple(rows),
    )
    with_notes(package, cells, listed, author)
    return [
        note.place is not None and bool(note.place.text) and at is not None
        for (_, note), at in zip(notes, placed, strict=True)
    ]


_HEADS = (
    Text(zh="序号", en="no."),
    Text(zh="所在", en="where"),
    Text(zh="填列数", en="stated"),
    Text(zh="意见", en="finding"),
    Text(zh="说明", en="explanation"),
)


def _cell(ground: Ground, place: Place | None) -> At | None:
    unit = None if place is None else ground.marked(place)
    is_named = unit is not None and unit.spot.sheet and unit.spot.cell
    return At(unit.spot.sheet, unit.spot.cell) if unit is not None and is_named else None


def _row(point: Point, note: Note, at: At | None, lang: str) -> tuple[str, ...]:
    where = "—" if at is None else f"{at.sheet}!{at.cell}"
    printed = "—" if note.place is None else note.place.text or "—"
    first, *others = (line.pick(lang) for line in note.lines)
    return str(point.number), where, printed, first, "\n".join(others)
