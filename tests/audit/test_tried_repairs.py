"""Repairs that are tried out, and what they leave broken."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest

import budgetperf as bp
from budgetperf import (
    Figure,
    Indicator,
    Missing,
    SelfEvaluation,
    Statement,
    Target,
)
from budgetperf.auditing import relations
from budgetperf.auditing.diagnosis import causes as diagnosis
from budgetperf.auditing.diagnosis.repairs import to_check

EXAMPLE = Path(__file__).parents[2] / "examples" / "department-2023.md"


@pytest.fixture(scope="module")
def audit() -> bp.Audit:
    return bp.audit(bp.read(EXAMPLE))


def timed(actual: str, completion: str = "", deviation: str = "") -> Indicator:
    def rate(text: str) -> Figure | Missing:
        return Figure.parse(text) if text else Missing()

    return Indicator(
        name="办理时限",
        target=Target.parse("≤6天"),
        actual=Figure.parse(actual),
        completion_rate=rate(completion),
        deviation=rate(deviation),
    )


def test_what_leaves_something_else_broken_comes_later() -> None:
    """5 of 6 days are 83.3 % and -16.7 %: the 50 of the form is wrong, though 5 → 50 is likely."""
    report = SelfEvaluation(
        narrative=Statement(indicators=(timed("5天", "83.3%", "-16.7%"),)),
        form=Statement(indicators=(timed("50天"),)),
    )
    (cause,) = [c for c in bp.audit(report).causes if c.diagnoses]
    assert [
        [(s.operand.path, str(s.becomes)) for s in suspects] for suspects in cause.diagnoses
    ] == [
        [("form.indicators[0].actual", "5天")],
        [("narrative.indicators[0].actual", "50天")],
    ]
    bare = attrs.evolve(report, narrative=Statement(indicators=(timed("5天"),)))
    (cause,) = [c for c in bp.audit(bare).causes if c.diagnoses]
    assert cause.suspects[0].operand.path == "narrative.indicators[0].actual"


@pytest.mark.parametrize(("most", "tried"), [(19, 0), (20, 1), (39, 1), (40, 2)])
def test_what_is_tried_out_is_bounded_for_all_causes_together(
    most: int, tried: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two rows that are alike: as much is worked out again for the one as for the other."""
    monkeypatch.setattr(diagnosis, "_RECHECKED", most)
    text, table = timed("5天", "83.3%", "-16.7%"), timed("50天")
    report = SelfEvaluation(
        narrative=Statement(indicators=[attrs.evolve(text, name=name) for name in "甲乙"]),
        form=Statement(indicators=[attrs.evolve(table, name=name) for name in "甲乙"]),
    )
    first = [cause.suspects[0] for cause in bp.audit(report).causes if cause.diagnoses]
    assert len(first) == 2
    assert [s.operand.path for s in first].count("narrative.indicators[0].actual") == (tried < 1)
    assert [s.operand.path for s in first].count("narrative.indicators[1].actual") == (tried < 2)


def test_only_the_smallest_diagnosis_can_be_the_only_one(audit: bp.Audit) -> None:
    """F18 is mended by one figure, or by two or three others."""
    counts = [
        [(len(diagnosis), suspect.unique) for diagnosis in cause.diagnoses for suspect in diagnosis]
        for cause in audit.causes
    ]
    several = [count for count in counts if (1, True) in count and max(count)[0] > 1]
    assert several
    for count in several:
        assert [is_only for size, is_only in count if size > 1] == [False] * (len(count) - 1)


def test_what_a_repair_may_break_is_checked_again() -> None:
    """Rates only where their base may be 0: sums are solved, and what asks is not broken."""
    wanted = [relation.code for relation in relations()]
    usual = to_check(wanted, bases_may_be_0=False)
    assert {relation.equation for relation in usual} == {""}
    more = [r for r in to_check(wanted, bases_may_be_0=True) if r not in usual]
    assert {"F05", "F08", "F13", "W10"} < {relation.code for relation in more}
    assert all("/" in relation.equation and not relation.asks for relation in more)
    assert to_check(["F02", "J01", "W08"], bases_may_be_0=True) == ()
    assert [r.code for r in to_check(["F08", "F02"], bases_may_be_0=True)] == ["F08"]
