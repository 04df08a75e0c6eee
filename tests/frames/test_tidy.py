"""Reports become tables, and tables reports: what one prints, the other says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

import attrs
import pytest
from hypothesis import given

import budgetperf as bp
from budgetperf.exact import BudgetperfError, Figure, Missing, ProblemsError, WrongTypeError
from budgetperf.model import Reading
from budgetperf.testing import Case, reports
from tests.frames.engines import ENGINES, engines, optional
from tests.strategies import fewer

REASON = "narwhals is not installed: pip install 'budgetperf[frames]'"
pytest.importorskip("narwhals", reason=REASON)

from budgetperf.frames import check, check_departments, from_tables, rates, to_tables  # noqa: E402
from budgetperf.frames.tidy.tables import FUNDING, INDICATOR, TOTALS  # noqa: E402

pl, pa = map(optional, ("polars", "pyarrow"))
needs_polars = pytest.mark.skipif(not (pl and pa), reason="polars and pyarrow are not installed")


def figures(report: bp.SelfEvaluation) -> Iterator[tuple[str, object]]:
    """The figures of the tables, by what they are."""
    for where in ("narrative", "form"):
        statement = getattr(report, where)
        for at, row in enumerate(statement.indicators):
            yield f"{where} {at} target", row.target.value
            yield f"{where} {at} direction", (row.target.direction, row.target.strict)
            for field in (*INDICATOR["numbers"], *INDICATOR["words"]):
                yield f"{where} {at} {field}", getattr(row, field)
        for line in (statement.funding.total, *statement.funding.sources):
            for field in FUNDING:
                yield f"{where} {getattr(line, 'key', '')} {field}", getattr(line, field)
        for field in (*TOTALS, "rating"):
            yield f"{where} {field}", getattr(statement, field)


def said(value: object) -> object:
    """What a figure says, apart from how its column was rounded and where it stands."""
    if isinstance(value, Figure):
        return value.nominal, value.unit.dimension
    return (value.reason, value.text) if isinstance(value, Missing) else value


def again(several: Sequence[bp.SelfEvaluation]) -> tuple[bp.SelfEvaluation, ...]:
    return from_tables(to_tables(several))


@fewer
@given(reports(), reports())
def test_no_figure_is_lost_on_the_way(one: Case, other: Case) -> None:
    several = [one.report, other.report]
    for report, made in zip(several, again(several), strict=True):
        before, after = dict(figures(report)), dict(figures(made))
        assert before.keys() == after.keys()
        assert [k for k in before if said(before[k]) != said(after[k])] == []
        assert made.department.name == report.department.name


@fewer
@given(reports())
def test_tables_of_the_reports_of_tables_are_the_same_and_so_are_these(case: Case) -> None:
    (made,) = again([case.report])
    assert to_tables([made]) == to_tables(again([made]))
    assert again([made]) == (made,)


ROWS = [
    {"三级指标": "满意度", "年度指标值": "≥90%", "实际完成值": "85.5%", "分值": 10, "得分": "9.50"},
    {"三级指标": "次数", "年度指标值": "＝5次", "实际完成值": "5次", "分值": 20, "得分": "20"},
]


def built() -> bp.SelfEvaluation:
    funds = [
        ("合计", "", "353.21万元", "353万元", "99.94%", 10, "9.99"),
        ("其他资金", "其中：其他资金", "0", "—", "", None, None),
    ]
    form = bp.Statement(
        indicators=bp.indicators(ROWS),
        funding=bp.Funding.from_rows(
            "kind label initial executed execution_rate weight score", funds
        ),
        total_score="39.49",
        rating="优",
    )
    return bp.SelfEvaluation(department=bp.Department(name="甲局", year=2023), form=form)


def test_a_report_is_as_precise_as_before() -> None:
    report = built()
    (made,) = again([report])
    for (name, before), (_, after) in zip(figures(report), figures(made), strict=True):
        if isinstance(before, Figure):
            assert isinstance(after, Figure)
            assert (after.interval, after.unit) == (before.interval, before.unit), name
        else:
            assert before == after, name
    verdicts = [(f.code, f.verdict) for f in bp.audit(report, rules="national-2020").findings]
    assert verdicts == [(f.code, f.verdict) for f in bp.audit(made, rules="national-2020").findings]


@needs_polars
def test_engines_take_the_tables_and_give_them_back() -> None:
    tables = to_tables([built(), attrs.evolve(built(), kind="project")])
    lines, indicators = pl.DataFrame(tables.lines), pl.DataFrame(tables.indicators)
    assert pa.table(tables.totals)["kind"].to_pylist() == ["department", "project"]
    assert str(rates(lines.select("executed", "initial", revised="initial"))[0, -4]) == "99.94"
    assert check(indicators, rules="national-2020")["score_verdict"].to_list()[1:] == [
        *("exact", "exact", "exact"),
    ]
    reports_ = from_tables(indicators, lines, pa.table(tables.totals))
    assert reports_ == from_tables(tables)
    assert [report.kind.value for report in reports_] == ["department", "project"]


def test_rows_without_a_number_belong_together_by_department_and_year() -> None:
    rows = [
        {"department": name, "year": 2023, "name": "次数", "target": "≥5次", "actual": Decimal(4)}
        for name in ("甲局", "乙局", "甲局")
    ]
    first, second = from_tables(rows)
    assert [len(first.form.indicators), len(second.form.indicators)] == [2, 1]
    assert second.department.name == "乙局"


def test_what_is_wrong_with_tables_is_told_at_once() -> None:
    indicators: list[dict[str, object]] = [
        {"report": 1, "name": "a", "operator": "?", "target": "5", "actual": 4.5},
        {"report": None, "name": "b", "statement": "annex", "wight": 3},
    ]
    with pytest.raises(ProblemsError) as caught:
        from_tables(indicators, [{"department": "甲局", "source": "total"}])
    where = {(problem.code, problem.where) for problem in caught.value.problems}
    assert where == {
        ("bad-cell", "$.indicators[0].actual"),
        ("bad-cell", "$.indicators.wight"),
        ("bad-cell", "$.indicators[1].report"),
        ("bad-cell", "$.totals.report"),
    }
    rows = [{"report": 1, "name": "a", "operator": "?", "target": "5", "statement": "annex"}]
    with pytest.raises(ProblemsError) as caught:
        from_tables(rows, [{"report": 1, "source": "基本支出"}], [{"report": 1, "kind": "x"}])
    assert {problem.where for problem in caught.value.problems} == {
        "$.indicators[0].statement",
        "$.totals.kind",
        "$.lines[0].source",
    }


def test_a_sign_beside_another_is_told_and_a_qualitative_one_kept() -> None:
    row = {"report": 1, "name": "a", "target": "≥5", "actual": "4", "weight": "5"}
    with pytest.raises(ProblemsError, match="≥5") as caught:
        from_tables([{**row, "operator": sign} for sign in ("≤", "≥", "", ">")])
    assert [problem.where for problem in caught.value.problems] == [
        "$.indicators[0].operator",
        "$.indicators[3].operator",
    ]
    (report,) = from_tables([{**row, "operator": "定性"}])
    assert report.form.indicators[0].target.direction is bp.Direction.QUALITATIVE
    assert again([report]) == (report,)


def cut() -> bp.SelfEvaluation:
    """A report as it is read from a document that ends before the row of the total."""
    reading = Reading(source="a.docx", layout="form", encoding="", numbers=24, accounted=22)
    form = attrs.evolve(built().form, total_score=Missing(), rating=Missing())
    return attrs.evolve(built(), form=form, reading=reading)


def test_weights_of_a_document_that_may_go_on_are_for_review_in_tables_too() -> None:
    report = cut()
    by_audit = {f.verdict for f in bp.audit(report).findings if f.code == "W01"}
    assert by_audit == {bp.Verdict.UNCHECKED}
    (row,) = check_departments(to_tables([report])).to_dicts()
    assert (row["weights_verdict"], row["weights_reason"]) == ("unchecked", "review")
    (row,) = check_departments(to_tables([attrs.evolve(report, reading=None)])).to_dicts()
    assert row["weights_verdict"] == "inconsistent"


def test_tables_tell_which_document_was_read_and_how_far() -> None:
    tables = to_tables([built(), cut()])
    assert tables.totals.columns["document"] == (None, "a.docx")
    first, second = from_tables(tables)
    assert first.reading is None
    assert second.reading == cut().reading
    totals = [{"report": 0, "document": "a.docx", "numbers": "24", "accounted": "all"}]
    with pytest.raises(BudgetperfError, match="'all'") as caught:
        from_tables([], [], totals)
    assert caught.value.field == "totals[0].accounted"


def test_how_a_text_was_encoded_is_left_out_where_tables_do_not_tell() -> None:
    (report,) = from_tables(to_tables([cut()]))
    assert "（版式 form）" in str(bp.audit(report))


def test_only_reports_become_tables() -> None:
    with pytest.raises(WrongTypeError, match="reports"):
        to_tables(["report.md"])  # type: ignore[list-item]


CODES = {
    "weights": ("W01", "W15"),
    "levels": ("W02",),
    "total": ("W08",),
    "rating": ("W09",),
    "funding": ("F01",),
    "execution_rate": ("F05",),
    "execution_score": ("F06",),
}


@fewer
@given(reports())
def test_departments_are_checked_as_their_reports_are(case: Case) -> None:
    (made,) = again([case.report])
    audit = bp.audit(made, rules=case.rules)
    checked = check_departments(to_tables([made, made]), rules=case.rules)
    assert checked.columns["report"] == (0, 1)
    for row in checked.to_dicts():
        assert (row["department"], row["year"]) == ("某部门", "2023年")
        for name, codes in CODES.items():
            found = {(f.verdict.value, f.reason) for f in audit.findings if f.code in codes}
            got = row[f"{name}_verdict"], row[f"{name}_reason"]
            assert got in found, name
            assert got[0] == "inconsistent" or "inconsistent" not in {v for v, _ in found}, name
            assert got[1] != "not-stated" or {reason for _, reason in found} == {"not-stated"}


def test_a_total_that_does_not_add_up_is_found() -> None:
    totals = {"report": 0, "total_score": "40", "rating": "优"}
    tables = to_tables([built()])
    checked = check_departments(tables.indicators, tables.lines, [totals], rules="national-2020")
    (row,) = checked.to_dicts()
    verdicts = {name: row[f"{name}_verdict"] for name in CODES}
    assert verdicts["weights"] == verdicts["total"] == verdicts["rating"] == "inconsistent"
    assert verdicts["execution_rate"] == "unchecked"


def department_tables() -> tuple[Any, Any, Any]:
    """Three reports as tables of polars, one of which has a cell that cannot be."""
    tables = to_tables([built(), attrs.evolve(built(), kind="project"), built()])
    indicators, lines, totals = map(pl.DataFrame, (tables.indicators, tables.lines, tables.totals))
    is_last = pl.col("report") == 2
    sign = pl.when(is_last).then(pl.lit("?")).otherwise("operator").alias("operator")
    return indicators.with_columns(sign), lines, totals


def rows_of(engine: str, table: Any, by: str = "report") -> list[tuple[object, ...]]:
    """The rows of a table of an engine, in the order of a column."""
    names = (
        list(table.collect_schema())
        if engine == "polars, lazy"
        else list(getattr(table, "column_names", None) or table.columns)
    )
    columns = ENGINES[engine][2](table, names)
    return sorted(zip(*columns.values(), strict=True), key=lambda row: str(row[names.index(by)]))


@engines()
def test_departments_are_checked_on_every_engine_and_the_same_kind_comes_back(engine: str) -> None:
    made = [ENGINES[engine][1](table) for table in department_tables()]
    checked = check_departments(*made, rules="national-2020")
    assert type(checked) is type(made[0])
    due = check_departments(*(t.to_dicts() for t in department_tables()), rules="national-2020")
    assert rows_of(engine, checked) == list(zip(*due.columns.values(), strict=True))
    assert due.columns["report"] == (0, 1, 2)
    assert due.columns["weights_verdict"] == ("inconsistent", "inconsistent", "unchecked")
    assert due.columns["total_reason"] == (None, None, "unreadable")


@needs_polars
@pytest.mark.parametrize("engine", ["polars, lazy", "duckdb"])
def test_departments_worked_out_later_may_have_no_number(engine: str) -> None:
    if not ENGINES[engine][0]:
        pytest.skip(f"{engine}: the engine is not installed")
    nowhere = pl.DataFrame({"department": [None], "year": [None], "weight": ["5"]})
    rows = pl.DataFrame(
        {"department": ["甲局", "乙局", "甲局"], "year": [2023] * 3, "weight": [40, 100, 60]}
    )
    both = pl.concat([rows, nowhere], how="vertical_relaxed")
    said = {"name": "次数", "target": "≥5", "actual": "5"}
    both = both.with_columns(**{header: pl.lit(text) for header, text in said.items()})
    checked = check_departments(ENGINES[engine][1](both))
    found = [row[:3] for row in rows_of(engine, checked, "department")]
    assert found == [
        (None, None, "unchecked"),
        ("乙局", "2023", "exact"),
        ("甲局", "2023", "exact"),
    ]


@needs_polars
def test_what_is_wrong_with_tables_worked_out_later_is_told_at_once() -> None:
    lazy = pl.LazyFrame({"report": [1], "wight": ["3"], "weight": [1.5]})
    with pytest.raises(ProblemsError) as caught:
        check_departments(lazy, pl.LazyFrame({"department": ["甲局"], "source": ["total"]}))
    assert [problem.where for problem in caught.value.problems] == [
        "$.indicators.wight",
        "$.indicators.weight",
        "$.totals.report",
    ]
    with pytest.raises(ProblemsError, match="report"):
        check_departments(pl.LazyFrame({"name": ["a"]}))
    with pytest.raises(bp.BudgetperfError, match="engine of the indicators") as other:
        check_departments(lazy, pl.DataFrame({"report": [1]}))
    assert other.value.code == "other-engine"


@needs_polars
def test_the_order_of_rows_says_nothing_of_a_department() -> None:
    tables = [table.filter(pl.col("report") < 2) for table in department_tables()]
    due: Any = check_departments(*tables, rules="national-2020")
    for seed in range(5):
        mixed = [table.sample(fraction=1, shuffle=True, seed=seed) for table in tables]
        found: Any = check_departments(*mixed, rules="national-2020")
        assert sorted(found.rows()) == due.rows()
