"""Values in one line."""

from __future__ import annotations

import attrs

from budgetperf.exact.text import padded
from budgetperf.exact.written.brief import Several, as_code


class Printer:
    """What IPython lays out values with."""

    def __init__(self) -> None:
        self.laid_out: list[object] = []

    def pretty(self, obj: object) -> None:
        self.laid_out.append(obj)


def test_several_are_short_in_one_line_and_a_line_each_as_text() -> None:
    words = Several(f"{number} " + "很长" * 60 for number in range(3))
    assert len(repr(words)) < 200
    assert repr(words).endswith("… 2 more)")
    assert str(words).splitlines() == [repr(word) for word in words]
    assert type(words[1:]) is Several
    assert repr(Several(["甲"])) == "('甲',)"
    assert repr(Several(["字" * 81, "字" * 81])) == repr(("字" * 81, "字" * 81))  # 170: a line
    assert repr(Several(["字" * 81, "字" * 82])).endswith("… 1 more)")
    printer = Printer()
    words._repr_pretty_(printer, cycle=False)
    assert printer.laid_out == [tuple(words)]
    assert type(printer.laid_out[0]) is tuple


def test_text_is_filled_up_to_a_width_and_never_cut() -> None:
    assert padded("预算 A", 8) == "预算 A  "
    assert padded("预算 A", 6) == padded("预算 A", 3) == "预算 A"


@attrs.frozen(kw_only=True)
class _Own:
    name: str
    size: int = 1
    hidden: int = attrs.field(default=2, repr=False)
    derived: int = attrs.field(default=3, init=False)


def test_a_value_in_code_has_what_is_not_as_by_default_and_what_shows() -> None:
    assert as_code(_Own(name="甲", hidden=5)) == "_Own(name='甲')"
    counted = _Own(name="甲")
    object.__setattr__(counted, "derived", 4)
    assert as_code(counted) == "_Own(name='甲')"
    assert as_code(_Own(name="甲", size=4)) == "_Own(name='甲', size=4)"
    assert as_code(_Own(name="甲"), name="乙()") == "_Own(name=乙())"
