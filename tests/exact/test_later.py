"""Texts that are made when they are read."""

from __future__ import annotations

import pytest

from budgetperf.exact import Text
from budgetperf.exact.text import later

NOW = Text(zh="合计", en="total")


def test_it_is_made_when_it_is_read_and_once() -> None:
    made: list[str] = []

    def total(en: str) -> Text:
        made.append(en)
        return Text(zh="合计", en=en)

    text = later(total, "total")
    assert not made
    assert (text.en, text.zh, text.en) == ("total", "合计", "total")
    assert made == ["total"]


@pytest.mark.parametrize("text", [NOW, later(lambda: NOW)], ids=["now", "later"])
def test_it_has_no_other_attributes(text: Text) -> None:
    with pytest.raises(AttributeError, match=r"'Text' .* 'fr'"):
        getattr(text, "fr")  # noqa: B009 # a checker would refuse text.fr
