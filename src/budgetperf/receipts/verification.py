"""Whether a result that was repeated is that of its receipt."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from budgetperf.exact import COLON, LIST, SEMICOLON, Text
from budgetperf.exact.shown import Shown
from budgetperf.exact.written.brief import in_brief

from .receipt import Aspect, Pinned, Receipt

__all__ = ["Verification"]

MEANS = (Aspect.VERSION, Aspect.LAYOUT, Aspect.RELATIONS)
"""What may differ where the result is the same."""


@attrs.frozen(kw_only=True, repr=False)
class Verification(Shown):
    """A result that was repeated, beside the receipt of the first one.

    Args:
        receipt: the receipt that was given.
        repeated: that of the result now.
    """

    receipt: Receipt
    repeated: Receipt

    @property
    def compared(self) -> Mapping[Aspect, bool]:
        """Whether each thing that takes part is the same, in the order of :class:`Aspect`."""
        both = ((aspect, self.receipt.of(aspect), self.repeated.of(aspect)) for aspect in Aspect)
        return {aspect: _content(was) == _content(now) for aspect, was, now in both if was or now}

    @property
    def same(self) -> tuple[Aspect, ...]:
        """What is the same."""
        return tuple(aspect for aspect, is_same in self.compared.items() if is_same)

    @property
    def differing(self) -> tuple[Aspect, ...]:
        """What is not."""
        return tuple(aspect for aspect, is_same in self.compared.items() if not is_same)

    @property
    def holds(self) -> bool:
        """Whether the document, the report, the rule-sets and the result are the same.

        The version, the layout and the relations may differ: where the result is the same, that
        changed nothing.
        """
        return all(aspect in MEANS for aspect in self.differing)

    @property
    def message(self) -> Text:
        """The outcome in one sentence."""
        parts = [
            COLON.join((head, LIST.join(aspect.label for aspect in aspects)))
            for head, aspects in ((_SAME, self.same), (_DIFFERENT, self.differing))
            if aspects
        ]
        return COLON.join((_HOLDS if self.holds else _FAILS, SEMICOLON.join(parts)))

    def __repr__(self) -> str:
        return in_brief(self, self.message.en)


_HOLDS = Text(zh="与凭据一致", en="as in the receipt")
_FAILS = Text(zh="与凭据不一致", en="not as in the receipt")
_SAME = Text(zh="相同", en="the same")
_DIFFERENT = Text(zh="不同", en="different")


def _content(value: object) -> object:
    """What is compared: a file may have another name."""
    return value.sha256 if isinstance(value, Pinned) else value
