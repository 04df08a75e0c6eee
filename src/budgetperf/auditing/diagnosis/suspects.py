"""The figures to blame and the causes behind findings, as values that say themselves in words."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import attrs

from budgetperf.auditing.slips.explanations import Explanation
from budgetperf.auditing.slips.misprints import Grid, how_many
from budgetperf.exact import (
    LIST,
    SEMICOLON,
    Figure,
    Interval,
    RoundingMode,
    Text,
    decimal_text,
    in_brackets,
    round_to,
)
from budgetperf.exact.shown import Shown
from budgetperf.exact.written.brief import Several, in_brief
from budgetperf.relations.expression import Operand
from budgetperf.relations.finding import Finding, Verdict
from budgetperf.relations.words import printed_text, range_text

__all__ = [
    "GRAVEST",
    "Cause",
    "Suspect",
    "blame_text",
    "cause_story",
    "chance_text",
    "due_text",
    "explained_later",
    "explanation_text",
]


class _Later:
    """What finds the slips behind a suspect that nobody has asked for yet."""

    __slots__ = ("_found_by",)

    if TYPE_CHECKING:  # of the method below a checker would think that there is every name
        _found_by: Callable[[], tuple[Explanation, ...]]
    else:

        def __getattr__(self, name: str) -> tuple[Explanation, ...]:
            if name != "explanations":
                raise AttributeError(f"{type(self).__name__!r} has no attribute {name!r}")
            slips = self._found_by()
            object.__setattr__(self, "explanations", slips)
            return slips


@attrs.frozen(kw_only=True)
class Suspect(_Later, Shown):
    """A figure without which, and without its ``others``, everything else can be true.

    Args:
        operand: the figure as it is printed.
        others: the figures that have to change with it; none if it is wrong alone.
        admissible: the values that everything else leaves for it, in base units. Where a rule is
            applied to it that is not solved for it, such as the order of scores by completion,
            some of them are not; the printed value never is.
        becomes: the figure that it would be printed as, if all admissible values print alike.
        unique: whether no other set of figures of this size would do.
        convicted_by: the findings that cannot hold with it.
        acquitted_by: the findings that hold with it as it is printed.
        explanations: the known slips that would have led to it, the likeliest first.
    """

    operand: Operand
    others: tuple[Operand, ...] = ()
    admissible: Interval
    becomes: Figure | None
    unique: bool
    convicted_by: tuple[Finding, ...] = ()
    acquitted_by: tuple[Finding, ...] = ()
    explanations: tuple[Explanation, ...] = ()

    @property
    def message(self) -> Text:
        """The suspect in words."""
        return suspect_message(self)

    def __repr__(self) -> str:
        printed, due = self.operand.stated.text, due_text(self).en
        return in_brief(self, f"{self.operand.path}: {printed} should be {due}")


def explained_later(suspect: Suspect, found_by: Callable[[], tuple[Explanation, ...]]) -> Suspect:
    """The suspect with the slips that ``found_by`` finds, once somebody asks for them.

    It is a suspect as any other: equal to it, and copied and pickled as it.

    Args:
        suspect: one that was just made: nobody else has it yet.
        found_by: what finds the slips.
    """
    object.__delattr__(suspect, "explanations")
    object.__setattr__(suspect, "_found_by", found_by)
    return suspect


@attrs.frozen(kw_only=True)
class Cause(Shown):
    """What findings have in common: one slip, as far as arithmetic can tell.

    Args:
        findings: those that it accounts for.
        diagnoses: the sets of figures that may be wrong, the likeliest first.
        further: how many more such sets there are, which are not listed.
        undecided: a stable ASCII code of why no figure is named, or ``None``.
    """

    findings: tuple[Finding, ...]
    diagnoses: tuple[tuple[Suspect, ...], ...] = ()
    further: int = 0
    undecided: str | None = None

    @property
    def suspects(self) -> tuple[Suspect, ...]:
        """The suspects of all diagnoses, the likeliest first."""
        return Several(itertools.chain.from_iterable(self.diagnoses))

    @property
    def explanations(self) -> tuple[Explanation, ...]:
        """The slips that explain the likeliest diagnosis."""
        likeliest = self.diagnoses[0] if self.diagnoses else ()
        return tuple(dict.fromkeys(e for suspect in likeliest for e in suspect.explanations))

    @property
    def title(self) -> Text:
        """What to mend, in words."""
        return cause_title(self)

    @property
    def message(self) -> Text:
        """What to mend, how it came about, and what else it could be."""
        return cause_message(self)

    @property
    def verdict(self) -> Verdict:
        """The gravest verdict of its findings."""
        verdicts = {finding.verdict for finding in self.findings}
        return next((v for v in GRAVEST if v in verdicts), Verdict.UNCHECKED)

    def __repr__(self) -> str:
        codes = dict.fromkeys(finding.code for finding in self.findings)
        return in_brief(self, *codes, f"{self.verdict.value}:", self.title.en)


GRAVEST = (Verdict.INCONSISTENT, Verdict.TRUNCATED)


_OTHERS = 3
"""How many other diagnoses are named; the rest are counted."""


def cause_title(cause: Cause) -> Text:
    """What to mend; or, where no figure can be named, what does not hold."""
    if cause.diagnoses:
        return blame_text(cause.diagnoses[0])
    finding = cause.findings[0]
    return finding.title + in_brackets(finding.subject)


def blame_text(diagnosis: Iterable[Suspect]) -> Text:
    """The figures of one diagnosis, each with what it should be."""
    return SEMICOLON.join(map(_suspect, diagnosis))


def _suspect(suspect: Suspect) -> Text:
    operand = suspect.operand
    return Text(zh="{}填列为{}，应为{}", en="{} is stated as {} and should be {}").fill(
        operand.label, printed_text(operand.stated), due_text(suspect)
    )


def due_text(suspect: Suspect) -> Text:
    """What a figure should be: the one print that is left, or the range of its values."""
    if suspect.becomes is not None:
        return printed_text(suspect.becomes)
    figure = suspect.operand.stated
    if not isinstance(figure, Figure):
        return Text.of("")
    ranges = _ranges(suspect)
    if ranges:
        return _OR.join(dict.fromkeys(_range_due(values, figure) for values in ranges))
    if suspect.admissible.gap(figure.interval) is None:
        return Text(zh="另一数值", en="another value")
    return range_text(suspect.admissible, figure.unit, max(figure.places, 0))


def _ranges(suspect: Suspect) -> tuple[Interval, ...]:
    """The ranges that the suspect may lie in, where a rule leaves it several and nothing more."""
    operand = suspect.operand
    for finding in suspect.convicted_by:
        result = finding.operands[0] if finding.ranges else None
        if result is not None and (result.path, result.stated) == (operand.path, operand.stated):
            return finding.ranges if Interval.hull(finding.ranges) == suspect.admissible else ()
    return ()


def _range_due(values: Interval, figure: Figure) -> Text:
    """One of several ranges: the one print that is left, or the range."""
    grid = Grid.of(figure)
    admitted = range(0) if values.width is None else grid.admitted(values)
    if how_many(admitted) == 1:
        return printed_text(grid.printed(admitted[0]))
    return range_text(values, figure.unit, max(figure.places, 0))


def cause_message(cause: Cause) -> Text:
    """The title, and what else there is to say."""
    return Text(zh="。", en="; ").join((cause_title(cause), *cause_story(cause)))


def cause_story(cause: Cause) -> list[Text]:
    """How it came about, what else it could be; where no figure is named, what was found."""
    story = [finding.why for finding in cause.findings[:1] if not cause.diagnoses]
    how = Text(zh="可能的由来：", en="likely slip: ")
    story += [how + explanation_text(explanation) for explanation in cause.explanations[:1]]
    story += other_texts(cause)
    if cause.undecided is not None:
        story.append(
            Text(
                zh=f"未能判定是哪个数字有误（{cause.undecided}）",
                en=f"it was not decided which figure is wrong ({cause.undecided})",
            )
        )
    return story


def explanation_text(explanation: Explanation) -> Text:
    """An explanation with how likely a coincidence is."""
    return explanation.text + in_brackets(chance_text(explanation))


def chance_text(explanation: Explanation) -> Text:
    """How likely it is that one of the slips that were tried fits by chance."""
    tried = Text(
        zh=f"比对同类差错 {explanation.tried} 种",
        en=f"{explanation.tried} such slip{'s' if explanation.tried > 1 else ''} tried",
    )
    percent = decimal_text(round_to(100 * explanation.chance, 1, RoundingMode.CEILING))
    chance = Text(
        zh="碰巧相符的可能性不超过 {}%",
        en="the chance that one fits by coincidence is at most {}%",
    ).fill(percent)
    if not explanation.chance:
        chance = Text(zh="不可能碰巧相符", en="a coincidence is ruled out")
    return Text(zh="，", en="; ").join((tried, chance))


def other_texts(cause: Cause) -> list[Text]:
    """Whether it is the only diagnosis of its size, and which others there are."""
    if not cause.diagnoses:
        return []
    first, *others = cause.diagnoses
    if first[0].unique:
        larger = [diagnosis for diagnosis in others if len(diagnosis) == len(first) + 1]
        wider = Text(
            zh="另一种可能（需同时修改多处）：",
            en="another possibility (with more to correct): ",
        )
        return [wider + blame_text(diagnosis) for diagnosis in larger[:1]]
    same = [diagnosis for diagnosis in others if len(diagnosis) == len(first)]
    named = [blame_text(diagnosis) for diagnosis in same[:_OTHERS]]
    text = Text(
        zh="诊断不唯一，另一种可能：", en="the diagnosis is not unique; alternatively: "
    ) + _OR.join(named)
    more = len(same) - len(named) + cause.further
    return [text + Text(zh="；另有 {} 种可能", en="; and {} more").fill(more) if more else text]


_OR = Text(zh="或", en=" or ")


def suspect_message(suspect: Suspect) -> Text:
    """A suspect in words: what it should be, what must change with it, the likeliest slip."""
    parts = [_suspect(suspect)]
    if suspect.others:
        together = Text(zh="须与{}一并更正", en="to be corrected together with {}")
        parts.append(together.fill(LIST.join(operand.label for operand in suspect.others)))
    parts += [explanation_text(explanation) for explanation in suspect.explanations[:1]]
    if not suspect.unique:
        parts.append(Text(zh="诊断不唯一", en="the diagnosis is not unique"))
    return SEMICOLON.join(parts)
