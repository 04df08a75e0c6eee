"""Tables in files, worked on piece by piece."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import TypeAlias, cast

from budgetperf.documents.readers.text import why_not_opened
from budgetperf.exact import BudgetperfError, Text
from budgetperf.exact.text import MissingExtraError

from .csvs import plain_csv
from .duckdb import by_duckdb
from .kinds import Counted, Job, Progress
from .polars import by_polars
from .spark import by_spark

__all__ = ["ENGINES", "Counts", "table_file"]

ENGINES = ("polars", "duckdb", "spark")
"""What may read and write the files."""


def table_file(
    *sources: Path,
    output: Path,
    work: Callable[..., object],
    counted: Sequence[str],
    engine: str = "polars",
    progress: Progress | None = None,
    keeps_rows: bool = True,
) -> Counts:
    """Write what a function makes of tables, such as :func:`budgetperf.frames.score`.

    The file is written beside its place first, so that what stands there is replaced whole or not
    at all.

    Args:
        sources: ``.csv`` (every column is text; see :mod:`budgetperf.frames.filing.csvs`),
            ``.parquet``, or ``.arrow`` (also ``.feather`` and ``.ipc``, which Spark does not read).
        output: the same kinds. Spark writes a folder of this name with the parts in it.
        work: the function; it is given the tables, which are worked out later.
        counted: headers of columns of codes, of which those that come about are counted.
        engine: ``"polars"``, ``"duckdb"`` or ``"spark"``.
        progress: told how much is done, from 0 to 1, several times a second.
        keeps_rows: whether the result has the rows of the first file.

    Returns:
        How many rows there are of each code, by column.

    Raises:
        BudgetperfError: as the function raises; a file is of another kind, or it cannot be read or
            written; a row was lost.
        MissingExtraError: the engine is not installed.
    """
    if output.resolve() in {source.resolve() for source in sources}:
        message = Text(zh="结果不能写回原文件：请另起名", en="write the result to another file")
        raise BudgetperfError("same-file", message, field=str(output))
    if not output.absolute().parent.is_dir():
        raise BudgetperfError("cannot-write", _NO_FOLDER, field=str(output))
    held = _installed(engine)
    broken = _errors_of(held, engine)
    beside = output.with_name(f".{output.stem}.part{output.suffix}")
    copies = {
        output.with_name(f"{output.stem}.source-{os.getpid()}-{number}.csv"): source
        for number, source in enumerate(sources)  # not .name, which Spark does not read
    }
    try:
        read = [
            plain_csv(source, copy) if source.suffix.lower() == ".csv" else source
            for copy, source in copies.items()
        ]
        plain_sources = [each if isinstance(each, Path) else each.path for each in read]
        job = Job(
            sources=plain_sources, output=beside, work=work, counted=counted, progress=progress
        )
        counts = _ENGINES[engine](held, job)
        if keeps_rows and not isinstance(read[0], Path):
            _require_every(read[0].rows, counts)
        if beside.is_dir():
            _drop(output)
        beside.replace(output)
    except (OSError, broken) as error:
        raise _not_processed(error, {beside: output, **copies}) from None
    except BudgetperfError as error:
        if error.field == str(beside):
            raise BudgetperfError(error.code, error.message, field=str(output)) from None
        raise
    finally:
        for path in (beside, *copies):
            _drop(path)
    return {
        column: {str(code): int(cast("int", number)) for code, number in several}
        for column, several in counts.items()
    }


def _not_processed(error: Exception, names: Mapping[Path, Path]) -> BudgetperfError:
    """What an engine says, with the names of the files that it was given for.

    Args:
        error: what was raised.
        names: what is written and what is copied, each with the file that it is for.
    """
    first = (str(error).strip().splitlines() or [type(error).__name__])[0]
    where = next((own for held, own in names.items() if held.name in first), None)
    for held, own in names.items():
        first = first.replace(held.name, own.name)
    files = [*names.values()][1:]
    where = where or next((own for own in files if own.name in first), files[0])
    if isinstance(error, FileNotFoundError):
        return BudgetperfError("cannot-open", why_not_opened(error), field=str(where))
    message = Text(zh="无法读写：{}", en="cannot be read or written: {}").fill(first)
    return BudgetperfError("cannot-process", message, field=str(where))


_NO_FOLDER = Text(
    zh="无法写入（没有这个文件夹）：请先建立文件夹",
    en="cannot be written (there is no such folder): make the folder first",
)

Counts: TypeAlias = "dict[str, dict[str, int]]"
"""How many rows there are of each code, by column."""


def _require_every(rows: int, counts: Counted) -> None:
    """Refuse a result that has not as many rows as the file.

    Raises:
        BudgetperfError: ``rows-lost``.
    """
    for several in counts.values():
        written = sum(int(cast("int", number)) for _, number in several)
        if written != rows:
            message = Text(
                zh="原文件有 {} 行，结果有 {} 行：此引擎没有照原样读取，请换一个并反馈此事",
                en="the file has {} rows, and the result {}: this engine did not read it as it is; "
                "take another one, and report this",
            )
            raise BudgetperfError("rows-lost", message.fill(rows, written), field="engine")


def _drop(path: Path) -> None:
    """What stands at a place, be it a file or a folder."""
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _installed(engine: str) -> object:
    module, name = _MODULES.get(engine, (engine, engine))
    try:
        return import_module(module)
    except ImportError:
        message = Text(
            zh="请先安装 {name}：pip install {name}", en="install {name} first: pip install {name}"
        )
        raise MissingExtraError("needs-engine", message.fill(name=name), field="engine") from None


def _errors_of(held: object, engine: str) -> type[Exception]:
    if engine == "spark":
        return cast("type[Exception]", import_module("pyspark.errors").PySparkException)
    exceptions = getattr(held, "exceptions", held)
    name = "PolarsError" if engine == "polars" else "Error"
    return cast("type[Exception]", getattr(exceptions, name))


_ENGINES: dict[str, Callable[[object, Job], Counted]] = {
    "polars": by_polars,
    "duckdb": by_duckdb,
    "spark": by_spark,
}
_MODULES = {"spark": ("pyspark.sql", "pysail pyspark-client")}
"""What is imported of an engine, and what is installed for it, where that is not its name."""
