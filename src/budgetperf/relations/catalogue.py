"""The catalogue of relations, as its TOML file has it."""

from __future__ import annotations

import functools
import tomllib

from budgetperf.plain.structuring import data_folder, make_converter, structure

from .relation import Relation

__all__ = ["relations"]


@functools.cache
def relations() -> tuple[Relation, ...]:
    """All relations that are declared, in the order of the catalogue."""
    file = data_folder("budgetperf.relations", "data") / "relations.toml"
    declared = tomllib.loads(file.read_text(encoding="utf-8"))["relation"]
    return structure(make_converter(), declared, tuple[Relation, ...], code="bad-relations")
