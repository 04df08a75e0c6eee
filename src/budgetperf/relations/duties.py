"""What ought to be checked in a self-evaluation, and whether it is: from the relations' data."""

from __future__ import annotations

import functools

import attrs

from budgetperf.exact import NO_WORDS, Text
from budgetperf.exact.calls import Called
from budgetperf.plain.structuring import data_folder, shared_converter, structure
from budgetperf.plain.toml import toml_data

from .catalogue import relations

__all__ = ["Duty", "duties"]


@attrs.frozen(kw_only=True)
class Duty(Called):
    """Something that a reviewer ought to check.

    Args:
        code: its code in the field's catalogue, such as ``F05``.
        title: what should hold.
        relations: the ids of the relations that check it; none if nothing does.
        why: why nothing does, and what is there instead.
    """

    code: str
    title: Text
    relations: tuple[str, ...] = ()
    why: Text = NO_WORDS

    @property
    def is_checked(self) -> bool:
        """Whether a relation checks it."""
        return bool(self.relations)


@attrs.frozen(kw_only=True)
class _Unchecked:
    """A duty that no relation checks, and why none does."""

    code: str
    title: Text
    why: Text


@attrs.frozen(kw_only=True)
class _File:
    """What the file of such duties holds at its top."""

    duty: tuple[_Unchecked, ...]


@functools.cache
def duties() -> tuple[Duty, ...]:
    """Everything that ought to be checked, by code: what relations check, and what none does.

    >>> [duty.code for duty in duties() if not duty.is_checked][:3]
    ['C01', 'C02', 'C03']
    """
    text = (data_folder("budgetperf.relations", "data") / "duties.toml").read_text(encoding="utf-8")
    data = toml_data(text, "duties.toml", code="bad-relations")
    file = structure(shared_converter(), data, _File, code="bad-relations")
    known: dict[str, Duty] = {}
    for relation in relations():
        before = known.get(relation.code)
        ids = (*(before.relations if before else ()), relation.id)
        title = before.title if before else relation.title
        known[relation.code] = Duty(code=relation.code, title=title, relations=ids)
    for each in file.duty:
        known[each.code] = Duty(code=each.code, title=each.title, why=each.why)
    return tuple(known[code] for code in sorted(known))
