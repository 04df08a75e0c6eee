"""What a report claims, as formulas of z3 over the true numbers behind its print.

The formulas are written from the catalogue of relations, from the field's texts and from the model
of a report, and no code of the audit is used. How headings that are not whole are rounded, and
which whole amounts are round, follows the conventions that the audit documents. A report *can be
true* if z3 finds true numbers that fulfil all its claims, and it cannot if there are none.

True numbers. There is a real number for each path of a report, printed or not. What the narrative
and the form state of one thing is one quantity (code ``F02``), and so is a further printing of a
figure. Sources, categories and indicators are matched by name, and where several in one place have
that name, not at all.

Print. A printed figure says that its true number lies in its cell. An amount in a column of whole
numbers is exact, and stands for half a unit to either side where the report has a finer amount, or
the relation a coarser one.
What a heading says of what stands under it is computed, and rounded if it is not whole. A weight
in percent is in points. A rate may have been cut instead of rounded: ``truncated=True`` admits
that, by the cells of both readings taken together.

What is not stated says nothing: its number may be anything, a negative amount of a masked source
and the score of an execution row that the form does not have included. Only what is there by
nature holds: weights, scores, and what is counted are not negative, a score is at most its weight.
A dash says that a thing does not apply: as a part of a sum it is 0, but an amount with one may be
any: what then differs is asked about. Of a whole with a dash, or a difference, nothing is said.

Where the field's texts leave two readings, a claim holds if it holds by one of them:

- a list of parts that is not known to be complete (sources without 其他资金, not all four
  categories) bounds the whole only if neither the whole nor any of its parts is blank or
  negative, and not if it divides the whole in two ways at once: by level and by year, or into
  what comes from upper levels and the transfers of which that may be made;
- a rate on a base that may be 0 says nothing;
- where an indicator does not apply (a dash), the rest may have been rescaled: weights add up to
  100 at most, and scores to the total at most;
- the completion of an indicator that should stay low is actual / target, target / actual,
  2 - actual / target, or 100 % if the target is met; so is one without ≥, ≤ or =;
- the deviations of a report have one of three definitions, a shortfall with or without its sign;
  percentage points exist only between rates, and are relative to the target elsewhere;
- the levels of the table are counted with or without headings under which nothing stands;
- a rating is that of the true total or of the printed one.

One reading is taken where the catalogue takes one although practice has more: an adjustment rate
is the net change over the initial budget, with its sign; a completion is not capped at 100 %.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

import attrs
import z3

from budgetperf import (
    DeviationDefinition,
    Direction,
    Figure,
    Indicator,
    MissingReason,
    RoundingMode,
)
from budgetperf.exact.unit import MONEY, RATIO
from budgetperf.model import CategoryAmount, EconomicCategory, Element, FundingKind, FundingSource
from budgetperf.model.indicators import heading_name, heading_points, is_subtotal
from tests.oracle.in_print import (
    PHASES,
    STATEMENTS,
    Claim,
    Formula,
    InPrint,
    Number,
    between,
    grain,
    is_rate,
    leaves,
    may_be_round,
    measure_one_thing,
    number,
    quotient,
)

__all__ = ["Claims"]

PUBLIC = ("overseas_travel", "vehicle_purchase", "vehicle_operation", "official_reception")
ZERO, ONE = Fraction(0), Fraction(1)


@attrs.frozen(kw_only=True)
class Row:
    """An indicator of a statement, and its path."""

    path: str
    indicator: Indicator


class Claims(InPrint):
    """The claims of one report."""

    # One quantity in several places.

    def tied(self, path: str, pair: Sequence[str]) -> Number:
        """The true number at ``path``, which a place that does not print it has as well.

        There a whole amount may come to stand beside finer ones.
        """
        figure = self.figure(path)
        is_alone = not all(map(self.figure, pair))
        if figure is not None and is_alone and may_be_round(figure, pair):
            return self.real(f"{path}~")
        return self.value(path, pair)

    def same(self, code: str, here: str, there: str) -> None:
        """Two places state one quantity."""
        pair = (here, there)
        if self.is_dash(here) or self.is_dash(there) or not self.alike(pair):
            return
        if self.is_silent(pair):
            return
        formula = self.tied(here, pair) == self.tied(there, pair)
        shown = [self.figure(path) for path in pair]
        if all(shown) and is_rate(here):
            # Both are rounded, or both are cut.
            modes = (RoundingMode.HALF_UP, RoundingMode.DOWN)
            formula = z3.And(
                formula,
                z3.Or(
                    *(
                        z3.And(
                            *(
                                between(self.real(path), figure.interval_under(mode))
                                for path, figure in zip(pair, shown, strict=True)
                                if figure is not None
                            )
                        )
                        for mode in modes
                    )
                ),
            )
        self.say(code, pair, formula)

    def in_both(self) -> None:
        """What narrative and form state is one quantity."""
        narrative, form = self.report.narrative, self.report.form
        for head, stated in attrs.asdict(narrative, recurse=False).items():
            if attrs.has(type(stated)):
                for path, _ in leaves(head, stated):
                    if "[" not in path:
                        code = "F02" if path.startswith("funding.total.") else "same"
                        self.same(code, f"narrative.{path}", f"form.{path}")
        self.same("F02", "narrative.total_score", "form.total_score")
        pairs: list[tuple[str, str, Sequence[Element], Sequence[Element], Sequence[str]]] = [
            ("F02", "funding.sources", narrative.funding.sources, form.funding.sources, PHASES),
            (
                "F02",
                "indicators",
                narrative.indicators,
                form.indicators,
                ("target.value", "actual", "weight", "score"),
            ),
            ("F02", "achievements", narrative.achievements, form.achievements, ("value",)),
            (
                "same",
                "basic_expenditure.categories",
                narrative.basic_expenditure.categories,
                form.basic_expenditure.categories,
                ("executed",),
            ),
            (
                "same",
                "project_expenditure.sources",
                narrative.project_expenditure.sources,
                form.project_expenditure.sources,
                PHASES,
            ),
        ]
        for code, container, ours, theirs, names in pairs:
            for i, j in matched(ours, theirs):
                for name in names:
                    self.same(
                        code, f"narrative.{container}[{i}].{name}", f"form.{container}[{j}].{name}"
                    )

    def printed_again(self) -> None:
        """A figure that is printed again is the same figure."""
        for index, figure in enumerate(self.report.repeated):
            again = f"again[{index}]"
            self.stated[again] = figure
            pair = (figure.path, again)
            if self.alike(pair) and not self.is_dash(figure.path):
                formula = self.value(again, pair) == self.value(figure.path, pair)
                self.say("F02", [figure.path], formula)

    # Money.

    def total(
        self,
        code: str,
        whole: str,
        parts: Sequence[str],
        *,
        complete: bool = True,
        with_dashes: bool = True,
    ) -> None:
        """A whole is the sum of its parts.

        A part with a dash may be none; of a whole with one nothing is said.
        """
        paths = (whole, *parts)
        dashes = [path for path in paths if self.is_dash(path)]
        if whole in dashes or (dashes and not with_dashes):
            return
        if self.is_silent(paths) or not self.alike(paths, MONEY):
            return
        unlisted = number(0)
        if not complete:
            unlisted = self.real(f"rest {whole} {code}")
            if all(map(self.is_known_not_negative, (whole, *parts))):
                self.say("nature", [whole], unlisted >= 0)
        added = z3.Sum(unlisted, *(self.part(part, paths) for part in parts))
        self.say(code, paths, self.value(whole, paths) == added)

    def is_known_not_negative(self, path: str) -> bool:
        figure = self.figure(path)
        return self.is_dash(path) or (figure is not None and figure.nominal >= 0)

    def of_list(self, code: str, whole: str, container: str, name: str) -> None:
        """A whole is the sum of a list, if that is known to be complete."""
        elements = self.elements(container)
        parts = [f"{container}[{index}].{name}" for index in range(len(elements))]
        complete = _is_complete(elements)
        if complete is None or self.is_silent(parts):
            return
        self.total(code, whole, parts, complete=complete)

    def elements(self, container: str) -> tuple[Element, ...]:
        part: Any = self.report
        for step in container.split("."):
            part = getattr(part, step)
        return tuple(part)

    def rate(self, code: str, rate: str, above: str, below: str) -> None:
        """A rate is a quotient."""
        figure = self.figure(rate)
        if figure is None or not self.alike((above, below)):
            return
        if figure.unit.symbol and figure.unit.dimension != RATIO:
            return
        pair = (above, below)
        numerator, denominator = (self.value(path, pair) for path in pair)
        formula = quotient(numerator, denominator, self.cell(figure, rate=True))
        self.say(code, (rate, *pair), formula)

    def money(self, where: str) -> None:
        """The relations between amounts."""
        total, basic, project = (
            f"{where}.{name}"
            for name in ("funding.total", "basic_expenditure", "project_expenditure")
        )
        for phase in PHASES:
            self.of_list("F01", f"{total}.{phase}", f"{where}.funding.sources", phase)
            self.total("F11", f"{total}.{phase}", (f"{basic}.{phase}", f"{project}.{phase}"))
        amount = f"{where}.adjustment.amount"
        both = (f"{total}.initial", amount)
        self.total("F03", f"{total}.revised", both, with_dashes=False)
        changes = [f"{part}.{phase}" for part in (basic, project) for phase in PHASES[:2]]
        paths = (amount, *changes)
        if self.alike(paths, MONEY) and not self.is_silent(paths):
            a, b, c, d = (self.value(path, paths) for path in changes)
            self.say("F11", paths, self.value(amount, paths) == (b - a) + (d - c))
        self.of_list("F12", f"{basic}.executed", f"{basic}.categories", "executed")
        self.of_list("F12", f"{project}.executed", f"{project}.sources", "executed")
        lines = [total, basic, project]
        lines += [
            f"{where}.funding.sources[{index}]"
            for index in range(len(self.elements(f"{where}.funding.sources")))
        ]
        for line in lines:
            self.rate("F05", f"{line}.execution_rate", f"{line}.executed", f"{line}.revised")
        self.rate("F08", f"{where}.adjustment.rate", amount, f"{total}.initial")
        self.shares(where)
        public = f"{where}.three_public"
        for name in ("budget", "executed"):
            items = [f"{public}.{item}.{name}" for item in PUBLIC]
            self.total("F14", f"{public}.total.{name}", items)
        self.rate(
            "F14", f"{public}.control_rate", f"{public}.total.executed", f"{public}.total.budget"
        )
        bought, assets = f"{where}.procurement", f"{where}.fixed_assets"
        self.rate("F15", f"{bought}.execution_rate", f"{bought}.executed", f"{bought}.budget")
        self.total(
            "F16",
            f"{assets}.original_value",
            (f"{assets}.net_value", f"{assets}.accumulated_depreciation"),
            with_dashes=False,
        )

    def shares(self, where: str) -> None:
        """The shares of basic and project expenditure, which together are the whole."""
        whole = f"{where}.funding.total.executed"
        parts = [f"{where}.{name}_expenditure.executed" for name in ("basic", "project")]
        shares = [part.replace(".executed", ".share") for part in parts]
        for share, part in zip(shares, parts, strict=True):
            self.rate("F13", share, part, whole)
        figures = [self.figure(share) for share in shares]
        if all(figure is not None and figure.unit.dimension == RATIO for figure in figures):
            # Beside its quotient each share is a number of its own, on a base that is not 0.
            first, second = (self.real(share) for share in shares)
            of_nothing = self.figure(whole) is not None and self.value(whole) == 0
            self.say("F13", shares, z3.Or(of_nothing, first + second == 1))

    # People, projects, levels.

    def counts(self) -> None:
        """People and projects are counted."""
        people = "department.staffing"
        self.counted(
            "F17",
            f"{people}.on_roll",
            [f"{people}.{name}" for name in ("in_service", "retired", "honorary_retired")],
        )
        self.counted(
            "F17",
            f"{people}.in_service",
            [f"{people}.{name}" for name in ("administrative", "public_institution")],
        )
        for where in STATEMENTS:
            projects = f"{where}.project_counts"
            for names in (("recurring", "new"), ("completed", "unfinished")):
                self.counted("F18", f"{projects}.total", [f"{projects}.{name}" for name in names])
            pair = (f"{projects}.new", f"{where}.adjustment.projects_added")
            if not self.is_silent(pair):
                new, added = (self.part(path) for path in pair)
                self.say("F18", pair, new >= added)
                self.not_negative(pair)

    def not_negative(self, paths: Iterable[str]) -> None:
        """What is counted or weighed is not negative; what is printed speaks for itself."""
        for path in paths:
            if self.figure(path) is None:
                self.say("nature", [path], self.value(path) >= 0)

    def counted(self, code: str, whole: str, parts: Sequence[str]) -> None:
        """A number of things is the sum of others; none is negative."""
        if self.is_silent((whole, *parts)):
            return
        added = z3.Sum(*(self.part(part) for part in parts))
        self.say(code, (whole, *parts), self.value(whole) == added)
        self.not_negative((whole, *parts))

    def levels(self) -> None:
        """The stated numbers of indicators are those of the table."""
        listed = [row.indicator for row in self.rows("form")]
        if not listed:
            return
        first = {heading_name(row.level1) for row in listed}
        second = {(heading_name(row.level1), heading_name(row.level2)) for row in listed}
        every = [row for row in self.report.form.indicators if not _sums_up(row)]
        # A row without a heading may stand under any, also under one of its own.
        blank1 = sum(not heading_name(row.level1) for row in listed)
        blank2 = sum(not (heading_name(row.level1) and heading_name(row.level2)) for row in listed)
        most1 = len({row.level1 for row in every}) + blank1
        most2 = len({(row.level1, row.level2) for row in every}) + blank2
        possible = {
            "level1": range(len(first - {""}), most1 + 1),
            "level2": range(len({two for two in second if all(two)}), most2 + 1),
            "level3": range(len(listed), len(listed) + 1),
        }
        for level, numbers in possible.items():
            path = f"narrative.level_counts.{level}"
            if self.figure(path) is not None:
                stated = self.value(path)
                self.say("C05", [path], z3.Or(*(stated == n for n in numbers)))

    # Indicators.

    def rows(self, where: str) -> list[Row]:
        """The indicators of a statement, without headings and subtotals."""
        return [
            Row(path=f"{where}.indicators[{index}]", indicator=indicator)
            for index, indicator in enumerate(getattr(self.report, where).indicators)
            if indicator.key and not _sums_up(indicator)
        ]

    def weights(self, where: str, whole: Fraction = Fraction(100)) -> None:
        """The weights add up to the whole, level by level; scores do not exceed them."""
        rows, top = self.rows(where), f"{where}.funding.total"
        paths = [f"{row.path}.weight" for row in rows]
        self.not_negative((*paths, f"{top}.weight"))
        if any(map(self.has_place, paths)):
            every = (*paths, f"{top}.weight")
            added = z3.Sum(*map(self.part, every))
            short = any(map(self.is_dash, every))
            short = short or self.is_part(where)
            self.say("W01", every, added <= number(whole) if short else added == number(whole))
        for head in (*(row.path for row in rows), top):
            score, weight = f"{head}.score", f"{head}.weight"
            if self.is_dash(score):
                continue
            code = "W03" if self.figure(score) is not None else "nature"
            self.say(code, [score, weight], self.value(score) >= 0)
            if not self.is_dash(weight):
                self.say(code, [score, weight], self.value(score) <= self.value(weight))
        for column in ("weight", "score"):
            self.headings(where, column)

    def is_part(self, where: str) -> bool:
        """Whether it is the text and does not tell all the indicators of the form."""
        form = [row.indicator for row in self.rows("form")]
        listed = [row.indicator for row in self.rows(where)]
        return where == "narrative" and len(matched(listed, form)) < len(form)

    def has_place(self, path: str) -> bool:
        """Whether the document has a place for the figure, filled in or not."""
        stated = self.stated[path]
        none = (MissingReason.NOT_STATED, MissingReason.DASH)
        return isinstance(stated, Figure) or stated.reason not in none

    def is_apart(self, head: str, column: str) -> bool:
        """Whether a row does not apply, or may not, so that it is left out of a sum."""
        shown = self.figure(f"{head}.{column}")
        if column == "weight" or (shown is not None and shown.value):
            return self.is_dash(f"{head}.{column}")
        # What was measured applies, whatever is printed for its weight.
        is_measured = self.figure(f"{head}.actual") is not None
        names = ("score", "actual") if is_measured else ("weight", "score", "actual")
        return any(self.is_dash(f"{head}.{name}") for name in names)

    def headings(self, where: str, column: str) -> None:
        """What a heading weighs, or scores, is the sum of what stands under it."""
        rows = self.rows(where)
        known = {row.path: _names(row.indicator) for row in rows}
        printed: list[tuple[tuple[str, ...], Figure, str]] = []
        for index, indicator in enumerate(getattr(self.report, where).indicators):
            path = f"{where}.indicators[{index}].{column}"
            names = _names(indicator)
            own = not indicator.key and names and not _sums_up(indicator)
            figure = self.figure(path)
            if own and figure is not None:
                printed.append((names, figure, path))
            if column == "weight":
                for depth, heading in enumerate((indicator.level1, indicator.level2), 1):
                    points = heading_points(heading)
                    if points is not None and len(names) >= depth:
                        printed.append((names[:depth], points, path))
        for names, figure, path in printed:
            under = [row for row in rows if known[row.path][: len(names)] == names]
            parts = [f"{row.path}.{column}" for row in under]
            if not under:
                continue
            doubtful = [
                row
                for row in rows
                if len(known[row.path]) < len(names)
                and known[row.path] == names[: len(known[row.path])]
            ]
            open_ended = doubtful or any(self.is_apart(row.path, column) for row in under)
            value, added = self.computed(figure, parts)
            formula = value >= added if open_ended else value == added
            self.say("W02", [path, *parts], formula)

    def computed(self, figure: Figure, parts: Sequence[str]) -> tuple[Number, Number]:
        """What a heading says, and what its parts add up to.

        It is computed, not set, and may have been rounded where it is not whole. Then what is added
        up elsewhere need not be what was added up here.
        """
        if figure.is_exact and figure.nominal.denominator == 1:
            return number(figure.nominal), z3.Sum(*map(self.part, parts))
        value = z3.Real(f"computed {next(self.fresh)}")
        half = grain(figure) / 2
        stated = [
            z3.And(value >= number(figure.nominal) - half, value <= number(figure.nominal) + half)
        ]
        terms = []
        for part in parts:
            term = z3.Real(f"added up {next(self.fresh)}")
            shown = self.figure(part)
            if self.is_dash(part):
                term = number(0)
            elif shown is not None:
                stated.append(between(term, shown.interval))
            else:
                stated.append(term >= 0)
            terms.append(term)
        self.say("nature", parts, z3.And(*stated))
        return value, z3.Sum(*terms)

    def totals(self) -> None:
        """The total is the sum of the scores of the form."""
        rows, top = self.rows("form"), "form.funding.total"
        scores = [f"{row.path}.score" for row in rows]
        if not any(map(self.has_place, scores)):
            return
        every = (*scores, f"{top}.score")
        short = any(self.is_apart(head, "score") for head in (*(row.path for row in rows), top))
        for where in STATEMENTS:
            path = f"{where}.total_score"
            self.say("W08", (path, *every), self.is_total(self.value(path), every, short=short))

    def is_total(self, total: Number, scores: Sequence[str], *, short: bool) -> Formula:
        added = z3.Sum(*map(self.part, scores))
        return total >= added if short else total == added

    def completions(self, where: str) -> None:
        """A completion rate is actual / target, or of a target to stay below, one of several."""
        for row in self.rows(where):
            head, target = row.path, row.indicator.target
            rate = self.figure(f"{head}.completion_rate")
            pair = (f"{head}.actual", f"{head}.target.value")
            if rate is None or rate.unit.dimension != RATIO or not self.alike(pair):
                continue
            values = self.cell(rate, rate=True)
            actual, aim = (self.value(path, pair) for path in pair)
            formula = quotient(actual, aim, values)
            if target.direction not in (Direction.AT_LEAST, Direction.EQUAL):
                met = actual < aim if target.strict else actual <= aim
                formula = z3.Or(
                    formula,
                    quotient(aim, actual, values),
                    quotient(2 * aim - actual, aim, values),
                    z3.And(met, z3.BoolVal(ONE in values)),
                )
            self.say("W10", (f"{head}.completion_rate", *pair), formula)

    def deviations(self, among: Sequence[DeviationDefinition]) -> None:
        """The deviations of all indicators have one definition, which all have a value under."""
        rows: list[tuple[str, Figure, Figure, Figure]] = []
        for row in itertools.chain.from_iterable(map(self.rows, STATEMENTS)):
            names = ("deviation", "actual", "target.value")
            off, actual, aim = (self.figure(f"{row.path}.{name}") for name in names)
            if off is None or actual is None or aim is None or off.unit.dimension != RATIO:
                continue
            if measure_one_thing([actual.unit, aim.unit]):
                rows.append((row.path, off, actual, aim))
        if not rows:
            return

        def base(definition: DeviationDefinition, actual: Figure, aim: Figure) -> str:
            if definition is DeviationDefinition.RELATIVE_TO_ACTUAL:
                return "actual"
            points = definition is DeviationDefinition.POINTS and aim.unit.dimension == RATIO
            return "" if points else "target.value"

        def has_values(definition: DeviationDefinition) -> bool:
            bases = {"actual": 2, "target.value": 3}
            bases_printed = (
                row[bases[name]] for row in rows if (name := base(definition, *row[2:]))
            )
            return all(
                figure.nominal or not figure.is_exact
                for figure in bases_printed
                if isinstance(figure, Figure)
            )

        readings: list[Formula] = []
        for definition in [definition for definition in among if has_values(definition)] or among:
            formulas: list[Formula] = []
            for head, off, actual, aim in rows:
                values = self.cell(off, rate=True)
                reached, due = (self.value(f"{head}.{name}") for name in ("actual", "target.value"))
                name = base(definition, actual, aim)
                divisor = self.value(f"{head}.{name}") if name else number(1)
                formulas.append(
                    z3.Or(
                        quotient(reached - due, divisor, values),
                        z3.And(reached < due, quotient(due - reached, divisor, values)),
                    )
                )
            readings.append(z3.And(*formulas))
        paths = [
            f"{row[0]}.{name}" for row in rows for name in ("deviation", "actual", "target.value")
        ]
        self.say("W11", paths, z3.Or(*readings))

    def all(self) -> list[Claim]:
        """Every claim that needs no rule-set."""
        self.printed_again()
        self.prints()
        self.in_both()
        self.counts()
        self.levels()
        for where in STATEMENTS:
            self.money(where)
            self.weights(where)
            self.completions(where)
        self.totals()
        self.deviations(list(DeviationDefinition))
        return self.found


LEVELS = {
    FundingKind.UPPER,
    FundingKind.LOCAL,
    FundingKind.CENTRAL_TRANSFER,
    FundingKind.REGIONAL_TRANSFER,
}
YEARS = {FundingKind.CURRENT_APPROPRIATION, FundingKind.CARRY_OVER}


def _is_complete(elements: Sequence[Element]) -> bool | None:
    """Whether a list is the whole of what it divides; ``None`` if it divides it in two ways."""
    kinds = {element.kind for element in elements if isinstance(element, FundingSource)}
    transfers = kinds & {FundingKind.CENTRAL_TRANSFER, FundingKind.REGIONAL_TRANSFER}
    if (kinds & LEVELS and kinds & YEARS) or (FundingKind.UPPER in kinds and transfers):
        return None
    if kinds:
        return FundingKind.OTHER in kinds
    categories = {element.category for element in elements if isinstance(element, CategoryAmount)}
    return categories == set(EconomicCategory) if categories else None


def _sums_up(indicator: Indicator) -> bool:
    return any(map(is_subtotal, (indicator.name, indicator.level1, indicator.level2)))


def _names(indicator: Indicator) -> tuple[str, ...]:
    """The headings that an indicator stands under, as far down as they are known."""
    first = heading_name(indicator.level1)
    second = heading_name(indicator.level2)
    return (first, second) if first and second else (first,) if first else ()


def _titles(element: Element) -> tuple[str, ...]:
    """The names of an element, the shortest first."""
    if isinstance(element, FundingSource):
        if element.kind is FundingKind.UNLISTED:
            return (f"unlisted {element.label}",)
        return (element.kind.value, f"{element.kind.value} {element.label}")
    if isinstance(element, CategoryAmount):
        return (element.category.value,)
    if isinstance(element, Indicator):
        if not element.key:
            return ()
        levels = [heading_name(level) for level in (element.level1, element.level2)]
        return (element.key, " ".join((*levels, element.key)))
    return (element.key,)


def _without_headings(elements: Sequence[Element]) -> set[str]:
    """The names of several indicators of which some have no heading at a level where others do."""
    levels: dict[str, list[tuple[bool, bool]]] = {}
    for element in elements:
        if isinstance(element, Indicator):
            levels.setdefault(element.key, []).append(
                (isinstance(element.level1, str), isinstance(element.level2, str))
            )
    return {
        name
        for name, headings in levels.items()
        if len(headings) > 1 and (len(set(headings)) > 1 or not any(headings[0]))
    }


def matched(ours: Sequence[Element], theirs: Sequence[Element]) -> list[tuple[int, int]]:
    """Which elements of two lists are one: those of a name that is the only one in both.

    Headings tell indicators of one name apart only where all of them have some at the same levels.
    """
    pairs: dict[int, int] = {}
    open_names = _without_headings(ours) | _without_headings(theirs)
    for depth in (0, 1):
        places: list[Mapping[str, list[int]]] = []
        for elements in (ours, theirs):
            named: dict[str, list[int]] = {}
            for index, element in enumerate(elements):
                titles = _titles(element)
                if titles and not (depth and titles[0] in open_names):
                    named.setdefault(titles[min(depth, len(titles) - 1)], []).append(index)
            places.append(named)
        for title, here in places[0].items():
            there = places[1].get(title, [])
            if len(here) == len(there) == 1:
                pairs.setdefault(here[0], there[0])
    taken = Counter(pairs.values())
    return [(i, j) for i, j in pairs.items() if taken[j] == 1]
