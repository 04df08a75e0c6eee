"""The slips that people make: each as the ways in which it can happen in a report."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import TypeAlias, TypeVar

import attrs

from budgetperf.exact import (
    MONEY,
    RATIO,
    Figure,
    RoundingMode,
    Unit,
    decimal_text,
    fixed_text,
    round_to,
)
from budgetperf.model import SelfEvaluation, figures

__all__ = ["SLIPS", "Change", "Sheet", "Slip", "decimals"]


@attrs.frozen(kw_only=True)
class Sheet:
    """A report and its figures by path, without those that are printed again."""

    report: SelfEvaluation
    figures: Mapping[str, Figure]

    @classmethod
    def of(cls, report: SelfEvaluation) -> Sheet:
        """The figures of a report."""
        return cls(report=report, figures=dict(figures(attrs.evolve(report, repeated=()))))

    def under(self, pattern: str) -> list[str]:
        """The paths that match a pattern, in the order of the report."""
        return [path for path in self.figures if re.fullmatch(pattern, path)]

    def value(self, path: str) -> Fraction:
        """The printed value in its base unit."""
        return self.figures[path].nominal

    def holds(self, *paths: str) -> bool:
        """Whether all of them are stated."""
        return all(path in self.figures for path in paths)


Change: TypeAlias = Mapping[str, Figure]
"""What stands at some paths after the slip."""
Slip: TypeAlias = Callable[[random.Random, Sheet], Iterator[Change]]
"""The ways in which a slip can happen in a report, in the order in which they are tried."""


_NUMBER = re.compile(r"-?[\d,]+(?:\.\d+)?")


def decimals(value: Decimal) -> int:
    """With how many decimals a value is printed."""
    return len(f"{value:f}".partition(".")[2])


def restated(figure: Figure, number: str, unit: str = "") -> Figure:
    """The figure with another number in its print, or with another unit."""
    text, found = _NUMBER.subn(number, figure.text, count=1)
    text = text if found else f"{number}{figure.unit.symbol}"  # it stood there in words
    if not unit:
        return attrs.evolve(figure, value=number, text=text, places=decimals(Decimal(number)))
    return Figure(
        value=number, unit=unit, text=text.replace(figure.unit.symbol, unit), path=figure.path
    )


def as_value(
    figure: Figure, value: Fraction, places: int, mode: RoundingMode = RoundingMode.HALF_UP
) -> Figure:
    """The figure with another value, in base units; what is whole is printed whole."""
    exact = value / figure.unit.scale
    rounded = round_to(exact, places, mode)
    return restated(
        figure, decimal_text(exact) if rounded == exact else fixed_text(rounded, places)
    )


def is_tie(figure: Figure, value: Fraction, places: int) -> bool:
    """Whether a value is rounded at a half: then the true one may be rounded the other way."""
    in_last_place: Fraction = value / figure.unit.scale * 10**places
    return in_last_place.denominator == 2


_T = TypeVar("_T")


def shuffled(rng: random.Random, found: Sequence[_T]) -> list[_T]:
    """In random order."""
    return rng.sample(found, len(found))


# Rates: what they are computed from, and from what else they could have been.


@attrs.frozen(kw_only=True)
class Quotient:
    """A printed rate and the two figures that it is computed from."""

    path: str
    numerator: str
    denominator: str


_FROM = (
    (r"(.+\.procurement)\.execution_rate", "{head}.executed", "{head}.budget"),
    (r"(.+)\.execution_rate", "{head}.executed", "{head}.revised"),
    (r"(.+)\.share", "{head}.executed", "{part}.funding.total.executed"),
    (r"(.+)\.adjustment\.rate", "{head}.adjustment.amount", "{part}.funding.total.initial"),
    (r"(.+)\.control_rate", "{head}.total.executed", "{head}.total.budget"),
    (r"(.+)\.completion_rate", "{head}.actual", "{head}.target.value"),
)
_LINES = r"funding\.total\.\w+|(?:basic|project)_expenditure\.\w+|adjustment\.amount"
_NEAR = {
    "procurement": r"procurement\.\w+|funding\.total\.\w+",
    "three_public": r"three_public\..+",
    "indicators": r"indicators\[\d+\]\.(?:actual|midyear|target\.value)",
    "": _LINES,
}
"""The figures among which an operand of a rate is mixed up, by where the rate stands."""


def quotients(sheet: Sheet) -> list[Quotient]:
    """The rates that are computed from two figures of the report."""
    found = []
    for path in sheet.figures:
        for pattern, above, below in _FROM:
            match = re.fullmatch(pattern, path)
            if match:
                names = {"head": match[1], "part": path.partition(".")[0]}
                numerator, denominator = above.format(**names), below.format(**names)
                if sheet.holds(numerator, denominator) and sheet.value(denominator):
                    found.append(Quotient(path=path, numerator=numerator, denominator=denominator))
                break
    return found


def neighbours(sheet: Sheet, rate: Quotient) -> list[str]:
    """The figures that could have been taken for an operand of the rate."""
    statement, _, rest = rate.path.partition(".")
    pattern = next(_NEAR[place] for place in _NEAR if rest.startswith(place))
    head = re.escape(rate.path.rpartition(".")[0])
    unit = sheet.figures[rate.numerator].unit
    return [
        path
        for path in sheet.under(rf"{statement}\.(?:{pattern})|{head}\.\w+")
        if sheet.figures[path].unit == unit
    ]


def rate_places(sheet: Sheet, path: str) -> int:
    """With how many decimals rates of this name are printed in this part of the report."""
    statement, name = path.partition(".")[0], path.rpartition(".")[2]
    own = {"completion_rate", "deviation"}
    alike = own if name in own else {"execution_rate", "share", "rate", "control_rate"}
    return max(
        figure.places
        for other, figure in sheet.figures.items()
        if other.startswith(statement) and other.rpartition(".")[2] in alike
    )


def operand_replaced(rng: random.Random, sheet: Sheet) -> Iterator[Change]:
    """A rate is computed with another figure of the report as an operand."""
    for rate in shuffled(rng, quotients(sheet)):
        near = neighbours(sheet, rate)
        pairs = [(other, rate.denominator) for other in near if other != rate.numerator]
        pairs += [(rate.numerator, other) for other in near if other != rate.denominator]
        places = rate_places(sheet, rate.path)
        for above, below in shuffled(rng, pairs):
            if sheet.value(below):
                value = sheet.value(above) / sheet.value(below)
                yield {rate.path: as_value(sheet.figures[rate.path], value, places)}


def truncated(rng: random.Random, sheet: Sheet) -> Iterator[Change]:
    """A rate is cut off instead of rounded."""
    for rate in shuffled(rng, quotients(sheet)):
        value = sheet.value(rate.numerator) / sheet.value(rate.denominator)
        figure = sheet.figures[rate.path]
        due, cut = (
            as_value(figure, value, figure.places, mode)
            for mode in (RoundingMode.HALF_UP, RoundingMode.DOWN)
        )
        if due.value == figure.value:
            yield {rate.path: cut}


def deviations(
    rng: random.Random, sheet: Sheet, definitions: Callable[[Fraction, Fraction], list[Fraction]]
) -> Iterator[Change]:
    """A relative deviation under another definition, as a function of actual value and target."""
    for path in shuffled(rng, sheet.under(r".+\.deviation")):
        head = path.removesuffix(".deviation")
        names = f"{head}.actual", f"{head}.target.value"
        if sheet.holds(*names) and all(map(sheet.value, names)):
            figure, (actual, target) = sheet.figures[path], map(sheet.value, names)
            places = rate_places(sheet, path)
            points = as_value(figure, actual - target, places)
            is_ratio = sheet.figures[names[0]].unit.dimension == RATIO
            if is_ratio and points.value == figure.value:
                continue
            for value in definitions(actual, target):
                if is_ratio or value != actual - target:
                    yield {path: as_value(figure, value, places)}


def points_for_percent(rng: random.Random, sheet: Sheet) -> Iterator[Change]:
    """A deviation is given in points where the report has it relative."""
    yield from deviations(rng, sheet, lambda actual, target: [actual - target])


def other_definition(rng: random.Random, sheet: Sheet) -> Iterator[Change]:
    """A rate by another definition: 调整后/年初, the change for the rate, on the other base."""
    ways = [deviations(rng, sheet, lambda a, t: rng.sample([(a - t) / t, (a - t) / a], 2))]
    ways += [_plus(sheet, r".+\.adjustment\.rate", 1), _plus(sheet, r".+\.control_rate", -1)]
    for way in shuffled(rng, ways):
        yield from way


def _plus(sheet: Sheet, pattern: str, whole: int) -> Iterator[Change]:
    for path in sheet.under(pattern):
        figure = sheet.figures[path]
        yield {path: as_value(figure, figure.nominal + whole, figure.places)}


def ratio_for_percent(rng: random.Random, sheet: Sheet) -> Iterator[Change]:
    """0.6847 stands where 68.47 % is due: in the text in full, in a column with its decimals."""
    for path in shuffled(rng, [p for p, f in sheet.figures.items() if f.unit.symbol == "%"]):
        figure = sheet.figures[path]
        value = figure.nominal * figure.unit.scale
        yield {path: as_value(figure, value, figure.places + 2)}
        if figure.places >= 2 and not is_tie(figure, value, figure.places):
            yield {path: as_value(figure, value, figure.places)}


# Amounts and digits.


def another_figure(rng: random.Random, sheet: Sheet) -> Iterator[Change]:
    """Another figure of the same unit, from not far away, is copied in its place."""
    order = _typed(sheet)
    for path in shuffled(rng, order):
        at, figure = order.index(path), sheet.figures[path]
        near = [p for p in order[max(0, at - 12) : at + 13] if _alike(p, path)]
        for other in shuffled(rng, near):
            if sheet.figures[other].unit == figure.unit:
                yield {path: restated(figure, f"{sheet.figures[other].value:f}")}


def _typed(sheet: Sheet) -> list[str]:
    """The figures that somebody types, without the year."""
    return [path for path in sheet.figures if path != "department.year"]


def _alike(path: str, other: str) -> bool:
    return path.partition(".")[0] == other.partition(".")[0]


def unit(rng: random.Random, sheet: Sheet) -> Iterator[Change]:
    """The number is in another unit than the one that stands there: 万元 for 元 and the like."""
    money = [path for path, f in sheet.figures.items() if f.unit.dimension == MONEY and f.value]
    for path in shuffled(rng, money):
        figure = sheet.figures[path]
        ways = []
        for symbol in ("元", "万元", "亿元"):
            other = Unit.of(symbol)
            number = figure.nominal / other.scale
            if (
                other != figure.unit
                and number >= 1
                and not is_tie(figure, number * figure.unit.scale, 2)
            ):
                ways.append(as_value(figure, number * figure.unit.scale, 2))
            fine = 2 if symbol == "元" else 6
            if other != figure.unit and figure.text.endswith(figure.unit.symbol):
                ways += [restated(figure, f"{figure.value:f}", symbol)] * (
                    decimals(figure.value) <= fine
                )
        yield from ({path: way} for way in shuffled(rng, ways))


def decimal_point(rng: random.Random, sheet: Sheet) -> Iterator[Change]:
    """The point is one or two places off; of a percentage one, or it would be a ratio."""
    for path in shuffled(rng, _typed(sheet)):
        figure = sheet.figures[path]
        powers = (1,) if figure.unit.dimension == RATIO else (1, 1, 2)
        for power in shuffled(rng, powers):
            value = figure.nominal * rng.choice((Fraction(10**power), Fraction(1, 10**power)))
            new = as_value(figure, value, figure.places)
            shown = figure.places or new.nominal == value
            if new.value and shown and not is_tie(figure, value, figure.places):
                yield {path: new}


def _digits(
    rng: random.Random, sheet: Sheet, slip: Callable[[str], Sequence[str]]
) -> Iterator[Change]:
    """A slip of the keys: ``slip`` gives what a number may become."""
    for path in shuffled(rng, _typed(sheet)):
        figure = sheet.figures[path]
        number = f"{figure.value:f}"
        ways = [way for way in slip(number) if _is_number(way) and way != number]
        yield from ({path: restated(figure, way)} for way in shuffled(rng, ways))


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(r"-?(?:0|[1-9]\d*)(?:\.\d+)?", text))


def digits_swapped(rng: random.Random, sheet: Sheet) -> Iterator[Change]:
    """Two neighbouring digits change places; a point between them stays."""
    return _digits(rng, sheet, lambda n: [re.sub(*swap, n) for swap in _swaps(n)])


def _swaps(number: str) -> list[tuple[str, str]]:
    return [(rf"^(-?[\d.]{{{i}}})(\d)(\.?)(\d)", r"\1\4\3\2") for i in range(len(number))]


def digit_wrong(rng: random.Random, sheet: Sheet) -> Iterator[Change]:
    """One digit is another."""
    return _digits(
        rng,
        sheet,
        lambda n: [
            n[:i] + digit + n[i + 1 :]
            for i, c in enumerate(n)
            if c.isdigit()
            for digit in "0123456789"
        ],
    )


def digit_doubled(rng: random.Random, sheet: Sheet) -> Iterator[Change]:
    """One digit before the point is typed twice."""
    return _digits(rng, sheet, lambda n: [n[: i + 1] + n[i:] for i in _before_point(n)])


def digit_lost(rng: random.Random, sheet: Sheet) -> Iterator[Change]:
    """One digit is not typed."""
    return _digits(
        rng, sheet, lambda n: [n[:i] + n[i + 1 :] for i, c in enumerate(n) if c.isdigit()]
    )


def _before_point(number: str) -> list[int]:
    return [i for i, c in enumerate(number.partition(".")[0]) if c.isdigit()]


def sign(rng: random.Random, sheet: Sheet) -> Iterator[Change]:
    """A minus is lost, or stands where none is due."""
    signed = sheet.under(r".+\.(?:adjustment\.(?:amount|rate)|deviation|change)")
    for path in shuffled(rng, signed):
        figure = sheet.figures[path]
        yield {path: restated(figure, f"{figure.value.copy_negate():f}")}


# Sums.

_TOTALS = (
    (r"(.+)\.funding\.total\.(initial|revised|executed)", r"{0}\.funding\.sources\[\d+\]\.{1}"),
    (r"(.+)\.basic_expenditure\.executed", r"{0}\.basic_expenditure\.categories\[\d+\]\.executed"),
    (
        r"(.+)\.project_expenditure\.executed",
        r"{0}\.project_expenditure\.sources\[\d+\]\.executed",
    ),
    (r"(.+)\.three_public\.total\.(\w+)", r"{0}\.three_public\.[a-z]+_[a-z]+\.{1}"),
    (r"(?:.+)\.total_score", r"form\.(?:funding\.total|indicators\[\d+\])\.score"),
)


def totals(sheet: Sheet) -> list[tuple[str, list[str]]]:
    """The totals of at least two parts, each with its parts in the order of the report."""
    found = []
    for pattern, parts in _TOTALS:
        for path in sheet.under(pattern):
            match = re.fullmatch(pattern, path)
            members = sheet.under(parts.format(*match.groups())) if match else []
            if len(members) > 1:
                found.append((path, members))
    return found


def total_not_updated(rng: random.Random, sheet: Sheet) -> Iterator[Change]:
    """The last part was added later, and the total stayed as it was."""
    for path, parts in shuffled(rng, totals(sheet)):
        figure = sheet.figures[path]
        last = next((part for part in reversed(parts) if sheet.value(part)), None)
        rest = sum((sheet.value(part) for part in parts if part != last), Fraction(0))
        if last and rest:
            yield {path: as_value(figure, rest, figure.places)}


def remainder_forced(rng: random.Random, sheet: Sheet) -> Iterator[Change]:
    """The last share or part is what the others leave over, and not its own rounding."""
    ways = [_rest_of_shares(sheet), _rest_of_total(rng, sheet)]
    for way in shuffled(rng, ways):
        yield from way


def _rest_of_shares(sheet: Sheet) -> Iterator[Change]:
    for path in sheet.under(r".+\.project_expenditure\.share"):
        other = path.replace("project", "basic")
        if sheet.holds(other):
            figure = sheet.figures[path]
            number = 100 - Fraction(sheet.figures[other].value)
            yield {
                path: restated(figure, fixed_text(round_to(number, figure.places), figure.places))
            }


def _rest_of_total(rng: random.Random, sheet: Sheet) -> Iterator[Change]:
    for path, parts in shuffled(rng, totals(sheet)):
        last = next((part for part in reversed(parts) if sheet.value(part)), None)
        if last and "score" not in path:
            rest = sheet.value(path) - sum(sheet.value(part) for part in parts if part != last)
            figure = sheet.figures[last]
            if rest > 0:
                yield {last: as_value(figure, rest, figure.places)}


def folded(rng: random.Random, sheet: Sheet) -> Iterator[Change]:
    """One source is folded into another, in one of the two statements that have them."""
    in_both = [
        [f"{where}.funding.sources[{i}].{phase}" for i in indices]
        for where, other in (("narrative", "form"), ("form", "narrative"))
        if sheet.under(rf"{other}\.funding\.sources.+")
        for phase in ("initial", "revised", "executed")
        for indices in [range(len(sheet.under(rf"{where}\.funding\.sources\[\d+\]\.{phase}")))]
    ]
    for paths in shuffled(rng, in_both):
        stated = [path for path in paths if sheet.figures[path].value]
        for source in shuffled(rng, stated):
            for into in shuffled(rng, [path for path in paths if path != source]):
                a, b = sheet.figures[source], sheet.figures[into]
                yield {source: restated(a, "0"), into: as_value(b, a.nominal + b.nominal, b.places)}


def copied_from_weights(rng: random.Random, sheet: Sheet) -> Iterator[Change]:
    """The total is that of the weights, though marks were deducted."""
    weights = sheet.under(r"form\.(?:funding\.total|indicators\[\d+\])\.weight")
    for path in shuffled(rng, sheet.under(r".+\.total_score")):
        total = sum((sheet.value(weight) for weight in weights), Fraction(0))
        if weights:
            yield {path: as_value(sheet.figures[path], total, 0)}


SLIPS: Mapping[str, Slip] = MappingProxyType(
    {
        "operand-replaced": operand_replaced,
        "another-figure": another_figure,
        "other-definition": other_definition,
        "points-for-percent": points_for_percent,
        "ratio-for-percent": ratio_for_percent,
        "unit": unit,
        "decimal-point": decimal_point,
        "digits-swapped": digits_swapped,
        "digit-wrong": digit_wrong,
        "digit-doubled": digit_doubled,
        "digit-lost": digit_lost,
        "sign": sign,
        "truncated": truncated,
        "remainder-forced": remainder_forced,
        "folded": folded,
        "total-not-updated": total_not_updated,
        "copied-from-weights": copied_from_weights,
    }
)
"""The slips by their codes, which are those of the explanations."""
