"""What a reviewer decided on findings: kept in a small file, carried to the next draft, and told to
have lapsed where the figures are no longer those that were decided on."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import attrs

from budgetperf.exact import LIST, Labelled, Problem, ProblemsError, Text, fold_width
from budgetperf.exact.calls import Called
from budgetperf.exact.checking import require
from budgetperf.exact.text import shown
from budgetperf.exact.written.brief import in_brief
from budgetperf.plain.files import as_path
from budgetperf.plain.structuring import shared_converter, structured
from budgetperf.plain.toml import toml_data, toml_file
from budgetperf.relations.expression import Operand
from budgetperf.relations.finding import Finding

from .diagnosis.suspects import GRAVEST

__all__ = [
    "Decision",
    "DecisionFigure",
    "Decisions",
    "Lapse",
    "Lapsed",
    "Ruling",
    "Settled",
    "is_decidable",
    "plain_print",
    "settled",
]


class Ruling(Labelled):
    """What a reviewer decided on a finding. The values are stable ASCII codes."""

    CONFIRMED = ("confirmed", "确认", "confirmed")
    """It is a fault, and to be mended."""
    DISMISSED = ("dismissed", "不采纳", "dismissed")
    """It is none, for the reason that is given."""


@attrs.frozen(kw_only=True)
class DecisionFigure(Called):
    """A figure that a decision rests on.

    Args:
        path: its path in the report.
        text: its print.
        name: the figure in words, in Chinese.
    """

    path: str
    text: str
    name: str


@attrs.frozen(kw_only=True, repr=False)
class Decision(Called):
    """What was decided on one finding.

    Args:
        code: the code of the finding.
        figures: the figures that it is about.
        ruling: what was decided; ``None`` as long as it is open.
        reason: why.
        by: who decided.
        says: the finding in words, for people.
        about: which report it is of, where a document has several.
    """

    code: str
    figures: tuple[DecisionFigure, ...] = ()
    ruling: Ruling | None = None
    reason: str = ""
    by: str = ""
    says: str = ""
    about: str = ""

    @property
    def key(self) -> tuple[str, str, tuple[tuple[str, str], ...]]:
        """What tells it from others: its code, and the names and the prints of its figures."""
        return self.about, self.code, tuple((f.name, f.text) for f in self.figures)

    def __repr__(self) -> str:
        ruling = "open" if self.ruling is None else self.ruling.value
        return in_brief(self, f"{self.code}:", ruling, f"{len(self.figures)} figures")


class Lapse(Labelled):
    """Why a decision no longer applies. The values are stable ASCII codes."""

    FIGURES_CHANGED = ("figures-changed", "数字已改动", "the figures have changed")
    """The finding is still there, and about other prints."""
    SETTLED = ("settled", "已相符", "it holds now")
    """What was found is no longer so."""
    GONE = ("gone", "报告中已没有这一结论", "the report has no such finding any more")
    """No finding of that code is about these figures."""
    AMBIGUOUS = ("ambiguous", "不止一处相同，无法对应", "several findings look alike")
    """It fits several findings."""


@attrs.frozen(kw_only=True)
class Lapsed(Called):
    """A decision that no longer applies.

    Args:
        decision: the decision.
        lapse: why.
        now: what the report says now, where that is another print.
    """

    decision: Decision
    lapse: Lapse
    now: tuple[str, ...] = ()

    @property
    def message(self) -> Text:
        """The decision and why it no longer applies, in words."""
        decision = self.decision
        what = Text.of(f"{decision.code} {decision.says}".strip())
        ruling = decision.ruling
        before = Text.of("") if ruling is None else ruling.label
        text = Text(zh="{}（原决定：{}）：{}", en="{} (was {}): {}")
        message = text.fill(what, before, self.lapse.label)
        if not self.now:
            return message
        was = LIST.join(figure.text or "—" for figure in decision.figures)
        is_now = LIST.join(text or "—" for text in self.now)
        return message + Text(zh="：原为 {}，现为 {}", en=": {} then, {} now").fill(was, is_now)


@attrs.frozen(kw_only=True)
class Settled(Called):
    """Decisions as they fit the findings of an audit.

    Args:
        of: by the place of a finding among those of the audit, the decision on it.
        lapsed: the decisions that no longer apply.
    """

    of: Mapping[int, Decision]
    lapsed: tuple[Lapsed, ...]


@attrs.frozen(kw_only=True, repr=False)
class Decisions(Called):
    """What a reviewer decided on the findings of a report.

    Args:
        decisions: one for each finding that was decided on, or is open.
    """

    decisions: tuple[Decision, ...] = ()

    def __repr__(self) -> str:
        still_open = sum(1 for decision in self.decisions if decision.ruling is None)
        return in_brief(self, f"{len(self.decisions)} decisions,", f"{still_open} of them open")

    @staticmethod
    def load(path: str | Path) -> Decisions:
        """The decisions in a TOML file.

        Raises:
            OSError: it cannot be read.
            ProblemsError: ``bad-decisions``: it is wrong; all that is wrong is listed.
        """
        return _decisions(toml_file(as_path(path), code=_CODE))

    @staticmethod
    def parse(text: str) -> Decisions:
        """The decisions in the text of such a file.

        Raises:
            ProblemsError: ``bad-decisions``: it is wrong; all that is wrong is listed.
        """
        return _decisions(toml_data(text.replace("\r\n", "\n"), "decisions.toml", code=_CODE))

    def to_toml(self, *, lang: str = "zh") -> str:
        """The text of a file with them, which :meth:`load` reads.

        Args:
            lang: ``"zh"`` or ``"en"``: in which words it says what was decided.
        """
        return _HEAD + "".join(_entry_text(decision, lang) for decision in self.decisions)

    def joined_by(self, others: Decisions) -> Decisions:
        """These and others; of two on one finding the one of these, unless it is open."""
        known = {_place_of(d): d for d in (*others.decisions, *self.decisions)}
        for decision in others.decisions:
            if known[_place_of(decision)].ruling is None:
                known[_place_of(decision)] = decision
        return Decisions(decisions=tuple(known.values()))

    def with_open(self, findings: Iterable[Finding], *, about: str = "") -> Decisions:
        """These, and an open one for each finding that can be decided on and is not yet.

        Args:
            findings: those of an audit.
            about: which report they are of, where a document has several.
        """
        findings = tuple(findings)
        decided = settled(findings, self, about=about).of
        waiting = Counter(d.key for d in self.decisions if d.ruling is None)
        new: list[Decision] = []
        for place, finding in enumerate(findings):
            if is_decidable(finding) and place not in decided:
                decision = _open(finding, about)
                if waiting[decision.key]:
                    waiting[decision.key] -= 1
                else:
                    new.append(decision)
        return Decisions(decisions=(*self.decisions, *new))


def _place_of(decision: Decision) -> object:
    """What it is on: rows alike in all else are told apart by where they stand."""
    return decision.key, tuple(figure.path for figure in decision.figures)


_CODE = "bad-decisions"
_HEAD = """\
# 复核决定。每条在 decision 处填“确认”（须更正）或“不采纳”（须在 reason 写明理由），暂不决定的留空；
# 决定的人写在 by。其余各项请勿改动。
# Decisions of a review. In decision write "confirmed" (to be corrected) or "dismissed" (say why in
# reason), or leave it empty while it is open; in by write who decides. Leave the rest as it is.
schema = "budgetperf/decisions/1"
"""


def _text(value: str) -> str:
    plain = value.encode("utf-8", "replace").decode()
    return json.dumps(plain, ensure_ascii=False).replace("\x7f", "\\u007f")


def _entry_text(decision: Decision, lang: str) -> str:
    figures = "".join(
        f"  {{ name = {_text(f.name)}, text = {_text(f.text)}, path = {_text(f.path)} }},\n"
        for f in decision.figures
    )
    ruling = "" if decision.ruling is None else decision.ruling.label.pick(lang)
    about = f"about = {_text(decision.about)}\n" if decision.about else ""
    return (
        f"\n[[decisions]]\n{about}code = {_text(decision.code)}\nsays = {_text(decision.says)}\n"
        f"figures = [\n{figures}]\ndecision = {_text(ruling)}\nreason = {_text(decision.reason)}\n"
        f"by = {_text(decision.by)}\n"
    )


# Reading.


@attrs.frozen(kw_only=True)
class _Entry:
    """A decision as the file has it, before anything of it is checked."""

    code: str
    says: str = ""
    about: str = ""
    figures: tuple[DecisionFigure, ...] = ()
    decision: str = ""
    reason: str = ""
    by: str = ""


@attrs.frozen(kw_only=True)
class _File:
    """What a file of decisions holds at its top."""

    schema: str = ""
    decisions: tuple[_Entry, ...] = ()


_SCHEMA = "budgetperf/decisions/1"
_WORDS = {word: ruling for ruling in Ruling for word in (ruling.value, ruling.label.zh)}


def _decisions(data: dict[str, object]) -> Decisions:
    file, problems = structured(shared_converter(), data, _File)
    if problems or file is None:
        raise ProblemsError(_CODE, tuple(problems))
    faults = list(_faults(file))
    if faults:
        raise ProblemsError(_CODE, tuple(faults))
    return Decisions(
        decisions=tuple(
            Decision(
                code=entry.code,
                figures=entry.figures,
                ruling=_WORDS.get(entry.decision.strip()),
                reason=entry.reason.strip(),
                by=entry.by.strip(),
                says=entry.says,
                about=entry.about,
            )
            for entry in file.decisions
        )
    )


def _faults(file: _File) -> Iterator[Problem]:
    if file.schema != _SCHEMA:
        message = Text(zh='第一项应为 schema = "{}"', en='begin with schema = "{}"').fill(_SCHEMA)
        yield Problem(code="unknown-schema", where="$.schema", message=message)
    seen: set[object] = set()
    for number, entry in enumerate(file.decisions):
        where = f"$.decisions[{number}]"
        word = entry.decision.strip()
        if word and word not in _WORDS:
            message = Text(
                zh='{} 不是决定：请填 "confirmed" 或 "dismissed"，或者留空',
                en='{} is no decision: write "confirmed" or "dismissed", or leave it empty',
            )
            yield Problem(
                code="unknown-value", where=f"{where}.decision", message=message.fill(shown(word))
            )
        if _WORDS.get(word) is Ruling.DISMISSED and not entry.reason.strip():
            yield Problem(code="no-reason", where=f"{where}.reason", message=_NO_REASON)
        key = entry.about, entry.code, tuple((f.name, f.text, f.path) for f in entry.figures)
        if key in seen:
            yield Problem(code="twice", where=where, message=_TWICE)
        seen.add(key)


_NO_REASON = Text(
    zh="不采纳须写明理由：请填 reason", en="what is dismissed needs a reason: write one in reason"
)
_TWICE = Text(
    zh="同一结论有两条决定：请删去其一", en="there are two decisions on one finding: remove one"
)


# What is decided on.


def is_decidable(finding: Finding) -> bool:
    """Whether there is something to decide: it does not hold, or a reviewer would ask."""
    return finding.verdict in GRAVEST or finding.is_for_review


def _open(finding: Finding, about: str) -> Decision:
    figures = tuple(map(_figure, _named(finding)))
    return Decision(code=finding.code, figures=figures, says=_says(finding), about=about)


def _says(finding: Finding) -> str:
    return finding.title.zh + (f"（{finding.subject.zh}）" if finding.subject else "")


def plain_print(text: str) -> str:
    """A print without what only its type differs in: the width of signs, and blanks."""
    return "".join(fold_width(text).split())


def _named(finding: Finding) -> list[Operand]:
    # A figure of last year's report has no path in this one, and a label.
    return [operand for operand in finding.operands if operand.label]


def _figure(operand: Operand) -> DecisionFigure:
    return DecisionFigure(path=operand.path, text=operand.stated.text, name=operand.label.zh)


@attrs.frozen
class _Known:
    """A finding as decisions see it."""

    place: int
    finding: Finding
    figures: tuple[DecisionFigure, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(figure.name for figure in self.figures)

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(plain_print(figure.text) for figure in self.figures)

    @property
    def paths(self) -> tuple[str, ...]:
        return tuple(figure.path for figure in self.figures)


def settled(findings: Sequence[Finding], decisions: Decisions, *, about: str) -> Settled:
    """How decisions fit the findings of an audit.

    One fits a finding of its code about the same figures, by their names, with the same prints. It
    does not hang on how many rows stand before a row. Of several such findings it is the one at the
    same paths.

    Args:
        findings: all of an audit.
        decisions: the decisions.
        about: the name of the report: decisions on others are left out.
    """
    require(decisions, Decisions, field="decisions")
    by_code: dict[str, list[_Known]] = defaultdict(list)
    for place, finding in enumerate(findings):
        figures = tuple(map(_figure, _named(finding)))
        by_code[finding.code].append(_Known(place, finding, figures))
    of: dict[int, Decision] = {}
    lapsed: list[Lapsed] = []
    for decision in decisions.decisions:
        if decision.ruling is None or (decision.about and decision.about != about):
            continue
        fitting = _fitting(decision, by_code[decision.code])
        if isinstance(fitting, Lapsed):
            lapsed.append(fitting)
        else:
            of.update(dict.fromkeys(fitting, decision))
    return Settled(of=of, lapsed=tuple(lapsed))


def _fitting(decision: Decision, known: Sequence[_Known]) -> list[int] | Lapsed:
    names = tuple(figure.name for figure in decision.figures)
    texts = tuple(plain_print(figure.text) for figure in decision.figures)
    paths = tuple(figure.path for figure in decision.figures)
    alike = [each for each in known if each.names == names]
    # Several may be on one figure, or on none: these are told apart by what they say.
    if (in_words := [each for each in alike if _says(each.finding) == decision.says]) or not names:
        alike = in_words
    open_ones = [each for each in alike if is_decidable(each.finding)]
    same = [each for each in open_ones if each.texts == texts]
    if same:
        at_paths = [each for each in same if each.paths == paths]
        chosen = at_paths or same
        if len({each.paths for each in chosen}) > 1:
            return Lapsed(decision=decision, lapse=Lapse.AMBIGUOUS)
        return [each.place for each in chosen]
    if open_ones:
        (first, *others) = open_ones
        now = () if others else tuple(figure.text for figure in first.figures)
        return Lapsed(decision=decision, lapse=Lapse.FIGURES_CHANGED, now=now)
    if any(each.finding.verdict.holds for each in alike):
        return Lapsed(decision=decision, lapse=Lapse.SETTLED)
    return Lapsed(decision=decision, lapse=Lapse.GONE)
