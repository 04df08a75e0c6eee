"""Small systems in the notation of the field, for examples that are worked out by hand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from budgetperf import Interval
from budgetperf.exact import cell
from budgetperf.linear.system import Constraint, Linear, Printing, Quotient, System, Terms

__all__ = ["printed", "span", "written"]

_COMPARED = {"=": Interval.point(0), "<=": Interval(upper=0), ">=": Interval(lower=0)}


def span(text: str) -> Interval:
    """``[2.5, 3.5)`` and the like, with ``-oo`` and ``oo``."""
    lower, upper = text[1:-1].split(", ")
    return Interval(
        lower=None if lower == "-oo" else lower,
        upper=None if upper == "oo" else upper,
        lower_closed=text[0] == "[",
        upper_closed=text[-1] == "]",
    )


def printed(text: str) -> Interval:
    """``3.10`` was rounded to 2 places, ``=7`` is exact, ``[2, 3)`` is itself."""
    if text[0] in "[(":
        return span(text)
    if text[0] == "=":
        return Interval.point(text[1:])
    return cell(Fraction(text), len(text.partition(".")[2]))


def written(
    *relations: str, ranges: dict[str, str] | None = None, **prints: str | Sequence[str]
) -> System:
    """A system such as ``written("c = a + b", "r = a / c", a="1.0", b="2.0", c="4.0")``.

    Args:
        relations: a sum or a quotient; terms are quantities, ``2*a`` or numbers.
        ranges: natural ranges.
        prints: what is printed of a quantity, once or several times, in the order of the owners.
    """
    printings = [
        Printing(quantity=quantity, interval=printed(text))
        for quantity, texts in prints.items()
        for text in ([texts] if isinstance(texts, str) else texts)
    ]
    return System(
        printings=tuple(printings),
        constraints=tuple(_constraint(relation) for relation in relations),
        ranges={quantity: span(text) for quantity, text in (ranges or {}).items()},
    )


def _constraint(relation: str) -> Constraint:
    left, comparator, right = re.split(r" (=|<=|>=) ", relation)
    if "/" in right:
        above, below = right.split(" / ")
        return Quotient(rate=left, numerator=_sum(above)[0], denominator=_sum(below)[0])
    (left_terms, added), (right_terms, known) = _sum(left), _sum(right)
    terms = (*left_terms, *((quantity, -factor) for quantity, factor in right_terms))
    values = _COMPARED[comparator] + Interval.point(known - added)
    return Linear(terms=terms, values=values)


def _sum(text: str) -> tuple[Terms, Fraction]:
    """The quantities of a sum with their coefficients, and what is added to them."""
    terms: Terms = ()
    known = Fraction(0)
    for sign, factor, name, number in re.findall(
        r"([+-]?) ?(?:(?:([\d.]+)\*)?([a-z]\w*)|([\d.]+))", text.strip("()")
    ):
        signed = Fraction(-1 if sign == "-" else 1)
        if name:
            terms = (*terms, (name, signed * Fraction(factor or 1)))
        else:
            known += signed * Fraction(number)
    return terms, known
