"""A scoring rule as a piecewise-linear curve from a measure to a share of the weight."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from typing import TypeAlias

import attrs

from budgetperf.exact import (
    BudgetperfError,
    ExactInput,
    Interval,
    Problem,
    Text,
    WrongTypeError,
    columns,
    decimal_text,
    padded,
    to_exact,
)
from budgetperf.exact.calls import Called
from budgetperf.exact.checking import check_types, keep, raise_together, wrong_type
from budgetperf.exact.limits import MAX_KNOTS
from budgetperf.exact.shown import Shown, picture_of
from budgetperf.exact.written.brief import as_code

__all__ = ["Curve", "CurveRow", "Knot", "Piece", "percent_text"]


def _optional(value: ExactInput | None) -> Fraction | None:
    return None if value is None else to_exact(value)


@attrs.frozen(kw_only=True)
class Knot(Called):
    """A point of a curve.

    Args:
        x: the measure.
        y: the value there; in a rule-set a share of the weight, from 0 to 1.
        left: the value just below ``x``, where the curve jumps; by default ``y``.
        right: the value just above ``x``, where the curve jumps; by default ``y``.
    """

    x: Fraction = attrs.field(converter=to_exact)
    y: Fraction = attrs.field(converter=to_exact)
    left: Fraction | None = attrs.field(default=None, converter=_optional)
    right: Fraction | None = attrs.field(default=None, converter=_optional)

    def __repr__(self) -> str:
        return as_code(self)

    @property
    def before(self) -> Fraction:
        return self.y if self.left is None else self.left

    @property
    def after(self) -> Fraction:
        return self.y if self.right is None else self.right


def _knots(value: Iterable[Knot]) -> tuple[Knot, ...]:
    if not isinstance(value, Iterable):  # pyright: ignore[reportUnnecessaryIsInstance]
        kinds = tuple[Knot, ...]
        raise WrongTypeError("wrong-type", wrong_type(value, kinds), field="knots")
    knots = tuple(itertools.islice(value, MAX_KNOTS + 1))
    if len(knots) > MAX_KNOTS:
        message = Text(
            zh=f"曲线不超过 {MAX_KNOTS} 个点：请只写折点，直线中间的点不必写",
            en=f"a curve has at most {MAX_KNOTS} knots: write only those where it bends",
        )
        raise BudgetperfError("too-many-knots", message, field="knots")
    return knots


@attrs.frozen(kw_only=True)
class Piece(Called):
    """A stretch of a curve on which it is linear: ``y = at + slope * (x - origin)``.

    A stretch that is unbounded is level.

    Args:
        domain: from where to where on the x axis.
        origin: the x that the slope starts from.
        at: the share of the weight there.
        slope: how much the share rises for 1 of x.
    """

    domain: Interval
    origin: Fraction
    at: Fraction
    slope: Fraction

    def value(self, x: Fraction) -> Fraction:
        """The value of the line at ``x``."""
        rise, run = self.slope.as_integer_ratio()
        if not rise:
            return self.at
        # On the integers behind the fractions: one greatest common divisor and not three.
        n, d = x.as_integer_ratio()
        m, e = self.origin.as_integer_ratio()
        a, b = self.at.as_integer_ratio()
        if rise == run and a == m and b == e:  # the share is the measure: the commonest rule
            return x
        return Fraction(a * run * d * e + b * rise * (n * e - m * d), b * run * d * e)

    @property
    def limits(self) -> tuple[Fraction, Fraction]:
        """The values at the lower and the upper end, whether the ends belong to it or not."""
        lower, upper = self.domain.lower, self.domain.upper
        return (
            self.at if lower is None else self.value(lower),
            self.at if upper is None else self.value(upper),
        )

    def image(self) -> Interval:
        """All its values."""
        if not self.slope or self.domain.is_point:
            return Interval.point(self.limits[0])
        return self.domain.monotone_image(self.value, increasing=self.slope > 0)

    def preimage(self, ys: Interval) -> Interval | None:
        """Where its values lie in ``ys``; ``None`` if nowhere."""
        if not self.slope:
            return self.domain if self.at in ys else None
        line = ys.monotone_image(self._measure, increasing=self.slope > 0)
        return line.intersection(self.domain)

    def _measure(self, y: Fraction) -> Fraction:
        return self.origin + (y - self.at) / self.slope


@attrs.frozen(kw_only=True)
class CurveRow(Called):
    """A row of a curve as a table.

    Args:
        xs: the measures.
        share: the share of the weight there, as a value or as a formula in ``x``.
    """

    xs: Interval
    share: Text

    @property
    def where(self) -> Text:
        """The measures in words, such as ``80% ≤ x < 100%``."""
        if self.xs == Interval():
            return Text(zh="任意 x", en="any x")
        return self.xs.compared(Text.of("x"), percent_text)


_LaidOut: TypeAlias = "tuple[list[tuple[int, int]], tuple[Piece, ...], bool]"
"""Where the knots are, as numerators and denominators, and the pieces, in order; and whether the
domain is the whole line."""


class _Keeping:
    """What a curve works out once."""

    __slots__ = ("_laid_out",)

    _laid_out: _LaidOut


@attrs.frozen(kw_only=True)
class Curve(_Keeping, Shown):
    """Straight lines between knots, level outside them; with jumps where a knot says so.

    Args:
        knots: in rising order of ``x``; at least one.
        domain: where the curve is defined; everywhere by default.

    Raises:
        BudgetperfError: no knots or too many, or their ``x`` do not rise: the curve would be no
            function.

    >>> curve = Curve(knots=(Knot(x=0, y=0), Knot(x=1, y=1)))
    >>> curve.value("0.8618"), curve.value(3)
    (Fraction(4309, 5000), Fraction(1, 1))
    >>> [str(xs) for xs in curve.solve("0.5")], [str(xs) for xs in curve.solve(1)]
    (['[0.5, 0.5]'], ['[1, ∞)'])
    """

    knots: tuple[Knot, ...] = attrs.field(converter=_knots)
    domain: Interval = Interval()

    def __attrs_post_init__(self) -> None:
        check_types(self)
        if not self.knots:
            raise BudgetperfError(
                "empty-curve",
                Text(zh="曲线至少要有一个点", en="a curve needs at least one knot"),
                field="knots",
            )
        steps = itertools.pairwise(knot.x for knot in self.knots)
        problems = (
            Problem(code="not-a-function", where="$.knots", message=_no_rise(a, b))
            for a, b in steps
            if a >= b
        )
        raise_together("bad-curve", problems)

    def value(self, x: ExactInput) -> Fraction | None:
        """The value at ``x``; ``None`` outside the domain."""
        exact = x if type(x) is Fraction else to_exact(x)
        xs, everywhere, is_total = self._lines
        if not is_total and exact not in self.domain:
            return None
        # Bisected on the integers behind the fractions, which compare by far quicker.
        n, d = exact.as_integer_ratio()
        low, high = 0, len(xs)
        while low < high:
            middle = (low + high) // 2
            m, e = xs[middle]
            side = n * e - m * d
            if not side:
                return self.knots[middle].y
            low, high = (middle + 1, high) if side > 0 else (low, middle)
        return everywhere[2 * low].value(exact)

    def image(self, xs: Interval) -> Interval | None:
        """The smallest interval with all values over ``xs``; ``None`` if none is in the domain."""
        pieces = self._within(xs)
        return Interval.hull(piece.image() for piece in pieces) if pieces else None

    def preimage(self, ys: Interval) -> tuple[Interval, ...]:
        """The measures whose value lies in ``ys``: apart from each other, in order, maximal.

        >>> reverse = Curve(knots=(Knot(x=1, y=1), Knot(x=2, y=0)))
        >>> [str(xs) for xs in reverse.preimage(Interval(lower="0.8", upper="0.9"))]
        ['[1.1, 1.2]']
        """
        ranges: list[Interval] = []
        for xs in filter(None, (piece.preimage(ys) for piece in self.pieces)):
            if ranges and _touch(ranges[-1], xs):
                ranges[-1] = Interval.hull((ranges[-1], xs))
            else:
                ranges.append(xs)
        return tuple(ranges)

    def solve(self, y: ExactInput) -> tuple[Interval, ...]:
        """The measures whose value is ``y``: apart from each other, in order, maximal."""
        return self.preimage(Interval.point(y))

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The stretches on which it is linear, in order: the knots and what lies between them."""
        return self._within(Interval())

    @property
    def bounds(self) -> Interval:
        """The smallest interval with all its values."""
        return Interval.hull(piece.image() for piece in self.pieces)

    @property
    def is_rising(self) -> bool:
        """Whether it never falls."""
        limits = list(itertools.chain.from_iterable(piece.limits for piece in self.pieces))
        return limits == sorted(limits)

    @property
    def is_falling(self) -> bool:
        """Whether it never rises."""
        limits = list(itertools.chain.from_iterable(piece.limits for piece in self.pieces))
        return limits == sorted(limits, reverse=True)

    @property
    def is_monotone(self) -> bool:
        """Whether it never falls, or never rises."""
        return self.is_rising or self.is_falling

    @property
    def is_continuous(self) -> bool:
        """Whether it has no jump within its domain."""
        return all(a.limits[1] == b.limits[0] for a, b in itertools.pairwise(self.pieces))

    def lowered(self, by: ExactInput, within: Interval) -> Curve:
        """The curve with so much taken off over ``within``, and never below 0.

        Raises:
            BudgetperfError: that curve has more knots than any.

        >>> level = Curve(knots=(Knot(x=1, y=1),)).lowered("0.2", Interval(lower="1.3"))
        >>> level.value("1.29"), level.value("1.3")
        (Fraction(1, 1), Fraction(4, 5))
        """
        off = to_exact(by)
        xs = {knot.x for knot in self.knots}
        xs |= {end for end in (within.lower, within.upper) if end is not None}
        _, everywhere, _ = self._lines
        for piece in everywhere:
            if piece.slope:  # where what is left comes to nothing
                zero = piece.origin + (off - piece.at) / piece.slope
                xs |= {zero} if zero in piece.domain and zero in within else set[Fraction]()
        knots: list[Knot] = []
        for x in sorted(xs):
            before, at, after = self._around(x)
            at = max(Fraction(0), at - off) if x in within else at
            if _reaches(within, x, below=True):
                before = max(Fraction(0), before - off)
            if _reaches(within, x, below=False):
                after = max(Fraction(0), after - off)
            knots.append(Knot(x=x, y=at, left=before, right=after))
        return attrs.evolve(self, knots=tuple(knots))

    def _around(self, x: Fraction) -> tuple[Fraction, Fraction, Fraction]:
        """The values just below ``x``, there, and just above it, wherever the domain ends."""
        knot = next((knot for knot in self.knots if knot.x == x), None)
        if knot is not None:
            return knot.before, knot.y, knot.after
        _, everywhere, _ = self._lines
        value = next(piece for piece in everywhere if x in piece.domain).value(x)
        return value, value, value

    def to_table(self) -> tuple[CurveRow, ...]:
        """A row for each line that it is made of, in order; what is not said is a row too.

        >>> reverse = Curve(knots=(Knot(x=1, y=1), Knot(x=2, y=0)))
        >>> print(reverse.to_text(lang="en"))
        x < 100%         100%
        100% ≤ x < 200%  200% − x (falls from 100% to 0%)
        x ≥ 200%         0%
        """
        return tuple(self._rows())

    def to_text(self, *, lang: str = "zh") -> str:
        """The table as plain text, a row a line."""
        rows = [(row.where.pick(lang), row.share.pick(lang)) for row in self.to_table()]
        width = max(columns(where) for where, _ in rows)
        return "\n".join(f"{padded(where, width)}  {share}" for where, share in rows)

    def to_svg(
        self, *, title: Text | None = None, measure: Text | None = None, lang: str = "zh"
    ) -> str:
        """The curve as a picture that needs nothing else: SVG without scripts, light and dark.

        Args:
            title: what it shows, for those who cannot see it.
            measure: what the horizontal axis measures.
            lang: ``"zh"`` or ``"en"``.
        """
        return picture_of(self, title=title, measure=measure, lang=lang)

    def _repr_svg_(self) -> str:
        """The curve as a picture, for a notebook."""
        return self.to_svg()

    def __repr__(self) -> str:
        return as_code(self)

    def _within(self, xs: Interval) -> tuple[Piece, ...]:
        """The pieces over ``xs``, cut to it and to the domain, in order."""
        inside = xs.intersection(self.domain)
        if inside is None:
            return ()
        _, everywhere, _ = self._lines
        cuts = ((piece, piece.domain.intersection(inside)) for piece in everywhere)
        return tuple(_over(cut, piece) for piece, cut in cuts if cut is not None)

    @property
    def _lines(self) -> _LaidOut:
        """Its knots, its pieces on the whole line, also where the domain has none, and whether it
        has the whole line."""
        try:
            return self._laid_out
        except AttributeError:
            xs = [knot.x.as_integer_ratio() for knot in self.knots]
            pieces: list[Piece] = []
            for index, knot in enumerate(self.knots):
                pieces += (self._before(index), _level(Interval.point(knot.x), knot.y))
            everywhere = (*pieces, self._before(len(self.knots)))
            return keep(self, "_laid_out", (xs, everywhere, self.domain == Interval()))

    def _before(self, index: int) -> Piece:
        """The piece just below the knot of that number; with one too many, that above them all."""
        first, last = self.knots[0], self.knots[-1]
        if index == 0:
            return _level(Interval(upper=first.x, upper_closed=False), first.before)
        if index == len(self.knots):
            return _level(Interval(lower=last.x, lower_closed=False), last.after)
        a, b = self.knots[index - 1], self.knots[index]
        between = Interval(lower=a.x, upper=b.x, lower_closed=False, upper_closed=False)
        slope = (b.before - a.after) / (b.x - a.x)
        return Piece(domain=between, origin=a.x, at=a.after, slope=slope)

    def _rows(self) -> Iterator[CurveRow]:
        silent = Text(zh="未规定", en="not said")
        domain = self.domain
        if domain.lower is not None:
            below = Interval(upper=domain.lower, upper_closed=not domain.lower_closed)
            yield CurveRow(xs=below, share=silent)
        # A knot belongs to the line above it if it can: "80% ≤ x < 100%".
        upwards = _joined(self.pieces, lambda a, b: a.domain.is_point and _meet(a, b))
        for line in _joined(upwards, _is_one_line):
            yield CurveRow(xs=line.domain, share=_share(line))
        if domain.upper is not None:
            above = Interval(lower=domain.upper, lower_closed=not domain.upper_closed)
            yield CurveRow(xs=above, share=silent)


def beyond_shares(**curves: Curve | None) -> Iterator[Problem]:
    """The values of curves that are no shares of a weight, each with its place."""
    for name, curve in curves.items():
        for index, knot in enumerate(() if curve is None else curve.knots):
            for key, value in (("y", knot.y), ("left", knot.left), ("right", knot.right)):
                if value is not None and value not in _SHARES:
                    where = f"$.{name}.knots[{index}].{key}"
                    yield Problem(code="not-a-share", where=where, message=_no_share(value))


_SHARES = Interval(lower=0, upper=1)


def _no_share(value: Fraction) -> Text:
    written = decimal_text(value)
    return Text(
        zh=f"得分系数 {written} 不在 0 与 1 之间：满分写 1，九成写 0.9，不写得分",
        en=f"the share {written} of the weight is not from 0 to 1: write 1 for full marks and 0.9 "
        "for 90% of them, not points",
    )


def percent_text(value: Fraction) -> str:
    """``value`` in percent, exactly.

    >>> percent_text(Fraction(7, 8)), percent_text(Fraction(2, 3))
    ('87.5%', '200/3%')
    """
    return f"{decimal_text(value * 100)}%"


def _no_rise(first: Fraction, second: Fraction) -> Text:
    a, b = decimal_text(first), decimal_text(second)
    return Text(
        zh=f"点的 x 须递增：{a} 之后不能是 {b}；跳跃请用同一点的 left 与 right",
        en=f"the x of knots must rise: {b} cannot follow {a}; for a jump use left and right of "
        "one knot",
    )


def _level(domain: Interval, value: Fraction) -> Piece:
    return Piece(domain=domain, origin=Fraction(0), at=value, slope=Fraction(0))


def _reaches(values: Interval, x: Fraction, *, below: bool) -> bool:
    """Whether the values just below ``x``, or else just above it, are among these."""
    if below:
        lower_than = values.lower is None or values.lower < x
        return lower_than and (values.upper is None or values.upper >= x)
    higher_than = values.upper is None or values.upper > x
    return higher_than and (values.lower is None or values.lower <= x)


def _over(domain: Interval, piece: Piece) -> Piece:
    """The line of a piece over another domain."""
    return Piece(domain=domain, origin=piece.origin, at=piece.at, slope=piece.slope)


def _touch(below: Interval, above: Interval) -> bool:
    return below.upper == above.lower and (below.upper_closed or above.lower_closed)


def _joined(pieces: Iterable[Piece], fit: Callable[[Piece, Piece], bool]) -> tuple[Piece, ...]:
    """Neighbours made one where they ``fit``; a point takes the line of its neighbour."""
    done: list[Piece] = []
    for piece in pieces:
        if done and fit(done[-1], piece):
            line = done[-1] if piece.domain.is_point else piece
            both = Interval.hull((done[-1].domain, piece.domain))
            done[-1] = attrs.evolve(line, domain=both)
        else:
            done.append(piece)
    return tuple(done)


def _meet(below: Piece, above: Piece) -> bool:
    return below.limits[1] == above.limits[0]


def _is_one_line(below: Piece, above: Piece) -> bool:
    return _meet(below, above) and (above.domain.is_point or below.slope == above.slope)


def _share(line: Piece) -> Text:
    """The value of a level line; else a formula, and where it runs."""
    start, end = (percent_text(limit) for limit in line.limits)
    if start == end:
        return Text.of(start)
    many = f"{decimal_text(abs(line.slope))} × " if abs(line.slope) != 1 else ""
    constant = line.value(Fraction(0))
    if line.slope > 0:
        sign = "" if not constant else f" {'+' if constant > 0 else '−'} "
        formula = f"{many}x{sign}{percent_text(abs(constant)) if constant else ''}"
        zh, en = "升", "rises"
    else:
        formula = f"{percent_text(constant)} − {many}x"
        zh, en = "降", "falls"
    return Text(
        zh=f"{formula}（由 {start} {zh}至 {end}）", en=f"{formula} ({en} from {start} to {end})"
    )
