"""The command ``table``: whole tables in files."""

from __future__ import annotations

import argparse
import os
import re
import warnings
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias, TypeVar, cast

import attrs

from budgetperf.cli.arguments import Parser
from budgetperf.cli.options import by_rules
from budgetperf.cli.terminal import measured
from budgetperf.exact import BudgetperfError, ProblemsError, Text
from budgetperf.exact.shown import Json
from budgetperf.exact.text import shown
from budgetperf.frames import RowStatus
from budgetperf.frames.checking.checks import check
from budgetperf.frames.checking.departments import DEPARTMENT_CHECKS, check_departments
from budgetperf.frames.checking.rows import ROW_CHECKS, verdict_name
from budgetperf.frames.filing.files import ENGINES, Counts, table_file
from budgetperf.frames.funding.rates import RATES, rates
from budgetperf.frames.scores import STATUS, score
from budgetperf.frames.tidy.reports import COLUMNS
from budgetperf.plain.json_text import json_text
from budgetperf.relations.finding import Verdict
from budgetperf.rules import RuleSet

__all__ = ["add_table", "table_data", "table_text"]

_T = TypeVar("_T")


def add_table(add: Callable[..., Parser]) -> tuple[Callable[..., Parser], tuple[Parser, ...]]:
    """The command and its options; gives what adds one more of its kinds, and the parsers of those
    that work on a file."""
    sub = add("table", help="整表计算 / whole tables")
    parts = sub.add_subparsers(required=True, metavar="WHAT")
    scores: Parser = _of_files(parts.add_parser("score", help="每行计分 / score every row"))
    by_rules(scores, required=True)
    scores.add_argument("--side", metavar="SIGN", help="各行的方向 / the direction of all rows")
    scores.add_argument(
        "--round-to", type=int, metavar="N", help="得分的小数位数 / the decimals of a score"
    )
    scores.set_defaults(work=_scored, counted=[STATUS], codes=tuple(RowStatus))
    rates_: Parser = _of_files(
        parts.add_parser("rates", help="每行资金的各项比率 / the rates of every funding line")
    )
    rates_.add_argument(
        "--round-to", type=int, metavar="N", default=2,
        help="百分比的小数位数 / the decimals of a rate in %%",
    )  # fmt: skip
    names = [rate.status_name for rate in RATES]
    rates_.set_defaults(work=_rated, counted=names, codes=tuple(RowStatus), rules=None)
    checks: Parser = _of_files(
        parts.add_parser("check", help="核对每行所填 / check what every row states")
    )
    by_rules(checks)
    checks.add_argument("--side", metavar="SIGN", help="各行的方向 / the direction of all rows")
    checks.add_argument(
        "--by", action="append", default=[], metavar="HEADER",
        help="按此列分组，一组是一份报告 / rows of one report say the same here",
    )  # fmt: skip
    names = [verdict_name(field) for field in ROW_CHECKS]
    checks.set_defaults(work=_checked, counted=names, codes=tuple(Verdict))
    whole: Parser = _of_files(
        parts.add_parser("departments", help="核对各部门的合计 / check what departments state"),
        "INDICATORS",
    )
    whole.add_argument("funding", metavar="FUNDING", nargs="?", help="资金 / the funding lines")
    whole.add_argument("--totals", metavar="TOTALS", help="总分与等级 / total scores and ratings")
    by_rules(whole)
    names = [verdict_name(name) for name in DEPARTMENT_CHECKS]
    whole.set_defaults(work=_checked_whole, counted=names, codes=tuple(Verdict))
    for rows in (scores, rates_, checks):
        rows.add_argument(
            "--places", action="append", default=[], metavar="HEADER=N",
            help="整数或浮点数列印有几位小数 / the decimals of integers or floats",
        )  # fmt: skip
        rows.set_defaults(funding=None, totals=None)
    return parts.add_parser, (scores, rates_, checks, whole)


def _of_files(parser: Parser, file: str = "IN") -> Parser:
    """With the files that are read and written, and what their columns are."""
    parser.add_argument("path", metavar=file, help=".csv .parquet .arrow")
    parser.add_argument("-o", "--output", metavar="OUT", required=True, help="写入 / written to")
    parser.add_argument("--engine", choices=ENGINES, default=ENGINES[0], help="引擎 / engine")
    parser.add_argument(
        "--column", action="append", default=[], metavar="HEADER=FIELD",
        help="表头是哪个字段 / the field of a header, such as plan=target",
    )  # fmt: skip
    return parser


def table_text(options: argparse.Namespace, rules: RuleSet | None) -> str:
    """Work on the table of a file, and tell how many rows there are of each status."""
    work: _Work = options.work
    given = zip(COLUMNS, (options.path, options.funding, options.totals), strict=True)
    files = {table: name for table, name in given if name is not None}
    try:
        with _quiet(), measured(options.lang) as progress:
            counts = table_file(
                *map(Path, files.values()),
                output=Path(options.output),
                work=lambda *tables: work(tables, options, rules),
                counted=options.counted,
                engine=options.engine,
                progress=progress,
                keeps_rows=work is not _checked_whole,
            )
    except BudgetperfError as error:
        raise _by_options(error, files) from None
    return _told(options, counts)


@contextmanager
def _quiet() -> Generator[None]:
    """Without what engines print about themselves: a run of Sail, and the versions of others."""
    os.environ.setdefault("RUST_LOG", "error")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        yield


_Work: TypeAlias = "Callable[[Sequence[object], argparse.Namespace, RuleSet | None], object]"
"""What is made of tables."""


def _scored(tables: Sequence[object], options: argparse.Namespace, rules: RuleSet | None) -> object:
    return score(
        *tables,
        rules=cast("RuleSet", rules),
        columns=dict(_pairs(options.column, str)),
        places=dict(_pairs(options.places, _whole)),
        direction=options.side,
        round_to=options.round_to,
    )


def _rated(tables: Sequence[object], options: argparse.Namespace, _: RuleSet | None) -> object:
    return rates(
        *tables,
        columns=dict(_pairs(options.column, str)),
        places=dict(_pairs(options.places, _whole)),
        round_to=options.round_to,
    )


def _checked(
    tables: Sequence[object], options: argparse.Namespace, rules: RuleSet | None
) -> object:
    return check(
        *tables,
        rules=rules,
        columns=dict(_pairs(options.column, str)),
        places=dict(_pairs(options.places, _whole)),
        direction=options.side,
        by=options.by,
    )


def _checked_whole(
    tables: Sequence[object], options: argparse.Namespace, rules: RuleSet | None
) -> object:
    remaining = iter(tables)
    indicators = next(remaining)
    lines = () if options.funding is None else next(remaining)
    totals = next(remaining, ())
    return check_departments(
        indicators, lines, totals, rules=rules, columns=dict(_pairs(options.column, str))
    )


def _told(options: argparse.Namespace, counts: Counts) -> str:
    """How many rows there are, and with each code."""
    counts = {
        column: {code.value: several[code.value] for code in options.codes if code.value in several}
        for column, several in counts.items()
    }
    if options.format == "json":
        return json_text(table_data(options.output, counts), indent=2).rstrip("\n")
    labels = {code.value: code.label for code in options.codes}
    lines = [_ROWS.fill(_total(counts)).pick(options.lang)]
    for column, several in counts.items():
        lines += [column] if len(counts) > 1 else []
        lines += [
            f"{number:>12} {_named(code, labels[code].pick(options.lang))}"
            for code, number in several.items()
        ]
    return "\n".join(lines)


def _named(code: str, label: str) -> str:
    return label if label == code else f"{code}: {label}"


_ROWS = Text(zh="共 {} 行", en="{} rows")


def _total(counts: Counts) -> int:
    return max((sum(several.values()) for several in counts.values()), default=0)


def table_data(output: str, counts: Counts) -> Json:
    """What was written and how many rows there are with each code, by column, as JSON."""
    columns: dict[str, Json] = {column: dict(several) for column, several in counts.items()}
    return {
        "schema": "budgetperf/table/1",
        "output": output,
        "rows": _total(counts),
        "columns": columns,
    }


def _pairs(arguments: Iterable[str], read: Callable[[str], _T]) -> Iterable[tuple[str, _T]]:
    for text in arguments:
        header, sign, value = text.rpartition("=")
        if not sign or not header or not value:
            message = Text(zh="{} 应写成 表头=值", en="write {} as HEADER=VALUE").fill(shown(text))
            raise BudgetperfError("bad-pair", message, field=text)
        yield header, read(value)


def _whole(text: str) -> int:
    if text.isascii() and text.isdigit() and len(text) < 3:
        return int(text)
    message = Text(zh="{} 不是小数位数", en="{} is no number of decimals").fill(shown(text))
    raise BudgetperfError("bad-places", message, field="--places")


_OPTIONS = (
    (r"columns=\{'(.*?)': '(.*?)'\}", r"--column \1=\2"),
    (r"places=\{'(.*?)': (\d+)\}", r"--places \1=\2"),
    (r"direction='(.*?)'", r"--side \1"),
    (r"\bround_to=(\d+)", r"--round-to \1"),
    (r"\bround_to\b", "--round-to"),
    (r"(用 |\bby )columns\b", r"\1--column"),
    (r"(从 |\bof )places\b", r"\1--places"),
    (r"\bcolumns( 提到| names )", r"--column\1"),
    (r"\b(places|by)( 提到| names )", r"--\1\2"),
)
"""What the functions are called with, and which option says so."""

_FIELDS = {"round_to": "--round-to", "by": "--by", "direction": "--side", "rules": "--rules"}
"""The arguments of the functions, and the options for them."""


def _as_options(text: Text) -> Text:
    """A text that names arguments of :mod:`budgetperf.frames`, with the options in their places.

    >>> _as_options(Text(zh="请去掉 round_to", en="leave round_to out")).en
    'leave --round-to out'
    """
    zh, en = text.zh, text.en
    for pattern, option in _OPTIONS:
        zh, en = re.sub(pattern, option, zh), re.sub(pattern, option, en)
    return Text(zh=zh, en=en)


def _by_options(error: BudgetperfError, files: Mapping[str, str]) -> BudgetperfError:
    """The error of a function, as the command has it.

    Args:
        error: what was raised.
        files: the file that each table is in; what is there alone stands as the indicators.
    """
    if isinstance(error, ProblemsError):
        problems = (
            attrs.evolve(p, where=_where(p.where, files), message=_as_options(p.message))
            for p in error.problems
        )
        return ProblemsError(error.code, tuple(problems))
    field = _where(_FIELDS.get(error.field, error.field), files)
    return BudgetperfError(error.code, _as_options(error.message), field=field)


def _where(where: str, files: Mapping[str, str]) -> str:
    """The file in the place of a column or a table, which messages name themselves; of a column
    of one of several tables its file, and its header."""
    table, _, header = where.removeprefix("$.").partition(".")
    if header and table in files:
        return f"{files[table]}: {header}"
    return " ".join(files.values()) if where.startswith("$") or where == "frame" else where
