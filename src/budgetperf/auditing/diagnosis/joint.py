"""The relations of a report as one system: from findings to quantities, printings, constraints."""

from __future__ import annotations

import functools
import itertools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import cast

import attrs

from budgetperf.exact import Figure, Interval, Missing, MissingReason, Text, Unit
from budgetperf.exact.figure import as_rounded, last_place
from budgetperf.exact.interval import POINT_ZERO, interval_sum, meet
from budgetperf.exact.unit import go_together
from budgetperf.linear.system import (
    Constraint,
    Groups,
    Linear,
    Printing,
    Quotient,
    System,
    Terms,
    quantities,
)
from budgetperf.model import SelfEvaluation
from budgetperf.model.fields import Sign
from budgetperf.model.paths import declarations
from budgetperf.relations.assumption import Assumption
from budgetperf.relations.binding import figure_at, figures_of
from budgetperf.relations.composing import is_score
from budgetperf.relations.expression import (
    Binary,
    Const,
    Equation,
    Expression,
    Operand,
    Sum,
)
from budgetperf.relations.finding import Finding, Verdict
from budgetperf.relations.judging import with_coarse_rounded, with_whole_rounded

__all__ = ["Joint", "joint_system"]

_NONE, _ONE, _MINUS = Fraction(0), Fraction(1), Fraction(-1)


@attrs.frozen(kw_only=True)
class Joint:
    """A report as one system.

    Args:
        system: quantities, what is printed of them, how they are related.
        assuming: the same with what is assumed beside it, as further constraints and ranges: that
            amounts are 0 or more. Equal to ``system`` if nothing is.
        operands: the figure behind each printing of the system, in its order.
        figures: these figures themselves.
        sources: for each constraint of either system, the findings that state it.
        links: the findings that make two figures one quantity, by the quantity.
        groups: the paths of one quantity, together.
    """

    system: System
    assuming: System
    operands: tuple[Operand, ...]
    figures: tuple[Figure, ...]
    sources: tuple[tuple[Finding, ...], ...]
    links: Mapping[str, tuple[Finding, ...]]
    groups: Groups = attrs.field(eq=False, repr=False)


def joint_system(report: SelfEvaluation, findings: Iterable[Finding]) -> Joint:
    """The relations that some findings state, over all figures that take part.

    A figure that is stated in several places is one quantity with several printings. A figure that
    is missing is unknown, within its natural range. A rate on a base of 0 states nothing.

    Args:
        report: the report.
        findings: of its audit.
    """
    return _Building(report, tuple(findings)).joint()


class _Building:
    """A report on its way to a system: the names of its figures and what is known of them so far.

    A *name* is that of one print: the path of the figure, with a mark behind it where the figure is
    printed more than once. A *quantity* is what one or several prints state, called by the name of
    one of them. A constraint speaks of quantities, so that findings join these before any is built:
    the steps in :meth:`joint` come in that order.
    """

    def __init__(self, report: SelfEvaluation, findings: tuple[Finding, ...]) -> None:
        self._report = report
        self._findings = findings
        self._groups = Groups()
        self._names: dict[str, list[tuple[Figure, str]]] = defaultdict(list)
        """The prints at a path, each with its name; a figure may be at hand as another object."""
        self._figures: dict[str, tuple[str, Figure]] = {}
        for path, figure in figures_of(report):
            self._register(path, figure)
        self._labels: dict[str, Text] = {}
        self._name_of: dict[int, str] = {}
        """The names of the operands that take part in findings, by their identity."""
        # Words hold figures, too: the points in a heading are none of the report's fields.
        # Most operands take part in several findings, and are looked at once.
        taking_part = {id(o): o for finding in findings for o in finding.operands}
        for key, operand in taking_part.items():
            stated = operand.stated
            if isinstance(stated, Figure):
                name = self._known(operand.path, stated)
                if name is None:
                    name = self._register(operand.path, stated)
                    self._labels[operand.path] = operand.label
                self._name_of[key] = name
        # Where one score must have been rounded, all may have been: sums have to read them so, too.
        scored = [finding for finding in findings if finding.code in _SCORED]
        self._scores_are_rounded = any(map(self._shows_rounded, scored))
        self._unclear = _of_unclear_unit(findings)
        self._quantities: dict[str, str] = {}
        """The quantity of each print, once it is settled."""
        self._signs: dict[str, int] = {}
        self._assumed = set[Constraint]()
        self._unknown = 0

    def _register(self, path: str, figure: Figure) -> str:
        """Give a print a name of its own: its path, with a mark where that is taken."""
        name = f"{path}@{len(self._figures)}" if path in self._figures else path
        self._figures[name] = path, figure
        self._names[path].append((figure, name))
        return name

    def _known(self, path: str, figure: Figure) -> str | None:
        """The name of a print, if it has one by now."""
        for known, name in self._names[path]:
            if known.text == figure.text and known.place == figure.place:
                return name
        return None

    def _print(self, path: str, figure: Figure) -> str:
        """The name of a print of the report or its findings."""
        name = self._known(path, figure)
        return path if name is None else name

    def joint(self) -> Joint:
        # Equal figures become one quantity with several prints: that takes no row in the tableau.
        links, unlinked = self._linked()
        self._quantities = {name: self._groups.find(name) for name in self._figures}
        intervals = self._intervals()
        self._signs = self._printed_signs(intervals)
        stated, conditional = self._constraints(unlinked)
        ruled = [(f, due) for f in self._findings if (due := _by_rule(f)) is not None]
        # What no relation speaks of decides nothing, and would only make the tableau larger.
        used = {q for constraint in stated for q in quantities(constraint)} | links.keys()
        used |= {q for _, constraint, _ in conditional for q in quantities(constraint)}
        # What a rule was applied to, too: that may be the figure that is wrong.
        resting = [*(f for f, _ in ruled), *(finding for finding, _, _ in conditional)]
        used |= {self._quantity(self._name(o)) for f in resting for o in f.operands}
        printed = {
            name: Printing(quantity=quantity, interval=intervals[name])
            for name, quantity in self._quantities.items()
            if quantity in used
        }
        alike = _alike(printed) if resting else {}
        given = [(f, linear) for f, due in ruled for linear in self._ruled(f, due, alike)]
        given += [(f, linear) for f, c, on in conditional for linear in self._given(c, on, alike)]
        for finding, linear in given:
            stated.setdefault(linear, []).append(finding)
        # Two systems: what follows from the prints alone is a contradiction; what follows only if
        # amounts are 0 or more is a question to a reviewer.
        sure, assumed = (
            list[tuple[Constraint, list[Finding]]](),
            list[tuple[Constraint, list[Finding]]](),
        )
        for constraint, stating in stated.items():
            is_assumed = self._assumed and constraint in self._assumed
            (assumed if is_assumed else sure).append((constraint, stating))
        prints = printed.values()
        above = used - {p.quantity for p in prints if not meet(p.interval, _AT_LEAST_0)}
        signs = {quantity: _sign_of(quantity) for quantity in sorted(above)}
        certain = _ranges(signs, Sign.NEVER_NEGATIVE)
        likely = _ranges(signs, Sign.SELDOM_NEGATIVE)
        system = System(
            printings=tuple(printed.values()),
            constraints=tuple([constraint for constraint, _ in sure]),
            ranges=certain,
        )
        return Joint(
            system=system,
            assuming=attrs.evolve(
                system,
                constraints=tuple([constraint for constraint, _ in (*sure, *assumed)]),
                ranges=certain | likely,
            ),
            operands=tuple([self._operand(name) for name in printed]),
            figures=tuple([self._figures[name][1] for name in printed]),
            sources=tuple([tuple(stating) for _, stating in (*sure, *assumed)]),
            links=links,
            groups=self._groups,
        )

    def _intervals(self) -> dict[str, Interval]:
        """The true values behind each print."""
        if not self._scores_are_rounded:
            return {name: figure.interval for name, (_, figure) in self._figures.items()}
        return {
            name: (as_rounded(figure) if is_score(path) else figure).interval
            for name, (path, figure) in self._figures.items()
        }

    def _printed_signs(self, intervals: Mapping[str, Interval]) -> dict[str, int]:
        """The sign of each quantity that some print of it is sure of; the first of several."""
        signs: dict[str, int] = {}
        for name, values in intervals.items():
            lower = values.lower
            if lower is not None and 0 not in values:
                signs.setdefault(self._quantities[name], 1 if lower.numerator >= 0 else -1)
        return signs

    def _linked(
        self,
    ) -> tuple[dict[str, tuple[Finding, ...]], list[tuple[Finding, Equation]]]:
        """The findings that make two figures one quantity, by that quantity; and all others."""
        same: list[tuple[str, Finding]] = []
        unlinked: list[tuple[Finding, Equation]] = []
        for finding in self._findings:
            equation = finding.equation
            if equation is None or finding.verdict is Verdict.UNDEFINED:
                continue
            if any(_unknown_path(o) in self._unclear for o in equation.operands):
                continue
            pair = self._same(equation)
            if pair is None:
                unlinked.append((finding, equation))
            else:
                self._groups.join(*pair)
                same.append((pair[0], finding))
        links: dict[str, list[Finding]] = defaultdict(list)
        # What a quantity is called is settled only when all are joined.
        for name, finding in same:
            links[self._quantity(name)].append(finding)
        return {quantity: tuple(linking) for quantity, linking in links.items()}, unlinked

    def _constraints(
        self, equations: Iterable[tuple[Finding, Equation]]
    ) -> tuple[dict[Constraint, list[Finding]], list[tuple[Finding, Linear, list[Operand]]]]:
        """What the findings state of the figures of their equations, and what rests on more.

        An equation that is neither a sum nor a quotient of sums is left out.
        """
        stated: dict[Constraint, list[Finding]] = {}
        conditional: list[tuple[Finding, Linear, list[Operand]]] = []
        # A rate on a base of 0 states nothing, and a base is 0 also where all its parts are.
        zero = {self._quantities[n] for n, (_, f) in self._figures.items() if not f.value}
        built = [(finding, equation, self._constraint(equation)) for finding, equation in equations]
        zero |= {whole for _, _, constraint in built for whole in _added_up(constraint, zero)}
        for finding, equation, constraint in built:
            given = _beyond(finding, equation)
            if given and isinstance(constraint, Linear):
                conditional.append((finding, constraint, given))
            elif constraint is not None and not (
                isinstance(constraint, Quotient) and _is_on(constraint, zero)
            ):
                stated.setdefault(constraint, []).append(finding)
                # A quotient says that its base is positive. Where no print does, that is assumed.
                if Assumption.NOT_NEGATIVE in equation.assumes or self._has_open_sign(constraint):
                    self._assumed.add(constraint)
        return stated, conditional

    def _has_open_sign(self, constraint: Constraint) -> bool:
        """Whether it is a quotient on a base that is not known to be positive."""
        if isinstance(constraint, Linear):
            return False
        return self._sign(constraint.denominator) is None

    def _sign(self, terms: Terms) -> int | None:
        """The sign of a sum by what is printed of its quantities; ``None`` if it may be either."""
        signs = {
            (1 if factor.numerator > 0 else -1) * self._signs.get(quantity, 0)
            for quantity, factor in terms
        }
        return signs.pop() or None if len(signs) == 1 else None

    def _name(self, operand: Operand) -> str:
        """The name of the figure that an operand is; one that is not known has its own."""
        stated = operand.stated
        if isinstance(stated, Figure):
            return self._name_of.get(id(operand)) or self._print(operand.path, stated)
        if stated.reason is MissingReason.AMBIGUOUS:  # which row is meant is not known
            self._unknown += 1
            return f"{operand.path}?{self._unknown}"
        return operand.path

    def _quantity(self, name: str) -> str:
        return self._quantities.get(name) or self._groups.find(name)

    def _same(self, equation: Equation) -> tuple[str, str] | None:
        """The two figures that an equation says are one quantity, if it does."""
        left, right = equation.left, equation.right
        if not (isinstance(left, Operand) and isinstance(right, Operand)):
            return None
        # Where one is taken as rounded, they are equal up to that only: no single quantity.
        if equation.comparator != "=" or _with_coarse(equation) is not equation:
            return None
        return self._name(left), self._name(right)

    def _shows_rounded(self, finding: Finding) -> bool:
        """Whether a rule took a whole score for a rounded one, and had to."""
        due = _by_rule(finding)
        if due is None:
            return False
        result = finding.operands[0]
        if not isinstance(result.stated, Figure):
            return False
        _, figure = self._figures[self._print(result.path, result.stated)]
        had_to = Assumption.ROUNDED_TO_PRINT in finding.assumes or figure.nominal not in due
        return result.stated != figure and had_to

    def _operand(self, name: str) -> Operand:
        path, figure = self._figures[name]
        label = self._labels.get(path)
        if label:
            return Operand(path=path, stated=figure, label=label)
        return figure_at(self._report, path, figure)

    def _constraint(self, equation: Equation) -> Constraint | None:
        """The equation as a sum or a quotient of sums; ``None`` if it is neither."""
        left, right = equation.left, equation.right
        if isinstance(left, Binary) and left.symbol == "/":
            if equation.comparator == "=":
                left, right = right, left
            else:
                return None
        # Whole 万元 beside finer amounts are taken as rounded in this relation only: elsewhere the
        # same print may be exact. So the relation gives way, and not the print.
        off = self._off(equation)
        if isinstance(right, Binary) and right.symbol == "/" and equation.comparator == "=":
            return self._quotient(left, right, off)
        near, far = self._sum(left), self._sum(right)
        if near is None or far is None:
            return None
        terms = _joined(near[0], far[0])
        values = _COMPARED[equation.comparator]
        if near[1] or far[1]:
            values += Interval.point(far[1] - near[1])
        for quantity, factor in terms if off else ():
            if quantity in off:
                values += off[quantity].scaled(-factor)
        return Linear(terms=terms, values=values)

    def _quotient(
        self, rate: Expression, of: Binary, off: Mapping[str, Interval]
    ) -> Constraint | None:
        above, below = self._sum(of.left), self._sum(of.right)
        if above is None or below is None or above[1] or below[1]:
            return None
        # By a rate that is known it is a sum, whatever the sign of its base.
        if isinstance(rate, Const):
            negated = tuple((q, -rate.value * c) for q, c in below[0])
            return Linear(terms=_joined(above[0], negated, 1))
        if not isinstance(rate, Operand) or not isinstance(rate.stated, Figure):
            return None
        # A base that is printed below 0 is a positive one the other way round.
        sign = self._sign(below[0]) or 1
        numerator, denominator = _signed(above[0], sign), _signed(below[0], sign)
        return Quotient(
            rate=self._quantity(self._name(rate)),
            numerator=numerator,
            denominator=denominator,
            upper=_slack(numerator, off),
            lower=_slack(denominator, off),
        )

    def _off(self, equation: Equation) -> dict[str, Interval]:
        """By how much an amount may differ from its print, where it is coarser than the others."""
        coarse = _with_coarse(equation)
        if coarse is equation:
            return {}
        off = dict[str, Interval]()
        for operand, read in zip(equation.operands, coarse.operands, strict=True):
            if read != operand:  # it is a figure, in both
                point = Interval.point(cast("Figure", operand.stated).nominal)
                reach = cast("Figure", read.stated).interval
                off[self._quantity(self._name(operand))] = reach - point
        return off

    def _sum(self, expression: Expression) -> tuple[Terms, Fraction] | None:
        """The quantities of a sum with their coefficients, and what is added to them."""
        match expression:
            case Operand():
                return ((self._quantity(self._name(expression)), _ONE),), _NONE
            case Const(value=value):
                return (), value
            case Sum(terms=parts):
                added: list[tuple[Terms, int]] = []
                constant = _NONE
                for sign, part in parts:
                    inner = self._sum(part)
                    if inner is None:
                        return None
                    added.append((inner[0], sign))
                    if inner[1]:
                        constant += sign * inner[1]
                return _added(added), constant
            case Binary(symbol="*", left=Const(value=factor), right=part):
                scaled = self._sum(part)
                if scaled is None:
                    return None
                return tuple((q, factor * c) for q, c in scaled[0]), factor * scaled[1]
            case _:
                return None

    def _ruled(
        self, finding: Finding, due: Interval, alike: Mapping[str, Sequence[int]]
    ) -> Iterable[Linear]:
        """What a rule leaves to a figure, as long as those that it is applied to are true."""
        result, *given = finding.operands
        stated = result.stated
        if not isinstance(stated, Figure):
            return
        values = _nearest(finding, due, stated.interval)
        name = self._print(result.path, stated)
        if finding.code in _SCORED and not _is_printable(values, stated):
            # Where no rule says so, a score may be rounded before it is added up, or after.
            values = values - (stated.interval - Interval.point(stated.nominal))
        terms = ((self._quantity(name), Fraction(1)),)
        yield from self._given(Linear(terms=terms, values=values), given, alike)

    def _given(
        self, linear: Linear, given: Iterable[Operand], alike: Mapping[str, Sequence[int]]
    ) -> Iterable[Linear]:
        """A constraint as long as some figures are true. Every print of the same number will do."""
        sets: list[tuple[int, ...]] = [()]
        for operand in given:
            if isinstance(operand.stated, Figure):
                same = alike[self._name(operand)]
                sets = [(*chosen, number) for chosen in sets for number in same]
        for chosen in sets:
            yield Linear(terms=linear.terms, values=linear.values, given=chosen)


def _of_unclear_unit(findings: Iterable[Finding]) -> frozenset[str]:
    """The paths of unknown figures of which it is not known what they are counted in.

    Where one relation compares a masked weight with 8% and another with a score of 6, the weights
    are in percent, and no number says what the unknown one is.
    """
    units = dict[str, set[Unit]]()
    alike = Groups()
    for finding in findings:
        equation = finding.equation
        if (
            equation is None
            or isinstance(equation.left, Binary)
            or isinstance(equation.right, Binary)
        ):
            continue
        unknown = [o.path for o in equation.operands if isinstance(o.stated, Missing)]
        if unknown:
            figures = (operand.stated for operand in equation.operands)
            stated = {figure.unit for figure in figures if isinstance(figure, Figure)}
            for path in unknown:
                alike.join(unknown[0], path)
                units.setdefault(path, set()).update(stated)
    of_group = defaultdict[str, set[Unit]](set)
    for path, own in units.items():
        of_group[alike.find(path)] |= own
    unclear = {
        group
        for group, own in of_group.items()
        if not all(go_together(a, b) for a, b in itertools.combinations(own, 2))
    }
    return frozenset(path for path in units if alike.find(path) in unclear)


def _unknown_path(operand: Operand) -> str:
    """The path of a figure that is not known; ``""`` of one that is."""
    return operand.path if isinstance(operand.stated, Missing) else ""


def _ranges(signs: Mapping[str, Sign], sign: Sign) -> dict[str, Interval]:
    """0 or more for the quantities of that sign, of those that are not printed as less than 0."""
    return {quantity: _AT_LEAST_0 for quantity, own in signs.items() if own is sign}


_AT_LEAST_0 = Interval(lower=0)


def _alike(printed: Mapping[str, Printing]) -> dict[str, list[int]]:
    """For each print the places of those of its quantity that say the same, itself included.

    They stand for each other where a rule rests on one.
    """
    # Most quantities are printed once: intervals are compared only among the prints of one.
    of_quantity: dict[str, list[int]] = {}
    printings = list(printed.values())
    for number, printing in enumerate(printings):
        of_quantity.setdefault(printing.quantity, []).append(number)

    def saying(printing: Printing) -> list[int]:
        places = of_quantity[printing.quantity]
        if len(places) == 1:
            return places
        own = printing.interval
        return [p for p in places if (its := printings[p].interval) is own or its == own]

    return {name: saying(printing) for name, printing in printed.items()}


def _with_coarse(equation: Equation) -> Equation:
    """The equation with whole amounts rounded beside finer ones, and beside one that is unknown.

    What the other statement does not print may be finer.
    """
    both = [s.stated for s in (equation.left, equation.right) if isinstance(s, Operand)]
    is_known = len(both) < 2 or all(isinstance(stated, Figure) for stated in both)
    return with_coarse_rounded(equation) if is_known else with_whole_rounded(equation)


_COMPARED = {
    "=": POINT_ZERO,
    "≤": Interval(upper=0),
    "<": Interval(upper=0, upper_closed=False),
    "≥": Interval(lower=0),
    ">": Interval(lower=0, lower_closed=False),
}


_BY_RULE = ("F06", "W04", "W07", "W11")
"""The relations in which a rule, and no equation, says what the first figure should be."""
_SCORED = ("F06", "W04", "W07")
"""Those that compute a score, or the range that it lies in."""


def _by_rule(finding: Finding) -> Interval | None:
    """What a rule says the first figure of the finding should be, if one does."""
    is_decided = finding.code in _BY_RULE and finding.verdict is not Verdict.UNCHECKED
    return finding.derived if is_decided else None


def _nearest(finding: Finding, due: Interval, print_: Interval) -> Interval:
    """Of the ranges that the result may lie in, those that the verdict on its print rests on."""
    # The system must not judge the print otherwise than the finding did.
    judged = [r for r in finding.ranges if meet(r, print_) is finding.verdict.holds]
    if finding.verdict.holds and judged:
        return Interval.hull(judged)
    return min(judged, default=due, key=lambda values: values.gap(print_) or 0)


def _is_printable(values: Interval, figure: Figure) -> bool:
    """Whether the ends of the values need no more decimals than the figure has."""
    step = last_place(figure)
    return all((end / step).denominator == 1 for end in (values.lower, values.upper) if end)


def _beyond(finding: Finding, equation: Equation) -> list[Operand]:
    """The figures that a finding rests on beyond those of its equation."""
    own = equation.operands
    if finding.operands is own:
        return []
    known = {id(operand) for operand in own}
    return [o for o in finding.operands if id(o) not in known and o not in own]


@functools.lru_cache(maxsize=4096)
def _sign_of(quantity: str) -> Sign:
    """Whether a quantity can be below 0. What a heading has in its words is points, never so."""
    path = quantity.partition("@")[0].partition("?")[0]
    steps = declarations(path)
    return steps[-1].sign if steps and steps[-1].kind else Sign.NEVER_NEGATIVE


def _signed(terms: Terms, sign: int) -> Terms:
    return terms if sign > 0 else tuple([(quantity, -factor) for quantity, factor in terms])


def _added_up(constraint: Constraint | None, zero: set[str]) -> list[str]:
    """The whole of which all parts are printed as 0, of a constraint that says so."""
    if not isinstance(constraint, Linear):
        return []
    if constraint.values is not POINT_ZERO and constraint.values != POINT_ZERO:
        return []
    wholes = [(quantity, factor) for quantity, factor in constraint.terms if quantity not in zero]
    signs = {factor.numerator > 0 for quantity, factor in constraint.terms if quantity in zero}
    if len(wholes) != 1 or len(constraint.terms) < 3:
        return []
    ((whole, factor),) = wholes
    return [whole] if signs == {factor < 0} else []


def _is_on(quotient: Quotient, zero: set[str]) -> bool:
    """Whether the base of a quotient is printed as 0, or all its parts are."""
    return all(quantity in zero for quantity, _ in quotient.denominator)


def _joined(terms: Terms, others: Terms, sign: int = -1) -> Terms:
    """The sum or difference of two sums, each quantity once, in an order of their own."""
    return _added([(terms, 1), (others, sign)])


def _added(sums: Iterable[tuple[Terms, int]]) -> Terms:
    """Several sums, each with its sign, as one."""
    added: dict[str, Fraction] = {}
    for terms, sign in sums:
        for quantity, coefficient in terms:
            signed = coefficient if sign > 0 else _negated(coefficient)
            added[quantity] = added[quantity] + signed if quantity in added else signed
    return tuple(sorted([(q, c) for q, c in added.items() if c]))


def _negated(coefficient: Fraction) -> Fraction:
    # Nearly all coefficients are 1: their negative is made once.
    return _MINUS if coefficient is _ONE else -coefficient


def _slack(terms: Terms, off: Mapping[str, Interval]) -> Interval:
    return interval_sum([off[q].scaled(c) for q, c in terms if q in off])
