"""Departments are checked in tables as people have them, by whatever their headers are."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from budgetperf import BudgetperfError, ProblemsError
from budgetperf.cli.main import main
from budgetperf.frames import check_departments, from_tables, to_tables
from tests.frames.engines import ENGINES, engines, through

REASON = "polars and narwhals are not installed: pip install 'budgetperf[frames]' polars"
pytest.importorskip("narwhals", reason=REASON)
pl: Any = pytest.importorskip("polars", reason=REASON)

INDICATORS = """
部门,年度,序号,三级指标,指标值,实际完成值,分值,得分,备注
甲局,2023,1,次数,≥5次,4次,50,40,
甲局,2023,2,满意度,≥90%,95%,40,40,
乙局,2023,1,次数,≥5次,5次,50,50,
乙局,2023,2,天数,≤5天,5天,39,39,
"""
LINES = """
部门,年度,资金来源,年初预算数(万元),全年(调整)预算数(万元),全年执行数(元),执行率,分值,得分
甲局,2023,合计,100,100,850000,85%,10,8.5
甲局,2023,本级安排,60,60,500000,83.33%,,
甲局,2023,其他资金,40,40,350000,87.5%,,
乙局,2023,合计,100,100,850000,85,10,8.5
"""
TOTALS = """
部门,年度,综合得分,等级
甲局,2023,88.5,良
乙局,2023,96.5,优
"""
DUE = {
    "weights": ("exact", "inconsistent"),  # 50 + 40 + 10 and 50 + 39 + 10
    "total": ("exact", "inconsistent"),  # 40 + 40 + 8.5 and 50 + 39 + 8.5
    "rating": ("exact", "exact"),
    "funding": ("exact", "unchecked"),  # of 乙局 no sources are stated
    "execution_rate": ("exact", "unchecked"),  # 85 may be 85% or 8500%
    "execution_score": ("exact", "exact"),
}


def table(text: str) -> Any:
    return pl.read_csv(text.strip().encode(), infer_schema=False)


def verdicts(rows: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """The verdicts on 甲局 and 乙局."""
    order = sorted(range(2), key=lambda at: rows["department"][at] != "甲局")
    return {name: tuple(rows[f"{name}_verdict"][at] for at in order) for name in DUE}


@engines()
def test_headers_of_forms_are_known_on_every_engine(engine: str) -> None:
    names = ["department", *(f"{name}_verdict" for name in DUE)]

    def checked(indicators: Any) -> Any:
        held = (ENGINES[engine][1](table(text)) for text in (LINES, TOTALS))
        return check_departments(indicators, *held, rules="national-2020")

    assert verdicts(through(engine, table(INDICATORS), checked, names)) == DUE


def test_rows_of_mappings_and_files_are_checked_alike(tmp_path: Path) -> None:
    tables = [table(text) for text in (INDICATORS, LINES, TOTALS)]
    found = check_departments(*(t.to_dicts() for t in tables), rules="national-2020")
    assert verdicts(found.columns) == DUE
    names = [str(tmp_path / f"{number}.csv") for number in range(3)]
    for name, held in zip(names, tables, strict=True):
        held.write_csv(name)
    assert verdicts(check_departments(*names, rules="national-2020").columns) == DUE


@pytest.mark.parametrize("is_lazy", [False, True])
def test_other_headers_are_named_by_columns(is_lazy: bool) -> None:
    rows = {
        "unit": ["a", "a", "b"],
        "item": ["x", "y", "z"],
        "plan": ["≥5", "≥5", "≥5"],
        "done": ["5", "5", "5"],
        "points": ["60", "40", "100"],
    }
    frame = pl.DataFrame(rows)
    fields = ("report", "name", "target", "actual", "weight")
    columns = dict(zip(rows, fields, strict=True))
    found: Any = check_departments(frame.lazy() if is_lazy else frame, columns=columns)
    held = found.collect() if is_lazy else found
    assert held.select("report", "weights_verdict").rows() == [
        ("a", "exact"),
        ("b", "exact"),
    ]


@pytest.mark.parametrize("is_lazy", [False, True])
def test_what_is_wrong_with_headers_is_told_at_once(is_lazy: bool) -> None:
    frame = pl.DataFrame(
        {"项目名称": ["a"], "分值": ["1"], "权重": ["2"], "指标值": ["1"], "x": ["3"]}
    )
    with pytest.raises(ProblemsError) as caught:
        check_departments(
            frame.lazy() if is_lazy else frame, columns={"y": "weight", "x": "executed"}
        )
    assert [(p.code, p.where) for p in caught.value.problems][:5] == [
        ("unknown-column", "$.y"),
        ("unknown-field", "$.x"),
        ("bad-column", "$.indicators.权重"),
        ("bad-column", "$.indicators.项目名称"),
        ("bad-column", "$.indicators.department"),
    ]


def test_the_command_checks_departments(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, text in (("i", INDICATORS), ("f", LINES), ("t", TOTALS)):
        (tmp_path / f"{name}.csv").write_text(text.lstrip(), encoding="utf-8")
    indicators, lines, totals, out = (str(tmp_path / f"{name}.csv") for name in "ifto")
    command = ["table", "departments", indicators, lines, "-o", out, "--lang", "en"]
    rules = ["--rules", "national-2020"]
    assert main([*command, "--totals", totals, *rules]) == 0
    assert capsys.readouterr().out.splitlines()[:3] == [
        "2 rows",
        "weights_verdict",
        "           1 exact",
    ]
    assert verdicts(pl.read_csv(out).to_dict(as_series=False)) == DUE
    assert main([*command[:3], "-o", out, "--totals", totals, *rules]) == 0
    found = pl.read_csv(out).to_dict(as_series=False)
    assert set(verdicts(found)["execution_score"]) == {"unchecked"}
    capsys.readouterr()
    assert main([*command, "--column", "部门=x"]) == 2
    assert "column 部门: 'x' is no field" in capsys.readouterr().err
    twice = tmp_path / "twice.csv"
    twice.write_text(INDICATORS.lstrip().replace("得分", "权重"), encoding="utf-8")
    assert main([*command[:2], str(twice), lines, "-o", out, "--lang", "en"]) == 2
    assert f"{twice}: 权重: like 分值, it is weight" in capsys.readouterr().err


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("engine", ["duckdb", "spark"])
def test_the_command_does_so_by_other_engines(engine: str, tmp_path: Path) -> None:
    for name in ("pysail" if engine == "spark" else engine, "pandas", "pyarrow"):
        pytest.importorskip(name, reason=f"{name} is not installed")
    for name, text in (("i", INDICATORS), ("f", LINES), ("t", TOTALS)):
        (tmp_path / f"{name}.csv").write_text(text.lstrip(), encoding="utf-8")
    indicators, lines, totals = (str(tmp_path / f"{name}.csv") for name in "ift")
    out = tmp_path / "out.parquet"
    command = ["table", "departments", indicators, lines, "--totals", totals, "-o", str(out)]
    assert main([*command, "--rules", "national-2020", "--engine", engine]) == 0
    files = sorted(out.glob("*.parquet")) if out.is_dir() else [out]
    found = pl.concat(pl.read_parquet(file) for file in files)
    assert verdicts(found.to_dict(as_series=False)) == DUE


def said_of_funding(*lines: tuple[str, str]) -> tuple[object, object]:
    """What is said of the sources of a department, by name and revised budget."""
    table = [{"department": "甲局", "source": name, "revised": amount} for name, amount in lines]
    (row,) = check_departments(
        [{"department": "甲局", "target": "≥5次", "actual": "5次", "weight": "100"}], table
    ).to_dicts()
    assert row["weights_reason"] != "unreadable"  # whatever the sources are, the report is read
    return row["funding_verdict"], row["funding_reason"]


@pytest.mark.parametrize(
    "lines",
    [
        [("专户资金", "60万元"), ("彩票公益金", "40万元")],
        [("本级财政资金", "60万元"), ("其他来源资金", "40万元")],
        [("", "60万元"), ("local", "40万元")],
        [("其中：财政拨款", "60万元"), ("上年结转", "40万元")],
        [("上级资金", "60万元"), ("其中：专项债券", "60万元"), ("本级资金", "40万元")],
        [
            ("上级资金", "60万元"),
            ("其中：中央补助", "50万元"),
            ("省级补助", "10万元"),
            ("其他", "40万元"),
        ],
        [("上级安排", "60万元"), ("本级安排", "40万元"), ("一般债券", "7万元")],
        [("基本支出", "70万元"), ("项目支出", "30万元"), ("local", "100万元")],
    ],
)
def test_sources_are_named_as_forms_name_them(lines: list[tuple[str, str]]) -> None:
    for total in ("合计", "total", "年度资金总额", "1. 资金合计："):
        assert said_of_funding((total, "100万元"), *lines) == ("exact", None)


def test_a_source_of_another_name_keeps_it() -> None:
    lines = [("合计", "100万元"), ("专户资金", "60万元"), ("省级补助", "40万元")]
    table = [{"report": 1, "source": name, "revised": amount} for name, amount in lines]
    (report,) = from_tables([], table)
    assert [(s.kind.value, s.label) for s in report.form.funding.sources] == [
        ("unlisted", "专户资金"),
        ("regional-transfer", "省级补助"),
    ]
    assert from_tables(to_tables([report]))[0].form.funding == report.form.funding


def test_sources_that_do_not_add_up_are_told_whatever_their_names() -> None:
    lines = [("合计", "100万元"), ("专户资金", "60万元"), ("省级补助", "41万元")]
    assert said_of_funding(*lines) in (("unchecked", "review"), ("inconsistent", None))


def test_two_totals_of_other_amounts_are_told() -> None:
    twice = [("合计", "100万元"), ("local", "100万元"), ("总计", "100万元")]
    assert said_of_funding(*twice) == ("exact", None)
    with pytest.raises(BudgetperfError, match=r"lines\[2\].source"):
        from_tables(
            [],
            [
                {"report": 1, "source": name, "revised": amount}
                for name, amount in [*twice[:2], ("总计", "90万元")]
            ],
        )


def test_that_no_column_says_which_report_is_told_once() -> None:
    table = pl.DataFrame({"指标名称": ["培训"], "分值": ["10"]})
    with pytest.raises(BudgetperfError) as caught:
        check_departments(table)
    assert not isinstance(caught.value, ProblemsError), "which would tell several"
    assert caught.value.field == "indicators.department"
