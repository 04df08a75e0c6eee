"""Relations bound to a report: each name finds its figure, or why it is not there."""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar, cast

import attrs

from budgetperf.exact import BudgetperfError, Figure, Missing, MissingReason, Text
from budgetperf.model import (
    NOT_STATED,
    Direction,
    Element,
    Indicator,
    SelfEvaluation,
    describe,
    elements,
    figures,
    locate,
    map_figures,
    resolve,
)
from budgetperf.model.fields import copied, holds_typed
from budgetperf.model.paths import locate_in

from .assumption import Assumption
from .expression import (
    Const,
    Equation,
    Expression,
    Operand,
    Ref,
    Sum,
    known_operand,
    map_leaves,
    operands,
)
from .matching import Rows, same_rows
from .relation import Relation, named_equations

__all__ = [
    "Indexed",
    "bind",
    "bind_blanks",
    "figure_at",
    "figures_of",
    "indexed",
    "indexed_again",
    "is_claimed",
    "label_at",
    "matched",
    "once",
    "once_before",
    "operand_at",
    "rows_of",
    "with_figures",
]


@attrs.frozen(kw_only=True, slots=False)  # see ``keep``
class Indexed(SelfEvaluation):
    """The same report, that remembers what was looked up in it: for the time of one audit.

    Every check asks for the same figures. Two of these are equal as the reports are.
    """

    @functools.cached_property
    def operands(self) -> dict[str, Operand]:
        """The figures that were asked for, by path."""
        return {}

    @functools.cached_property
    def parts(self) -> dict[str, tuple[object, Text]]:
        """The parts that hold these, and what they are called, by path."""
        return {}

    @functools.cached_property
    def labels(self) -> dict[str, Text]:
        """What other figures are called, by path."""
        return {}

    @functools.cached_property
    def rows(self) -> dict[str, dict[int, Element]]:
        """The elements that state something, by the path of their tuple and by index."""
        return {}

    @functools.cached_property
    def worked_out(self) -> dict[tuple[str, str], tuple[object, object]]:
        """What checks worked out of it and ask for again, by a name and the path.

        First what it was worked out by; see :func:`once`.
        """
        return {}

    @functools.cached_property
    def earlier(self) -> dict[tuple[str, str], tuple[object, object]]:
        """What was worked out of the report that it was before some figures were changed."""
        return {}


def indexed(report: SelfEvaluation) -> Indexed:
    """The report, remembering what is looked up."""
    return report if isinstance(report, Indexed) else copied(report, Indexed, {})


def indexed_again(
    report: SelfEvaluation, before: SelfEvaluation, changed: Collection[str]
) -> Indexed:
    """The report, remembering what was looked up in one of which some figures were changed.

    Args:
        report: the report.
        before: the one that it was.
        changed: the paths of the figures that differ.
    """
    made = copied(report, Indexed, {}) if report is before else indexed(report)
    if isinstance(before, Indexed):
        # Not its parts and rows: these hold figures that were changed.
        made.operands.update(before.operands)
        made.labels.update(before.labels)
        made.earlier.update(before.worked_out)
        for path in changed:
            made.operands.pop(path, None)
    return made


def figures_of(report: SelfEvaluation) -> Sequence[tuple[str, Figure]]:
    """Every figure of the report with its path; see :func:`budgetperf.model.figures`."""
    return once(report, _FIGURES, lambda: tuple(figures(report)))


_FIGURES = ("figures", "")


def with_figures(
    report: Indexed, function: Callable[[Figure], Figure], only: Collection[str]
) -> Indexed:
    """The report with ``function(figure)`` in place of some of its figures.

    Args:
        report: the report.
        function: gives the figure itself where nothing is to be changed.
        only: the paths of the figures that may change.
    """
    made = indexed(map_figures(report, lambda _, figure: function(figure), only=only))
    known = [(path, function(f) if path in only else f) for path, f in figures_of(report)]
    # Where some are typed, all may get the precision of their columns anew.
    once(made, _FIGURES, lambda: tuple(figures(made) if holds_typed(report) else known))
    return made


def operand_at(report: SelfEvaluation, path: str) -> Operand:
    """The figure at ``path`` as an operand.

    Raises:
        BudgetperfError: no figure stands there.
    """
    if not isinstance(report, Indexed):
        return _operand_at(report, path)
    operand = report.operands.get(path)
    if operand is None:
        operand = report.operands[path] = _operand_at(report, path)
    return operand


def _operand_at(report: SelfEvaluation, path: str) -> Operand:
    stated, label = _located(report, path)
    if not isinstance(stated, (Figure, Missing)):
        raise BudgetperfError(
            "not-a-figure",
            Text(
                zh="这一路径上没有数字：重复列示的数字须写明其所重复数字的路径",
                en="no figure is at this path: a repeated figure needs the path of what it repeats",
            ),
            field=path,
        )
    return known_operand(path, stated, label)


def figure_at(report: SelfEvaluation, path: str, figure: Figure) -> Operand:
    """A figure of the report, which may repeat the one at the path, as an operand.

    The one that a relation asked for already, if one did.
    """
    known = report.operands.get(path) if isinstance(report, Indexed) else None
    if known is not None and known.stated is figure:
        return known
    return known_operand(path, figure, label_at(report, path))


def _located(report: SelfEvaluation, path: str) -> tuple[object, Text]:
    """What stands at a path, and its name; the part that it belongs to is looked up once."""
    where, _, step = path.rpartition(".")
    if not isinstance(report, Indexed) or not step.isidentifier():
        return locate(report, path)
    part = report.parts.get(where)
    if part is None:
        part = report.parts[where] = locate(report, where)
    return locate_in(*part, step, path)


def label_at(report: SelfEvaluation, path: str) -> Text:
    """The figure at ``path`` in words."""
    if not isinstance(report, Indexed):
        return describe(report, path)
    known = report.operands.get(path)
    if known is not None:
        return known.label
    label = report.labels.get(path)
    if label is None:
        label = report.labels[path] = _located(report, path)[1]
    return label


_T = TypeVar("_T")


def once(
    report: SelfEvaluation, key: tuple[str, str], work: Callable[[], _T], *, by: object = None
) -> _T:
    """What ``work`` gives; of a report that remembers it is worked out once for each key.

    Args:
        report: the report.
        key: a name of its own, and the path.
        work: makes it.
        by: what it is made with besides, such as a rule-set: two of these may bear one id.
    """
    if not isinstance(report, Indexed):
        return work()
    known = report.worked_out.get(key)
    if known is None or known[0] is not by:
        known = report.worked_out[key] = by, work()
    return cast("_T", known[1])


def once_before(report: SelfEvaluation, key: tuple[str, str], *, by: object = None) -> object:
    """What :func:`once` gave before some figures were changed; ``None`` where nothing was."""
    known = report.earlier.get(key) if isinstance(report, Indexed) else None
    return None if known is None or known[0] is not by else known[1]


def rows_of(report: SelfEvaluation, path: str) -> dict[int, Element]:
    """The elements of the tuple at ``path`` by index, without rows that state nothing."""
    if isinstance(report, Indexed) and path in report.rows:
        return report.rows[path]
    keyed = {index: item for index, item in enumerate(elements(report, path)) if item.key}
    if isinstance(report, Indexed):
        report.rows[path] = keyed
    return keyed


def matched(report: SelfEvaluation, containers: Iterable[str]) -> Iterator[Rows]:
    """The elements of several containers that are the same thing."""
    names = tuple(containers)

    def work() -> tuple[Rows, ...]:
        return tuple(same_rows(report, {name: rows_of(report, name) for name in names}))

    return iter(once(report, ("matched", " ".join(names)), work))


def bind(relation: Relation, report: SelfEvaluation) -> Iterator[Equation]:
    """Every instance of the relation in which the report claims something.

    Nothing is claimed where the document has no place for one of the figures, or a dash stands
    there, which on these forms says that it does not apply. Of a sum, one part is enough, and where
    the relation takes a dash for 0, its parts with a dash are left out.
    """
    takes_dashes = Assumption.ABSENT_IS_ZERO in relation.assumes
    for equation, names, rows in _instances(relation, report):
        bound: dict[str, Expression] = {}
        silent: list[Expression] = []
        for name in names:
            value = bound[name] = _found(name, report, rows)
            if not is_claimed(value):
                silent.append(value)
                # What has no place at all claims nothing, whatever stands at the other names.
                if not _is_dash(value):
                    break
        if silent and not _is_dash(silent[-1]):
            continue
        left, right = _with(equation.left, bound), _with(equation.right, bound)
        stated = Equation(
            left=left, comparator=equation.comparator, right=right, assumes=equation.assumes
        )
        if takes_dashes:
            stated = _without_dashes(stated)
        # A dash that is still there was no part of a sum: the equation is about what is none.
        if not silent or not any(value in stated.operands for value in silent):
            yield stated


def bind_blanks(relation: Relation, report: SelfEvaluation) -> Iterator[Equation]:
    """Every instance of an equation whose result, alone on its left side, is not stated.

    What it follows from may be stated or not. Where the relation takes a dash for 0, parts of sums
    with a dash are left out.
    """
    takes_dashes = Assumption.ABSENT_IS_ZERO in relation.assumes
    for equation, names, rows in _instances(relation, report):
        bound = {name: _found(name, report, rows) for name in names}
        result = bound.get(equation.left.name) if isinstance(equation.left, Ref) else None
        if equation.comparator != "=" or not isinstance(result, Operand):
            continue
        if not isinstance(result.stated, Missing) or not result.stated.is_blank:
            continue
        blank = attrs.evolve(equation, left=result, right=_with(equation.right, bound))
        yield _without_dashes(blank) if takes_dashes else blank


def _instances(
    relation: Relation, report: SelfEvaluation
) -> Iterator[tuple[Equation, Sequence[str], Rows]]:
    """The equations of the relation, each with its names and the rows to look these up in."""
    for equation, names in named_equations(relation):
        containers = dict.fromkeys([name.partition("[k]")[0] for name in names if "[k]" in name])
        once: tuple[Rows, ...] = ({},)
        for rows in matched(report, containers) if containers else once:
            if not relation.directions or _directed(report, rows, relation.directions):
                yield equation, names, rows


def _without_dashes(equation: Equation) -> Equation:
    """The equation without the parts of its sums that a dash says are none, if any others are left.

    That a dash is 0 is assumed.
    """
    left, right = _with_stated_terms(equation.left), _with_stated_terms(equation.right)
    if left is equation.left and right is equation.right:
        return equation
    assumes = (*equation.assumes, Assumption.ABSENT_IS_ZERO)
    return attrs.evolve(equation, left=left, right=right, assumes=assumes)


def _with_stated_terms(side: Expression) -> Expression:
    if not isinstance(side, Sum):
        return side
    terms = [(sign, _with_stated_terms(term)) for sign, term in side.terms]
    stated_terms = [(sign, term) for sign, term in terms if not _is_dash(term)]
    pairs = zip(terms, side.terms, strict=True)
    if not stated_terms or (
        len(stated_terms) == len(terms) and all(new is old for (_, new), (_, old) in pairs)
    ):
        return side
    return Sum(terms=tuple(stated_terms))


def _is_dash(term: Expression) -> bool:
    stated = term.stated if isinstance(term, Operand) else None
    return isinstance(stated, Missing) and stated.says_none


def _directed(report: SelfEvaluation, rows: Rows, directions: tuple[Direction, ...]) -> bool:
    """Whether the indicators at hand are of one of ``directions``; an unstated one is of none."""
    for container, index in rows.items():
        indicator = resolve(report, f"{container}[{index}]")
        direction = indicator.target.direction if isinstance(indicator, Indicator) else NOT_STATED
        if direction not in directions:
            return False
    return True


def _found(name: str, report: SelfEvaluation, rows: Rows) -> Expression:
    """The operand that a name stands for; for ``[*]`` the sum of all of its kind."""
    container, mark, field = _taken_apart(name)
    if not mark:
        return operand_at(report, name)
    if mark == "[*]":
        paths = [f"{container}[{index}]{field}" for index in rows_of(report, container)]
        return Sum(terms=tuple([(1, operand_at(report, path)) for path in paths]))
    if container not in rows:
        return Operand(path=name, stated=NOT_STATED)
    if rows[container] is None:
        return Operand(path=name, stated=Missing(reason=MissingReason.AMBIGUOUS))
    return operand_at(report, f"{container}[{rows[container]}]{field}")


@functools.lru_cache(maxsize=1024)
def _taken_apart(name: str) -> tuple[str, str, str]:
    """The container that a name of the catalogue is in, the mark behind it, and the field."""
    mark = next((mark for mark in ("[*]", "[k]") if mark in name), "")
    container, _, field = name.partition(mark) if mark else (name, "", "")
    return container, mark, field


def _with(expression: Expression, bound: Mapping[str, Expression]) -> Expression:
    """The expression with what its names stand for."""

    def replaced(leaf: Operand | Const | Ref) -> Expression:
        return bound[leaf.name] if isinstance(leaf, Ref) else leaf

    return map_leaves(expression, replaced)


_NO_CLAIM = (MissingReason.NOT_STATED, MissingReason.DASH, MissingReason.NOT_APPLICABLE)


def is_claimed(bound: Expression) -> bool:
    """Whether something is stated, or should be: neither no place for it nor a dash."""
    if isinstance(bound, Operand):
        stated = bound.stated
        return isinstance(stated, Figure) or stated.reason not in _NO_CLAIM
    return any(map(is_claimed, operands(bound)))
