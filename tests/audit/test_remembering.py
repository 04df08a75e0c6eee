"""Reports that remember what was looked up in them answer as reports that do not."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import attrs
import pytest

import budgetperf as bp
from budgetperf.auditing import relations
from budgetperf.auditing.engine import _findings
from budgetperf.model import describe, figures, map_figures
from budgetperf.relations.binding import (
    figures_of,
    indexed,
    indexed_again,
    label_at,
    once,
    once_before,
    operand_at,
)
from tests.factories import refused

EXAMPLE = Path(__file__).parents[2] / "examples" / "department-2023.md"


@pytest.fixture(scope="module")
def report() -> bp.SelfEvaluation:
    return bp.read(EXAMPLE)


@pytest.mark.parametrize("remembers", [True, False])
def test_what_was_looked_up_before_a_change_is_not_told_after_it(
    report: bp.SelfEvaluation, remembers: bool
) -> None:
    before = indexed(report) if remembers else report
    paths = [path for path, _ in figures(report)]
    asked = [(operand_at(before, path), label_at(before, path)) for path in paths]
    assert len(asked) > 100
    changed = set(paths[::7])

    def another(path: str, figure: bp.Figure) -> bp.Figure:
        return attrs.evolve(figure, value=figure.value + Decimal(1))

    after = map_figures(report, another, only=changed)
    again = indexed_again(after, before, changed)
    for path in paths:
        assert operand_at(again, path) == operand_at(after, path)
        assert label_at(again, path) == label_at(after, path)


@pytest.mark.parametrize("path", ["form", "form.funding", "form.indicators", "form.indicators[0]"])
def test_a_part_that_is_no_figure_has_the_same_name(report: bp.SelfEvaluation, path: str) -> None:
    remembering = indexed(report)
    assert label_at(remembering, path) == label_at(report, path) == describe(report, path)
    for one in (report, remembering):
        with refused("not-a-figure", path):
            operand_at(one, path)


def test_figures_are_listed_alike(report: bp.SelfEvaluation) -> None:
    remembering = indexed(report)
    assert figures_of(report) == figures_of(remembering) == tuple(figures(report))
    assert figures_of(remembering) is figures_of(remembering)


@pytest.mark.parametrize("rules", [None, "yitihua-default", "national-2020"])
def test_a_report_of_which_figures_were_changed_is_checked_as_a_new_one(
    report: bp.SelfEvaluation, rules: str | None
) -> None:
    """What checks know of rows that stay is what they would find again."""
    chosen = None if rules is None else bp.rulesets.get(rules)
    before = indexed(report)
    findings = [list(_findings(relation, before, chosen)) for relation in relations()[:-1]]
    assert sum(map(len, findings)) > 100
    in_table = [path for path, _ in figures(report) if ".indicators[" in path]
    assert len(in_table) > 30
    for start in range(6):
        changed = set(in_table[start::7])

        def another(path: str, figure: bp.Figure) -> bp.Figure:
            return attrs.evolve(figure, value=figure.value + Decimal(3))

        after = map_figures(report, another, only=changed)
        again, new = indexed_again(after, before, changed), indexed(after)
        for relation in relations()[:-1]:
            remembered = list(_findings(relation, again, chosen))
            assert remembered == list(_findings(relation, new, chosen)), relation.id


def test_what_was_worked_out_is_told_of_what_it_was_worked_out_with(
    report: bp.SelfEvaluation,
) -> None:
    """Once for each key; after a change what it was before, and not of another rule-set."""
    first, second = object(), object()
    remembering, key = indexed(report), ("own", "form")
    assert once(remembering, key, lambda: 1, by=first) == 1
    assert once(remembering, key, lambda: 2, by=first) == 1
    again = indexed_again(report, remembering, set())
    assert once_before(again, key, by=first) == 1
    assert once_before(again, key, by=second) is None
    assert once_before(again, ("own", "narrative"), by=first) is None
    assert once_before(remembering, key, by=first) is None
    assert once(remembering, key, lambda: 3, by=second) == 3
    assert [once(report, key, lambda n=n: n, by=first) for n in (4, 5)] == [4, 5]  # type: ignore[misc]
