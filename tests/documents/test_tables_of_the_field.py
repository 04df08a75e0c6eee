"""The figures of published tables (``tables.md``), printed as grids, pipes and tabs."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import attrs
import pytest

import budgetperf as bp
from budgetperf.exact.text import columns

from . import writing

HEADER = ["一级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"]
FUNDS = ["项目资金（万元）", "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"]


NAMES = "甲乙丙丁戊己庚辛壬癸子丑寅卯"


@attrs.frozen(kw_only=True)
class Table:
    """A table, and what is wrong with it: the codes of the relations that do not hold."""

    title: str = "项目支出绩效自评表"
    funds: tuple[str, ...] = ()
    header: tuple[str, ...] = tuple(FUNDS)
    sources: tuple[tuple[str, ...], ...] = ()
    rows: tuple[str, ...] = ()
    total: tuple[str, ...] = ()
    unit: str = "万元"
    wrong: frozenset[str] = frozenset()


TABLES: Mapping[str, Table] = {
    "021": Table(
        title="部门整体支出绩效自评表",
        funds=("1397.90", "1397.90", "1389.3", "10", "99.3%", "10"),
    ),
    "031": Table(
        rows=(
            "38508人 37442人 3 3", "100.00% 97.30% 2 1.9", "214人 203人 2 1.8", "120人 69人 2 1",
            "5662人 4044人 2 1.4", "3807人 3224人 2 1.9", "3807人 3220人 2 1.8",
            "863人 695人 2 1.8", "863人 683人 2 1.7", "212人 209人 2 1.8", "8例 8例 2 2",
            "1228人 770人 2 1.8", "24694人 22584人 2 1.7",
        ),
    ),
    "036": Table(
        funds=("880", "880", "880", "10", "", "10"),
        rows=(
            "1 1 10 10", "1 1 10 10", "  10 10", "  10 10", "  10 10", "  10 10", "  10 10",
            "/ / / /", "  10 10", "90% 100% 10 10",
        ),
        total=("100", "100"),
    ),
    "049": Table(
        title="部门整体支出绩效自评表",
        funds=("4753.66万元", "4753.66万元", "3824.26万元", "10", "100%", "10"),
        sources=(("一般公共预算", "1873.66"), ("其他资金", "2880")),
        rows=(
            "1.2万亩 1.2万亩 10 10", "3.45万亩 3.45万亩 7 7", "16.3万亩 16.3万亩 7 7",
            "85% 85% 7 7", "90% 100% 7 7", "每亩300 每亩300 6 6", "每亩100 每亩100 6 6",
            "1100万元 1093万元 6 5", "2.6亿元 2.45亿元 6 5", "显著 显著 6 6",
        ),
        wrong=frozenset({"F05"}),
    ),
    "053": Table(
        title="部门整体支出绩效自评表",
        rows=(
            "100% 92% 2 2", "70% 76% 2 2", "3% 0 2 2", "2% 0 2 2", "100% 97% 2 2",
            "100% 72.74% 2 2", "90% 100% 2 2", "6次 12次 5 5", "2200篇 2859篇 10 10",
            "90% 95% 10 10",
        ),
    ),
    "092": Table(
        funds=("20", "20", "20", "10", "100.00%", "10"),
        rows=(
            "≥266米 ≥266米 10 10", "≥50厘米 ≥50厘米 10 10", "100% 100% 20 20",
            "≥90% ≥90% 10 10", "≥90% ≥90% 10 10", "20万元 20万元 10 10",
            "≥1000人 ≥1000人 10 10", "显著提升 显著提升 10 10", "≥95% ≥95% 10 10",
        ),
        total=("100", "100"),
        wrong=frozenset({"W01", "W08"}),
    ),
    "103": Table(
        unit="元",
        funds=("250000.00", "250000.00", "215,457.6", "10", "86.19%", "8.62"),
        sources=(("其中：当年财政拨款", "250000.00", "250000.00", "215457.6"),),
        rows=(
            "=100% 100% 10 10", "=100% 100% 20 20", "及时 及时 20 20", "=100% 100% 30 30",
            ">=90% 100% 10 10",
        ),
        total=("100", "98.62"),
        wrong=frozenset({"F05"}),
    ),
    "103 as it should be": Table(
        unit="元",
        funds=("20000.00", "20000.00", "9,034", "10", "45.17%", "4.52"),
    ),
}  # fmt: skip


def cells(table: Table) -> list[list[str]]:
    """The table with blank cells where merged ones go on."""
    rows = [[table.title]]
    if table.funds:
        rows.append([FUNDS[0].replace("万元", table.unit), *FUNDS[1:]])
        rows.append(["", "年度资金总额", *table.funds])
        rows += [["", *source] for source in table.sources]
    if table.rows:
        rows.append(["绩效指标", *HEADER])
        for number, row in enumerate(table.rows):
            level = "产出指标" if not number else ""
            rows.append(
                ["", level, f"指标{'甲乙丙丁戊己庚辛壬癸子丑寅卯'[number]}", *row.split(" ")]
            )
    if table.total:
        rows.append(["总分", "", "", "", "", *table.total])
    width = max(map(len, rows))
    return [[*row, *[""] * (width - len(row))] for row in rows]


def in_grid(rows: list[list[str]]) -> str:
    """A grid as pandoc writes it: a Chinese character takes two columns."""
    widths = [max(sum(map(columns, row[at])) for row in rows) + 2 for at in range(len(rows[0]))]
    border = "+" + "+".join("-" * width for width in widths) + "+"
    lines = [border]
    for row in rows:
        padded = (
            f" {text}{' ' * (width - 1 - sum(map(columns, text)))}"
            for text, width in zip(row, widths, strict=True)
        )
        lines += [f"|{'|'.join(padded)}|", border]
    return "\n".join(lines)


def in_pipes(rows: list[list[str]]) -> str:
    return writing.table_in_pipes([[(text, 1, 1) for text in row] for row in rows])


def in_tabs(rows: list[list[str]]) -> str:
    return "\n".join("\t".join(row) for row in rows)


MANNERS: Mapping[str, Callable[[list[list[str]]], str]] = {
    "grid": in_grid,
    "pipes": in_pipes,
    "tabs": in_tabs,
}


def printed(value: object) -> str:
    """How a figure was printed, or what stands in its place."""
    text = getattr(value, "text", "")
    return text if isinstance(text, str) else ""


@pytest.mark.parametrize("manner", MANNERS)
@pytest.mark.parametrize("name", TABLES)
def test_the_figures_and_the_verdicts(name: str, manner: str) -> None:
    table = TABLES[name]
    report = bp.parse(MANNERS[manner](cells(table)))
    total, rows = report.form.funding.total, report.form.indicators
    if table.funds:
        fields = ("initial", "revised", "executed", "weight", "execution_rate", "score")
        assert [printed(getattr(total, field)) for field in fields] == list(table.funds)
        assert len(report.form.funding.sources) == len(table.sources)
    read = [" ".join(map(printed, (row.target, row.actual, row.weight, row.score))) for row in rows]
    assert read == list(table.rows)
    stated = (report.form.total_weight, report.form.total_score)
    assert [printed(value) for value in stated if printed(value)] == list(table.total)
    audit = bp.audit(report)
    assert {finding.code for finding in audit.inconsistent} == table.wrong
    truncated = {finding.code for finding in audit.having(bp.Verdict.TRUNCATED)}
    assert truncated == ({"F05"} if name == "021" else set())
