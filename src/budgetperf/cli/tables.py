"""The command ``table``: whole tables in files."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TypeVar

from budgetperf.cli.arguments import Parser
from budgetperf.exact import BudgetperfError, Text
from budgetperf.exact.shown import Json
from budgetperf.exact.text import shown
from budgetperf.frames import RowStatus
from budgetperf.frames.files import ENGINES, score_file
from budgetperf.plain.json_text import json_text
from budgetperf.rules import RuleSet

__all__ = ["add_table", "score_table", "table_data"]

_T = TypeVar("_T")


def add_table(add: Callable[..., Parser]) -> Parser:
    """The command and its options; gives the parser of ``table score``."""
    sub = add("table", help="整表计算 / whole tables")
    parts = sub.add_subparsers(required=True, metavar="WHAT")
    scores: Parser = parts.add_parser("score", help="每行计分 / score every row")
    scores.add_argument("path", metavar="IN", help=".csv .parquet .arrow")
    scores.add_argument("-o", "--output", metavar="OUT", required=True, help="写入 / written to")
    scores.add_argument("--rules", metavar="ID", required=True, help="规则集 / a rule-set")
    scores.add_argument("--engine", choices=ENGINES, default=ENGINES[0], help="引擎 / engine")
    scores.add_argument(
        "--column", action="append", default=[], metavar="HEADER=FIELD",
        help="表头是哪个字段 / the field of a header, such as plan=target",
    )  # fmt: skip
    scores.add_argument(
        "--places", action="append", default=[], metavar="HEADER=N",
        help="整数或浮点数列印有几位小数 / the decimals of integers or floats",
    )  # fmt: skip
    scores.add_argument("--side", metavar="SIGN", help="各行的方向 / the direction of all rows")
    scores.add_argument(
        "--round-to", type=int, metavar="N", help="得分的小数位数 / the decimals of a score"
    )
    return scores


def score_table(options: argparse.Namespace, rules: RuleSet) -> str:
    """Score a table, and tell how many rows there are of each status."""
    counts = score_file(
        Path(options.path),
        Path(options.output),
        rules=rules,
        engine=options.engine,
        columns=dict(_pairs(options.column, str)),
        places=dict(_pairs(options.places, _whole)),
        direction=options.side,
        round_to=options.round_to,
    )
    if options.format == "json":
        return json_text(table_data(options.output, counts), indent=2).rstrip("\n")
    total = Text(zh="共 {} 行", en="{} rows").fill(sum(counts.values()))
    lines = [total.pick(options.lang)]
    lines += [
        f"{number:>12} {status.value}: {status.label.pick(options.lang)}"
        for status, number in counts.items()
    ]
    return "\n".join(lines)


def table_data(output: str, counts: Mapping[RowStatus, int]) -> Json:
    """What was written and how many rows there are of each status, as JSON."""
    rows: dict[str, Json] = {status.value: number for status, number in counts.items()}
    return {"schema": "budgetperf/table/1", "output": output, "rows": rows}


def _pairs(given: Iterable[str], read: Callable[[str], _T]) -> Iterable[tuple[str, _T]]:
    for text in given:
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
