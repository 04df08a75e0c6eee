"""How long an import, an audit and a score take, as ratios and times measured in one run.

    python benchmarks/speed.py
    python benchmarks/speed.py --against OTHER/src

Prints the time of ``import budgetperf`` over that of ``import attrs, cattrs`` (each in fresh
interpreters, taken in turns, medians), of reading and auditing the example after import, and of
scoring an indicator, over plain arithmetic with fractions by the same rule written by hand.

With ``--against`` the library that is imported is compared with the one in another source folder,
in turns and in one run: the least processor time of each step, which what else the machine does
disturbs little, and the number of calls, which it does not disturb at all.
"""

from __future__ import annotations

import argparse
import cProfile
import itertools
import os
import pstats
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples" / "department-2023.md"
IMPORTS = 15
AUDITS = 30

_TIMED = """
import time
start = time.{clock}()
import {modules}
print(time.{clock}() - start)
"""


def imported(modules: str, *, clock: str = "perf_counter_ns", source: Path | None = None) -> int:
    """Nanoseconds that the import takes in a fresh interpreter, from byte code as installed."""
    command = [sys.executable, "-c", _TIMED.format(modules=modules, clock=clock)]
    env = {**os.environ, "PYTHONPATH": str(source)} if source else {**os.environ}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=env)
    return int(done.stdout)


def import_ratio() -> float:
    """Print the import of budgetperf over that of what it depends on."""
    imported("budgetperf")  # writes the byte code
    base, ours = [], []
    for _ in range(IMPORTS):
        base.append(imported("attrs, cattrs"))
        ours.append(imported("budgetperf"))
    a, b = statistics.median(base), statistics.median(ours)
    print(f"import attrs, cattrs    {a / 1e6:7.1f} ms")
    print(f"import budgetperf       {b / 1e6:7.1f} ms")
    print(f"ratio                   {b / a:7.2f}      (to stay below 3)")
    return a / 1e6


def timed(function: Callable[[], object]) -> float:
    """Milliseconds that one call takes."""
    start = time.perf_counter_ns()
    function()
    return (time.perf_counter_ns() - start) / 1e6


def audit_time(base: float) -> None:
    """Print how long audits take after import, also over ``base``, the import in milliseconds."""
    import budgetperf as bp

    first_read = timed(lambda: bp.read(EXAMPLE))
    report = bp.read(EXAMPLE)
    first_audit = timed(lambda: bp.audit(report, rules="yitihua-default"))
    reads = [timed(lambda: bp.read(EXAMPLE)) for _ in range(AUDITS)]
    audits = [timed(lambda: bp.audit(report, rules="yitihua-default")) for _ in range(AUDITS)]
    print(f"first read              {first_read:7.1f} ms   (loads the layout)")
    print(f"first audit             {first_audit:7.1f} ms   (loads relations and rules)")
    print(f"read, median            {statistics.median(reads):7.1f} ms   worst {max(reads):.1f}")
    print(f"audit, median           {statistics.median(audits):7.1f} ms   worst {max(audits):.1f}")
    print(f"audit over that import  {statistics.median(audits) / base:7.2f}")


# ---------------------------------------------------------------- scores

ROWS, ROUNDS = 1000, 10


def by_completion(actual: Fraction, target: Fraction, weight: Fraction) -> Fraction:
    """B / A of the weight, full marks from the target on: what many a form says."""
    return weight * max(Fraction(0), min(Fraction(1), actual / target))


def to_cents(actual: Fraction, target: Fraction, weight: Fraction) -> Fraction:
    """The same, rounded half up to two decimals."""
    cents = by_completion(actual, target, weight) * 100
    return Fraction((2 * cents.numerator + cents.denominator) // (2 * cents.denominator), 100)


def read_by_hand(text: object) -> Fraction:
    """A number as it stands on paper, by the plainest reading that there is."""
    plain = str(text)
    number = Fraction(plain.strip("≥%件"))
    return number / 100 if plain.endswith("%") else number


BY_HAND = {"hubei-2020": by_completion, "yitihua-default": to_cents}


def scores(name: str, by_hand: Callable[..., Fraction]) -> dict[str, Callable[[], object]]:
    """Each way to score so many rows by a rule-set, the arithmetic by hand first."""
    import budgetperf as bp
    from budgetperf.scoring import indicator_score

    rules = bp.rulesets[name]
    paper = rows_on_paper()
    report = bp.SelfEvaluation(form=bp.Statement(indicators=bp.indicators(paper)))
    rows: list[Any] = list(report.form.indicators)
    plain = [[figure.nominal for figure in (r.actual, r.target.value, r.weight)] for r in rows]

    def by_arithmetic() -> list[Fraction]:
        return [by_hand(*row) for row in plain]

    def indicators() -> list[Any]:
        return [indicator_score(row, rules, weight=row.weight) for row in rows]

    def card() -> object:
        return bp.scorecard(report, rules=rules)

    def each() -> list[Any]:
        return [bp.score(row, rules=rules) for row in rows]

    typed: list[Any] = [bp.Indicator(**row) for row in paper]

    def each_typed() -> list[Any]:
        return [bp.score(row, rules=rules) for row in typed]

    def one_by_one(given: list[Any] = paper) -> list[Any]:
        return [bp.score(**row, rules=rules) for row in given]

    # Numbers that were never read before, in each turn.
    unseen = itertools.cycle([rows_on_paper(turn) for turn in _turns(ROUNDS)])
    several = bp.SelfEvaluation(form=bp.Statement(indicators=bp.indicators(next(unseen))))

    def unlike() -> object:
        return bp.scorecard(several, rules=rules)

    def by_hand_from_text() -> list[Fraction]:
        parts = ("actual", "target", "weight")
        return [by_hand(*(read_by_hand(row[part]) for part in parts)) for row in next(unseen)]

    assert [result.value for result in indicators()] == by_arithmetic()
    for lines in (each(), each_typed(), one_by_one()):
        assert [line.score.value for line in lines] == by_arithmetic()
    return {
        "by hand": by_arithmetic,
        "an indicator": indicators,
        "a row of a scorecard": card,
        "the same, each row unlike all others": unlike,
        "bp.score of an indicator of a report": each,
        "bp.score of an indicator in code": each_typed,
        "bp.score of what stands on paper": one_by_one,
        BY_HAND_FROM_TEXT: by_hand_from_text,
        NEVER_READ: lambda: one_by_one(next(unseen)),
    }


BY_HAND_FROM_TEXT = "by hand, with reading"
NEVER_READ = "the same, every number a new one"
_TURNS = itertools.count(1)


def _turns(number: int) -> list[int]:
    """So many turns that no table was made for yet."""
    return list(itertools.islice(_TURNS, 2 * number + 1))


def rows_on_paper(turn: int = 0) -> list[Any]:
    """Rows of a table: targets and weights that come again, as they do, and sixty actual values; or
    counts, of which each is another one, and another in each turn."""
    counts = [f"{45_000 + 50 * n + turn}件" for n in range(ROWS)]
    return [
        {
            "target": "≥90000件" if turn else f"≥{(80, 90, 95, 100)[n % 4]}%",
            "actual": counts[n] if turn else f"{45 + n % 60}%",
            "weight": (5, 10, 15, 20)[n // 4 % 4],
            "name": f"指标{n}",
        }
        for n in range(ROWS)
    ]


def executions(name: str) -> dict[str, Callable[[], object]]:
    """Budget execution, so many times, from the amounts and from the rate."""
    import budgetperf as bp

    rules = bp.rulesets[name]
    amounts = [{"executed": f"{100 + n % 60}.62万元", "revised": "200.00万元"} for n in range(ROWS)]
    rates = [f"{45 + n % 60}.62%" for n in range(ROWS)]
    return {
        "amounts": lambda: [bp.score_execution(**given, rules=rules) for given in amounts],
        "rate": lambda: [bp.score_execution(rate=rate, rules=rules) for rate in rates],
    }


def processor_time(function: Callable[[], object]) -> int:
    """Nanoseconds of one call."""
    start = time.process_time_ns()
    function()
    return time.process_time_ns() - start


def scoring_time() -> None:
    """Print what scoring takes over the same by hand: the least of many turns."""
    print(f"\n{'least processor time of a row, µs':<40} {'by hand':>8} {'library':>8} {'ratio':>7}")
    for name, by_hand in BY_HAND.items():
        runs = scores(name, by_hand)
        least = dict.fromkeys(runs, 10**12)
        for _ in range(ROUNDS):
            for step, function in runs.items():
                least[step] = min(least[step], processor_time(function))
        plain, reading = least.pop("by hand"), least.pop(BY_HAND_FROM_TEXT)
        print(name)
        for step, taken in least.items():
            base = reading if step == NEVER_READ else plain
            each = (taken / ROWS / 1e3, taken / base)
            print(f"  {step:<38} {base / ROWS / 1e3:>8.2f} {each[0]:>8.2f} {each[1]:>7.2f}")
    print("(to stay: each within 6 times the arithmetic, and a thousand indicators below 15 ms;")
    print("what was never read before, beside the arithmetic with the plainest reading of it)")
    print(f"\n{'least processor time of bp.score_execution, µs':<48}")
    for name in BY_HAND:
        for step, function in executions(name).items():
            taken = min(processor_time(function) for _ in range(ROUNDS))
            print(f"  {name + ', ' + step:<46} {taken / ROWS / 1e3:>8.2f}")


# ---------------------------------------------------------------- two source folders

STEPS = ("read", "audit", "causes", "audit by rules", "causes by rules", "to text")
TURNS = 40


def steps() -> dict[str, Callable[[], object]]:
    """Each step on what the one before it gives, so that nothing is left from the last time."""
    import budgetperf as bp

    report = bp.read(EXAMPLE)
    texts = [bp.audit(report)]
    texts[0].to_text(everything=True)

    def audited(rules: str | None) -> Callable[[], bp.Audit]:
        return lambda: bp.audit(bp.read(EXAMPLE), rules=rules)

    by_rules = "yitihua-default"
    return {
        "read": lambda: bp.read(EXAMPLE),
        "audit": audited(None),
        "causes": lambda: audited(None)().causes,
        "audit by rules": audited(by_rules),
        "causes by rules": lambda: audited(by_rules)().causes,
        "to text": lambda: texts[0].to_text(everything=True),
    }


def work() -> None:
    """Be one of the two: for each line of input, print what each step takes, from reading on."""
    runs = steps()
    for line in sys.stdin:
        told = []
        for name in STEPS:
            if line.startswith("calls"):
                with cProfile.Profile() as profile:
                    runs[name]()
                told.append(pstats.Stats(profile).total_calls)  # type: ignore[attr-defined]
            else:
                start = time.process_time_ns()
                runs[name]()
                told.append(time.process_time_ns() - start)
        print(*told, flush=True)


def worker(source: Path) -> subprocess.Popen[str]:
    """A fresh interpreter that times the library in a source folder."""
    return subprocess.Popen(
        [sys.executable, __file__, "--work"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(source)},
    )


def asked(process: subprocess.Popen[str], what: str) -> list[int]:
    """What a worker tells of each step."""
    assert process.stdin
    assert process.stdout
    print(what, file=process.stdin, flush=True)
    return [int(number) for number in process.stdout.readline().split()]


def compare(ours: Path, others: Path) -> None:
    """Print the steps of both source folders side by side."""
    imports: list[list[int]] = [[], []]
    for _ in range(IMPORTS + 1):  # the first writes the byte code
        for taken, source in zip(imports, (others, ours), strict=True):
            taken.append(imported("budgetperf", clock="process_time_ns", source=source))
    workers = [worker(others), worker(ours)]
    calls = [asked(one, "calls") for one in workers]
    times = [[asked(one, "time") for one in workers] for _ in range(TURNS)]
    for one in workers:
        one.communicate()
    print(f"{'least processor time, ms':<26} {'other':>9} {'this':>9} {'ratio':>7}")
    rows = {"import": (min(imports[0][1:]), min(imports[1][1:]))}
    for n, name in enumerate(STEPS):
        least = [min(turn[side][n] for turn in times) for side in (0, 1)]
        rows[name] = (least[0], least[1])
    for name, (before, after) in rows.items():
        print(f"{name:<26} {before / 1e6:>9.2f} {after / 1e6:>9.2f} {before / after:>7.2f}")
    print(f"\n{'calls, thousands':<26} {'other':>9} {'this':>9} {'ratio':>7}")
    for name, before, after in zip(STEPS, *calls, strict=True):
        print(f"{name:<26} {before / 1e3:>9.1f} {after / 1e3:>9.1f} {before / after:>7.2f}")


def main() -> None:
    """Print what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--against", type=Path, metavar="OTHER/src")
    parser.add_argument("--work", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.work:
        work()
    elif options.against:
        compare(ROOT / "src", options.against)
    else:
        audit_time(import_ratio())
        scoring_time()


if __name__ == "__main__":
    main()
