"""Explanations of a wrong figure in words, in Chinese and in English."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from budgetperf.exact import Figure, Text
from budgetperf.relations.expression import Expression, Operand
from budgetperf.relations.words import expression_text, printed_text

from .misprints import Factor

__all__ = [
    "another_text",
    "definition_text",
    "exchanged_text",
    "factor_text",
    "folded_text",
    "left_out_text",
    "misprint_text",
    "remainder_text",
    "replaced_text",
    "truncated_text",
    "weights_text",
]


def _named(operand: Operand) -> Text:
    """A figure by its label and its print; one typed by hand has its print only."""
    printed = printed_text(operand.stated)
    if not operand.label.zh:
        return Text(zh=printed, en=printed)
    return Text(zh=f"{operand.label.zh}（{printed}）", en=f"{operand.label.en} ({printed})")


def _equals(suspect: Operand, expression: Expression) -> str:
    return f"{printed_text(suspect.stated)} = {expression_text(expression)}"


def replaced_text(
    suspect: Operand, made: Expression, used: Operand, due: Operand, before: Figure
) -> Text:
    """``used`` took the place of ``due``."""
    sum_, wrong, right = _equals(suspect, made), _named(used), _named(due)
    return Text(
        zh=f"{sum_}：误用了 {wrong.zh}，应为 {right.zh}，得 {before}",
        en=f"{sum_}: {wrong.en} was used in place of {right.en}, which gives {before}",
    )


def another_text(suspect: Operand, other: Operand) -> Text:
    """Another figure was copied."""
    printed, name = printed_text(suspect.stated), _named(other)
    return Text(
        zh=f"{printed} 与 {name.zh} 相同：误抄了该数",
        en=f"{printed} is that of {name.en}: the wrong figure was copied",
    )


def definition_text(suspect: Operand, made: Expression, definition: Text, before: Figure) -> Text:
    """A rate by another definition."""
    sum_ = _equals(suspect, made)
    return Text(
        zh=f"{sum_}：{definition.zh}；按应有定义为 {before}",
        en=f"{sum_}: {definition.en}; as it is defined it is {before}",
    )


def left_out_text(suspect: Operand, made: Expression, part: Operand, before: Figure) -> Text:
    """A total without one of its parts."""
    sum_, name = _equals(suspect, made), _named(part)
    return Text(
        zh=f"{sum_}：合计未计入 {name.zh}，应为 {before}",
        en=f"{sum_}: the total leaves out {name.en}; with it, it is {before}",
    )


def weights_text(suspect: Operand, made: Expression, before: Figure) -> Text:
    """A total score that is the total of the weights."""
    sum_ = _equals(suspect, made)
    return Text(
        zh=f"{sum_}：与分值（权重）合计相同，得分合计为 {before}",
        en=f"{sum_}: this is the total of the weights; the scores add up to {before}",
    )


def remainder_text(suspect: Operand, made: Expression, before: Figure | None) -> Text:
    """A share that was made to fit the whole."""
    sum_ = _equals(suspect, made)
    zh, en = (f"，应为 {before}", f"; by itself it is {before}") if before else ("", "")
    return Text(
        zh=f"{sum_}：由合计减其余各项倒挤得出{zh}",
        en=f"{sum_}: what the other parts leave of the whole{en}",
    )


def truncated_text(suspect: Operand, before: Figure) -> Text:
    """Cut instead of rounded."""
    printed = printed_text(suspect.stated)
    return Text(
        zh=f"{printed} 是截断所得，按舍入应为 {before}",
        en=f"{printed} was cut off; rounded it is {before}",
    )


def misprint_text(suspect: Operand, note: Text, before: Figure) -> Text:
    """A slip of digits."""
    printed = printed_text(suspect.stated)
    return Text(zh=f"{printed} 应为 {before}：{note.zh}", en=f"{printed} for {before}: {note.en}")


def factor_text(suspect: Operand, factor: Factor, before: Figure) -> Text:
    """A slip of the sign, the unit, the percent sign or the point."""
    figure = suspect.stated
    if factor.unit is not None and isinstance(figure, Figure):
        meant = f"{figure.value:f}{factor.unit.symbol}"
        note = Text(zh=f"单位误写，原意是 {meant}", en=f"the unit is wrong, {meant} was meant")
    else:
        note = _FACTORS[factor.kind]
    return misprint_text(suspect, note, before)


_FACTORS = {
    "sign": Text(zh="正负号写反", en="the sign is wrong"),
    "ratio-for-percent": Text(
        zh="比值与百分数相混，差 100 倍", en="a ratio was taken for a percentage, or the reverse"
    ),
    "decimal-point": Text(zh="小数点错位", en="the decimal point was moved"),
}


def folded_text(receiver: Operand, donors: Sequence[Operand], parts: Sequence[Figure]) -> Text:
    """One figure took up others, which are printed as 0; ``parts`` are all before the slip."""
    sum_ = f"{printed_text(receiver.stated)} = {' + '.join(map(str, parts))}"
    true = [attrs.evolve(donor, stated=part) for donor, part in zip(donors, parts[1:], strict=True)]
    names, into = [_named(donor) for donor in true], _named(receiver)
    zh, en = "、".join(name.zh for name in names), ", ".join(name.en for name in names)
    return Text(
        zh=f"{sum_}：{zh} 并入了 {into.zh}",
        en=f"{sum_}: {en} was folded into {into.en}",
    )


def exchanged_text(one: Operand, other: Operand) -> Text:
    """Two figures stand in each other's place."""
    a, b = _named(one), _named(other)
    return Text(
        zh=f"{a.zh} 与 {b.zh} 互相填错了位置",
        en=f"{a.en} and {b.en} stand in each other's place",
    )
