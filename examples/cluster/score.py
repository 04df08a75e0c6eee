"""Scores a table of Parquet on a cluster that answers Spark Connect: Sail, or Spark.

    python score.py sc://localhost:50051 indicators.parquet scored.parquet --rules yitihua-default

The paths are those of the server, which reads and writes the files: they have to be on a disk that
it and its workers share, or in an object store. Targets and actual values are decimals there, in
columns `指标值` and `实际完成值`, weights in `分值`, and the directions (`≥`, `≤`, …) in `符号`.
"""

# pyright: reportMissingImports=false

from __future__ import annotations

import argparse

from pyspark.sql import SparkSession

from budgetperf.frames import score


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("server", help="such as sc://localhost:50051")
    parser.add_argument("source", help="Parquet that the server reads")
    parser.add_argument("output", help="Parquet that the server writes")
    parser.add_argument("--rules", default="yitihua-default")
    options = parser.parse_args()
    spark = SparkSession.builder.remote(options.server).getOrCreate()
    try:
        scored = score(spark.read.parquet(options.source), rules=options.rules)
        scored.write.mode("overwrite").parquet(options.output)
        written = spark.read.parquet(options.output)
        counts = written.groupBy("score_status").count().orderBy("score_status").collect()
        for status, number in counts:
            print(f"{number:12,} {status}")
    finally:
        spark.stop()


if __name__ == "__main__":
    main()
