"""What a command is given to read: files, folders with everything below them, standard input."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import attrs

from budgetperf.documents.reading import UnusableDocumentError, read_all, read_data
from budgetperf.exact import LIST, Text
from budgetperf.exact.limits import MAX_PACKAGE
from budgetperf.exact.text import shown
from budgetperf.model import SelfEvaluation

__all__ = ["Source", "gathered", "given", "passed_over"]

_STANDARD_INPUT = "-"
_DOCUMENTS = (
    *("csv", "docm", "docx", "htm", "html", "markdown", "md", "ods", "odt", "pdf", "tsv", "txt"),
    *("xls", "xlsm", "xlsx"),
)
"""Endings that files of reports have."""
_REFUSED = ("7z", "doc", "et", "gz", "ofd", "rar", "rtf", "tar", "wps", "xlsb", "xz", "zip")
"""Endings of what may hold reports, and has to be saved or unpacked first: it is said which."""


@attrs.frozen(kw_only=True)
class Source:
    """One document that is to be read.

    Args:
        name: how it is called in what is printed.
        data: what it holds, where that was given by standard input.
        layout: how to read it, where that was asked for.
    """

    name: str
    data: bytes | None = None
    layout: str | None = None

    def read(self) -> tuple[SelfEvaluation, ...]:
        """The reports in it.

        Raises:
            UnusableDocumentError: it cannot be read.
        """
        try:
            if self.data is not None:
                return read_data(self.data, self.name, layout=self.layout)
            return read_all(self.name, layout=self.layout)
        except UnusableDocumentError as error:
            if error.field != Path(self.name).name:
                raise
            # Files in several folders may have the same name.
            raise UnusableDocumentError(error.code, error.message, field=self.name) from None

    def read_one(self) -> SelfEvaluation:
        """The report in it, where there is one.

        Raises:
            UnusableDocumentError: it cannot be read, or holds several.
        """
        only, *others = self.read()
        if others:
            raise UnusableDocumentError(
                "several-reports", _SEVERAL.fill(len(others) + 1), field=self.name
            )
        return only


_SEVERAL = Text(
    zh="内有 {} 份自评表：请拆分后分别处理，或用 budgetperf audit 一并复核",
    en="holds {} self-evaluation forms: split it, or audit them together by budgetperf audit",
)


def given(name: str, layout: str | None = None) -> Source:
    """The document of that name; ``"-"`` is standard input."""
    if name != _STANDARD_INPUT:
        return Source(name=name, layout=layout)
    return Source(name=name, data=sys.stdin.buffer.read(MAX_PACKAGE + 1), layout=layout)


def gathered(names: Sequence[str], pattern: str | None) -> Iterator[Source | UnusableDocumentError]:
    """The documents behind the names, each once, in the order of the names.

    Args:
        names: of files and folders; ``"-"`` is standard input.
        pattern: of the names of files that are taken from folders, such as ``"*自评*"``; without
            one all that may be reports.
    """
    seen: set[str] = set()
    for name in names:
        for source in _behind(name, pattern):
            if isinstance(source, Source):
                path = os.path.normpath(source.name)
                if path in seen:
                    continue
                seen.add(path)
            yield source


def _behind(name: str, pattern: str | None) -> Iterator[Source | UnusableDocumentError]:
    if name != _STANDARD_INPUT and os.path.isdir(name):
        files = [str(file) for file in _below(Path(name), pattern)]
        if files:
            yield from (Source(name=file) for file in files)
        else:
            yield _nothing_in(name, pattern)
    else:
        yield given(name)


def passed_over(names: Sequence[str]) -> Text | None:
    """What of the folders among the names is not taken for a report, by the endings of files."""
    others = Counter[str]()
    for name in names:
        if name != _STANDARD_INPUT and os.path.isdir(name):
            files = _files(Path(name))
            others.update(file.suffix.lower() for file in files if not _is_taken(file, None))
    if not others:
        return None
    counts = (
        _NO_ENDING.fill(n) if not ending else f"{ending} {n}"
        for ending, n in sorted(others.items())
    )
    return _PASSED_OVER.fill(others.total(), LIST.join(counts))


_NO_ENDING = Text(zh="无扩展名 {}", en="without an extension {}")
_PASSED_OVER = Text(
    zh="文件夹中另有 {} 项未读取（{}）：如是报告，请直接写出文件名，或用 --pattern 指明",
    en="not read in the folders: {} ({}); if these are reports, name them or use --pattern",
)


def _below(folder: Path, pattern: str | None) -> Iterator[Path]:
    """The files below a folder that are taken for reports."""
    return (path for path in _files(folder) if _is_taken(path, pattern))


def _is_taken(path: Path, pattern: str | None) -> bool:
    """Whether a file of a folder is one to be read: not what is no file at all, and never ends."""
    if not path.is_file():
        return False
    return path.match(pattern) if pattern else path.suffix[1:].lower() in _DOCUMENTS + _REFUSED


def _files(folder: Path) -> Iterator[Path]:
    """What is below a folder, in the order of the names, and folders that are links, which are not
    followed; nothing that is hidden or a lock."""
    for here, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        linked = [name for name in folders if os.path.islink(os.path.join(here, name))]
        for name in sorted([*files, *linked]):
            if not name.startswith((".", "~$", ".~")):
                yield Path(here, name)


def _nothing_in(folder: str, pattern: str | None) -> UnusableDocumentError:
    if pattern is None:
        why = Text(
            zh="文件夹内没有报告文件（{}）：请检查路径，或用 --pattern 指明文件名",
            en="no report in this folder ({}): check the path, or name the files by --pattern",
        ).fill(LIST.join(_DOCUMENTS))
    else:
        why = Text(
            zh="文件夹内没有文件名符合 {} 的文件：请检查 --pattern",
            en="no file in this folder matches {}: check --pattern",
        ).fill(shown(pattern))
    return UnusableDocumentError("empty-folder", why, field=folder)
