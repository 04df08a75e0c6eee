"""How well wrong figures are found: slips planted in random reports, and reports without any.

    python -m benchmarks.diagnosis --reports 50 --clean 200

Run it from the root of the repository. Each kind of slip is planted into so many reports, one slip
each, where it can be; the table says in how many the audit found something and whom it blamed.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

import attrs

import budgetperf as bp
from benchmarks.planting import SLIPS, Planted, plant, plant_pair
from benchmarks.shapes import SHAPES, clean
from budgetperf.audit.diagnosis import Cause, Suspect
from budgetperf.exact import fixed_text, round_to

__all__ = ["Outcome", "measure"]


@attrs.frozen(kw_only=True)
class Outcome:
    """What became of a report with slips.

    Args:
        planted: the report.
        detected: whether anything is inconsistent or truncated.
        related: whether a relation that was decided holds one of the changed figures.
        among: whether all that was changed is among the suspects.
        first: whether all that was changed, and nothing else, comes first in its cause.
        explained: whether the first explanation there is the right one.
        unique: whether each cause has one smallest diagnosis only, right or wrong.
        leading: the figures that come first, cause by cause.
        nanoseconds: how long the audit took, with its causes.
    """

    planted: Planted
    detected: bool
    related: bool
    among: bool
    first: bool
    explained: bool
    unique: bool
    leading: tuple[frozenset[str], ...]
    nanoseconds: int


def measure(planted: Planted, *, rules: str | None = None) -> Outcome:
    """Audit a report with slips, and compare the blame with what was changed.

    A suspect that names figures beside those that were changed is no hit.
    """
    audit, causes, nanoseconds = timed_audit(planted.report, rules)
    changed = frozenset(planted.paths)
    decided = {
        operand.path
        for finding in audit.findings
        if finding.verdict not in (bp.Verdict.UNCHECKED, bp.Verdict.UNDEFINED)
        for operand in finding.operands
    }
    leading = [cause.suspects[0] for cause in causes if cause.suspects]
    hits = [suspect for suspect in leading if blamed(suspect) <= changed]
    kinds = planted.kind.split("+")
    return Outcome(
        planted=planted,
        detected=bool(flagged(audit)),
        related=bool(changed & decided),
        among=covers((s for cause in causes for s in cause.suspects), changed),
        first=covers(hits, changed),
        explained=bool(hits)
        and all(hit.explanations and hit.explanations[0].kind in kinds for hit in hits),
        unique=bool(leading) and all(suspect.unique for suspect in leading),
        leading=tuple(blamed(suspect) for suspect in leading),
        nanoseconds=nanoseconds,
    )


def timed_audit(
    report: bp.SelfEvaluation, rules: str | None
) -> tuple[bp.Audit, Sequence[Cause], int]:
    """An audit, its causes, and how long both took together."""
    start = time.perf_counter_ns()
    audit = bp.audit(report, rules=rules)
    causes = audit.causes
    return audit, causes, time.perf_counter_ns() - start


def flagged(audit: bp.Audit) -> tuple[bp.Finding, ...]:
    """What the audit says is wrong."""
    return audit.inconsistent + audit.having(bp.Verdict.TRUNCATED)


def blamed(suspect: Suspect) -> frozenset[str]:
    """The paths of the figures that a suspect names."""
    return frozenset(operand.path for operand in (suspect.operand, *suspect.others))


def covers(suspects: Iterable[Suspect], changed: frozenset[str]) -> bool:
    """Whether suspects that name nothing but what was changed name all of it."""
    named = [blamed(suspect) for suspect in suspects]
    return frozenset[str]().union(*(paths for paths in named if paths <= changed)) == changed


# ---------------------------------------------------------------- tables


def percent(part: int, whole: int) -> str:
    """A share in whole percent."""
    return f"{fixed_text(round_to(Fraction(100 * part, whole), 1), 1)}%" if whole else "-"


def milliseconds(nanoseconds: int) -> str:
    return fixed_text(round_to(Fraction(nanoseconds, 10**6), 1), 1)


def spent(times: Sequence[int]) -> str:
    """The median and the worst of some times."""
    if not times:
        return f"{'-':>9} {'-':>9}"
    return f"{milliseconds(statistics.median_low(times)):>9} {milliseconds(max(times)):>9}"


HEADER = (
    f"{'kind':<34} {'planted':>7} {'alone':>6} {'inside':>6} {'found':>6} {'found %':>8} "
    f"{'among':>8} {'first':>8} {'unique':>7} {'of them':>8} {'explain':>8} {'median':>9} "
    f"{'worst':>9}"
)
LEGEND = """\
alone    no relation that can be decided holds the figure: nothing is to be found
inside   a relation holds it, but the print stays possible; found: inconsistent or truncated
among    of those found: what was changed is among the suspects; first: it leads its cause
unique   no other diagnosis is as small; of them: it leads
explain  of those that lead: the explanation is the slip that was made; times in ms"""


def row(name: str, outcomes: Sequence[Outcome]) -> str:
    """What became of the slips of one kind, in one line."""
    found = [outcome for outcome in outcomes if outcome.detected]
    missed = [outcome for outcome in outcomes if not outcome.detected]
    unique = [outcome for outcome in found if outcome.unique]
    first = [outcome for outcome in found if outcome.first]
    inside = sum(outcome.related for outcome in missed)
    blame = [
        percent(sum(outcome.among for outcome in found), len(found)),
        percent(len(first), len(found)),
        str(len(unique)),
        percent(sum(outcome.first for outcome in unique), len(unique)),
        percent(sum(outcome.explained for outcome in first), len(first)),
    ]
    among, led, single, of_them, explained = blame
    return (
        f"{name:<34} {len(outcomes):>7} {len(missed) - inside:>6} {inside:>6} {len(found):>6} "
        f"{percent(len(found), len(outcomes) - len(missed) + inside):>8} "
        f"{among:>8} {led:>8} {single:>7} {of_them:>8} {explained:>8} "
        f"{spent([outcome.nanoseconds for outcome in outcomes])}"
    )


# ---------------------------------------------------------------- runs


def reports(
    shapes: Sequence[str], count: int, seed: int
) -> Iterator[tuple[bp.SelfEvaluation, str]]:
    """So many reports without a slip, the shapes in turn; each with a name of its own."""
    for number in range(count):
        shape = shapes[number % len(shapes)]
        yield clean(shape, seed + number), f"{shape} {seed + number}"


def run_clean(arguments: argparse.Namespace) -> None:
    """How many reports without a slip are called wrong: each is a false alarm."""
    print(
        f"\n{'reports without a slip':<34} {'audited':>7} {'alarms':>7} {'median':>9} {'worst':>9}"
    )
    for shape in arguments.shapes:
        times, alarms = [], 0
        for report, _ in reports([shape], arguments.clean, arguments.seed):
            audit, causes, nanoseconds = timed_audit(report, arguments.rules)
            alarms += bool(flagged(audit) or any(cause.suspects for cause in causes))
            times.append(nanoseconds)
        print(f"{shape:<34} {len(times):>7} {alarms:>7} {spent(times)}")


def run_slips(arguments: argparse.Namespace) -> None:
    """One slip of each kind in each report that has a figure for it."""
    found: dict[str, list[Outcome]] = {kind: [] for kind in arguments.kinds}
    for report, name in reports(arguments.shapes, arguments.reports, arguments.seed):
        for kind in arguments.kinds:
            planted = plant(kind, report, random.Random(f"{kind} {name}"))
            if planted:
                found[kind].append(measure(planted, rules=arguments.rules))
    for kind, outcomes in found.items():
        print(row(kind, outcomes))
    print(row("all", [outcome for outcomes in found.values() for outcome in outcomes]))
    if arguments.missed:
        show_missed(outcome for outcomes in found.values() for outcome in outcomes)


def run_pairs(arguments: argparse.Namespace) -> None:
    """Two slips of different kinds in each report."""
    found = []
    for report, name in reports(arguments.shapes, arguments.pairs, arguments.seed):
        rng = random.Random(f"pair {name}")
        planted = plant_pair(rng.sample(sorted(SLIPS), 2), report, rng)
        if planted:
            found.append(measure(planted, rules=arguments.rules))
    print(row("two slips", found))


def show_missed(outcomes: Iterable[Outcome]) -> None:
    """The slips that a relation holds and that were not found, or not put first."""
    wrong = [o for o in outcomes if o.related and not o.first]
    for outcome in wrong:
        what = "inside"
        if outcome.detected:
            what = "not first" if outcome.among else "not blamed"
        others = "; ".join(" + ".join(sorted(paths)) for paths in outcome.leading)
        led = f"; instead {others}" if others else ""
        print(f"{what:<10} {outcome.planted.kind:<20} {outcome.planted.text}{led}")
    print(dict(Counter(outcome.planted.kind for outcome in wrong)))


def parser() -> argparse.ArgumentParser:
    """The command line."""
    options = argparse.ArgumentParser(prog="python -m benchmarks.diagnosis", description=__doc__)
    options.add_argument("--reports", type=int, default=40, help="reports for each kind of slip")
    options.add_argument("--pairs", type=int, default=40, help="reports with two slips")
    options.add_argument("--clean", type=int, default=100, help="clean reports of each shape")
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--kinds", nargs="+", choices=sorted(SLIPS), default=list(SLIPS))
    options.add_argument("--shapes", nargs="+", choices=sorted(SHAPES), default=list(SHAPES))
    options.add_argument("--rules", help="the id of a rule-set; without one, scores are unchecked")
    options.add_argument("--missed", action="store_true", help="list the slips that were missed")
    return options


def main() -> None:
    """Print the tables."""
    arguments = parser().parse_args()
    if arguments.reports or arguments.pairs:
        print(f"{LEGEND}\n\n{HEADER}")
        run_slips(arguments)
        run_pairs(arguments)
    if arguments.clean:
        run_clean(arguments)


if __name__ == "__main__":
    main()
