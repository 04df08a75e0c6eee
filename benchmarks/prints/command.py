"""Audits of many reports that can be true, and the false alarms, by check and by shape."""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Sequence

import budgetperf as bp

from .alarms import alarms
from .whole import report

__all__ = ["main", "parser"]


def parser() -> argparse.ArgumentParser:
    """The command line."""
    options = argparse.ArgumentParser(prog="python -m benchmarks.prints", description=__doc__)
    options.add_argument("--reports", type=int, default=1000, help="reports in all")
    options.add_argument(
        "--seeds", type=int, default=1, help="the seeds among which they are shared"
    )
    options.add_argument("--seed", type=int, default=0, help="the first seed")
    options.add_argument("--without", nargs="+", default=[], help="leave out what has such shapes")
    options.add_argument("--show", type=int, default=0, help="alarms to show of each kind")
    return options


def main(arguments_given: Sequence[str] | None = None) -> None:
    """Print the counts."""
    arguments = parser().parse_args(arguments_given)
    ids = [one.id for one in bp.rulesets]
    reports, audits, by_code, shown = 0, 0, Counter[str](), Counter[str]()
    hit, drawn = Counter[tuple[str, str]](), Counter[str]()
    each = arguments.reports // arguments.seeds
    for seed in range(arguments.seed, arguments.seed + arguments.seeds):
        for number in range(each):
            case = report(seed * 10**6 + number)
            if any(one.startswith(tuple(arguments.without)) for one in case.shapes):
                continue
            reports += 1
            other = random.Random(case.seed).choice(ids)
            for rules in dict.fromkeys((None, case.rules, other)):
                audits += 1
                drawn.update(case.shapes)
                told = {f"{one.code} {one.verdict}": one for one in alarms(case, rules)}
                for kind, alarm in told.items():
                    by_code[kind] += 1
                    hit.update((kind, shape) for shape in case.shapes)
                    if shown[kind] < arguments.show:
                        shown[kind] += 1
                        print(f"seed {case.seed} rules {rules}: {kind}: {alarm.text}")
    print(f"{reports} reports, {audits} audits, {sum(by_code.values())} alarms")
    for kind, number in by_code.most_common():
        print(f"{kind:<24} {number} audits")
        rates = {s: n / drawn[s] for (k, s), n in hit.items() if k == kind and n > 1}
        for shape in sorted(rates, key=lambda s: -rates[s])[:4]:
            print(f"    {rates[shape]:7.2%} of {drawn[shape]:>6} with {shape}")
