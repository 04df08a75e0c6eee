"""How well wrong figures are found: slips planted in random reports, and reports without any.

    python -m benchmarks.diagnosis --reports 50 --pairs 200 --oracle
    python -m benchmarks.diagnosis --clean 1000
    python -m benchmarks.diagnosis --sizes 50 200 1000 5000

Run it from the root of the repository. Each kind of slip is planted into so many reports, one slip
each, where it can be; the table says in how many the audit found something and whom it blamed.
With ``--oracle`` z3 (``pip install z3-solver``) tells for each slip that was not found whether it
can be seen at all, and of two slips whether nothing smaller explains them. Times are those of one
processor.
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
from benchmarks import sizes
from benchmarks.oracle import Oracle, is_installed
from benchmarks.planting import SLIPS, Planted, plant, plant_pair
from benchmarks.shapes import SHAPES, clean
from budgetperf.auditing.diagnosis.suspects import Cause, Suspect
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
        told: whether an explanation is offered for what comes first.
        explained: whether it is the right one.
        unique: whether each cause has one smallest diagnosis only, right or wrong.
        apart: whether the changed figures are one diagnosis, or each alone is one of its cause.
        visible: whether some relations cannot hold together, by z3; ``None`` if it was not asked.
        fewest: whether fewer figures than were changed cannot be all that is wrong, by z3, and the
            changed ones can; ``None`` if it was not asked.
        leading: the figures that come first, cause by cause.
        nanoseconds: how long the audit took, with its causes.
    """

    planted: Planted
    detected: bool
    related: bool
    among: bool
    first: bool
    told: bool
    explained: bool
    unique: bool
    apart: bool
    visible: bool | None
    fewest: bool | None
    leading: tuple[frozenset[str], ...]
    nanoseconds: int


def measure(planted: Planted, *, rules: str | None = None, oracle: bool = False) -> Outcome:
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
    visible, fewest = asked(planted, audit) if oracle else (None, None)
    return Outcome(
        planted=planted,
        detected=bool(flagged(audit)),
        related=bool(changed & decided),
        among=covers((s for cause in causes for s in cause.suspects), changed),
        first=covers(hits, changed),
        told=bool(hits) and all(hit.explanations for hit in hits),
        explained=bool(hits)
        and all(hit.explanations and hit.explanations[0].kind in kinds for hit in hits),
        unique=bool(leading) and all(suspect.unique for suspect in leading),
        apart=are_apart(causes, changed),
        visible=visible,
        fewest=fewest,
        leading=tuple(blamed(suspect) for suspect in leading),
        nanoseconds=nanoseconds,
    )


def timed_audit(
    report: bp.SelfEvaluation, rules: str | None
) -> tuple[bp.Audit, Sequence[Cause], int]:
    """An audit, its causes, and how long both took together."""
    start = time.process_time_ns()
    audit = bp.audit(report, rules=rules)
    causes = audit.causes
    return audit, causes, time.process_time_ns() - start


def asked(planted: Planted, audit: bp.Audit) -> tuple[bool | None, bool | None]:
    """Whether a slip can be seen, and whether nothing smaller explains it: by z3."""
    oracle = Oracle.of(planted.report, audit.findings)
    possible = oracle.is_possible()
    if possible is not False:
        return None if possible is None else False, False
    count = len(planted.paths)
    return True, oracle.fewest(count) == count and bool(oracle.is_diagnosis(planted.paths))


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


def are_apart(causes: Iterable[Cause], changed: frozenset[str]) -> bool:
    """Whether all changed figures are one diagnosis, or each of them is one of another cause."""
    alone = frozenset[str]()
    for cause in causes:
        found = [frozenset(s.operand.path for s in diagnosis) for diagnosis in cause.diagnoses]
        if changed in found:
            return True
        single = frozenset(path for paths in found if len(paths) == 1 for path in paths) & changed
        alone |= single if len(single - alone) == 1 else frozenset()
    return alone == changed


# ---------------------------------------------------------------- tables


def percent(part: int, whole: int) -> str:
    """A share in whole percent."""
    return f"{fixed_text(round_to(Fraction(100 * part, whole), 1), 1)}%" if whole else "-"


def milliseconds(nanoseconds: int) -> str:
    return fixed_text(round_to(Fraction(nanoseconds, 10**6), 1), 1)


def spent(times: Sequence[int]) -> str:
    """The median and the worst of some times."""
    if not times:
        return f"{'-':>7} {'-':>7}"
    return f"{milliseconds(statistics.median_low(times)):>7} {milliseconds(max(times)):>7}"


HEADER = (
    f"{'kind':<22} {'planted':>7} {'alone':>6} {'inside':>6} {'hidden':>6} {'missed':>6} "
    f"{'found':>6} {'among':>7} {'first':>7} {'unique':>6} {'of them':>7} {'told':>7} {'right':>7} "
    f"{'median':>7} {'worst':>7}"
)
LEGEND = """\
alone    not found: no relation that can be decided holds the figure
inside   not found: relations hold it, and all can be true with it as it is printed
hidden   of those not found: all prints can be true together, by z3; missed: they cannot
among    of those found: what was changed is among the suspects; first: it leads its cause
unique   found, and no other diagnosis is as small; of them: it leads
told     of those that lead: an explanation is offered; right: of these, it is the slip that was
         made; times in ms"""


def row(name: str, outcomes: Sequence[Outcome]) -> str:
    """What became of the slips of one kind, in one line."""
    found = [outcome for outcome in outcomes if outcome.detected]
    missed = [outcome for outcome in outcomes if not outcome.detected]
    unique = [outcome for outcome in found if outcome.unique]
    first = [outcome for outcome in found if outcome.first]
    told = [outcome for outcome in first if outcome.told]
    inside = sum(outcome.related for outcome in missed)
    seen = [outcome.visible for outcome in missed]
    counts = [
        len(outcomes),
        len(missed) - inside,
        inside,
        seen.count(False) if None not in seen else "-",
        seen.count(True) if None not in seen else "-",
        len(found),
    ]
    shares = [
        percent(sum(outcome.among for outcome in found), len(found)),
        percent(len(first), len(found)),
        str(len(unique)),
        percent(sum(outcome.first for outcome in unique), len(unique)),
        percent(len(told), len(first)),
        percent(sum(outcome.explained for outcome in told), len(told)),
    ]
    number, *others = counts
    among, led, single, of_them, offered, right = shares
    return (
        f"{name:<22} {number:>7} {' '.join(f'{count:>6}' for count in others)} {among:>7} {led:>7} "
        f"{single:>6} {of_them:>7} {offered:>7} {right:>7} "
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
        f"{'reports without a slip':<22} {'audited':>7} {'alarms':>6} {'undecided':>9} "
        f"{'median':>7} {'worst':>7}"
    )
    times: dict[str, list[int]] = {shape: [] for shape in arguments.shapes}
    alarms, undecided = Counter[str](), Counter[str]()
    for report, name in reports(arguments.shapes, arguments.clean, arguments.seed):
        shape = name.partition(" ")[0]
        audit, causes, nanoseconds = timed_audit(report, arguments.rules)
        times[shape].append(nanoseconds)
        if is_alarm(audit, causes):
            alarms[shape] += 1
            print(f"false alarm: {name}")
        undecided[shape] += any(
            finding.code == "J01" and finding.verdict is bp.Verdict.UNCHECKED
            for finding in audit.findings
        )
    for shape, spans in times.items():
        counts = f"{len(spans):>7} {alarms[shape]:>6} {undecided[shape]:>9}"
        print(f"{shape:<22} {counts} {spent(spans)}")


def is_alarm(audit: bp.Audit, causes: Iterable[Cause]) -> bool:
    """Whether anything is called wrong. What only a reviewer would ask is no alarm."""
    asked = all(finding.reason == "review" for cause in causes for finding in cause.findings)
    return bool(flagged(audit)) or not asked


def run_slips(arguments: argparse.Namespace) -> None:
    """One slip of each kind in each report that has a figure for it."""
    found: dict[str, list[Outcome]] = {kind: [] for kind in arguments.kinds}
    for report, name in reports(arguments.shapes, arguments.reports, arguments.seed):
        for kind in arguments.kinds:
            planted = plant(kind, report, random.Random(f"{kind} {name}"))
            if planted:
                found[kind].append(measure(planted, rules=arguments.rules, oracle=arguments.oracle))
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
            found.append(measure(planted, rules=arguments.rules, oracle=arguments.oracle))
    print(row("two slips", found))
    least = [outcome for outcome in found if outcome.fewest and len(outcome.planted.paths) == 2]
    if arguments.oracle:
        apart = sum(outcome.apart for outcome in least)
        print(
            f"two slips in two figures that nothing smaller explains, by z3: {len(least)}; "
            f"found as such: {apart} ({percent(apart, len(least))})"
        )
    if arguments.missed:
        for outcome in least:
            if not outcome.apart:
                print(f"not as such: {outcome.planted.text}")


def show_missed(outcomes: Iterable[Outcome]) -> None:
    """The slips that a relation holds and that were not found, or not put first."""
    wrong = [o for o in outcomes if (o.related or o.visible) and not o.first]
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
    options.add_argument("--reports", type=int, default=0, help="reports for each kind of slip")
    options.add_argument("--pairs", type=int, default=0, help="reports with two slips")
    options.add_argument("--clean", type=int, default=0, help="reports without a slip")
    options.add_argument("--sizes", type=int, nargs="+", default=[], help="figures of a system")
    options.add_argument("--limit", type=int, default=20, help="the most seconds for a step")
    options.add_argument("--oracle", action="store_true", help="ask z3 what can be seen")
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--kinds", nargs="+", choices=sorted(SLIPS), default=list(SLIPS))
    options.add_argument("--shapes", nargs="+", choices=sorted(SHAPES), default=list(SHAPES))
    options.add_argument("--rules", help="the id of a rule-set; without one, scores are unchecked")
    options.add_argument("--missed", action="store_true", help="list the slips that were missed")
    return options


def main() -> None:
    """Print the tables."""
    options = parser()
    arguments = options.parse_args()
    if arguments.oracle and not is_installed():
        options.error("--oracle needs z3: pip install z3-solver")
    if arguments.reports or arguments.pairs:
        print(f"{LEGEND}\n\n{HEADER}")
        run_slips(arguments)
        run_pairs(arguments)
    if arguments.clean:
        run_clean(arguments)
    if arguments.sizes:
        sizes.show(arguments.sizes, arguments.seed, arguments.limit)


if __name__ == "__main__":
    main()
