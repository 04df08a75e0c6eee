"""The rule-sets that are shipped, those of a user's own file, and those derived from another."""

from __future__ import annotations

import datetime as dt
import difflib
import functools
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import attrs

from budgetperf.citations import first_day, last_day
from budgetperf.exact import (
    LIST,
    BudgetperfError,
    NotFoundError,
    Problem,
    ProblemsError,
    Text,
    WrongTypeError,
)
from budgetperf.exact.checking import require, together
from budgetperf.exact.limits import MAX_NAME, bounded_text, require_text
from budgetperf.exact.shown import Shown
from budgetperf.exact.text import did_you_mean, shown
from budgetperf.exact.written.brief import in_brief
from budgetperf.plain.structuring import data_folder, unknown_key
from budgetperf.plain.toml import toml_data, toml_file

from .places import EITHER, fits, is_for_everywhere, is_near, unclear
from .reading import built, merged, refused
from .ruleset import RuleSet

__all__ = ["Rulesets", "at", "derive", "get", "ids", "load", "nearby", "rulesets", "shipped"]


def ids() -> tuple[str, ...]:
    """The ids of the rule-sets that are shipped."""
    files = data_folder("budgetperf.rules", "data").iterdir()
    return tuple(sorted(file.name.removesuffix(".toml") for file in files))


def shipped(*, place: str | None = None) -> tuple[RuleSet, ...]:
    """The rule-sets that are shipped, in the order of their ids.

    Args:
        place: only those of this place, of one around it or in it, and of the whole country.
            Provinces, prefectures and counties are known by their names in full and short, in
            pinyin, and by former ones: 岳阳 is in 湖南省. A short name that a province has is that
            of the province.

    Raises:
        BudgetperfError: the place has no name, or one that is longer than any; or there are
            places of that name in several provinces, and they are listed.

    >>> "hebei-tianjin-mode" in [rules.id for rules in shipped(place="石家庄")]
    True
    """
    known = map(get, ids())
    if place is None:
        return tuple(known)
    _require_place(place)
    return tuple(rules for rules in known if is_for_everywhere(rules) or fits(rules.place, place))


def nearby(place: str) -> tuple[RuleSet, ...]:
    """The shipped rule-sets of other places in the same province, in the order of their ids.

    They do not hold for the place: they tell what its neighbours do.

    Args:
        place: as for :func:`shipped`.

    Raises:
        BudgetperfError: as for :func:`shipped`.

    >>> "xinjiang-observed-2023" in [rules.id for rules in nearby("阜康")]
    True
    """
    _require_place(place)
    return tuple(
        rules
        for rules in map(get, ids())
        if is_near(rules.place, place) and not fits(rules.place, place)
    )


def _require_place(place: str) -> None:
    """Raise where a place has no name, or one that does not tell in which province it is."""
    require(place, str, field="place")
    bounded_text(place, MAX_NAME, Text(zh="地名", en="the name of a place"), field="place")
    if not place.strip():
        raise BudgetperfError("no-place", _NO_PLACE, field="place")
    if several := unclear(place):
        raise BudgetperfError("unclear-place", _several(place, several), field="place")


def _several(place: str, several: Sequence[Text]) -> Text:
    return Text(
        zh="{place} 不止一处：{several}；请写明省份，如 {first}",
        en="there is more than one {place}: {several}; say which, such as {first}",
    ).fill(place=shown(place), several=EITHER.join(several), first=several[0])


def get(id: str) -> RuleSet:
    """The shipped rule-set ``id``.

    Raises:
        NotFoundError: there is none; near matches are named (a ``KeyError``).

    >>> get("yitihua-default").status.value
    'implementation'
    """
    require_text(id, field="rules", remedy="'hubei-2020'")
    return _got(id)


@functools.cache
def _got(id: str) -> RuleSet:
    known = ids()
    if id not in known:
        raise NotFoundError("unknown-ruleset", _no_such(id, known), field="rules")
    file = data_folder("budgetperf.rules", "data") / f"{id}.toml"
    return _said(toml_data(file.read_text(encoding="utf-8"), file.name, code="bad-ruleset"))


def at(date: dt.date | str, *, place: str | None = None) -> tuple[RuleSet, ...]:
    """The shipped rule-sets that are in force on a day, those of the place before national ones.

    Several can be: of one place for projects and for departments, or a form and a system. Among
    those of the place, and among the others, the latest comes first. Rule-sets of which the day
    is not known are left out; one with no known end is taken to be in force still.

    Args:
        date: the day, or ``YYYY-MM-DD``.
        place: as for :func:`shipped`. National rule-sets are in force everywhere.

    Raises:
        BudgetperfError: no rule-set is in force on that day, and the earliest is named; or the
            place has no name or one of several provinces.

    >>> [rules.id for rules in at("2022-12-31", place="上海")][:2]
    ['shanghai-2022', 'central-2021-101']
    """
    day = _day(date)
    dated = [rules for rules in shipped(place=place) if rules.effective]
    in_force = [rules for rules in dated if _is_in_force(rules, day)]
    if not in_force:
        raise BudgetperfError("no-ruleset", _none_in_force(day, dated), field="date")
    in_force.sort(key=lambda rules: first_day(rules.effective), reverse=True)
    return tuple(sorted(in_force, key=lambda rules: place is not None and is_for_everywhere(rules)))


@attrs.frozen
class Rulesets(Shown):
    """The shipped rule-sets as one collection, in the order of their ids: ``budgetperf.rulesets``.

    >>> "shanghai-2022" in rulesets, rulesets["shanghai-2022"].effective
    (True, '2022')
    >>> [one.id for one in rulesets if one.status.value == "observed"]
    ['xinjiang-observed-2023']
    """

    def __iter__(self) -> Iterator[RuleSet]:
        return iter(shipped())

    def __len__(self) -> int:
        return len(ids())

    def __contains__(self, id: object) -> bool:
        return id in ids()

    def __getitem__(self, id: str) -> RuleSet:
        return get(id)

    def get(self, id: str) -> RuleSet:
        """The rule-set ``id``, as ``rulesets[id]`` does; see :func:`get`."""
        return get(id)

    def at(self, date: dt.date | str, *, place: str | None = None) -> tuple[RuleSet, ...]:
        """Those that are in force on a day; see :func:`at`."""
        return at(date, place=place)

    def __repr__(self) -> str:
        return in_brief(self, f"{len(self)}: {', '.join(ids())}")


rulesets: Rulesets = Rulesets()
"""The shipped rule-sets: to iterate, to look up by id, to choose by date and place."""


def load(path: str | Path) -> RuleSet:
    """A rule-set from a TOML file of one's own.

    With ``base = "an-id"`` it says only how it differs from a shipped one: a table such as
    ``[execution]`` changes the keys that it names, everything else is replaced as a whole, and
    ``without = ["execution"]`` leaves parts out.

    Raises:
        OSError: the file cannot be read.
        ProblemsError: the file is no rule-set, or has the id of a shipped one that says something
            else; every problem is listed with its key.
        BudgetperfError: no file can have that name.
    """
    data = toml_file(Path(path), code="bad-ruleset")
    try:
        rules = _said(data)
    except ProblemsError as error:
        taken = _taken(data.get("id"), None)
        raise ProblemsError(error.code, (*error.problems, *taken)) from None
    if taken := _taken(rules.id, rules):
        raise ProblemsError("bad-ruleset", taken)
    return rules


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
        BudgetperfError: there is no such base or no such part, a part has the wrong type, or the
            parts do not fit each other; several of these as a ``ProblemsError``.

    >>> own = derive("yitihua-default", id="own", title=Text(zh="自定", en="own"), effective="2025")
    >>> own.base, own.effective, own.at_most == get("yitihua-default").at_most
    ('yitihua-default', '2025', True)
    """
    require(base, str | RuleSet, field="base")
    old = get(base) if isinstance(base, str) else base
    names = _names(without)
    known = attrs.fields_dict(RuleSet)
    left_out = [name for name in names if name in known]
    problems = [
        *(unknown_key(name, f"$.{name}", list(known)) for name in changes if name not in known),
        *(unknown_key(name, f"$.{name}", list(known)) for name in names if name not in known),
        *(_is_required(name) for name in left_out if known[name].default is attrs.NOTHING),
    ]
    defaults = {name: known[name].default for name in ("replaces", "verified", *left_out)}
    parts = {name: value for name, value in defaults.items() if value is not attrs.NOTHING}
    parts |= {name: value for name, value in changes.items() if name in known}
    try:
        new = attrs.evolve(old, **parts, id=id, title=title, base=old.id)  # type: ignore[arg-type]
    except ProblemsError as error:
        problems += error.problems
    except BudgetperfError as error:
        problems.append(Problem(code=error.code, where=f"$.{error.field}", message=error.message))
    else:
        problems += _taken(id, new)
        if not problems:
            return new
    raise together("bad-ruleset", problems)


def _names(without: Iterable[str]) -> tuple[str, ...]:
    names = () if isinstance(without, str) else tuple(without)
    if isinstance(without, str) or not all(isinstance(name, str) for name in names):  # pyright: ignore[reportUnnecessaryIsInstance]
        message = Text(
            zh=f'应为名称的列表，如 ["execution"]，而不是 {shown(without)}',
            en=f'expected a list of names, such as ["execution"], not {shown(without)}',
        )
        raise WrongTypeError("wrong-type", message, field="without")
    return names


def _taken(id: object, rules: RuleSet | None) -> tuple[Problem, ...]:
    """That the id is that of a shipped rule-set, which says something else."""
    if not isinstance(id, str) or id not in ids() or rules == get(id):
        return ()
    message = Text(
        zh=f"{shown(id)} 是已有规则集的标识，而内容不同：请换一个标识；"
        f'只改动它的一部分的，再加上 base = "{id}"',
        en=f"{shown(id)} is the id of a shipped rule-set that says something else: take another; "
        f'to change parts of that one, add base = "{id}"',
    )
    return (Problem(code="id-taken", where="$.id", message=message),)


def _said(data: dict[str, object]) -> RuleSet:
    """The rule-set that plain data says, with what it takes over from its base."""
    if "base" not in data:
        return built(data)
    base, known = data["base"], ids()
    if not isinstance(base, str) or base not in known:
        message = _no_such(str(base), known)
        own = {key: value for key, value in data.items() if key != "base"}
        raise refused(own, Problem(code="unknown-ruleset", where="$.base", message=message))
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
            zh=f"{shown(date)} 不是日期：请写成 2023-12-31",
            en=f"{shown(date)} is not a date: write it as 2023-12-31",
        )
        raise BudgetperfError("bad-date", message, field="date") from None


def _is_in_force(rules: RuleSet, day: dt.date) -> bool:
    return first_day(rules.effective) <= day and (not rules.until or day <= last_day(rules.until))


def _none_in_force(day: dt.date, dated: list[RuleSet]) -> Text:
    later = sorted(dated, key=lambda rules: first_day(rules.effective))
    first = later[0]
    return Text(
        zh=f"{day.isoformat()} 没有已知的规则集；最早的是 {first.id}（{first.effective} 起）",
        en=f"no rule-set is known for {day.isoformat()}; the earliest is {first.id}, from "
        f"{first.effective}",
    )


def _no_such(id: str, known: Sequence[str]) -> Text:
    """Near matches, in small letters; else some, and how to see all."""
    near = difflib.get_close_matches(id.strip().lower(), known, n=3)
    if near:
        meant = Text(zh="最接近的是 ", en="") + did_you_mean(near)
    else:
        meant = Text(zh="可用的有 {some} 等 {n} 个", en="there are {n}, such as {some};").fill(
            some=LIST.join(known[:_MOST]), n=len(known)
        )
    message = Text(
        zh="没有规则集 {id}；{meant}；全部见 budgetperf rules",
        en="there is no rule-set {id}; {meant} budgetperf rules lists all",
    )
    return message.fill(id=shown(id), meant=meant)


_MOST = 5
_NO_PLACE = Text(
    zh="地区不能是空的：请写地名，如 河北省石家庄市；不限地区就不写",
    en="the place is empty: name one, such as Hebei; for all places leave it out",
)


def _is_required(name: str) -> Problem:
    message = Text(zh=f"{name} 不能略去：请从 without 删去", en=f"{name} cannot be left out")
    return Problem(code="required-key", where=f"$.{name}", message=message)
