"""What is wrong with a call of a class: the fields that it lacks, together with all the rest."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from typing import cast

import attrs

from budgetperf.exact.calls import Called, plug_refusal
from budgetperf.exact.checking import errors_in, problems_of, required
from budgetperf.exact.text import BudgetperfError, WrongCallError

from .by_name import by_position, fields_like, unknown_fields

__all__ = ["refusal"]


def refusal(kind: type, given: tuple[object, ...], named: Mapping[str, object]) -> BudgetperfError:
    """What a call is refused with that does not fit its class.

    Args:
        kind: the class, made by attrs.
        given: what was given by position.
        named: what was given by name.
    """
    fields = [field for field in attrs.fields(kind) if field.init]
    names = [field.alias or field.name for field in fields if not field.kw_only][: len(given)]
    if len(given) > len(names) or not named.keys().isdisjoint(names):
        return by_position(kind, given)
    errors = list(_errors(kind, fields, {**dict(zip(names, given, strict=True)), **named}))
    if len(errors) == 1:
        return errors[0][1]
    several = (problems_of(error, field=name) for name, error in errors)
    return WrongCallError("wrong-call", tuple(itertools.chain.from_iterable(several)))


def _errors(
    kind: type[Called], fields: list[attrs.Attribute[object]], values: Mapping[str, object]
) -> Iterator[tuple[str, BudgetperfError]]:
    """Each error of a call, with its field."""
    names = [field.alias or field.name for field in fields]
    unknown = [name for name in values if name not in names]
    meant = {like for name in unknown for like in fields_like(kind, name)}
    if unknown:
        yield unknown[0], unknown_fields(kind, unknown)
    made = cast("type[attrs.AttrsInstance]", kind)
    for name, field in zip(names, fields, strict=True):
        if name in values:
            wrong = list(errors_in(made, field, values[name]))
            more = wrong or kind._also_wrong(name, values[name])  # pyright: ignore[reportPrivateUsage]
            yield from ((name, error) for error in more)
        elif field.default is attrs.NOTHING and name not in meant:
            yield name, required(made, field)


plug_refusal(refusal)
