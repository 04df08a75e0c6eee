"""Names of places in China, and whether one lies within another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TypeAlias

import attrs

from budgetperf.exact import Text

if TYPE_CHECKING:
    from .ruleset import RuleSet

__all__ = ["fits", "is_for_everywhere", "is_known"]


def is_for_everywhere(rules: RuleSet) -> bool:
    """Whether a rule-set is for the whole country, or says of no place that it is for it."""
    return rules.place.zh in ("", "全国")


def is_known(asked: str, rules: Iterable[RuleSet]) -> bool:
    """Whether one of the rule-sets is for the place asked for itself, or for one around or in it.

    The whole country is a place, too.
    """
    return any(fits(ruleset.place, asked) for ruleset in rules)


def fits(place: Text, asked: str) -> bool:
    """Whether the place asked for is ``place``, lies in it, or around it.

    Compared by the names of provinces, cities and districts: every name of the one stands in the
    other. Of several places, such as 天津市、河北省, one is enough.

    >>> hebei = Text(zh="天津市、河北省", en="Tianjin and Hebei")
    >>> [fits(hebei, asked) for asked in ("河北", "河北省石家庄市", "Hebei province", "湖北")]
    [True, True, True, False]
    """
    return any(
        _is_around(known, wanted) or _is_around(wanted, known)
        for known in (*_in_chinese(place.zh, ()), *_in_english(place.en))
        for wanted in (*_in_chinese(asked, _names(place.zh)), *_in_english(asked))
    )


@attrs.frozen
class _Part:
    """A part of the name of a place, such as 河北 with 省."""

    name: str
    kind: str = ""

    def is_same(self, other: _Part) -> bool:
        """Whether both may be the same; 河北区 is not 河北省."""
        return self.name == other.name and (
            not self.kind or not other.kind or self.kind == other.kind
        )


_Place: TypeAlias = tuple[_Part, ...]

_SEVERAL = re.compile(r"[、;；/&]|\band\b", re.IGNORECASE)
_CHINESE = re.compile(r"[\u3400-\u9fff]+")
_ENGLISH = re.compile(r"[^\W\d_\u3400-\u9fff]+(?:['’][^\W\d_\u3400-\u9fff]+)*")
_KIND = (
    r"特别行政区|(?:维吾尔|壮族|回族)?自治区|(?:[^省市县]{1,3}族)?自治[州县]|[地新]区|"
    r"[省市区县旗盟]"
)
_STEP = re.compile(rf"(.{{2,}}?)({_KIND})")
"""A name of two characters or more, and what it is: 津市市 is the city of 津市."""
_AFTER = re.compile(_KIND)
_KINDS = {"特别行政区": "省", "维吾尔自治区": "省", "壮族自治区": "省", "回族自治区": "省",
          "自治区": "省", "新区": "区", "地区": "市"}  # fmt: skip
_NO_NAMES = frozenset(
    ("autonomous", "city", "county", "district", "municipality", "of", "prefecture", "province",
     "region", "the")
)  # fmt: skip


def _is_around(wide: _Place, narrow: _Place) -> bool:
    """Whether every part of the one stands in the other."""
    return bool(wide) and all(any(part.is_same(other) for other in narrow) for part in wide)


def _in_english(text: str) -> Iterator[_Place]:
    for place in _SEVERAL.split(text.casefold()):
        words = (word for word in _ENGLISH.findall(place) if word not in _NO_NAMES)
        yield tuple(map(_Part, words))


def _in_chinese(text: str, names: tuple[str, ...]) -> Iterator[_Place]:
    """The places that a text names, where some names are known, the longest first."""
    for place in _SEVERAL.split(text):
        yield tuple(part for run in _CHINESE.findall(place) for part in _parts(run, names))


def _names(text: str) -> tuple[str, ...]:
    """The names in a place, the longest first."""
    names = {part.name for place in _in_chinese(text, ()) for part in place}
    return tuple(sorted(names, key=len, reverse=True))


def _parts(run: str, names: tuple[str, ...]) -> Iterator[_Part]:
    """``新疆克拉玛依市`` as 新疆 and 克拉玛依, where these names are known."""
    while run:
        known = next((name for name in names if run.startswith(name)), "")
        if known:
            kind = _AFTER.match(run, len(known))
            end = kind.end() if kind else len(known)
            yield _part(known, kind[0] if kind else "")
        elif step := _STEP.match(run):
            end = step.end()
            yield _part(step[1], step[2])
        else:
            end = len(run)
            yield _part(run, "")
        run = run[end:]


def _part(name: str, kind: str) -> _Part:
    return _Part(name, _KINDS.get(kind, kind))
