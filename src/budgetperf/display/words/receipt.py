"""Receipts and what became of them, in words: the same for plain text and for notebooks."""

from __future__ import annotations

from collections.abc import Sequence

from budgetperf.exact import COLON, LIST, Text, in_brackets
from budgetperf.receipts import Aspect, Made, Pinned, Receipt, Verification
from budgetperf.relations.finding import Verdict

__all__ = ["receipt_facts", "receipt_line", "verification_rows", "verification_title"]

_SHORT = 8
"""How many digits of a hash tell it apart from others."""


# A receipt.


def receipt_line(receipt: Receipt) -> Text:
    """The receipt in one line, with hashes cut short."""
    document, rules = receipt.document, receipt.rules
    parts = [Text.of(f"budgetperf {receipt.version}")]
    if document is None:
        parts.append(Aspect.REPORT.label + f" {receipt.report[:_SHORT]}")
    else:
        parts.append(Aspect.DOCUMENT.label + f" {document.sha256[:_SHORT]}")
    if rules:
        parts.append(Aspect.RULES.label + " " + _in_short(rules))
    if receipt.trust:
        parts.append(_TRUST + " " + _trust(receipt))
    if receipt.directions:
        parts.append(_DIRECTIONS + " " + _directions(receipt))
    return COLON.join((Text(zh="凭据", en="receipt"), Text.of(" · ").join(parts)))


def receipt_facts(receipt: Receipt) -> list[tuple[Text, tuple[Text, ...]]]:
    """Everything in the receipt, hashes in full: what it is of, in a line or more."""
    made = Text(zh="用于", en="made for")
    facts: list[tuple[Text, tuple[Text, ...]]] = [(made, (receipt.made.label,))]
    facts += [
        (aspect.label, texts) for aspect in Aspect if (texts := tuple(_in_full(receipt, aspect)))
    ]
    facts += [(_TRUST, (_trust(receipt),))] if receipt.trust else []
    return facts + ([(_DIRECTIONS, (_directions(receipt),))] if receipt.directions else [])


def _in_full(receipt: Receipt, aspect: Aspect) -> list[Text]:
    if aspect is Aspect.RESULT:
        return [_outcome(receipt), Text.of(receipt.result)]
    value = receipt.of(aspect)
    if isinstance(value, tuple):
        return [_pinned(ruleset) for ruleset in value]
    if isinstance(value, Pinned):
        return [_pinned(value)]
    return [] if value is None else [Text.of(value)]


def _pinned(pinned: Pinned, digits: int | None = None) -> Text:
    return Text.of(f"{pinned.id} {pinned.sha256[:digits]}".strip())


def _in_short(rules: Sequence[Pinned]) -> Text:
    if len(rules) > 1:
        return Text(zh="{} 套", en="({} of them)").fill(len(rules))
    return _pinned(rules[0], _SHORT)


_TRUST = Text(zh="可信度", en="trust")


def _trust(receipt: Receipt) -> Text:
    return LIST.join(f"{path}={weight}" for path, weight in receipt.trust.items())


_DIRECTIONS = Text(zh="给定的方向", en="directions")


def _directions(receipt: Receipt) -> Text:
    return LIST.join(f"{name} {sign}" for name, sign in receipt.directions.items())


def _outcome(receipt: Receipt) -> Text:
    """The result in short."""
    known = _OUTCOMES[receipt.made]
    return LIST.join(known.get(key, Text.of(key)) + f" {v}" for key, v in receipt.outcome.items())


_OUTCOMES = {
    Made.AUDIT: {verdict.value: verdict.label for verdict in Verdict},
    Made.SCORECARD: {
        "lines": Text(zh="行数", en="lines"),
        "total": Text(zh="总分", en="total"),
        "rating": Text(zh="评价等级", en="rating"),
    },
    Made.FIT: {
        "fits": Text(zh="相符", en="fits"),
        "refuted": Text(zh="不符", en="refuted"),
        "open": Text(zh="无法判断", en="open"),
    },
}


# A result that was repeated.


def verification_title(done: Verification) -> Text:
    """Whether the result is that of the receipt."""
    if not done.holds:
        return Text(zh="与凭据不一致", en="not as in the receipt")
    if done.differing:
        return Text(
            zh="与凭据一致；以下不同之处没有影响结果",
            en="as in the receipt; what differs has not changed the result",
        )
    return Text(zh="与凭据一致", en="as in the receipt")


def verification_rows(done: Verification) -> list[tuple[Text, Text, Text]]:
    """What takes part, whether it is the same, and what it is, or was and is now."""
    return [_row(done, aspect, same=same) for aspect, same in done.compared.items()]


def _row(done: Verification, aspect: Aspect, *, same: bool) -> tuple[Text, Text, Text]:
    was, now = done.receipt, done.repeated
    if same:
        return aspect.label, Text(zh="相同", en="same"), _cut(was, aspect)
    if aspect is Aspect.RULES:  # those that changed, of several
        before = LIST.join(
            _pinned(ruleset, _SHORT) for ruleset in was.rules if ruleset not in now.rules
        )
        after = LIST.join(
            _pinned(ruleset, _SHORT) for ruleset in now.rules if ruleset not in was.rules
        )
    else:
        before, after = _cut(was, aspect), _cut(now, aspect)
    none = Text(zh="无", en="none")
    detail = Text(zh="凭据为 {}，现为 {}", en="{} in the receipt, now {}")
    return (
        aspect.label,
        Text(zh="不同", en="differs"),
        detail.fill(before or none, after or none),
    )


def _cut(receipt: Receipt, aspect: Aspect) -> Text:
    value = receipt.of(aspect)
    if isinstance(value, tuple):
        return _in_short(value) if value else Text.of("")
    if isinstance(value, Pinned):
        return _pinned(value, _SHORT)
    if aspect is Aspect.VERSION or value is None:
        return Text.of(value or "")
    hashed = Text.of(value[:_SHORT])
    return _outcome(receipt) + in_brackets(hashed) if aspect is Aspect.RESULT else hashed
