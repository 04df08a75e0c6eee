"""Which findings have one cause, and which figures that blames."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs
import pytest

import budgetperf as bp
from budgetperf import (
    SelfEvaluation,
)
from budgetperf.auditing.diagnosis import causes as diagnosis
from budgetperf.linear.diagnoses import Diagnoses, diagnose
from budgetperf.linear.system import Solver, Undecided
from budgetperf.relations.finding import for_review
from tests.audit.joint_cases import C, I, amounts, finding_of, path


def causes_of(report: SelfEvaluation, wrong: Sequence[str], *holding: str) -> list[bp.Cause]:
    """The causes behind relations that do not hold, beside some that do."""
    findings = [finding_of(report, text, verdict=I) for text in wrong]
    findings += [finding_of(report, text) for text in holding]
    return list(diagnosis.causes(report, findings, {}, lambda *_: ()))


def told(causes: Iterable[bp.Cause]) -> list[list[str]]:
    return [[finding.relation for finding in cause.findings] for cause in causes]


# 10 is not 2 + 3, nor 3 4 + 5; and 50 is not 2 + 3 + 4, nor 4 5 + 6 + 7.
TWO_PAIRS = ("=10", "=2", "=3", "=4", "=5", "=50", "=2", "=3", "=4", "=5", "=6", "=7")
FIRST, SECOND = ["a = b + c", "c = d + e"], ["f = g + h + i", "i = j + k + l"]


@pytest.mark.parametrize(
    ("product", "group"),
    [
        ("a * b = f", 0),  # two of the one, one of the other
        ("a * f = g", 1),
        ("a * f = f", 0),  # as many of either: the first
        ("f * f = a", 0),
    ],
)
def test_what_no_system_states_goes_where_most_of_its_figures_are(product: str, group: int) -> None:
    pairs = [FIRST, SECOND]
    causes = causes_of(amounts(*TWO_PAIRS), [*FIRST, *SECOND, product])
    assert told(causes) == [
        [*pair, product] if number == group else pair for number, pair in enumerate(pairs)
    ]


def test_rather_than_where_most_are_it_goes_where_one_of_them_mends_all() -> None:
    """The 3 alone may be wrong; of the other group it takes two, and these two are none."""
    report = amounts("=10", "=2", "=3", "=50", "=2", "=3", "=4", "=5")
    pair, product = ["d = e + f", "f = g + h"], "d * e = b"
    assert told(causes_of(report, ["a = b + c", *pair, product])) == [["a = b + c", product], pair]
    assert told(causes_of(report, [*pair, "a = b + c", product])) == [pair, ["a = b + c", product]]


def test_what_breaks_only_with_others_has_no_share_in_what_is_broken_by_itself() -> None:
    """50 = 2 + 3 = 4 is told by J01; where that is left out, nothing that is wrong states it."""
    report = amounts("=10", "=2", "=3", "=50", "=2", "=3", "=4")
    (cause,) = causes_of(report, ["a = b + c"], "d = e + f", "g = e + f")
    assert told([cause]) == [["a = b + c"]]
    assert {s.operand.path for s in cause.suspects} == {path(name) for name in "abc"}


@pytest.mark.parametrize("is_named", [True, False])
@pytest.mark.parametrize("why", [None, Undecided(code="search-limit")])
def test_what_is_left_is_undecided_only_if_no_figure_is_named(
    is_named: bool, why: Undecided | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where some diagnosis of the others may be lacking, that says nothing of it."""

    def changed(solver: Solver, weights: Sequence[int]) -> tuple[Diagnoses, ...]:
        (group,) = diagnose(solver, weights=weights)
        if not is_named:
            group = attrs.evolve(group, sets=(), further=())
        return (attrs.evolve(group, undecided=why),)

    monkeypatch.setattr(diagnosis, "diagnose", changed)
    report = amounts("=10", "=2", "=3", "=5", "=6", "=7")
    first, left = causes_of(report, ["a = b + c", "d * e = f"])
    assert told([first, left]) == [["a = b + c"], ["d * e = f"]]
    code = why.code if why else None
    assert (first.undecided, left.undecided) == (code, None if is_named else code)


def test_a_figure_is_convicted_by_what_it_takes_part_in() -> None:
    """Of both that do not hold, as far as they speak of it; and what holds speaks for it."""
    report = amounts("=10", "=2", "=3", "=4", "=5", "=8")
    (cause,) = causes_of(report, ["a = b + c", "c = d + e"], "f = c + e")
    of_each = {
        suspect.operand.path: (
            [finding.relation for finding in suspect.convicted_by],
            [finding.relation for finding in suspect.acquitted_by],
        )
        for suspect in cause.suspects
    }
    assert of_each[path("a")] == (["a = b + c"], [])
    assert of_each[path("b")] == (["a = b + c"], [])
    assert of_each[path("c")] == (["a = b + c", "c = d + e"], ["f = c + e"])
    assert of_each[path("d")] == (["c = d + e"], [])
    assert of_each[path("e")] == (["c = d + e"], ["f = c + e"])


@pytest.mark.parametrize(
    ("change", "is_only"),
    [
        ({}, True),
        ({"complete": 2}, True),
        ({"complete": 1}, True),
        ({"complete": 0}, False),  # the search left others out
        ({"further": 1}, False),  # another one is as good
    ],
)
def test_the_only_one_of_its_size(
    change: dict[str, int], is_only: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """10 is not 2 + 3, nor 1 + 4: either the 10 is wrong, or one of both pairs."""

    def changed(solver: Solver, weights: Sequence[int]) -> tuple[Diagnoses, ...]:
        (group,) = diagnose(solver, weights=weights)
        more = (change.get("further", 0), *group.further[1:])
        complete = change.get("complete", group.complete)
        return (attrs.evolve(group, further=more, complete=complete),)

    monkeypatch.setattr(diagnosis, "diagnose", changed)
    report = amounts("=10", "=2", "=3", "=1", "=4")
    (cause,) = causes_of(report, ["a = b + c", "a = d + e"])
    assert [len(suspects) for suspects in cause.diagnoses] == [1, 2, 2, 2, 2]
    assert [s.unique for s in cause.suspects] == [is_only] + 8 * [False]
    assert cause.further == change.get("further", 0)


def test_what_is_asked_of_no_figure_is_asked_by_itself() -> None:
    """And what is asked of one figure is asked together."""
    report = amounts("=10", "=2")
    asked = [
        for_review(finding_of(report, text, verdict=C)) for text in ("a = b", "a = a", "b = a")
    ]
    bare = [attrs.evolve(finding, operands=()) for finding in asked[:2]]
    causes = diagnosis.causes(report, [*bare, *asked], {}, lambda *_: ())
    assert [len(cause.findings) for cause in causes] == [1, 1, 2, 1]
