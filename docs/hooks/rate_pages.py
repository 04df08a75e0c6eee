"""The page of a rate, and the table of them all."""

from __future__ import annotations

import doctest
import inspect
import re
from collections.abc import Iterator

from tables import capital, code, escaped, table

import budgetperf as bp
from budgetperf import rates
from budgetperf.exact import Text
from budgetperf.rates import Argument, RateDefinition, Source, Takes, Trap, catalogue

__all__ = ["denominators", "rate_page", "rate_table"]


def rate_table(lang: str) -> str:
    """The rates, one a row."""
    head = Text(zh="比率|标识|公式|依据", en="rate|id|formula|rests on")
    return table(
        head.pick(lang),
        [
            [
                f"[{escaped(_name(rate, lang))}](rates/{rate.id}.md)",
                f"`{rate.id}`",
                escaped(rate.formula.pick(lang)),
                rate.sources[0].standing.pick(lang),
            ]
            for rate in catalogue.values()
        ],
    )


def rate_page(rate: RateDefinition, lang: str) -> str:
    """All that is known of a rate."""
    return "\n\n".join(_parts(rate, lang)) + "\n"


def denominators(rate: RateDefinition) -> tuple[Argument, ...]:
    """The arguments that the formula divides by."""
    return tuple(
        one
        for one in rate.arguments
        if re.search(rf"÷ ?{re.escape(one.label.zh)}(?![^ ）；])", rate.formula.zh)
    )


def _divided_by(rate: RateDefinition) -> Text:
    """What the formula divides by, where that is a difference."""
    zh, en = rate.formula.zh.partition("÷（")[2], rate.formula.en.partition("/ (")[2]
    return Text(zh=zh.rstrip("）"), en=en.rstrip(")"))


def _name(rate: RateDefinition, lang: str) -> str:
    """The name, with the Chinese one beside the English."""
    return rate.title.zh if lang == "zh" else f"{rate.title.en} ({rate.title.zh})"


def _title(rate: RateDefinition, lang: str) -> str:
    """The name; with the formula where another rate has the same name."""
    same = [other for other in catalogue.values() if other.title.zh == rate.title.zh]
    name = _name(rate, lang)
    if lang == "en":
        return capital(name)
    return name if len(same) == 1 else f"{name}：{rate.formula.zh.removesuffix(' × 100%')}"


def _parts(rate: RateDefinition, lang: str) -> Iterator[str]:
    yield f"# {escaped(_title(rate, lang))}"
    yield f"> {escaped(rate.formula.pick(lang))}"
    function = f"budgetperf.rates.{rate.function.__name__}"
    facts = [
        (Text(zh="标识", en="id"), f"`{rate.id}`"),
        (Text(zh="中文名称", en="Chinese name"), escaped(rate.title.zh)),
        (Text(zh="英文名称", en="English name"), escaped(rate.title.en)),
        (Text(zh="用于", en="reported for"), _listed([kind.label for kind in rate.kinds], lang)),
        (Text(zh="函数", en="function"), f"[`{function}`][{function}]"),
    ]
    yield table(
        Text(zh="项目|内容", en="what|value").pick(lang),
        [[label.pick(lang), value] for label, value in facts],
    )
    yield Text(zh="## 参数 { #arguments }", en="## Arguments { #arguments }").pick(lang)
    yield table(
        Text(zh="参数|名称|取值|单位|说明", en="argument|name|takes|unit|note").pick(lang),
        [_argument(one, lang) for one in rate.arguments],
    )
    yield Text(
        zh="## 何时没有定义 { #undefined }", en="## When it is undefined { #undefined }"
    ).pick(lang)
    yield _undefined(rate, lang)
    yield Text(zh="## 例子 { #example }", en="## Example { #example }").pick(lang)
    yield f"```pycon\n{_example(rate)}\n```"
    yield Text(zh="## 依据 { #sources }", en="## What it rests on { #sources }").pick(lang)
    yield table(
        Text(
            zh="文件|条款|发布|依据|见于|说明",
            en="document|article|published|standing|read at|note",
        ).pick(lang),
        [_source(source, lang) for source in rate.sources],
    )
    if rate.traps:
        yield Text(zh="## 容易混淆 { #traps }", en="## Easily confused { #traps }").pick(lang)
        yield "\n".join(f"- {_trap(trap, lang)}" for trap in rate.traps)


def _listed(texts: list[Text], lang: str) -> str:
    return Text(zh="、", en=", ").pick(lang).join(text.pick(lang) for text in texts)


def _argument(one: Argument, lang: str) -> list[str]:
    said = (one.label, one.takes.label, one.unit, one.note)
    return [f"`{one.name}`", *(escaped(text.pick(lang)) or "—" for text in said)]


def _undefined(rate: RateDefinition, lang: str) -> str:
    labels = _listed([one.label for one in denominators(rate)] or [_divided_by(rate)], lang)
    return Text(
        zh=f"作分母的为 0 时没有定义（{labels}）：结果是 `Undefined`，原因 `division-by-zero`，"
        "既不是 0%，也不是 100%。报告中的数未填报时，结果是 `Missing`，原因不变。",
        en=f"With a denominator of 0 ({labels}): the result is `Undefined`, with the reason "
        "`division-by-zero`, and neither 0 % nor 100 %. Where a figure of a report is missing, so "
        "is the rate, for the same reason: `Missing`.",
    ).pick(lang)


def _source(source: Source, lang: str) -> list[str]:
    addresses = "<br>".join(map(code, source.addresses))
    return [
        escaped(source.document.pick(lang)),
        escaped(source.article.pick(lang)) or "—",
        source.published or "—",
        source.standing.pick(lang),
        addresses or "—",
        escaped(source.note.pick(lang)) or "—",
    ]


def _trap(trap: Trap, lang: str) -> str:
    links = [f"[`{id}`]({id}.md)" for id in trap.rates]
    more = Text(zh="：", en=": ").pick(lang) + ", ".join(links) if links else ""
    return escaped(trap.note.pick(lang)) + more


def _example(rate: RateDefinition) -> str:
    """The example of the docstring with the imports that it needs; else a plain call."""
    examples = doctest.DocTestParser().get_examples(inspect.getdoc(rate.function) or "")
    lines = [
        line
        for example in examples
        for line in (*_prompted(example.source), *example.want.splitlines())
    ] or _call(rate)
    words = set(re.findall(r"\w+", "\n".join(lines)))
    kinds = {name for name in bp.__all__ if name[0].isupper()} - set(rates.__all__)
    imports = [
        f">>> from {module.__name__} import {', '.join(sorted(words & names))}"
        for module, names in ((bp, kinds), (rates, set(rates.__all__)))
        if words & names
    ]
    return "\n".join((*imports, *lines))


def _prompted(source: str) -> list[str]:
    first, *rest = source.splitlines()
    return [f">>> {first}", *(f"... {line}" for line in rest)]


_VALUES = {
    Takes.AMOUNT: ('Amount("{}", "万元")', bp.Amount),
    Takes.COUNT: ("Count({})", bp.Count),
}
"""How a value of a kind is written, and what makes it."""


def _call(rate: RateDefinition) -> list[str]:
    """A call with 30, 40 and so on, and what comes out."""
    written: list[str] = []
    values: dict[str, object] = {}
    for number, one in enumerate(rate.arguments, start=3):
        pattern, kind = _VALUES[one.takes]
        written.append(f"{one.name}={pattern.format(number * 10)}")
        values[one.name] = kind(number * 10)
    result = rate.function(**values)
    if not isinstance(result, bp.Rate):
        raise TypeError(f"{rate.id}: {result!r}")
    call = f"{rate.function.__name__}({', '.join(written)}).percent(2)"
    return [f">>> {call}", repr(result.percent(2))]
