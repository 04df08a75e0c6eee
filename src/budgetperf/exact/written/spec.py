"""What may stand behind the colon of an f-string, as in ``f"{amount:,.2f}"``."""

from __future__ import annotations

import functools
import re

import attrs

from budgetperf.exact.text import BudgetperfError, Text, shown

__all__ = ["ANY", "DECIMAL", "RATIO_SPEC", "Spec", "SpecKind", "read_spec"]


@functools.cache
def _spec() -> re.Pattern[str]:
    return re.compile(
        r"(?P<align>(?:.?[<>^])?)(?P<plus>\+?)(?P<width>(?:[1-9][0-9]{0,3})?)"
        r"(?:(?P<comma>,?)\.(?P<places>[0-9]{1,4})(?P<sign>[%‰f]))?"
    )


@attrs.frozen
class SpecKind:
    """Which formats a kind of value takes: the signs with and without groups, and in words."""

    signs: str
    grouped: str
    refusal: Text


DECIMAL = SpecKind(
    "f",
    "f",
    Text(
        zh="格式为 .2f 或 ,.2f，前面可写宽度，不能是 {}",
        en="it is written as .2f or ,.2f, with a width before it, not {}",
    ),
)
"""What has a unit of its own."""
RATIO_SPEC = SpecKind(
    "%‰f",
    "",
    Text(
        zh="比率的格式为 .2%、.1‰ 或 .4f，前面可写宽度，不能是 {}",
        en="a rate is written as .2%, .1‰ or .4f, with a width before it, not {}",
    ),
)
"""A ratio."""
ANY = SpecKind(
    "%‰f",
    "f",
    Text(
        zh="格式为 .2f、,.2f、.2% 或 .1‰，前面可写宽度，不能是 {}",
        en="it is written as .2f, ,.2f, .2% or .1‰, with a width before it, not {}",
    ),
)
"""A figure in per cent, and what stands in the place of any number."""


@attrs.frozen
class Spec:
    """A format that was read.

    Args:
        padding: fill, alignment and width, as for any text.
        plus: whether what is not below 0 has a sign.
        is_grouped: whether there are commas between groups of three digits.
        places: how many decimals; ``None`` for the text of the value itself.
        sign: ``f``, ``%`` or ``‰``; ``""`` without decimals.
    """

    padding: str
    plus: bool
    is_grouped: bool
    places: int | None
    sign: str

    def laid_out(self, written: str) -> str:
        """The number that was written, with its sign and over its width."""
        signed = f"+{written}" if self.plus and not written.startswith("-") else written
        return format(signed, self.padding)


def read_spec(spec: str, kind: SpecKind) -> Spec:
    """What a format asks for.

    Raises:
        BudgetperfError: a value of this kind has no such format.
    """
    match = _spec().fullmatch(spec)
    sign = (match["sign"] or "") if match else ""
    signs = kind.grouped if match and match["comma"] else kind.signs
    if match is None or (sign and sign not in signs):
        raise BudgetperfError("bad-format", kind.refusal.fill(shown(spec)))
    return Spec(
        padding=match["align"] + match["width"],
        plus=bool(match["plus"]),
        is_grouped=bool(match["comma"]),
        places=int(match["places"]) if sign else None,
        sign=sign,
    )
