"""The money of a report: funding, expenditure, 三公经费, procurement, fixed assets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Self

import attrs
from attrs import field

from budgetperf.exact import BudgetperfError, Labelled, Stated, Text
from budgetperf.exact.shown import Pictured

from .fields import (
    ITEMS,
    NOT_STATED,
    REVIEW_SCORES,
    Element,
    FigureKind,
    Part,
    Sign,
    StatedText,
    blank,
    copied,
    figure,
    part,
    parts,
    words,
)
from .given import amount, member, number, rate, stated_text, together
from .rows import named

__all__ = [
    "Adjustment",
    "BasicExpenditure",
    "Breakdown",
    "CategoryAmount",
    "EconomicCategory",
    "Execution",
    "FixedAssets",
    "Funding",
    "FundingKind",
    "FundingSource",
    "FundingTotal",
    "Portion",
    "Procurement",
    "ProjectExpenditure",
    "ThreePublicExpenses",
    "ThreePublicItem",
    "is_whole",
]


class FundingKind(Labelled):
    """Where money comes from. The set differs by form; the printed label is kept beside it."""

    UPPER = ("upper", "上级安排", "from upper levels")
    LOCAL = ("local", "本级安排", "from this level")
    CENTRAL_TRANSFER = ("central-transfer", "中央转移支付", "central transfer")
    REGIONAL_TRANSFER = ("regional-transfer", "自治区（省）转移支付", "regional transfer")
    CURRENT_APPROPRIATION = ("current-appropriation", "当年财政拨款", "this year's appropriation")
    CARRY_OVER = ("carry-over", "上年结转资金", "carry-over of last year")
    OTHER = ("other", "其他资金", "other funds")
    UNLISTED = ("unlisted", "所列其他来源", "a source of another name")
    """A source that the layout does not know; its printed label tells which."""

    @classmethod
    def _near(cls, words: str) -> tuple[FundingKind, ...]:
        """The members that may be meant: of a level of government, this level or one above."""
        if _LEVEL.match(words.strip()):
            return cls.LOCAL, cls.UPPER, cls.UNLISTED
        return super()._near(words) or (cls.UPPER, cls.LOCAL, cls.OTHER, cls.UNLISTED)


class EconomicCategory(Labelled):
    """部门预算支出经济分类 of basic expenditure."""

    WAGES_AND_WELFARE = ("wages-and-welfare", "工资福利支出", "wages and welfare")
    GOODS_AND_SERVICES = ("goods-and-services", "商品和服务支出", "goods and services")
    PERSONAL_AND_FAMILY_SUBSIDIES = (
        "personal-and-family-subsidies",
        "对个人和家庭的补助",
        "subsidies to individuals and families",
    )
    CAPITAL = ("capital", "资本性支出", "capital expenditure")


@attrs.frozen(kw_only=True, repr=False)
class Execution(Part):
    """A budget line by phase (amounts of money), and how far it was executed (a rate)."""

    initial: Stated = field(
        default=NOT_STATED,
        converter=amount,
        metadata=figure("年初预算数", "initial budget", FigureKind.AMOUNT),
    )
    revised: Stated = field(
        default=NOT_STATED,
        converter=amount,
        metadata=figure("全年预算数", "revised budget", FigureKind.AMOUNT),
    )
    executed: Stated = field(
        default=NOT_STATED,
        converter=amount,
        metadata=figure("全年执行数", "executed", FigureKind.AMOUNT),
    )
    execution_rate: Stated = field(
        default=NOT_STATED,
        converter=rate,
        metadata=figure("执行率", "execution rate", FigureKind.RATE),
    )


@attrs.frozen(kw_only=True, repr=False)
class FundingTotal(Execution):
    """年度资金总额, with what of it was received, and the weight and the score that the form gives
    to its execution.

    What was received (到位数) may differ from the budget: that is no error. The rate of use
    compares what was spent with what was received, not with the budget.
    """

    received: Stated = field(
        default=NOT_STATED,
        converter=amount,
        metadata=figure("到位数", "received", FigureKind.AMOUNT),
    )
    received_rate: Stated = field(
        default=NOT_STATED,
        converter=rate,
        metadata=figure("资金到位率", "share received", FigureKind.RATE),
    )
    use_rate: Stated = field(
        default=NOT_STATED,
        converter=rate,
        metadata=figure("资金使用率", "rate of use", FigureKind.RATE),
    )
    weight: Stated = field(
        default=NOT_STATED, converter=number, metadata=figure("分值", "weight", FigureKind.WEIGHT)
    )
    score: Stated = field(
        default=NOT_STATED, converter=number, metadata=figure("得分", "score", FigureKind.SCORE)
    )
    reviewed_score: Stated = field(default=NOT_STATED, converter=number, metadata=REVIEW_SCORES[0])
    second_reviewed_score: Stated = field(
        default=NOT_STATED, converter=number, metadata=REVIEW_SCORES[1]
    )
    third_reviewed_score: Stated = field(
        default=NOT_STATED, converter=number, metadata=REVIEW_SCORES[2]
    )


_LEVEL = re.compile(r"(?:中央|省|州|市|区|县|镇|乡)级|中央")


def _funding_kind(value: FundingKind | str) -> FundingKind:
    return member(FundingKind, value)


@attrs.frozen(kw_only=True, repr=False)
class FundingSource(FundingTotal, Element):
    """One source of funds.

    Args:
        kind: where the money comes from.
        label: what the form prints for it.
    """

    kind: FundingKind = field(converter=_funding_kind)
    label: str = ""

    @property
    def key(self) -> str:
        """What tells this source from its neighbours: its name where its kind is not listed."""
        return self.long_key if self.kind is FundingKind.UNLISTED else self.kind.value

    @property
    def long_key(self) -> str:
        return f"{self.kind.value} {self.label}"

    @property
    def level(self) -> str:
        """The level of government that the form prints for it, such as ``县级``."""
        level = _LEVEL.search(self.label)
        return level[0] if level else ""

    @property
    def title(self) -> Text:
        if self.kind is FundingKind.UNLISTED and self.label:
            return Text(zh=self.label, en=self.label)
        return self.kind.label


def _sources(value: Iterable[FundingSource]) -> tuple[FundingSource, ...]:
    return together(value)


@attrs.frozen(kw_only=True, repr=False)
class Funding(Pictured, Part):
    """部门资金: the total and its sources.

    Its picture: bars of the initial and the revised budget and of what was executed, by source.
    """

    total: FundingTotal = field(
        factory=blank(FundingTotal), metadata=part(FundingTotal, "合计", "total")
    )
    sources: tuple[FundingSource, ...] = field(
        default=(), converter=_sources, metadata=parts(FundingSource, "资金来源", "sources")
    )

    @classmethod
    def from_rows(cls, fields: str | Sequence[str], rows: Iterable[Sequence[object]]) -> Self:
        """The table of funds as a form has it: the total in a row 合计, and a row for each source.

        Args:
            fields: the names of the fields of a ``FundingSource`` above the columns; in one string
                with blanks between. ``kind`` is one of them.
            rows: the rows, each with a cell for every field; ``None`` is not stated.

        Raises:
            BudgetperfError: as ``FundingSource.from_rows`` does, or there are two totals.

        >>> funding = Funding.from_rows(
        ...     "kind initial executed", [("合计", "353.21", 353), ("本级", "353.21", 353)]
        ... )
        >>> funding.total
        FundingTotal(initial='353.21', executed='353')
        """
        names, table = named(fields), [tuple(row) for row in rows]
        at = names.index("kind") if "kind" in names else len(names)
        totals = [row[at : at + 1] in _TOTAL_ROWS for row in table]
        if totals.count(True) > 1:
            raise BudgetperfError("total-twice", _TWO_TOTALS, field=f"[{_last(totals)}].kind")
        # As a source of any kind it is read, and what is wrong with it is told, with the others.
        read = [
            (*row[:at], FundingKind.UNLISTED, *row[at + 1 :]) if is_total else row
            for row, is_total in zip(table, totals, strict=True)
        ]
        parts = list(zip(FundingSource.from_rows(names, read), totals, strict=True))
        total = next((copied(part, FundingTotal, {}) for part, is_total in parts if is_total), None)
        sources = [part for part, is_total in parts if not is_total]
        return cls(total=FundingTotal() if total is None else total, sources=sources)


_TOTAL_ROWS = (("合计",), ("总计",), ("资金总额",), ("年度资金总额",), ("total",))
_TWO_TOTALS = Text(
    zh="有两行合计：请去掉其一，或写明是哪一种来源",
    en="there are two totals: leave one of them out, or name the source that it is",
)


def _last(flags: Sequence[bool]) -> int:
    return max(index for index, flag in enumerate(flags) if flag)


@attrs.frozen(kw_only=True, repr=False)
class Adjustment(Part):
    """年中调整: revised minus initial budget, its rate, and why."""

    amount: Stated = field(
        default=NOT_STATED,
        converter=amount,
        metadata=figure("年中调整数", "adjustment", FigureKind.AMOUNT, sign=Sign.EITHER),
    )
    rate: Stated = field(
        default=NOT_STATED,
        converter=rate,
        metadata=figure("预算调整率", "adjustment rate", FigureKind.RATE, sign=Sign.EITHER),
    )
    projects_added: Stated = field(
        default=NOT_STATED,
        converter=number,
        metadata=figure(
            "年初未批、后期追加的项目数",
            "projects added during the year",
            FigureKind.COUNT,
            units=ITEMS,
        ),
    )
    reason: StatedText = field(
        default=NOT_STATED,
        converter=stated_text,
        metadata=words("调整原因", "reason for the adjustment"),
    )


def _category(value: EconomicCategory | str) -> EconomicCategory:
    return member(EconomicCategory, value)


@attrs.frozen(kw_only=True, repr=False)
class CategoryAmount(Element):
    """What one economic category took (an amount of money).

    Args:
        category: the category.
    """

    category: EconomicCategory = field(converter=_category)
    executed: Stated = field(
        default=NOT_STATED, converter=amount, metadata=figure("支出", "executed", FigureKind.AMOUNT)
    )

    @property
    def key(self) -> str:
        """What tells this category from its neighbours."""
        return self.category.value

    @property
    def title(self) -> Text:
        return self.category.label


def _categories(value: Iterable[CategoryAmount]) -> tuple[CategoryAmount, ...]:
    return together(value)


@attrs.frozen(kw_only=True, repr=False)
class BasicExpenditure(Execution):
    """基本支出, its share of the total, and its economic categories."""

    share: Stated = field(
        default=NOT_STATED,
        converter=rate,
        metadata=figure("占总支出的比重", "share of total expenditure", FigureKind.RATE),
    )
    categories: tuple[CategoryAmount, ...] = field(
        default=(), converter=_categories, metadata=parts(CategoryAmount, "经济分类", "categories")
    )


@attrs.frozen(kw_only=True, repr=False)
class ProjectExpenditure(Execution):
    """项目支出, its share of the total, and where the money spent came from."""

    share: Stated = field(
        default=NOT_STATED,
        converter=rate,
        metadata=figure("占总支出的比重", "share of total expenditure", FigureKind.RATE),
    )
    sources: tuple[FundingSource, ...] = field(
        default=(), converter=_sources, metadata=parts(FundingSource, "资金来源", "sources")
    )


@attrs.frozen(kw_only=True, repr=False)
class ThreePublicItem(Part):
    """One of the three public expenses: budget and actual (amounts of money)."""

    budget: Stated = field(
        default=NOT_STATED, converter=amount, metadata=figure("预算数", "budget", FigureKind.AMOUNT)
    )
    executed: Stated = field(
        default=NOT_STATED,
        converter=amount,
        metadata=figure("实际支出", "executed", FigureKind.AMOUNT),
    )


@attrs.frozen(kw_only=True, repr=False)
class ThreePublicExpenses(Part):
    """“三公”经费: total, items and control rate (actual / budget)."""

    total: ThreePublicItem = field(
        factory=blank(ThreePublicItem), metadata=part(ThreePublicItem, "合计", "total")
    )
    overseas_travel: ThreePublicItem = field(
        factory=blank(ThreePublicItem),
        metadata=part(ThreePublicItem, "因公出国（境）费", "overseas travel"),
    )
    vehicle_purchase: ThreePublicItem = field(
        factory=blank(ThreePublicItem),
        metadata=part(ThreePublicItem, "公务用车购置", "vehicle purchase"),
    )
    vehicle_operation: ThreePublicItem = field(
        factory=blank(ThreePublicItem),
        metadata=part(ThreePublicItem, "公务用车运行维护费", "vehicle operation"),
    )
    official_reception: ThreePublicItem = field(
        factory=blank(ThreePublicItem),
        metadata=part(ThreePublicItem, "公务接待费", "official reception"),
    )
    control_rate: Stated = field(
        default=NOT_STATED,
        converter=rate,
        metadata=figure("“三公”经费控制率", "control rate", FigureKind.RATE),
    )


@attrs.frozen(kw_only=True, repr=False)
class Procurement(Part):
    """政府采购: budget and actual (amounts of money), and their rate."""

    budget: Stated = field(
        default=NOT_STATED, converter=amount, metadata=figure("预算数", "budget", FigureKind.AMOUNT)
    )
    executed: Stated = field(
        default=NOT_STATED,
        converter=amount,
        metadata=figure("实际采购数", "executed", FigureKind.AMOUNT),
    )
    execution_rate: Stated = field(
        default=NOT_STATED,
        converter=rate,
        metadata=figure("政府采购执行率", "execution rate", FigureKind.RATE),
    )


@attrs.frozen(kw_only=True, repr=False)
class FixedAssets(Part):
    """固定资产 (amounts of money); what is under construction stands beside them."""

    original_value: Stated = field(
        default=NOT_STATED,
        converter=amount,
        metadata=figure("原值", "original value", FigureKind.AMOUNT),
    )
    accumulated_depreciation: Stated = field(
        default=NOT_STATED,
        converter=amount,
        metadata=figure("累计折旧", "accumulated depreciation", FigureKind.AMOUNT),
    )
    net_value: Stated = field(
        default=NOT_STATED,
        converter=amount,
        metadata=figure("净值", "net value", FigureKind.AMOUNT, sign=Sign.EITHER),
    )
    under_construction: Stated = field(
        default=NOT_STATED,
        converter=amount,
        metadata=figure("在建工程", "under construction", FigureKind.AMOUNT),
    )


@attrs.frozen(kw_only=True, repr=False)
class Portion(Element):
    """One part of an amount that the text splits up (an amount of money).

    Args:
        name: what it is for or where it comes from, as the text says it.
    """

    name: str
    amount: Stated = field(
        default=NOT_STATED, converter=amount, metadata=figure("金额", "amount", FigureKind.AMOUNT)
    )

    @property
    def key(self) -> str:
        """What tells this part from its neighbours."""
        return self.name

    @property
    def title(self) -> Text:
        return Text(zh=self.name, en=self.name)


def _portions(value: Iterable[Portion]) -> tuple[Portion, ...]:
    return together(value)


@attrs.frozen(kw_only=True, repr=False)
class Breakdown(Element):
    """An amount that the text splits into parts: behind 其中, in batches, advance and settlement.

    Args:
        name: what is split up, as the text says it.
        complete: whether the text says that these are all its parts.
    """

    name: str
    total: Stated = field(
        default=NOT_STATED, converter=amount, metadata=figure("合计", "total", FigureKind.AMOUNT)
    )
    parts: tuple[Portion, ...] = field(
        default=(), converter=_portions, metadata=parts(Portion, "其中", "parts")
    )
    complete: bool = False

    @property
    def key(self) -> str:
        """What tells this amount from its neighbours."""
        return self.name

    @property
    def title(self) -> Text:
        return Text(zh=f"“{self.name}”", en=self.name)


_TRANSFERS = {FundingKind.CENTRAL_TRANSFER, FundingKind.REGIONAL_TRANSFER}
_BY_LEVEL = {FundingKind.UPPER, FundingKind.LOCAL} | _TRANSFERS
_BY_YEAR = {FundingKind.CURRENT_APPROPRIATION, FundingKind.CARRY_OVER}


def is_whole(parts: Sequence[Element]) -> bool | None:
    """Whether the parts that are listed make the whole, so that they must add up to it.

    Sources do if they end in 其他资金, categories if all four are there. A list behind 其中 need
    not be complete. ``None`` if the list divides the whole in two ways at once: by level and by
    year, or what comes from upper levels and the transfers that it is made of.
    """
    sources = {part.kind for part in parts if isinstance(part, FundingSource)}
    if sources & _BY_LEVEL and sources & _BY_YEAR:
        return None
    if sources & _TRANSFERS and FundingKind.UPPER in sources:
        return None
    if sources:
        return FundingKind.OTHER in sources
    categories = {part.category for part in parts if isinstance(part, CategoryAmount)}
    return categories == set(EconomicCategory)
