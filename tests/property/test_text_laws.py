"""Laws of texts in two languages: each language is put together as strings are."""

from __future__ import annotations

import copy
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from budgetperf.exact import COLON, COMMA, LIST, SEMICOLON, Text, in_brackets
from budgetperf.exact.text import later
from tests.strategies import pickled

words = st.text(st.sampled_from("甲 a1：{}\n"), max_size=5)
texts = st.builds(Text, zh=words, en=words)
values = st.one_of(texts, words, st.integers())
NOTHING = Text(zh="", en="")

either = pytest.mark.parametrize("lang", ["zh", "en"])


def spoken(value: object, lang: str) -> str:
    return str(getattr(value, lang)) if isinstance(value, Text) else str(value)


@either
@given(between=texts, parts=st.lists(st.one_of(texts, words), min_size=1, max_size=4))
def test_they_are_joined_and_added_as_strings(
    lang: str, between: Text, parts: list[Text | str]
) -> None:
    strings = [spoken(part, lang) for part in parts]
    assert spoken(between.join(parts), lang) == spoken(between, lang).join(strings)
    assert spoken(sum(parts, start=NOTHING), lang) == "".join(strings)
    assert spoken(parts[0] + between, lang) == strings[0] + spoken(between, lang)


@given(text=texts)
@example(text=Text(zh="", en="a"))
@example(text=Text(zh="甲", en=""))
def test_one_is_true_and_put_in_brackets_if_there_is_anything_to_read(text: Text) -> None:
    assert bool(text) == (text != NOTHING) == bool(in_brackets(text))
    assert in_brackets(text).zh == (f"（{text.zh}）" if text.zh else "")
    assert in_brackets(text).en == (f" ({text.en})" if text.en else "")


# --- places that are filled

literals = st.sampled_from(["", "甲", "total ", "{A}", "{0}", "{ }", "{", "}"])
"""With braces that are no places."""
places = st.sampled_from(["{}", "{due}", "{in_all}"])


@either
@given(
    pieces=st.lists(st.tuples(literals, places, values), max_size=4),
    end=literals,
    due=values,
    in_all=values,
)
@example(pieces=[("", "{}", "{}"), ("", "{}", "{due}")], end="", due="{}", in_all="")
def test_every_place_is_filled_once_and_nothing_else_changes(
    lang: str, pieces: list[tuple[str, str, object]], end: str, due: object, in_all: object
) -> None:
    template = Text.of("".join(literal + place for literal, place, _ in pieces) + end)
    in_turn = [value for _, place, value in pieces if place == "{}"]
    named = {"{due}": due, "{in_all}": in_all}
    due_there = (literal + spoken(named.get(place, v), lang) for literal, place, v in pieces)
    filled = template.fill(*in_turn, due=due, in_all=in_all)
    assert spoken(filled, lang) == "".join(due_there) + end


@either
@pytest.mark.parametrize(
    ("template", "given_in_turn", "named"),
    [("{}", [], {}), ("{} {}", ["a"], {}), ("{due}", ["a"], {}), ("{due}", [], {"do": "a"})],
)
def test_a_place_without_a_value_is_refused_in_each_language(
    lang: str, template: str, given_in_turn: list[str], named: dict[str, str]
) -> None:
    text = Text(**{"zh": "", "en": "", lang: template})
    with pytest.raises(LookupError):
        text.fill(*given_in_turn, **named)


def test_marks_are_full_width_in_chinese_and_followed_by_a_blank_in_english() -> None:
    marks = Text.of("").join((COLON, COMMA, LIST, SEMICOLON))
    assert (marks.zh, marks.en) == ("：，、；", ": , , ; ")


# --- texts that are made when they are read

OPERATIONS: list[Callable[[Text, Text], Text]] = [
    lambda text, other: text + other,
    lambda text, other: text.join((other, text, other)),
    lambda text, other: Text.of("{} {due}").fill(text, due=other),
    lambda text, _: in_brackets(text),
]


@pytest.mark.parametrize("operation", OPERATIONS)
@given(text=texts, other=texts)
@example(text=NOTHING, other=NOTHING)
def test_made_late_or_of_what_is_made_late_it_is_the_same_text(
    operation: Callable[[Text, Text], Text], text: Text, other: Text
) -> None:
    now = operation(text, other)
    assert operation(later(Text.of, text), later(Text.of, other)) == now
    unread = [later(operation, text, other) for _ in range(3)]
    for made in (unread[0], copy.deepcopy(unread[1]), pickled(unread[2])):
        assert type(made) is Text
        assert bool(made) == bool(now)
        assert (made, hash(made), repr(made)) == (now, hash(now), repr(now))
