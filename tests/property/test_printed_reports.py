"""Reports that are true and printed in many ways are never called wrong; a visible error is."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

import budgetperf as bp
from benchmarks.prints import SHAPES, Case, alarms, report, spoilt
from benchmarks.prints.command import main
from budgetperf.exact import round_to
from tests.strategies import times

MANY = 120
"""How many reports are audited by default, under one rule-set each: the same every time. The laws
draw others, and audit each under every one that concerns it."""

IDS = tuple(rules.id for rules in bp.rulesets)


def lines_of(case: Case, rules: str | None) -> list[str]:
    """The false alarms of one audit, one for each check, in lines that say where they come from."""
    by_code = {alarm.code: alarm for alarm in alarms(case, rules)}
    return [
        f"seed {case.seed}, scores by {case.rules}, audited with {rules}: "
        f"{code} {alarm.verdict}: {alarm.text[:400]}\n    shapes: {'; '.join(case.shapes)}"
        for code, alarm in by_code.items()
    ]


seeds_of_reports = st.integers(MANY, 10**9)


def under(case: Case) -> tuple[str | None, ...]:
    """The rule-sets that a report is audited under: none, its own, and another one."""
    other = random.Random(case.seed).choice(IDS)
    return tuple(dict.fromkeys((None, case.rules, other)))


@pytest.mark.parametrize(
    "seeds",
    [
        range(40),
        *(pytest.param(range(n, n + 40), marks=pytest.mark.law) for n in range(40, MANY, 40)),
    ],
)
def test_true_reports_raise_no_alarm(seeds: range) -> None:
    """Each under one of the three in turn."""
    false_alarms: list[str] = []
    for seed in seeds:
        case = report(seed)
        rules = under(case)
        false_alarms += lines_of(case, rules[seed % len(rules)])
    assert not false_alarms, "\n".join(false_alarms)


@pytest.mark.law
@times(2)
@given(seed=seeds_of_reports)
def test_true_reports_raise_no_alarm_under_any_rules(seed: int) -> None:
    case = report(seed)
    false_alarms = [line for rules in under(case) for line in lines_of(case, rules)]
    assert not false_alarms, "\n".join(false_alarms)


@pytest.mark.parametrize("seeds", [range(30), pytest.param(range(30, 130), marks=pytest.mark.law)])
def test_a_visible_error_is_seen(seeds: range) -> None:
    """Of most: what is spoilt may still be possible, so these are not drawn anew."""
    seen: list[bool] = []
    missed: list[str] = []
    for seed in seeds:
        case = report(seed)
        slip = spoilt(case, random.Random(seed))
        if slip is not None:
            seen.append(bool(bp.audit(slip.report).inconsistent))
            if not seen[-1]:
                missed.append(f"seed {seed}: {slip.path} {slip.wrong} instead of {slip.right}")
    assert len(seen) > len(seeds) // 2
    assert len(missed) <= 1 + len(seen) // 20, "\n".join(missed)


@pytest.mark.law
def test_every_shape_is_drawn() -> None:
    """Among so many reports as the laws audit in a few runs."""
    drawn: set[str] = set()
    for seed in range(300):
        drawn.update(report(seed).shapes)
        if drawn.issuperset(SHAPES):
            break
    assert set(SHAPES) - drawn == set()


def test_a_seed_gives_one_report() -> None:
    assert report(7) == report(7)
    assert report(7) != report(8)


def test_what_is_printed_is_the_truth_rounded() -> None:
    """Every figure has its true value behind it: the generator itself makes no error."""
    for seed in range(60):
        case = report(seed)
        for path, figure in bp.figures(case.report):
            true = case.truth.get(path)
            if true is None:
                continue
            printed = round_to(true / figure.unit.scale, figure.places) * figure.unit.scale
            assert printed == figure.nominal, (seed, path, figure.text, true)
            assert figure.is_exact or true in figure.interval, (seed, path, figure.text, true)


def test_the_command_counts(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--reports", "4", "--seeds", "2", "--without", "many indicators"])
    first, *_ = capsys.readouterr().out.splitlines()
    reports, audits, _ = (int(word) for word in first.split() if word.isdigit())
    assert 0 < reports <= 4
    assert reports <= audits <= 3 * reports
