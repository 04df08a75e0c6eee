"""The command ``table read``: the reports of files and folders as tables."""

from __future__ import annotations

import argparse
import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import attrs

from budgetperf.cli.answers import not_written
from budgetperf.cli.arguments import Parser
from budgetperf.cli.sources import Source, gathered
from budgetperf.cli.terminal import followed
from budgetperf.documents.reading import UnusableDocumentError
from budgetperf.exact import Text
from budgetperf.frames.tidy.tables import TidyTable, to_tables
from budgetperf.model import SelfEvaluation

__all__ = ["add_read", "read_to_tables"]


def add_read(add: Callable[..., Parser]) -> Parser:
    """The command and its options."""
    sub = add("read", help="一批报告写成表 / reports as tables")
    sub.add_argument(
        "paths", nargs="+", metavar="PATH", help="报告文件、文件夹 / reports and folders"
    )
    sub.add_argument(
        "--pattern", metavar="GLOB",
        help="文件夹中的文件名，如 '*自评*' / names of files in folders, such as '*.docx'",
    )  # fmt: skip
    sub.add_argument(
        "-o", "--output", metavar="FOLDER", required=True,
        help="文件夹，写入各表 / a folder for the tables",
    )  # fmt: skip
    return sub


def read_to_tables(
    options: argparse.Namespace, layout: str | None
) -> tuple[str, Sequence[UnusableDocumentError]]:
    """Write the tables of all reports that can be read.

    Returns:
        How many there are, in words; and why the other files could not be read.
    """
    folder = Path(options.output)
    every = list(gathered(options.paths, options.pattern))
    sources = [source for source in every if not _is_written_before(source, folder)] or every
    reports = list[SelfEvaluation]()
    files = list[_File]()
    refused = list[UnusableDocumentError]()
    for source in followed(sources, len(sources), options.lang):
        read = _read(source, layout)
        if isinstance(read, UnusableDocumentError):
            refused.append(read)
            files.append((read.field, None, None, read.message.pick(options.lang)))
            continue
        name, several = read
        for report in several:
            unread = len(report.reading.unread) if report.reading else 0
            files.append((name, len(reports), unread, None))
            reports.append(report)
    tables = to_tables(reports)
    made = {"indicators": tables.indicators, "lines": tables.lines, "totals": tables.totals}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, table in made.items():
            _write(folder / f"{name}.csv", table.columns, _rows(table))
        _write(folder / "files.csv", _FILE, files)
    except OSError as error:
        raise not_written(error, options.output) from None
    summary = _SAID.fill(
        len(reports), len(sources) - len(refused), len(sources), len(tables.indicators)
    )
    return summary.pick(options.lang), refused


_SAID = Text(
    zh="{} 份报告，读自 {} 个文件（共 {} 个），指标 {} 行",
    en="reports: {}, read from {} of {} files; rows of indicators: {}",
)

_File = tuple[str, int | None, int | None, str | None]
_FILE = ("file", "report", "unread", "why")
"""The name of a file, the number of a report in it, how many numbers of that were not understood;
or why the file could not be read."""


def _is_written_before(source: Source | UnusableDocumentError, folder: Path) -> bool:
    """Whether a file is one of the tables that the command wrote to the same folder before."""
    if isinstance(source, UnusableDocumentError) or not all((folder / n).exists() for n in _NAMES):
        return False
    path = Path(source.name)
    return path.name in _NAMES and path.resolve().parent == folder.resolve()


_NAMES = ("files.csv", "indicators.csv", "lines.csv", "totals.csv")


def _read(
    source: Source | UnusableDocumentError, layout: str | None
) -> tuple[str, tuple[SelfEvaluation, ...]] | UnusableDocumentError:
    if isinstance(source, UnusableDocumentError):
        return source
    try:
        return source.name, attrs.evolve(source, layout=layout).read()
    except UnusableDocumentError as error:
        return error


def _rows(table: TidyTable) -> Iterator[tuple[int | str | None, ...]]:
    return zip(*table.columns.values(), strict=True)


def _write(path: Path, headers: Iterable[str], rows: Iterable[Sequence[int | str | None]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(headers)
        writer.writerows(rows)
