"""The same call over Spark Connect, answered by Sail: no Java, and a cluster by the same way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from budgetperf import rules as rulebook
from budgetperf.frames import rates, score
from tests.frames import tables, test_rates
from tests.frames.tables import due, places_of

REASON = "Sail is not installed: pip install pysail pyspark-client"
pytest.importorskip("narwhals", reason=REASON)
sail: Any = pytest.importorskip("pysail.spark", reason=REASON)

pytestmark = pytest.mark.filterwarnings("ignore")

ROWS = [*list(tables.adversarial_rows())[::97], *tables.random_rows(500, seed=15)]


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    session: Any = pytest.importorskip("pyspark.sql", reason=REASON).SparkSession
    server = sail.SparkConnectServer()
    server.start()
    _, port = server.listening_address
    made = session.builder.remote(f"sc://localhost:{port}").getOrCreate()
    yield made
    made.stop()
    server.stop()


@pytest.mark.parametrize("id", ["yitihua-default", "hubei-2020"])
def test_no_digit_differs_and_what_does_not_fit_is_told(spark: Any, id: str) -> None:
    rules = rulebook.get(id)
    schema = (
        "`指标值` decimal(18,2), `实际完成值` decimal(18,2), `分值` decimal(10,1), `符号` string"
    )
    rows = [(row.target, row.actual, row.weight, row.sign) for row in ROWS]
    frame = spark.createDataFrame(rows, schema=schema)
    result = score(frame, rules=rules, round_to=places_of(rules))
    assert type(result) is type(frame)
    got = result.collect()
    fitting = [row["score_status"] != "out-of-range" for row in got]
    assert sum(fitting) > len(ROWS) * 0.9
    scores = [row["computed_score"] for row in got]
    differing = [
        (row, score)
        for row, score, fits in zip(ROWS, scores, fitting, strict=True)
        if (due(row, rules, 2) if fits else None) != score
    ]
    assert not differing


def test_rates_of_funding_lines(spark: Any) -> None:
    lines = [*test_rates.SOME, *test_rates.random_lines(300, seed=15)]
    schema = ", ".join(f"`{header}` decimal(18,2)" for header in test_rates.HEADERS)
    frame = spark.createDataFrame(lines, schema=schema)
    got = rates(frame).collect()
    unknown = 0
    for line, row in zip(lines, got, strict=True):
        figures = [test_rates.figure(value) for value in line]
        for name in test_rates.NAMES:
            found = row[f"computed_{name}_percent"], row[f"{name}_status"]
            if found == (None, "out-of-range"):
                unknown += 1
            else:
                assert found == test_rates.due(test_rates.computed(name, *figures), 2), line
    assert unknown < 0.5 * len(lines) * len(test_rates.NAMES)
