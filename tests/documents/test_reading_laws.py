"""Laws of reading: what is written in the layout is read back, and nothing crashes."""

from __future__ import annotations

import contextlib
from collections import Counter
from decimal import Decimal

import attrs
from hypothesis import example, given
from hypothesis import strategies as st

import budgetperf as bp
from budgetperf import UnusableDocumentError
from budgetperf.documents.readers import text as decoding
from tests.factories import there
from tests.strategies import fewer, times

from .samples import EXAMPLES, Found, found_in

EXAMPLE = (EXAMPLES / "department-2023.md").read_text(encoding="utf-8")

amounts = st.integers(0, 10**8).map(lambda cents: Decimal(cents).scaleb(-2))
rates = st.integers(0, 10**5).map(lambda n: Decimal(n).scaleb(-2))
counts = st.integers(0, 999).map(Decimal)
# Words that no phrase of the layout, no numbering and no mark begins with or ends in.
words = st.text("窗口事项办理街道社区惠企宣讲群众", min_size=2, max_size=8)


@attrs.frozen
class Row:
    """An indicator as the text and the form state it."""

    name: str
    target: Decimal
    midyear: Decimal
    actual: Decimal
    rate: Decimal
    deviation: Decimal
    weight: Decimal
    score: Decimal


@attrs.frozen
class Model:
    """The figures of a report, in the order in which the writer below states them."""

    opening: list[Decimal]
    revised: list[Decimal]
    spent: list[Decimal]
    rate: Decimal
    basic: list[Decimal]
    share: Decimal
    assets: list[Decimal]
    projects: list[Decimal]
    form: list[list[Decimal]]
    rows: list[Row]
    total: Decimal


def lists_of(values: st.SearchStrategy[Decimal], size: int) -> st.SearchStrategy[list[Decimal]]:
    return st.lists(values, min_size=size, max_size=size)


rows = st.builds(Row, words, *[counts] * 3, *[rates] * 2, *[counts] * 2)
models = st.builds(
    Model,
    opening=lists_of(amounts, 4),
    revised=lists_of(amounts, 4),
    spent=lists_of(amounts, 4),
    rate=rates,
    basic=lists_of(amounts, 7),
    share=rates,
    assets=lists_of(amounts, 4),
    projects=lists_of(counts, 5),
    form=st.lists(lists_of(amounts, 3), min_size=4, max_size=4),
    rows=st.lists(rows, max_size=5, unique_by=lambda row: row.name),
    total=counts,
)
KINDS = ("upper", "local", "other")
CATEGORIES = {
    "工资福利支出": "wages-and-welfare",
    "商品和服务支出": "goods-and-services",
    "对个人和家庭的补助": "personal-and-family-subsidies",
    "资本性支出": "capital",
}


def written(model: Model, grouped: bool) -> tuple[str, Counter[Found]]:
    """The model as a report in the layout, and what is to be found in it."""
    found: Counter[Found] = Counter()

    def say(path: str, value: Decimal, unit: str) -> str:
        found[Found(path, value, unit)] += 1
        return f"{value:,f}{unit}" if grouped else f"{value} {unit}"

    def by_source(path: str, field: str, values: list[Decimal]) -> str:
        shares = "，".join(
            f"{label}{say(f'{path}.sources[{key}].{field}', value, '万元')}"
            for label, key, value in zip(
                ("上级安排", "本级安排", "其他资金"), KINDS, values[1:], strict=True
            )
        )
        return f"其中：{shares}"

    path, basic = "narrative.funding", "narrative.basic_expenditure"
    opening, revised, spent = (
        say(f"{path}.total.{name}", values[0], "万元")
        for name, values in (
            ("initial", model.opening),
            ("revised", model.revised),
            ("executed", model.spent),
        )
    )
    lines = [
        "### （三）预算",
        f"年初安排预算数为{opening}，{by_source(path, 'initial', model.opening)}。",
        f"全年预算数为{revised}，{by_source(path, 'revised', model.revised)}。",
        (
            f"全年实际支出资金{spent}，"
            f"预算执行率为{say(f'{path}.total.execution_rate', model.rate, '%')}。"
            f"{by_source(path, 'executed', model.spent)}。"
        ),
        "## **二、支出**",
        f"基本支出年初预算安排{say(f'{basic}.initial', model.basic[0], '万元')}，"
        f"全年预算总额{say(f'{basic}.revised', model.basic[1], '万元')}，"
        f"全年实际支出{say(f'{basic}.executed', model.basic[2], '万元')}，"
        f"占总支出的{say(f'{basic}.share', model.share, '%')}，其中："
        + "、".join(
            f"{label}{say(f'{basic}.categories[{key}].executed', value, '万元')}"
            for (label, key), value in zip(CATEGORIES.items(), model.basic[3:], strict=True)
        )
        + "。",
        "本部门单位"
        + "，".join(
            (before + say(f"narrative.project_counts.{name}", value, "个") + after)
            for (before, name, after), value in zip(
                (
                    ("共有", "total", "项目"),
                    ("其中", "recurring", "属经常性项目"),
                    ("", "new", "属当年度新增项目"),
                    ("已完成项目", "completed", ""),
                    ("未完成项目", "unfinished", ""),
                ),
                model.projects,
                strict=True,
            )
        )
        + "。",
        "2. 资产："
        + "；".join(
            label + say(f"narrative.fixed_assets.{name}", value, "万元")
            for (label, name), value in zip(
                (
                    ("固定资产原值", "original_value"),
                    ("累计折旧", "accumulated_depreciation"),
                    ("固定资产净值", "net_value"),
                    ("在建工程", "under_construction"),
                ),
                model.assets,
                strict=True,
            )
        )
        + "。",
        "#### （一）指标三：履职效能",
        "1. 数量指标：",
    ]
    for number, row in enumerate(model.rows):
        at = f"narrative.indicators[{number}]"
        lines.append(
            f"指标①：{row.name}，指标值：≥{say(f'{at}.target.value', row.target, '次')}，"
            f"年中监控完成值：{say(f'{at}.midyear', row.midyear, '次')}；"
            f"自评完成值：{say(f'{at}.actual', row.actual, '次')}，"
            f"指标完成率{say(f'{at}.completion_rate', row.rate, '%')}，指标成效分析：如期办完。"
            f"偏差率{say(f'{at}.deviation', row.deviation, '%')}，偏差原因及改进措施：无。"
        )
    lines += [
        "## 四、评价结论",
        f"综合得分{say('narrative.total_score', model.total, '分')}，评价结果为“优”。",
        "部门资金(万元)\t资金来源\t年初预算数\t全年预算数\t全年执行数",
    ]
    labels = ("年度总资金", "其中：上级安排(万元)", "本级安排(万元)", "其他资金(万元)")
    paths = ("total", *(f"sources[{kind}]" for kind in KINDS))
    for label, name, values in zip(labels, paths, model.form, strict=True):
        cells = [
            say(f"form.funding.{name}.{field}", value, "万元").removesuffix("万元")
            for field, value in zip(("initial", "revised", "executed"), values, strict=True)
        ]
        lines.append("\t".join(["", label, *cells]))
    lines.append("一级指标\t二级指标\t三级指标\t指标值\t分值权重\t实际完成值\t得分")
    for number, row in enumerate(model.rows):
        at = f"form.indicators[{number}]"
        cells = [
            "" if number else "履职效能",
            "" if number else "数量指标",
            row.name,
            "≥" + say(f"{at}.target.value", row.target, "次"),
            say(f"{at}.weight", row.weight, ""),
            say(f"{at}.actual", row.actual, "次"),
            say(f"{at}.score", row.score, ""),
        ]
        lines.append("\t".join(cells))
    return "\n\n".join(lines), found


@given(models, st.booleans())
@times(2)
def test_what_is_written_is_read_back(model: Model, grouped: bool) -> None:
    text, wanted = written(model, grouped)
    report = bp.parse(text)
    assert found_in(report, lines=False) == wanted
    names = [row.name for row in model.rows]
    assert [row.name for row in report.narrative.indicators] == names
    assert [row.name for row in report.form.indicators] == names
    assert {row.level2 for row in report.form.indicators} <= {"数量指标"}
    assert there(report.reading).unread == ()


@given(models, st.data())
@times(1)
def test_pages_may_end_between_any_two_characters_that_are_no_digits(
    model: Model, data: st.DataObject
) -> None:
    """A page end within a line. A short numbered line is a heading, wherever it breaks off."""
    text, wanted = written(model, grouped=False)
    lines = text.split("\n\n")
    for number, line in enumerate(lines):
        if "\t" in line or not line.endswith("。") or line[0].isdigit():
            continue
        places = [
            i
            for i in range(4, len(line) - 1)
            if not (line[i - 1].isdigit() and line[i].isdigit()) and not line[i - 1].isspace()
        ]
        end = data.draw(st.sampled_from(places))
        lines[number] = f"{line[:end]}\n\n{line[end:]}"
    report = bp.parse("\n\n".join(lines))
    assert found_in(report, lines=False) == wanted


def parsed(text: str) -> bp.SelfEvaluation | UnusableDocumentError:
    try:
        return bp.parse(text, source="x.md")
    except UnusableDocumentError as error:
        return error


def answer(text: str) -> bp.SelfEvaluation | UnusableDocumentError:
    """What reading says of a text: a report or why not, and nothing else."""
    report = parsed(text)
    if isinstance(report, UnusableDocumentError):
        assert report.field == "x.md"
        assert report.message.zh
        assert report.message.en
        return report
    reading = there(report.reading)
    assert 0 <= reading.accounted <= reading.numbers
    assert len(reading.unread) == reading.numbers - reading.accounted
    return report


# Pieces of reports: in any order they make texts that get deep into the patterns.
PIECES = sorted({
    *(line + "\n" for line in EXAMPLE.split("\n") if line),
    *"，。；：、\n\t%*×_-()（）$#",
    *("年初安排预算数为", "其中：", "万元", "指标①：", "指标值：", "偏差率", "一、", "1."),
    *("35", "353.21", "3-5", "两个", "\\geq"),
    "\r\n",
    "\x0c",
    "\u2028",
    "\ud800",
    "９",
    "²",
    "٣",
})  # fmt: skip


@given(st.text())
@example("(2023年度)")
@example("\ud800" + EXAMPLE)
@example(EXAMPLE.replace("353.21", "³⁵³"))
@example(EXAMPLE.replace("353.21", "٣٥٣"))
def test_any_text_is_a_report_or_unusable(text: str) -> None:
    answer(text)


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
@times(4)
def test_any_pieces_of_a_report_are_a_report_or_unusable(text: str) -> None:
    report = answer(text)
    if isinstance(report, bp.SelfEvaluation):
        assert bp.loads(bp.dumps(report)) == report
        assert str(bp.audit(report))


@given(st.integers(0, len(EXAMPLE)), st.integers(0, 40), st.text(max_size=10))
@fewer
def test_any_small_damage_is_survived(start: int, length: int, other: str) -> None:
    text = EXAMPLE[:start] + other + EXAMPLE[start + length :]
    report = answer(text)
    assert isinstance(report, bp.SelfEvaluation)
    assert str(bp.audit(report))


@given(st.binary())
@example(b"\xef\xbb\xbf")
@example(b"\xff\xfe\x00")
@example(b"\xff\xfe" + EXAMPLE.encode("utf-16-le")[:-1])
@example(EXAMPLE.encode("gb18030")[:-1] + b"\x81")
@example(EXAMPLE.encode("utf-8")[:1001])
def test_any_bytes_are_text_or_unusable(data: bytes) -> None:
    with contextlib.suppress(UnusableDocumentError):
        decoded = decoding.decode(data, "x.md")
        assert decoded.text.strip()
        answer(decoded.text)
