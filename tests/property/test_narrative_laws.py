"""Narratives written from figures that are right, in many words: exactly these are read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import budgetperf as bp
from budgetperf.model import figures
from budgetperf.testing.truth import half_up

TITLE = "甲县2023年度农村供水保障项目绩效自评报告"
WIDE = str.maketrans("0123456789.,%", "０１２３４５６７８９．，％")
SCALES = {"元": 1, "万元": 10**4, "亿元": 10**8}

INITIAL = ("年初预算数为{}", "年初预算{}", "2023年年初预算安排{}", "年初批复预算数{}")
REVISED = (
    "全年预算数为{}", "调整后预算数{}", "2023年全年预算数{}", "本项目全年预算数为{}",
    "2023年共下达资金{}", "2023年下达补助资金共计{}",
)  # fmt: skip
RECEIVED = ("实际到位资金{}", "收到财政资金共{}", "到位资金{}", "截至2023年12月31日，实际到位{}")
EXECUTED = (
    "全年执行数为{}", "全年实际支出{}", "实际支出{}", "2023年支出共计{}", "全年支出{}",
    "截至2023年底，实际支付资金{}", "我县共拨付资金{}", "实际完成投资{}",
)  # fmt: skip
RATES = ("预算执行率为{}", "执行率{}", "资金执行率达{}", "预算执行率达到{}")
SOURCES = (
    ("中央资金{}", "省级资金{}", "县级资金{}"),
    ("中央补助资金{}", "省级补助{}", "其他资金{}"),
    ("上级资金{}", "本级资金{}", "其他资金{}"),
    ("财政拨款{}", "自筹资金{}"),
)
KINDS = {
    "中央": "central-transfer", "省级": "regional-transfer", "上级": "upper", "本级": "local",
    "其他": "other", "财政": "current-appropriation",
}  # fmt: skip
OPEN = ("，其中：{}", "（其中：{}）", "，其中{}", "（{}）")
COUNTED = (
    ("新建蓄水池{}", "蓄水池", "座"), ("铺设供水管网{}", "供水管网", "公里"),
    ("受益人口{}", "受益人口", "人"),
    ("完成水质检测{}", "水质检测", "次"), ("安装水表{}", "水表", "块"),
)  # fmt: skip
DISTRACTORS = (
    "2022年支出80.5万元",
    "上年执行数为70万元，执行率88%",
    "比上年增加20.3万元，增长5.1%",
    "较去年下降3.2个百分点",
    "全省共下达资金50000万元",
    "全市全年执行数为9000万元",
    "乙县全年支出300万元",
    "某县执行率为75%",
    "农村厕所改造项目全年预算数为60万元，全年执行数50万元",
    "2024年计划安排资金500万元",
    "下一步拟投入资金200万元",
    "根据《甲省项目支出管理办法》（甲财发〔2020〕10号）规定，执行率低于80%的应当说明原因",
    "按照规定每人每年补助600元",
    "评价等级划分：90（含）-100分为优，80（含）-90分为良，60（含）-80分为中",
    "执行率达到95%的得10分，每低1个百分点扣0.5分",
    "联系电话：0571-88123456",
    "文号为甲财农〔2022〕1386号",
    "第3批名单已公示",
    "项目于2023年5月20日开工，2023年11月30日完工",
    "2021—2023年累计投入资金900万元",
    "预计全年支出400万元",
    "尚有缺口资金35万元",
    "约占30%-40%",
    "100余人参加了培训",
    "因疫情停办培训3期",
    "未完成蓄水池2座",
    "2022年自评得分92分",
    "培训三百人",
)

NAMED = [words for words in DISTRACTORS if re.match("乙县|某县|农村厕所|20\\d\\d年|上年", words)]


def money(value: Fraction, unit: str, wide: bool, grouped: bool) -> str:
    """An amount in 元 as printed in a unit, with all its digits."""
    number = value / SCALES[unit]
    digits = f"{number.numerator}" if number.denominator == 1 else _decimal(number)
    if grouped:
        whole, point, decimals = digits.partition(".")
        digits = f"{int(whole):,}{point}{decimals}"
    return (digits.translate(WIDE) if wide else digits) + unit


def _decimal(number: Fraction) -> str:
    places = next(n for n in range(1, 30) if (number * 10**n).denominator == 1)
    whole, decimals = divmod(number.numerator * 10**places // number.denominator, 10**places)
    return f"{whole}.{decimals:0{places}}"


def percent(value: Fraction) -> str:
    return f"{_with_places(half_up(value * 100, 2))}%"


def _with_places(value: Fraction) -> str:
    whole, decimals = divmod(int(value * 100), 100)
    return f"{whole}.{decimals:02}"


Due = dict[str, Fraction]


@st.composite
def narratives(draw: st.DrawFn) -> tuple[str, Due]:
    """A narrative, and the figures that it states by their path or name."""
    unit = draw(st.sampled_from(["元", "万元", "万元", "亿元"]))
    step = {"元": 1, "万元": 100, "亿元": 10**4}[unit]
    wide, grouped = draw(st.booleans()), draw(st.booleans())
    amount = st.integers(10**6 // step, 10**10 // step).map(lambda n: Fraction(n * step))
    due: Due = {"department.year": Fraction(2023)}

    def stating(words: Sequence[str], path: str, value: Fraction) -> str:
        due[path] = value
        return draw(st.sampled_from(words)).format(money(value, unit, wide, grouped))

    total = "narrative.funding.total."
    revised = draw(amount)
    executed = Fraction(int(revised * draw(st.integers(50, 100)) / 100 / step) * step)
    sentences: list[str] = []
    if draw(st.booleans()):
        sentences.append(stating(INITIAL, f"{total}initial", draw(amount)))
    for words, field, value in (
        (REVISED, "revised", revised),
        (RECEIVED, "received", revised),
        (EXECUTED, "executed", executed),
    ):
        if field == "received" and draw(st.booleans()):
            continue
        text = stating(words, total + field, value)
        if draw(st.booleans()):
            labels = draw(st.sampled_from(SOURCES))
            cuts = sorted(draw(st.integers(0, int(value / step))) for _ in labels[1:])
            shares = [b - a for a, b in zip([0, *cuts], [*cuts, int(value / step)], strict=True)]
            items = []
            for label, share in zip(labels, shares, strict=True):
                label_only = label.format("")
                kind = KINDS.get(label_only[:2], label_only)
                due[f"{kind}.{field}"] = Fraction(share * step)
                items.append(label.format(money(Fraction(share * step), unit, wide, grouped)))
            mark = draw(st.sampled_from("，、"))
            text += draw(st.sampled_from(OPEN)).format(mark.join(items))
        if field == "executed" and draw(st.booleans()):
            rate = percent(executed / revised)
            due[f"{total}execution_rate"] = Fraction(rate[:-1]) / 100
            text += "，" + draw(st.sampled_from(RATES)).format(rate)
        sentences.append(text)
    for text, name, counter in draw(st.lists(st.sampled_from(COUNTED), max_size=2, unique=True)):
        number = draw(st.integers(1, 9999))
        due[f"counted.{name}"] = Fraction(number)
        sentences.append(text.format(f"{number}{counter}"))
    distractors = draw(st.lists(st.sampled_from(DISTRACTORS), max_size=3, unique=True))
    for distractor in distractors:
        sentences.insert(draw(st.integers(0, len(sentences))), distractor)
    end = draw(st.sampled_from(["。", "。\n", "。\n\n"]))
    # Behind what is of another place, project or year, one does not know of what a sentence is.
    ends = [end if sentence not in NAMED else "。\n" for sentence in sentences]
    text = "".join(map("".join, zip(sentences, ends, strict=True)))
    if draw(st.booleans()):
        text = _broken(text, draw(st.integers(8, 40)))
    return f"{TITLE}\n{text}", due


def _broken(text: str, width: int) -> str:
    """The text with lines broken at about a width, but never in a number."""
    lines, line = [], ""
    for character in text:
        may_end = not re.search(r"[\d.,０-９．，%％。\n]$", line)
        if len(line) >= width and may_end and re.match(r"[\u4e00-\u9fff]", character):
            lines.append(line)
            line = ""
        line += character
    return "\n".join([*lines, line])


def read(text: str) -> dict[str, Fraction]:
    """The figures that are read, named as above."""
    report = bp.parse(text)
    by_name: dict[str, Fraction] = {}
    for path, figure in figures(report):
        name = path
        if ".sources[" in path:
            index = int(path.partition("[")[2].partition("]")[0])
            source = report.narrative.funding.sources[index]
            kind = source.kind.value if source.kind.value != "unlisted" else source.label
            name = f"{kind}.{path.rpartition('.')[2]}"
        elif ".achievements[" in path:
            index = int(path.partition("[")[2].partition("]")[0])
            name = report.narrative.achievements[index].name
            known = next((n for _, n, _ in COUNTED if name.endswith(n)), name)
            name = f"counted.{known}"
        by_name[name] = figure.nominal
    return by_name


@given(narratives())
def test_a_narrative_gives_its_figures_and_no_others(case: tuple[str, Due]) -> None:
    text, due = case
    assert read(text) == due


@given(narratives())
def test_a_narrative_that_is_right_is_called_right(case: tuple[str, Due]) -> None:
    text, _ = case
    audit = bp.audit(bp.parse(text))
    assert [finding.relation for finding in audit.inconsistent] == []


@pytest.mark.parametrize("sentence", DISTRACTORS)
def test_what_is_of_others_is_no_figure(sentence: str) -> None:
    alone = f"{TITLE}\n全年预算数为100万元。\n{sentence}。"
    assert read(alone) == {
        "department.year": Fraction(2023),
        "narrative.funding.total.revised": Fraction(10**6),
    }


MISSED = ("停办", "缓办", "少办", "取消", "推迟", "未能举办", "因故停办", "受疫情影响少办")
ROSE = ("提高到", "提升至", "上升为", "增加到了", "增长到")
BEFORE = ("由上年的", "从2022年的", "由", "由上年")
WHY = ("因场地改造停办", "主要原因是场地改造", "由于场地改造", "受疫情影响")
PLACED = (
    "演出指标值≥{due}场，实际完成值{done}场，{why}。",
    "演出指标值≥{due}场，实际完成值{done}场（{why}）。",
    "演出指标值≥{due}场，实际完成值{done}场。{why}。",
    "演出指标值≥{due}场，{why}，实际完成值{done}场。",
    "{why}，演出指标值≥{due}场，实际举办{done}场。",
)


@given(st.integers(1, 999), st.sampled_from(MISSED), st.sampled_from(("场", "期", "次")))
def test_what_was_not_done_is_no_figure(count: int, words: str, unit: str) -> None:
    for text in (f"演出{words}{count}{unit}", f"{words}{count}{unit}"):
        assert not any("achievements" in path for path in read(f"{TITLE}\n全年支出9万元。{text}。"))


@given(st.integers(1, 9999), st.integers(1, 9999), st.sampled_from(BEFORE), st.sampled_from(ROSE))
def test_what_something_rose_to_is_what_it_is(old: int, new: int, before: str, rose: str) -> None:
    assert read(f"{TITLE}\n用水人数{before}{old}人{rose}{new}人。") == {
        "department.year": Fraction(2023),
        "counted.用水人数": Fraction(new),
    }


@given(st.integers(2, 99), st.integers(0, 120), st.sampled_from(PLACED), st.sampled_from(WHY))
def test_a_reason_is_asked_for_where_none_is_given(
    due: int, done: int, text: str, why: str
) -> None:
    said = text.format(due=due, done=done, why=why)
    assert not _asks(said)
    assert _asks(re.sub(f"[，（。]?{why}[，）]?(?!实)|{why}，", "", said)) is (done < due)


def _asks(text: str) -> bool:
    audit = bp.audit(bp.parse(f"{TITLE}\n全年支出9万元。\n{text}"))
    return any(finding.code == "Q05" and finding.is_for_review for finding in audit.findings)


def paragraph(line: int, decimals: int, *values: Fraction) -> list[bp.Figure]:
    """Amounts as one paragraph prints them, rounded to so many decimals of 万元."""
    numbers = [_with_places(half_up(value, decimals)) for value in values]
    numbers = [number[: len(number) + decimals - 2].rstrip(".") for number in numbers]
    place = bp.exact.Place(line=line)
    return [bp.Figure(value=number, unit="万元", place=place) for number in numbers]


amounts = st.integers(100, 10**7).map(lambda cents: Fraction(cents, 100))


@given(
    parts=st.lists(amounts, min_size=2, max_size=2),
    more=amounts,
    decimals=st.tuples(st.integers(0, 2), st.integers(0, 2)),
)
def test_a_paragraph_may_round_what_others_print_in_full(
    parts: list[Fraction], more: Fraction, decimals: tuple[int, int]
) -> None:
    """353.2 = 348.9 + 4.3 in one paragraph, 353 + 242 = 595 in the next, 353.21 in the form."""
    initial = sum(parts, start=Fraction())
    revised = initial + more
    first, *parts_printed = paragraph(1, decimals[0], initial, *parts)
    change, second = paragraph(2, decimals[1], more, revised)
    (third,) = paragraph(3, 2, revised)
    total = bp.FundingTotal(initial=first, revised=second, executed=third)
    sources = [
        bp.FundingSource(kind=kind, initial=part)
        for kind, part in zip(("本级", "其他"), parts_printed, strict=True)
    ]
    text = bp.Statement(
        funding=bp.Funding(total=total, sources=sources), adjustment=bp.Adjustment(amount=change)
    )
    in_form = paragraph(9, 2, initial, revised, revised)
    total = bp.FundingTotal(**dict(zip(("initial", "revised", "executed"), in_form, strict=True)))
    form = bp.Statement(funding=bp.Funding(total=total))
    report = bp.with_column_precision(bp.SelfEvaluation(narrative=text, form=form))
    assert bp.with_column_precision(report) == report
    assert bp.audit(report).inconsistent == ()


def test_one_short_number_in_a_paragraph_has_lost_its_zeros() -> None:
    """30 by itself is 30.00 where the text prints 29.99 elsewhere; beside 29.9 it is 30.0."""

    def precise(*texts: str) -> list[tuple[int, bool]]:
        kinds = ("本级", "其他", "上级")
        numbers = zip(kinds, texts, strict=True)
        sources = [
            bp.FundingSource(
                kind=kind,
                initial=bp.Figure(
                    value=text[1:], unit="万元", place=bp.exact.Place(line=int(text[0]))
                ),
            )
            for kind, text in numbers
        ]
        report = bp.SelfEvaluation(narrative=bp.Statement(funding=bp.Funding(sources=sources)))
        read = bp.with_column_precision(report).narrative.funding.sources
        return [
            (source.initial.places, source.initial.is_exact)
            for source in read
            if isinstance(source.initial, bp.Figure)
        ]

    assert precise("129.99", "230", "230") == [(2, False)] * 3
    assert precise("129.99", "230", "231") == [(2, False), (0, False), (0, False)]
    assert precise("129.99", "230", "229.9") == [(2, False)] * 3
    assert precise("129.99", "229.8", "229.9") == [(2, False), (1, False), (1, False)]
    assert precise("130", "230", "231") == [(0, True)] * 3
    # Zeros are printed here, so none was lost.
    assert precise("129.99", "229.8", "20.0") == [(2, False), (1, False), (1, False)]
    assert precise("129.99", "220.0", "220.0") == [(2, False), (1, False), (1, False)]


def test_what_is_printed_again_shows_how_precise_a_paragraph_is() -> None:
    first, change = paragraph(1, 1, Fraction(3532, 10), Fraction(2419, 10))
    (full,) = paragraph(2, 2, Fraction(59507, 100))
    path = "narrative.funding.total.initial"
    (again,) = paragraph(3, 2, Fraction(35321, 100))

    def places(*repeated: bp.Figure) -> int:
        text = bp.Statement(
            funding=bp.Funding(total=bp.FundingTotal(initial=again, revised=full)),
            adjustment=bp.Adjustment(amount=change),
        )
        report = bp.with_column_precision(bp.SelfEvaluation(narrative=text, repeated=repeated))
        amount = report.narrative.adjustment.amount
        assert isinstance(amount, bp.Figure)
        return amount.places

    assert places() == 2
    assert places(attrs.evolve(first, path=path)) == 1
