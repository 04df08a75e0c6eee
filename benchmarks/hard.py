"""Time and peak memory of what is hard: long sums that fail, large reports, long documents.

    python -m benchmarks.hard
    python -m benchmarks.hard --cases check-2000

Each case runs in an interpreter of its own, with nothing before it. What is given to it is built
first and is not timed; the memory is the most that the process ever held, with the library.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TypeAlias

import attrs

import budgetperf as bp
from budgetperf.model import Funding, FundingTotal, Indicator, SelfEvaluation, Statement, Target

__all__ = ["CASES", "Measured", "main", "measured"]

ROOT = Path(__file__).parents[1]

Work: TypeAlias = Callable[[], str]
"""What is timed; it says in a few words what came of it."""


@attrs.frozen(kw_only=True)
class Measured:
    """What one case took.

    Args:
        told: what came of it.
        milliseconds: of processor time.
        megabytes: the most that its process held.
    """

    told: str
    milliseconds: int
    megabytes: int


# ---------------------------------------------------------------- what is given


def _exact(value: Decimal | int) -> bp.Figure:
    return bp.Figure(value=value, rounding=None)


def _weighted(weights: Sequence[Decimal | int], printed: Decimal | int) -> SelfEvaluation:
    """A table of so many weights, each earned in full, and the total score in print."""
    rows = tuple(
        Indicator(
            level1="产出指标",
            level2="数量指标",
            name=f"指标{number}",
            weight=_exact(weight),
            score=_exact(weight),
        )
        for number, weight in enumerate(weights)
    )
    return SelfEvaluation(form=Statement(indicators=rows, total_score=_exact(printed)))


def _many(count: int, *, with_slips: bool = False) -> SelfEvaluation:
    """So many indicators of one weight, all met; with a wrong weight, score and total if wanted."""
    weight = Decimal(90) / count
    rows = [
        Indicator(
            level1=("产出", "效益", "满意度")[number % 3],
            level2=f"二级{number % 10}",
            name=f"指标{number}",
            target=Target.parse(f"≥{number + 100}次"),
            actual=bp.Figure.parse(f"{number + 100}次"),
            completion_rate=bp.Figure.parse("100.00%"),
            weight=_exact(weight),
            score=_exact(weight),
        )
        for number in range(count)
    ]
    total = Decimal(100)
    if with_slips:
        rows[3] = attrs.evolve(rows[3], weight=_exact(2 * weight))
        rows[7] = attrs.evolve(rows[7], score=_exact(weight / 2))
        total -= 2
    whole = FundingTotal(weight=_exact(10), score=_exact(10))
    return SelfEvaluation(
        form=Statement(
            indicators=tuple(rows), total_score=_exact(total), funding=Funding(total=whole)
        )
    )


def _differing() -> SelfEvaluation:
    """Sixty weights of five values that add up to 102."""
    values = [Decimal(text) for text in ("0.75", "1.25", "1.75", "2", "2.75")]
    return _weighted(values * 12, 100)


def _items(count: int) -> str:
    """The text of a report with so many indicators, each with two numbers."""
    item = "指标①：完成任务次数，指标值：≥10次，自评完成值：10次，指标成效分析：已完成。"
    title = "# 部门单位整体支出绩效自评报告\n\n(2023 年度)\n\n#### （一）指标三：履职效能"
    return "\n\n".join([title, "##### 1. 数量指标：", *[item] * count]) + "\n"


# ---------------------------------------------------------------- what is timed


def _causes(report: SelfEvaluation, rules: str | None = None) -> Work:
    def work() -> str:
        audit = bp.audit(report, rules=rules)
        audit.to_text(lang="zh")
        wrong = len(audit.inconsistent)
        return f"{wrong} wrong, {len(audit.causes)} causes"

    return work


def _clean(rules: str | None) -> Work:
    report = _many(2000)

    def work() -> str:
        audit = bp.audit(report, rules=rules)
        return f"{len(audit.findings)} findings, {len(audit.inconsistent)} wrong"

    return work


def _check(terms: int, unit: str = "") -> Work:
    parts = [f"{number % 9}.25{unit}" for number in range(terms - 1)]
    total = sum((Decimal(number % 9) + Decimal("0.25") for number in range(terms - 1)), Decimal(0))
    text = f"{total}{unit} = " + " + ".join(parts)
    return lambda: _told_of(lambda: bp.check(text).verdict.value)


def _read(text: str) -> Work:
    def work() -> str:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "report.md"
            path.write_text(text, encoding="utf-8")
            return _told_of(lambda: f"{len(bp.read(path).narrative.indicators)} indicators")

    return work


def _told_of(call: Callable[[], str]) -> str:
    try:
        return call()
    except bp.BudgetperfError as error:
        return f"refused: {error.code}"


CASES: dict[str, Callable[[], Work]] = {
    "sum-53x2": lambda: _causes(_weighted([2] * 53, 104)),
    "sum-36x3": lambda: _causes(_weighted([3] * 36, 105)),
    "sum-110x1": lambda: _causes(_weighted([1] * 110, 109)),
    "sum-400x1": lambda: _causes(_weighted([1] * 400, 398)),
    "sum-60-differing": lambda: _causes(_differing()),
    "slips-400": lambda: _causes(_many(400, with_slips=True)),
    "slips-400-national": lambda: _causes(_many(400, with_slips=True), "national-2020"),
    "clean-2000": lambda: _clean(None),
    "clean-2000-national": lambda: _clean("national-2020"),
    "check-2000": lambda: _check(2000),
    "check-20000": lambda: _check(20_000),
    "read-9000-items": lambda: _read(_items(9000)),
    "read-4MB-digits": lambda: _read("1" * (4 * 1024 * 1024 - 1)),
}
"""The cases by name: each builds what it needs, and gives what is timed."""


# ---------------------------------------------------------------- measuring


def _here(name: str) -> Measured:
    """One case, in this process."""
    work = CASES[name]()
    start = time.process_time_ns()
    told = work()
    took = time.process_time_ns() - start
    kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return Measured(told=told, milliseconds=took // 10**6, megabytes=kilobytes // 1024)


def measured(name: str, limit: int) -> Measured | None:
    """One case in a process of its own; ``None`` if it takes more than ``limit`` seconds."""
    command = [sys.executable, "-m", "benchmarks.hard", "--here", name]
    try:
        done = subprocess.run(
            command, check=True, capture_output=True, text=True, cwd=ROOT, timeout=limit
        )
    except subprocess.TimeoutExpired:
        return None
    return Measured(**json.loads(done.stdout))


def parser() -> argparse.ArgumentParser:
    """The command line."""
    options = argparse.ArgumentParser(
        prog="python -m benchmarks.hard", description=(__doc__ or "").partition("\n")[0]
    )
    options.add_argument("--cases", nargs="+", choices=list(CASES), default=list(CASES))
    options.add_argument("--limit", type=int, default=120, help="seconds for each case")
    options.add_argument("--here", choices=list(CASES), help=argparse.SUPPRESS)
    return options


def main(arguments_given: Sequence[str] | None = None) -> None:
    """Print the table of the cases that were asked for."""
    arguments = parser().parse_args(arguments_given)
    if arguments.here:
        print(json.dumps(attrs.asdict(_here(arguments.here))))
        return
    print(f"{'case':<20} {'time':>10} {'memory':>9}  what came of it")
    for name in arguments.cases:
        found = measured(name, arguments.limit)
        if found is None:
            print(f"{name:<20} {f'> {arguments.limit} s':>10} {'-':>9}", flush=True)
            continue
        took, held = f"{found.milliseconds} ms", f"{found.megabytes} MB"
        print(f"{name:<20} {took:>10} {held:>9}  {found.told}", flush=True)


if __name__ == "__main__":
    main()
