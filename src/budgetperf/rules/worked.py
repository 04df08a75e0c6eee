"""Worked examples of rule-sets: what goes in, what comes out, and where that stands."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import attrs

from budgetperf.exact import (
    BudgetperfError,
    ExactInput,
    Figure,
    Missing,
    MissingReason,
    Problem,
    ProblemsError,
    Stated,
    Text,
    decimal_text,
    to_exact,
)
from budgetperf.exact.calls import Called
from budgetperf.exact.checking import check_types, raise_together
from budgetperf.exact.figure import read_figure
from budgetperf.exact.text import shown
from budgetperf.model import (
    Adjustment,
    Funding,
    FundingTotal,
    Indicator,
    SelfEvaluation,
    Statement,
    Target,
)
from budgetperf.model.aims import reached_in
from budgetperf.plain.structuring import data_folder, shared_converter, structured
from budgetperf.plain.toml import toml_data, toml_file

from .policies import Demand

__all__ = ["Example", "ExampleRow", "examples", "load_examples"]


def _optional(value: ExactInput | None) -> Fraction | None:
    return None if value is None else to_exact(value)


@attrs.frozen(kw_only=True)
class ExampleRow(Called):
    """A row of the indicator table, as printed, and the score that is due.

    Args:
        target, actual: as printed, such as ``≥90%``; ``/`` where the indicator does not apply.
        weight: the points.
        score: the score that is due, if one is; with ``most`` the least one of those admitted.
        most: the highest score admitted, where the rule leaves room for judgement.
        none: the code of the reason why no score follows.
        name, level1: the indicator and its heading, where the rule is for these.
        asks: what is asked for; an empty list if nothing is. Not compared where it is not given.

    Raises:
        BudgetperfError: a figure cannot be read, or what is due contradicts itself.
    """

    target: str = ""
    actual: str = ""
    weight: Fraction = attrs.field(converter=to_exact)
    score: Fraction | None = attrs.field(default=None, converter=_optional)
    most: Fraction | None = attrs.field(default=None, converter=_optional)
    none: str = ""
    name: str = "某指标"
    level1: str = ""
    asks: tuple[Demand, ...] | None = None

    def __attrs_post_init__(self) -> None:
        check_types(self)
        problems = [*_due(self.score, self.most, self.none, ("score", "most", "none"))]
        target = Target.parse(self.target)
        problems += _unreadable(target.value, self.target, "target")
        problems += _unreadable(_reached(self.actual), self.actual, "actual")
        try:
            _weight(self.weight)
        except BudgetperfError as error:
            problems.append(Problem(code=error.code, where="$.weight", message=error.message))
        if not Indicator(name=self.name).key:
            message = Text(
                zh="名称不能是空的：请写指标名称，或者不写这个键",
                en="the name must not be empty: write one, or leave the key out",
            )
            problems.append(Problem(code="no-name", where="$.name", message=message))
        raise_together("bad-example", problems)

    def indicator(self) -> Indicator:
        """The row as a form has it, without a score."""
        return Indicator(
            level1=self.level1 or Missing(),
            name=self.name,
            target=Target.parse(self.target),
            actual=_reached(self.actual),
            weight=_weight(self.weight),
        )


def _reached(text: str) -> Stated:
    """What was reached, as a form prints it: a number, a day, or words."""
    return reached_in(text) or read_figure(text)


@attrs.frozen(kw_only=True)
class Example(Called):
    """A case with the scores that are due, worked out by hand or published.

    Args:
        name: what it shows.
        source: where the figures stand, or how they were worked out.
        budget, initial, executed: 全年预算数, 年初预算数 and 全年执行数 in one unit.
        execution: the execution score that is due, if one is; with ``execution_most`` the least
            admitted.
        execution_most: the highest one admitted.
        printed: the same as the document prints it, where it was rounded further.
        execution_none: the code of the reason why no execution score follows.
        execution_asks: what is asked for beside budget execution; an empty list if nothing is. Not
            compared where it is not given.
        rows: the rows of the indicator table.
        reason: the reason for the adjustment of the budget, if one is stated.
        total: the total that is due. Not compared where it is not given.
        rating: the rating that is due. Not compared where it is not given.
        asks: what is asked for beside the total; an empty list if nothing is. Not compared where it
            is not given.

    Raises:
        BudgetperfError: an amount cannot be read, or what is due contradicts itself.
    """

    name: Text
    source: Text
    budget: str = ""
    initial: str = ""
    executed: str = ""
    execution: Fraction | None = attrs.field(default=None, converter=_optional)
    execution_most: Fraction | None = attrs.field(default=None, converter=_optional)
    printed: str = ""
    execution_none: str = ""
    execution_asks: tuple[Demand, ...] | None = None
    rows: tuple[ExampleRow, ...] = ()
    reason: str = ""
    total: Fraction | None = attrs.field(default=None, converter=_optional)
    rating: str = ""
    asks: tuple[Demand, ...] | None = None

    def __attrs_post_init__(self) -> None:
        check_types(self)
        keys = ("execution", "execution_most", "execution_none")
        problems = [*_due(self.execution, self.execution_most, self.execution_none, keys)]
        if self.printed and self.execution is None:
            problems.append(_without("printed", "execution"))
        if self.printed and not isinstance(read_figure(self.printed), Figure):
            problems.append(_unread(self.printed, "printed"))
        for name in ("budget", "initial", "executed"):
            text: str = getattr(self, name)
            amount = read_figure(text)
            if isinstance(amount, Missing) and amount.reason is not MissingReason.BLANK:
                problems.append(_unread(text, name))
        raise_together("bad-example", problems)

    def report(self) -> SelfEvaluation:
        """The form of the example, without scores."""
        total = FundingTotal(
            initial=_amount(self.initial),
            revised=_amount(self.budget),
            executed=_amount(self.executed),
        )
        reason = Adjustment(reason=self.reason) if self.reason else Adjustment()
        rows = tuple(row.indicator() for row in self.rows)
        form = Statement(funding=Funding(total=total), indicators=rows, adjustment=reason)
        return SelfEvaluation(form=form)


@attrs.frozen(kw_only=True)
class _Examples:
    """What a file of worked examples holds at its top: at least one."""

    example: tuple[Example, ...]

    def __attrs_post_init__(self) -> None:
        if not self.example:
            message = Text(zh="没有算例", en="there is no example")
            raise BudgetperfError("no-examples", message, field="example")


def _amount(text: str) -> Stated:
    """An amount of an example: the number itself, rounded from none."""
    stated = read_figure(text)
    return attrs.evolve(stated, rounding=None) if isinstance(stated, Figure) else stated


def _weight(weight: Fraction) -> Figure:
    return Figure(value=decimal_text(weight), rounding=None)


def _unreadable(value: Stated, text: str, field: str) -> Iterator[Problem]:
    if isinstance(value, Missing) and value.reason is MissingReason.UNREADABLE:
        yield _unread(text, field)


def _due(
    least: Fraction | None, most: Fraction | None, none: str, keys: tuple[str, str, str]
) -> Iterator[Problem]:
    """What is wrong with a score, a range of scores, or the reason why there is none."""
    score_key, most_key, none_key = keys
    if none and least is not None:
        message = Text(
            zh=f"{score_key} 与 {none_key} 只能写一个：有得分就不能再写没有得分的原因",
            en=f"write {score_key} or {none_key}, not both: a score, or why there is none",
        )
        yield Problem(code="one-of-both", where=f"$.{none_key}", message=message)
    if most is not None and least is None:
        yield _without(most_key, score_key)
    if most is not None and least is not None and most < least:
        message = Text(zh=f"不能低于 {score_key}", en=f"must not be below {score_key}")
        yield Problem(code="empty-interval", where=f"$.{most_key}", message=message)


def _without(key: str, other: str) -> Problem:
    message = Text(zh=f"还须写 {other}", en=f"also write {other}")
    return Problem(code="missing-key", where=f"$.{key}", message=message)


def _unread(text: str, field: str) -> Problem:
    message = Text(
        zh=f"{shown(text)} 不是报告中数字的写法：请写成如 353.21万元、≥90%、10次",
        en=f"{shown(text)} is not a stated number: write it as in 353.21万元, ≥90% or 10次",
    )
    return Problem(code="not-a-printed-number", where=f"$.{field}", message=message)


@functools.cache
def examples(id: str) -> tuple[Example, ...]:
    """The worked examples of the shipped rule-set ``id``; none if there is no such id."""
    folder = data_folder("budgetperf.rules", "examples")
    file = next((entry for entry in folder.iterdir() if entry.name == f"{id}.toml"), None)
    if file is None:
        return ()
    text = file.read_text(encoding="utf-8")
    return _examples(toml_data(text, f"{id}.toml", code="bad-examples"))


def load_examples(path: str | Path) -> tuple[Example, ...]:
    """The worked examples of a TOML file of one's own.

    Raises:
        OSError: the file cannot be read.
        ProblemsError: the file holds no examples; every problem is listed with its key.
        BudgetperfError: no file can have that name.
    """
    return _examples(toml_file(Path(path), code="bad-examples"))


def _examples(data: dict[str, object]) -> tuple[Example, ...]:
    file, problems = structured(shared_converter(), data, _Examples, standins=_STANDINS)
    if problems or file is None:
        raise ProblemsError("bad-examples", problems)
    return file.example


_STANDINS: dict[str, object] = {
    **{field.name: "" for cls in (Example, ExampleRow) for field in attrs.fields(cls)},
    **dict.fromkeys(("most", "execution_most", "total", "asks", "execution_asks")),
    "name": {"zh": "?", "en": "?"},
    "source": {"zh": "?", "en": "?"},
    "weight": "1",
    "score": "0",
    "execution": "0",
    "rows": [],
}
"""What stands for a value that cannot be read while the rest of the row is."""
