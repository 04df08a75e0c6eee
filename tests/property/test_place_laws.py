"""Laws of places: what lies in what, and that no province is guessed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from budgetperf import Text
from budgetperf.rules.gazetteer import around, divisions, names, title
from budgetperf.rules.places import fits, is_near, unclear, understood

CODES = sorted(divisions())
SHORT = {code: division.name[:2] for code, division in divisions().items()}
"""Two characters of each name, which many have in common."""
codes = st.sampled_from(CODES)


@st.composite
def related(draw: st.DrawFn) -> tuple[str, str]:
    """Two divisions, often of one province or with names that begin alike."""
    code = draw(codes)
    near = [other for other in CODES if other[:2] == code[:2] or SHORT[other] == SHORT[code]]
    return code, draw(codes | st.sampled_from(near))


@given(pair=related())
def test_places_fit_if_one_lies_in_the_other(pair: tuple[str, str]) -> None:
    first, second = map(title, pair)
    ones, others = ({division.code for division in around(code)} for code in pair)
    lies_in = pair[0] in others or pair[1] in ones
    assert fits(first, second.zh) is fits(second, first.zh) is lies_in
    assert is_near(first, second.zh) is (pair[0][:2] == pair[1][:2])


@given(pair=related(), lang=st.sampled_from(["zh", "en"]))
def test_a_place_written_in_full_is_that_place(pair: tuple[str, str], lang: str) -> None:
    """In English it may be a county of the same name beside, but nothing of another province."""
    code, other = pair
    written = title(code).pick(lang)
    assert fits(title(code), written)
    assert unclear(written) == ()
    if code[:2] != other[:2]:
        assert not fits(title(other), written)


@given(code=codes)
def test_no_name_is_taken_for_another_place_without_a_word(code: str) -> None:
    """A name in full finds its division; so does a short one, unless it is that of a province."""
    (name,) = (name for name in names(divisions()[code].name, in_full=True) if name.code == code)
    assert fits(title(code), name.name)
    if not fits(title(code), name.short):
        meant = understood(name.short)
        assert meant is not None
        assert title(code).zh in meant.zh.partition("不是")[2]


@given(name=st.text(alphabet="河南北海吉林朝阳西安市县区州省大同和平", min_size=1, max_size=8))
def test_any_text_is_of_one_province_or_unclear_or_of_none(name: str) -> None:
    provinces = [code for code in CODES if code.endswith("0000") and fits(title(code), name)]
    if unclear(name):
        assert len(provinces) > 1
    else:
        assert len(provinces) <= 1


@given(place=st.text(max_size=200), asked=st.text(max_size=200))
def test_any_text_is_a_place_or_none(place: str, asked: str) -> None:
    assert fits(Text(zh=place, en=place), asked) is fits(Text(zh=asked, en=asked), place)
