"""Reading the examples and the real report: every figure, at its path, from its line."""

from __future__ import annotations

import itertools
import random
import re
from collections import Counter
from collections.abc import Callable
from decimal import Decimal

import pytest

import budgetperf as bp
from budgetperf import Figure, Missing, MissingReason
from budgetperf.model import resolve
from tests.factories import there, typed

from .samples import EXAMPLES, REAL, UNREAD, Found, expected, found_in, numbers_in, text_of

EXAMPLE, CLEAN = "department-2023.md", "department-2023-clean.md"
real_report = pytest.mark.skipif(not REAL.exists(), reason="the real report is not shipped")
DOCUMENTS = [EXAMPLE, CLEAN, pytest.param(REAL.name, marks=real_report)]
some_or_all = pytest.mark.parametrize("step", [3, pytest.param(1, marks=pytest.mark.law)])
"""Every third case by default, and all of them by ``-m law``."""
each_document = pytest.mark.parametrize("name", DOCUMENTS)


@each_document
def test_every_figure_is_found_at_its_path_and_line_and_none_besides(name: str) -> None:
    found = found_in(bp.parse(text_of(name)))
    wanted = expected(name)
    assert wanted - found == Counter(), "not found"
    assert found - wanted == Counter(), "found where the document says nothing of it"


@each_document
def test_words_and_dates(name: str) -> None:
    report = bp.parse(text_of(name))
    owner = "克拉玛依区政务服务中心" if name == REAL.name else "云杉市松河区政务服务中心"
    assert report.department.name == owner
    assert str(report.department.filing_date) == "2024-04-22"
    assert report.narrative.rating == "优"
    midyear = typed(Missing, report.narrative.indicators[3].midyear)
    assert midyear.reason is MissingReason.NOT_MEASURED
    assert midyear.text == "未达到监控节点"
    explanations = [one.explanation for one in report.narrative.indicators]
    assert explanations[0] == "无"
    assert all(isinstance(one, str) and one for one in explanations)


@each_document
def test_empty_headings_of_the_form_stay_as_rows(name: str) -> None:
    rows = bp.parse(text_of(name)).form.indicators
    assert [row.level1 for row in rows] == [
        "运行成本",
        "管理效率",
        "履职效能",
        "履职效能",  # merged cells are filled down
        "履职效能",
        "社会效益",
        "可持续发展能力",
        "服务对象满意度",
    ]
    named = [isinstance(row.name, str) for row in rows]
    assert named == [False, False, True, True, True, False, False, True]
    levels = [row.level2 for row in rows if isinstance(row.name, str)]
    assert levels == ["数量指标", "质量指标", "质量指标", "满意度指标"]
    assert not any(isinstance(row.level2, str) for row in rows if not isinstance(row.name, str))


@each_document
def test_headings_of_the_indicators_in_the_text(name: str) -> None:
    rows = bp.parse(text_of(name)).narrative.indicators
    assert [row.level1 for row in rows] == ["履职效能"] * 3 + ["服务对象满意度"]
    assert [row.level2 for row in rows] == ["数量指标", "质量指标", "质量指标", "满意度指标"]


def test_text_and_form_are_kept_apart() -> None:
    """The text has 348.93 and 4.28 where the form has 353.21 and 0."""
    report = bp.parse(text_of(EXAMPLE))
    stated = {
        source.label: source.initial.value
        for part in (report.narrative, report.form)
        for source in part.funding.sources
        if isinstance(source.initial, Figure)
    }
    assert stated["本级安排"] == Decimal("353.21")  # the form comes last
    values = [
        [one.initial.value for one in part.funding.sources if isinstance(one.initial, Figure)]
        for part in (report.narrative, report.form)
    ]
    assert values == [
        [Decimal(0), Decimal("348.93"), Decimal("4.28")],
        [Decimal(0), Decimal("353.21"), Decimal(0)],
    ]


def test_figures_printed_again_are_kept() -> None:
    repeated = bp.parse(text_of(EXAMPLE)).repeated
    assert [(figure.path, str(figure.value)) for figure in repeated] == [
        ("department.staffing.in_service", "10"),
        ("department.staffing.honorary_retired", "0"),
        ("department.staffing.retired", "0"),
        ("narrative.funding.total.initial", "353.21"),
        ("narrative.funding.total.revised", "595.07"),
        ("narrative.achievements[0].value", "836"),
    ]


@each_document
def test_columns_of_the_form(name: str) -> None:
    """The cell that a figure stands in: counted with the empty leading cells."""
    report = bp.parse(text_of(name))
    places = {path: f.place.column for path, f in bp.figures(report) if f.place}
    assert places["form.funding.total.initial"] == 3
    assert places["form.funding.total.score"] == 8
    assert places["form.indicators[4].target.value"] == 4
    assert places["form.indicators[4].weight"] == 6
    assert places["narrative.funding.total.initial"] is None


# How much of the document was understood.


@each_document
def test_all_numbers_are_counted_and_the_unread_ones_named(name: str) -> None:
    text = text_of(name)
    numbers = numbers_in(text)
    reading = there(bp.parse(text).reading)
    assert reading.numbers == len(numbers)
    assert [one.text for one in reading.unread] == UNREAD[name]
    assert reading.accounted == len(numbers) - len(UNREAD[name])
    stand_there = {(number, line) for number, line, _, _ in numbers}
    assert {(one.text, one.line) for one in reading.unread} <= stand_there


@each_document
def test_what_is_accounted_for_is_a_figure_a_date_or_a_document_number(name: str) -> None:
    """Counted from the other end: what was found, and what the layout knows is no figure."""
    text = text_of(name)
    no_figures = [
        number
        for line in text.split("\n")
        if line != "(2023 年度)"  # the year of the report is a figure
        for date in re.findall(r"20\d\d ?年(?: ?\d{1,2} ?月(?: ?\d{1,2} ?日)?)?", line)
        for number in re.findall(r"\d+", date)
    ]
    no_figures += ["2013", "16"]  # 〔2013〕16号
    found = sum(expected(name).values())
    in_words = 1  # 两个项目
    assert found - in_words + len(no_figures) + len(UNREAD[name]) == len(numbers_in(text))


def test_a_number_that_cannot_be_read_is_not_accounted_for() -> None:
    text = text_of(EXAMPLE).replace("年中调整数 241.86 万元", "年中调整数 2,41.96 万元")
    report = bp.parse(text)
    amount = typed(Missing, report.narrative.adjustment.amount)
    assert amount.reason is MissingReason.UNREADABLE
    assert [one.text for one in there(report.reading).unread if one.line == 59] != []


def test_notes_name_the_line_of_doubled_words() -> None:
    reading = there(bp.parse(text_of(EXAMPLE)).reading)
    assert [note.zh for note in reading.notes] == ["第 87 行：“其中：”重复"]
    assert "line 87" in reading.notes[0].en
    clean = there(bp.parse(text_of(CLEAN)).reading)
    assert clean.notes == ()


def test_a_file_says_its_name_and_encoding() -> None:
    reading = there(bp.read(EXAMPLES / EXAMPLE).reading)
    assert (reading.source, reading.encoding) == (EXAMPLE, "utf-8")
    assert reading.layout == "xinjiang-department-2023"


# The same report, printed otherwise.


def _everywhere(pattern: str, replacement: str) -> Callable[[str], str]:
    return lambda text: re.sub(pattern, replacement, text, flags=re.MULTILINE)


def _narrative(change: Callable[[str], str]) -> Callable[[str], str]:
    def changed(text: str) -> str:
        head, mark, form = text.partition("附表：")
        return change(head) + mark + form

    return changed


def _form(change: Callable[[list[str]], list[str]]) -> Callable[[str], str]:
    """``change`` on the cells of every row of the form."""

    def changed(text: str) -> str:
        return "\n".join(
            "\t".join(change(line.split("\t"))) if line.count("\t") > 1 else line
            for line in text.split("\n")
        )

    return changed


_FULL = str.maketrans("0123456789%.", "０１２３４５６７８９％．")
_WIDE = str.maketrans("():;", "（）：；")
_NARROW = str.maketrans("（）：；，", "():;,")


def _full_digits(text: str) -> str:
    """Digits, points and percent signs of full width, but for headings and LaTeX."""
    return "\n".join(
        line if re.match(r"[#\s]*(?:\*\*)?[\d#]", line) or "$" in line else line.translate(_FULL)
        for line in text.split("\n")
    )


def _rejoined(text: str) -> str:
    """Without the page ends inside sentences."""
    for before, after in (
        ("依靠自治", "区统一"),
        ("资金执行率", "100%，占"),
        ("其他资金 0 万", "元。"),
        ("从账面情况", "看，2023"),
        ("便民窗口(站)", "累计办件"),
    ):
        assert text.count(f"{before}\n\n{after}") == 1
        text = text.replace(f"{before}\n\n{after}", before + after)
    return text


def _at_every_comma(text: str) -> str:
    """A page end after every comma of the text, and between every amount and its unit."""
    return re.sub(r"，(?!\n)|(?<=\d)(?= ?(?:万元|[人个次项件名%]))", r"\g<0>\n\n", text)


VARIANTS: dict[str, Callable[[str], str]] = {
    "headings as plain text": _everywhere(r"^#+ ", ""),
    "all headings at one depth": _everywhere(r"^#+ ", "# "),
    "headings at depth six": _everywhere(r"^#+ ", "###### "),
    "no bold": _everywhere(r"\*\*", ""),
    "bold headings": _everywhere(r"^(#+ )(?!\*)(.*)$", r"\1**\2**"),
    "bold amounts": _narrative(lambda text: re.sub(r"(\d+\.\d\d) ?万元", r"**\1** 万元", text)),
    "no page ends in sentences": _rejoined,
    "page ends at other places": _narrative(_at_every_comma),
    "a page end in the middle of words": _narrative(
        lambda text: re.sub(r"(预算|资金|支出)(?=[^\n])", r"\1\n\n", text)
    ),
    "operators without LaTeX": _everywhere(r"\$\\geq (\d+)(?:\\(%))?\$", r"≥\1\2"),
    "operators in ASCII": lambda text: re.sub(
        r"\$\\geq (\d+)(?:\\(%))?\$", r">=\1\2", text
    ).replace("≥", ">="),
    "LaTeX in the form": _everywhere(r"\t≥(\d+)(%|次)\t", r"\t$\\geq \1$\2\t"),
    "another LaTeX": lambda text: text.replace(r"\geq", r"\ge"),
    "brackets and colons of full width": lambda text: text.translate(_WIDE),
    "brackets, colons and commas of half width": lambda text: text.translate(_NARROW),
    "digits of full width": _narrative(_full_digits),
    "digits of full width in the form": _form(lambda cells: [c.translate(_FULL) for c in cells]),
    "a single 其中": lambda text: text.replace("其中：其中：", "其中："),
    "every 其中 doubled": _narrative(lambda text: text.replace("其中：", "其中：其中：")),
    "no <p>": _everywhere("</?p>", ""),
    "<p> in every cell": _form(lambda cells: [f"<p>{c}</p>" if c else "" for c in cells]),
    "bold cells": _form(lambda cells: [f"**{c}**" if c else "" for c in cells]),
    "padded cells": _form(lambda cells: [f" {c}　" for c in cells]),
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "CR": lambda text: text.replace("\n", "\r"),
    "no newline at the end": lambda text: text.rstrip("\n"),
    "trailing blanks": _narrative(lambda text: text.replace("\n", "  \n")),
    "ideographic indents": _narrative(lambda text: re.sub(r"^(?=[^#\n])", "　　", text, flags=8)),
    "no blanks around numbers": _narrative(
        lambda text: re.sub(r"(?<=[^\n#*]) (?=\d)|(?<=\d) (?=[^\n#*\d])", "", text)
    ),
    "no-break blanks": _narrative(lambda text: text.replace(" 万元", "\xa0万元")),
    "invisible characters": _narrative(lambda text: text.replace("万元", "\u200b万\ufeff元")),
    "extra blank lines": lambda text: text.replace("\n\n", "\n\n\n\n"),
    "blank lines in the table": lambda text: re.sub(r"\n(?=.*\t)", "\n\n", text),
    "the table in one piece": lambda text: re.sub(r"\n\n(?=一级指标\t)", "\n", text),
    "a column more at the end": _form(lambda cells: [*cells, "备注"]),
    "a column more in front": _form(lambda cells: ["", *cells]),
    "a column more in the middle": _form(lambda cells: [*cells[:5], "", *cells[5:]]),
    "no heading of the form": lambda text: text.replace("附表：《部门整体支出绩效自评表》\n", ""),
}


@pytest.mark.parametrize("variant", VARIANTS)
def test_quirks_of_the_print_change_no_figure(variant: str) -> None:
    text = text_of(EXAMPLE)
    changed = VARIANTS[variant](text)
    assert changed != text
    report = bp.parse(changed)
    original = bp.parse(text)
    assert found_in(report, lines=False) == found_in(original, lines=False)
    assert _words(report) == _words(original)


def _words(report: bp.SelfEvaluation) -> list[object]:
    rows = [*report.narrative.indicators, *report.form.indicators]
    headings = [(row.level1, row.level2, row.name) for row in rows]
    return [
        report.department.name,
        report.department.filing_date,
        report.narrative.rating,
        headings,
    ]


def test_a_form_feed_is_a_page_end_and_no_line() -> None:
    """As pdftotext marks the pages: lines are counted as an editor counts them."""
    text = text_of(EXAMPLE).replace("其他资金 0 万\n\n元。", "其他资金 0 万\f元。")
    original = expected(EXAMPLE)
    found = found_in(bp.parse(text))
    moved = Counter(
        {
            (one.path, one.value, one.line - 2 if one.line and one.line > 104 else one.line): n
            for one, n in original.items()
        }
    )
    assert Counter({(o.path, o.value, o.line): n for o, n in found.items()}) == moved


SENTENCE = (
    "我部门年初安排预算数为 353.21 万元，其中：上级安排 0 万元，"
    "本级安排 348.93 万元，其他资金 4.28 万元。"
)


def test_a_page_may_end_anywhere_in_a_sentence() -> None:
    wanted = {
        "narrative.funding.total.initial": "353.21",
        "narrative.funding.sources[upper].initial": "0",
        "narrative.funding.sources[local].initial": "348.93",
        "narrative.funding.sources[other].initial": "4.28",
    }
    for end in range(1, len(SENTENCE) - 1):
        text = f"{SENTENCE[:end]}\n\n{SENTENCE[end:]}"
        found = found_in(bp.parse(text), lines=False)
        values = {one.path: str(one.value) for one in found}
        in_digits = SENTENCE[end - 1].isdigit() and SENTENCE[end].isdigit()
        if not in_digits:
            assert values == wanted, text
            continue
        # 35⏎⏎3.21: two numbers or one? Read where the others confirm it, else not; and said.
        reading = there(bp.parse(text).reading)
        assert values.items() <= wanted.items(), text
        unread = wanted.keys() - values.keys()
        repaired = {repair.path for repair in reading.repairs}
        assert len(reading.unread) == 2 * len(unread), text
        assert unread | repaired, text


@pytest.mark.parametrize(
    ("printed", "unread"),
    [
        ("3-5万元", ["3", "5"]),
        ("3～5万元", ["3", "5"]),
        ("3 50万元", ["3", "50"]),
        ("3  50万元", ["3", "50"]),  # more than one blank joined them to 350
        ("3 \u3000 50万元", ["3", "50"]),
        ("3.5.1万元", ["3.5.1"]),
        ("7,00.0,77万元", ["7,00.0,77"]),
        ("35*.21万元", ["35", "21"]),
        ("3万余元", ["3"]),
        ("3%5万元", ["3", "5"]),
    ],
)
def test_what_is_no_single_number_is_not_read_as_one(printed: str, unread: list[str]) -> None:
    text = text_of(EXAMPLE)
    changed = text.replace("年中调整数 241.86 万元", f"年中调整数 {printed}")
    report = bp.parse(changed)
    assert isinstance(report.narrative.adjustment.amount, Missing)
    here = [part for one in there(report.reading).unread if one.line == 59 for part in [one.text]]
    assert "".join(re.findall(r"\d", "".join(here))) == "".join(re.findall(r"\d", "".join(unread)))
    gone = found_in(bp.parse(text)) - found_in(report)
    assert [one.path for one in gone] == ["narrative.adjustment.amount"]


# Something is left out.


@some_or_all
def test_without_one_number_that_one_is_missing_and_all_else_stays(step: int) -> None:
    name = EXAMPLE
    text = text_of(name)
    before = found_in(bp.parse(text), lines=False)
    unread = Counter(UNREAD[name])
    for number, line, start, end in numbers_in(text)[::step]:
        without = text[:start] + text[end:]
        after = found_in(bp.parse(without), lines=False)
        gone, new = before - after, after - before
        place = f"line {line}: {number}"
        assert new == Counter(), place
        assert sum(gone.values()) <= 1, place
        for one in gone:
            assert one.value == Decimal(number), place
        if not gone:
            # A year, part of a date, a document number, or one that is not understood anyway.
            assert number in unread or number in _no_figures(text, line), place


def _no_figures(text: str, line: int) -> list[str]:
    row = text.split("\n")[line - 1]
    spans = re.findall(r"20\d\d ?年(?: ?\d{1,2} ?月(?: ?\d{1,2} ?日)?)?|〔\d+〕\d+号", row)
    return [number for span in spans for number in re.findall(r"\d+", span)]


def test_a_number_left_out_is_missing_and_never_zero() -> None:
    text = text_of(EXAMPLE).replace("年初安排预算数为 353.21 万元", "年初安排预算数为 万元")
    text = text.replace("年初批复预算数 353.21 万元", "年初批复预算数  万元")
    total = typed(Missing, bp.parse(text).narrative.funding.total.initial)
    assert total.reason is MissingReason.BLANK
    assert total.line == 55
    cell = bp.parse(text_of(EXAMPLE).replace("30\t10次\t30", "30\t10次\t")).form.indicators[2].score
    assert isinstance(cell, Missing)
    assert cell.reason is MissingReason.BLANK
    assert cell.line == 187


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("\t100%\t18", "\t—\t18", MissingReason.DASH),
        ("\t100%\t18", "\t***\t18", MissingReason.MASKED),
        ("\t100%\t18", "\t达成预期指标\t18", MissingReason.QUALITATIVE),
        ("\t100%\t18", "\t1O1%\t18", MissingReason.UNREADABLE),
        ("\t100%\t18", "\t" + "1" * 61 + "\t18", MissingReason.UNREADABLE),
        ("\t100%\t18", "\t" + "好" * 61 + "\t18", MissingReason.QUALITATIVE),
    ],
)
def test_why_a_cell_holds_no_number(old: str, new: str, reason: MissingReason) -> None:
    text = text_of(EXAMPLE)
    assert text.count(old) == 1
    actual = typed(Missing, bp.parse(text.replace(old, new)).form.indicators[3].actual)
    assert (actual.reason, actual.line) == (reason, 188)


@pytest.mark.parametrize("sign", ["□", "■", "\ufffd"])
@pytest.mark.parametrize("number", ["353.21", "241.86", "68.48", "595.07"])
def test_a_number_with_an_unknown_sign_in_it_is_not_read(number: str, sign: str) -> None:
    text = text_of(EXAMPLE)
    whole = {path: figure.nominal for path, figure in bp.figures(bp.parse(text))}
    for at in range(len(number)):
        damaged = bp.parse(text.replace(number, number[:at] + sign + number[at + 1 :], 1))
        for path, figure in bp.figures(damaged):
            assert whole[path] == figure.nominal, (path, figure.text)


@pytest.mark.parametrize(
    ("printed", "direction"),
    [
        ("提高服务水平" * 11, bp.Direction.QUALITATIVE),
        ("2023年底前" + "提高服务水平" * 11, None),
        ("效果明显", bp.Direction.QUALITATIVE),
        ("", None),
    ],
)
def test_targets_in_words(printed: str, direction: bp.Direction | None) -> None:
    text = text_of(EXAMPLE)
    assert text.count("≥95%") == 1
    report = bp.parse(text.replace("≥95%", printed).replace(r"$\geq 95\%$", printed))
    for rows in (report.form.indicators[4], report.narrative.indicators[2]):
        target = rows.target
        assert isinstance(target.value, Missing)
        assert target.text == printed
        if direction is None:
            assert isinstance(target.direction, Missing)
        else:
            assert target.direction is direction


def test_a_date_that_does_not_exist_is_unreadable() -> None:
    text = text_of(EXAMPLE).replace("2024 年 4 月 22 日", "2024 年 4 月 31 日")
    report = bp.parse(text)
    assert report.department.filing_date == Missing(
        reason=MissingReason.UNREADABLE, text="2024年4月31日", line=9
    )


@pytest.mark.parametrize(
    ("printed", "year"),
    [("(2023 年度)", "2023"), ("（二〇二三年度）", "2023"), ("(20**年度)", None)],
)
def test_the_year(printed: str, year: str | None) -> None:
    text = text_of(EXAMPLE).replace("(2023 年度)", printed)
    found = bp.parse(text).department.year
    if year is None:
        assert isinstance(found, Missing)
    else:
        assert str(typed(Figure, found).value) == year


def _cuts(text: str, *, in_rows: bool) -> list[tuple[int, str]]:
    """The document cut after each line of the form, and in each row after each cell."""
    lines = text.rstrip("\n").split("\n")
    start = next(i for i, line in enumerate(lines) if line.startswith("附表"))
    cuts = []
    for number in range(start, len(lines)):
        above = lines[:number]
        cuts.append((number, "\n".join(above)))
        cells = lines[number].split("\t") if in_rows else []
        cuts += [
            (number, "\n".join([*above, "\t".join(cells[:cell])])) for cell in range(1, len(cells))
        ]
    return cuts


@some_or_all
@pytest.mark.parametrize("name", [EXAMPLE, CLEAN])
def test_a_table_cut_anywhere_is_read_as_far_as_it_goes_and_it_is_said(
    name: str, step: int
) -> None:
    text = text_of(name)
    whole = found_in(bp.parse(text))
    narrative = Counter({one: n for one, n in whole.items() if not one.path.startswith("form")})
    for number, cut in itertools.islice(_cuts(text, in_rows=name == EXAMPLE), 0, None, step):
        report = bp.parse(cut)
        found = found_in(report)
        assert found - whole == Counter(), number
        assert narrative - found == Counter(), number
        assert report.reading is not None
        said = [note for note in report.reading.notes if "不完整" in note.zh and "cut" in note.en]
        assert said, f"cut in line {number + 1}: {cut[-60:]!r}"


def test_rows_without_the_cells_that_go_on_from_above_are_left_out_and_told() -> None:
    """What they hold is not taken for what stands in the next column."""
    text = text_of(EXAMPLE)
    moved = re.sub(r"^\t+(?=.*\t)", "", text, flags=re.MULTILINE)
    assert moved != text
    whole, report = bp.parse(text), bp.parse(moved)
    due = {str(row.name): row for row in whole.form.indicators}
    kept = {str(row.name): row for row in report.form.indicators}
    assert len(kept) < len(due)
    for name, row in kept.items():
        for field in ("actual", "weight", "score"):
            assert str(getattr(row, field)) == str(getattr(due[name], field)), name
    assert not {f.code for f in bp.audit(report).inconsistent} - {
        f.code for f in bp.audit(whole).inconsistent
    }
    assert any("merged cells" in note.en for note in there(report.reading).notes)


def test_of_many_short_rows_the_first_are_named() -> None:
    text = text_of(EXAMPLE) + "\t短行\t甲\n" * 8
    reading = there(bp.parse(text).reading)
    short = [note.zh for note in reading.notes if "格" in note.zh]
    assert len(short) == 6
    assert short[0] == "第 193 行只有 3 格，表头有 8 格：表格可能不完整"
    assert "3" in short[-1]  # eight, of which five are named


# The order of lines.


def _verdicts(report: bp.SelfEvaluation) -> Counter[tuple[str, ...]]:
    """Every finding; sums are written in the order of the rows, so their words are left out."""
    return Counter(
        (
            finding.code,
            finding.verdict.value,
            finding.reason or "",
            finding.title.zh,
            "" if " + " in finding.why.zh else finding.why.zh,
        )
        for finding in bp.audit(report, rules="yitihua-default").findings
    )


@pytest.mark.parametrize("name", [EXAMPLE, CLEAN])
def test_the_order_of_rows_changes_no_verdict(name: str) -> None:
    lines = text_of(name).split("\n")
    # The rows of the indicators say their headings themselves, so that each can go anywhere.
    level1 = level2 = ""
    first = next(i for i, line in enumerate(lines) if line.startswith("一级指标\t")) + 1
    funding = next(i for i, line in enumerate(lines) if "\t年度总资金\t" in line)
    for i in range(first, len(lines)):
        cells = lines[i].split("\t")
        if len(cells) > 1:
            level1, level2 = cells[0] or level1, cells[1] if cells[0] else cells[1] or level2
            lines[i] = "\t".join([level1, level2, *cells[2:]])
    wanted = _verdicts(bp.parse("\n".join(lines)))
    assert wanted == _verdicts(bp.parse(text_of(name)))
    shuffle = random.Random(2023).shuffle
    orders = set()
    for _ in range(4):
        rows, sources = lines[first : first + 8], lines[funding : funding + 4]
        shuffle(rows)
        shuffle(sources)
        orders.add("\n".join(rows + sources))
        shuffled = [*lines[:funding], *sources, *lines[funding + 4 : first], *rows]
        assert _verdicts(bp.parse("\n".join(shuffled))) == wanted
    assert len(orders) == 4


def test_a_row_that_names_no_indicator_and_no_level_1_is_no_row() -> None:
    text = text_of(EXAMPLE).replace("\n社会效益\t", "\n\t经济效益指标\t\t\t\t\t\t\n社会效益\t")
    assert len(bp.parse(text).form.indicators) == 8


def test_an_empty_cell_of_words_is_blank() -> None:
    text = text_of(EXAMPLE).replace("松河区窗口授权工作方案", "")
    basis = bp.parse(text).form.indicators[4].basis
    assert basis == Missing(reason=MissingReason.BLANK, line=189)


def test_a_total_among_the_indicators_is_the_form_s_total() -> None:
    text = text_of(EXAMPLE).rstrip("\n") + "\n总分\t\t\t\t\t100\t\t98\n"
    report = bp.parse(text)
    assert found_in(report)[Found("form.total_score", Decimal(98), "", 193)] == 1
    assert bp.audit(report).having(bp.Verdict.EXACT) != ()


def test_a_total_among_amounts_is_no_total_of_scores() -> None:
    text = text_of(EXAMPLE).replace(
        "\t其他资金(万元)\t", "\t合计\t353.21\t595.07\t595.07\t10\t100%\t10\n\t其他资金(万元)\t"
    )
    report = bp.parse(text)
    assert isinstance(report.form.total_score, Missing)
    assert resolve(report, "form.funding.sources[2].initial") is not None


def test_amounts_have_the_unit_of_their_row_or_column() -> None:
    text = text_of(EXAMPLE)
    rows = (
        ("部门资金(万元)\t", "部门资金(元)\t"),
        ("\t年度总资金\t353.21", "\t年度总资金\t3532100"),
    )
    for old, new in rows:
        assert old in text
        text = text.replace(old, new)
    report = bp.parse(text)
    total, other = report.form.funding.total.initial, report.form.funding.sources[2].initial
    assert isinstance(total, Figure)
    assert (str(total.value), total.unit.symbol) == ("3532100", "元")
    assert typed(Figure, other).unit.symbol == "万元"  # 其他资金(万元)


@pytest.mark.parametrize(
    ("printed", "value", "unit"),
    [("100%", "100", "%"), ("100", "100", "%"), ("98.5", "98.5", "%"), ("1", "1", "")],
)
def test_a_rate_without_its_sign(printed: str, value: str, unit: str) -> None:
    text = text_of(EXAMPLE).replace("\t10\t100%\t10", f"\t10\t{printed}\t10")
    rate = typed(Figure, bp.parse(text).form.funding.total.execution_rate)
    assert (str(rate.value), rate.unit.symbol) == (value, unit)
    assert rate.text == printed


def test_a_list_item_that_is_no_indicator() -> None:
    text = text_of(EXAMPLE).replace("## 四、评价结论", "指标①：见附表。\n\n## 四、评价结论")
    assert len(bp.parse(text).narrative.indicators) == 4


def test_fields_that_are_left_out_do_not_shift_those_behind() -> None:
    """The budget is there, 实际支出 is not: the one of the next expense is not taken for it."""
    text = text_of(CLEAN).replace(
        "公务用车运行费预算 1.60 万元，实际支出 1.20 万元", "公务用车运行费预算 1.60 万元"
    )
    three = bp.parse(text).narrative.three_public
    assert isinstance(three.vehicle_operation.executed, Missing)
    assert str(typed(Figure, three.official_reception.executed).value) == "0.30"


def _weighed(text: str) -> str:
    """The example with the weight of two headings in rows of their own: 30 and 40 are due."""
    return text.replace("\n履职效能\t数量指标", "\n履职效能\t\t\t\t\t70\t\t\n\t数量指标").replace(
        "\n\t质量指标\t便民窗口", "\n\t质量指标\t\t\t\t40\t\t\n\t质量指标\t便民窗口"
    )


def test_a_heading_may_say_what_it_weighs() -> None:
    """30 + 20 + 20 = 70 of 履职效能, 20 + 20 = 40 of its 质量指标."""
    report = bp.parse(_weighed(text_of(EXAMPLE)))
    alone = [i for i in report.form.indicators if not i.key and isinstance(i.weight, bp.Figure)]
    assert [(i.level1, i.level2, str(i.weight)) for i in alone] == [
        ("履职效能", alone[0].level2, "70"),
        ("履职效能", "质量指标", "40"),
    ]
    assert isinstance(alone[0].level2, bp.Missing)
    sums = [f for f in bp.audit(report).findings if f.code == "W02"]
    assert [f.verdict for f in sums] == [bp.Verdict.EXACT, bp.Verdict.EXACT]
    assert [f.verdict for f in bp.audit(report).findings if f.code == "W01"] == [
        f.verdict for f in bp.audit(bp.parse(text_of(EXAMPLE))).findings if f.code == "W01"
    ]


def test_a_heading_that_weighs_something_else_is_told() -> None:
    report = bp.parse(_weighed(text_of(EXAMPLE)).replace("\t\t\t\t40\t\t\n", "\t\t\t\t45\t\t\n"))
    (wrong,) = [f for f in bp.audit(report).inconsistent if f.code == "W02"]
    assert wrong.operands[0].stated == report.form.indicators[4].weight
    assert wrong.subject.zh == "“履职效能 / 质量指标”"


def _table(*rows: str) -> bp.SelfEvaluation:
    """The example with these rows as its indicators: level 1, level 2, name, target, basis,
    weight, actual, score."""
    text = text_of(EXAMPLE)
    head = next(line for line in text.split("\n") if line.startswith("一级指标\t"))
    return bp.parse(text[: text.index(head)] + "\n".join([head, *rows]) + "\n")


def test_a_row_without_a_name_is_called_by_its_heading() -> None:
    """036: rows of 质量指标 and 时效指标 that name no indicator, and score all the same."""
    report = _table(
        "产出指标\t数量指标\t培训次数\t=1次\t\t60\t1次\t60", "\t质量指标\t\t=100%\t\t30\t100%\t30"
    )
    assert [(i.key, str(i.weight), str(i.score)) for i in report.form.indicators] == [
        ("培训次数", "60", "60"),
        ("质量指标", "30", "30"),
    ]
    assert [f.verdict for f in bp.audit(report).findings if f.code == "W01"] == [bp.Verdict.EXACT]


def test_a_subtotal_is_no_heading_and_no_indicator() -> None:
    """小计 in the place of a heading sums up the one above; in the place of a name it is unread."""
    rows = (
        "产出指标(50分)\t数量指标(20分)\t培训次数\t=1次\t\t20\t1次\t20",
        "\t质量指标(30分)\t合格率\t=100%\t\t30\t100%\t30",
    )
    with_heading = _table(*rows, "\t小计\t\t\t\t50\t\t50")
    with_name = _table(*rows, "\t\t小计\t\t\t50\t\t50")
    assert [i.key for i in with_name.form.indicators] == ["培训次数", "合格率"]
    for report in (with_heading, with_name):
        sums = [f.verdict for f in bp.audit(report).findings if f.code == "W02"]
        assert set(sums) == {bp.Verdict.EXACT}
        assert len(sums) > 2
    wrong = _table(*rows, "\t小计\t\t\t\t45\t\t50")
    assert "W02" in [f.code for f in bp.audit(wrong).inconsistent]


HEADER = "指标值\t指标设定依据\t分值权重\t实际完成值\t得分"


@pytest.mark.parametrize("name", ["评分标准", "指标赋分规则", "得分计算方法", "赋分规则"])
def test_the_rule_printed_beside_an_indicator(name: str) -> None:
    words = "每低于1次扣0.5分，扣完为止"
    text = text_of(EXAMPLE)
    assert text.count(HEADER) == text.count("30\t10次\t30") == 1
    text = text.replace(HEADER, f"{HEADER}\t{name}").replace(
        "30\t10次\t30", f"30\t10次\t30\t{words}"
    )
    plain, report = bp.parse(text_of(EXAMPLE)), bp.parse(text)
    row = report.form.indicators[2]
    assert row.scoring_rule == words
    assert len(there(report.reading).unread) == len(there(plain.reading).unread)
    found = [f for f in bp.audit(report).findings if f.code == "W04"]
    assert [f.provision for f in found if f.operands] == [words]


def test_days_and_ranges_are_read() -> None:
    text = text_of(EXAMPLE)
    old = "≥95%\t松河区窗口授权工作方案\t20\t97%"
    assert text.count(old) == 1
    new = "2023年12月31日前\t松河区窗口授权工作方案\t20\t2023年12月20日"
    row = bp.parse(text.replace(old, new)).form.indicators[4]
    assert typed(Missing, row.target.value).reason is MissingReason.DATE
    assert typed(Missing, row.actual).reason is MissingReason.DATE
    row = bp.parse(text.replace(old, old.replace("≥95%", "90%-95%"))).form.indicators[4]
    assert typed(Missing, row.target.value).reason is MissingReason.RANGE
    row = bp.parse(text.replace(old, old.replace("97%", "全部"))).form.indicators[4]
    assert typed(Figure, row.actual).nominal == 1
    seconds = bp.parse(text.replace(old, old.replace("95%", "95S").replace("97%", "97S")))
    row = seconds.form.indicators[4]
    assert [str(value) for value in (row.target.value, row.actual)] == ["≥95S", "97S"]
