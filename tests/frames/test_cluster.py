"""The recipe for clusters: the very command of the compose file, sent to a server of Sail."""

from __future__ import annotations

import runpy
import shlex
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

REASON = "Sail or polars is not installed: pip install pysail pyspark-client polars"
pytest.importorskip("narwhals", reason=REASON)
pl: Any = pytest.importorskip("polars", reason=REASON)
sail: Any = pytest.importorskip("pysail.spark", reason=REASON)
pytest.importorskip("pyspark", reason=REASON)
yaml: Any = pytest.importorskip("yaml", reason="pyyaml is not installed")

from budgetperf.frames import score  # noqa: E402 - where the engines are
from tests.frames import tables  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore")  # pyspark warns of versions of pandas

CLUSTER = Path(__file__).parents[2] / "examples" / "cluster"
RULES = "yitihua-default"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server = sail.SparkConnectServer()
    server.start()
    _, port = server.listening_address
    yield f"sc://localhost:{port}"
    server.stop()


def test_the_client_scores_what_the_server_reads(
    address: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    rows = [*tables.random_rows(500, seed=15)]
    table = pl.DataFrame(
        {
            "指标值": [row.target for row in rows],
            "实际完成值": [row.actual for row in rows],
            "分值": [row.weight for row in rows],
            "符号": [row.sign for row in rows],
        },
        schema_overrides={
            "指标值": pl.Decimal(12, 2),
            "实际完成值": pl.Decimal(12, 2),
            "分值": pl.Decimal(5, 1),
        },
    ).filter(pl.col("指标值").abs() < Decimal(10**8), pl.col("实际完成值").abs() < Decimal(10**8))
    assert table.height > 100
    table.write_parquet(tmp_path / "indicators.parquet")
    client = yaml.safe_load((CLUSTER / "compose.yaml").read_text("utf-8"))["services"]["client"]
    places = {"/score.py": str(CLUSTER / "score.py"), "sc://sail:50051": address}
    program, *words = (places.get(word, word) for word in shlex.split(client["command"]))
    assert program == "python"
    words = [word.replace("/data/", f"{tmp_path}/") for word in words]
    monkeypatch.setattr("sys.argv", words)
    runpy.run_path(words[0], run_name="__main__")
    known = score(table, rules=RULES)
    keys = ["指标值", "实际完成值", "分值", "符号", "computed_score", "score_status"]
    written = pl.read_parquet(tmp_path / "scored.parquet" / "*.parquet")
    assert written.select(keys).sort(keys).equals(known.select(keys).sort(keys))
    counts = known.group_by("score_status").len().sort("score_status").rows()
    assert capsys.readouterr().out.splitlines() == [
        f"{number:12,} {status}" for status, number in counts
    ]


@pytest.mark.parametrize("name", ["compose.yaml", "compose.spark.yaml"])
def test_services_start_after_what_they_need(name: str) -> None:
    services = yaml.safe_load((CLUSTER / name).read_text("utf-8"))["services"]
    assert services["client"]["profiles"] == ["client"]
    for service in services.values():
        assert set(service.get("depends_on", ())) <= set(services)
        assert "ports" not in service
        assert ("build" in service) != ("image" in service)
