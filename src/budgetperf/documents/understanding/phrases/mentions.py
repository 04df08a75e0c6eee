"""What each number of a sentence is said to be."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

import attrs

from .about import About
from .items import bare, items_of, kind_of, untailed
from .kinds.accounts import BOUGHT
from .kinds.changed import leave_changed, new_budget
from .kinds.groups import Group, groups_in
from .kinds.in_turn import Risen, named_in_turn, risen_in
from .kinds.left_out import (
    BUDGET_WORDS,
    CHANGE,
    OTHER_YEAR,
    LeftOut,
    is_not_done,
    may_be_less,
    why_dropped,
)
from .kinds.of_whom import give_parts, leave_bare_parts
from .kinds.people import give_kinds, with_whose_people
from .kinds.roles import give_role
from .kinds.scores import GONE_BY, beside_marks, score_of, without_deducted
from .mention import Mention, nominal
from .reasons import give_reason_within
from .sentences import Chunk, Number, Sentence

__all__ = ["Said", "mentions"]

_OF_YEAR = re.compile("全年|年度")
"""How the words of forms for the amounts of the whole begin, whatever stands before them."""
_GROUP_WEIGHT = re.compile(
    r"(?:产出|效益|效果|满意度|成本|过程|决策)类?指标(?:权重|分值)?(?:各?占|为|:)?(?!100)\d"
)
_LONGEST = 60
"""Words before a number that are longer say more than what it is."""

_ORDINAL = re.compile(
    r"^(?:[一二三四五六七八九十]+是|其[一二三四五六七八九十]+|\d{1,2}[.、])[，:]?"
)
_SUM = re.compile("共|总|合计|累计|全部|实际|全年")
_OVER_START = re.compile("[比较]年初(?:预算)?数?(?=增加|追加|调增|减少|调减|核减|压减)")
"""What was added to the budget of the start of the year: no comparison with another one."""
_GRAND_TOTAL = re.compile("(?:收入)?支出?总计|收支总计")
"""What was spent and what is left at the end of the year."""
_CARRIED = re.compile("[^。\n]*?(?:结转|结余)")
_SPENT_AND_LEFT = re.compile(
    r"(?:当年|本年度?)(?:实际)?支出[^，。;\d]{0,4}[\d.,]+万?元，[^，。;\d]{0,8}结[转余]"
)
_LEFT_WITHIN = re.compile("[，(]?其中[^。\n]*?年[末终底]结[转余]")
_QUOTES = re.compile('[“”"‘’￥¥]')
_INCLUDED = "(?:其中)?(?:包括|包含|含)"
_INCLUDES = re.compile(rf"{_INCLUDED}|[A-Z](?:[/÷][A-Z](?:[×*xX]100%)?)?$")
"""What a bracket says that leaves the words before it what they are: 全年执行数(B)95万元."""
_ROSE = re.compile(
    "(?:提高|增[加长]|扩大|缩[短减]|改善|调整|上升|下降|降低|减少|提升|追加|[调核][增减]|压减|压缩|[升降增减])(?:预算)?[到至为]"
)
"""What stands behind the number from which something rose or fell."""
_LISTED = re.compile(r"[子分]?(?:项目|工程|标段)(?:[一二三四五六七八九十]{1,2}|\d{1,2})[:、]")
"""How one of several projects begins, which is not the whole."""
_MONTH = re.compile(r"(?<!\d)(?:[1-9]|1[0-2])月(?!底|末|31日|至|[-—~～])")
_TOPIC = re.compile("(?:指标|情况|方面|目标|内容|其中|如下|包括)$")
"""How words before a colon end that say what is spoken of, and name no number."""
_SURELY = 2
_DONE = re.compile("实际|已")
"""What ends a plan of what is to come in, behind which 支出 is what is to be spent."""
_OF_THIS_PROJECT = re.compile("[本该]项目")
_YEAR = re.compile(r"(?:19|20)\d{2}年")
_BRACKETS = re.compile(r"\([^()]*\)")
_MARKS = re.compile("[，,;、:]")
_SUBJECT = re.compile("[类款项]级?(?:科目)?")
"""Behind the name of a subject of the budget: 社会保障和就业支出(类)年初预算100万元."""
_ENDS_IN_SUBJECT = re.compile(r"\([类款项]\)$")
_PAID_FOR = re.compile("[\u4e00-\u9fff]{1,6}[款费](?:[、，。;]|$)")
"""What stands behind an amount that was paid for one thing: 支付95万元工程款、9.5万元监理费."""
_BASE = re.compile(r"的 ?\d+(?:\.\d+)?%")
"""Behind what a share is of: 占全县总人口45万人的10%."""
_ABROAD = re.compile(r"[\u4e00-\u9fff]{2,8}\(境\)$")
"""What a bracket is a part of: 因公出国(境)费."""
_AGE = re.compile(r"\d+(?:[-—~～至到]\d+)?周?岁")
_WRONG_IN_NAME = re.compile(r"[.\[\]=÷×①-⑳]")


@attrs.frozen(kw_only=True)
class Said:
    """What a sentence says, and whether the next one may go on about something else.

    Args:
        mentions: those that are this report's, in their order; parts stand in their whole.
        left_out: those that are understood and have no place.
        groups: the groups of indicators of which it says what they weigh or earned.
        of_others: whether it ends with what is not of the whole, or not of this report.
    """

    mentions: tuple[Mention, ...]
    left_out: tuple[LeftOut, ...]
    groups: tuple[Group, ...]
    of_others: bool
    has_other_year: bool
    """Whether an amount of another year is in it."""
    project: str
    """The project that it is about, if it or one before it begins with the name of one."""
    ends_in_other_year: bool
    """Whether the last amount is of another year, of which the next sentence may go on."""


def mentions(
    sentence: Sentence,
    about: About,
    number: int,
    *,
    of_others: bool = False,
    of_other_year: bool = False,
    project: str = "",
) -> Said:
    """What a sentence says.

    Args:
        sentence: the sentence.
        about: what the title says.
        number: its number in the text.
        of_others: whether the one before it in the paragraph ended with what is of others.
        of_other_year: whether that one ended with an amount of another year.
        project: the project that it was about.
    """
    reader = _Reader(sentence=sentence, about=about, of_other_year=of_other_year)
    text = sentence.text[sentence.start : sentence.end]
    if of_others and not re.match(about.words.of_us, text):
        reader.last = Mention(number=None, kind="money", is_own=False)
    stated = reader.read()
    give_kinds(stated, sentence, about)
    groups = tuple(groups_in(sentence, stated, about))
    own = [mention for mention in stated if not mention.is_dropped]
    own = list(with_whose_people(own, sentence, about))
    named = re.match(about.words.projects, bare(text[:_LONGEST]))
    project = named["project"] if named else project
    begins_with_name = _begins_with_name(sentence, about)
    for mention in own:
        mention.sentence, mention.project = number, project
        mention.is_named = mention.is_named or begins_with_name
    last = None if reader.last is None else reader.last.root
    goes_on = last is not None and not last.is_own and not last.is_dropped
    return Said(
        mentions=tuple(own),
        left_out=tuple(_left_out(stated)),
        groups=groups,
        of_others=reader.is_named or goes_on,
        has_other_year=reader.has_other_year,
        project=project,
        ends_in_other_year=reader.ends_in_other_year,
    )


def _begins_with_name(sentence: Sentence, about: About) -> bool:
    """Whether a mark stands behind words that say more than when and who, before any number."""
    for chunk in itertools.takewhile(lambda chunk: not chunk.numbers, sentence.chunks):
        named = about.named_by(bare(sentence.text[chunk.start : chunk.end]))
        if chunk.after != "、" and named and not about.names(named):
            return True
    return False


def _left_out(stated: Sequence[Mention]) -> Iterator[LeftOut]:
    for mention in stated:
        if mention.is_dropped and mention.why and mention.number is not None:
            yield LeftOut(number=mention.number, why=mention.why)


@attrs.frozen(kw_only=True)
class _Around:
    """The list of parts that goes on behind a bracket of a certain depth."""

    depth: int
    list_depth: int
    whole: Mention | None


@attrs.define(kw_only=True)
class _Reader:
    """One sentence on the way through its chunks."""

    sentence: Sentence
    about: About
    is_foreign: bool = False
    is_named: bool = False
    is_planned: bool = False
    is_income_planned: bool = False
    is_background: bool = False
    list_depth: int = -1
    whole: Mention | None = None
    around: list[_Around] = attrs.Factory(list[_Around])
    last: Mention | None = None
    mode: str = ""
    of_other_year: bool = False
    has_other_year: bool = False
    ends_in_other_year: bool = False
    rates: list[tuple[Mention, Mention]] = attrs.Factory(list[tuple[Mention, Mention]])
    rated: Mention | None = None
    is_of_thing: bool = False
    collected: list[Mention] = attrs.Factory(list[Mention])
    risen: dict[int, Risen] = attrs.Factory(dict[int, Risen])

    def read(self) -> list[Mention]:
        text, words = self.sentence.text, self.about.words
        if _LISTED.match(text, self.sentence.start, self.sentence.end):
            self.is_foreign = self.is_named = True
        if not any(chunk.numbers for chunk in self.sentence.chunks):
            self._name_another(text[self.sentence.start : self.sentence.end])
            return []
        whole = text[self.sentence.start : self.sentence.end]
        items, chunks = items_of(self.sentence, self.about)
        if items and not any(chunk.numbers for chunk in chunks):
            return items
        self.sentence = attrs.evolve(self.sentence, chunks=chunks)
        in_turn = named_in_turn(self.sentence, self.about)
        if in_turn is None or re.search(words.quoted, GONE_BY.sub("", without_deducted(whole))):
            return items
        self.risen = risen_in(self.sentence, self.about)
        in_turn = {**in_turn, **{start: to.name for start, to in self.risen.items()}}
        gives_marks = re.search(words.marks, whole) is not None
        collected = self.collected
        before: Chunk | None = None
        bracketed: Chunk | None = None
        for chunk in self.sentence.chunks:
            raw = text[chunk.start : chunk.end]
            if chunk.after == "(":
                bracketed = chunk
            elif chunk.before == "(" and not (_INCLUDES.match(raw) and not chunk.numbers):
                bracketed = None  # (调整前): not all that the words before say
            elif chunk.depth and chunk.numbers:
                bracketed = None
            if collected:
                give_reason_within(collected[-1], chunk, text)
            self._enter(chunk, raw, before)
            self._look_around(raw, chunk.before, chunk.after)
            end = chunk.start
            stops = [*(number.start for number in chunk.numbers[1:]), chunk.end]
            for own, stop in zip(chunk.numbers, stops, strict=False):
                label = text[end : own.start].lstrip("和及" if end > chunk.start else "")
                label = in_turn.get(own.start, label)
                if end == chunk.start:
                    label = self._label_before(label, chunk, before, bracketed)
                right = text[own.end : stop if stop < chunk.end else stop + _LONGEST]
                mention = self._mention(own, label, right, chunk, before)
                end = own.end
                self._keep(mention, label, chunk)
            if chunk.after == "，" and not chunk.numbers and chunk.before in ("", ";"):
                self.is_of_thing = self.about.is_of_some(bare(raw))
            if chunk.after == ":" and not chunk.numbers:
                self._enter_mode(bare(raw)[:_LONGEST])
                topic = _BRACKETS.sub("", text[self.sentence.start : chunk.end])
                topic = bare(_MARKS.split(topic)[-1].lstrip("("))
                is_change = BUDGET_WORDS.fullmatch(topic) is not None
                self.is_of_thing = self.about.is_thing(topic) and not is_change
            before = chunk
        leave_bare_parts(collected)
        give_parts(collected)
        return items + (beside_marks(collected) if gives_marks else collected)

    def _keep(self, mention: Mention, label: str, chunk: Chunk) -> None:
        """Add a number to the list of parts that it stands in, or to what else is said."""
        if self.list_depth >= 0 and mention.why == CHANGE:
            self.collected.append(mention)  # 其中培训费20万元，比上年减少3万元；会议费5万元
            return
        if self.list_depth >= 0 and self._is_part(mention, label):
            self._add(mention, label)
        else:
            self._end_list(mention, chunk)
            self.collected.append(mention)
        if mention.kind == "money":
            mention.before, self.last = self.last, mention

    def _label_before(
        self, label: str, chunk: Chunk, before: Chunk | None, bracketed: Chunk | None
    ) -> str:
        """The words before a number, or those before a mark that it stands right behind:
        全年预算数：48万元, or a bracket without numbers: 其他资金(包括结转资金)551万元."""
        if label.strip(" ￥¥为是"):
            start = max(self.sentence.start, chunk.start - _LONGEST)
            abroad = _ABROAD.search(self.sentence.text, start, chunk.start)
            return f"{abroad[0]}{label}" if abroad else label
        named = before if chunk.before == ":" else bracketed if chunk.before == ")" else None
        if named is None or named.numbers or named.depth != chunk.depth:
            return ""
        words = self.sentence.text[named.start : named.end]
        if chunk.before == ")" and before is not None and kind_of(chunk.numbers[0]) == "rate":
            in_brackets = self.sentence.text[before.start : before.end]
            if re.match(_INCLUDED, in_brackets):
                return ""  # 执行率(含结转)为96%: one of several
        is_topic = chunk.before == ":" and _TOPIC.search(words) is not None
        return "" if is_topic or len(words) > _LONGEST else words

    def _enter(self, chunk: Chunk, raw: str, before: Chunk | None) -> None:
        """Whether a list of parts begins or ends with a chunk."""
        if self.list_depth > chunk.depth:
            self.list_depth, self.last = -1, self.whole or self.last
        while self.around and self.around[-1].depth > chunk.depth:
            around = self.around.pop()
            self.list_depth, self.whole = around.list_depth, around.whole
        if chunk.before == "(" and _SUBJECT.fullmatch(raw):
            self.last = Mention(number=None, kind="money", is_own=False)
        opens = re.match(self.about.words.parts_follow, raw) or self._divides_all(chunk)
        amount = self.last.number if self.last is not None else None
        stands_before = before is not None and amount is not None and amount.end == before.end
        if opens or (chunk.before == "(" and stands_before):
            if chunk.before == "(" and self.list_depth >= 0:
                around = _Around(depth=chunk.depth, list_depth=self.list_depth, whole=self.whole)
                self.around.append(around)
            before_it = self.last if amount is not None else None
            self.list_depth, self.whole = chunk.depth, before_it
            counted = before.numbers[-1:] if before is not None and before_it is not None else ()
            if before_it is not None and opens and any(kind_of(n) == "count" for n in counted):
                before_it.is_counted = True
            if before_it is not None:
                before_it.has_bare_bracket = not opens
            if self.whole is not None and self.whole.parts:  # it is split up in a second way
                self.whole = attrs.evolve(self.whole, kind="split", parts=[], whole=self.whole)

    def _divides_all(self, chunk: Chunk) -> bool:
        """Whether a chunk begins to divide all that was spent and left: 支出总计100万元，当年支出
        90万元，结转下年10万元."""
        if self.list_depth >= 0 or self.last is None or not self.last.is_grand_total:
            return False
        return _SPENT_AND_LEFT.match(self.sentence.text, chunk.start) is not None

    def _look_around(self, raw: str, before: str, after: str) -> None:
        """Whether a chunk begins to speak of others; what a document is called does not, nor what
        was gone by."""
        words = self.about.words
        goes_on = self.is_background and before == "、"
        self.is_background = goes_on or re.match(words.background, raw) is not None
        is_included = before == "(" and re.match(_INCLUDED, raw)  # (含1个上年结转项目50万元)
        if self.is_background or is_included:
            return
        if _LISTED.match(raw + after) or self.about.is_foreign(bare(raw)[:_LONGEST]):
            self.is_foreign = self.is_named = True
        elif re.search(words.others, raw) or self.about.is_wider(raw[:_LONGEST]):
            self.is_foreign = True

    def _name_another(self, raw: str) -> None:
        """Whether a sentence is no more than the name of another project (一是管网改造项目。) or
        of a subject of the budget (行政运行(项)。)."""
        name = _ORDINAL.sub("", raw)
        self.is_named = self.is_named or _ENDS_IN_SUBJECT.search(name) is not None
        if (
            not self.is_named
            and len(name) <= _LONGEST
            and re.fullmatch(self.about.words.projects, name)
        ):
            self.is_named = self.about.is_foreign(name)

    def _enter_mode(self, header: str) -> None:
        """Whether what follows is what was to be reached, or what was."""
        for form in self.about.stripped(untailed(header, self.about.words.edges["tail"])):
            for mode, name in (("target", "targets"), ("actual", "actuals")):
                if re.fullmatch(self.about.words.indicator[name], form):
                    self.mode = mode

    def _is_part(self, mention: Mention, label: str) -> bool:
        """Whether a number is one of the list's, and no amount of the whole behind it."""
        if mention.kind != "money" or (self._is_full() and nominal(mention)):
            return False
        is_part = mention.origin is not None or not mention.role or "其中" in label
        is_of_grand = self.whole is not None and self.whole.is_grand_total
        is_part = is_part or (is_of_grand and mention.is_of_current)
        return is_part or self._goes_on_with(mention)

    def _goes_on_with(self, mention: Mention) -> bool:
        """Whether an amount is one more part by its own words: 到位118万元，其中2022年到位50万元，
        2023年到位68万元."""
        whole = self.whole
        parts = whole.parts if whole is not None else []
        if whole is None or not parts or not parts[-1].role == mention.role == whole.role:
            return False
        return sum(map(nominal, parts)) + nominal(mention) <= nominal(whole)

    def _is_full(self) -> bool:
        """Whether the parts so far make up their whole: what follows is none of them."""
        whole = self.whole
        if whole is None or len(whole.parts) < _SEVERAL or not nominal(whole):
            return False
        return sum(map(nominal, whole.parts)) == nominal(whole)

    def _end_list(self, mention: Mention, chunk: Chunk) -> None:
        """An amount that is none of the parts of a list ends it; a rate behind a part does not."""
        if self.list_depth < 0:
            return
        if mention.number is not None and mention.number.said_above:
            mention.is_dropped = True  # no part, and of what unit is not sure
        if mention.kind == "rate":
            self._give_part(mention)
        if mention.kind != "money":
            return
        is_of_subject = self.last is not None and self.last.number is None
        if is_of_subject and not self._is_of_us():
            mention.is_own = False  # 其中：公共安全支出(类)年初预算1000万元
        if not self._is_full():
            # 其中：甲镇预算60万元，支出58万元
            mention.is_dropped = mention.is_dropped or self.is_named
            is_told = chunk.before == ";" and mention.strength > 1
            if not is_told and self._is_of_part(mention):
                mention.is_own = False
                if self.whole is not None and self.whole.role == mention.role:
                    self.whole.parts.clear()  # 支出112万元，其中：甲镇70万元，支出66万元
        self.list_depth = -1

    def _is_of_part(self, mention: Mention) -> bool:
        """Whether what was spent or received may be of the part before it, of which there is no
        less: 其中：接待费3万元，支出1.5万元，用车费9万元，支出7万元."""
        whole = self.whole
        parts = whole.parts if whole is not None else []
        if whole is None or mention.role not in ("executed", "received"):
            return False
        if not parts:  # in a bracket behind it
            return whole.whole is not None and nominal(mention) <= nominal(whole)
        if parts[-1].role or sum(map(nominal, parts)) == nominal(whole):
            return False
        return whole.number is None or nominal(mention) <= nominal(parts[-1])

    def _give_part(self, rate: Mention) -> None:
        """A rate behind a part is that of the whole, unless another part follows it, or did."""
        part = self.last
        if part is not None and part.whole is not None and part.whole is self.whole:
            if self.rated is self.whole:
                rate.before = part
            else:
                self.rates.append((rate, part))

    def _add(self, part: Mention, label: str) -> None:
        if self.whole is None:  # 其中 without an amount before it
            self.whole = Mention(number=None, kind="list")
            self.collected.append(self.whole)
        elif self.whole.kind == "split" and not self.whole.parts:
            self.collected.append(self.whole)
        if not self.about.is_department and _OF_THIS_PROJECT.search(label):
            self.whole.is_own = False  # 单位年初预算2000万元，其中本项目300万元
        self.whole.parts.append(part)
        part.whole = self.whole
        is_of_other_year = part.is_dropped and _YEAR.search(label) is not None
        if is_of_other_year and part.role and part.role == self.whole.role:
            self.whole.is_own = False  # 到位118万元，其中2022年到位50万元: of several years
        for rate, of in self.rates:
            if of.whole is self.whole:
                rate.before, self.rated = of, self.whole
        self.rates = []

    def _mention(
        self,
        number: Number,
        label: str,
        right: str,
        chunk: Chunk,
        before: Chunk | None,
    ) -> Mention:
        words = self.about.words
        kind = kind_of(number)
        label = _QUOTES.sub("", label)
        over, label = label, _OVER_START.sub("", label)
        is_aim = self.mode == "target" and kind == "count"
        bad = number.broken or (bool(number.sign) and not is_aim) or not kind
        if re.search(words.planned, label):
            self.is_planned = True
            self.is_income_planned = "收入" in label
        elif re.search(_DONE if self.is_income_planned else words.done, label):
            self.is_planned = False
        is_target = self.mode == "target" and kind in ("money", "rate", "score")
        bad = bad or is_target or self.is_planned or bool(re.search(words.compared, label))
        bad = bad or bool(re.search(words.no_result, label)) or bool(_ROSE.match(right))
        bad = bad or bool(_BASE.match(self.sentence.text, number.end))
        plain = untailed(label, words.edges["tail"])
        is_sure = self._is_listed() or self._is_budget(plain)
        bad = bad or (number.said_above and not is_sure)
        dropped = Mention(number=number, kind=kind, is_dropped=True)
        if len(label) > _LONGEST:
            return dropped
        if kind == "count" and self._is_task(plain, right) and not number.broken:
            kind, bad = "task", bool(number.sign)
        if bad:
            if kind in ("money", "") and self.list_depth < 0:
                leave_changed(label, self.collected)
            is_result = not (is_target or self.is_planned)
            dropped.why = self._why_bad(number, label) if is_result else ""
            return dropped
        other = self._is_of_another_year(number.start)
        if kind == "money":
            mention = self._money(number, plain, label, right, chunk, before)
            self._date(mention, over, label, right, is_of_other_year=other)
        elif other:
            is_of_whole = kind in ("rate", "score") and self._is_rated(plain)
            dropped.why = OTHER_YEAR if is_of_whole else self._why_bad(number, label)
            return dropped
        elif kind == "rate":
            mention = self._rate(number, plain)
        elif kind == "score":
            mention = score_of(number, plain, self.sentence, self.about, self.collected)
        elif kind == "task":
            mention = Mention(number=number, kind=kind)
        else:
            mention = self._count(number, plain, right)
            mention.is_dropped = mention.is_dropped or self._is_noun(number, chunk, plain)
        if self.is_foreign and self.list_depth < 0:
            mention.is_dropped = True
        if kind == "rate":
            mention.is_cumulative = "累计" in label
        if mention.is_dropped and not mention.why:
            mention.why = why_dropped(number, label)
        return mention

    def _why_bad(self, number: Number, label: str) -> str:
        is_before = any(to.before == number.start for to in self.risen.values())
        return OTHER_YEAR if is_before else why_dropped(number, label)

    def _date(
        self, mention: Mention, over: str, label: str, right: str, *, is_of_other_year: bool
    ) -> None:
        """Tell of an amount when it was spent or received, and leave that of another year."""
        if over != label and mention.step:
            mention.name = self._name(over)
        of_batch = self.list_depth >= 0 and self.whole is not None and bool(self.whole.batch)
        carried = mention.origin is not None and mention.origin.kind == "carry-over"
        mention.is_dropped = is_of_other_year and not (mention.batch or of_batch or carried)
        mention.why = OTHER_YEAR if mention.is_dropped and mention.role else ""
        mention.is_dropped = mention.is_dropped or _PAID_FOR.match(right) is not None
        mention.is_cumulative = "累计" in label
        mention.is_of_year = _is_said_of_year(label, self.about.year)
        mention.is_of_current = re.search("当年|本年", label) is not None
        mention.is_of_month = _MONTH.search(label) is not None
        self.has_other_year = self.has_other_year or (is_of_other_year and bool(mention.role))
        self.ends_in_other_year = is_of_other_year and bool(mention.role)
        mention.strength -= 4 if is_of_other_year else 0

    def _is_rated(self, plain: str) -> bool:
        """Whether words say no more than that a rate, or a score, is one of the whole."""
        words = self.about.words
        name = re.sub(f"^(?:[比较]|{words.other_year}|{words.edges['time']}|的)+", "", bare(plain))
        forms, patterns = list(self.about.stripped(name)), [*words.rates.values()]
        patterns.append(words.result["score"])
        return not name or any(re.fullmatch(p, form) for p in patterns for form in forms)

    def _is_listed(self) -> bool:
        """Whether a number stands in a list of parts that are to make up an amount."""
        whole = self.whole if self.list_depth >= 0 and not self._is_full() else None
        return whole is not None and whole.kind == "money" and nominal(whole) > 0

    def _is_budget(self, plain: str) -> bool:
        """Whether words say beyond doubt that a bare number is an amount of the budget."""
        return self.list_depth < 0 and any(
            role.strong and role.pattern and role.whole.fullmatch(form)
            for form in self.about.stripped(bare(plain))
            for role in self.about.words.role
        )

    def _is_noun(self, number: Number, chunk: Chunk, plain: str) -> bool:
        """Whether the words before a number are what the one before them counts, as 行政村 of
        33个行政村26113户: they name nothing else, unless they say what is done."""
        at = chunk.numbers.index(number)
        if not at or kind_of(chunk.numbers[at - 1]) != "count" or number.start in self.risen:
            return False
        return re.match(self.about.words.doing, bare(plain)) is None

    # By the kind of number.

    def _money(
        self,
        number: Number,
        plain: str,
        label: str,
        right: str,
        chunk: Chunk,
        before: Chunk | None,
    ) -> Mention:
        words = self.about.words
        changed_to = new_budget(label, self.sentence, self.about, self.collected, self.last)
        if changed_to == "":
            return Mention(number=number, kind="money", step="changed", strength=-1)
        plain = changed_to or plain
        name = bare(plain) if re.fullmatch(BOUGHT, bare(plain)) else self._name(plain)
        mention = Mention(number=number, kind="money", name=name)
        standard = re.search(f"(?:{words.standards})$", plain)
        if standard:
            return self._standard(number, plain[: standard.start()], standard[0], before)
        says_sum = bool(_SUM.search(label))
        if not plain.strip() and says_sum and before is not None and chunk.before in "，,":
            # 按生均1000元安排，共计239万元
            start = before.numbers[-1].end if before.numbers else before.start
            plain = self.sentence.text[start : before.end][-_LONGEST:]
            mention.name = self._name(plain)
        if not plain.strip() and says_sum:
            mention.step, mention.name = "sum", "合计"
            return mention
        batch = re.match(words.batch, plain)
        if batch:
            mention.batch = batch[0]
            plain = plain[batch.end() :] or plain
        mention.step = next(
            (
                name
                for form in self.about.stripped(bare(plain).lstrip("后又再"))
                for pattern, name in words.step_words
                if pattern.fullmatch(form)
            ),
            "",
        )
        name = bare(plain)
        grand = _GRAND_TOTAL.search(label)
        summed = label.endswith("支出合计") and _LEFT_WITHIN.match(self.sentence.text, number.end)
        if grand and (self.about.is_department or _CARRIED.match(self.sentence.text, number.end)):
            mention.name, mention.is_grand_total = grand[0], True
        elif summed:
            mention.name, mention.is_grand_total = "支出合计", True
        elif not (name.startswith("项目") and self._is_beside_basic()):
            give_role(
                mention,
                name,
                right,
                self.about,
                says_sum=says_sum,
                is_in_list=self.list_depth >= 0,
            )
        if not mention.role and not mention.origin and not mention.step:
            *_, bare_label = self.about.stripped(bare(plain))
            is_all = re.fullmatch(words.funds, bare_label) if not self.about.is_department else None
            is_said = bool(re.fullmatch(words.investment, bare_label) or (bare_label and is_all))
            if "收入" in bare_label:  # 总计 of income is not what came in in the year
                named = "总计" in label or _begins_with_name(self.sentence, self.about)
                is_said = is_said and not (named or self.is_of_thing)
            mention.is_own = (is_said or mention.is_grand_total) and self._is_of_us()
        elif not mention.role and not mention.origin:
            mention.is_own = (
                self._is_of_us() and not self.is_of_thing
            )  # 水厂：预算60万元，追加20万元
        elif mention.role and mention.origin is None and chunk.depth == 0 and self.list_depth < 0:
            # 三公经费预算5万元，实际支出4万元: of what was named before
            last = None if self.last is None else self.last.root
            is_of_source = last is not None and last.origin is not None and last is self.last
            # 中央资金60万元，到位60万元
            is_plain = _PLAIN.fullmatch(plain) is not None
            is_told = chunk.before == ";" and mention.strength > 1 and _OF_YEAR.match(plain)
            is_ours = self._is_of_us() and not self.is_of_thing
            is_ours = is_ours and not (self.about.is_department and self._is_of_some(mention))
            mention.is_own = bool(is_told) or (is_ours and not (is_of_source and is_plain))
        elif mention.role and chunk.depth and self.whole is not None and self.whole.origin:
            mention.is_own = False  # 中央资金60万元（其中2023年下达20万元）
        return mention

    def _standard(self, number: Number, of: str, words: str, before: Chunk | None) -> Mention:
        """So much for each of something, which may be named before it: 改厕50户，每户补助2000元."""
        name = self._name(untailed(of, self.about.words.edges["tail"]))
        if not name and before is not None:
            end = before.numbers[0].start if before.numbers else before.end
            name = self._name(self.sentence.text[before.start : end][-_LONGEST:])
        name = name + words if name or not words.startswith("每") else ""
        return Mention(number=number, kind="price", name=name)

    def _is_of_some(self, mention: Mention) -> bool:
        """Whether an amount may be of what the sentence begins with, or of what it has counted:
        公务接待12批次，共支出1.5万元."""
        sentence, number = self.sentence, mention.number
        begins = bare(sentence.text[sentence.start : sentence.end][:_LONGEST])
        if any(re.match(self.about.words.subjects, form) for form in self.about.stripped(begins)):
            return True
        counted = any(
            kind_of(other) == "count" and number is not None and other.end <= number.start
            for chunk in sentence.chunks
            for other in chunk.numbers
        )
        return counted and mention.role == "executed" and mention.strength < _SURELY

    def _is_of_us(self) -> bool:
        """Whether the amount before it, if there is one, is no other's."""
        return self.last is None or self.last.root.is_own

    def _is_beside_basic(self) -> bool:
        """Whether the list divides expenditure by its kind: 项目支出 is one of them then."""
        parts = self.whole.parts if self.whole is not None and self.list_depth >= 0 else []
        return any(part.name == "基本支出" for part in parts)

    def _rate(self, number: Number, plain: str) -> Mention:
        words = self.about.words
        for form in self.about.stripped(bare(plain)):
            if self.is_of_thing or (self.about.is_department and form.startswith("项目")):
                break  # 水厂建设：执行率95%; 项目支出执行率
            for name, pattern in words.rates.items():
                is_of_all = self.last is None or re.match("[总整]", bare(plain))
                last = None if is_of_all or self.last is None else self.last.root
                if re.fullmatch(pattern, form) and _is_rate_of(name, last):
                    role = _RATES_BEHIND.get(name, name)
                    mention = Mention(number=number, kind="rate", name=form, role=role, before=last)
                    if name == _OF_BUDGET:
                        mention.is_of_either = not _SAYS_BUDGET.search(form)
                    mention.is_dropped = self._lists_weights
                    return mention
            if re.fullmatch(words.indicator["completion"], form):
                return Mention(number=number, kind="completion", name=self._name(plain))
        name = self._name(plain)
        dropped = (
            not re.search("(?:率|度|比例|比重|占比)$", name) or re.match("所?占", name) is not None
        )
        return Mention(number=number, kind="rate", name=name, is_dropped=dropped or len(name) < 3)

    @property
    def _lists_weights(self) -> bool:
        """Whether the sentence says what the groups of indicators weigh, as the rate does then."""
        return (
            _GROUP_WEIGHT.search(self.sentence.text, self.sentence.start, self.sentence.end)
            is not None
        )

    def _count(self, number: Number, plain: str, right: str) -> Mention:
        words = self.about.words
        if number.unit in ("人", "名", "个", "位"):
            for form in self.about.stripped(bare(plain)):
                for name, pattern in words.staffing.items():
                    if re.fullmatch(pattern, form):
                        is_aim = self.mode == "target"
                        return Mention(number=number, kind="staff", role=name, is_dropped=is_aim)
        name = self._name(plain)
        if not name:
            begins = re.match(words.beginnings, right)
            name = begins["name"] if begins else ""
        elif re.fullmatch(words.doing, name):
            noun = re.match(r"[\u4e00-\u9fff]{2,12}", right)
            name = name + noun[0] if noun else ""
        *_, bare_name = self.about.stripped(name)
        name = name if bare_name else ""  # 本单位, 项目: of whom, not what
        kind = "price" if "元/" in number.unit else self.mode or "count"
        start, why = max(self.sentence.start, number.start - _LONGEST), is_not_done(plain)
        before = self.sentence.text[start : number.start]
        is_less = bool(why) or name == "减少" or may_be_less(plain, before)
        is_dropped = is_less or len(name) < 2
        return Mention(number=number, kind=kind, name=name, is_dropped=is_dropped, why=why)

    # What they need.

    def _is_task(self, plain: str, right: str) -> bool:
        pattern = self.about.words.indicator["task"]
        *_, bare_label = self.about.stripped(plain)
        return bool(re.match(pattern, right)) and not re.sub("完成|下达", "", bare_label)

    def _name(self, plain: str) -> str:
        """The words before a number as a name; ``""`` if they are none."""
        words = self.about.words
        name = bare(plain)
        name = re.sub(f"^(?:(?:{words.edges['time']})|按照?|将|把)+", "", name)
        name = re.sub(r"^全[县区旗镇乡市省校院局](?:共计?|累计)?", "", name)
        name = re.sub(words.edges["verbs"], "", name)
        name = name.strip('“”"‘’《》·-+ ')
        if re.search(words.no_names, name) or _WRONG_IN_NAME.search(name):
            return ""
        return "" if re.search(r"\d", _AGE.sub("", name)) else name

    def _is_of_another_year(self, position: int) -> bool:
        """Whether the last words before a number that say when are of another year."""
        position = self.risen[position].end if position in self.risen else position
        before = self.sentence.text[self.sentence.start : position]
        return self.about.is_of_another_year(before, or_else=self.of_other_year)


_OF_BUDGET = "of_budget"
_SAYS_BUDGET = re.compile("全年|年度|调整后")
_PROGRESS = "progress"
_RATES_BEHIND: Mapping[str, str] = MappingProxyType(
    {_OF_BUDGET: "execution_rate", _PROGRESS: "use_rate"}
)
"""What the rates are that stand right behind what was spent."""


def _is_rate_of(name: str, before: Mention | None) -> bool:
    """Whether a rate of that name may be of the amount before it."""
    if name == _PROGRESS:
        return before is not None and before.role == "executed"
    return name != _OF_BUDGET or _is_spent_of_budget(before)


def _is_spent_of_budget(mention: Mention | None) -> bool:
    """Whether an amount is what was spent of the budget that stands before it."""
    before = None if mention is None else mention.before
    return (
        mention is not None
        and before is not None
        and (mention.role, before.role) == ("executed", "revised")
    )


def _is_said_of_year(label: str, year: str) -> bool:
    """Whether words say that an amount is of the year that is evaluated."""
    return re.search("当年|本年|今年", label) is not None or (bool(year) and f"{year}年" in label)


_SEVERAL = 2
_PLAIN = re.compile("(?:已|实际)?(?:到位|执行|支出|支付|使用|拨付)")
