"""Values in one line: the code that gives a value again, or what matters of it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Protocol, SupportsIndex, TypeVar, overload

import attrs

from budgetperf.exact.number import decimal_text
from budgetperf.exact.text import Labelled, shortened, visible

__all__ = ["Several", "as_code", "in_brief", "literal"]

_T_co = TypeVar("_T_co", covariant=True)

_LONGEST, _LONGEST_WORDS = 170, 80
"""How many characters one line has, and a text in it; what is longer is cut, and shows it."""


def in_brief(value: object, *parts: object) -> str:
    """A result in one line: its class, and ``parts``, which say what matters of it."""
    words = visible(" ".join(map(str, parts)))
    return f"<{type(value).__name__} {shortened(words, _LONGEST)}>"


def as_code(value: attrs.AttrsInstance, /, **written: str) -> str:
    """The call that gives ``value`` again: what is as by default is left out.

    Args:
        value: the value.
        written: fields that are written in a way of their own.
    """
    kind = type(value)
    names = (
        attribute.name
        for attribute in attrs.fields(kind)
        if attribute.init and attribute.repr and not _is_default(attribute, value)
    )
    given = (f"{name}={written.get(name) or literal(getattr(value, name))}" for name in names)
    return f"{kind.__name__}({shortened(', '.join(given), _LONGEST)})"


def _is_default(attribute: attrs.Attribute[object], value: attrs.AttrsInstance) -> bool:
    """Whether a field of ``value`` holds what it would without being given."""
    default: object = attribute.default
    make: Callable[..., object] | None = getattr(default, "factory", None)
    if make is not None:
        default = make(value) if getattr(default, "takes_self", False) else make()
    return bool(getattr(value, attribute.name) == default)


def literal(value: object) -> str:
    """A part of a value as it is written in code."""
    match value:
        case str():
            return repr(shortened(value, _LONGEST_WORDS))
        case Labelled():
            return f"{type(value).__name__}.{value.name}"
        case Fraction():
            return repr(decimal_text(value))
        case Decimal():
            return repr(f"{value:f}")
        case _:
            return repr(value)


class _Printer(Protocol):
    """What IPython lays out values with."""

    def pretty(self, obj: object) -> None: ...


class Several(tuple[_T_co, ...]):
    """A tuple of results that is short in one line, however many there are; slices are, too.

    Printed it has a line for each; ``()`` where there is none.
    """

    __slots__ = ()

    @overload
    def __getitem__(self, key: SupportsIndex, /) -> _T_co: ...
    @overload
    def __getitem__(self, key: slice, /) -> Several[_T_co]: ...
    def __getitem__(self, key: SupportsIndex | slice, /) -> _T_co | Several[_T_co]:
        if isinstance(key, slice):
            return Several(super().__getitem__(key))
        return super().__getitem__(key)

    def __repr__(self) -> str:
        whole = super().__repr__()
        if len(whole) <= _LONGEST or len(self) < 2:
            return whole
        return f"({shortened(repr(self[0]), _LONGEST - 20)}, … {len(self) - 1} more)"

    def __str__(self) -> str:
        return "\n".join(map(repr, self)) or "()"

    def _repr_pretty_(self, printer: _Printer, cycle: bool) -> None:
        """What IPython and a notebook show: a line for each."""
        printer.pretty(tuple(self))
