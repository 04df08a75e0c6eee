"""The page of a rule-set, and the table of them all."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tables import capital, code, escaped, table

from budgetperf import rules as rulebook
from budgetperf.display.html import markup
from budgetperf.display.words import ruleset as wording
from budgetperf.display.words.ruleset import Drawn, Said, Section, standing_text
from budgetperf.exact import Text, decimal_text
from budgetperf.rules import Demand, Example, ExampleRow, RuleSet, Status

__all__ = ["ruleset_page", "ruleset_table"]


def ruleset_table(lang: str) -> str:
    """The rule-sets, one a row, with what each rests on."""
    head = Text(zh="标识|地区|施行|依据|名称", en="id|place|effective|rests on|title")
    return table(
        head.pick(lang),
        [
            [
                f"[`{rules.id}`](rulesets/{rules.id}.md)",
                escaped(rules.place.pick(lang)) or "—",
                rules.effective or "—",
                _standing(rules.status, lang),
                escaped(rules.title.pick(lang)),
            ]
            for rules in rulebook.shipped()
        ],
    )


def ruleset_page(rules: RuleSet, lang: str) -> str:
    """All that a rule-set says, and its worked examples."""
    return "\n\n".join(_parts(rules, lang)) + "\n"


def _parts(rules: RuleSet, lang: str) -> Iterator[str]:
    yield f"# {escaped(rules.title.pick(lang))}"
    yield from _aloud(rules.status, lang)
    if rules.note.pick(lang):
        yield escaped(rules.note.pick(lang))
    yield table(
        Text(zh="项目|内容", en="what|value").pick(lang),
        [
            [
                fact.label.pick(lang),
                "<br>".join(_said(one, rules.id, lang) for one in fact.values) or "—",
            ]
            for fact in wording.facts(rules)
        ],
    )
    for section in wording.sections(rules):
        yield f"## {escaped(section.title.pick(lang))} {{ #{section.anchor} }}"
        yield from _section(section, rules.id, lang)
    examples = rulebook.examples(rules.id)
    if examples:
        yield Text(zh="## 算例 { #examples }", en="## Worked examples { #examples }").pick(lang)
        yield Text(
            zh="得分由手算或公开报告得来；每次测试都重新计算，逐一核对。",
            en="The scores were worked out by hand or published; the tests compute each of them.",
        ).pick(lang)
    for number, example in enumerate(examples, start=1):
        yield f"### {escaped(example.name.pick(lang))} {{ #example-{number} }}"
        yield from _example(example, lang)


def _aloud(status: Status, lang: str) -> Iterator[str]:
    """What it rests on; a caution where that is no official text."""
    kind = "note" if status.is_official else "warning"
    before_use = Text(
        zh="使用前请与当地、当年的规定核对。",
        en="Compare it with the rules of the place and the year before use.",
    )
    meanings = Text(
        zh="“依据”分五种，见[规则集](../rulesets.md)。",
        en="There are five kinds of standing, see [rule-sets](../rulesets.md).",
    )
    body = f"{before_use.pick(lang)} {meanings.pick(lang)}"
    yield f'!!! {kind} "{capital(standing_text(status).pick(lang))}"\n\n    {body}'


def _standing(status: Status, lang: str) -> str:
    text = standing_text(status).pick(lang)
    return text if status.is_official else f"**{text}**"


def _said(one: Said, id: str, lang: str) -> str:
    """A statement; the id of another rule-set leads to its page."""
    text = one.text.pick(lang)
    if one.is_code:
        is_other = text != id and text in rulebook.ids()
        return f"[`{text}`]({text}.md)" if is_other else code(text)
    status = "" if one.status is None else f" — {_standing(one.status, lang)}"
    return f"{escaped(text)}{status}"


def _section(section: Section, id: str, lang: str) -> Iterator[str]:
    if section.status is not None:
        yield _standing(section.status, lang)
    for drawn in section.curves:
        if drawn.title != section.title:
            yield f"**{escaped(drawn.title.pick(lang))}**"
        yield _curve(drawn, lang)
    if section.rows:
        head = "|".join(head.pick(lang) for head in section.head)
        yield table(head, ([_said(cell, id, lang) for cell in row] for row in section.rows))
    if section.remarks:
        yield "\n".join(f"- {_said(one, id, lang)}" for one in section.remarks)


def _curve(drawn: Drawn, lang: str) -> str:
    """The picture and the same as a table, side by side: HTML, on one line."""
    picture = drawn.curve.to_svg(title=drawn.title, measure=drawn.measure, lang=lang)
    share = Text(zh="得分系数", en="share of the weight")
    rows = [(row.where.pick(lang), row.share.pick(lang)) for row in drawn.curve.to_table()]
    values = markup.table(("x", share.pick(lang)), rows)
    return str(markup.tag("div", markup.Markup(picture), values, cls="curve"))


def _example(example: Example, lang: str) -> Iterator[str]:
    yield escaped(example.source.pick(lang))
    filled = _filled(example, lang)
    facts = [[name.pick(lang), escaped(value)] for name, value in filled if value]
    if facts:
        yield table(Text(zh="项目|内容", en="what|value").pick(lang), facts)
    if example.rows:
        yield _rows(example.rows, lang)


def _filled(example: Example, lang: str) -> Iterator[tuple[Text, str]]:
    """What the form says of the whole, and what is due."""
    yield Text(zh="年初预算数", en="initial budget"), example.initial
    yield Text(zh="全年预算数", en="revised budget"), example.budget
    yield Text(zh="全年执行数", en="executed"), example.executed
    yield Text(zh="调整原因", en="reason for the adjustment"), example.reason
    due = _due(example.execution, example.execution_most, example.execution_none)
    yield Text(zh="预算执行应得分", en="score due for budget execution"), due
    yield Text(zh="文件填列的得分", en="the score in print"), example.printed
    asks = Text(zh="预算执行的要求", en="asked for beside budget execution")
    yield asks, _asked(example.execution_asks, lang)
    total = "" if example.total is None else decimal_text(example.total)
    yield Text(zh="应得总分", en="total due"), total
    yield Text(zh="应得等级", en="rating due"), example.rating
    yield Text(zh="总分的要求", en="asked for beside the total"), _asked(example.asks, lang)


def _rows(rows: tuple[ExampleRow, ...], lang: str) -> str:
    """The rows of the indicator table; columns that say nothing are left out."""
    columns = [
        (Text(zh="一级指标", en="level 1"), [row.level1 for row in rows]),
        (Text(zh="指标", en="indicator"), [row.name for row in rows]),
        (Text(zh="指标值", en="target"), [row.target for row in rows]),
        (Text(zh="实际完成值", en="actual value"), [row.actual for row in rows]),
        (Text(zh="分值", en="weight"), [decimal_text(row.weight) for row in rows]),
        (Text(zh="应得分", en="score due"), [_due(row.score, row.most, row.none) for row in rows]),
        (Text(zh="要求", en="asked for"), [_asked(row.asks, lang) for row in rows]),
    ]
    said = [(head, cells) for head, cells in columns if set(cells) not in _UNSAID]
    head = "|".join(head.pick(lang) for head, _ in said)
    return table(head, zip(*(map(escaped, cells) for _, cells in said), strict=True))


_UNSAID = ({""}, {ExampleRow(weight=1).name})


def _asked(demands: tuple[Demand, ...] | None, lang: str) -> str:
    """What is asked for; nothing where the example does not say."""
    if demands is None:
        return ""
    by = Text(zh="；", en="; ").pick(lang)
    nothing = Text(zh="无", en="nothing").pick(lang)
    return by.join(one.label.pick(lang) for one in demands) or nothing


def _due(least: Fraction | None, most: Fraction | None, none: str) -> str:
    """A score, the range of those admitted, or the code of the reason why there is none."""
    if least is None:
        return none
    return decimal_text(least) if most is None else f"{decimal_text(least)}–{decimal_text(most)}"
