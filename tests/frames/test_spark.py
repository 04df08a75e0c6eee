"""The same call over Spark Connect, answered by Sail: no Java, and a cluster by the same way.

Apache Spark answers where it is installed, with Java, and asked for: ``pytest -m spark_jvm``."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from budgetperf import rules as rulebook
from budgetperf.exact import ProblemsError
from budgetperf.frames import check, check_departments, rates, score
from tests.frames import tables, test_rates, test_scores, test_tidy
from tests.frames.tables import due, places_of

REASON = "Sail is not installed: pip install pysail pyspark-client"
pytest.importorskip("narwhals", reason=REASON)
pl: Any = pytest.importorskip("polars", reason=REASON)
sql: Any = pytest.importorskip("pyspark.sql", reason=REASON)

pytestmark = pytest.mark.filterwarnings("ignore")

ROWS = [*list(tables.adversarial_rows())[::97], *tables.random_rows(500, seed=15)]


@pytest.fixture(scope="module", params=["sail", pytest.param("jvm", marks=pytest.mark.spark_jvm)])
def spark(request: pytest.FixtureRequest) -> Iterator[Any]:
    """A session of Sail; of Apache Spark where it is asked for by ``-m spark_jvm``."""
    yield from of_sail() if request.param == "sail" else of_jvm()


def of_sail() -> Iterator[Any]:
    sail: Any = pytest.importorskip("pysail.spark", reason=REASON)
    server = sail.SparkConnectServer()
    server.start()
    _, port = server.listening_address
    session = sql.SparkSession.builder.remote(f"sc://localhost:{port}").getOrCreate()
    yield session
    session.stop()
    server.stop()


def of_jvm() -> Iterator[Any]:
    jars = Path(sql.__file__).parents[1] / "jars"
    if shutil.which("java") is None or not jars.is_dir():
        pytest.skip("Apache Spark or Java is not installed: pip install 'pyspark[connect]'")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)  # the workers have what the tests have
        session = sql.SparkSession.builder.remote("local[2]").getOrCreate()
        yield session
        session.stop()


@pytest.mark.parametrize("id", ["yitihua-default", "hubei-2020"])
def test_every_row_has_the_digits_of_the_single_row(spark: Any, id: str) -> None:
    rules = rulebook.get(id)
    schema = (
        "`指标值` decimal(18,2), `实际完成值` decimal(18,2), `分值` decimal(10,1), `符号` string"
    )
    rows = [(row.target, row.actual, row.weight, row.sign) for row in ROWS]
    frame = spark.createDataFrame(rows, schema=schema)
    result = score(frame, rules=rules, round_to=places_of(rules))
    assert type(result) is type(frame)
    got = result.collect()
    assert not {row["score_status"] for row in got} & {"out-of-range", "row-by-row"}
    scores = [row["computed_score"] for row in got]
    differing = [
        (row, score) for row, score in zip(ROWS, scores, strict=True) if due(row, rules, 2) != score
    ]
    assert not differing


def test_large_numbers_and_rules_without_expression_are_for_the_workers(spark: Any) -> None:
    """What is beyond 52 bits goes by 64, what is beyond these by the functions for single rows."""
    rows = [
        *(
            (Decimal(10**power) + 1, Decimal(10**power), Decimal(10), "≥")
            for power in (3, 9, 15, 30)
        ),
        (Decimal("0.5"), Decimal("0.25"), None, "≥"),
        (Decimal(4), Decimal(3), Decimal(8), None),
    ]
    schema = (
        "`指标值` decimal(38,3), `实际完成值` decimal(38,3), `分值` decimal(38,20), `符号` string"
    )
    frame = spark.createDataFrame(rows, schema=schema)
    for rules in (rulebook.get("yitihua-default"), rulebook.get("xinjiang-observed-2023")):
        found = score(frame, rules=rules, round_to=places_of(rules))
        held = pl.DataFrame(
            rows,
            schema={
                **{name: pl.Decimal(38, 3) for name in frame.columns[:2]},
                frame.columns[2]: pl.Decimal(38, 20),
                frame.columns[3]: pl.String,
            },
            orient="row",
        )
        assert found.columns == [*frame.columns, "computed_score", "score_status"]
        assert rows_of(found) == rows_of(score(held, rules=rules, round_to=places_of(rules)))


def test_where_every_row_fits_the_workers_are_given_no_python(spark: Any) -> None:
    schema = "`指标值` decimal(9,2), `实际完成值` decimal(9,2), `分值` decimal(4,1)"
    frame = spark.createDataFrame([(Decimal(90), Decimal(81), Decimal(20))], schema=schema)
    plan = score(frame, rules="yitihua-default", direction="≥")._plan
    assert "MapPartitions" not in type(plan).__name__
    signs = frame.selectExpr("*", "'≥' as `符号`")
    assert "MapPartitions" in type(score(signs, rules="yitihua-default")._plan).__name__
    (row,) = score(frame, rules="yitihua-default", direction="≥").collect()
    assert (row["computed_score"], row["score_status"]) == (Decimal(18), "ok")


@pytest.mark.slow
@pytest.mark.parametrize("rows", [tables.hundred_thousand, tables.adversarial])
def test_every_row_by_every_rule_set(
    spark: Any, rows: Callable[[], tuple[tables.Row, ...]]
) -> None:
    held = rows()
    numbers = pl.Series("number", range(len(held)), dtype=pl.Int64)
    arrow = test_scores.table_of(held).with_columns(numbers).to_arrow()
    frame = spark.createDataFrame(arrow.cast(plain_text(arrow.schema)))
    for rules in tables.shipped():
        got = score(frame, rules=rules, round_to=places_of(rules)).toArrow()
        found = dict(zip(got["number"].to_pylist(), got["computed_score"].to_pylist(), strict=True))
        own = rules.score_rounding
        wanted = tables.many_due(held, rules, 2 if own is None else own.places)
        assert [found[number] for number in range(len(held))] == list(wanted), rules.id


def plain_text(schema: Any) -> Any:
    """The types of a table, of text as Spark knows it."""
    pa: Any = pytest.importorskip("pyarrow")
    text = pa.types.is_large_string
    return pa.schema([(f.name, pa.string() if text(f.type) else f.type) for f in schema])


def test_rates_of_funding_lines(spark: Any) -> None:
    lines = [*test_rates.SOME, *test_rates.random_lines(300, seed=15)]
    schema = ", ".join(f"`{header}` decimal(18,2)" for header in test_rates.HEADERS)
    frame = spark.createDataFrame(lines, schema=schema)
    got = rates(frame).collect()
    for line, row in zip(lines, got, strict=True):
        figures = [test_rates.figure(value) for value in line]
        for name in test_rates.NAMES:
            found = row[f"computed_{name}_percent"], row[f"{name}_status"]
            assert found == test_rates.due(test_rates.computed(name, *figures), 2), line


ROWS_OF_TEXT = """
甲局 ≥ 90% 81% 20 90% -10% 18.00
甲局 ≥ 90% 81% 20 91% 10% 19
乙局 ≤ 5次 6次 10 120% 20% 8
乙局 > 353.21万元 241.86万元 10 68.47% -31.53% 6.85
甲局 定性 优 优 5 100% · 5
甲局 · 90 8.1.0 5 89.9% — 4.5
丙局 ≤ ≥90% 81% 5 90% 0% 5
丙局 ? 3 1 3 33.3% -66.7% 1
丙局 = 3 · 3 · · ·
甲局 ≥ 3 1 10 33.3% -66.7% 3.3
乙局 · 2023年12月31日前 2023年12月1日 5 · · 5
""".strip().split("\n")
HEADERS = ("部门", "指标性质", "指标值", "实际完成值", "分值", "完成率", "偏差率", "得分")


def rows_of(frame: Any) -> list[str]:
    """The rows of a table of Spark or polars, in whatever order."""
    rows = frame.rows() if isinstance(frame, pl.DataFrame) else frame.collect()
    return sorted(str(tuple(row)) for row in rows)


@pytest.mark.parametrize("by", [(), ("部门",)])
def test_text_is_read_and_rows_are_checked_by_the_workers(spark: Any, by: tuple[str, ...]) -> None:
    cells = [[None if c == "·" else c for c in row.split()] for row in ROWS_OF_TEXT]
    held = pl.DataFrame(cells, schema=list(HEADERS), orient="row")
    frame = spark.createDataFrame(cells, schema=", ".join(f"`{h}` string" for h in HEADERS))
    for rules in ("yitihua-default", "national-2020"):
        checked = check(frame, rules=rules, by=by)
        assert type(checked) is type(frame)
        assert rows_of(checked) == rows_of(check(held, rules=rules, by=by))
    assert frame.columns == list(HEADERS)
    scored = score(frame, rules="yitihua-default")
    assert rows_of(scored) == rows_of(score(held, rules="yitihua-default"))


def test_a_dot_in_a_header_is_part_of_it(spark: Any) -> None:
    cells = "'≥90%' as `目标.值`, '81%' as `实际完成值`, '20' as `分值`, '18' as `得分`"
    frame = spark.sql(f"select {cells}, '甲' as `部.门`, 5 as `a``b`")
    columns = {"目标.值": "target"}
    for by in ((), ("部.门",)):
        checked = check(frame, rules="yitihua-default", columns=columns, by=by)
        assert checked.columns == [*frame.columns, "score_verdict", "score_reason"]
        assert [tuple(row)[:-2] for row in checked.collect()] == [tuple(frame.collect()[0])]
        assert [row["score_verdict"] for row in checked.collect()] == ["exact"]
    (row,) = score(frame, rules="yitihua-default", columns=columns).collect()
    assert (row["computed_score"], row["a`b"]) == (Decimal(18), 5)
    numbers = spark.sql("select 90 as revised, 81 as executed, 5 as `a.b`")
    (line,) = rates(numbers).collect()
    assert (line["computed_execution_rate_percent"], line["a.b"]) == (Decimal(90), 5)


@pytest.mark.parametrize("twice", ["note", "Note", "revised"])
def test_headers_that_stand_twice_are_told(spark: Any, twice: str) -> None:
    frame = spark.sql(f"select 90 as revised, 3 as note, 5 as {twice}")
    with pytest.raises(ProblemsError) as caught:
        rates(frame)
    assert [(p.code, p.where) for p in caught.value.problems] == [
        ("column-twice", f"$.{twice}"),
        ("no-column", "$.executed"),
    ]


def test_departments_are_checked_by_the_workers(spark: Any) -> None:
    held = test_tidy.department_tables()
    checked = check_departments(*map(spark.createDataFrame, (t.to_arrow() for t in held)))
    assert type(checked) is type(spark.range(1))
    assert rows_of(checked) == rows_of(check_departments(*held))
