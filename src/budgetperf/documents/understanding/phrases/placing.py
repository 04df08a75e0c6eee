"""From what numbers are said to be to the fields of a report: only where one reading is left."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence, Set

import attrs

from budgetperf.documents.understanding.assembling import Found
from budgetperf.documents.understanding.narrative import stated_target
from budgetperf.exact import Figure, Missing, MissingReason, Place, Text
from budgetperf.exact.figure import read_figure
from budgetperf.model import Target

from .kinds.accounts import accounts
from .kinds.chains import chain_in, is_adjustment, is_all_of_change, is_changed_in
from .kinds.changed import before_change, is_change
from .kinds.left_out import BALANCE, NO_BUDGET, NO_SUM, LeftOut, why_no_result
from .kinds.listed import is_of_several
from .kinds.of_whom import are_kinds, may_be_whole
from .kinds.whole import (
    MAY_BE_SOURCES,
    is_of_a_source,
    is_of_several_years,
    notes_on_rivals,
    without_carry_over,
    without_pairs,
)
from .mention import Mention, nominal
from .reasons import misses
from .sentences import Number
from .words import Words

__all__ = ["Placed", "exceeds_the_year", "place"]


@attrs.frozen(kw_only=True)
class Placed:
    """What was placed, the numbers that it was read from, those that have no place, and notes."""

    values: tuple[Found, ...]
    numbers: tuple[Number, ...]
    left_out: tuple[LeftOut, ...]
    notes: tuple[Text, ...]


def place(
    mentions: Sequence[Mention],
    words: Words,
    line_at: Callable[[int], int],
    statement: str,
    *,
    beside_form: bool = False,
    fields: Set[str] = frozenset(),
) -> Placed:
    """The figures of a statement.

    Args:
        mentions: those of the whole text, in its order.
        words: the words of the field.
        line_at: the line of a position.
        statement: the part of the report that they stand in.
        beside_form: whether a form states the totals, so that weak words make none.
        fields: those that are asked for, with what was reached; all where none is named.
    """
    placing = _Placing(
        mentions=mentions,
        words=words,
        line_at=line_at,
        at=statement,
        least=_STRONG if beside_form else 0,
        fields={f"{statement}.{field}" for field in fields},
    )
    placing.run()
    return Placed(
        values=tuple(placing.values),
        numbers=tuple(placing.numbers),
        left_out=tuple(placing.left_out),
        notes=tuple(notes_on_rivals(placing.rivals, line_at)),
    )


def _is_made_up(whole: Mention) -> bool:
    """Whether the parts of an amount make it up: 到位118万元，其中当年108万元、上年结转10万元."""
    return sum(map(nominal, whole.parts)) == nominal(whole)


def exceeds_the_year(mentions: Sequence[Mention]) -> bool:
    """Whether what is said to be all so far is more than there was in the year that is evaluated,
    so that it is of several years: 累计支出2700万元，其中2023年支出1140万元."""
    so_far = [mention for mention in mentions if mention.is_of_whole and mention.is_cumulative]
    if not so_far:
        return False
    of_year = [
        mention
        for each in mentions
        for mention in (each, *(() if _is_made_up(each) else each.parts))
        if mention.is_of_year and not (mention.is_cumulative or mention.is_of_month)
    ]
    return any(
        (old.role == own.role or (old.role, own.role) == ("executed", "revised"))
        and 0 < nominal(own) < nominal(old)
        for old in so_far
        for own in of_year
        if old.kind == own.kind == "money"
    )


@attrs.define(kw_only=True)
class _Placing:
    """Gives the fields of a report the mentions that can be nothing else."""

    mentions: Sequence[Mention]
    words: Words
    line_at: Callable[[int], int]
    at: str
    least: int
    fields: Set[str]
    values: list[Found] = attrs.Factory(list[Found])
    numbers: list[Number] = attrs.Factory(list[Number])
    left_out: list[LeftOut] = attrs.Factory(list[LeftOut])
    rivals: list[Mention] = attrs.Factory(list[Mention])
    by_sentence: dict[int, list[Mention]] = attrs.Factory(lambda: defaultdict(list[Mention]))
    named: dict[str, Figure] = attrs.Factory(dict[str, Figure])
    read: dict[int, Figure | None] = attrs.Factory(dict[int, "Figure | None"])
    done: set[int] = attrs.Factory(set[int])
    splits: int = 0
    split_at: dict[int, str] = attrs.Factory(dict[int, str])
    rows: int = 0
    adjusted: int = -1
    listed: dict[str, list[Mention]] | None = None
    totals: dict[str, Mention] = attrs.Factory(dict[str, Mention])
    before_sum: set[int] = attrs.Factory(set[int])
    not_led: set[int] = attrs.Factory(set[int])
    unsure: set[str] = attrs.Factory(set[str])
    sources: dict[tuple[str, str], Figure] = attrs.Factory(dict[tuple[str, str], Figure])

    def run(self) -> None:
        """Place them: totals first, for what else is said depends on these."""
        for mention in self.mentions:
            self.by_sentence[mention.sentence].append(mention)
        money = [m for m in self.mentions if m.kind == "money" and m.number is not None]
        money = self._sums(money)
        self._steps(money)
        self._totals(money)
        self._batches(money)
        self._lists(money)
        self._of_sources(money)
        self._rates()
        self._items()
        self._indicators()
        self._scores()
        self._accounts()
        for mention in self.mentions:
            self._alone(mention)

    # Reading and keeping.

    def _figure(self, mention: Mention) -> Figure | None:
        if id(mention) not in self.read:
            self.read[id(mention)] = self._read(mention)
        return self.read[id(mention)]

    def _read(self, mention: Mention) -> Figure | None:
        number = mention.number
        if number is None:
            return None
        value = read_figure(number.sign + number.text, place=Place(line=self.line_at(number.start)))
        if not isinstance(value, Figure):
            return None
        return attrs.evolve(value, text=f"约{number.text}") if number.about else value

    def _put(self, path: str, mention: Mention) -> None:
        figure = self._figure(mention)
        is_asked = not self.fields or path in self.fields or ".achievements[" in path
        if figure is None or mention.number is None or not is_asked:
            return
        self.values.append(Found(path=path, value=figure))
        self.numbers.append(mention.number)
        self.done.add(id(mention))

    def _say(self, path: str, value: str | bool) -> None:
        self.values += [Found(path=path, value=value)] if value else []

    def _is_done(self, mention: Mention) -> bool:
        return id(mention) in self.done

    # Amounts of the whole.

    def _totals(self, money: Sequence[Mention]) -> None:
        """For each role the amount that is most surely that of the whole, if there is one."""
        by_role: dict[str, list[Mention]] = defaultdict(list)
        self.before_sum = before_sum = without_carry_over(money) | before_change(money)
        all_spent = (mention.parts for mention in money if mention.is_grand_total)
        of_it = [part for parts in all_spent for part in parts if part.is_of_current]
        for mention in (*money, *of_it):
            fits = mention.role and mention.origin is None and mention.is_own
            fits = fits and not mention.batch and not _about(mention)
            fits = fits and mention.strength >= self.least and id(mention) not in before_sum
            if fits and not self._is_done(mention) and mention.step not in _PARTS:
                by_role[mention.role].append(mention)
        self.rivals += without_pairs(by_role)
        for role, amounts in by_role.items():
            claims = [claim for claim in amounts if not is_of_several_years(claim, amounts)]
            strength = max(claim.strength for claim in claims)
            best = [claim for claim in claims if claim.strength == strength]
            if len(self._values(best)) > 1:
                other = [claim for claim in best if claim.name.startswith("调整预算")]
                best = [claim for claim in best if claim not in other and not claim.is_of_month]
                if not all(
                    is_adjustment(claim, by_role.get("initial", ()), best) for claim in other
                ):
                    best = []  # 调整预算数 may be the budget after it was changed, or by how much
            values = self._values(best)
            best = [
                claim
                for claim in best
                if not is_of_a_source(claim, self.by_sentence[claim.sentence])
            ]
            if not best or (len(values) > 1 and strength < _STRONG):
                self.unsure.add(role)
                continue  # which of them is the whole is not said
            self.totals[role] = best[0]
            for claim in claims:
                if claim in best or self._values([claim]) <= values:
                    self._put(f"{self.at}.funding.total.{role}", claim)

    def _values(self, mentions: Iterable[Mention]) -> set[object]:
        return {
            (figure.nominal, figure.unit.dimension)
            for figure in map(self._figure, mentions)
            if figure is not None
        }

    # Parts.

    def _sums(self, money: Sequence[Mention]) -> list[Mention]:
        """Sums that stand behind what they are of (…, 共计…): the amounts before them, in a row."""
        row: list[Mention] = []
        kept: list[Mention] = []
        for mention in money:
            if row and mention.sentence != row[-1].sentence:
                row = []
            is_sum = mention.step == "sum" or (mention.role == "executed" and mention.strength == 1)
            if len(row) > 1 and are_kinds(row) and is_sum:
                mention.parts, row = row, []
                kept = [m for m in kept if m not in mention.parts]
            elif mention.step == "sum":
                roles = {part.role for part in row} - {""}
                alike = all(part.origin for part in row) or all(part.batch for part in row)
                if len(row) > 1 and alike and len(roles) == 1 and not _about(mention):
                    mention.role, mention.strength, mention.is_own = roles.pop(), 1, True
                    if not row[0].batch:
                        mention.parts = row
                        kept = [m for m in kept if m not in row]
                elif is_changed_in(row, mention) and not _about(mention):
                    mention.role, mention.strength = "revised", _STRONG
                row = []
            elif (row and bool(row[0].batch) != bool(mention.batch)) or mention.parts:
                row = []
            else:
                row.append(mention)
            kept.append(mention)
        return kept

    def _lists(self, money: Sequence[Mention]) -> None:
        for mention in money:
            if mention.parts:
                self._list(mention)
        for mention in self.mentions:
            if mention.kind == "split":
                self._list(mention)
        near: list[Mention] = []
        for mention in self.mentions:
            if mention.kind == "list":
                self._orphan(mention, near)
            elif mention.kind == "money":
                near = [mention, *near[: _NEAR - 1]]

    def _is_no_part(self, part: Mention) -> bool:
        return part.is_dropped or self._figure(part) is None or not _label(part)

    def _list(self, whole: Mention) -> None:
        """A list behind an amount: the sources of its role, or an amount and its parts."""
        parts = whole.parts
        if any(self._is_no_part(part) for part in parts):
            return
        if any(part.step == "cut" for part in parts) or all(
            is_change(part) or part.name.startswith(("较", "比")) for part in parts
        ):
            self._list_of_changes(whole)
            return
        role = whole.role
        keys = [part.origin.key for part in parts if part.origin]
        of_total = role and self.totals.get(role) is not None
        of_total = of_total and self._values([whole]) == self._values([self.totals[role]])
        of_total = of_total and self._is_done(whole.whole or whole)
        if of_total and 1 < len(parts) == len(keys) == len(set(keys)):
            self._sources(role, parts)
        elif whole.number is not None and _label(whole):
            self._split(_label(whole), whole, parts)
        for part in parts:
            if part.parts:
                self._list(part)

    def _list_of_changes(self, whole: Mention) -> None:
        """By how much a budget was changed, behind it: 调整后预算120万元（调增20万元）."""
        (first, *more) = whole.parts
        is_sure = _ADJUSTED.match(first.name) is not None and first.step in ("added", "cut")
        is_total = (
            whole.role == "revised" and whole.name.startswith("调整") and self._is_done(whole)
        )
        if is_sure and is_total and not more and not _about(first):
            self._adjusted(first)

    def _sources(self, role: str, parts: Sequence[Mention]) -> None:
        known = {key for kind, key in self.sources if kind == role}
        keys = {part.origin.key for part in parts if part.origin}
        if known and known != keys:
            return
        for part in parts:
            origin, figure = part.origin, self._figure(part)
            if origin is None or figure is None:
                continue
            path = f"{self.at}.funding.sources[{origin.key}]"
            first = self.sources.setdefault((role, origin.key), figure)
            if first.nominal == figure.nominal or first is figure:
                self._say(f"{path}.label", origin.label)
                self._put(f"{path}.{role}", part)

    def _split(
        self,
        name: str,
        whole: Mention | None,
        parts: Sequence[Mention],
        *,
        complete: bool = False,
    ) -> str:
        """An amount and its parts."""
        path = f"{self.at}.breakdowns[{self.splits}]"
        self.splits += 1
        self._say(f"{path}.name", name)
        if whole is not None:
            self.split_at.setdefault(id(whole), path)
            self._put(f"{path}.total", whole)
        for number, part in enumerate(parts):
            self._say(f"{path}.parts[{number}].name", _label(part))
            self._put(f"{path}.parts[{number}].amount", part)
        complete = complete or any(
            part.origin is not None and part.origin.kind == _OTHER for part in parts
        )
        if complete:
            self._say(f"{path}.complete", True)
        return path

    def _orphan(self, listed: Mention, near: Sequence[Mention]) -> None:
        """A list whose whole stands in an earlier sentence: one that has a part of it already."""
        if any(self._is_no_part(part) for part in listed.parts):
            return
        for whole in near:
            if not whole.parts or whole.sentence == listed.sentence:
                continue
            shared = [
                (old, new)
                for old in whole.parts
                for new in listed.parts
                if old.origin and new.origin and old.origin.key == new.origin.key
            ]
            if len(shared) != len(whole.parts) or len(listed.parts) <= len(whole.parts):
                continue
            if any(part.origin is None for part in listed.parts):
                continue
            if any(self._values([old]) != self._values([new]) for old, new in shared):
                continue
            self._extend(whole, listed.parts)
            return
        self._fitting(listed, near)

    def _fitting(self, listed: Mention, near: Sequence[Mention]) -> None:
        """A list behind a sentence with several amounts: that of the one that it makes up; behind a
        sentence with one amount, of that."""
        if len(listed.parts) < _SEVERAL:
            return
        just_before = [whole for whole in near if whole.sentence == listed.sentence - 1]
        figures = [self._figure(part) for part in listed.parts]
        summed = sum(figure.nominal for figure in figures if figure is not None)
        fitting = [
            whole
            for whole in just_before
            if (whole.role or _label(whole))
            and not whole.parts
            and not whole.batch
            and (whole.origin is None or whole.origin.kind == "upper")
            and (figure := self._figure(whole)) is not None
            and (len(just_before) == 1 or figure.nominal == summed)
            and may_be_whole(whole, listed.parts)
        ]
        if len({whole.role or _label(whole) for whole in fitting}) == 1:
            fitting[0].parts = listed.parts
            self._list(fitting[0])
        elif just_before and all(_HOSPITALITY.search(_label(part)) for part in listed.parts):
            numbers = [
                each.number for each in (just_before[0], *listed.parts) if not self._is_done(each)
            ]
            self.left_out += [LeftOut(number=n, why=NO_SUM) for n in numbers if n is not None]

    def _extend(self, whole: Mention, parts: Sequence[Mention]) -> None:
        """The parts of a list that an earlier sentence began."""
        index = self.split_at.get(id(whole))
        if index is None:
            return
        known = {old.origin.key: i for i, old in enumerate(whole.parts) if old.origin}
        following = len(whole.parts)
        for part in parts:
            key = part.origin.key if part.origin else ""
            if key not in known:
                known[key] = following
                following += 1
                self._say(f"{index}.parts[{known[key]}].name", _label(part))
                whole.parts.append(part)
            self._put(f"{index}.parts[{known[key]}].amount", part)

    def _batches(self, money: Sequence[Mention]) -> None:
        """Amounts in batches, and the whole that they make up."""
        batches = [mention for mention in money if mention.batch and not _about(mention)]
        names = [mention.batch for mention in batches]
        current = [mention for mention in batches if mention.strength >= 0]
        if len(batches) < 2 or not current or len(set(names)) < len(names):
            for mention in batches:
                if mention.strength < 0:
                    self.done.add(id(mention))  # of another year, and no batch of this one's
            return
        roles = {mention.role for mention in batches}
        whole = self.totals.get(roles.pop()) if len(roles) == 1 else None
        numbered = [f"第{_NUMERALS[i]}批" for i in range(min(len(names), len(_NUMERALS)))]
        says_all = whole is not None and whole.strength > 0
        complete = says_all and [name[:3] for name in names] == numbered
        spoken_of = {mention.sentence for mention in (*batches, *([whole] if whole else ()))}
        is_changed = any(is_change(m) and m.sentence in spoken_of for m in money)
        if is_changed:
            self._split(names[0], None, batches)
        elif whole is not None and _label(whole):
            self._split(_label(whole), whole, batches, complete=complete)
        else:
            self._split(names[0], None, batches)

    def _steps(self, money: Sequence[Mention]) -> None:
        """Advance and settlement, cuts and additions: what one amount makes of others."""
        by_sentence: dict[int, list[Mention]] = defaultdict(list)
        for mention in money:
            is_sure = mention.is_own and not _about(mention) and mention.strength >= 0
            if is_sure and not mention.batch:
                by_sentence[mention.sentence].append(mention)
        for amounts in by_sentence.values():
            self.not_led |= set(map(id, chain_in(amounts, adds_up=False)))
            steps: dict[str, Mention] = {}
            for mention in amounts:
                steps.setdefault(mention.step, mention)
            initial = _only(amounts, "initial", _STRONG)
            revised = _only(amounts, "revised", _STRONG)
            first = initial or steps.get("first")
            added, cut, last = (steps.get(name) for name in ("added", "cut", "last"))
            if any(step and step.name[:1] in ("比", "较") for step in (added, cut)):
                last = last or _only(amounts, "executed", _STRONG)
            changed = steps.get("changed") or (None if cut else added)
            if "advance" in steps and "settled" in steps:
                self._settled(amounts, steps["advance"], steps["settled"])
            elif cut and not added and first and revised and _alone(amounts, first, cut, revised):
                if is_all_of_change(first, cut, revised):
                    self._cut(first, cut, revised)
            elif changed and initial and revised:
                is_all = is_all_of_change(initial, changed, revised)
                if is_all and _alone(amounts, initial, changed, revised):
                    self._adjusted(changed)
            elif added and not cut and last and first and _alone(amounts, first, last, added):
                self._in_steps(last, [first, added])
            elif cut and not added and last and first and _alone(amounts, first, last, cut):
                self._in_steps(first, [cut, last])

    def _cut(self, first: Mention, cut: Mention, revised: Mention) -> None:
        """What was cut from the budget of the start of the year, or from what was handed out."""
        if first.role == "initial":
            self._adjusted(cut)
        else:
            self._in_steps(first, [cut, revised])

    def _adjusted(self, change: Mention) -> None:
        """By how much the budget was adjusted: what was cut has a minus, though it has no sign."""
        is_cut = change.step == "cut" and nominal(change) != 0
        if is_cut and change.number is not None and not change.number.sign:
            change.number = attrs.evolve(change.number, sign="-")
            self.read.pop(id(change), None)
        self._put(f"{self.at}.adjustment.amount", change)
        self.adjusted = change.sentence

    def _settled(self, amounts: Sequence[Mention], advance: Mention, settled: Mention) -> None:
        others = [m for m in amounts if m not in (advance, settled)]
        if len(others) == 1 and others[0].strength:
            (whole,) = others
            name = _label(whole) if len(_label(whole)) > 2 else "合计"
            self._split(name, whole, [advance, settled], complete=_says_sum(whole))
            self.done.discard(id(whole))

    def _in_steps(self, whole: Mention, parts: Sequence[Mention]) -> None:
        """An amount and its parts, of which those that have a role are placed there, too."""
        self._split(_label(whole), whole, parts, complete=True)
        for mention in (whole, *parts):
            if mention.strength == _STRONG:
                self.done.discard(id(mention))

    # What is said of one source, and rates.

    def _of_sources(self, money: Sequence[Mention]) -> None:
        """Amounts that are of one source, outside any list; several in a row are one list."""
        runs: list[list[Mention]] = []
        for mention in money:
            if mention.origin is None or self._is_done(mention) or _about(mention):
                continue
            if mention.strength < 0:
                continue
            near = runs and runs[-1][-1] is mention.before and mention.before is not None
            if near and (not mention.role or mention.role == runs[-1][0].role):
                runs[-1].append(mention)
            else:
                runs.append([mention])
        for run in runs:
            role = run[0].role
            keys = [mention.origin.key for mention in run if mention.origin]
            if _OTHER in keys and not self._begins_list(run[0]):
                continue  # 财政拨款支出95万元，其他资金支出5万元: other than what is not read
            known = {key: fig for (kind, key), fig in self.sources.items() if kind == role}
            same = all(
                key in known
                and {(known[key].nominal, known[key].unit.dimension)} == self._values([mention])
                for key, mention in zip(keys, run, strict=True)
            )
            if role and len(set(keys)) == len(keys) and (not known or same):
                self._sources_of(role, run)
            elif len(run) > 1 and len(set(map(_label, run))) == len(run):
                self._split(run[0].name or _label(run[0]), None, run)

    def _begins_list(self, first: Mention) -> bool:
        """Whether no amount stands before a source that is no total."""
        before = first.before
        return before is None or (bool(before.role) and self._is_done(before))

    def _sources_of(self, role: str, run: Sequence[Mention]) -> None:
        for mention in run:
            origin, figure = mention.origin, self._figure(mention)
            if origin is not None and figure is not None:
                path = f"{self.at}.funding.sources[{origin.key}]"
                self.sources.setdefault((role, origin.key), figure)
                self._say(f"{path}.label", origin.label)
                self._put(f"{path}.{role}", mention)

    def _rates(self) -> None:
        for mention in self.mentions:
            if mention.kind != "rate" or not mention.role or _about(mention):
                continue
            of = mention.before
            if mention.role == "execution_rate" and of is not None and of.origin is not None:
                if of.role == "executed" and self._is_done(of) and not self._is_last(mention):
                    path = f"{self.at}.funding.sources[{of.origin.key}]"
                    self._put(f"{path}.execution_rate", mention)
                    self._base(path, of.origin.key)
                continue
            if of is not None and (not of.is_own or of.whole is not None or of.role in self.unsure):
                continue
            if id(of) in self.before_sum or (of is not None and of.role and not self._is_done(of)):
                continue
            if mention.role == "adjustment_rate":
                if mention.sentence == self.adjusted:
                    self._put(f"{self.at}.adjustment.rate", mention)
                continue
            received, revised = self.totals.get("received"), self.totals.get("revised")
            bases = [base for base in (received, revised) if base is not None]
            if mention.role == "use_rate" and len(self._values(bases)) > 1:
                continue  # of which of the two is not said
            budgets = [base for base in (self.totals.get("initial"), revised) if base is not None]
            if mention.is_of_either and len(self._values(budgets)) > 1:
                continue
            is_said_once = len(self._values(self._said_with(mention))) == 1
            if is_said_once and not self._is_rate_of_a_source(mention):
                self._put(f"{self.at}.funding.total.{mention.role}", mention)

    def _said_with(self, rate: Mention) -> list[Mention]:
        """The rates of that name that the sentence says of the whole: where they differ, they are
        of different budgets."""
        return [
            other
            for other in self.by_sentence[rate.sentence]
            if (other.kind, other.role) == ("rate", rate.role)
            and (other.before is None or (other.before.is_own and other.before.origin is None))
            and (other.before is None or other.before.whole is None)
        ]

    def _is_rate_of_a_source(self, rate: Mention) -> bool:
        """Whether a rate is of one of several sources: 财政资金执行率100%，自有资金执行率70%."""
        return rate.name.startswith(MAY_BE_SOURCES) and any(
            (other.kind, other.role) == ("rate", "") and other.name.endswith("执行率")
            for other in self.by_sentence[rate.sentence]
        )

    def _is_last(self, rate: Mention) -> bool:
        """Whether a rate stands behind all that was spent and its sources, of which it may be."""
        whole = self.totals.get("executed")
        if whole is None or whole.sentence != rate.sentence:
            return False
        return not any(
            other.kind == "rate" and other.role == rate.role and other is not rate
            for other in self.by_sentence[rate.sentence]
        )

    def _base(self, path: str, key: str) -> None:
        """What a source of which a rate is stated has to spend, where it is said only in a list."""
        if ("revised", key) in self.sources:
            return
        if self.listed is None:
            self.listed = defaultdict(list)
            budgets = (mention for mention in self.mentions if mention.role != "executed")
            for part in (part for mention in budgets for part in mention.parts):
                if part.origin is not None and self._is_done(part):
                    self.listed[part.origin.key].append(part)
        stated = self.listed[key]
        if stated and len(self._values(stated)) == 1:
            self._put(f"{path}.revised", stated[0])

    # Indicators and what else is counted.

    def _items(self) -> None:
        """Indicators of which one sentence says everything."""
        for item in (mention for mention in self.mentions if mention.kind == "item"):
            path = f"{self.at}.indicators[{self.rows}]"
            self.rows += 1
            self._say(f"{path}.name", item.name)
            self._say(f"{path}.explanation", item.reason)
            for field in item.parts:
                name = "completion_rate" if field.kind == "completion" else field.kind
                if field.number is not None and field.number.broken:
                    self._leave(f"{path}.{name}", field.number)
                elif field.kind == "target":
                    self._target(path, field)
                else:
                    self._put(f"{path}.{name}", field)

    def _scores(self) -> None:
        scores = [m for m in self.mentions if m.kind == "score" and not _about(m)]
        strength = max((score.strength for score in scores), default=0)
        scores = [score for score in scores if score.strength == strength]
        if len(self._values(scores)) == 1:
            for score in scores:
                self._put(f"{self.at}.total_score", score)

    def _indicators(self) -> None:
        """Targets and what was reached, each said in its own list or sentence."""
        by_name: dict[tuple[str, str], list[Mention]] = defaultdict(list)
        by_unit: dict[str, list[Mention]] = defaultdict(list)
        rates: dict[int, list[Mention]] = defaultdict(list)
        tasks: list[Mention] = []
        for mention in self.mentions:
            by_name[mention.kind, mention.name].append(mention)
            if mention.kind == "task":
                tasks.append(mention)
            elif mention.kind == "count" and mention.name and mention.number is not None:
                by_unit[mention.number.unit].append(mention)
            elif mention.kind == "completion":
                rates[mention.sentence].append(mention)
        for (kind, name), targets in by_name.items():
            actuals = by_name.get(("actual", name), [])
            if kind == "target" and name and len(targets) == 1 and len(actuals) < 2:
                self._row(name, targets[0], actuals[0] if actuals else None)
        if len(tasks) == 1 and tasks[0].number is not None:
            same = by_unit[tasks[0].number.unit]
            if len(same) == 1:
                path = self._row(same[0].name, tasks[0], same[0])
                of_it = rates[same[0].sentence]
                if len(of_it) == 1:
                    self._put(f"{path}.completion_rate", of_it[0])

    def _row(self, name: str, target: Mention, actual: Mention | None) -> str:
        path = f"{self.at}.indicators[{self.rows}]"
        self.rows += 1
        self._say(f"{path}.name", name)
        self._target(path, target)
        if actual is not None:
            self._put(f"{path}.actual", actual)
            reason = actual.reason if misses(target, actual) else ""
            self._say(f"{path}.explanation", reason)
        return path

    def _target(self, path: str, mention: Mention) -> None:
        number = mention.number
        if number is not None and not self.fields:
            text = number.sign + number.text
            value = stated_target(text, Place(line=self.line_at(number.start)))
            self.values.append(Found(path=f"{path}.target", value=value))
            self.numbers.append(number)
            self.done.add(id(mention))

    def _leave(self, path: str, number: Number) -> None:
        """Something that is said and cannot be read."""
        line = self.line_at(number.start)
        value = Missing(reason=MissingReason.UNREADABLE, text=number.text, line=line)
        is_target = path.endswith(".target")
        self.values.append(
            Found(path=path, value=Target(value=value, text=number.text) if is_target else value)
        )

    def _accounts(self) -> None:
        paths = accounts(self.mentions)
        for mention in self.mentions:
            if paths.get(id(mention)):
                self._put(f"{self.at}.{paths[id(mention)]}", mention)
        self.done |= paths.keys()

    def _alone(self, mention: Mention) -> None:
        """What is counted or paid and has a name, and no other place."""
        if self._is_done(mention) or mention.number is None:
            return
        if mention.kind == "staff":
            if mention.is_own and self._is_of_one(mention):
                self._put(f"department.staffing.{mention.role}", mention)
            return
        if mention.kind == "money" and (mention.role or mention.batch or mention.strength < 0):
            return
        kinds = ("money", "count", "price", "rate", "completion", "actual")
        is_of_whole = mention.kind == "rate" and mention.role
        if mention.kind not in kinds or is_of_whole or is_of_several(mention):
            return
        name, figure = mention.name, self._figure(mention)
        if mention.origin is not None and mention.origin.kind == "carry-over":
            self.left_out.append(LeftOut(number=mention.number, why=BALANCE))
            return
        if len(name) < 2 or figure is None or mention.step == "sum":
            return
        is_money, is_rate = mention.kind == "money", name.endswith("执行率")
        if _NO_RESULT.search(name) and (is_money or (mention.kind == "rate" and is_rate)):
            return  # 政府采购预算320万元, 未支付5万元: neither of the whole nor a result
        why = why_no_result(mention)
        if why:
            why = NO_BUDGET if id(mention) in self.not_led else why
            self.left_out.append(LeftOut(number=mention.number, why=why))
            return
        first = self.named.setdefault(name, figure)
        if first.nominal == figure.nominal and first.unit.dimension == figure.unit.dimension:
            self._put(f"{self.at}.achievements[{name}].value", mention)

    def _is_of_one(self, staff: Mention) -> bool:
        """Whether no sentence nearby says another number, as where several bodies are listed."""
        near = [
            other
            for sentence in range(staff.sentence - 1, staff.sentence + _SEVERAL)
            for other in self.by_sentence[sentence]
            if (other.kind, other.role) == (staff.kind, staff.role)
            and (other.is_own or not staff.is_of_all)
        ]
        return len(self._values(near)) == 1


_ADJUSTED = re.compile("(?:年中)?(?:预算)?(?:调[增减]|调整|净[增减])")
_HOSPITALITY = re.compile("接待费|公务用?车|公车|因公出国")
_NO_RESULT = re.compile(
    "三公经费|公务接待费|公务用车|政府采购|实际采购|采购(?:预算|金额|总额|资金|支出|规模|计划|执行率)"
    "|[未没](?:有|予)?(?:支付|使用|拨付|执行|支出|下达|到位|兑付|列支)"
)
_STRONG, _NEAR = 2, 3
_OTHER = "other"
_SEVERAL = 2
_PARTS = ("advance", "settled", "cut", "added", "changed")
_NUMERALS = "一二三四五六七八九十"


def _about(mention: Mention) -> bool:
    return mention.number is not None and mention.number.about


def _label(mention: Mention) -> str:
    """What an amount is called among others."""
    if mention.batch:
        return mention.batch
    if mention.origin is not None:
        return mention.origin.label
    return mention.name


def _alone(amounts: Sequence[Mention], *three: Mention) -> bool:
    """Whether three different amounts stand in a row: with others between, more is made of them."""
    places = [amounts.index(mention) for mention in three]
    return len(set(places)) == len(three) == max(places) - min(places) + 1


def _says_sum(mention: Mention) -> bool:
    return re.search("共|合计|总", mention.name) is not None


def _only(amounts: Sequence[Mention], role: str, strength: int) -> Mention | None:
    fitting = [m for m in amounts if m.role == role and m.strength >= strength]
    return fitting[0] if len(fitting) == 1 else None
