"""What a field of the model takes in code: its own units, and no number below 0 where none is."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest

import budgetperf as bp
from budgetperf import model
from budgetperf.exact import Unit
from budgetperf.model.fields import Declaration, FigureKind, Part, Sign, declared
from tests.factories import refused, says, there

FIELDS = [
    (kind, attribute.name, there(declared(attribute)))
    for kind in vars(model).values()
    if isinstance(kind, type) and issubclass(kind, Part) and attrs.has(kind)
    for attribute in attrs.fields(kind)
    if declared(attribute) is not None and there(declared(attribute)).kind is not None
]
NEEDED: dict[type, dict[str, str]] = {
    bp.FundingSource: {"kind": "本级"},
    bp.CategoryAmount: {"category": "工资福利支出"},
    bp.Achievement: {"name": "成效"},
    bp.Breakdown: {"name": "补助资金"},
    bp.Portion: {"name": "中央资金"},
    bp.ListedProject: {"name": "某项目"},
    bp.model.Survey: {"name": "满意度"},
}
OWN: dict[FigureKind | None, tuple[str, ...]] = {
    FigureKind.AMOUNT: ("", "元", "万元", "亿元"),
    FigureKind.RATE: ("%", "‰"),
    FigureKind.WEIGHT: ("", "分", "%", "‰"),
    FigureKind.SCORE: ("", "分"),
}


def test_counts_are_of_what_they_say() -> None:
    units = {
        (kind.__name__, name): set(declaration.units)
        for kind, name, declaration in FIELDS
        if declaration.kind is FigureKind.COUNT
    }
    assert "年" in units["Department", "year"]
    assert "人" in units["Staffing", "on_roll"]
    assert all("元" not in known and "%" not in known for known in units.values())


# Targets, what was reached and what is printed again are in whatever is counted.
IN_ANY_UNIT = (FigureKind.TARGET, FigureKind.REACHED, FigureKind.STATED)


@pytest.mark.parametrize(
    ("kind", "name", "declaration"), [field for field in FIELDS if field[2].kind not in IN_ANY_UNIT]
)
def test_a_field_takes_its_own_units_and_names_itself_to_others(
    kind: type, name: str, declaration: Declaration
) -> None:
    own = OWN.get(declaration.kind, ("", *declaration.units))
    for unit in ("", "%", "‰", "元", "万元", "亿元", "分", "人", "个", "年", "万人", "万", "次"):
        if unit in own or Unit.of(unit).dimension in own:
            assert (
                str(getattr(kind(**NEEDED.get(kind, {}), **{name: f"5{unit}"}), name)) == f"5{unit}"
            )
            continue
        with pytest.raises(bp.BudgetperfError) as caught:
            kind(**NEEDED.get(kind, {}), **{name: f"5{unit}"})
        assert caught.value.field == name
        if caught.value.code == "wrong-unit":
            number = "50000" if unit in ("万", "万人") else "5"
            assert caught.value.message.zh.endswith(f"请写成 '{number}'")


@pytest.mark.parametrize(("kind", "name", "declaration"), FIELDS)
def test_what_is_never_below_0_is_refused_in_code_and_kept_from_print(
    kind: type, name: str, declaration: Declaration
) -> None:
    unit = "%" if declaration.kind is FigureKind.RATE else ""
    figure = bp.Figure.parse(f"-5{unit}")
    assert getattr(kind(**NEEDED.get(kind, {}), **{name: figure}), name) == figure
    if declaration.sign is not Sign.NEVER_NEGATIVE:
        assert (
            str(getattr(kind(**NEEDED.get(kind, {}), **{name: f"-5{unit}"}), name)) == f"-5{unit}"
        )
        return
    with refused("negative", name) as caught:
        kind(**NEEDED.get(kind, {}), **{name: -5})
    says(caught.value.message, "Figure.parse('-5')", "Figure.parse('-5')")


def test_a_negative_weight_in_print_is_read_and_told() -> None:
    text = (Path(__file__).parents[2] / "examples" / "department-2023.md").read_text("utf-8")
    odd = bp.parse(text.replace("\t20\t99%\t20", "\t-20\t99%\t20"))
    last = odd.form.indicators[-1]
    assert str(last.weight) == "-20"
    assert "W03" in {finding.code for finding in bp.audit(odd).inconsistent}
    assert bp.score(last, rules="hubei-2020").reason == "negative-weight"
    assert bp.loads(bp.dumps(odd)) == odd


@pytest.mark.parametrize(
    ("words", "direction"),
    [
        ("不低于", bp.Direction.AT_LEAST),
        ("至少", bp.Direction.AT_LEAST),
        ("不超过", bp.Direction.AT_MOST),
        ("<=", bp.Direction.AT_MOST),
        ("等于", bp.Direction.EQUAL),
        ("定性", bp.Direction.QUALITATIVE),
    ],
)
def test_a_direction_is_given_as_the_operator_before_a_target(
    words: str, direction: bp.Direction
) -> None:
    assert bp.Target(direction=words).direction is direction
    if direction is not bp.Direction.QUALITATIVE:
        assert bp.Target.parse(f"{words}90%").direction is direction


@pytest.mark.parametrize("words", [">", "大于", "1", "≥1", "", "和"])
def test_what_says_more_or_nothing_is_no_direction(words: str) -> None:
    """``>`` says that the target itself is not enough: that is ``strict``."""
    with refused("wrong-type", "direction"):
        bp.Target(direction=words)
