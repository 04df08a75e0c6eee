"""The catalogue of relations, as its TOML file has it."""

from __future__ import annotations

import functools
import tomllib

import attrs

from budgetperf.exact import Text
from budgetperf.plain.json_text import fingerprint
from budgetperf.plain.structuring import data_folder, make_converter, structure

from .relation import Relation

__all__ = ["relations", "relations_sha256"]


@functools.cache
def relations() -> tuple[Relation, ...]:
    """All relations that are declared, in the order of the catalogue."""
    data, converter = _data(), make_converter()
    common = structure(converter, data["sentences"], dict[str, Text], code="bad-relations")
    declared = structure(converter, data["relation"], tuple[Relation, ...], code="bad-relations")
    return tuple(
        attrs.evolve(relation, sentences={**common, **relation.sentences}) for relation in declared
    )


@functools.cache
def relations_sha256() -> str:
    """The hash of what the catalogue says: of its data, whatever remarks stand in the file."""
    return fingerprint(_data())


def _data() -> dict[str, object]:
    file = data_folder("budgetperf.relations", "data") / "relations.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))
