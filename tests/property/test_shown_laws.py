"""Laws of how values show themselves: in one line, as text, as data, as rows, in a notebook."""

from __future__ import annotations

import json
import pickle
from decimal import Decimal
from fractions import Fraction

from hypothesis import example, given
from hypothesis import strategies as st

import budgetperf as bp
from budgetperf.exact import Place
from budgetperf.exact.shown import Row, Shown
from budgetperf.rules import Curve, Knot
from budgetperf.testing import Case, reports
from tests.markup import display
from tests.property.test_html_laws import HOSTILE, languages, named, texts
from tests.strategies import acts_unseen, decimals_as_text, fewest, intervals, modes

NAMES = {**vars(bp), "Place": Place, "Curve": Curve, "Knot": Knot}


def again(value: object) -> object:
    """What the line that shows a value makes when it is typed in."""
    return eval(repr(value), dict(NAMES))  # noqa: S307


@st.composite
def figures(draw: st.DrawFn) -> bp.Figure:
    """Figures of every precision, unit and mode, read or made in code."""
    unit = draw(st.sampled_from(["", "%", "元", "万元", "百万元", "人"]))
    mode = draw(st.none() | modes)
    value = Decimal(draw(decimals_as_text(max_places=3)))
    text = draw(st.none() | st.just(f"≥{value}"))
    place = draw(st.none() | st.builds(Place, line=st.integers(1, 999)))
    given = {} if text is None else {"text": text}
    return bp.Figure(value=value, unit=unit, places=4, rounding=mode, place=place, **given)


@given(figures())
def test_a_figure_is_typed_as_it_is_shown(figure: bp.Figure) -> None:
    if "…" not in repr(figure):
        assert again(figure) == figure


@given(intervals())
def test_an_interval_is_typed_as_it_is_shown(interval: bp.Interval) -> None:
    if "…" not in repr(interval):
        assert again(interval) == interval


@given(st.sampled_from(bp.MissingReason), st.text(max_size=40), st.none() | st.integers(1, 10**6))
def test_what_is_missing_is_typed_as_it_is_shown(
    reason: bp.MissingReason, text: str, line: int | None
) -> None:
    missing = bp.Missing(reason=reason, text=text, line=line)
    if "…" not in repr(missing):
        assert again(missing) == missing


@given(st.text(max_size=6))
@example("万人")
def test_a_unit_is_typed_as_it_is_shown(symbol: str) -> None:
    try:
        unit = bp.Unit.of(symbol)
    except bp.BudgetperfError:
        return
    assert again(unit) == unit


@given(texts)
def test_a_line_is_one_line_whatever_it_holds(text: str) -> None:
    values = [
        bp.Missing(text=text),
        bp.Text(zh=text, en=text),
        bp.Figure(value=1, text=text, path=text),
        bp.Indicator(name=text, target=bp.Target(text=text), explanation=text),
        bp.SelfEvaluation(department=bp.Department(name=text), form=bp.Statement(rating=text)),
        bp.FundingSource(kind="unlisted", label=text),
        bp.Achievement(name=text),
        bp.Breakdown(name=text, parts=[bp.Portion(name=text)]),
        bp.Operand(stated=bp.Missing(text=text), path=text),
        bp.audit(bp.SelfEvaluation(project=bp.Project(name=text))),
    ]
    for value in values:
        line = repr(value)
        assert len(line) < 200
        assert not any(map(acts_unseen, line))
        assert not any(acts_unseen(c) for c in str(value) if c not in "\n\t")


def flat(rows: list[Row]) -> None:
    assert len({tuple(row) for row in rows}) <= 1
    assert all(
        cell is None or type(cell) in (str, int, bool) for row in rows for cell in row.values()
    )
    for row in rows:
        for key in ("value", "lower", "upper", "score", "weight", "x", "y", "gap", "becomes"):
            number = row.get(key)
            if isinstance(number, str) and key != "becomes":
                Fraction(number)


@fewest
@given(reports(), st.sampled_from(HOSTILE), languages)
def test_whatever_a_report_says_its_results_show_themselves(
    case: Case, text: str, lang: str
) -> None:
    report = named(case, text)
    audit = bp.audit(report, rules=case.rules)
    card = bp.scorecard(report, rules=case.rules or "yitihua-default")
    results: list[Shown] = [
        report, report.form, report.form.funding, report.department, audit, card, *card.lines,
        *audit.causes, *audit.suspects[:3], *audit.inconsistent[:3],
        *(e for suspect in audit.suspects[:2] for e in suspect.explanations[:2]),
        *report.form.indicators,
    ]  # fmt: skip
    for value in results:
        assert len(repr(value)) < 200
        assert not any(map(acts_unseen, repr(value)))
        assert not any(acts_unseen(c) for c in value.to_text(lang=lang) if c not in "\n\t")
        display(value.to_html(lang=lang))
        data = value.to_data()
        assert json.loads(json.dumps(data)) == data
        flat(value.to_rows())
        assert pickle.loads(pickle.dumps(value)) == value  # noqa: S301
