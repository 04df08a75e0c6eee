"""Single equations: what may be rounded in them, what their verdicts rest on, what units fit."""

from __future__ import annotations

from fractions import Fraction

import attrs
import pytest

from budgetperf import Figure, Interval, Unit, Verdict
from budgetperf.exact import share_precision
from budgetperf.relations.assumption import Assumption
from budgetperf.relations.catalogue import relations
from budgetperf.relations.composing import equation_finding
from budgetperf.relations.expression import Binary, Const, Expression, Operand
from budgetperf.relations.judging import judge
from budgetperf.relations.words import should_be_text
from tests.audit.slip_cases import equals, op, plus

E, R, T, I = (  # noqa: E741
    Verdict.EXACT, Verdict.ROUNDING, Verdict.TRUNCATED, Verdict.INCONSISTENT,
)  # fmt: skip
REACHED, MIDYEAR = "form.indicators[0].actual", "form.indicators[0].midyear"
HALF = Const(value=Fraction(1, 2), unit=Unit.of("%"))
ONCE = Const(value=Fraction(1), unit=Unit.of(""))


def whole(path: str, text: str) -> Operand:
    return op(path, text, exact=True)


@pytest.mark.parametrize(
    ("left", "right", "verdict"),
    [
        # 353 is what 353.2 prints as; among whole amounts it is 353.
        (whole("a", "353万元"), op("b", "353.2万元"), E),
        (whole("a", "353万元"), op("b", "3532041元"), E),
        (whole("a", "353万元"), op("b", "352.3万元"), I),
        (whole("a", "353万元"), whole("b", "352万元"), I),
        (whole("a", "353万元"), plus(op("b", "351.8万元"), whole("c", "2万元")), R),
        (whole("a", "1万元"), Binary(symbol="*", left=op("b", "2.04万元"), right=HALF), E),
        # The same percentage printed twice, here with decimals and there without.
        (whole(REACHED, "95%"), op(MIDYEAR, "95.37%"), E),
        (whole(MIDYEAR, "95%"), op(REACHED, "95.37%"), E),
        (op(MIDYEAR, "95.37%"), whole(REACHED, "95%"), E),
        (whole(REACHED, "95%"), op(MIDYEAR, "95.6%"), T),
        (whole(REACHED, "95%"), op(MIDYEAR, "96.4%"), I),
        # A target is what it says; so is a count, and what is printed once.
        (whole("form.indicators[0].target.value", "95%"), op(REACHED, "95.37%"), I),
        (whole(REACHED, "95人"), op(MIDYEAR, "95.4人"), I),
        (whole(REACHED, "95%"), Binary(symbol="*", left=op(MIDYEAR, "95.37%"), right=ONCE), I),
        (Binary(symbol="*", left=op(MIDYEAR, "95.37%"), right=ONCE), whole(REACHED, "95%"), I),
    ],
)  # fmt: skip
def test_what_is_rounded_beside_a_finer_print(
    left: Expression, right: Expression, verdict: Verdict
) -> None:
    assert judge(equals(left, right)).verdict is verdict


ANY = attrs.evolve(
    relations()[0], equation="a = b + c", check="", asks=False,
    assumes=(Assumption.WHOLE_IS_EXACT, Assumption.COMPLETE),
)  # fmt: skip
SCORE = "form.indicators[0].score"


@pytest.mark.parametrize(
    ("total", "parts", "rests_on"),
    [
        # 0.5 + 0.5 + 0.5 on either side is more than the 1 that is lacking.
        ((whole("a", "10万元")), (whole("b", "4万元"), whole("c", "5万元")), {"whole", "more"}),
        ((whole("a", "8万元")), (whole("b", "4万元"), whole("c", "5万元")), {"whole"}),
        ((whole("a", "12万元")), (whole("b", "4万元"), whole("c", "5万元")), {"more"}),
        ((whole("a", "6万元")), (whole("b", "4万元"), whole("c", "5万元")), set()),
        ((whole(SCORE, "8")), (whole(SCORE, "4"), whole(SCORE, "5")), {"whole"}),
        ((whole("a", "8人")), (whole("b", "4人"), whole("c", "5人")), set()),
        ((whole("a", "8")), (whole("b", "4"), whole("c", "5")), set()),
        # What is printed with decimals is rounded as it is, and was not rounded otherwise.
        ((op("a", "8.0万元")), (op("b", "4.0万元"), op("c", "4.2万元")), set()),
        ((whole("a", "9万元")), (whole("b", "4万元"), whole("c", "5万元")), None),
    ],
)
def test_what_does_not_hold_rests_on(
    total: Operand, parts: tuple[Operand, ...], rests_on: set[str] | None
) -> None:
    """Whole amounts and scores may be rounded, counts may not; what is lacking may be left out."""
    finding = equation_finding(ANY, equals(total, plus(*parts)))
    names = {Assumption.WHOLE_IS_EXACT: "whole", Assumption.COMPLETE: "more"}
    assert finding.verdict is (E if rests_on is None else I)
    assert {names[assumption] for assumption in finding.assumes} == (rests_on or set())
    assert finding.equation is not None
    assert finding.equation.assumes == (Assumption.COMPLETE,)


def test_what_a_relation_does_not_assume_is_no_excuse() -> None:
    """Rounded they could add up, and a part may be missing: here neither is allowed for."""
    equation = equals(whole("a", "10万元"), plus(whole("b", "4万元"), whole("c", "5万元")))
    for assumes in ((), (Assumption.WHOLE_IS_EXACT,), (Assumption.COMPLETE,)):
        finding = equation_finding(attrs.evolve(ANY, assumes=assumes), equation)
        assert (finding.verdict, finding.assumes) == (I, assumes)


@pytest.mark.parametrize(
    ("values", "zh", "en"),
    [
        (Interval(upper=5), "应不超过5元", "at most 5 yuan"),
        (Interval(lower=5), "应不少于5元", "at least 5 yuan"),
        (Interval(lower=4, upper=5), "应在4元至5元之间", "4 to 5 yuan"),
        (Interval.point(5), "应为5元", "5 yuan"),
        (Interval(), "可为任何值", "anything"),
    ],
)
def test_what_a_figure_should_be_in_words(values: Interval, zh: str, en: str) -> None:
    words = should_be_text(values, Unit.of("元"), 0)
    assert (words.zh, words.en) == (zh, en)


def test_a_coarser_unit_stays_rounded_in_its_column() -> None:
    """3 亿元 is not made exact by whole 万元 beside it, which are exact among each other."""
    coarse, *others = (Figure.parse(text) for text in ("3亿元", "25000万元", "5000万元"))
    assert not any(figure.is_exact for figure in (coarse, *others))
    exact = [attrs.evolve(figure, rounding=None) for figure in others]
    assert share_precision([coarse, *others]) == (coarse, *exact)
