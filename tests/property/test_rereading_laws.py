"""Laws of numbers of sentences that were recognised wrongly: none is read as another one."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

import budgetperf as bp
from tests.documents.test_rereading import TEXT

_LIKE = {"0": "O〇o", "1": "Il|", "5": "S", "8": "B", "2": "Z"}


@st.composite
def _spoilt(draw: st.DrawFn) -> tuple[str, str]:
    """A text, and the same with one digit recognised as what looks like it."""
    places = draw(st.sampled_from(["1", "0.1", "0.01"]))
    revised = (Decimal(draw(st.integers(100, 10**6))) / 100).quantize(Decimal(places))
    executed = (revised * draw(st.integers(1, 100)) / 100).quantize(Decimal(places))
    rate = (executed / max(revised, Decimal("0.01")) * 100).quantize(
        Decimal(draw(st.sampled_from(["1", "0.01"]))), ROUND_HALF_UP
    )
    said = {"revised": f"{revised}万元", "executed": f"{executed}万元"}
    said |= {"rate": f"{rate}%", "score": f"{draw(st.integers(60, 100))}分"}
    spots = [(f, at) for f, text in said.items() for at, c in enumerate(text) if c in _LIKE]
    if not spots:
        return TEXT.format(**said), TEXT.format(**said)
    field, at = draw(st.sampled_from(spots))
    wrong = draw(st.sampled_from(_LIKE[said[field][at]]))
    spoilt = said | {field: f"{said[field][:at]}{wrong}{said[field][at + 1 :]}"}
    return TEXT.format(**said), TEXT.format(**spoilt)


@given(_spoilt())
@settings(max_examples=15)
def test_a_spoilt_number_of_a_text_is_the_printed_one_or_unread(texts: tuple[str, str]) -> None:
    sound, spoilt = ({p: f.nominal for p, f in bp.figures(bp.parse(text))} for text in texts)
    assert spoilt.items() <= sound.items()
    report = bp.parse(texts[1])
    assert not bp.audit(report).inconsistent
