"""Printings that can change places, worked out by hand."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetperf.linear.alike import NONE_ALIKE, Alike, alike
from budgetperf.linear.diagnoses import disjoint_conflicts
from budgetperf.linear.masks import Mask, bits
from budgetperf.linear.system import Solver, System
from tests.oracle.written import written


def alike_of(system: System, labels: tuple[object, ...] = ()) -> Alike:
    conflicts, _ = disjoint_conflicts(Solver(system))
    return alike(system, labels or ("",) * len(system.printings), conflicts)


def families(same: Alike) -> list[list[tuple[int, ...]]]:
    return [[tuple(sorted(block)) for block in family] for family in same.families]


PARTS = written("t = a + b + c + d", a="=1", b="=1", c="=1", d="=2", t="=9")


def test_equal_parts_of_a_sum_are_alike() -> None:
    """a, b and c; d is another number, and the total stands on the other side."""
    same = alike_of(PARTS)

    assert families(same) == [[(0,), (1,), (2,)]]
    assert same.first(Mask(0b00100)) == 0b00001
    assert same.first(Mask(0b10110)) == 0b10011
    assert [bits(mask) for mask in same.images(Mask(0b00001))] == [[0], [1], [2]]
    assert same.count(Mask(0b00011)) == 3
    assert same.count(Mask(0b11000)) == 1
    assert same.spread(Mask(0b10001)) == 0b10111


def test_parts_that_are_not_printed_are_nothing_to_choose_from() -> None:
    """x and y are alike, and no print of them could be wrong."""
    relation = "t = a + b + x + y"
    limits = {"x": "[0, 1]", "y": "[0, 1]"}
    same = alike_of(written(relation, a="=1", b="=1", t="=9", ranges=limits))

    assert families(same) == [[(0,), (1,)]]
    assert families(alike_of(written(relation, a="=1", b="=2", t="=9", ranges=limits))) == []


def test_what_is_trusted_differently_is_not_alike() -> None:
    assert families(alike_of(PARTS, (1, 1, 2, 1, 1))) == [[(0,), (1,)]]


def test_a_part_in_no_conflict_has_no_say() -> None:
    """x and y are alike, too, but 1 and 1 are 2: nothing is to be found there."""
    two = written("t = a + b", "u = x + y", a="=1", b="=1", t="=9", x="=1", y="=1", u="=2")

    assert families(alike_of(two)) == [[(0,), (1,)]]


ROWS = written(
    "t = s1 + s2 + s3", "s1 <= w1", "s2 <= w2", "s3 <= w3", "e = w1 + w2 + w3",
    s1="=2", w1="=2", s2="=2", w2="=2", s3="=2", w3="=2", t="=5", e="=5",
)  # fmt: skip
"""Three rows that say the same; neither column adds up."""


def test_rows_change_places_as_a_whole() -> None:
    """A score with its own weight is another set than with the weight of another row."""
    same = alike_of(ROWS)

    assert families(same) == [[(0, 1), (2, 3), (4, 5)]]
    assert same.first(Mask(0b001100)) == same.first(Mask(0b000011))
    assert same.first(Mask(0b000110)) == same.first(Mask(0b100001)) != same.first(Mask(0b000011))
    assert (same.count(Mask(0b000011)), same.count(Mask(0b000110))) == (3, 6)
    assert len(set(same.images(Mask(0b000110)))) == 6


def test_what_lies_beside_another_set() -> None:
    """The weight of row 1 beside its score: of the same row, or of another."""
    same = alike_of(ROWS)
    score, weight = 0b01, 0b10

    beside = [set(bits(mask)) for mask in same.beside(Mask(weight), Mask(score))]
    assert len(beside) == 2
    assert {1} in beside


def test_sets_that_grow() -> None:
    """Of all that is still untouched one is enough; in a touched row each is another."""
    same = alike_of(ROWS)

    assert sorted(same.grown(Mask(0), Mask(0b111111))) == [0b01, 0b10]
    grown = {same.first(mask) for mask in same.grown(Mask(0b01), Mask(0b111110))}
    assert grown == {same.first(Mask(bit | 0b01)) for bit in (0b10, 0b100, 0b1000)}
    # Both rows of which there is something are touched, and the third is not.
    grown = {same.first(mask) for mask in same.grown(Mask(0b101), Mask(0b111010))}
    assert grown == {same.first(Mask(bit | 0b101)) for bit in (0b10, 0b10000, 0b100000)}
    assert list(NONE_ALIKE.grown(Mask(0b01), Mask(0b110))) == [0b011, 0b101]


def test_a_row_with_a_relation_of_its_own_stays() -> None:
    other = written(
        "t = a + b + c", "c = x + x", a="=1", b="=1", c="=1", x="0.5", t="=9",
    )  # fmt: skip

    assert families(alike_of(other)) == [[(0,), (1,)]]


def test_two_sums_of_the_same_parts_keep_their_place() -> None:
    """Nothing has a colour of its own: one is picked out."""
    two = written("t = a + b + c", "u = a + b + c", a="1", b="1", c="1", t="9", u="9")

    assert [(0,), (1,), (2,)] in families(alike_of(two))


RATES = written(
    "r = a / b", "s = c / d", "t = a + c", "u = b + d",
    a="=1", b="=1", r="=1", c="=1", d="=1", s="=1", t="=9", u="=2",
)  # fmt: skip
"""Two rows of a rate with its amounts, and totals of both columns; the first does not add up."""


def test_rates_go_with_their_amounts() -> None:
    assert families(alike_of(RATES)) == [[(0, 1, 2), (3, 4, 5)]]


def test_what_stands_above_in_one_rate_and_below_in_another_is_not_alike() -> None:
    """All say 1, but the total that is wrong is that of an a above and of a c below."""
    turned = written(
        "r = a / b", "s = d / c", "t = a + c", "u = b + d",
        a="=1", b="=1", r="=1", c="=1", d="=1", s="=1", t="=9", u="=2",
    )  # fmt: skip

    assert families(alike_of(turned)) == []


def test_parts_of_subtotals_are_alike_below_each_of_them() -> None:
    """a and b, c and d; a is none of c, for it is in another subtotal."""
    nested = written(
        "t = s + u", "s = a + b", "u = c + d", a="=1", b="=1", c="=1", d="=1", t="=9",
    )  # fmt: skip

    assert sorted(families(alike_of(nested))) == [[(0,), (1,)], [(2,), (3,)]]


def test_around_a_ring_nothing_is_taken_for_alike() -> None:
    """a, b, c and d are of one colour, and none changes places without its neighbours."""
    ring = written(
        "t = a + b + c + d", "a + b <= 9", "b + c <= 9", "c + d <= 9", "d + a <= 9",
        a="=1", b="=1", c="=1", d="=1", t="=9",
    )  # fmt: skip

    assert families(alike_of(ring)) == []


@pytest.mark.parametrize(("length", "expected"), [(10, [[(0,), (1,)]]), (120, [])])
def test_a_long_chain_takes_too_many_rounds(
    length: int, expected: list[list[tuple[int, ...]]]
) -> None:
    """Colours come from both ends of the chain, one link in a round: for 120 there is no time."""
    links = [f"x{n}" for n in range(length)]
    chain = written(
        "t = a + b",
        f"t <= {links[0]}",
        *(f"{link} <= {following}" for link, following in itertools.pairwise(links)),
        a="=1", b="=1", t="=9",
    )  # fmt: skip

    assert families(alike_of(chain)) == expected


def test_parts_without_conflict_have_no_say() -> None:
    """x and y tell a from b, but they hold by themselves and nothing leads from them to a or b."""
    system = written("t = a + b", "z = x + y", a="=1", b="=1", t="=9", x="=1", y="=2", z="=3")

    assert families(alike_of(system)) == [[(0,), (1,)]]


@pytest.mark.parametrize("chosen", [0b0111, 0b1011, 0b0001])
def test_images_are_as_many_as_are_counted(chosen: int) -> None:
    same = Alike.of([tuple((n, n + 4) for n in range(4))])

    images = list(same.images(Mask(chosen)))
    assert len(images) == len(set(images)) == same.count(Mask(chosen))
    assert same.count(Mask(0b0111)) == math.comb(4, 3)


# --- against trying out every way to change places

GROUPS: list[list[tuple[int, ...]]] = [
    [],
    [(0,), (1,), (2,)],
    [(0, 1), (2, 3), (4, 5)],
    [(0,), (1,), (2,), (3,)],
    [(0, 3), (1, 4)],
]
"""Families of blocks, over the numbers from 0 on."""


def ways_to_change_places(families_of: list[list[tuple[int, ...]]]) -> list[dict[int, int]]:
    """For each way, where every printing goes that does not stay."""
    orders = [list(itertools.permutations(range(len(blocks)))) for blocks in families_of]
    return [
        {
            old: new
            for blocks, order in zip(families_of, chosen, strict=True)
            for block, place in zip(blocks, order, strict=True)
            for old, new in zip(block, blocks[place], strict=True)
        }
        for chosen in itertools.product(*orders)
    ]


def moved(printings: int, way: dict[int, int]) -> int:
    return sum(1 << way.get(number, number) for number in bits(Mask(printings)))


@given(
    kinds=st.lists(st.sampled_from(GROUPS), min_size=1, max_size=2),
    printings=st.integers(0, 2**12 - 1),
    others=st.integers(0, 2**12 - 1),
)
def test_images_are_all_that_come_about_when_rows_change_places(
    kinds: list[list[tuple[int, ...]]], printings: int, others: int
) -> None:
    """Two tables of up to six figures each; what is in none of their rows stays."""
    tables = [
        [tuple(number + 6 * table for number in block) for block in blocks]
        for table, blocks in enumerate(kinds)
    ]
    same = Alike.of([tuple(blocks) for blocks in tables if blocks])
    ways = ways_to_change_places([blocks for blocks in tables if blocks])
    images = {moved(printings, way) for way in ways}

    assert set(same.images(Mask(printings))) == images
    assert same.count(Mask(printings)) == len(images)
    assert {same.first(Mask(image)) for image in images} == {same.first(Mask(printings))}
    assert same.first(Mask(printings)) in images
    assert same.spread(Mask(printings)) == sum(
        1 << number for number in range(12) if any(1 << number & image for image in images)
    )

    def pair(image: int) -> tuple[int, int]:
        return min((moved(image, way), moved(others, way)) for way in ways)

    assert set(map(pair, same.beside(Mask(printings), Mask(others)))) == set(map(pair, images))
    first, free = same.first(Mask(printings)), others & ~same.first(Mask(printings))
    grown = {same.first(Mask(first | 1 << number)) for number in bits(Mask(free))}
    by_all = same.grown(first, Mask(free | same.spread(Mask(free)) & ~first))
    assert grown <= set(by_all)
