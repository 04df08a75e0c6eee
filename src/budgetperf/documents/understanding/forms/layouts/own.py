"""Layouts of forms: TOML files that add to the words of forms, those that are shipped and one's
own, checked with all errors together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from pathlib import Path
from typing import Any, cast

import attrs

from budgetperf.documents.understanding.forms.vocabulary import Vocabulary, shipped_words
from budgetperf.exact import BudgetperfError, Problem, ProblemsError, Text, fold_width
from budgetperf.exact.text import NO_WORDS, Name, shown
from budgetperf.model import EvaluationKind, LayoutDirection
from budgetperf.plain.json_text import fingerprint
from budgetperf.plain.structuring import make_converter, structure, structured, unknown_key
from budgetperf.plain.toml import toml_file
from budgetperf.scoring.directions import Directions, given_directions, signs_of

__all__ = ["FormLayout", "Head", "Signs", "form_layout", "form_layout_in"]

_CODE = "bad-layout"
_LISTS = ("remarks", "reviewed")
_DIRECTIONS = "directions"
_HEAD = ("id", "title", "kind", "seen", "signs")
_Table = Mapping[str, object]


@attrs.frozen(kw_only=True)
class Signs:
    """By what a layout of forms is told: words of a form that was really seen.

    Args:
        words: all of these stand in cells of their own.
        titles: one of these stands in the title, if any are given.
        names: one of these stands in the title or in a cell of the head, if any are given.
        without: none of these stands in a cell of its own.
    """

    words: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    without: tuple[str, ...] = ()

    def fit(self, title: str, words: Set[str], names: Set[str]) -> bool:
        """Whether a form has them.

        Args:
            title: what it is called.
            words: the words of its cells.
            names: what its head says.
        """
        return (
            bool(self.words)
            and words >= frozenset(self.words)
            and words.isdisjoint(self.without)
            and (not self.titles or any(part in title for part in self.titles))
            and (not self.names or any(part in name for part in self.names for name in names))
        )

    def absent(self, words: Set[str]) -> tuple[str, ...]:
        """Which of its words a form does not have."""
        return tuple(word for word in self.words if word not in words)

    @property
    def count(self) -> int:
        """How many signs there are: of two layouts that fit, more say more."""
        return len(self.words) + bool(self.titles) + bool(self.names) + len(self.without)


@attrs.frozen(kw_only=True)
class Head:
    """What a layout of forms says of itself.

    Args:
        id: a stable code.
        title: the kind of form in words.
        kind: what such a form evaluates, where its own title does not say it.
        seen: where such forms were seen. It is no claim that anything prescribes them.
        signs: by what it is told.
    """

    id: str
    title: Name = NO_WORDS
    kind: EvaluationKind | None = None
    seen: tuple[str, ...] = ()
    signs: Signs = Signs()


@attrs.frozen(kw_only=True)
class FormLayout:
    """A layout of forms: a head, and words on top of those that all forms share.

    Args:
        head: what it says of itself.
        words: the words of forms, with its own before them.
        own: its own words alone, as they are compared.
        sha256: the hash of all that figures depend on.
        directions: the directions of targets that are printed without an operator.
    """

    head: Head
    words: Vocabulary
    own: frozenset[str]
    sha256: str
    directions: tuple[LayoutDirection, ...] = ()

    @property
    def id(self) -> str:
        """Its code."""
        return self.head.id


def form_layout(path: Path) -> FormLayout:
    """The layout in a file: the words of forms, with those of the file before them.

    A word that is there already goes where the file has it.

    Args:
        path: a TOML file with an ``id`` and tables such as ``[funding.columns]``; see
            ``documents/understanding/forms/vocabulary.toml`` and ``layouts/`` beside it.

    Raises:
        OSError: it cannot be read.
        ProblemsError: it is no TOML, has an unknown table or key, a value that is no list of words,
            or a word twice; all problems are listed.
    """
    return form_layout_in(toml_file(path, code=_CODE))


def form_layout_in(own: Mapping[str, object]) -> FormLayout:
    """The layout that the data of a file describe; see :func:`form_layout`.

    Raises:
        ProblemsError: the data are wrong; all problems are listed.
    """
    shipped = shipped_words()
    own = dict(own)
    head_data = {key: own.pop(key) for key in _HEAD if key in own}
    head, wrong = structured(make_converter(), {"id": "", **head_data}, Head)
    problems = (*_no_id(head_data), *wrong, *_problems(own, shipped))
    if problems or head is None:
        raise ProblemsError(_CODE, problems)
    merged = _merged(shipped, own)
    signs = signs_of(cast("Directions", own.get(_DIRECTIONS)))
    hashed: dict[str, Any] = {**merged}
    hashed |= {_DIRECTIONS: signs} if signs else {}
    hashed |= {"kind": head.kind.value} if head.kind else {}
    return FormLayout(
        head=head,
        words=structure(make_converter(), merged, Vocabulary, code=_CODE),
        own=frozenset(_new_words(shipped, own)),
        sha256=fingerprint(hashed),
        directions=tuple(LayoutDirection(name=name, sign=sign) for name, sign in signs.items()),
    )


def _new_words(shipped: _Table, own: _Table) -> Iterator[str]:
    """The words of a file that are not where the words of forms have them."""
    for key, value in own.items():
        if key == _DIRECTIONS:
            continue
        before = shipped.get(key)
        if isinstance(value, dict):
            yield from _new_words(cast("_Table", before), cast("_Table", value))
        else:
            known = set(_words(before))
            yield from (word for word in _words(value) if word not in known)


def _no_id(head_data: _Table) -> Iterator[Problem]:
    identity = head_data.get("id")
    if "id" not in head_data or (isinstance(identity, str) and not identity.strip()):
        yield Problem(code="no-id", where="$.id", message=_NO_ID)


def _problems(own: _Table, shipped: _Table) -> Iterator[Problem]:
    """What is wrong with a file, key by key."""
    for key, value in own.items():
        where = f"$.{key}"
        if key == _DIRECTIONS:
            yield from _no_directions(value)
        elif key not in shipped or key == "known":
            yield unknown_key(
                key, where, [k for k in (*_HEAD, _DIRECTIONS, *shipped) if k != "known"]
            )
        elif key in _LISTS:
            yield from _no_words(value, where)
        elif isinstance(value, dict):
            yield from _in_table(cast("_Table", value), cast("_Table", shipped[key]), where)
        else:
            yield Problem(code="bad-type", where=where, message=_NO_TABLE)


def _in_table(own: _Table, shipped: _Table, where: str) -> Iterator[Problem]:
    """Those of a table: its keys are tables in turn, or lists of words."""
    seen: dict[str, str] = {}
    for key, value in own.items():
        place = f"{where}.{key}"
        if key not in shipped:
            yield unknown_key(key, place, list(shipped))
        elif isinstance(shipped[key], dict):
            if isinstance(value, dict):
                yield from _in_table(cast("_Table", value), cast("_Table", shipped[key]), place)
            else:
                yield Problem(code="bad-type", where=place, message=_NO_TABLE)
        else:
            yield from _no_words(value, place)
            for word in _words(value):
                if word in seen:
                    message = _TWICE.fill(word=shown(word), other=seen[word])
                    yield Problem(code="word-twice", where=place, message=message)
                seen[word] = place


def _no_directions(value: object) -> Iterator[Problem]:
    """Those of the directions: each is an operator, by a heading or a name."""
    if not isinstance(value, dict):
        yield Problem(code="bad-type", where=f"$.{_DIRECTIONS}", message=_NO_SIGNS)
        return
    for name, sign in cast("_Table", value).items():
        try:
            given_directions(cast("Directions", {name: sign}))
        except BudgetperfError as error:
            where = f"$.{_DIRECTIONS}.{name}"
            yield Problem(code="bad-direction", where=where, message=error.message)


def _no_words(value: object, where: str) -> Iterator[Problem]:
    items = cast("list[object]", value) if isinstance(value, list) else []
    if not items or not all(isinstance(item, str) and item.strip() for item in items):
        yield Problem(code="bad-type", where=where, message=_NO_WORDS)


def _words(value: object) -> list[str]:
    """The words of a list as they are compared."""
    items = cast("list[object]", value) if isinstance(value, list) else []
    return [plain(item) for item in items if isinstance(item, str)]


def plain(word: str) -> str:
    """A word without blanks and a colon at its end, with widths folded."""
    return "".join(fold_width(word).split()).rstrip(":")


def _merged(shipped: _Table, own: _Table) -> dict[str, object]:
    """Own words before those that are shipped; one that is in both is where the own file has it."""
    merged: dict[str, object] = {}
    for key, value in shipped.items():
        new = own.get(key)
        if isinstance(value, dict):
            table = cast("_Table", value)
            merged[key] = _merged_table(table, cast("_Table", new or {}))
        else:
            merged[key] = [*_words(new), *cast("list[str]", value)]
    return merged


def _merged_table(shipped: _Table, own: _Table) -> dict[str, object]:
    taken = {
        word for value in own.values() if not isinstance(value, dict) for word in _words(value)
    }
    merged: dict[str, object] = {}
    for key, value in shipped.items():
        new = own.get(key)
        if isinstance(value, dict):
            merged[key] = _merged_table(cast("_Table", value), cast("_Table", new or {}))
        else:
            before = [word for word in cast("list[str]", value) if word not in taken]
            merged[key] = [*_words(new), *before]
    return merged


_NO_ID = Text(
    zh='请写上版式的标识，如 id = "某县 2024"', en='give the layout an id, such as id = "own 2024"'
)
_NO_TABLE = Text(
    zh="这里应是一个表，如 [funding.columns]", en="expected a table here, such as [funding.columns]"
)
_NO_SIGNS = Text(
    zh='这里应是一个表，如 [directions] 下写 "成本指标" = "≤"',
    en='expected a table here, such as [directions] with "成本指标" = "≤"',
)
_NO_WORDS = Text(
    zh='这里应是一列词，如 revised = ["批复金额"]',
    en='expected a list of words, such as revised = ["批复金额"]',
)
_TWICE = Text(
    zh="{word} 已在 {other} 中：一个词只能是一栏，请删去其一",
    en="{word} is in {other}, too: a word can be one column, remove one of the two",
)
