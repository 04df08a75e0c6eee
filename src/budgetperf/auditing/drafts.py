"""Two drafts of a report: which figures changed, which findings are new, settled or still there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import product, zip_longest
from typing import TypeVar

import attrs

from budgetperf.exact import Figure, Labelled, Text
from budgetperf.exact.calls import Called
from budgetperf.exact.checking import require
from budgetperf.exact.shown import Shown
from budgetperf.exact.written.brief import Several, in_brief
from budgetperf.exact.written.by_name import by_name
from budgetperf.model import SelfEvaluation, describe, figures
from budgetperf.relations.catalogue import relations
from budgetperf.relations.finding import Finding, Verdict

from .decisions import Lapsed, is_decidable, plain_print
from .engine import Audit, audit

__all__ = ["DraftFinding", "Drafts", "Redrawn", "Since", "diff"]

_T = TypeVar("_T")


@attrs.frozen(kw_only=True)
class Redrawn(Called):
    """A figure, or a rating, that two drafts print differently.

    Args:
        label: what it is, in words.
        path: its path in the new draft; in the old one where that has it alone.
        before: its print in the old draft; ``None`` if it is not there.
        after: its print in the new draft; ``None`` if it is not there.
    """

    label: Text
    path: str
    before: str | None
    after: str | None


class Since(Labelled):
    """What became of a finding from one draft to the next. The values are stable ASCII codes."""

    NEW = ("new", "新出现", "new")
    """Only the new draft has it."""
    SETTLED = ("settled", "已解决", "settled")
    """Only the old draft had it."""
    STILL = ("still", "仍在", "still there")
    """Both have it."""
    GONE = ("gone", "不再核对", "no longer checked")
    """The new draft no longer states its figures, or is audited without what judges them."""


@attrs.frozen(kw_only=True)
class DraftFinding(Called):
    """A finding of either draft, and what became of it.

    Args:
        since: what became of it.
        finding: the finding; where both drafts have it, that of the new one.
        figures_changed: whether both have it, and about other prints.
    """

    since: Since
    finding: Finding
    figures_changed: bool = False


@attrs.frozen(kw_only=True, repr=False)
class Drafts(Shown, Called):
    """What changed from one draft of a report to the next.

    Args:
        old: the audit of the old draft.
        new: that of the new one.
        figures: the figures and ratings that are printed differently, in the order of the report.
        findings: what does not hold or is to be asked, in either: new, still there, settled.
        lapsed: the decisions that no longer apply to the new draft.
    """

    old: Audit
    new: Audit
    figures: tuple[Redrawn, ...]
    findings: tuple[DraftFinding, ...]
    lapsed: tuple[Lapsed, ...]

    def having(self, since: Since) -> tuple[DraftFinding, ...]:
        """The findings of which that became."""
        return Several(each for each in self.findings if each.since is since)

    def __repr__(self) -> str:
        counts = (f"{len(self.having(since))} {since.value}" for since in Since)
        return in_brief(self, f"{len(self.figures)} figures changed;", ", ".join(counts))


@by_name
def diff(old: Audit | SelfEvaluation, new: Audit | SelfEvaluation) -> Drafts:
    """Compare two drafts of a report.

    Figures are paired by what they are, an indicator by its name: a row that is put in between
    changes no other. Decisions are those that either audit has, held against the new draft.

    Args:
        old: the old draft, or its audit.
        new: the new draft, or its audit. A report beside an audit is audited under the same rules.

    Raises:
        WrongTypeError: one of them is something else (a ``TypeError``).
    """
    before, after = _audited(old, "old", like=new), _audited(new, "new", like=old)
    after = attrs.evolve(after, decisions=after.decisions.joined_by(before.decisions))
    return Drafts(
        old=before,
        new=after,
        figures=tuple(_redrawn(before.report, after.report)),
        findings=tuple(_findings(before, after)),
        lapsed=after.lapsed,
    )


def _audited(draft: Audit | SelfEvaluation, name: str, *, like: object) -> Audit:
    """The audit of a draft; of a report, as the other draft was audited."""
    if isinstance(draft, SelfEvaluation) and isinstance(like, Audit):
        return audit(
            draft,
            rules=like.rules,
            weights=like.weights,
            directions=like.directions,
            previous=like.previous,
        )
    if isinstance(draft, SelfEvaluation):
        return audit(draft)
    require(draft, Audit, field=name)
    return draft


# Figures.


@attrs.frozen
class _Print:
    """What a draft prints, a figure or a rating, with what it is called and its path."""

    label: Text
    path: str
    figure: Figure | str

    @property
    def text(self) -> str:
        return self.figure if isinstance(self.figure, str) else self.figure.text


def _prints(report: SelfEvaluation) -> Iterator[_Print]:
    """All figures and ratings."""
    for path, figure in figures(report):
        yield _Print(describe(report, path), path, figure)
    for part in ("narrative", "form"):
        path, rating = f"{part}.rating", getattr(report, part).rating
        if isinstance(rating, str):
            yield _Print(describe(report, path), path, rating)


@attrs.frozen(kw_only=True)
class _Row:
    """What a draft prints of one thing: of an indicator, a source, or all that stands in no list;
    by its path within."""

    label: str
    prints: Mapping[str, _Print]


def _rows(prints: Iterable[_Print], report: SelfEvaluation) -> list[_Row]:
    rows: defaultdict[str, dict[str, _Print]] = defaultdict(dict)
    for printed in prints:
        row, mark, field = printed.path.rpartition("]")
        rows[row + mark][field] = printed
    return [
        _Row(label=describe(report, path).zh if path else "", prints=row)
        for path, row in rows.items()
    ]


def _redrawn(old: SelfEvaluation, new: SelfEvaluation) -> Iterator[Redrawn]:
    prints = list(_prints(new))
    order = {printed.path: number for number, printed in enumerate(prints)}
    rows = _paired(_rows(_prints(old), old), _rows(prints, new), what=_called, alike=_alike)
    pairs: list[tuple[_Print | None, _Print | None]] = []
    nothing: Mapping[str, _Print] = {}
    for pair in rows:
        before, after = (nothing if row is None else row.prints for row in pair)
        pairs += [(before.get(field), after.get(field)) for field in {**after, **before}]
    pairs.sort(key=lambda pair: order[pair[1].path] if pair[1] else len(order))
    for was, becomes in pairs:
        either = becomes or was
        if either is None or (was is not None and becomes is not None and _same(was, becomes)):
            continue
        yield Redrawn(
            label=either.label,
            path=either.path,
            before=None if was is None else was.text,
            after=None if becomes is None else becomes.text,
        )


def _called(row: _Row) -> str:
    return row.label


def _alike(old: _Row, new: _Row) -> int:
    """How many figures two rows print alike."""
    return sum(
        field in new.prints and _same(printed, new.prints[field])
        for field, printed in old.prints.items()
    )


def _paired(
    old: Iterable[_T],
    new: Iterable[_T],
    *,
    what: Callable[[_T], Hashable],
    alike: Callable[[_T, _T], int],
) -> list[tuple[_T | None, _T | None]]:
    """What the old draft has beside what the new one has: by what it is.

    Of several that are the same thing, as many in both are paired by their order; if one is put in
    or left out, in their order those that print most alike. First come those of the new draft, as
    it has them; then those that the old one has alone.
    """
    before, after = defaultdict[Hashable, list[_T]](list), defaultdict[Hashable, list[_T]](list)
    for each in old:
        before[what(each)].append(each)
    place: dict[int, int] = {}
    for number, each in enumerate(new):
        after[what(each)].append(each)
        place[id(each)] = number
    things = {**after, **before}
    pairs = [pair for thing in things for pair in _in_order(before[thing], after[thing], alike)]
    return sorted(pairs, key=lambda pair: place.get(id(pair[1]), len(place)))


def _in_order(
    old: Sequence[_T], new: Sequence[_T], alike: Callable[[_T, _T], int]
) -> Iterator[tuple[_T | None, _T | None]]:
    """Those of two rows, in their order, so that as much as can be is printed alike."""
    if len(old) == len(new) or len(old) * len(new) > _MOST:
        yield from zip_longest(old, new)
        return
    best = [[0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i, j in product(reversed(range(len(old))), reversed(range(len(new)))):
        together = best[i + 1][j + 1] + alike(old[i], new[j])
        best[i][j] = max(best[i + 1][j], best[i][j + 1], together)
    i = j = 0
    while i < len(old) and j < len(new):
        if best[i][j] == best[i + 1][j + 1] + alike(old[i], new[j]):
            yield old[i], new[j]
            i, j = i + 1, j + 1
        elif best[i][j] == best[i][j + 1]:
            yield None, new[j]
            j += 1
        else:
            yield old[i], None
            i += 1
    yield from ((each, None) for each in old[i:])
    yield from ((None, each) for each in new[j:])


_MOST = 1_000_000
"""How many pairs are looked at; beyond, only the order counts."""


def _same(old_print: _Print, new_print: _Print) -> bool:
    if isinstance(old_print.figure, Figure) and isinstance(new_print.figure, Figure):
        if old_print.figure.nominal != new_print.figure.nominal:
            return False
        if old_print.figure.unit.dimension != new_print.figure.unit.dimension:
            return False
    return plain_print(old_print.text) == plain_print(new_print.text)


# Findings.


def _findings(old: Audit, new: Audit) -> Iterator[DraftFinding]:
    pairs = _paired(
        filter(is_decidable, old.findings),
        filter(is_decidable, new.findings),
        what=_about,
        alike=lambda before, after: sum(map(str.__eq__, _texts(before), _texts(after))),
    )
    for before, after in pairs:
        if before is None and after is not None:
            yield DraftFinding(since=Since.NEW, finding=after)
    for before, after in pairs:
        if before is not None and after is not None:
            changed = _texts(before) != _texts(after)
            yield DraftFinding(since=Since.STILL, finding=after, figures_changed=changed)
    missing = [before for before, after in pairs if before is not None and after is None]
    for finding, is_settled in _settled(missing, new):
        yield DraftFinding(since=Since.SETTLED if is_settled else Since.GONE, finding=finding)


def _settled(findings: Iterable[Finding], new: Audit) -> Iterator[tuple[Finding, bool]]:
    """Findings that the new draft no longer has, and whether they are settled.

    What cannot be judged any more is not: for want of a rule-set, of last year's report, or of one
    unit.
    """
    stated = {printed.label.zh for printed in _prints(new.report)}
    holding = {_about(finding) for finding in new.findings if finding.verdict.holds}
    unjudged = {f.code for f in new.findings if f.reason == "no-ruleset"}
    if new.previous is None:
        unjudged |= {relation.code for relation in relations() if relation.with_previous}
    undecided = {
        _about(f) for f in new.findings if f.verdict is Verdict.UNCHECKED and not f.is_for_review
    }
    for finding in findings:
        about = _about(finding)
        is_judged = finding.code not in unjudged and about not in undecided
        yield finding, about in holding or (is_judged and _is_stated(finding, stated))


def _is_stated(finding: Finding, stated: Collection[str]) -> bool:
    """Whether the figures of a finding are still there."""
    own = [o.label.zh for o in finding.operands if o.path and isinstance(o.stated, Figure)]
    return all(label in stated for label in own)


def _about(finding: Finding) -> tuple[str, str, str]:
    """What a finding is about: its code, its title, and its first figure."""
    first = finding.operands[0].label if finding.operands else finding.subject
    return finding.code, finding.title.zh, first.zh


def _texts(finding: Finding) -> tuple[str, ...]:
    return tuple(plain_print(operand.stated.text) for operand in finding.operands)
