"""What other libraries ask a class for: its form in JSON, as a field of a pydantic model.

Pydantic is not imported here: when it meets one of these classes, it is there already. The forms
are plugged in from above, where it is known how the values are written.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any, TypeAlias

import attrs

from budgetperf.exact.calls import Called
from budgetperf.exact.text import LIST, BudgetperfError, Text

__all__ = ["Exchanged", "Form", "Json", "plug_form", "plug_forms"]

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | bool | None"
"""Plain data as JSON has it; numbers that are not whole are text."""


@attrs.frozen(kw_only=True)
class Form:
    """How the values of a class are written in JSON.

    Args:
        read: the value that plain data, or what a person types, stands for; a ``BudgetperfError``
            where it stands for none.
        write: a value as plain data.
        schema: the JSON Schema of that.
    """

    read: Callable[[object], object]
    write: Callable[[Any], Json]
    schema: Callable[[], dict[str, Json]]


_forms: dict[type, Form] = {}
_plugged: list[Callable[[], object]] = []


def plug_forms(forms: Callable[[], object]) -> None:
    """Say how the forms are imported, which say of each class how it is written."""
    _plugged[:] = [forms]


def plug_form(kind: type, form: Form) -> None:
    """Say how the values of a class are written."""
    _forms[kind] = form


class Exchanged(Called):
    """A value that pydantic can hold: read from its form, and from itself, and written so."""

    __slots__ = ()

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: object) -> object:
        """What pydantic asks for: how a field of this class is read and written.

        Raises:
            BudgetperfError: it is a class of one's own, derived from one of these.
        """
        form = _form(cls)

        def read(value: object) -> object:
            return value if isinstance(value, cls) else form.read(value)

        core = import_module("pydantic_core.core_schema")
        written = core.plain_serializer_function_ser_schema(form.write, when_used="json")
        return core.no_info_plain_validator_function(read, serialization=written)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: object, handler: object) -> dict[str, Json]:
        """What pydantic asks for: the JSON Schema of a field of this class."""
        return _form(cls).schema()


def _form(kind: type) -> Form:
    while _plugged and kind not in _forms:
        _plugged.pop()()
    if kind not in _forms:
        known = [base.__name__ for base in kind.__mro__ if base in _forms]
        message = Text(
            zh="{} 没有自己的 JSON 写法：请把字段的类型写成 {}",
            en="{} has no form of its own in JSON: use {} as the type of the field",
        )
        raise BudgetperfError("no-form", message.fill(kind.__name__, LIST.join(known)))
    return _forms[kind]
