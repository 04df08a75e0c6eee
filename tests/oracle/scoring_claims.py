"""What a rule-set adds to the claims of a report, read from its TOML and nothing else.

A score is the weight times the share that a curve gives for a measure. Here that is said the other
way round, so that nothing but linear terms of the amounts is left: a printed score stands for a
range of scores; the curve reaches such a score where a piece of it does, and that is between two
values of the measure, each an amount against another.

What is assumed beyond the file:

- the weight of a score is that of the rule-set or that of the form;
- where the rule-set rounds scores, the rounded score is what is printed, and added up; where it
  does not say, a score is added up as it is or as it is printed, and a whole score may stand for a
  rounded one;
- where a rule-set says nothing (a direction, a base of 0, a measure outside its curve, a grade),
  a score is free between 0 and its weight; where it leaves room for a judgement, between the two
  curves;
- an indicator without ≥, ≤ or = may be of any direction, its score between what these give, and
  a rule by name is for it as well;
- without ≥, ≤ or = and with no rule for some direction, a target that is met exactly has full
  marks if all other directions give them;
- a row beside which the form prints a rule of its own is free between 0 and its weight, and added
  up as any value behind the print: what its words say is not read here;
- a row that is flagged so that its score may be edited is free too, and so is every row of a
  rule-set whose scores may be written by hand;
- a score that is not printed may be any, whatever the rule would give.
"""

from __future__ import annotations

import itertools
import math
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from importlib.resources import files
from typing import Any

import attrs
import z3

from budgetperf import DeviationDefinition, Direction, Figure, Interval, Missing, SelfEvaluation
from budgetperf.exact.unit import RATIO
from budgetperf.model.indicators import plain_heading, plain_name
from tests.oracle.claims import Claims, Row
from tests.oracle.in_print import STATEMENTS, Claim, Formula, Number, between, number

__all__ = ["RuledClaims", "claims_of", "ruleset"]

ZERO, ONE = Fraction(0), Fraction(1)
TABLES = ("execution", "at_least", "at_most", "equal", "above", "below")
NEVER_TAKEN_OVER = ("id", "title", "replaces", "verified", "base", "without")


def ruleset(name: str) -> dict[str, Any]:
    """A shipped rule-set as plain data, with what it takes over from the one it is derived from."""
    data = files("budgetperf.rules") / "data" / f"{name}.toml"
    own: dict[str, Any] = tomllib.loads(data.read_text(encoding="utf-8"))
    if "base" not in own:
        return own
    without = {*NEVER_TAKEN_OVER, *own.get("without", ())}
    taken_over = {key: value for key, value in ruleset(own["base"]).items() if key not in without}
    for key, value in own.items():
        if key in TABLES and key in taken_over:
            taken_over[key] = {**taken_over[key], **value}
        else:
            taken_over[key] = value
    return taken_over


@attrs.frozen(kw_only=True)
class Piece:
    """A stretch of a curve: its measures, and the line over them."""

    xs: Interval
    origin: Fraction
    at: Fraction
    slope: Fraction

    def reaching(self, shares: Interval) -> Interval | None:
        """The measures at which the line lies in ``shares``."""
        if not self.slope:
            return self.xs if self.at in shares else None

        def at(share: Fraction | None) -> Fraction | None:
            return None if share is None else self.origin + (share - self.at) / self.slope

        low, high = (at(shares.lower), shares.lower_closed), (at(shares.upper), shares.upper_closed)
        if self.slope < 0:
            low, high = high, low
        if low[0] is not None and low[0] == high[0] and not (low[1] and high[1]):
            return None
        measures = Interval(lower=low[0], upper=high[0], lower_closed=low[1], upper_closed=high[1])
        return measures.intersection(self.xs)


def read(value: Any) -> Fraction:
    return Fraction(str(value))


def interval(data: Mapping[str, Any]) -> Interval:
    """An interval as the file writes it."""
    lower, upper = data.get("lower"), data.get("upper")
    return Interval(
        lower=None if lower is None else read(lower),
        upper=None if upper is None else read(upper),
        lower_closed=lower is not None and data.get("lower_closed", True),
        upper_closed=upper is not None and data.get("upper_closed", True),
    )


def pieces(curve: Mapping[str, Any]) -> list[Piece]:
    """The curve cut at its knots: level outside them, straight between, perhaps with jumps."""
    knots = [
        (
            read(knot["x"]),
            read(knot.get("left", knot["y"])),
            read(knot["y"]),
            read(knot.get("right", knot["y"])),
        )
        for knot in curve["knots"]
    ]
    parts = [
        Piece(
            xs=Interval(upper=knots[0][0], upper_closed=False),
            origin=ZERO,
            at=knots[0][1],
            slope=ZERO,
        ),
        Piece(
            xs=Interval(lower=knots[-1][0], lower_closed=False),
            origin=ZERO,
            at=knots[-1][3],
            slope=ZERO,
        ),
    ]
    for x, _, y, _ in knots:
        parts.append(Piece(xs=Interval.point(x), origin=ZERO, at=y, slope=ZERO))
    for (x, _, _, y), (next_x, next_y, _, _) in itertools.pairwise(knots):
        xs = Interval(lower=x, upper=next_x, lower_closed=False, upper_closed=False)
        parts.append(Piece(xs=xs, origin=x, at=y, slope=(next_y - y) / (next_x - x)))
    domain = interval(curve.get("domain", {}))
    within = ((piece, piece.xs.intersection(domain)) for piece in parts)
    return [attrs.evolve(piece, xs=xs) for piece, xs in within if xs is not None]


def by_steps(steps: Mapping[str, Any], weight: Fraction, *, part: bool) -> list[Piece]:
    """What steps leave of a weight, where part of a step counts as one, or only whole ones do."""
    start, width, loss = (read(steps[name]) for name in ("start", "width", "loss"))
    above = steps.get("above", False)
    if steps.get("counting", "whole") == "proportional":
        end = start + (width if above else -width) * weight / loss
        knots = [{"x": start, "y": 1}, {"x": end, "y": 0}]
        return pieces({"knots": sorted(knots, key=lambda knot: read(knot["x"]))})
    most = math.ceil(weight / loss)
    parts = []
    for count in range(most + 1):
        # So many steps are lost between (count - 1, count] widths off with parts of steps, and
        # between [count, count + 1) without.
        low, high = (Fraction(count - 1), Fraction(count)) if part else (count, count + 1)
        off = Interval(
            lower=None if count == 0 else low * width,
            upper=None if count == most else high * width,
            lower_closed=count > 0 and not part,
            upper_closed=count < most and part,
        )
        xs = (
            Interval(
                lower=None if off.lower is None else start + off.lower,
                upper=None if off.upper is None else start + off.upper,
                lower_closed=off.lower_closed,
                upper_closed=off.upper_closed,
            )
            if above
            else Interval(
                lower=None if off.upper is None else start - off.upper,
                upper=None if off.lower is None else start - off.lower,
                lower_closed=off.upper_closed,
                upper_closed=off.lower_closed,
            )
        )
        left = max(ZERO, 1 - count * loss / weight)
        parts.append(Piece(xs=xs, origin=ZERO, at=left, slope=ZERO))
    return parts


@attrs.frozen(kw_only=True)
class Measured:
    """A measure as a quotient, and whether its base may be 0."""

    above: Number
    below: Number

    def within(self, values: Interval) -> Formula:
        """Whether the quotient lies in ``values``, on a base that is not 0."""
        return z3.Or(
            z3.And(self.below > 0, between(self.above, values, self.below)),
            z3.And(self.below < 0, between(-self.above, values, -self.below)),
        )


class RuledClaims(Claims):
    """The claims of a report under a rule-set."""

    def __init__(self, report: SelfEvaluation, rules: str, *, truncated: bool = False) -> None:
        super().__init__(report, truncated=truncated)
        self.rules = ruleset(rules)
        rounding = self.rules.get("score_rounding")
        self.places: int | None = None if rounding is None else rounding["places"]
        self.whole = read(self.rules.get("total", 100))
        self.given: dict[str, Interval] = {}
        every = itertools.chain.from_iterable(map(self.rows, STATEMENTS))
        self.printed = {f"{row.path}.score" for row in every if is_printed(row)}
        self.gives()

    # What a printed score stands for.

    def possible(self, figure: Figure, *, truncated: bool | None = None) -> Interval:
        """The scores that a rule may have given where this one is printed."""
        truncated = self.truncated if truncated is None else truncated
        printed = self.cell(figure, rate=True) if truncated else figure.interval
        if self.places is None:
            return _rounded_to(figure.nominal, figure.places) if figure.is_exact else printed
        step = Fraction(1, 10**self.places)
        lower, upper = printed.lower, printed.upper
        if lower is None or upper is None:
            return printed
        least, most = math.ceil(lower / step), math.floor(upper / step)
        least += not printed.lower_closed and least * step == lower
        most -= not printed.upper_closed and most * step == upper
        if least > most:
            return printed
        low, high = (_rounded_to(count * step, self.places) for count in (least, most))
        return Interval.hull((low, high))

    def value(self, path: str, among: Sequence[str] = ()) -> Number:
        """A score that a rule may have given: added up as it is, or as it is printed."""
        if path in self.given:
            return self.real(f"{path}^")
        figure = self.figure(path) if path.endswith("score") else None
        is_given = path.endswith(".score") and self.places is not None and path not in self.printed
        if figure is not None and is_given and figure.places >= (self.places or 0):
            return number(figure.nominal)
        if figure is not None and figure.is_exact and self.is_rounding:
            return self.real(f"{path}~")
        return super().value(path, among)

    @property
    def is_rounding(self) -> bool:
        """Whether a whole score is none that the rules give, so that whole scores are rounded."""
        shown = ((self.figure(path), scores) for path, scores in self.given.items())
        return any(
            figure and figure.is_exact and figure.nominal not in scores for figure, scores in shown
        )

    def prints(self) -> None:
        super().prints()
        for path, scores in self.given.items():
            figure, score = self.figure(path), self.real(f"{path}^")
            if figure is None:
                continue
            exact = scores.intersection(self.possible(figure, truncated=False))
            ways = [score == number(figure.nominal)]
            ways += [] if exact is None else [between(score, exact)]
            self.say("print", [path], z3.Or(*ways))

    def range_of(self, path: str) -> Interval | None:
        """Between what the true number at ``path`` lies, if it is printed."""
        figure = self.figure(path)
        if figure is None:
            return None
        if self.is_round(figure, ()):
            return _rounded_to(Fraction(figure.value), figure.places).scaled(figure.unit.scale)
        return figure.interval

    def give(
        self, path: str, data: Mapping[str, Any], over: tuple[str, str], weights: Sequence[Fraction]
    ) -> None:
        """Note which scores a rule may give, so that they may be added up as they are."""
        if "discretion" in data:
            return  # A person gave it.
        above, below = (self.range_of(measure) for measure in over)
        if above is None or below is None or self.places is not None or not self.figure(path):
            return
        ends = (above.lower, above.upper, below.lower, below.upper)
        a, b, c, d = (end for end in ends if end is not None)
        if c <= 0:
            return
        measures = Interval(lower=min(a / c, a / d), upper=max(b / c, b / d))
        shares = [
            piece.at + piece.slope * (x - piece.origin)
            for piece in pieces(data["curve"])
            if (xs := piece.xs.intersection(measures)) is not None
            for x in (xs.lower, xs.upper)
            if x is not None
        ]
        domain = interval(data["curve"].get("domain", {}))
        if shares and domain.covers(measures):
            products = [share * weight for share in shares for weight in weights]
            self.given[path] = Interval(lower=min(products), upper=max(products))

    # Curves.

    def reaches(
        self,
        measure: Measured,
        high: Sequence[Piece],
        low: Sequence[Piece] | None,
        weight: Fraction,
        scores: Interval,
    ) -> Formula:
        """Whether the curve gives one of ``scores``, or one above the lower curve does."""
        if low is None:
            shares = scores.scaled(1 / weight)
            return z3.Or(
                *(
                    measure.within(xs)
                    for piece in high
                    if (xs := piece.reaching(shares)) is not None
                )
            )
        least = Interval(lower=scores.lower, lower_closed=scores.lower_closed).scaled(1 / weight)
        most = Interval(upper=scores.upper, upper_closed=scores.upper_closed).scaled(1 / weight)
        return z3.And(
            self.reaches(measure, high, None, ONE, least),
            self.reaches(measure, low, None, ONE, most),
        )

    def on_zero(self, policy: str, above: Number, weight: Fraction, scores: Interval) -> Formula:
        """What a base of 0 gives."""
        full, none = (z3.BoolVal(of_all in scores) for of_all in (weight, ZERO))
        return {
            "undefined": z3.BoolVal(True),
            "full": full,
            "none": none,
            "full-unless-above": z3.If(above > 0, none, full),
            "full-if-above": z3.If(above > 0, full, none),
            "none-if-zero": z3.If(above == 0, none, z3.BoolVal(True)),
        }[policy]

    def by_curve(
        self,
        data: Mapping[str, Any],
        measure: Measured,
        weights: Sequence[Fraction],
        scores: Interval,
        zero: tuple[Number, str] | None = None,
    ) -> Formula:
        """Whether a score follows from a measure by the curves of the rule-set.

        Args:
            data: the rule.
            measure: what the curves are drawn over.
            weights: those that the score may be of.
            scores: those that are printed.
            zero: the target or budget, and what the rule-set says where it is 0.
        """
        if "measure_rounding" in data:
            return z3.BoolVal(True)
        high = pieces(data["curve"])
        low = pieces(data["discretion"]) if "discretion" in data else None
        domain = interval(data["curve"].get("domain", {}))
        base, policy = zero if zero is not None else (measure.below, "undefined")
        ways = [self.reaches(measure, high, low, weight, scores) for weight in weights if weight]
        unsaid = z3.And(measure.below != 0, z3.Not(measure.within(domain)))
        if data.get("measure") == "target/actual" and domain.upper is None:
            # Of nothing at all, target / actual is beyond every measure.
            end = max(high, key=lambda piece: piece.xs.lower or ZERO).at
            full = any(end * weight in scores for weight in weights)
            ways.append(z3.And(measure.below == 0, z3.BoolVal(full)))
        else:
            unsaid = z3.Or(measure.below == 0, unsaid)
        of_zero = [self.on_zero(policy, measure.above, weight, scores) for weight in weights]
        return z3.If(base == 0, z3.Or(*of_zero), z3.Or(*ways, unsaid))

    # Execution and indicators.

    def gives(self) -> None:
        """Which scores the rules give, as far as the print says of what."""
        rule, top = self.rules.get("execution"), "form.funding.total"
        if rule is not None:
            base = "initial" if rule.get("denominator") == "initial" else "revised"
            weight = self.figure(f"{top}.weight")
            weights = [read(rule["weight"]), *([] if weight is None else [weight.nominal])]
            over = (f"{top}.executed", f"{top}.{base}")
            self.give(f"{top}.score", rule, over, weights)
        for row in itertools.chain.from_iterable(map(self.rows, STATEMENTS)):
            rules, weight = self.directed(row), self.figure(f"{row.path}.weight")
            pair = (f"{row.path}.actual", f"{row.path}.target.value")
            rule = rules[0][1] if len(rules) == 1 and not is_printed(row) else None
            if rule is None or weight is None or any(self.named(row)) or not self.alike(pair):
                continue
            if rule["measure"] == "target/actual":
                pair = (pair[1], pair[0])
            if rule["measure"] != "deviation":
                self.give(f"{row.path}.score", rule, pair, [weight.nominal])

    def directed(self, row: Row) -> list[tuple[Direction, Mapping[str, Any] | None]]:
        """The rules for the direction of an indicator; where it says none, of all directions."""
        target = row.indicator.target
        strict = {Direction.AT_LEAST: "above", Direction.AT_MOST: "below"}
        plain = {
            Direction.AT_LEAST: "at_least",
            Direction.AT_MOST: "at_most",
            Direction.EQUAL: "equal",
        }
        of_direction: list[tuple[Direction, Mapping[str, Any] | None]] = []
        for direction, name in plain.items():
            if isinstance(target.direction, Missing) or target.direction is direction:
                own = self.rules.get(strict.get(direction, "")) if target.strict else None
                of_direction.append((direction, own or self.rules.get(name)))
        return of_direction

    def execution(self) -> None:
        """The score of execution follows from the execution rate."""
        rule, top = self.rules.get("execution"), "form.funding.total"
        score = self.figure(f"{top}.score")
        base = "initial" if rule and rule.get("denominator") == "initial" else "revised"
        pair = (f"{top}.executed", f"{top}.{base}")
        if rule is None or score is None or not self.alike(pair):
            return
        if self.is_dash(pair[0]) or self.is_dash(pair[1]):
            return
        above, below = (self.value(path) for path in pair)
        weights = [read(rule["weight"])]
        stated = self.figure(f"{top}.weight")
        if stated is not None and stated.nominal > 0:
            weights.append(stated.nominal)
        formula = self.by_curve(
            rule,
            Measured(above=above, below=below),
            weights,
            self.possible(score),
            (below, rule.get("zero_budget", "undefined")),
        )
        self.say("F06", (f"{top}.score", *pair), formula)

    def named(self, row: Row) -> Iterator[Mapping[str, Any]]:
        """The rules for the name of an indicator, or for what stands under its headings."""
        indicator = row.indicator
        headings = {plain_heading(heading) for heading in (indicator.level1, indicator.level2)} - {
            ""
        }
        direction = indicator.target.direction
        for rule in self.rules.get("indicators", ()):
            of_name = plain_name(indicator.name) in map(plain_name, rule.get("names", ()))
            of_heading = headings & set(map(plain_heading, rule.get("headings", ())))
            directed = rule.get("directions")
            fits = directed is None or isinstance(direction, Missing) or direction.value in directed
            if (of_name or of_heading) and fits:
                yield rule

    def scores(self, where: str) -> None:
        """Each score follows from its rule."""
        for row in self.rows(where):
            paths = [f"{row.path}.{name}" for name in ("score", "weight", "actual", "target.value")]
            score, weight = self.figure(paths[0]), self.figure(paths[1])
            if score is None or weight is None or not weight.nominal or is_printed(row):
                continue
            direction = row.indicator.target.direction
            if direction is Direction.QUALITATIVE:
                self.grade(row, score, weight)
                continue
            named = list(self.named(row))
            if named:
                ways = [self.by_name(row, named, score, weight)]
            else:
                scores = self.possible(score)
                directed = self.directed(row)
                ways = [self.by_direction(row, *rule, scores, weight) for rule in directed]
                if None in ways and self.is_full_if_just_met(row):
                    actual, aim = self.value(paths[2]), self.value(paths[3])
                    known = [way for way in ways if way is not None]
                    ways = [z3.Or(actual != aim, *known)]
                elif len(ways) > 1 and None not in ways:
                    # Without an operator it may be of any direction, or between two of them.
                    least = Interval(lower=scores.lower, lower_closed=scores.lower_closed)
                    most = Interval(upper=scores.upper, upper_closed=scores.upper_closed)
                    ways = [
                        z3.And(
                            *(
                                z3.Or(
                                    *(
                                        self.by_direction(row, *rule, side, weight)
                                        for rule in directed
                                    )
                                )
                                for side in (least, most)
                            )
                        )
                    ]
            if None not in ways:
                if self.rules.get("editable"):
                    ways.append(_is_share_of(weight, self.possible(score)))
                self.say("W04", paths, z3.Or(*ways))

    def is_full_if_just_met(self, row: Row) -> bool:
        """Whether a target without an operator is met exactly, for which all rules give full marks.

        Where there is a rule for some of the directions only.
        """
        pair = (f"{row.path}.actual", f"{row.path}.target.value")
        actual, aim = (self.figure(path) for path in pair)
        rules_known = [rule for _, rule in self.directed(row) if rule is not None]
        if actual is None or aim is None or not self.alike(pair) or actual.nominal != aim.nominal:
            return False
        return bool(rules_known) and all(_gives_full(rule, aim.nominal) for rule in rules_known)

    def by_name(
        self, row: Row, rules: Sequence[Mapping[str, Any]], score: Figure, weight: Figure
    ) -> Formula | None:
        actual = self.figure(f"{row.path}.actual")
        if actual is None or actual.unit.dimension != RATIO:
            return None
        measure = Measured(above=self.value(f"{row.path}.actual"), below=number(1))
        scores, ways = self.possible(score), []
        for rule in rules:
            due = read(rule.get("weight", weight.nominal))
            weights = {due, weight.nominal}
            if "curve" in rule:
                ways.append(self.by_curve(rule, measure, sorted(weights), scores))
                continue
            steps = rule["steps"]
            counting = steps.get("counting", "whole")
            for full in weights:
                # The loss is of the points of the document, or of those of the form.
                for of in weights:
                    high = by_steps(steps, of, part=counting == "part")
                    low = by_steps(steps, of, part=True) if counting == "unsaid" else None
                    ways.append(self.reaches(measure, high, low, full, scores))
        return z3.Or(*ways)

    def by_direction(
        self,
        row: Row,
        direction: Direction,
        rule: Mapping[str, Any] | None,
        scores: Interval,
        weight: Figure,
    ) -> Formula | None:
        pair = (f"{row.path}.actual", f"{row.path}.target.value")
        shown = [self.figure(path) for path in pair]
        if rule is None or not all(shown) or not self.alike(pair):
            return None
        actual, aim = (self.value(path) for path in pair)
        measures = {
            "actual/target": Measured(above=actual, below=aim),
            "target/actual": Measured(above=aim, below=actual),
        }
        measure = measures.get(rule["measure"]) or self.deviation_of(actual, aim, shown[1])
        policy = rule.get("zero_target", "undefined")
        if_met = policy == "full-if-met"
        zero = (aim, "undefined" if if_met else policy)
        of_negative = z3.Or(aim < 0, rule["measure"] == "target/actual" and actual < 0)
        formula = z3.Or(of_negative, self.by_curve(rule, measure, [weight.nominal], scores, zero))
        any_score = _is_share_of(weight, scores)
        if if_met:
            # What a miss costs is not said; above the target there may be room for a judgement.
            met = {
                Direction.AT_LEAST: actual >= aim,
                Direction.AT_MOST: actual <= aim,
                Direction.EQUAL: actual == aim,
            }[direction]
            if row.indicator.target.strict:
                met = z3.And(met, actual != aim)
            full = z3.BoolVal(weight.nominal in scores)
            if "discretion" in rule:
                full = z3.If(actual > aim, any_score, full)
            formula = z3.If(aim <= 0, z3.Or(z3.Not(met), full), formula)
        over = rule.get("over_completion", {})
        if over.get("policy") == "flag":
            threshold = number(read(over["threshold"])) * aim
            beyond = actual >= threshold if over.get("inclusive", True) else actual > threshold
            # From the threshold on the score may be edited.
            formula = z3.Or(formula, z3.And(aim > 0, beyond, any_score))
        return formula

    def deviation_of(self, actual: Number, aim: Number, target: Figure | None) -> Measured:
        """The measure of a rule over the deviation, by the definition of the rule-set."""
        definition = self.rules.get("deviation", "relative-to-target")
        if definition == "relative-to-actual":
            return Measured(above=actual - aim, below=actual)
        if definition == "points" and target is not None and target.unit.dimension == RATIO:
            return Measured(above=actual - aim, below=number(1))
        return Measured(above=actual - aim, below=aim)

    def grade(self, row: Row, score: Figure, weight: Figure) -> None:
        """A qualitative score lies in the band of its grade."""
        actual = row.indicator.actual
        words = actual.text if isinstance(actual, Missing) else ""
        bands = [
            band
            for band in self.rules.get("qualitative", ())
            if words in (band["grade"]["zh"], *band.get("aliases", ()))
        ]
        if not bands:
            return
        shares = interval(bands[0]["shares"])
        possible = self.possible(score).scaled(1 / weight.nominal)
        limits = self.possible(score) if self.places is None else None
        fits = possible.intersection(shares) is not None
        if limits is None:
            # The limits are rounded to the places of a score.
            exact = [
                round(end * weight.nominal * 100) for end in (shares.lower, shares.upper) if end
            ]
            fits = fits or any(
                Fraction(hundredths, 100) in self.possible(score) for hundredths in exact
            )
        self.say("W07", [f"{row.path}.score", f"{row.path}.weight"], z3.BoolVal(fits))

    # Totals.

    def is_total(self, total: Number, scores: Sequence[str], *, short: bool) -> Formula:
        plain = super().is_total(total, scores, short=short)
        capped = [
            z3.And(total == number(read(cap["most"])), z3.Sum(*map(self.part, scores)) >= total)
            for cap in self.rules.get("total_caps", ())
        ]
        return z3.Or(plain, *capped)

    def ratings(self) -> None:
        """A rating is that of the total, of the true one or of the printed one."""
        bands = rated(self.rules.get("ratings", ()))
        for where in STATEMENTS:
            rating = getattr(self.report, where).rating
            path = f"{where}.total_score"
            total = self.figure(path)
            if isinstance(rating, Missing) or rating not in bands:
                continue
            if total is not None and is_between(total.nominal, self.rules["ratings"]):
                continue  # Of that total the document says nothing.
            band = bands[rating]
            printed = total is not None and total.nominal in band
            earned = z3.Or(z3.BoolVal(printed), between(self.value(path), band))
            self.say("W09", [path], earned)

    def caps(self) -> None:
        """The total does not exceed a cap that is in force and not lifted."""
        reasons = [getattr(self.report, where).adjustment.reason for where in STATEMENTS]
        for cap in self.rules.get("total_caps", ()):
            if cap.get("unless_explained") and any(isinstance(reason, str) for reason in reasons):
                continue
            top = "form.funding.total"
            if cap["on"] == "adjustment-size":
                pair = (f"{top}.revised", f"{top}.initial")
            else:
                pair = (f"{top}.executed", f"{top}.revised")
            if not all(map(self.figure, pair)) or not self.alike(pair):
                continue
            above, below = (self.value(path) for path in pair)
            sizes = [Measured(above=above, below=below)]
            if cap["on"] == "adjustment-size":
                sizes = [
                    Measured(above=above - below, below=below),
                    Measured(above=below - above, below=below),
                ]
            within = z3.Or(*(size.within(interval(cap["within"])) for size in sizes))
            for where in STATEMENTS:
                path = f"{where}.total_score"
                if self.figure(path) is not None:
                    limited = self.value(path) <= number(read(cap["most"]))
                    self.say("W14", (path, *pair), z3.Implies(within, limited))

    def weights(self, where: str, whole: Fraction | None = None) -> None:
        super().weights(where, self.whole if whole is None else whole)

    def deviations(self, among: Sequence[DeviationDefinition]) -> None:
        own = self.rules.get("deviation")
        super().deviations(among if own is None else [DeviationDefinition(own)])

    def all(self) -> list[Claim]:
        """Every claim, those of the rule-set too."""
        claims = super().all()
        self.execution()
        for where in STATEMENTS:
            self.scores(where)
        self.ratings()
        self.caps()
        return claims


def is_printed(row: Row) -> bool:
    """Whether the form prints beside a row how it is scored."""
    return isinstance(row.indicator.scoring_rule, str)


def rated(ratings: Sequence[Mapping[str, Any]]) -> dict[str, Interval]:
    """The totals for which each rating may stand.

    A band reaches down to its least, and up to where the next one begins. Where bands are printed
    with gaps, as 80-89 below 90-100, a total of 89.5 may have either rating: the better one then
    reaches down to where the worse one ends.
    """
    bands: dict[str, Interval] = {}
    best_first = sorted(ratings, key=lambda band: read(band["least"]), reverse=True)
    better: Fraction | None = None
    none: Mapping[str, Any] = {}
    for band, worse in zip(best_first, [*best_first[1:], none][: len(ratings)], strict=True):
        has_gap = "most" in worse
        bands[band["rating"]] = Interval(
            lower=read(worse["most"] if has_gap else band["least"]),
            upper=better,
            lower_closed=not has_gap,
            upper_closed=False,
        )
        better = read(band["least"])
    return bands


def is_between(total: Fraction, ratings: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a total is in no band: above the end of the one that begins below it."""
    below = [band for band in ratings if read(band["least"]) <= total]
    band = max(below, key=lambda band: read(band["least"]), default={})
    return "most" in band and total > read(band["most"])


def _is_share_of(weight: Figure, scores: Interval) -> Formula:
    """Whether one of the scores is between 0 and the weight."""
    shares = Interval(lower=0, upper=1).scaled(weight.nominal)
    return z3.BoolVal(shares.intersection(scores) is not None)


def _gives_full(rule: Mapping[str, Any], aim: Fraction) -> bool:
    """Whether a target that is met exactly has full marks, with nothing left to judge."""
    if aim <= 0:
        policies = {"full-if-met"} if aim else {"full-if-met", "full", "full-unless-above"}
        return rule.get("zero_target") in policies
    x = ZERO if rule["measure"] == "deviation" else ONE
    curves = [rule[name] for name in ("curve", "discretion") if name in rule]
    return all(
        any(x in piece.xs and piece.at + piece.slope * (x - piece.origin) == 1 for piece in drawn)
        for drawn in map(pieces, curves)
    )


def _rounded_to(value: Fraction, places: int) -> Interval:
    """What is rounded half-up to ``value``."""
    half = Fraction(1, 2 * 10**places)
    return Interval(
        lower=value - half, upper=value + half, lower_closed=value > 0, upper_closed=value < 0
    )


def claims_of(report: SelfEvaluation, rules: str | None, *, truncated: bool = False) -> list[Claim]:
    """The claims of a report, with those of a rule-set if one is named."""
    if rules is None:
        return Claims(report, truncated=truncated).all()
    return RuledClaims(report, rules, truncated=truncated).all()
