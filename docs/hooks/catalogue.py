"""Tables on the pages that are written from the data of the library, so that they cannot drift.

A page asks for one with ``<!-- generated: NAME -->``.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

import budgetperf as bp
from budgetperf import rules as rulebook
from budgetperf.audit import Relation, relations
from budgetperf.documents.layout import layouts
from budgetperf.exact import (
    Interval,
    MissingReason,
    RoundingMode,
    Text,
    cell,
    decimal_text,
    fixed_text,
    round_to,
)
from budgetperf.rules import (
    Curve,
    ExecutionRule,
    QuantitativeRule,
    RuleSet,
    Status,
)

if TYPE_CHECKING:
    from mkdocs.structure.pages import Page

__all__ = [
    "filled",
    "layout_table",
    "missing_table",
    "name_table",
    "on_page_markdown",
    "relation_tables",
    "rounding_tables",
    "ruleset_sections",
    "ruleset_table",
]

_MARKER = re.compile(r"<!-- generated: (?P<name>[a-z-]+) -->")


def on_page_markdown(markdown: str, *, page: Page, **_: object) -> str:
    """Called by MkDocs with the text of each page."""
    return filled(markdown, "en" if page.file.src_uri.endswith(".en.md") else "zh")


def filled(markdown: str, lang: str) -> str:
    """The page with its markers replaced.

    Raises:
        KeyError: a marker names nothing that is written here.
    """
    return _MARKER.sub(lambda match: _WRITERS[match["name"]](lang), markdown)


def relation_tables(lang: str) -> str:
    """The catalogue of relations: a table for each group of codes."""
    parts: list[str] = []
    for letter, title in _GROUPS.items():
        group = [relation for relation in relations() if relation.code.startswith(letter)]
        if group:
            rows = [_relation_cells(relation, lang) for relation in group]
            parts.append(f"## {title.pick(lang)} {{ #{letter} }}")
            parts.append(_table(_RELATION_HEAD.pick(lang), rows))
    return "\n\n".join(parts)


_GROUPS = {
    "C": Text(zh="C：完整", en="C: completeness"),
    "F": Text(zh="F：资金", en="F: funds"),
    "W": Text(zh="W：分值与得分", en="W: weights and scores"),
    "Q": Text(zh="Q：指标质量", en="Q: quality of indicators"),
    "T": Text(zh="T：文字与佐证", en="T: text and evidence"),
    "J": Text(zh="J：整体", en="J: all together"),
}
_RELATION_HEAD = Text(
    zh="标识|应当成立的关系|严重程度|不成立时",
    en="id|what should hold|severity|if it does not hold",
)


def _relation_cells(relation: Relation, lang: str) -> list[str]:
    if relation.equation:
        body = f"`{relation.equation}`"
    elif relation.check.startswith("scores."):
        body = Text(zh="由函数核对，需要规则集", en="checked by a function; needs a rule-set").pick(
            lang
        )
    else:
        body = Text(zh="由函数核对", en="checked by a function").pick(lang)
    notes = list(_relation_notes(relation, lang))
    fails = _ASKS if relation.asks else _INCONSISTENT
    return [
        f"`{relation.id}`",
        "<br>".join([relation.title.pick(lang), body, *notes]),
        relation.severity.label.pick(lang),
        fails.pick(lang),
    ]


_ASKS = Text(zh="请复核", en="a reviewer asks")
_INCONSISTENT = Text(zh="不符", en="inconsistent")


def _relation_notes(relation: Relation, lang: str) -> Iterator[str]:
    if relation.vary != ("",):
        words = [f"`{word}`" for word in relation.vary]
        yield _listed(Text(zh="`{}` 依次为", en="`{}` in turn:"), words, lang)
    if relation.directions:
        words = [direction.label.pick(lang) for direction in relation.directions]
        yield _listed(Text(zh="只用于指标方向", en="only for indicators:"), words, lang)


def _listed(head: Text, words: list[str], lang: str) -> str:
    return f"{head.pick(lang)} " + Text(zh="、", en=", ").pick(lang).join(words)


def ruleset_table(lang: str) -> str:
    """The rule-sets, one a row, with what each rests on."""
    rows = [
        [f"[`{r.id}`](#{r.id})", r.effective or "—", _standing(r.status, lang), r.title.pick(lang)]
        for r in map(rulebook.get, rulebook.ids())
    ]
    head = Text(zh="标识|施行|依据|名称", en="id|effective|rests on|title")
    return _table(head.pick(lang), rows)


def _standing(status: Status, lang: str) -> str:
    label = status.label.pick(lang)
    if status in (Status.TEXT, Status.FORM):
        return label
    warned = Text(zh=f"非官方文本：{label}", en=f"not an official text: {label}")
    return f"**{warned.pick(lang)}**"


def ruleset_sections(lang: str) -> str:
    """Each rule-set in full, a section of its own."""
    return "\n\n".join(
        part for id in rulebook.ids() for part in _ruleset_parts(rulebook.get(id), lang)
    )


def _ruleset_parts(rules: RuleSet, lang: str) -> Iterator[str]:
    yield f"## {rules.id} {{ #{rules.id} }}"
    yield f"{rules.title.pick(lang)}{Text(zh='。', en='. ').pick(lang)}{rules.note.pick(lang)}"
    yield _table(Text(zh="项目|内容", en="what|value").pick(lang), list(_facts(rules, lang)))
    for title, kind, rule in (
        (Text(zh="预算执行", en="Budget execution"), _EXECUTED, rules.execution),
        (Text(zh="正向指标（≥、>）", en="Indicators with ≥ or >"), None, rules.at_least),
        (Text(zh="反向指标（≤、<）", en="Indicators with ≤ or <"), None, rules.at_most),
        (Text(zh="等于指标（=）", en="Indicators with ="), None, rules.equal),
    ):
        if rule is not None:
            yield f"### {title.pick(lang)} {{ #{rules.id}-{_slug(title)} }}"
            yield from _rule_parts(rule, kind, lang)
    if rules.qualitative:
        title = Text(zh="定性指标", en="Qualitative indicators")
        yield f"### {title.pick(lang)} {{ #{rules.id}-qualitative }}"
        rows = [[band.grade.pick(lang), _percents(band.shares)] for band in rules.qualitative]
        yield _table(Text(zh="等级|得分系数", en="grade|share of the weight").pick(lang), rows)
    if rules.ratings:
        title = Text(zh="评价等级", en="Ratings")
        yield f"### {title.pick(lang)} {{ #{rules.id}-ratings }}"
        rows = [[band.rating, f"≥ {decimal_text(band.least)}"] for band in rules.ratings]
        yield _table(Text(zh="等级|总分", en="rating|total").pick(lang), rows)


def _slug(title: Text) -> str:
    """An anchor that is the same in both languages."""
    words = title.en.lower().replace("≥", "at least").replace("≤", "at most").replace("=", "equal")
    return "-".join(re.findall(r"[a-z]+", words))


def _facts(rules: RuleSet, lang: str) -> Iterator[list[str]]:
    for label, value in (
        (Text(zh="标识", en="id"), f"`{rules.id}`"),
        (Text(zh="依据", en="rests on"), _standing(rules.status, lang)),
        (Text(zh="地区", en="place"), rules.place.pick(lang) or "—"),
        (Text(zh="施行", en="effective"), rules.effective or "—"),
        (Text(zh="与原文核对的日期", en="last compared with its source"), _verified(rules, lang)),
        (Text(zh="文件", en="documents"), "<br>".join(_documents(rules, lang))),
        (Text(zh="分值合计", en="weights add up to"), decimal_text(rules.total)),
        (Text(zh="得分舍入", en="rounding of scores"), _rounding(rules, lang)),
        (Text(zh="偏差率口径", en="deviation"), _deviation(rules, lang)),
        (Text(zh="没有规定", en="not said"), _silent(rules, lang)),
        (Text(zh="内容哈希", en="sha256"), f"`{rules.sha256}`"),
    ):
        yield [label.pick(lang), value]


def _verified(rules: RuleSet, lang: str) -> str:
    if rules.verified is not None:
        return rules.verified.isoformat()
    return Text(zh="从未", en="never").pick(lang)


def _documents(rules: RuleSet, lang: str) -> Iterator[str]:
    for provision in rules.provisions:
        published = Text(
            zh=f"，{provision.published} 发布", en=f", published {provision.published}"
        )
        when = published.pick(lang) if provision.published else ""
        status = provision.status.label
        about = Text(zh=f"：{status.zh}", en=f": {status.en}").pick(lang)
        yield f"{provision.document}{provision.article}{when}{about}"


def _rounding(rules: RuleSet, lang: str) -> str:
    rounding = rules.score_rounding
    if rounding is None:
        return Text(zh="不舍入", en="none").pick(lang)
    mode = rounding.mode.label
    return Text(
        zh=f"{mode.zh}到 {rounding.places} 位小数", en=f"{mode.en}, to {rounding.places} decimals"
    ).pick(lang)


def _deviation(rules: RuleSet, lang: str) -> str:
    if rules.deviation is None:
        return "—"
    return rules.deviation.label.pick(lang)


def _silent(rules: RuleSet, lang: str) -> str:
    open_ones = [
        label.pick(lang)
        for label, rule in (
            (Text(zh="预算执行", en="budget execution"), rules.execution),
            (Text(zh="正向（≥）", en="≥"), rules.at_least),
            (Text(zh="反向（≤）", en="≤"), rules.at_most),
            (Text(zh="等于（=）", en="="), rules.equal),
            (Text(zh="定性", en="qualitative"), rules.qualitative or None),
            (Text(zh="偏差率口径", en="the definition of the deviation"), rules.deviation),
        )
        if rule is None
    ]
    return Text(zh="、", en=", ").pick(lang).join(open_ones) or "—"


_EXECUTED = Text(zh="执行率（全年执行数 ÷ 全年预算数）", en="execution rate (executed / revised)")


def _rule_parts(
    rule: QuantitativeRule | ExecutionRule, kind: Text | None, lang: str
) -> Iterator[str]:
    if isinstance(rule, ExecutionRule):
        weight = decimal_text(rule.weight)
        yield Text(zh=f"分值 {weight}。", en=f"Weight {weight}.").pick(lang)
        measure = kind or _EXECUTED
        zero = Text(zh="预算为 0 时", en="With a budget of 0"), rule.zero_budget
    else:
        measure = rule.measure.label
        zero = Text(zh="指标值为 0 时", en="With a target of 0"), rule.zero_target
    yield _curve_table(rule.curve, measure, lang)
    yield from _outside(rule.curve, lang)
    label, policy = zero
    yield Text(zh=f"{label.zh}：{policy.label.zh}。", en=f"{label.en}: {policy.label.en}.").pick(
        lang
    )
    if rule.note.zh:
        yield rule.note.pick(lang)
    if isinstance(rule, QuantitativeRule) and rule.discretion is not None:
        yield Text(
            zh="有理由扣分时的最低得分系数：",
            en="The lowest share that a reasoned deduction may leave:",
        ).pick(lang)
        yield _curve_table(rule.discretion, measure, lang)


def _curve_table(curve: Curve, measure: Text, lang: str) -> str:
    """The knots, and the values beside them where the curve jumps."""
    head = Text(
        zh=f"{measure.zh}|得分系数|刚好低于此处|刚好高于此处",
        en=f"{measure.en}|share of the weight|just below|just above",
    )
    rows = [
        [
            _percent(knot.x),
            _percent(knot.y),
            _percent(knot.before) if knot.left is not None else "—",
            _percent(knot.after) if knot.right is not None else "—",
        ]
        for knot in curve.knots
    ]
    return _table(head.pick(lang), rows)


def _outside(curve: Curve, lang: str) -> Iterator[str]:
    """What the curve says beyond its knots."""
    domain = curve.domain
    if domain.lower is None and domain.upper is None:
        yield Text(
            zh="各点之间取直线，首尾两点之外取水平线。",
            en="Straight lines between the knots, level beyond the first and the last.",
        ).pick(lang)
        return
    within = _percents(domain)
    yield Text(
        zh=f"只在 {within} 之内有规定，之外不作推定；各点之间取直线。",
        en=f"Said for {within} only, nothing is assumed outside; straight lines between the knots.",
    ).pick(lang)


def _percent(value: Fraction) -> str:
    text = decimal_text(value * 100)
    return f"{text} %"


def _percents(interval: Interval) -> str:
    left = "[" if interval.lower_closed else "("
    right = "]" if interval.upper_closed else ")"
    low = "−∞" if interval.lower is None else _percent(interval.lower)
    high = "∞" if interval.upper is None else _percent(interval.upper)
    return f"{left}{low}, {high}{right}"


_PRINTED = ("353.21", "-353.21", "0.00")
_TRUE = ("0.125", "0.135", "0.129", "-0.125", "-0.129")


def rounding_tables(lang: str) -> str:
    """The modes: what each prints, and the cell of true values behind a print."""
    prints = [
        [f"`{mode.value}`", *(_minus(fixed_text(round_to(v, 2, mode), 2)) for v in _TRUE)]
        for mode in RoundingMode
    ]
    cells = [
        [f"`{mode.value}`", *(_minus(str(cell(v, 2, mode))) for v in _PRINTED)]
        for mode in RoundingMode
    ]
    names = [[f"`{mode.value}`", mode.label.pick(lang)] for mode in RoundingMode]
    code = Text(zh="代码", en="code").pick(lang)
    parts = (
        (Text(zh="名称", en="Names"), "names", Text(zh="名称", en="name").pick(lang), names),
        (
            Text(
                zh="真值印成什么（两位小数）", en="What a true value is printed as (two decimals)"
            ),
            "prints",
            _minus("|".join(_TRUE)),
            prints,
        ),
        (
            Text(
                zh="印出的数代表哪些真值（两位小数）",
                en="Which true values a print stands for (two decimals)",
            ),
            "cells",
            _minus("|".join(_PRINTED)),
            cells,
        ),
    )
    return "\n\n".join(
        f"### {title.pick(lang)} {{ #{anchor} }}\n\n{_table(f'{code}|{head}', rows)}"
        for title, anchor, head, rows in parts
    )


def _minus(text: str) -> str:
    return text.replace("-", "−")


def missing_table(lang: str) -> str:
    """The reasons of a missing figure."""
    head = Text(zh="代码|含义", en="code|meaning")
    return _table(
        head.pick(lang),
        [[f"`{reason.value}`", reason.label.pick(lang)] for reason in MissingReason],
    )


def name_table(lang: str) -> str:
    """The public names of ``budgetperf``, each with the package that it comes from."""
    packages: dict[str, list[str]] = {}
    for name in sorted(set(bp.__all__) - {"__version__", "rates", "rules"}):
        module = getattr(getattr(bp, name), "__module__", "")
        package = ".".join(module.split(".")[:2])
        home = package if hasattr(sys.modules[package], name) else _later(name)
        packages.setdefault(package, []).append(f"[`{name}`][{home}.{name}]")
    head = Text(zh="来自|名字", en="from|names")
    rows = [[f"`{package}`", ", ".join(names)] for package, names in sorted(packages.items())]
    return _table(head.pick(lang), rows)


def _later(name: str) -> str:
    """The module that a name is imported from when it is first used."""
    later: dict[str, str] = vars(bp)["_LATER"]
    return f"budgetperf.{later[name]}"


def layout_table(lang: str) -> str:
    """The layouts that are read."""
    head = Text(zh="标识|名称|类别|短语|表格", en="id|title|kind|phrases|tables")
    return _table(
        head.pick(lang),
        [
            [
                f"`{layout.id}`",
                layout.title.pick(lang),
                layout.kind.label.pick(lang),
                str(len(layout.phrase)),
                str(len(layout.table)),
            ]
            for layout in layouts()
        ],
    )


def _table(head: str, rows: Iterable[Iterable[str]]) -> str:
    titles = head.split("|")
    lines = [titles, ["---"] * len(titles), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


_WRITERS: dict[str, Callable[[str], str]] = {
    "layouts": layout_table,
    "missing": missing_table,
    "names": name_table,
    "relations": relation_tables,
    "rounding": rounding_tables,
    "ruleset-list": ruleset_table,
    "rulesets": ruleset_sections,
}
