"""Directions that the print leaves out and a person states: 成本指标 is ≤."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

import attrs

from budgetperf.exact import LIST, BudgetperfError, Figure, Missing, Text
from budgetperf.exact.checking import wrong_type
from budgetperf.exact.text import WrongTypeError, shortened, shown
from budgetperf.model import Direction, Indicator, SelfEvaluation, Target
from budgetperf.model.indicators import plain_heading, plain_name

__all__ = [
    "Directions",
    "Given",
    "directed",
    "directed_report",
    "direction_remarks",
    "given_directions",
    "given_for",
    "row_remark",
    "signs_of",
]

Directions: TypeAlias = Mapping[str, "Direction | str"]
"""The direction of targets without an operator, by the name or a heading of their indicators:
``{"成本指标": "≤"}``."""


@attrs.frozen(kw_only=True)
class Given:
    """The direction that was stated for a name or a heading.

    Args:
        name: the name, as it was given.
        direction: which side is good.
        strict: whether the target itself is not enough.
        by_layout: whether the layout by which the report was read has it.
    """

    name: str
    direction: Direction
    strict: bool
    by_layout: bool = False

    @property
    def sign(self) -> str:
        """The operator."""
        if self.direction is Direction.EQUAL:
            return "="
        signs = ("≥", ">") if self.direction is Direction.AT_LEAST else ("≤", "<")
        return signs[self.strict]


def given_directions(directions: Directions | None) -> tuple[Given, ...]:
    """The directions as they were given, read.

    Raises:
        BudgetperfError: a direction is none of a number.
        WrongTypeError: it is no mapping, or a name is no text (a ``TypeError``).
    """
    if directions is None:
        return ()
    if not isinstance(directions, Mapping):  # pyright: ignore[reportUnnecessaryIsInstance]
        message = wrong_type(directions, Mapping) + _SUCH_AS
        raise WrongTypeError("wrong-type", message, field="directions")
    return tuple(_given(name, value) for name, value in directions.items())


_SUCH_AS = Text(zh="；如 {'成本指标': '≤'}", en=", such as {'成本指标': '≤'}")
_CODES = tuple(member.value for member in Direction)
_SIGNS = ("≥", "≤", "=", ">", "<")


def _given(name: object, value: object) -> Given:
    if not isinstance(name, str) or not name.strip():
        raise WrongTypeError("wrong-type", wrong_type(name, str) + _SUCH_AS, field="directions")
    target = Target()
    if isinstance(value, str) and value.strip() in (*_SIGNS, ">=", "<="):
        target = Target.parse(f"{value.strip()}1")
    elif isinstance(value, Direction) or (isinstance(value, str) and value in _CODES):
        target = Target(direction=value)
    direction = target.direction
    if isinstance(direction, Missing) or direction is Direction.QUALITATIVE:
        message = Text(
            zh="{} 不是方向：请写 ≥、≤、=、> 或 <",
            en="{} is no direction: write ≥, ≤, =, > or <",
        ).fill(shown(value))
        raise BudgetperfError("bad-direction", message, field=f"directions[{shown(name)}]")
    return Given(name=name.strip(), direction=direction, strict=target.strict)


def given_for(report: SelfEvaluation, directions: Directions | None) -> tuple[Given, ...]:
    """The directions as they were given, and behind them those of the layout.

    Raises:
        BudgetperfError: as :func:`given_directions` says.
    """
    given = given_directions(directions)
    if report.reading is None:
        return given
    of_layout = given_directions({own.name: own.sign for own in report.reading.directions})
    return (*given, *(attrs.evolve(direction, by_layout=True) for direction in of_layout))


def signs_of(directions: Directions | None) -> dict[str, str]:
    """The directions that were stated, as signs: what a receipt keeps of them."""
    return {direction.name: direction.sign for direction in given_directions(directions)}


def directed(
    indicators: Sequence[Indicator], given: Sequence[Given]
) -> tuple[tuple[Indicator, ...], dict[int, Given]]:
    """The rows with the stated directions, and which one each row got, by its place.

    A target with an operator of its own keeps it, and so does one that is no number. The name of an
    indicator comes before its level-2 heading, and that before the one of level 1.
    """
    rows, by_index = list(indicators), dict[int, Given]()
    for index, row in enumerate(rows) if given else ():
        stated = _for(row, given) if _is_open(row.target) else None
        if stated is not None:
            by_index[index] = stated
            target = attrs.evolve(row.target, direction=stated.direction, strict=stated.strict)
            rows[index] = attrs.evolve(row, target=target)
    return tuple(rows), by_index


def _is_open(target: Target) -> bool:
    return isinstance(target.direction, Missing) and isinstance(target.value, Figure)


def _for(row: Indicator, given: Sequence[Given]) -> Given | None:
    for words, plain in (
        (row.name, plain_name), (row.level2, plain_heading), (row.level1, plain_heading)
    ):  # fmt: skip
        name = plain(words)
        for direction in given:
            if name and plain(direction.name) == name:
                return direction
    return None


def directed_report(
    report: SelfEvaluation, given: Sequence[Given]
) -> tuple[SelfEvaluation, dict[str, Given]]:
    """The report with the stated directions in both statements, and which row got which.

    The same report where none is stated.
    """
    by_path = dict[str, Given]()
    for where in ("narrative", "form") if given else ():
        statement = report.form if where == "form" else report.narrative
        rows, by_index = directed(statement.indicators, given)
        if by_index:
            changed = attrs.evolve(statement, indicators=rows)
            report = (
                attrs.evolve(report, form=changed)
                if where == "form"
                else attrs.evolve(report, narrative=changed)
            )
        by_path |= {
            f"{where}.indicators[{index}]": direction for index, direction in by_index.items()
        }
    return report, by_path


def direction_remarks(given: Sequence[Given], by_path: Mapping[str, Given]) -> Iterator[Text]:
    """What a reader has to know: the directions that were stated, and those that nothing has."""
    used = [direction for direction in given if direction in by_path.values()]
    for by_layout, words in ((False, _AS_GIVEN), (True, _BY_LAYOUT)):
        names = [_named(direction) for direction in used if direction.by_layout is by_layout]
        if names:
            number = sum(direction.by_layout is by_layout for direction in by_path.values())
            yield words.fill(LIST.join(names), number)
    idle = [direction for direction in given if direction not in used and not direction.by_layout]
    if idle:
        unused = LIST.join(_named(direction) for direction in idle)
        yield Text(
            zh="给定的方向没有用上：{}（没有这个指标或标题，或指标值已有运算符）",
            en="directions that were stated and not used: {} (no such indicator or heading, or its "
            "targets have an operator)",
        ).fill(unused)


_AS_GIVEN = Text(
    zh="指标值没有运算符的，按给定的方向：{}（{} 项）",
    en="targets without an operator are taken as stated: {} (rows: {})",
)
_BY_LAYOUT = Text(
    zh="指标值没有运算符的，按版式的方向：{}（{} 项）",
    en="targets without an operator are taken as the layout has them: {} (rows: {})",
)


def _named(direction: Given) -> Text:
    return Text.of(f"{shortened(direction.name)} {direction.sign}")


def row_remark(direction: Given) -> Text:
    """The same of a row."""
    if direction.by_layout:
        return Text(
            zh="指标值没有运算符，按版式的 {} 计",
            en="no operator in print, taken for {} as the layout has it",
        ).fill(direction.sign)
    return Text(
        zh="指标值没有运算符，按给定的 {} 计", en="no operator in print, taken for {} as stated"
    ).fill(direction.sign)
