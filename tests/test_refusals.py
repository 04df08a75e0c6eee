"""What is of the wrong type is refused where it is given, with what to give instead."""

from __future__ import annotations

from typing import Any

import pytest

import budgetperf as bp
from budgetperf import Figure, RoundingMode, Text, Unit
from budgetperf.exact import cell, parse_number, round_to
from budgetperf.relations.binding import operand_at
from budgetperf.relations.expression import (
    Const,
    Equation,
    Ref,
    dimension,
    interval,
    nominal,
    require_same_units,
)
from budgetperf.relations.relation import Relation, equations

# The calls are wrong on purpose, and past the type checker.
NUMBERS: list[tuple[Any, dict[str, Any]]] = [
    (bp.parse_figure, {"text": 68.48}),
    (Figure.parse, {"text": 68.48}),
    (bp.check, {"equation": 68.48}),
    (parse_number, {"text": 1.5}),
    (bp.Target.parse, {"text": 0.9}),
    (bp.gross_adjustment_rate, {"moves": [1], "budget": bp.Amount(2)}),
    (bp.three_public_change_rate, {"this_year": 3, "last_year": 2}),
]


@pytest.mark.parametrize(("function", "arguments"), NUMBERS)
def test_a_number_that_is_not_exact_is_refused(function: Any, arguments: dict[str, Any]) -> None:
    with pytest.raises(bp.WrongTypeError, match=r"不接受 .* 类型的 .* is refused: pass a"):
        function(**arguments)


MODES: list[tuple[Any, dict[str, Any]]] = [
    (Figure, {"value": "5", "rounding": "half-up"}),
    (Figure, {"value": "5", "places": "2"}),
    (cell, {"value": "5", "places": 0, "mode": "half-up"}),
    (round_to, {"value": "5", "places": 0, "mode": "half-up"}),
]


@pytest.mark.parametrize(("function", "arguments"), MODES)
def test_a_mode_is_a_mode_and_places_are_whole(function: Any, arguments: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match=r"RoundingMode|int"):
        function(**arguments)
    assert Figure(value="5", rounding=RoundingMode.HALF_UP).interval == cell("5", 0)


def test_what_is_no_figure_takes_no_part() -> None:
    with pytest.raises(bp.BudgetperfError, match=r"narrative: .*no figure is at this path"):
        operand_at(bp.SelfEvaluation(), "narrative")
    stray = bp.SelfEvaluation(repeated=(Figure(value="1"),))
    with pytest.raises(bp.BudgetperfError, match="no figure is at this path"):
        bp.audit(stray)


def test_what_is_no_path_is_refused() -> None:
    """A number would be the descriptor of a file that happens to be open."""
    with pytest.raises(bp.WrongTypeError, match="path"):
        bp.read(0)  # type: ignore[arg-type]


def units(name: Ref) -> None:
    require_same_units(Equation(left=name, comparator="=", right=name))


def test_a_name_has_no_value_until_it_is_bound() -> None:
    name = Ref(name="form.total_score")
    evaluations: tuple[Any, ...] = (nominal, interval, dimension, units)
    for evaluate in evaluations:
        with pytest.raises(TypeError, match="bind and state"):
            evaluate(name)


def test_the_numbers_of_a_declared_relation_are_constants() -> None:
    relation = Relation(id="X", title=Text(zh="和", en="sum"), each="report", equation="a = 100分")
    (equation,) = equations(relation)
    assert equation == Equation(
        left=Ref(name="a"),
        comparator="=",
        right=Const(value=Unit.of("").scale * 100, unit=Unit.of("分")),
    )


def test_a_repeated_figure_has_a_path_that_leads_to_one() -> None:
    good, *wrong = (
        "form.indicators[3].score",
        "narrative.funding.totl.initial",
        "form.funding",
        "form.indicators[0].name",
    )
    assert bp.SelfEvaluation(repeated=[(good, "5")]).repeated[0].path == good
    for path in wrong:
        with pytest.raises(bp.BudgetperfError, match=r"repeated.*bp\.figures") as caught:
            bp.SelfEvaluation(repeated=[(path, "5")])
        assert caught.value.code == "no-such-path"
    with pytest.raises(bp.ProblemsError) as caught:
        bp.SelfEvaluation(repeated=[(path, "5") for path in wrong])
    assert len(caught.value.problems) == len(wrong)


@pytest.mark.parametrize("weights", [3, "form", [], [("form", 2)]])
def test_what_is_trusted_is_a_mapping(weights: Any) -> None:
    with pytest.raises(bp.WrongTypeError, match="weights"):
        bp.audit(bp.SelfEvaluation(), weights=weights)


@pytest.mark.parametrize(
    ("id", "near"),
    [
        ("execution_rate", "execution-rate"),
        ("x", "catalogue"),
        (3, "catalogue"),
        pytest.param(10**5000, "catalogue", id="digits"),
    ],
)
def test_a_rate_that_is_not_there_is_told(id: Any, near: str) -> None:
    with pytest.raises(bp.NotFoundError) as caught:
        bp.rates.catalogue[id]
    assert near in caught.value.message.zh
    assert near in caught.value.message.en
    assert id not in bp.rates.catalogue
    assert bp.rates.catalogue.get(id) is None
