"""Printed sums judged here and by Arelle, the public XBRL processor.

    pip install arelle-release
    python benchmarks/against_arelle.py --sums 2000 --seed 1

Draws totals of 1 to 12 printed parts, added and taken away, each true, off, or wrong by just as
much as rounding can explain. Half of them are equations as one types them, for ``check``: there
the column decides how precise a figure is. The other half are figures with a precision each, for
``judge``. Arelle gets the same sums as one XBRL report: an entity for each sum, a fact for each
figure, with ``decimals``, and summation-item arcs of Calculations 1.1 with weights 1 and -1. It
checks them in its round-to-nearest mode, without a network.

In XBRL a fact of v with d decimals stands for [v - u/2, v + u/2], u = 10^-d, closed at both ends:
a half may have been rounded either way. 四舍五入 leaves the half-open [v - u/2, v + u/2) for
v > 0, its mirror image for v < 0 and (-u/2, u/2) for 0. So the two differ at an end point only:
where a total and the sum of its parts lie exactly Σu/2 apart, over all figures that are rounded.
The intervals then have one number in common if they are closed. It belongs to the half-open ones
if each rounded figure would have to move towards 0 to get there. Hence what is expected:

* not at an end point: the same verdict;
* at an end point, each rounded figure moving towards 0: both say that the sum holds;
* at any other end point: Arelle says that the sum holds, we do not. This is the only difference;
* with ``RoundingMode.NEAREST``, which is closed at both ends: the same verdict always.

Prints how many sums came out how. The exit status is 1 if one came out in any other way.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from importlib.metadata import version
from pathlib import Path

import attrs

import budgetperf as bp
from budgetperf.relations.expression import Equation, Operand, Sum
from budgetperf.relations.judging import judge

__all__ = ["Compared", "Print", "PrintedSum", "as_text", "draw", "inconsistent_in_arelle"]

MOST_PARTS = 12
SCALES = {"": 0, "人": 0, "分": 0, "元": 0, "万元": 4, "亿元": 8, "%": -2}
"""The power of ten of each unit."""
COLUMNS = (("",), ("人",), ("分",), ("元",), ("万元",), ("%",), ("元", "万元"), ("万元", "亿元"))
"""Units that stand together in one sum."""


def fixed(digits: int, places: int) -> str:
    """``digits`` over ten to the power of ``places``, without an exponent."""
    return f"{Decimal(digits).scaleb(-places):f}"


@attrs.frozen(kw_only=True)
class Print:
    """A figure in its base unit: ``digits`` over ten to the power of ``places``."""

    digits: int
    places: int
    rounded: bool

    @property
    def value(self) -> Fraction:
        return self.digits * Fraction(10) ** -self.places

    @property
    def reach(self) -> Fraction:
        """How far the true value may lie away."""
        return Fraction(10) ** -self.places / 2 if self.rounded else Fraction(0)

    def figure(self, rounding: bp.RoundingMode) -> bp.Figure:
        return bp.Figure(
            value=Decimal(fixed(self.digits, self.places)),
            places=self.places,
            rounding=rounding if self.rounded else None,
        )


@attrs.frozen(kw_only=True)
class PrintedSum:
    """A total and its parts, each with its sign; ``text`` if they are typed as an equation."""

    total: Print
    parts: tuple[tuple[int, Print], ...]
    text: str = ""

    @property
    def distance(self) -> Fraction:
        """By how much the total is more than its parts."""
        return self.total.value - sum(sign * part.value for sign, part in self.parts)

    @property
    def reach(self) -> Fraction:
        """How much rounding can explain."""
        return self.total.reach + sum(part.reach for _, part in self.parts)

    @property
    def at_end_point(self) -> bool:
        """Whether the closed intervals have one number in common that is an end of one."""
        return self.reach == abs(self.distance) > 0

    @property
    def all_towards_zero(self) -> bool:
        """Whether each rounded figure moves towards 0, where the total and its parts meet."""
        up = 1 if self.distance > 0 else -1
        moves = [(-up, self.total), *((sign * up, part) for sign, part in self.parts)]
        return all(move * figure.digits < 0 for move, figure in moves if figure.rounded)

    def judged(self, rounding: bp.RoundingMode) -> bp.Verdict:
        """The verdict on the figures, had they all been rounded in one way."""
        total = Operand(stated=self.total.figure(rounding))
        parts = Sum(
            terms=tuple((sign, Operand(stated=part.figure(rounding))) for sign, part in self.parts)
        )
        return judge(Equation(left=total, comparator="=", right=parts)).verdict

    def verdict(self) -> bp.Verdict:
        """The verdict as people get it."""
        return bp.check(self.text).verdict if self.text else self.judged(bp.RoundingMode.HALF_UP)


@attrs.frozen(kw_only=True)
class Compared:
    """A sum, whether it holds here, here with ``NEAREST``, and in Arelle."""

    sum: PrintedSum
    ours: bool
    nearest: bool
    arelle: bool

    @property
    def at_end_point(self) -> bool:
        return self.sum.at_end_point

    @property
    def as_expected(self) -> bool:
        if self.nearest != self.arelle:
            return False
        if self.at_end_point:
            return self.arelle and self.ours == self.sum.all_towards_zero
        return self.ours == self.arelle


# Drawing


@attrs.frozen(kw_only=True)
class Typed:
    """How a figure is typed, and how precise that makes it."""

    unit: str
    typed: int
    places: int
    rounded: bool

    def print(self, digits: int) -> Print:
        """The figure with so many of the last place that is typed."""
        more = self.places - self.typed + SCALES[self.unit]
        return Print(digits=digits * 10**more, places=self.places, rounded=self.rounded)

    def text(self, digits: int) -> str:
        return f"{fixed(digits, self.typed)}{self.unit}"


def draw(rng: random.Random) -> PrintedSum:
    """A random sum."""
    count = rng.randint(1, MOST_PARTS)
    is_typed = rng.random() < 0.5
    whole, *layout = (column if is_typed else freely)(rng, count + 1)
    size = rng.choice((1, 2, 3, 4, 6, 9, 15))
    signs = [rng.choice((1, 1, 1, -1)) for _ in layout]
    digits = [some_digits(rng, size) for _ in layout]
    up = rng.choice((1, -1))
    if rng.random() < 0.3:
        digits = opposed(layout, [sign * up for sign in signs], digits)
    drawn = list(zip(signs, layout, digits, strict=True))
    parts = tuple((sign, typed.print(number)) for sign, typed, number in drawn)
    total = a_total(rng, whole, parts, up)
    sides = [whole.text(total), as_text([(sign, typed.text(n)) for sign, typed, n in drawn])]
    rng.shuffle(sides)
    text = " = ".join(sides) if is_typed else ""
    return PrintedSum(total=whole.print(total), parts=parts, text=text)


def opposed(layout: Sequence[Typed], signs: Sequence[int], digits: Sequence[int]) -> list[int]:
    """The digits, so that what is exact counts one way and what is rounded the other.

    The rounded figures may then all move towards 0 where they meet.
    """
    return [
        (-sign if typed.rounded else sign) * abs(number)
        for typed, sign, number in zip(layout, signs, digits, strict=True)
    ]


def column(rng: random.Random, count: int) -> list[Typed]:
    """Figures of one column: those of one unit share the most decimals that one of them shows.

    A figure without decimals is exact if nothing in the column is finer or coarser. Two single
    figures share nothing: whole counts, points and bare numbers are exact then, money and rates are
    not.
    """
    units = rng.choice(COLUMNS)
    most = rng.choice((0, 0, 1, 2, 2, 4, 6))
    typed = [(rng.choice(units), rng.choice((most, most, rng.randint(0, most))))]
    typed += [(rng.choice(units), rng.choice((most, typed[0][1], 0))) for _ in range(count - 1)]
    if count == 2:
        return [
            Typed(
                unit=unit,
                typed=places,
                places=places - SCALES[unit],
                rounded=bool(places) or unit not in ("", "人", "分"),
            )
            for unit, places in typed
        ]
    shared = {unit: max(p for u, p in typed if u == unit) for unit, _ in typed}
    steps = {places - SCALES[unit] for unit, places in shared.items()}
    return [
        Typed(
            unit=unit,
            typed=places,
            places=shared[unit] - SCALES[unit],
            rounded=bool(shared[unit]) or len(steps) > 1,
        )
        for unit, places in typed
    ]


def freely(rng: random.Random, count: int) -> list[Typed]:
    """Figures with a precision each, more or less of them exact."""
    exact = rng.choice((0, 10, 50, 90, 100))
    places = rng.randint(-4, 6)
    spread = rng.choice((0, 0, 1, 3))
    chosen = [places + rng.randint(-spread, spread) for _ in range(count)]
    return [
        Typed(unit="", typed=each, places=each, rounded=rng.randrange(100) >= exact)
        for each in chosen
    ]


def some_digits(rng: random.Random, size: int) -> int:
    """Up to ``size`` digits; sometimes less than nothing, or nothing."""
    return rng.choice((1, 1, 1, 1, 1, -1, rng.choice((0, -1)))) * rng.randrange(10**size)


def a_total(rng: random.Random, typed: Typed, parts: Sequence[tuple[int, Print]], up: int) -> int:
    """The digits of a total that is right, off, or at or beside what rounding can explain.

    It is off upwards if ``up`` is 1, downwards if it is -1.
    """
    unit = typed.print(1)
    reach = unit.reach + sum(part.reach for _, part in parts)
    due = sum((sign * part.value for sign, part in parts), start=Fraction(0))
    off = rng.choice((0, 1, 1, 1, Fraction(rng.randint(0, 300), 100))) * reach
    steps = round((due + up * off) / unit.value)
    return steps + rng.choice((0, 0, 0, 1, -1))


def as_text(terms: Sequence[tuple[int, str]]) -> str:
    """One side of an equation, with signed terms."""
    shown = [(sign, f"({number})" if number[0] == "-" else number) for sign, number in terms]
    text = " ".join(f"{'+' if sign > 0 else '-'} {number}" for sign, number in shown)
    return text.removeprefix("+ ")


# Arelle

_NAMESPACES = (
    'xmlns:xbrli="http://www.xbrl.org/2003/instance" '
    'xmlns:link="http://www.xbrl.org/2003/linkbase" '
    'xmlns:xlink="http://www.w3.org/1999/xlink" '
    'xmlns:xs="http://www.w3.org/2001/XMLSchema" '
    'xmlns:s="https://sums.example/"'
)
_CONCEPTS = tuple(f"{sign}{number}" for sign in ("plus", "minus") for number in range(MOST_PARTS))
_SUMMATION = "https://xbrl.org/2023/arcrole/summation-item"
_MESSAGE = re.compile(r"Calculation inconsistent .* context s(\d+) unit number", re.DOTALL)


def taxonomy() -> str:
    """A total and what may be added to it and taken away."""
    elements = "".join(
        f'<xs:element name="{concept}" id="{concept}" type="xbrli:decimalItemType" '
        'substitutionGroup="xbrli:item" xbrli:periodType="instant"/>\n'
        for concept in ("total", *_CONCEPTS)
    )
    return (
        f'<xs:schema {_NAMESPACES} targetNamespace="https://sums.example/">\n'
        "<xs:annotation><xs:appinfo>\n"
        '<link:linkbaseRef xlink:type="simple" xlink:href="links.xml" '
        'xlink:role="http://www.xbrl.org/2003/role/calculationLinkbaseRef" '
        'xlink:arcrole="http://www.w3.org/1999/xlink/properties/linkbase"/>\n'
        "</xs:appinfo></xs:annotation>\n"
        '<xs:import namespace="http://www.xbrl.org/2003/instance" '
        'schemaLocation="http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd"/>\n'
        f"{elements}</xs:schema>\n"
    )


def links() -> str:
    """What adds up to the total; a sum that does not report a part has none."""
    locators = "".join(
        f'<link:loc xlink:type="locator" xlink:href="taxonomy.xsd#{concept}" '
        f'xlink:label="{concept}"/>\n'
        for concept in ("total", *_CONCEPTS)
    )
    arcs = "".join(
        f'<link:calculationArc xlink:type="arc" xlink:arcrole="{_SUMMATION}" '
        f'xlink:from="total" xlink:to="{concept}" order="{order}" '
        f'weight="{1 if concept.startswith("plus") else -1}"/>\n'
        for order, concept in enumerate(_CONCEPTS, start=1)
    )
    return (
        f"<link:linkbase {_NAMESPACES}>\n"
        f'<link:arcroleRef arcroleURI="{_SUMMATION}" xlink:type="simple" '
        'xlink:href="https://www.xbrl.org/2023/calculation-1.1.xsd#summation-item"/>\n'
        '<link:calculationLink xlink:type="extended" '
        'xlink:role="http://www.xbrl.org/2003/role/link">\n'
        f"{locators}{arcs}</link:calculationLink></link:linkbase>\n"
    )


def instance(sums: Sequence[PrintedSum]) -> str:
    """A report with an entity for each sum."""
    return "".join(
        (
            f"<xbrli:xbrl {_NAMESPACES}>\n",
            '<link:schemaRef xlink:type="simple" xlink:href="taxonomy.xsd"/>\n',
            '<xbrli:unit id="number"><xbrli:measure>xbrli:pure</xbrli:measure></xbrli:unit>\n',
            *(line for number, one in enumerate(sums) for line in facts(number, one)),
            "</xbrli:xbrl>\n",
        )
    )


def facts(number: int, one: PrintedSum) -> Iterator[str]:
    """The entity of a sum, and its figures."""
    yield (
        f'<xbrli:context id="s{number}"><xbrli:entity>'
        f'<xbrli:identifier scheme="https://sums.example/">{number}</xbrli:identifier>'
        "</xbrli:entity><xbrli:period><xbrli:instant>2023-12-31</xbrli:instant></xbrli:period>"
        "</xbrli:context>\n"
    )
    signed = [("plus" if sign > 0 else "minus", part) for sign, part in one.parts]
    named = [("total", one.total)]
    named += [(f"{sign}{place}", part) for place, (sign, part) in enumerate(signed)]
    for concept, figure in named:
        decimals = str(figure.places) if figure.rounded else "INF"
        yield (
            f'<s:{concept} contextRef="s{number}" unitRef="number" decimals="{decimals}">'
            f"{fixed(figure.digits, figure.places)}</s:{concept}>\n"
        )


def inconsistent_in_arelle(sums: Sequence[PrintedSum]) -> frozenset[int]:
    """The numbers of the sums that Arelle calls inconsistent.

    Raises:
        RuntimeError: Arelle says anything else about the report.
    """
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        report.write_text(instance(sums), encoding="utf-8")
        report.with_name("taxonomy.xsd").write_text(taxonomy(), encoding="utf-8")
        report.with_name("links.xml").write_text(links(), encoding="utf-8")
        said = arelle_says(report)
    numbers = set[int]()
    for message in said:
        told = _MESSAGE.fullmatch(message)
        if told is None:
            raise RuntimeError(message)
        numbers.add(int(told[1]))
    return frozenset(numbers)


def arelle_says(report: Path) -> list[str]:
    """What Arelle has to say, apart from how long it took."""
    from arelle.api.Session import Session  # pyright: ignore[reportMissingImports]
    from arelle.logging.handlers.StructuredMessageLogHandler import (  # pyright: ignore[reportMissingImports]
        StructuredMessageLogHandler,
    )
    from arelle.RuntimeOptions import RuntimeOptions  # pyright: ignore[reportMissingImports]

    options = RuntimeOptions(
        entrypointFile=str(report),
        validate=True,
        calcs="round-to-nearest",
        workOffline=True,
        disablePersistentConfig=True,
        uiLang="en",
    )
    with Session() as session:
        if not session.run(options, logHandler=StructuredMessageLogHandler()):
            raise RuntimeError("Arelle could not read the report")
        messages = session.get_log_messages()
    return [str(message["msg"]) for message in messages if message["levelname"] != "INFO"]


# Comparing


def compare(sums: Sequence[PrintedSum]) -> list[Compared]:
    """Each sum with what is said of it."""
    wrong = inconsistent_in_arelle(sums)
    return [
        Compared(
            sum=one,
            ours=one.verdict().holds,
            nearest=one.judged(bp.RoundingMode.NEAREST).holds,
            arelle=number not in wrong,
        )
        for number, one in enumerate(sums)
    ]


def outcome(compared: Compared) -> str:
    """Under which line of the table a sum is counted."""
    if not compared.as_expected:
        return "other differences"
    if compared.ours != compared.arelle:
        return "differing at an end point"
    return "consistent in both" if compared.ours else "inconsistent in both"


def table(compared: Sequence[Compared]) -> str:
    """How many sums came out how."""
    counts = Counter(map(outcome, compared))
    lines = {
        "sums": len(compared),
        "as typed equations": sum(bool(c.sum.text) for c in compared),
        "at an end point": sum(c.at_end_point for c in compared),
        "consistent in both": counts["consistent in both"],
        "of them at an end point": sum(c.at_end_point and c.ours for c in compared),
        "inconsistent in both": counts["inconsistent in both"],
        "differing at an end point": counts["differing at an end point"],
        "differing with NEAREST": sum(c.nearest != c.arelle for c in compared),
        "other differences": counts["other differences"],
    }
    return "\n".join(f"{line:<28}{count:>8}" for line, count in lines.items())


def main() -> int:
    """Print the table; 1 if a sum came out as it should not."""
    options = argparse.ArgumentParser(prog="against_arelle.py", description=__doc__)
    options.add_argument("--sums", type=int, default=2000)
    options.add_argument("--seed", type=int, default=0)
    arguments = options.parse_args()
    rng = random.Random(arguments.seed)
    start = time.perf_counter_ns()
    compared = compare([draw(rng) for _ in range(arguments.sums)])
    print(table(compared))
    print(f"{'seconds':<28}{(time.perf_counter_ns() - start) // 10**9:>8}")
    print(f"{'Arelle':<28}{version('arelle-release'):>8}")
    unexpected = [c for c in compared if not c.as_expected]
    for one in unexpected[:10]:
        print(one)
    return 1 if unexpected else 0


if __name__ == "__main__":
    sys.exit(main())
