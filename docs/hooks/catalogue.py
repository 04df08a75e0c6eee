"""Tables on the pages that are written from the data of the library, so that they cannot drift.

A page asks for one with ``<!-- generated: NAME -->``. Whole pages are written by ``pages``.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import tables
from field_tables import PACKAGES, field_tables
from key_tables import example_keys, ruleset_keys
from rate_pages import rate_table
from ruleset_pages import ruleset_table
from tables import code, table

import budgetperf as bp
from budgetperf.auditing import Assumption, Relation, relations
from budgetperf.documents.understanding.known import known_layouts
from budgetperf.documents.understanding.layout import layouts
from budgetperf.exact import (
    MissingReason,
    RoundingMode,
    Text,
    cell,
    fixed_text,
    round_to,
)
from budgetperf.relations.duties import duties

if TYPE_CHECKING:
    from mkdocs.structure.pages import Page

__all__ = [
    "filled",
    "funds_picture",
    "layout_table",
    "missing_table",
    "name_table",
    "on_page_markdown",
    "relation_tables",
    "rounding_tables",
    "scorecard_display",
    "scores_picture",
]


def on_page_markdown(markdown: str, *, page: Page, **_: object) -> str:
    """Called by MkDocs with the text of each page."""
    return filled(markdown, tables.language(page))


def filled(markdown: str, lang: str) -> str:
    """The page with its markers replaced.

    Raises:
        KeyError: a marker names nothing that is written here.
    """
    return tables.filled(markdown, "generated", _WRITERS, lang)


def relation_tables(lang: str) -> str:
    """The catalogue of relations: a table for each group of codes."""
    parts: list[str] = []
    for letter, title in _GROUPS.items():
        group = [relation for relation in relations() if relation.code.startswith(letter)]
        if group:
            rows = [_relation_cells(relation, lang) for relation in group]
            parts.append(f"## {title.pick(lang)} {{ #{letter} }}")
            parts.append(table(_RELATION_HEAD.pick(lang), rows))
    return "\n\n".join(parts)


def ledger_table(lang: str) -> str:
    """What nothing checks, and why."""
    rows = [
        [f"`{duty.code}`", duty.title.pick(lang), duty.why.pick(lang)]
        for duty in duties()
        if not duty.is_checked
    ]
    head = Text(zh="代码|应当核对的|为何没有核对", en="code|what ought to be checked|why it is not")
    return table(head.pick(lang), rows)


def assumption_table(lang: str) -> str:
    """What relations may assume."""
    rows = [[f"`{one.value}`", one.label.pick(lang)] for one in Assumption]
    return table(Text(zh="代码|前提", en="code|assumption").pick(lang), rows)


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


_BY_RULES = ("execution-score", "indicator-scores", "qualitative-scores", "rating")
"""The checks that need a rule-set."""


def _relation_cells(relation: Relation, lang: str) -> list[str]:
    if relation.equation:
        body = code(relation.equation)
    elif relation.check in _BY_RULES:
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
    if relation.assumes:
        labels = (one.label.pick(lang) for one in relation.assumes)
        head = Text(zh="前提：", en="assumed: ").pick(lang)
        yield head + Text(zh="；", en="; ").pick(lang).join(labels)
    if relation.vary != ("",):
        words = [f"`{word}`" for word in relation.vary]
        yield _listed(Text(zh="`{}` 依次为", en="`{}` in turn:"), words, lang)
    if relation.directions:
        words = [direction.label.pick(lang) for direction in relation.directions]
        yield _listed(Text(zh="只用于指标方向", en="only for indicators:"), words, lang)


def _listed(head: Text, words: list[str], lang: str) -> str:
    return f"{head.pick(lang)} " + Text(zh="、", en=", ").pick(lang).join(words)


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
                zh="按各种方式舍入的结果（两位小数）",
                en="What a true value is printed as (two decimals)",
            ),
            "prints",
            _minus("|".join(_TRUE)),
            prints,
        ),
        (
            Text(
                zh="填列的数代表哪些实际值（两位小数）",
                en="Which true values a stated figure stands for (two decimals)",
            ),
            "cells",
            _minus("|".join(_PRINTED)),
            cells,
        ),
    )
    return "\n\n".join(
        f"### {title.pick(lang)} {{ #{anchor} }}\n\n{table(f'{code}|{head}', rows)}"
        for title, anchor, head, rows in parts
    )


def _minus(text: str) -> str:
    return text.replace("-", "−")


def missing_table(lang: str) -> str:
    """The reasons of a missing figure."""
    head = Text(zh="代码|含义", en="code|meaning")
    return table(
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
    return table(head.pick(lang), rows)


def _later(name: str) -> str:
    """The module that a name is imported from when it is first used."""
    later: dict[str, str] = vars(bp)["_LATER"]
    return f"budgetperf.{later[name]}"


def layout_table(lang: str) -> str:
    """The layouts that are read."""
    head = Text(zh="标识|名称|类别|短语|表格", en="id|title|kind|phrases|tables")
    return table(
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


def form_layout_table(lang: str) -> str:
    """The layouts of forms, which are told by the words of their cells."""
    head = Text(zh="标识|名称|见于", en="id|title|seen in")
    return table(
        head.pick(lang),
        [
            [f"`{layout.id}`", layout.title.pick(lang), "、".join(layout.seen)]
            for layout in known_layouts()
            if layout.words
        ],
    )


_EXAMPLE = Path(__file__).parents[2] / "examples" / "department-2023.md"


def scorecard_display(lang: str) -> str:
    """A scorecard as a notebook shows it."""
    return bp.scorecard(bp.read(_EXAMPLE), rules="yitihua-default").to_html(lang=lang)


def scores_picture(lang: str) -> str:
    """The scores of the example against their weights."""
    return bp.read(_EXAMPLE).form.to_svg(lang=lang)


def funds_picture(lang: str) -> str:
    """The funds of the example by source."""
    return bp.read(_EXAMPLE).form.funding.to_svg(lang=lang)


_EXAMPLES = _EXAMPLE.parent


def example_file(name: str, language: str, lang: str) -> str:
    """An example as it is in its file."""
    del lang
    return f'```{language} title="{name}"\n{(_EXAMPLES / name).read_text("utf-8").rstrip()}\n```'


_WRITERS: dict[str, Callable[[str], str]] = {
    "assumptions": assumption_table,
    "cluster-compose": functools.partial(example_file, "cluster/compose.yaml", "yaml"),
    "cluster-compose-spark": functools.partial(example_file, "cluster/compose.spark.yaml", "yaml"),
    "cluster-score": functools.partial(example_file, "cluster/score.py", "python"),
    "database-example": functools.partial(example_file, "database.py", "python"),
    "example-keys": example_keys,
    "form-layouts": form_layout_table,
    "funds-picture": funds_picture,
    "layouts": layout_table,
    "ledger": ledger_table,
    "missing": missing_table,
    "names": name_table,
    "rates": rate_table,
    "relations": relation_tables,
    "rounding": rounding_tables,
    "ruleset-keys": ruleset_keys,
    "rulesets": ruleset_table,
    "scorecard-display": scorecard_display,
    "scores-picture": scores_picture,
    **{f"fields-{package}": functools.partial(field_tables, package) for package in PACKAGES},
}
