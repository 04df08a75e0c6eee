"""W11: true deviations are never called wrong, and a wrong one may always have been the true one.

The definitions are written down here as plain arithmetic (domain/rules.md) and not taken from the
library.
"""

from __future__ import annotations

from fractions import Fraction

import attrs
from hypothesis import assume, given
from hypothesis import strategies as st

from budgetperf import DeviationDefinition, Figure, Indicator, Missing, Target, Verdict, audit
from tests.factories import form
from tests.strategies import flags


@attrs.frozen(kw_only=True)
class Row:
    """An indicator in numbers: target and actual in ``unit``, and its true deviation."""

    unit: str
    target: int
    actual: Fraction
    deviation: Fraction


def true_deviation(
    definition: DeviationDefinition, unit: str, actual: Fraction, target: int
) -> Fraction:
    if definition is DeviationDefinition.POINTS and unit == "%":
        return (actual - target) / 100
    base = actual if definition is DeviationDefinition.RELATIVE_TO_ACTUAL else target
    return (actual - target) / base


@st.composite
def rows(draw: st.DrawFn, definition: DeviationDefinition) -> tuple[Row, ...]:
    table: list[Row] = []
    for _ in range(draw(st.integers(1, 5))):
        unit = draw(st.sampled_from(["%", "%", "次", "万元"]))
        target = draw(st.integers(1, 120))
        actual = Fraction(draw(st.integers(1, 240)) if draw(flags) else target)
        if draw(flags):
            actual = Fraction(draw(st.integers(10, 2400)), 10)
        deviation = true_deviation(definition, unit, actual, target)
        table.append(Row(unit=unit, target=target, actual=actual, deviation=deviation))
    return tuple(table)


def shown(value: Fraction, places: int, *, signed: bool) -> Figure:
    """A deviation in print, half-up; a shortfall with its minus sign or without."""
    return Figure.rounded(value if signed else abs(value), unit="%", places=places)


def indicator(number: int, row: Row, deviation: Figure) -> Indicator:
    whole = row.actual.denominator == 1
    actual = f"{row.actual}" if whole else f"{float(row.actual):.1f}"
    return Indicator(
        name=f"指标{number}",
        level1="一",
        target=Target.parse(f"≥{row.target}{row.unit}"),
        actual=Figure.parse(f"{actual}{row.unit}", exact=True),
        deviation=deviation,
        explanation=Missing(),
    )


definitions = st.sampled_from(DeviationDefinition)


@given(definition=definitions, data=st.data(), places=st.integers(0, 3))
def test_true_deviations_are_never_wrong(
    definition: DeviationDefinition, data: st.DataObject, places: int
) -> None:
    """By any definition, to any places, with or without the minus sign of a shortfall."""
    table = data.draw(rows(definition))
    printed = [shown(row.deviation, places, signed=data.draw(flags)) for row in table]
    report = form(*map(indicator, range(len(table)), table, printed))
    findings = [f for f in audit(report).findings if f.code == "W11"]
    assert [f.message for f in findings if f.verdict is Verdict.INCONSISTENT] == []


@given(
    definition=definitions,
    data=st.data(),
    places=st.integers(0, 3),
    off=st.integers(-3000, 3000).filter(bool),
)
def test_the_true_deviation_is_never_excluded(
    definition: DeviationDefinition, data: st.DataObject, places: int, off: int
) -> None:
    """Whichever row is wrong, no suspect excludes what it should have been, in either sign."""
    table = data.draw(rows(definition))
    wrong = data.draw(st.integers(0, len(table) - 1))
    printed = [shown(row.deviation, places, signed=data.draw(flags)) for row in table]
    other = Figure.rounded(printed[wrong].nominal + Fraction(off, 1000), unit="%", places=places)
    assume(other.nominal != printed[wrong].nominal)
    printed[wrong] = other
    report = form(*map(indicator, range(len(table)), table, printed))
    for suspect in audit(report).suspects:
        path = suspect.operand.path
        if not path.endswith(".deviation"):
            continue
        value = table[int(path.partition("[")[2].partition("]")[0])].deviation
        assert value in suspect.admissible
        assert value > 0 or -value in suspect.admissible
        if suspect.becomes is not None:
            assert value in suspect.becomes.interval
