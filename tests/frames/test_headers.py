"""Headers that stand twice, are no text, or mean something to an engine; what is said of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from budgetperf.exact import BudgetperfError, ProblemsError
from tests.frames.engines import duckdb, engines, pa, pd, through

REASON = "polars and narwhals are not installed: pip install 'budgetperf[frames]' polars"
pytest.importorskip("narwhals", reason=REASON)
pl: Any = pytest.importorskip("polars", reason=REASON)

from budgetperf.frames import check, check_departments, rates, score  # noqa: E402 - where they are

RULES = "yitihua-default"
needs_duckdb = pytest.mark.skipif(not duckdb, reason="duckdb is not installed")
needs_pandas = pytest.mark.skipif(not (pd and pa), reason="pandas is not installed")


def codes(call: Callable[[], object]) -> dict[str, set[str]]:
    """What is wrong by code, and where."""
    with pytest.raises(BudgetperfError) as caught:
        call()
    error = caught.value
    found = dict[str, set[str]]()
    if isinstance(error, ProblemsError):
        for problem in error.problems:
            found.setdefault(problem.code, set()).add(problem.where.removeprefix("$."))
    else:
        found[error.code] = {error.field}
    return found


def in_both(call: Callable[[], object], *words: str) -> None:
    """Some words stand in the Chinese message and in the English one."""
    with pytest.raises(BudgetperfError) as caught:
        call()
    for lang in (caught.value.message.zh, caught.value.message.en):
        assert all(word in lang for word in words), lang


@needs_duckdb
@pytest.mark.parametrize(
    "headers",
    ["1 as revised, 2 as revised, 1 as executed", "1 as revised, 1 as executed, 3 as a, 4 as a"],
)
def test_a_relation_with_a_header_twice_is_refused(headers: str) -> None:
    relation = duckdb.sql(f"select {headers}")
    (twice,) = {name for name in relation.columns if relation.columns.count(name) > 1}
    assert codes(lambda: rates(relation)) == {"column-twice": {twice}}


@needs_duckdb
def test_upper_and_lower_case_are_one_name_to_a_relation() -> None:
    relation = duckdb.sql("select 1 as revised, 1 as executed, 3 as Note, 4 as note")
    assert codes(lambda: rates(relation)) == {"column-twice": {"note"}}
    assert (
        rates(pl.DataFrame({"revised": [1], "executed": [1], "Note": [3], "note": [4]})).width == 6
    )


@needs_duckdb
@needs_pandas
def test_headers_that_stand_twice_are_told_with_all_else_that_is_wrong() -> None:
    relation = duckdb.sql("select '≥9' as target, 0.5::double as actual, 1 as actual, 2 as actual")
    arrow = pa.table([["≥9"], [0.5], [1]], names=["target", "actual", "actual"])
    for table in (relation, arrow, arrow.to_pandas()):
        assert codes(lambda table=table: score(table, rules=RULES)) == {  # type: ignore[misc]
            "column-twice": {"actual"},
            "float-refused": {"actual"},
            "no-column": {"weight"},
        }
    assert codes(lambda: check(relation, by="部门")) == {
        "column-twice": {"actual"},
        "unknown-column": {"by"},
        "no-column": {"frame"},
    }
    assert codes(lambda: check_departments(arrow)) == {"column-twice": {"actual"}}


@needs_pandas
def test_headers_that_are_no_text_are_told_at_once() -> None:
    cells = ["≥90%", "81%", "10"]
    several = [("甲", "指标值"), ("甲", "实际完成值"), ("乙", "分值")]
    for headers in ([0, 1, 2], pd.MultiIndex.from_tuples(several), ["指标值", "实际完成值", 3]):
        table = pd.DataFrame([cells], columns=headers)
        for call in (lambda t: score(t, rules=RULES), rates, check):
            assert codes(lambda t=table, call=call: call(t)) == {"bad-header": {"frame"}}  # type: ignore[misc]
    in_both(lambda: rates(pd.DataFrame([cells], columns=[0, 1, "a"])), "0", "1", "frame.columns")


@engines()
def test_names_that_are_kept_are_refused(engine: str) -> None:
    table = pl.DataFrame({"指标值": [5], "实际完成值": [5], "分值": [9], "__budgetperf_t": [6]})
    others = {"column-taken": {"__budgetperf_t"}}

    def work(given: Any) -> Any:
        assert codes(lambda: score(given, rules=RULES, direction="≥")) == others
        return given

    through(engine, table, work, ["分值"])


@engines()
def test_a_dot_in_a_header_is_part_of_it(engine: str) -> None:
    table = pl.DataFrame(
        {"目标.值": ["≥5"], "a.b": ["甲"], '"': [1], "实际完成值": ["4"], "分值": ["5"]}
    )
    found = through(
        engine,
        table,
        lambda t: score(t, rules=RULES, columns={"目标.值": "target"}),
        ["a.b", "computed_score"],
    )
    assert found["a.b"] == ["甲"]
    assert [f"{n}" for n in found["computed_score"]] == ["4.00"]


def test_the_header_nearest_to_a_field_is_offered_or_none() -> None:
    table = pl.DataFrame({h: ["1"] for h in ("序号", "部门", "年度", "计划数", "完成数", "满分")})
    with pytest.raises(ProblemsError) as caught:
        score(table, rules=RULES)
    said = {problem.where: problem.message for problem in caught.value.problems}
    assert "{'完成数': 'actual'}" in said["$.actual"].zh
    assert "{'满分': 'weight'}" in said["$.weight"].en
    assert "序号" not in str(caught.value)
    assert "部门" not in str(caught.value)
    assert "年度" not in str(caught.value)  # which 年度指标值 begins with
    in_both(lambda: rates(pl.DataFrame({"全年执行数": [1]})), "revised", "全年预算数")
    with pytest.raises(BudgetperfError) as alone:
        rates(pl.DataFrame({"全年执行数": [1]}))
    assert "{" not in str(alone.value)


def test_a_header_without_the_unit_of_the_others_is_offered_with_one() -> None:
    table = pl.DataFrame({"年初预算数(万元)": [1], "全年预算数(元)": [1], "全年执行数": [1]})
    in_both(lambda: rates(table), "年初预算数(万元)", "全年预算数(元)", "全年执行数(万元)")


def test_what_is_no_table_is_told_by_its_type() -> None:
    in_both(lambda: score([1] * 9, rules=RULES), "list", "PySpark", "DuckDB")


@pytest.mark.parametrize(
    ("direction", "code"), [(5, "wrong-type"), (">>", "bad-direction"), ("≥≥", "bad-direction")]
)
def test_a_direction_is_one_sign_or_word(direction: Any, code: str) -> None:
    table = pl.DataFrame({"指标值": [5], "实际完成值": [5], "分值": [9]})
    stated = table.with_columns(完成率=pl.lit("100%"))
    for call in (score, check):
        assert codes(lambda call=call: call(stated, rules=RULES, direction=direction)) == {  # type: ignore[misc]
            code: {"direction"}
        }
    for known in (">=", "不少于", " ≥ ", "正向"):
        assert score(table, rules=RULES, direction=known)["score_status"].to_list() == ["ok"]


@needs_pandas
def test_a_float_among_objects_is_told_with_its_row() -> None:
    table = pd.DataFrame(
        {"指标值": ["≥90%", "≥80%"], "实际完成值": ["80%", 0.5], "分值": ["10", float("nan")]}
    )
    assert codes(lambda: score(table, rules=RULES)) == {"float-refused": {"实际完成值"}}
    in_both(lambda: score(table, rules=RULES), "实际完成值", "2", "0.5", "places", "dtype=str")
