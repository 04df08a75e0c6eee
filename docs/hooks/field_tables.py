"""Every field of every public class, and every member of every enum, for the pages of the API.

They follow the classes: what a field is stands with its declaration in the model, in the docstring
of its class, and for Chinese in ``field_meanings``.
"""

from __future__ import annotations

import ast
import enum
import functools
import importlib
import inspect
import re
from collections.abc import Iterator, Mapping

import attrs
from field_meanings import FIELDS, MEMBERS
from key_meanings import MEANINGS
from key_tables import documented
from tables import code, escaped, table

from budgetperf.exact import Text
from budgetperf.exact.text import Labelled
from budgetperf.model.fields import Declaration, FigureKind, Sign, declared

__all__ = ["PACKAGES", "classes", "field_table", "field_tables", "meaning"]

PACKAGES: dict[str, tuple[str, ...]] = {
    "exact": ("exact",),
    "model": ("model",),
    "rates": ("rates",),
    "rules": ("rules",),
    "receipts": ("receipts",),
    "scoring": ("scoring",),
    "auditing": ("auditing", "auditing.conventions.fit"),
    "composing": ("composing",),
    "documents": ("documents",),
    "frames": ("frames",),
}
"""The page of each package, and the modules whose public classes are on it: beside those that are
importable from the top, each on the page of the package that it is from."""


def field_tables(package: str, lang: str) -> str:
    """The tables of all public classes of a page, each under its name."""
    return "\n\n".join(
        f"### {kind.__name__} {{ #fields-{kind.__name__} }}\n\n{field_table(kind, lang)}"
        for kind in classes(package)
    )


def classes(package: str) -> tuple[type, ...]:
    """The public classes of a page that have fields or members, in the order of their names."""
    found: dict[type, None] = {}
    names = [f"budgetperf.{name}" for name in PACKAGES[package]]
    for module in map(importlib.import_module, (*names, "budgetperf")):
        for kind in (getattr(module, public) for public in module.__all__):
            if isinstance(kind, type) and list(_names(kind)):
                found[kind] = None
    return tuple(kind for kind in found if _package(kind) == package)


def _package(kind: type) -> str:
    room = kind.__module__.split(".")[1]
    return {"citations": "rates", "relations": "auditing"}.get(room, room)


def _names(kind: type) -> Iterator[str]:
    if issubclass(kind, enum.Enum):
        yield from kind.__members__
    elif attrs.has(kind):
        yield from (field.name for field in attrs.fields(kind) if not field.name.startswith("_"))


def field_table(kind: type, lang: str) -> str:
    """The table of one class; a column in which nothing stands is left out."""
    if issubclass(kind, enum.Enum):
        head = Text(zh="成员|代码|名称|含义", en="member|code|label|meaning")
        rows = [_member(kind, member, lang) for member in kind]
    else:
        head = Text(zh="字段|名称|单位或类型|含义", en="field|label|unit or type|meaning")
        rows = [
            _field(kind, field, lang)
            for field in attrs.fields(kind)
            if not field.name.startswith("_")
        ]
    columns = zip(head.pick(lang).split("|"), *rows, strict=True)
    titles, *cells = zip(*(column for column in columns if any(column[1:])), strict=True)
    return table("|".join(titles), cells)


def _member(kind: type[enum.Enum], member: enum.Enum, lang: str) -> tuple[str, ...]:
    label = member.label.pick(lang) if isinstance(member, Labelled) else ""
    zh = MEMBERS.get(f"{kind.__name__}.{member.name}", "")
    said = Text(zh=zh, en=_code(_said(kind).get(member.name, ""))).pick(lang)
    return f"`{member.name}`", f"`{member.value}`", escaped(label), said


def _field(kind: type, field: attrs.Attribute[object], lang: str) -> tuple[str, ...]:
    declaration, said = declared(field), meaning(kind, field).pick(lang)
    label = "" if declaration is None else escaped(declaration.label.pick(lang))
    has_unit = declaration is not None and declaration.kind is not None
    unit = _UNITS[declaration.kind].pick(lang) if has_unit else _type(field)
    return f"`{field.name}`", label, unit, said


def meaning(kind: type, field: attrs.Attribute[object]) -> Text:
    """What a field means.

    Raises:
        KeyError: it is said nowhere in one of the languages.
    """
    declaration = declared(field)
    if declaration is not None:
        return _declared(declaration)
    known = MEANINGS.get(kind, {}).get(field.name)
    if isinstance(known, Text):  # written for a page that is one folder up
        return Text(zh=known.zh.replace("](", "](../"), en=known.en.replace("](", "](../"))
    name = f"{kind.__name__}.{field.name}"
    zh, en = known or FIELDS.get(name), _documented(kind).get(field.name)
    if zh is None or en is None:
        where = "the docstring of its class" if en is None else "docs/hooks/field_meanings.py"
        raise KeyError(f"{name}: say in {where} what it is")
    return Text(zh=zh, en=_code(en.rstrip(".")))


def _documented(kind: type) -> Mapping[str, str]:
    """What the docstrings of a class, and of those that it is made from, say of its fields."""
    return functools.reduce(
        lambda known, base: known | documented(base), reversed(kind.__mro__), dict[str, str]()
    )


def _code(text: str) -> str:
    """Docstrings have ``code`` and :class:`roles`; on a page it is `code`."""
    text = re.sub(r":\w+:`~?([\w.]+)`", r"`\1`", text.replace("``", "`"))
    return text.replace("|", "\\|")


def _type(field: attrs.Attribute[object]) -> str:
    name = field.type if isinstance(field.type, str) else getattr(field.type, "__name__", "")
    return code(name) if name else ""


def _declared(declaration: Declaration) -> Text:
    if declaration.of is not None:
        name = declaration.of.__name__
        link = f"[`{name}`]({_package(declaration.of)}.md#fields-{name})"
        return Text(zh=f"这一部分，见 {link}", en=f"a part of its own: {link}")
    if declaration.kind is None:
        return Text(zh="文字，照报告填列", en="words, as the report has them")
    kinds = _KINDS[declaration.kind]
    sign = _SIGNS.get(declaration.sign)
    return kinds if sign is None else Text(zh=f"{kinds.zh}{sign.zh}", en=f"{kinds.en}{sign.en}")


_SIGNS = {
    Sign.NEVER_NEGATIVE: Text(zh="，不小于 0", en="; never negative"),
    Sign.SELDOM_NEGATIVE: Text(zh="，一般不小于 0", en="; as a rule not negative"),
}
_KINDS = {
    FigureKind.AMOUNT: Text(zh="金额", en="an amount of money"),
    FigureKind.RATE: Text(zh="比率", en="a rate"),
    FigureKind.WEIGHT: Text(zh="可得的分数，精确的", en="points that can be earned, exact"),
    FigureKind.SCORE: Text(zh="所得的分数", en="points that were earned"),
    FigureKind.COUNT: Text(zh="个数或年份", en="a number of things, or a year"),
    FigureKind.TARGET: Text(zh="应达到的值，精确的", en="what is to be reached, exact"),
    FigureKind.REACHED: Text(zh="达到的值", en="what was reached"),
    FigureKind.STATED: Text(zh="正文写明的数", en="a number that the narrative states"),
}
_OWN = Text(zh="指标自身的单位", en="the indicator's own unit")
_POINTS = Text(zh="分", en="points")
_UNITS = {
    FigureKind.AMOUNT: Text(zh="元、万元或亿元", en="元, 万元 or 亿元 (yuan)"),
    FigureKind.RATE: Text(zh="%", en="%"),
    FigureKind.WEIGHT: _POINTS,
    FigureKind.SCORE: _POINTS,
    FigureKind.COUNT: Text(zh="个、人、次等", en="what is counted"),
    FigureKind.TARGET: _OWN,
    FigureKind.REACHED: _OWN,
    FigureKind.STATED: Text(zh="原文的单位", en="the unit in the text"),
}


@functools.cache
def _said(kind: type) -> Mapping[str, str]:
    """The docstrings below the members of an enum."""
    (tree,) = ast.parse(inspect.cleandoc("\n" + inspect.getsource(kind))).body
    found: dict[str, str] = {}
    name = ""
    for node in getattr(tree, "body", ()):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            name = node.targets[0].id
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and name:
            found[name] = " ".join(str(node.value.value).split()).rstrip(".")
            name = ""
        else:
            name = ""
    return found
