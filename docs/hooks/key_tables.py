"""The keys that the TOML of a rule-set, and of its worked examples, may have.

The tables follow the classes. The English is that of their docstrings where there is one.
"""

from __future__ import annotations

import datetime as dt
import enum
import inspect
import re
import types
import typing
from collections.abc import Iterator
from fractions import Fraction

import attrs
from key_meanings import MEANINGS, TITLES, Meaning
from tables import capital, escaped, table

from budgetperf.exact import Text
from budgetperf.exact.text import Name

__all__ = ["documented", "example_keys", "meaning", "ruleset_keys"]


def ruleset_keys(lang: str) -> str:
    """The keys of a rule-set: a table for each kind of part, and what the words stand for."""
    title = Text(zh="各个词的含义", en="What the words stand for")
    words = f"### {title.pick(lang)} {{ #words }}\n\n{_words('RuleSet', lang)}"
    return f"{_tables('RuleSet', lang)}\n\n{words}"


def example_keys(lang: str) -> str:
    """The keys of a worked example."""
    return _tables("Example", lang)


def _tables(first: str, lang: str) -> str:
    """The table of a class, and those of the classes that it is made of."""
    return "\n\n".join(
        f"### {capital(TITLES[kind].pick(lang))} {{ #{_anchor(kind)} }}\n\n{_table(kind, lang)}"
        for kind in _kinds(first)
    )


def _kinds(first: str) -> tuple[type, ...]:
    by_name = {kind.__name__: kind for kind in MEANINGS}
    return tuple(dict.fromkeys(_within(by_name[first])))


def _within(kind: type) -> Iterator[type]:
    yield kind
    for field in _fields(kind):
        for part in _parts(field.type):
            if part in MEANINGS:
                yield from _within(part)


def _words(first: str, lang: str) -> str:
    """The words that keys take, each with its label."""
    keys: dict[type[enum.Enum], list[str]] = {}
    for field in (field for kind in _kinds(first) for field in _fields(kind)):
        (part,) = _parts(field.type)
        if issubclass(part, enum.Enum):
            keys.setdefault(part, []).append(f"`{field.name}`")
    rows = [
        [", ".join(dict.fromkeys(names)), f"`{one.value}`", escaped(one.label.pick(lang))]
        for kind, names in keys.items()
        for one in kind
    ]
    return table(Text(zh="键|词|含义", en="key|word|meaning").pick(lang), rows)


def _fields(kind: type) -> tuple[attrs.Attribute[object], ...]:
    return attrs.fields(attrs.resolve_types(kind))


def _table(kind: type, lang: str) -> str:
    head = Text(zh="键|值|含义", en="key|value|meaning")
    rows = [
        [_key(field, lang), _value(field.type, lang), meaning(kind, field.name).pick(lang)]
        for field in _fields(kind)
    ]
    if kind.__name__ == "RuleSet":  # It is read, and not kept.
        without = Text(
            zh="有 `base` 时：不沿用的部分", en="with `base`: the parts that are not taken over"
        )
        rows.append(["`without`", _LIST.pick(lang) + _KINDS[str].pick(lang), without.pick(lang)])
    return table(head.pick(lang), rows)


def _key(field: attrs.Attribute[object], lang: str) -> str:
    required = Text(zh="（必需）", en=" (required)").pick(lang)
    return f"`{field.name}`{required if field.default is attrs.NOTHING else ''}"


_LIST = Text(zh="列表：", en="list: ")
_KINDS: dict[object, Text] = {
    str: Text(zh="文字", en="text"),
    int: Text(zh="整数", en="whole number"),
    bool: Text(zh="`true`、`false`", en="`true`, `false`"),
    Fraction: Text(zh="数", en="number"),
    dt.date: Text(zh="日期", en="date"),
    Text: Text(zh="`{ zh, en }`", en="`{ zh, en }`"),
    Name: Text(zh="文字，或 `{ zh, en }`", en="text, or `{ zh, en }`"),
}


def _value(kind: object, lang: str) -> str:
    """What a key takes: a plain kind, one of some words, or a table of its own."""
    (part,) = _parts(kind)
    if plain := _KINDS.get(kind, _KINDS.get(part)):
        said = plain.pick(lang)
    elif issubclass(part, enum.Enum):
        said = Text(zh="、", en=", ").pick(lang).join(f"`{one.value}`" for one in part)
    else:
        said = f"[{TITLES[part].pick(lang)}](#{_anchor(part)})"
    kinds = (kind, *typing.get_args(kind))
    is_list = any(typing.get_origin(one) is tuple for one in kinds)
    return f"{_LIST.pick(lang)}{said}" if is_list else said


def _parts(kind: object) -> list[type]:
    """``Curve | None`` and ``tuple[Band, ...]`` as what they are made of."""
    inside = typing.get_args(kind)
    if not inside:
        return [kind] if isinstance(kind, type) and kind is not types.NoneType else []
    return [part for one in inside if one is not ... for part in _parts(one)]


def meaning(kind: type, name: str) -> Text:
    """What a key means.

    Raises:
        KeyError: it is said nowhere.
    """
    said: Meaning = MEANINGS[kind][name]
    if isinstance(said, Text):
        return said
    return Text(zh=said, en=documented(kind)[name].rstrip("."))


def documented(kind: type) -> dict[str, str]:
    """What the docstring of a class says of its arguments."""
    listed = (inspect.getdoc(kind) or "").partition("Args:\n")[2].partition("\n\n")[0]
    found: dict[str, str] = {}
    for names, text in re.findall(r"^    ([\w, ]+): (.*(?:\n        .*)*)", listed, re.MULTILINE):
        found |= dict.fromkeys(names.split(", "), re.sub(r"\s+", " ", text.replace("``", "`")))
    return found


def _anchor(kind: type) -> str:
    return "-".join(re.findall("[A-Z][a-z]+", kind.__name__)).lower()
