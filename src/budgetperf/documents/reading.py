"""Reading a report: from a file to a :class:`~budgetperf.model.SelfEvaluation`."""

from __future__ import annotations

from pathlib import Path

from budgetperf.documents.choosing import reports_of
from budgetperf.documents.readers.files import document_of, read_document, text_document
from budgetperf.documents.readers.text import UnusableDocumentError, unusable
from budgetperf.documents.understanding.ways import way_of
from budgetperf.exact.written.by_name import by_name
from budgetperf.model import SelfEvaluation
from budgetperf.plain.files import as_path

__all__ = ["UnusableDocumentError", "parse", "read", "read_all", "read_data"]


@by_name
def read(path: str | Path, *, layout: str | Path | None = None) -> SelfEvaluation:
    """Read a report from a file: Word (``.docx``), Excel (``.xlsx``, ``.xls``), PDF, OpenDocument,
    a web page, Markdown, CSV or plain text, told by what is in it.

    Every figure keeps the line (and in a table the column) where it was found: in a sheet the row,
    in a Word document or a PDF the number of the paragraph or row. PDF and ``.xls`` need the extras
    ``pdf`` and ``xls``. ``reading`` says how many of the
    document's numbers were understood, lists the others, and tells what was hidden or left out.

    Args:
        path: the file; text in UTF-8 or GB18030.
        layout: how to read it, in place of what understands most: ``"forms"`` (by the words in
            headers), ``"phrases"`` (by its sentences alone), the id of one of
            :func:`~budgetperf.documents.layouts`, or a TOML file with words of one's own.

    Raises:
        UnusableDocumentError: the file cannot be read, is of another kind, or has no figure that a
            known layout or word understands, or holds several reports (``several-reports``, which
            :func:`read_all` reads); the message names the reason and the remedy.
        NotFoundError: there is no such layout.
        ProblemsError: the TOML file is wrong; all that is wrong is listed.
    """
    path = as_path(path)
    return _only(reports_of(read_document(path), path.name, way_of(layout)), path.name)


@by_name
def read_all(path: str | Path, *, layout: str | Path | None = None) -> tuple[SelfEvaluation, ...]:
    """Read all reports of a file, in its order: the forms of a department and of its projects, say.

    A file with one report gives that one, as :func:`read` does.

    Args:
        path: the file; see :func:`read`.
        layout: how to read it; see :func:`read`.

    Raises:
        UnusableDocumentError: see :func:`read`.
        NotFoundError: there is no such layout.
        ProblemsError: the TOML file is wrong.
    """
    path = as_path(path)
    return reports_of(read_document(path), path.name, way_of(layout))


def read_data(
    data: bytes, name: str, *, layout: str | Path | None = None
) -> tuple[SelfEvaluation, ...]:
    """The same of the bytes of a file.

    Args:
        data: all of them.
        name: its name, for messages.
        layout: how to read it; see :func:`read`.

    Raises:
        UnusableDocumentError: see :func:`read`.
        NotFoundError: there is no such layout.
        ProblemsError: the TOML file is wrong.
    """
    return reports_of(document_of(data, name), name, way_of(layout))


@by_name
def parse(text: str, *, source: str = "", layout: str | Path | None = None) -> SelfEvaluation:
    """Read a report from text that is at hand already; see :func:`read`.

    Args:
        text: the whole report.
        source: a name for it, for messages.
        layout: how to read it; see :func:`read`.

    Raises:
        WrongTypeError: it is no text (a ``TypeError``).
        UnusableDocumentError: the text is empty, too long, or has no figure that a known layout
            understands.
        NotFoundError: there is no such layout.
        ProblemsError: the TOML file is wrong.
    """
    return _only(reports_of(text_document(text, source), source, way_of(layout)), source)


def _only(reports: tuple[SelfEvaluation, ...], source: str) -> SelfEvaluation:
    first, *others = reports
    if others:
        count = len(others) + 1
        raise unusable(
            "several-reports",
            f"内有 {count} 份自评报告：请拆分后分别读取，或在 Python 中用 bp.read_all(路径) 读取",
            f"holds {count} self-evaluation reports: split it, or read all by bp.read_all(path) in "
            "Python",
            source,
        )
    return first
