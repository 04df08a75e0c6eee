"""What a review says, in words and with the places where it says it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from budgetperf.auditing import Audit
from budgetperf.auditing.diagnosis.suspects import Cause, Suspect, blame_text, cause_story
from budgetperf.display.words.audit import cause_head, consequence_texts
from budgetperf.display.words.decisions import LAPSED, cause_decisions, is_set_aside
from budgetperf.display.words.receipt import receipt_line
from budgetperf.display.words.ruleset import named
from budgetperf.display.words.whereabouts import place_text, unread_place_text
from budgetperf.exact import COLON, COMMA, LIST, SEMICOLON, Missing, Text
from budgetperf.relations.expression import Operand
from budgetperf.relations.finding import Verdict
from budgetperf.relations.words import printed_text

from .places import Place

__all__ = ["Note", "Point", "points_of", "summary_of"]


@attrs.frozen(kw_only=True)
class Note:
    """What is said at one place.

    Args:
        place: where; ``None`` at the head of the document.
        lines: what is said; the first line is its title.
        is_main: whether it says all of its point, or only leads there.
        is_sure: whether the figure there is one of the likeliest diagnosis.
    """

    place: Place | None
    lines: tuple[Text, ...]
    is_main: bool = True
    is_sure: bool = True

    def tone(self, point: Point) -> str:
        """How grave it is: ``"wrong"``, ``"ask"``, ``"perhaps"`` or ``"none"``."""
        return point.tone if self.is_sure or point.is_set_aside else "perhaps"


@attrs.frozen(kw_only=True)
class Point:
    """One cause as a reviewer writes it down.

    Args:
        number: from 1.
        cause: the cause.
        asks: whether it is a question: arithmetic does not decide.
        notes: what is said where; the first says all of it.
        is_set_aside: whether a reviewer dismissed all of it.
    """

    number: int
    cause: Cause
    asks: bool
    notes: tuple[Note, ...]
    is_set_aside: bool = False

    @property
    def tone(self) -> str:
        """How grave it is: ``"wrong"``, ``"ask"``, or ``"none"`` where it was dismissed."""
        if self.is_set_aside:
            return "none"
        return "ask" if self.asks else "wrong"


def points_of(audits: Sequence[Audit]) -> tuple[Point, ...]:
    """The causes of some audits, those of one document, each with the places where it is told."""
    causes = [(report, cause) for report, audit in enumerate(audits) for cause in audit.causes]
    return tuple(
        _point(number, cause, report, audits[report])
        for number, (report, cause) in enumerate(causes, start=1)
    )


def _point(number: int, cause: Cause, report: int, audit: Audit) -> Point:
    asks = cause.verdict is Verdict.UNCHECKED
    kind = cause.verdict.label if not asks else Text.of("")
    head = COLON.join((kind, cause_head(cause))) if kind else cause_head(cause)
    title = Text(zh="【{}】{}", en="[{}] {}").fill(number, head)
    decided, consequences = cause_decisions(audit, cause), consequence_texts(audit, cause)
    set_aside = is_set_aside(audit, cause)
    if set_aside:
        title = Text(zh="（已不采纳）{}", en="(dismissed) {}").fill(title)
    blamed = cause.diagnoses[0] if cause.diagnoses else ()
    places = [_placed(suspect.operand, report) for suspect in blamed]
    if not blamed:
        operands = [o for finding in cause.findings for o in finding.operands]
        known = [place for o in operands if (place := _placed(o, report)) is not None]
        places = [next(iter(known), None)]
    first, *others = places
    notes = [
        Note(
            place=first,
            lines=(title, *decided, *consequences, *_story(cause, blamed, report)),
        )
    ]
    for suspect, place in zip(blamed[1:], others, strict=False):
        notes.append(Note(place=place, lines=(_here(number, suspect),), is_main=False))
    for suspect in _alternatives(cause):
        place = _placed(suspect.operand, report)
        if place is not None:
            line = _PERHAPS.fill(number, blame_text([suspect]))
            notes.append(Note(place=place, lines=(line,), is_main=False, is_sure=False))
    return Point(number=number, cause=cause, asks=asks, notes=tuple(notes), is_set_aside=set_aside)


def _here(number: int, suspect: Suspect) -> Text:
    line = Text(zh="【{}】同一原因：{}", en="[{}] for the same cause: {}")
    return line.fill(number, blame_text([suspect]))


_PERHAPS = Text(zh="【{}】也可能是此处有误：{}", en="[{}] it may be this one that is wrong: {}")
_ALTERNATIVES = 4
"""At how many other figures it is told that they may be the wrong ones."""
_FIGURES = 12
"""How many other figures are listed."""


def _alternatives(cause: Cause) -> list[Suspect]:
    """The figures of other diagnoses of the same size, where the diagnosis is not unique."""
    if not cause.diagnoses or cause.diagnoses[0][0].unique:
        return []
    size = len(cause.diagnoses[0])
    blamed = {suspect.operand.path for suspect in cause.diagnoses[0]}
    others: dict[str, Suspect] = {}
    for diagnosis in cause.diagnoses[1:]:
        if len(diagnosis) == size:
            for suspect in diagnosis:
                if suspect.operand.path not in blamed:
                    others.setdefault(suspect.operand.path, suspect)
    return list(others.values())[:_ALTERNATIVES]


def _placed(operand: Operand, report: int) -> Place | None:
    at = operand.place
    if at is None:
        return None
    return Place(at=at, text=operand.stated.text, path=operand.path, report=report)


def _story(cause: Cause, blamed: Sequence[Suspect], report: int) -> Iterator[Text]:
    """How it came about and what else it may be; what was checked; with which other figures."""
    if cause.diagnoses or cause.undecided is not None:
        yield from cause_story(cause)
    for finding in cause.findings:
        yield Text.of(f"{finding.code} ") + finding.message
    own = {suspect.operand.path for suspect in blamed}
    listed: dict[str, Text] = {}
    for finding in cause.findings:
        for operand in finding.operands:
            if operand.path and operand.path not in own and not isinstance(operand.stated, Missing):
                listed.setdefault(operand.path, _figure(operand, report))
    if listed:
        shown = list(listed.values())
        more = len(shown) - _FIGURES
        words = SEMICOLON.join(shown[:_FIGURES])
        if more > 0:
            words += Text(zh="；另有 {} 个", en="; and {} more").fill(more)
        yield COLON.join((Text(zh="有关的数字", en="the figures beside it"), words))


def _figure(operand: Operand, report: int) -> Text:
    words = Text(zh="{} {}", en="{} {}").fill(operand.label, printed_text(operand.stated))
    place = _placed(operand, report)
    if place is None:
        return words
    return words + Text(zh="（{}）", en=" ({})").fill(place_text(place.at))


# The head of the document.


def summary_of(audits: Sequence[Audit], points: Sequence[Point]) -> list[Text]:
    """What was checked and what came of it, also that nothing was found, and what was not read."""
    counted = [point for point in points if not point.is_set_aside]
    wrong = sum(not point.asks for point in counted)
    asked = len(counted) - wrong
    set_aside = len(points) - len(counted)
    if wrong or asked:
        result = Text(
            zh="自评报告复核：不符 {} 处，请复核 {} 处",
            en="review of the self-evaluation: {} inconsistent, {} for review",
        ).fill(wrong, asked)
    elif set_aside:
        result = Text(
            zh="自评报告复核：没有待处理的意见",
            en="review of the self-evaluation: nothing is left to settle",
        )
    else:
        result = Text(
            zh="自评报告复核：已读取的数字之间没有发现不符，也没有要请复核的",
            en="review of the self-evaluation: among the figures that were read nothing is "
            "inconsistent, and there is nothing to ask",
        )
    if set_aside:
        result += Text(zh="（已不采纳 {} 处）", en=" ({} dismissed)").fill(set_aside)
    lines = [result]
    for audit in audits:
        lines += _about(audit, alone=len(audits) == 1)
    return lines


_UNREAD = 20


def _about(audit: Audit, *, alone: bool) -> Iterator[Text]:
    if not alone:
        name = audit.report.about
        yield Text.of("— " if isinstance(name, Missing) else name)
    counts = [verdict.label + f" {number}" for verdict, number in audit.summary.items() if number]
    total = Text(zh="核对关系 {} 项", en="{} relations").fill(len(audit.findings))
    yield COLON.join((total, COMMA.join(counts)))
    yield named(audit.rules)
    yield from audit.remarks
    reading = audit.report.reading
    if reading is not None:
        yield Text(
            zh="文中共 {all} 个数字，已读取 {read} 个", en="{read} of {all} numbers were read"
        ).fill(all=reading.numbers, read=reading.accounted)
        if reading.unread:
            shown = [
                Text(zh="{}（{}）", en="{} ({})").fill(u.text, unread_place_text(u))
                for u in reading.unread[:_UNREAD]
            ]
            more = len(reading.unread) - len(shown)
            words = LIST.join(shown)
            if more > 0:
                words += Text(zh="，另有 {} 个", en=", and {} more").fill(more)
            yield COLON.join((Text(zh="未读取、没有核对的", en="not read, and not checked"), words))
        yield from reading.notes
    if audit.lapsed:
        yield COLON.join((LAPSED, SEMICOLON.join(each.message for each in audit.lapsed)))
    yield receipt_line(audit.receipt)
