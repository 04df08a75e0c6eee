"""Pictures of curves: where things are drawn, what is said beside them, and in which colours."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from fractions import Fraction

import pytest

from budgetperf import Interval, Text
from budgetperf.display.html.markup import STYLE
from budgetperf.display.html.pictures.curve import curve_figure, curve_html, curve_svg
from budgetperf.rules import Curve, Knot
from tests.markup import Node, display, fragment

PROPORTIONAL = Curve(knots=(Knot(x=0, y=0), Knot(x=1, y=1)))
OBSERVED = Curve(
    knots=(Knot(x=0, y=1), Knot(x="0.1", left=1, y="0.9"), Knot(x=1, y=0)), domain=Interval(lower=0)
)
"""Full marks up to 10 %, from there 1 - x; nothing is known below 0."""
COMPLETION = Text(zh="完成率（实际完成值 ÷ 指标值）", en="completion (actual / target)")


def drawn(curve: Curve, *, measure: Text | None = None, lang: str = "zh") -> Node:
    (svg,) = fragment(curve_figure(curve, measure=measure, lang=lang)).all("svg")
    return svg


def words(svg: Node) -> list[str]:
    return [str(node.children[0]) for node in svg.all("text")]


def dots(svg: Node) -> Iterator[tuple[str, str, str]]:
    """The dots by the name of the colour that fills them."""
    for group in svg.all("g"):
        for dot in group.all("circle"):
            colour = re.match(r"fill:var\(--bp-([a-z]+),", group.attributes["style"])
            assert colour is not None
            yield colour[1], dot.attributes["cx"], dot.attributes["cy"]


class TestDrawing:
    def test_a_line_and_what_follows_it(self) -> None:
        """The labels of the shares are up to 4 digits of 7 wide: the plot begins at 20 + 28.

        It ends at 456, for 120 %: 340 for each 100 %. Shares run from 0 at 228 to 110 % at 32:
        100 % is at 228 - 196 / 1.1 = 49.818….
        """
        svg = drawn(PROPORTIONAL)
        (path,) = svg.all("path")
        assert path.attributes["d"] == "M48 228L388 49.82L456 49.82"
        assert list(dots(svg)) == []
        marks = {str(node.children[0]): node.attributes for node in svg.all("text")}
        assert marks["100%"] in ({"x": "388", "y": "248"}, {"x": "39", "y": "53.82"})
        assert words(svg) == [
            *("0%", "20%", "40%", "60%", "80%", "100%", "120%"),
            *("0%", "20%", "40%", "60%", "80%", "100%"),
            *("得分系数", "x"),
        ]

    def test_a_jump_has_a_full_dot_and_an_empty_one(self) -> None:
        """The view runs from -20 % to 100 % + 120 % / 5 = 124 %: 408 / 1.44 = 283.33 for 100 %.

        0 is at 48 + 20 % of it, 10 % at 48 + 30 %.
        """
        svg = drawn(OBSERVED)
        assert sorted(dots(svg)) == [
            ("near", "104.67", "49.82"),  # where the domain begins
            ("near", "133", "67.64"),  # 90 %: 228 - 0.9 × 196 / 1.1
            ("surface", "133", "49.82"),
        ]
        level, falling = (path.attributes["d"] for path in svg.all("path"))
        assert level == "M104.67 49.82L133 49.82"
        assert falling == "M133 67.64L388 228L456 228"
        assert "10%" in words(svg)

    def test_nothing_is_drawn_where_nothing_is_said(self) -> None:
        svg = drawn(OBSERVED)
        ground, silent = svg.all("rect")
        assert ground.attributes["width"] == "480"
        assert (silent.attributes["x"], silent.attributes["width"]) == ("48", "56.67")
        assert words(svg).count("未规定") == 1
        assert words(drawn(OBSERVED, lang="en")).count("not said") == 1

    def test_a_single_point(self) -> None:
        svg = drawn(Curve(knots=(Knot(x=1, y=1),), domain=Interval.point(1)))
        assert list(dots(svg)) == [("near", "388", "49.82")]
        assert svg.all("path") == []
        assert words(svg).count("未规定") == 2

    def test_a_stretch_too_narrow_for_words_is_still_marked(self) -> None:
        """1 % of a view up to 12 %: 34 of 408, where three characters want 42."""
        narrow = Curve(
            knots=(Knot(x="0.01", y=0), Knot(x="0.1", y=1)), domain=Interval(lower="0.01")
        )
        assert len(drawn(narrow).all("rect")) == 2
        assert "未规定" not in words(drawn(narrow))

    def test_an_open_end_of_the_domain_is_an_empty_dot(self) -> None:
        domain = Interval(lower=0, upper=1, lower_closed=False)
        svg = drawn(Curve(knots=PROPORTIONAL.knots, domain=domain))
        assert sorted(fill for fill, _, _ in dots(svg)) == ["near", "surface"]

    def test_a_value_of_its_own(self) -> None:
        """At 50 % alone 90 % instead of 50 %: one empty dot, one full one, an unbroken line."""
        knots = (Knot(x=0, y=0), Knot(x="0.5", left="0.5", y="0.9", right="0.5"), Knot(x=1, y=1))
        svg = drawn(Curve(knots=knots))
        assert sorted(fill for fill, _, _ in dots(svg)) == ["near", "surface"]
        assert len(svg.all("path")) == 2

    def test_knots_far_from_0_fill_the_picture(self) -> None:
        svg = drawn(Curve(knots=(Knot(x="0.95", y=0), Knot(x="1.05", y=1))))
        assert "0%" in words(svg)  # of the shares
        assert words(svg).count("0%") == 1
        assert {"95%", "105%"} <= set(words(svg))

    def test_shares_below_0_have_a_line_at_0(self) -> None:
        svg = drawn(Curve(knots=(Knot(x=-3, y=-2), Knot(x=5, y=3))))
        assert {"-200%", "-300%", "300%"} <= set(words(svg))

    def test_many_steps_have_round_marks_and_small_dots(self) -> None:
        """Steps of 5 %: the marks are tens, and each step has its stroke."""
        knots = [Knot(x=Fraction(n, 20), left=Fraction(n - 1, 20), y=Fraction(n, 20))
                 for n in range(1, 21)]  # fmt: skip
        svg = drawn(Curve(knots=knots))
        assert {dot.attributes["r"] for dot in svg.all("circle")} == {"2.5"}
        assert {"10%", "20%", "30%", "90%", "100%"} <= set(words(svg))
        assert not {"5%", "15%", "95%"} & set(words(svg))
        assert {dot.attributes["r"] for dot in drawn(OBSERVED).all("circle")} == {"4"}

    def test_of_many_steps_the_first_and_the_last_are_marked(self) -> None:
        """101 to 112 % in a view of 15.84 %: fives, but 100 % has no room beside 101 %."""
        knots = [Knot(x=1 + Fraction(n, 100), y=1 - Fraction(n, 12), left=1 - Fraction(n - 1, 12))
                 for n in range(1, 13)]  # fmt: skip
        svg = drawn(Curve(knots=knots))
        below = [node for node in svg.all("text") if node.attributes["y"] == "248"]
        assert [str(node.children[0]) for node in below] == ["101%", "105%", "110%", "112%"]

    def test_long_numbers_are_rounded_and_say_so(self) -> None:
        seventh = drawn(Curve(knots=(Knot(x=Fraction(1, 7), y=0), Knot(x=1, y=1))))
        assert "≈14.29%" in words(seventh)
        assert "100/7%" in str(seventh.all("desc")[0].children[0])
        long = drawn(Curve(knots=(Knot(x="0.1234567", y=0), Knot(x="0.2", y=1))))
        assert "≈12.35%" in words(long)

    def test_labels_stay_within_the_picture(self) -> None:
        """Numbers of thirty digits are nonsense, but no reason to fall over."""
        svg = drawn(Curve(knots=(Knot(x=0, y=0), Knot(x=10**30, y=10**30))))
        for node in svg.all("line"):
            assert all(0 <= Fraction(text) <= 480 for text in node.attributes.values())


class TestWords:
    def test_title_and_description(self) -> None:
        svg = drawn(OBSERVED, measure=COMPLETION)
        title, description = svg.children[:2]
        assert isinstance(title, Node)
        assert isinstance(description, Node)
        assert (title.name, title.children) == ("title", ["得分曲线"])
        assert description.name == "desc"
        assert "".join(map(str, description.children)) == (
            "横轴 x：完成率（实际完成值 ÷ 指标值）；纵轴 得分系数。x < 0%：未规定；"
            "0% ≤ x < 10%：100%；10% ≤ x < 100%：100% − x（由 90% 降至 0%）；x ≥ 100%：0%。"
        )
        assert svg.attributes["role"] == "img"
        assert svg.attributes["lang"] == "zh-Hans"

    def test_in_english(self) -> None:
        svg = drawn(PROPORTIONAL, measure=COMPLETION, lang="en")
        (description,) = svg.all("desc")
        assert "".join(map(str, description.children)) == (
            "Horizontal axis x: completion (actual / target); vertical axis share of the weight. "
            "x < 0%: 0%; 0% ≤ x < 100%: x (rises from 0% to 100%); x ≥ 100%: 100%."
        )
        assert svg.attributes["lang"] == "en"
        assert words(svg)[-2:] == ["share of the weight", "x: completion (actual / target)"]

    def test_a_title_of_its_own(self) -> None:
        title = Text(zh="正向 <≥>", en="at least")
        svg = ET.fromstring(curve_svg(PROPORTIONAL, title=title))  # noqa: S314
        assert svg[0].text == "正向 <≥>"

    def test_what_is_too_long_for_the_axis_is_cut_there_only(self) -> None:
        long = Text(zh="长" * 40, en="long " * 20)
        svg = drawn(PROPORTIONAL, measure=long)
        assert words(svg)[-1] == f"x：{'长' * 29}…"
        assert "长" * 40 in str(svg.all("desc")[0].children[0])
        fits = Text(zh="长" * 30, en="")
        assert words(drawn(PROPORTIONAL, measure=fits))[-1] == f"x：{'长' * 30}"

    def test_there_are_two_languages(self) -> None:
        with pytest.raises(ValueError, match="languages"):
            OBSERVED.to_svg(lang="de")


class TestColours:
    themes = re.findall(r"\.bp-picture\{([^}]*)\}", curve_svg(PROPORTIONAL))

    def test_they_are_those_of_the_sheets(self) -> None:
        sheets = re.findall(r"\.budgetperf\{(--[^}]*)\}|\.budgetperf\{\s*(--[^}]*)\}", STYLE)
        of_sheets = [dict(re.findall(r"(--bp-[a-z-]+):(#[0-9a-f]{6})", "".join(s))) for s in sheets]
        of_pictures = [dict(re.findall(r"(--bp-[a-z-]+):(#[0-9a-f]{6})", s)) for s in self.themes]
        assert len(of_pictures) == len(of_sheets) == 5
        for picture, sheet in zip(of_pictures, of_sheets, strict=True):
            assert picture.items() <= sheet.items()
            assert len(picture) == 6

    def test_light_by_itself_and_dark_where_the_page_is(self) -> None:
        light, dark, *_ = self.themes
        assert self.themes == [light, dark, light, dark, light]
        assert "--bp-surface:#ffffff" in light
        assert "--bp-surface:#16191d" in dark

    def test_without_variables_it_is_light(self) -> None:
        svg = drawn(OBSERVED)
        grounds = [node.attributes["fill"] for node in svg.all("rect") if "fill" in node.attributes]
        assert grounds == ["#ffffff"]
        for group in svg.all("g"):
            for name in ("fill", "stroke"):
                paint = group.attributes.get(name, "none")
                styled = re.search(rf"{name}:var\(--bp-[a-z]+,([^)]*)\)",
                                   group.attributes.get("style", ""))  # fmt: skip
                assert paint == (styled[1] if styled else "none")

    def test_in_a_sheet_the_sheet_has_the_colours(self) -> None:
        assert "<style>" not in curve_figure(OBSERVED)
        assert "<style>" in OBSERVED.to_svg()


class TestNotebook:
    def test_a_curve_shows_itself(self) -> None:
        sheet = display(OBSERVED._repr_html_())
        assert OBSERVED._repr_html_() == curve_html(OBSERVED)
        (rows,) = sheet.all("table")
        assert rows.rows[1] == ["0% ≤ x < 10%", "100%"]
        assert len(sheet.all("svg")) == 1
        assert OBSERVED._repr_svg_() == OBSERVED.to_svg(lang="zh")
