"""Interval test vectors: our own, and those of the public tests of an XBRL viewer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import reduce
from operator import add
from pathlib import Path
from typing import Any

import pytest

from budgetperf import Figure, Interval, RoundingMode
from budgetperf.exact import common_interval

OWN, XBRL = (Path(__file__).with_name("data") / name for name in ("vectors.json", "intervals.json"))
SECTIONS = {"intervals", "intersections", "sums", "products", "totals", "duplicates", "truncation"}
Vector = dict[str, Any]


def vectors(section: str) -> Iterator[object]:
    for path in (OWN, XBRL):
        for n, vector in enumerate(json.loads(path.read_text("utf-8"))[section]):
            yield pytest.param(vector, id=f"{path.stem}-{n}")


def in_section(section: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("vector", list(vectors(section)))


def figure(
    value: str, decimals: int | None, *, mode: RoundingMode = RoundingMode.NEAREST
) -> Figure:
    if decimals is None:
        return Figure(value=value, rounding=None)
    return Figure(value=value, places=decimals, rounding=mode)


def closed(ends: list[str]) -> Interval:
    return Interval(lower=ends[0], upper=ends[1])


def term(stated: list[Any], mode: RoundingMode) -> Interval:
    """The interval of one term: weight, then value and decimals, or several printings."""
    weight, *printed = stated
    printings = printed if isinstance(printed[0], list) else [printed]
    common = common_interval(figure(*printing, mode=mode) for printing in printings)
    assert common is not None
    return common.scaled(weight)


@pytest.mark.parametrize("path", [OWN, XBRL], ids=lambda path: path.stem)
def test_no_section_is_left_out(path: Path) -> None:
    vectors = json.loads(path.read_text("utf-8"))
    assert set(vectors) - {"note"} == SECTIONS
    assert all(vectors[section] for section in SECTIONS)


@in_section("intervals")
def test_the_interval_of_a_figure(vector: Vector) -> None:
    stated = figure(vector["value"], vector["decimals"])
    assert stated.interval == closed(vector["interval"])


@in_section("intersections")
def test_intersections(vector: Vector) -> None:
    common: Interval | None = Interval()
    for ends in vector["of"]:
        common = common and common.intersection(closed(ends))
    assert common == (vector["is"] and closed(vector["is"]))


@in_section("sums")
def test_sums(vector: Vector) -> None:
    assert reduce(add, map(closed, vector["of"])) == closed(vector["is"])


@in_section("products")
def test_products(vector: Vector) -> None:
    product = closed(vector["is"])
    assert closed(vector["of"]).scaled(vector["by"]) == product
    assert closed(vector["of"]) * Interval.point(vector["by"]) == product


def assert_total(vector: Vector, mode: RoundingMode) -> None:
    computed = reduce(add, (term(stated, mode) for stated in vector["terms"]))
    lower_closed, upper_closed = vector.get("closed", (True, True))
    assert computed == Interval(
        lower=vector["computed"][0],
        upper=vector["computed"][1],
        lower_closed=lower_closed,
        upper_closed=upper_closed,
    )
    total = figure(*vector["total"], mode=mode).interval
    assert (computed.intersection(total) is not None) == vector["consistent"]
    assert (computed.gap(total) is None) == vector["consistent"]


@in_section("totals")
def test_totals(vector: Vector) -> None:
    assert_total(vector, RoundingMode.NEAREST)


@in_section("truncation")
def test_truncated_totals(vector: Vector) -> None:
    assert_total(vector, RoundingMode.DOWN)


@in_section("duplicates")
def test_duplicates(vector: Vector) -> None:
    printings = [figure(*printing) for printing in vector["figures"]]
    assert (common_interval(printings) is not None) == vector["consistent"]
    intervals = [closed(ends) for ends in vector.get("intervals", [])]
    assert not intervals or [printing.interval for printing in printings] == intervals


@pytest.mark.parametrize(
    ("total", "ties"),
    [("5.00", True), ("5.02", True), ("5.03", False), ("4.98", True), ("4.97", False)],
)
def test_five_rounded_parts_and_their_total(total: str, ties: bool) -> None:
    """They tie where they are less than 6 half-steps apart: 6 x 0.005 = 0.03 does not tie."""
    parts = reduce(add, (Figure(value="1.00").interval for _ in range(5)))
    assert (parts.gap(Figure(value=total).interval) is None) == ties
