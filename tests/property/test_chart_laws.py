"""Laws of the pictures: whatever a report says, they are good SVG, and no words overlap."""

from __future__ import annotations

import itertools
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

import budgetperf as bp
from budgetperf.display.html.pictures.drawing import broken, cut, text_width
from budgetperf.testing import Case, reports
from tests.markup import Node, fragment
from tests.property.test_html_laws import as_shown, languages, named, texts
from tests.strategies import fewer


def pictures(report: bp.SelfEvaluation, rules: str | None, lang: str) -> list[str]:
    card = bp.scorecard(report, rules=rules or "yitihua-default")
    parts = (report.narrative, report.form)
    return [
        card.to_svg(lang=lang),
        *(part.to_svg(lang=lang) for part in parts),
        *(part.funding.to_svg(lang=lang) for part in parts),
    ]


def box(word: Node) -> tuple[Fraction, Fraction, Fraction, Fraction]:
    x, y = Fraction(word.attributes["x"]), Fraction(word.attributes["y"])
    return x, y - 11, x + text_width(word.text), y + 2


def is_good(svg: str) -> None:
    (picture,) = fragment(svg).children
    assert isinstance(picture, Node)
    width, height = (Fraction(picture.attributes[name]) for name in ("width", "height"))
    places = [box(word) for word in picture.all("text")]
    for left, top, right, bottom in places:
        assert left >= 0 <= top
        assert right <= width
        assert bottom <= height
    for a, b in itertools.combinations(places, 2):
        assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
    for rect in picture.all("rect"):
        if "x" in rect.attributes:
            x, wide = Fraction(rect.attributes["x"]), Fraction(rect.attributes["width"])
            assert wide > 0 <= x
            assert x + wide <= width


@fewer
@given(reports(), texts, languages)
def test_pictures_of_any_report(case: Case, text: str, lang: str) -> None:
    for svg in pictures(named(case, text), case.rules, lang):
        is_good(svg)


figures = st.one_of(
    st.none(),
    st.integers(0, 10**12),
    st.integers(-(10**12), -1).map(lambda number: bp.Figure.parse(f"{number}")),
    st.decimals(-1000, 1000, places=2).map(lambda number: bp.Figure.parse(f"{number}")),
    st.sampled_from(["—", "", "***", "0"]),
)


@given(st.lists(st.tuples(texts, figures, figures), max_size=8), languages)
def test_pictures_of_any_figures(rows: list[tuple[str, object, object]], lang: str) -> None:
    part = bp.Statement(
        funding=bp.Funding(
            sources=[
                bp.FundingSource(kind="unlisted", label=name, initial=first, executed=second)  # type: ignore[arg-type]
                for name, first, second in rows
            ]
        ),
        indicators=[
            bp.Indicator(name=f"甲{name}", weight=first, score=second)  # type: ignore[arg-type]
            for name, first, second in rows
        ],
    )
    is_good(part.to_svg(lang=lang))
    is_good(part.funding.to_svg(lang=lang))


@given(st.text(max_size=80), st.integers(20, 300), st.integers(1, 5))
def test_lines_are_not_wider_than_they_may_be(text: str, most: int, lines: int) -> None:
    pieces = broken(text, Fraction(most), lines)
    assert 1 <= len(pieces) <= lines
    assert all(text_width(piece) <= most for piece in pieces)
    assert text_width(cut(text, Fraction(most))) <= most


@given(st.text(st.characters(max_codepoint=0xFFFF, exclude_categories=["C", "Z"]), max_size=40))
def test_a_short_text_is_not_cut(text: str) -> None:
    assert "".join(broken(text, Fraction(100), 100)) == as_shown(text)
