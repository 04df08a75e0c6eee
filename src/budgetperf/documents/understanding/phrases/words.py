"""The words that the phrase reader goes by, as data."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping
from typing import TypeAlias

import attrs

from budgetperf.plain.json_text import fingerprint
from budgetperf.plain.structuring import data_folder, make_converter, structure

__all__ = ["Role", "Source", "Words", "words", "words_sha256"]

_Pattern: TypeAlias = re.Pattern[str]


@attrs.frozen(kw_only=True)
class Source:
    """Where money comes from: a kind of the model, and the words that say it.

    ``general`` words say a source only in a list of sources: 财政资金 is all of it elsewhere.
    """

    kind: str
    pattern: str
    general: bool = False

    @functools.cached_property
    def whole(self) -> _Pattern:
        """Words that say it and nothing else."""
        return re.compile(self.pattern)


@attrs.frozen(kw_only=True)
class Role:
    """What an amount is in a budget, and the words before it that say so: all of them, or a verb.

    ``strong`` words are said of the whole; those that say ``least`` are so only where nothing else
    is said, whatever stands beside them.
    """

    role: str
    strong: bool
    pattern: str
    verbs: str
    least: bool = False
    special: bool = False

    @functools.cached_property
    def whole(self) -> _Pattern:
        """Words that say it and nothing else."""
        return re.compile(self.pattern)

    @functools.cached_property
    def behind(self) -> _Pattern:
        """A verb, and behind it what the money is called."""
        return re.compile(f"(?:{self.verbs})(?P<of>.*)" if self.verbs else "(?!)(?P<of>)")

    @functools.cached_property
    def before(self) -> _Pattern:
        """The same with what the money is called before it."""
        return re.compile(
            f"(?P<of>.+?)(?:{self.verbs})(?:总?[数额])?" if self.verbs else "(?!)(?P<of>)"
        )


@attrs.frozen(kw_only=True, eq=False)
class Words:
    """The words of ``documents/phrases/words.toml``, which explains them."""

    units: str
    no_figures: tuple[str, ...]
    this_year: str
    other_year: str
    compared: str
    planned: str
    quoted: str
    marks: str
    funds: str
    givers: str
    done: str
    no_result: str
    others: str
    of_us: str
    background: str
    money: str
    places: str
    projects: str
    project_verbs: str
    investment: str
    standards: str
    doing: str
    beginnings: str
    no_names: str
    subjects: str
    apart: str
    parts_follow: str
    batch: str
    source: tuple[Source, ...]
    role: tuple[Role, ...]
    after: Mapping[str, str]
    steps: Mapping[str, str]
    rates: Mapping[str, str]
    result: Mapping[str, str]
    indicator: Mapping[str, str]
    staffing: Mapping[str, str]
    edges: Mapping[str, str]

    def compiled(self, pattern: str) -> _Pattern:
        """A pattern of these as a regular expression."""
        return _compiled(pattern.replace("{money}", self.money))

    @functools.cached_property
    def step_words(self) -> tuple[tuple[_Pattern, str], ...]:
        """What amounts are made of, step by step."""
        return tuple((self.compiled(pattern), name) for name, pattern in self.steps.items())

    @functools.cached_property
    def is_no_figure(self) -> _Pattern:
        """A number that is no figure."""
        return _compiled("|".join(self.no_figures))


@functools.lru_cache(maxsize=256)
def _compiled(pattern: str) -> _Pattern:
    return re.compile(pattern)


@functools.cache
def words() -> Words:
    """The words that are shipped."""
    return structure(make_converter(), _shipped(), Words, code="bad-phrases")


@functools.cache
def words_sha256() -> str:
    """The hash of the words that are shipped."""
    return fingerprint(_shipped())


def _shipped() -> dict[str, object]:
    file = data_folder("budgetperf.documents", "phrases") / "words.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))
