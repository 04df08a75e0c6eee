"""Names of places in China, and whether one lies within another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeAlias

import attrs

from budgetperf.exact import Text

from .gazetteer import Names, around, key, names, narrowed, title

if TYPE_CHECKING:
    from .ruleset import RuleSet

__all__ = ["EITHER", "fits", "is_for_everywhere", "is_known", "is_near", "unclear", "understood"]

EITHER = Text(zh="、", en="; ")
"""Between places, which have commas in English."""


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

    Divisions of China are known with what they lie in: short, in pinyin, and by former names.
    Other places are compared by their names: every name of the one stands in the other. Of several
    places, such as 天津市、河北省, and of several that have the name, one is enough; see
    :func:`unclear`.

    >>> hebei = Text(zh="天津市、河北省", en="Tianjin and Hebei")
    >>> [fits(hebei, asked) for asked in ("石家庄", "Shijiazhuang", "正定县", "湖北")]
    [True, True, True, False]
    """
    wanted = [*_places(asked), *_in_words(asked)]
    return any(
        _is_around(known, other) or _is_around(other, known)
        for known in (*_places(place.zh), *_in_words(place.en))
        for other in wanted
    )


def is_near(place: Text, asked: str) -> bool:
    """Whether both places lie in one province."""
    provinces = {code[:2] for reading in _readings(place.zh) for code in reading.codes}
    return any(code[:2] in provinces for reading in _readings(asked) for code in reading.codes)


def unclear(asked: str) -> tuple[Text, ...]:
    """The places that a name may mean, if they lie in several provinces; else none.

    A name that is short for a province is that of the province: 河北, not 河北区 in Tianjin.

    >>> [place.zh for place in unclear("南沙区")]
    ['广东省广州市南沙区', '海南省三沙市南沙区']
    >>> unclear("广州南沙"), unclear("河北")
    ((), ())
    """
    for reading in _readings(asked):
        if len({code[:2] for code in reading.codes}) > 1:
            return tuple(map(title, sorted(reading.codes)))
    return ()


def understood(asked: str) -> Text | None:
    """Which places a name stands for, where it does not say so itself.

    ``None`` of a place that is written in full, of a province, and of what is no division.
    """
    explained = map(_explained, _readings(asked))
    places = [place for place in explained if place is not None]
    return EITHER.join(places) if places else None


def _explained(reading: _Reading) -> Text | None:
    titles = [title(code) for code in sorted(reading.codes)]
    if reading.others:
        others = EITHER.join(title(code) for code in sorted(reading.others))
        return Text(zh="{place}（不是 {others}）", en="{place} (not {others})").fill(
            place=EITHER.join(titles), others=others
        )
    is_plain = all(code.endswith("0000") for code in reading.codes)
    is_full = [place.zh for place in titles] == ["".join(reading.words)]
    return None if is_plain or is_full else EITHER.join(titles)


# --- Places as the names that stand in them


@attrs.frozen
class _Part:
    """A part of the name of a place, such as 示例 with 县; of a division, its name in full."""

    name: str
    kind: str = ""

    def is_same(self, other: _Part) -> bool:
        """Whether both may be the same; 示例区 is not 示例县, and may be 示例新区."""
        kinds = {_KINDS.get(part.kind, part.kind) for part in (self, other) if part.kind}
        return self.name == other.name and len(kinds) < 2


_Place: TypeAlias = tuple[_Part, ...]


def _is_around(wide: _Place, narrow: _Place) -> bool:
    """Whether every part of the one stands in the other."""
    return bool(wide) and all(any(part.is_same(other) for other in narrow) for part in wide)


def _places(text: str) -> Iterator[_Place]:
    """The places that a text may mean, each with what it lies in."""
    for reading in _readings(text):
        chains = [around(code) for code in sorted(reading.codes)] or [()]
        for chain in chains:
            yield (*(_Part(division.name) for division in chain), *reading.beside)


def _in_words(text: str) -> Iterator[_Place]:
    """The places of an English text that are no divisions, word by word."""
    for piece, reading in zip(_SEVERAL.split(text), _readings(text), strict=True):
        if not reading.codes or reading.beside:
            yield tuple(map(_Part, _words(piece)))


# --- What a text says


@attrs.frozen(kw_only=True)
class _Word:
    """A word of a text: the name of divisions, or of something else.

    Args:
        part: as it stands there.
        names: what it may mean; nothing if it names no division.
        is_short: whether it is short, and nothing says what kind of division it is.
        by_sound: whether different names in Chinese may be meant.
    """

    part: _Part
    names: Names = ()
    is_short: bool = False
    by_sound: bool = False

    @property
    def codes(self) -> frozenset[str]:
        return frozenset(name.code for name in self.names)

    @property
    def present(self) -> frozenset[str]:
        """The divisions that have the name now."""
        return frozenset(name.code for name in self.names if not name.is_former)


@attrs.frozen(kw_only=True)
class _Reading:
    """What one place in a text may be.

    Args:
        words: what it says.
        codes: the divisions that it may be, or be in.
        beside: what it says beside them.
        others: divisions of other provinces of that name, where a province is meant.
    """

    words: tuple[str, ...]
    codes: frozenset[str] = frozenset()
    beside: _Place = ()
    others: frozenset[str] = frozenset()


_SEVERAL = re.compile(r"[、;；/&]|\band\b", re.IGNORECASE)
_CHINESE = re.compile(r"[\u3400-\u9fff]+")
_ENGLISH = re.compile(r"[^\W\d_\u3400-\u9fff]+(?:['’][^\W\d_\u3400-\u9fff]+)*")
_COUNTRY = re.compile(r"(?:中华人民共和国|中国)(?=.)")
_KIND = (
    r"特别行政区|(?:维吾尔|壮族|回族)?自治区|(?:[^省市县]{1,3}族)?自治[州县]|[地新]区|"
    r"[省市区县旗盟州]"
)
_STEP = re.compile(rf"(.{{2,}}?)({_KIND})")
"""A name of two characters or more, and what it is: 津市市 is the city of 津市."""
_AFTER = re.compile(_KIND)
_KINDS = {"特别行政区": "省", "维吾尔自治区": "省", "壮族自治区": "省", "回族自治区": "省",
          "自治区": "省", "新区": "区", "地区": "市"}  # fmt: skip
_LONGEST = 15
"""How many characters the longest name of a division has."""
_MOST = 6
"""How many words a name has in English, or written by syllables."""
_NO_NAMES = frozenset(
    ("administrative", "autonomous", "hui", "of", "special", "the", "uygur", "uyghur", "zhuang")
)
_ENDINGS = {
    "banner": ("旗",),
    "city": ("市",),
    "county": ("县", "旗"),
    "district": ("区",),
    "league": ("盟",),
    "municipality": ("市",),
    "prefecture": ("州", "盟", "地区", "市"),
    "province": ("省",),
    "region": ("自治区", "特别行政区"),
}
"""Words for kinds of divisions, and how the names of such end in Chinese."""


def _readings(text: str) -> Iterator[_Reading]:
    """One place after the other."""
    for piece in _SEVERAL.split(text):
        english = (word for part in re.split("[,，]", piece) for word in _in_english(part))
        yield _reading([*_in_chinese(piece), *english])


def _reading(words: Sequence[_Word]) -> _Reading:
    known = [word for word in words if word.names]
    parts = tuple(word.part for word in words)
    spoken = tuple(f"{part.name}{part.kind}" for part in parts)
    beside = tuple(word.part for word in words if not word.names)
    if not known:
        return _Reading(words=spoken, beside=parts)
    if len(known) == 1:
        codes, others = _meant(known[0])
        return _Reading(words=spoken, codes=codes, beside=beside, others=others)
    present, ever = [word.present for word in known], [word.codes for word in known]
    codes = narrowed(present) or narrowed(ever) or _common_province(known)
    return _Reading(words=spoken, codes=codes, beside=beside if codes else parts)


def _meant(word: _Word) -> tuple[frozenset[str], frozenset[str]]:
    """The divisions that one name alone means, and those of other provinces that it does not.

    A short name is that of a province, if there is one. Present names come before former ones of
    the same province. What only sounds like a province or a prefecture is not meant: Nanjing is
    南京市, not 南靖县.
    """
    provinces = frozenset(code for code in word.codes if code.endswith("0000"))
    if provinces and word.is_short:
        alike = {name.short for name in word.names if name.code in provinces}
        others = frozenset(name.code for name in word.names if name.short in alike)
        return provinces, frozenset(c for c in others if f"{c[:2]}0000" not in provinces)
    wide = {name.short for name in word.names if word.by_sound and not name.is_of_county}
    within = {code[:2] for code in word.present}
    codes = frozenset(
        name.code
        for name in word.names
        if (not wide or name.short in wide) and not (name.is_former and name.code[:2] in within)
    )
    return codes, frozenset()


def _common_province(words: Iterable[_Word]) -> frozenset[str]:
    """The province of divisions of which none lies in the other, such as 四平市 and 公主岭市."""
    first, *others = ({f"{code[:2]}0000" for code in word.codes} for word in words)
    return frozenset(first.intersection(*others))


def _in_chinese(text: str) -> Iterator[_Word]:
    """The Chinese words of a text: 新疆克拉玛依市 as 新疆 and 克拉玛依市.

    Names of divisions are looked for at the beginning, and behind others; a street named after a
    gate is not to be taken for a county.
    """
    before = frozenset[str]()
    for unbroken in _CHINESE.findall(text):
        run = _COUNTRY.sub("", unbroken, count=1)
        while run:
            word = _first(run, before)
            yield word
            run, before = run[len(word.part.name) + len(word.part.kind) :], word.codes or before


def _first(run: str, before: frozenset[str]) -> _Word:
    """The word that a text begins with: the longest name behind which another one follows.

    Args:
        run: the text.
        before: the divisions that the last name before it may mean.
    """
    heads = [run[:end] for end in range(min(len(run), _LONGEST), 1, -1) if names(run[:end])]
    for head in heads:
        tail = run[len(head) :]
        if not tail or _begins(tail):
            return _named(head)
    for head in heads:
        word, kind = _named(head), _AFTER.match(run, len(head))
        if not word.is_short:
            return word
        if kind:
            return attrs.evolve(word, part=_Part(head, kind[0]), is_short=False)
        wide = frozenset(name.code for name in word.names if not name.is_of_county)
        if wide and (not before or narrowed([before, wide])):
            return word
    step = _STEP.match(run)
    return _Word(part=_Part(step[1], step[2]) if step else _Part(run))


def _named(head: str) -> _Word:
    """A name of divisions: in full, if it is one, else a short one."""
    in_full = names(head, in_full=True)
    return _Word(part=_Part(head), names=in_full or names(head), is_short=not in_full)


def _begins(run: str) -> bool:
    """Whether a text begins with the name of a division."""
    return any(names(run[:end]) for end in range(2, min(len(run), _LONGEST) + 1))


def _in_english(text: str) -> Iterator[_Word]:
    """The words of an English text, those that are one name together."""
    words = _words(text, kinds=True)
    while words:
        most = min(len(words), _MOST)
        ends = (end for end in range(most, 0, -1) if names(key(words[:end])))
        end = next(ends, 0)
        if end:
            endings = _ENDINGS.get(words[end], ()) if end < len(words) else ()
            yield _in_pinyin(words[:end], endings)
        elif words[0] not in _ENDINGS:
            yield _Word(part=_Part(words[0]))
        words = words[max(end, 1) :]


def _in_pinyin(words: Sequence[str], endings: tuple[str, ...]) -> _Word:
    """A name; where its kind is said, only of divisions of that kind, if there are any."""
    part, known = _Part(" ".join(words)), names(key(words))
    of_kind = tuple(name for name in known if endings and name.name.endswith(endings))
    is_short = not endings
    return _Word(part=part, names=of_kind or known, is_short=is_short, by_sound=is_short)


def _words(text: str, *, kinds: bool = False) -> list[str]:
    """The English words of a text that are names; with those for kinds of places, if wanted."""
    words = _ENGLISH.findall(text.casefold())
    return [w for w in words if w not in _NO_NAMES and (kinds or w not in _ENDINGS)]
