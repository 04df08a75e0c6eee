"""What other libraries ask a class for: its form in JSON, as a field of a pydantic model.

Pydantic is not imported here: when it meets one of these classes, it is there already. The forms
are plugged in from above, where it is known how the values are written.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any, TypeAlias

import attrs

from budgetperf.exact.calls import plug_exchange
from budgetperf.exact.text import LIST, BudgetperfError, Text

__all__ = ["Form", "Json", "plug_form", "plug_forms"]

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


def plug_forms(*forms: Callable[[], object]) -> None:
    """Say how the forms are imported, which say of each class how it is written; in this order,
    each where those before it did not say it."""
    _plugged[:] = reversed(forms)


def plug_form(kind: type, form: Form) -> None:
    """Say how the values of a class are written."""
    _forms[kind] = form


class _Forms:
    """What pydantic is answered with: by the form of a class."""

    def core_schema(self, kind: type) -> object:
        form = _form(kind)

        def read(value: object) -> object:
            return value if isinstance(value, kind) else form.read(value)

        def write(value: object) -> Json:
            if not isinstance(value, kind):  # of a field of several classes: the next one writes it
                raise import_module("pydantic_core").PydanticSerializationUnexpectedValue
            return form.write(value)

        core = import_module("pydantic_core.core_schema")
        written = core.plain_serializer_function_ser_schema(write, when_used="json")
        return core.no_info_plain_validator_function(read, serialization=written)

    def json_schema(self, kind: type) -> dict[str, Json]:
        return _form(kind).schema()


plug_exchange(_Forms())


def _form(kind: type) -> Form:
    while _plugged and kind not in _forms:
        _plugged.pop()()
    if kind not in _forms:
        known = [base.__name__ for base in kind.__mro__ if base in _forms]
        raise BudgetperfError("no-form", _none_of(kind, known))
    return _forms[kind]


def _none_of(kind: type, known: Sequence[str]) -> Text:
    """Why a class has no form, and what to do."""
    if not known:
        message = Text(
            zh="{} 由库生成，没有 JSON 写法：请不要用作模型的字段，需要的内容请另写",
            en="{} is made by the library and has no form in JSON: leave it out of the model, or "
            "write it yourself",
        )
        return message.fill(kind.__name__)
    message = Text(
        zh="{} 没有自己的 JSON 写法：请把字段的类型写成 {}",
        en="{} has no form of its own in JSON: use {} as the type of the field",
    )
    return message.fill(kind.__name__, LIST.join(known))
