"""The text of a document in pieces, with the line of every character and what was understood."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Iterator

import attrs

from budgetperf.documents.readers.text import unusable
from budgetperf.exact import plain_text
from budgetperf.exact.limits import MAX_PARTS

from .layout import Layout, compiled

__all__ = [
    "Row",
    "Segment",
    "clean",
    "count_numbers",
    "is_apart",
    "is_for_reasons",
    "is_row",
    "label_of_reasons",
    "reasons_below",
    "reasons_in",
    "split",
]

_CELLS = 64
_FEWEST_TABS = 2
_MARKDOWN = re.compile(
    # What a spreadsheet shows in the place of a number begins with the mark of a heading, too.
    r"^\s*#{1,6}(?!#|\s*$|N/A$|DIV/0!|[A-Z]+[!?]|未计算$)\s*"
    r"|\*\*|</?(?:p|br) ?/?>|[\u200b-\u200d\u2060\ufeff]"
)
_MARK = re.compile("[#*<＿\u200b-\u200d\u2060\ufeff]")
# The blank or comma itself comes first: a pattern is looked for by how it begins.
_BLANK = re.compile(r" (?:(?<![0-9A-Za-z] )|(?![0-9A-Za-z]))")
_COMMA = re.compile(r",(?:(?<!\d,)|(?!\d))")
_POINT = re.compile(
    r"\.(?<=[\u4e00-\u9fff%)]\.)(?<![一二三四五六七八九十]\.)(?<!/[\u4e00-\u9fff]\.)"
    r"(?<!/[\u4e00-\u9fff]{2}\.)(?=[\u4e00-\u9fff]|$)"
)
"""One that ends a sentence, as where all marks are of half width; not that of a numbering, nor of a
unit (元/生.年)."""
_DIGIT = re.compile(r"\d")
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_NUMBER = re.compile(r"\d+(?:[,.]\d+)*")
_IN_WORDS = re.compile(
    r"(?<![几数〇零一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟])(?<!元\()(?<!大写[:为])"
    "[一二三四五六七八九十两壹贰叁肆伍陆柒捌玖拾][〇零一二三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟]+[元圆]"
)
"""An amount in Chinese numerals; not one that says again what stands before it in digits."""
_COUNT_IN_WORDS = re.compile(
    "(?<![几数第余来上近约每〇零一二三四五六七八九十百千万亿两“])(?<!不少于)(?<!不低于)(?<!不超过)"
    "(?:(?:[一二三四五六七八九两][十百千万亿]|十)[〇零一二三四五六七八九十百千万亿]*"
    "[余多]?(?:人次?|名|户(?!村)|家(?!子)|场次?|期(?!间|末|限|货)|座|处|所|台(?!县|河)|套(?!班子)|辆|件|份|篇|间"
    "|栋|亩|次|项|个(?![月一大多半方重关维坚意自必])|公里|千米|平方米|公顷|吨|条(?!例)|批次)(?!以[上下内])"
    "|(?<=举办|开展|组织|召开|开办|培训|演出|完成)[两三四五六七八九](?:[场期](?!工程)|次)"
    "|(?<=新建|建成|改建|改造|维修|修建|完成)[两三四五六七八九](?:[座处所栋间辆]|台(?!县|河)))"
    "|[两三四五六七八九](?:[座栋辆]|场次?|次)(?=[，。；;、)]|$)"
    "|百分之(?!百)[〇零一二三四五六七八九十点]+"
)
"""A count in Chinese numerals; no idiom (千家万户, 三公经费), ordinal (第十二期) or span of time,
nor a bound (不少于十场), which says what is to be."""
_NUMBER_OR_WORDS = re.compile(f"{_NUMBER.pattern}|{_IN_WORDS.pattern}|{_COUNT_IN_WORDS.pattern}")
_LIST_NUMBER = re.compile(r"\d{1,2}[.、](?!\d+(?:[^\d年]|$))")
_NO_HEADING = re.compile("[。；，;]")
_HEADING_LENGTH = 40
_ENDS = tuple("。；！？:”)")


# Functions, since there is a segment for each cell, and ``list[str]()`` takes many times as long.


def _no_texts() -> list[str]:
    return []


def _no_numbers() -> list[int]:
    return []


def _no_spans() -> list[tuple[int, int]]:
    return []


@attrs.define(kw_only=True)
class Segment:
    """A piece of text, put together from the lines of the source.

    ``kind`` is ``heading``, ``line``, ``text`` or ``cell``. ``in_words`` are the numerals of a cell
    that were due there and could not be read.
    """

    kind: str
    pieces: list[str] = attrs.Factory(_no_texts)
    starts: list[int] = attrs.Factory(_no_numbers)
    source_lines: list[int] = attrs.Factory(_no_numbers)
    length: int = 0
    understood: list[tuple[int, int]] = attrs.Factory(_no_spans)
    numbering: list[tuple[int, int]] = attrs.Factory(_no_spans)
    in_words: list[tuple[int, int]] = attrs.Factory(_no_spans)

    def append(self, text: str, line: int) -> None:
        """Add what stands on one line of the source."""
        self.pieces.append(text)
        self.starts.append(self.length)
        self.source_lines.append(line)
        self.length += len(text)

    @property
    def text(self) -> str:
        """The whole text of the segment."""
        if len(self.pieces) > 1:
            self.pieces = ["".join(self.pieces)]
        return self.pieces[0] if self.pieces else ""

    def line_at(self, position: int) -> int:
        """The line of the source on which the character at ``position`` stands."""
        return self.source_lines[bisect.bisect_right(self.starts, position) - 1]

    def understand(self, start: int, end: int) -> None:
        """Record that the numbers between two positions were understood."""
        self.understood.append((start, end))

    @property
    def has_numbers(self) -> bool:
        """Whether there is a digit in it, or a number in Chinese numerals in a sentence."""
        in_words = self.in_words or (self.kind == "text" and _NUMBER_OR_WORDS.search(self.text))
        return bool(in_words) or _DIGIT.search(self.text) is not None

    def numbers(self) -> Iterator[tuple[str, int, bool]]:
        """Every number that is no numbering: its text, its line, and whether it was understood."""
        understood, text = _Spans(self.understood), self.text
        for start, end in self.in_words:
            yield text[start:end], self.line_at(start), False
        pattern = _NUMBER_OR_WORDS if self.kind == "text" else _NUMBER
        position = 0
        for start, end in (*self.numbering, (self.length, self.length)):
            for match in pattern.finditer(text, position, start):
                yield match[0], self.line_at(match.start()), understood.meet(*match.span())
            position = end


def count_numbers(text: str) -> int:
    """How many numbers stand in ``text``, about: numberings and all, groups each on its own."""
    return len(_DIGITS.findall(text))


class _Spans:
    """Stretches of text that are asked for from left to right."""

    def __init__(self, spans: list[tuple[int, int]]) -> None:
        self._spans = sorted(spans)
        self._next = 0
        self._reach = 0

    def meet(self, start: int, end: int) -> bool:
        while self._next < len(self._spans) and self._spans[self._next][0] < end:
            self._reach = max(self._reach, self._spans[self._next][1])
            self._next += 1
        return self._reach > start


@attrs.frozen(kw_only=True)
class Row:
    """A row of a table: its cells, and its line."""

    line: int
    cells: tuple[Segment, ...]


def clean(text: str) -> str:
    """A line with widths folded and blanks, Markdown and LaTeX marks taken out.

    A blank between two letters or digits stays, one for however many: ``3  50`` is not ``350``.
    """
    if _MARK.search(text):
        text = _MARKDOWN.sub("", _with_masks(text)).replace("＿", "_")
    spaced = " ".join(plain_text(text).split())
    if " " in spaced:
        spaced = _BLANK.sub("", spaced)
    if "." in spaced:
        spaced = _POINT.sub("。", spaced)
    return _COMMA.sub("，", spaced) if "," in spaced else spaced


def _with_masks(text: str) -> str:
    """A line with one star for several that stand for digits: those of Markdown are two on either
    side, never more than three, and do not part a number from its unit, but around it alone."""
    if "**" not in text:
        return text
    text = _MANY_STARS.sub("*", text)
    if text.count("**") % 2:
        return _STARS_BEHIND.sub("*", text)
    return _PAIR.sub(lambda p: p[0] if p["emphasis"] else _BEHIND_DIGIT.sub("*", p[0]), text)


_MANY_STARS = re.compile(r"(?<=[\d.])\*{4,}|(?<!\*)\*{4,}+(?=[\d.])")
_STARS_BEHIND = re.compile(r"(?<=[\d.])\*\*(?!\*)|^\*\*(?=\d[\d.,]*(?:万元|亿元|元|%|分)?$)")
_BEHIND_DIGIT = re.compile(r"(?<=\d)\*\*")
_UNIT = "[%‰十百千万亿元分个人次户件亩项名家页座处台套吨期场天米公平]"
_INSIDE = r"(?:(?!\*\*).)+"
_NUMBER_ALONE = r"(?:[^\d*\u4e00-\u9fff]{0,3}|不[低少高多大小]于|不超过|约)[\d,.]+\*\*"
_PAIR = re.compile(
    rf"(?:\d(?=\*\*{_UNIT})|(?<!\d)\d\d(?=\*\*年))\*\*{_INSIDE}\*\*"  # 15**万页，发放20**万页
    rf"|\*\*(?!{_NUMBER_ALONE}){_INSIDE}(?<=\d)\*\*(?={_UNIT})"  # **局支出15**万元
    rf"|(?P<emphasis>\*\*{_INSIDE}\*\*)",
    re.DOTALL,
)


def is_row(line: str) -> bool:
    """Whether a line is the row of a table: its cells are separated by tabs."""
    return line.count("\t") >= _FEWEST_TABS


def split(
    lines: Iterable[tuple[int, str]], layout: Layout, source: str = ""
) -> tuple[list[Segment], list[Row]]:
    """The narrative in segments and the tables in rows.

    Lines that a page end broke are joined; a heading, told by its numbering, starts afresh.

    Args:
        lines: those that are not blank, each with its number; cells are separated by tabs.
        layout: how headings and lines look.
        source: the name of the document, for messages.

    Raises:
        UnusableDocumentError: there are more lines and cells than any report has.
    """
    parts = 0
    current = Segment(kind="text")
    segments = [current]
    rows: list[Row] = []
    headings = re.compile("|".join(f"(?:{pattern})" for pattern in layout.headings))
    own_lines = [compiled(line_layout.pattern) for line_layout in layout.line]
    for number, raw in lines:
        tabs = raw.count("\t")
        parts += 1 + min(tabs, _CELLS)
        if parts > MAX_PARTS:
            raise unusable(
                "too-long",
                f"超过 {MAX_PARTS} 行或格：请确认这是一份报告，或拆分后再读",
                f"has more than {MAX_PARTS} lines and cells: make sure that it is one report, "
                "or split it",
                source,
            )
        alone = raw.strip("\t ")
        is_alone = "\t" not in alone  # as what stands above a form in a sheet
        if is_row(raw) and not (
            is_alone and any(known.fullmatch(clean(alone)) for known in own_lines)
        ):
            rows.append(_row(raw, number))
            continue
        line = clean(alone)
        if not line:
            continue
        heading = headings.match(line)
        if heading and (len(line) > _HEADING_LENGTH or _NO_HEADING.search(line)):
            heading = None
        if heading or any(known.fullmatch(line) for known in own_lines):
            own = Segment(kind="heading" if heading else "line")
            own.append(line, number)
            if heading:
                own.numbering.append(heading.span())
            current = Segment(kind="text")
            segments += [own, current]
        else:
            _join(current, line, number)
    return segments, rows


def _join(segment: Segment, line: str, number: int) -> None:
    """Append a line to running text: a new paragraph, or what a page end cut off."""
    listed = _LIST_NUMBER.match(line)
    if segment.pieces:
        before = segment.pieces[-1]
        if before.endswith(_ENDS) or listed:
            segment.append("\n", number)
        elif is_apart(before, line):
            segment.append(" ", number)
    if listed:
        segment.numbering.append((segment.length, segment.length + listed.end()))
    segment.append(line, number)


def is_apart(before: str, line: str) -> bool:
    """Whether a blank belongs between a line and the next one of the same paragraph: between two
    digits, and between a number and words that begin like what is counted, as 部门 does.

    Args:
        before: the line, which is not blank.
        line: the next one, which is not blank.

    >>> is_apart("共5", "支出率90%"), is_apart("共5", "支队伍")
    (True, False)
    """
    if not before[-1].isdigit():
        return False
    return line[0].isdigit() or _WORD.match(line) is not None


_WORD = re.compile(
    "部[门分署级委]|个[人别体]|人[员民才数力均]|次年|项目|条例|家[庭长]|户[籍外]|名称|位于"
    "|期[间末限]|批复|场所|本[年级项次单部局报县市区乡镇校院站]|天然|组[织成]|队伍|村[民级委]"
    "|类[别似型]|种[植类]|台账|处[理置室]|所[有属需在]|例如|只有|根据|份额|宗旨|起来|升级"
    "|支[出付持撑]|页[面眉码]|卷[宗烟]|剂量|羽毛|尾[款矿]|笔[记者试]|架构"
)
"""Words that begin like a unit."""


def reasons_in(text: str) -> str:
    """What a text says behind the label of reasons for deviations; ``""`` if it begins with none.

    >>> reasons_in("未完成原因分析：因停电停办2场。"), reasons_in("原因：停电")
    ('因停电停办2场。', '')
    """
    label, reasons = _label_and_reasons(text)
    return _of_targets(label, reasons)


def reasons_below(label: str, text: str) -> str:
    """What stands below or beside a label of reasons for deviations, which says nothing itself.
    That of problems and their reasons may be of anything: what it says of no target is none.

    >>> reasons_below("三、偏离绩效目标的原因和下一步改进措施", "因停电停办2场。")
    '因停电停办2场。'
    >>> reasons_below("存在的问题及原因分析", "预算编制不够细化，主要是前期调研不足。")
    ''
    """
    own, reasons = _label_and_reasons(label)
    return "" if reasons else _of_targets(own, text)


def label_of_reasons(text: str) -> str:
    """The label of reasons for deviations, or of problems and their reasons, that a text begins
    with; ``""`` if it begins with none."""
    return _label_and_reasons(text)[0]


def is_for_reasons(label: str) -> bool:
    """Whether words are the label of reasons for deviations alone."""
    own, reasons = _label_and_reasons(label)
    return bool(own) and not reasons and _DEVIATES.search(own) is not None


def _label_and_reasons(text: str) -> tuple[str, str]:
    match = _REASONS.fullmatch(text.strip())
    return ("", "") if match is None else (match["label"], (match["text"] or "").strip())


def _of_targets(label: str, reasons: str) -> str:
    is_of_targets = _DEVIATES.search(label) or (label and _MISSED.search(reasons))
    return reasons if is_of_targets else ""


_NO_MARK = "[^:：，,。；;]"
_DEVIATES = re.compile("偏差|偏离|未完成|未达|扣分|失分|差[异距]")
_REASONS = re.compile(
    rf"(?P<label>{_NO_MARK}{{0,14}}(?:{_DEVIATES.pattern}|问题|不足)"
    rf"{_NO_MARK}{{0,12}}(?:原因|理由){_NO_MARK}{{0,14}})(?:[:：](?P<text>[\s\S]*)|$)"
)
_MISSED = re.compile(
    "未(?:能|达|办|举|建|按期|如期|全部|完[成工]|实[施现]|开[展工])|停[办演课建工]|缓[办建演]|取消|减少|少[办于]"
    "|低于|没有(?:完成|达到)|偏[离差低]|扣分|推迟|延期|受.{1,20}影响"
)
"""What reasons say of a target that was missed."""


def _row(raw: str, number: int) -> Row:
    cells: list[Segment] = []
    for cell in raw.split("\t", _CELLS - 1):
        words = clean(cell)
        cells.append(
            Segment(
                kind="cell", pieces=[words], starts=[0], source_lines=[number], length=len(words)
            )
        )
    return Row(line=number, cells=tuple(cells))
