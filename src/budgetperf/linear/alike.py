"""Printings that nothing tells apart: where one stands for others, these are counted.

Rows of a table that say the same can change places, and every relation stays what it is. So a set
of printings is a diagnosis if and only if each of its images is: the sets that come about when such
rows change places. Of each such family one is asked for.

Found by colour refinement: printings, quantities and relations are coloured by what they say, then
by the colours around them, until nothing changes. What has a colour of its own stays in its place.
Without that the rest falls apart into blocks. Blocks of the same colours, each of them once, around
the same of what stays, can change places: colour by colour they hang together alike.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

import attrs

from .bounds import Conflict, owners_of
from .masks import NOTHING, Mask, bits, mask_of
from .system import Constraint, Groups, Linear, System, quantities

__all__ = ["NONE_ALIKE", "Alike", "alike"]

_ROUNDS = 40
"""After how many rounds of colouring nothing is taken for alike."""

Block: TypeAlias = tuple[int, ...]
"""The printings of one block, in an order that blocks of a family have in common."""


@attrs.frozen(kw_only=True)
class Alike:
    """Which printings can change places.

    Args:
        families: the blocks that can change places with each other.
        homes: for each printing in one of them, its family, its block and its place in that.
        kinds: the printings of one place in the blocks of one family.
    """

    families: tuple[tuple[Block, ...], ...] = ()
    homes: Mapping[int, tuple[int, int, int]] = attrs.field(factory=dict[int, tuple[int, int, int]])
    kinds: tuple[Mask, ...] = ()

    @classmethod
    def of(cls, families: Iterable[tuple[Block, ...]]) -> Alike:
        """From the families alone."""
        known = tuple(families)
        return cls(
            families=known,
            homes={
                number: (family, place, position)
                for family, blocks in enumerate(known)
                for place, block in enumerate(blocks)
                for position, number in enumerate(block)
            },
            kinds=tuple(mask_of(same) for blocks in known for same in zip(*blocks, strict=True)),
        )

    def first(self, printings: Mask) -> Mask:
        """The first of the images of a set of printings: the same for each of them."""
        if not self.families:
            return printings
        staying, patterns = self._patterns(printings)
        for family, chosen in patterns.items():
            blocks = self.families[family]
            for block, pattern in zip(blocks, sorted(chosen.values(), reverse=True), strict=False):
                staying |= _at(block, pattern)
        return staying

    def grown(self, printings: Mask, further: Mask) -> Iterator[Mask]:
        """A set of printings with one further: the first images of what comes about.

        Args:
            printings: a set, itself the first of its images.
            further: the printings of which one is added, none of them in the set.
        """
        if not self.families:
            for number in bits(further):
                yield printings | 1 << number
            return
        touched, left = NOTHING, further
        for number in bits(printings):
            home = self.homes.get(number)
            for other in () if home is None else self.families[home[0]][home[1]]:
                touched |= 1 << other
        for kind in self.kinds:
            same = further & kind & ~touched
            left &= ~same | same & -same  # of those in blocks of which there is nothing, one
        for number in bits(left):
            yield self.first(printings | 1 << number)

    def count(self, printings: Mask) -> int:
        """How many images a set of printings has, itself included."""
        number = 1
        for family, chosen in self._patterns(printings)[1].items():
            number *= math.perm(len(self.families[family]), len(chosen))
            # Blocks of one pattern that change places with each other make the same set.
            for same in Counter(chosen.values()).values():
                number //= math.factorial(same)
        return number

    def images(self, printings: Mask) -> Iterator[Mask]:
        """All images of a set of printings, the first first."""
        staying, patterns = self._patterns(printings)
        yield from _placed(
            staying,
            [
                (list(self.families[family]), sorted(chosen.values(), reverse=True))
                for family, chosen in sorted(patterns.items())
            ],
        )

    def beside(self, printings: Mask, others: Mask) -> Iterator[Mask]:
        """Of the images of a set those that lie differently beside another set."""
        staying, patterns = self._patterns(printings)
        occupied = self._patterns(others)[1]
        places: list[tuple[list[Block], list[Mask]]] = []
        for family, chosen in sorted(patterns.items()):
            blocks = self.families[family]
            taken = occupied.get(family, {})
            free = (block for number, block in enumerate(blocks) if number not in taken)
            near = [blocks[number] for number in sorted(taken)]
            spare = itertools.islice(free, len(chosen))
            places.append(([*near, *spare], sorted(chosen.values())))
        yield from _placed(staying, places)

    def spread(self, printings: Mask) -> Mask:
        """The printings with all that can take the place of one of them."""
        for kind in self.kinds:
            if printings & kind:
                printings |= kind
        return printings

    def _patterns(self, printings: Mask) -> tuple[Mask, dict[int, dict[int, Mask]]]:
        """What stays in its place; and by family and block, which of a block are in the set."""
        if not self.families:
            return printings, {}
        staying = printings
        patterns: dict[int, dict[int, Mask]] = {}
        for number in bits(printings):
            home = self.homes.get(number)
            if home is not None:
                family, block, place = home
                staying &= ~(1 << number)
                chosen = patterns.setdefault(family, {})
                chosen[block] = chosen.get(block, NOTHING) | 1 << place
        return staying, patterns


NONE_ALIKE = Alike()
"""Each printing is of its own kind."""


def _at(block: Block, pattern: Mask) -> Mask:
    """The printings of a block that a pattern is of."""
    return mask_of(block[place] for place in bits(pattern))


def _placed(staying: Mask, families: Sequence[tuple[list[Block], list[Mask]]]) -> Iterator[Mask]:
    """Every set that comes about when patterns are given to different blocks, family by family.

    Args:
        staying: what each set has besides.
        families: for each the blocks that can be chosen, and the patterns, equal ones together.
    """
    if not families:
        yield staying
        return
    (blocks, patterns), *others = families
    if not patterns:
        yield from _placed(staying, others)
        return
    same = patterns.count(patterns[0])
    for chosen in itertools.combinations(range(len(blocks)), same):
        placed = staying
        for number in chosen:
            placed |= _at(blocks[number], patterns[0])
        left = [block for number, block in enumerate(blocks) if number not in chosen]
        yield from _placed(placed, [(left, patterns[same:]), *others])


# ---- how they are found


def alike(system: System, labels: Sequence[Hashable], conflicts: Iterable[Conflict]) -> Alike:
    """Which printings can change places in the parts of a system that are in conflict.

    A part that is in no conflict, and is tied to others by conditions only, has no say: whatever is
    released, it can hold. There, a printing is nothing but a condition.

    Args:
        system: the system.
        labels: for each printing what else tells it from others.
        conflicts: those that are known; nothing else is in conflict.
    """
    constraints, inside = _in_conflict(system, tuple(conflicts))
    graph = _Graph()
    named = {
        quantity: graph.add(("quantity", system.ranges.get(quantity)))
        for quantity in sorted({q for c in constraints for q in quantities(c)} | inside)
    }
    printed: dict[int, int] = {}
    times = Counter[str]()
    for number, printing in enumerate(system.printings):
        if printing.quantity in named:
            times[printing.quantity] += 1  # two prints of one quantity keep their order
            saying = ("printing", times[printing.quantity], printing.interval, labels[number])
            printed[number] = graph.add(saying)
            graph.join(printed[number], named[printing.quantity], "of")
    for constraint in constraints:
        _join(graph, constraint, named, printed, labels)
    if not graph.settle():
        return NONE_ALIKE
    numbers = {node: number for number, node in printed.items()}
    families: list[tuple[Block, ...]] = []
    for family in graph.families():
        blocks = (tuple(numbers[node] for node in nodes if node in numbers) for nodes in family)
        families.append(tuple(sorted(block for block in blocks if block)))
    return Alike.of(family for family in families if family)


def _in_conflict(
    system: System, conflicts: Sequence[Conflict]
) -> tuple[list[Constraint], set[str]]:
    """The constraints and the printed quantities of the parts that are in conflict."""
    parts = Groups()
    for constraint in system.constraints:
        first, *others = quantities(constraint) or [""]
        for other in others:
            parts.join(first, other)
    owners = bits(owners_of(conflicts))
    touched = {parts.find(system.printings[number].quantity) for number in owners}
    for conflict in conflicts:
        for source in conflict.sources:
            touched |= {parts.find(q) for q in quantities(system.constraints[source])}
    constraints = [
        constraint
        for constraint in system.constraints
        if touched & {parts.find(q) for q in quantities(constraint)[:1]}
    ]
    stated = {printing.quantity for printing in system.printings}
    return constraints, {quantity for quantity in stated if parts.find(quantity) in touched}


def _join(
    graph: _Graph,
    constraint: Constraint,
    named: Mapping[str, int],
    printed: dict[int, int],
    labels: Sequence[Hashable],
) -> None:
    """Put a constraint into the graph, joined to what it speaks of."""
    if isinstance(constraint, Linear):
        node = graph.add(("sum", constraint.values))
        for quantity, factor in constraint.terms:
            graph.join(node, named[quantity], factor)
        for place, number in enumerate(constraint.given):  # conditions keep their order
            if number not in printed:
                printed[number] = graph.add(("condition", labels[number]))
            graph.join(node, printed[number], ("given", place))
        return
    node = graph.add(("quotient", constraint.upper, constraint.lower))
    graph.join(node, named[constraint.rate], "rate")
    for role, terms in (("above", constraint.numerator), ("below", constraint.denominator)):
        for quantity, factor in terms:
            graph.join(node, named[quantity], (role, factor))


class _Graph:
    """Coloured nodes, joined in several ways."""

    def __init__(self) -> None:
        self._known: dict[Hashable, int] = {}
        self._colours: list[int] = []
        self._around: list[list[tuple[int, int]]] = []

    def add(self, saying: Hashable) -> int:
        """A further node, coloured by what it says."""
        self._colours.append(self._colour(saying))
        self._around.append([])
        return len(self._around) - 1

    def join(self, node: int, other: int, role: Hashable) -> None:
        """Join two nodes; a role means the same from both."""
        colour = self._colour(("role", role))
        self._around[node].append((colour, other))
        self._around[other].append((colour, node))

    def _colour(self, saying: Hashable) -> int:
        return self._known.setdefault(saying, len(self._known))

    def settle(self) -> bool:
        """Colour by the colours around, until nothing changes; whether that came to an end.

        Where nothing has a colour of its own, such as two sums of the same parts, one is picked out
        and stays in its place: fewer can change then.
        """
        if not self._is_settled():
            return False
        counts = Counter(self._colours)
        if counts and min(counts.values()) > 1:
            rarest = min(range(len(self._colours)), key=lambda node: counts[self._colours[node]])
            self._colours[rarest] = self._colour(("picked out", rarest))
            return self._is_settled()
        return True

    def _is_settled(self) -> bool:
        shades = len(set(self._colours))
        for _ in range(_ROUNDS):
            counts = Counter(self._colours)
            before = self._colours
            self._colours = [
                colour
                if counts[colour] == 1
                else self._colour((colour, tuple(sorted((r, before[n]) for r, n in around))))
                for colour, around in zip(before, self._around, strict=True)
            ]
            if len(set(self._colours)) == shades:
                return True
            shades = len(set(self._colours))
        return False

    def families(self) -> Iterator[list[list[int]]]:
        """Blocks of nodes that can change places, family by family, each in one order."""
        regions = [list(range(len(self._colours)))]
        while regions:
            region = regions.pop()
            counts = Counter(self._colours[node] for node in region)
            inner = {node for node in region if counts[self._colours[node]] > 1}
            shapes: dict[tuple[int, ...], list[list[int]]] = defaultdict(list)
            for block in self._components(inner):
                block.sort(key=lambda node: self._colours[node])
                colours = tuple(self._colours[node] for node in block)
                if len(set(colours)) == len(colours):
                    shapes[colours].append(block)
                # Alike within itself: taken apart once more without what is single in it. One that
                # gets no smaller is given up, and nothing in it is taken for alike.
                elif len(block) < len(region):
                    regions.append(block)
            yield from (family for family in shapes.values() if len(family) > 1)

    def _components(self, nodes: set[int]) -> Iterator[list[int]]:
        """The nodes that hang together, without what lies between them."""
        left = set(nodes)
        for start in sorted(nodes):
            if start not in left:
                continue
            left.remove(start)
            component, waiting = [start], [start]
            while waiting:
                for _, other in self._around[waiting.pop()]:
                    if other in left:
                        left.remove(other)
                        component.append(other)
                        waiting.append(other)
            yield component
