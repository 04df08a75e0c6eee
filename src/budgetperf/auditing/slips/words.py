"""Explanations of a wrong figure in words, in Chinese and in English."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from budgetperf.exact import LIST, Figure, Text, in_brackets
from budgetperf.relations.expression import Expression, Operand
from budgetperf.relations.words import expression_text, printed_text, unit_text

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
    return operand.label + in_brackets(printed) if operand.label else printed


def _equals(suspect: Operand, expression: Expression) -> Text:
    return printed_text(suspect.stated) + " = " + expression_text(expression)


def replaced_text(
    suspect: Operand, made: Expression, used: Operand, due: Operand, before: Figure
) -> Text:
    """``used`` took the place of ``due``."""
    return Text(
        zh="{}：误用了{}，应使用{}，结果为{}",
        en="{}: {} was used in place of {}, which gives {}",
    ).fill(_equals(suspect, made), _named(used), _named(due), printed_text(before))


def another_text(suspect: Operand, other: Operand) -> Text:
    """Another figure was copied."""
    return Text(
        zh="{}与{}相同：误抄了该数", en="{} is the figure of {}: the wrong one was copied"
    ).fill(printed_text(suspect.stated), _named(other))


def definition_text(suspect: Operand, made: Expression, definition: Text, before: Figure) -> Text:
    """A rate by another definition."""
    return Text(zh="{}：{}；按规定口径应为{}", en="{}: {}; by its definition it is {}").fill(
        _equals(suspect, made), definition, printed_text(before)
    )


def left_out_text(suspect: Operand, made: Expression, part: Operand, before: Figure) -> Text:
    """A total without one of its parts."""
    return Text(
        zh="{}：合计漏计了{}，应为{}", en="{}: the total leaves out {}; including it gives {}"
    ).fill(_equals(suspect, made), _named(part), printed_text(before))


def weights_text(suspect: Operand, made: Expression, before: Figure) -> Text:
    """A total score that is the total of the weights."""
    return Text(
        zh="{}：与分值（权重）合计相同，得分合计为{}",
        en="{}: this is the total of the weights; the scores add up to {}",
    ).fill(_equals(suspect, made), printed_text(before))


def remainder_text(suspect: Operand, made: Expression, before: Figure | None) -> Text:
    """A share that was made to fit the whole."""
    text = _equals(suspect, made) + Text(
        zh="：由合计减其余各项倒挤得出", en=": it was forced to make up the whole"
    )
    by_itself = Text(zh="，应为{}", en="; computed by itself it is {}")
    return text + by_itself.fill(printed_text(before)) if before else text


def truncated_text(suspect: Operand, before: Figure) -> Text:
    """Cut instead of rounded."""
    return Text(zh="{}是截断所得，四舍五入应为{}", en="{} was cut off; rounded, it is {}").fill(
        printed_text(suspect.stated), printed_text(before)
    )


def misprint_text(suspect: Operand, note: Text, before: Figure) -> Text:
    """A slip of digits."""
    return Text(zh="{}应为{}：{}", en="{} in place of {}: {}").fill(
        printed_text(suspect.stated), printed_text(before), note
    )


def factor_text(suspect: Operand, factor: Factor, before: Figure) -> Text:
    """A slip of the sign, the unit, the percent sign or the point."""
    figure = suspect.stated
    if factor.unit is not None and isinstance(figure, Figure):
        meant = f"{figure.value:f}" + unit_text(factor.unit)
        note = Text(zh="单位误写，应为{}", en="the unit is wrong, {} was meant").fill(meant)
    else:
        note = _FACTORS[factor.kind]
    return misprint_text(suspect, note, before)


_FACTORS = {
    "sign": Text(zh="正负号写反", en="the sign is wrong"),
    "ratio-for-percent": Text(
        zh="比值与百分数相混，差 100 倍", en="a ratio was taken for a percentage, or the reverse"
    ),
    "decimal-point": Text(zh="小数点错位", en="the decimal point is misplaced"),
}


def folded_text(receiver: Operand, donors: Sequence[Operand], parts: Sequence[Figure]) -> Text:
    """One figure took up others, which are printed as 0; ``parts`` are all before the slip."""
    sum_ = printed_text(receiver.stated) + " = " + Text.of(" + ").join(map(printed_text, parts))
    true = [attrs.evolve(donor, stated=part) for donor, part in zip(donors, parts[1:], strict=True)]
    return Text(zh="{}：{}并入了{}", en="{}: {} was added to {}").fill(
        sum_, LIST.join(map(_named, true)), _named(receiver)
    )


def exchanged_text(operand: Operand, other: Operand) -> Text:
    """Two figures stand in each other's place."""
    return Text(zh="{}与{}填列位置互换", en="{} and {} have changed places").fill(
        _named(operand), _named(other)
    )
