"""The administrative divisions of China: what each is called, was called, and lies in.

The table is ``divisions.tsv``, read when it is first asked for. What it rests on, and of which day
it is, stands at its head.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterable, Mapping

import attrs

from budgetperf.exact import Text
from budgetperf.plain.structuring import data_folder

__all__ = ["Division", "Name", "Names", "around", "divisions", "key", "names", "narrowed", "title"]


@attrs.frozen(kw_only=True)
class Division:
    """A province, a prefecture or a county, as it is now.

    Args:
        code: its six digits in GB/T 2260. Those of what lies in it begin alike.
        name: its name in full, in Chinese.
        english: its name in pinyin, or in English where that is usual.
    """

    code: str
    name: str
    english: str


@attrs.frozen(kw_only=True)
class Name:
    """A name that a division has or had.

    Args:
        code: the division.
        name: the name in full, in Chinese.
        short: what it is called for short; the name itself, if nothing is left out.
        is_former: whether it has another one now, or is a part of the division.
    """

    code: str
    name: str
    short: str
    is_former: bool

    @property
    def is_of_county(self) -> bool:
        """Whether it is that of a county, not of a prefecture or a province."""
        return not self.code.endswith("00")


Names = tuple[Name, ...]
"""All that one word may mean."""


def divisions() -> Mapping[str, Division]:
    """The divisions by their codes."""
    return _table()[0]


def names(word: str, *, in_full: bool = False) -> Names:
    """The names that a word is: in full or short in Chinese, or as :func:`key` makes it.

    >>> [name.name for name in names("岳阳")]
    ['岳阳市', '岳阳县']
    >>> names("岳阳", in_full=True)
    ()
    """
    all_names = _table()[1].get(word, ())
    return tuple(name for name in all_names if name.name == word) if in_full else all_names


def key(words: Iterable[str]) -> str:
    """How English words stand in the table: ``Xi'an`` as ``xian``."""
    return "".join(char for word in words for char in word.casefold() if char.isalpha())


def around(code: str) -> tuple[Division, ...]:
    """A division with those that it lies in, the widest first.

    >>> [division.name for division in around("430621")]
    ['湖南省', '岳阳市', '岳阳县']
    """
    known = divisions()
    codes = dict.fromkeys((f"{code[:2]}0000", f"{code[:4]}00", code))
    return tuple(known[wider] for wider in codes if wider in known)


def narrowed(several: Iterable[frozenset[str]]) -> frozenset[str]:
    """The narrowest divisions of which one of each lies in the other; none if none does.

    >>> beijing, called_chaoyang = frozenset(["110000"]), frozenset(["110105", "211300"])
    >>> sorted(narrowed([beijing, called_chaoyang]))
    ['110105']
    """
    first, *others = several
    for other in others:
        inner = {a for a in first for b in other if _lies_in(a, b)}
        first = frozenset(inner | {b for a in first for b in other if _lies_in(b, a)})
    return first


def title(code: str) -> Text:
    """A division with all that it lies in: 湖南省岳阳市, and Yueyang, Hunan."""
    chain = around(code)
    return Text(
        zh="".join(division.name for division in chain),
        en=", ".join(_with_kind(division) for division in reversed(chain)),
    )


_ENGLISH_KINDS = (
    ("地区", "Prefecture"),
    ("州", "Prefecture"),
    ("盟", "League"),
    ("县", "County"),
    ("区", "District"),
    ("旗", "Banner"),
)


def _with_kind(division: Division) -> str:
    """Yueyang County, which lies in Yueyang; cities and provinces have their name alone."""
    if division.code.endswith("0000"):
        return division.english
    kinds = (english for ending, english in _ENGLISH_KINDS if division.name.endswith(ending))
    return " ".join((division.english, *itertools.islice(kinds, 1)))


def _lies_in(code: str, other: str) -> bool:
    """Whether a division is the other, or lies in it."""
    return any(division.code == other for division in around(code))


_SHORT = re.compile(r"(.{2,}?)(?:特别行政区|自治[区州县旗]|[地新]区|[省市区县旗盟])")
_SELF_GOVERNED = re.compile(r".+自治(.)")
"""延边州 and 延边自治州 are words for 延边朝鲜族自治州, too."""


@functools.cache
def _table() -> tuple[Mapping[str, Division], Mapping[str, Names]]:
    """The divisions by their codes, and the names by the words that stand for them."""
    known: dict[str, Division] = {}
    words: dict[str, list[Name]] = {}
    text = data_folder("budgetperf.rules", "divisions.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        code, name, english, *short = line.split("\t")
        written, shorts = english.split("/"), _shorts(name, *short)
        is_former = code in known
        if not is_former:
            known[code] = Division(code=code, name=name, english=written[0])
        entry = Name(code=code, name=name, short=shorts[0], is_former=is_former)
        governed = _SELF_GOVERNED.fullmatch(name)
        endings = (governed[1], f"自治{governed[1]}") if governed else ()
        longer = (f"{short_name}{ending}" for short_name in shorts for ending in endings)
        for word in {name, *shorts, *longer, *(key([spelling]) for spelling in written)}:
            words.setdefault(word, []).append(entry)
    return known, {word: tuple(entries) for word, entries in words.items()}


def _shorts(name: str, listed: str = "") -> list[str]:
    """What a division is called for short: as listed, or by leaving out what kind it is."""
    derived = _SHORT.fullmatch(name)
    return listed.split("/") if listed else [derived[1] if derived else name]
