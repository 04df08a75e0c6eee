"""The rule-sets that are shipped, those of a user's own file, and those derived from another."""

from __future__ import annotations

import datetime as dt
import difflib
import functools
from collections.abc import Iterable
from pathlib import Path

import attrs

from budgetperf.exact import BudgetperfError, Problem, ProblemsError, Text
from budgetperf.exact.structuring import InexactNumber, data_folder

from .building import built, merged
from .ruleset import RuleSet
from .status import first_day, last_day

__all__ = ["at", "derive", "get", "ids", "load", "shipped"]


def ids() -> tuple[str, ...]:
    """The ids of the rule-sets that are shipped."""
    files = data_folder("budgetperf.rules", "data").iterdir()
    return tuple(sorted(file.name.removesuffix(".toml") for file in files))


def shipped(*, place: str = "") -> tuple[RuleSet, ...]:
    """The rule-sets that are shipped, in the order of their ids.

    Args:
        place: only those of this place, of one around it or in it, and of the whole country.
    """
    known = map(get, ids())
    return tuple(rules for rules in known if not place or _is_in(rules, place))


@functools.cache
def get(id: str) -> RuleSet:
    """The shipped rule-set ``id``.

    Raises:
        BudgetperfError: there is none; near matches are named.

    >>> get("yitihua-default").status.value
    'implementation'
    """
    known = ids()
    if id not in known:
        raise BudgetperfError("unknown-ruleset", _no_such(id, known), field="rules")
    file = data_folder("budgetperf.rules", "data") / f"{id}.toml"
    return _parse(file.read_text(encoding="utf-8"), f"{id}.toml")


def at(date: dt.date | str, *, place: str = "") -> tuple[RuleSet, ...]:
    """The shipped rule-sets that are in force on a day, those of the place before national ones.

    Several can be: of one place for projects and for departments, or a form and a system. Among
    those of the place, and among the others, the latest comes first. Rule-sets of which the day
    is not known are left out; one with no known end is taken to be in force still.

    Args:
        date: the day, or ``YYYY-MM-DD``.
        place: a place in Chinese or English; part of its name is enough. National rule-sets are
            in force everywhere.

    Raises:
        BudgetperfError: no rule-set is in force on that day; the earliest is named.

    >>> [rules.id for rules in at("2022-12-31", place="上海")][:2]
    ['shanghai-2022', 'central-2021-101']
    """
    day = _day(date)
    dated = [rules for rules in shipped(place=place) if rules.effective]
    found = [rules for rules in dated if _is_in_force(rules, day)]
    if not found:
        raise BudgetperfError("no-ruleset", _none_in_force(day, dated), field="date")
    found.sort(key=lambda rules: first_day(rules.effective), reverse=True)
    return tuple(sorted(found, key=lambda rules: bool(place) and _is_national(rules)))


def load(path: str | Path) -> RuleSet:
    """A rule-set from a TOML file of one's own.

    With ``base = "an-id"`` it says only how it differs from a shipped one: a table such as
    ``[execution]`` changes the keys that it names, everything else is replaced as a whole, and
    ``without = ["execution"]`` leaves parts out.

    Raises:
        OSError: the file cannot be read.
        ProblemsError: the file is no rule-set; every problem is listed with its key.
    """
    path = Path(path)
    return _parse(path.read_text(encoding="utf-8"), path.name)


def derive(
    base: RuleSet | str,
    *,
    id: str,
    title: Text,
    without: Iterable[str] = (),
    **changes: object,
) -> RuleSet:
    """A rule-set that differs from another one only in what is given.

    What was said of the other one alone is not taken over: ``replaces`` and ``verified``.

    Args:
        base: a rule-set, or the id of one that is shipped.
        id: the new id.
        title: the new title.
        without: the names of parts that the new one says nothing of.
        changes: the parts that differ, by the names of :class:`RuleSet`.

    Raises:
        BudgetperfError: there is no such id, or no such part.

    >>> own = derive("yitihua-default", id="own", title=Text(zh="自定", en="own"), effective="2025")
    >>> own.base, own.effective, own.at_most == get("yitihua-default").at_most
    ('yitihua-default', '2025', True)
    """
    found = get(base) if isinstance(base, str) else base
    known = attrs.fields_dict(RuleSet)
    left_out = tuple(without)
    for name in (*changes, *left_out):
        if name not in known:
            raise BudgetperfError("unknown-key", _no_part(name, list(known)), field=name)
    defaults = {name: known[name].default for name in ("replaces", "verified", *left_out)}
    new: dict[str, object] = {**defaults, **changes, "id": id, "title": title, "base": found.id}
    for name in left_out:
        if known[name].default is attrs.NOTHING:
            raise BudgetperfError("required-key", _is_required(name), field=name)
    return attrs.evolve(found, **new)  # type: ignore[arg-type]


def _parse(text: str, name: str) -> RuleSet:
    import tomllib

    try:
        data = tomllib.loads(text, parse_float=InexactNumber)
    except tomllib.TOMLDecodeError as error:
        message = Text(zh=f"不是有效的 TOML：{error}", en=f"not valid TOML: {error}")
        problem = Problem(code="bad-toml", where=name, message=message)
        raise ProblemsError("bad-ruleset", (problem,)) from None
    if "base" not in data:
        return built(data)
    base: object = data["base"]
    known = ids()
    if not isinstance(base, str) or base not in known:
        message = _no_such(str(base), known)
        rest = {key: value for key, value in data.items() if key != "base"}
        return built(rest, Problem(code="unknown-ruleset", where="$.base", message=message))
    return merged(get(base), data)


def _day(date: dt.date | str) -> dt.date:
    if isinstance(date, dt.datetime):
        return date.date()
    if isinstance(date, dt.date):
        return date
    try:
        return dt.date.fromisoformat(date)
    except (TypeError, ValueError):
        message = Text(
            zh=f"{date!r} 不是日期：请写成 2023-12-31 或 datetime.date",
            en=f"{date!r} is no date: write 2023-12-31, or give a datetime.date",
        )
        raise BudgetperfError("bad-date", message, field="date") from None


def _is_in_force(rules: RuleSet, day: dt.date) -> bool:
    return first_day(rules.effective) <= day and (not rules.until or day <= last_day(rules.until))


def _is_national(rules: RuleSet) -> bool:
    return rules.place.zh in ("", "全国")


def _is_in(rules: RuleSet, place: str) -> bool:
    """Whether it is of the place asked for, of one around it or in it, or of the whole country."""
    asked = place.casefold()
    names = [name.casefold() for name in (rules.place.zh, rules.place.en) if name]
    return _is_national(rules) or any(asked in name or name in asked for name in names)


def _none_in_force(day: dt.date, dated: list[RuleSet]) -> Text:
    later = sorted(dated, key=lambda rules: first_day(rules.effective))
    first = later[0]
    return Text(
        zh=f"{day.isoformat()} 没有已知的规则集；最早的是 {first.id}（{first.effective} 起）",
        en=f"no rule-set is known for {day.isoformat()}; the earliest is {first.id}, from "
        f"{first.effective}",
    )


def _no_such(id: str, known: tuple[str, ...]) -> Text:
    near = difflib.get_close_matches(id, known, n=3) or known
    return Text(
        zh=f"没有规则集 {id!r}；可用的有 {'、'.join(near)}",
        en=f"there is no rule-set {id!r}; there is {', '.join(near)}",
    )


def _no_part(name: str, known: list[str]) -> Text:
    near = "、".join(difflib.get_close_matches(name, known, n=2) or known)
    return Text(
        zh=f"规则集没有 {name!r}；可用的是 {near}",
        en=f"a rule-set has no part {name!r}; did you mean {near}",
    )


def _is_required(name: str) -> Text:
    return Text(zh=f"{name} 不能略去", en=f"{name} cannot be left out")
