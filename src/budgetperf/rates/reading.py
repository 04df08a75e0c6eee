"""The catalogue of the rates, as its TOML files have it."""

from __future__ import annotations

import functools
import typing
from collections.abc import Callable, Mapping
from types import ModuleType
from typing import TypeAlias, cast

import attrs

from budgetperf.citations import Provision
from budgetperf.exact import BudgetperfError, Text
from budgetperf.plain.structuring import data_folder, make_converter, structure
from budgetperf.plain.toml import toml_data

from . import common, department, project, region
from .definition import RateCatalogue, RateDefinition

__all__ = ["entries", "shipped"]

_Table: TypeAlias = Mapping[str, object]


@functools.cache
def shipped() -> RateCatalogue:
    """Every rate by its id: those of both kinds first, then of departments, projects, regions."""
    by_id: dict[str, RateDefinition] = {}
    for module in (common, department, project, region):
        name = f"{module.__name__.rpartition('.')[2]}.toml"
        file = data_folder("budgetperf.rates", "data") / name
        by_id |= entries(file.read_text(encoding="utf-8"), name, module)
    return RateCatalogue(by_id)


@attrs.frozen
class _File:
    """What a file of rates holds at its top."""

    rates: dict[str, RateDefinition]


def entries(text: str, name: str, module: ModuleType) -> dict[str, RateDefinition]:
    """The rates of the file ``name``, which the functions of ``module`` compute.

    A source with ``base`` says only how it differs from one of the ``documents`` of the file.

    Raises:
        ProblemsError: it is no catalogue of rates; every problem is listed with its key.
    """
    data = toml_data(text, name, code="bad-rates")
    documents = cast("Mapping[object, _Table]", data.pop("documents", {}))
    rates = cast("Mapping[str, _Table]", data.get("rates", {}))
    functions = {own.replace("_", "-"): getattr(module, own) for own in module.__all__}
    converter = make_converter()
    plain: Callable[[_Table, object], Provision] = converter.get_structure_hook(Provision)

    def cited(data: _Table, _: object) -> Provision:
        base = documents.get(data.get("base"))
        own = {key: value for key, value in data.items() if key != "base"}
        return plain(data if base is None else {**base, **own}, Provision)

    converter.register_structure_hook(Provision, cited)
    converter.register_structure_hook_func(_is_callable, _function)
    named = {id: {"id": id, "function": functions.get(id), **rate} for id, rate in rates.items()}
    return structure(converter, {**data, "rates": named}, _File, code="bad-rates").rates


def _is_callable(kind: object) -> bool:
    return typing.get_origin(kind) is typing.get_origin(Callable[..., object])


def _function(value: object, _: object) -> object:
    if not callable(value):
        message = Text(zh="没有与标识同名的函数", en="no function is named after the id")
        raise BudgetperfError("no-function", message)
    return value
